package note

import (
	"slices"
	"strings"
)

// clock is a time by the clock on the wall as it was said.
type clock struct {
	minutes int    // since midnight or noon
	half    string // "am", "pm", "24" for one that is complete, "" when not said
	marked  bool   // it can be nothing but a time of day
	next    int    // the token after it
}

// meridiem reads am or pm at i.
func (r *reading) meridiem(i int) string {
	t := r.tok(i)
	switch {
	case t.is("am"), t.is("a") && t.glued && r.tok(i-1).kind == number && r.tok(i+1).kind != word:
		return "am"
	case t.is("pm"), t.is("p") && t.glued && r.tok(i-1).kind == number:
		return "pm"
	}
	return ""
}

// colon reads 9:05.
func (r *reading) colon(i int) (h, m, next int, ok bool) {
	a, c, b := r.tok(i), r.tok(i+1), r.tok(i+2)
	if a.kind != number || b.kind != number || !c.is(":") || !c.glued || !b.glued || a.point || b.point || len(a.text) > 2 || len(b.text) != 2 {
		return 0, 0, i, false
	}
	return int(a.value.num), int(b.value.num), i + 3, true
}

// clocks returns the times of day that may be read at i, the longest first.
func (r *reading) clocks(i int) []clock {
	var out []clock
	add := func(c clock, ok bool) {
		if ok {
			out = append(out, r.withHalf(c))
		}
	}
	add(r.byHour(i))
	add(r.plainClock(i))
	add(r.pointClock(i))
	slices.SortStableFunc(out, func(a, b clock) int { return b.next - a.next })
	return out
}

// pointClock reads 3.30pm, 2.15 before its half of the day.
func (r *reading) pointClock(i int) (clock, bool) {
	t := r.tok(i)
	h, m, ok := pointed(t)
	if !ok || r.meridiem(i+1) == "" {
		return clock{}, false
	}
	return clock{minutes: h%12*60 + m, next: i + 1, marked: true}, true
}

// pointed reads hours and minutes that are written with a point between.
func pointed(t token) (h, m int, ok bool) {
	if t.kind != number || !t.point || t.value.den != 100 {
		return 0, 0, false
	}
	h, m = int(t.value.num/100), int(t.value.num%100)
	return h, m, h > 0 && h <= 12 && m < 60
}

// withHalf reads what says which half of the day after c.
func (r *reading) withHalf(c clock) clock {
	if r.tok(c.next).is("o'clock", "oclock") {
		c.next, c.marked = c.next+1, true
	}
	if half := r.meridiem(c.next); half != "" && c.half == "" {
		c.half, c.marked = half, true
		c.next++
		if r.tok(c.next).is(".") && r.tok(c.next).glued && r.tok(c.next+1).kind == word && !r.tok(c.next+1).capital() && !r.starts(c.next+1) && !r.inDay(c.next+1) {
			c.next++
		}
		return c
	}
	for _, w := range []struct {
		run  []string
		half string
	}{{[]string{"this", "morning"}, "am"}, {[]string{"in", "the", "morning"}, "am"}, {[]string{"this", "afternoon"}, "pm"}, {[]string{"in", "the", "afternoon"}, "pm"},
		{[]string{"this", "evening"}, "pm"}, {[]string{"in", "the", "evening"}, "pm"}, {[]string{"tonight"}, "pm"}, {[]string{"at", "night"}, "pm"}} {
		if n := r.match(c.next, w.run); n > 0 && c.half == "" {
			c.half, c.next = w.half, c.next+n
		}
	}
	return c
}

// byHour reads "half past three", "quarter to ten", "ten after one".
func (r *reading) byHour(i int) (clock, bool) {
	j := i
	if r.tok(j).is("a") {
		j++
	}
	var m int
	switch {
	case r.tok(j).is("half"):
		if h, next := r.hourOfDay(j + 1); next > j+1 && between[r.tok(next).low] && r.tok(j+1).kind == word { // half eight till nine
			return clock{minutes: h%12*60 + 30, next: next, marked: true}, true
		}
		m, j = 30, j+1
	case r.tok(j).is("quarter"):
		m, j = 15, j+1
	default:
		n, k := r.cardinal(j)
		if k == j || j > i || n > 29 || n%5 != 0 && r.unit(k) != minute || n == 0 {
			return clock{}, false
		}
		m, j = int(n), k
		if r.unit(k) == minute {
			j++
		}
	}
	way := r.tok(j)
	h, next := r.hourOfDay(j + 1)
	switch {
	case next == j+1 || r.tok(next).is(":", ".") && r.tok(next).glued && r.tok(next+1).glued:
		return clock{}, false
	case way.is("past", "after"):
		return clock{minutes: h%12*60 + m, next: next, marked: true}, true
	case way.is("to", "till", "til", "of", "before") && m != 30:
		return clock{minutes: (h%12*60 - m + 720) % 720, next: next, marked: m == 15}, true
	}
	return clock{}, false
}

// hourOfDay reads an hour of twelve, or noon.
func (r *reading) hourOfDay(i int) (h, next int) {
	if r.tok(i).is("noon") {
		return 12, i + 1
	}
	n, j := r.cardinal(i)
	if j == i || n < 1 || n > 12 {
		return 0, i
	}
	return int(n), j
}

// plainClock reads 9:15, 0900, nine, nine thirty, nine oh five, noon, midnight.
func (r *reading) plainClock(i int) (clock, bool) {
	t := r.tok(i)
	if h, m, next, ok := r.colon(i); ok {
		c := clock{minutes: h*60 + m, next: next, marked: true}
		if h > 12 || h == 0 || t.text[0] == '0' {
			c.half = "24"
		} else {
			c.minutes = h%12*60 + m
		}
		if m > 59 || h > 24 || h == 24 && m > 0 {
			c.minutes = -1
		}
		return c, true
	}
	switch {
	case t.is("noon", "midday"):
		return clock{minutes: 720, half: "24", next: i + 1, marked: true}, true
	case t.is("midnight"):
		return clock{minutes: 1440, half: "24", next: i + 1, marked: true}, true
	case t.kind == number && len(t.text) == 4 && !t.point && (t.value.num < 1900 || r.unit(i+1) == hour) && t.value.num%100 < 60 && t.value.num <= 2400 && (t.text[0] == '0' || t.value.num >= 1000):
		next := i + 1
		if r.unit(next) == hour {
			next++
		}
		return clock{minutes: int(t.value.num/100*60 + t.value.num%100), half: "24", next: next}, true
	}
	h, next := r.hourOfDay(i)
	if next == i || t.kind == number && (r.tok(next).is("/", ".", "-") && r.tok(next).glued && r.tok(next+1).glued && !r.tok(next).is("-")) {
		return clock{}, false
	}
	c := clock{minutes: h % 12 * 60, next: next}
	if t.kind == word {
		if r.tok(next).is("oh", "o") {
			if m, k := r.under100(next + 1); k > next+1 && m < 10 {
				c.minutes, c.next = c.minutes+int(m), k
			}
		} else if m, k := r.under100(next); k > next && m >= 10 && m < 60 && r.unit(k) == 0 && !r.tok(k).is("point") {
			c.minutes, c.next, c.marked = c.minutes+int(m), k, true
		}
	}
	return c, true
}

var between = set(`to till til until - and through thru`)

// clockRange reads from when until when something was done.
func (r *reading) clockRange(i int) (w when, ok bool) {
	j, opened, four := i, false, false
	switch {
	case r.tok(j).is("from", "between"):
		j, opened = j+1, true
	case r.tok(j).is("started", "start", "starting", "began", "begin", "beginning") && r.tok(j+1).is("at"):
		j, opened = j+2, true
	case r.tok(j).is("started", "start", "began", "begin") && r.tok(j+1).kind == number:
		j, opened = j+1, true
	case r.fourDigits(j):
		opened, four = true, true
	}
	if r.run(j, hedges) > 0 && opened {
		j += r.run(j, hedges)
	}
	if before := r.tok(j - 1); !opened && (numbered[before.low] && before.kind != line || before.is("-", "/") && before.glued && r.tok(j).glued) {
		return w, false
	}
	for _, a := range r.clocks(j) {
		for _, k := range r.rangeJoints(a.next, opened, r.tok(i).is("between")) {
			for _, b := range append(r.clocks(k), r.sameHour(a, k)...) {
				again := len(r.whens) > 0 && r.whens[len(r.whens)-1].ranged && r.tok(a.next).is("-") && r.tok(a.next).glued && (r.tok(b.next).kind != word || r.starts(b.next))
				sure := again || opened || a.marked || b.marked || r.tok(a.next).is("till", "til", "until")
				if !sure || r.unit(b.next) != 0 || !opened && r.tok(b.next).is("-", "/", ".") && r.tok(b.next).glued && r.tok(b.next+1).glued {
					continue
				}
				if opened && !four && !a.marked && !b.marked && r.tok(i-1).kind == word && r.howMany(b.next) {
					continue
				}
				end := b.next
				if b.next > w.to {
					if n := r.run(end, [][]string{{"or", "so"}, {"or", "thereabouts"}, {"ish"}}); n > 0 {
						end += n
					}
					w, ok = when{from: i, to: end, clock: true, begin: a, end: b, ranged: true, est: end > b.next}, true
				}
			}
		}
	}
	return w, ok
}

// fourDigits reports whether 0815 at i begins a range of two such times, rather
// than of numbered pages.
func (r *reading) fourDigits(i int) bool {
	five := func(i int) bool {
		t := r.tok(i)
		return t.kind == number && len(t.text) == 4 && !t.point && t.value.num%5 == 0 && t.value.num%100 < 60 && t.value.num < 2400
	}
	before := r.tok(i - 1)
	plural := before.kind == word && strings.HasSuffix(before.low, "s") && !before.capital()
	return five(i) && five(i+2) && r.tok(i+1).is("to", "until", "till", "-") && r.tok(i+2).value.num > r.tok(i).value.num && (r.tok(i).text[0] == '0' || !r.tok(i+1).is("-")) &&
		!plural && !prepositions[before.low] && !numbered[before.low] && !r.tok(i).glued
}

// howMany reports whether the word at i is what was counted: "between 5 and 10
// documents".
func (r *reading) howMany(i int) bool {
	t := r.tok(i)
	return t.kind == word && !prepositions[t.low] && !r.starts(i) && !t.is("and", "then", "i", "we", "today", "this", "yesterday", "plus", "also")
}

// sameHour reads "quarter past" without its hour after a time: nine to quarter
// past.
func (r *reading) sameHour(a clock, i int) []clock {
	m := 0
	switch {
	case r.match(i, []string{"quarter", "past"}) > 0, r.match(i, []string{"quarter", "after"}) > 0:
		m = 15
	case r.match(i, []string{"half", "past"}) > 0:
		m = 30
	}
	if _, next := r.hourOfDay(i + 2); m == 0 || next > i+2 || a.minutes < 0 {
		return nil
	}
	if m <= a.minutes%60 { // of the hour after
		m += 60
	}
	return []clock{{minutes: (a.minutes/60*60 + m) % 720, half: a.half, next: i + 2, marked: true}}
}

// rangeJoints returns where the second time may begin after the first ended at i.
func (r *reading) rangeJoints(i int, opened, and bool) []int {
	var out []int
	for _, run := range [][]string{{"and", "finished", "at"}, {"and", "ended", "at"}, {"and", "stopped", "at"}, {",", "finished", "at"}, {",", "ended", "at"}, {"finished", "at"}, {"ended", "at"}, {"and", "finished"}, {"and", "ended"}, {"and", "stopped"}, {"ended"}, {"finished"}, {"stopped"}, {"end"}, {",", "ended"}, {",", "finished"}, {"until", "about"}, {"to", "about"}, {"to", "around"}, {"until", "around"}} {
		if n := r.match(i, run); n > 0 && (opened || n > 1) {
			out = append(out, i+n)
		}
	}
	if t := r.tok(i); between[t.low] && t.kind != line && (!t.is("and") || and) {
		out = append(out, i+1)
	}
	return out
}

// clockStart reads when something began, and how long it took where that
// follows: "at 3 for 20 minutes", "10:30".
func (r *reading) clockStart(i int) (w when, ok bool) {
	j, said := i, false
	if r.tok(j).is("at") || r.tok(j).is("starting", "beginning", "began", "started") && r.tok(j+1).is("at") {
		if !r.tok(j).is("at") {
			j++
		}
		j, said = j+1, true
	} else if n := r.run(j+1, hedges); (n > 0 || r.tok(j+1).kind == number) && r.tok(j).is("started", "began", "start", "begin", "starting", "beginning") {
		j, said = j+1, true
	}
	about := false
	if said {
		n := r.run(j, hedges)
		j, about = j+n, n > 0
	}
	for _, c := range r.clocks(j) {
		if !r.startFits(i, j, said, c) {
			continue
		}
		w = when{from: i, to: c.next, clock: true, begin: c, est: about}
		k := c.next
		if r.tok(k).is(",") {
			k++
		}
		if r.tok(k).is("for") {
			if d, ok := r.duration(k + 1); ok {
				w.to, w.seconds, w.has, w.est, w.wrong = d.to, d.seconds, d.has, d.est, d.wrong
			}
		}
		return w, true
	}
	return w, false
}

// startFits reports whether the time c is when the work began, rather than part
// of what it was about.
func (r *reading) startFits(i, j int, said bool, c clock) bool {
	after := r.tok(c.next)
	if r.unit(c.next) != 0 || after.is("/", "-", ":", "%") && after.glued || r.tok(i-1).is("the", "our", "my", "a", "that", "this") {
		return false
	}
	if said {
		free := after.kind == line || after.kind == mark || after.kind == number || prepositions[after.low] || after.is("and", "then", "i", "we") || r.starts(c.next)
		return c.marked || free && !after.is("(", ".") || after.is(".") && !r.tok(c.next+1).glued
	}
	if c.marked && r.freeAt(i) && (c.half == "am" || c.half == "pm") && r.starts(c.next) { // 11am call
		return true
	}
	return c.marked && r.tok(j+1).is(":") && (r.tok(i-1).kind == line || r.tok(i-1).kind == mark || r.tok(i-1).is("and", "then"))
}
