package language

import (
	"strings"
	"testing"
	"time"
)

// TestLongNarratives checks that no text takes long: a pasted page is no reason
// for the window to stop.
func TestLongNarratives(t *testing.T) {
	for _, unit := range []string{
		"review x and ", "and ", "review ", "a, ", "review and ", ", and ", "regarding x and review of ", "to review and ", "[", "[name] ", "(", "x.", "U.S.",
		"begin ", "begin drafting and ", "call with x re y and with ", "2 ", "draft same; ", "email to x, ", "-", "§", "w/", "plaintiff's counsel ", "conference ", "further ",
	} {
		s := strings.Repeat(unit, 20_000/len(unit))
		start := time.Now()
		text := Parse(s)
		text.Tasks()
		if d := time.Since(start); d > time.Second {
			t.Errorf("%q: %v", unit, d)
		}
	}
}
