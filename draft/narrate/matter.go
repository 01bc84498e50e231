package narrate

import (
	"slices"
	"strings"
	"sync"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/people"
	"github.com/tenths/tenths/draft/prose"
)

// practice says what sort of matter it is, as far as its data shows it. Task
// codes and shorthand depend on it.
type practice int

const (
	unknownPractice practice = iota
	litigation
	bankruptcy
	project // a transaction
	counseling
)

// view is a matter with what narrating needs of it, worked out once.
type view struct {
	billing.Matter
	number   string // lower-case; "" when it says nothing where it is met
	name     []word
	words    []string // of the matter's and the client's name
	practice practice
	appeal   bool
	contacts []contactView
	client   []string // words of the client's name

	mu     sync.Mutex
	topics map[string]string // of subjects without their reply marks
}

type contactView struct {
	billing.Contact
	host string // lower-case; "" where anyone can have an address
}

// views keeps the view of each matter for as long as a narrator lives.
type views struct {
	mu   sync.Mutex
	seen map[billing.MatterID]*view
}

func (vs *views) of(m billing.Matter) *view {
	vs.mu.Lock()
	defer vs.mu.Unlock()
	v := vs.seen[m.ID]
	if v == nil || v.Number != m.Number || v.Name != m.Name || v.Client != m.Client ||
		!equal(v.Matter.Contacts, m.Contacts) || !equal(v.Keywords, m.Keywords) {
		v = newView(m)
		vs.seen[m.ID] = v
	}
	return v
}

// equal is [slices.Equal], at once for what is the same.
func equal[E comparable](a, b []E) bool {
	return len(a) == len(b) && (len(a) == 0 || &a[0] == &b[0] || slices.Equal(a, b))
}

func newView(m billing.Matter) *view {
	v := &view{Matter: m, name: wordsIn(string(m.Name))}
	for _, w := range wordsIn(string(m.Client)) {
		v.client = append(v.client, w.lower)
	}
	for _, w := range v.name {
		v.words = append(v.words, stem(w.lower))
	}
	v.words = append(v.words, v.client...)
	if prose.Telling(m.Number) {
		v.number = strings.ToLower(m.Number)
	}
	v.contacts = make([]contactView, 0, len(m.Contacts))
	for _, c := range m.Contacts {
		h := people.Host(string(c.Address))
		if people.Anyones[h] {
			h = ""
		}
		v.contacts = append(v.contacts, contactView{c, h})
	}
	v.practice = practiceOf(v)
	v.appeal = appealWords.has(v.name)
	return v
}

var (
	appealWords     = newRuns("appeal", "appeals", "appellate", "appellant", "cir")
	disputeWords    = newRuns("litigation", "dispute", "lawsuit", "holdover", "eviction", "claim", "objections", "arbitration", "foreclosure", "divorce", "dissolution of marriage", "custody", "injury", "malpractice", "class action")
	bankruptcyWords = newRuns("chapter 7", "chapter 9", "chapter 11", "chapter 13", "bankruptcy", "debtor", "debtors", "creditors committee", "creditors' committee")
	projectWords    = newRuns("acquisition", "merger", "stock purchase", "asset purchase", "purchase of", "purchase and sale", "sale of", "financing", "formation", "incorporation", "joint venture", "refinancing", "leasing", "private placement", "offering", "series a", "series b", "closing", "vendor agreements", "licensing", "loan documents", "credit facility", "credit agreement")
	adviceWords     = newRuns("general advice", "general counseling", "general counsel", "employment advice", "general employment advice", "counseling", "compliance advice", "general corporate advice", "outside general counsel", "general matters", "regulatory advice", "advice")
)

// practiceOf tells what sort of matter it is from its name, its keywords and the
// people on it; it says nothing where they do not show it.
func practiceOf(v *view) practice {
	words := v.name
	for _, k := range v.Keywords {
		words = append(words[:len(words):len(words)], wordsIn(string(k))...)
	}
	opposed, court := false, false
	for _, c := range v.Matter.Contacts {
		opposed = opposed || c.Role == billing.ContactOpposingCounsel
		court = court || c.Role == billing.ContactCourt
	}
	switch {
	case v.Internal:
		return unknownPractice
	case bankruptcyWords.has(words):
		return bankruptcy
	case twoSided(v.name), court:
		return litigation
	case opposed && projectWords.has(words) && !disputeWords.has(words): // the other side's counsel in a deal
		return project
	case opposed:
		return litigation
	case disputeWords.has(v.name): // nothing else says it, and "estate litigation" is no deal
		return unknownPractice
	case projectWords.has(words):
		return project
	case adviceWords.has(v.name):
		return counseling
	}
	return unknownPractice
}

// twoSided reports whether a name has two sides: "Rivera v. Acme".
func twoSided(name []word) bool {
	for i, w := range name {
		if (w.lower == "v" || w.lower == "vs" || w.lower == "versus") && i > 0 && i < len(name)-1 {
			return true
		}
	}
	return false
}

// contested reports whether the matter is before a court or will be, where
// lawyers write MTC and Def.
func (v *view) contested() bool { return v.practice == litigation || v.practice == bankruptcy }

// names reports whether text says no more than what the matter is called.
func (v *view) names(text string) bool {
	var buf scratch
	for start, end := nextWord(text, 0); start < end; start, end = nextWord(text, end) {
		w := buf.lower(text[start:end])
		if n := len(w); n > 2 && w[n-1] == 's' && w[n-2] == '\'' {
			w = w[:n-2]
		}
		if !contains(v.words, w) && !people.Form[string(w)] && !versus[string(w)] {
			return false
		}
	}
	return true
}

// versus are words that stand between two sides.
var versus = prose.Set("v vs versus adv ads")

func contains(list []string, w []byte) bool {
	for _, x := range list {
		if x == string(w) {
			return true
		}
	}
	return false
}
