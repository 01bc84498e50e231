package note

import "strings"

// heading is what stands before the time of a part and says what it was on,
// rather than what was done: a matter, or a name that nobody knows.
type heading struct {
	from, to int
	text     string // what a narrative says last of it, "" for a matter that is known
}

// headings finds what heads parts, before their times or before all of them:
// "Rivera 0.5 draft letter", "Rivera discovery plan: 1.0 - review custodians".
func (r *reading) headings() {
	for i := range r.toks {
		if r.isDead(i) || i > 0 && !r.beginsPart(i) && !r.isDead(i-1) {
			continue
		}
		if i == 0 {
			r.headsAll()
		}
		if w, timed := r.timeOver(i); timed && w.from == i && (w.has || w.ranged) { // half an hour Rivera, review deed
			if m, ok := r.mentionAt(w.to); ok && (m.party || !m.person) {
				if to := r.nameEnd(m); r.tok(to).is(",", ":", "-") && r.starts(to+1) && !r.timeBegins(to+1) && !(r.tok(to).is("-") && r.tok(to).glued) {
					r.head(w.to, to+1, "")
				}
			}
			continue
		}
		if to, text, ok := r.headsTime(i); ok {
			r.head(i, to, text)
		}
	}
}

func (r *reading) head(from, to int, text string) {
	r.heads = append(r.heads, heading{from, to, text})
	r.dead = append(r.dead, [2]int{from, to})
}

// beginsPart reports whether i stands right after what ends a part for sure.
func (r *reading) beginsPart(i int) bool {
	before := r.tok(i - 1)
	return before.kind == line || before.is(";", "|", "*") || before.is(".") && r.sentenceEnds(i-1) || before.is(",") && r.timedBefore(i-1) || before.is("and") && r.timedBefore(i-1)
}

// headsTime reads at i a matter, or a name that is no work, before a time with
// its work after it.
func (r *reading) headsTime(i int) (to int, text string, ok bool) {
	m, known := r.mentionAt(i)
	known = known && (!m.person || m.party)
	switch {
	case known:
		to = r.nameEnd(m)
	default:
		to = r.unknownName(i)
		if to == i {
			return i, "", false
		}
		text = string(r.said(i, to))
	}
	at := to
	for r.tok(at).is(",", "-", "(", ":", "[") || r.aside(at) {
		at++
	}
	w, timed := r.timeOver(at)
	if !timed || w.from != at {
		return i, "", false
	}
	work := w.to
	for r.tok(work).is(",", "-", ")", ":", "]") || r.isDead(work) {
		work++
	}
	after := r.tok(work)
	if after.kind != word || r.beginsPart(work) || prepositions[after.low] && !r.starts(work) || after.is("and", "then") || r.timeBegins(work) || text != "" && !r.starts(work) {
		return i, "", false
	}
	if !r.starts(work) && r.trailing(work) {
		return i, "", false
	}
	return to, text, true
}

// trailing reports whether what is said at i has a time of its own after it, so
// that the one before is not its.
func (r *reading) trailing(i int) bool {
	for ; i < len(r.toks) && r.tok(i).kind != line && !r.tok(i).is(";", ",", "."); i++ {
		if r.timeBegins(i) {
			return true
		}
	}
	return false
}

// unknownName returns the end of a name at i that no matter has and no work.
func (r *reading) unknownName(i int) int {
	j := i
	for ; j < i+5; j++ {
		t := r.tok(j)
		_, role := r.roleAt(j)
		if t.is("v", "&") && j > i && r.tok(j+1).capital() {
			continue
		}
		if !t.capital() || r.starts(j) || role || prepositions[t.low] || empties[t.low] || events[t.low] || lemmas[t.low] != "" || months[t.low] || t.is("westlaw", "lexis", "trial", "court", "travel", "no", "not") {
			break
		}
		if _, timed := r.timeOver(j); timed {
			break
		}
	}
	if r.loud || j == i {
		return i
	}
	return j
}

// headsAll reads a matter with what it is about, before a colon and the first
// time: what is said of all the parts.
func (r *reading) headsAll() {
	m, ok := r.mentionAt(0)
	if !ok || m.person && !m.party {
		return
	}
	j := r.nameEnd(m)
	first := j
	for ; j < first+5 && r.tok(j).kind == word && !r.isDead(j); j++ {
		if _, another := r.mentionAt(j); another || r.timeBegins(j) || prepositions[r.tok(j).low] || j == first && r.starts(j) {
			return
		}
	}
	if j == first || !r.tok(j).is(":") || !r.timeBegins(j+1) || r.tok(j+2).kind == line {
		return
	}
	if w, _ := r.timeOver(j + 1); w.to >= len(r.toks) || w.total {
		return
	}
	if i := r.decide(m.matters); i >= 0 {
		r.all = r.idOf(i)
	}
	r.subject = string(r.said(first, j))
	r.head(0, j+1, "")
}

// headed adds to s what heads the chunk c.
func (r *reading) headed(s *saying, c chunk) {
	var said []string
	for _, h := range r.heads {
		if h.text != "" && h.from >= c.from && h.to <= c.to {
			said = append(said, h.text)
			if p, ok := r.personAt(h.from); ok && p.to == h.to {
				s.also = append(s.also, p)
			}
		}
	}
	if r.subject != "" {
		said = append(said, r.subject)
	}
	if len(said) > 0 && s.tail == "" {
		s.tail = "(" + strings.Join(said, ", ") + ")"
	}
}

// headsUnknown reports whether c is headed by a name that no matter has.
func (r *reading) headsUnknown(c chunk) bool {
	for _, h := range r.heads {
		if m, known := r.mentionAt(h.from); known && m.to == h.to {
			continue
		}
		if h.text != "" && h.from >= c.from && h.to <= c.to {
			return true
		}
	}
	return false
}
