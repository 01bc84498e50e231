package calendar_test

import (
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture/calendar"
)

// bare is an event as it stands in a calendar, without the calendar.
func bare(lines string) string {
	return "BEGIN:VEVENT\r\n" + strings.ReplaceAll(lines, "\n", "\r\n") + "\r\nEND:VEVENT\r\n"
}

// Events that stand in no calendar are read and reported; that one of them is
// gone proves nothing, for no END tells that the file is whole.
func TestBareEvents(t *testing.T) {
	path := filepath.Join(t.TempDir(), "bare.ics")
	a, b := bare(single("a", "20260318T090000Z")), bare(single("b", "20260319T090000Z"))
	write(t, path, a+b)
	var kept book
	s := source(t, path, nil)
	if err := s.Once(t.Context(), "", &kept); err != nil {
		t.Fatal(err)
	}
	got := kept.current()
	if !strings.Contains(got, "a 0318T0900") || !strings.Contains(got, "b 0319T0900") {
		t.Errorf("got %s", got)
	}
	if list := s.Problems(); len(list) == 0 || list[0] != "line 1: it stands in no calendar; it was read all the same" {
		t.Errorf("problems %v", list)
	}
	write(t, path, a)
	if err := s.Once(t.Context(), kept.at, &kept); err != nil {
		t.Fatal(err)
	}
	if now := kept.current(); now != got {
		t.Errorf("got %s, want %s", now, got)
	}
}

// Every file of the corpus that has events is taken, whatever stands around
// them; the ones without a calendar say so.
func TestBareCorpus(t *testing.T) {
	path, n := filepath.Join(t.TempDir(), "one.ics"), 0
	eachCalendar(t, func(name string, data []byte) {
		text := "\n" + strings.ReplaceAll(strings.ToUpper(string(data)), "\r", "\n")
		if !strings.Contains(text, "\nBEGIN:VEVENT\n") || strings.Contains(text, "BEGIN:VCALENDAR\n") {
			return
		}
		n++
		write(t, path, string(data))
		s := source(t, path, nil)
		err := s.Once(t.Context(), "", &book{})
		var known *billing.Error
		if errors.As(err, &known) && known.Kind == billing.Invalid {
			t.Errorf("%s is refused: %v", name, err)
		}
		if len(s.Problems()) == 0 {
			t.Errorf("%s: nothing is said of the calendar that is missing", name)
		}
	})
	if n < 20 {
		t.Errorf("only %d files", n)
	}
}

// What is against RFC 5545 but plain enough costs as little as can be.
func TestAgainstTheRules(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"a date that ends at a time of day (section 3.8.2.2)", event("DTSTART;VALUE=DATE:20260302\nDTEND:20260303T043000Z"), "0302T0000+0000/0303T0430"},
		{"a date that ends where it begins", event("DTSTART;VALUE=DATE:20260302\nDTEND;VALUE=DATE:20260302"), "0302T0000+0000/0303T0000"},
		{"two meetings with one UID (section 3.8.4.7)", calendarOf(single("u", "20260302T090000Z"), single("u", "20260303T090000Z")),
			"0302T0900+0000/1000 x\n0303T0900+0000/1000 x"},
		{"a copy", calendarOf(single("u", "20260302T090000Z"), single("u", "20260302T090000Z")), "0302T0900+0000/1000 x"},
		{"a meeting moved", calendarOf(single("u", "20260302T090000Z"), single("u", "20260303T090000Z")+"\nSEQUENCE:1"), "0303T0900+0000/1000 x"},
		{"a meeting moved, and its later state first", calendarOf(single("u", "20260303T090000Z")+"\nSEQUENCE:1", single("u", "20260302T090000Z")), "0303T0900+0000/1000 x"},
	} {
		cal, _ := calendar.Parse([]byte(c.text))
		got := cal.Instances(time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC), calendar.View{Zone: time.UTC})
		if s := shown(got, time.UTC); s != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, s, c.want)
		}
		ids := map[string]bool{}
		for _, o := range got {
			if ids[o.ExternalID] {
				t.Errorf("%s: two have one name", c.name)
			}
			ids[o.ExternalID] = true
		}
	}
}
