package draft_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft"
)

// Under a policy that rounds a matter's day, deciding about one draft after the
// other bills no more and no less than deciding about none: two tens bill 0.3,
// accepted or not.
func TestAMatterDayBillsTheSameHoweverMuchIsDecided(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyDay(t)
		in.Held = nil
		in.Policy.Rounding.Scope = billing.ScopeMatterDay
		in.Policy.Rounding.Mode = rapid.SampledFrom([]billing.RoundingMode{billing.RoundUp, billing.RoundNearest}).Draw(t, "mode")
		before := draft.Propose(in).Drafts
		for _, d := range before {
			if rapid.Bool().Draw(t, "decided") {
				in.Held = append(in.Held, draft.Held{Spans: d.Spans, Evidence: d.Evidence, Matter: d.Matter, Worked: d.Worked, Billed: d.Billed})
			}
		}
		want, got := map[billing.MatterID]int64{}, map[billing.MatterID]int64{}
		for _, d := range before {
			want[d.Matter] += d.Billed
		}
		for _, h := range in.Held {
			got[h.Matter] += h.Billed
		}
		for _, d := range draft.Propose(in).Drafts {
			got[d.Matter] += d.Billed
		}
		for matter, minutes := range want {
			if matter != "" && got[matter] != minutes {
				t.Fatalf("%s bills %d minutes, and %d once some of it is decided", matter, minutes, got[matter])
			}
		}
	})
}
