package guideline

import (
	"maps"
	"slices"

	"github.com/tenths/tenths/guideline/language"
)

// A check tests entries for one thing. Entry is for what one entry shows; Bill
// for what only several show. Exactly one is set.
//
// A check says what is wrong, where and how to mend it: Message, From, To, Fix,
// Question and, for a bill, Entry and Others. The driver fills in the rest from
// the rule. A check may lower the severity of a finding, never raise it.
// Checks hold no state: they run for many entries at once.
type check struct {
	doc    string   // one paragraph: what it finds and what it leaves alone
	params []param  // the parameters that a rule may set, with types, defaults and doc
	yields []string // checks whose finding on the same text says it better: this one's is then dropped

	// prepare builds what the check needs of a rule's parameters once, when the
	// rule is loaded; the check finds it in Rule.prepared. May be nil.
	prepare func(Params) any

	// back is how many days before an entry's own a check looks, for whoever
	// gathers what it is to see; 0: no other day matters.
	back int

	entry func(*Reading, Rule) []Finding
	bill  func(*Bill, Rule) []Finding
}

// checks are all checks by name.
var checks = merged(entryChecks, billChecks)

func merged(all ...map[string]check) map[string]check {
	out := map[string]check{}
	for _, m := range all {
		maps.Copy(out, m)
	}
	return out
}

// Reading is an entry with its text taken apart once for all checks.
type Reading struct {
	Entry   Entry
	Text    language.Text
	Setting *Setting
	step    int64 // minutes that the parts of a split are multiples of
}

// CheckDoc describes a check for those who write guidelines.
type CheckDoc struct {
	Name   string
	Doc    string
	Bill   bool // it looks at several entries together
	Params []ParamDoc
}

// ParamDoc describes a parameter of a check.
type ParamDoc struct {
	Name    string
	Type    string // "hours", "list of texts" …
	Default string // as written in a file
	Doc     string
}

// Checks describes all checks that a rule can name, by name.
func Checks() []CheckDoc {
	var out []CheckDoc
	for _, name := range slices.Sorted(maps.Keys(checks)) {
		c := checks[name]
		d := CheckDoc{Name: name, Doc: c.doc, Bill: c.bill != nil}
		for _, p := range c.params {
			d.Params = append(d.Params, ParamDoc{Name: p.name, Type: p.kind.String(), Default: p.literal(), Doc: p.doc})
		}
		out = append(out, d)
	}
	return out
}

// take takes the text of e apart.
func take(e Entry, setting *Setting) Reading {
	return Reading{Entry: e, Text: language.Parse(string(e.Narrative)), Setting: setting, step: increment}
}
