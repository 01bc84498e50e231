package calendar_test

import (
	"path"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/capture/calendar"
	"github.com/tenths/tenths/internal/peer"
)

// Calendars that other programs wrote, and broken ones that they are tested
// with: none may panic, take long or lack an order.
func TestCorpus(t *testing.T) {
	files, events, instances, problems := 0, 0, 0, 0
	eachCalendar(t, func(name string, data []byte) {
		files++
		c, list := calendar.Parse(data)
		from, to := time.Date(1990, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2030, 1, 1, 0, 0, 0, 0, time.UTC)
		got := c.Instances(from, to, calendar.View{Zone: time.UTC})
		if steps, most := calendar.Steps(c, to, time.UTC); steps > most {
			t.Errorf("%s took %d steps, of %d", name, steps, most)
		}
		seen := map[string]bool{}
		for i, o := range got {
			if seen[o.ExternalID] {
				t.Errorf("%s: %q comes twice", name, o.ExternalID)
			}
			seen[o.ExternalID] = true
			if i > 0 && o.Span.Start.Before(got[i-1].Span.Start) || o.Span.End.Before(o.Span.Start) {
				t.Errorf("%s: instance %d is out of order", name, i)
			}
		}
		problems += len(list)
		instances += len(got)
		events += strings.Count(string(data), "BEGIN:VEVENT")
	})
	if files < 400 {
		t.Errorf("only %d calendars were read", files)
	}
	t.Logf("%d calendars, %d events, %d instances, %d problems", files, events, instances, problems)
}

func eachCalendar(t testing.TB, do func(name string, data []byte)) {
	t.Helper()
	for name, data := range peer.Archive(t, "data", "calendars", "calendars.tar.gz") {
		if path.Ext(name) == ".ics" {
			do(name, data)
		}
	}
}
