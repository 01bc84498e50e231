package main

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/tenths/tenths/tools/internal/filed"
)

// mailbox writes a mailbox of n messages in which every sender has a folder, but
// for one who writes about two things.
func mailbox(t *testing.T, n int) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, "messages"), 0o700); err != nil {
		t.Fatal(err)
	}
	labels := "file,date_utc,label\n"
	for i := range n {
		file, who := fmt.Sprintf("%05d.eml", i), []string{"lease", "estate", "suit", "both"}[i%4]
		label := who
		if who == "both" {
			label = []string{"lease", "suit"}[i/4%2]
		}
		at := fmt.Sprintf("%02d:%02d:00", 15+i/60%5, i%60)
		labels += fmt.Sprintf("%s,2026-01-%02dT%sZ,%s\n", file, 5+i/20, at, label)
		text := fmt.Sprintf("Message-ID: <%d@x>\nDate: %d Jan 2026 %s +0000\nFrom: p%d@%s.example\nTo: jo@hartlaw.example\nSubject: note %d\n\nwords about things\n", i, 5+i/20, at, i%8, who, i)
		if err := os.WriteFile(filepath.Join(dir, "messages", file), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "labels.csv"), []byte(labels), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

func TestReplay(t *testing.T) {
	dir := mailbox(t, 60)
	own, err := filed.Owner(dir)
	if err != nil || len(own) != 1 || own[0] != "jo@hartlaw.example" {
		t.Fatalf("the owner is %v, %v", own, err)
	}
	for _, s := range []setting{{day: 20, days: 9}, {day: 60, days: 9}, {dates: true, days: 9}} {
		messages, err := filed.Read(dir, own...)
		if err != nil {
			t.Fatal(err)
		}
		r, err := open(t.Context(), messages, own, s)
		if err != nil {
			t.Fatal(err)
		}
		defer r.close()
		seen := 0
		for !r.done() {
			if err := r.workday(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		for _, day := range r.sheets {
			seen += day.messages
			if day.decisions < day.rows || day.minutes.wrong > day.minutes.assigned {
				t.Errorf("%+v: %+v", s, day)
			}
		}
		if seen != 60 || (s.day == 60) != (len(r.sheets) == 1) {
			t.Errorf("%+v: %d messages in %d days", s, seen, len(r.sheets))
		}
		if first := r.sheets[0]; first.rows > first.messages/10+1 {
			t.Errorf("%+v: %d rows of %d messages", s, first.rows, first.messages)
		}
	}
}
