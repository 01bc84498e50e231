package document

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/internal/peer"
)

// TestManyDirectories watches 20,000 of them.
func TestManyDirectories(t *testing.T) {
	peer.Heavy(t)
	root := resolved(t, t.TempDir())
	for i := range 200 {
		for j := range 100 {
			mkdir(t, root, fmt.Sprint("client ", i), fmt.Sprint("matter ", j))
		}
	}
	sink := &ledger{}
	began := time.Now()
	stop := running(t, source(t, root), sink)
	defer stop()
	sink.await(t, "the first look", func([]billing.Observation) bool { sink.mu.Lock(); defer sink.mu.Unlock(); return sink.records > 0 })
	t.Logf("20,201 directories watched and looked through in %v", time.Since(began))
	save(t, "x", root, "client 199", "matter 99", "brief.docx")
	sink.await(t, "a save in the last of them", func(l []billing.Observation) bool { return len(l) == 1 })
}

// slow is a sink that waits for leave before it keeps anything.
type slow struct {
	*ledger
	leave chan struct{}
}

// Record implements [capture.Sink].
func (s slow) Record(ctx context.Context, list []billing.Observation, cursor capture.Cursor) error {
	<-s.leave
	return s.ledger.Record(ctx, list, cursor)
}

// TestOverflow has more happen than the system's queue holds, while the sink
// is busy: no document is missed.
func TestOverflow(t *testing.T) {
	peer.Heavy(t)
	root := resolved(t, t.TempDir())
	mkdir(t, root, "matter")
	const files = 15_000
	old := time.Now().Add(-60 * 24 * time.Hour)
	for i := range files { // they are there already: documents that pour in would be no work
		if err := os.Chtimes(save(t, "", root, "matter", fmt.Sprintf("%d.docx", i)), old, old); err != nil {
			t.Fatal(err)
		}
	}
	var mu sync.Mutex
	var problems []*billing.Error
	s := source(t, root, WithRules(Rules{}), OnProblem(func(err *billing.Error) { mu.Lock(); problems = append(problems, err); mu.Unlock() }))
	sink := slow{&ledger{}, make(chan struct{})}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- s.Run(ctx, "", sink) }()
	time.Sleep(2 * time.Second)
	for _, text := range []string{"x", "xy"} {
		for i := range files {
			save(t, text, root, "matter", fmt.Sprintf("%d.docx", i))
		}
	}
	close(sink.leave)
	for deadline := time.Now().Add(60 * time.Second); len(sink.latest()) < files && time.Now().Before(deadline); {
		time.Sleep(200 * time.Millisecond)
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
	if n := len(sink.latest()); n != files {
		t.Errorf("%d documents observed, want %d", n, files)
	}
	mu.Lock()
	defer mu.Unlock()
	if runtime.GOOS == "linux" && (len(problems) == 0 || problems[0] != errOverflow) {
		t.Errorf("problems: %v", problems)
	}
	t.Logf("the cursor has %d bytes", len(sink.cursor))
}

// TestWatchesRunOut runs TestWatchesRunOutInside where the kernel grants a
// user but 20 watches.
func TestWatchesRunOut(t *testing.T) {
	peer.Heavy(t)
	if runtime.GOOS != "linux" {
		t.Skip("the limit is Linux's")
	}
	unshare := peer.Need(t, "unshare", "util-linux")
	if err := exec.Command(unshare, "-U", "-r", "sh", "-c", "echo 20 >/proc/sys/user/max_inotify_watches").Run(); err != nil {
		t.Skipf("this system gives no user namespace: %v", err)
	}
	cmd := exec.Command(unshare, "-U", "-r", "sh", "-c",
		`echo 20 >/proc/sys/user/max_inotify_watches; exec "$0" -test.run '^TestWatchesRunOutInside$' -test.v`, os.Args[0])
	cmd.Env = append(os.Environ(), "TENTHS_FEW_WATCHES=1")
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
}

func TestWatchesRunOutInside(t *testing.T) {
	if os.Getenv("TENTHS_FEW_WATCHES") == "" {
		t.Skip("part of TestWatchesRunOut")
	}
	root := resolved(t, t.TempDir())
	for i := range 60 {
		mkdir(t, root, fmt.Sprintf("matter %02d", i), "drafts")
	}
	told := make(chan *billing.Error, 100)
	sink := &ledger{}
	stop := running(t, source(t, root, OnProblem(func(err *billing.Error) { told <- err })), sink)
	select {
	case err := <-told:
		if err != errExhausted {
			t.Fatal(err)
		}
	case <-time.After(5 * time.Second):
		t.Fatal("no problem was told")
	}
	for i := range 60 {
		save(t, strings.Repeat("x", i+1), root, fmt.Sprintf("matter %02d", i), "drafts", "brief.docx")
	}
	sink.await(t, "all sixty", func(l []billing.Observation) bool { return len(l) == 60 })
	stop()
	if len(told) != 0 {
		t.Errorf("told again: %v", <-told)
	}
}

// TestVim watches the real editor write with a backup, which renames the
// original away.
func TestVim(t *testing.T) {
	peer.Heavy(t)
	vim := peer.Need(t, "vim", "vim")
	root := resolved(t, t.TempDir())
	file := save(t, "notes\n", root, "notes.md")
	old := time.Now().Add(-60 * 24 * time.Hour)
	if err := os.Chtimes(file, old, old); err != nil {
		t.Fatal(err)
	}
	sink := &ledger{}
	stop := running(t, source(t, root, WithRules(Rules{})), sink)
	defer stop()
	sink.await(t, "the first look", func([]billing.Observation) bool { sink.mu.Lock(); defer sink.mu.Unlock(); return sink.records > 0 })
	began := time.Now()
	cmd := exec.Command(vim, "-N", "-u", "NONE", "-i", "NONE", "-c", "set swapfile backup writebackup backupcopy=no directory=. backupdir=.",
		"-c", "sleep 2", "-c", "normal iFact. ", "-c", "w", "-c", "sleep 2", "-c", "q", filepath.Join(root, "notes.md"))
	cmd.Dir, cmd.Env = root, append(os.Environ(), "TERM=dumb")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("vim: %v\n%s", err, out)
	}
	sink.await(t, "the save", func(l []billing.Observation) bool { return len(l) > 0 })
	time.Sleep(1500 * time.Millisecond)
	got := sink.latest()
	if len(got) != 1 || got[0].Kind != billing.KindEdit || got[0].Saves != 1 ||
		got[0].Span.Start.Sub(began).Abs() > 5*time.Second || got[0].Span.Seconds() < 1 {
		t.Errorf("got %s", summary(got))
	}
}

// TestNano has the real editor, at a terminal of its own, keep its lock file
// while it is open, and write in place.
func TestNano(t *testing.T) {
	peer.Heavy(t)
	nano := peer.Need(t, "nano", "nano")
	script := peer.Need(t, "script", "bsdutils") // it makes the terminal
	root := resolved(t, t.TempDir())
	file := save(t, "notes\n", root, "notes.txt")
	old := time.Now().Add(-60 * 24 * time.Hour)
	if err := os.Chtimes(file, old, old); err != nil {
		t.Fatal(err)
	}
	sink := &ledger{}
	stop := running(t, source(t, root, WithRules(Rules{})), sink)
	defer stop()
	sink.await(t, "the first look", func([]billing.Observation) bool { sink.mu.Lock(); defer sink.mu.Unlock(); return sink.records > 0 })

	nanoAt := func(keys ...string) {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), script, "-qec", nano+" --ignorercfiles --locking notes.txt", "/dev/null")
		cmd.Dir, cmd.Env = root, append(os.Environ(), "TERM=xterm", "LINES=24", "COLUMNS=80", "SHELL=/bin/sh")
		in, err := cmd.StdinPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		for _, k := range keys {
			time.Sleep(1500 * time.Millisecond)
			if _, err := in.Write([]byte(k)); err != nil {
				t.Error(err)
			}
		}
		if err := cmd.Wait(); err != nil {
			t.Errorf("nano: %v", err)
		}
	}
	const writeOut, enter, exit = "\x0f", "\r", "\x18"
	began := time.Now()
	nanoAt("Fact. ", writeOut, enter, exit)
	if text, err := os.ReadFile(file); err != nil || !strings.HasPrefix(string(text), "Fact. ") {
		t.Fatalf("nano did not write: %q, %v", text, err)
	}
	sink.await(t, "the save", func(l []billing.Observation) bool { return len(l) > 0 })
	time.Sleep(1500 * time.Millisecond)
	got := sink.latest()
	if len(got) != 1 || got[0].Kind != billing.KindEdit || got[0].Saves != 1 ||
		got[0].Span.Start.Sub(began).Abs() > 2*time.Second || got[0].Span.Seconds() < 3 {
		t.Fatalf("after a save: %s", summary(got))
	}
	nanoAt(exit)
	sink.await(t, "the review", func(l []billing.Observation) bool { return len(l) == 2 && l[1].Kind == billing.KindReview })
}
