package research

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	_ "modernc.org/sqlite" // the database driver

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/capture/capturetest"
	"github.com/tenths/tenths/capture/research/history"
)

// kept is a sink that keeps everything.
type kept struct {
	mu           sync.Mutex
	observations []billing.Observation
	cursor       capture.Cursor
}

func (k *kept) Record(_ context.Context, o []billing.Observation, c capture.Cursor) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.observations, k.cursor = append(k.observations, o...), c
	return nil
}

// holdsNone fails t when any of the texts is in an observation or the cursor.
func (k *kept) holdsNone(t *testing.T, texts ...string) {
	t.Helper()
	all := string(k.cursor)
	for _, o := range k.observations {
		all += fmt.Sprintln(o.ExternalID, o.Revision, o.Thread, o.Subject.Reveal(), o.Path.Reveal(), o.Status, o.Ignored, len(o.With), len(o.Attachments))
	}
	for _, text := range texts {
		if strings.Contains(all, text) {
			t.Errorf("%q is in what was recorded", text)
		}
	}
}

// browser is a small database with the tables of a browser of 2026.
type browser struct {
	schema history.Schema
	path   string
	db     *sql.DB
}

const (
	firefoxTables = `
CREATE TABLE moz_places (id INTEGER PRIMARY KEY, url LONGVARCHAR, title LONGVARCHAR, rev_host LONGVARCHAR, visit_count INTEGER DEFAULT 0, hidden INTEGER DEFAULT 0 NOT NULL, typed INTEGER DEFAULT 0 NOT NULL, frecency INTEGER DEFAULT -1 NOT NULL, last_visit_date INTEGER, guid TEXT, foreign_count INTEGER DEFAULT 0 NOT NULL, url_hash INTEGER DEFAULT 0 NOT NULL, description TEXT, preview_image_url TEXT, site_name TEXT, origin_id INTEGER, recalc_frecency INTEGER NOT NULL DEFAULT 0, alt_frecency INTEGER, recalc_alt_frecency INTEGER NOT NULL DEFAULT 0);
CREATE TABLE moz_historyvisits (id INTEGER PRIMARY KEY, from_visit INTEGER, place_id INTEGER, visit_date INTEGER, visit_type INTEGER, session INTEGER, source INTEGER DEFAULT 0 NOT NULL, triggeringPlaceId INTEGER);
CREATE INDEX moz_historyvisits_fromindex ON moz_historyvisits (from_visit);
CREATE INDEX moz_historyvisits_dateindex ON moz_historyvisits (visit_date);`
	chromiumTables = `
CREATE TABLE urls(id INTEGER PRIMARY KEY AUTOINCREMENT,url LONGVARCHAR,title LONGVARCHAR,visit_count INTEGER DEFAULT 0 NOT NULL,typed_count INTEGER DEFAULT 0 NOT NULL,last_visit_time INTEGER NOT NULL,hidden INTEGER DEFAULT 0 NOT NULL);
CREATE TABLE visits(id INTEGER PRIMARY KEY AUTOINCREMENT,url INTEGER NOT NULL,visit_time INTEGER NOT NULL,from_visit INTEGER,external_referrer_url TEXT,transition INTEGER DEFAULT 0 NOT NULL,segment_id INTEGER,visit_duration INTEGER DEFAULT 0 NOT NULL,incremented_omnibox_typed_score BOOLEAN DEFAULT FALSE NOT NULL,opener_visit INTEGER,originator_cache_guid TEXT,originator_visit_id INTEGER,originator_from_visit INTEGER,originator_opener_visit INTEGER,is_known_to_sync BOOLEAN DEFAULT FALSE NOT NULL,consider_for_ntp_most_visited BOOLEAN DEFAULT FALSE NOT NULL,visited_link_id INTEGER DEFAULT 0 NOT NULL,app_id TEXT);
CREATE INDEX visits_time_index ON visits (visit_time);
CREATE TABLE visit_source(id INTEGER PRIMARY KEY,source INTEGER NOT NULL);`
)

// newBrowser makes a database as a browser that runs has it: written, its log
// not taken in, and with Chromium locked against everybody else.
func newBrowser(t *testing.T, schema history.Schema, dir string) *browser {
	t.Helper()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	b := &browser{schema: schema, path: filepath.Join(dir, string(schema))}
	mode, tables := "_pragma=journal_mode(WAL)", firefoxTables
	if schema == history.Chromium {
		mode, tables = "_pragma=locking_mode(EXCLUSIVE)", chromiumTables
	}
	var err error
	if b.db, err = sql.Open("sqlite", "file:"+b.path+"?"+mode); err != nil {
		t.Fatal(err)
	}
	b.db.SetMaxOpenConns(1)
	t.Cleanup(func() { b.db.Close() })
	b.exec(t, tables)
	return b
}

func (b *browser) exec(t *testing.T, query string, args ...any) {
	t.Helper()
	if _, err := b.db.Exec(query, args...); err != nil {
		t.Fatal(err)
	}
}

// visit writes down a visit of a person to an address.
func (b *browser) visit(t *testing.T, at time.Time, address, title string, lasted time.Duration) {
	t.Helper()
	if b.schema == history.Firefox {
		b.exec(t, `INSERT INTO moz_places (url, title) VALUES (?, ?)`, address, title)
		b.exec(t, `INSERT INTO moz_historyvisits (from_visit, place_id, visit_date, visit_type) VALUES (0, (SELECT max(id) FROM moz_places), ?, 1)`, at.UnixMicro())
		return
	}
	b.exec(t, `INSERT INTO urls (url, title, last_visit_time) VALUES (?, ?, 0)`, address, title)
	b.exec(t, `INSERT INTO visits (url, visit_time, transition, visit_duration, originator_cache_guid) VALUES ((SELECT max(id) FROM urls), ?, 0x30000000, ?, '')`,
		at.UnixMicro()+11_644_473_600_000_000, lasted.Microseconds())
}

var day = time.Date(2026, 3, 10, 14, 0, 0, 0, time.UTC)

func at(minutes float64) time.Time { return day.Add(time.Duration(minutes * float64(time.Minute))) }

func source(t *testing.T, where string, now time.Time, opts ...Option) *Source {
	t.Helper()
	cfg := capture.Config{SourceConfig: billing.SourceConfig{ID: "research-1", Kind: billing.SourceResearch, Where: billing.Privileged(where)}}
	s, err := New(cfg, func() time.Time { return now }, DefaultSites(), opts...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func once(t *testing.T, s *Source, sink *kept) []billing.Observation {
	t.Helper()
	n := len(sink.observations)
	if err := s.Once(t.Context(), sink.cursor, sink); err != nil {
		t.Fatal(err)
	}
	return sink.observations[n:]
}

func each(t *testing.T, check func(t *testing.T, schema history.Schema)) {
	for _, schema := range []history.Schema{history.Firefox, history.Chromium} {
		t.Run(string(schema), func(t *testing.T) {
			t.Setenv("TMPDIR", t.TempDir())
			check(t, schema)
			if left, _ := os.ReadDir(os.TempDir()); anyOurs(left) {
				t.Error("a copy of the history was left behind")
			}
		})
	}
}

func TestSessions(t *testing.T) {
	each(t, func(t *testing.T, schema history.Schema) {
		dir := t.TempDir()
		b := newBrowser(t, schema, dir)
		b.visit(t, at(0), "https://1.next.westlaw.com/Document/I1/View", "Smith v. Jones | Westlaw", time.Minute)
		b.visit(t, at(4), "https://1.next.westlaw.com/Document/I2/View", "Lee v. Santiago | Westlaw", time.Minute)
		b.visit(t, at(5), "https://bank.example/westlaw.com", "My account | Westlaw", time.Minute)
		b.visit(t, at(9), "https://1.next.westlaw.com/Document/I1/View", "Smith v. Jones | Westlaw", time.Hour)
		b.visit(t, at(19), "https://1.next.westlaw.com/Search", "Search Results | Westlaw", 0)
		b.visit(t, at(30), "https://www.ecfr.gov/", "", 90*time.Second)
		sink := &kept{}
		got := once(t, source(t, dir, at(200)), sink)
		if len(got) != 3 {
			t.Fatalf("%d sessions, want 3", len(got))
		}
		tail, single := 5.0, 1.5
		if schema == history.Firefox {
			tail, single = 0, 0
		}
		for i, want := range []struct {
			start, end float64
			subject    string
			estimated  bool
		}{{0, 9 + tail, "Smith v. Jones; Lee v. Santiago", false}, {19, 19, "Westlaw", true}, {30, 30 + single, "eCFR", true}} {
			o := got[i]
			if !o.Span.Start.Equal(at(want.start)) || !o.Span.End.Equal(at(want.end)) || o.Subject.Reveal() != want.subject || o.Estimated != want.estimated {
				t.Errorf("session %d is %v %q %v, want %v", i, o.Span, o.Subject.Reveal(), o.Estimated, want)
			}
			if o.Kind != billing.KindResearch || o.Path != "" || o.With != nil {
				t.Errorf("session %d is a %s with a path or parties", i, o.Kind)
			}
		}
		sink.holdsNone(t, "bank", "account", "https", "Document", dir)
	})
}

// What the query leaves out and what the list lists agree, with every port,
// user and spelling.
func TestQueryAgreesWithList(t *testing.T) {
	each(t, func(t *testing.T, schema history.Schema) {
		dir := t.TempDir()
		b := newBrowser(t, schema, dir)
		want := map[string]int{}
		n := 0
		for address, site := range addresses {
			b.visit(t, at(float64(20*n)), address, "", 0)
			if n++; site != "" {
				want[site]++
			}
		}
		got := map[string]int{}
		for _, o := range once(t, source(t, dir, at(float64(20*n))), &kept{}) {
			got[o.Subject.Reveal()]++
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("sessions (-listed +read):\n%s", diff)
		}
	})
}

func TestSessionGrows(t *testing.T) {
	each(t, func(t *testing.T, schema history.Schema) {
		dir := t.TempDir()
		b := newBrowser(t, schema, dir)
		sink := &kept{}
		visit := func(minute float64, host string) {
			b.visit(t, at(minute), "https://"+host+"/x", "Smith v. Jones", 0)
		}
		visit(0, "www.westlaw.com")
		first := once(t, source(t, dir, at(1)), sink)
		visit(8, "www.westlaw.com")
		visit(8.5, "plus.lexis.com")
		grown := once(t, source(t, dir, at(9)), sink)
		if len(first) != 1 || len(grown) != 2 || grown[0].ExternalID != first[0].ExternalID || grown[0].Revision <= first[0].Revision {
			t.Fatalf("first %v, then %v: want the same session grown, and another", first, grown)
		}
		if again := once(t, source(t, dir, at(60)), sink); len(again) != 0 {
			t.Errorf("%d sessions again, and nothing changed", len(again))
		}
		visit(60, "plus.lexis.com") // closes both
		visit(61, "www.westlaw.com")
		visit(7, "unlisted.example")
		if later := once(t, source(t, dir, at(62)), sink); len(later) != 2 {
			t.Errorf("%d sessions later, want two new ones", len(later))
		}
		whole := &kept{}
		once(t, source(t, dir, at(63)), whole)
		last := map[string]string{}
		for _, o := range sink.observations {
			last[o.ExternalID] = o.Revision
		}
		for _, o := range whole.observations {
			if last[o.ExternalID] != o.Revision {
				t.Errorf("observed at once a session is %s, in steps %q", o.Revision, last[o.ExternalID])
			}
		}
		if len(whole.observations) != len(last) {
			t.Errorf("%d sessions at once, %d in steps", len(whole.observations), len(last))
		}
	})
}

func TestNotThePersonsVisits(t *testing.T) {
	dir := t.TempDir()
	b := newBrowser(t, history.Chromium, dir)
	for i, change := range []string{
		`UPDATE visits SET transition = 0x30000003 WHERE id = ?`,               // a frame in another page
		`UPDATE visits SET transition = 0x10000001 WHERE id = ?`,               // it only redirected
		`UPDATE visits SET transition = 0x30000006 WHERE id = ?`,               // the start page
		`UPDATE visits SET transition = 0x30000008 WHERE id = ?`,               // loaded again
		`UPDATE visits SET transition = 0x60000000 WHERE id = ?`,               // moved to by itself
		`UPDATE visits SET originator_cache_guid = 'phone' WHERE id = ?`,       // on another device
		`INSERT INTO visit_source (source, id) VALUES (3, ?)`,                  // imported
		`UPDATE visits SET visit_time = visit_time + 86400000000 WHERE id = ?`, // tomorrow
	} {
		b.visit(t, at(float64(30*i)), "https://www.westlaw.com/", "Smith v. Jones", 0)
		b.exec(t, change, i+1)
	}
	if got := once(t, source(t, dir, at(300)), &kept{}); len(got) != 0 {
		t.Errorf("%d sessions, want none: %v", len(got), got)
	}
	dir = t.TempDir()
	b = newBrowser(t, history.Firefox, dir)
	for i, kind := range []int{4, 7, 8, 1, 9, 6} {
		b.visit(t, at(float64(30*i)), "https://www.westlaw.com/", "Smith v. Jones", 0)
		b.exec(t, `UPDATE moz_historyvisits SET visit_type = ? WHERE id = ?`, kind, i+1)
	}
	b.visit(t, at(90.05), "https://bank.example/", "", 0) // where the last one redirected to
	b.exec(t, `UPDATE moz_historyvisits SET visit_type = 6, from_visit = 4 WHERE id = 7`)
	if got := once(t, source(t, dir, at(300)), &kept{}); len(got) != 0 {
		t.Errorf("%d sessions, want none: %v", len(got), got)
	}
}

// An older Chromium lacks what newer ones have added.
func TestOlderChromium(t *testing.T) {
	dir := t.TempDir()
	b := newBrowser(t, history.Chromium, dir)
	b.visit(t, at(0), "https://www.westlaw.com/", "Smith v. Jones", 0)
	b.exec(t, `ALTER TABLE visits DROP COLUMN originator_cache_guid; DROP TABLE visit_source`)
	if got := once(t, source(t, dir, at(1)), &kept{}); len(got) != 1 {
		t.Errorf("%d sessions, want one", len(got))
	}
}

func TestFirstLook(t *testing.T) {
	each(t, func(t *testing.T, schema history.Schema) {
		dir := t.TempDir()
		b := newBrowser(t, schema, dir)
		b.visit(t, at(-60*24*40), "https://www.westlaw.com/", "Long ago", 0)
		sink := &kept{}
		if got := once(t, source(t, dir, at(0)), sink); len(got) != 0 {
			t.Errorf("%d sessions of forty days ago", len(got))
		}
		b.visit(t, at(1), "https://www.westlaw.com/", "Smith v. Jones", 0)
		if got := once(t, source(t, dir, at(2)), sink); len(got) != 1 {
			t.Errorf("%d sessions, want the new one alone", len(got))
		}
		if got := once(t, source(t, dir, at(2), Since(at(0))), &kept{}); len(got) != 1 {
			t.Errorf("%d sessions since then, want one", len(got))
		}
	})
}

func TestConformance(t *testing.T) {
	for _, schema := range []history.Schema{history.Firefox, history.Chromium} {
		t.Run(string(schema), func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "profile-of-rivera")
			b := newBrowser(t, schema, dir)
			n := 0
			started := time.Now().Add(-48 * time.Hour)
			capturetest.Run(t, capturetest.Subject{
				New: func(t *testing.T) capture.Source {
					cfg := capture.Config{SourceConfig: billing.SourceConfig{ID: "research-1", Where: billing.Privileged(dir)}}
					s, err := New(cfg, time.Now, DefaultSites(), Every(30*time.Millisecond))
					if err != nil {
						t.Fatal(err)
					}
					return s
				},
				Change: func(t *testing.T) {
					n++
					b.visit(t, started.Add(time.Duration(7*n)*time.Minute), "https://www.westlaw.com/wisteria", fmt.Sprintf("Wisteria v. Acme %d | Westlaw", n/3), time.Minute)
					b.visit(t, started.Add(time.Duration(7*n+1)*time.Minute), "https://clinic.example/oncology", "Oncology", 0)
				},
				Secrets: []string{"wisteria", "Wisteria", "ncology", "rivera", dir},
				Fingerprint: func(t *testing.T) string {
					entries, _ := os.ReadDir(dir)
					var out strings.Builder
					for _, e := range entries {
						info, _ := e.Info()
						fmt.Fprintln(&out, e.Name(), info.Size(), info.ModTime().UnixNano())
					}
					return out.String()
				},
				Away: func(t *testing.T) func() {
					if err := os.Rename(dir, dir+"-away"); err != nil {
						t.Fatal(err)
					}
					return func() { _ = os.Rename(dir+"-away", dir) }
				},
			})
		})
	}
}
