package store

import (
	"context"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
)

var nov19 = billing.Day{Year: 2026, Month: time.November, Day: 19}

// draft is an entry of noon's day that owns length from start.
func draft(start time.Time, length time.Duration) billing.Entry {
	return billing.Entry{WorkDate: billing.DayOf(start, time.UTC), Zone: "UTC", Spans: []billing.Span{{Start: start, End: start.Add(length)}},
		Worked: int64(length / time.Second), Billed: 6, Rounding: billing.Tenths, Narrative: "Review lease", State: billing.StateDrafted}
}

func put(t testing.TB, s *Store, e *billing.Entry) {
	t.Helper()
	update(t, s, func(ctx context.Context, tx *Tx) error { return tx.PutEntry(ctx, e) })
}

func tryPut(s *Store, e billing.Entry) error {
	return tryUpdate(s, func(ctx context.Context, tx *Tx) error { return tx.PutEntry(ctx, &e) })
}

func entry(t testing.TB, s *Store, id billing.EntryID) (e billing.Entry) {
	t.Helper()
	view(t, s, func(ctx context.Context, tx *Tx) (err error) {
		e, err = tx.Entry(ctx, id)
		return err
	})
	return e
}

// anyEntry draws an entry with everything in it, on days of its own.
func anyEntry(matter billing.MatterID, day int) *rapid.Generator[billing.Entry] {
	text := rapid.SampledFrom([]string{"", "a", "Review <b>\"lease\" & rent</b>", "Ünï — \n\t|", "[]"})
	return rapid.Custom(func(t *rapid.T) billing.Entry {
		at := noon.AddDate(0, 0, day)
		e := billing.Entry{WorkDate: billing.DayOf(at, time.UTC), Zone: text.Draw(t, "zone"), Rounding: billing.Tenths,
			Matter:    rapid.SampledFrom([]billing.MatterID{"", matter}).Draw(t, "matter"),
			Narrative: billing.Privileged(text.Draw(t, "narrative")), TaskCode: text.Draw(t, "task"), ActivityCode: text.Draw(t, "activity"),
			Worked: rapid.Int64Range(0, 1e6).Draw(t, "worked"), Billed: rapid.Int64Range(0, 1e4).Draw(t, "billed"),
			NonBillable: rapid.Bool().Draw(t, "nb"), Private: rapid.Bool().Draw(t, "private"), Estimated: rapid.Bool().Draw(t, "est"),
			Confidence: rapid.Float64Range(0, 1).Draw(t, "confidence"), Touched: rapid.Bool().Draw(t, "touched"), Accepted: rapid.Bool().Draw(t, "accepted"),
			State: rapid.SampledFrom([]billing.EntryState{billing.StateDrafted, billing.StateDiscarded}).Draw(t, "state"),
			Rate:  billing.Money{Cents: rapid.Int64Range(0, 1e6).Draw(t, "cents"), Currency: rapid.SampledFrom([]string{"", "USD"}).Draw(t, "currency")}}
		for range rapid.IntRange(0, 3).Draw(t, "spans") {
			at = at.Add(time.Duration(rapid.IntRange(0, 60).Draw(t, "gap")) * time.Second)
			end := at.Add(time.Duration(rapid.IntRange(1, 3600).Draw(t, "length")) * time.Second)
			e.Spans = append(e.Spans, billing.Span{Start: at, End: end})
			at = end
		}
		if rapid.Bool().Draw(t, "explained") {
			e.Reasons = []string{text.Draw(t, "reason")}
			e.Evidence = []billing.ObservationID{"o2", "o1", "o2"}
			e.Phrases = []billing.Phrase{{Text: e.Narrative, Evidence: []billing.ObservationID{"o1"}}}
			e.Candidates = []billing.Candidate{{Matter: matter, Confidence: 0.5, Reasons: []string{"r"}}}
		}
		return e
	})
}

func putMatter(t testing.TB, s *Store, number string) billing.MatterID {
	t.Helper()
	m := billing.Matter{Number: number}
	update(t, s, func(ctx context.Context, tx *Tx) error { return tx.PutMatter(ctx, &m) })
	return m.ID
}

func TestEntryRoundTrip(t *testing.T) {
	s := newStore(t)
	matter := putMatter(t, s, "1")
	day := 0
	rapid.Check(t, func(t *rapid.T) {
		day += 2
		e := anyEntry(matter, day).Draw(t, "first")
		for range 2 { // added, then replaced
			if err := tryUpdate(s, func(ctx context.Context, tx *Tx) error {
				if err := tx.PutEntry(ctx, &e); err != nil {
					return err
				}
				got, err := tx.Entry(ctx, e.ID)
				if !reflect.DeepEqual(got, e) {
					t.Fatalf("got %+v\nwant %+v", got, e)
				}
				list, _ := tx.EntriesOn(ctx, e.WorkDate)
				if len(list) == 0 || e.Revision == 0 {
					t.Fatalf("%d entries on the day, revision %d", len(list), e.Revision)
				}
				return err
			}); err != nil {
				t.Fatal(err)
			}
			next := anyEntry(matter, day).Draw(t, "second")
			next.ID, next.Revision = e.ID, e.Revision
			e = next
		}
	})
}

func TestStaleAndUnknownEntriesAreRefused(t *testing.T) {
	s := newStore(t)
	e := draft(noon, time.Hour)
	put(t, s, &e)
	stale := e
	put(t, s, &e)
	if e.Revision != 2 {
		t.Errorf("the revision is %d", e.Revision)
	}
	wantKind(t, tryPut(s, stale), billing.Conflict)
	ghost := e
	ghost.ID = "nope"
	wantKind(t, tryPut(s, ghost), billing.NotFound)
	lost := draft(noon.Add(2*time.Hour), time.Hour)
	lost.Matter = "nope"
	wantKind(t, tryPut(s, lost), billing.Invalid)
	posted := draft(noon.Add(2*time.Hour), time.Hour)
	posted.State = billing.StatePosted
	wantKind(t, tryPut(s, posted), billing.Conflict)
	twisted := draft(noon.Add(2*time.Hour), time.Hour)
	twisted.Spans = append(twisted.Spans, twisted.Spans[0])
	wantKind(t, tryPut(s, twisted), billing.Internal)
	undated := draft(noon.Add(2*time.Hour), time.Hour)
	undated.WorkDate = billing.Day{}
	wantKind(t, tryPut(s, undated), billing.Invalid)
}

func TestApprovedEntriesAreFrozen(t *testing.T) {
	s := newStore(t)
	e := draft(noon, time.Hour)
	e.Evidence = []billing.ObservationID{"o"}
	put(t, s, &e)
	e.State, e.ApprovedAt = billing.StateApproved, noon
	e.Evidence = append(e.Evidence, "p")
	put(t, s, &e)
	if got := entry(t, s, e.ID); !reflect.DeepEqual(got, e) {
		t.Errorf("approval kept %+v\nwant %+v", got, e)
	}

	changed := e
	changed.Billed++
	wantKind(t, tryPut(s, changed), billing.Conflict)
	for _, state := range []billing.EntryState{billing.StateDrafted, billing.StateDiscarded, billing.StateApproved} {
		changed := e
		changed.State = state
		wantKind(t, tryPut(s, changed), billing.Conflict)
	}
	wantKind(t, tryUpdate(s, func(ctx context.Context, tx *Tx) error { return tx.DeleteDraft(ctx, e.ID) }), billing.Conflict)

	attacks := func() {
		t.Helper()
		for _, q := range []string{
			`UPDATE entry SET billed = billed + 6`, `UPDATE entry SET matter = NULL, state = 'drafted'`, `UPDATE entry SET narrative = 'x', state = 'posted'`,
			`UPDATE entry SET work_date = '2026-11-20'`, `UPDATE entry SET rate_cents = 1`, `UPDATE entry SET approved_at = 0`, `UPDATE entry SET state = 'drafted'`,
			`DELETE FROM entry`, `UPDATE entry_span SET end_at = end_at + 1`, `DELETE FROM entry_span`,
			`INSERT INTO entry_span SELECT id, 9, 1, 2 FROM entry`, `DELETE FROM entry_evidence`, `UPDATE entry_evidence SET observation = 'q'`,
			`INSERT INTO entry_evidence SELECT id, 9, 'q' FROM entry`,
			`INSERT OR REPLACE INTO entry SELECT id, work_date, zone, matter, worked, 600, rounding, narrative, phrases, task_code, activity_code,
				non_billable, private, estimated, confidence, reasons, candidates, 'drafted', touched, accepted, rate_cents, rate_currency, approved_at, revision FROM entry`,
		} {
			if _, err := s.writer.Exec(q); err == nil {
				t.Fatalf("%s was allowed", q)
			}
		}
	}
	attacks()
	posted := e
	posted.State, posted.Narrative = billing.StatePosted, "another"
	put(t, s, &posted)
	got := entry(t, s, e.ID)
	if got.State != billing.StatePosted || got.Narrative != e.Narrative {
		t.Errorf("posting changed more than the state: %+v", got)
	}
	attacks()
}

func TestNoSecondHasTwoOwners(t *testing.T) {
	s := newStore(t)
	a := draft(noon, time.Hour)
	put(t, s, &a)
	within := draft(noon.Add(-3*time.Hour), 10*time.Hour) // swallows it
	wantKind(t, tryPut(s, within), billing.Conflict)
	tail := draft(noon.Add(time.Hour-time.Second), time.Hour)
	wantKind(t, tryPut(s, tail), billing.Conflict)
	next := draft(noon.Add(time.Hour), time.Hour)
	put(t, s, &next)
	gone := tail
	gone.State = billing.StateDiscarded
	put(t, s, &gone)
	gone.State = billing.StateDrafted
	wantKind(t, tryPut(s, gone), billing.Conflict)

	update(t, s, func(ctx context.Context, tx *Tx) error { // only what is committed counts
		b := draft(noon, time.Hour)
		if err := tx.PutEntry(ctx, &b); err != nil {
			return err
		}
		wantKind(t, tx.CheckOwners(ctx, day19), billing.Conflict)
		return tx.DeleteDraft(ctx, a.ID)
	})
	view(t, s, func(ctx context.Context, tx *Tx) error { return tx.CheckOwners(ctx, day19) })
}

func TestDeleteDraft(t *testing.T) {
	s := newStore(t)
	plain, touched := draft(noon, time.Hour), draft(noon.Add(time.Hour), time.Hour)
	touched.Touched = true
	put(t, s, &plain)
	put(t, s, &touched)
	del := func(id billing.EntryID) error {
		return tryUpdate(s, func(ctx context.Context, tx *Tx) error { return tx.DeleteDraft(ctx, id) })
	}
	if err := del(plain.ID); err != nil {
		t.Error(err)
	}
	wantKind(t, del(plain.ID), billing.NotFound)
	wantKind(t, del(touched.ID), billing.Conflict)
	if err := s.Check(context.Background()); err != nil {
		t.Error(err)
	}
}
