package note

import (
	"time"

	"github.com/tenths/tenths/billing"
)

var weekdays = map[string]time.Weekday{
	"sunday": time.Sunday, "monday": time.Monday, "tuesday": time.Tuesday, "wednesday": time.Wednesday, "thursday": time.Thursday, "friday": time.Friday, "saturday": time.Saturday,
	"sun": time.Sunday, "mon": time.Monday, "tue": time.Tuesday, "tues": time.Tuesday, "wed": time.Wednesday, "thu": time.Thursday, "thur": time.Thursday, "thurs": time.Thursday, "fri": time.Friday, "sat": time.Saturday,
}

// dayBefore reads at i a day before the one that is told of: "yesterday", "last
// Monday", "Monday:" at the beginning.
func (r *reading) dayBefore(i int) (day billing.Day, next int, ok bool) {
	if r.tok(i).is("yesterday") && !r.tok(i-1).is("from", "since", "of", "by") {
		return r.in.Day.Add(-1), i + 1, true
	}
	j := i
	if r.tok(j).is("on") {
		j++
	}
	last := r.tok(j).is("last") || r.tok(j).is("this") && r.tok(j+1).is("past")
	for r.tok(j).is("last", "this", "past") && last {
		j++
	}
	wanted, known := weekdays[r.tok(j).low]
	if !known || r.tok(j).kind != word || r.tok(j).text != r.tok(j).low && !r.tok(j).capital() {
		return day, i, false
	}
	first := i == 0 || r.tok(i-1).kind == line
	after := r.tok(j + 1)
	leads := first && (after.is(":", ",", "-") || after.kind == number || after.is("i", "we") || r.starts(j+1) && after.kind == word)
	ends := after.kind == line || after.kind == mark || after.kind == number || r.starts(j+1)
	if !leads && !(last && ends) {
		return day, i, false
	}
	day = r.in.Day.Add(-1)
	for day.Weekday() != wanted {
		day = day.Add(-1)
	}
	if after.is(":", ",", "-") && leads {
		j++
	}
	return day, j + 1, true
}

// otherDay is a day that was named, by the tokens in [from, to).
type otherDay struct {
	from, to int
	day      billing.Day
	said     string
	all      bool // it heads the line: it is that of every part
}

// days finds the days that are named beside the one that is told of.
func (r *reading) days() {
	for i := 0; i < len(r.toks); i++ {
		day, next, ok := r.dayBefore(i)
		if !ok {
			continue
		}
		to := next
		for r.tok(to-1).is(":", ",", "-") {
			to--
		}
		r.otherDays = append(r.otherDays, otherDay{i, next, day, string(r.said(i, to)), i == 0})
		if r.tok(next).is(":", ",", "-") && i == 0 {
			next++
		}
		if !r.tok(i).is("yesterday") || i == 0 && (next > i+1 || r.tok(next).kind == number) {
			r.dead = append(r.dead, [2]int{i, next})
		}
		i = next - 1
	}
}

// askDay asks whether p, read from c, is of a day that was named: an entry is
// not moved to another day in silence.
func (r *reading) askDay(p *Part, c chunk) {
	for _, d := range r.otherDays {
		if !d.all && (d.from < c.from || d.from >= c.to) {
			continue
		}
		p.Day = d.day
		p.Asks = append(p.Asks, Ask{"day", billing.Privileged("You said " + d.said + ". Was it done on " + d.day.String() + "?")})
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
