package document

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/capture/capturetest"
)

// ledger is a sink that keeps what it is given.
type ledger struct {
	mu      sync.Mutex
	all     []billing.Observation
	cursor  capture.Cursor
	cursors []capture.Cursor // after each record with observations
	refuse  int              // so many records
	records int
}

var errRefused = errors.New("refused")

// Record implements [capture.Sink].
func (l *ledger) Record(_ context.Context, list []billing.Observation, cursor capture.Cursor) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.records++
	if l.refuse > 0 {
		l.refuse--
		return errRefused
	}
	l.all = append(l.all, list...)
	l.cursor = cursor
	l.cursors = append(l.cursors, cursor)
	return nil
}

// latest returns what counts, as "kind name xSaves revision", in order of arrival.
func (l *ledger) latest() []billing.Observation {
	l.mu.Lock()
	defer l.mu.Unlock()
	at := map[string]int{}
	var out []billing.Observation
	for _, o := range l.all {
		if i, ok := at[o.ExternalID]; ok {
			out[i] = o
			continue
		}
		at[o.ExternalID] = len(out)
		out = append(out, o)
	}
	return out
}

func (l *ledger) await(t *testing.T, what string, holds func([]billing.Observation) bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); !holds(l.latest()); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("still not %s; there is %s", what, summary(l.latest()))
		}
	}
}

func summary(list []billing.Observation) string {
	var b strings.Builder
	for _, o := range list {
		fmt.Fprintf(&b, "\n\t%s %s x%d %v", o.Kind, o.ExternalID, o.Saves, o.Span.End.Sub(o.Span.Start))
	}
	return b.String()
}

func source(t *testing.T, root string, opts ...Option) *Source {
	t.Helper()
	cfg := capture.Config{SourceConfig: billing.SourceConfig{ID: "folder-1", Kind: billing.SourceFolder, Where: billing.Privileged(root)}}
	s, err := New(cfg, time.Now, append([]Option{func(s *Source) {
		s.rules.Quiet, s.every, s.pollEvery = 100*time.Millisecond, 300*time.Millisecond, 100*time.Millisecond
	}}, opts...)...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// running runs a source until the returned function is called.
func running(t *testing.T, s *Source, sink *ledger) (stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx, sink.cursor, sink) }()
	stop = sync.OnceFunc(func() {
		cancel()
		if err := <-done; err != nil {
			t.Errorf("Run: %v", err)
		}
	})
	t.Cleanup(stop)
	return stop
}

func observe(t *testing.T, root string, sink *ledger) {
	t.Helper()
	if err := source(t, root).Once(t.Context(), sink.cursor, sink); err != nil {
		t.Fatalf("Once: %v", err)
	}
}

func TestConformance(t *testing.T) {
	root := filepath.Join(t.TempDir(), "Matters of Rivera")
	mkdir(t, root)
	n := 0
	capturetest.Run(t, capturetest.Subject{
		New: func(t *testing.T) capture.Source { return source(t, root) },
		Change: func(t *testing.T) {
			n++
			save(t, "text", root, fmt.Sprintf("Brief %d for Rivera.docx", n))
		},
		Secrets: []string{"Rivera"},
		Fingerprint: func(t *testing.T) string {
			var b strings.Builder
			_ = filepath.Walk(root, func(name string, info os.FileInfo, _ error) error {
				fmt.Fprintln(&b, name, info.Size(), info.ModTime(), info.Mode())
				return nil
			})
			return b.String()
		},
		Away: func(t *testing.T) func() {
			if err := os.Rename(root, root+" away"); err != nil {
				t.Fatal(err)
			}
			return func() {
				if err := os.Rename(root+" away", root); err != nil {
					t.Fatal(err)
				}
			}
		},
	})
}

func TestOnce(t *testing.T) {
	root := t.TempDir()
	now := time.Now()
	at := func(age time.Duration, elem ...string) {
		name := save(t, "x", append([]string{root}, elem...)...)
		if err := os.Chtimes(name, now.Add(-age), now.Add(-age)); err != nil {
			t.Fatal(err)
		}
	}
	echo := []string{"Rivera", "ND Office Echo", "VAULT-jdoe", "Backup"}
	mkdir(t, append([]string{root}, echo...)...)
	at(48*time.Hour, "Rivera", "Motion to Compel v2.docx")
	at(24*time.Hour, "Rivera", "Motion to Compel v3.docx")
	at(40*24*time.Hour, "Rivera", "Engagement.docx")
	at(time.Hour, append(echo, "Motion to Compel v3.docx")...)
	at(time.Hour, "Rivera", "~$tion to Compel v3.docx")
	at(-72*time.Hour, "Rivera", "from the future.docx")

	sink := &ledger{}
	observe(t, root, sink)
	got := sink.latest()
	if len(got) != 2 {
		t.Fatalf("got %s\nwant the two versions of the motion", summary(got))
	}
	if got[0].Thread != got[1].Thread {
		t.Error("two versions of one document are on different threads")
	}
	o := got[1]
	if o.Kind != billing.KindEdit || o.Saves != 1 || !o.Span.Empty() || o.Span.Start.Sub(now.Add(-24*time.Hour)).Abs() > time.Second ||
		o.Subject != "Motion to Compel v3" || o.Path.Reveal() != filepath.Join(root, "Rivera", "Motion to Compel v3.docx") {
		t.Errorf("got %s", summary(got))
	}
	observe(t, root, sink)
	if sink.records != 1 {
		t.Errorf("%d records, want one: nothing changed", sink.records)
	}
	at(time.Minute, "Rivera", "Engagement.docx")
	observe(t, root, sink)
	if got := sink.latest(); len(got) != 3 || got[2].Subject != "Engagement" {
		t.Errorf("after a save: %s", summary(got))
	}
}

func TestOnceBatches(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	for i := range 2*batch + 7 {
		name := save(t, "x", root, fmt.Sprintf("%d.txt", i))
		at := time.Now().Add(-time.Duration(i) * time.Minute)
		if err := os.Chtimes(name, at, at); err != nil {
			t.Fatal(err)
		}
	}
	sink := &ledger{}
	observe(t, root, sink)
	if n := len(sink.latest()); n != 2*batch+7 {
		t.Fatalf("recorded %d", n)
	}
	again := &ledger{cursor: sink.cursors[0]} // as after a crash between two batches
	observe(t, root, again)
	if n := len(again.latest()); n != 2*batch+7 {
		t.Errorf("after a crash between batches %d came, want all", n)
	}
}

func TestRunSessionGrows(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	sink := &ledger{}
	stop := running(t, source(t, root), sink)
	sink.await(t, "the first look", func([]billing.Observation) bool { sink.mu.Lock(); defer sink.mu.Unlock(); return sink.records > 0 })

	save(t, "1", root, "brief.docx")
	sink.await(t, "the first save", func(l []billing.Observation) bool { return len(l) == 1 && l[0].Saves == 1 })
	for i := range 6 {
		time.Sleep(120 * time.Millisecond)
		save(t, strings.Repeat("x", i+2), root, "brief.docx")
	}
	sink.await(t, "it grow", func(l []billing.Observation) bool { return len(l) == 1 && l[0].Saves > 3 })
	stop()
	got := sink.latest()
	if len(got) != 1 || got[0].Span.Empty() || got[0].Saves > 7 {
		t.Fatalf("got %s", summary(got))
	}
	if n := len(sink.all); n > 6 {
		t.Errorf("%d revisions for 7 saves: each save is a write to the disk", n)
	}
	for i := 1; i < len(sink.all); i++ {
		if sink.all[i].Revision <= sink.all[i-1].Revision {
			t.Errorf("revision %s after %s", sink.all[i].Revision, sink.all[i-1].Revision)
		}
	}
	observe(t, root, sink)
	if n := len(sink.latest()); n != 1 {
		t.Errorf("the next look reported the same saves again: %s", summary(sink.latest()))
	}
}

// TestCrash starts again from every cursor that was ever recorded, as after a
// power cut at any moment: no save is lost.
func TestCrash(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	sink := &ledger{}
	stop := running(t, source(t, root, func(s *Source) { s.every = time.Hour }), sink)
	save(t, "x", root, "brief.docx")
	sink.await(t, "the first save", func(l []billing.Observation) bool { return len(l) == 1 })
	for i := range 5 {
		save(t, strings.Repeat("x", i+2), root, "brief.docx")
		time.Sleep(200 * time.Millisecond)
	}
	save(t, "x", root, "letter.docx") // once it was recorded, so were all saves seen that came before
	sink.await(t, "the letter", func(l []billing.Observation) bool { return len(l) == 2 })
	sink.mu.Lock()
	before := &ledger{cursor: sink.cursor, all: sink.all[:len(sink.all):len(sink.all)]}
	sink.mu.Unlock()
	defer stop()
	observe(t, root, before) // the first save of the brief was recorded, its growth not yet
	info, err := os.Stat(filepath.Join(root, "brief.docx"))
	if err != nil {
		t.Fatal(err)
	}
	found := 0
	for _, o := range before.latest() {
		if o.Subject == "brief" && o.Span.End.Equal(info.ModTime()) {
			found++
		}
	}
	// Saves within one second are one point, so the brief is there once or twice.
	if n := len(before.latest()); found != 1 || n < 2 || n > 3 {
		t.Errorf("after a crash the last save was found %d times: %s", found, summary(before.latest()))
	}
}

func TestRunReviewAndExport(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	sink := &ledger{}
	stop := running(t, source(t, root), sink)
	defer stop()
	time.Sleep(200 * time.Millisecond)
	mkdir(t, root, "new", "matter")
	lock := save(t, "me", root, "new", "matter", ".~lock.brief.odt#")
	save(t, "x", root, "new", "matter", "brief.pdf")
	sink.await(t, "the export", func(l []billing.Observation) bool { return len(l) == 1 && l[0].Kind == billing.KindExport })
	if err := os.Remove(lock); err != nil {
		t.Fatal(err)
	}
	sink.await(t, "the review", func(l []billing.Observation) bool { return len(l) == 2 && l[1].Kind == billing.KindReview })
}

func TestRunSinkRefuses(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	save(t, "x", root, "before.docx")
	sink := &ledger{refuse: 1}
	running(t, source(t, root), sink)
	save(t, "x", root, "after.docx")
	sink.await(t, "both", func(l []billing.Observation) bool { return len(l) == 2 })
}

func TestRunRenamedFolderIsNoWork(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	mkdir(t, root, "old")
	save(t, "x", root, "old", "brief.docx")
	sink := &ledger{}
	stop := running(t, source(t, root), sink)
	sink.await(t, "the first look", func(l []billing.Observation) bool { return len(l) == 1 })
	if err := os.Rename(filepath.Join(root, "old"), filepath.Join(root, "new")); err != nil {
		t.Fatal(err)
	}
	time.Sleep(400 * time.Millisecond)
	stop()
	if got := sink.latest(); len(got) != 1 {
		t.Errorf("renaming the folder made work: %s", summary(got))
	}
}

// TestSleep: what was saved as the computer fell asleep, and told too late to
// be believed, is found when it wakes.
func TestSleep(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	quiet := save(t, "x", root, "quiet.docx")
	old := time.Now().Add(-40 * 24 * time.Hour)
	if err := os.Chtimes(quiet, old, old); err != nil {
		t.Fatal(err)
	}
	var ahead atomic.Int64
	s := source(t, root)
	s.now = func() time.Time { return time.Now().Add(time.Duration(ahead.Load())) }
	sink := &ledger{}
	stop := running(t, s, sink)
	defer stop()
	sink.await(t, "the first look", func([]billing.Observation) bool { sink.mu.Lock(); defer sink.mu.Unlock(); return sink.records > 0 })
	if err := os.Chtimes(quiet, time.Now(), time.Now()); err != nil { // no event tells of it as a save
		t.Fatal(err)
	}
	time.Sleep(300 * time.Millisecond)
	if got := sink.latest(); len(got) != 0 {
		t.Fatalf("a change of attributes is no save: %s", summary(got))
	}
	ahead.Store(int64(8 * time.Hour))
	save(t, "x", root, "late.docx")
	sink.await(t, "both", func(l []billing.Observation) bool { return len(l) == 2 })
	time.Sleep(300 * time.Millisecond)
	if got := sink.latest(); len(got) != 2 {
		t.Errorf("got %s", summary(got))
	}
}

func TestNew(t *testing.T) {
	if _, err := New(capture.Config{}, time.Now); billing.KindOf(err) != billing.Invalid {
		t.Errorf("no folder: %v", err)
	}
	file := save(t, "x", t.TempDir(), "file")
	if err := source(t, file).Once(t.Context(), "", &ledger{}); billing.KindOf(err) != billing.Invalid {
		t.Errorf("a file: %v", err)
	}
	err := source(t, filepath.Join(t.TempDir(), "Rivera")).Once(t.Context(), "", &ledger{})
	if billing.KindOf(err) != billing.Unreachable || strings.Contains(err.Error(), "Rivera") {
		t.Errorf("nothing there: %v", err)
	}
}
