package mail

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenths/tenths/billing"
)

func TestDecodeText(t *testing.T) {
	for in, want := range map[string]string{
		"plain":                                       "plain",
		"=?utf-8?Q?Caf=C3=A9?= order":                 "Café order",
		"=?utf-8?B?w6k=?= =?utf-8?B?w6g=?=":           "éè",
		"=?utf-8?B?5L0=?= =?utf-8?B?oOWlvQ==?=":       "你好", // a character cut in two
		"=?koi8-r?B?8NLJ18XU?=":                       "Привет",
		"=?gb2312?B?xOO6ww==?=":                       "你好",
		"=?ISO-2022-JP?B?GyRCRnxLXBsoQg==?=":          "日本",
		"=?cp1252?Q?=93quoted=94?=":                   "“quoted”",
		"=?no-such-charset?Q?caf=E9?=":                "café",
		"=?utf-7?Q?Fr+APY-sche?=":                     "Frösche",
		"raw Latin-1 caf\xe9":                         "raw Latin-1 café",
		"raw UTF-8 café":                              "raw UTF-8 café",
		"=?utf-8*en?Q?with_language?=":                "with language",
		"=?utf-8?Q?spaces inside?=":                   "spaces inside",
		"=?utf-8?X?unknown?=":                         "=?utf-8?X?unknown?=",
		"=?utf-8?Q?never ends":                        "=?utf-8?Q?never ends",
		"a =?utf-8?Q?b?= c":                           "a b c",
		"line\r\n break\x00 and\ttab":                 "line break and tab",
		"=?utf-8?Q?=E9_is_not_UTF-8?=":                "é is not UTF-8",
		"=?utf-8?B?bm90IHBhZGRlZA?= =?us-ascii?Q?!?=": "not padded!",
	} {
		if got := decodeText(in, ""); got != want {
			t.Errorf("%q reads %q, want %q", in, got, want)
		}
	}
	if got := decodeText("\xf0\xd2\xc9\xd7\xc5\xd4", "koi8-r"); got != "Привет" {
		t.Errorf("a raw header in the message's own charset reads %q", got)
	}
}

func TestParseAddresses(t *testing.T) {
	for in, want := range map[string]string{
		`Dana Reed <Dana@Reed.Example>`:                      "Dana Reed|dana@reed.example",
		`"Reed, Dana" <dana@reed.example>, bo@x.example`:     "Reed, Dana|dana@reed.example;|bo@x.example",
		`dana@reed.example (Dana Reed)`:                      "Dana Reed|dana@reed.example",
		`=?iso-8859-1?Q?J=FCrgen?= <j@x.example>`:            "Jürgen|j@x.example",
		"J\xfcrgen <j@x.example>":                            "Jürgen|j@x.example",
		`team: a@x.example, B <b@x.example>;, c@x.example`:   "|a@x.example;B|b@x.example;|c@x.example",
		`undisclosed-recipients:;`:                           "",
		`'dana@reed.example' <dana@reed.example>`:            "|dana@reed.example",
		`Reed, Dana <dana@reed.example>`:                     "Reed, Dana|dana@reed.example",
		`"broken <dana@reed.example>, bo@x.example`:          "broken|dana@reed.example;|bo@x.example",
		`<mailto:dana@reed.example>`:                         "|dana@reed.example",
		`<@relay.example:dana@reed.example>`:                 "|dana@reed.example",
		`Dana "the lawyer" Reed <dana@reed.example>`:         "Dana the lawyer Reed|dana@reed.example",
		`a@x.example; b@x.example`:                           "|a@x.example;|b@x.example",
		`Dana Reed [mailto:dana@reed.example]`:               "Dana Reed|dana@reed.example",
		`Reed, Dana [mailto:dana@reed.example]; b@x.example`: "Reed, Dana|dana@reed.example;|b@x.example",
		`Dana Reed <dana@reed.example`:                       "Dana Reed|dana@reed.example",
		`"Reed, Dana"  dana@reed.example`:                    "Reed, Dana|dana@reed.example",
		`Dana Reed dana@reed.example`:                        "Dana Reed|dana@reed.example",
		`Dana Reed (dana@reed.example)`:                      "Dana Reed|dana@reed.example",
		`dana @ reed.example`:                                "|dana@reed.example",
		`< dana@reed.example >`:                              "|dana@reed.example",
		`a@x.example b@x.example`:                            "|a@x.example;|b@x.example",
		`A <a@x.example> B <b@x.example>`:                    "A|a@x.example;B|b@x.example",
		`<a@x.example> <b@x.example>`:                        "|a@x.example;|b@x.example",
		`"dana@reed.example" <noreply@list.example>`:         "dana@reed.example|noreply@list.example",
		`Reed, Dana (Law - Chicago, IL) <dana@reed.example>`: "Reed, Dana|dana@reed.example",
		`Reed, Dana, Esq. <dana@reed.example>, b@x.example`:  "Reed, Dana, Esq.|dana@reed.example;|b@x.example",
		`Reed; Dana <dana@reed.example>`:                     "Dana|dana@reed.example",
		`'Reed, Dana' <dana@reed.example>`:                   "Reed, Dana|dana@reed.example",
		`"Reed, Dana <dana@reed.example>, bo@x.example`:      "Reed, Dana|dana@reed.example;|bo@x.example",
		`=?utf-8?Q?Reed,_Dana?= <dana@reed.example>`:         "Reed, Dana|dana@reed.example",
		`=?utf-8?Q?Dana_Reed_<dana@reed.example>?=`:          "Dana Reed|dana@reed.example",
		`=?utf-8?Q?boss@firm.example?= <evil@x.example>`:     "boss@firm.example|evil@x.example",
		`Dana Reed <"Dana Reed <dana@reed.example>">`:        "Dana Reed|dana@reed.example",
		`dana@reed.example.`:                                 "|dana@reed.example",
		`dana@[192.0.2.1], b@[IPv6:2001:db8::1]`:             "|dana@[192.0.2.1];|b@[ipv6:2001:db8::1]",
		`Dána <dána@müller.example>`:                         "Dána|dána@müller.example",
		`mailto:dana@reed.example`:                           "|dana@reed.example",
		`Dana Reed <SMTP:dana@reed.example>`:                 "Dana Reed|dana@reed.example",
		`no address here`:                                    "",
		``:                                                   "",
		`"a\"b" <q@x.example>`:                               `a"b|q@x.example`,
		`=?utf-8?Q?Reed=2C_Dana?= <dana@reed.example>`:       "Reed, Dana|dana@reed.example",
		`Dana (Reed & Co, NY) <dana@reed.example>, b@x.exam`: "Dana|dana@reed.example;|b@x.exam",
	} {
		var got []string
		for _, a := range parseAddresses(in, "") {
			got = append(got, a.name+"|"+a.addr)
		}
		if strings.Join(got, ";") != want {
			t.Errorf("%q reads %q, want %q", in, strings.Join(got, ";"), want)
		}
	}
}

func TestParseDate(t *testing.T) {
	want := time.Date(2026, 11, 19, 14, 5, 6, 0, time.UTC)
	for _, in := range []string{
		"Thu, 19 Nov 2026 09:05:06 -0500", "19 Nov 2026 09:05:06 -0500 (EST)", "Thu, 19 Nov 2026 09:05:06 EST",
		"Thu, 19 Nov 2026 14:05:06 GMT", "Thu,19 Nov 2026 14:05:06 +0000", "Thu, 19 Nov 26 14:05:06 +0000", "thu, 19 nov 2026 14:05:06 UT",
		"Thu Nov 19 14:05:06 2026", "Thu Nov 19 14:05:06 2026 +0000", "2026-11-19T09:05:06-05:00", "Thursday, 19 November 2026 14:05:06 +0000",
		"Thu, 19 Nov 2026 15:05:06 +01:00", "Thu,  19  Nov  2026  15:05:06  CET", "19-Nov-2026 14:05:06 +0000",
	} {
		if got, ok := parseDate(in, time.UTC); !ok || !got.at.Equal(want) {
			t.Errorf("%q reads %v, want %v", in, got, want)
		}
	}
	for _, in := range []string{"", "yesterday", "Thu, 1 Jan 1970 00:00:00 +0000", "0", "32 Nov 2026 10:00:00 +0000"} {
		if got, ok := parseDate(in, time.UTC); ok {
			t.Errorf("%q reads %v, want nothing", in, got)
		}
	}
}

// TestSentAt has a Date, a Received and a time of storing disagree.
func TestSentAt(t *testing.T) {
	day := func(d int) time.Time { return time.Date(2026, 11, d, 9, 0, 0, 0, time.UTC) }
	field := func(name string, d int) field {
		return field{name, map[bool]string{true: "from a by b; "}[name == "received"] + day(d).Format(time.RFC1123Z)}
	}
	for name, c := range map[string]struct {
		h      header
		stored time.Time
		want   time.Time
	}{
		"all agree":                  {header{field("date", 19), field("received", 19)}, day(19), day(19)},
		"a slow relay":               {header{field("date", 18), field("received", 19)}, day(19), day(18)},
		"the author's clock is slow": {header{field("date", 9), field("received", 19)}, day(19), day(19)},
		"the author's clock is fast": {header{field("date", 29), field("received", 19)}, day(19), day(19)},
		"sent in the future":         {header{field("date", 29)}, day(19), day(19)},
		"a mailbox that was copied":  {header{field("date", 2)}, day(19), day(2)},
		"no date":                    {header{field("received", 18)}, day(19), day(18)},
		"nothing but the mailbox":    {nil, day(19), day(19)},
	} {
		if got, _, ok := c.h.sentAt(c.stored, time.UTC); !ok || !got.Equal(c.want) {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
	}
	if _, _, ok := (header{}).sentAt(time.Time{}, time.UTC); ok {
		t.Error("a time was made up")
	}
}

func TestCountWords(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want int64
	}{
		"plain":                 {"Please call me.\n", 3},
		"quoted":                {"Agreed.\n\nOn Thu, Nov 19, 2026 at 9:00 AM Dana <d@x> wrote:\n> Shall we?\n> Yes?\n", 1},
		"wrapped intro":         {"Agreed.\n\nOn Thu, Nov 19, 2026 at 9:00 AM Dana Reed\n<dana@reed.example> wrote:\n\n> Shall we?\n", 1},
		"German":                {"Einverstanden, danke.\n\nAm 19.11.26 um 09:00 schrieb Dana Reed:\n> Wollen wir?\n", 2},
		"French":                {"D’accord.\n\nLe 19 nov. 2026 à 09:00, Dana Reed a écrit :\n> Voulons-nous ?\n", 1},
		"between":               {"> Shall we?\nYes we shall.\n> When?\nMonday.\n", 4},
		"Outlook":               {"Yes.\n\nFrom: Dana Reed\nSent: Thursday\nTo: Ana\nSubject: x\n\nShall we meet?\n", 1},
		"original":              {"Yes.\n\n-----Original Message-----\nShall we meet?\n", 1},
		"signature":             {"Yes, let us.\n-- \nAna Lawyer\nFirm LLP\n", 3},
		"wrote, no quote below": {"This is what he wrote:\nthe contract is void\n", 9},
		"from in prose":         {"From: the start\nwe knew\n", 5},
		"numbers":               {"Pay 350 by 19/11 — thanks\n", 5},
		"Chinese":               {"请尽快回复\n", 3},
		"empty":                 {"", 0},
	} {
		if got := countWords(c.text); got != c.want {
			t.Errorf("%s: %d words, want %d", name, got, c.want)
		}
	}
	html := "<html><head><style>p {color: red}</style></head><body><p>Please&nbsp;call <b>me</b>.</p><script>x y z</script>" +
		"<div class=\"gmail_quote\">On Monday Dana wrote:<blockquote>old words here</blockquote></div></body></html>"
	if got := countWords(textOfHTML(html)); got != 3 {
		t.Errorf("HTML: %d words, want 3", got)
	}
}

func TestObservation(t *testing.T) {
	at := "Date: Thu, 19 Nov 2026 09:00:00 +0000\n"
	point := billing.Span{Start: time.Date(2026, 11, 19, 9, 0, 0, 0, time.UTC), End: time.Date(2026, 11, 19, 9, 0, 0, 0, time.UTC)}
	mixed := "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=\"b b\"\n\npreamble\n--b b\nContent-Type: text/plain; charset=utf-8\n" +
		"Content-Transfer-Encoding: quoted-printable\n\nTwo=20wo=\nrds\n--b b\nContent-Type: application/pdf; name*0=\"long\n name\";\n name*1=\" here.pdf\"\n\nx\n" +
		"--b b\nContent-Disposition: attachment; filename=\"=?utf-8?Q?caf=C3=A9.txt?=\"\n\nnot counted at all\n--b b\nContent-Type: message/rfc822\n\n" +
		"Subject: Forwarded\n\nnor this\n--b b--\nepilogue\n"
	for name, c := range map[string]struct {
		message string
		sent    bool
		want    billing.Observation
	}{
		"received": {"Message-ID: <m@x>\n" + at + "From: Dana <d@x.example>\nTo: ana@firm.example, bo@x.example\nSubject: Hi\n\nThree short words\n", false,
			billing.Observation{ExternalID: "mail_received <m@x>", Kind: billing.KindMailReceived, Subject: "Hi", Thread: "m@x", Words: 3,
				With: []billing.Party{{Name: "Dana", Address: "d@x.example", Role: billing.RoleFrom}, {Address: "bo@x.example", Role: billing.RoleTo}}}},
		"sent": {"Message-ID: <m@x>\n" + at + "From: ANA@firm.example\nTo: d@x.example\nCc: D@X.example\nReferences: <r@x>\n\t<s@x>\nIn-Reply-To: <s@x>\nSubject: Re: Hi\n\nYes\n> no\n", false,
			billing.Observation{ExternalID: "mail_sent <m@x>", Kind: billing.KindMailSent, Subject: "Re: Hi", Thread: "r@x", Words: 1,
				With: []billing.Party{{Address: "d@x.example", Role: billing.RoleTo}}}},
		"in the folder of sent mail": {"Message-ID: m@x\n" + at + "From: old@firm.example\n\n", true,
			billing.Observation{ExternalID: "mail_sent <m@x>", Kind: billing.KindMailSent, Thread: "m@x",
				With: []billing.Party{{Address: "old@firm.example", Role: billing.RoleFrom}}}},
		"attachments": {"Message-ID: <m@x>\n" + at + mixed, false,
			billing.Observation{ExternalID: "mail_received <m@x>", Kind: billing.KindMailReceived, Thread: "m@x", Words: 2,
				Attachments: []billing.Privileged{"long name here.pdf", "café.txt", "Forwarded"}}},
		"bulk": {"Message-ID: <m@x>\n" + at + "List-Id: <news.x>\n\nNews\n", false,
			billing.Observation{ExternalID: "mail_received <m@x>", Kind: billing.KindMailReceived, Thread: "m@x", Words: 1, Bulk: "from a mailing list", List: "news.x"}},
		"sent by a machine": {"Message-ID: <m@x>\n" + at + "Auto-Submitted: auto-generated\n\nNews\n", false,
			billing.Observation{ExternalID: "mail_received <m@x>", Kind: billing.KindMailReceived, Thread: "m@x", Words: 1, Bulk: "sent by a machine"}},
		"sent to a list": {"Message-ID: <m@x>\n" + at + "From: ana@firm.example\nList-Id: <bar.x>\n\nNews\n", false,
			billing.Observation{ExternalID: "mail_sent <m@x>", Kind: billing.KindMailSent, Thread: "m@x", Words: 1}},
		"automatic": {"Message-ID: <m@x>\n" + at + "Auto-Submitted: auto-replied (vacation)\n\nAway\n", false,
			billing.Observation{ExternalID: "mail_received <m@x>", Kind: billing.KindMailReceived, Thread: "m@x", Words: 1, Ignored: "an automatic reply"}},
		"not automatic": {"Message-ID: <m@x>\n" + at + "Auto-Submitted: no\n\nHere\n", false,
			billing.Observation{ExternalID: "mail_received <m@x>", Kind: billing.KindMailReceived, Thread: "m@x", Words: 1}},
		"invitation without a parameter": {"Message-ID: <m@x>\n" + at + "Content-Type: text/calendar\n\nBEGIN:VCALENDAR\nMETHOD:REPLY\n", false,
			billing.Observation{ExternalID: "mail_received <m@x>", Kind: billing.KindMailReceived, Thread: "m@x", Ignored: "an invitation"}},
		"published calendar": {"Message-ID: <m@x>\n" + at + "Content-Type: text/calendar; method=PUBLISH; name=term.ics\n\nBEGIN:VCALENDAR\n", false,
			billing.Observation{ExternalID: "mail_received <m@x>", Kind: billing.KindMailReceived, Thread: "m@x", Attachments: []billing.Privileged{"term.ics"}}},
	} {
		t.Run(name, func(t *testing.T) {
			m, err := parseMessage(strings.NewReader(c.message))
			if err != nil {
				t.Fatal(err)
			}
			c.want.Source, c.want.Revision, c.want.Span = "s", "1", point
			got := testReading().observation(m, origin{stored: point.Start, sent: c.sent})
			if diff := cmp.Diff(exposed(c.want), exposed(got)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// exposed returns o in a form whose differences can be read.
func exposed(o billing.Observation) []string {
	out := []string{string(o.Source), o.ExternalID, o.Revision, string(o.Kind), o.Span.Start.String(), o.Span.End.String(), o.Zone,
		o.Subject.Reveal(), o.Thread, o.Ignored, o.Bulk, o.List.Reveal(), time.Duration(o.Words).String()}
	for _, p := range o.With {
		out = append(out, p.Name.Reveal()+" <"+p.Address.Reveal()+"> "+string(p.Role))
	}
	for _, a := range o.Attachments {
		out = append(out, "attached "+a.Reveal())
	}
	return out
}

// TestThreadThroughUnreferencedReply: a reply that names only what it answers
// joins the conversation that this belongs to.
func TestThreadThroughUnreferencedReply(t *testing.T) {
	r := testReading()
	for _, c := range []struct{ fields, want string }{
		{"Message-ID: <b@x>\nReferences: <a@x>\n", "a@x"},
		{"Message-ID: <c@x>\nIn-Reply-To: <b@x>\n", "a@x"},
		{"Message-ID: <d@x>\nIn-Reply-To: <c@x>\n", "a@x"},
		{"Message-ID: <e@x>\nIn-Reply-To: your message of Monday <z@x>\n", "z@x"},
		{"Message-ID: <f@x>\n", "f@x"},
		{"Subject: no id\n", ""},
	} {
		m, _ := parseMessage(strings.NewReader(c.fields + "\n"))
		if got := r.observation(m, origin{stored: time.Unix(1.7e9, 0)}).Thread; got != c.want {
			t.Errorf("%q is in thread %q, want %q", c.fields, got, c.want)
		}
	}
}

// TestWithoutMessageID: two messages differ, and one that is moved does not.
func TestWithoutMessageID(t *testing.T) {
	id := func(message string, stored int64) string {
		m, _ := parseMessage(strings.NewReader(message))
		return testReading().observation(m, origin{stored: time.Unix(stored, 0)}).ExternalID
	}
	if id("Subject: a\n\nx\n", 1.7e9) != id("Subject: a\n\nx\n", 1.8e9) {
		t.Error("a moved message has another name")
	}
	if id("Subject: a\n\nx\n", 1.7e9) == id("Subject: b\n\nx\n", 1.7e9) {
		t.Error("two messages have one name")
	}
}

func TestProblemsTellNothing(t *testing.T) {
	r := testReading()
	m, _ := parseMessage(strings.NewReader("secret prose without a header"))
	r.observation(m, origin{})
	problems := r.Problems()
	if len(problems) != 2 || strings.Contains(strings.Join(problems, " "), "secret") {
		t.Errorf("problems: %q", problems)
	}
}

func FuzzMessage(f *testing.F) {
	f.Add([]byte("From: a@b\nSubject: =?utf-8?B?w6k=?=\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b--\n"))
	f.Add([]byte("Content-Type: multipart/mixed; boundary=\"\"\n\n--\n--\n"))
	f.Add([]byte("Content-Disposition: attachment; filename*0*=utf-8''%zz; filename*1=\"\\\n\nx"))
	f.Add([]byte("To: \"a, (b <c@d>; e:f@g\nDate: Thu, 99 Foo\nMessage-ID: <<>\n: \n"))
	f.Add([]byte("\xef\xbb\xbfSubject: \xff\xfe\n\n<html><blockquote>"))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := parseMessage(strings.NewReader(string(b)))
		if err != nil || m.size != int64(len(b)) {
			t.Fatalf("read %d of %d bytes: %v", m.size, len(b), err)
		}
		sound(t, testReading().observation(m, origin{stored: time.Unix(1.7e9, 0)}))
	})
}
