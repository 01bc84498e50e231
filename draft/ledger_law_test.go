package draft

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
)

// A ledger is what Union and Subtract say, told faster.
func TestLedger(t *testing.T) {
	day := time.Date(2026, 11, 19, 0, 0, 0, 0, time.UTC)
	span := func(t *rapid.T, name string) billing.Span {
		from := rapid.IntRange(0, 60).Draw(t, name)
		return billing.Span{Start: day.Add(time.Duration(from) * time.Minute), End: day.Add(time.Duration(from+rapid.IntRange(0, 20).Draw(t, "length")) * time.Minute)}
	}
	rapid.Check(t, func(t *rapid.T) {
		var l ledger
		var plain []billing.Span
		for range rapid.IntRange(0, 12).Draw(t, "claims") {
			p := piece{spans: []billing.Span{span(t, "claim")}}
			want := billing.Subtract(p.spans[0], plain)
			if p.spans[0].Empty() {
				want = nil
			}
			l.settle(&p)
			if !slices.Equal(p.spans, want) {
				t.Fatalf("got %v, want %v", p.spans, want)
			}
			plain = billing.Union(append(plain, want...))
			if !slices.Equal(l, plain) {
				t.Fatalf("holds %v, want %v", l, plain)
			}
		}
		window, need := span(t, "window"), time.Duration(rapid.IntRange(1, 10).Draw(t, "need"))*time.Minute
		free := billing.Subtract(window, plain)
		if window.Empty() {
			free = nil
		}
		var first, last []billing.Span
		if n := len(free); n > 0 {
			f, b := free[0], free[n-1]
			f.End = f.Start.Add(min(need, f.End.Sub(f.Start)))
			b.Start = b.End.Add(-min(need, b.End.Sub(b.Start)))
			first, last = []billing.Span{f}, []billing.Span{b}
		}
		if got := l.freeAfter(window.Start, billing.Span{}, billing.Span{Start: day, End: window.End}, need); !slices.Equal(got, first) {
			t.Fatalf("first free %v, want %v", got, first)
		}
		if got := l.freeBefore(window, need); !slices.Equal(got, last) {
			t.Fatalf("last free %v, want %v", got, last)
		}
	})
}
