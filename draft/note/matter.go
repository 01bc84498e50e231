package note

import (
	"sort"
	"strings"

	"github.com/tenths/tenths/billing"
)

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
	if r.decide(m.matters) < 0 && !m.number || m.keyword {
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
	first := r.tok(from-1).kind == line || r.tok(from-1).kind == mark || r.timedBefore(from) || r.aside(from-1)
	if r.headsWork(m, to, led) {
		r.dead = append(r.dead, [2]int{m.from, m.to})
		return
	}
	if w, ok := r.timeOver(r.pastMarks(from-1, -1)); ok && m.party && !m.caption && (after.kind == line || after.kind == mark && !after.glued) && r.workBetween(r.partStart(w.from), w.from) {
		r.dead = append(r.dead, [2]int{m.from, m.to}) // reviewed the lease 0.8 Rivera
		return
	}
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

// partStart returns where what ends at i began, after what ends a part for sure.
func (r *reading) partStart(i int) int {
	for i > 0 && !r.partMark(i-1) {
		if _, timed := r.timeOver(i - 1); timed {
			break
		}
		i--
	}
	return i
}

// pastMarks returns the first token from i on, in steps of by, that is no comma,
// dash or opening mark.
func (r *reading) pastMarks(i, by int) int {
	for r.tok(i).is(",", "-", "(", "[", ":") {
		i += by
	}
	return i
}

// headsWork reports whether m, which ends at to, only says what the work that
// follows was on: "Rivera drafting reply".
func (r *reading) headsWork(m mention, to int, led bool) bool {
	timed := r.timedBefore(m.from) || r.aside(m.from-1)
	if led || !m.party || m.caption || !r.starts(to) || r.tok(m.from-1).kind == word && !timed {
		return false
	}
	l, _ := lemma(r.tok(to).low)
	if _, talks := speaking[l]; talks {
		return timed && r.tok(to+1).is("with", "w/", "to")
	}
	a, _ := r.verbAt(to)
	return a != nil && (strings.HasSuffix(r.tok(to).low, "ing") || timed && l == r.tok(to).low || a.code > "A100" && a.code < "A105")
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
	return r.idOf(r.decide(r.weights(from, to)))
}

// idOf returns the id of a matter that is named and open, else "".
func (r *reading) idOf(i int) billing.MatterID {
	if i < 0 || r.names.matters[i].Closed {
		return ""
	}
	return r.names.matters[i].ID
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

// nameEnd returns where the name that m begins ends, with its further words and
// the marks between them: "Calder / Whitlock", "Smith-Jones".
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

// onOther reports whether c names a matter that p is not on.
func (r *reading) onOther(c chunk, p Part) bool {
	id := r.matterOf(c.from, c.to)
	return id != "" && id != p.Matter
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
			r.dead, r.masked = append(r.dead[:k:k], r.dead[k+1:]...), 0
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
		if w == fold(low) {
			return true
		}
	}
	return false
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
