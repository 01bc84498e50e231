package note

import "slices"

// Work that was not done is no entry: "did not work on Rivera today", "hearing
// cancelled". It is left out before anything else is read.

// idle are the words that say that no work was done.
var idle = [][]string{
	{"did", "not", "work"}, {"didn't", "work"}, {"have", "not", "worked"}, {"haven't", "worked"}, {"no", "work"}, {"no", "time"}, {"nothing"}, {"did", "nothing"}, {"did", "no", "work"},
	{"did", "not", "do"}, {"didn't", "do"}, {"did", "not", "get", "to"}, {"didn't", "get", "to"}, {"did", "not", "touch"}, {"didn't", "touch"}, {"did", "not", "attend"}, {"didn't", "attend"},
	{"did", "not", "have", "time"}, {"didn't", "have", "time"}, {"never", "got", "to"}, {"was", "not", "able", "to", "work"}, {"wasn't", "able", "to", "work"},
}

// calledOff are the words that say so after what was not done.
var calledOff = set(`cancelled canceled postponed adjourned rescheduled`)

var neverHappened = [][]string{{"did", "not", "happen"}, {"didn't", "happen"}, {"did", "not", "go", "forward"}, {"didn't", "go", "forward"}, {"never", "happened"}, {"did", "not", "take", "place"}, {"didn't", "take", "place"}}

// deny leaves out of the line what says that no work was done.
func (r *reading) deny() {
	for i := 0; i < len(r.toks); i++ {
		if i > 0 && !r.partMark(i-1) && !r.tok(i-1).is(",", "but", "and") {
			continue
		}
		at := i
		for r.tok(at).is("i", "we", "today", ",", "also") {
			at++
		}
		end := r.pieceEnd(i)
		switch {
		case r.run(at, idle) > 0:
			end = r.pieceOrSooner(at, end)
		case !r.wasCalledOff(i, end):
			continue
		default:
			r.offTopic = string(r.said(i, end))
		}
		if r.timeIn(i, end) {
			continue
		}
		for r.tok(end).is(".", ",", ";", "but") && end < len(r.toks) {
			end++
		}
		r.toks = slices.Delete(r.toks, i, end)
		i--
	}
}

// partMark reports whether the token at i ends a part.
func (r *reading) partMark(i int) bool {
	return r.tok(i).kind == line || r.tok(i).is(";", "|") || r.tok(i).is(".") && r.sentenceEnds(i)
}

// pieceEnd returns where the piece ends that begins at i.
func (r *reading) pieceEnd(i int) int {
	for i < len(r.toks) && !r.partMark(i) && !r.tok(i).is("but") {
		i++
	}
	return i
}

// pieceOrSooner ends a denial at the comma after which work begins.
func (r *reading) pieceOrSooner(i, end int) int {
	for k := i; k < end; k++ {
		if r.tok(k).is(",") && (r.starts(k+1) || r.timeIn(k, r.tokUntilComma(k+1, end))) {
			return k
		}
	}
	return end
}

func (r *reading) tokUntilComma(i, end int) int {
	for i < end && !r.tok(i).is(",") {
		i++
	}
	return i
}

// timeIn reports whether a time is said in [from, to).
func (r *reading) timeIn(from, to int) bool {
	for i := from; i < to; i++ {
		if w, ok := r.timeAt(i); ok && w.to <= to {
			return true
		}
	}
	return false
}

// wasCalledOff reports whether [i, end) says of one thing that it was called off.
func (r *reading) wasCalledOff(i, end int) bool {
	last := end
	for last > i && r.tok(last-1).is("today", "again", "by", "the", "court", "judge", "client", "them", ")") {
		last--
	}
	for _, run := range neverHappened {
		if n := len(run); last-n > i && r.match(last-n, run) > 0 {
			return true
		}
	}
	if last <= i+1 || !calledOff[r.tok(last-1).low] && r.match(last-2, []string{"called", "off"}) == 0 {
		return false
	}
	for k := i; k < last; k++ {
		if r.tok(k).is("re", "regarding", "about", "concerning", "that", ",") {
			return false
		}
	}
	return true
}

// private are the words for what is nobody's work.
var private = set(`appt lunch break lunchbreak breakfast dinner coffee gym dentist doctor doctor's appointment vacation holiday pto sick leave personal errand errands nap out off
	of office day school pickup my kids`)

// isPrivate reports whether nothing is said in c but that the time was the
// person's own: "lunch 12-1".
func (r *reading) isPrivate(c chunk) bool {
	n := 0
	for i := c.from; i < c.to; i++ {
		t := r.tok(i)
		if _, timed := r.timeOver(i); timed || r.isDead(i) || t.kind != word || r.empty(i) && !private[t.low] {
			continue
		}
		if !private[t.low] {
			return false
		}
		if !t.is("of", "my", "day", "out", "off", "appt", "appointment", "office", "school") || t.is("off") && r.tok(i-1).is("day") {
			n++
		}
	}
	return n > 0
}
