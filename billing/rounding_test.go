package billing_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
)

// The vectors of the Massachusetts CPCS assigned counsel manual, nearest tenth:
// tasks are rounded one by one, small calls on one matter together.
func TestRoundingVectors(t *testing.T) {
	nearest := billing.Tenths
	up := billing.RoundingPolicy{Mode: billing.RoundUp, Increment: 6, Scope: billing.ScopeEntry, Tie: billing.TieUp}
	quarter := billing.RoundingPolicy{Mode: billing.RoundNearest, Increment: 15, Scope: billing.ScopeEntry, Tie: billing.TieDown}
	for _, c := range []struct {
		what    string
		policy  billing.RoundingPolicy
		seconds int64
		minutes int64
	}{
		{"8 minutes are 0.1", nearest, 8 * 60, 6},
		{"13 minutes are 0.2", nearest, 13 * 60, 12},
		{"a lone call of 3 minutes is 0.1", nearest, 3 * 60, 6},
		{"four calls of 3 minutes are 0.2", nearest, 4 * 3 * 60, 12},
		{"a second of work is the minimum", nearest, 1, 6},
		{"no work is nothing, whatever the minimum", nearest, 0, 0},
		{"9 minutes are a tie, up", nearest, 9 * 60, 12},
		{"a second less than the tie", nearest, 9*60 - 1, 6},
		{"up: a second over", up, 6*60 + 1, 12},
		{"up: exactly", up, 12 * 60, 12},
		{"quarters: a tie, down", quarter, 22*60 + 30, 15},
		{"quarters: over the tie", quarter, 22*60 + 31, 30},
		{"quarters without a minimum can be nothing", quarter, 7 * 60, 0},
	} {
		if got := c.policy.Minutes(c.seconds); got != c.minutes {
			t.Errorf("%s: %d s became %d min, want %d", c.what, c.seconds, got, c.minutes)
		}
	}
}

func policies() *rapid.Generator[billing.RoundingPolicy] {
	return rapid.Custom(func(t *rapid.T) billing.RoundingPolicy {
		return billing.RoundingPolicy{
			Mode:      rapid.SampledFrom([]billing.RoundingMode{billing.RoundUp, billing.RoundNearest}).Draw(t, "mode"),
			Increment: rapid.Int64Range(1, 60).Draw(t, "increment"),
			Scope:     rapid.SampledFrom([]billing.RoundingScope{billing.ScopeEntry, billing.ScopeMatterDay}).Draw(t, "scope"),
			Tie:       rapid.SampledFrom([]billing.TieRule{billing.TieUp, billing.TieDown}).Draw(t, "tie"),
			Minimum:   rapid.Int64Range(0, 15).Draw(t, "minimum"),
		}
	})
}

func TestRoundingLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := policies().Draw(t, "policy")
		if err := p.Validate(); err != nil {
			t.Fatal(err)
		}
		seconds := rapid.Int64Range(1, 86400).Draw(t, "seconds")
		got := p.Minutes(seconds)
		if got > p.Minimum {
			if got%p.Increment != 0 {
				t.Fatalf("%d min are no multiple of %d", got, p.Increment)
			}
			off := got*60 - seconds
			if off >= p.Increment*60 || off <= -p.Increment*60 {
				t.Fatalf("%d s became %d min: off by an increment", seconds, got)
			}
			if p.Mode == billing.RoundUp && off < 0 {
				t.Fatalf("rounding up lost %d s", -off)
			}
			if p.Mode == billing.RoundNearest && 2*max(off, -off) > p.Increment*60 {
				t.Fatalf("%d min is not nearest to %d s", got, seconds)
			}
		}
		if more := p.Minutes(seconds + 1); more < got {
			t.Fatalf("a second more bills less: %d, %d", got, more)
		}
	})
}

func TestSharesSumExactly(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := policies().Draw(t, "policy")
		seconds := rapid.SliceOfN(rapid.Int64Range(0, 20000), 1, 12).Draw(t, "seconds")
		var total int64
		for _, s := range seconds {
			total += s
		}
		minutes := p.Minutes(total)
		var sum int64
		for i, m := range p.Share(minutes, seconds) {
			if m < 0 {
				t.Fatalf("part %d gets %d min", i, m)
			}
			sum += m
		}
		if sum != minutes {
			t.Fatalf("the parts sum to %d of %d", sum, minutes)
		}
	})
}

func TestFormatTenths(t *testing.T) {
	for minutes, want := range map[int64]string{0: "0.0", 6: "0.1", 72: "1.2", 60: "1.0", 15: "0.25", 20: "0.33", 90: "1.5", 1: "0.02", 600: "10.0"} {
		if got := billing.FormatTenths(minutes); got != want {
			t.Errorf("%d min shows as %s, want %s", minutes, got, want)
		}
	}
}
