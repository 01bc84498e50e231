package mail_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/capture/mail"
	"github.com/tenths/tenths/internal/peer"
)

// fieldCases are messages rebuilt from reports about programs like this one, and
// what has to be seen in each; the folder is one of the shared reference data.
var fieldCases = map[string]func(t *testing.T, s *sink, delivered time.Time){
	"09-delegate-sender": func(t *testing.T, s *sink, _ time.Time) {
		if o := s.find(t, "mail_sent <del4@hartlaw.example>"); o.Doubt != "sent by Sam Secretary in your name" {
			t.Errorf("what an assistant sent is asked about as %q", o.Doubt)
		}
		if o := s.find(t, "mail_sent <del1@hartlaw.example>"); o.Doubt != "sent by Sam Secretary in your name" {
			t.Errorf("what an assistant sent is asked about as %q", o.Doubt)
		}
		if o := s.find(t, "mail_sent <del2@hartlaw.example>"); o.Ignored != "sent by Sam Secretary" {
			t.Errorf("what another sent for the office is ignored as %q", o.Ignored)
		}
		if o := s.find(t, "mail_sent <del3@hartlaw.example>"); o.Ignored+o.Doubt != "" {
			t.Errorf("what was sent for the office is ignored as %q, asked %q", o.Ignored, o.Doubt)
		}
	},
	"11-receipts": func(t *testing.T, s *sink, _ time.Time) {
		for _, o := range s.all {
			if o.Ignored != "a read receipt" && o.Ignored != "a delivery report" {
				t.Errorf("%s is ignored as %q", o.ExternalID, o.Ignored)
			}
		}
	},
	"12-odd-dates": func(t *testing.T, s *sink, delivered time.Time) {
		ten := time.Date(2026, 11, 16, 15, 0, 0, 0, time.UTC)
		for id, want := range map[string]time.Time{
			"d1": time.Date(2026, 11, 16, 5, 52, 44, 0, time.UTC), "d3": time.Date(2026, 11, 16, 11, 28, 27, 0, time.UTC), "d5": ten, "d7": ten, "d9": ten, "d11": ten,
			"d13": delivered, "d15": delivered, "d17": ten.Add(time.Minute), "d19": ten, "d21": ten.Add(-5 * time.Hour),
		} {
			o := s.find(t, "mail_received <"+id+"@x>")
			if off := o.Span.Start.Sub(want); off.Abs() > time.Minute && !(want.Equal(delivered) && o.Estimated) || want.Equal(delivered) != o.Estimated && id != "d7" {
				t.Errorf("%s is of %v (worked out: %v), want %v", id, o.Span.Start, o.Estimated, want)
			}
		}
	},
	"14-addresses": func(t *testing.T, s *sink, _ time.Time) {
		for id, o := range s.all {
			want := map[bool]string{false: "dana@reedlaw.example", true: "noreply@list.example"}[strings.Contains(id, "ad5@")]
			if len(o.With) != 1 || o.With[0].Address.Reveal() != want {
				t.Errorf("%s is with %q", id, partiesOf(o))
			}
		}
	},
	"18-same-message-id": func(t *testing.T, s *sink, _ time.Time) {
		subjects := map[string]bool{}
		for _, o := range s.all {
			subjects[o.Subject.Reveal()] = true
		}
		if len(subjects) != 3 || len(s.all) != 3 {
			t.Errorf("%d observations on %d subjects, want 3", len(s.all), len(subjects))
		}
	},
}

// TestFieldCases reads each case from a Maildir, an mbox and a server.
func TestFieldCases(t *testing.T) {
	t.Parallel()
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	delivered := time.Date(2026, 11, 16, 20, 0, 0, 0, time.UTC)
	for name, check := range fieldCases {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(peer.Shared(t, "data", "field", "capture", name), "Maildir")
			texts := map[string][]string{} // by folder
			total := 0
			for folder, pattern := range map[string]string{"INBOX": "cur/*", "Sent": ".Sent/cur/*"} {
				files, err := filepath.Glob(filepath.Join(dir, pattern))
				if err != nil {
					t.Fatal(err)
				}
				for _, file := range files {
					b, err := os.ReadFile(file)
					if err != nil {
						t.Fatal(err)
					}
					texts[folder] = append(texts[folder], string(b))
					total++
				}
			}
			cfg := capture.Config{SourceConfig: billing.SourceConfig{ID: "s", Where: billing.Privileged(dir)}, Own: []string{"jo@hartlaw.example"}, Zone: zone}
			t.Run("Maildir", func(t *testing.T) {
				m, err := mail.NewMaildir(cfg, time.Now)
				if err != nil {
					t.Fatal(err)
				}
				s := sinkOf(t, m, "")
				if check(t, s, delivered); len(s.all) != total {
					t.Errorf("%d observations of %d messages", len(s.all), total)
				}
			})
			t.Run("mbox", func(t *testing.T) {
				s := &sink{}
				for folder := range texts {
					path := filepath.Join(t.TempDir(), folder)
					for _, text := range texts[folder] {
						appendTo(t, path, []byte("From x@x.example Mon Nov 16 20:00:00 2026\n"+text+"\n\n"))
					}
					cfg := cfg
					cfg.Where = billing.Privileged(path)
					m, err := mail.NewMbox(cfg, time.Now)
					if err != nil {
						t.Fatal(err)
					}
					s.cursor = ""
					s.once(t, m)
				}
				if check(t, s, delivered); len(s.all) != total {
					t.Errorf("%d observations of %d messages", len(s.all), total)
				}
			})
			t.Run("IMAP", func(t *testing.T) {
				d := peer.StartDovecot(t)
				for folder := range texts {
					for _, text := range texts[folder] {
						d.Deliver(t, folder, []byte(strings.ReplaceAll(text, "\n", "\r\n")))
					}
				}
				imap, options := account(d, "imaps://"+d.TLSAddr)
				imap.Own, imap.Zone = cfg.Own, zone
				m, err := mail.NewIMAP(imap, time.Now, options...)
				if err != nil {
					t.Fatal(err)
				}
				s := sinkOf(t, m, "")
				if check(t, s, delivered); len(s.all) != total {
					t.Errorf("%d observations of %d messages", len(s.all), total)
				}
			})
		})
	}
	t.Run("13-mbox-from-lines", func(t *testing.T) {
		path := peer.Shared(t, "data", "field", "capture", "13-mbox-from-lines", "tricky.mbox")
		m, err := mail.NewMbox(capture.Config{SourceConfig: billing.SourceConfig{ID: "s", Where: billing.Privileged(path)}, Own: []string{"jo@hartlaw.example"}, Zone: zone}, time.Now)
		if err != nil {
			t.Fatal(err)
		}
		s := sinkOf(t, m, "")
		for _, id := range []string{"mail_received <b1@x>", "mail_received <b2@x>", "mail_received <b3@x>", "mail_received <b4@x>", "mail_sent <b5@x>"} {
			s.find(t, id)
		}
		if len(s.all) != 5 {
			t.Errorf("observed: %q", s.order)
		}
	})
}
