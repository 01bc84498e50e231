package zone

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	"github.com/tenths/tenths/capture/calendar/internal/civil"
	"github.com/tenths/tenths/capture/calendar/internal/ical"
	"github.com/tenths/tenths/capture/calendar/internal/recur"
)

// ErrRules is a VTIMEZONE that says nothing usable.
var ErrRules = errors.New("a time zone's own rules cannot be read")

const (
	// lastYear is how far a VTIMEZONE's rules are followed.
	lastYear = 2100
	// firstYear is from when on they are.
	firstYear = 1900
	// maxShifts bounds the shifts of one STANDARD or DAYLIGHT part.
	maxShifts = 600
	// maxParts bounds the STANDARD and DAYLIGHT parts of one VTIMEZONE.
	maxParts = 200
)

// FromRules makes a zone of a VTIMEZONE component (RFC 5545 section 3.6.5).
func FromRules(c *ical.Component) (*Zone, error) {
	z := &Zone{}
	first := int64(0)
	budget := 100_000
	for i, part := range c.Children {
		if part.Name != "STANDARD" && part.Name != "DAYLIGHT" {
			continue
		}
		from, to, start, err := observance(part)
		if err != nil || i >= maxParts {
			continue
		}
		for _, at := range onsets(part, from, start, &budget) {
			z.shifts = append(z.shifts, shift{at, to})
			if len(z.shifts) == 1 || at < first {
				first, z.before = at, from
			}
		}
	}
	if len(z.shifts) == 0 {
		return nil, ErrRules
	}
	slices.SortStableFunc(z.shifts, func(a, b shift) int { return cmp.Compare(a.at, b.at) })
	return z, nil
}

func observance(part *ical.Component) (from, to int, start ical.Stamp, err error) {
	offsetFrom, offsetTo, begin := part.Get("TZOFFSETFROM"), part.Get("TZOFFSETTO"), part.Get("DTSTART")
	if offsetTo == nil {
		return 0, 0, start, ErrRules
	}
	if to, err = ical.ParseOffset(offsetTo.Value); err != nil {
		return 0, 0, start, err
	}
	from = to
	if offsetFrom != nil {
		if from, err = ical.ParseOffset(offsetFrom.Value); err != nil {
			return 0, 0, start, err
		}
	}
	if begin == nil {
		return from, to, ical.Stamp{Time: civil.Of(1601, 1, 1, 0, 0, 0)}, nil
	}
	start, err = ical.ParseStamp(begin.Value)
	return from, to, start, err
}

// onsets returns the Unix times at which an observance begins. DTSTART and
// RDATE are civil times by the offset before; UNTIL is in UTC.
func onsets(part *ical.Component, from int, start ical.Stamp, budget *int) []int64 {
	unix := func(s ical.Stamp) int64 {
		if s.UTC {
			return int64(s.Time)
		}
		return int64(s.Time) - int64(from)
	}
	out := []int64{unix(start)}
	for _, p := range part.Properties {
		switch p.Name {
		case "RRULE":
			rule, err := recur.Parse(p.Value)
			if err != nil {
				continue
			}
			// Rules begin in 1601 with Windows and in the year 1 with others: what was
			// before the zones that are counted in must not use up the shifts.
			seek := max(start.Time, civil.Of(firstYear, 1, 1, 0, 0, 0))
			e := recur.Expansion{Start: start.Time, Seek: seek, End: civil.Of(lastYear+1, 1, 1, 0, 0, 0), Budget: budget, CountStart: true}
			if rule.Until.UTC {
				e.Beyond = func(t civil.Time) bool { return int64(t)-int64(from) > int64(rule.Until.Time) }
			}
			for t := range rule.Expand(e) {
				if out = append(out, int64(t)-int64(from)); len(out) > maxShifts {
					break
				}
			}
		case "RDATE":
			for item := range strings.SplitSeq(p.Value, ",") {
				item, _, _ = strings.Cut(item, "/")
				if s, err := ical.ParseStamp(item); err == nil && len(out) <= maxShifts {
					out = append(out, unix(s))
				}
			}
		}
	}
	return out
}
