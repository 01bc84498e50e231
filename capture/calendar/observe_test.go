package calendar_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture/calendar"
)

func one(t *testing.T, text string, own ...string) billing.Observation {
	t.Helper()
	cal, _ := calendar.Parse([]byte(text))
	list := cal.Instances(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC), calendar.View{Own: own, Zone: location(t, newYork)})
	if len(list) != 1 {
		t.Fatalf("%d instances, want 1", len(list))
	}
	return list[0]
}

func TestObservation(t *testing.T) {
	const at = "DTSTART;TZID=Eastern Standard Time:20260302T090000\nDURATION:PT1H\n"
	for _, c := range []struct{ lines, want string }{
		{"", "confirmed"},
		{"STATUS:TENTATIVE", "tentative"},
		{"STATUS:CANCELLED", "cancelled ignored=cancelled"},
		{"ATTENDEE;PARTSTAT=DECLINED:mailto:Me@Firm.example", "declined ignored=declined"},
		{"ATTENDEE;PARTSTAT=TENTATIVE:mailto:me@firm.example", "tentative"},
		{"ATTENDEE;PARTSTAT=DECLINED:mailto:you@firm.example", "confirmed"},
		{"STATUS:CANCELLED\nATTENDEE;PARTSTAT=DECLINED:mailto:me@firm.example", "cancelled ignored=cancelled"},
		{"TRANSP:TRANSPARENT", "confirmed free ignored=shown as free"},
		{"X-MICROSOFT-CDO-BUSYSTATUS:FREE", "confirmed free ignored=shown as free"},
		{"CLASS:PRIVATE", "confirmed private"},
		{"CLASS:CONFIDENTIAL\nTRANSP:TRANSPARENT", "confirmed free private ignored=shown as free"},
	} {
		o := one(t, event(at+c.lines), "me@firm.example")
		got := o.Status
		for name, set := range map[string]bool{" free": o.Free} {
			if set {
				got += name
			}
		}
		if o.Private {
			got += " private"
		}
		if o.Ignored != "" {
			got += " ignored=" + o.Ignored
		}
		if got != c.want {
			t.Errorf("%q: got %q, want %q", c.lines, got, c.want)
		}
		if o.Kind != billing.KindMeeting || o.Zone != newYork || o.Revision == "" || o.Path != "" {
			t.Errorf("%q: kind %s, zone %s, revision %s", c.lines, o.Kind, o.Zone, o.Revision)
		}
	}
	for _, text := range []string{
		event("DTSTART;VALUE=DATE:20260302\nTRANSP:TRANSPARENT"),
		event("DTSTART;TZID=America/New_York:20260302T000000\nDTEND;TZID=America/New_York:20260303T000000\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE"),
	} {
		if o := one(t, text); !o.AllDay || o.Ignored != "all day" {
			t.Errorf("all day: %v, ignored %q", o.AllDay, o.Ignored)
		}
	}
}

func TestParties(t *testing.T) {
	o := one(t, event(`DTSTART:20260302T090000Z
SUMMARY:Meet and confer\, Rivera\; v. Acme\nroom 4
DESCRIPTION:secret notes
ORGANIZER;CN="Dana Roe, Esq.":mailto:Dana@Firm.example
ATTENDEE;CN=Dana Roe:MAILTO:dana@firm.example
ATTENDEE;CN=me@firm.example:mailto:me@firm.example
ATTENDEE;CN=opp@other.example;PARTSTAT=ACCEPTED:mailto:opp@other.example
ATTENDEE;CUTYPE=ROOM;CN=Room 4:mailto:room4@firm.example
ATTENDEE;CN=Pat;EMAIL=pat@other.example:urn:uuid:123
ATTENDEE;CN=^'Bob^' ^^ Co:invalid:nomail`), "me@firm.example")
	var got []string
	for _, p := range o.With {
		got = append(got, fmt.Sprintf("%s %s <%s>", p.Role, p.Name.Reveal(), p.Address.Reveal()))
	}
	want := `organizer Dana Roe, Esq. <dana@firm.example>
attendee  <opp@other.example>
attendee Pat <pat@other.example>
attendee "Bob" ^ Co <>`
	if s := strings.Join(got, "\n"); s != want {
		t.Errorf("got\n%s\nwant\n%s", s, want)
	}
	if o.Subject.Reveal() != "Meet and confer, Rivera; v. Acme\nroom 4" {
		t.Errorf("subject %q", o.Subject.Reveal())
	}
}

// Without being told, the calendar's owner is whom it is named after, or who is
// in most of its invitations.
func TestOwner(t *testing.T) {
	invitation := func(n int, people ...string) string {
		s := fmt.Sprintf("UID:%d\nDTSTART:2026030%dT090000Z\n", n, n)
		for _, p := range people {
			s += "ATTENDEE;PARTSTAT=DECLINED:mailto:" + p + "@x.example\n"
		}
		return s
	}
	named := "X-WR-CALNAME:me@x.example\nBEGIN:VEVENT"
	for _, c := range []struct {
		text     string
		declined int
	}{
		{calendarOf(invitation(1, "me", "a"), invitation(2, "me", "b"), invitation(3, "c", "me")), 3},
		{calendarOf(invitation(1, "me", "a"), invitation(2, "me", "b")), 0},                           // too few to tell
		{calendarOf(invitation(1, "me", "a"), invitation(2, "me", "a"), invitation(3, "a", "me")), 0}, // a draw
		{calendarOf(invitation(1, "a"), invitation(2, "b"), invitation(3, "c")), 0},
		{strings.Replace(calendarOf(invitation(1, "me"), invitation(2, "a")), "BEGIN:VEVENT", named, 1), 1},
	} {
		cal, _ := calendar.Parse([]byte(c.text))
		n := 0
		for _, o := range cal.Instances(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC), calendar.View{}) {
			if o.Status == "declined" {
				n++
			}
		}
		if n != c.declined {
			t.Errorf("%d declined, want %d\n%s", n, c.declined, c.text)
		}
	}
}

// What is broken costs itself alone, and its report quotes nothing.
func TestProblems(t *testing.T) {
	text := "BEGIN:VCALENDAR\nthis line is SECRET\n" +
		"BEGIN:VEVENT\nUID:1\nSUMMARY:SECRET\nEND:VEVENT\n" +
		"BEGIN:VEVENT\nUID:2\nDTSTART:SECRET\nEND:VEVENT\n" +
		"BEGIN:VEVENT\nUID:3\nDTSTART:20260302T090000Z\nRRULE:FREQ=SECRET\nEND:VEVENT\n" +
		"BEGIN:VEVENT\nUID:4\nDTSTART;TZID=SECRET:20260303T090000\nEXDATE:SECRET\nEND:VEVENT\n" +
		"BEGIN:VEVENT\nUID:5\nDTSTART:20260304T090000Z\nBEGIN:VALARM\nDTSTART:20200101T000000Z\nEND:VEVENT\nEND:VCALENDAR\n"
	cal, problems := calendar.Parse([]byte(text))
	if got := shown(cal.Instances(time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC), calendar.View{Zone: time.UTC}), time.UTC); got != "0302T0900+0000\n0303T0900+0000\n0304T0900+0000" {
		t.Errorf("got\n%s", got)
	}
	var list []string
	for _, p := range problems {
		list = append(list, p.String())
	}
	want := `line 2: a line that is not calendar text was left out
event 1: DTSTART is missing
event 2: DTSTART cannot be read
event 3: it recurs by a rule that cannot be read: its frequency is missing or unknown
event 4: its time zone is unknown; local time was taken
event 4: EXDATE cannot be read`
	if got := strings.Join(list, "\n"); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
