package mail_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/capture/capturetest"
	"github.com/tenths/tenths/capture/mail"
)

// maildir is a Maildir that a test delivers to.
type maildir struct {
	root string
	n    int
}

func newMaildir(t testing.TB, folders ...string) *maildir {
	t.Helper()
	m := &maildir{root: filepath.Join(t.TempDir(), "Privileged place")}
	for _, f := range append(folders, "") {
		for _, sub := range []string{"cur", "new", "tmp"} {
			if err := os.MkdirAll(filepath.Join(m.root, f, sub), 0o700); err != nil {
				t.Fatal(err)
			}
		}
	}
	return m
}

// deliver puts a message into new of the folder and returns its path.
func (m *maildir) deliver(t testing.TB, folder string, message []byte) string {
	t.Helper()
	m.n++
	name := fmt.Sprintf("%d.M%dP1.host", time.Now().Unix(), m.n)
	tmp, to := filepath.Join(m.root, folder, "tmp", name), filepath.Join(m.root, folder, "new", name)
	if err := os.WriteFile(tmp, message, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(tmp, to); err != nil {
		t.Fatal(err)
	}
	return to
}

func (m *maildir) source(t testing.TB, more ...mail.Option) *mail.Maildir {
	t.Helper()
	cfg := capture.Config{SourceConfig: billing.SourceConfig{ID: "maildir", Where: billing.Privileged(m.root)}, Own: []string{"ana@firm.example"}}
	s, err := mail.NewMaildir(cfg, time.Now, append([]mail.Option{mail.Every(20 * time.Millisecond)}, more...)...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// fingerprint is the names, sizes, modes and times of all files.
func fingerprint(t testing.TB, root string) string {
	t.Helper()
	var out strings.Builder
	err := filepath.Walk(root, func(path string, info os.FileInfo, err error) error {
		if err == nil {
			fmt.Fprintln(&out, path, info.Size(), info.Mode(), info.ModTime())
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// moveAway renames path and returns what undoes it.
func moveAway(t *testing.T, path string) func() {
	t.Helper()
	move := func(from, to string) {
		if err := os.Rename(from, to); err != nil {
			t.Fatal(err)
		}
	}
	move(path, path+".away")
	return func() { move(path+".away", path) }
}

func TestMaildirConforms(t *testing.T) {
	m := newMaildir(t, ".Sent")
	capturetest.Run(t, capturetest.Subject{
		New:         func(t *testing.T) capture.Source { return m.source(t) },
		Change:      func(t *testing.T) { m.deliver(t, "", letter()) },
		Secrets:     []string{"Privileged", "luz@rivera.example", "ana@firm.example"},
		Fingerprint: func(t *testing.T) string { return fingerprint(t, m.root) },
		Away:        func(t *testing.T) func() { return moveAway(t, m.root) },
	})
}

func TestMaildirFolders(t *testing.T) {
	m := newMaildir(t, ".Sent Items", ".Clients.Rivera", ".Drafts", ".Junk", "Gesendet", ".&AMk-l&AOk-ments envoy&AOk-s")
	for folder, id := range map[string]string{
		"": "inbox", ".Sent Items": "sent", ".Clients.Rivera": "filed", ".Drafts": "draft", ".Junk": "junk", "Gesendet": "gesendet",
		".&AMk-l&AOk-ments envoy&AOk-s": "envoye",
	} {
		m.deliver(t, folder, []byte("Message-ID: <"+id+"@x>\nDate: Thu, 19 Nov 2026 09:00:00 +0000\nFrom: x@x.example\n\nhi\n"))
	}
	path := m.deliver(t, "", []byte("Message-ID: <unsent@x>\n\nhi\n"))
	if err := os.Rename(path, filepath.Join(m.root, "cur", filepath.Base(path)+":2,DS")); err != nil {
		t.Fatal(err)
	}
	got := sinkOf(t, m.source(t), "")
	for _, id := range []string{"mail_received <inbox@x>", "mail_sent <sent@x>", "mail_received <filed@x>", "mail_sent <gesendet@x>", "mail_sent <envoye@x>"} {
		got.find(t, id)
	}
	if len(got.all) != 5 {
		t.Errorf("observed %q, want no drafts and no junk", got.order)
	}
}

// TestMaildirReadingAndFiling has a mail program mark a message as read, and
// file it, while it is observed: it stays one observation.
func TestMaildirReadingAndFiling(t *testing.T) {
	m := newMaildir(t, ".Filed")
	path := m.deliver(t, "", letter())
	s := sinkOf(t, m.source(t), "")
	name := filepath.Base(path)
	for _, to := range []string{filepath.Join(m.root, "cur", name+":2,S"), filepath.Join(m.root, ".Filed", "cur", name+":2,RS")} {
		if err := os.Rename(path, to); err != nil {
			t.Fatal(err)
		}
		path = to
		m.deliver(t, "", letter())
		s.once(t, m.source(t))
	}
	if len(s.all) != 3 {
		t.Errorf("%d observations, want 3", len(s.all))
	}
}

// TestMaildirOldTimes delivers a message as copying programs do, with an old
// time of modification, after newer ones were observed.
func TestMaildirOldTimes(t *testing.T) {
	m := newMaildir(t)
	m.deliver(t, "", letter())
	s := sinkOf(t, m.source(t), "")
	old := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	path := m.deliver(t, "", letter())
	if err := os.Chtimes(path, old, old); err != nil {
		t.Fatal(err)
	}
	s.once(t, m.source(t))
	if len(s.all) != 2 {
		t.Error("a message with an old time of modification was lost")
	}
}

func TestMaildirBatchesKeepTheCursorSmall(t *testing.T) {
	m := newMaildir(t)
	for range 25 {
		m.deliver(t, "", letter())
	}
	s := &sink{failAt: 3}
	if err := m.source(t, mail.Batches(10)).Once(t.Context(), "", s); err == nil {
		t.Fatal("the sink's error was lost")
	}
	s.once(t, m.source(t, mail.Batches(10)))
	if len(s.all) != 25 || s.repeats != 0 {
		t.Errorf("%d observations and %d repeats, want 25 and none", len(s.all), s.repeats)
	}
}

func TestMaildirOddFiles(t *testing.T) {
	m := newMaildir(t)
	m.deliver(t, "", nil)
	m.deliver(t, "", []byte("prose"))
	m.deliver(t, "", []byte(strings.Repeat("x", 1<<20)))
	if err := os.Mkdir(filepath.Join(m.root, "new", "folder"), 0o700); err != nil {
		t.Fatal(err)
	}
	source := m.source(t)
	if got := sinkOf(t, source, ""); len(got.all) != 2 {
		t.Errorf("%d observations, want 2", len(got.all))
	}
	if len(source.Problems()) != 3 {
		t.Errorf("problems %q, want one for each odd file", source.Problems())
	}
}

func TestPathsRefused(t *testing.T) {
	file := filepath.Join(t.TempDir(), "mail")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	at := func(where string) capture.Config {
		return capture.Config{SourceConfig: billing.SourceConfig{ID: "x", Where: billing.Privileged(where)}}
	}
	_, fileAsFolder := mail.NewMaildir(at(file), time.Now)
	_, folderAsFile := mail.NewMbox(at(filepath.Dir(file)), time.Now)
	_, nothing := mail.NewMbox(at(""), time.Now)
	for what, err := range map[string]error{"a file as a Maildir": fileAsFolder, "a folder as an mbox": folderAsFile, "no path": nothing} {
		if billing.KindOf(err) != billing.Invalid {
			t.Errorf("%s gives %v, want invalid", what, err)
		}
	}
	empty, err := mail.NewMaildir(at(t.TempDir()), time.Now)
	if err != nil {
		t.Fatal(err)
	}
	if err := empty.Once(t.Context(), "", &sink{}); billing.KindOf(err) != billing.NotFound || strings.Contains(err.Error(), os.TempDir()) {
		t.Errorf("a folder without mail gives %v", err)
	}
}

func BenchmarkMaildir10k(b *testing.B) {
	m := newMaildir(b)
	for range 10_000 {
		m.deliver(b, "", letter())
	}
	for b.Loop() {
		if got := sinkOf(b, m.source(b), ""); len(got.all) != 10_000 {
			b.Fatal(len(got.all))
		}
	}
}

func BenchmarkMaildir10kUnchanged(b *testing.B) {
	m := newMaildir(b)
	for range 10_000 {
		m.deliver(b, "", letter())
	}
	s := sinkOf(b, m.source(b), "")
	b.ReportMetric(float64(len(s.cursor)), "cursor-bytes")
	for b.Loop() {
		s.once(b, m.source(b))
	}
}
