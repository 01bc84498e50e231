package store

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
)

// onDisk reports whether any file of the data directory holds text.
func onDisk(t testing.TB, s *Store, text string) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(filepath.Dir(s.path), "*"))
	if err != nil || len(files) == 0 {
		t.Fatalf("%d files, %v", len(files), err)
	}
	for _, f := range files {
		raw, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		if bytes.Contains(raw, []byte(text)) {
			return true
		}
	}
	return false
}

func purge(t testing.TB, s *Store, ids ...billing.ObservationID) {
	t.Helper()
	update(t, s, func(ctx context.Context, tx *Tx) error {
		n, err := tx.Purge(ctx, ids)
		if n != len(ids) {
			t.Errorf("%d purged, want %d", n, len(ids))
		}
		return err
	})
}

func named(name, subject string, start time.Time) billing.Observation {
	o := meeting(name, "1", start, 30*time.Minute)
	o.Subject = billing.Privileged(subject)
	return o
}

func TestPurgedTextLeavesTheFiles(t *testing.T) {
	s := newStore(t)
	const secret = "Zweigelt custody evaluation"
	var all []billing.Observation
	for i := range 400 { // many pages, some of them split
		all = append(all, named(fmt.Sprintf("%s/%d", secret, i), fmt.Sprintf("%s %d", secret, i), noon.Add(-time.Duration(i)*time.Minute)))
	}
	all = append(all, named("other", "Lease of the mill", noon))
	record(t, s, all...)
	for i := range all[:400] {
		all[i].Revision, all[i].Subject = "2", "renamed"
	}
	record(t, s, all[:400]...)
	if !onDisk(t, s, secret) {
		t.Fatal("the text is not looked for where it is")
	}
	var ids []billing.ObservationID
	for _, o := range between(t, s, day19) {
		if o.Subject == "renamed" {
			ids = append(ids, o.ID)
		}
	}
	purge(t, s, ids...)
	if err := s.Scrub(t.Context()); err != nil {
		t.Fatal(err)
	}
	if onDisk(t, s, secret) || onDisk(t, s, "renamed") {
		t.Error("purged text is still in the files")
	}
	if got := between(t, s, day19); len(got) != 1 || !onDisk(t, s, "Lease of the mill") {
		t.Errorf("%d observations are left, want the other one", len(got))
	}
	if err := s.Check(t.Context()); err != nil {
		t.Error(err)
	}
}

func TestScrubByAnotherProcess(t *testing.T) {
	s := newStore(t)
	record(t, s, named("a", "Zweigelt", noon))
	purge(t, s, between(t, s, day19)[0].ID)
	// Nothing was purged in this process since; another finds the mark.
	other := openStore(t, filepath.Dir(s.path))
	if err := other.Scrub(t.Context()); err != nil {
		t.Fatal(err)
	}
	if onDisk(t, s, "Zweigelt") {
		t.Error("purged text is still in the files")
	}
}

func TestPurgedStaysAway(t *testing.T) {
	s := newStore(t)
	o := named("a", "call", noon.Add(-time.Hour))
	record(t, s, o)
	id := between(t, s, day19)[0].ID
	purge(t, s, id)
	again := o
	again.Revision = "2"
	if n := record(t, s, o, again); n != 0 {
		t.Errorf("%d observations came back", n)
	}
	twin := named("b", "call", noon.Add(-time.Hour)) // the same, and another
	if n := record(t, s, twin); n != 1 {
		t.Errorf("%d of what only looks alike was recorded, want 1", n)
	}
	later := named("a", "call", noon.Add(time.Hour)) // held anew, after the purge
	later.Revision = "3"
	if n := record(t, s, later); n != 1 {
		t.Errorf("%d of what came after the purge was recorded, want 1", n)
	}
	err := tryUpdate(s, func(ctx context.Context, tx *Tx) error {
		_, err := tx.Purge(ctx, []billing.ObservationID{id})
		return err
	})
	wantKind(t, err, billing.NotFound)
}

// Nothing but a purge removes an observation, and no purge takes the evidence
// of a draft or an approved entry.
func TestOnlyAPurgeRemoves(t *testing.T) {
	s := newStore(t)
	record(t, s, named("a", "call", noon.Add(-time.Hour)))
	id := between(t, s, day19)[0].ID
	for _, statement := range []string{
		`DELETE FROM observation`,
		`INSERT OR REPLACE INTO observation SELECT seq, id, source, external_id, revision, latest, removed, kind, start_at, end_at, zone, estimated,
			'forged', parties, thread, path, words, attachments, saves, all_day, status, free, ignored, private, recorded_at FROM observation`,
		`INSERT INTO purge_permit (observation, source, hash, at) SELECT id, source, zeroblob(32), 0 FROM observation`, // and keeps it
	} {
		if err := tryUpdate(s, func(ctx context.Context, tx *Tx) error { _, err := tx.exec(ctx, statement); return err }); err == nil {
			t.Errorf("%s went well", statement)
		}
	}
	e := billing.Entry{WorkDate: billing.DayOf(noon, time.UTC), Zone: "UTC", Worked: 1, Billed: 6, Rounding: billing.Tenths,
		Narrative: "Call", State: billing.StateDrafted, Evidence: []billing.ObservationID{id}}
	update(t, s, func(ctx context.Context, tx *Tx) error { return tx.PutEntry(ctx, &e) })
	refused := func() {
		t.Helper()
		err := tryUpdate(s, func(ctx context.Context, tx *Tx) error {
			_, err := tx.Purge(ctx, []billing.ObservationID{id})
			return err
		})
		wantKind(t, err, billing.Conflict)
	}
	refused()
	e.State = billing.StateApproved
	update(t, s, func(ctx context.Context, tx *Tx) error { return tx.PutEntry(ctx, &e) })
	refused()
	update(t, s, func(ctx context.Context, tx *Tx) error {
		aged, _, _, err := tx.Aged(ctx, noon.Add(time.Hour), Place{}, 10)
		if len(aged) != 1 || aged[0].Rest != RestsDecided {
			t.Error("evidence of an approved entry has aged")
		}
		return err
	})
}

func TestPausesAreSpans(t *testing.T) {
	now := noon
	s, err := Open(t.Context(), filepath.Join(t.TempDir(), "data"), func() time.Time { return now })
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	set := func(end time.Time) {
		update(t, s, func(ctx context.Context, tx *Tx) error { return tx.SetPause(ctx, end) })
	}
	resume := func() { update(t, s, func(ctx context.Context, tx *Tx) error { return tx.Resume(ctx) }) }
	resume() // there is none to end
	set(time.Time{})
	now = now.Add(time.Hour)
	set(now.Add(time.Hour)) // gets an end
	now = now.Add(10 * time.Minute)
	resume()
	now = now.Add(time.Hour)
	set(now.Add(time.Minute))
	var got []Pause
	view(t, s, func(ctx context.Context, tx *Tx) (err error) { got, err = tx.Pauses(ctx); return err })
	want := []Pause{{billing.Span{Start: noon, End: noon.Add(70*time.Minute + time.Second)}, true},
		{billing.Span{Start: noon.Add(130 * time.Minute), End: noon.Add(131 * time.Minute)}, false}}
	err = tryUpdate(s, func(ctx context.Context, tx *Tx) error { return tx.SetPause(ctx, now) })
	wantKind(t, err, billing.Invalid)
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("pauses %v, want %v", got, want)
	}
}

// What is purged is gone, what is not stays, in any order of doing it.
func TestPurgeLaw(t *testing.T) {
	s := newStore(t)
	seen := 0
	rapid.Check(t, func(t *rapid.T) {
		var ids []billing.ObservationID
		var kept []billing.ObservationID
		ctx := context.Background()
		n := rapid.IntRange(1, 8).Draw(t, "n")
		for range n {
			seen++
			o := named(fmt.Sprint(seen), "x", noon.Add(-time.Hour))
			err := s.Update(ctx, func(tx *Tx) error { _, err := tx.Record(ctx, NotesSource, "", []billing.Observation{o}); return err })
			if err != nil {
				t.Fatal(err)
			}
			err = s.View(ctx, func(tx *Tx) error {
				k, err := tx.Known(ctx, NotesSource, []string{o.ExternalID})
				if rapid.Bool().Draw(t, "purge") {
					ids = append(ids, k[o.ExternalID].ID)
				} else {
					kept = append(kept, k[o.ExternalID].ID)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		err := s.Update(ctx, func(tx *Tx) error {
			if _, err := tx.Purge(ctx, ids); err != nil {
				return err
			}
			gone, err := tx.Observation(ctx, ids...)
			if len(gone) != 0 {
				t.Errorf("%d purged observations are there", len(gone))
			}
			still, err2 := tx.Observation(ctx, kept...)
			if err2 != nil || len(still) != len(kept) {
				t.Errorf("%d of %d others are there, %v", len(still), len(kept), err2)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
