package note

import "strings"

// Times that people say in a way that is a time only where it stands: "9-5
// trial", "twenty on the log, forty on the letter".

// freeAt reports whether i begins a line or a part of one, so that a number there
// counts nothing that was said before.
func (r *reading) freeAt(i int) bool {
	before := r.tok(i - 1)
	return i == 0 || before.kind == line || before.kind == mark && !r.tok(i).glued && !before.is("#", "$", "§", "¶", "&", "+") || before.is("(", ",") || before.is("and", "then", "was", "spent", "today")
}

// untilFrom reads the end before the start: "until 3 from 2:20".
func (r *reading) untilFrom(i int) (w when, ok bool) {
	if !r.tok(i).is("until", "till", "til", "to") {
		return w, false
	}
	for _, b := range r.clocks(i + 1) {
		if !r.tok(b.next).is("from", "starting", "beginning") {
			continue
		}
		j := b.next + 1
		if r.tok(j).is("at") {
			j++
		}
		for _, a := range r.clocks(j) {
			if a.next > w.to {
				w, ok = when{from: i, to: a.next, clock: true, begin: a, end: b, ranged: true}, true
			}
		}
	}
	return w, ok
}

// bareRange reads a range of hours that are not marked as times of day, where
// nothing else can be meant: "9-5 trial", "trial, 9 to 5", "1400-1530".
func (r *reading) bareRange(i int) (w when, ok bool) {
	attended := r.attendedBefore(i)
	if !r.freeAt(i) && !attended {
		return w, false
	}
	a, found := r.plainClock(i)
	joint := r.tok(a.next)
	if !found || a.minutes < 0 || !joint.is("-", "to", "till", "until", "thru", "through") || joint.is("to") && r.tok(i).is("five", "ten", "twenty") {
		return w, false
	}
	b, found := r.plainClock(a.next + 1)
	if !found || b.minutes < 0 || b.minutes == a.minutes || b.next > a.next+2 || a.next > i+1 || r.unit(b.next) != 0 {
		return w, false
	}
	if a.half != b.half || a.half == "24" && b.minutes < a.minutes {
		return w, false
	}
	after := r.tok(b.next)
	ends := after.kind == line || after.is("less", "minus") || r.tok(i).kind == word && r.tok(i-1).is(",") && after.is("with", "for", "at", "in", "on") || after.kind == mark && !after.glued || after.is(",", ";", ")", ".") && !r.tok(b.next+1).glued
	plural := len(after.low) > 1 && after.low[len(after.low)-1] == 's'
	works := !plural && (r.starts(b.next) || after.is("i", "we"))
	if p, role := r.roleAt(b.next); role {
		_, talks := speaking[lemmas[r.tok(p.to).low]]
		works = works || talks
	}
	if a.half != "24" && !works && (!ends || !attended && joint.is("-") && i > 0 && r.tok(i-1).kind != line) {
		return w, false
	}
	if a.half == "24" && !works && !ends && after.kind != word {
		return w, false
	}
	return when{from: i, to: b.next, clock: true, begin: a, end: b, ranged: true}, true
}

// attendedBefore reports whether an event or somebody is named right before i:
// "trial 9-5", "call with the client 12-1".
func (r *reading) attendedBefore(i int) bool {
	if i == 0 || events[r.tok(i-1).low] || private[r.tok(i-1).low] {
		return i > 0
	}
	for k := i - 2; k >= 0 && k > i-9 && r.tok(i-1).is(",") && !r.partMark(k) && !r.tok(k).is(","); k-- {
		if events[r.tok(k).low] { // mediation in Rivera, 9-4
			return true
		}
	}
	for k := max(0, i-3); k < i; k++ {
		if p, ok := r.roleAt(k); ok && p.to == i && (r.tok(k-1).is("with", "w/") || determiners[r.tok(k-1).low] && r.tok(k-2).is("with", "w/")) {
			return true
		}
	}
	return false
}

// minutesOf reads minutes before or after an hour that is not said: "ten to",
// "quarter past".
func (r *reading) minutesOf(i int) (m, next int) {
	if r.tok(i).is("a") {
		i++
	}
	n, j := r.cardinal(i)
	switch {
	case r.tok(i).is("quarter"):
		n, j = 15, i+1
	case r.tok(i).is("half"):
		n, j = 30, i+1
	}
	way := r.tok(j)
	if j == i || n < 1 || n > 30 || !way.is("to", "of", "past", "after") {
		return 0, i
	}
	if way.is("to", "of") {
		n = -n
	}
	return int(n), j + 1
}

// aroundHour reads a range of minutes around an hour that is not said, "from ten
// to till quarter past": how long is known, and when is not.
func (r *reading) aroundHour(i int) (w when, ok bool) {
	if !r.tok(i).is("from") {
		return w, false
	}
	a, j := r.minutesOf(i + 1)
	if j == i+1 || !r.tok(j).is("to", "till", "til", "until", "-") {
		return w, false
	}
	b, k := r.minutesOf(j + 1)
	if _, next := r.hourOfDay(k); k == j+1 || next > k || b == a {
		return w, false
	}
	if b < a {
		b += 60
	}
	return when{from: i, to: k, seconds: int64(b-a) * minute, has: true}, true
}

// bareMinutes reads minutes without their unit where several times are given so:
// "twenty on the log, forty on the letter".
func (r *reading) bareMinutes(i int) (w when, ok bool) {
	if v, j := r.fraction(i); j > i+1 && v.den == 4 && r.freeAt(i) && r.tok(j).is("on", "for") && !r.divided {
		return when{from: i, to: j, seconds: v.of(hour), has: true}, true // three quarters on the appendix
	}
	if w, ok := r.minutesLast(i); ok {
		return w, true
	}
	if !r.minutesOn(i) {
		return w, false
	}
	others := 0
	for j := range r.toks {
		if j != i && r.minutesOn(j) {
			others++
		}
	}
	if last := len(r.whens) - 1; others == 0 && r.tok(i).kind != word && (last < 0 || !r.whens[last].has || r.whens[last].total) {
		return w, false
	}
	n, j := r.cardinal(i)
	return when{from: i, to: j, seconds: n * minute, has: true}, true
}

// minutesLast reads minutes without their unit that end a part: "advised the
// client on the lease, thirty five", and after other times "for five".
func (r *reading) minutesLast(i int) (w when, ok bool) {
	n, j := r.cardinal(i)
	if after := r.tok(j); j == i || n < 5 || n >= 60 || n%5 != 0 || after.kind == word && !after.is("and", "then") || after.kind == number || after.kind == mark && (after.glued && !after.is(",", ".", ";") || r.tok(j+1).glued || after.is("(", "-", "/", "%")) {
		return w, false
	}
	at := i
	for r.tok(at - 1).is("another") {
		at--
	}
	last := len(r.whens) - 1
	switch before := r.tok(at - 1); {
	case before.is("for") && last >= 0 && r.whens[last].has && !r.tok(at-2).is("and", ","):
		at--
	case last >= 0 && r.whens[last].has && r.tok(i).kind == word && before.kind == word && !prepositions[before.low] && !numbered[before.low] && !determiners[before.low] && !before.is("schedule", "and", "or", "another"):
	case before.is(",") && (r.tok(i).kind == word || n >= 10) && r.tok(at-2).kind == word && !r.tok(j).is("and", ",") && !numbered[r.tok(at-2).low]:
	default:
		return w, false
	}
	return when{from: at, to: j, seconds: n * minute, has: true}, true
}

func (r *reading) minutesOn(i int) bool {
	n, j := r.cardinal(i)
	return j > i && r.freeAt(i) && n >= 5 && n < 60 && n%5 == 0 && r.tok(j).is("on", "with", "for") && !r.divided
}

// howOften returns how many things w counts for in c: "three calls, point one
// each" took three times that.
func (r *reading) howOften(c chunk, w when) int64 {
	for i := c.from; i < c.to; i++ {
		if _, timed := r.timeOver(i); timed || r.isDead(i) {
			continue
		}
		if r.tok(i).is("twice") {
			return 2
		}
		n, j := r.cardinal(i)
		low := r.tok(j).low
		if j > i && n > 1 && n <= 30 && r.tok(j).kind == word && (len(low) > 2 && low[len(low)-1] == 's' || r.tok(j).is("phone", "telephone", "conference", "short", "quick")) && !numbered[r.tok(i-1).low] {
			return n
		}
	}
	return 1
}

// dotted reads hours and minutes with a point between: "9.30-10.15".
func (r *reading) dotted(i int) (w when, ok bool) {
	read := func(i int) (clock, bool) {
		h, m, ok := pointed(r.tok(i))
		return clock{minutes: h%12*60 + m, next: i + 1, marked: true}, ok
	}
	a, first := read(i)
	b, second := read(i + 2)
	if !first || !second || !r.tok(i+1).is("-", "to", "till", "until") || !r.freeAt(i) && (numbered[r.tok(i-1).low] || strings.HasSuffix(r.tok(i-1).low, "s") || r.tok(i+3).kind == word && !r.starts(i+3)) || r.unit(i+3) != 0 {
		return w, false
	}
	return when{from: i, to: i + 3, clock: true, begin: a, end: b, ranged: true}, true
}

// ends joins a start and an end that were said apart: "started the brief at 2
// and stopped at 4:45".
func (r *reading) ends() {
	for i := range r.whens {
		r.untilLater(i)
	}
	for i := 1; i < len(r.whens); i++ {
		w, end := &r.whens[i-1], r.whens[i]
		from := end.from
		for r.tok(from-1).is("at", "about", "around") {
			from--
		}
		stops := r.tok(from-1).is("stopped", "finished", "ended", "until", "till", "done", "quit")
		if !stops && w.clock && !w.ranged && !w.has && end.clock && !end.ranged && !end.has && r.finishes(w.to, from) { // finished the memo at 4:10
			w.end, w.ranged = end.begin, true
			r.dead = append(r.dead, [2]int{from, end.to})
			r.whens = append(r.whens[:i:i], r.whens[i+1:]...)
			i--
			continue
		}
		if !w.ranged && !w.has && !end.ranged && !end.has && r.startedAt(end.from) { // finished at 11:20, started at 10:50
			w.begin, w.end, w.ranged = end.begin, w.begin, w.clock && end.clock
			r.dead = append(r.dead, [2]int{end.from, end.to})
			r.whens = append(r.whens[:i:i], r.whens[i+1:]...)
			i--
			continue
		}
		if !w.clock || w.ranged || w.has || !end.clock || end.ranged || end.has || !stops || from <= w.to {
			continue
		}
		from--
		for r.tok(from-1).is("and", ",", "was", "i") {
			from--
		}
		w.end, w.ranged = end.begin, true
		r.dead = append(r.dead, [2]int{from, end.to})
		r.whens = append(r.whens[:i:i], r.whens[i+1:]...)
		i--
	}
}

// finishes reports whether what is said in [from, to) was brought to its end:
// "finished the memo".
func (r *reading) finishes(from, to int) bool {
	for i := from; i < to; i++ {
		if r.tok(i).kind == line || r.tok(i).is(";") {
			return false
		}
	}
	for r.tok(from).is(",", "and", "then", "-", "i") {
		from++
	}
	return from+1 < to && r.tok(from).is("finished", "finishing", "ended", "stopped", "completed", "wrapped", "done")
}

// vagueFirst drops what was said loosely where it is said exactly right after:
// "all morning, nine to noon".
func (r *reading) vagueFirst() {
	for i := 1; i < len(r.whens); i++ {
		loose, w := r.whens[i-1], &r.whens[i]
		if loose.has || loose.clock || loose.wrong || !w.has && !w.ranged || w.from > loose.to+1 || w.from == loose.to+1 && !r.tok(loose.to).is(",", "(", "-", "from") {
			continue
		}
		w.from = loose.from
		r.whens = append(r.whens[:i-1:i-1], r.whens[i:]...)
		i--
	}
}

func (r *reading) startedAt(i int) bool {
	return r.tok(i).is("started", "began", "starting", "beginning") || r.tok(i-1).is("started", "began")
}

// untilLater gives a start the end that is said after the work: "from 2 I worked
// on the brief until 5:30".
func (r *reading) untilLater(i int) {
	w := &r.whens[i]
	if !w.clock || w.ranged || w.has {
		return
	}
	stop := len(r.toks)
	if i+1 < len(r.whens) {
		stop = r.whens[i+1].from
	}
	for j := w.to; j < stop && r.tok(j).kind != line && !r.tok(j).is(";"); j++ {
		if !r.tok(j).is("until", "till", "til") {
			continue
		}
		for _, c := range r.clocks(j + 1) {
			if r.howMany(c.next) && !c.marked || c.next > stop {
				continue
			}
			w.end, w.ranged = c, true
			r.dead = append(r.dead, [2]int{j, c.next})
			return
		}
	}
}

// fromLater reads the start of what has its end later in the line.
func (r *reading) fromLater(i int) (w when, ok bool) {
	if !r.tok(i).is("from", "since") || r.tok(i-1).kind == word && !r.tok(i-1).is("and", "then") {
		return w, false
	}
	for _, c := range r.clocks(i + 1) {
		if !r.tok(c.next).is("i", "we", ",") && !r.starts(c.next) {
			continue
		}
		for j := c.next; j < len(r.toks) && r.tok(j).kind != line && !r.tok(j).is(";", "."); j++ {
			if r.tok(j).is("until", "till", "til") && len(r.clocks(j+1)) > 0 {
				return when{from: i, to: c.next, clock: true, begin: c}, true
			}
		}
	}
	return w, false
}
