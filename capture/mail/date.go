package mail

import (
	"cmp"
	netmail "net/mail"
	"regexp"
	"strings"
	"time"
)

// drift is how far a Date may be from when the message was first seen by a
// server before it is thought to be wrong.
const drift = 48 * time.Hour

// sentAt returns the instant of a message in UTC, and whether one is known.
//
// The Date field says when its author finished it (RFC 5322 section 3.6.1), by
// a clock that may be wrong. The last relay's Received field is right about
// when it came here: a Date more than two days from it is not believed. stored
// is when the mailbox got it; a message cannot be younger than that, but it may
// be far older, for mailboxes are copied and moved.
func (h header) sentAt(stored time.Time) (time.Time, bool) {
	date, dated := parseDate(h.get("date"))
	received, relayed := h.receivedAt()
	switch {
	case dated && relayed && date.Sub(received).Abs() > drift:
		return received, true
	case dated && !stored.IsZero() && date.Sub(stored) > drift:
		if relayed {
			return received, true
		}
		return stored.UTC(), true
	case dated:
		return date, true
	case relayed:
		return received, true
	}
	return stored.UTC(), !stored.IsZero()
}

// receivedAt returns the instant in the newest Received field that has one.
func (h header) receivedAt() (time.Time, bool) {
	for _, f := range h {
		if f.name != "received" {
			continue
		}
		if i := strings.LastIndexByte(f.value, ';'); i >= 0 {
			if t, ok := parseDate(f.value[i+1:]); ok {
				return t, true
			}
		}
	}
	return time.Time{}, false
}

// dateLayouts are the forms met besides RFC 5322's, most likely first.
var dateLayouts = []string{
	"2 Jan 2006 15:04:05 -0700", "2 Jan 2006 15:04 -0700", "2 Jan 2006 15:04:05", "2 Jan 2006 15:04",
	"2 Jan 06 15:04:05 -0700", "2 Jan 06 15:04 -0700",
	"2 January 2006 15:04:05 -0700", "2-Jan-2006 15:04:05 -0700", "2-Jan-06 15:04:05 -0700",
	"Jan 2 15:04:05 2006", "Jan 2 15:04:05 2006 -0700", "Jan 2 15:04:05 -0700 2006", "Jan 2, 2006 15:04:05 -0700",
	"2006-01-02T15:04:05Z07:00", "2006-01-02T15:04:05-0700", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05",
}

var (
	weekday = regexp.MustCompile(`(?i)^\s*(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?\s*,?\s*`)
	zone    = regexp.MustCompile(`(?i)\s(GMT|UTC?|Z|EST|EDT|CST|CDT|MST|MDT|PST|PDT|MET|CEST|CET|MEST|BST|JST)$`)
	// dateWithin finds a date to the minute among what should not be there.
	dateWithin = regexp.MustCompile(`(?i)(\d{1,2})[ -]([a-z]{3})[a-z]*[ -](\d{4}) (\d\d:\d\d)(?:.*? ([+-]\d{4})\b)?`)
	colon      = regexp.MustCompile(`([+-]\d\d):(\d\d)$`)
)

// zoneOffsets are the zone names of RFC 5322 section 4.3 and a few that occur.
var zoneOffsets = map[string]string{
	"EST": "-0500", "EDT": "-0400", "CST": "-0600", "CDT": "-0500", "MST": "-0700", "MDT": "-0600",
	"PST": "-0800", "PDT": "-0700", "MET": "+0100", "CET": "+0100", "CEST": "+0200", "MEST": "+0200",
	"BST": "+0100", "JST": "+0900",
}

// parseDate reads a date as mail programs write them, into UTC. Years that no
// mail can be from are refused: they come from clocks that were never set.
func parseDate(s string) (time.Time, bool) {
	s = tidy(stripComments(rawText(s, "")))
	if s == "" {
		return time.Time{}, false
	}
	t, err := time.Parse("Mon, 2 Jan 2006 15:04:05 -0700", s) // nearly all are as they should be
	if err != nil {
		t, err = parseOddDate(s)
	}
	if err != nil || t.Year() < 1980 || t.Year() > 2200 {
		return time.Time{}, false
	}
	return t.UTC(), true
}

// parseOddDate reads the date s, which holds no comments and no runs of space,
// in whatever form it is.
func parseOddDate(s string) (time.Time, error) {
	s = weekday.ReplaceAllString(s, "")
	if m := zone.FindStringSubmatch(s); m != nil {
		offset, ok := zoneOffsets[strings.ToUpper(m[1])]
		if !ok {
			offset = "+0000"
		}
		s = strings.TrimSuffix(s, m[0]) + " " + offset
	}
	s = colon.ReplaceAllString(s, "$1$2")
	t, err := netmail.ParseDate(s)
	for i := 0; err != nil && i < len(dateLayouts); i++ {
		t, err = time.Parse(dateLayouts[i], s)
	}
	if err == nil {
		return t, nil
	}
	if m := dateWithin.FindStringSubmatch(s); m != nil {
		return time.Parse("2 Jan 2006 15:04 -0700", m[1]+" "+m[2]+" "+m[3]+" "+m[4]+" "+cmp.Or(m[5], "+0000"))
	}
	return t, err
}
