package narrate

import (
	"cmp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tenths/tenths/billing"
)

// Phrasing is how one timekeeper wants narratives put, learned from what they
// change. It is a value to be kept as JSON; its zero value prefers nothing. What
// it holds is checked when it is used: whatever it was made to say, a verb stays
// within its act, and a name within its matter.
type Phrasing struct {
	Person  Preferences                       `json:"person"`
	Matters map[billing.MatterID]*Preferences `json:"matters,omitempty"`
}

// Preferences are choices of wording. Names are kept for one matter alone.
type Preferences struct {
	Verbs      map[Act]Choice                `json:"verbs,omitempty"`
	Connective Choice                        `json:"connective,omitzero"`
	Names      map[billing.Privileged]Choice `json:"names,omitempty"`
	Omits      map[string]Choice             `json:"omits,omitempty"`
}

// Choice is a wording that was chosen, and how often in a row.
type Choice struct {
	Text billing.Privileged `json:"text"`
	Seen int                `json:"seen"`
}

// consistent is how often in a row a wording must be chosen before it is used:
// once may be chance. A name is meant from the first time on.
const consistent = 2

// mostNames bounds what is kept of one matter.
const mostNames = 200

// Parts of a clause that a person may want left out.
const (
	partTopic = "topic"
	partSent  = "enclosures"
	partMarks = "marks"
)

const omit billing.Privileged = "omit"

// style is what a phrasing says about one matter: its own choices, then the
// person's. The zero style prefers nothing.
type style struct {
	matter, person *Preferences
}

func (p *Phrasing) styleOf(m billing.MatterID) style {
	if p == nil {
		return style{}
	}
	return style{p.Matters[m], &p.Person}
}

// chosen returns the first choice that get finds and that was made often enough.
func (s style) chosen(get func(*Preferences) Choice) (billing.Privileged, bool) {
	for _, p := range [...]*Preferences{s.matter, s.person} {
		if p == nil {
			continue
		}
		if c := get(p); c.Seen >= consistent {
			return c.Text, true
		}
	}
	return "", false
}

// verb returns the form of act to use: a learned one only where it is one of
// that act's own.
func (s style) verb(act Act) form {
	if text, ok := s.chosen(func(p *Preferences) Choice { return p.Verbs[act] }); ok {
		if f, ok := formNamed(act, string(text)); ok {
			return f
		}
	}
	return verbs[act][0]
}

func (s style) connective() string {
	if text, ok := s.chosen(func(p *Preferences) Choice { return p.Connective }); ok && slices.Contains(connectives, string(text)) {
		return string(text)
	}
	return connectives[0]
}

func (s style) omits(act Act, part string) bool {
	if s.person == nil || len(s.person.Omits) == 0 && (s.matter == nil || len(s.matter.Omits) == 0) {
		return false
	}
	text, _ := s.chosen(func(p *Preferences) Choice { return p.Omits[part+" "+string(act)] })
	return text == omit
}

// name returns what the person calls the thing with that key on this matter; ok
// is false for no name, or none that may stand for plain.
func (s style) name(key billing.Privileged, plain string, fits func(name, plain string) bool) (string, bool) {
	if s.matter == nil || s.matter.Names == nil {
		return "", false
	}
	c, ok := s.matter.Names[key]
	if !ok || !fits(string(c.Text), plain) {
		return "", false
	}
	return string(c.Text), true
}

func (s style) party(c Counterpart) string {
	if s.matter != nil && s.matter.Names != nil {
		if name, ok := s.name(partyKey(c), c.Text(), namesParty); ok {
			return name
		}
	}
	return c.Text()
}

// object returns what a document is called, without its marks.
func (s style) object(o *Object) string {
	if o.Title == "" {
		return cmp.Or(string(o.Kind), "document")
	}
	if s.matter != nil && s.matter.Names != nil {
		if name, ok := s.name(documentKey(*o), string(o.Title), renames); ok {
			return name
		}
	}
	return string(o.Title)
}

func (s style) topic(t Topic) string {
	if s.matter != nil && s.matter.Names != nil {
		if name, ok := s.name(topicKey(t), string(t.Text), renames); ok {
			return name
		}
	}
	return string(t.Text)
}

func partyKey(c Counterpart) billing.Privileged {
	if c.Address != "" {
		return "party:" + c.Address
	}
	return "party:" + billing.Privileged(strings.ToLower(string(c.Name)+" "+string(c.Role)))
}

func documentKey(o Object) billing.Privileged {
	return "document:" + billing.Privileged(strings.ToLower(string(o.Title)))
}

func topicKey(t Topic) billing.Privileged {
	return "topic:" + billing.Privileged(strings.ToLower(string(t.Text)))
}

// namesParty reports whether name can be what a party is called: a few words
// like a name's, none of which says that something was done.
func namesParty(name, _ string) bool {
	w := wordsIn(name)
	if len(w) == 0 || len(w) > 6 || len(name) > 2*mostName || !plainText(name) || digitsIn(name) > 0 {
		return false
	}
	for _, x := range w {
		if verbWords[x.lower] || slices.Contains(connectives, x.lower) || x.lower == "and" || x.lower == "with" {
			return false
		}
	}
	return strings.Trim(name, edge) != "" && !strings.ContainsAny(name, ";:/@()[]{}\"")
}

// renames reports whether name can stand for what is called plain: it has one of
// its longer words, and no verb that plain has not.
func renames(name, plain string) bool {
	w, old := wordsIn(name), wordsIn(plain)
	if len(w) == 0 || len(w) > 16 || len(name) > 2*mostTitle || !plainText(name) || strings.ContainsAny(name, ";()") {
		return false
	}
	shared := false
	for _, x := range w {
		known := slices.ContainsFunc(old, func(y word) bool { return stem(y.lower) == stem(x.lower) })
		if !known && (verbWords[x.lower] || digitsIn(x.lower) > 0) {
			return false
		}
		shared = shared || known && len(x.lower) >= 4
	}
	_, ended := headEnd.at(w)
	return shared && ended == 0
}

// plainText reports whether s is one line of what can be seen.
func plainText(s string) bool {
	return utf8.ValidString(s) && s == squeeze(s) && !strings.ContainsFunc(s, unicode.IsControl)
}
