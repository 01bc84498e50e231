package narrate_test

import (
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/narrate"
)

// wellFormed checks what holds of any text that a narrative takes from a name or
// a subject: one line of seen characters, not too long.
func wellFormed(t *testing.T, what, text string) {
	t.Helper()
	if !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) || r == '\u202e' || r == '\u200b' }) {
		t.Errorf("%s %q has what cannot be seen", what, text)
	}
	if strings.TrimSpace(text) != text || strings.Contains(text, "  ") {
		t.Errorf("%s %q has loose space", what, text)
	}
	if n := utf8.RuneCountInString(text); n > 160 {
		t.Errorf("%s is %d characters long", what, n)
	}
}

func FuzzSubject(f *testing.F) {
	for _, s := range []string{
		"", "Re: Fwd: [EXT] Rivera v. Acme: Discovery responses", "RE[2]: **EXTERNAL** URGENT: MTC", "Rivera v. Acme", "2024-0113",
		"Case No. 1:24-cv-01182-ABC (Our ref: 2024-0113)", "Re:Re:Re:", "((((", "[[[]", "w/w/w/", "Acme - Acme - x", "\u202eevil\x00\x7f", "回复：depo",
		"İstanbul RE: ß", strings.Repeat("long ", 60), strings.Repeat("x", 500), "Rivera's", ": - , / |", "a(b", "Rivera (Acme)", "Re (2): tc w/ OC re",
		"(ref:_00D1:ref)", "Acme's Re: [x] DEF's ISO 9001 PI motion", "Mil MIL RFP's", "Automatic reply: Re: Hi", "Dana\u0301 Reed: x", "K. re: re: re", "ACme, [0] DEF",
	} {
		f.Add(s)
	}
	n := narrate.New(matters(), me)
	f.Fuzz(func(t *testing.T, subject string) {
		m := practice["rivera"]
		topic := func(s string) (string, string) {
			o := billing.Observation{ID: "o", Kind: billing.KindMailReceived, Subject: billing.Privileged(s), With: []billing.Party{known["reed"]}}
			got := n.Facts(m, []billing.Observation{o})
			if len(got.Clauses[0].Topics) == 0 {
				return "", ""
			}
			return string(got.Clauses[0].Topics[0].Text), string(narrate.Text(n.Phrases(got)))
		}
		once, narrative := topic(subject)
		wellFormed(t, "topic", once)
		if again, _ := topic(once); again != once {
			t.Errorf("the topic of %q is %q, and its is %q", subject, once, again)
		}
		if narrative != "" && !strings.HasSuffix(narrative, once) {
			t.Errorf("%q lost %q", narrative, once)
		}
		for _, kind := range []billing.ObservationKind{billing.KindMeeting, billing.KindNote, billing.KindResearch} {
			o := billing.Observation{ID: "o", Kind: kind, Subject: billing.Privileged(subject)}
			for _, with := range [][]billing.Party{nil, {known["reed"]}} {
				o.With = with
				for _, c := range n.Facts(m, []billing.Observation{o}).Clauses {
					for _, x := range c.Objects {
						wellFormed(t, string(kind), string(x.Title))
					}
					for _, x := range c.Topics {
						wellFormed(t, string(kind), string(x.Text))
					}
				}
			}
		}
	})
}

func FuzzDocumentName(f *testing.F) {
	for _, s := range []string{
		"", "2026-11-19_motion-to-compel v3.docx", "MTC_production_v2_JD", "4821-1234-5678.v2 x", "12345678_3", "(2)", "v2", "Draft", "final final",
		"~$x.docx", "Copy of Copy of x", "MemorandumOfLawISOMotion", "a.b.c", "....", "____", "-", "%20%20", "2026 11 19", "Reed (cmts)", "((v3))",
		"McDonaldDecl", "Will", "FIRST AMENDED COMPLAINT", "x (Reed comments) (Fox edits) v3 clean", "\x00\u202e", "a" + strings.Repeat("-b", 200), "draft draft", "v", "r2d2",
		"1-2-3", "İİİ", "ﬃ.docx", "Ã©.pdf", "x ( edits)", "0 ) ( #", "19 Nov 2026", "Nov 19 2026 x 20261119",
	} {
		f.Add(s)
	}
	n := narrate.New(matters(), me)
	f.Fuzz(func(t *testing.T, name string) {
		for _, m := range []billing.Matter{{}, practice["rivera"], practice["beta"]} {
			o := billing.Observation{ID: "o", Kind: billing.KindEdit, Saves: 3, Subject: billing.Privileged(name), Path: "/d/Letters/" + billing.Privileged(name),
				Span: billing.Span{Start: time.Unix(0, 0), End: time.Unix(60, 0)}}
			got := n.Facts(m, []billing.Observation{o})
			x := got.Clauses[0].Objects[0]
			wellFormed(t, "title", string(x.Title))
			for _, mark := range x.Marks {
				wellFormed(t, "mark", mark)
			}
			if text := string(narrate.Text(n.Phrases(got))); strings.HasSuffix(text, " ") || text == "" {
				t.Errorf("%q narrates as %q", name, text)
			}
		}
	})
}
