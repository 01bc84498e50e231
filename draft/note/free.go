package note

import "slices"

// Part of a time that is not charged, "1.0 (n/c .2) research", is an entry of its
// own of the same work; and the time of somebody else, "(paralegal did 0.5)", is
// none.

// freeInside gives the times that are said in brackets not to be charged to the
// time that they are part of.
func (r *reading) freeInside() {
	for i := 1; i < len(r.whens); i++ {
		w, o := r.whens[i], &r.whens[i-1]
		if !w.has || w.clock || !o.has || o.clock || o.free > 0 || w.seconds >= o.seconds {
			continue
		}
		open, end, ok := r.freeBracket(w)
		if ok = ok && !r.parted(o.to, open); !ok {
			if open, end, ok = r.freeAfter(o.to, w); !ok {
				continue
			}
			r.conflict = "Is the " + string(r.said(w.from, w.to)) + " that is not charged part of the " + string(r.said(o.from, o.to)) + "?"
		}
		o.seconds, o.free, o.freeAt = o.seconds-w.seconds, w.seconds, open
		r.dead = append(r.dead, [2]int{open, end})
		r.asides = slices.DeleteFunc(r.asides, func(a aside) bool { return a.from >= open && a.to <= end })
		r.whens = slices.Delete(r.whens, i, i+1)
		i--
	}
}

// freeAfter returns where w and that it is not charged are said, right after the
// time that ends at to: "drafted answer 1.0, 0.2 n/c".
func (r *reading) freeAfter(to int, w when) (open, end int, ok bool) {
	for open = to; r.tok(open).is(",", "-", "and") || r.aside(open); open++ {
		ok = ok || r.aside(open)
	}
	for end = w.to; r.aside(end); end++ {
		ok = true
	}
	return to, end, ok && open == w.from && (end >= len(r.toks) || r.partMark(end))
}

// freeBracket returns the brackets around w, where nothing else is in them but
// that it is not charged.
func (r *reading) freeBracket(w when) (open, end int, ok bool) {
	open, end = w.from-1, w.to
	said := false
	for ; r.tok(open).is("of", "which", "incl", ".", "-", ":", ",", "was", "at") || r.aside(open); open-- {
		said = said || r.aside(open)
	}
	for ; r.tok(end).is("was", "of", "that", "it", "this", "which", "-", ",", "at") || r.aside(end); end++ {
		said = said || r.aside(end)
	}
	return open, end + 1, said && r.tok(open).is("(", "[") && r.tok(end).is(")", "]")
}

// parted reports whether a part may end in [from, to).
func (r *reading) parted(from, to int) bool {
	for i := from; i < to; i++ {
		if r.partMark(i) || r.tok(i).is(",") {
			return true
		}
	}
	return false
}

// uncharged returns the part of p's time that is not charged, as a part of its
// own, and cuts its words off those of p.
func (r *reading) uncharged(p *Part, w *when) (Part, bool) {
	if w == nil || w.free == 0 {
		return Part{}, false
	}
	q, seconds := *p, w.free
	q.Worked, q.NonBillable, q.Start, q.End = &seconds, true, p.End, p.End
	q.Asks = slices.DeleteFunc(slices.Clone(p.Asks), func(a Ask) bool { return a.Key == "total" })
	at := r.tok(w.freeAt).start
	q.Spans = nil
	if n := len(p.Spans); n > 0 && p.Spans[n-1].Start < at && at < p.Spans[n-1].End {
		p.Spans = slices.Clone(p.Spans)
		q.Spans = []Source{{at, p.Spans[n-1].End}}
		p.Spans[n-1].End = at
	}
	return q, true
}

// doing are the words after somebody else whose time follows.
var doing = set(`did spent logged billed recorded worked took has had entered put`)

// others leaves out what the firm's other people worked: it is no time of the
// timekeeper's.
func (r *reading) others() {
	for i := 1; i < len(r.toks); i++ {
		bracket := r.tok(i-1).is("(", "[")
		if !bracket && !r.partMark(i-1) && !r.tok(i-1).is(",", "and", "but", "-") {
			continue
		}
		to, ok := r.someoneElse(i)
		if !ok || !doing[r.tok(to).low] && !(bracket && r.alone(to)) {
			continue
		}
		end := i
		for end < len(r.toks) && !r.partMark(end) && !r.tok(end).is(")", "]") && (bracket || !r.tok(end).is(",")) {
			end++
		}
		from := i
		if bracket {
			from, end = i-1, end+1
		}
		if !r.timeIn(i, end) {
			continue
		}
		r.toks = slices.Delete(r.toks, from, min(end, len(r.toks)))
		i = max(from-1, 0)
	}
}

// alone reports whether nothing but a time is said at i before the bracket closes.
func (r *reading) alone(i int) bool {
	for r.tok(i).is(":", "-", "'s", "time", "@", "at") {
		i++
	}
	w, ok := r.timeAt(i)
	return ok && r.tok(w.to).is(")", "]")
}

// someoneElse reads at i one of the firm's other people.
func (r *reading) someoneElse(i int) (to int, ok bool) {
	for r.tok(i).is("the", "my", "our", "a") {
		i++
	}
	p, ok := r.roleAt(i)
	if !ok || p.code != "A105" {
		return i, false
	}
	to = p.to
	for r.tok(to).capital() && !r.tok(to).is("did") {
		to++
	}
	return to, true
}
