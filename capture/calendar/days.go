package calendar

import (
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture/calendar/internal/civil"
	"github.com/tenths/tenths/capture/calendar/internal/zone"
)

// span is a stretch of Unix time.
type span struct{ start, end int64 }

// The first and last instant of a span: years of four digits in every zone.
var earliest, latest = int64(civil.Of(1, 1, 2, 0, 0, 0)), int64(civil.Of(9999, 12, 30, 0, 0, 0))

// bounded returns s for an observation. Whatever ends beyond all calendars still
// touches each of its days.
func (s span) bounded() billing.Span {
	start := min(max(s.start, earliest), latest)
	return billing.Span{Start: time.Unix(start, 0).UTC(), End: time.Unix(min(max(s.end, start), latest), 0).UTC()}
}

// days says whether an event is a matter of dates, as a deadline is, and on
// whose clocks its dates are read.
type days struct {
	are   bool
	plain bool       // written as dates: its span is right as it is
	clock *zone.Zone // nil where nobody says whose midnight it is
}

const (
	// morning is how late after midnight a whole day may begin: 00:01 says plainly
	// which day is meant.
	morning = 60
	// evening is how much a whole day may lack at its end: 23:45, 23:59:59.
	evening = 15 * 60
	// turn is how much clocks are put forward or back between two midnights.
	turn = 60 * 60
)

// days reports whether e is a matter of dates: written so, marked so, or from
// midnight to midnight, on its own clocks or the timekeeper's.
func (e *event) days(local *zone.Zone) days {
	own := e.start.in(local)
	if e.start.form == date {
		return days{are: true, plain: true}
	}
	if e.dated {
		return days{are: true, clock: own}
	}
	start := e.start.unix(local)
	s := span{start, e.endOf(e.start.at, start, local)}
	for _, z := range []*zone.Zone{own, local} {
		if s.wholeDays(z) || e.wholeDay && s.start == s.end && z.Civil(s.start).Clock() == 0 {
			return days{are: true, clock: z}
		}
	}
	if e.wholeDay && s.multiple() {
		if e.start.form == floating {
			return days{are: true, clock: local}
		}
		return days{are: true}
	}
	return days{}
}

// wholeDays reports whether clocks in z show s from midnight to midnight.
func (s span) wholeDays(z *zone.Zone) bool {
	from, to := z.Civil(s.start), z.Civil(s.end)
	last := to.Clock()
	return from.Clock() <= morning && (last == 0 && to.Days() > from.Days() || last >= civil.Day-evening)
}

// multiple reports whether s lasts whole days, give or take a change of clocks.
func (s span) multiple() bool {
	length := s.end - s.start
	over := (length + turn) % civil.Day
	return length >= civil.Day-turn && over <= 2*turn || s.start == s.end
}

// span returns the whole days of the timekeeper that an instance covers, which
// lies at s.
func (d days) span(s span, local *zone.Zone) span {
	if d.plain {
		return s
	}
	first, end := d.day(s.start), d.day(s.end)
	switch {
	case d.clock == nil:
		end = first + (s.end-s.start+civil.Day/2)/civil.Day
	case d.clock.Civil(s.end).Clock() >= civil.Day-evening:
		end++
	}
	end = max(end, first+1)
	return span{local.Unix(civil.Time(first * civil.Day)), local.Unix(civil.Time(end * civil.Day))}
}

// eastern is how far east of Greenwich clocks are put at most when an instant
// has to be the midnight of a date: in Hawaii it is ten hours after that of
// Greenwich, in Auckland eleven or twelve before the next.
const eastern = 13 * 60 * 60

// day returns the date that is meant by the instant at, in days of package civil.
func (d days) day(at int64) int64 {
	if d.clock != nil {
		return d.clock.Civil(at).Days()
	}
	return civil.Time(at + eastern).Days()
}
