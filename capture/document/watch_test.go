package document

import (
	"context"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/fsnotify/fsnotify"

	"github.com/tenths/tenths/billing"
)

// watching is a watcher at work and what it reported.
type watching struct {
	*watcher
	root string

	mu      sync.Mutex
	reports []report
}

// watchTree starts a watcher over a new folder and waits until it is ready.
func watchTree(t *testing.T, prepare func(*watcher)) *watching {
	t.Helper()
	root := filepath.Join(resolved(t, t.TempDir()), "matters")
	mkdir(t, root)
	out := make(chan report, 64)
	w := &watching{root: root, watcher: &watcher{where: root, now: time.Now, out: out, pollEvery: 50 * time.Millisecond, settle: 20 * time.Millisecond}}
	if prepare != nil {
		prepare(w.watcher)
	}
	ctx, cancel := context.WithCancel(t.Context())
	var wg sync.WaitGroup
	wg.Go(func() { w.run(ctx) })
	wg.Go(func() {
		for {
			select {
			case r := <-out:
				w.mu.Lock()
				w.reports = append(w.reports, r)
				w.mu.Unlock()
			case <-ctx.Done():
				return
			}
		}
	})
	t.Cleanup(func() { cancel(); wg.Wait() })
	w.await(t, "ready", func(r report) bool { return r.ready != nil })
	return w
}

func (w *watching) await(t *testing.T, what string, is func(report) bool) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		w.mu.Lock()
		found := slices.ContainsFunc(w.reports, is)
		w.mu.Unlock()
		if found {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("no report of: %s", what)
		}
	}
}

func (w *watching) forget() { w.mu.Lock(); defer w.mu.Unlock(); w.reports = nil }

func event(op Op, path string) func(report) bool {
	return func(r report) bool { return r.event != nil && r.event.Op == op && r.event.Path == path }
}
func rescan(dir string) func(report) bool { return func(r report) bool { return r.rescan == dir } }
func isProblem(err *billing.Error) func(report) bool {
	return func(r report) bool { return r.problem == err }
}

func resolved(t testing.TB, dir string) string {
	t.Helper()
	dir, err := filepath.EvalSymlinks(dir)
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

func mkdir(t testing.TB, elem ...string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Join(elem...), 0o700); err != nil {
		t.Fatal(err)
	}
}

// save writes a file and returns its path.
func save(t testing.TB, text string, elem ...string) string {
	t.Helper()
	name := filepath.Join(elem...)
	if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestWatchNested(t *testing.T) {
	t.Parallel()
	w := watchTree(t, nil)
	mkdir(t, w.root, "a", "b", "c")
	save(t, "x", w.root, "a", "b", "c", "early.docx")
	w.await(t, "a look at a", rescan("a"))
	time.Sleep(100 * time.Millisecond)
	save(t, "x", w.root, "a", "b", "c", "late.docx")
	w.await(t, "the file in a/b/c", event(Create, "a/b/c/late.docx"))
}

func TestWatchSkips(t *testing.T) {
	t.Parallel()
	w := watchTree(t, nil)
	for _, dir := range []string{".git", "node_modules", "ND Office Echo/VAULT-jdoe/Backup", ".cache/deep"} {
		mkdir(t, w.root, dir)
	}
	if runtime.GOOS != "windows" {
		if err := os.Symlink(w.root, filepath.Join(w.root, "loop")); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink("/etc/hostname", filepath.Join(w.root, "link.txt")); err != nil {
			t.Fatal(err)
		}
	}
	time.Sleep(50 * time.Millisecond)
	for _, dir := range []string{".git", "node_modules", "ND Office Echo/VAULT-jdoe/Backup", ".cache/deep"} {
		save(t, "x", w.root, dir, "x.docx")
	}
	save(t, "x", w.root, "end.docx")
	w.await(t, "the file at the end", event(Create, "end.docx"))
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, r := range w.reports {
		if r.event != nil && r.event.Path != "end.docx" {
			t.Errorf("reported %s", r.event.Path)
		}
		if strings.Contains(r.rescan, "loop") {
			t.Errorf("followed a link: %s", r.rescan)
		}
	}
}

func TestWatchRenamedDirectory(t *testing.T) {
	t.Parallel()
	w := watchTree(t, nil)
	mkdir(t, w.root, "old", "deep")
	w.await(t, "a look at old", rescan("old"))
	if err := os.Rename(filepath.Join(w.root, "old"), filepath.Join(w.root, "new")); err != nil {
		t.Fatal(err)
	}
	w.await(t, "old is gone", func(r report) bool { return r.event != nil && r.event.Dir && r.event.Path == "old" })
	w.await(t, "a look at new", rescan("new"))
	save(t, "x", w.root, "new", "deep", "brief.docx")
	w.await(t, "the file under its new path", event(Create, "new/deep/brief.docx"))
	w.forget()
	mkdir(t, w.root, "old")
	w.await(t, "a look at the new old", rescan("old"))
	save(t, "x", w.root, "old", "other.docx")
	w.await(t, "the file under the old path", event(Create, "old/other.docx"))
}

func TestWatchRootGoesAndReturns(t *testing.T) {
	t.Parallel()
	w := watchTree(t, nil)
	save(t, "x", w.root, "a.docx")
	w.await(t, "a.docx", event(Create, "a.docx"))
	if err := os.RemoveAll(w.root); err != nil {
		t.Fatal(err)
	}
	w.await(t, "away", func(r report) bool { return r.away })
	w.await(t, "the problem", isProblem(errAway))
	w.forget()
	mkdir(t, w.root)
	w.await(t, "ready again", func(r report) bool { return r.ready != nil })
	save(t, "x", w.root, "b.docx")
	w.await(t, "b.docx", event(Create, "b.docx"))
}

// TestWatchOverflow feeds the error that fsnotify gives when events were lost.
func TestWatchOverflow(t *testing.T) {
	t.Parallel()
	w := watchTree(t, nil)
	w.fs.Errors <- fsnotify.ErrEventOverflow
	w.await(t, "the problem", isProblem(errOverflow))
	w.await(t, "a look at everything", rescan("."))
}

// TestWatchExhausted watches without any watch to be had: the folder is looked
// through again and again, and followed once there are watches.
func TestWatchExhausted(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	none := true
	w := watchTree(t, func(w *watcher) {
		w.addDir = func(f *fsnotify.Watcher, name string) error {
			mu.Lock()
			defer mu.Unlock()
			if none {
				return syscall.ENOSPC
			}
			return f.Add(name)
		}
	})
	w.await(t, "the problem", isProblem(errExhausted))
	w.await(t, "a look at everything", rescan("."))
	mu.Lock()
	none = false
	mu.Unlock()
	time.Sleep(150 * time.Millisecond)
	save(t, "x", w.root, "a.docx")
	w.await(t, "a.docx", event(Create, "a.docx"))
}

func TestDirectories(t *testing.T) {
	d := directories{}
	j := func(elem ...string) string { return filepath.Join(elem...) }
	for _, name := range []string{j("/", "r"), j("/", "r", "a"), j("/", "r", "a", "b"), j("/", "r", "ab")} {
		d.add(name)
	}
	if got := d.remove(j("/", "r", "a")); len(got) != 2 {
		t.Errorf("removed %q", got)
	}
	if !d.has(j("/", "r", "ab")) || d.has(j("/", "r", "a", "b")) || len(d[j("/", "r")]) != 1 {
		t.Errorf("left %v", d)
	}
}
