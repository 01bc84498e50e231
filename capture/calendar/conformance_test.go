package calendar_test

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/capture/calendar"
	"github.com/tenths/tenths/capture/capturetest"
	"github.com/tenths/tenths/internal/peer"
)

func TestConformanceFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "conformance.ics")
	conformance(t, path, path)
}

func TestConformanceFolder(t *testing.T) {
	peer.Heavy(t) // four seconds of waiting for what the file's run shows too
	dir := filepath.Join(t.TempDir(), "work")
	if err := os.Mkdir(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	conformance(t, dir, filepath.Join(dir, "conformance.ics"))
}

func conformance(t *testing.T, where, file string) {
	events := []string{daily}
	write(t, file, calendarOf(events...))
	capturetest.Run(t, capturetest.Subject{
		New: func(t *testing.T) capture.Source {
			s, err := calendar.New(capture.Config{SourceConfig: billing.SourceConfig{ID: "cal", Kind: billing.SourceCalendar, Where: billing.Privileged(where)}},
				func() time.Time { return today })
			if err != nil {
				t.Fatal(err)
			}
			return s
		},
		Change: func(t *testing.T) {
			events = append(events, fmt.Sprintf("UID:c%d\nDTSTART:20260319T%02d0000Z\nDURATION:PT30M\nSUMMARY:Confer on Acme", len(events), len(events)%24))
			write(t, file, calendarOf(events...))
		},
		Secrets: []string{"Confer on Acme", "conformance.ics"},
		Fingerprint: func(t *testing.T) string {
			data, err := os.ReadFile(file)
			info, err2 := os.Stat(file)
			if err != nil || err2 != nil {
				t.Fatal(err, err2)
			}
			return fmt.Sprintf("%x %v", sha256.Sum256(data), info.ModTime())
		},
		Away: func(t *testing.T) func() {
			if err := os.Rename(where, where+".away"); err != nil {
				t.Fatal(err)
			}
			return func() {
				if err := os.Rename(where+".away", where); err != nil {
					t.Fatal(err)
				}
			}
		},
	})
}
