package app_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
)

// calls are the ways in which four calls of three minutes on one matter come to
// be known.
var calls = map[string]func(t *testing.T, b *bench, i int){
	"noted": func(_ *testing.T, b *bench, _ int) {
		b.take("3 min call with client on 2024-0113", "2026-11-19")
		b.work(10 * time.Minute)
	},
	"noted with their times": func(_ *testing.T, b *bench, i int) {
		b.take(fmt.Sprintf("1%d:00-1%d:03 call with client on 2024-0113", i, i), "2026-11-19")
	},
	"noted in one line": func(_ *testing.T, b *bench, i int) {
		if i == 0 {
			b.take(strings.Repeat("3 min call with client on 2024-0113; ", 4), "2026-11-19")
		}
	},
	"noted, asked about and answered": func(t *testing.T, b *bench, i int) {
		b.take(fmt.Sprintf("1%d:00-1%d:03 call on 2024-0113", i, i), "2026-11-19")
		for _, e := range b.drafted("2026-11-19") {
			if len(e.Asks) > 0 {
				b.check(app.Review{Practice: b.Practice}.Edit(t.Context(), billing.EntryID(e.ID), editNarrative(fmt.Sprint("Call with witness ", i))))
			}
		}
	},
	"timed": func(_ *testing.T, b *bench, i int) {
		b.start(fmt.Sprint("call ", i), "2024-0113")
		b.work(3 * time.Minute)
		b.stop(0)
		b.work(10 * time.Minute)
	},
	"explained": func(t *testing.T, b *bench, i int) {
		at := time.Date(2026, 11, 19, 10+i, 0, 0, 0, time.UTC)
		b.check(app.Review{Practice: b.Practice}.Explain(t.Context(), billing.Span{Start: at, End: at.Add(3 * time.Minute)}, "Call with client", "2024-0113"))
	},
	"filed by hand": func(t *testing.T, b *bench, i int) {
		at := time.Date(2026, 11, 19, 10+i, 0, 0, 0, time.UTC)
		r := app.Review{Practice: b.Practice}
		b.check(r.Explain(t.Context(), billing.Span{Start: at, End: at.Add(3 * time.Minute)}, fmt.Sprint("call number ", i), ""))
		for _, e := range b.drafted("2026-11-19") {
			if e.Matter == "" {
				b.check(r.Edit(t.Context(), billing.EntryID(e.ID), editMatter("2024-0113")))
			}
		}
	},
	"timed without a matter, and filed by hand": func(t *testing.T, b *bench, i int) {
		b.start(fmt.Sprint("call ", i), "")
		b.work(3 * time.Minute)
		b.stop(0)
		b.work(10 * time.Minute)
		for _, e := range b.drafted("2026-11-19") {
			if e.Matter == "" {
				b.check(app.Review{Practice: b.Practice}.Edit(t.Context(), billing.EntryID(e.ID), editMatter("2024-0113")))
			}
		}
	},
	"moved from another matter": func(t *testing.T, b *bench, i int) {
		b.take(fmt.Sprintf("1%d:00-1%d:03 call with client on 2025-0042", i, i), "2026-11-19")
		for _, e := range b.drafted("2026-11-19") {
			if e.Matter == "2025-0042" {
				b.check(app.Review{Practice: b.Practice}.Edit(t.Context(), billing.EntryID(e.ID), editMatter("2024-0113")))
			}
		}
	},
}

// Four calls of three minutes bill 0.2, by whatever way they came to be known,
// and in one line or more (Massachusetts CPCS).
func TestFourCallsOfThreeMinutesBillTwoTenths(t *testing.T) {
	for name, call := range calls {
		for _, scope := range []billing.RoundingScope{billing.ScopeEntry, billing.ScopeMatterDay} {
			t.Run(name+", by "+string(scope), func(t *testing.T) {
				b := on(t, "b", "UTC", "2026-11-19 17:00")
				policy, err := b.DraftingPolicy(t.Context())
				b.check(err)
				policy.Rounding.Scope = scope
				b.check(b.SetDraftingPolicy(t.Context(), policy))
				for i := range 4 {
					call(t, b, i)
				}
				var worked, billed int64
				for _, e := range b.drafted("2026-11-19") {
					if e.Matter != "2024-0113" || e.State != "drafted" || e.Needs != "" {
						t.Errorf("%+v", e)
					}
					worked, billed = worked+e.WorkedSeconds, billed+e.BilledMinutes
				}
				if worked != 720 || billed != 12 {
					t.Errorf("%d seconds bill %d minutes: %s", worked, billed, b.drafts("2026-11-19"))
				}
			})
		}
	}
}

// Two tens bill 0.3 where a matter's day is rounded, accepted or not, approved
// or not, in whatever order, and in whatever parts.
func TestTwoTensBillThreeTenths(t *testing.T) {
	for name, decide := range map[string]func(t *testing.T, o *office){
		"nothing is decided": func(*testing.T, *office) {},
		"the first is accepted": func(t *testing.T, o *office) {
			o.check(o.review().Accept(t.Context(), o.id("memo")))
		},
		"both are accepted": func(t *testing.T, o *office) {
			o.check(o.review().Accept(t.Context(), o.id("brief")))
			o.check(o.review().Accept(t.Context(), o.id("memo")))
		},
		"the first is approved": func(t *testing.T, o *office) {
			d, _ := billing.ParseDay(day)
			_, err := o.review().Approve(t.Context(), d, []billing.EntryID{o.id("memo")}, "")
			o.check(err)
		},
		"one was moved away and back": func(t *testing.T, o *office) {
			o.check(o.review().Edit(t.Context(), o.id("memo"), editMatter("2025-0042")))
			o.check(o.review().Edit(t.Context(), o.id("memo"), editMatter("2024-0113")))
		},
		"they are merged": func(t *testing.T, o *office) {
			ids := []billing.EntryID{o.id("memo"), o.id("brief")}
			shown, err := o.review().PreviewMerge(t.Context(), ids)
			o.check(err)
			if shown.BilledMinutes != 18 {
				t.Errorf("the preview bills %d minutes", shown.BilledMinutes)
			}
			o.check(o.review().Merge(t.Context(), ids))
		},
		"the first is split": func(t *testing.T, o *office) {
			_, err := o.review().Split(t.Context(), o.id("memo"), []app.PartEdit{{Minutes: 7}, {Minutes: 5}})
			o.check(err)
		},
		"one is reworded, and the other has codes": func(t *testing.T, o *office) {
			o.check(o.review().Edit(t.Context(), o.id("brief"), app.Edit{Task: text("L310")}))
			o.check(o.review().Edit(t.Context(), o.id("memo"), editNarrative("Draft memorandum")))
		},
		"a third was there for a while": func(t *testing.T, o *office) {
			o.saw("order", "Rivera", 15, 25)
			o.capture()
			o.check(o.review().Accept(t.Context(), o.id("memo")))
			o.check(o.review().Edit(t.Context(), o.id("order"), editMatter("2025-0042")))
		},
	} {
		t.Run(name, func(t *testing.T) {
			o := open(t)
			policy, err := o.DraftingPolicy(t.Context())
			o.check(err)
			policy.Rounding.Scope = billing.ScopeMatterDay
			o.check(o.SetDraftingPolicy(t.Context(), policy))
			o.saw("memo", "Rivera", 9, 10)
			o.saw("brief", "Rivera", 11, 10)
			o.capture()
			decide(t, o)
			d, _ := billing.ParseDay(day)
			list, err := o.review().Drafts(t.Context(), d)
			o.check(err)
			var billed int64
			for _, e := range list {
				if e.Matter == "2024-0113" {
					billed += e.BilledMinutes
				}
			}
			if billed != 18 {
				t.Errorf("twice ten minutes bill %d: %v", billed, o.drafts())
			}
		})
	}
}

// Minutes that a person typed change nobody else's.
func TestTypedMinutesAreNobodyElses(t *testing.T) {
	o := open(t)
	policy, err := o.DraftingPolicy(t.Context())
	o.check(err)
	policy.Rounding.Scope = billing.ScopeMatterDay
	o.check(o.SetDraftingPolicy(t.Context(), policy))
	o.saw("memo", "Rivera", 9, 60)
	o.saw("brief", "Rivera", 11, 10)
	o.capture()
	o.want("drafted", "1.0 2024-0113 Draft and revise memo drafted", "0.2 2024-0113 Draft and revise brief drafted")
	o.check(o.review().Edit(t.Context(), o.id("memo"), editMinutes(30)))
	o.want("half is written off", "0.5 2024-0113 Draft and revise memo drafted", "0.2 2024-0113 Draft and revise brief drafted")
}

// overMidnight are the ways in which work lasts twenty seconds into the next day.
var overMidnight = map[string]func(t *testing.T, b *bench){
	"timed": func(_ *testing.T, b *bench) {
		b.start("brief", "2024-0113")
		b.work(time.Hour + 20*time.Second)
		b.stop(0)
	},
	"explained": func(t *testing.T, b *bench) {
		from := b.now
		b.work(time.Hour + 20*time.Second)
		b.check(app.Review{Practice: b.Practice}.Explain(t.Context(), billing.Span{Start: from, End: b.now}, "Draft brief", "2024-0113"))
	},
	"noted": func(_ *testing.T, b *bench) {
		b.work(time.Hour + 20*time.Second)
		b.take("1h draft brief on 2024-0113", "2026-11-20")
	},
}

// Seconds past midnight bill no tenth alone, however they came there and whatever
// is decided about them; with other work of their day they count.
func TestSecondsPastMidnightBillNoTenth(t *testing.T) {
	for name, work := range overMidnight {
		for _, scope := range []billing.RoundingScope{billing.ScopeEntry, billing.ScopeMatterDay} {
			t.Run(name+", by "+string(scope), func(t *testing.T) {
				b := on(t, "b", "UTC", "2026-11-19 23:00")
				policy, err := b.DraftingPolicy(t.Context())
				b.check(err)
				policy.Rounding.Scope = scope
				b.check(b.SetDraftingPolicy(t.Context(), policy))
				work(t, b)
				r := app.Review{Practice: b.Practice}
				tail := func() (all []app.DraftView, billed int64) {
					for _, e := range b.drafted("2026-11-20") {
						billed += e.BilledMinutes
						all = append(all, e)
					}
					return all, billed
				}
				list, billed := tail()
				if len(list) != 1 || list[0].WorkedSeconds != 20 || billed != 0 {
					t.Fatalf("%d minutes: %s", billed, b.drafts("2026-11-20"))
				}
				id := billing.EntryID(list[0].ID)
				b.check(r.Edit(t.Context(), id, editNarrative("Draft brief for hearing")))
				b.check(r.Edit(t.Context(), id, editMatter("2025-0042")))
				b.check(r.Edit(t.Context(), id, editMatter("2024-0113")))
				b.check(r.Accept(t.Context(), id))
				if _, billed := tail(); billed != 0 {
					t.Fatalf("once decided on, %d minutes: %s", billed, b.drafts("2026-11-20"))
				}
				d := b.parseDay("2026-11-20")
				if v, err := r.Preview(t.Context(), d); err != nil || v.Count != 0 {
					t.Errorf("%d would be frozen, %v", v.Count, err)
				}
			})
		}
	}
}
