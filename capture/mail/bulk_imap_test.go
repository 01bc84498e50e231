package mail_test

import (
	"fmt"
	"testing"

	"github.com/tenths/tenths/capture/mail"
	"github.com/tenths/tenths/internal/peer"
)

// TestBulkIsWhatFilesSay: a mail server gives those fields that were asked for,
// a file all. Both tell the same of a message, whatever mark it bears.
func TestBulkIsWhatFilesSay(t *testing.T) {
	d := peer.StartDovecot(t)
	for i, c := range mail.BulkCases {
		d.Deliver(t, "INBOX", mail.BulkLetter(i, c.Header))
	}
	got := sinkOf(t, newIMAP(t, d), "")
	for i, c := range mail.BulkCases {
		if o := got.find(t, fmt.Sprintf("mail_received <%d@x>", i)); o.Bulk != c.Want || o.List.Reveal() != c.List {
			t.Errorf("%s is %q of list %q over IMAP, want %q of %q", c.Header, o.Bulk, o.List.Reveal(), c.Want, c.List)
		}
	}
}
