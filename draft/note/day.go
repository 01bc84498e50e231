package note

import (
	"slices"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
)

var weekdays = map[string]time.Weekday{
	"sunday": time.Sunday, "monday": time.Monday, "tuesday": time.Tuesday, "wednesday": time.Wednesday, "thursday": time.Thursday, "friday": time.Friday, "saturday": time.Saturday,
	"sun": time.Sunday, "mon": time.Monday, "tue": time.Tuesday, "tues": time.Tuesday, "wed": time.Wednesday, "weds": time.Wednesday, "thu": time.Thursday, "thur": time.Thursday, "thurs": time.Thursday, "fri": time.Friday, "sat": time.Saturday,
}

// otherDay is a day that was named as that of the work, by the tokens in [from,
// to). It may be the day that is told of itself.
type otherDay struct {
	from, to int
	day      billing.Day
	said     string
	heads    bool // it stands before the work: it is that of the parts after it too
}

// days finds the days that are named as those of the work.
func (r *reading) days() {
	for i := 0; i < len(r.toks); i++ {
		d, ok := r.dayOfWork(i)
		if !ok {
			continue
		}
		r.otherDays = append(r.otherDays, d)
		r.dead = append(r.dead, [2]int{d.from, d.to})
		i = d.to - 1
	}
}

// inDay reports whether the token i names a day.
func (r *reading) inDay(i int) bool {
	return slices.ContainsFunc(r.otherDays, func(d otherDay) bool { return i >= d.from && i < d.to })
}

// dayOfWork reads at i a day that stands before the work or after it, and so is
// when it was done: "yesterday", "Monday:", "11/17 -", "(11/17)". A day in the
// midst of the work is what the work was about.
func (r *reading) dayOfWork(i int) (d otherDay, ok bool) {
	from, open := i, false
	if r.tok(i).is("(", "[") {
		i, open = i+1, true
	}
	if r.tok(i).is("on") {
		i++
	}
	if r.isDead(i) {
		return d, false
	}
	day, to, sure, ok := r.dayAt(i)
	if !ok || day.Compare(r.in.Day) > 0 || open && !r.tok(to).is(")", "]") {
		return d, false
	}
	d = otherDay{from: from, to: to, day: day, said: string(r.said(i, to))}
	if open {
		d.to++
	}
	d.heads = from == 0 || r.tok(from-1).kind == line || r.partMark(from-1) || r.tok(from-1).is("*") || r.namedBefore(from)
	switch {
	case d.heads:
		ok = r.workFollows(d.to, sure)
		for ok && r.tok(d.to).is(":", ",", "-") {
			d.to++
		}
	default:
		ok = (open || sure && day == r.in.Day || r.dayEnds(from, d.to, sure)) && (sure || open || !r.aboutBefore(from))
	}
	return d, ok
}

// namedBefore reports whether nothing but a matter stands before i in its piece:
// "Rivera: 11/17 call".
func (r *reading) namedBefore(i int) bool {
	from := r.pastMarks(i-1, -1) + 1
	start := from
	for start > 0 && start > i-longestName && !r.partMark(start-1) {
		start--
	}
	m, ok := r.mentionAt(start)
	return ok && (m.party || !m.person) && r.nameEnd(m) == from
}

// workFollows reports whether the day that ends at i stands before work, rather
// than being a word of it: "Monday: call", "11/17 Rivera 0.4". With sure it can be
// nothing but a day.
func (r *reading) workFollows(i int, sure bool) bool {
	after := r.tok(i)
	switch {
	case i >= len(r.toks):
		return false
	case sure:
		return true
	case after.is(":", ",", "-") && !after.glued, after.is(":", ","), after.kind == number, after.is("i", "we"):
		return true
	}
	_, known := r.mentionAt(i)
	return known || after.kind == word && r.starts(i)
}

// dayEnds reports whether nothing but a time follows the day in [from, to) in
// its piece, and nothing before it says that the day is another thing's.
func (r *reading) dayEnds(from, to int, sure bool) bool {
	before, after := r.tok(from-1), r.tok(to)
	if before.kind == word && (prepositions[before.low] || before.is("since", "due", "until", "next", "dated", "filed", "served", "scheduled", "set", "the", "our", "my", "and", "or", "his", "her", "their")) {
		return false
	}
	if sure {
		return true
	}
	if after.kind == number || after.kind == mark && !after.glued {
		_, timed := r.timeAt(to)
		return timed || after.is("-", "(", "[")
	}
	_, timed := r.timeAt(to)
	return to >= len(r.toks) || timed || after.kind == line || after.is(",", ";", ")", "(", ".") && !r.tok(to+1).glued
}

// aboutBefore reports whether the piece that i stands in said before it what the
// work was about, so that a day there is a word of that: "re hearing Monday".
func (r *reading) aboutBefore(i int) bool {
	for k := i - 1; k >= 0 && !r.partMark(k); k-- {
		if r.tok(k).is("re", "regarding", "about", "for", "concerning", "before", "after", "by", "until") || r.eventAt(k) && r.tok(k-1).kind == word {
			return true
		}
	}
	return false
}

// dayAt reads a day at i. sure says that it can be no word of anything else.
func (r *reading) dayAt(i int) (day billing.Day, next int, sure, ok bool) {
	t := r.tok(i)
	switch {
	case t.is("today") && t.kind == word:
		return r.in.Day, i + 1, true, true
	case t.is("yesterday"):
		return r.in.Day.Add(-1), i + 1, true, !r.tok(i-1).is("from", "since", "of", "by", "re", "about", "regarding", "for", "before")
	case r.match(i, []string{"the", "day", "before", "yesterday"}) > 0:
		return r.in.Day.Add(-2), i + 4, true, true
	case r.match(i+1, []string{"days", "ago"}) > 0:
		if n, j := r.cardinal(i); j == i+1 && n > 1 && n < 8 {
			return r.in.Day.Add(int(-n)), i + 3, true, true
		}
	}
	if day, next, ok = r.weekdayAt(i); ok {
		return day, next, r.tok(i).is("last", "this"), true
	}
	day, next, ok = r.dateAt(i)
	return day, next, false, ok
}

// weekdayAt reads the last day of that name: "Monday", "last Monday".
func (r *reading) weekdayAt(i int) (day billing.Day, next int, ok bool) {
	j := i
	if r.tok(j).is("this") && r.tok(j+1).is("past") {
		j++
	}
	if r.tok(j).is("last", "past") {
		j++
	}
	wanted, known := weekdays[r.tok(j).low]
	if !known || r.tok(j).kind != word || r.tok(j).text != r.tok(j).low && !r.tok(j).capital() {
		return day, i, false
	}
	day = r.in.Day.Add(-1)
	for day.Weekday() != wanted {
		day = day.Add(-1)
	}
	if date, to, ok := r.dateAt(r.pastComma(j + 1)); ok && date.Weekday() == wanted { // Tue 11/17
		return date, to, true
	}
	return day, j + 1, true
}

func (r *reading) pastComma(i int) int {
	if r.tok(i).is(",") {
		i++
	}
	return i
}

// longestAgo is how many days back a note tells of; a date before is what the
// work was about.
const longestAgo = 92

// dateAt reads a date that was lately: "11/17", "11/17/26", "2026-11-17", "Nov 17",
// "17 November".
func (r *reading) dateAt(i int) (day billing.Day, next int, ok bool) {
	a, b := r.tok(i), r.tok(i+1)
	if a.kind == word {
		if m, named := monthNames[strings.TrimSuffix(a.low, ".")]; named && r.dayNumber(i+1) {
			return r.lately(0, m, int(b.value.num), r.pastOrdinal(i+2))
		}
		return day, i, false
	}
	if !r.dayNumber(i) && !(a.kind == number && len(a.text) == 4) {
		return day, i, false
	}
	if b.kind == word {
		at := r.pastOrdinal(i + 1)
		if m, named := monthNames[strings.TrimSuffix(r.tok(at).low, ".")]; named {
			return r.lately(0, m, int(a.value.num), at+1)
		}
		return day, i, false
	}
	if !b.is("/", "-", ".") || !b.glued || !r.tok(i+2).glued || r.tok(i+2).kind != number || r.tok(i+2).point {
		return day, i, false
	}
	first, second := int(a.value.num), int(r.tok(i+2).value.num)
	third, at, joint := 0, i+3, b.low
	if r.tok(at).is(joint) && r.tok(at).glued && r.tok(at+1).glued && r.tok(at+1).kind == number {
		third, at = int(r.tok(at+1).value.num), at+2
	}
	switch {
	case r.unit(at) != 0 || r.tok(at).glued && (r.tok(at).kind != mark || r.tok(at).is("/", "-")):
		return day, i, false
	case len(a.text) == 4 && third > 0:
		return r.lately(first, time.Month(second), third, at)
	case len(a.text) == 4 || joint != "/" && third == 0:
		return day, i, false
	}
	orders := [][2]int{{first, second}, {second, first}}
	if r.dayFirst() {
		slices.Reverse(orders)
	}
	for _, o := range orders {
		if day, next, ok = r.lately(third, time.Month(o[0]), o[1], at); ok {
			return day, next, true
		}
	}
	return day, i, false
}

// dayFirst reports whether dates are written with the day before the month: all
// over the world but in America.
func (r *reading) dayFirst() bool {
	zone := r.in.Zone.String()
	return strings.Contains(zone, "/") && !strings.HasPrefix(zone, "America/") && !strings.HasPrefix(zone, "US/") && zone != "Pacific/Honolulu"
}

// dayNumber reports whether the token at i may be the day of a month.
func (r *reading) dayNumber(i int) bool {
	t := r.tok(i)
	return t.kind == number && !t.point && t.value.den == 1 && t.value.num > 0 && t.value.num <= 31 && len(t.text) < 3
}

// pastOrdinal skips what makes a number an ordinal: 17th.
func (r *reading) pastOrdinal(i int) int {
	if r.tok(i).is("st", "nd", "rd", "th") && r.tok(i).glued {
		i++
	}
	return i
}

// lately returns the date, in the latest year that puts it on the day that is
// told of or before, where that is not long before.
func (r *reading) lately(year int, month time.Month, of, next int) (day billing.Day, to int, ok bool) {
	if month < 1 || month > 12 || of < 1 {
		return day, next, false
	}
	years := []int{r.in.Day.Year, r.in.Day.Year - 1}
	if year > 0 && year < 100 {
		year += 2000
	}
	if year > 0 {
		years = []int{year}
	}
	for _, y := range years {
		t := time.Date(y, month, of, 0, 0, 0, 0, time.UTC)
		day = billing.Day{Year: y, Month: month, Day: of}
		if t.Month() == month && day.Compare(r.in.Day) <= 0 && day.Compare(r.in.Day.Add(-longestAgo)) >= 0 {
			return day, next, true
		}
	}
	return billing.Day{}, next, false
}

var monthNames = map[string]time.Month{
	"january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
	"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sept": 9, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}

// askDay asks whether p, read from c, is of a day that was named: an entry is
// not moved to another day in silence.
func (r *reading) askDay(p *Part, c chunk) {
	var at *otherDay
	for i := range r.otherDays {
		d := &r.otherDays[i]
		if d.from >= c.from && d.from < max(c.to, c.from+1) {
			at = d
			break
		}
		if d.heads && d.to <= c.from {
			at = d
		}
	}
	if at != nil {
		if at.day != r.in.Day {
			p.Day = at.day
			p.Asks = append(p.Asks, Ask{"day", billing.Privileged("You said " + at.said + ". Was it done on " + at.day.String() + "?")})
		}
		return
	}
	if said := r.looseDay(c); said != "" {
		p.Asks = append(p.Asks, Ask{"day", billing.Privileged("You said " + said + ". Was it done on " + r.in.Day.String() + "?")})
	}
}

// looseDay returns what is said in c of a day that it does not name.
func (r *reading) looseDay(c chunk) string {
	for i := c.from; i < c.to; i++ {
		t := r.tok(i)
		night := t.is("last") && r.tok(i+1).is("night", "evening")
		weekend := t.is("weekend") && r.isDead(i)
		if !night && !weekend || r.tok(i-1).is("from", "since", "of", "by", "on") {
			continue
		}
		if night {
			return string(r.said(i, i+2))
		}
		return t.low
	}
	return ""
}
