package draft

import (
	"path"
	"strings"

	"github.com/tenths/tenths/billing"
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

// index finds matters by what observations show.
type index struct {
	matters  []billing.Matter
	byID     map[billing.MatterID]int
	address  map[string][]int // contact's mail address
	domain   map[string][]int // contact's domain, unless anyone can have an address there
	text     phrases          // numbers, names, parties, keywords
	folders  map[string][]int // last element of a matter's folder → matters
	ownHosts map[string]bool  // the firm's own domains: colleagues are on every matter
	parties  map[int][]string // matter → names of its parties, for cleaning subjects
}

func newIndex(matters []billing.Matter, t billing.Timekeeper) *index {
	ix := &index{
		matters:  matters,
		byID:     map[billing.MatterID]int{},
		address:  map[string][]int{},
		domain:   map[string][]int{},
		folders:  map[string][]int{},
		ownHosts: map[string]bool{},
		parties:  map[int][]string{},
	}
	for _, a := range t.Addresses {
		if h := host(string(a)); !anyones[h] && !outside(matters, h) {
			ix.ownHosts[h] = true
		}
	}
	for i, m := range matters {
		ix.byID[m.ID] = i
		if !m.Closed {
			ix.addMatter(i, m)
		}
	}
	return ix
}

// outside reports whether people from outside the firm have addresses at the
// domain h: then it is not the firm's own, though the timekeeper has one there.
func outside(matters []billing.Matter, h string) bool {
	for _, m := range matters {
		for _, c := range m.Contacts {
			if host(string(c.Address)) == h && c.Role != "" && c.Role != billing.ContactOther {
				return true
			}
		}
	}
	return false
}

func (ix *index) addMatter(i int, m billing.Matter) {
	hosts := map[string]bool{}
	for _, c := range m.Contacts {
		if c.Address == "" {
			ix.text.add(phrase{words(string(c.Name)), byParty, "name", i})
			continue
		}
		a := string(c.Address)
		ix.address[a] = append(ix.address[a], i)
		if h := host(a); h != "" && !anyones[h] && !ix.ownHosts[h] && !hosts[h] {
			hosts[h] = true
			ix.domain[h] = append(ix.domain[h], i)
		}
	}
	if f := slashed(string(m.Folder)); f != "" {
		last := strings.ToLower(path.Base(f))
		ix.folders[last] = append(ix.folders[last], i)
	}
	if number := words(m.Number); telling(m.Number) {
		ix.text.add(phrase{number, byNumber, "number", i})
	}
	added := map[string]bool{}
	add := func(text, kind string, weight float64) {
		w := words(text)
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
		ix.parties[i] = append(ix.parties[i], party)
		add(party, "party", byParty)
	}
	for _, k := range m.Keywords {
		add(string(k), "keyword", byKeyword)
	}
}

// telling reports whether a matter's number says something when it is met in
// text: "12" is met everywhere, "2024-0113" is not.
func telling(number string) bool {
	digits := 0
	for _, r := range number {
		if r >= '0' && r <= '9' {
			digits++
		}
	}
	return digits >= 4 || (digits >= 1 && len(number) >= 5)
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
		w := words(side)
		for len(w) > 1 && form[w[len(w)-1]] {
			w = w[:len(w)-1]
		}
		for len(w) > 1 && form[w[0]] {
			w = w[1:]
		}
		if len(w) == 0 || (len(w) == 1 && (len(w[0]) < 4 || form[w[0]] || common[w[0]])) {
			continue
		}
		out = append(out, strings.Join(w, " "))
	}
	return out
}

// form are words in a party's name that do not tell it from others.
var form = set("inc llc llp ltd co corp corporation company plc gmbh pc lp na et al the in re matter of estate trust ex parte")

// host returns the domain of a mail address, lower-case.
func host(address string) string {
	_, h, _ := strings.Cut(strings.ToLower(address), "@")
	return h
}

// anyones are domains at which anyone can have an address, so that a domain in
// common says nothing.
var anyones = set(`gmail.com googlemail.com yahoo.com yahoo.co.uk ymail.com outlook.com hotmail.com
live.com msn.com aol.com icloud.com me.com mac.com proton.me protonmail.com gmx.com gmx.net gmx.de web.de mail.com
comcast.net verizon.net att.net sbcglobal.net cox.net charter.net bellsouth.net earthlink.net fastmail.com zoho.com
yandex.com qq.com 163.com`)

// slashed returns a path with forward slashes, whatever system wrote it.
func slashed(p string) string { return strings.Trim(strings.ReplaceAll(p, `\`, "/"), "/ ") }

// inFolder reports whether the path p lies in the folder f: below it where f
// is absolute, else below a run of path elements that equals it.
func inFolder(p, f string) bool {
	p, f = strings.ToLower("/"+slashed(p)), strings.ToLower("/"+slashed(f)+"/")
	return f != "//" && strings.Contains(p, f)
}
