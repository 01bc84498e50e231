package zone_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/capture/calendar/internal/civil"
	"github.com/tenths/tenths/capture/calendar/internal/ical"
	"github.com/tenths/tenths/capture/calendar/internal/zone"
)

func TestUnix(t *testing.T) {
	for _, c := range []struct {
		zone   string
		at     civil.Time
		want   string // the instant, in the zone
		exists bool
	}{
		{"America/New_York", civil.Of(2026, 3, 8, 1, 59, 59), "2026-03-08T01:59:59-05:00", true},
		{"America/New_York", civil.Of(2026, 3, 8, 2, 30, 0), "2026-03-08T03:30:00-04:00", false},
		{"America/New_York", civil.Of(2026, 3, 8, 3, 0, 0), "2026-03-08T03:00:00-04:00", true},
		{"America/New_York", civil.Of(2026, 11, 1, 1, 30, 0), "2026-11-01T01:30:00-04:00", true}, // the first of two
		{"America/New_York", civil.Of(2026, 11, 1, 2, 0, 0), "2026-11-01T02:00:00-05:00", true},
		{"Australia/Lord_Howe", civil.Of(2026, 10, 4, 2, 15, 0), "2026-10-04T02:45:00+11:00", false}, // half an hour
		{"America/Sao_Paulo", civil.Of(2018, 11, 4, 0, 0, 0), "2018-11-04T01:00:00-02:00", false},
		{"Pacific/Apia", civil.Of(2011, 12, 30, 12, 0, 0), "2011-12-31T12:00:00+14:00", false}, // a day left out
		{"Europe/Dublin", civil.Of(2026, 7, 1, 9, 0, 0), "2026-07-01T09:00:00+01:00", true},
		{"Asia/Kathmandu", civil.Of(2026, 7, 1, 9, 0, 0), "2026-07-01T09:00:00+05:45", true},
		{"America/New_York", civil.Of(2090, 7, 1, 9, 0, 0), "2090-07-01T09:00:00-04:00", true},
	} {
		z := zone.Named(c.zone)
		loc, _ := time.LoadLocation(c.zone)
		if got := time.Unix(z.Unix(c.at), 0).In(loc).Format(time.RFC3339); got != c.want || z.Exists(c.at) != c.exists {
			t.Errorf("%v in %s is %s (exists: %v), want %s (%v)", c.at, c.zone, got, z.Exists(c.at), c.want, c.exists)
		}
	}
}

// A time that exists comes back; the standard library agrees on every time
// that it has only one answer for.
func TestUnixLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"America/New_York", "Europe/London", "Australia/Lord_Howe", "Africa/Casablanca", "Asia/Tehran", "America/Caracas"}).Draw(t, "zone")
		z := zone.Named(name)
		loc, _ := time.LoadLocation(name)
		unix := rapid.Int64Range(0, 4102444800).Draw(t, "unix")
		wall := z.Civil(unix)
		back := z.Unix(wall)
		if z.Civil(back) != wall || back > unix {
			t.Fatalf("%s: %d shows %v, which is %d", name, unix, wall, back)
		}
		year, month, day := civil.Date(wall.Days())
		if std := time.Date(year, time.Month(month), day, 0, 0, int(wall.Clock()), 0, loc).Unix(); std != back && std != unix {
			t.Fatalf("%s %v: %d, but package time says %d", name, wall, back, std)
		}
	})
}

// Rules that begin in the year 1, as .NET has it, hold as those that begin in
// 1601, as Windows has it.
func TestFromRulesOfYearOne(t *testing.T) {
	stream, _ := ical.Decode([]byte(strings.ReplaceAll(custom, "DTSTART:1601", "DTSTART:0001")), nil)
	z, err := zone.FromRules(stream.Children[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, month := range []int{1, 7} {
		at := civil.Of(2026, month, 15, 12, 0, 0)
		if z.Unix(at) != zone.Named("America/New_York").Unix(at) {
			t.Errorf("month %d: %d", month, z.Unix(at))
		}
	}
}

const custom = `BEGIN:VTIMEZONE
TZID:Customized Time Zone
BEGIN:STANDARD
DTSTART:16010101T020000
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010101T020000
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU
END:DAYLIGHT
END:VTIMEZONE
`

// A calendar's own copy of New York's rules must agree with IANA's.
func TestFromRules(t *testing.T) {
	stream, _ := ical.Decode([]byte(custom), nil)
	z, err := zone.FromRules(stream.Children[0])
	if err != nil {
		t.Fatal(err)
	}
	newYork := zone.Named("America/New_York")
	rapid.Check(t, func(t *rapid.T) {
		at := civil.Time(rapid.Int64Range(int64(civil.Of(2008, 1, 1, 0, 0, 0)), int64(civil.Of(2060, 1, 1, 0, 0, 0))).Draw(t, "at"))
		if z.Unix(at) != newYork.Unix(at) || z.Exists(at) != newYork.Exists(at) {
			t.Fatalf("%v: %d %v, IANA says %d %v", at, z.Unix(at), z.Exists(at), newYork.Unix(at), newYork.Exists(at))
		}
	})
}

func TestFind(t *testing.T) {
	stream, _ := ical.Decode([]byte(custom), nil)
	names := zone.NewNames(stream.Children)
	for tzid, want := range map[string]string{
		"America/New_York":                                          "America/New_York",
		"/mozilla.org/20050126_1/America/New_York":                  "America/New_York",
		"/softwarestudio.org/Tzfile/America/Argentina/Buenos_Aires": "America/Argentina/Buenos_Aires",
		"/Europe/Stockholm":                                         "Europe/Stockholm",
		"posix/Europe/Vaduz":                                        "Europe/Vaduz",
		"europe/isle_of_man":                                        "Europe/Isle_of_Man",
		"America/New York":                                          "America/New_York",
		"Eastern Standard Time":                                     "America/New_York",
		"eastern standard time":                                     "America/New_York",
		"W. Europe Standard Time":                                   "Europe/Berlin",
		"(UTC-05:00) Eastern Time (US & Canada)":                    "America/New_York",
		"(UTC-05:00) Eastern Time (US and Canada)":                  "America/New_York",
		`(UTC+07:00) Bangkok\, Hanoi\, Jakarta`:                     "Asia/Bangkok",
		"(GMT+10:00) Canberra, Melbourne, Sydney":                   "Australia/Sydney",
		"tzone://Microsoft/Utc":                                     "UTC",
		"US-Eastern":                                                "US/Eastern",
		"UTC":                                                       "UTC",
		"GMT":                                                       "GMT",
		"Pacific Standard Time 1":                                   "America/Los_Angeles",
		"Customized Time Zone":                                      "", // has rules, and no name
		"UTC+01":                                                    "",
		"(GMT-03:00)":                                               "",
	} {
		z := names.Find(tzid)
		if z == nil {
			t.Errorf("%q means nothing", tzid)
		} else if z.Name() != want {
			t.Errorf("%q is %q, want %q", tzid, z.Name(), want)
		}
	}
	for _, tzid := range []string{"", "Local", "Mars/Olympus", "../../etc/passwd", "Customized Time Zone 7", "tzone://Microsoft/Custom"} {
		if z := names.Find(tzid); z != nil {
			t.Errorf("%q is %q, want nothing", tzid, z.Name())
		}
	}
}

// Every name in the tables stands for a zone that exists.
func TestTables(t *testing.T) {
	zone.EachName(func(name string) {
		if z := zone.Named(name); z == nil || z.Name() == "" {
			t.Errorf("%q is no zone", name)
		}
	})
}
