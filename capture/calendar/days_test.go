package calendar_test

import (
	"testing"
	"time"
)

// Whole days are dates however they are written or marked, and are no time.
func TestDates(t *testing.T) {
	const marked = "\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE"
	for _, c := range []struct{ lines, from, to string }{
		{"DTSTART;TZID=America/New_York:20261116T000000\nDTEND;TZID=America/New_York:20261117T000000", "1116", "1117"},
		{"DTSTART;TZID=America/New_York:20261116T000000\nDTEND;TZID=America/New_York:20261116T240000", "1116", "1117"},
		{"DTSTART;TZID=America/New_York:20261116T000000\nDTEND;TZID=America/New_York:20261116T235900", "1116", "1117"},
		{"DTSTART;TZID=America/New_York:20261116T000000\nDTEND;TZID=America/New_York:20261116T235959", "1116", "1117"},
		{"DTSTART;TZID=America/New_York:20261116T000100\nDTEND;TZID=America/New_York:20261116T235500", "1116", "1117"},
		{"DTSTART:20261116T000000\nDURATION:P1D", "1116", "1117"},
		{"DTSTART:20261116T000000\nDTEND:20261120T235900", "1116", "1121"},
		{"DTSTART;TZID=Europe/Berlin:20261116T000000\nDTEND;TZID=Europe/Berlin:20261118T000000", "1116", "1118"},
		{"DTSTART;TZID=America/New_York:20261101T000000\nDTEND;TZID=America/New_York:20261102T000000", "1101", "1102"}, // of 25 hours
		{"DTSTART:20261116T050000Z\nDTEND:20261117T050000Z", "1116", "1117"},                                           // midnight in New York
		{"DTSTART:20261116T000000Z\nDTEND:20261117T000000Z", "1116", "1117"},
		{"DTSTART:20261116T080000Z\nDTEND:20261117T080000Z" + marked, "1116", "1117"}, // of Los Angeles
		{"DTSTART:20261101T070000Z\nDTEND:20261102T080000Z" + marked, "1101", "1102"}, // where clocks are put back that day
		{"DTSTART:20261116T100000Z\nDTEND:20261118T100000Z" + marked, "1116", "1118"}, // of Honolulu
		{"DTSTART:20261115T230000Z\nDTEND:20261116T230000Z" + marked, "1116", "1117"}, // of Berlin
		{"DTSTART:20261115T183000Z\nDTEND:20261116T183000Z" + marked, "1116", "1117"}, // of Kolkata
		{"DTSTART:20261115T110000Z\nDTEND:20261116T110000Z" + marked, "1116", "1117"}, // of Auckland
		{"DTSTART:20261116T080000Z\nDTEND:20261117T080000Z\nX-MICROSOFT-MSNCALENDAR-ALLDAYEVENT:TRUE", "1116", "1117"},
		{"DTSTART:20261116T080000Z\nDTEND:20261117T080000Z\nX-FUNAMBOL-ALLDAY:1", "1116", "1117"},
		{"DTSTART:20261116T000000\nDTEND:20261116T000000\nX-FUNAMBOL-ALLDAY:1", "1116", "1117"},
		{"DTSTART;VALUE=DATE:20261116T150000Z\nDTEND;VALUE=DATE:20261116T170000Z", "1116", "1117"},
		{"DTSTART;VALUE=DATE:20261116T000000\nDTEND;VALUE=DATE:20261117T000000", "1116", "1117"},
		{"DTSTART;VALUE=DATE: 20261116\nDTEND;VALUE=DATE: 20261117", "1116", "1117"},
		{"DTSTART:2026-11-16T::\nDTEND:2026-11-18T::", "1116", "1118"},
	} {
		o := one(t, event(c.lines))
		loc := location(t, newYork)
		if from, to := o.Span.Start.In(loc).Format("0102"), o.Span.End.In(loc).Format("0102"); !o.AllDay || o.Ignored != "all day" || o.Zone != newYork || from != c.from || to != c.to ||
			o.Span.Start.In(loc).Format("1504") != "0000" {
			t.Errorf("%q: %v, all day %v, ignored %q, in %q; want %s to %s", c.lines, o.Span, o.AllDay, o.Ignored, o.Zone, c.from, c.to)
		}
	}
}

// What has hours keeps them, though it be long, marked wrongly, or a moment.
func TestHours(t *testing.T) {
	for _, c := range []struct {
		lines string
		lasts time.Duration
	}{
		{"DTSTART: 20261120T180000\nDTEND: 20261120T190000", time.Hour},
		{"DTSTART:20261116T090000\nDTEND:20261116T170000\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE", 8 * time.Hour},
		{"DTSTART:20261116T090000\nDTEND:20261120T170000", 104 * time.Hour},
		{"DTSTART:20261116T080000Z\nDTEND:20261117T080000Z", 24 * time.Hour},
		{"DTSTART:20261116T000000\nDTEND:20261116T060000", 6 * time.Hour},
		{"DTSTART:20261116T170000\nDTEND:20261116T170000", 0},
		{"DTSTART:20261116T000000", 0},
		{"DTSTART:20261116T093000+99\nDURATION:PT1H", time.Hour}, // local: never Greenwich
		{"DTSTART;VALUE=DATE:20261116T093000\nDTEND;VALUE=DATE:20261116T103000\nDTSTAMP;VALUE=DATE:20261101T101112", time.Hour},
	} {
		o := one(t, event(c.lines))
		if o.AllDay || o.Ignored != "" || o.Span.End.Sub(o.Span.Start) != c.lasts {
			t.Errorf("%q: %v, all day %v, ignored %q", c.lines, o.Span, o.AllDay, o.Ignored)
		}
	}
	if o := one(t, event("DTSTART:20261116T093000+99\nDURATION:PT1H")); o.Span.Start.In(location(t, newYork)).Hour() != 9 {
		t.Errorf("an offset that cannot be read: %v", o.Span)
	}
}

// What never ends touches each of its days, and no year has five digits anywhere.
func TestEndless(t *testing.T) {
	for _, lines := range []string{
		"DTSTART:20261118T090000\nDTEND:99991231T235959Z",
		"DTSTART:20261118T090000\nDTEND:99991231T235959-1200",
		"DTSTART:20261118T090000\nDTEND;VALUE=DATE:99991231",
	} {
		o := one(t, event(lines))
		if o.Span.End.Year() != 9999 || o.Span.End.In(location(t, "Pacific/Kiritimati")).Year() != 9999 || o.AllDay {
			t.Errorf("%q: %v", lines, o.Span)
		}
	}
}
