package note

import "slices"

// A time that is part of the one before, "of which 0.2 travel", "incl. 0.3 wait",
// "0.5 of that", adds nothing: the two share what the first was said to be.

// insides are the words before such a time, or before what it was for.
var insides = [][]string{{"of", "which"}, {"incl"}, {"incl", "."}, {"including"}, {"includes"}, {"included"}, {"inclusive", "of"}, {"of", "this"}, {"of", "that"}, {"of", "it"}, {"inc", "."}, {"inc"}}

// insideOf are those after it.
var insideOf = [][]string{{"of", "which"}, {"of", "that"}, {"of", "it"}, {"of", "this"}, {"of", "the", "time"}}

// inside is where a part begins that is within the part before: at, after the
// words from gap on.
type inside struct{ gap, at int }

// within takes what is part of the time before out of it.
func (r *reading) within() {
	outer, from := -1, 0
	for i := 0; i < len(r.whens); i++ {
		since := from
		from = r.whens[i].to
		at, ok := r.insideAt(i, since, outer >= 0 && outer == i-1)
		if !ok {
			outer = -1
			continue
		}
		if i == 0 { // of what is not known
			r.whens = slices.Delete(r.whens, i, i+1)
			i--
			continue
		}
		if outer < 0 {
			outer = i - 1
		}
		if !r.takeOut(outer, i, at) {
			r.whens = slices.Delete(r.whens, i, i+1)
			i--
			continue
		}
	}
}

// bracketed looks at times in brackets after a time, each with work of its own:
// "2.3 motion to remand (0.8 research, 1.5 drafting)". Where they are all of it
// they take its place; else whether they are part of it is asked.
func (r *reading) bracketed() {
	for k := range r.toks {
		if !r.tok(k).is("(") || r.isDead(k) {
			continue
		}
		end := k
		for end < len(r.toks) && !r.tok(end).is(")") {
			end++
		}
		if end == len(r.toks) {
			return
		}
		first, last := len(r.whens), -1
		for i, w := range r.whens {
			if w.from > k && w.to <= end {
				first, last = min(first, i), i
			}
		}
		if r.twiceTimed(first, last, k, end) {
			continue
		}
		if last < 0 || first == 0 || !r.hasWork(k+1, end) && !r.asideIn(k, end) && !r.says(k+1, end) {
			continue
		}
		r.bracket(first-1, first, last+1, k)
	}
}

// asideIn reports whether something in [from, to) was said not to be charged.
func (r *reading) asideIn(from, to int) bool {
	return slices.ContainsFunc(r.asides, func(a aside) bool { return a.from > from && a.to <= to })
}

// twiceTimed takes out a time that stands alone in brackets, from k to end, right
// after another, "1.0 (billed 0.5)": which of the two holds is asked, where they
// are not one.
func (r *reading) twiceTimed(first, last, k, end int) bool {
	if first != last || first == 0 || r.aside(k) {
		return false
	}
	o, w := r.whens[first-1], r.whens[first]
	if o.to != k || !o.has || !w.has || o.clock || w.clock || w.from != k+1 || w.to != end || w.total || w.each {
		return false
	}
	if o.seconds != w.seconds {
		r.conflict = "You said " + string(r.said(o.from, o.to)) + " and then " + string(r.said(w.from, w.to)) + " of this. How long did it take?"
	}
	r.whens = slices.Delete(r.whens, first, first+1)
	r.dead = append(r.dead, [2]int{k, end + 1})
	return true
}

// says reports whether any word but times is said in [from, to) after a time by the
// clock.
func (r *reading) says(from, to int) bool {
	after := false
	for _, w := range r.whens {
		after = after || w.ranged && w.to <= from && w.to >= from-2
	}
	for i := from; after && i < to; i++ {
		inTime := slices.ContainsFunc(r.whens, func(w when) bool { return i >= w.from && i < w.to })
		if !inTime && r.tok(i).kind == word {
			return true
		}
	}
	return false
}

// hasWork reports whether anything but times is said in [from, to).
func (r *reading) hasWork(from, to int) bool {
	for i := from; i < to; i++ {
		inTime := slices.ContainsFunc(r.whens, func(w when) bool { return i >= w.from && i < w.to })
		if !inTime && r.tok(i).kind == word && !r.empty(i) && !r.isDead(i) {
			return true
		}
	}
	return false
}

// bracket settles what the times in [first, last) are to the time outer, whose
// bracket opens at k.
func (r *reading) bracket(outer, first, last, k int) {
	o := r.whens[outer]
	for i := o.to; i < k; i++ {
		if r.partMark(i) || r.tok(i).is(",") {
			return
		}
	}
	if o.ranged && !slices.ContainsFunc(r.whens[first:last], func(w when) bool { return !w.has || w.clock }) { // 9-10:15 (45 min wait)
		r.whens = slices.Delete(r.whens, first, last)
		return
	}
	for _, w := range r.whens[first:last] {
		if !w.has || w.clock || !o.has || o.clock {
			return
		}
	}
	sum := r.sum(r.whens[first:last])
	if sum == o.seconds && len(r.whens) == last-outer && outer == 0 {
		if work := r.said(o.to, k); work != "" {
			r.subject = string(work)
			r.dead = append(r.dead, [2]int{o.to, k + 1})
		}
		r.dead = append(r.dead, [2]int{o.from, o.to})
		r.whens = slices.Delete(r.whens, outer, outer+1)
		return
	}
	r.conflict = "Is the " + string(r.said(r.whens[first].from, r.whens[first].to)) + " in brackets part of the " + string(r.said(o.from, o.to)) + "?"
}

// takeOut takes the time i out of the one that holds it, and reports whether it
// is a part of its own. What was by the clock stays one: which of its minutes
// they were is not known.
func (r *reading) takeOut(outer, i int, at inside) bool {
	o, w := &r.whens[outer], r.whens[i]
	if !o.has || o.clock || !w.has || w.clock {
		return false
	}
	if w.seconds >= o.seconds {
		r.conflict = string(r.said(w.from, w.to)) + " cannot be part of " + string(r.said(o.from, o.to)) + ". How long did each take?"
		return false
	}
	o.seconds -= w.seconds
	r.inner = append(r.inner, at)
	r.dead = append(r.dead, [2]int{at.gap, at.at})
	if n := r.run(w.to, insideOf); n > 0 {
		end := w.to + n
		for r.tok(end).is("was", "were", "spent", "being") {
			end++
		}
		r.dead = append(r.dead, [2]int{w.to, end})
	} else if r.tok(w.to).is("was", "were") {
		r.dead = append(r.dead, [2]int{w.to, w.to + 1})
	}
	return true
}

// insideAt returns where the part begins whose time is i, if that is part of the
// time before, which ends at since; again says that the one before was such a part.
func (r *reading) insideAt(i, since int, again bool) (at inside, ok bool) {
	w, from := r.whens[i], since
	for k := from; k < w.from; k++ {
		t := r.tok(k)
		if t.kind == line || t.is(";") || t.is(".") && r.sentenceEnds(k) && !r.tok(k-1).is("incl", "inc") {
			from = k + 1
		}
	}
	if i > 0 && from > since && r.segments(since, from) > 0 {
		return at, false
	}
	for k := from; k < w.from; k++ {
		n := r.run(k, insides)
		if n == 0 || r.isDead(k) {
			continue
		}
		if n == 2 && r.tok(k+1).is("this", "that", "it") && !r.tok(k-1).is(",", "(", "-", ";") && !r.timedBefore(k) {
			continue // a review of that
		}
		next := k + n
		for r.tok(next).is("a", "an", "about", ".", ":") && next < w.from {
			next++
		}
		if next < w.from && r.segments(from, k) > 0 || next < w.from && r.crosses(next, w.from) {
			continue
		}
		return r.insideFrom(k, next), true
	}
	if n := r.run(w.to, insideOf); n > 0 {
		return r.insideFrom(w.from, w.from), true
	}
	if again && r.tok(w.from-1).is("and", "&") && !r.starts(w.to) {
		return r.insideFrom(w.from-1, w.from), true
	}
	return at, false
}

// insideFrom widens the gap to the marks before it.
func (r *reading) insideFrom(gap, at int) inside {
	for r.tok(gap-1).is(",", "(", "-", ";", "[") {
		gap--
	}
	return inside{gap, at}
}

// crosses reports whether a part may end in [from, to).
func (r *reading) crosses(from, to int) bool {
	for i := from; i < to; i++ {
		if r.tok(i).is(",", ";") {
			return true
		}
	}
	return false
}
