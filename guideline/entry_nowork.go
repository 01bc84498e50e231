package guideline

import (
	"strings"

	"github.com/tenths/tenths/guideline/language"
)

// checkNoWork finds narratives that name no work at all: a name, a paper, a sum, a
// pointer to another line. What was done has a verb, or a noun that stands for
// one ("Review of …", "Deposition of …").
func checkNoWork(r *Reading, _ Rule) []Finding {
	t := &r.Text
	if !namesNoWork(t) {
		return nil
	}
	return []Finding{{
		Message: "This names no work; say what was done.",
		From:    t.Clauses[0].From, To: t.Clauses[len(t.Clauses)-1].To, Question: "What was done?",
	}}
}

// fillers are what stands in a column that had to have something.
var fillers = map[string]bool{
	"total": true, "subtotal": true, "sub-total": true, "sub total": true, "sum": true, "n/a": true, "na": true, "none": true, "nil": true, "see above": true, "see below": true,
	"as above": true, "ditto": true, "same": true, "same as above": true, "same as yesterday": true, "see notes": true, "balance": true,
	"per notes": true, "carried forward": true, "brought forward": true, "grand total": true, "total hours": true, "misc": true, "various": true,
}

func namesNoWork(t *language.Text) bool {
	if len(t.Clauses) == 0 {
		return false
	}
	if len(t.Source) <= 40 && fillers[strings.Trim(lowered(strings.Join(strings.Fields(t.Source), " ")), ".,;:!?- ")] {
		return true
	}
	words, strange := 0, false
	for i := range t.Clauses {
		c := &t.Clauses[i]
		if c.Class() != language.NoClass || len(c.About)+len(c.With)+len(c.Purpose) > 0 {
			return false
		}
	}
	for i := range t.Tokens {
		w := &t.Tokens[i]
		switch {
		case w.Func == language.Preposition && !isNaming(t, w) || w.Func == language.Infinitive || w.Func == language.Relative || w.Forms != 0 && w.Kinds == 0:
			return false // "upload to portal", "what the court ordered"
		case w.Kind == language.PlaceholderToken, w.Kind == language.WordToken && w.Func == language.NoFunc && !w.Adverb:
			words++
			const said = language.Document | language.Filing | language.Phase | language.Person | language.Party | language.Data | language.Exhibit
			if w.Kinds&(said|language.Generic|language.Abstract) == 0 {
				strange = true
				if isDeverbal(lowered(t.Source[w.From:w.To])) {
					return false
				}
			}
		}
	}
	return words > 0 && (words <= 3 || !strange && words <= 6)
}

// isNaming reports whether a preposition stands in names: "Harlow v. Denby", "Estate of Finch".
func isNaming(t *language.Text, w *language.Token) bool {
	switch lowered(t.Source[w.From:w.To]) {
	case "v", "v.", "vs", "vs.", "versus", "of":
		return true
	}
	return false
}

// isDeverbal reports whether a word that the lexicon lacks may be a verb, or a noun
// of work, by its ending.
func isDeverbal(word string) bool {
	for _, end := range [...]string{"ing", "ed", "tion", "sion", "ment", "ance", "ence", "ize", "ise", "ify", "ition", "al", "age", "ure"} {
		if strings.HasSuffix(word, end) && len(word) > len(end)+2 {
			return true
		}
	}
	return false
}
