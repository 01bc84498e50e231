package calendar

import (
	"fmt"

	"github.com/tenths/tenths/capture/calendar/internal/ical"
	"github.com/tenths/tenths/capture/calendar/internal/zone"
)

// Calendar is what was understood of iCalendar data. It is not changed after
// Parse and may be read by several goroutines.
type Calendar struct {
	events []*event
	series []*series // by first appearance
	hints  []string  // what the calendar says about whose it is: X-WR-CALNAME and the like
	// found reports that there was a VCALENDAR or an event in none, whole that
	// all stood in calendars that were complete: a half-written file must not
	// look like deleted events.
	found, whole bool
}

// Problem is something in a calendar that could not be used. It quotes nothing
// of the calendar.
type Problem struct {
	Event int // counted from 1 in the order of the data; 0 when it is not about an event
	Line  int // counted from 1; 0 when unknown
	What  string
}

// String returns the problem for a person, such as "event 12: DTSTART is
// missing".
func (p Problem) String() string {
	switch {
	case p.Event > 0:
		return fmt.Sprintf("event %d: %s", p.Event, p.What)
	case p.Line > 0:
		return fmt.Sprintf("line %d: %s", p.Line, p.What)
	}
	return p.What
}

// maxProblems bounds the problems kept of one calendar.
const maxProblems = 100

// Parse reads iCalendar data. What cannot be read is left out and listed; it
// costs no other event. Data that is no calendar yields an empty one.
func Parse(data []byte) (*Calendar, []Problem) {
	c := &Calendar{whole: true}
	problems := c.add(data)
	c.group()
	return c, problems
}

// add reads more data, as of another file of a folder, into c.
func (c *Calendar) add(data []byte) (problems []Problem) {
	stream, broken := ical.Decode(data, wanted)
	report := func(p Problem) {
		if len(problems) < maxProblems {
			problems = append(problems, p)
		}
	}
	for _, p := range broken {
		report(Problem{Line: p.Line, What: p.What})
	}
	names := zone.NewNames(timezones(stream, nil))
	found := false
	for _, child := range stream.Children {
		if child.Name == "VCALENDAR" {
			found = true
			c.whole = c.whole && child.Closed
		}
	}
	if line := bare(stream); line > 0 {
		// Only the END of a calendar tells that nothing of it is missing.
		found, c.whole = true, false
		report(Problem{Line: line, What: "it stands in no calendar; it was read all the same"})
	}
	c.found = c.found || found
	c.whole = c.whole && found
	c.addEvents(stream, scope{names: names}, report)
	return problems
}

// bare returns the line of the first event in c that stands in no calendar, or
// 0 where there is none.
func bare(c *ical.Component) int {
	for _, child := range c.Children {
		switch child.Name {
		case "VEVENT":
			return child.Line
		case "VCALENDAR":
		default:
			if line := bare(child); line > 0 {
				return line
			}
		}
	}
	return 0
}

// scope is what a calendar says about all of its events.
type scope struct {
	names *zone.Names
	zone  *zone.Zone // of times without any; nil for the timekeeper's
	kind  part       // what its events are, by METHOD
}

func (c *Calendar) addEvents(parent *ical.Component, sc scope, report func(Problem)) {
	if parent.Name == "VCALENDAR" {
		sc.zone = sc.names.Find(parent.Text("X-WR-TIMEZONE"))
		sc.kind = partOf(parent.Text("METHOD"))
		for _, name := range []string{"X-WR-CALNAME", "X-OWNER", "X-WR-OWNER"} {
			if hint := mailAddress(parent.Text(name)); hint != "" {
				c.hints = append(c.hints, hint)
			}
		}
	}
	for _, child := range parent.Children {
		switch child.Name {
		case "VEVENT":
			number := len(c.events) + 1
			e := readEvent(child, number, sc, func(what string) { report(Problem{Event: number, Line: child.Line, What: what}) })
			c.events = append(c.events, e) // nil keeps the count of what was lost
		case "VTIMEZONE":
		default:
			c.addEvents(child, sc, report)
		}
	}
}

func timezones(c *ical.Component, out []*ical.Component) []*ical.Component {
	for _, child := range c.Children {
		if child.Name == "VTIMEZONE" {
			out = append(out, child)
		} else if child.Name != "VEVENT" {
			out = timezones(child, out)
		}
	}
	return out
}

// wanted names the properties that mean something here. DESCRIPTION is not
// among them: notes are never kept.
func wanted(name string) bool {
	switch name {
	case "UID", "SUMMARY", "DTSTART", "DTEND", "DURATION", "RRULE", "EXRULE", "RDATE", "EXDATE", "RECURRENCE-ID",
		"STATUS", "TRANSP", "CLASS", "ORGANIZER", "ATTENDEE", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED",
		"METHOD", "X-WR-TIMEZONE", "X-WR-CALNAME", "X-OWNER", "X-WR-OWNER",
		"TZID", "TZOFFSETFROM", "TZOFFSETTO", "X-LIC-LOCATION", "TZID-ALIAS-OF":
		return true
	}
	return marksWholeDay(name) || marksUse(name) || marksKind(name)
}
