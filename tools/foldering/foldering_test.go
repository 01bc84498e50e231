package main

import (
	"archive/tar"
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tenths/tenths/internal/peer"
	"github.com/tenths/tenths/tools/internal/filed"
)

// mailbox writes a mailbox of n messages in which every sender has a folder.
func mailbox(t *testing.T, n int) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "messages"), 0o700); err != nil {
		t.Fatal(err)
	}
	labels := "file,date_utc,label\n"
	for i := range n {
		file, who := fmt.Sprintf("%05d.eml", i), []string{"lease", "estate", "suit"}[i%3]
		labels += fmt.Sprintf("%s,2026-01-05T08:%02d:00Z,%s\n", file, i%60, who)
		text := fmt.Sprintf("Message-ID: <%d@x>\nDate: Mon, 5 Jan 2026 08:%02d:00 +0000\nFrom: a@%s.example\nX-Folder: %s\nBcc: secret@%s.example\nSubject: note %d\n\nwords about %s matters\n",
			i, i%60, who, who, who, i, who)
		if err := os.WriteFile(filepath.Join(dir, "messages", file), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "labels.csv"), []byte(labels), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestPredictions(t *testing.T) {
	dir := mailbox(t, 60)
	file := filepath.Join(t.TempDir(), "predictions.csv")
	if err := run(dir, file, setting{block: 20, feedback: true}); err != nil {
		t.Fatal(err)
	}
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) != 41 || strings.Join(rows[0], ",") != "file,label,first,second,third,probability,assigned" {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	right := 0
	for _, row := range rows[1:] {
		if row[1] == row[2] {
			right++
		}
	}
	if right < 36 {
		t.Errorf("%d of 40 right where every sender has a folder", right)
	}
}

// What is answered before a label was seen must not depend on the label.
func TestNoLabelIsSeenEarly(t *testing.T) {
	one, err := filed.Read(mailbox(t, 45))
	if err != nil {
		t.Fatal(err)
	}
	two := append([]filed.Message(nil), one...)
	for i := 30; i < len(two); i++ {
		two[i].Label = "else"
	}
	a, _ := measure(one, setting{block: 15})
	b, _ := measure(two, setting{block: 15})
	for i := range 30 { // two blocks: 15 to 30, and 30 to 45 by what was known before
		if x, y := a.predictions[i], b.predictions[i]; x.p != y.p || strings.Join(x.answers, " ") != strings.Join(y.answers, " ") {
			t.Fatalf("message %s: %v before, %v with other labels later", x.message.File, x.answers, y.answers)
		}
	}
}

// The figures of docs/decisions/0012, a little under them.
func TestMailboxes(t *testing.T) {
	if os.Getenv("TENTHS_HEAVY") == "" {
		t.Skip("TENTHS_HEAVY is not set: it reads and learns two mailboxes")
	}
	for _, c := range []struct {
		name            string
		block           int
		blocks, feeding float64 // percent right
	}{{"farmer-d", 100, 80.2, 84.7}, {"taylor-m", 50, 73, 80.4}} {
		messages, err := filed.Read(unpack(t, peer.Shared(t, "data", "mail", c.name+".tar.gz"), c.name))
		if err != nil {
			t.Fatal(err)
		}
		for _, feedback := range []bool{false, true} {
			got, err := measure(messages, setting{block: c.block, feedback: feedback})
			if err != nil {
				t.Fatal(err)
			}
			var right, want float64 = 0, c.blocks
			if feedback {
				want = c.feeding
			}
			for _, p := range got.predictions {
				right += one(p.right)
			}
			if share := 100 * right / float64(len(got.predictions)); share < want {
				t.Errorf("%s, feedback %v: %.1f %% right, want %.1f", c.name, feedback, share, want)
			}
		}
	}
}

// unpack unpacks an archive of a mailbox and returns where that is.
func unpack(t *testing.T, archive, name string) string {
	t.Helper()
	f, err := os.Open(archive)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for r := tar.NewReader(z); ; {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return filepath.Join(dir, name)
		}
		if err != nil {
			t.Fatal(err)
		}
		if h.Typeflag != tar.TypeReg || !filepath.IsLocal(h.Name) {
			continue
		}
		to := filepath.Join(dir, h.Name)
		if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(to, body, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}
