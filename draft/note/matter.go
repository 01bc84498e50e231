package note

import (
	"sort"
	"strings"

	"github.com/tenths/tenths/billing"
)

// mention is a place in the line that names a matter, or someone of one.
type mention struct {
	from, to int
	matters  map[int]int // by weight
	person   bool
	full     string   // of the person
	own      []string // the words as the matter writes them
	said     string   // as the narrative says it, where it was said small
	code     string
	caption  bool // a whole name or number
	number   bool
}

// mentionAt reads the longest name that the matters know at i.
func (r *reading) mentionAt(i int) (m mention, ok bool) {
	low := strings.TrimSuffix(r.tok(i).low, "'s")
	m.matters = map[int]int{}
	people := map[string]string{}
	for _, k := range append(r.names.byFirst[low], r.possessive(i, low)...) {
		to := i
		for _, w := range k.words {
			if strings.TrimSuffix(r.tok(to).low, "'s") != w && r.tok(to).low != w {
				to = -1
				break
			}
			to++
		}
		if to < 0 || to < m.to {
			continue
		}
		if to > m.to {
			m = mention{from: i, to: to, matters: map[int]int{}}
			people = map[string]string{}
		}
		m.own = k.own
		m.matters[k.matter] = max(m.matters[k.matter], k.weight)
		m.caption = m.caption || k.weight >= 50
		m.number = m.number || k.weight >= 100
		if k.person {
			m.person, m.full = true, k.full
			if old, twice := people[k.full]; twice && old != k.code {
				k.code = ""
			}
			people[k.full] = k.code
			m.code = k.code
		}
	}
	if len(people) > 1 || m.person && len(m.matters) > 1 && r.alsoOther(m) {
		m.full, m.code = string(r.said(m.from, m.to)), ""
	}
	return m, m.to > 0
}

func (r *reading) possessive(i int, low string) []known {
	if low != r.tok(i).low {
		return r.names.byFirst[r.tok(i).low]
	}
	return nil
}

// alsoOther reports whether the words that name a person are also a party of a
// matter that the person is nobody in.
func (r *reading) alsoOther(m mention) bool {
	for _, w := range m.matters {
		if w == 8 || w == 20 {
			return true
		}
	}
	return false
}

// findMatters finds every name that the matters know, and takes those out of
// the narrative that only say which matter the work was on.
func (r *reading) findMatters() {
	for i := range r.toks {
		if r.tok(i).is("same") && r.tok(i+1).is("matter", "case", "file", "client") {
			from := i
			for r.tok(from-1).is("the", "on", "in", "for", "(") {
				from--
			}
			r.dead = append(r.dead, [2]int{from, i + 2})
		}
	}
	for i := 0; i < len(r.toks); {
		if _, timed := r.timeOver(i); timed {
			i++
			continue
		}
		m, ok := r.mentionAt(i)
		if !ok {
			i++
			continue
		}
		m.said = r.written(m)
		r.mentions = append(r.mentions, m)
		r.cutReference(m)
		i = m.to
	}
}

// written returns the name in its own capitals where it was said small.
func (r *reading) written(m mention) string {
	if !r.allSmall && !r.loud || m.number {
		return ""
	}
	return strings.Join(m.own, " ")
}

// cutReference takes "on the Rivera matter", "in Rivera v. Acme" and a matter's
// number out of the narrative: the entry's matter says so already.
func (r *reading) cutReference(m mention) {
	if r.decide(m.matters) < 0 && !m.number {
		return
	}
	from, to := m.from, m.to
	noun := r.tok(to).is("matter", "case", "file", "account")
	if noun {
		to++
	}
	caption := m.caption && r.hasV(m)
	for r.tok(from-1).is("the", "#", "no", "number", "matter", "file", "our") {
		from--
	}
	led := r.tok(from-1).is("on", "in", "for", "re", "under")
	if led {
		from--
	}
	after := r.tok(to)
	aside := r.tok(from-1).is(",", "(", "-") && (after.kind == line || after.kind == mark)
	if led && r.tok(from).is("in") && !m.number {
		for r.tok(to).kind == word && r.inName(m, r.tok(to).low) {
			to++
		}
		after = r.tok(to)
	}
	ends := prepositions[after.low] && r.tok(from).is("in") || after.kind == line || after.kind == mark || r.timeBegins(to) || r.starts(to) && strings.HasSuffix(after.low, "ing")
	first := r.tok(from-1).kind == line || r.tok(from-1).kind == mark || r.timedBefore(from)
	inside := ends && (r.tok(from).is("in") || first)
	if m.number || inside && led || (noun || caption) && (led || aside) {
		if r.tok(from-1).is(",", "(", "-") {
			from--
		}
		if r.tok(to).is(")", "-", ":") || r.tok(to).is(",") && from == 0 {
			to++
		}
		r.dead = append(r.dead, [2]int{from, to})
	}
}

func (r *reading) hasV(m mention) bool {
	for i := m.from; i < m.to; i++ {
		if r.tok(i).is("v", "vs") {
			return true
		}
	}
	return false
}

// decide returns the matter with the most weight, -1 when two have as much.
func (r *reading) decide(weights map[int]int) int {
	best, tie := -1, false
	for m, w := range weights {
		switch {
		case best < 0 || w > weights[best]:
			best, tie = m, false
		case w == weights[best]:
			tie = true
		}
	}
	if tie {
		return -1
	}
	return best
}

// weights adds up which matters the tokens in [from, to) name.
func (r *reading) weights(from, to int) map[int]int {
	sum := map[int]int{}
	for _, m := range r.mentions {
		if m.from >= from && m.to <= to {
			for i, w := range m.matters {
				sum[i] += w
			}
		}
	}
	return sum
}

func (r *reading) matterOf(from, to int) billing.MatterID {
	if i := r.decide(r.weights(from, to)); i >= 0 {
		return r.names.matters[i].ID
	}
	return ""
}

// candidates returns the matters that are named equally well in [from, to).
func (r *reading) candidates(from, to int) []billing.Matter {
	sum, best := r.weights(from, to), 0
	for _, w := range sum {
		best = max(best, w)
	}
	var at []int
	for i, w := range sum {
		if w == best {
			at = append(at, i)
		}
	}
	sort.Ints(at)
	var out []billing.Matter
	for _, i := range at {
		out = append(out, r.names.matters[i])
	}
	return out
}

// header reads what says the matter of the whole line: "for Rivera: …",
// "Rivera - …", "… all on Rivera".
func (r *reading) header() {
	i := 0
	for r.tok(i).is("for", "on", "re", "the", "in", "matter", "ok", "okay", "so", "file") || r.tok(i).is(",") {
		i++
	}
	lead := i > 0 && r.tok(0).is("for", "on", "re", "in")
	if m, ok := r.mentionAt(i); ok {
		to := r.nameEnd(m)
		for r.tok(to).is("matter", "case", "file") {
			to++
		}
		mark := r.tok(to).is(":") || r.tok(to).is("-") && !r.tok(to).glued || r.tok(to).is(",") && (lead || m.caption || i == 0 && (!m.person || r.alsoOther(m)) && r.starts(to+1)) || r.tok(to).kind == line && to < len(r.toks)
		if id := r.decide(m.matters); mark && id >= 0 {
			r.all = r.names.matters[id].ID
			r.dead = append(r.dead, [2]int{0, to + 1})
		}
	}
	for i := range r.toks {
		r.allOn(i)
	}
}

// nameEnd returns where the name that m begins ends, with its further words and
// the marks between them: "Harrow / Bellweather", "Smith-Jones".
func (r *reading) nameEnd(m mention) int {
	to := m.to
	for {
		next := to
		for r.tok(next).is("/", "'", "&", "-") && next < to+2 {
			next++
		}
		t := r.tok(next)
		if t.kind != word && t.kind != number || next == to && t.kind == number || !r.inName(m, t.low) || next > to && r.tok(to).is("-") && !r.tok(to).glued && r.starts(next) {
			return to
		}
		to = next + 1
	}
}

// nounBefore reports whether a noun stands before i, so that the word at i is a
// noun too: "hospital bill", "EEOC charge".
func (r *reading) nounBefore(i int) bool {
	t := r.tok(i - 1)
	return t.kind == word && !prepositions[t.low] && !r.empty(i-1) && !t.is("please", "to", "and", "then", "can", "could", "should", "will", "just", "not")
}

// revive gives c the matter back that was taken out of its narrative, where
// nothing else is said: "an hour on the Acme supply agreement".
func (r *reading) revive(c chunk) bool {
	named := false
	for _, m := range r.mentions {
		named = named || m.from >= c.from && m.to <= c.to
	}
	if !named {
		return false
	}
	for k := 0; k < len(r.dead); k++ {
		if d := r.dead[k]; d[0] >= c.from && d[1] <= c.to {
			r.dead = append(r.dead[:k:k], r.dead[k+1:]...)
			k--
		}
	}
	return true
}

// inName reports whether a word stands in the name of the matter that m names.
func (r *reading) inName(m mention, low string) bool {
	i := r.decide(m.matters)
	if i < 0 {
		return false
	}
	small, _ := lows(string(r.names.matters[i].Name))
	for _, w := range small {
		if w == low {
			return true
		}
	}
	return false
}

var allWords = [][]string{{"all", "of", "it"}, {"all", "of", "this"}, {"all", "of", "that"}, {"all", "of", "these"}, {"all", "of", "them"}, {"all", "this"}, {"all", "that"}, {"all"}, {"everything"}, {"both"}, {"all", "time"}}

func (r *reading) allOn(i int) {
	n := r.run(i, allWords)
	if n == 0 || r.tok(i-1).kind == word && !r.tok(i-1).is("and") && !r.timedBefore(i) {
		return
	}
	j := i + n
	for r.tok(j).is("is", "was", "were", "are", "goes", "go", "to") {
		j++
	}
	if !r.tok(j).is("on", "for", "in", "under", "to", "re") && !r.tok(j-1).is("to") {
		return
	}
	if !r.tok(j - 1).is("to") {
		j++
	}
	for r.tok(j).is("the", "matter", "file", "#") {
		j++
	}
	m, ok := r.mentionAt(j)
	if !ok {
		return
	}
	to := m.to
	for r.tok(to).is("matter", "case", "file") {
		to++
	}
	if id := r.decide(m.matters); id >= 0 && !prepositions[r.tok(to).low] && (r.tok(to).kind != word || r.starts(to)) {
		r.all = r.names.matters[id].ID
		r.dead = append(r.dead, [2]int{i, to})
	}
}

func (r *reading) timedBefore(i int) bool {
	_, ok := r.timeOver(i - 1)
	return ok
}

// carries reports whether c says that it is on the matter before: "same
// matter", "emailed her", "about it".
func (r *reading) carries(c chunk) bool {
	for i := c.from; i < c.to; i++ {
		t := r.tok(i)
		switch {
		case t.is("same"), t.is("him", "them", "his", "their"), t.is("her"), t.is("it") && !r.tok(i+1).is("took"):
			return true
		case t.is("that", "this") && r.tok(i+1).is("matter", "case", "file", "call", "motion", "meeting", "one", "letter", "brief", "email"):
			return true
		case t.is("likewise", "thereto"):
			return true
		}
	}
	return false
}
