package billing

import (
	"cmp"
	"strings"
)

// Matter is one piece of work for a client, which time is billed to.
type Matter struct {
	ID       MatterID
	Number   string // the firm's number, unique, "2024-0113"
	Name     Privileged
	Client   Privileged
	Contacts []Contact
	Keywords []Privileged
	Folder   Privileged // where its documents are; absolute, or relative to any watched folder
	Internal bool       // firm administration: never billed
	Closed   bool
}

// Contact is someone who belongs to a matter.
type Contact struct {
	Name    Privileged  `json:"name,omitempty"`
	Address Privileged  `json:"address"` // lower-case mail address
	Role    ContactRole `json:"role,omitempty"`
}

// ContactRole says on which side of a matter someone stands.
type ContactRole string

// The contact roles; an empty role means that it is not known.
const (
	ContactClient          ContactRole = "client"
	ContactOpposingCounsel ContactRole = "opposing counsel"
	ContactCoCounsel       ContactRole = "co-counsel"
	ContactCourt           ContactRole = "court"
	ContactExpert          ContactRole = "expert"
	ContactWitness         ContactRole = "witness"
	ContactOther           ContactRole = "other"
)

// ParseContact reads a contact as a matter list writes it: an address, alone or
// as "Name <address>", with its role in parentheses before or after:
// "Dana Reed <dana@reed.example> (opposing counsel)".
func ParseContact(s string) Contact {
	var c Contact
	if i := strings.LastIndexByte(s, '('); i >= 0 && strings.HasSuffix(strings.TrimSpace(s), ")") {
		role := strings.TrimSpace(s[i+1:])
		c.Role = ContactRole(strings.ToLower(strings.TrimSuffix(role, ")")))
		s = s[:i]
	}
	s = strings.TrimSpace(s)
	if i := strings.LastIndexByte(s, '<'); i >= 0 {
		c.Name = Privileged(strings.Trim(strings.TrimSpace(s[:i]), `"`))
		s = strings.TrimSuffix(strings.TrimSpace(s[i+1:]), ">")
	}
	if strings.Contains(s, "@") {
		c.Address = Privileged(strings.ToLower(strings.TrimSpace(s)))
	} else if c.Name == "" {
		c.Name = Privileged(s)
	}
	return c
}

// Timekeeper is the person whose time it is.
type Timekeeper struct {
	Name      Privileged   `json:"name"`
	Addresses []Privileged `json:"addresses"` // lower-case mail addresses that are theirs
	Zone      string       `json:"zone"`      // IANA zone that decides work dates; "" for the machine's
	Rate      Money        `json:"rate"`      // per hour, of today, where the matter has none
	// Currency is the firm's, ISO 4217, set once; "" until it is. A matter may
	// be billed in another.
	Currency string `json:"currency,omitempty"`
	// Rates are those of every day and matter.
	Rates Rates `json:"-"`
}

// RateOn returns the hourly rate for work on m that was done on that day: the
// matter's own then, else the timekeeper's then; zero for internal matters or
// when neither was set. It is the one place that decides a rate.
func (t Timekeeper) RateOn(m Matter, day Day) Money {
	if m.Internal {
		return Money{}
	}
	return t.Rates.On(m.ID, day).Price
}

// Home returns the firm's currency, "USD" when nothing else was said.
func (t Timekeeper) Home() string {
	return cmp.Or(t.Currency, t.Rate.Currency, "USD")
}
