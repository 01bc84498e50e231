package mail

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
)

// shelfSink keeps observations by name, as the store does, and recalls them.
type shelfSink map[string]billing.Observation

func (s shelfSink) Record(_ context.Context, list []billing.Observation, _ capture.Cursor) error {
	for _, o := range list {
		if _, ok := s[o.ExternalID]; !ok {
			s[o.ExternalID] = o
		}
	}
	return nil
}

func (s shelfSink) Recall(_ context.Context, ids []string) (out []billing.Observation, err error) {
	for _, id := range ids {
		if o, ok := s[id]; ok {
			out = append(out, o)
		}
	}
	return out, nil
}

// observeAll reads the messages in batches of two, as one run of the program.
func observeAll(t fataler, s shelfSink, messages []string) {
	r := testReading()
	for len(messages) > 0 {
		n := min(2, len(messages))
		var out []billing.Observation
		for _, text := range messages[:n] {
			m, err := parseMessage(strings.NewReader(text))
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, r.observation(m, origin{stored: time.Unix(1.7e9, 0)}))
		}
		if err := r.apart(context.Background(), s, out); err != nil {
			t.Fatal(err)
		}
		if err := s.Record(context.Background(), out, ""); err != nil {
			t.Fatal(err)
		}
		messages = messages[n:]
	}
}

// TestDifferentMessagesAreDifferentObservations: however few Message-IDs there
// are, there is an observation of every message and of none twice, whatever the
// order and however often they are read; copies are one.
func TestDifferentMessagesAreDifferentObservations(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type letter struct{ id, subject, from, hour int }
		distinct := map[letter]bool{}
		var messages []string
		for range rapid.IntRange(1, 12).Draw(t, "messages") {
			n := rapid.IntRange(0, 1)
			l := letter{n.Draw(t, "id"), n.Draw(t, "subject"), n.Draw(t, "from"), n.Draw(t, "hour")}
			distinct[l] = true
			trace := rapid.SampledFrom([]string{"", "X-Relay: one\n", "Delivered-To: ana@firm.example\n"}).Draw(t, "trace")
			tag := rapid.SampledFrom([]string{"", "[list] ", "[EXTERNAL] "}).Draw(t, "tag")
			messages = append(messages, fmt.Sprintf("%sMessage-ID: <scan%d@device>\nDate: Mon, 16 Nov 2026 %d:00:00 -0500\nFrom: Device <d%d@x.example>\nSubject: %sOrder %d\n\nText.%s\n",
				trace, l.id, 10+l.hour, l.from, tag, l.subject, trace))
		}
		s := shelfSink{}
		observeAll(t, s, messages)
		if len(s) != len(distinct) {
			t.Fatalf("%d observations of %d messages", len(s), len(distinct))
		}
		for range 3 {
			observeAll(t, s, rapid.Permutation(messages).Draw(t, "order"))
		}
		sames := map[string]bool{}
		for id, o := range s {
			sames[o.Same] = true
			if !strings.HasPrefix(id, "mail_received <scan") {
				t.Fatalf("an observation is called %q", id)
			}
		}
		if len(s) != len(distinct) || len(sames) != len(distinct) {
			t.Fatalf("read again: %d observations of %d events, want %d", len(s), len(sames), len(distinct))
		}
	})
}

// TestRecordedBeforeNames: what an earlier version recorded is not recorded
// again, and another message with its Message-ID is.
func TestRecordedBeforeNames(t *testing.T) {
	message := func(subject string, hour int) string {
		return fmt.Sprintf("Message-ID: <scan@device>\nDate: Mon, 16 Nov 2026 %d:00:00 -0500\nFrom: d@x.example\nSubject: %s\n\nText.\n", hour, subject)
	}
	s := shelfSink{}
	observeAll(t, s, []string{message("Order 1", 10)})
	was := s["mail_received <scan@device>"]
	was.Same = ""
	s["mail_received <scan@device>"] = was
	for range 2 {
		observeAll(t, s, []string{message("Order 2", 11), message("Order 1", 10), message("Order 3", 12)})
	}
	if len(s) != 3 {
		t.Errorf("%d observations, want 3", len(s))
	}
}

// TestCopiesHaveOneName: a copy has the name of the message wherever it is and
// whatever was done to it on its way.
func TestCopiesHaveOneName(t *testing.T) {
	name := func(text string, from origin) billing.Observation {
		m, err := parseMessage(strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		return testReading().observation(m, from)
	}
	const fields = "Message-ID: <m@x>\nDate: Mon, 16 Nov 2026 10:00:00 -0500\nFrom: Ana <ana@firm.example>\nTo: d@x.example\nCc: ana@firm.example\n"
	sent := name(fields+"Subject: Lease\n\nText.\n", origin{sent: true})
	for what, text := range map[string]string{
		"received back":     "Received: from a by b; Mon, 16 Nov 2026 10:00:07 -0500\nReturn-Path: <ana@firm.example>\n" + fields + "Subject: Lease\n\nText.\n",
		"with a footer":     fields + "Subject: [bar] Lease\nList-Id: <bar.x>\n\nText.\n--\nTo leave the list\n",
		"written otherwise": strings.ReplaceAll(fields, "10:00:00 -0500", "15:00:00 +0000 (UTC)") + "Subject: =?utf-8?q?Lease?=\n\nText.\n",
	} {
		if o := name(text, origin{}); o.Same != sent.Same || o.Same == "" {
			t.Errorf("%s it is another message", what)
		}
	}
	if o := name("Subject: Lease\n\nText.\n", origin{}); o.Same != "" {
		t.Error("a message without a Message-ID and a Date has a name")
	}
	bare := "Date: Mon, 16 Nov 2026 10:00:00 -0500\nFrom: d@x.example\nTo: %s\nSubject: Lease\n\nText.\n"
	if a, b := name(fmt.Sprintf(bare, "a@x.example"), origin{}), name(fmt.Sprintf(bare, "b@x.example"), origin{}); a.Same == b.Same {
		t.Error("two messages without a Message-ID have one name")
	}
}

// TestLongHeaderLosesNothing: what names a message and says when it was is read
// wherever it stands in a header of any length.
func TestLongHeaderLosesNothing(t *testing.T) {
	const essential = "Message-ID: <m@x>\nDate: Mon, 16 Nov 2026 10:00:00 -0500\nFrom: Dana <d@x.example>\nSubject: The\n lease\n"
	for what, long := range map[string]string{
		"many fields":    strings.Repeat("X-Spam-Report: "+strings.Repeat("y", 70)+"\n", 8000),
		"one folded":     "X-Spam-Report: y\n" + strings.Repeat(" "+strings.Repeat("y", 70)+"\n", 8000),
		"one line":       "X-Spam-Report: " + strings.Repeat("y ", 400_000) + "\n",
		"all recipients": "To: " + strings.Repeat("someone@else.example,\n ", 30_000) + "last@else.example\n",
	} {
		for where, text := range map[string]string{"above": long + essential, "below": essential + long} {
			m, err := parseMessage(strings.NewReader(text + "\nText of it.\n"))
			if err != nil {
				t.Fatal(err)
			}
			o := testReading().observation(m, origin{})
			if o.ExternalID != "mail_received <m@x>" || o.Subject != "The lease" || o.Span.Start.Hour() != 15 || o.Words != 3 || len(o.With) == 0 || o.With[0].Address != "d@x.example" {
				t.Errorf("%s, %s: %s %q at %v, %d words, %d others", what, where, o.ExternalID, o.Subject.Reveal(), o.Span.Start, o.Words, len(o.With))
			}
		}
	}
}
