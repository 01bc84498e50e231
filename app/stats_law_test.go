package app

import (
	"testing"

	"pgregory.net/rapid"
)

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int64
	}{{"", "", 0}, {"", "abc", 3}, {"kitten", "sitting", 3}, {"Draft motion", "Draft motion", 0}, {"Müller", "Muller", 1}} {
		if got := distance([]rune(c.a), []rune(c.b)); got != c.want {
			t.Errorf("from %q to %q are %d edits, want %d", c.a, c.b, got, c.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[ab ]{0,12}`)
		a, b, c := []rune(word.Draw(t, "a")), []rune(word.Draw(t, "b")), []rune(word.Draw(t, "c"))
		ab := distance(a, b)
		if ab != distance(b, a) || ab > distance(a, c)+distance(c, b) || (ab == 0) != (string(a) == string(b)) || ab > int64(max(len(a), len(b))) {
			t.Fatalf("%q and %q are %d apart", string(a), string(b), ab)
		}
	})
}
