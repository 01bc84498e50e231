package table

import (
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// Unit is what a bare number of a duration counts.
type Unit int64

// The units, in seconds.
const (
	Hours   Unit = 3600
	Minutes Unit = 60
	Seconds Unit = 1
)

// UnitOf returns the unit that a column's name tells, hours where it tells none.
func UnitOf(name string) Unit {
	k := key(name)
	switch {
	case strings.Contains(k, "hour") || strings.Contains(k, "hrs"):
		return Hours
	case strings.Contains(k, "minute") || k == "min" || k == "mins" || strings.HasSuffix(k, "mins"):
		return Minutes
	case strings.Contains(k, "second"):
		return Seconds
	}
	return Hours
}

// maxSeconds bounds a duration: a year, far above any entry.
const maxSeconds = 366 * 24 * 3600

var (
	clock    = regexp.MustCompile(`^(\d{1,4}):([0-5]\d)(?::([0-5]\d)(?:\.0+)?)?$`)
	spoken   = regexp.MustCompile(`^(?:(\d{1,4})\s*(?:h|hrs?|hours?|std)\.?)?\s*(?:(\d{1,4})\s*(?:m|mins?|minutes?)?\.?)?$`)
	inHours  = regexp.MustCompile(`^([\d.,]+)\s*(?:h|hrs?|hours?|std)\.?$`)
	inMinute = regexp.MustCompile(`^([\d.,]+)\s*(?:m|mins?|minutes?)\.?$`)
)

// Duration reads a duration as whole seconds: "0.33", "1,5", "1:30", "1:30:00",
// "1h 30m", "90 min", negative ones too. A bare number counts units. Parts of a
// second are rounded, half away from zero; a third of an hour, however many
// decimals it is written with, is 20 minutes.
func Duration(s string, m Mark, unit Unit) (int64, error) {
	text, negative := sign(strings.ToLower(s))
	seconds, err := duration(text, m, unit)
	switch {
	case err != nil, strings.ContainsAny(text, "-+()"):
		return 0, invalid("%q is no duration; write hours as 1.5 or 1:30", short(s))
	case seconds > maxSeconds:
		return 0, invalid("%s hours are more than a year", short(s))
	case negative:
		return -seconds, nil
	}
	return seconds, nil
}

func duration(s string, m Mark, unit Unit) (int64, error) {
	if c := clock.FindStringSubmatch(s); c != nil {
		return atoi(c[1])*3600 + atoi(c[2])*60 + atoi(c[3]), nil
	}
	if c := inHours.FindStringSubmatch(s); c != nil {
		return decimal(c[1], m, Hours)
	}
	if c := inMinute.FindStringSubmatch(s); c != nil {
		return decimal(c[1], m, Minutes)
	}
	if c := spoken.FindStringSubmatch(s); c != nil && c[1] != "" && (c[2] == "" || atoi(c[2]) < 60) {
		return atoi(c[1])*3600 + atoi(c[2])*60, nil
	}
	return decimal(s, m, unit)
}

// decimal reads a number of units. Hours in groups of thousands are a number
// that was read wrongly rather than a working life.
func decimal(s string, m Mark, unit Unit) (int64, error) {
	n, err := Number(s, m)
	if err != nil {
		return 0, err
	}
	if unit == Hours && n >= 1000*one && strings.ContainsAny(s, "., ") && own(s) == NoMark {
		return 0, invalid("")
	}
	micros := int64(n) * int64(unit)
	half := int64(one / 2)
	if n < 0 {
		half = -half
	}
	return (micros + half) / one, nil
}

func atoi(s string) int64 {
	n, _ := strconv.ParseInt(s, 10, 64)
	return n
}

// short keeps what is quoted in a message to what a reader needs.
func short(s string) string {
	if utf8.RuneCountInString(s) <= 24 {
		return s
	}
	return string([]rune(s)[:24]) + "…"
}
