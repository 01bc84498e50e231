package narrate

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/tenths/tenths/billing"
)

// Outline is a narrative taken apart again into what it says: the act of each
// clause, and the documents, sides and subjects in the words that the narrative
// has for them. It is what a language model may be told, and what its answer is
// held against.
type Outline struct {
	clauses []outlined
	text    string // the narrative
}

// outlined is one clause of an outline.
type outlined struct {
	act   Act
	parts [topicPart + 1][]fragment
}

// partKind says how a part of a clause hangs on its verb.
type partKind int

const (
	objectPart partKind = iota // what was worked on
	sidePart                   // with whom
	sentPart                   // what went with it
	topicPart                  // what it was about
)

// fragment is one document, side or subject.
type fragment struct {
	text  string
	words []token
}

// OutlineOf takes the narrative that f was worded as apart. ok is false where it
// holds words that the timekeeper chose, which stand as they are, or nothing.
func OutlineOf(f Facts, phrases []billing.Phrase) (o Outline, ok bool) {
	if len(f.Clauses) == 0 {
		return o, false
	}
	o.text = string(Text(phrases))
	rest := phrases
	for i, c := range f.Clauses {
		if i > 0 {
			if len(rest) == 0 || rest[0].Text != "; " {
				return o, false
			}
			rest = rest[1:]
		}
		end := slices.IndexFunc(rest, func(p billing.Phrase) bool { return p.Text == "; " })
		if end < 0 {
			end = len(rest)
		}
		s, ok := outlineClause(c, rest[:end])
		if !ok {
			return o, false
		}
		o.clauses = append(o.clauses, s)
		rest = rest[end:]
	}
	return o, len(rest) == 0
}

// outlineClause reads the phrases of one clause, which the grammar puts in a
// fixed order: the verb, objects, sides, what was sent, subjects.
func outlineClause(c Clause, phrases []billing.Phrase) (s outlined, ok bool) {
	s.act = c.Act
	if c.Act == Said || len(phrases) < 1+len(c.Objects) {
		return s, false
	}
	if _, rest, ok := formOf(c.Act, string(phrases[0].Text)); !ok && c.Act != PreparedFor || rest != "" {
		return s, false
	}
	kind := objectPart
	for i, p := range phrases[1:] {
		lead, text := leadOf(string(p.Text))
		switch {
		case i < len(c.Objects):
			text = strings.TrimPrefix(string(p.Text), " ")
			if i > 0 {
				text = strings.TrimPrefix(strings.TrimPrefix(string(p.Text), " and "), ", ")
			}
		case lead == "list" && kind != objectPart: // another of the same
		case slices.Contains(connectives, lead) && len(c.Topics) > 0:
			kind = topicPart
		case lead == "transmitting" || lead == "enclosing":
			kind = sentPart
		case len(c.With) > 0 && kind == objectPart && (lead == "" || lead == "to" || lead == "from" || lead == "with"):
			kind = sidePart
		default:
			return s, false
		}
		if text == "" {
			return s, false
		}
		s.parts[kind] = append(s.parts[kind], fragment{text, tokens(text)})
	}
	return s, true
}

// leadOf separates the joining words at the front of a phrase from the rest:
// "list" for those between the members of a list, "" for none but a space.
func leadOf(phrase string) (lead, text string) {
	for _, join := range [...]string{" and ", ", "} {
		if rest, ok := strings.CutPrefix(phrase, join); ok {
			return "list", rest
		}
	}
	phrase = strings.TrimPrefix(phrase, " ")
	best := ""
	for _, l := range leads {
		if strings.HasPrefix(phrase, l+" ") && len(l) > len(best) {
			best = l
		}
	}
	return best, strings.TrimPrefix(strings.TrimPrefix(phrase, best), " ")
}

var leads = append([]string{"to", "from", "with", "transmitting", "enclosing"}, connectives...)

// told is what a language model is told of one clause.
type told struct {
	Act       Act      `json:"act"`
	Verbs     []string `json:"verbs"` // ways to say the act
	On        []string `json:"on,omitempty"`
	Direction string   `json:"direction,omitempty"` // to, from or with
	With      []string `json:"parties,omitempty"`
	Enclosing []string `json:"enclosing,omitempty"`
	About     []string `json:"about,omitempty"`
}

// mostVerbs bounds how many ways to say an act a model is offered.
const mostVerbs = 6

// Told returns the typed facts as JSON, in the words of the narrative: no
// address, no time, no amount, no matter and nothing that the narrative leaves
// out.
func (o Outline) Told() billing.Privileged {
	list := make([]told, len(o.clauses))
	for i, c := range o.clauses {
		t := told{Act: c.act, On: texts(c.parts[objectPart]), With: texts(c.parts[sidePart]),
			Enclosing: texts(c.parts[sentPart]), About: texts(c.parts[topicPart])}
		for _, f := range verbs[c.act] {
			if len(t.Verbs) < mostVerbs && (!f.needs || len(t.With) > 0) {
				t.Verbs = append(t.Verbs, f.text)
			}
		}
		if len(t.With) > 0 {
			t.Direction = verbs[c.act][0].prep
		}
		list[i] = t
	}
	out, err := json.Marshal(map[string]any{"clauses": list})
	if err != nil {
		panic(err) // strings alone
	}
	return billing.Privileged(out)
}

// Text returns the narrative that was taken apart.
func (o Outline) Text() billing.Privileged { return billing.Privileged(o.text) }

func texts(parts []fragment) []string {
	var out []string
	for _, p := range parts {
		out = append(out, p.text)
	}
	return out
}
