package bridge

import (
	"testing"
	"unicode/utf8"

	"github.com/tenths/tenths/app"
)

// A page counts in UTF-16: what is marked must be the words that were meant.
func TestPlacesAreCountedAsAPageCounts(t *testing.T) {
	for _, c := range []struct {
		text        string
		bytes, want int
	}{
		{"Attention to file", 9, 9},
		{"Café: attention", 7, 6},
		{"📝 attention", 5, 3},
		{"short", 99, 5},
		{"short", -1, 0},
	} {
		if got := units(c.text, c.bytes); got != c.want {
			t.Errorf("units(%q, %d) = %d, want %d", c.text, c.bytes, got, c.want)
		}
	}
	text := "Révision; attention to file"
	from := len("Révision; ")
	f := draftFinding(app.FindingView{Span: &app.TextSpan{From: from, To: from + len("attention")}}, text)
	if got := string([]rune(text)[f.From:f.To]); got != "attention" || f.Place != from {
		t.Errorf("marked %q, placed at %d", got, f.Place)
	}
}

func FuzzUnits(f *testing.F) {
	f.Add("Café 📝", 6)
	f.Fuzz(func(t *testing.T, text string, bytes int) {
		if !utf8.ValidString(text) {
			t.Skip()
		}
		if n := units(text, bytes); n < 0 || n > len(text) {
			t.Fatalf("units(%q, %d) = %d", text, bytes, n)
		}
	})
}
