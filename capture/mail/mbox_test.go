package mail_test

import (
	"bytes"
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

func newMbox(t testing.TB, path string, more ...mail.Option) *mail.Mbox {
	t.Helper()
	cfg := capture.Config{SourceConfig: billing.SourceConfig{ID: "mbox", Where: billing.Privileged(path)}, Own: []string{"ana@firm.example"}}
	s, err := mail.NewMbox(cfg, time.Now, append([]mail.Option{mail.Every(20 * time.Millisecond)}, more...)...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// appendTo adds text to the file at path.
func appendTo(t testing.TB, path string, text []byte) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	_, err = f.Write(text)
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// entry returns a message as it is in an mbox.
func entry(message []byte) []byte {
	return append(append([]byte("From luz@rivera.example Thu Nov 19 09:00:00 2026\n"), bytes.ReplaceAll(message, []byte("\r\n"), []byte("\n"))...), '\n')
}

func TestMboxConforms(t *testing.T) {
	path := filepath.Join(t.TempDir(), "Privileged place")
	appendTo(t, path, nil)
	capturetest.Run(t, capturetest.Subject{
		New:         func(t *testing.T) capture.Source { return newMbox(t, path) },
		Change:      func(t *testing.T) { appendTo(t, path, entry(letter())) },
		Secrets:     []string{"Privileged", "luz@rivera.example", "ana@firm.example"},
		Fingerprint: func(t *testing.T) string { return fingerprint(t, path) },
		Away:        func(t *testing.T) func() { return moveAway(t, path) },
	})
}

const msg = "Message-ID: <%d@x>\nDate: Thu, 19 Nov 2026 09:00:00 +0000\nFrom: x@x.example\nSubject: s%d\n\nbody %d\n"

func numbered(n int) []byte { return fmt.Appendf(nil, msg, n, n, n) }

func TestMboxSeparation(t *testing.T) {
	from := "From x@x.example Thu Nov 19 09:00:00 2026\n"
	for name, c := range map[string]struct {
		text string
		want int
	}{
		"empty":                   {"", 0},
		"one":                     {from + string(numbered(1)) + "\n", 1},
		"two":                     {from + string(numbered(1)) + "\n" + from + string(numbered(2)) + "\n", 2},
		"no empty line at end":    {from + string(numbered(1)) + "\n" + from + string(numbered(2)), 2},
		"CRLF":                    {string(bytes.ReplaceAll([]byte(from+string(numbered(1))+"\n"+from+string(numbered(2))+"\n"), []byte("\n"), []byte("\r\n"))), 2},
		"Thunderbird":             {"From - Thu Nov 19 09:00:00 2026\n" + string(numbered(1)) + "\nFrom - Thu Nov 19 09:00:00 2026\n" + string(numbered(2)) + "\n", 2},
		"without a date":          {"From x@x.example\n" + string(numbered(1)) + "\nFrom y\n" + string(numbered(2)) + "\n", 2},
		"prose that says From":    {from + string(numbered(1)) + "\nFrom what I hear, all is well.\nSo be it.\n\n" + from + string(numbered(2)) + "\n", 2},
		"quoted":                  {from + string(numbered(1)) + "\n>From x@x.example Thu Nov 19 09:00:00 2026\n>>From y\n\n", 1},
		"no From line at all":     {string(numbered(1)), 1},
		"empty lines before":      {"\n\n" + from + string(numbered(1)) + "\n", 1},
		"old Mac":                 {strings.ReplaceAll(from+string(numbered(1))+"\n"+from+string(numbered(2)), "\n", "\r"), 2},
		"nothing in one":          {from + "\n" + from + string(numbered(2)), 1},
		"a quoted message":        {from + string(numbered(1)) + "-----\n" + from + "From: sam@x.example\nSubject: inner\n\nbody\n\n" + from + string(numbered(2)), 2},
		"a server's own":          {"From MAILER-DAEMON Thu Nov 19 09:00:00 2026\nDate: Thu, 19 Nov 2026 09:00:00 +0000\nFrom: Mail System Internal Data <MAILER-DAEMON@x.example>\nSubject: DON'T DELETE THIS MESSAGE\nX-IMAP: 1795078800 12\n\nThis is no mail.\n\n" + from + string(numbered(2)), 1},
		"within a line of 200 kB": {from + string(numbered(1)) + string(bytes.Repeat([]byte("x"), 200_000)) + "From x Thu Nov 19 09:00:00 2026\n\n", 1},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "mbox")
			appendTo(t, path, []byte(c.text))
			old := time.Now().Add(-time.Hour)
			if err := os.Chtimes(path, old, old); err != nil {
				t.Fatal(err)
			}
			if got := sinkOf(t, newMbox(t, path), ""); len(got.all) != c.want {
				t.Errorf("%d messages, want %d", len(got.all), c.want)
			}
		})
	}
}

// TestMboxHalfWritten: a message without its end waits until the writer is done.
func TestMboxHalfWritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "mbox")
	whole := entry(numbered(1))
	appendTo(t, path, whole[:60])
	s := sinkOf(t, newMbox(t, path), "")
	if len(s.all) != 0 {
		t.Fatalf("half a message was observed: %q", s.order)
	}
	appendTo(t, path, whole[60:])
	s.once(t, newMbox(t, path))
	s.find(t, "mail_received <1@x>")
}

func TestMboxGrowsAndIsRewritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "Sent")
	for n := range 6 {
		appendTo(t, path, entry(numbered(n)))
	}
	s := sinkOf(t, newMbox(t, path, mail.Batches(2)), "")
	if s.records != 3 {
		t.Errorf("%d records of two messages each, want 3", s.records)
	}
	s.find(t, "mail_sent <5@x>") // the file is called Sent
	appendTo(t, path, entry(numbered(6)))
	s.once(t, newMbox(t, path))
	if len(s.all) != 7 || s.repeats != 0 {
		t.Errorf("after growing: %d observations, %d repeats", len(s.all), s.repeats)
	}
	// The mail program throws out message 2, and new mail comes: longer than before, and other.
	var rewritten []byte
	for _, n := range []int{0, 1, 3, 4, 5, 6, 7, 8} {
		rewritten = append(rewritten, entry(numbered(n))...)
	}
	if err := os.WriteFile(path, rewritten, 0o600); err != nil {
		t.Fatal(err)
	}
	s.once(t, newMbox(t, path))
	if len(s.all) != 9 {
		t.Errorf("after a rewrite: %d observations, want 9", len(s.all))
	}
	if err := os.WriteFile(path, entry(numbered(9)), 0o600); err != nil { // compacted to almost nothing
		t.Fatal(err)
	}
	s.once(t, newMbox(t, path))
	if len(s.all) != 10 {
		t.Errorf("after the file shrank: %d observations, want 10", len(s.all))
	}
}

func TestMboxBatchesResume(t *testing.T) {
	path := filepath.Join(t.TempDir(), "mbox")
	for n := range 7 {
		appendTo(t, path, entry(numbered(n)))
	}
	s := &sink{failAt: 3}
	if err := newMbox(t, path, mail.Batches(2)).Once(t.Context(), "", s); err == nil {
		t.Fatal("the sink's error was lost")
	}
	s.once(t, newMbox(t, path, mail.Batches(2)))
	if len(s.all) != 7 || s.repeats != 0 {
		t.Errorf("%d observations and %d repeats, want 7 and none", len(s.all), s.repeats)
	}
}
