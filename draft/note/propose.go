package note

import "github.com/tenths/tenths/billing"

// propose puts p, read from c, on the one matter that the line names, where
// nothing in c speaks for another.
func (r *reading) propose(p *Part, c chunk) {
	if p.Matter != "" || p.label || len(r.candidates(c.from, c.to)) > 0 || r.headsUnknown(c) || r.strange(c) {
		return
	}
	p.Matter = r.onlyMatter()
	p.Proposed = p.Matter != ""
}

// onlyMatter returns the one matter that the line names, "" where it names none,
// several, or one that is not the client's.
func (r *reading) onlyMatter() billing.MatterID {
	only := -1
	for _, m := range r.mentions {
		i := r.decide(m.matters)
		if i < 0 || only >= 0 && i != only {
			return ""
		}
		only = i
	}
	if only >= 0 && r.names.matters[only].Internal {
		return ""
	}
	return r.idOf(only)
}

// strange reports whether c names a case that no matter is: "Doe v. Roe".
func (r *reading) strange(c chunk) bool {
	for i := c.from + 1; i+1 < c.to; i++ {
		if r.tok(i).is("v") && r.tok(i-1).capital() && r.tok(i+1).capital() {
			return true
		}
	}
	return false
}
