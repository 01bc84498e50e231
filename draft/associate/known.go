package associate

import (
	"slices"
	"strings"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/people"
)

// addKnown notes the people of a closed matter: it is no candidate, and they
// are no strangers.
func (ix *Index) addKnown(m *billing.Matter) {
	for _, c := range m.Contacts {
		address := strings.ToLower(string(c.Address))
		if h := people.Host(address); h != "" {
			ix.former[address] = true
			if !people.Anyones[h] && !ix.ownHosts[h] {
				ix.former[h] = true
			}
		}
	}
}

// Knows reports whether an address is that of a matter's contact, open or
// closed, or of their organization, or of the timekeeper's own firm. Part of an
// organization's domain is its own: mail.acme.example is acme.example's.
func (ix *Index) Knows(address string) bool {
	address = strings.ToLower(address)
	if _, ok := ix.address[address]; ok || ix.former[address] {
		return true
	}
	for h := people.Host(address); strings.Contains(h, "."); _, h, _ = strings.Cut(h, ".") {
		if _, ok := ix.domain[h]; ok || ix.former[h] || ix.ownHosts[h] {
			return true
		}
	}
	return false
}

// Names reports whether o names an open matter or someone of one: a number, a
// name or a party in its subject or in who sent it, or a keyword with digits, as
// a docket number is. Other keywords are words of the trade.
func (ix *Index) Names(o *billing.Observation) bool {
	w := spare.Get().(*work)
	defer spare.Put(w)
	ix.observe(w, o, nil)
	return slices.ContainsFunc(w.fired, func(f firing) bool {
		if f.sign < 0 {
			return true
		}
		s := &ix.signs[f.sign]
		return s.kind != "keyword" || strings.ContainsAny(s.text, "0123456789")
	})
}
