package store

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
)

// mails returns n messages, a minute apart, with names that start with prefix.
func mails(prefix string, n int, start time.Time) []billing.Observation {
	out := make([]billing.Observation, n)
	for i := range out {
		at := start.Add(time.Duration(i) * time.Minute)
		out[i] = billing.Observation{ExternalID: fmt.Sprintf("%s-%d", prefix, i), Revision: "1", Kind: billing.KindMailSent,
			Span: billing.Span{Start: at, End: at}, Zone: "America/New_York", Subject: "Re: Rivera lease: motion to compel", Thread: fmt.Sprintf("t%d", i/4),
			With:  []billing.Party{{Name: "Dana Reed", Address: "dana@reed.example", Role: billing.RoleTo}, {Address: "clerk@court.example", Role: billing.RoleCc}},
			Words: 120, Attachments: []billing.Privileged{"motion.pdf"}}
	}
	return out
}

func BenchmarkRecord10000(b *testing.B) {
	s := newStore(b)
	run := 0
	for b.Loop() {
		run++
		observations := mails(fmt.Sprint(run), 10_000, noon)
		update(b, s, func(ctx context.Context, tx *Tx) error {
			n, err := tx.Record(ctx, NotesSource, "c", observations)
			if n != len(observations) {
				b.Errorf("%d added", n)
			}
			return err
		})
	}
}

func BenchmarkRecord10000Again(b *testing.B) {
	s := newStore(b)
	observations := mails("m", 10_000, noon)
	record(b, s, observations...)
	for b.Loop() {
		if n := record(b, s, observations...); n != 0 {
			b.Errorf("%d added", n)
		}
	}
}

// BenchmarkOpenDay reads what the review of a day needs from a store of 100,000
// entries (fifty a workday, eight years of one person) and 200,000 observations.
func BenchmarkOpenDay(b *testing.B) {
	const days, perDay = 2000, 50
	s := newStore(b)
	matter := putMatter(b, s, "1")
	start := noon.Add(-4 * time.Hour)
	for day := range days {
		update(b, s, func(ctx context.Context, tx *Tx) error {
			return fillDay(ctx, tx, matter, start.AddDate(0, 0, day), perDay, day)
		})
	}
	ctx := context.Background()
	at := 0
	for b.Loop() {
		at = (at + 37) % days
		day := billing.DayOf(start.AddDate(0, 0, at), time.UTC)
		span := day.Span(time.UTC)
		view(b, s, func(_ context.Context, tx *Tx) error {
			entries, err := tx.EntriesOn(ctx, day)
			if err != nil {
				return err
			}
			observations, err := tx.ObservationsBetween(ctx, span)
			if err != nil {
				return err
			}
			holding, err := tx.Holding(ctx, span)
			if len(entries) != perDay || len(observations) != 2*perDay || len(holding) != perDay/2 {
				b.Errorf("%s has %d entries, %d observations, %d held", day, len(entries), len(observations), len(holding))
			}
			return err
		})
	}
}

// fillDay gives a day n entries of eight minutes, every other one touched, each
// resting on two messages.
func fillDay(ctx context.Context, tx *Tx, matter billing.MatterID, start time.Time, n, day int) error {
	observations := mails(fmt.Sprint(day), 2*n, start)
	if _, err := tx.Record(ctx, NotesSource, "", observations); err != nil {
		return err
	}
	stored, err := tx.ObservationsBetween(ctx, billing.Span{Start: start, End: start.Add(12 * time.Hour)})
	if err != nil {
		return err
	}
	for i := range n {
		e := draft(start.Add(time.Duration(i)*8*time.Minute), 8*time.Minute)
		e.Matter, e.Touched = matter, i%2 == 0
		e.Evidence = []billing.ObservationID{stored[2*i].ID, stored[2*i+1].ID}
		e.Phrases = []billing.Phrase{{Text: e.Narrative, Evidence: e.Evidence}}
		e.Candidates = []billing.Candidate{{Matter: matter, Confidence: 0.9, Reasons: []string{"the thread"}}}
		if err := tx.PutEntry(ctx, &e); err != nil {
			return err
		}
	}
	return nil
}
