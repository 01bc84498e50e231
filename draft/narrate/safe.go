package narrate

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/prose"
)

// Safe words the facts without names and subjects, for a bill that others than
// the client may see: kinds of documents and proceedings, and roles.
func Safe(f Facts) billing.Privileged {
	var out []string
	for _, c := range f.Clauses {
		if s := safeClause(c); !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return billing.Privileged(prose.Capitalize(strings.Join(out, "; ")))
}

func safeClause(c Clause) string {
	if c.Act == Said {
		return safeSpoken(c)
	}
	f := verbs[c.Act][0]
	parts := []string{f.text}
	if c.Act == Traveled {
		return f.text
	}
	if c.Act == PreparedFor && len(c.Objects) == 0 {
		parts[0] = "prepare"
	}
	if s := safeObjects(c.Objects, "document"); s != "" {
		if c.Act == Attended || c.Act == PreparedFor {
			s = cmp.Or(safeObjects(c.Objects, ""), "proceeding")
		}
		parts = append(parts, s)
	}
	if s := safeSides(c.With); s != "" {
		if f.prep != "" {
			parts = append(parts, f.prep)
		}
		parts = append(parts, s)
	}
	if s := safeObjects(c.Sent, ""); s != "" {
		if c.Act == Received {
			parts = append(parts, "enclosing", s)
		} else {
			parts = append(parts, "transmitting", s)
		}
	}
	return strings.Join(parts, " ")
}

// safeObjects names the kinds of objects, each once; unknown stands for one
// without a kind.
func safeObjects(list []Object, unknown string) string {
	var out []string
	for _, o := range list {
		s := unknown
		if o.Kind != "" {
			s = cmp.Or(families[o.Kind], string(o.Kind))
		}
		if s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return prose.List(out)
}

func safeSides(list []Counterpart) string {
	var out []string
	for _, c := range list {
		s := "third party"
		if c.Role != "" {
			s = string(c.Role)
		}
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return prose.List(out)
}

// safeRoles are the roles that are kept of what a person said.
var safeRoles = newRuns("opposing counsel", "co counsel", "client", "court", "expert", "witness", "mediator", "judge")

// safeSpoken keeps of the timekeeper's own words the verb that they begin with,
// the kind of document and the role of the other side.
func safeSpoken(c Clause) string {
	if len(c.Objects) == 0 {
		return "legal services"
	}
	text := string(c.Objects[0].Title)
	verb, on := "", false
	for _, act := range [...]Act{Drafted, Revised, Reviewed, Sent, Received, Replied, Exchanged, Attended, PreparedFor, ConferredPhone, ConferredVideo, Conferred, Researched} {
		if f, _, ok := formOf(act, text); ok && len(f.text) > len(verb) {
			verb, on = f.text, act == Drafted || act == Revised || act == Reviewed
		}
	}
	switch kind := c.Objects[0].Kind; {
	case verb == "":
		return "legal services"
	case on && kind != "":
		return verb + " " + cmp.Or(families[kind], string(kind))
	case on:
		return verb + " document"
	case strings.HasSuffix(verb, " for"), strings.HasSuffix(verb, " at"), verb == "attend":
		if p := proceedingOf(wordsIn(text)); p != "" {
			return verb + " " + string(p)
		}
		return "legal services"
	}
	if w := wordsIn(text); !on {
		if i, n, _ := safeRoles.find(w); n > 0 && i > 0 {
			return verb + " " + prepOf(w[i-1].lower) + text[w[i].start:w[i+n-1].end]
		}
	}
	return verb
}

func prepOf(before string) string {
	switch before {
	case "with", "to", "from":
		return before + " "
	}
	return "with "
}
