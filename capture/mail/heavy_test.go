package mail_test

import (
	"testing"
	"time"

	"github.com/tenths/tenths/capture/mail"
	"github.com/tenths/tenths/internal/peer"
)

// TestIMAPTenThousand observes a large mailbox, then once more, against a real
// server; it logs how long each took.
func TestIMAPTenThousand(t *testing.T) {
	peer.Heavy(t)
	d := peer.StartDovecot(t)
	for range 10_000 {
		d.Deliver(t, "INBOX", letter())
	}
	d.Flags(t, "INBOX") // the server makes its index
	began := time.Now()
	s := sinkOf(t, newIMAP(t, d, mail.Timeout(time.Minute)), "")
	first := time.Since(began)
	if len(s.all) != 10_000 {
		t.Fatalf("%d observations", len(s.all))
	}
	began = time.Now()
	s.once(t, newIMAP(t, d))
	t.Logf("first sync %v, again %v, cursor %d bytes", first, time.Since(began), len(s.cursor))
	if first > 30*time.Second {
		t.Errorf("the first sync took %v", first)
	}
}
