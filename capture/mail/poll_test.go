package mail_test

import (
	"context"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture/mail"
	"github.com/tenths/tenths/internal/peer"
)

// wiretap stands between a client and a server without TLS and keeps what the
// client says, with a mark wherever the server had spoken before it. The server
// is as slow as one far away, so that only waiting for it makes a mark.
type wiretap struct {
	addr string

	mu     sync.Mutex
	heard  strings.Builder
	answer bool
}

func newWiretap(t *testing.T, server string) *wiretap {
	w := &wiretap{}
	w.addr = listen(t, func(client net.Conn) {
		up, err := net.Dial("tcp", server)
		if err != nil {
			return
		}
		defer up.Close()
		go func() {
			defer client.Close()
			_, _ = io.Copy(writer(func(b []byte) { time.Sleep(latency); w.note(nil); _, _ = client.Write(b) }), up)
		}()
		_, _ = io.Copy(writer(func(b []byte) { w.note(b); _, _ = up.Write(b) }), client)
	})
	return w
}

const latency = 30 * time.Millisecond

type writer func([]byte)

func (f writer) Write(b []byte) (int, error) { f(b); return len(b), nil }

func (w *wiretap) note(b []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if b == nil {
		w.answer = true
		return
	}
	if w.answer {
		w.heard.WriteString("---\n")
	}
	w.answer = false
	w.heard.Write(b)
}

// flush returns what the client said since the last call, and in how many round
// trips.
func (w *wiretap) flush() (said string, trips int) {
	w.mu.Lock()
	defer w.mu.Unlock()
	said = w.heard.String()
	w.heard.Reset()
	return said, strings.Count(said, "---\n")
}

// tapped returns a source whose exchange with d, which has no TLS, is kept.
func tapped(t *testing.T, d *peer.Dovecot, path string, more ...mail.Option) (*mail.IMAP, *wiretap) {
	t.Helper()
	w := newWiretap(t, d.Addr)
	cfg, options := account(d, "imap://"+w.addr+path)
	s, err := mail.NewIMAP(cfg, time.Now, append(options, more...)...)
	if err != nil {
		t.Fatal(err)
	}
	return s, w
}

// TestIMAPPollCostsOneRoundTrip: while nothing happens, a poll of several
// folders is one exchange between two IDLEs and opens no folder.
func TestIMAPPollCostsOneRoundTrip(t *testing.T) {
	t.Parallel()
	d := peer.StartDovecot(t, peer.DovecotWithoutTLS())
	for _, folder := range []string{"INBOX", "Sent", "Projects/Lin", "Projects/Day"} {
		d.Deliver(t, folder, letter())
	}
	source, w := tapped(t, d, "/INBOX,Projects%2FLin,Projects/Day,Sent", mail.Poll(100*time.Millisecond))
	s := &sink{}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- source.Run(ctx, "", s) }()
	s.await(t, 4)
	time.Sleep(500 * time.Millisecond)
	w.flush()
	time.Sleep(1500 * time.Millisecond)
	said, trips := w.flush()
	polls := strings.Count(said, "DONE")
	if polls < 3 || strings.Contains(said, "EXAMINE") || strings.Contains(said, "SEARCH") {
		t.Errorf("%d polls; the client said\n%s", polls, said)
	}
	// Each poll is DONE, the question, and IDLE again; one in ten lists the folders too.
	if trips > 3*polls+2 {
		t.Errorf("%d round trips for %d polls:\n%s", trips, polls, said)
	}
	if n := strings.Count(said, "STATUS"); n < 3*(polls-1) || n > 3*(polls+1) {
		t.Errorf("%d STATUS in %d polls, want three in each: INBOX is told of unasked", n, polls)
	}
	for i, folder := range []string{"Projects/Lin", "INBOX", "Sent"} {
		d.Deliver(t, folder, letter())
		s.await(t, 5+i)
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
	for id, o := range s.all {
		if sent := strings.HasPrefix(id, "mail_sent"); sent != (o.Kind == billing.KindMailSent) {
			t.Errorf("%s is %s", id, o.Kind)
		}
	}
}

// TestIMAPNothingNewOpensNothing: a visit that finds nothing new asks twice
// after the login, for the folders and for how they stand.
func TestIMAPNothingNewOpensNothing(t *testing.T) {
	t.Parallel()
	d := peer.StartDovecot(t, peer.DovecotWithoutTLS())
	d.Deliver(t, "INBOX", letter())
	d.Deliver(t, "INBOX", letter())
	d.Deliver(t, "Sent", letter())
	d.Expunge(t, "INBOX", 2) // the highest number given is then no message's
	source, w := tapped(t, d, "", mail.Since(time.Now().Add(-time.Hour)))
	s := sinkOf(t, source, "")
	w.flush()
	s.once(t, source)
	said, _ := w.flush()
	if strings.Contains(said, "EXAMINE") || strings.Contains(said, "SEARCH") || strings.Count(said, "STATUS") != 2 {
		t.Errorf("to find nothing new the client said\n%s", said)
	}
	d.Deliver(t, "INBOX", letter())
	before := len(s.all)
	s.once(t, source)
	said, _ = w.flush()
	if len(s.all) != before+1 || strings.Count(said, "EXAMINE") != 1 {
		t.Errorf("%d new observations; the client said\n%s", len(s.all)-before, said)
	}
}

func TestIMAPFolders(t *testing.T) {
	t.Parallel()
	d := peer.StartDovecot(t)
	for _, folder := range []string{"INBOX", "Sent", "Archive", "Projects/Lin, Day & Co", "Gesendet"} {
		d.Deliver(t, folder, letter())
	}
	for path, want := range map[string]string{
		"":                                    "received received received sent sent",
		"/":                                   "received received received sent sent",
		"/inbox":                              "received",
		"/INBOX,Archive":                      "received received",
		"/Projects%2FLin%2C%20Day%20%26%20Co": "received",
		"/Projects/Lin%2C Day %26 Co,Sent":    "received sent",
		"/Gesendet":                           "sent",
		"/INBOX,INBOX,Nowhere":                "received",
	} {
		cfg, options := account(d, "imaps://"+d.TLSAddr+path)
		source, err := mail.NewIMAP(cfg, time.Now, options...)
		if err != nil {
			t.Fatal(err)
		}
		got := sinkOf(t, source, "")
		received, sent := 0, 0
		for _, o := range got.all {
			if o.Kind == billing.KindMailSent {
				sent++
			} else {
				received++
			}
		}
		if kinds := strings.TrimSpace(strings.Repeat("received ", received) + strings.Repeat("sent ", sent)); kinds != want {
			t.Errorf("%q observes %q, want %q", path, kinds, want)
		}
		if missing := strings.Contains(path, "Nowhere"); missing != (len(source.Problems()) > 0) {
			t.Errorf("%q: problems %q", path, source.Problems())
		}
	}
	cfg, options := account(d, "imaps://"+d.TLSAddr+"/Nowhere")
	source, _ := mail.NewIMAP(cfg, time.Now, options...)
	if err := source.Once(t.Context(), "", &sink{}); billing.KindOf(err) != billing.NotFound || strings.Contains(err.Error(), "Nowhere") {
		t.Errorf("only a folder that is not there: %v", err)
	}
	for _, path := range []string{"/a%zz", "/a?b", "/a#b", "/a%0D%0Ab"} {
		cfg, _ := account(d, "imaps://"+d.TLSAddr+path)
		if _, err := mail.NewIMAP(cfg, time.Now); billing.KindOf(err) != billing.Invalid {
			t.Errorf("%q gives %v, want invalid", path, err)
		}
	}
}
