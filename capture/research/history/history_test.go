package history

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gofrs/flock"

	"github.com/tenths/tenths/billing"
)

const tables = `
CREATE TABLE urls(id INTEGER PRIMARY KEY, url TEXT, title TEXT);
CREATE TABLE visits(id INTEGER PRIMARY KEY, url INTEGER, visit_time INTEGER, transition INTEGER, visit_duration INTEGER, from_visit INTEGER DEFAULT 0);`

var everything = Query{Hosts: []string{"*.westlaw.com:*"}, Site: func(*url.URL) (string, bool) { return "Westlaw", true }}

func writer(t testing.TB, path, pragmas string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?"+pragmas)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	t.Cleanup(func() { db.Close() })
	if _, err := db.Exec(tables); err != nil {
		t.Fatal(err)
	}
	return db
}

// A browser writes without a pause, two visits in each transaction; whatever
// is read has both of each.
func TestConsistentWhileWritten(t *testing.T) {
	for name, pragmas := range map[string]string{
		"write-ahead log":  "_pragma=journal_mode(WAL)&_pragma=wal_autocheckpoint(4)&_pragma=synchronous(OFF)",
		"rollback journal": "_pragma=journal_mode(PERSIST)&_pragma=locking_mode(EXCLUSIVE)&_pragma=synchronous(OFF)&_pragma=cache_size(4)",
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("TMPDIR", t.TempDir())
			path := filepath.Join(t.TempDir(), "History")
			db := writer(t, path, pragmas)
			ctx, stop := context.WithCancel(t.Context())
			done := make(chan error, 1)
			go func() { done <- write(ctx, db) }()
			var read int
			for range 12 {
				visits, err := Read(t.Context(), path, Chromium, everything)
				if err != nil {
					if billing.KindOf(err) != billing.Unreachable { // it never stood still for long enough
						t.Error(err)
					}
					continue
				}
				if len(visits)%2 != 0 || len(visits) < read {
					t.Errorf("%d visits after %d: a transaction was read in part", len(visits), read)
				}
				read = len(visits)
			}
			stop()
			if err := <-done; err != nil {
				t.Fatal(err)
			}
			if read == 0 {
				t.Error("nothing was ever read")
			}
			visits, err := Read(t.Context(), path, Chromium, everything)
			if err != nil || len(visits) < read {
				t.Errorf("%d visits at rest, %d before: %v", len(visits), read, err)
			}
		})
	}
}

// write adds visits until ctx ends, in bursts as a browser does. The titles are
// long, so that one transaction reaches over many pages.
func write(ctx context.Context, db *sql.DB) error {
	title := strings.Repeat("Smith v. Jones ", 600)
	for n := 0; ctx.Err() == nil; n++ {
		tx, err := db.Begin()
		if err != nil {
			return err
		}
		for range 2 {
			if _, err := tx.Exec(`INSERT INTO urls (url, title) VALUES ('https://www.westlaw.com/', ?)`, title); err != nil {
				return err
			}
			time.Sleep(3 * time.Millisecond)
			if _, err := tx.Exec(`INSERT INTO visits (url, visit_time, transition, visit_duration)
				VALUES ((SELECT max(id) FROM urls), ?, 0x30000000, 0)`, Chromium.stamp(time.Now())); err != nil {
				return err
			}
		}
		if err := tx.Commit(); err != nil {
			return err
		}
		if n%8 == 7 {
			time.Sleep(60 * time.Millisecond)
		}
	}
	return nil
}

func TestErrors(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	dir := t.TempDir()
	good := filepath.Join(dir, "good")
	writer(t, good, "").Close()
	whole, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		content []byte
		kind    billing.Kind
	}{
		"absent": {nil, billing.Unreachable}, "empty": {[]byte{}, billing.Invalid}, "text": {[]byte(strings.Repeat("not a database ", 99)), billing.Invalid},
		"cut": {whole[:len(whole)/2], billing.Invalid},
	} {
		path := filepath.Join(dir, name+"-of-rivera")
		if c.content != nil {
			if err := os.WriteFile(path, c.content, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		_, err := Read(t.Context(), path, Chromium, everything)
		if billing.KindOf(err) != c.kind || strings.Contains(err.Error(), "rivera") {
			t.Errorf("%s: %v, want one of kind %q without the path", name, err, c.kind)
		}
	}
	if _, err := Read(t.Context(), good, Firefox, everything); billing.KindOf(err) != billing.Invalid {
		t.Errorf("Chromium's as Firefox's: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := Read(ctx, good, Chromium, everything); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if left, _ := os.ReadDir(os.TempDir()); len(left) > 0 {
		t.Errorf("%d copies were left behind", len(left))
	}
}

func TestSweep(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	folder := func(name string, old bool) string {
		path := filepath.Join(os.TempDir(), name)
		if err := os.MkdirAll(path, 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(path, copied), []byte("all that was visited"), 0o600); err != nil {
			t.Fatal(err)
		}
		if old {
			hour := time.Now().Add(-time.Hour)
			_ = os.Chtimes(path, hour, hour)
		}
		return path
	}
	crashed := folder(prefix+"crashed", false)
	_ = os.WriteFile(filepath.Join(crashed, held), nil, 0o600)
	used := folder(prefix+"used", true)
	lock := flock.New(filepath.Join(used, held))
	if ok, err := lock.TryLock(); !ok || err != nil {
		t.Fatal(err)
	}
	defer lock.Close()
	beginning, unlocked, other := folder(prefix+"beginning", false), folder(prefix+"unlocked", true), folder("theirs", true)
	sweep(time.Now())
	for path, want := range map[string]bool{crashed: false, used: true, beginning: true, unlocked: false, other: true} {
		if _, err := os.Stat(path); (err == nil) != want {
			t.Errorf("%s is there: %v, want %v", filepath.Base(path), err == nil, want)
		}
	}
}

// The copy is for nobody else's eyes.
func TestCopyIsPrivate(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	path := filepath.Join(t.TempDir(), "History")
	writer(t, path, "_pragma=journal_mode(WAL)")
	d, err := newDir()
	if err != nil {
		t.Fatal(err)
	}
	defer d.remove()
	if err := d.copyDatabase(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	entries, _ := os.ReadDir(d.path)
	if len(entries) < 3 {
		t.Errorf("%d files, want the database, its log and the lock", len(entries))
	}
	for _, e := range entries {
		if info, _ := e.Info(); os.PathSeparator == '/' && info.Mode().Perm() != 0o600 {
			t.Errorf("%s is %v", e.Name(), info.Mode())
		}
	}
	if info, _ := os.Stat(d.path); os.PathSeparator == '/' && info.Mode().Perm() != 0o700 {
		t.Errorf("the folder is %v", info.Mode())
	}
}

// A list of thousands of sites is no deeper than SQLite takes.
func TestManyHosts(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	path := filepath.Join(t.TempDir(), "History")
	db := writer(t, path, "")
	_, err := db.Exec(`INSERT INTO urls VALUES (1, 'https://www.westlaw.com/', 'Smith v. Jones'); INSERT INTO visits VALUES (1, 1, ?, 0x30000000, 0, 0)`,
		Chromium.stamp(time.Now()))
	if err != nil {
		t.Fatal(err)
	}
	q := everything
	for n := range 2000 {
		q.Hosts = append(q.Hosts, fmt.Sprintf("*.site-%d.example:*", n))
	}
	if visits, err := Read(t.Context(), path, Chromium, q); err != nil || len(visits) != 1 {
		t.Errorf("%d visits: %v", len(visits), err)
	}
	q.Hosts = nil
	if visits, err := Read(t.Context(), path, Chromium, q); err != nil || len(visits) != 0 {
		t.Errorf("%d visits to no site: %v", len(visits), err)
	}
}
