package store

import (
	"context"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
)

func TestRecall(t *testing.T) {
	s := newStore(t)
	first, second := meeting("a", "1", noon, time.Hour), meeting("a", "2", noon.Add(time.Hour), time.Hour)
	first.Same, second.Same, second.Subject = "s1", "s2", "Lease"
	record(t, s, first, second, meeting("b", "1", noon, 0))
	var got []billing.Observation
	view(t, s, func(ctx context.Context, tx *Tx) (err error) {
		got, err = tx.Recall(ctx, NotesSource, []string{"a", "c", `"`})
		return err
	})
	if len(got) != 1 || got[0].ExternalID != "a" || got[0].Same != "s2" || got[0].Subject != "Lease" || got[0].Span != second.Span {
		t.Errorf("recalled %+v", got)
	}
	view(t, s, func(ctx context.Context, tx *Tx) (err error) {
		got, err = tx.Recall(ctx, "another", []string{"a", "b"})
		return err
	})
	if len(got) != 0 {
		t.Errorf("another source recalls %+v", got)
	}
}
