package sample

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
	_ "time/tzdata"

	"github.com/tenths/tenths/billing"
)

// days are ordinary and awkward days to look at: around both changes of the
// clocks, over the turn of a year, a leap day, a Monday and a weekend.
var days = []string{
	"2026-11-20", "2026-03-06", "2026-03-08", "2026-03-09", "2026-10-30", "2026-11-01", "2026-11-02",
	"2026-12-31", "2027-01-01", "2027-01-04", "2028-02-29", "2026-07-15",
}

func day(t testing.TB, s string) billing.Day {
	t.Helper()
	d, err := billing.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// shared holds one sample practice a day, for the tests that only read it.
var shared = struct {
	root string
	days map[string]*Practice
}{days: map[string]*Practice{}}

func TestMain(m *testing.M) {
	root, err := os.MkdirTemp("", "sample")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	shared.root = root
	code := m.Run()
	os.RemoveAll(root)
	os.Exit(code)
}

// written returns the sample practice of a day, which the test leaves alone.
func written(t testing.TB, s string) *Practice {
	t.Helper()
	if shared.days[s] == nil {
		shared.days[s] = writtenTo(t, filepath.Join(shared.root, s), s)
	}
	return shared.days[s]
}

func writtenTo(t testing.TB, dir, s string) *Practice {
	t.Helper()
	p, err := Write(dir, day(t, s))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// fingerprint sums up every file under dir: its path, bytes and time.
func fingerprint(t testing.TB, p *Practice) string {
	t.Helper()
	h := sha256.New()
	err := filepath.WalkDir(p.Dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(p.Dir, path)
		fmt.Fprintf(h, "%s %x\n", rel, sha256.Sum256(data))
		info, err := d.Info()
		if rel != mattersName && rel != calendarName && rel != trailName && filepath.Base(rel) != "maildirfolder" {
			fmt.Fprintln(h, info.ModTime().Unix())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return hex.EncodeToString(h.Sum(nil))
}

func TestSameDaySameBytes(t *testing.T) {
	seen := map[string]string{}
	for _, d := range []string{"2026-11-20", "2026-03-09"} {
		a, b := fingerprint(t, writtenTo(t, t.TempDir(), d)), fingerprint(t, writtenTo(t, t.TempDir(), d))
		if a != b {
			t.Errorf("%s was written in two ways", d)
		}
		if other, ok := seen[a]; ok {
			t.Errorf("%s and %s are alike", d, other)
		}
		seen[a] = d
	}
}

func TestWeekendStandsForFriday(t *testing.T) {
	for given, want := range map[string]string{
		"2026-03-07": "2026-03-06", "2026-03-08": "2026-03-06", "2026-11-01": "2026-10-30", "2026-11-02": "2026-11-02",
	} {
		p := written(t, given)
		if p.Day != day(t, want) {
			t.Errorf("%s: the day to look at is %s, want %s", given, p.Day, want)
		}
		if got := p.Now.Format("2006-01-02 15:04"); got != want+" 18:05" {
			t.Errorf("%s: now is %s", given, got)
		}
	}
}

// TestNothingFromTheFuture holds every day to the sample's own now: no file is
// newer, and all but the calendar is within three weeks.
func TestNothingFromTheFuture(t *testing.T) {
	for _, d := range days {
		p := written(t, d)
		for _, root := range []string{p.Mail, p.Documents} {
			filepath.WalkDir(root, func(path string, e fs.DirEntry, err error) error {
				if err != nil || e.IsDir() || e.Name() == "maildirfolder" {
					return err
				}
				info, err := e.Info()
				if err != nil {
					t.Fatal(err)
				}
				if age := p.Now.Sub(info.ModTime()); age < 0 || age > 21*24*time.Hour {
					t.Errorf("%s: %s is %v old", d, e.Name(), age)
				}
				return nil
			})
		}
	}
}

func TestRefusesToWriteOver(t *testing.T) {
	p := written(t, "2026-11-20")
	before := fingerprint(t, p)
	_, err := Write(p.Dir, day(t, "2026-11-19"))
	var e *billing.Error
	if !errors.As(err, &e) || e.Kind != billing.Conflict {
		t.Fatalf("got %v, want a conflict", err)
	}
	if fingerprint(t, p) != before {
		t.Error("it wrote nevertheless")
	}
}

func TestPrivateFiles(t *testing.T) {
	if os.PathSeparator == '\\' {
		t.Skip("Windows keeps no such modes")
	}
	p := written(t, "2026-11-20")
	err := filepath.WalkDir(p.Dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		if path != p.Dir && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s has mode %v", path, info.Mode())
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

var address = regexp.MustCompile(`@([a-z.-]+\.[a-z]+)`)

// TestOnlyFictionalAddresses: mail to anybody in the sample reaches nobody
// (RFC 2606).
func TestOnlyFictionalAddresses(t *testing.T) {
	p := written(t, "2026-11-20")
	filepath.WalkDir(p.Dir, func(path string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		text := strings.ReplaceAll(string(data), "=\r\n", "") // quoted-printable's soft line ends
		text = strings.ReplaceAll(text, "\r\n ", "")          // iCalendar's folds
		for _, m := range address.FindAllStringSubmatch(text, -1) {
			if !strings.HasSuffix(m[1], ".example") {
				t.Errorf("%s names %q", filepath.Base(path), m[1])
			}
		}
		return nil
	})
}

// TestMatters reads the list back as the importer's contract says.
func TestMatters(t *testing.T) {
	p := written(t, "2026-11-20")
	rows := readCSV(t, p.Matters)
	if got := strings.Join(rows[0], ","); got != "number,client,name,contacts,keywords,folder,rate,internal" {
		t.Errorf("the header is %s", got)
	}
	if len(rows) != 9 {
		t.Errorf("%d matters, want 8", len(rows)-1)
	}
	internal := 0
	for _, row := range rows[1:] {
		if info, err := os.Stat(filepath.Join(p.Documents, row[5])); err != nil || !info.IsDir() {
			t.Errorf("matter %s has no folder %q", row[0], row[5])
		}
		for part := range strings.SplitSeq(row[3], ";") {
			c := billing.ParseContact(part)
			if c.Name == "" || !strings.HasSuffix(string(c.Address), ".example") || c.Role == "" {
				t.Errorf("matter %s: contact %q is not understood", row[0], part)
			}
		}
		if row[7] == "yes" {
			internal++
		}
	}
	if internal != 1 {
		t.Errorf("%d internal matters", internal)
	}
}
