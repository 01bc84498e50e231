package note

import (
	"slices"

	"github.com/tenths/tenths/billing"
)

// propose puts p, read from c, on the one matter that the line names, where
// nothing in c speaks for another.
func (r *reading) propose(p *Part, c chunk) {
	if p.Matter != "" || p.label || r.headsUnknown(c) {
		return
	}
	if r.lone == nil {
		only := r.onlyMatter()
		if r.strange() {
			only = ""
		}
		r.lone = &only
	}
	only := *r.lone
	if list := r.candidates(c.from, c.to); only != "" && (len(list) == 0 || slices.ContainsFunc(list, func(m billing.Matter) bool { return m.ID == only })) {
		p.Matter, p.Proposed = only, true
	}
}

// onlyMatter returns the one matter that the line names, "" where it names none,
// several, or one that is not the client's.
func (r *reading) onlyMatter() billing.MatterID {
	only := -1
	for _, m := range r.mentions {
		i := r.decide(m.matters)
		if i >= 0 && only >= 0 && i != only {
			return ""
		}
		only = max(only, i)
	}
	for _, m := range r.mentions { // a name of several speaks for none of them, and against all others
		if _, fits := m.matters[only]; !fits && only >= 0 {
			return ""
		}
	}
	if only >= 0 && r.names.matters[only].Internal {
		return ""
	}
	return r.idOf(only)
}

// strange reports whether the line names a case that no matter is: "Doe v. Roe".
func (r *reading) strange() bool {
	for i := 1; i+1 < len(r.toks); i++ {
		if r.tok(i).is("v") && r.tok(i-1).capital() && r.tok(i+1).capital() && !r.mentioned(i) {
			return true
		}
	}
	return false
}

// mentioned reports whether the token i is of a name that the matters know.
func (r *reading) mentioned(i int) bool {
	return slices.ContainsFunc(r.mentions, func(m mention) bool { return i >= m.from && i < r.nameEnd(m) })
}
