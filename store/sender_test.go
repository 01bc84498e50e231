package store

import (
	"context"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
)

// What counts of a sender is what the decisions that stand say, in their order,
// whatever was said and taken back meanwhile.
func TestSendersTaughtLaw(t *testing.T) {
	s := newStore(t)
	rapid.Check(t, func(r *rapid.T) {
		if err := s.Update(t.Context(), func(tx *Tx) error {
			ctx := t.Context()
			if err := tx.ForgetLessons(ctx, "", 0, nil); err != nil {
				return err
			}
			type said struct {
				origin string
				work   bool
			}
			var stand []said
			for range rapid.IntRange(0, 8).Draw(r, "decisions") {
				d := said{fmt.Sprint("entry", rapid.IntRange(0, 3).Draw(r, "origin")), rapid.Bool().Draw(r, "work")}
				known := -1
				for i := range stand {
					if stand[i].origin == d.origin {
						known = i
					}
				}
				if rapid.IntRange(0, 3).Draw(r, "take back") == 0 {
					if err := tx.TakeBackSenders(ctx, d.origin); err != nil {
						return err
					}
					if known >= 0 {
						stand = append(stand[:known:known], stand[known+1:]...)
					}
					continue
				}
				if err := tx.TeachSenders(ctx, d.origin, d.work, []string{"s"}); err != nil {
					return err
				}
				if known >= 0 && stand[known].work != d.work {
					stand = append(stand[:known:known], stand[known+1:]...)
					known = -1
				}
				if known < 0 {
					stand = append(stand, d)
				}
			}
			var want SenderLessons
			for _, d := range stand {
				if d.work {
					want = SenderLessons{Work: true}
				} else {
					want.SetAside++
				}
			}
			got, err := tx.SendersTaught(ctx, []string{"s", "another"})
			if err != nil {
				return err
			}
			if _, known := got["s"]; got["s"] != want || known != (len(stand) > 0) || got["another"] != (SenderLessons{}) {
				r.Errorf("taught %+v, want %+v of %v", got, want, stand)
			}
			return nil
		}); err != nil {
			r.Fatal(err)
		}
	})
}

// A purge takes what a person said about folding along with what it was said of.
func TestPurgeTakesFolds(t *testing.T) {
	s := newStore(t)
	record(t, s, named("a", "Zweigelt", noon), named("b", "Rivera", noon))
	list := between(t, s, day19)
	update(t, s, func(ctx context.Context, tx *Tx) error {
		if err := tx.SetFold(ctx, true, list[0].ID, list[1].ID); err != nil {
			return err
		}
		if _, err := tx.Purge(ctx, []billing.ObservationID{list[0].ID}); err != nil {
			return err
		}
		left, err := tx.Folds(ctx, []billing.ObservationID{list[0].ID, list[1].ID})
		if _, gone := left[list[0].ID]; gone || len(left) != 1 {
			t.Errorf("left is %v", left)
		}
		return err
	})
}
