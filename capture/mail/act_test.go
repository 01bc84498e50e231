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

// acts are messages to or from ana@firm.example, by a name, with what they are
// evidence of: kind, what is asked and why it is ignored.
var acts = map[string]struct {
	sent       bool // it is in the folder of sent mail
	fields     string
	kind       billing.ObservationKind
	doubt, not string
}{
	"own":                        {true, "From: Ana <ana@firm.example>", billing.KindMailSent, "", ""},
	"own-sender":                 {true, "From: Ana <ana@firm.example>\nSender: ana@firm.example", billing.KindMailSent, "", ""},
	"secretary":                  {true, "From: Ana <ana@firm.example>\nSender: Sam Secretary <sam@firm.example>", billing.KindMailSent, "sent by Sam Secretary in your name", ""},
	"secretary-without-name":     {true, "From: Ana <ana@firm.example>\nSender: sam@firm.example", billing.KindMailSent, "sent by sam@firm.example in your name", ""},
	"secretary-received":         {false, "From: Ana <ana@firm.example>\nSender: Sam Secretary <sam@firm.example>", billing.KindMailSent, "sent by Sam Secretary in your name", ""},
	"secretary-is-no-address":    {false, "From: Ana <ana@firm.example>\nSender: Sam Secretary", billing.KindMailSent, "sent by Sam Secretary in your name", ""},
	"two-authors":                {true, "From: Ana <ana@firm.example>, Sam <sam@firm.example>\nSender: Sam <sam@firm.example>", billing.KindMailSent, "sent by Sam in your name", ""},
	"shared-own":                 {true, "From: intake@firm.example\nSender: Ana <ana@firm.example>", billing.KindMailSent, "", ""},
	"shared-own-received":        {false, "From: intake@firm.example\nSender: Ana <ana@firm.example>", billing.KindMailSent, "", ""},
	"shared-other":               {true, "From: intake@firm.example\nSender: Sam Secretary <sam@firm.example>", billing.KindMailSent, "", "sent by Sam Secretary"},
	"shared-other-received":      {false, "From: intake@firm.example\nSender: Sam Secretary <sam@firm.example>", billing.KindMailReceived, "", ""},
	"alias":                      {true, "From: old@firm.example", billing.KindMailSent, "", ""},
	"list":                       {false, "From: ana@firm.example\nSender: bar-bounces@list.example\nList-Id: Bar <bar.list.example>", billing.KindMailSent, "", ""},
	"resent-by-own":              {true, "From: dana@reed.example\nResent-From: ana@firm.example", billing.KindMailSent, "", ""},
	"resent-by-other":            {true, "From: dana@reed.example\nResent-From: Sam Secretary <sam@firm.example>", billing.KindMailSent, "", "sent by Sam Secretary"},
	"rule":                       {false, "From: ana@firm.example\nX-MS-Exchange-Inbox-Rules-Loop: ana@firm.example", billing.KindMailSent, "", "forwarded by a rule"},
	"back-from-another's-rule":   {false, "From: ana@firm.example\nReturn-Path: <>\nX-MS-Exchange-Inbox-Rules-Loop: sam@firm.example", billing.KindMailSent, "", ""},
	"person":                     {false, "From: dana@reed.example\nX-Auto-Response-Suppress: DR, OOF, AutoReply", billing.KindMailReceived, "", ""},
	"person-returned":            {false, "Return-Path: <dana@reed.example>\nFrom: dana@reed.example\nAuto-Submitted: no\nSubject: Re: Automatic reply: the lease", billing.KindMailReceived, "", ""},
	"person-reads":               {false, "From: dana@reed.example\nSubject: Read: this order", billing.KindMailReceived, "", ""},
	"away":                       {false, "From: dana@reed.example\nAuto-Submitted: auto-replied", billing.KindMailReceived, "", "an automatic reply"},
	"away-exchange":              {false, "From: dana@reed.example\nX-Auto-Response-Suppress: All\nSubject: Automatic reply: the lease", billing.KindMailReceived, "", "an automatic reply"},
	"away-exchange-german":       {false, "From: dana@reed.example\nX-Auto-Response-Suppress: All\nAuto-Submitted: auto-generated\nSubject: Automatische Antwort: Mietvertrag", billing.KindMailReceived, "", "an automatic reply"},
	"away-perhaps":               {false, "From: dana@reed.example\nSubject: Out of office next week", billing.KindMailReceived, "it looks like an automatic reply", ""},
	"away-x-autoreply":           {false, "From: dana@reed.example\nX-Autoreply: yes", billing.KindMailReceived, "", "an automatic reply"},
	"away-x-autorespond":         {false, "From: dana@reed.example\nX-Autorespond: the lease", billing.KindMailReceived, "", "an automatic reply"},
	"away-precedence":            {false, "From: dana@reed.example\nPrecedence: auto_reply", billing.KindMailReceived, "", "an automatic reply"},
	"away-own":                   {true, "From: ana@firm.example\nAuto-Submitted: auto-replied", billing.KindMailSent, "", "an automatic reply"},
	"null-path":                  {false, "Return-Path: <>\nFrom: dana@reed.example", billing.KindMailReceived, "", "an automatic message"},
	"bounce":                     {false, "From: Mail Delivery Subsystem <MAILER-DAEMON@mx.example>\nSubject: Returned mail", billing.KindMailReceived, "", "a delivery report"},
	"bounce-postmaster":          {false, "From: postmaster@mx.example\nAuto-Submitted: auto-replied", billing.KindMailReceived, "", "a delivery report"},
	"bounce-exim":                {false, "From: System <system@mx.example>\nX-Failed-Recipients: dana@reed.example", billing.KindMailReceived, "", "a delivery report"},
	"receipt":                    {false, "From: dana@reed.example\nMIME-Version: 1.0\nContent-Type: multipart/report; boundary=b; report-type=disposition-notification", billing.KindMailReceived, "", "a read receipt"},
	"receipt-without-a-type":     {false, "From: dana@reed.example\nMIME-Version: 1.0\nContent-Type: multipart/report; boundary=b", billing.KindMailReceived, "", "a read receipt"},
	"receipt-alone":              {false, "From: dana@reed.example\nMIME-Version: 1.0\nContent-Type: message/disposition-notification", billing.KindMailReceived, "", "a read receipt"},
	"receipt-outlook":            {false, "From: dana@reed.example\nX-Auto-Response-Suppress: All\nSubject: Read: the lease", billing.KindMailReceived, "", "a read receipt"},
	"complaint":                  {false, "From: abuse@mx.example\nMIME-Version: 1.0\nContent-Type: multipart/report; boundary=b; report-type=feedback-report", billing.KindMailReceived, "", "a complaint report"},
	"own-receipt-in-sent-folder": {true, "From: ana@firm.example\nMIME-Version: 1.0\nContent-Type: multipart/report; boundary=b; report-type=disposition-notification", billing.KindMailSent, "", "a read receipt"},
}

func actMessage(name, fields string) string {
	return fmt.Sprintf("Message-ID: <%s@x>\nDate: Mon, 16 Nov 2026 10:00:00 -0500\nTo: someone@else.example\n%s\n\n--b\nContent-Type: text/plain\n\nHello there.\n--b\nContent-Type: message/disposition-notification\n\nDisposition: displayed\n\n--b--\n", name, fields)
}

// TestWhoseActItWas has every source tell what the timekeeper did.
func TestWhoseActItWas(t *testing.T) {
	t.Parallel()
	check := func(t *testing.T, s *sink) {
		t.Helper()
		if len(s.all) != len(acts) {
			t.Errorf("%d observations of %d messages", len(s.all), len(acts))
		}
		for name, want := range acts {
			o := s.find(t, string(want.kind)+" <"+name+"@x>")
			if o.Doubt != want.doubt || o.Ignored != want.not || o.Same == "" {
				t.Errorf("%s: asked %q, ignored %q; want %q, %q", name, o.Doubt, o.Ignored, want.doubt, want.not)
			}
		}
	}
	own := []string{"ana@firm.example"}
	dir := t.TempDir()
	for _, sub := range []string{"cur", ".Sent/cur"} {
		if err := os.MkdirAll(filepath.Join(dir, sub), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	boxes := map[bool]*strings.Builder{false: {}, true: {}}
	for name, a := range acts {
		text := actMessage(name, a.fields)
		sub := map[bool]string{false: "cur", true: ".Sent/cur"}[a.sent]
		if err := os.WriteFile(filepath.Join(dir, sub, name+":2,S"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(boxes[a.sent], "From - Mon Nov 16 15:00:00 2026\n%s\n", text)
	}
	t.Run("Maildir", func(t *testing.T) {
		m, err := mail.NewMaildir(capture.Config{SourceConfig: billing.SourceConfig{ID: "s", Where: billing.Privileged(dir)}, Own: own}, time.Now)
		if err != nil {
			t.Fatal(err)
		}
		check(t, sinkOf(t, m, ""))
	})
	t.Run("mbox", func(t *testing.T) {
		all := &sink{}
		for sent, name := range map[bool]string{false: "Inbox", true: "Sent"} {
			path := filepath.Join(dir, name)
			if err := os.WriteFile(path, []byte(boxes[sent].String()), 0o600); err != nil {
				t.Fatal(err)
			}
			all.cursor = ""
			all.once(t, newMbox(t, path))
		}
		check(t, all)
	})
	t.Run("IMAP", func(t *testing.T) {
		d := peer.StartDovecot(t)
		for name, a := range acts {
			d.Deliver(t, map[bool]string{false: "INBOX", true: "Sent"}[a.sent], []byte(strings.ReplaceAll(actMessage(name, a.fields), "\n", "\r\n")))
		}
		check(t, sinkOf(t, newIMAP(t, d), ""))
	})
}

// TestResentIsNotWritten: what was passed on as it was is not the words of whom
// passed it on.
func TestResentIsNotWritten(t *testing.T) {
	path := filepath.Join(t.TempDir(), "Sent")
	text := "From - Mon Nov 16 15:00:00 2026\n" + actMessage("r", "From: dana@reed.example\nResent-From: ana@firm.example\nContent-Type: text/plain") + "\n"
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	old := time.Now().Add(-time.Hour)
	if err := os.Chtimes(path, old, old); err != nil {
		t.Fatal(err)
	}
	if o := sinkOf(t, newMbox(t, path), "").find(t, "mail_sent <r@x>"); o.Words != 0 {
		t.Errorf("%d words are held to be written", o.Words)
	}
}

// TestLaidAside: what was neither sent nor read is no observation, whichever way
// it says so; and what was sent is one, wherever it is.
func TestLaidAside(t *testing.T) {
	const from, to = "From: ana@firm.example\nTo: d@x.example\n", "From: d@x.example\nTo: ana@firm.example\n"
	var box strings.Builder
	want := map[string]bool{}
	for i, c := range []struct {
		fields string
		kept   bool
	}{
		{"X-Gmail-Labels: Sent,Opened\n" + from, true}, {"X-Gmail-Labels: Drafts\n" + from, false}, {"X-Gmail-Labels: Spam,Unread\n" + to, false},
		{"X-Gmail-Labels: Inbox,\"Reed, Dana\",Opened\n" + to, true}, {"X-Gmail-Labels: Trash\n" + to, false}, {"X-Gmail-Labels: Trash,Sent\n" + from, true},
		{"X-Gmail-Labels: =?UTF-8?Q?Entw=C3=BCrfe?=\n" + from, false}, {"X-Gmail-Labels: =?UTF-8?Q?Brouillons,Messages_envoy=C3=A9s?=\n" + from, false}, {"X-Gmail-Labels: Papierkorb\n" + to, false},
		{"X-Gmail-Labels: Chat\n" + to, false}, {"X-Mozilla-Status: 0009\n" + to, false}, {"X-Mozilla-Status: 0001\nX-Mozilla-Status2: 00000000\n" + to, true},
		{"X-Mozilla-Draft-Info: internal/draft; vcard=0\n" + from, false}, {"X-Unsent: 1\n" + from, false}, {"X-Gmail-Labels: Gesendet\nFrom: alias@firm.example\n", true},
	} {
		fmt.Fprintf(&box, "From %d@xxx Mon Nov 16 15:40:00 +0000 2026\nMessage-ID: <%d@x>\nDate: Mon, 16 Nov 2026 10:40:00 -0500\n%s\nText.\n\n", i, i, c.fields)
		if c.kept {
			kind := "mail_received"
			if !strings.Contains(c.fields, "From: d@") {
				kind = "mail_sent"
			}
			want[fmt.Sprintf("%s <%d@x>", kind, i)] = true
		}
	}
	path := filepath.Join(t.TempDir(), "All mail.mbox")
	if err := os.WriteFile(path, []byte(box.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	s := sinkOf(t, newMbox(t, path), "")
	for id := range want {
		s.find(t, id)
	}
	if len(s.all) != len(want) {
		t.Errorf("%d observations, want %d: %q", len(s.all), len(want), s.order)
	}
	aside := filepath.Join(filepath.Dir(path), "Drafts.mbox")
	if err := os.WriteFile(aside, []byte(box.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	if s := sinkOf(t, newMbox(t, aside), ""); len(s.all) != 0 {
		t.Errorf("drafts are observed: %q", s.order)
	}
}
