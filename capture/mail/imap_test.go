package mail_test

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"go.uber.org/goleak"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/capture/capturetest"
	"github.com/tenths/tenths/capture/mail"
	"github.com/tenths/tenths/internal/peer"
)

// account returns the configuration of the source over d at where, and options
// that make a test quick.
func account(d *peer.Dovecot, where string) (capture.Config, []mail.Option) {
	cfg := capture.Config{
		SourceConfig: billing.SourceConfig{ID: "imap", Kind: billing.SourceIMAP, Where: billing.Privileged(where), User: billing.Privileged(d.User)},
		Own:          []string{"ana@firm.example"},
		Password:     func(context.Context) (string, error) { return d.Password, nil },
	}
	return cfg, []mail.Option{
		mail.TLS(&tls.Config{RootCAs: d.Roots, MinVersion: tls.VersionTLS12}),
		mail.Timeout(5 * time.Second), mail.Retry(20 * time.Millisecond), mail.Poll(150 * time.Millisecond),
	}
}

func newIMAP(t *testing.T, d *peer.Dovecot, more ...mail.Option) *mail.IMAP {
	t.Helper()
	cfg, options := account(d, "imaps://"+d.TLSAddr)
	s, err := mail.NewIMAP(cfg, time.Now, append(options, more...)...)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

var letters atomic.Int64

// letter returns a new message from someone to the timekeeper.
func letter() []byte {
	n := letters.Add(1)
	return fmt.Appendf(nil, "Message-ID: <letter-%d@rivera.example>\r\nDate: %s\r\nFrom: Luz Rivera <luz@rivera.example>\r\n"+
		"To: ana@firm.example\r\nSubject: Privileged thoughts %d\r\n\r\nPlease call me about the deposition.\r\n",
		n, time.Date(2026, 11, 19, 9, 0, 0, 0, time.UTC).Add(time.Duration(n)*time.Minute).Format(time.RFC1123Z), n)
}

func TestIMAPConforms(t *testing.T) {
	d := peer.StartDovecot(t)
	capturetest.Run(t, capturetest.Subject{
		New:         func(t *testing.T) capture.Source { return newIMAP(t, d) },
		Change:      func(t *testing.T) { d.Deliver(t, "INBOX", letter()) },
		Secrets:     []string{"Privileged thoughts", "luz@rivera.example", "ana@firm.example", d.Password, d.TLSAddr},
		Fingerprint: func(t *testing.T) string { return d.Flags(t, "INBOX") },
		Ignore:      []goleak.Option{goleak.IgnoreAnyFunction("github.com/tenths/tenths/internal/peer.(*Dovecot).Restart.func1")},
		Away: func(t *testing.T) func() {
			d.Kill()
			return func() { d.Restart(t) }
		},
	})
}

func TestIMAPFirstSync(t *testing.T) {
	t.Parallel()
	d := peer.StartDovecot(t)
	invitation := "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nhello\r\n" +
		"--b\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\nBEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n--b--\r\n"
	d.Deliver(t, "INBOX", []byte("Message-ID: <1@x>\r\nDate: Thu, 19 Nov 2026 09:00:00 -0500\r\nFrom: =?koi8-r?B?6dfBzg==?= <Ivan@X.example>\r\n"+
		"To: Ana <ana@firm.example>, Bo <bo@x.example>\r\nCc: cy@x.example\r\nReferences: <root@x> <mid@x>\r\nIn-Reply-To: <mid@x>\r\n"+
		"Subject: =?gb2312?B?xOO6ww==?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n"+
		"--b\r\nContent-Type: text/plain\r\n\r\n"+strings.Repeat("words ", 100)+"\r\n--b\r\nContent-Type: application/pdf\r\n"+
		"Content-Disposition: attachment; filename*0*=utf-8''motion%20; filename*1=to; filename*2*=%20comp%C3%A9l.pdf\r\n\r\nx\r\n--b--\r\n"))
	d.Deliver(t, "INBOX", []byte("Message-ID: <2@x>\r\nDate: Thu, 19 Nov 2026 10:00:00 +0000\r\nFrom: l@x.example\r\nList-Id: <l.x>\r\nSubject: news\r\n\r\nhi\r\n"))
	d.Deliver(t, "INBOX", []byte("Message-ID: <3@x>\r\nDate: Thu, 19 Nov 2026 11:00:00 +0000\r\nFrom: o@x.example\r\nSubject: Meet\r\nMIME-Version: 1.0\r\n"+invitation))
	d.Deliver(t, "INBOX", []byte("no header at all, just prose\r\n"))
	d.Deliver(t, "Sent", []byte("Message-ID: <4@firm>\r\nDate: Thu, 19 Nov 2026 12:00:00 +0000\r\nFrom: another@address.example\r\nTo: bo@x.example\r\n"+
		"In-Reply-To: <1@x>\r\nSubject: Re: hello\r\n\r\n"+strings.Repeat("seven more words in each line here.\r\n", 10)))
	d.Deliver(t, "Trash", letter()) // not looked at
	flags := d.Flags(t, "INBOX")
	got := sinkOf(t, newIMAP(t, d), "")
	if after := d.Flags(t, "INBOX"); after != flags {
		t.Errorf("flags changed:\n%s\n%s", flags, after)
	}
	if len(got.all) != 5 {
		t.Fatalf("%d observations, want 5", len(got.all))
	}
	first := got.find(t, "mail_received <1@x>")
	if want := time.Date(2026, 11, 19, 14, 0, 0, 0, time.UTC); !first.Span.Start.Equal(want) {
		t.Errorf("at %v, want %v", first.Span.Start, want)
	}
	if s := first.Subject.Reveal(); s != "你好" {
		t.Errorf("subject %q", s)
	}
	wantWith := "Иван <ivan@x.example> from; Bo <bo@x.example> to;  <cy@x.example> cc"
	if diff := cmp.Diff(wantWith, partiesOf(first)); diff != "" {
		t.Error(diff)
	}
	if first.Thread != "root@x" || first.Words < 90 || first.Words > 110 || first.Ignored != "" {
		t.Errorf("thread %q, %d words, ignored %q", first.Thread, first.Words, first.Ignored)
	}
	if len(first.Attachments) != 1 || first.Attachments[0].Reveal() != "motion to compél.pdf" {
		t.Errorf("attachments %s", reveal(first.Attachments))
	}
	if o := got.find(t, "mail_received <2@x>"); o.Bulk != "from a mailing list" || o.List != "l.x" || o.Ignored != "" {
		t.Errorf("a list's message is %q, of %q, ignored as %q", o.Bulk, o.List.Reveal(), o.Ignored)
	}
	if o := got.find(t, "mail_received <3@x>"); o.Ignored != "an invitation" {
		t.Errorf("an invitation is ignored as %q", o.Ignored)
	}
	if o := got.find(t, "mail_sent <4@firm>"); o.Kind != billing.KindMailSent || o.Words < 50 || o.Words > 80 {
		t.Errorf("sent mail is %s with %d words", o.Kind, o.Words)
	}
}

func TestIMAPUIDValidity(t *testing.T) {
	t.Parallel()
	d := peer.StartDovecot(t)
	for range 5 {
		d.Deliver(t, "INBOX", letter())
	}
	s := sinkOf(t, newIMAP(t, d), "")
	d.SetUIDValidity(t, "INBOX", 777777)
	d.Deliver(t, "INBOX", letter())
	s.once(t, newIMAP(t, d))
	if len(s.all) != 6 {
		t.Errorf("%d different observations after every UID changed, want 6", len(s.all))
	}
}

func TestIMAPBatchesResume(t *testing.T) {
	t.Parallel()
	d := peer.StartDovecot(t)
	for range 7 {
		d.Deliver(t, "INBOX", letter())
	}
	s := &sink{failAt: 3}
	if err := newIMAP(t, d, mail.Batches(2)).Once(t.Context(), "", s); err == nil {
		t.Fatal("the sink's error was lost")
	}
	if len(s.all) != 4 {
		t.Fatalf("%d before the failure, want 4", len(s.all))
	}
	s.once(t, newIMAP(t, d, mail.Batches(2)))
	if len(s.all) != 7 || s.repeats != 0 {
		t.Errorf("%d observations with %d repeats, want 7 with none", len(s.all), s.repeats)
	}
}

func TestIMAPSentIsFoundWithoutBeingAnnounced(t *testing.T) {
	t.Parallel()
	d := peer.StartDovecot(t)
	s := &sink{}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	source := newIMAP(t, d)
	go func() { done <- source.Run(ctx, "", s) }()
	time.Sleep(300 * time.Millisecond)
	d.Deliver(t, "Sent", letter())
	s.await(t, 1)
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
	for _, o := range s.all {
		if o.Kind != billing.KindMailSent {
			t.Errorf("a message in Sent is %s", o.Kind)
		}
	}
}

// TestIMAPIdle has polling so far away that only IDLE can bring the news.
func TestIMAPIdle(t *testing.T) {
	t.Parallel()
	d := peer.StartDovecot(t)
	s := &sink{}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	source := newIMAP(t, d, mail.Poll(time.Hour))
	go func() { done <- source.Run(ctx, "", s) }()
	time.Sleep(300 * time.Millisecond)
	for n := 1; n <= 3; n++ {
		d.Deliver(t, "INBOX", letter())
		s.await(t, n)
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestIMAPServersAddressed(t *testing.T) {
	t.Parallel()
	d := peer.StartDovecot(t)
	d.Deliver(t, "INBOX", letter())
	for _, where := range []string{"imap://" + d.Addr, "imaps://" + d.TLSAddr, d.TLSAddr} {
		cfg, options := account(d, where)
		s, err := mail.NewIMAP(cfg, time.Now, options...)
		if err != nil {
			t.Fatal(err)
		}
		if got := sinkOf(t, s, ""); len(got.all) != 1 {
			t.Errorf("%s: %d observations", where, len(got.all))
		}
	}
	cfg, _ := account(d, "imaps://"+d.TLSAddr)
	untrusting, _ := mail.NewIMAP(cfg, time.Now) // the system's authorities do not know this one
	if err := untrusting.Once(t.Context(), "", &sink{}); err == nil || !strings.Contains(billing.Message(err), "certificate") {
		t.Errorf("an unknown certificate gives %v", err)
	}
	for _, where := range []string{"", "https://x.example", "imaps://", "imaps://ana:secret@x.example"} {
		cfg, _ := account(d, where)
		if _, err := mail.NewIMAP(cfg, time.Now); billing.KindOf(err) != billing.Invalid {
			t.Errorf("%q gives %v, want invalid", where, err)
		}
	}
}

func TestIMAPWrongPassword(t *testing.T) {
	t.Parallel()
	d := peer.StartDovecot(t)
	cfg, options := account(d, "imaps://"+d.TLSAddr)
	for name, password := range map[string]func(context.Context) (string, error){
		"wrong": func(context.Context) (string, error) { return "swordfish", nil }, "none": nil,
	} {
		cfg.Password = password
		s, err := mail.NewIMAP(cfg, time.Now, options...)
		if err != nil {
			t.Fatal(err)
		}
		for what, err := range map[string]error{"Once": s.Once(t.Context(), "", &sink{}), "Run": s.Run(t.Context(), "", &sink{})} {
			if billing.KindOf(err) != billing.Unauthorized || !strings.Contains(billing.Message(err), "password") {
				t.Errorf("%s password: %s returns %v, want unauthorized", name, what, err)
			}
			if strings.Contains(err.Error(), "swordfish") {
				t.Errorf("the error tells the password")
			}
		}
	}
}

// listen serves every connection with serve on a loopback port.
func listen(t *testing.T, serve func(net.Conn)) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go func() { defer conn.Close(); serve(conn) }()
		}
	}()
	return l.Addr().String()
}

// TestIMAPSilence meets servers that accept and say nothing, at once or after
// the greeting: a deadline ends it.
func TestIMAPSilence(t *testing.T) {
	t.Parallel()
	hush := func(greeting string) func(net.Conn) {
		return func(c net.Conn) {
			fmt.Fprint(c, greeting)
			buf := make([]byte, 1024)
			for {
				if _, err := c.Read(buf); err != nil {
					return
				}
			}
		}
	}
	for name, greeting := range map[string]string{"nothing": "", "greets": "* OK hello\r\n", "capable": "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hello\r\n"} {
		for _, scheme := range []string{"imap://", "imaps://"} {
			addr := listen(t, hush(greeting))
			cfg, _ := account(&peer.Dovecot{User: "alice", Password: "x"}, scheme+addr)
			s, err := mail.NewIMAP(cfg, time.Now, mail.Timeout(200*time.Millisecond))
			if err != nil {
				t.Fatal(err)
			}
			began := time.Now()
			err = s.Once(t.Context(), "", &sink{})
			if took := time.Since(began); billing.KindOf(err) != billing.Unreachable || took > 2*time.Second {
				t.Errorf("%s, %s: %v after %v, want unreachable within the timeout", name, scheme, err, took)
			}
			if err != nil && strings.Contains(err.Error(), addr) {
				t.Errorf("the error tells the address: %v", err)
			}
		}
	}
}
