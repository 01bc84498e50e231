package guideline

import (
	"strings"

	"github.com/tenths/tenths/guideline/language"
)

// checkVague finds work that does not say on what. "Analyze plaintiffs'
// complaint" names a paper and passes; "strategize about next steps" names
// nothing. Talk, appearances, travel and clerical work have checks of their own.
func checkVague(r *Reading, _ Rule) []Finding {
	t := &r.Text
	worst, weak, told := -1, true, false
	for i := range t.Clauses {
		c := &t.Clauses[i]
		switch vagueness(t, c) {
		case clearlyVague:
			if worst < 0 || weak {
				worst, weak = i, false
			}
		case perhapsVague:
			if worst < 0 {
				worst = i
			}
		case notVague:
			told = told || max(t.TellsOf(c.Objects), t.TellsOf(c.About)) >= language.Concrete || c.Same
		}
	}
	if worst < 0 {
		return nil
	}
	c := &t.Clauses[worst]
	f := Finding{
		Message: "This does not say what was worked on; name the document, the filing, the witness or the issue.",
		From:    c.From, To: c.To,
	}
	if weak || told {
		f.Severity = Note
	}
	r.nameObject(&f, c)
	return []Finding{f}
}

type vagueDegree int

const (
	notVague vagueDegree = iota
	perhapsVague
	clearlyVague
)

// vagueness judges a clause by what its object and subject tell. Verbs that say
// nothing themselves need an object that is concrete; verbs that say what was
// done are only vague about a thing that is none.
func vagueness(t *language.Text, c *language.Clause) vagueDegree {
	if c.Same && c.From > t.Clauses[0].From {
		return notVague // in the first clause, "same" stands for nothing
	}
	if thinks(t, c) {
		return clearlyVague
	}
	told := max(tellsEvent(t, c.Objects), tellsEvent(t, c.About))
	aim := t.TellsOf(c.Purpose)
	switch c.Class() {
	case language.Ready:
		if c.Form == language.NounForm && len(c.About)+len(c.Purpose)+len(c.With) == 0 && onlyRoles(t, c.Objects) {
			return clearlyVague // "witness preparation"
		}
		if hasHead(c.Objects, language.Event|language.Meeting|language.Message) && t.TellsOf(c.About) >= language.Broad {
			return notVague // "prepare for call with client regarding mediation"
		}
		return below(max(told, t.TellsOf(c.With)), language.Concrete, language.Concrete)
	case language.Strategize:
		return below(max(told, t.TellsOf(c.With)), language.Concrete, language.Concrete)
	case language.Manage:
		if hasKind(c.Objects, language.Schedule) || len(c.With) > 0 && told >= language.Broad {
			return notVague
		}
		if len(c.About) == 0 && aim < language.Concrete && (barelyTells(t, c.Objects) || isPlural(t, c.Objects)) {
			return clearlyVague // "work on class certification", "attention to privacy matters"
		}
		return below(max(told, aim), language.Concrete, language.Concrete)
	case language.Draft, language.Review, language.Analyze, language.Research, language.Gather:
		if isMessage(t, c) || hasHead(c.Objects, language.Schedule) {
			return notVague
		}
		if c.Class() != language.Draft && hasHead(c.Objects, language.Outside|language.Person|language.Expert) {
			return notVague // "evaluate potential mediators"
		}
		if c.Class() == language.Gather {
			return min(below(max(told, aim), language.Broad, language.Concrete), perhapsVague)
		}
		if headsAll(c.Objects, language.Abstract) && len(c.Objects) > 0 && c.Class() == language.Draft {
			return below(max(told, aim), language.Concrete, language.Concrete)
		}
		if aim >= language.Concrete {
			return notVague
		}
		if c.Class() == language.Draft && len(t.Clauses) == 1 && len(c.About)+len(c.Purpose) == 0 && isOneWord(c.Objects) && isBarePlural(t, c.Objects) {
			return clearlyVague // "draft pleadings"
		}
		if c.Class() == language.Draft && told <= language.Vague && len(c.About) == 0 && len(c.Purpose) > 0 && headsAll(c.Purpose, language.Filing) {
			return clearlyVague // "prepare documents for filing"
		}
		if told < language.Concrete && aim == language.Broad && hasKind(c.Purpose, papers&^language.Event) {
			return perhapsVague // "review documents for production"
		}
		if told == language.Broad && !hasKind(c.Objects, papers) && !hasKind(c.About, papers) {
			return clearlyVague // "evaluate liability, discovery and settlement"
		}
		if c.Class() != language.Draft && len(c.About)+len(c.Purpose) == 0 && (isBarePlural(t, c.Objects) || told <= language.Broad && headsAll(c.Objects, language.Law) && len(c.Objects) > 0) {
			return clearlyVague // "review pleadings", "review and analyze case law"
		}
		return below(told, language.Broad, language.Concrete)
	case language.Other:
		if len(c.Objects)+len(c.About)+len(c.With)+len(c.Purpose) == 0 {
			return notVague
		}
		if len(t.Clauses) == 1 && len(c.About)+len(c.With)+len(c.Purpose) == 0 && told <= language.Vague && headsAll(c.Objects, language.Abstract|language.Generic) {
			return clearlyVague // "determine next steps"
		}
		return min(below(max(told, aim), language.Broad, language.Broad), perhapsVague)
	case language.NoClass:
		if len(t.Clauses) > 1 {
			return notVague
		}
		return below(max(told, aim), language.Concrete, language.Concrete)
	}
	return notVague
}

// tellsEvent is TellsOf for events too: a deposition is named by who is deposed,
// even where that is only "plaintiff".
func tellsEvent(t *language.Text, phrases []language.Phrase) language.Detail {
	d := t.TellsOf(phrases)
	for i := range phrases {
		if k := phrases[i].Kinds; d == language.Broad && k&language.Event != 0 && k&(language.Party|language.Person|language.Expert) != 0 {
			return language.Concrete
		}
		if ph := &phrases[i]; d == language.Broad && ph.HeadKinds&language.Event != 0 && ph.Head > ph.First && rulings[t.Tokens[ph.Head-1].Stem] {
			return language.Concrete // "summary judgment hearing"
		}
	}
	return d
}

// rulings are what a case has one hearing on, by their stems.
var rulings = map[uint32]bool{language.StemOf("summary judgment"): true, language.StemOf("class certification"): true}

// papers are what is concrete enough to have been read or written, though its
// name may be broad: a brief, case law, a hearing.
const papers = language.Filing | language.Document | language.Law | language.Event | language.Data | language.Exhibit

// isBarePlural reports whether the objects are only sorts of papers, without a
// word on which: "pleadings", "agreements and documents".
func isBarePlural(t *language.Text, objects []language.Phrase) bool {
	bare := false
	for i := range objects {
		if !isPlural(t, objects[i:i+1]) {
			return false
		}
		switch told := t.Tells(&objects[i]); {
		case len(objects) > 1:
			bare = bare || told <= language.Vague
		default:
			bare = told == language.Broad || t.Tokens[objects[i].Last-1].Stem == stemRecord
		}
	}
	return bare
}

// onlyRoles reports whether the objects are people without a name, and getting ready.
func onlyRoles(t *language.Text, objects []language.Phrase) bool {
	role := false
	for i := range objects {
		for k := objects[i].First; k < objects[i].Last; k++ {
			w := &t.Tokens[k]
			switch {
			case w.Kinds&language.Person != 0 && w.Detail == language.Concrete && w.Kind == language.WordToken:
				role = true
			case w.Nominal != language.Ready && w.Detail > language.Vague:
				return false
			}
		}
	}
	return role
}

// isOneWord reports whether the objects are a single word.
func isOneWord(objects []language.Phrase) bool {
	return len(objects) == 1 && objects[0].Last-objects[0].First == 1
}

var (
	stemRecord   = language.StemOf("record")
	discoveryAll = stems("discovery request|discovery responses")
)

// isPlural reports whether the objects are no more than one word for several
// papers, however it is qualified: "potential motions".
func isPlural(t *language.Text, objects []language.Phrase) bool {
	if len(objects) != 1 || objects[0].Kinds&papers == 0 {
		return false
	}
	ph := &objects[0]
	for k := ph.First; k < ph.Last-1; k++ {
		if w := &t.Tokens[k]; w.Kind != language.WordToken || w.Detail > language.Nothing || w.Func != language.NoFunc || w.Owner {
			return false
		}
	}
	w := &t.Tokens[ph.Last-1]
	word := t.Source[w.From:w.To]
	return word[len(word)-1]|0x20 == 's' && (!strings.Contains(word, " ") || discoveryAll[w.Stem])
}

// barelyTells reports whether the objects are only stages of a case, or things
// that are none with one word on their kind: "privacy matters".
func barelyTells(t *language.Text, objects []language.Phrase) bool {
	for i := range objects {
		ph := &objects[i]
		const whose = language.Person | language.Proper | language.Placeholder | language.Schedule
		if ph.Head < 0 || ph.Kinds&whose != 0 || ph.HeadKinds&papers != 0 {
			return false
		}
		most := 1
		switch {
		case ph.HeadKinds&language.Phase != 0:
			most = 0
		case ph.HeadKinds&(language.Abstract|language.Generic) == 0:
			return false
		}
		n := 0
		for k := ph.First; k < ph.Last; k++ {
			if w := &t.Tokens[k]; k != ph.Head && w.Func == language.NoFunc && w.Detail >= language.Broad {
				n++
			}
		}
		if n > most {
			return false
		}
	}
	return len(objects) > 0
}

// below is clearlyVague under clear, perhapsVague under perhaps.
func below(d, clear, perhaps language.Detail) vagueDegree {
	switch {
	case d < clear:
		return clearlyVague
	case d < perhaps:
		return perhapsVague
	}
	return notVague
}

func hasKind(phrases []language.Phrase, k language.Kind) bool {
	for i := range phrases {
		if phrases[i].Kinds&k != 0 {
			return true
		}
	}
	return false
}

func hasHead(phrases []language.Phrase, k language.Kind) bool {
	for i := range phrases {
		if phrases[i].HeadKinds&k != 0 {
			return true
		}
	}
	return false
}

func headsAll(phrases []language.Phrase, k language.Kind) bool {
	for i := range phrases {
		if phrases[i].HeadKinds&k == 0 {
			return false
		}
	}
	return true
}

// nameObject mends a vague clause from what the evidence shows, or asks.
func (r *Reading) nameObject(f *Finding, c *language.Clause) {
	facts := r.Entry.Facts
	switch {
	case facts.Known && len(facts.Documents) > 0:
		f.Fix = r.text("Name the document", r.about(c, facts.Documents))
	case facts.Known && len(facts.Topics) > 0:
		f.Fix = r.text("Name the subject", r.about(c, facts.Topics))
	default:
		f.Question = "Which document, filing, witness or issue was it?"
	}
}
