package store

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tenths/tenths/billing"
)

// A store that runs out of room says so, keeps what it had, and goes on once
// there is room.
func TestFullDisk(t *testing.T) {
	s := newStore(t)
	update(t, s, func(ctx context.Context, tx *Tx) error { return tx.SetSetting(ctx, "n", 1) })
	if _, err := s.writer.Exec(`PRAGMA max_page_count = 60`); err != nil { // what SQLite does when the disk is full
		t.Fatal(err)
	}
	fill := func(ctx context.Context, tx *Tx) error {
		if err := tx.SetSetting(ctx, "n", 2); err != nil {
			return err
		}
		_, err := tx.Record(ctx, NotesSource, "", mails("m", 2000, noon))
		return err
	}
	err := tryUpdate(s, fill)
	wantKind(t, err, billing.Invalid)
	if !strings.Contains(billing.Message(err), "disk is full") {
		t.Errorf("the message is %q", billing.Message(err))
	}
	view(t, s, func(ctx context.Context, tx *Tx) error {
		n := 0
		_, err := tx.Setting(ctx, "n", &n)
		if n != 1 {
			t.Errorf("the failed transaction left %d", n)
		}
		return err
	})
	if _, err := s.writer.Exec(`PRAGMA max_page_count = 100000`); err != nil {
		t.Fatal(err)
	}
	update(t, s, fill)
	if err := s.Check(context.Background()); err != nil {
		t.Error(err)
	}
}

// A commit that SQLite refuses leaves the transaction open; the next one must
// not find it.
func TestRefusedCommit(t *testing.T) {
	s := newStore(t)
	err := tryUpdate(s, func(ctx context.Context, tx *Tx) error {
		if err := tx.SetSetting(ctx, "n", 1); err != nil {
			return err
		}
		_, err := tx.exec(ctx, `INSERT INTO entry_span (entry, ord, start_at, end_at) VALUES ('ghost', 0, 1, 2)`) // checked at commit
		return err
	})
	wantKind(t, err, billing.Invalid)
	update(t, s, func(ctx context.Context, tx *Tx) error {
		n := 0
		ok, err := tx.Setting(ctx, "n", &n)
		if ok {
			t.Error("the refused transaction was kept")
		}
		return err
	})
}

func TestTriggersAreExplained(t *testing.T) {
	s := newStore(t)
	e := draft(noon, 1)
	e.State = billing.StateApproved
	put(t, s, &e)
	err := tryUpdate(s, func(ctx context.Context, tx *Tx) error {
		_, err := tx.exec(ctx, `UPDATE entry SET billed = 60`)
		return err
	})
	wantKind(t, err, billing.Conflict)
}

// A cancelled caller leaves nothing behind and blocks nobody.
func TestCancelledUpdate(t *testing.T) {
	s := newStore(t)
	ctx, cancel := context.WithCancel(context.Background())
	err := s.Update(ctx, func(tx *Tx) error {
		if err := tx.SetSetting(ctx, "n", 1); err != nil {
			return err
		}
		cancel()
		return nil
	})
	if err == nil {
		t.Error("a cancelled transaction was committed")
	}
	update(t, s, func(ctx context.Context, tx *Tx) error {
		var n int
		if ok, _ := tx.Setting(ctx, "n", &n); ok {
			t.Error("a cancelled transaction was kept")
		}
		return nil
	})
}

// Whatever a disk or another program did to the file, opening it ends in a
// store or in words.
func FuzzOpenDamaged(f *testing.F) {
	dir := f.TempDir()
	s, err := Open(context.Background(), dir, atNoon)
	if err != nil {
		f.Fatal(err)
	}
	e := draft(noon, 1)
	put(f, s, &e)
	if err := s.Close(); err != nil {
		f.Fatal(err)
	}
	sound, err := os.ReadFile(filepath.Join(dir, fileName))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(uint(16), []byte{0, 1}, uint(0))
	f.Add(uint(28), []byte{0xff, 0xff, 0xff, 0xff}, uint(0))
	f.Add(uint(100), []byte{13, 0, 0, 0, 0xff}, uint(0))
	f.Add(uint(4096), []byte("\x02\xff\xff\xff\xff\xff"), uint(5000))
	f.Add(uint(100), []byte("\r\x00\x04\x00\x00"), uint(0)) // looks empty: must not be started afresh
	f.Add(uint(44), []byte{0, 0, 0, 9}, uint(0))            // an unknown file format
	f.Fuzz(func(t *testing.T, at uint, damage []byte, cut uint) {
		file := append([]byte(nil), sound...)
		copy(file[at%uint(len(file)):], damage)
		file = file[:uint(len(file))-cut%uint(len(file))]
		dir := t.TempDir()
		write(t, filepath.Join(dir, fileName), string(file))
		ctx := context.Background()
		s, err := Open(ctx, dir, atNoon)
		if err != nil {
			if billing.Message(err) == "" || billing.KindOf(err) == billing.Internal {
				t.Errorf("it is refused with %v", err)
			}
			return
		}
		defer s.Close()
		_ = s.Check(ctx)
		_ = s.View(ctx, func(tx *Tx) error { _, err := tx.EntriesOn(ctx, nov19); return err })
	})
}
