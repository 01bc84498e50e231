package app

import (
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
)

// Whatever is typed: a note that is taken has text, all of which was typed, and
// a duration of at most a day that does not lie ahead.
func FuzzReadNote(f *testing.F) {
	for _, s := range []string{"0.3 call", ".3h call", "20 min call", "1h30 call", "1h 30 min call", "14:00-14:30 call", "23:30–00:30 filing", "call", "2 calls", "9.99 x", "02:00-03:00 in the night"} {
		f.Add(s)
	}
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		f.Fatal(err)
	}
	now := time.Date(2026, 3, 8, 12, 0, 0, 0, zone)
	today := billing.DayOf(now, zone)
	f.Fuzz(func(t *testing.T, text string) {
		n, err := readNote(text)
		if err != nil {
			if billing.KindOf(err) != billing.Invalid {
				t.Fatal(err)
			}
			return
		}
		if n.text == "" || !strings.HasSuffix(strings.Join(strings.Fields(text), " "), n.text) {
			t.Fatalf("%q became %q", text, n.text)
		}
		if n.seconds < 0 || n.seconds > 24*3600 || n.clock && n.seconds != 0 {
			t.Fatalf("%q lasts %d s", text, n.seconds)
		}
		for _, day := range []billing.Day{today, today.Add(-1)} {
			span, bare, err := n.place(day, today, now, zone)
			if err != nil {
				continue
			}
			if span.End.After(now) || span.End.Before(span.Start) || span.Seconds() > 25*3600 || bare && !span.Empty() {
				t.Fatalf("%q on %s is %v", text, day, span)
			}
		}
	})
}
