package guideline

import (
	"slices"
	"strings"

	"github.com/tenths/tenths/guideline/language"
)

// checkTravel finds travel that shares an entry with work, or that does not say
// what the guideline demands: from where, to where, how many miles.
func checkTravel(r *Reading, rule Rule) []Finding {
	t := &r.Text
	at := -1
	for i := range t.Clauses {
		if t.Clauses[i].Has(language.Travel) || mentionsTravel(t, &t.Clauses[i]) {
			at = i
			break
		}
	}
	if at < 0 {
		return nil
	}
	c := &t.Clauses[at]
	f := Finding{From: c.From, To: c.To}
	var wrong []string
	if rule.Params.Bool("alone") && travelJoined(t) >= 0 {
		wrong = append(wrong, "Travel needs an entry of its own.")
		if f.Fix = r.splitTravel(); f.Fix == nil {
			f.Question = "How much of the time was travel?"
		}
	}
	if missing := travelLacks(r, c, rule.Params.Strings("require")); len(missing) > 0 {
		wrong = append(wrong, "It does not say "+listing(missing)+".")
		f.Question = strings.TrimSpace(f.Question + " Say " + listing(missing) + ".")
	}
	if len(wrong) == 0 {
		return nil
	}
	f.Message = strings.Join(wrong, " ")
	return []Finding{f}
}

// travelLacks says what of the demands the travel does not state.
func travelLacks(r *Reading, c *language.Clause, require []string) []string {
	var out []string
	if slices.Contains(require, "from") && !hasPlace(&r.Text, c.Origin) {
		out = append(out, "from where")
	}
	if slices.Contains(require, "to") && !hasPlace(&r.Text, c.Destination) && !hasPlace(&r.Text, c.Objects) {
		out = append(out, "to where")
	}
	if slices.Contains(require, "miles") && !hasMiles(&r.Text) {
		out = append(out, "how many miles")
	}
	return out
}

func hasPlace(t *language.Text, phrases []language.Phrase) bool {
	for i := range phrases {
		if phrases[i].Kinds&language.Place != 0 || t.Tells(&phrases[i]) >= language.Concrete {
			return true
		}
	}
	return false
}

// hasMiles reports whether the text has a number of miles, "220 miles".
func hasMiles(t *language.Text) bool {
	for i := 1; i < len(t.Tokens); i++ {
		if t.Tokens[i-1].Kind != language.NumberToken {
			continue
		}
		switch w := strings.ToLower(t.Source[t.Tokens[i].From:t.Tokens[i].To]); w {
		case "mile", "miles", "mi":
			return true
		}
	}
	return false
}
