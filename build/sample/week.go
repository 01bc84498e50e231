package sample

import (
	"fmt"
	"hash/fnv"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
)

// week places the scenes in time. Scenes count working days from the day to
// look at: 0 is that day, -1 the working day before it, 1 the one after.
type week struct {
	day billing.Day
	loc *time.Location
}

// weekOf returns the week around day, a weekend's day standing for its Friday.
func weekOf(day billing.Day) (week, error) {
	loc, err := time.LoadLocation(Zone)
	if err != nil {
		return week{}, &billing.Error{Kind: billing.Internal, Msg: "the time zone America/New_York is not known on this machine", Err: err}
	}
	switch day.Weekday() {
	case time.Saturday:
		day = day.Add(-1)
	case time.Sunday:
		day = day.Add(-2)
	}
	return week{day: day, loc: loc}, nil
}

// date returns the date that is n working days from the day to look at.
func (w week) date(n int) billing.Day {
	d, step := w.day, 1
	if n < 0 {
		n, step = -n, -1
	}
	for n > 0 {
		if d = d.Add(step); d.Weekday() != time.Saturday && d.Weekday() != time.Sunday {
			n--
		}
	}
	return d
}

// clock returns the instant at which New York's clocks show hhmm ("15:04") on
// working day n.
func (w week) clock(n int, hhmm string) time.Time { return w.on(w.date(n), hhmm) }

// on returns the instant at which New York's clocks show hhmm on the date d.
func (w week) on(d billing.Day, hhmm string) time.Time {
	t, err := time.Parse("15:04", hhmm)
	if err != nil {
		panic("sample: scene with the time " + strconv.Quote(hhmm)) // a misprint in a table
	}
	return time.Date(d.Year, d.Month, d.Day, t.Hour(), t.Minute(), 0, 0, w.loc)
}

// clocksChanged returns the date on which New York's clocks last changed before
// the day to look at.
func (w week) clocksChanged() billing.Day {
	begin, _ := w.on(w.day, "00:00").ZoneBounds()
	return billing.DayOf(begin, w.loc)
}

// seriesStart returns the first date of a weekly series that falls on the date
// d and began about three weeks before the clocks last changed.
func (w week) seriesStart(d billing.Day) billing.Day {
	for latest := w.clocksChanged().Add(-21); d.Compare(latest) > 0; {
		d = d.Add(-7)
	}
	return d
}

// dice returns a number in [0, n) that depends on the date and what it is for.
func (w week) dice(n int, what ...any) int {
	h := fnv.New64a()
	fmt.Fprint(h, w.day.String(), "|", fmt.Sprintln(what...))
	return int(h.Sum64() >> 16 % uint64(n))
}

var placeholder = regexp.MustCompile(`\{([+-]?\d+|month)\}`)

// text fills in the dates of a scene's text: {2} is the working day two days
// after the day to look at, as "Thursday, November 19", and {month} the month
// before, which is the one being billed.
func (w week) text(s string) string {
	return placeholder.ReplaceAllStringFunc(s, func(m string) string {
		m = strings.Trim(m, "{}")
		if m == "month" {
			return w.on(billing.Day{Year: w.day.Year, Month: w.day.Month, Day: 1}.Add(-1), "12:00").Month().String()
		}
		n, _ := strconv.Atoi(m)
		return w.clock(n, "12:00").Format("Monday, January 2")
	})
}
