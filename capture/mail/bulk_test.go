package mail

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
)

// BulkCases are headers, and why the message seems sent to many.
var BulkCases = []struct{ Header, Want, List string }{
	{"From: dana@reed.example", "", ""},
	{"From: info@reed.example", "", ""},
	{"From: norah.reply@reed.example", "", ""},
	{"From: newsham@reed.example", "", ""},
	{"From: a@x.example\r\nList-Id: Bar news <bar.lists.example>", bulkList, "bar.lists.example"},
	{"From: a@x.example\r\nList-Id: bar.lists.example (Bar news)", bulkList, "bar.lists.example"},
	{"From: a@x.example\r\nList-Id: Litigation Section List", bulkList, ""},
	{"From: a@x.example\r\nPrecedence: List", bulkList, ""},
	{"From: a@x.example\r\nPrecedence: bulk", bulkSent, ""},
	{"From: a@x.example\r\nPrecedence: junk", bulkSent, ""},
	{"From: a@x.example\r\nPrecedence: first-class", "", ""},
	{"From: a@x.example\r\nFeedback-ID: 1:2:3:x", bulkSent, ""},
	{"From: a@x.example\r\nX-CampaignID: 77", bulkSent, ""},
	{"From: a@x.example\r\nX-MC-User: 77", bulkSent, ""},
	{"From: a@x.example\r\nList-Unsubscribe: <mailto:u@x.example>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click", bulkUnsubscribe, ""},
	{"From: a@x.example\r\nAuto-Submitted: auto-generated", bulkMachine, ""},
	{"From: a@x.example\r\nAuto-Submitted: No", "", ""},
	{"From: No Reply <No-Reply@x.example>", bulkUnanswered, ""},
	{"From: donotreply@x.example", bulkUnanswered, ""},
	{"From: do_not_reply@x.example", bulkUnanswered, ""},
	{"From: messages-noreply@x.example", bulkUnanswered, ""},
	{"From: noreply+77ab@x.example", bulkUnanswered, ""},
	{"From: ne-pas-repondre@x.example", bulkUnanswered, ""},
	{"From: no.reply.alerts@x.example", bulkUnanswered, ""},
	{"From: notifications@x.example", bulkFunction, ""},
	{"From: firm-news@x.example", bulkFunction, ""},
	{"From: noreply@portal.example\r\nReply-To: Dana Reed <dana@reed.example>", "", ""},
	{"From: noreply@portal.example\r\nReply-To: noreply@portal.example", bulkUnanswered, ""},
	{"From: noreply@portal.example\r\nReply-To: Dana <d@reed.example>\r\nList-Unsubscribe: <https://portal.example/u>", bulkUnsubscribe, ""},
}

// BulkLetter is a message with that header.
func BulkLetter(i int, header string) []byte {
	return fmt.Appendf(nil, "Message-ID: <%d@x>\r\nDate: Thu, 19 Nov 2026 10:00:00 +0000\r\nTo: ana@firm.example\r\nSubject: s%d\r\n%s\r\n\r\nText of it.\r\n", i, i, header)
}

func TestBulk(t *testing.T) {
	for i, c := range BulkCases {
		m, err := parseMessage(bytes.NewReader(BulkLetter(i, c.Header)))
		if err != nil {
			t.Fatal(err)
		}
		o := testReading().observation(m, origin{})
		if o.Bulk != c.Want || o.List.Reveal() != c.List || o.Ignored != "" {
			t.Errorf("%s is %q of list %q (ignored: %q), want %q of %q", strings.ReplaceAll(c.Header, "\r\n", "; "), o.Bulk, o.List.Reveal(), o.Ignored, c.Want, c.List)
		}
	}
}

// TestEveryFieldIsAskedFor: what is looked at in a header is asked for of a
// mail server, in lower case as it is looked up.
func TestEveryFieldIsAskedFor(t *testing.T) {
	asked := wordSet(strings.Join(usualNames, " "))
	for _, f := range bulkFields {
		if !asked[f.name] {
			t.Errorf("%s is not asked for", f.name)
		}
	}
}

// TestWhatWasSentIsNotBulk: whom the timekeeper writes to changes nothing.
func TestWhatWasSentIsNotBulk(t *testing.T) {
	for i, c := range BulkCases {
		header := "From: ana@firm.example\r\n" + c.Header[strings.Index(c.Header+"\r\n", "\r\n"):]
		m, err := parseMessage(bytes.NewReader(BulkLetter(i, strings.ReplaceAll(header, "\r\n\r\n", "\r\n"))))
		if err != nil {
			t.Fatal(err)
		}
		if o := testReading().observation(m, origin{sent: true}); o.Bulk != "" || o.List != "" {
			t.Errorf("%s, sent, is %q", c.Header, o.Bulk)
		}
	}
}
