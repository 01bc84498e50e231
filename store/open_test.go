package store

import (
	"context"
	"database/sql"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/tenths/tenths/billing"
)

func TestDefaultDir(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("USERPROFILE", home)
	t.Setenv("XDG_DATA_HOME", "relative/is/ignored")
	t.Setenv("LOCALAPPDATA", filepath.Join(home, "L"))
	want := map[string]string{"windows": filepath.Join(home, "L", "Tenths"), "darwin": filepath.Join(home, "Library", "Application Support", "Tenths")}[runtime.GOOS]
	if want == "" {
		want = filepath.Join(home, ".local", "share", "tenths")
	}
	if got, err := DefaultDir(); err != nil || got != want {
		t.Errorf("got %q (%v), want %q", got, err, want)
	}
}

func TestOpenAgainInAnOddlyNamedFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "Dépôt %41 #1 & co")
	if runtime.GOOS != "windows" {
		dir += " what?"
	}
	s, err := Open(context.Background(), dir, atNoon)
	if err != nil {
		t.Fatal(err)
	}
	update(t, s, func(ctx context.Context, tx *Tx) error { return tx.SetSetting(ctx, "n", 1) })
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, fileName)); err != nil {
		t.Error(err)
	}
	view(t, openStore(t, dir), func(ctx context.Context, tx *Tx) error {
		var n int
		ok, err := tx.Setting(ctx, "n", &n)
		if !ok {
			t.Error("what was kept is gone")
		}
		return err
	})
}

func TestFilesAreTheOwnersAlone(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no such modes; the profile folder's own rules hold")
	}
	dir := filepath.Join(t.TempDir(), "data")
	if err := os.Mkdir(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	s := openStore(t, dir)
	update(t, s, func(ctx context.Context, tx *Tx) error { return tx.SetSetting(ctx, "n", 1) })
	if err := s.Backup(context.Background(), filepath.Join(dir, "copy.db")); err != nil {
		t.Fatal(err)
	}
	wantMode(t, dir, 0o700)
	for _, name := range []string{fileName, fileName + "-wal", fileName + "-shm", fileName + ".lock", "copy.db"} {
		wantMode(t, filepath.Join(dir, name), 0o600)
	}
	if err := os.Chmod(filepath.Join(dir, fileName), 0o644); err != nil {
		t.Fatal(err)
	}
	openStore(t, dir)
	wantMode(t, filepath.Join(dir, fileName), 0o600)

	shared := t.TempDir() // somebody's folder with other things in it
	if err := errors.Join(os.Chmod(shared, 0o755), os.WriteFile(filepath.Join(shared, "other"), nil, 0o644)); err != nil {
		t.Fatal(err)
	}
	openStore(t, shared)
	wantMode(t, shared, 0o755)
	wantMode(t, filepath.Join(shared, fileName), 0o600)
}

func wantMode(t *testing.T, path string, want fs.FileMode) {
	t.Helper()
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	if got := info.Mode().Perm(); got != want {
		t.Errorf("%s has mode %o, want %o", filepath.Base(path), got, want)
	}
}

// What is not a sound store is refused in words, and left as it is.
func TestOpenRefuses(t *testing.T) {
	whole := func(t *testing.T, dir string) string {
		s, err := Open(context.Background(), dir, atNoon)
		if err != nil {
			t.Fatal(err)
		}
		update(t, s, func(ctx context.Context, tx *Tx) error {
			for i := range 50 {
				if err := tx.SetSetting(ctx, strings.Repeat("k", i+1), strings.Repeat("v", 1000)); err != nil {
					return err
				}
			}
			return nil
		})
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		return filepath.Join(dir, fileName)
	}
	for _, c := range []struct {
		name  string
		spoil func(t *testing.T, dir, path string)
		kind  billing.Kind
		says  string
	}{
		{"a text file", func(t *testing.T, _, path string) { write(t, path, "Dear Sir or Madam, please find enclosed") }, billing.Invalid, "does not hold time records"},
		{"a few bytes", func(t *testing.T, _, path string) { write(t, path, "SQL") }, billing.Invalid, "does not hold time records"},
		{"a header and nothing", func(t *testing.T, _, path string) { write(t, path, "SQLite format 3\x00") }, billing.Invalid, "time records"},
		{"cut off", func(t *testing.T, dir, _ string) { truncate(t, whole(t, dir), 20_000) }, billing.Invalid, "damaged"},
		{"garbage behind a good header", func(t *testing.T, dir, _ string) {
			path := whole(t, dir)
			f, err := os.OpenFile(path, os.O_WRONLY, 0)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			if _, err := f.WriteAt([]byte(strings.Repeat("garbage ", 500)), 96); err != nil {
				t.Fatal(err)
			}
		}, billing.Invalid, "time records"},
		{"emptied beside its backup", func(t *testing.T, dir, path string) {
			write(t, path, "")
			write(t, filepath.Join(dir, "tenths-before-0002-20261119T120000Z.db"), "x")
		}, billing.Invalid, "empty although there are backups"},
		{"another program's database", func(t *testing.T, _, path string) {
			db, err := sql.Open("sqlite", path)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if _, err := db.Exec(`CREATE TABLE bookmark (url TEXT)`); err != nil {
				t.Fatal(err)
			}
		}, billing.Invalid, "another program"},
		{"a newer Tenths's", func(t *testing.T, dir, _ string) {
			db, err := sql.Open("sqlite", whole(t, dir))
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			if _, err := db.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (9000, 1)`); err != nil {
				t.Fatal(err)
			}
		}, billing.Conflict, "newer Tenths (version 9000"},
		{"a folder", func(t *testing.T, _, path string) {
			if err := os.Mkdir(path, 0o700); err != nil {
				t.Fatal(err)
			}
		}, billing.Invalid, "cannot be written"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, fileName)
			c.spoil(t, dir, path)
			before, _ := os.ReadFile(path)
			s, err := Open(context.Background(), dir, atNoon)
			if err == nil {
				s.Close()
				t.Fatal("it was opened")
			}
			wantKind(t, err, c.kind)
			if msg := billing.Message(err); !strings.Contains(msg, c.says) {
				t.Errorf("the message is %q, want it to say %q", msg, c.says)
			}
			if after, _ := os.ReadFile(path); string(after) != string(before) {
				t.Error("the refused file was written to")
			}
		})
	}
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}

func truncate(t *testing.T, path string, size int64) {
	t.Helper()
	if err := os.Truncate(path, size); err != nil {
		t.Fatal(err)
	}
}

// later returns the migrations with one more.
func later(t *testing.T, statements string) fs.FS {
	t.Helper()
	first, err := fs.ReadFile(migrations(), "0001_store.sql")
	if err != nil {
		t.Fatal(err)
	}
	return fstest.MapFS{
		"0001_store.sql": {Data: first},
		"9001_later.sql": {Data: []byte("-- +goose Up\n" + statements)},
	}
}

func TestMigrationBacksUpFirst(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(context.Background(), dir, atNoon)
	if err != nil {
		t.Fatal(err)
	}
	e := draft(noon, 1)
	put(t, s, &e)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if got := backups(t, dir); len(got) != 0 {
		t.Errorf("a new store has backups %v", got)
	}
	s, err = open(context.Background(), dir, atNoon, later(t, "ALTER TABLE matter ADD COLUMN tag TEXT NOT NULL DEFAULT '';"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.writer.Exec(`UPDATE matter SET tag = 'x'`); err != nil {
		t.Errorf("the migration did not run: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	saved := backups(t, dir)
	if len(saved) != 1 || filepath.Base(saved[0]) != "tenths-before-9001-20261119T120000Z.db" {
		t.Fatalf("backups %v", saved)
	}
	if runtime.GOOS != "windows" {
		wantMode(t, saved[0], 0o600)
	}
	_, err = Open(context.Background(), dir, atNoon) // the program from before
	wantKind(t, err, billing.Conflict)

	restored := t.TempDir()
	if err := os.Rename(saved[0], filepath.Join(restored, fileName)); err != nil {
		t.Fatal(err)
	}
	if got := entry(t, openStore(t, restored), e.ID); got.ID != e.ID {
		t.Error("the backup lacks the entry")
	}
}

func TestFailedMigrationChangesNothing(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(context.Background(), dir, atNoon)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	_, err = open(context.Background(), dir, atNoon, later(t, "CREATE TABLE half (n INTEGER) STRICT;\nCREATE TABLE setting (n INTEGER) STRICT;"))
	wantKind(t, err, billing.Internal)
	if saved := backups(t, dir); len(saved) != 1 || !strings.Contains(billing.Message(err), saved[0]) {
		t.Errorf("the message %q does not name the backup %v", billing.Message(err), saved)
	}
	s = openStore(t, dir) // the version is what it was
	if _, err := s.writer.Exec(`SELECT n FROM half`); err == nil {
		t.Error("half of the migration stayed")
	}
}

func backups(t *testing.T, dir string) []string {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(dir, backupPattern))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

func TestManyOpenANewStoreAtOnce(t *testing.T) {
	dir := t.TempDir()
	var group sync.WaitGroup
	for range 6 {
		group.Go(func() {
			s, err := Open(context.Background(), dir, atNoon)
			if err != nil {
				t.Error(err)
				return
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
}
