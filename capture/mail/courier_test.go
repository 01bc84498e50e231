package mail_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/capture/mail"
	"github.com/tenths/tenths/internal/peer"
)

// TestIMAPCourier observes a server that has none of the newer extensions.
func TestIMAPCourier(t *testing.T) {
	c := peer.StartCourier(t)
	for _, folder := range []string{"INBOX", "INBOX", "Sent", "Projects/Lin"} {
		c.Deliver(t, folder, letter())
	}
	for _, folder := range []string{"INBOX", "Sent", "Projects/Lin"} {
		c.Open(t, folder)
	}
	w := newWiretap(t, c.Addr)
	source := func(path string) *mail.IMAP {
		cfg := capture.Config{SourceConfig: billing.SourceConfig{ID: "imap", Where: billing.Privileged("imap://" + w.addr + path), User: "alice"},
			Password: func(context.Context) (string, error) { return c.Password, nil }}
		s, err := mail.NewIMAP(cfg, time.Now, mail.Timeout(5*time.Second), mail.Poll(100*time.Millisecond), mail.Retry(20*time.Millisecond))
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	s := sinkOf(t, source(""), "")
	sent := 0
	for _, o := range s.all {
		if o.Kind == billing.KindMailSent {
			sent++
		}
	}
	if len(s.all) != 3 || sent != 1 {
		t.Fatalf("%d observations, %d of them sent; want 3 and 1", len(s.all), sent)
	}
	w.flush()
	s.once(t, source(""))
	if said, _ := w.flush(); strings.Contains(said, "SEARCH") || len(s.all) != 3 || s.repeats != 0 {
		t.Errorf("nothing new: %d observations, %d repeats; the client said\n%s", len(s.all), s.repeats, said)
	}
	c.Deliver(t, "INBOX", letter())
	s.once(t, source(""))
	if len(s.all) != 4 || s.repeats != 0 {
		t.Errorf("%d observations, %d repeats after one more message", len(s.all), s.repeats)
	}
	if got := sinkOf(t, source("/INBOX/Projects/Lin"), ""); len(got.all) != 1 {
		t.Errorf("%d observations in a folder named with slashes", len(got.all))
	}

	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	done := make(chan error, 1)
	running := source("")
	go func() { done <- running.Run(ctx, s.cursor, s) }()
	time.Sleep(300 * time.Millisecond)
	for i, folder := range []string{"INBOX", "Sent", "INBOX"} { // nothing is pushed; polling finds it
		c.Deliver(t, folder, letter())
		s.await(t, 5+i)
	}
	cancel()
	if err := <-done; err != nil {
		t.Error(err)
	}
}
