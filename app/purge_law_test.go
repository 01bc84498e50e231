package app

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/store"
)

// aging is a practice whose clock stands where a test sets it.
type aging struct {
	*Practice
	clock  time.Time
	source billing.SourceID
}

// seenLongAgo is what a practice observed, and on which days it was approved.
type seenLongAgo struct {
	observations []billing.Observation
	approved     []billing.Day
}

func drawLongAgo(t *rapid.T) seenLongAgo {
	var out seenLongAgo
	start := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for i := range rapid.IntRange(1, 14).Draw(t, "observations") {
		at := start.AddDate(0, 0, rapid.IntRange(0, 5).Draw(t, "day")).Add(time.Duration(i) * 10 * time.Minute)
		o := billing.Observation{ExternalID: fmt.Sprintf("o%02d", i), Revision: "1", Kind: billing.KindEdit, Saves: 9,
			Subject: "2024-0113 brief", Path: billing.Privileged(fmt.Sprintf("/m/brief %d.docx", i)),
			Span: billing.Span{Start: at, End: at.Add(9 * time.Minute)}}
		if rapid.Bool().Draw(t, "set aside") {
			o.Ignored = "bulk mail"
		}
		out.observations = append(out.observations, o)
	}
	for d := range 6 {
		if rapid.Bool().Draw(t, "approved") {
			out.approved = append(out.approved, billing.DayOf(start, time.UTC).Add(d))
		}
	}
	return out
}

// grow opens a practice that saw and approved all that, and lets a year pass.
func (s seenLongAgo) grow(t *testing.T) *aging {
	t.Helper()
	a := &aging{clock: time.Date(2026, 3, 9, 18, 0, 0, 0, time.UTC)}
	p, err := Open(t.Context(), Config{Dir: t.TempDir(), Zone: "UTC", Now: func() time.Time { return a.clock }})
	check(t, err)
	t.Cleanup(func() { _ = p.Close() })
	a.Practice = p
	_, err = Matters{p}.Import(t.Context(), strings.NewReader("number,client,name\n2024-0113,Marisol Rivera,Rivera v. Acme\n"))
	check(t, err)
	check(t, p.store.Update(t.Context(), func(tx *store.Tx) error {
		folder := billing.SourceConfig{Kind: billing.SourceFolder, Where: "/m"}
		defer func() { a.source = folder.ID }()
		return tx.AddSource(t.Context(), &folder)
	}))
	a.record(t, s.observations...)
	for _, day := range s.approved {
		_, err := Review{p}.Approve(t.Context(), day, nil, "")
		check(t, err)
	}
	a.clock = a.clock.AddDate(1, 0, 0)
	return a
}

func (a *aging) record(t *testing.T, list ...billing.Observation) {
	t.Helper()
	check(t, a.store.Update(t.Context(), func(tx *store.Tx) error {
		_, err := tx.Record(t.Context(), a.source, "", list)
		return err
	}))
}

// purge removes what has expired, so many at a time, with something captured
// between any two pieces, and returns what is left of what there was.
func (a *aging) purge(t *testing.T, atOnce int, capturing bool, of seenLongAgo) []string {
	t.Helper()
	p := newPurger(a.Practice, keepDays, time.UTC)
	p.atOnce = atOnce
	pieces := 0
	p.between = func(context.Context, time.Duration) error {
		if pieces++; capturing {
			at := a.clock.Add(-time.Duration(pieces) * time.Minute)
			a.record(t, billing.Observation{ExternalID: fmt.Sprint("new ", pieces), Revision: "1", Kind: billing.KindEdit,
				Subject: "2024-0113 reply", Span: billing.Span{Start: at, End: at.Add(time.Minute)}})
		}
		return nil
	}
	check(t, p.run(t.Context()))
	left := map[string]bool{}
	check(t, a.store.View(t.Context(), func(tx *store.Tx) error {
		var names []string
		for _, o := range of.observations {
			names = append(names, o.ExternalID)
		}
		for i := range pieces {
			names = append(names, fmt.Sprint("new ", i+1))
		}
		known, err := tx.Known(t.Context(), a.source, names)
		for name := range known {
			left[name] = true
		}
		return err
	}))
	for i := range pieces {
		if name := fmt.Sprint("new ", i+1); capturing && !left[name] {
			t.Errorf("%q was captured just now and is gone", name)
		}
		delete(left, fmt.Sprint("new ", i+1))
	}
	return slices.Sorted(maps.Keys(left))
}

// evidence returns what approved entries rest on, by external id.
func (a *aging) evidence(t *testing.T, of seenLongAgo) map[string]bool {
	t.Helper()
	out := map[string]bool{}
	check(t, a.store.View(t.Context(), func(tx *store.Tx) error {
		for _, day := range of.approved {
			entries, err := tx.EntriesOn(t.Context(), day)
			if err != nil {
				return err
			}
			for _, e := range entries {
				list, err := tx.Observation(t.Context(), e.Evidence...)
				if err != nil {
					return err
				}
				for _, o := range list {
					out[o.ExternalID] = out[o.ExternalID] || e.State == billing.StateApproved
				}
			}
		}
		return nil
	}))
	return out
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// A purge in pieces removes what one in one piece removes, whatever is captured
// meanwhile, and never what an approved entry rests on.
func TestAPurgeInPiecesRemovesWhatOneRemoves(t *testing.T) {
	removed, kept := 0, 0
	rapid.Check(t, func(rt *rapid.T) {
		seen := drawLongAgo(rt)
		whole, pieces := seen.grow(t), seen.grow(t)
		rests := pieces.evidence(t, seen)
		want := whole.purge(t, 1000, false, seen)
		got := pieces.purge(t, rapid.IntRange(1, 4).Draw(rt, "at once"), true, seen)
		if !slices.Equal(got, want) {
			rt.Fatalf("in pieces %v are left, in one %v", got, want)
		}
		for name, approved := range rests {
			if approved && !slices.Contains(got, name) {
				rt.Fatalf("an approved entry rests on %s, which is gone", name)
			}
		}
		removed, kept = removed+len(seen.observations)-len(got), kept+len(got)
	})
	if removed == 0 || kept == 0 {
		t.Errorf("%d were removed and %d kept: nothing was shown", removed, kept)
	}
}
