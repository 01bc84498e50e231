package narrate

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/people"
	"github.com/tenths/tenths/draft/prose"
)

// mostNamed is how many sides a narrative names; of more it names two and says
// that there were others.
const mostNamed = 3

// counterpart returns whom p is on the matter.
func (n Narrator) counterpart(p billing.Party, v *view) Counterpart {
	address := strings.ToLower(string(p.Address))
	host := people.Host(address)
	c := Counterpart{Name: p.Name, Address: billing.Privileged(address)}
	if n.ownHosts[host] {
		c.Role = colleague
		return c
	}
	if p.Name != "" && v.isClient(string(p.Name)) {
		c.Role = billing.ContactClient
	}
	for _, known := range v.contacts {
		switch {
		case address != "" && string(known.Address) == address,
			address == "" && known.Name != "" && known.Name == p.Name:
			c.Role, c.Name = cmp.Or(known.Role, c.Role), cmp.Or(p.Name, known.Name)
			if c.Role == billing.ContactOther {
				c.Role = ""
			}
			return c
		case known.host != "" && known.host == host && !ofOne(known.Role):
			c.Role = cmp.Or(known.Role, c.Role)
		}
	}
	if c.Role == billing.ContactOther {
		c.Role = ""
	}
	return c
}

// ofOne reports whether a role is one person's, and says nothing about others at
// the same organization.
func ofOne(role billing.ContactRole) bool {
	return role == billing.ContactWitness || role == billing.ContactExpert
}

// Text returns c in the words of a bill: sides by their role, experts and
// witnesses by role and name, others by name.
func (c Counterpart) Text() string {
	name := nameOf(billing.Party{Name: c.Name, Address: c.Address})
	switch {
	case c.Role == "" || c.Role == colleague:
		return name
	case c.side() || name == "":
		return string(c.Role)
	}
	return string(c.Role) + " " + name
}

// side reports whether c is called by its role alone.
func (c Counterpart) side() bool {
	switch c.Role {
	case billing.ContactClient, billing.ContactOpposingCounsel, billing.ContactCoCounsel, billing.ContactCourt:
		return true
	}
	return strings.HasSuffix(string(c.Role), "counsel") || strings.HasSuffix(string(c.Role), "party") ||
		strings.HasPrefix(string(c.Role), "client") || strings.HasPrefix(string(c.Role), "court")
}

// activity returns the UTBMS code for communicating with c.
func (c Counterpart) activity() string {
	switch {
	case c.Role == colleague, c.Name == "" && c.Address == "" && ownWords(string(c.Role)):
		return "A105"
	case strings.HasPrefix(string(c.Role), "client"), c.Role == "in-house counsel", c.Role == "general counsel":
		return "A106"
	case c.Role == billing.ContactOpposingCounsel, c.Role == billing.ContactCoCounsel, strings.HasSuffix(string(c.Role), "counsel"):
		return "A107"
	}
	return "A108"
}

func (c Counterpart) equal(d Counterpart) bool { return c.Text() == d.Text() }

// together adds more to list, each once, with all its evidence.
func together(list []Counterpart, more ...Counterpart) []Counterpart {
	for _, c := range more {
		if c.Role == "" && c.Name == "" && c.Address == "" {
			continue
		}
		i := slices.IndexFunc(list, func(x Counterpart) bool { return x.Role == c.Role && x.Address == c.Address && x.Name == c.Name })
		if i < 0 {
			list = append(list, c)
			continue
		}
		list[i].Evidence = slices.Concat(list[i].Evidence, c.Evidence)
	}
	return list
}

// sameSides reports whether two lists read the same.
func sameSides(a, b []Counterpart) bool {
	within := func(a, b []Counterpart) bool {
		for _, c := range a {
			if !slices.ContainsFunc(b, c.equal) {
				return false
			}
		}
		return true
	}
	return within(a, b) && within(b, a)
}

// nameOf returns a person's name in reading order, or else the address.
func nameOf(p billing.Party) string {
	name := strings.Trim(squeeze(string(p.Name)), ` "'`)
	for { // Stone, Ann, Esq.
		at := strings.LastIndexByte(name, ',')
		if at < 0 {
			break
		}
		last := strings.TrimSpace(name[at+1:])
		if degree(last) || people.Form[strings.ToLower(strings.TrimRight(last, "."))] {
			name = strings.TrimSpace(name[:at])
			continue
		}
		if at == strings.IndexByte(name, ',') && last != "" {
			name = last + " " + strings.TrimSpace(name[:at])
		}
		break
	}
	if name == "" || strings.Contains(name, "@") {
		return string(p.Address)
	}
	return bounded(name, mostName)
}

// mostName bounds a name, in runes.
const mostName = 60

func degree(s string) bool {
	switch strings.ToLower(strings.ReplaceAll(s, ".", "")) {
	case "esq", "esquire", "jd", "phd", "md", "cpa", "pe", "jr", "sr", "ii", "iii":
		return true
	}
	return false
}

// isClient reports whether a name has the same words as the client's.
func (v *view) isClient(name string) bool {
	n := 0
	var buf scratch
	for start, end := nextWord(name, 0); start < end; start, end = nextWord(name, end) {
		if n == len(v.client) || v.client[n] != string(buf.lower(name[start:end])) {
			return false
		}
		n++
	}
	return n > 0 && n == len(v.client)
}

// roleWords are those of which what a person is called by may be made, in place
// of a name.
var roleWords = prose.Set(`court clerk client counsel opposing chambers judge mediator expert witness adjuster insurer co chief law the
landlord tenant trustee magistrate arbitrator local bank broker carrier paralegal team accountant agent reporter vendor committee board team associates partners attorneys staff firm department group clients witnesses experts`)

// regular are words for how often people meet, which a narrative leaves out.
var regular = prose.Set("weekly monthly daily biweekly quarterly standing regular bi internal")

// titles stand before names and are no part of them.
var titles = prose.Set("mr mrs ms miss dr prof atty attorney judge justice hon")

// named returns whom the words of a title name: someone on the matter, a role,
// or else the name as it is written.
func (n Narrator) named(text string, v *view, id billing.ObservationID) Counterpart {
	c := Counterpart{Name: billing.Privileged(text), Evidence: []billing.ObservationID{id}}
	w := wordsIn(text)
	for len(w) > 1 && titles[w[0].lower] {
		w = w[1:]
	}
	role := true
	for _, x := range w {
		role = role && roleWords[x.lower]
	}
	if role && len(w) > 0 {
		c.Role = billing.ContactRole(strings.TrimPrefix(strings.ToLower(text), "the "))
		c.Name = ""
		return c
	}
	if known := v.contactNamed(w); known != nil {
		c.Role, c.Name, c.Address = known.Role, known.Name, known.Address
		if c.Role == billing.ContactOther {
			c.Role = ""
		}
		return c
	}
	if len(w) > 0 && namesClient(w, v) {
		c.Role = billing.ContactClient
	}
	return c
}

func namesClient(w []word, v *view) bool {
	for _, x := range w {
		if !slices.Contains(v.client, stem(x.lower)) || people.Form[x.lower] {
			return false
		}
	}
	return true
}

// called reports whether w, which is lower-case, is a word of the contact's name.
func (c *contactView) called(w string) bool {
	name := string(c.Name)
	for start, end := nextWord(name, 0); start < end; start, end = nextWord(name, end) {
		if strings.EqualFold(name[start:end], w) {
			return true
		}
	}
	return false
}

// contactNamed returns the one contact whose name has all of words; nil when
// there is none, or several on different sides.
func (v *view) contactNamed(w []word) *contactView {
	var found *contactView
	for i := range v.contacts {
		c := &v.contacts[i]
		if len(w) == 0 || slices.ContainsFunc(w, func(x word) bool { return !c.called(stem(x.lower)) }) {
			continue
		}
		if found != nil && found.Role != c.Role {
			return nil
		}
		found = c
	}
	return found
}
