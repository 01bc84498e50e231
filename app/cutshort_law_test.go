package app

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"sync/atomic"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/store"
)

// fuse is a context that ends when it has been asked for its end so often: a
// program that is killed at a place that a test chooses.
type fuse struct {
	context.Context
	blow context.CancelFunc
	left atomic.Int64
}

func newFuse(t *testing.T, asked int) *fuse {
	ctx, cancel := context.WithCancel(t.Context())
	f := &fuse{Context: ctx, blow: cancel}
	f.left.Store(int64(asked))
	return f
}

// Done implements [context.Context].
func (f *fuse) Done() <-chan struct{} {
	if f.left.Add(-1) == 0 {
		f.blow()
	}
	return f.Context.Done()
}

// killed does something to a practice, is cut short after so many steps, and opens
// the practice again an hour later.
func (a *aging) killed(t *testing.T, steps int, do func(ctx context.Context) error) (cut bool) {
	t.Helper()
	f := newFuse(t, steps)
	defer f.blow()
	err := do(f)
	if cut = f.left.Load() <= 0 && f.Err() != nil; err != nil && !cut {
		t.Fatal(err)
	}
	dir := a.Dir
	check(t, a.Close())
	a.clock = a.clock.Add(time.Hour)
	p, err := Open(t.Context(), Config{Dir: dir, Zone: "UTC", Now: func() time.Time { return a.clock }})
	check(t, err)
	t.Cleanup(func() { _ = p.Close() })
	a.Practice = p
	return cut
}

// left returns which of what was seen is stored still.
func (a *aging) left(t *testing.T, of seenLongAgo) (out []string) {
	t.Helper()
	check(t, a.store.View(t.Context(), func(tx *store.Tx) error {
		var names []string
		for _, o := range of.observations {
			names = append(names, o.ExternalID)
		}
		known, err := tx.Known(t.Context(), a.source, names)
		out = slices.Sorted(maps.Keys(known))
		return err
	}))
	return out
}

// onDisk reports whether a text is in any file of the practice.
func (a *aging) onDisk(t *testing.T, text string) (found bool) {
	t.Helper()
	check(t, filepath.WalkDir(a.Dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		data, err := os.ReadFile(path)
		found = found || bytes.Contains(data, []byte(text))
		return err
	}))
	return found
}

// A purge that is cut short anywhere, and again, comes to what one comes to that
// is not, and what it removed is in no file in the end.
func TestAPurgeCutShortComesToItsEnd(t *testing.T) {
	cuts := 0
	rapid.Check(t, func(rt *rapid.T) {
		seen := drawLongAgo(rt)
		whole, cut := seen.grow(t), seen.grow(t)
		_, err := Retention{whole.Practice}.Purge(t.Context())
		check(t, err)
		for range rapid.IntRange(1, 3).Draw(rt, "cuts") {
			if cut.killed(t, rapid.IntRange(1, 600).Draw(rt, "steps"), func(ctx context.Context) error {
				p := newPurger(cut.Practice, keepDays, time.UTC)
				p.atOnce = 2
				p.between = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
				return p.run(ctx)
			}) {
				cuts++
			}
		}
		_, err = Retention{cut.Practice}.Purge(t.Context())
		check(t, err)
		got, want := cut.left(t, seen), whole.left(t, seen)
		if !slices.Equal(got, want) {
			rt.Fatalf("%v are left, without a cut %v", got, want)
		}
		for i, o := range seen.observations {
			if name := fmt.Sprintf("brief %d.docx", i); !slices.Contains(got, o.ExternalID) && cut.onDisk(t, name) {
				rt.Fatalf("%s was purged and is in a file still", name)
			}
		}
	})
	if cuts == 0 {
		t.Error("no purge was cut short")
	}
}

// A blackout that is cut short anywhere goes on by itself: in the end all that it
// covers is gone, from the files too, and nothing else.
func TestABlackoutCutShortComesToItsEnd(t *testing.T) {
	var seen seenLongAgo
	start := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	var covered, others []string
	for i := range 90 {
		o := billing.Observation{ExternalID: fmt.Sprintf("o%02d", i), Revision: "1", Kind: billing.KindEdit, Saves: 2, Subject: "2024-0113 brief",
			Path: billing.Privileged(fmt.Sprintf("/m/Rivera/brief %d.docx", i)), Span: billing.Span{Start: start.Add(time.Duration(i) * 20 * time.Minute)}}
		if others = append(others, o.ExternalID); i%5 != 0 {
			o.Path = billing.Privileged(fmt.Sprintf("/m/Zweigelt/brief %d.docx", i))
			others, covered = others[:len(others)-1], append(covered, o.ExternalID)
		}
		o.Span.End = o.Span.Start.Add(5 * time.Minute)
		seen.observations = append(seen.observations, o)
	}
	cuts := 0
	for steps, cut := 1, true; cut; steps += 1 + steps/2 {
		a := seen.grow(t)
		a.clock = a.clock.AddDate(-1, 0, 0)
		cut = a.killed(t, steps, func(ctx context.Context) error {
			_, err := Discretion{a.Practice}.Blacken(ctx, BlackoutFolder, "/m/Zweigelt", false)
			return err
		})
		standing, err := Discretion{a.Practice}.Blackouts(t.Context())
		check(t, err)
		if len(standing) == 0 { // it was never said
			if got := a.left(t, seen); len(got) != len(seen.observations) {
				t.Fatalf("cut after %d steps: %d are left of what nothing covers", steps, len(got))
			}
			continue
		}
		if got := a.left(t, seen); cut && len(got) > len(others) {
			cuts++
		}
		Retention{a.Practice}.whenDue(t.Context())
		if got := a.left(t, seen); !slices.Equal(got, others) {
			t.Fatalf("cut after %d steps: %v are left, want %v", steps, got, others)
		}
		if a.onDisk(t, "/m/Zweigelt/brief") {
			t.Fatalf("cut after %d steps: what was purged is in a file still", steps)
		}
		a.clock = a.clock.Add(time.Minute)
		a.record(t, seen.observations[1]) // nothing comes back
		if got := a.left(t, seen); !slices.Equal(got, others) {
			t.Fatalf("cut after %d steps: %v came back", steps, got)
		}
	}
	if cuts == 0 || len(covered) == 0 {
		t.Error("no blackout was cut short between its pieces")
	}
}
