// Package recur expands recurrence rules (RFC 5545 section 3.3.10, and SKIP of
// RFC 7529 for the Gregorian calendar) over civil times. It must not know
// zones, instants or events; a caller says which civil times exist.
package recur

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tenths/tenths/capture/calendar/internal/ical"
)

// Freq is how often a rule's period comes.
type Freq int

// The frequencies, from the shortest period to the longest.
const (
	Secondly Freq = iota
	Minutely
	Hourly
	Daily
	Weekly
	Monthly
	Yearly
)

var freqs = map[string]Freq{
	"SECONDLY": Secondly, "MINUTELY": Minutely, "HOURLY": Hourly, "DAILY": Daily,
	"WEEKLY": Weekly, "MONTHLY": Monthly, "YEARLY": Yearly,
}

// Skip says what becomes of a date that does not exist, such as 30 February.
type Skip int

// The ways to treat an invalid date (RFC 7529 section 4.1).
const (
	Omit Skip = iota
	Backward
	Forward
)

// DayOfWeek is a BYDAY item: the Nth such weekday of a period, from its end
// when N is negative, or every one when N is 0.
type DayOfWeek struct {
	N   int
	Day time.Weekday
}

// Rule is a recurrence rule. Its lists are sorted and free of repetition.
type Rule struct {
	Freq     Freq
	Interval int64 // at least 1
	Count    int64 // 0 when unlimited
	Until    ical.Stamp
	HasUntil bool
	Wkst     time.Weekday
	Skip     Skip

	BySecond, ByMinute, ByHour      []int
	ByMonthDay, ByYearDay, ByWeekNo []int
	ByMonth, BySetPos               []int
	ByDay                           []DayOfWeek
}

// Errors of Parse; they quote nothing of the rule.
var (
	ErrFreq  = errors.New("its frequency is missing or unknown")
	ErrValue = errors.New("one of its values cannot be read or is out of range")
	ErrScale = errors.New("its calendar is not the Gregorian one")
)

// list says where an integer list goes and what it may hold.
type list struct {
	to       func(*Rule) *[]int
	from, up int
	negative bool // also -up to -from
}

var lists = map[string]list{
	"BYSECOND":   {func(r *Rule) *[]int { return &r.BySecond }, 0, 60, false},
	"BYMINUTE":   {func(r *Rule) *[]int { return &r.ByMinute }, 0, 59, false},
	"BYHOUR":     {func(r *Rule) *[]int { return &r.ByHour }, 0, 23, false},
	"BYMONTHDAY": {func(r *Rule) *[]int { return &r.ByMonthDay }, 1, 31, true},
	"BYYEARDAY":  {func(r *Rule) *[]int { return &r.ByYearDay }, 1, 366, true},
	"BYWEEKNO":   {func(r *Rule) *[]int { return &r.ByWeekNo }, 1, 53, true},
	"BYMONTH":    {func(r *Rule) *[]int { return &r.ByMonth }, 1, 12, false},
	"BYSETPOS":   {func(r *Rule) *[]int { return &r.BySetPos }, 1, 366, true},
}

// maxCount bounds COUNT and INTERVAL, so that products stay within 64 bits.
const maxCount = 10_000_000_000

// Parse reads a RECUR value. Parts it does not know, as extensions are, are
// passed over; a part that it knows and cannot read is an error.
func Parse(s string) (Rule, error) {
	r := Rule{Interval: 1, Freq: -1, Wkst: time.Monday}
	scaled := false
	for part := range strings.SplitSeq(strings.ToUpper(s), ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), "=")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		scaled = scaled || name == "RSCALE"
		if err := r.set(name, value); err != nil {
			return Rule{}, err
		}
	}
	if r.Freq < 0 {
		return Rule{}, ErrFreq
	}
	if !scaled {
		r.Skip = Omit // RFC 7529: SKIP means something only beside RSCALE
	}
	return r, nil
}

func (r *Rule) set(name, value string) (err error) {
	if l, ok := lists[name]; ok {
		*l.to(r), err = parseInts(value, l)
		return err
	}
	switch name {
	case "FREQ":
		freq, ok := freqs[value]
		if !ok {
			return ErrFreq
		}
		r.Freq = freq
	case "INTERVAL":
		r.Interval, err = parseCount(value)
		if err != nil && value == "0" {
			r.Interval, err = 1, nil
		}
	case "COUNT":
		r.Count, err = parseCount(value)
	case "UNTIL":
		if value == "" { // seen in the wild: no end
			return nil
		}
		r.HasUntil = true
		if r.Until, err = ical.ParseStamp(value); err != nil {
			return ErrValue
		}
	case "WKST":
		day, ok := weekdays[value]
		if !ok {
			return ErrValue
		}
		r.Wkst = day
	case "BYDAY":
		r.ByDay, err = parseDays(value)
	case "RSCALE":
		if value != "GREGORIAN" && value != "GREGORY" && value != "ISO8601" {
			return ErrScale
		}
	case "SKIP":
		skip, ok := map[string]Skip{"OMIT": Omit, "BACKWARD": Backward, "FORWARD": Forward}[value]
		if !ok {
			return ErrValue
		}
		r.Skip = skip
	}
	return err
}

// periods are the lengths in seconds of the periods of each frequency, at most.
var periods = [...]int64{1, 60, 3600, 86400, 7 * 86400, 31 * 86400, 366 * 86400}

// Stretch returns the seconds in which a rule without limits such as BYMONTH
// gives n times.
func (r *Rule) Stretch(n int) int64 {
	if r.Interval > 1_000_000 {
		return 1 << 60
	}
	each := 1
	if len(r.BySetPos) == 0 {
		for freq, list := range [...][]int{Minutely: r.BySecond, Hourly: r.ByMinute, Daily: r.ByHour} {
			if Freq(freq) <= r.Freq {
				each *= max(1, len(list))
			}
		}
	}
	return periods[r.Freq] * r.Interval * int64(n/each+2)
}

func parseCount(s string) (int64, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 1 {
		return 0, ErrValue
	}
	return min(n, maxCount), nil
}

func parseInts(s string, l list) ([]int, error) {
	var out []int
	for item := range strings.SplitSeq(s, ",") {
		item = strings.TrimSpace(item)
		if item == "" {
			continue
		}
		n, err := strconv.Atoi(item)
		if err != nil || (n < l.from || n > l.up) && !(l.negative && -n >= l.from && -n <= l.up) {
			return nil, ErrValue
		}
		out = append(out, n)
		if len(out) > 1000 {
			return nil, ErrValue
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

var weekdays = map[string]time.Weekday{
	"SU": time.Sunday, "MO": time.Monday, "TU": time.Tuesday, "WE": time.Wednesday,
	"TH": time.Thursday, "FR": time.Friday, "SA": time.Saturday,
}

func parseDays(s string) ([]DayOfWeek, error) {
	var out []DayOfWeek
	for item := range strings.SplitSeq(s, ",") {
		item = strings.TrimSpace(item)
		if item == "" {
			continue
		}
		if len(item) < 2 {
			return nil, ErrValue
		}
		day, ok := weekdays[item[len(item)-2:]]
		n := 0
		if prefix := strings.TrimSpace(item[:len(item)-2]); prefix != "" {
			var err error
			if n, err = strconv.Atoi(prefix); err != nil || n == 0 || n < -53 || n > 53 {
				return nil, ErrValue
			}
		}
		if !ok || len(out) > 1000 {
			return nil, ErrValue
		}
		out = append(out, DayOfWeek{n, day})
	}
	return out, nil
}
