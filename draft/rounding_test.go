package draft_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft"
)

// Seconds by which a session reaches over midnight are kept on their day and bill
// no tenth there; with other work of the matter they count.
func TestSecondsPastMidnightBillNothingAlone(t *testing.T) {
	zone, _ := time.LoadLocation("America/New_York")
	midnight := time.Date(2026, 11, 19, 0, 0, 0, 0, zone)
	session := billing.Observation{ID: "o1", Kind: billing.KindEdit, Saves: 40, Subject: "2024-0113 brief", Path: "/x/Rivera v Acme/brief.docx",
		Span: billing.Span{Start: midnight.Add(-time.Hour), End: midnight.Add(20 * time.Second)}}
	note := billing.Observation{ID: "o2", Kind: billing.KindMailSent, Subject: "2024-0113 brief", Words: 25,
		Span: billing.Span{Start: midnight.Add(9 * time.Hour), End: midnight.Add(9 * time.Hour)}}
	for _, c := range []struct {
		day    string
		scope  billing.RoundingScope
		seen   []billing.Observation
		worked int64
		billed int64
	}{
		{"2026-11-18", billing.ScopeEntry, []billing.Observation{session}, 3600, 60},
		{"2026-11-19", billing.ScopeEntry, []billing.Observation{session}, 20, 0},
		{"2026-11-19", billing.ScopeMatterDay, []billing.Observation{session}, 20, 0},
		{"2026-11-19", billing.ScopeEntry, []billing.Observation{session, note}, 140, 6},
		{"2026-11-19", billing.ScopeMatterDay, []billing.Observation{session, note}, 140, 6},
	} {
		day, _ := billing.ParseDay(c.day)
		in := draft.Input{Day: day, Zone: zone, Matters: matters, Timekeeper: me, Policy: draft.DefaultPolicy, Observations: c.seen}
		in.Policy.Rounding.Scope = c.scope
		var worked, billed int64
		for _, d := range draft.Propose(in).Drafts {
			worked, billed = worked+d.Worked, billed+d.Billed
		}
		if worked != c.worked || billed != c.billed {
			t.Errorf("%s by %s: %d observations are %d s, %d min; want %d s, %d min", c.day, c.scope, len(c.seen), worked, billed, c.worked, c.billed)
		}
	}
}

// Under a policy that rounds a matter's day, deciding about one draft after the
// other bills no more and no less than deciding about none: two tens bill 0.3,
// accepted or not. What is final keeps its minutes, what a person typed changes
// nobody else's.
func TestAMatterDayBillsTheSameHoweverMuchIsDecided(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyDay(t)
		in.Held = nil
		in.Policy.Rounding.Scope = billing.ScopeMatterDay
		in.Policy.Rounding.Mode = rapid.SampledFrom([]billing.RoundingMode{billing.RoundUp, billing.RoundNearest}).Draw(t, "mode")
		before := draft.Propose(in).Drafts
		want, got := map[billing.MatterID]int64{}, map[billing.MatterID]int64{}
		for i, d := range before {
			want[d.Matter] += d.Billed
			if !rapid.Bool().Draw(t, "decided") {
				continue
			}
			d.ID, d.Touched = billing.EntryID(fmt.Sprint(i)), true
			if rapid.Bool().Draw(t, "approved") {
				d.State = billing.StateApproved
			}
			in.Held = append(in.Held, draft.Held{Spans: d.Spans, Evidence: d.Evidence})
			in.Decided = append(in.Decided, d)
		}
		p := draft.Propose(in)
		for _, d := range p.Drafts {
			got[d.Matter] += d.Billed
		}
		for _, d := range in.Decided {
			for _, now := range p.Rounded {
				if now.ID == d.ID {
					if d.State == billing.StateApproved {
						t.Fatalf("what is approved bills %d and now %d", d.Billed, now.Billed)
					}
					d.Billed = now.Billed
				}
			}
			got[d.Matter] += d.Billed
		}
		for matter, minutes := range want {
			if matter != "" && got[matter] != minutes {
				t.Fatalf("%s bills %d minutes, and %d once some of it is decided", matter, minutes, got[matter])
			}
		}
		if len(in.Decided) == 0 {
			return
		}
		typed := in
		typed.Decided = slices.Clone(in.Decided)
		one := &typed.Decided[rapid.IntRange(0, len(in.Decided)-1).Draw(t, "typed")]
		if one.State != billing.StateDrafted {
			return
		}
		one.Billed, one.BilledBy = one.Billed+rapid.Int64Range(-5, 90).Draw(t, "by"), billing.ByPerson
		q := draft.Propose(typed)
		for i, d := range q.Drafts {
			if d.Billed != p.Drafts[i].Billed {
				t.Fatalf("what was typed of one draft has another bill %d instead of %d", d.Billed, p.Drafts[i].Billed)
			}
		}
		for _, now := range q.Rounded {
			if now.ID == one.ID {
				t.Fatalf("typed minutes became %d", now.Billed)
			}
		}
	})
}
