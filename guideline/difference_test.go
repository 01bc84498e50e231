package guideline

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func shown(pieces []Piece) string {
	var b strings.Builder
	for _, p := range pieces {
		mark := map[PieceKind]string{PieceSame: "%s", PieceGone: "[-%s-]", PieceNew: "{+%s+}"}[p.Kind]
		fmt.Fprintf(&b, mark, p.Text)
	}
	return b.String()
}

func TestDifference(t *testing.T) {
	for _, c := range []struct{ before, after, want string }{
		{"Call", "Call", "Call"},
		{"Call regarding lease", "Call with client regarding lease", "Call {+with client +}regarding lease"},
		{"Review docs", "Review documents", "Review [-docs-]{+documents+}"},
		{"", "Draft", "{+Draft+}"},
		{"Draft", "", "[-Draft-]"},
		{strings.Repeat("a ", mostWords), "a", "[-" + strings.Repeat("a ", mostWords) + "-]{+a+}"},
	} {
		if got := shown(Difference(c.before, c.after)); got != c.want {
			t.Errorf("%q to %q: %s, want %s", c.before, c.after, got, c.want)
		}
	}
}

func TestADifferenceLosesNothing(t *testing.T) {
	text := rapid.StringOfN(rapid.RuneFrom([]rune("ab \n\té\xff")), 0, 40, -1)
	rapid.Check(t, func(t *rapid.T) {
		before, after := text.Draw(t, "before"), text.Draw(t, "after")
		var old, fresh string
		last := PieceKind("")
		for _, p := range Difference(before, after) {
			if p.Text == "" || p.Kind == last {
				t.Fatalf("a piece is empty or could be joined: %+v", p)
			}
			last = p.Kind
			if p.Kind != PieceNew {
				old += p.Text
			}
			if p.Kind != PieceGone {
				fresh += p.Text
			}
		}
		if old != before || fresh != after {
			t.Fatalf("pieces make %q and %q of %q and %q", old, fresh, before, after)
		}
	})
}
