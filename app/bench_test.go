package app_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/store"
)

// BenchmarkOpenDay opens the window's day, drafts and all, in a data directory
// with 100,000 entries.
func BenchmarkOpenDay(b *testing.B) {
	dir := b.TempDir()
	now := func() time.Time { return time.Date(2026, 11, 19, 23, 0, 0, 0, time.UTC) }
	fill(b, dir, now, 100_000)
	p, err := app.Open(b.Context(), app.Config{Dir: dir, Zone: "UTC", Now: now})
	if err != nil {
		b.Fatal(err)
	}
	defer p.Close()
	day, _ := billing.ParseDay("2026-06-10")
	b.ReportAllocs()
	for b.Loop() {
		v, err := app.Review{Practice: p}.Day(b.Context(), day)
		if err != nil || v.Summary.ApprovedCount == 0 {
			b.Fatal(v.Summary, err)
		}
	}
}

// fill writes entries of 20 a day into the data directory, each with its
// evidence, approved and on its way.
func fill(b *testing.B, dir string, now func() time.Time, entries int) {
	s, err := store.Open(b.Context(), dir, now)
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	err = s.Update(b.Context(), func(tx *store.Tx) error {
		ctx := context.WithoutCancel(b.Context())
		m := billing.Matter{Number: "2024-0113", Name: "Rivera v. Acme"}
		if err := tx.PutMatter(ctx, &m); err != nil {
			return err
		}
		first, _ := billing.ParseDay("2026-11-18")
		for i := range entries {
			day := first.Add(-i / 20)
			start := day.Span(time.UTC).Start.Add(9*time.Hour + time.Duration(i%20)*20*time.Minute)
			span := billing.Span{Start: start, End: start.Add(12 * time.Minute)}
			o := billing.Observation{ExternalID: fmt.Sprint(i), Revision: "1", Kind: billing.KindEdit, Span: span, Saves: 3, Thread: fmt.Sprint(i)}
			if _, err := tx.Record(ctx, store.NotesSource, "", []billing.Observation{o}); err != nil {
				return err
			}
			seen, err := tx.ObservationsBetween(ctx, span)
			if err != nil {
				return err
			}
			e := billing.Entry{WorkDate: day, Zone: "UTC", Matter: m.ID, Spans: []billing.Span{span}, Worked: 720, Billed: 12,
				Rounding: billing.Tenths, Narrative: "Draft and revise motion to compel production", State: billing.StateApproved, Touched: true,
				Evidence: []billing.ObservationID{seen[0].ID}, ApprovedAt: now()}
			if err := tx.PutEntry(ctx, &e); err != nil {
				return err
			}
			if err := tx.PutOutbox(ctx, e.ID); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
}
