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
	"github.com/tenths/tenths/capture/mail"
	"github.com/tenths/tenths/internal/peer"
)

// conversation is mail whose answers name nothing, or only what came just
// before: both can be told only by who remembers.
var conversation = []string{
	"Message-ID: <a@x>\r\nDate: Mon, 16 Nov 2026 09:00:00 +0000\r\nFrom: luz@rivera.example\r\nTo: ana@firm.example\r\nSubject: Deposition of Vance\r\n\r\nHello.\r\n",
	"Message-ID: <b@x>\r\nDate: Tue, 17 Nov 2026 09:00:00 +0000\r\nFrom: luz@rivera.example\r\nTo: ana@firm.example\r\nSubject: Re: Deposition of Vance\r\n\r\nAnd?\r\n",
	"Message-ID: <c@x>\r\nDate: Wed, 18 Nov 2026 09:00:00 +0000\r\nFrom: luz@rivera.example\r\nTo: ana@firm.example\r\nSubject: AW: Deposition of Vance\r\nIn-Reply-To: <b@x>\r\n\r\nWell?\r\n",
	"Message-ID: <d@x>\r\nDate: Thu, 19 Nov 2026 09:00:00 +0000\r\nFrom: bo@elsewhere.example\r\nTo: ana@firm.example\r\nSubject: Re: Deposition of Vance\r\n\r\nWho?\r\n",
}

// checkConversation observes one message at a time, each by a new source as
// after a restart of the program.
func checkConversation(t *testing.T, deliver func(n int), source func() capture.Source) {
	t.Helper()
	s := &sink{}
	for n := range conversation {
		deliver(n)
		s.once(t, source())
		if cursor := strings.ToLower(string(s.cursor)); strings.Contains(cursor, "vance") || strings.Contains(cursor, "rivera") {
			t.Errorf("the cursor tells of the mail: %s", cursor)
		}
	}
	for id, want := range map[string]string{"a": "a@x", "b": "a@x", "c": "a@x", "d": "d@x"} {
		if o := s.find(t, "mail_received <"+id+"@x>"); o.Thread != want {
			t.Errorf("%s is in %q, want %q", id, o.Thread, want)
		}
	}
}

func TestThreadsOutliveThePrograms(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	cfg := func(kind billing.SourceKind, where string) capture.Config {
		return capture.Config{SourceConfig: billing.SourceConfig{ID: "s", Kind: kind, Where: billing.Privileged(where)}, Own: []string{"ana@firm.example"}}
	}
	t.Run("mbox", func(t *testing.T) {
		path := filepath.Join(dir, "Inbox")
		checkConversation(t, func(n int) {
			f, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
			if err == nil {
				_, err = fmt.Fprintf(f, "From luz Mon Nov 16 09:00:00 2026\n%s\n\n", strings.ReplaceAll(conversation[n], "\r", ""))
			}
			if err == nil {
				err = f.Close()
			}
			if err != nil {
				t.Fatal(err)
			}
		}, func() capture.Source {
			s, err := mail.NewMbox(cfg(billing.SourceMbox, path), time.Now)
			if err != nil {
				t.Fatal(err)
			}
			return s
		})
	})
	t.Run("maildir", func(t *testing.T) {
		path := filepath.Join(dir, "Maildir")
		if err := os.MkdirAll(filepath.Join(path, "cur"), 0o700); err != nil {
			t.Fatal(err)
		}
		checkConversation(t, func(n int) {
			if err := os.WriteFile(filepath.Join(path, "cur", fmt.Sprintf("%d.host:2,S", n)), []byte(conversation[n]), 0o600); err != nil {
				t.Fatal(err)
			}
		}, func() capture.Source {
			s, err := mail.NewMaildir(cfg(billing.SourceMaildir, path), time.Now)
			if err != nil {
				t.Fatal(err)
			}
			return s
		})
	})
	t.Run("IMAP", func(t *testing.T) {
		d := peer.StartDovecot(t)
		checkConversation(t, func(n int) { d.Deliver(t, "INBOX", []byte(conversation[n])) },
			func() capture.Source { return newIMAP(t, d) })
	})
}
