package associate

import (
	"path"
	"strconv"
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
	bySender  = 0.35 // one of these names in the sender's name or address
	ofNothing = 0.20 // weight of "none of these"
)

// Index finds matters by what observations show. It is made once for a list of
// matters and serves any number of days and goroutines.
type Index struct {
	matters  []billing.Matter
	byID     map[billing.MatterID]int32
	signs    []sign
	address  map[string]int32   // contact's mail address → sign
	domain   map[string]int32   // contact's domain, unless anyone can have an address there → sign
	folders  map[string][]int32 // last element of a matter's folder → signs
	text     phrases            // numbers, names, parties, keywords → signs
	ownHosts map[string]bool    // the firm's own domains: colleagues are on every matter
	former   map[string]bool    // addresses and domains of closed matters' contacts
}

// sign is something by which matters are known.
type sign struct {
	key     uint32 // names it, for counting how often it was right
	weight  float32
	kind    string // "folder", "contact", "number" …
	text    string // what it is, as the list of matters has it
	said    string // both in words
	matters []int32
	folder  string // what a path must hold, slashed and lower-case
}

// New indexes matters for the timekeeper t. Closed ones are no candidates.
func New(matters []billing.Matter, t billing.Timekeeper) *Index {
	ix := &Index{
		matters:  matters,
		byID:     make(map[billing.MatterID]int32, len(matters)),
		address:  make(map[string]int32, 4*len(matters)),
		domain:   map[string]int32{},
		folders:  map[string][]int32{},
		ownHosts: people.OwnHosts(matters, t),
		former:   map[string]bool{},
	}
	ix.text.init(len(matters))
	for i := range matters {
		ix.byID[matters[i].ID] = int32(i)
		if !matters[i].Closed {
			ix.addMatter(int32(i), &matters[i])
		} else {
			ix.addKnown(&matters[i])
		}
	}
	for i := range ix.signs {
		ix.signs[i].said = ix.signs[i].reason()
	}
	return ix
}

func (ix *Index) addMatter(i int32, m *billing.Matter) {
	for k, c := range m.Contacts {
		if c.Address == "" {
			ix.addText(i, string(c.Name), "party", byParty)
			continue
		}
		a := strings.ToLower(string(c.Address))
		ix.addTo(ix.address, a, i, byAddress, "contact")
		if h := people.Host(a); h != "" && !people.Anyones[h] && !ix.ownHosts[h] && !hostBefore(m.Contacts[:k], h) {
			ix.addTo(ix.domain, h, i, byDomain, "organization")
		}
	}
	if f := strings.ToLower(prose.Slashed(string(m.Folder))); f != "" {
		last := path.Base(f)
		ix.folders[last] = append(ix.folders[last], int32(len(ix.signs)))
		ix.signs = append(ix.signs, sign{
			key: hashText(ofFolder, f), weight: byFolder, kind: "folder", text: string(m.Folder), matters: []int32{i}, folder: "/" + f + "/",
		})
	}
	if prose.Telling(m.Number) {
		ix.addText(i, m.Number, "number", byNumber)
	}
	ix.addText(i, string(m.Name), "name", byName)
	if !m.Internal {
		ix.addText(i, string(m.Client), "client", byName)
	}
	for _, party := range partiesOf(string(m.Name)) {
		ix.addText(i, party, "party", byParty)
	}
	for _, k := range m.Keywords {
		ix.addText(i, string(k), "keyword", byKeyword)
	}
}

func hostBefore(contacts []billing.Contact, h string) bool {
	for _, c := range contacts {
		if people.Host(string(c.Address)) == h {
			return true
		}
	}
	return false
}

func (ix *Index) addTo(by map[string]int32, key string, matter int32, weight float32, kind string) {
	k, ok := by[key]
	if !ok {
		k = int32(len(ix.signs))
		by[key] = k
		ix.signs = append(ix.signs, sign{key: hashText(ofPerson, key), weight: weight, kind: kind, text: key})
	}
	ix.signs[k].add(matter)
}

// addText adds a run of words. A matter has each run once, as what it was first
// said to be.
func (ix *Index) addText(matter int32, text, kind string, weight float32) {
	end := ix.text.walk(text)
	if end == 0 || ix.text.has(end, matter, ix.signs) {
		return
	}
	k, ok := ix.text.sign(end, kind)
	if !ok {
		k = int32(len(ix.signs))
		ix.text.attach(end, kind, k)
		ix.signs = append(ix.signs, sign{key: spread(hashText(ofWord, text), field(len(kind))), weight: weight, kind: kind, text: text})
	}
	ix.signs[k].add(matter)
}

func (s *sign) add(matter int32) {
	if n := len(s.matters); n == 0 || s.matters[n-1] != matter {
		s.matters = append(s.matters, matter)
	}
}

// reason says in words what the sign is.
func (s *sign) reason() string {
	out := s.kind + " " + s.text
	switch s.kind {
	case "number":
		out = "matter number " + s.text
	case "name":
		out = "matter’s name"
	case "client":
		out = "client’s name"
	case "party", "keyword":
		out = s.kind + " “" + strings.Join(prose.Words(s.text), " ") + "”"
	}
	if n := len(s.matters); n > 1 {
		out += ", as in " + strconv.Itoa(n) + " matters"
	}
	return out
}

// partiesOf returns the parties that a matter's name shows: both sides of a
// "v.", without the words that only say what they are.
func partiesOf(name string) []string {
	var out []string
	rest := " " + name + " "
	for _, sep := range []string{" v. ", " vs. ", " v ", " vs ", " / ", " – ", " - "} {
		if strings.Contains(rest, sep) {
			rest = strings.ReplaceAll(rest, sep, "|")
		}
	}
	for side := range strings.SplitSeq(rest, "|") {
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
