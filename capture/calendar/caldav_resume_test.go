package calendar_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/capture/calendar"
)

// limitedSink fails for good after some records.
type limitedSink struct {
	*book
	left int
}

func (s *limitedSink) Record(ctx context.Context, list []billing.Observation, at capture.Cursor) error {
	if s.left--; s.left < 0 {
		return errDisk
	}
	return s.book.Record(ctx, list, at)
}

// A first look that breaks off is taken up where it was, also when events went
// away meanwhile.
func TestCalDAVFirstLookBreaksOff(t *testing.T) {
	s := &script{}
	a := scripted(t, s)
	clear(s.events)
	const events = 1500
	for i := range events {
		s.events[fmt.Sprintf("%04d.ics", i)] = calendarOf(single(fmt.Sprint("e", i), "20260319T090000Z"))
	}
	if err := a.source().Once(t.Context(), a.at, &limitedSink{&a.book, 1}); !errors.Is(err, errDisk) {
		t.Fatal(err)
	}
	if n := len(a.all); n < 400 || n >= events {
		t.Fatalf("%d recorded before it broke off", n)
	}
	for i := range 1400 { // some that were recorded, and some that were not
		delete(s.events, fmt.Sprintf("%04d.ics", i))
	}
	s.ctag = "2"
	a.look()
	if n := strings.Count(a.current(), ", ") + 1; n != events-1400 {
		t.Errorf("%d meetings, want %d", n, events-1400)
	}
	a.quiet(1)
}

func FuzzCalDAVCursor(f *testing.F) {
	f.Add(`{"caldav":1,"collections":[{"url":"http://127.0.0.1/c/","members":{"a.ics":{}}}]}`)
	f.Add(`{"caldav":1,"collections":[null]}`)
	f.Add(`{"caldav":1,"collections":[{"url":"http://127.0.0.1/c/","members":{"a.ics":null}}]}`)
	f.Add("?")
	f.Fuzz(func(t *testing.T, s string) {
		once := calendar.AccountCursor(capture.Cursor(s))
		if again := calendar.AccountCursor(once); again != once {
			t.Fatalf("%q becomes %q", once, again)
		}
	})
}
