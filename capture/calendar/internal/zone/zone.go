// Package zone turns what a clock on the wall shows into instants and back,
// for time zones named by IANA, by Windows or by a calendar's own VTIMEZONE.
// It must not know events.
package zone

import (
	"math"
	"slices"
	"time"
	_ "time/tzdata" // Windows has no IANA zones of its own

	"github.com/tenths/tenths/capture/calendar/internal/civil"
)

// Zone is a time zone. It is safe for concurrent use.
type Zone struct {
	name string         // IANA's, "" when it has none
	loc  *time.Location // nil for a zone made of shifts

	before int     // offset until the first shift, seconds east
	shifts []shift // sorted
}

// shift is a change of the offset from UTC.
type shift struct {
	at     int64 // Unix time
	offset int   // seconds east from then on
}

// UTC is Coordinated Universal Time.
var UTC = &Zone{name: "UTC", loc: time.UTC}

// In returns the zone of loc. Its name is "" where loc is merely that of the
// machine, [time.Local].
func In(loc *time.Location) *Zone {
	z := &Zone{name: loc.String(), loc: loc}
	if z.name == "Local" {
		z.name = ""
	}
	return z
}

// Fixed returns a zone that is always offset seconds east of UTC.
func Fixed(offset int) *Zone { return &Zone{before: offset} }

// Name returns the IANA name of z, or "" when it has none.
func (z *Zone) Name() string { return z.name }

// Civil returns what clocks in z show at the Unix time unix.
func (z *Zone) Civil(unix int64) civil.Time {
	_, _, offset := z.period(unix)
	return civil.FromUnix(unix, offset)
}

// Exists reports whether clocks in z ever show t: they skip times when they
// are put forward.
func (z *Zone) Exists(t civil.Time) bool {
	_, exists := z.find(t)
	return exists
}

// Unix returns the Unix time at which clocks in z show t: the first, where they
// show it twice. A time that they skip is read with the offset before the gap,
// so that it lies as far behind the gap's start as it says (RFC 5545 section
// 3.3.5).
func (z *Zone) Unix(t civil.Time) int64 {
	unix, _ := z.find(t)
	return unix
}

// widest bounds how far any place's clocks are from UTC, in seconds.
const widest = 26 * 3600

func (z *Zone) find(t civil.Time) (unix int64, exists bool) {
	gap := int64(math.MinInt64)
	for at := int64(t) - widest; ; {
		begin, end, offset := z.period(at)
		unix = int64(t) - int64(offset)
		switch {
		case unix >= begin && unix < end:
			return unix, true
		case unix >= end:
			gap = unix // in this period t had not come yet when it ended
		}
		if end > int64(t)+widest || end == math.MaxInt64 {
			return gap, false
		}
		at = end
	}
}

// period returns the stretch of Unix time around unix in which the offset is
// the same.
func (z *Zone) period(unix int64) (begin, end int64, offset int) {
	begin, end = math.MinInt64, math.MaxInt64
	if z.loc != nil {
		t := time.Unix(unix, 0).In(z.loc)
		from, to := t.ZoneBounds()
		if !from.IsZero() {
			begin = from.Unix()
		}
		if !to.IsZero() {
			end = to.Unix()
		}
		_, offset = t.Zone()
		return begin, end, offset
	}
	i, found := slices.BinarySearchFunc(z.shifts, unix, func(s shift, at int64) int {
		switch {
		case s.at < at:
			return -1
		case s.at > at:
			return 1
		}
		return 0
	})
	if found {
		i++
	}
	offset = z.before
	if i > 0 {
		begin, offset = z.shifts[i-1].at, z.shifts[i-1].offset
	}
	if i < len(z.shifts) {
		end = z.shifts[i].at
	}
	return begin, end, offset
}
