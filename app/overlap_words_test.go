package app

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// What lies within a meeting is told in whole minutes, one in the singular, and
// never as nothing.
func TestMinutesWithinAMeetingAreToldInWords(t *testing.T) {
	for seconds, want := range map[int64]string{
		1: "1 minute of it lies", 29: "1 minute of it lies", 60: "1 minute of it lies", 89: "1 minute of it lies",
		90: "2 minutes of it lie", 660: "11 minutes of it lie", 3_600: "60 minutes of it lie",
	} {
		if got := minutesThat(seconds, "of it lies", "of it lie"); got != want {
			t.Errorf("%d seconds: %q, want %q", seconds, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		got := minutesThat(rapid.Int64Range(1, 86_400).Draw(t, "seconds"), "one", "more")
		if number, rest, _ := strings.Cut(got, " "); (number == "1") != (rest == "minute one") || number == "0" {
			t.Fatal(got)
		}
	})
}
