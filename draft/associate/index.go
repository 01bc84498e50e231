// Package associate ranks the matters that an observation may belong to, each
// with a probability and reasons in words.
//
// It must not know how time is divided, what a draft is, or who decides: it is
// told what a person filed and answers what that shows.
package associate

import (
	"path"
	"strings"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/people"
	"github.com/tenths/tenths/draft/prose"
)

// How much each kind of sign says for a matter: the chance that an observation
// which bears it, and nothing else, belongs there. A sign that several matters
// share says that much for all of them together.
const (
	byNumber  = 0.97 // the matter's number in subject, file name or path
	byFolder  = 0.96 // the matter's folder
	byFiling  = 0.96 // the conversation or document was filed there by a person
	bySibling = 0.90 // another message of the conversation belongs there
	byAddress = 0.88 // a contact's address
	byName    = 0.75 // the matter's or client's whole name
	byDomain  = 0.70 // a contact's organization
	byParty   = 0.60 // one party's name
	byKeyword = 0.55 // a keyword of the matter
	ofNothing = 0.20 // weight of "none of these"
)

// Index finds matters by what observations show.
type Index struct {
	matters  []billing.Matter
	byID     map[billing.MatterID]int
	address  map[string][]int // contact's mail address
	domain   map[string][]int // contact's domain, unless anyone can have an address there
	text     phrases          // numbers, names, parties, keywords
	folders  map[string][]int // last element of a matter's folder → matters
	ownHosts map[string]bool  // the firm's own domains: colleagues are on every matter
}

// New indexes matters for the timekeeper t. Closed ones are no candidates.
func New(matters []billing.Matter, t billing.Timekeeper) *Index {
	ix := &Index{
		matters:  matters,
		byID:     map[billing.MatterID]int{},
		address:  map[string][]int{},
		domain:   map[string][]int{},
		folders:  map[string][]int{},
		ownHosts: people.OwnHosts(matters, t),
	}
	for i, m := range matters {
		ix.byID[m.ID] = i
		if !m.Closed {
			ix.addMatter(i, m)
		}
	}
	return ix
}

func (ix *Index) addMatter(i int, m billing.Matter) {
	hosts := map[string]bool{}
	for _, c := range m.Contacts {
		if c.Address == "" {
			ix.text.add(phrase{prose.Words(string(c.Name)), byParty, "name", i})
			continue
		}
		a := string(c.Address)
		ix.address[a] = append(ix.address[a], i)
		if h := people.Host(a); h != "" && !people.Anyones[h] && !ix.ownHosts[h] && !hosts[h] {
			hosts[h] = true
			ix.domain[h] = append(ix.domain[h], i)
		}
	}
	if f := prose.Slashed(string(m.Folder)); f != "" {
		last := strings.ToLower(path.Base(f))
		ix.folders[last] = append(ix.folders[last], i)
	}
	if number := prose.Words(m.Number); prose.Telling(m.Number) {
		ix.text.add(phrase{number, byNumber, "number", i})
	}
	added := map[string]bool{}
	add := func(text, kind string, weight float64) {
		w := prose.Words(text)
		if key := strings.Join(w, " "); len(w) > 0 && !added[key] {
			added[key] = true
			ix.text.add(phrase{w, weight, kind, i})
		}
	}
	add(string(m.Name), "name", byName)
	if !m.Internal {
		add(string(m.Client), "client", byName)
	}
	for _, party := range partiesOf(string(m.Name)) {
		add(party, "party", byParty)
	}
	for _, k := range m.Keywords {
		add(string(k), "keyword", byKeyword)
	}
}

// partiesOf returns the parties that a matter's name shows: both sides of a
// "v.", without the words that only say what they are.
func partiesOf(name string) []string {
	var out []string
	rest := " " + name + " "
	for _, sep := range []string{" v. ", " vs. ", " v ", " vs ", " / ", " – ", " - "} {
		rest = strings.ReplaceAll(rest, sep, "|")
	}
	for _, side := range strings.Split(rest, "|") {
		w := prose.Words(side)
		for len(w) > 1 && people.Form[w[len(w)-1]] {
			w = w[:len(w)-1]
		}
		for len(w) > 1 && people.Form[w[0]] {
			w = w[1:]
		}
		if len(w) == 0 || (len(w) == 1 && (len(w[0]) < 4 || people.Form[w[0]] || prose.Common[w[0]])) {
			continue
		}
		out = append(out, strings.Join(w, " "))
	}
	return out
}

// inFolder reports whether the path p lies in the folder f: below it where f
// is absolute, else below a run of path elements that equals it.
func inFolder(p, f string) bool {
	p, f = strings.ToLower("/"+prose.Slashed(p)), strings.ToLower("/"+prose.Slashed(f)+"/")
	return f != "//" && strings.Contains(p, f)
}
