package calendar_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture/calendar"
)

func readIn(loc *time.Location, text string) []billing.Observation {
	cal, _ := calendar.Parse([]byte(text))
	return cal.Instances(today, today.AddDate(1, 0, 0), calendar.View{Own: []string{"me@firm.example"}, Zone: loc})
}

// One event is one, in whatever calendar and however it is written there.
func TestSame(t *testing.T) {
	ny := location(t, newYork)
	const (
		zoned    = "DTSTART;TZID=America/New_York:20261116T100000\nDURATION:PT1H\n"
		series   = "UID:u\nDTSTART;TZID=America/New_York:20261109T100000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=2"
		exchange = "040000008200E00074C5B7101A82E008%s0000000000000000000000000000000010000000000102030405060708090A0B0C0D0E0F"
		foreign  = "040000008200E00074C5B7101A82E00800000000000000000000000000000000000000000E0000007643616C2D55696401000000" + "7500"
	)
	for _, c := range []struct {
		name, a, b string
		same       bool
	}{
		{"twice", "UID:u\n" + zoned, "UID:u\n" + zoned, true},
		{"moved", "UID:u\n" + zoned, "UID:u\nSEQUENCE:1\nDTSTART:20261117T150000Z", true},
		{"two", "UID:u\n" + zoned, "UID:v\n" + zoned, false},
		{"an instance in UTC", series, "UID:u\nRECURRENCE-ID:20261116T150000Z\nDTSTART:20261116T190000Z", true},
		{"an instance of another zone", series, "UID:u\nRECURRENCE-ID;TZID=Europe/Berlin:20261116T160000\n" + zoned, true},
		{"an instance by local time", series, "UID:u\nRECURRENCE-ID:20261116T100000\n" + zoned, true},
		{"another instance", series, "UID:u\nRECURRENCE-ID:20261117T150000Z\n" + zoned, false},
		{"Google's instance", strings.Replace(series, "UID:u", "UID:abc@google.com", 1), "UID:abc_20261116T150000Z@google.com\n" + zoned, true},
		{"Google's later part", strings.Replace(series, "UID:u", "UID:abc_R20261109T150000@google.com", 1), "UID:abc_20261116T150000Z@google.com\n" + zoned, true},
		{"Exchange's instance", strings.Replace(series, "UID:u", "UID:"+fmt.Sprintf(exchange, "00000000"), 1), "UID:" + fmt.Sprintf(exchange, "07ea0b10") + "\n" + zoned, true},
		{"another of Exchange's", strings.Replace(series, "UID:u", "UID:"+fmt.Sprintf(exchange, "00000000"), 1), "UID:" + fmt.Sprintf(exchange, "07EA0B11") + "\n" + zoned, false},
		{"in small letters", "UID:" + strings.ToLower(fmt.Sprintf(exchange, "00000000")) + "\n" + zoned, "UID:" + fmt.Sprintf(exchange, "00000000") + "\n" + zoned, true},
		{"another program's, kept by Exchange", "UID:" + foreign + "\n" + zoned, "UID:u\n" + zoned, true},
		{"a whole day, marked or written", "UID:u\nDTSTART:20261115T050000Z\nDTEND:20261116T050000Z\nRRULE:FREQ=DAILY;COUNT=2\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
			"UID:u\nDTSTART;VALUE=DATE:20261116\nRRULE:FREQ=DAILY;COUNT=2", true},
		{"no name", zoned, zoned, false},
	} {
		names := map[string]bool{}
		for _, o := range readIn(ny, calendarOf(c.a)) {
			names[o.Same] = o.Same != ""
		}
		shared := false
		for _, o := range readIn(ny, calendarOf(c.b)) {
			shared = shared || names[o.Same]
		}
		if shared != c.same {
			t.Errorf("%s: the same: %v", c.name, shared)
		}
	}
}

// Two meetings to which somebody gave one UID are two.
func TestClash(t *testing.T) {
	list := readIn(time.UTC, calendarOf("UID:u\nDTSTART:20261116T150000Z\nDURATION:PT1H", "UID:u\nDTSTART:20261117T150000Z\nDURATION:PT1H"))
	if len(list) != 2 || list[0].Same == list[1].Same {
		t.Errorf("%v", list)
	}
}

func TestCopy(t *testing.T) {
	o := readIn(time.UTC, calendarOf("UID:u\nSEQUENCE:3\nDTSTAMP:20260302T090000Z\nLAST-MODIFIED:20260301T090000Z\nDTSTART:20261116T150000Z\nATTENDEE;PARTSTAT=TENTATIVE:mailto:me@firm.example"))[0]
	if want := (billing.Copy{Sequence: 3, Stamp: time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC), Answer: "tentative"}); o.Copy != want {
		t.Errorf("got %v, want %v", o.Copy, want)
	}
	a, b := calendarOf("UID:u\nDTSTAMP:20260302T090000Z\nDTSTART:20261116T150000Z"), calendarOf("UID:u\nDTSTAMP:20260302T090500Z\nDTSTART:20261116T150000Z")
	if readIn(time.UTC, a)[0].Revision != readIn(time.UTC, b)[0].Revision {
		t.Error("the moment of asking alone makes a revision")
	}
}

// written is an event as a calendar may write it: with its instances as a
// series, or each by itself, in one zone or another.
type written struct {
	uid         string
	start       time.Time
	count       int
	moved       int // the instance that was moved, -1 for none
	allDay, rec bool
}

func (e written) series(loc *time.Location, floating bool) []string {
	at := func(name string, t time.Time) string {
		switch {
		case e.allDay:
			return name + ";VALUE=DATE:" + t.Format("20060102")
		case floating:
			return name + ":" + t.Format("20060102T150405")
		case loc == time.UTC:
			return name + ":" + t.UTC().Format("20060102T150405Z")
		}
		return name + ";TZID=" + loc.String() + ":" + t.In(loc).Format("20060102T150405")
	}
	master := "UID:" + e.uid + "\n" + at("DTSTART", e.start)
	if !e.rec {
		return []string{master}
	}
	out := []string{master + fmt.Sprintf("\nRRULE:FREQ=DAILY;COUNT=%d", e.count)}
	if e.moved >= 0 {
		was := e.start.AddDate(0, 0, e.moved)
		out = append(out, "UID:"+e.uid+"\n"+at("RECURRENCE-ID", was)+"\n"+at("DTSTART", was.AddDate(0, 0, 1).Add(90*time.Minute)))
	}
	return out
}

// instances writes each instance by itself.
func (e written) instances() (out []string) {
	if !e.rec {
		return e.series(time.UTC, false)
	}
	for i := range e.count {
		at := e.start.AddDate(0, 0, i)
		if e.allDay {
			out = append(out, fmt.Sprintf("UID:%s\nRECURRENCE-ID;VALUE=DATE:%s\nDTSTART;VALUE=DATE:%[2]s", e.uid, at.Format("20060102")))
			continue
		}
		s := at.UTC().Format("20060102T150405Z")
		out = append(out, fmt.Sprintf("UID:%s\nRECURRENCE-ID:%s\nDTSTART:%[2]s", e.uid, s))
	}
	return out
}

// A calendar that repeats another, in its own spelling, brings no event whose
// name is not there already.
func TestSameLaw(t *testing.T) {
	ny := location(t, newYork)
	zones := []*time.Location{time.UTC, ny, location(t, berlin), location(t, "Asia/Kolkata")}
	rapid.Check(t, func(t *rapid.T) {
		var events []written
		for i := range rapid.IntRange(1, 4).Draw(t, "events") {
			hour := rapid.IntRange(1, 22).Draw(t, "hour")
			// Within July no clocks change, so that a day is as long for all.
			e := written{uid: fmt.Sprintf("e%d", i), start: time.Date(2026, 7, rapid.IntRange(1, 9).Draw(t, "day"), hour, 30, 0, 0, ny),
				count: rapid.IntRange(1, 5).Draw(t, "count"), rec: rapid.Bool().Draw(t, "recurs"), allDay: rapid.Bool().Draw(t, "all day"), moved: -1}
			if rapid.Bool().Draw(t, "moved") {
				e.moved = rapid.IntRange(0, e.count-1).Draw(t, "which")
			}
			events = append(events, e)
		}
		var first, second []string
		for _, e := range events {
			first = append(first, e.series(ny, false)...)
			if rapid.Bool().Draw(t, "each by itself") {
				second = append(second, e.instances()...)
			} else {
				second = append(second, e.series(rapid.SampledFrom(zones).Draw(t, "zone"), rapid.Bool().Draw(t, "floating"))...)
			}
		}
		names := map[string]bool{}
		for _, o := range readIn(ny, calendarOf(first...)) {
			if names[o.Same] {
				t.Fatal("two events of one calendar have one name")
			}
			names[o.Same] = true
		}
		slices.Reverse(second)
		for _, o := range readIn(ny, calendarOf(second...)) {
			if !names[o.Same] {
				t.Fatalf("%s is new in\n%s\nbeside\n%s", o.ExternalID, strings.Join(second, "\n"), strings.Join(first, "\n"))
			}
		}
	})
}
