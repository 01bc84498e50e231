package mail

import (
	"fmt"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"pgregory.net/rapid"
)

func newYork(t testing.TB) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// TestDatesAsTheyOccur: one instant, in the ways in which programs write it.
func TestDatesAsTheyOccur(t *testing.T) {
	want := time.Date(2026, 3, 17, 15, 4, 5, 0, time.UTC) // a Tuesday, in summer time in New York
	zone := newYork(t)
	for _, in := range []string{
		"Di., 17 März 2026 16:04:05 +0100 (MEZ)", "Di, 17 Mrz 2026 16:04:05 MEZ", "mar., 17 mars 2026 11:04:05 -0400", "mar, 17 mar 2026 11:04:05 -04",
		"mar 17 mar 2026, 11:04:05 -04:00", "martes, 17 de marzo de 2026 11:04:05 -0400", "ter, 17 março 2026 11:04:05 -0400", "di, 17 mrt 2026 16:04:05 +0100",
		"wt., 17 marca 2026 16:04:05 +0100", "ti 17 maaliskuuta 2026 17:04:05 EET", "Вт, 17 мар 2026 18:04:05 +0300", "2026年3月17日 23:04:05 +0800",
		"17 MAR 26 15:04:05 UT", "17 Mar 126 15:04:05 GMT", "17-Mar-26 15:04:05 Z", "Tue, 17 Mar 2026 11:04:05 AM -0400", "Tue, 17 Mar 2026 03:04:05 PM +0000",
		"Tue, 17 Mar 2026 11:04:05 America/New_York", "Tue, 17 Mar 2026 11:04:05 (America/New_York)", "Tue, 17 Mar 2026 11:04:05 EST5EDT", "Tue, 17 Mar 2026 11:04:05 (Eastern Daylight Time)",
		"Tue, 17 Mar 2026 15:04:05 -0000", "Tue Mar 17 2026 11:04:05 GMT-0400 (Eastern Daylight Time)", "Tue, 17 Mar 2026 20:34:05 +5:30",
		"3/17/2026 11:04:05 AM", "3/17/2026 11:04:05", "17/03/2026 11:04:05", "17.03.2026 11:04:05", "2026-03-17 11:04:05", "2026-03-17T11:04:05.123-04:00",
		"Tue, 17 Mar 2026 11:04:05", "Tue, 17 Mar 2026 11:04:05 XYZ", "Tue, 17 Mar 2026 11:04:05 +9999", "March 17th, 2026 at 11:04:05 a.m.",
		"=?utf-8?Q?mar.,_17_mars_2026_11:04:05_-0400?=", "Tue Mar 17 11:04:05 EDT 2026",
	} {
		if m, ok := parseDate(in, zone); !ok || !m.at.Equal(want) {
			t.Errorf("%q reads %v, want %v", in, m.at, want)
		}
	}
}

func TestDatesThatTellTooLittle(t *testing.T) {
	zone := newYork(t)
	for _, in := range []string{
		"Mon, 31 Nov 2026 10:00:00 -0500", "29 Feb 2026 10:00:00 -0500", "0 Nov 2026 10:00:00 -0500", "16 Nov 2026", "16 Foo 2026 10:00:00 -0500",
		"Mon, 16 Nov 2026 25:00:00 -0500", "Mon, 16 Nov 2026 24:00:01 -0500", "13/13/2026 10:00:00", "Mon, 16 Nov 0000 10:00:00 -0500", "10:00:00 -0500", "-0500", "Tue, 17 Mar 2026 11:03:65 x (y", "Nov", "1:1",
	} {
		if m, ok := parseDate(in, zone); ok {
			t.Errorf("%q reads %v, want nothing", in, m.at)
		}
	}
	for in, want := range map[string]bool{
		"Mon, 16 Nov 2026 10:00:00 -0500": true, "Mon, 16 Nov 2026 10:00:60 -0500": true, "Mon, 16 Nov 2026 24:00:00 -0500": true, "Mon, 16 Nov 2026 10:00:00 -0000": true,
		"Mon, 16 Nov 2026 10:00:00 +0000 (Eastern Standard Time)": false, "Mon, 16 Nov 2026 10:00:00 +0000 (GMT)": true, "Mon, 16 Nov 2026 10:00:00 +0000 (Greenwich Mean Time)": true,
		"Mon, 16 Nov 2026 10:00:00 -0500 (CST)": true, "Mon, 16 Nov 2026 10:00:00 ABC": false, "Mon, 16 Nov 2026 10:00:00": false, "Mon, 16 Nov 2026 10:00:00 +2500": false,
		"11/12/2026 10:00:00 -0500": false, "11/11/2026 10:00:00 -0500": true, "11/12/2026 10:00:00 AM -0500": true, "Mon, 16 Nov 2026 10:00:00 Nowhere/Else": false,
	} {
		if m, ok := parseDate(in, zone); !ok || m.sure != want {
			t.Errorf("%q reads %v, sure %v; want sure %v", in, m.at, m.sure, want)
		}
	}
}

// TestDoubtfulDatesAndTheirDelivery: where a date can be read in several ways,
// the delivery tells which; else it stands for the date.
func TestDoubtfulDatesAndTheirDelivery(t *testing.T) {
	zone := newYork(t)
	clock := func(hour, min int) time.Time { return time.Date(2026, 11, 16, hour, min, 0, 0, time.UTC) }
	const contradictory, floating = "Mon, 16 Nov 2026 10:00:00 +0000 (Eastern Standard Time)", "Mon, 16 Nov 2026 10:00:00"
	for name, c := range map[string]struct {
		date             string
		received, stored time.Time
		want             time.Time
	}{
		"the comment is right":         {contradictory, clock(15, 1), time.Time{}, clock(15, 0)},
		"the offset is right":          {contradictory, clock(10, 1), time.Time{}, clock(10, 0)},
		"neither is":                   {contradictory, clock(20, 1), time.Time{}, clock(20, 1)},
		"the mailbox knows":            {contradictory, time.Time{}, clock(15, 1), clock(15, 0)},
		"the mailbox is all there is":  {contradictory, time.Time{}, clock(22, 0), clock(22, 0)},
		"floating, relayed at once":    {floating, clock(15, 2), time.Time{}, clock(15, 0)},
		"floating, in another zone":    {floating, clock(9, 2), time.Time{}, clock(9, 2)},
		"floating, in a copied folder": {floating, time.Time{}, clock(15, 0).AddDate(1, 0, 0), clock(15, 0)},
		"floating, in the future":      {floating, time.Time{}, clock(15, 0).AddDate(0, 0, -5), clock(15, 0).AddDate(0, 0, -5)},
		"no such day":                  {"Mon, 31 Nov 2026 10:00:00 -0500", time.Time{}, clock(15, 0), clock(15, 0)},
	} {
		h := header{{"date", c.date}}
		if !c.received.IsZero() {
			h = append(h, field{"received", "from a by b; " + c.received.Format(time.RFC1123Z)})
		}
		at, seen, known := h.sentAt(c.stored, zone)
		if !known || seen || !at.Equal(c.want) {
			t.Errorf("%s: %v, seen %v, known %v; want %v, worked out", name, at, seen, known, c.want)
		}
	}
}

// TestDateWrittenIsDateRead: an instant survives every way of writing it with an
// offset; and no day becomes another one.
func TestDateWrittenIsDateRead(t *testing.T) {
	zone := newYork(t)
	rapid.Check(t, func(t *rapid.T) {
		offset := rapid.IntRange(-12*4, 14*4).Draw(t, "quarters") * 15 * 60
		at := time.Unix(rapid.Int64Range(1e9, 4e9).Draw(t, "at"), 0).In(time.FixedZone("", offset))
		layout := rapid.SampledFrom([]string{
			time.RFC1123Z, "2 Jan 2006 15:04:05 -0700", "Mon Jan 2 15:04:05 2006 -0700", "Mon Jan 2 15:04:05 -0700 2006", "2-Jan-2006 15:04:05 -0700", "02 Jan 06 15:04:05 -0700",
			"Monday, January 2, 2006 3:04:05 PM -0700", "2006-01-02T15:04:05-07:00", "2006/01/02 15:04:05 -0700", "1/2/2006 3:04:05 PM -0700", "2.1.2006 15:04:05 -0700", "Mon, 2 Jan 2006 15:04:05 GMT-07:00",
		}).Draw(t, "layout")
		in := at.Format(layout)
		if at.Year() >= 2050 && strings.Contains(layout, "Jan 06") {
			return
		}
		if m, ok := parseDate(in, zone); !ok || !m.sure || !m.at.Equal(at) {
			t.Fatalf("%q reads %+v, want %v", in, m, at.UTC())
		}
		day, month := rapid.IntRange(1, 31).Draw(t, "day"), rapid.IntRange(1, 12).Draw(t, "month")
		in = fmt.Sprintf("%d %s 2026 12:00:00 +0000", day, time.Month(month).String()[:3])
		if m, ok := parseDate(in, zone); ok && (m.at.Day() != day || int(m.at.Month()) != month) {
			t.Fatalf("%q reads %v", in, m.at)
		}
	})
}

func FuzzDate(f *testing.F) {
	for _, s := range []string{"Mon, 16 Nov 2026 10:00:00 +0000 (EST)", "16 NOV 26 11:28:27 UT", "11/16/2026 10:00 PM", "Nov 16 10:00 America/../x", "((16-11-2026", "2026年11月16日 10:00", "1 mar 1 mar 1:11 a. m. +"} {
		f.Add(s)
	}
	zone := newYork(f)
	f.Fuzz(func(t *testing.T, s string) {
		m, ok := parseDate(s, zone)
		if ok && (m.at.Year() < firstYear-1 || m.at.Year() > lastYear+1 || m.at.Location() != time.UTC || m.sure && len(m.or) > 0) {
			t.Errorf("%q reads %+v", s, m)
		}
	})
}
