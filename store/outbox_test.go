package store

import (
	"context"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
)

// clocked opens a store whose clock the test moves.
func clocked(t *testing.T) (*Store, *time.Time) {
	t.Helper()
	now := noon
	s, err := Open(context.Background(), filepath.Join(t.TempDir(), "data"), func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, &now
}

func approved(t *testing.T, s *Store, matter billing.MatterID, start time.Time) billing.EntryID {
	t.Helper()
	e := draft(start, time.Minute)
	e.Matter, e.State, e.ApprovedAt = matter, billing.StateApproved, noon
	update(t, s, func(ctx context.Context, tx *Tx) error {
		if err := tx.PutEntry(ctx, &e); err != nil {
			return err
		}
		return tx.PutOutbox(ctx, e.ID)
	})
	return e.ID
}

// do runs one step on the outbox and returns its error.
func do(s *Store, fn func(context.Context, *Tx) error) error { return tryUpdate(s, fn) }

func due(t *testing.T, s *Store, at time.Time) (id billing.EntryID) {
	t.Helper()
	view(t, s, func(ctx context.Context, tx *Tx) error {
		row, ok, err := tx.NextPosting(ctx, at)
		if ok != (row.Entry != "") {
			t.Errorf("found is %v for %q", ok, row.Entry)
		}
		id = row.Entry
		return err
	})
	return id
}

func outboxRow(t *testing.T, s *Store, id billing.EntryID) (row OutboxRow) {
	t.Helper()
	view(t, s, func(ctx context.Context, tx *Tx) (err error) { row, err = tx.OutboxRow(ctx, id); return err })
	return row
}

func TestOutboxTakesApprovedEntriesOnce(t *testing.T) {
	s, _ := clocked(t)
	e := draft(noon, time.Minute)
	put(t, s, &e)
	wantKind(t, do(s, func(ctx context.Context, tx *Tx) error { return tx.PutOutbox(ctx, e.ID) }), billing.Conflict)
	wantKind(t, do(s, func(ctx context.Context, tx *Tx) error { return tx.PutOutbox(ctx, "nope") }), billing.NotFound)
	id := approved(t, s, "", noon.Add(time.Hour))
	wantKind(t, do(s, func(ctx context.Context, tx *Tx) error { return tx.PutOutbox(ctx, id) }), billing.Conflict)
	wantKind(t, do(s, func(ctx context.Context, tx *Tx) error { return tx.MarkSending(ctx, e.ID, tx.Now()) }), billing.NotFound)
}

func TestOutboxStates(t *testing.T) {
	s, now := clocked(t)
	id := approved(t, s, "", noon)
	send := func() error {
		return do(s, func(ctx context.Context, tx *Tx) error { return tx.MarkSending(ctx, id, tx.Now()) })
	}
	if due(t, s, *now) != id {
		t.Fatal("a new row is not due")
	}
	if err := send(); err != nil {
		t.Fatal(err)
	}
	*now = noon.Add(time.Minute) // its sender died
	if due(t, s, *now) != id {
		t.Fatal("a row whose sender is gone is not due")
	}
	if err := send(); err != nil {
		t.Fatal(err)
	}
	row := outboxRow(t, s, id)
	if !row.FirstSent.Equal(noon) || !row.LastSent.Equal(*now) || row.Attempts != 2 || row.State != OutboxSending {
		t.Errorf("the row is %+v", row)
	}

	next := now.Add(time.Minute)
	if err := do(s, func(ctx context.Context, tx *Tx) error { return tx.MarkUnknown(ctx, id, next, "no answer") }); err != nil {
		t.Fatal(err)
	}
	if due(t, s, *now) != "" || due(t, s, next) != id {
		t.Error("an unknown row is due at the wrong time")
	}
	if err := do(s, func(ctx context.Context, tx *Tx) error { return tx.MarkRetry(ctx, id, next.Add(time.Hour), "busy") }); err != nil {
		t.Fatal(err)
	}
	if row := outboxRow(t, s, id); row.State != OutboxWaiting || row.Message != "busy" || due(t, s, next) != "" {
		t.Errorf("the row is %+v", row)
	}
	if err := do(s, func(ctx context.Context, tx *Tx) error { return tx.MarkNeedsYou(ctx, id, "closed matter") }); err != nil {
		t.Fatal(err)
	}
	if due(t, s, next.AddDate(1, 0, 0)) != "" {
		t.Error("what needs a person is due")
	}
	if err := do(s, func(ctx context.Context, tx *Tx) error { return tx.Requeue(ctx, id) }); err != nil {
		t.Fatal(err)
	}
	if row := outboxRow(t, s, id); row.State != OutboxUnknown || due(t, s, *now) != id {
		t.Errorf("what was sent before is sent again without a look: %+v", row)
	}
}

func TestOldestGoesFirst(t *testing.T) {
	s, now := clocked(t)
	first := approved(t, s, "", noon.Add(time.Hour))
	*now = noon.Add(time.Second)
	_ = approved(t, s, "", noon)
	*now = noon.Add(time.Minute)
	if due(t, s, *now) != first {
		t.Error("the newer went first")
	}
	_ = do(s, func(ctx context.Context, tx *Tx) error { return tx.MarkSending(ctx, first, tx.Now()) })
	if due(t, s, *now) != first {
		t.Error("what may have been sent does not come before what certainly was not")
	}
}

func TestMarkPosted(t *testing.T) {
	s, _ := clocked(t)
	matter, other := putMatter(t, s, "1"), putMatter(t, s, "2")
	a, b := approved(t, s, matter, noon), approved(t, s, matter, noon.Add(time.Hour))
	c := approved(t, s, other, noon.Add(2*time.Hour))
	posted := func(id billing.EntryID, remote string) error {
		return do(s, func(ctx context.Context, tx *Tx) error {
			return tx.MarkPosted(ctx, id, "clio", billing.Receipt{RemoteID: remote, ETag: "e", Found: true})
		})
	}
	if err := posted(a, "900"); err != nil {
		t.Fatal(err)
	}
	wantKind(t, posted(a, "901"), billing.Conflict)
	wantKind(t, posted(b, "900"), billing.Conflict) // one remote entry proves one of ours
	wantKind(t, posted(b, ""), billing.Internal)
	if err := posted(c, "902"); err != nil {
		t.Fatal(err)
	}
	wantKind(t, do(s, func(ctx context.Context, tx *Tx) error { return tx.Requeue(ctx, a) }), billing.Conflict)
	wantKind(t, do(s, func(ctx context.Context, tx *Tx) error { return tx.MarkNeedsYou(ctx, a, "x") }), billing.Conflict)
	if e := entry(t, s, a); e.State != billing.StatePosted {
		t.Errorf("the entry is %s", e.State)
	}
	view(t, s, func(ctx context.Context, tx *Tx) error {
		receipt, err := tx.Receipt(ctx, a)
		want := PostedReceipt{billing.Receipt{RemoteID: "900", ETag: "e", Found: true}, "clio", noon}
		if receipt != want {
			t.Errorf("the receipt is %+v", receipt)
		}
		_, missing := tx.Receipt(ctx, b)
		wantKind(t, missing, billing.NotFound)
		known, _ := tx.KnownRemoteIDs(ctx, "clio", matter, nov19)
		none, _ := tx.KnownRemoteIDs(ctx, "mycase", matter, nov19)
		if !reflect.DeepEqual(known, []string{"900"}) || len(none) != 0 {
			t.Errorf("known are %v and %v", known, none)
		}
		rows, _ := tx.Outbox(ctx)
		if len(rows) != 3 || rows[0].Entry != a || rows[0].RemoteID != "900" || rows[0].State != OutboxPosted ||
			rows[0].Narrative != "Review lease" || rows[0].WorkDate != nov19 || rows[0].Matter != matter || rows[0].Billed != 6 {
			t.Errorf("the outbox is %+v", rows)
		}
		return err
	})
	if err := s.Check(context.Background()); err != nil {
		t.Error(err)
	}
}
