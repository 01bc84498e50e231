package billing

import (
	"fmt"
	"time"
)

// Day is a civil date, without a zone: the work date of an entry.
type Day struct {
	Year  int
	Month time.Month
	Day   int
}

// DayOf returns the civil date of the instant t in the zone loc.
func DayOf(t time.Time, loc *time.Location) Day {
	y, m, d := t.In(loc).Date()
	return Day{y, m, d}
}

// ParseDay reads a date in the form YYYY-MM-DD.
func ParseDay(s string) (Day, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Day{}, &Error{Kind: Invalid, Msg: fmt.Sprintf("%q is not a day; write it as YYYY-MM-DD, for example 2026-11-19", s)}
	}
	return DayOf(t, time.UTC), nil
}

// String returns d as YYYY-MM-DD.
func (d Day) String() string { return d.utc().Format(time.DateOnly) }

// Weekday returns the day of the week.
func (d Day) Weekday() time.Weekday { return d.utc().Weekday() }

// Add returns the date n days after d; n may be negative.
func (d Day) Add(n int) Day { return DayOf(d.utc().AddDate(0, 0, n), time.UTC) }

// Compare orders days as [time.Time.Compare] orders instants.
func (d Day) Compare(e Day) int { return d.utc().Compare(e.utc()) }

// IsZero reports whether d is no day at all.
func (d Day) IsZero() bool { return d == Day{} }

// MarshalText writes d as YYYY-MM-DD.
func (d Day) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads YYYY-MM-DD.
func (d *Day) UnmarshalText(text []byte) (err error) {
	*d, err = ParseDay(string(text))
	return err
}

// Span returns the instants that bear the date d in the zone loc, from its
// first to that of the next day: 23 or 25 hours where clocks change, and none
// where the zone skipped the date altogether.
func (d Day) Span(loc *time.Location) Span {
	return Span{Start: d.start(loc), End: d.Add(1).start(loc)}
}

// start returns the first instant whose date in loc is d or later. Midnight may
// not exist (clocks that go forward at 00:00) or exist twice, and time.Date
// promises nothing about which instant it then returns, so the neighbouring
// zone periods decide.
func (d Day) start(loc *time.Location) time.Time {
	guess := time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, loc)
	best := time.Time{}
	for t := guess.Add(-36 * time.Hour); t.Before(guess.Add(36 * time.Hour)); {
		begin, end := t.ZoneBounds()
		_, offset := t.Zone()
		at := time.Unix(d.utc().Unix()-int64(offset), 0).In(loc)
		if !begin.IsZero() && at.Before(begin) {
			at = begin.In(loc) // this period starts on d or later
		}
		if (end.IsZero() || at.Before(end)) && (best.IsZero() || at.Before(best)) {
			best = at
		}
		if end.IsZero() {
			break
		}
		t = end
	}
	return best
}

func (d Day) utc() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }
