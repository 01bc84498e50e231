package guideline

import (
	"strings"

	"github.com/tenths/tenths/guideline/language"
)

// ownAffairs reports whether the clause's work is for the firm: its conflicts,
// its files, its invoices. What another's bill or time records say is evidence.
func ownAffairs(t *language.Text, c *language.Clause) bool {
	if len(c.Verbs) == 0 {
		return hasHead(c.Objects, language.House)
	}
	for _, phrases := range [...][]language.Phrase{c.Objects, c.About, c.Purpose} {
		for i := range phrases {
			if ph := &phrases[i]; ph.Kinds&language.House != 0 && (ph.HeadKinds&language.House != 0 || aboutConflicts(t, ph)) && isOurs(t, c, ph) {
				return true
			}
		}
		if t.TellsOf(c.Objects) > language.Vague {
			break // "draft motion to strike time entries"
		}
	}
	if t.TellsOf(c.Objects) <= language.Vague && len(c.Purpose) == 1 && c.Purpose[0].Head >= 0 && bills[t.Tokens[c.Purpose[0].Head].Stem] {
		return true // "itemize time for bill"
	}
	return len(c.Objects) > 0 && (makesBill(t, c) || opensFile(t, c)) || seeksConflicts(t, c)
}

var (
	seeking   = stems("check|clear|run|search|conduct|perform")
	conflicts = stems("conflict|conflicts")
)

// seeksConflicts reports whether the firm looked for its own conflicts: "check for
// conflicts", "clear conflicts for new parties".
func seeksConflicts(t *language.Text, c *language.Clause) bool {
	for i := range c.Verbs {
		if !seeking[c.Verbs[i].Stem] {
			continue
		}
		for k := c.First; k < c.Last; k++ {
			w := &t.Tokens[k]
			if w.From < c.Verbs[i].To || w.Func != language.NoFunc {
				continue
			}
			return conflicts[w.Stem] && (k+1 >= c.Last || t.Tokens[k+1].Func != language.NoFunc && !isNaming(t, &t.Tokens[k+1]))
		}
	}
	return false
}

var opening = stems("open|close|set up")

// opensFile reports whether a file or matter was opened or closed in the firm's books.
func opensFile(t *language.Text, c *language.Clause) bool {
	ph := &c.Objects[0]
	return opening[c.Verbs[0].Stem] && ph.Head >= 0 && (t.Tokens[ph.Head].HeadsCase() || ph.HeadKinds&language.CaseFile != 0 && ph.HeadKinds&language.Filing == 0)
}

// aboutConflicts reports whether a phrase has the firm's search for conflicts
// anywhere: "name through conflicts database".
func aboutConflicts(t *language.Text, ph *language.Phrase) bool {
	for i := ph.First; i < ph.Last; i++ {
		if w := &t.Tokens[i]; w.Kinds&language.House != 0 && strings.HasPrefix(lowered(t.Source[w.From:w.To]), "conflict") {
			return true
		}
	}
	return false
}

// evidence are the firm's papers that may as well be another's.
var evidence = stems("billing record|time entry|billing entry|time sheet|billing statement|monthly invoice|final invoice|interim invoice|billing summary")

func isOurs(t *language.Text, c *language.Clause, ph *language.Phrase) bool {
	for i := ph.First; i < ph.Last; i++ {
		w := &t.Tokens[i]
		if w.Kinds&language.House == 0 {
			continue
		}
		if !evidence[w.Stem] {
			return true
		}
		if c.Class() == language.Draft || c.Class() == language.Other || c.Class() == language.File {
			return ph.Kinds&(language.Party|language.Opponent) == 0
		}
	}
	return false
}

var stemDraft = language.StemOf("draft")

var bills = stems("invoice|bill")

// makesBill reports whether a bill is made that nobody is said to owe to another:
// "prepare invoice for May services".
func makesBill(t *language.Text, c *language.Clause) bool {
	switch c.Class() {
	case language.Draft, language.Communicate, language.File, language.Confer:
	case language.Review:
		if w := &t.Tokens[c.Objects[0].First]; w.Stem != stemDraft {
			return false
		}
	default:
		return false
	}
	for i := range c.Objects {
		ph := &c.Objects[i]
		if ph.Head < 0 || !bills[t.Tokens[ph.Head].Stem] || ph.Kinds&(language.Party|language.Opponent|language.Proper|language.Placeholder) != 0 {
			return false
		}
		for k := ph.First; k < ph.Head; k++ {
			if w := &t.Tokens[k]; w.Detail >= language.Broad && !(w.Kinds == 0 && w.Detail == language.Exact) {
				return false // "medical bills", but "March invoice"
			}
		}
		for k := ph.Head + 1; k < ph.Last; k++ {
			if t.Tokens[k].Func == language.Preposition && t.Tokens[k].Rel != language.ToFor {
				return false
			}
		}
	}
	return len(c.With) == 0 || c.Class() != language.Draft
}
