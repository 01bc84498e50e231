package note

import (
	"slices"

	"github.com/tenths/tenths/billing"
)

// leads are what people say before they say what they did.
var leads = [][]string{
	{"first", "thing"}, {"first", "of", "all"}, {"first", "off"}, {"need", "to", "log"}, {"need", "to", "bill"}, {"need", "to", "record"}, {"want", "to", "log"}, {"want", "to", "bill"}, {"please", "log"},
	{"please", "bill"}, {"please", "add"}, {"please", "put"}, {"please", "enter"}, {"put", "me", "down"}, {"put", "down"}, {"mark", "me", "down"}, {"bill", "me"}, {"log"}, {"enter"}, {"add"}, {"finished", "up", "by"},
	{"ended", "up"}, {"wound", "up"}, {"started", "the", "day"}, {"started", "off"}, {"started", "out"}, {"began", "the", "day"}, {"managed", "to"}, {"had", "to"}, {"tried", "to"}, {"was", "able", "to"},
	{"by"}, {"busy"}, {"out", "the"}, {"time"}, {"billable"}, {"at", "my", "desk"}, {"back", "to"}, {"it", "took", "me"}, {"took", "me"}, {"needed", "to"},
}

// leadAt returns the length of what only leads to the work at i.
func (s *saying) leadAt(i int) int {
	n := s.run(i, leads)
	if n == 0 || s.tok(i+n).is("to") && s.plain(i+n+1) {
		return n
	}
	if _, ok := s.roleAt(i + n); ok || s.tok(i+n).kind != word || !s.starts(i+n) && !s.tok(i+n).is("on", "with", "for", "to", "by") && !s.empty(i+n) {
		return 0
	}
	return n
}

// practices are kinds of work that head a line and say nothing of it.
var practices = set(`probate patent patents trademark estate estates family criminal civil litigation corporate immigration bankruptcy tax trial appeal appeals general misc transactional billing note task`)

// label reads the name that heads a part: "Probate: prepared", "Jones - call".
// Who knows what it names is asked; the narrative keeps it.
func (s *saying) label(i int) (next int) {
	j, plain := i, true
	for ; j < i+5 && s.tok(j).kind == word; j++ {
		t := s.tok(j)
		if j > i && s.starts(j) || s.starts(i) || prepositions[t.low] && !t.is("of") || s.eventAt(j) {
			return i
		}
		plain = plain && (practices[t.low] || t.is("law", "planning", "matter", "work"))
	}
	t := s.tok(j)
	if j == i || !t.is(":") && !(t.is("-") && !t.glued) || !s.starts(j+1) || !plain && !s.tok(i).capital() && !t.is(":") {
		return i
	}
	if _, verb := lemma(s.tok(j + 1).low); t.is("-") && !verb {
		return i
	}
	if p, ok := s.roleAt(i); ok && p.to == j || j+2 >= len(s.toks) {
		return i
	}
	if !plain {
		s.tail, s.labelled = "("+s.spoken(i, j)+")", true
	}
	return j + 1
}

// aside is what was said of a part beside the work: that it is not charged.
type aside struct {
	from, to int
	all      bool // of every part
	text     string
}

var free = map[string][][]string{
	"": {{"no", "charge"}, {"n", "/", "c"}, {"nc"}, {"did", "not", "bill"}, {"didn't", "bill"}, {"did", "not", "charge"}, {"didn't", "charge"}, {"not", "billable"}, {"non", "-", "billable"}, {"nonbillable"}, {"unbillable"}, {"do", "not", "bill"}, {"don't", "bill"},
		{"don't", "charge"}, {"do", "not", "charge"}, {"not", "charging"}, {"not", "billing"}, {"courtesy", "discount"}, {"write", "it", "off"}, {"written", "off"}},
	"(pro bono)": {{"pro", "bono"}},
}

// freeOfCharge finds what says that work is not charged, and takes it out of the work.
// It makes them non-billable, which is no word of the narrative.
func (r *reading) freeOfCharge() {
	for i := range r.toks {
		if n := r.match(i, []string{"over", "the", "weekend"}); n > 0 {
			r.dead = append(r.dead, [2]int{i, i + n})
		}
		for text, runs := range free { // no two share a word
			n := r.run(i, runs)
			if n == 0 || r.isDead(i) {
				continue
			}
			a := aside{from: i, to: i + n, text: text}
			if r.tok(i).is("did", "didn't") && r.tok(a.to).kind == word {
				continue // did not bill travel
			}
			if r.tok(a.to).is("for", "on", "them", "the") && r.tok(a.to).is("them", "the") {
				a.to++
			}
			if r.tok(a.to).is("client", "this") && a.to > i+n {
				a.to++
			}
			if bare := text == "" && !r.tok(i).is("nc", "courtesy", "written"); !bare && r.tok(a.to).kind == word && !r.tok(a.to).is("for", "on", "and", "then") && !r.starts(a.to) && !r.timeBegins(a.to) {
				continue // pro bono policy
			}
			switch {
			case r.tok(a.from-1).is("(", "[") && r.tok(a.to).is(")", "]"):
				a.from, a.to = a.from-1, a.to+1
			case r.tok(a.to).is(":", ",", "-", ".") && (a.from == 0 || r.tok(a.from-1).kind == line):
				a.all = a.from == 0 && r.tok(a.to).is(":")
				a.to++
			case r.tok(a.from-1).is(",", "-"):
				a.from--
			}
			r.asides = append(r.asides, a)
			r.dead = append(r.dead, [2]int{a.from, a.to})
		}
	}
}

// aside reports whether the token i says the day of the work, or that it is not
// charged, and nothing of the work itself.
func (r *reading) aside(i int) bool {
	return r.inDay(i) || slices.ContainsFunc(r.asides, func(a aside) bool { return i >= a.from && i < a.to })
}

// charged notes in p what was said of its charge in c.
func (r *reading) charged(p *Part, c chunk) {
	for _, a := range r.asides {
		if !a.all && (a.from < c.from || a.from > c.to) || p.NonBillable {
			continue
		}
		p.NonBillable = true
		if a.text != "" && p.Narrative != "" {
			p.Narrative += billing.Privileged(" " + a.text)
		}
	}
}

// topicOfAll finds what several verbs are of: "sentencing memo - research 1.3,
// draft 2.6".
func (r *reading) topicOfAll() {
	j := 0
	for j < 5 && r.tok(j).kind == word && !r.starts(j) && !r.isDead(j) && !prepositions[r.tok(j).low] {
		j++
	}
	if j == 0 || !r.tok(j).is(":", "-") || r.tok(j).glued && r.tok(j).is("-") {
		return
	}
	if _, next := r.verbAt(j + 1); next == j+1 || !r.timeBegins(next) {
		return
	}
	for i := range j {
		if !determiners[r.tok(i).low] {
			r.topic = append(r.topic, r.tok(i).text)
		}
	}
	r.dead = append(r.dead, [2]int{0, j + 1})
}

// prepping reads preparing that is named after what it was for: "deposition prep
// with the witness".
func (s *saying) prepping(i, end int) bool {
	j := i
	for j < end && j < i+4 && !s.tok(j).is("prep", "preparation") {
		if a, _ := s.verbAt(j); a != nil || prepositions[s.tok(j).low] || s.tok(j).kind != word {
			return false
		}
		j++
	}
	if j == i || j+1 >= end || !s.tok(j).is("prep", "preparation") || !prepositions[s.tok(j+1).low] {
		return false
	}
	s.code = "A101"
	s.add("prepare", "for")
	s.rest(i, j)
	s.rest(j+1, end)
	s.mentioned(j+1, end)
	return true
}
