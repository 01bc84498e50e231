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

// anyDrafts draws a day and what is drafted of it.
func anyDrafts(t *rapid.T) (draft.Input, []billing.Entry) {
	in := anyDay(t)
	in.Policy.Rounding.Mode = rapid.SampledFrom([]billing.RoundingMode{billing.RoundUp, billing.RoundNearest}).Draw(t, "mode")
	entries := draft.Propose(in).Drafts
	for i := range entries {
		entries[i].ID = billing.EntryID(fmt.Sprint("e", i))
	}
	return in, entries
}

// owners counts seconds and fails where two entries own the same one.
func owners(t *rapid.T, entries []billing.Entry) int64 {
	var all []billing.Span
	var sum int64
	for _, e := range entries {
		if e.Worked != billing.TotalSeconds(e.Spans) {
			t.Fatalf("%d s worked, %d s owned", e.Worked, billing.TotalSeconds(e.Spans))
		}
		sum += e.Worked
		all = append(all, e.Spans...)
	}
	if billing.TotalSeconds(billing.Union(all)) != sum {
		t.Fatalf("entries of %d s own %d s", sum, billing.TotalSeconds(billing.Union(all)))
	}
	return sum
}

func TestPartsSum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, entries := anyDrafts(t)
		entries = slices.DeleteFunc(entries, func(e billing.Entry) bool { return e.Billed < 4 })
		if len(entries) == 0 {
			return
		}
		e := rapid.SampledFrom(entries).Draw(t, "entry")
		first := rapid.Int64Range(1, e.Billed-2).Draw(t, "first")
		second := rapid.Int64Range(1, e.Billed-first-1).Draw(t, "second")
		minutes := []int64{first, second, e.Billed - first - second}
		parts, err := draft.Split(e, minutes)
		if err != nil {
			t.Fatal(err)
		}
		if got := owners(t, parts); got != e.Worked {
			t.Fatalf("parts of %d s come to %d s", e.Worked, got)
		}
		for i, p := range parts {
			if p.Billed != minutes[i] || (p.ID == e.ID) != (i == 0) || !slices.Equal(p.Evidence, e.Evidence) {
				t.Fatalf("part %d is %+v", i, p)
			}
		}
		whole, err := draft.Merge(parts)
		if err != nil {
			t.Fatal(err)
		}
		if whole.Worked != e.Worked || !slices.Equal(whole.Spans, billing.Union(e.Spans)) || whole.Narrative != e.Narrative || !slices.Equal(whole.Evidence, e.Evidence) {
			t.Fatalf("split and merged again is %+v, was %+v", whole, e)
		}
		if _, err := draft.Split(e, []int64{first, e.Billed - first + 1}); err == nil {
			t.Fatal("a split made time")
		}
	})
}

func TestMergeRoundsOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		_, entries := anyDrafts(t)
		byMatter := map[billing.MatterID][]billing.Entry{}
		for _, e := range entries {
			byMatter[e.Matter] = append(byMatter[e.Matter], e)
		}
		for _, list := range byMatter {
			if len(list) < 2 {
				continue
			}
			e, err := draft.Merge(list)
			if err != nil {
				t.Fatal(err)
			}
			want := owners(t, list)
			minutes := e.Rounding.Minutes(want)
			if 2*want < e.Rounding.Increment*60 && !slices.ContainsFunc(list, func(x billing.Entry) bool { return x.Billed > 0 }) {
				minutes = 0 // seconds past midnight, and nothing else
			}
			if e.Worked != want || e.Billed != minutes {
				t.Fatalf("%d s are %d min, want %d", e.Worked, e.Billed, minutes)
			}
		}
	})
}

func TestMergeAddsWhatAPersonSet(t *testing.T) {
	list := []billing.Entry{
		{Worked: 600, Billed: 30, BilledBy: billing.ByPerson, Rounding: billing.Tenths, Matter: "m"},
		{Worked: 60, Billed: 6, Rounding: billing.Tenths, Matter: "m"},
	}
	if e, err := draft.Merge(list); err != nil || e.Billed != 36 {
		t.Errorf("%d min (%v), want 36", e.Billed, err)
	}
	list[1].Matter = "other"
	if _, err := draft.Merge(list); err == nil {
		t.Error("two matters were merged")
	}
}

// In both readings of work within a meeting each second has one owner, and no
// second comes or goes.
func TestBothReadingsKeepEverySecond(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in, entries := anyDrafts(t)
		before := owners(t, entries)
		for _, o := range draft.Overlaps(entries, in.Observations, in.Policy) {
			changed := draft.Attend(entries, o)
			if changed[0].Worked != o.Attended {
				t.Fatalf("the meeting gets %d s, told %d", changed[0].Worked, o.Attended)
			}
			after := slices.Clone(entries)
			for _, e := range changed {
				after[slices.IndexFunc(after, func(x billing.Entry) bool { return x.ID == e.ID })] = e
			}
			if got := owners(t, after); got != before {
				t.Fatalf("%d s became %d s", before, got)
			}
		}
	})
}

func TestWorkWithinAMeetingIsRaised(t *testing.T) {
	day, _ := billing.ParseDay("2026-11-19")
	at := func(minutes int) time.Time {
		return day.Span(time.UTC).Start.Add(9*time.Hour + time.Duration(minutes)*time.Minute)
	}
	meeting := billing.Observation{ID: "meeting", Kind: billing.KindMeeting, Subject: "2024-0113 call", Span: billing.Span{Start: at(0), End: at(60)}}
	for name, c := range map[string]struct {
		other billing.Observation
		want  int64 // seconds within the meeting
	}{
		"a document":        {billing.Observation{Kind: billing.KindEdit, Saves: 9, Subject: "Lin will", Span: billing.Span{Start: at(10), End: at(30)}}, 20 * 60},
		"over its end":      {billing.Observation{Kind: billing.KindEdit, Saves: 9, Subject: "Lin will", Span: billing.Span{Start: at(50), End: at(80)}}, 10 * 60},
		"after it":          {billing.Observation{Kind: billing.KindEdit, Saves: 9, Subject: "Lin will", Span: billing.Span{Start: at(60), End: at(80)}}, 0},
		"a short message":   {billing.Observation{Kind: billing.KindMailSent, Words: 50, Subject: "Lin", Span: billing.Span{Start: at(30), End: at(30)}}, 0},
		"a long message":    {billing.Observation{Kind: billing.KindMailSent, Words: 500, Subject: "Lin", Span: billing.Span{Start: at(30), End: at(30)}}, 20 * 60},
		"a timer, no doubt": {billing.Observation{Kind: billing.KindTimer, Subject: "Lin", Span: billing.Span{Start: at(10), End: at(30)}}, 0},
	} {
		c.other.ID = "other"
		in := draft.Input{Day: day, Zone: time.UTC, Matters: matters, Timekeeper: me, Policy: draft.DefaultPolicy, Observations: []billing.Observation{meeting, c.other}}
		entries := draft.Propose(in).Drafts
		found := draft.Overlaps(entries, in.Observations, in.Policy)
		var got int64
		if len(found) > 0 {
			got = found[0].Seconds
			if changed := draft.Attend(entries, found[0]); changed[0].Billed != 60 {
				t.Errorf("%s: attended, the meeting has %d min", name, changed[0].Billed)
			}
		}
		if got != c.want {
			t.Errorf("%s: %d s within the meeting, want %d", name, got, c.want)
		}
	}
}
