package sample

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/tenths/tenths/billing"
)

// windowsZone is the name Windows has for New York's time (CLDR windowsZones).
const windowsZone = "Eastern Standard Time"

const localStamp = "20060102T150405"

// ics is an iCalendar stream being written (RFC 5545).
type ics struct{ strings.Builder }

// line writes one content line, folded at 75 octets between characters
// (RFC 5545, 3.1).
func (c *ics) line(format string, args ...any) {
	rest, room := fmt.Sprintf(format, args...), 75
	for len(rest) > room {
		cut := room
		for !utf8.RuneStart(rest[cut]) {
			cut--
		}
		c.WriteString(rest[:cut] + "\r\n ")
		rest, room = rest[cut:], 74
	}
	c.WriteString(rest + "\r\n")
}

// escaped returns s as a TEXT value (RFC 5545, 3.3.11).
func escaped(s string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(s)
}

// calendarICS returns the timekeeper's calendar.
func calendarICS(w week) []byte {
	c := &ics{}
	c.begin("")
	for _, e := range events {
		c.event(w, e)
	}
	c.line("END:VCALENDAR")
	return []byte(c.String())
}

// invitationICS returns the invitation to e, as its organizer mailed it.
func invitationICS(w week, e event) []byte {
	c := &ics{}
	c.begin("REQUEST")
	c.event(w, e)
	c.line("END:VCALENDAR")
	return []byte(c.String())
}

// begin writes what comes before the events; method is empty for a calendar
// that is not a message (RFC 5546).
func (c *ics) begin(method string) {
	c.line("BEGIN:VCALENDAR")
	c.line("VERSION:2.0")
	c.line("PRODID:-//Whitfield Law//Sample practice//EN")
	c.line("CALSCALE:GREGORIAN")
	if method != "" {
		c.line("METHOD:%s", method)
	}
	for _, name := range []string{Zone, windowsZone} {
		c.timezone(name)
	}
}

// timezone writes New York's rules since 2007 (Energy Policy Act of 2005) under
// a name.
func (c *ics) timezone(name string) {
	c.line("BEGIN:VTIMEZONE")
	c.line("TZID:%s", name)
	for _, r := range []struct{ part, name, from, to, start, rule string }{
		{"DAYLIGHT", "EDT", "-0500", "-0400", "20070311T020000", "BYMONTH=3;BYDAY=2SU"},
		{"STANDARD", "EST", "-0400", "-0500", "20071104T020000", "BYMONTH=11;BYDAY=1SU"},
	} {
		c.line("BEGIN:%s", r.part)
		c.line("TZNAME:%s", r.name)
		c.line("DTSTART:%s", r.start)
		c.line("RRULE:FREQ=YEARLY;%s", r.rule)
		c.line("TZOFFSETFROM:%s", r.from)
		c.line("TZOFFSETTO:%s", r.to)
		c.line("END:%s", r.part)
	}
	c.line("END:VTIMEZONE")
}

// event writes e: one VEVENT, or for a series whose instance of the day's week
// is cancelled or moved a second one that overrides it.
func (c *ics) event(w week, e event) {
	here := w.date(e.day)
	if e.monday {
		for here.Weekday() != time.Monday {
			here = here.Add(-1)
		}
	}
	first := here
	if e.weekly {
		first = w.seriesStart(here)
	}
	c.vevent(w, e, occurrence{date: first, from: e.from, to: e.to, series: e.weekly, anchor: here})
	switch {
	case e.cancel:
		c.vevent(w, e, occurrence{date: here, from: e.from, to: e.to, replaces: here, status: "CANCELLED", sequence: 1})
	case e.moved != nil:
		c.vevent(w, e, occurrence{date: w.date(e.moved.day), from: e.moved.from, to: e.moved.to, replaces: here, sequence: 1})
	}
}

// occurrence is when a VEVENT takes place.
type occurrence struct {
	date     billing.Day
	from, to string
	series   bool        // repeats weekly from date on
	anchor   billing.Day // the instance in the day's week
	replaces billing.Day // overrides the series' instance of this date
	status   string
	sequence int
}

func (c *ics) vevent(w week, e event, o occurrence) {
	zone := Zone
	if e.windows {
		zone = windowsZone
	}
	at := func(name string, d billing.Day, hhmm string) {
		c.line("%s;TZID=%s:%s", name, zone, w.on(d, hhmm).Format(localStamp))
	}
	c.line("BEGIN:VEVENT")
	c.line("UID:%s-%s@whitfieldlaw.example", e.slug, w.day)
	c.line("DTSTAMP:%s", w.clock(-9, "09:00").UTC().Format(localStamp)+"Z")
	c.line("SEQUENCE:%d", o.sequence)
	if !o.replaces.IsZero() {
		at("RECURRENCE-ID", o.replaces, e.from)
	}
	if e.from == "" {
		c.line("DTSTART;VALUE=DATE:%s", compact(o.date))
		c.line("DTEND;VALUE=DATE:%s", compact(o.date.Add(1)))
	} else {
		at("DTSTART", o.date, o.from)
		at("DTEND", o.date, o.to)
	}
	if o.series {
		c.line("RRULE:FREQ=WEEKLY;BYDAY=%s", strings.ToUpper(o.date.Weekday().String()[:2]))
		for _, weeks := range e.except {
			at("EXDATE", o.anchor.Add(-7*weeks), e.from)
		}
	}
	c.line("SUMMARY:%s", escaped(e.title))
	if e.place != "" {
		c.line("LOCATION:%s", escaped(e.place))
	}
	c.attendance(e)
	if o.status == "" {
		o.status = "CONFIRMED"
	}
	c.line("STATUS:%s", o.status)
	if e.private {
		c.line("CLASS:PRIVATE")
	}
	if e.free || e.from == "" {
		c.line("TRANSP:TRANSPARENT")
	} else {
		c.line("TRANSP:OPAQUE")
	}
	c.line("END:VEVENT")
}

// attendance writes who called the meeting and who was asked; nothing for the
// timekeeper's own appointments.
func (c *ics) attendance(e event) {
	organizer := e.by
	if organizer.address == "" {
		if len(e.with) == 0 {
			return
		}
		organizer = nora
	}
	c.line(`ORGANIZER;CN="%s":mailto:%s`, organizer.name, organizer.address)
	answer := e.answer
	if answer == "" {
		answer = "ACCEPTED"
	}
	attendee := func(p person, answer string) {
		c.line(`ATTENDEE;CN="%s";ROLE=REQ-PARTICIPANT;PARTSTAT=%s:mailto:%s`, p.name, answer, p.address)
	}
	attendee(nora, answer)
	for _, p := range e.with {
		attendee(p, "ACCEPTED")
	}
}

func compact(d billing.Day) string { return strings.ReplaceAll(d.String(), "-", "") }
