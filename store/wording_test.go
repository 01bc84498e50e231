package store

import (
	"context"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
)

func TestWordingsAreKeptByDay(t *testing.T) {
	s := newStore(t)
	monday, tuesday := billing.DayOf(noon, time.UTC), billing.DayOf(noon, time.UTC).Add(1)
	update(t, s, func(ctx context.Context, tx *Tx) error {
		for _, w := range []Wording{{Key: "a", Text: "Call with client"}, {Key: "b", Reason: "it is empty"}, {Key: "c", Reason: "it is empty"}} {
			if err := tx.PutWording(ctx, monday, w); err != nil {
				return err
			}
		}
		return tx.PutWording(ctx, monday, Wording{Key: "c", Text: "Call with court"}) // asked again
	})
	view(t, s, func(ctx context.Context, tx *Tx) error {
		got, err := tx.Wordings(ctx, monday)
		if b, ok := got["b"]; len(got) != 3 || got["a"] != "Call with client" || !ok || b != "" || got["c"] != "Call with court" {
			t.Errorf("%d wordings", len(got))
		}
		if other, _ := tx.Wordings(ctx, tuesday); other == nil || len(other) != 0 {
			t.Errorf("another day has %d", len(other))
		}
		counts, cerr := tx.WordingCounts(ctx)
		if cerr != nil || counts.Accepted != 2 || counts.Rejected["it is empty"] != 1 {
			t.Errorf("%+v, %v", counts, cerr)
		}
		return err
	})
}

func TestForgottenWordingsLeaveTheFiles(t *testing.T) {
	s := newStore(t)
	const secret = "Telephone conference with Zweigelt"
	day := billing.DayOf(noon, time.UTC)
	update(t, s, func(ctx context.Context, tx *Tx) error {
		return tx.PutWording(ctx, day, Wording{Key: "a", Text: secret})
	})
	forget := func(before time.Time) {
		update(t, s, func(ctx context.Context, tx *Tx) error {
			more, err := tx.ForgetWordings(ctx, before, 10)
			if more {
				t.Error("there were more than ten")
			}
			return err
		})
		if err := s.Scrub(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	forget(noon) // kept at noon: not before
	if !onDisk(t, s, secret) {
		t.Fatal("a wording expired early")
	}
	forget(noon.Add(time.Second))
	if onDisk(t, s, secret) {
		t.Error("a wording that expired is still on disk")
	}
}

// A blackout takes everything that was made of what it covers.
func TestReleaseForgetsWordings(t *testing.T) {
	s := newStore(t)
	day := billing.DayOf(noon, time.UTC)
	update(t, s, func(ctx context.Context, tx *Tx) error {
		return tx.PutWording(ctx, day, Wording{Key: "a", Text: "Call with Zweigelt"})
	})
	update(t, s, func(ctx context.Context, tx *Tx) error {
		_, err := tx.Release(ctx, []billing.ObservationID{"o1"})
		return err
	})
	view(t, s, func(ctx context.Context, tx *Tx) error {
		got, err := tx.Wordings(ctx, day)
		if len(got) != 0 {
			t.Error("a wording survived a blackout")
		}
		return err
	})
}

func TestInReview(t *testing.T) {
	now := noon
	s, err := Open(t.Context(), t.TempDir(), func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	day := billing.DayOf(noon, time.UTC)
	is := func(want bool) {
		t.Helper()
		view(t, s, func(ctx context.Context, tx *Tx) error {
			got, err := tx.InReview(ctx, day)
			if got != want {
				t.Errorf("in review: %v", got)
			}
			return err
		})
	}
	is(false)
	update(t, s, func(ctx context.Context, tx *Tx) error { return tx.decided(ctx, day) })
	is(true)
	now = now.Add(thinking * time.Second)
	is(false)
}
