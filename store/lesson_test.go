package store

import (
	"context"
	"testing"

	"github.com/tenths/tenths/billing"
)

func TestLessons(t *testing.T) {
	s := openStore(t, t.TempDir()+"/data")
	teach := func(entry billing.EntryID, matter billing.MatterID, ids ...billing.ObservationID) {
		t.Helper()
		update(t, s, func(ctx context.Context, tx *Tx) error { return tx.Teach(ctx, entry, matter, ids) })
	}
	var got []Lesson
	var generation int64
	look := func(after int64) {
		t.Helper()
		view(t, s, func(ctx context.Context, tx *Tx) (err error) {
			if got, err = tx.Lessons(ctx, after); err != nil {
				return err
			}
			generation, err = tx.Generation(ctx)
			return err
		})
	}
	teach("e1", "m1", "o1", "o2")
	teach("e2", "m2", "o3")
	teach("e1", "m1", "o1", "o2") // the same again is nothing new
	look(0)
	if len(got) != 3 || generation != 0 {
		t.Fatalf("%v, generation %d", got, generation)
	}
	teach("e1", "m2", "o1", "o2") // another matter after all
	look(got[2].Seq)
	if len(got) != 2 || got[0].Matter != "m2" || generation == 0 {
		t.Fatalf("%v, generation %d", got, generation)
	}
	last, before := got[1].Seq, generation
	update(t, s, func(ctx context.Context, tx *Tx) error { return tx.SetLearner(ctx, last, []byte("state")) })
	look(last)
	if len(got) != 0 || generation == before {
		t.Fatalf("absorbed, and %v are left", got)
	}
	teach("e3", "m3", "o4")
	look(last)
	if len(got) != 1 {
		t.Fatalf("after the state: %v", got)
	}
	update(t, s, func(ctx context.Context, tx *Tx) error { return tx.ForgetLessons(ctx, "", 0, nil) })
	view(t, s, func(ctx context.Context, tx *Tx) error {
		l, err := tx.Learner(ctx)
		if err == nil && (l.UpTo != 0 || len(l.State) != 0) {
			t.Errorf("all is forgotten but %+v", l)
		}
		return err
	})
}
