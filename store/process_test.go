package store

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
)

// The environment that makes this test binary another process of Tenths.
const (
	childTask = "TENTHS_STORE_TASK"
	childDir  = "TENTHS_STORE_DIR"
)

func TestMain(m *testing.M) {
	tasks := map[string]func(dir string) error{"write": writeForEver, "count": countUp, "open": openOnce}
	if task := tasks[os.Getenv(childTask)]; task != nil {
		if err := task(os.Getenv(childDir)); err != nil {
			fmt.Fprintf(os.Stderr, "%s: %s\n", billing.KindOf(err), err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// child returns a command that runs a task of TestMain on dir.
func child(t *testing.T, task, dir string) *exec.Cmd {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), childTask+"="+task, childDir+"="+dir)
	return cmd
}

func openOnce(dir string) error {
	s, err := Open(context.Background(), dir, time.Now)
	if err != nil {
		return err
	}
	return s.Close()
}

// writeForEver commits a counter with as many observations and entries, and
// prints each count once it is committed.
func writeForEver(dir string) error {
	ctx := context.Background()
	s, err := Open(ctx, dir, time.Now)
	if err != nil {
		return err
	}
	for {
		var n int
		err := s.Update(ctx, func(tx *Tx) error {
			if _, err := tx.Setting(ctx, "n", &n); err != nil {
				return err
			}
			n++
			at := noon.Add(time.Duration(n) * time.Minute)
			if _, err := tx.Record(ctx, NotesSource, strconv.Itoa(n), []billing.Observation{meeting(strconv.Itoa(n), "1", at, time.Minute)}); err != nil {
				return err
			}
			e := draft(at, time.Minute)
			if err := tx.PutEntry(ctx, &e); err != nil {
				return err
			}
			if err := tx.Audit(ctx, "draft", e.ID, n); err != nil {
				return err
			}
			return tx.SetSetting(ctx, "n", n)
		})
		if err != nil {
			return err
		}
		fmt.Println(n)
	}
}

// A process killed while it writes loses nothing that it had committed, and
// leaves nothing half done.
func TestKilledWhileWriting(t *testing.T) {
	cycles := 5
	if os.Getenv("TENTHS_HEAVY") != "" {
		cycles = 60
	}
	dir := t.TempDir()
	total := 0
	for cycle := range cycles {
		cmd := child(t, "write", dir)
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.AfterFunc(time.Duration(60+rand.IntN(140))*time.Millisecond, func() { _ = cmd.Process.Kill() })
		told := lastNumber(out)
		_ = cmd.Wait() // it was killed

		s, err := Open(context.Background(), dir, time.Now)
		if err != nil {
			t.Fatalf("cycle %d: %v", cycle, err)
		}
		if err := s.Check(context.Background()); err != nil {
			t.Errorf("cycle %d: %v", cycle, err)
		}
		total = wantWhole(t, s, max(told, total))
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if total == 0 {
		t.Error("nothing was written before the kills")
	}
}

// lastNumber reads lines to the end and returns the last that is whole.
func lastNumber(r io.Reader) (n int) {
	lines := bufio.NewReader(r)
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return n
		}
		if v, err := strconv.Atoi(line[:len(line)-1]); err == nil {
			n = v
		}
	}
}

// wantWhole checks that everything a transaction of writeForEver keeps is there
// at least told times, and equally often; it returns how often.
func wantWhole(t *testing.T, s *Store, told int) (n int) {
	t.Helper()
	view(t, s, func(ctx context.Context, tx *Tx) error {
		if _, err := tx.Setting(ctx, "n", &n); err != nil {
			return err
		}
		cursor, err := tx.Cursor(ctx, NotesSource)
		if err != nil {
			return err
		}
		for _, table := range []string{"observation", "entry", "entry_span", "audit"} {
			rows, _, err := one(ctx, tx, value[int], `SELECT count(*) FROM `+table)
			if err != nil {
				return err
			}
			if rows != n {
				t.Errorf("%s has %d rows, want %d", table, rows, n)
			}
		}
		if n < told || n > 0 && cursor != strconv.Itoa(n) {
			t.Errorf("the store has %d and a cursor %s, but %d were committed", n, cursor, told)
		}
		return tx.VerifyAudit(ctx)
	})
	return n
}

// A process killed while it makes the store leaves something that opens.
func TestKilledWhileMaking(t *testing.T) {
	for i := range 6 {
		dir := t.TempDir()
		cmd := child(t, "open", dir)
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(5+i*8) * time.Millisecond)
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
		if err := openStore(t, dir).Check(context.Background()); err != nil {
			t.Error(err)
		}
	}
}

const counts = 100 // by each of the writers

func countUp(dir string) error {
	ctx := context.Background()
	s, err := Open(ctx, dir, time.Now)
	if err != nil {
		return err
	}
	for range counts {
		err := s.Update(ctx, func(tx *Tx) error {
			n := 0
			if _, err := tx.Setting(ctx, "n", &n); err != nil {
				return err
			}
			return tx.SetSetting(ctx, "n", n+1)
		})
		if err != nil {
			return err
		}
	}
	return s.Close()
}

// Writers of several processes and goroutines wait for one another and lose no
// count; a new store opened by all of them at once is made once.
func TestProcessesWriteTogether(t *testing.T) {
	dir := t.TempDir()
	var group sync.WaitGroup
	for range 2 {
		cmd := child(t, "count", dir)
		group.Go(func() {
			if out, err := cmd.CombinedOutput(); err != nil {
				t.Errorf("%v: %s", err, out)
			}
		})
	}
	for range 2 {
		group.Go(func() {
			if err := countUp(dir); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	view(t, openStore(t, dir), func(ctx context.Context, tx *Tx) error {
		n := 0
		_, err := tx.Setting(ctx, "n", &n)
		if n != 4*counts {
			t.Errorf("counted %d, want %d", n, 4*counts)
		}
		return err
	})
}
