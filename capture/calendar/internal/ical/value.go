package ical

import (
	"errors"
	"strconv"
	"strings"

	"github.com/tenths/tenths/capture/calendar/internal/civil"
)

// Stamp is a DATE or DATE-TIME value as written, before any zone is applied.
type Stamp struct {
	Time civil.Time // for UTC, what a clock in Greenwich shows
	Date bool       // a date without a time
	UTC  bool
}

// Errors of values; they quote nothing of them.
var (
	ErrDate     = errors.New("a date cannot be read")
	ErrOffset   = errors.New("an offset from UTC cannot be read")
	ErrDuration = errors.New("a duration cannot be read")
)

// ParseStamp reads a DATE or DATE-TIME (RFC 5545 sections 3.3.4 and 3.3.5). It
// also takes the dashes and colons of ISO 8601, a time without seconds and an
// offset, which some programs write; a time of day without digits is none. Where
// only the offset cannot be read the error is [ErrOffset], and the Stamp what
// clocks show at a place that is not known.
func ParseStamp(s string) (Stamp, error) {
	s = strings.ToUpper(strings.TrimSpace(s))
	date, clock, timed := strings.Cut(s, "T")
	if !timed {
		date, clock, timed = strings.Cut(s, " ")
	}
	date = strings.ReplaceAll(date, "-", "")
	if !timed && strings.HasSuffix(date, "Z") {
		date = date[:len(date)-1] // UNTIL=20261231Z
	}
	if len(date) != 8 || !digits(date) {
		return Stamp{}, ErrDate
	}
	year, month, day := number(date[:4]), number(date[4:6]), number(date[6:])
	if year < 1 || month < 1 || month > 12 || day < 1 || day > civil.MonthLength(year, month) {
		return Stamp{}, ErrDate
	}
	at := civil.Of(year, month, day, 0, 0, 0)
	if !timed || strings.Trim(clock, ": ") == "" {
		return Stamp{Time: at, Date: true}, nil // 2026-11-19T::, as ical.js writes a date
	}
	return parseClock(at, clock)
}

func parseClock(midnight civil.Time, s string) (Stamp, error) {
	out := Stamp{Time: midnight}
	clock, place := s, ""
	if end := strings.IndexFunc(s, func(r rune) bool { return (r < '0' || r > '9') && r != ':' && r != '.' }); end >= 0 {
		clock, place = s[:end], strings.TrimSpace(s[end:])
	}
	clock, _, _ = strings.Cut(strings.ReplaceAll(clock, ":", ""), ".")
	if len(clock) == 4 {
		clock += "00"
	}
	if len(clock) != 6 || !digits(clock) {
		return Stamp{}, ErrDate
	}
	hour, minute, second := number(clock[:2]), number(clock[2:4]), number(clock[4:])
	if hour > 24 || minute > 59 || second > 60 || (hour == 24 && minute+second > 0) {
		return Stamp{}, ErrDate
	}
	out.Time += civil.Time(hour*3600 + minute*60 + min(second, 59))
	switch place {
	case "":
	case "Z":
		out.UTC = true
	case "-0000", "-00:00":
		return out, ErrOffset // that it is not known (RFC 3339 section 4.3)
	default:
		offset, err := ParseOffset(place)
		if err != nil || place[0] != '+' && place[0] != '-' {
			return out, ErrOffset
		}
		out.UTC = true
		out.Time -= civil.Time(offset)
	}
	return out, nil
}

// ParseOffset reads a UTC-OFFSET such as -0500 or +05:30 as seconds east of
// Greenwich (RFC 5545 section 3.3.14). Offsets of a day or more are refused.
func ParseOffset(s string) (int, error) {
	s = strings.ReplaceAll(strings.TrimSpace(s), ":", "")
	sign := 1
	if strings.HasPrefix(s, "-") {
		sign = -1
	}
	s = strings.TrimLeft(s, "+-")
	if (len(s) != 4 && len(s) != 6) || !digits(s) {
		return 0, ErrDate
	}
	s += "00"
	hour, minute, second := number(s[:2]), number(s[2:4]), number(s[4:6])
	if hour > 23 || minute > 59 || second > 59 {
		return 0, ErrDate
	}
	return sign * (hour*3600 + minute*60 + second), nil
}

// Duration is a nominal duration: days last from one time of day to the same
// on another day, seconds are exact (RFC 5545 section 3.3.6).
type Duration struct {
	Days    int64
	Seconds int64
}

// longest is the longest duration taken seriously, in days.
const longest = 100 * 366

// ParseDuration reads a DURATION value.
func ParseDuration(s string) (Duration, error) {
	s = strings.ToUpper(strings.TrimSpace(s))
	sign := int64(1)
	switch {
	case strings.HasPrefix(s, "-"):
		sign, s = -1, s[1:]
	case strings.HasPrefix(s, "+"):
		s = s[1:]
	}
	if !strings.HasPrefix(s, "P") || len(s) < 3 {
		return Duration{}, ErrDuration
	}
	var d Duration
	inTime := false
	for s = s[1:]; s != ""; {
		if s[0] == 'T' {
			inTime, s = true, s[1:]
			continue
		}
		end := 0
		for end < len(s) && s[end] >= '0' && s[end] <= '9' {
			end++
		}
		if end == 0 || end > 9 || end == len(s) {
			return Duration{}, ErrDuration
		}
		n, _ := strconv.ParseInt(s[:end], 10, 64)
		switch {
		case s[end] == 'W' && !inTime:
			d.Days += 7 * n
		case s[end] == 'D' && !inTime:
			d.Days += n
		case s[end] == 'H' && inTime:
			d.Seconds += 3600 * n
		case s[end] == 'M' && inTime:
			d.Seconds += 60 * n
		case s[end] == 'S' && inTime:
			d.Seconds += n
		default:
			return Duration{}, ErrDuration
		}
		s = s[end+1:]
	}
	if d.Days > longest || d.Seconds > longest*civil.Day {
		return Duration{}, ErrDuration
	}
	return Duration{sign * d.Days, sign * d.Seconds}, nil
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

func number(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
