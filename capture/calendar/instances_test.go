package calendar_test

import (
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture/calendar"
)

// event makes a calendar of one event.
func event(lines string) string { return calendarOf("UID:u\n" + strings.TrimSpace(lines)) }

// calendarOf makes a calendar of events.
func calendarOf(events ...string) string {
	var b strings.Builder
	b.WriteString("BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:-//Tenths//Test//EN\n")
	for _, e := range events {
		b.WriteString("BEGIN:VEVENT\n" + strings.TrimSpace(e) + "\nEND:VEVENT\n")
	}
	b.WriteString("END:VCALENDAR\n")
	return strings.ReplaceAll(b.String(), "\n", "\r\n")
}

func location(t testing.TB, name string) *time.Location {
	t.Helper()
	loc, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return loc
}

// shown writes instances as local times in loc, with the subject where there
// is one: 0302T0900-0500/1000 Call.
func shown(list []billing.Observation, loc *time.Location) string {
	var out []string
	for _, o := range list {
		s := o.Span.Start.In(loc).Format("0102T1504-0700")
		if o.Span.End.Sub(o.Span.Start) > 24*time.Hour || o.AllDay {
			s += "/" + o.Span.End.In(loc).Format("0102T1504")
		} else if !o.Span.Empty() {
			s += "/" + o.Span.End.In(loc).Format("1504")
		}
		if o.Subject != "" {
			s += " " + o.Subject.Reveal()
		}
		out = append(out, s)
	}
	return strings.Join(out, "\n")
}

const newYork, berlin = "America/New_York", "Europe/Berlin"

// london has the clocks of London under a name that says nothing; 01:30 on 29
// March does not exist there, and is read with the offset before: 01:30 UTC.
const london = `BEGIN:VTIMEZONE
TZID:Customized Time Zone
BEGIN:STANDARD
DTSTART:16010101T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T010000
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
END:VTIMEZONE
BEGIN:VEVENT`

// Recurrence as RFC 5545 has it; the timekeeper is in New York.
func TestRecurrence(t *testing.T) {
	const ny = "DTSTART;TZID=America/New_York:"
	for _, c := range []struct{ name, text, year, want string }{
		{"a single event", event(ny + "20260302T090000\nDTEND;TZID=America/New_York:20260302T100000"), "2026", "0302T0900-0500/1000"},
		{"a gap skips an instance and does not count it", event(ny + "20260307T023000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3"), "2026",
			"0307T0230-0500/0330\n0309T0230-0400/0330\n0310T0230-0400/0330"},
		{"DTSTART in a gap is read with the offset before", event(ny + "20260308T023000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2"), "2026",
			"0308T0330-0400/0430\n0309T0230-0400/0330"},
		{"a time shown twice is the first", event(ny + "20261031T013000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3"), "2026",
			"1031T0130-0400/0230\n1101T0130-0400/0130\n1102T0130-0500/0230"},
		{"local time stays over the change", event(ny + "20260302T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=2"), "2026",
			"0302T0900-0500/1000\n0309T0900-0400/1000"},
		{"another country changes on another day", event("DTSTART;TZID=Europe/Berlin:20260323T150000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=2"), "2026",
			"0323T1000-0400/1100\n0330T0900-0400/1000"},
		{"UTC does not change", event("DTSTART:20260302T140000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=2"), "2026",
			"0302T0900-0500/1000\n0309T1000-0400/1100"},
		{"floating time is the timekeeper's", event("DTSTART:20260302T090000\nDTEND:20260302T100000"), "2026", "0302T0900-0500/1000"},
		{"a Windows zone", event("DTSTART;TZID=\"W. Europe Standard Time\":20260302T150000\nDURATION:PT1H"), "2026", "0302T0900-0500/1000"},
		{"a zone with a colon and no quotes", event("DTSTART;TZID=(UTC-06:00) Central Time (US & Canada):20260302T080000\nDURATION:PT1H"), "2026", "0302T0900-0500/1000"},
		{"a zone only the calendar knows", strings.Replace(event("DTSTART;TZID=Customized Time Zone:20260329T013000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=2"), "BEGIN:VEVENT", london, 1), "2026",
			"0328T2130-0400/2230\n0404T2030-0400/2130"},
		{"floating time in a calendar that says where it is", strings.Replace(event("DTSTART:20260302T060000\nDURATION:PT1H"), "BEGIN:VEVENT", "X-WR-TIMEZONE:America/Los_Angeles\r\nBEGIN:VEVENT", 1), "2026",
			"0302T0900-0500/1000"},
		{"EXDATE in the event's zone", event(ny + "20260302T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE;TZID=America/New_York:20260303T090000"), "2026",
			"0302T0900-0500/1000\n0304T0900-0500/1000"},
		{"EXDATE in UTC, after the change", event(ny + "20260302T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=3\nEXDATE:20260309T130000Z,20260316T130000Z"), "2026",
			"0302T0900-0500/1000"},
		{"EXDATE as a date", event(ny + "20260302T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3\nEXDATE;VALUE=DATE:20260303"), "2026",
			"0302T0900-0500/1000\n0304T0900-0500/1000"},
		{"EXDATE of DTSTART", event(ny + "20260302T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE;TZID=America/New_York:20260302T090000"), "2026",
			"0303T0900-0500/1000"},
		{"EXRULE", event(ny + "20260302T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=4\nEXRULE:FREQ=DAILY;INTERVAL=2"), "2026",
			"0303T0900-0500/1000\n0305T0900-0500/1000"},
		{"RDATE and a PERIOD with its own length", event(ny + "20260302T090000\nDURATION:PT1H\nRDATE:20260303T140000Z\nRDATE;VALUE=PERIOD:20260304T140000Z/PT3H,20260305T140000Z/20260305T143000Z"), "2026",
			"0302T0900-0500/1000\n0303T0900-0500/1000\n0304T0900-0500/1200\n0305T0900-0500/0930"},
		{"RDATE that the rule gives already", event(ny + "20260302T090000\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2\nRDATE;TZID=America/New_York:20260303T090000"), "2026",
			"0302T0900-0500/1000\n0303T0900-0500/1000"},
		{"UNTIL in UTC lets the last one in", event(ny + "20260302T200000\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20260304T010000Z"), "2026",
			"0302T2000-0500/2100\n0303T2000-0500/2100"},
		{"UNTIL as a date is that local day", event(ny + "20260302T200000\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20260303"), "2026",
			"0302T2000-0500/2100\n0303T2000-0500/2100"},
		{"UNTIL before DTSTART leaves DTSTART", event(ny + "20260302T200000\nDURATION:PT1H\nRRULE:FREQ=DAILY;UNTIL=20250101T000000Z"), "2026", "0302T2000-0500/2100"},
		{"DTSTART that its rule does not give counts", event(ny + "20260302T090000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;BYDAY=TU;COUNT=2"), "2026",
			"0302T0900-0500/1000\n0303T0900-0500/1000"},
		{"DTEND is exact over the change", event(ny + "20260307T230000\nDTEND;TZID=America/New_York:20260308T010000\nRRULE:FREQ=WEEKLY;BYDAY=SA;COUNT=2"), "2026",
			"0307T2300-0500/0100\n0314T2300-0400/0100"},
		{"DURATION of a day is from noon to noon", event(ny + "20260307T120000\nDURATION:P1D"), "2026", "0307T1200-0500/1200"},
		{"DURATION of 24 hours is not", event(ny + "20260307T120000\nDURATION:PT24H"), "2026", "0307T1200-0500/1300"},
		{"no end is a moment", event(ny + "20260302T090000"), "2026", "0302T0900-0500"},
		{"an end before the start is a moment", event(ny + "20260302T090000\nDTEND;TZID=America/New_York:20260302T080000"), "2026", "0302T0900-0500"},
		{"a date lasts its day", event("DTSTART;VALUE=DATE:20260308"), "2026", "0308T0000-0500/0309T0000"},
		{"dates over a weekend, yearly", event("DTSTART;VALUE=DATE:20260306\nDTEND;VALUE=DATE:20260309\nRRULE:FREQ=YEARLY;COUNT=3"), "2027", "0306T0000-0500/0309T0000"},
		{"29 February", event("DTSTART;VALUE=DATE:20240229\nRRULE:FREQ=YEARLY"), "2026", ""},
		{"a broken rule costs the repetition", event(ny + "20260302T090000\nRRULE:FREQ=SOMETIMES"), "2026", "0302T0900-0500"},
	} {
		t.Run(c.name, func(t *testing.T) {
			cal, _ := calendar.Parse([]byte(c.text))
			loc := location(t, newYork)
			year, _ := time.Parse("2006", c.year)
			got := shown(cal.Instances(year, year.AddDate(1, 0, 0), calendar.View{Zone: loc}), loc)
			if got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

const weekly = `
UID:u
DTSTART;TZID=America/New_York:20260302T090000
DTEND;TZID=America/New_York:20260302T100000
RRULE:FREQ=WEEKLY;COUNT=4
SUMMARY:Team`

func TestOverrides(t *testing.T) {
	for _, c := range []struct {
		name   string
		events []string
		want   string
	}{
		{"moved", []string{weekly, "UID:u\nRECURRENCE-ID;TZID=America/New_York:20260309T090000\nDTSTART;TZID=America/New_York:20260310T140000\nDURATION:PT30M\nSUMMARY:Moved"},
			"0302T0900-0500/1000 Team\n0310T1400-0400/1430 Moved\n0316T0900-0400/1000 Team\n0323T0900-0400/1000 Team"},
		{"named in UTC, and before its series", []string{"UID:u\nRECURRENCE-ID:20260309T130000Z\nDTSTART:20260310T180000Z\nDURATION:PT30M\nSUMMARY:Moved", weekly},
			"0302T0900-0500/1000 Team\n0310T1400-0400/1430 Moved\n0316T0900-0400/1000 Team\n0323T0900-0400/1000 Team"},
		{"the newer of two", []string{weekly,
			"UID:u\nSEQUENCE:2\nRECURRENCE-ID:20260309T130000Z\nDTSTART:20260310T180000Z\nSUMMARY:Second",
			"UID:u\nSEQUENCE:1\nRECURRENCE-ID:20260309T130000Z\nDTSTART:20260311T180000Z\nSUMMARY:First"},
			"0302T0900-0500/1000 Team\n0310T1400-0400 Second\n0316T0900-0400/1000 Team\n0323T0900-0400/1000 Team"},
		{"cancelled with no more than its name", []string{weekly, "UID:u\nRECURRENCE-ID:20260309T130000Z\nSTATUS:CANCELLED"},
			"0302T0900-0500/1000 Team\n0309T0900-0400\n0316T0900-0400/1000 Team\n0323T0900-0400/1000 Team"},
		{"this and future", []string{weekly, "UID:u\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260316T130000Z\nDTSTART;TZID=America/New_York:20260317T110000\nDURATION:PT2H\nSUMMARY:New"},
			"0302T0900-0500/1000 Team\n0309T0900-0400/1000 Team\n0317T1100-0400/1300 New\n0324T1100-0400/1300 New"},
		{"this and future, but one", []string{weekly,
			"UID:u\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260309T130000Z\nDTSTART;TZID=America/New_York:20260309T110000\nDURATION:PT2H\nSUMMARY:New",
			"UID:u\nRECURRENCE-ID:20260316T130000Z\nDTSTART:20260318T130000Z\nSUMMARY:Once"},
			"0302T0900-0500/1000 Team\n0309T1100-0400/1300 New\n0318T0900-0400 Once\n0323T1100-0400/1300 New"},
		{"an override alone", []string{"UID:u\nRECURRENCE-ID:20260309T130000Z\nDTSTART:20260310T180000Z\nDURATION:PT30M\nSUMMARY:Invited"},
			"0310T1400-0400/1430 Invited"},
		{"of an instance that the rule does not give", []string{weekly, "UID:u\nRECURRENCE-ID:20260401T130000Z\nDTSTART:20260401T130000Z\nSUMMARY:Extra"},
			"0302T0900-0500/1000 Team\n0309T0900-0400/1000 Team\n0316T0900-0400/1000 Team\n0323T0900-0400/1000 Team\n0401T0900-0400 Extra"},
		{"of nobody knows which", []string{weekly, "UID:u\nSEQUENCE:9\nRECURRENCE-ID:soon\nDTSTART:20260401T130000Z\nSUMMARY:Astray"},
			"0302T0900-0500/1000 Team\n0309T0900-0400/1000 Team\n0316T0900-0400/1000 Team\n0323T0900-0400/1000 Team"},
		{"of a day, by a date", []string{"UID:u\nDTSTART;VALUE=DATE:20260302\nRRULE:FREQ=DAILY;COUNT=3", "UID:u\nRECURRENCE-ID;VALUE=DATE:20260303\nDTSTART;VALUE=DATE:20260306\nSUMMARY:Late"},
			"0302T0000-0500/0303T0000\n0304T0000-0500/0305T0000\n0306T0000-0500/0307T0000 Late"},
	} {
		t.Run(c.name, func(t *testing.T) {
			cal, problems := calendar.Parse([]byte(calendarOf(c.events...)))
			loc := location(t, newYork)
			got := cal.Instances(time.Date(2026, 1, 1, 0, 0, 0, 0, loc), time.Date(2027, 1, 1, 0, 0, 0, 0, loc), calendar.View{Zone: loc})
			if s := shown(got, loc); s != c.want || (len(problems) > 0) != strings.Contains(c.name, "nobody") {
				t.Errorf("got\n%s\nwant\n%s\nproblems %v", s, c.want, problems)
			}
		})
	}
}

// An instance keeps its name when it is moved.
func TestExternalID(t *testing.T) {
	cal, _ := calendar.Parse([]byte(calendarOf(weekly,
		"UID:u\nRECURRENCE-ID;TZID=America/New_York:20260309T090000\nDTSTART:20260310T180000Z",
		"UID:single\nDTSTART:20260401T130000Z", "UID:day\nDTSTART;VALUE=DATE:20260402\nRRULE:FREQ=DAILY;COUNT=1",
		"UID:floating\nDTSTART:20260403T090000\nRRULE:FREQ=DAILY;COUNT=1")))
	var got []string
	for _, o := range cal.Instances(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC), calendar.View{Zone: time.UTC}) {
		got = append(got, o.ExternalID)
	}
	want := "u/20260302T140000Z u/20260309T130000Z u/20260316T130000Z u/20260323T130000Z single day/20260402 floating/20260403T090000"
	if s := strings.Join(got, " "); s != want {
		t.Errorf("got  %s\nwant %s", s, want)
	}
}
