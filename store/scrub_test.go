package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
)

// raw returns the bytes of all files of the data directory.
func raw(t testing.TB, s *Store) []byte {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(filepath.Dir(s.path), "*"))
	if err != nil {
		t.Fatal(err)
	}
	var all []byte
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, text...)
	}
	return all
}

// scattered returns observations whose names and subjects are in no order, so
// that pages are split again and again, the first half of them to be purged.
func scattered(n, long int) (gone, kept []billing.Observation) {
	for i := range n {
		what := "kept"
		if i%2 == 0 {
			what = "gone"
		}
		o := named(fmt.Sprintf("%04d-%s", i*7919%10007, what), fmt.Sprintf("%s-%05d-%s", what, i, strings.Repeat("x", i*31%(long+1))), noon)
		if i%2 == 0 {
			gone = append(gone, o)
		} else {
			kept = append(kept, o)
		}
	}
	return gone, kept
}

// purgeNamed purges the observations by their names.
func purgeNamed(t testing.TB, s *Store, list []billing.Observation) {
	t.Helper()
	names := make([]string, len(list))
	for i, o := range list {
		names[i] = o.ExternalID
	}
	update(t, s, func(ctx context.Context, tx *Tx) error {
		known, err := tx.Known(ctx, NotesSource, names)
		if err != nil {
			return err
		}
		var ids []billing.ObservationID
		for _, k := range known {
			ids = append(ids, k.ID)
		}
		_, err = tx.Purge(ctx, ids)
		return err
	})
}

// What was purged is in no file, and what was not is all there, whatever SQLite
// moved where meanwhile.
func TestScrubLaw(t *testing.T) {
	cases, most := 0, 12 // each is a store of its own
	if os.Getenv("TENTHS_HEAVY") == "1" {
		most = 300
	}
	rapid.Check(t, func(r *rapid.T) {
		if cases++; cases > most {
			return
		}
		s := newStore(t)
		gone, kept := scattered(rapid.IntRange(1, 300).Draw(r, "n"), rapid.SampledFrom([]int{0, 300, 6000}).Draw(r, "long"))
		all := append(slices.Clone(gone), kept...)
		for i, at := range rapid.Permutation(indices(len(all))).Draw(r, "order") {
			if i%60 == 0 {
				record(t, s, all[at:at+1]...) // some by themselves
			}
		}
		record(t, s, all...)
		purgeNamed(t, s, gone)
		if err := s.Scrub(t.Context()); err != nil {
			t.Fatal(err)
		}
		text := raw(t, s)
		if bytes.Contains(text, []byte("gone")) {
			r.Error("purged text is still in the files")
		}
		for _, o := range kept {
			if !bytes.Contains(text, []byte(o.ExternalID)) {
				r.Errorf("%s is lost", o.ExternalID)
			}
		}
		if err := s.Check(t.Context()); err != nil {
			r.Error(err)
		}
	})
}

func indices(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

// SQLite leaves copies of rows behind that only wiping takes out. Should it stop
// to, the law above says nothing.
func TestMovedRowsLeaveCopies(t *testing.T) {
	s := newStore(t)
	gone, kept := scattered(400, 0)
	record(t, s, append(slices.Clone(gone), kept...)...)
	purgeNamed(t, s, gone)
	unclean := func() (found []int64) {
		view(t, s, func(ctx context.Context, tx *Tx) (err error) {
			pages, _, err := one(ctx, tx, value[int64], `SELECT page_count FROM pragma_page_count`)
			if err == nil {
				found, err = tx.unclean(ctx, 2, pages)
			}
			return err
		})
		return found
	}
	if len(unclean()) == 0 {
		t.Fatal("nothing is left between rows without wiping")
	}
	if err := s.Scrub(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n := len(unclean()); n != 0 {
		t.Errorf("%d pages hold what no row holds", n)
	}
	if due, err := unscrubbed(t, s); due || err != nil {
		t.Errorf("due again: %v, %v", due, err)
	}
}

// unscrubbed reports whether purged text may still be in the files.
func unscrubbed(t *testing.T, s *Store) (bool, error) {
	t.Helper()
	mark, err := s.scrubDue(t.Context())
	return dirty(mark), err
}

// Another process that reads keeps the log; the mark stays until it is done.
func TestScrubWaitsForNoReader(t *testing.T) {
	s := newStore(t)
	record(t, s, named("a", "Zweigelt", noon))
	other := openStore(t, filepath.Dir(s.path))
	stop := errors.New("enough")
	err := other.View(t.Context(), func(tx *Tx) error {
		if _, err := tx.Setting(t.Context(), "n", new(int)); err != nil { // the snapshot begins
			return err
		}
		purge(t, s, between(t, s, day19)[0].ID)
		wantKind(t, s.Scrub(t.Context()), billing.Unreachable)
		update(t, s, func(ctx context.Context, tx *Tx) error { return tx.SetSetting(ctx, "n", 1) }) // nobody waits
		return stop
	})
	if !errors.Is(err, stop) {
		t.Fatal(err)
	}
	if due, err := unscrubbed(t, s); !due || err != nil {
		t.Errorf("due: %v, %v", due, err)
	}
	if err := s.Scrub(t.Context()); err != nil {
		t.Fatal(err)
	}
	if onDisk(t, s, "Zweigelt") {
		t.Error("purged text is still in the files")
	}
}

// What is purged while the files are scrubbed is not forgotten.
func TestPurgeWhileScrubbing(t *testing.T) {
	s := newStore(t)
	record(t, s, named("a", "Zweigelt", noon), named("b", "Rivera", noon))
	list := between(t, s, day19)
	purge(t, s, list[0].ID)
	before, err := s.scrubDue(t.Context())
	if err != nil || !dirty(before) {
		t.Fatal(before, err)
	}
	purge(t, s, list[1].ID)
	if after, err := s.scrubDue(t.Context()); err != nil || after == before {
		t.Errorf("a second purge leaves no mark of its own: %v", err)
	}
}

// Wiping changes nothing that SQLite reads, whatever page it is given.
func FuzzWipePage(f *testing.F) {
	dir := f.TempDir()
	s, err := Open(context.Background(), dir, atNoon)
	if err != nil {
		f.Fatal(err)
	}
	gone, kept := scattered(200, 6000)
	record(f, s, gone...)
	record(f, s, kept...)
	if err := s.emptyLog(context.Background()); err != nil {
		f.Fatal(err)
	}
	file, err := os.ReadFile(s.path)
	if err != nil {
		f.Fatal(err)
	}
	if err := s.Close(); err != nil {
		f.Fatal(err)
	}
	for at := 0; at+4096 <= len(file); at += 9 * 4096 {
		f.Add(file[at : at+4096])
	}
	f.Fuzz(func(t *testing.T, page []byte) {
		before := bytes.Clone(page)
		room, ok := unused(before)
		if found := wipePage(page); found && !ok {
			t.Fatal("a page that holds no rows was wiped")
		}
		if wipePage(page) {
			t.Error("wiping again finds more")
		}
		for i := range page {
			inside := false
			for _, b := range room {
				inside = inside || i >= b.start && i < b.end
			}
			if !inside && page[i] != before[i] {
				t.Fatalf("byte %d was changed, which a row or the page itself holds", i)
			}
		}
	})
}
