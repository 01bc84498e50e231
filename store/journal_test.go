package store

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
)

// change applies fn to entries and notes it, as a review action does.
func change(ctx context.Context, tx *Tx, what string, fn func(*billing.Entry), entries ...*billing.Entry) error {
	var before []billing.Entry
	for _, e := range entries {
		before = append(before, *e)
		fn(e)
		if err := tx.PutEntry(ctx, e); err != nil {
			return err
		}
	}
	return tx.RecordChange(ctx, what, before)
}

func undo(s *Store) (what string, restored []billing.Entry, err error) {
	err = tryUpdate(s, func(ctx context.Context, tx *Tx) (err error) {
		undone, err := tx.Undo(ctx)
		what, restored = undone.What, undone.Restored
		return err
	})
	return what, restored, err
}

// sans returns entries without what undo may not put back: the revision.
func sans(entries []billing.Entry) []billing.Entry {
	out := slices.Clone(entries)
	for i := range out {
		out[i].Revision = 0
	}
	return out
}

// However a day is edited, as many undos lead through the same states back to
// the first.
func TestUndoLaws(t *testing.T) {
	s := newStore(t)
	matter := putMatter(t, s, "1")
	run := 0
	rapid.Check(t, func(t *rapid.T) {
		run++
		start := noon.AddDate(0, 0, run)
		day := billing.DayOf(start, time.UTC)
		list := func() (entries []billing.Entry) {
			ctx := context.Background()
			if err := s.View(ctx, func(tx *Tx) (err error) { entries, err = tx.EntriesOn(ctx, day); return err }); err != nil {
				t.Fatal(err)
			}
			return entries
		}
		do := func(fn func(context.Context, *Tx) error) {
			if err := tryUpdate(s, fn); err != nil {
				t.Fatal(err)
			}
		}
		do(func(ctx context.Context, tx *Tx) error {
			for i := range 2 {
				e := draft(start.Add(time.Duration(i)*time.Hour), time.Hour)
				e.Evidence = []billing.ObservationID{"o"}
				if err := tx.PutEntry(ctx, &e); err != nil {
					return err
				}
			}
			return nil
		})
		states := [][]billing.Entry{list()}
		for range rapid.IntRange(1, 5).Draw(t, "edits") {
			entries := list()
			e := &entries[rapid.IntRange(0, len(entries)-1).Draw(t, "entry")]
			action := rapid.SampledFrom([]string{"discard", "edit", "split", "merge"}).Draw(t, "action")
			do(func(ctx context.Context, tx *Tx) error { return edit(ctx, tx, action, matter, e, entries) })
			states = append(states, list())
		}
		for i := len(states) - 2; i >= 0; i-- {
			if _, _, err := undo(s); err != nil {
				t.Fatal(err)
			}
			if got, want := sans(list()), sans(states[i]); !reflect.DeepEqual(got, want) {
				t.Fatalf("undone to\n%+v\nwant\n%+v", got, want)
			}
		}
	})
}

func edit(ctx context.Context, tx *Tx, action string, matter billing.MatterID, e *billing.Entry, all []billing.Entry) error {
	switch action {
	case "discard":
		return change(ctx, tx, action, func(e *billing.Entry) { e.State, e.Touched = billing.StateDiscarded, true }, e)
	case "edit":
		return change(ctx, tx, action, func(e *billing.Entry) { e.Narrative, e.Matter, e.Touched = "Other", matter, true; e.Billed += 6 }, e)
	case "merge":
		if e.State == billing.StateDiscarded || len(e.Spans) == 0 || len(all) < 2 {
			return tx.RecordChange(ctx, action, []billing.Entry{*e})
		}
		other := &all[0]
		if other == e {
			other = &all[1]
		}
		keep := *e
		if other.State == billing.StateDiscarded {
			return tx.RecordChange(ctx, action, []billing.Entry{*e})
		}
		before := []billing.Entry{*e, *other}
		e.Spans = billing.Union(append(slices.Clone(keep.Spans), other.Spans...))
		other.State = billing.StateDiscarded
		if err := tx.PutEntry(ctx, e); err != nil {
			return err
		}
		if err := tx.PutEntry(ctx, other); err != nil {
			return err
		}
		return tx.RecordChange(ctx, action, before)
	}
	// split: the last second becomes an entry of its own
	last := len(e.Spans) - 1
	before := *e
	before.Spans = slices.Clone(e.Spans)
	at := e.Spans[last].End.Add(-time.Second)
	if !at.After(e.Spans[last].Start) {
		return tx.RecordChange(ctx, action, []billing.Entry{*e})
	}
	part := draft(at, time.Second)
	part.WorkDate, part.State = e.WorkDate, e.State
	e.Spans[last].End = at
	if err := tx.PutEntry(ctx, e); err != nil {
		return err
	}
	if err := tx.PutEntry(ctx, &part); err != nil {
		return err
	}
	return tx.RecordChange(ctx, action, []billing.Entry{before, {ID: part.ID}})
}

// last returns what the menu says undo would take back.
func last(t *testing.T, s *Store) (what string) {
	t.Helper()
	if err := s.View(t.Context(), func(tx *Tx) (err error) {
		what, err = tx.LastChange(t.Context())
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return what
}

func TestUndoPassesOverWhatWasApproved(t *testing.T) {
	s := newStore(t)
	_, _, err := undo(s)
	wantKind(t, err, billing.NotFound)
	a, b, c := draft(noon, time.Hour), draft(noon.Add(time.Hour), time.Hour), draft(noon.Add(2*time.Hour), time.Hour)
	put(t, s, &a)
	put(t, s, &b)
	put(t, s, &c)
	touch := func(e *billing.Entry) { e.Touched = true }
	update(t, s, func(ctx context.Context, tx *Tx) error { return change(ctx, tx, "discard", touch, &c) })
	update(t, s, func(ctx context.Context, tx *Tx) error { return change(ctx, tx, "accept", touch, &a, &b) })
	b.State = billing.StateApproved
	put(t, s, &b)
	if got := last(t, s); got != "discard" {
		t.Errorf("the menu offers to undo %q", got)
	}
	what, restored, err := undo(s)
	if err != nil || what != "discard" || len(restored) != 1 || restored[0].ID != c.ID {
		t.Errorf("undo took back %q of %d entries: %v", what, len(restored), err)
	}
	if got := entry(t, s, a.ID); !got.Touched {
		t.Error("half of the change was undone")
	}
	_, _, err = undo(s)
	wantKind(t, err, billing.NotFound)
	if got := last(t, s); got != "" {
		t.Errorf("the menu offers to undo %q", got)
	}
	wantKind(t, tryUpdate(s, func(ctx context.Context, tx *Tx) error { return tx.RecordChange(ctx, "x", []billing.Entry{b}) }), billing.Conflict)
}

func TestUndoIntoTakenTimeIsRefused(t *testing.T) {
	s := newStore(t)
	a := draft(noon, time.Hour)
	put(t, s, &a)
	update(t, s, func(ctx context.Context, tx *Tx) error {
		return change(ctx, tx, "discard", func(e *billing.Entry) { e.State = billing.StateDiscarded }, &a)
	})
	b := draft(noon, time.Hour)
	put(t, s, &b)
	_, _, err := undo(s)
	wantKind(t, err, billing.Conflict)
	update(t, s, func(ctx context.Context, tx *Tx) error { // as re-drafting does
		if err := tx.DeleteDraft(ctx, b.ID); err != nil {
			return err
		}
		undone, err := tx.Undo(ctx)
		what, restored := undone.What, undone.Restored
		if what != "discard" || len(restored) != 1 || restored[0].State != billing.StateDrafted || restored[0].Revision != a.Revision+1 {
			t.Errorf("undid %q: %+v", what, restored)
		}
		return err
	})
	wantKind(t, tryPut(s, a), billing.Conflict) // the revision from before the undo is stale
}

// What a change recorded is taken back with it, with the setting that it
// changed; and not once something that rests on it is approved.
func TestUndoTakesBackWhatWasRecorded(t *testing.T) {
	s := newStore(t)
	tell := func(name string) (id billing.ObservationID) {
		update(t, s, func(ctx context.Context, tx *Tx) error {
			o := billing.Observation{ExternalID: name, Revision: "1", Kind: billing.KindNote, Span: billing.Span{Start: noon, End: noon.Add(time.Hour)}}
			if _, err := tx.Record(ctx, NotesSource, "", []billing.Observation{o}); err != nil {
				return err
			}
			var err error
			if id, err = tx.ObservationNamed(ctx, NotesSource, name); err != nil {
				return err
			}
			if err := tx.RecordChange(ctx, name, []billing.Entry{{Evidence: []billing.ObservationID{id}}}); err != nil {
				return err
			}
			return errors.Join(tx.RecordSetting(ctx, "voice", "before "+name), tx.SetSetting(ctx, "voice", "after "+name))
		})
		return id
	}
	seen := func() (n int, voice string) {
		if err := s.View(t.Context(), func(tx *Tx) error {
			list, err := tx.ObservationsBetween(t.Context(), billing.Span{Start: noon, End: noon.Add(time.Hour)})
			n = len(list)
			_, err2 := tx.Setting(t.Context(), "voice", &voice)
			return errors.Join(err, err2)
		}); err != nil {
			t.Fatal(err)
		}
		return n, voice
	}
	first, second := tell("first"), tell("second")
	e := draft(noon, time.Hour)
	e.Evidence, e.State = []billing.ObservationID{second}, billing.StateApproved
	put(t, s, &e)
	if what, _, err := undo(s); err != nil || what != "first" {
		t.Fatalf("undid %q, %v", what, err)
	}
	if n, voice := seen(); n != 1 || voice != "before first" {
		t.Errorf("%d observations are left, and the setting is %q", n, voice)
	}
	_, _, err := undo(s)
	wantKind(t, err, billing.NotFound) // an approved entry rests on the second
	// Told again, it counts again.
	update(t, s, func(ctx context.Context, tx *Tx) error {
		o := billing.Observation{ExternalID: "first", Revision: "1", Kind: billing.KindNote, Span: billing.Span{Start: noon, End: noon.Add(time.Hour)}}
		_, err := tx.Record(ctx, NotesSource, "", []billing.Observation{o})
		return err
	})
	if n, _ := seen(); n != 2 || first == second {
		t.Errorf("%d observations are there", n)
	}
}

// Undo puts lessons back where they were, and none that were forgotten since.
func TestUndoPutsLessonsBack(t *testing.T) {
	s := newStore(t)
	matter := putMatter(t, s, "1")
	a, b := draft(noon, time.Hour), draft(noon.Add(time.Hour), time.Hour)
	put(t, s, &a)
	put(t, s, &b)
	teach := func(e *billing.Entry, matter billing.MatterID, o billing.ObservationID) {
		update(t, s, func(ctx context.Context, tx *Tx) error {
			if err := change(ctx, tx, "edit", func(e *billing.Entry) { e.Touched = true }, e); err != nil {
				return err
			}
			return tx.Teach(ctx, e.ID, matter, []billing.ObservationID{o})
		})
	}
	lessons := func() (list []Lesson) {
		if err := s.View(t.Context(), func(tx *Tx) (err error) { list, err = tx.Lessons(t.Context(), 0); return err }); err != nil {
			t.Fatal(err)
		}
		return list
	}
	teach(&a, matter, "o1")
	teach(&b, matter, "o2")
	before := lessons()
	teach(&a, "", "o1")
	if reflect.DeepEqual(lessons(), before) {
		t.Fatal("nothing was taught")
	}
	if _, _, err := undo(s); err != nil || !reflect.DeepEqual(lessons(), before) {
		t.Errorf("the lessons are %v, %v; they were %v", lessons(), err, before)
	}
	a.Revision = entry(t, s, a.ID).Revision
	teach(&a, "", "o1")
	update(t, s, func(ctx context.Context, tx *Tx) error { return tx.ForgetLessons(ctx, "", 0, nil) })
	if _, _, err := undo(s); err != nil || len(lessons()) != 0 {
		t.Errorf("undo brought back %v, %v", lessons(), err)
	}
}
