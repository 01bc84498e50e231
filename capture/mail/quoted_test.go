package mail

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
)

func TestQuotedAuthors(t *testing.T) {
	t.Parallel()
	own := map[string]bool{"jo@us.example": true}
	for in, want := range map[string]string{
		"-----Original Message-----\nFrom: \tPhillips, Marc  \nSent: Friday":                      "Phillips, Marc",
		"> From: Dana Reed <Dana@Reed.example>\n> To: us":                                         "dana@reed.example",
		"On Mon, 5 Jan 2026 at 10:12, Dana Reed <dana@reed.example> wrote:\n> yes":                "dana@reed.example",
		"---------------------- Forwarded by Dana J Reed/NYC/Firm on 12/13/99 10:19 AM ------":    "Dana J Reed",
		"From: jo@us.example\nSent: now":                                                          "",
		"From here on nothing":                                                                    "",
		"From: a@x.example\nFrom: a@x.example\nFrom: b@x.example":                                 "a@x.example b@x.example",
		strings.Repeat("From: someone else\n", 3) + "From: a\nFrom: b\nFrom: c\nFrom: d\nFrom: e": "someone else a b c",
	} {
		var got []string
		for _, p := range quotedAuthors(in, own) {
			got = append(got, p.Label())
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q names %q, want %q", in, got, want)
		}
	}
}

// What an answer quotes has hashes of its own, without the words that its author
// wrote too.
func TestQuotedTerms(t *testing.T) {
	t.Parallel()
	const head = "Date: Thu, 19 Nov 2026 09:00:00 +0000\r\nSubject: x\r\n\r\n"
	plain := observed("k", head+"escrow release\r\n")
	answer := observed("k", head+"escrow agreed\r\n\r\n-----Original Message-----\r\nFrom: Dana Reed\r\nSent: Monday\r\n\r\nescrow release\r\n")
	if len(plain.Quoted) > 0 || len(plain.QuotedFrom) > 0 {
		t.Errorf("nothing is quoted, but %v by %v", plain.Quoted, plain.QuotedFrom)
	}
	release := slices.DeleteFunc(slices.Clone(plain.Terms), func(x uint32) bool { return slices.Contains(answer.Terms, x) })
	if len(release) != 1 || !slices.Contains(answer.Quoted, release[0]) || !slices.IsSorted(answer.Quoted) {
		t.Errorf("%v is quoted, got %v", release, answer.Quoted)
	}
	for _, x := range answer.Quoted {
		if slices.Contains(answer.Terms, x) {
			t.Errorf("%d is both written and quoted", x)
		}
	}
	if len(answer.QuotedFrom) != 1 || answer.QuotedFrom[0].Label() != "Dana Reed" {
		t.Errorf("quoted from %+v", answer.QuotedFrom)
	}
	if none := observed("", head+"> escrow\r\n"); none.Quoted != nil {
		t.Error("without a key there are terms")
	}
}

// A single message reads as it does in a mailbox.
func TestMessagesReadAsSourcesDo(t *testing.T) {
	t.Parallel()
	const text = "Date: Thu, 19 Nov 2026 09:00:00 +0000\r\nMessage-ID: <a@x>\r\nFrom: dana@reed.example\r\nSubject: Re: escrow\r\n\r\nagreed\r\n> release\r\n"
	cfg := capture.Config{SourceConfig: billing.SourceConfig{ID: "s"}, TermKey: []byte("k")}
	one, err := NewMessages(cfg, time.Now).Read(strings.NewReader(text))
	if want := observed("k", text); err != nil || one.ExternalID != want.ExternalID || !slices.Equal(one.Terms, want.Terms) || !slices.Equal(one.Quoted, want.Quoted) || one.Thread != want.Thread {
		t.Errorf("%+v (%v), want %+v", one, err, want)
	}
}

func FuzzQuoted(f *testing.F) {
	f.Add("From: Dana <dana@reed.example>\nOn Monday, Jo wrote:\n> yes\n-- \nJo\n-----Original Message-----\nFrom: x\n")
	f.Add("Forwarded by A/B on 1/2/26\nFROM: \nwrote:\n*From:* <")
	f.Fuzz(func(t *testing.T, text string) {
		if len(quotedAuthors(text, nil)) > maxQuotedFrom {
			t.Error("too many authors")
		}
		for line, old := range lines(text) {
			if !old && strings.HasPrefix(line, ">") {
				t.Errorf("%q is said to be the author's own", line)
			}
		}
	})
}
