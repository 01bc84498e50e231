package calendar_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/capture/calendar"
)

// Rules that would make millions of instances cost little, and the latest
// instances of those that end in sight are exact.
func TestHostileRules(t *testing.T) {
	list := make([]string, 60)
	for i := range list {
		list[i] = fmt.Sprint(i)
	}
	all := strings.Join(list, ",")
	to := time.Date(2026, 3, 20, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		rule  string
		last  time.Duration // how long before the end the last instance begins; negative: not asked
		count int
	}{
		{"FREQ=SECONDLY", time.Second, calendar.Limit},
		{"FREQ=SECONDLY;INTERVAL=7", -1, calendar.Limit},
		{"FREQ=SECONDLY;COUNT=999999999", -1, calendar.Limit},
		{"FREQ=MINUTELY", time.Minute, calendar.Limit},
		{"FREQ=MINUTELY;BYMONTH=1;BYHOUR=9", -1, calendar.Limit},
		{"FREQ=MINUTELY;UNTIL=19800101T000000Z", -1, calendar.Limit},
		{"FREQ=DAILY;BYSECOND=" + all + ";BYMINUTE=" + all, 12*time.Hour - 3599*time.Second, calendar.Limit},
		{"FREQ=YEARLY;BYSECOND=" + all + ";BYMINUTE=" + all + ";BYYEARDAY=1,2,3;BYSETPOS=1,-1", -1, 114},
		{"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", -1, 1},
		{"FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", -1, 1},
		{"FREQ=SECONDLY;INTERVAL=999999999", -1, 2},
		{"FREQ=YEARLY;BYWEEKNO=53;INTERVAL=400;COUNT=1000", -1, 2},
	} {
		cal, _ := calendar.Parse([]byte(event("DTSTART:19700101T000000Z\nRRULE:" + c.rule)))
		got := cal.Instances(time.Date(1970, 1, 1, 0, 0, 0, 0, time.UTC), to, calendar.View{Zone: time.UTC})
		if steps, most := calendar.Steps(cal, to, time.UTC); steps > most {
			t.Errorf("%.60s took %d steps, of %d", c.rule, steps, most)
		}
		if len(got) != c.count {
			t.Errorf("%.60s: %d instances, want %d", c.rule, len(got), c.count)
		}
		if c.last >= 0 && to.Sub(got[len(got)-1].Span.Start) != c.last {
			t.Errorf("%.60s: the last begins %v before the end, want %v", c.rule, to.Sub(got[len(got)-1].Span.Start), c.last)
		}
	}
}

// Many hostile events share what they may cost.
func TestHostileCalendar(t *testing.T) {
	events := make([]string, 60)
	for i := range events {
		events[i] = fmt.Sprintf("UID:%d\nDTSTART:19700101T000000Z\nRRULE:FREQ=SECONDLY;COUNT=999999999", i)
	}
	path := filepath.Join(t.TempDir(), "my.ics")
	write(t, path, calendarOf(append(events, single("good", "20260319T090000Z"))...))
	var b book
	s := source(t, path, nil)
	if err := s.Once(t.Context(), "", &b); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.current(), "good 0319T0900") {
		t.Error("the good event is lost")
	}
	if list := s.Problems(); len(list) == 0 || list[0] != "event 1: it recurs too often to follow" {
		t.Errorf("problems %.200v", list)
	}
	cal, _ := calendar.Parse([]byte(calendarOf(events...)))
	if steps, most := calendar.Steps(cal, today, time.UTC); steps > most {
		t.Errorf("together they took %d steps, of %d", steps, most)
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		calendarOf(weekly, "UID:u\nRECURRENCE-ID;RANGE=THISANDFUTURE:20260309T130000Z\nDTSTART:20260310T180000Z"),
		event("DTSTART;TZID=\"a:b\":20260302T090000\nRDATE;VALUE=PERIOD:20260304T140000Z/PT3H\nEXDATE:20260304"),
		event("DTSTART;VALUE=DATE:20260302\nRRULE:FREQ=MINUTELY;BYSECOND=1\nDURATION:-P1W"),
		event("DTSTART:19700101T000000\nRRULE:FREQ=SECONDLY;COUNT=999999999;BYSETPOS=-1"),
		"BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nTZID:x\nBEGIN:STANDARD\nDTSTART:16010101T000000\nTZOFFSETTO:-0500\nRRULE:FREQ=SECONDLY\nEND:STANDARD\nEND:VTIMEZONE\nBEGIN:VEVENT\nDTSTART;TZID=x:20260302T090000",
		event("DTSTART:20260302T090000\nSUMMARY:[Re] Canceled - \u00a0\uff1a【x】(cancelled"), event("DTSTART:20260302T000000\nDTEND:99991231T235959-2359\nX-ALLDAY:1\nUID:a_R20260302T090000@google.com"),
		event("UID:040000008200E00074C5B7101A82E00807EA0B10000000000000000000000000000000000000000A7643616C2D55696401000000\nDTSTART;VALUE=DATE:20260302T090000+99"),
		message("REPLY", "UID:u\nRECURRENCE-ID:20260302T090000Z\nATTENDEE:mailto:a@b.example") + message("ADD", weekly) + message("CANCEL", "UID:u"),
		"\xff\xfeB\x00E\x00", "BEGIN:A\r\n \r\n\t:\r;=\n", "\xef\xbb\xbfBEGIN:VEVENT\nDTSTART:\xe9\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		cal, _ := calendar.Parse(data)
		for _, o := range cal.Instances(time.Unix(0, 0), today, calendar.View{Zone: time.UTC}) {
			if o.Span.End.Before(o.Span.Start) || o.ExternalID == "" || o.Revision == "" {
				t.Fatalf("a bad observation: %v %q", o.Span, o.ExternalID)
			}
		}
		if steps, most := calendar.Steps(cal, today, time.UTC); steps > most {
			t.Fatalf("it took %d steps, of %d", steps, most)
		}
	})
}

// A calendar of 5,000 events, every tenth of which recurs weekly for years.
func BenchmarkCalendar(b *testing.B) {
	events := make([]string, 5000)
	for i := range events {
		start := time.Date(2022, 1, 3, 9, 0, 0, 0, time.UTC).Add(time.Duration(i) * 7 * time.Hour).Format("20060102T150405")
		events[i] = fmt.Sprintf("UID:%d@calendar.example\nDTSTART;TZID=America/New_York:%s\nDURATION:PT45M\nSUMMARY:Conference with counsel\nDESCRIPTION:%s\nORGANIZER;CN=A:mailto:a@x.example\nATTENDEE;CN=B;PARTSTAT=ACCEPTED:mailto:b@x.example",
			i, start, strings.Repeat("notes ", 50))
		if i%10 == 0 {
			events[i] += "\nRRULE:FREQ=WEEKLY"
		}
	}
	data := []byte(calendarOf(events...))
	b.SetBytes(int64(len(data)))
	b.Run("parse", func(b *testing.B) {
		for b.Loop() {
			calendar.Parse(data)
		}
	})
	path := filepath.Join(b.TempDir(), "my.ics")
	write(b, path, string(data))
	var kept book
	if err := source(b, path, nil).Once(b.Context(), "", &kept); err != nil {
		b.Fatal(err)
	}
	b.Run("first look", func(b *testing.B) {
		for b.Loop() {
			var fresh book
			if err := source(b, path, nil).Once(b.Context(), "", &fresh); err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(len(kept.all)), "instances")
		b.ReportMetric(float64(len(kept.at)), "cursor-bytes")
	})
	b.Run("nothing changed", func(b *testing.B) {
		for b.Loop() {
			if err := source(b, path, nil).Once(b.Context(), kept.at, &kept); err != nil {
				b.Fatal(err)
			}
		}
	})
}
