package note

import (
	"fmt"
	"slices"
)

// totals turns shares of a total into seconds, and takes the total itself out:
// its parts say all of it.
func (r *reading) totals() {
	r.totalAhead()
	r.afterAll()
	r.headsList()
	if r.sumAtEnd() {
		return
	}
	at := r.totalAt()
	if at < 0 && r.sumAtStart() {
		at, r.whens[0].total = 0, true
	}
	if at < 0 || at == len(r.whens)-1 {
		return
	}
	total, left := r.whens[at], r.whens[at].seconds
	shared := false
	for i := at + 1; i < len(r.whens); i++ {
		w := &r.whens[i]
		shared = shared || w.rest || w.part.den > 0
		switch {
		case w.part.den > 0:
			w.seconds, w.has = w.part.of(total.seconds), true
		case w.rest:
			w.seconds, w.has = left, left > 0
			w.est = total.est
		}
		if w.has {
			left -= w.seconds
		}
	}
	if !shared && left != 0 && !total.total {
		return
	}
	if !shared && left != 0 {
		r.addsUp(total.seconds-left, total)
	}
	r.dead = append(r.dead, [2]int{total.from, total.to})
	r.whens = append(r.whens[:at:at], r.whens[at+1:]...)
}

// totalAhead gives "total" to the time before it where that is what the times
// after it come to: "2.6 total: 1.1 review, 1.5 chronology".
func (r *reading) totalAhead() {
	if len(r.whens) < 3 || !r.whens[1].total || r.whens[0].total || !r.whens[0].has || r.whens[0].to != r.whens[1].from || r.sum(r.whens[1:]) != r.whens[0].seconds {
		return
	}
	first := &r.whens[1]
	at := first.from
	for r.tok(at).is("total", "in", "all", ":", "=", "of") && at < first.to {
		at++
	}
	r.dead = append(r.dead, [2]int{first.from, at})
	first.from, first.total, r.whens[0].total = at, false, true
}

// afterAll takes a lone time after the last of several semicolons as that of all
// that was said: "review draft; revise it; 1.3".
func (r *reading) afterAll() {
	if len(r.whens) != 1 || !r.whens[0].has || r.count(";") < 2 {
		return
	}
	w := &r.whens[0]
	after := r.tok(w.to)
	w.total = w.total || r.tok(w.from-1).is(";") && (w.to >= len(r.toks) || after.is(".") && w.to+1 >= len(r.toks))
}

// sumAtStart reports whether the first time is that of all the others: "two
// hours: one hour on the brief, one hour on the exhibits". That they add up to it
// is not enough: it must have no work of its own.
func (r *reading) sumAtStart() bool {
	n := len(r.whens) - 1
	if n < 2 || r.segments(0, r.whens[0].from) > 0 {
		return false
	}
	if r.headsParts() {
		if sum := r.sum(r.whens[1:]); sum != r.whens[0].seconds {
			r.addsUp(sum, r.whens[0])
		}
		return true
	}
	if r.parted(r.whens[0].to+1, r.whens[1].from) || !r.tok(r.whens[0].to).is(":", ",", "-") || r.sum(r.whens[1:]) != r.whens[0].seconds {
		return false
	}
	between := r.segments(r.whens[0].to, r.whens[1].from)
	return between == 0 || between == 1 && r.segments(r.whens[n].to, len(r.toks)) == 0 && !r.tok(r.whens[1].from-1).is(",", ";")
}

// headsParts reports whether the first time is said of what a colon parts: "2.4
// trial preparation: witness outlines 1.0, exhibits 1.4".
func (r *reading) headsParts() bool {
	n, colon := len(r.whens)-1, 0
	for i := r.whens[0].to; i < r.whens[1].from; i++ {
		switch t := r.tok(i); {
		case t.kind == line, t.is(",", ";", ".", "and"):
			return false
		case t.is(":"):
			colon = i
		}
	}
	return colon > r.whens[0].to && r.segments(r.whens[0].to, colon) == 1 && r.segments(colon, r.whens[1].from) == 1 && r.segments(r.whens[n].to, len(r.toks)) == 0
}

// sumAtEnd takes out a last time that is said to be that of all the others and
// has no work of its own: "… 1.0 total". Where it is not their sum, a person says
// which holds.
func (r *reading) sumAtEnd() bool {
	n := len(r.whens) - 1
	if n < 1 || !r.whens[n].total || !r.whens[n].has || r.whens[0].total || r.segments(r.whens[n].to, len(r.toks)) > 0 {
		return false
	}
	before := r.whens[n-1]
	leads := r.segments(0, r.whens[0].from) == 0 || slices.ContainsFunc(r.inner, func(in inside) bool { return in.at == before.from })
	if r.ownWork(before.to, r.whens[n].from, leads) {
		return false
	}
	total := r.whens[n]
	r.whens = r.whens[:n]
	r.dead = append(r.dead, [2]int{total.from, total.to})
	for _, w := range r.whens {
		if !w.has {
			return true
		}
	}
	if sum := r.sum(r.whens); sum != total.seconds {
		r.addsUp(sum, total)
	}
	return true
}

// ownWork reports whether what is said in [from, to) is the work of the time
// that follows, where leads says that times stand before their work.
func (r *reading) ownWork(from, to int, leads bool) bool {
	for k := to - 1; k >= from; k-- {
		if r.partMark(k) || leads && r.tok(k).is(",") {
			return r.segments(k+1, to) > 0
		}
	}
	return !leads && r.segments(from, to) > 0
}

// addsUp notes that the parts take sum, and that another total was said.
func (r *reading) addsUp(sum int64, total when) {
	r.conflict = "The parts add up to " + hours(sum) + ", and you said " + string(r.said(total.from, total.to)) + ". Which is right?"
}

// hours writes seconds as hours and minutes.
func hours(seconds int64) string { return fmt.Sprintf("%d:%02d", seconds/hour, seconds%hour/minute) }

// headsList takes a time for that of all that follows its colon, where nothing
// but a matter was said before it and no other time after: "1.5: draft the
// letter, call the client".
func (r *reading) headsList() {
	if len(r.whens) != 1 || !r.whens[0].has || r.whens[0].clock || r.segments(0, r.whens[0].from) > 0 {
		return
	}
	w := &r.whens[0]
	if !r.tok(w.to).is(":") && !(r.tok(w.to).kind == word && r.listed(w.to) > 0) {
		return
	}
	w.total = true
	for i := w.to + 1; i < len(r.toks); i++ {
		n := r.listed(i)
		if n == 0 {
			continue
		}
		if i > w.to+1 {
			r.toks[i+n-1] = token{kind: mark, text: ";", low: ";", start: r.tok(i + n - 1).start, end: r.tok(i + n - 1).end, glued: true}
			n--
		}
		r.dead = append(r.dead, [2]int{i, i + n})
	}
}

// segments counts how many pieces of work, parted by marks and joining words,
// are named in [from, to), beside names of matters.
func (r *reading) segments(from, to int) (n int) {
	inside := false
	for i := from; i < to; i++ {
		t := r.tok(i)
		switch {
		case t.is(",", "and", "&") && inside && r.tok(i+1).kind == number && i+1 < to: // sections 4, 7 and 12
		case r.partMark(i), t.is(",", "and", "&"):
			inside = false
		case t.kind == mark, t.kind == word && r.empty(i):
		default:
			if m, ok := r.mentionAt(i); ok && from == 0 && !inside {
				i = r.nameEnd(m) - 1
				continue
			}
			if !inside {
				n++
			}
			inside = true
		}
	}
	return n
}

func (r *reading) sum(list []when) (n int64) {
	for _, w := range list {
		n += w.seconds
	}
	return n
}
