package billing_test

import (
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
)

func TestDaySpan(t *testing.T) {
	for _, c := range []struct {
		zone, day string
		hours     float64
		start     string // local, with offset
	}{
		{"America/New_York", "2026-11-19", 24, "2026-11-19T00:00:00-05:00"},
		{"America/New_York", "2026-03-08", 23, "2026-03-08T00:00:00-05:00"},
		{"America/New_York", "2026-11-01", 25, "2026-11-01T00:00:00-04:00"},
		{"America/Sao_Paulo", "2018-11-04", 23, "2018-11-04T01:00:00-02:00"}, // midnight does not exist
		{"America/Havana", "2025-11-02", 25, "2025-11-02T00:00:00-04:00"},    // midnight exists twice
		{"Pacific/Apia", "2011-12-30", 0, "2011-12-31T00:00:00+14:00"},       // the date does not exist
		{"Asia/Kolkata", "2026-01-01", 24, "2026-01-01T00:00:00+05:30"},
	} {
		loc, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		day, err := billing.ParseDay(c.day)
		if err != nil {
			t.Fatal(err)
		}
		span := day.Span(loc)
		if got := span.End.Sub(span.Start).Hours(); got != c.hours {
			t.Errorf("%s in %s has %v hours, want %v", c.day, c.zone, got, c.hours)
		}
		if got := span.Start.Format(time.RFC3339); got != c.start {
			t.Errorf("%s in %s starts %s, want %s", c.day, c.zone, got, c.start)
		}
	}
}
