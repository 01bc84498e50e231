package mail

import (
	"strings"
	"testing"
	"time"
)

const plainPart = `("TEXT" "PLAIN" NIL NIL NIL "7BIT" 60 1 NIL NIL NIL NIL)`

func TestAnswers(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 11, 1, 9, 0, 0, 0, time.FixedZone("", 3600))
	for _, c := range []struct {
		says string
		want account
	}{
		{`(UID 5 FLAGS (\Seen \DRAFT) INTERNALDATE " 1-Nov-2026 09:00:00 +0100" RFC822.SIZE 77)`, account{draft: true, fetched: fetched{stored: at, message: message{size: 77}}}},
		{`(rfc822.size 77 modseq (12) uid 5)`, account{fetched: fetched{message: message{size: 77}}}},
		{"(UID 5 BODY[HEADER.FIELDS (\"Date\" Subject)]<0> {12}\r\nSubject: s\r\n)", account{headed: true, fetched: fetched{message: message{header: header{{"subject", "s"}}}}}},
		{"(UID 5 BODY[HEADER] ~{12}\r\nSubject: s\r\n)", account{headed: true, fetched: fetched{message: message{header: header{{"subject", "s"}}}}}},
		{`(UID 5 BODY[HEADER] "Subject: \"s\"")`, account{headed: true, fetched: fetched{message: message{header: header{{"subject", `"s"`}}}}}},
		{`(UID 5 BODY[HEADER] NIL)`, account{headed: true}},
		{`(UID 5 BODYSTRUCTURE ` + plainPart + `)`, account{structured: true, fetched: fetched{message: message{words: 10}}}},
		{`(UID 5 BODYSTRUCTURE NIL)`, account{structured: true}},
		{`(UID 5 RFC822.SIZE -4)`, account{}},
		{`(FLAGS (\Seen Work(old) RFC822.SIZE 77 UID 5)`, account{fetched: fetched{message: message{size: 77}}}},
		{`(FLAGS (\Seen Work(old)) RFC822.SIZE 77 UID 5)`, account{fetched: fetched{message: message{size: 77}}}},
		{`(FLAGS (\Seen OIB-[Gmail]/All [x "a) RFC822.SIZE 77 UID 5)`, account{fetched: fetched{message: message{size: 77}}}},
		{`( FLAGS ("\\Draft" RFC822.SIZE 77 UID 5 `, account{draft: true, fetched: fetched{message: message{size: 77}}}},
		{"(FLAGS NIL\tRFC822.SIZE 77  UID 5) ", account{fetched: fetched{message: message{size: 77}}}},
	} {
		var a answer
		got := account{}
		if err := a.read([]byte("* 1 FETCH " + c.says + "\r\n")); err != nil {
			t.Errorf("%s: %v", c.says, err)
			continue
		}
		if err := a.into(&got); err != nil || a.uid() != 5 || !got.told {
			t.Errorf("%s: %v, uid %d", c.says, err, a.uid())
		}
		if got.draft != c.want.draft || !got.stored.Equal(c.want.stored) || got.size != c.want.size || got.headed != c.want.headed ||
			got.structured != c.want.structured || got.words != c.want.words || got.header.get("subject") != c.want.header.get("subject") {
			t.Errorf("%s is read as %+v, want %+v", c.says, got, c.want)
		}
	}
	for _, says := range []string{"", "(", "(UID", `(UID 5 X ")`, `("a\`, "(UID 5 X {3})", "(UID 5 X {99999999999999999999}\r\n)",
		"(UID 5 BODY[HEADER (a)", "(UID 5 ~X)", strings.Repeat("(", 10_000), "(UID 5 X \"a\r\nb\")"} {
		if err := new(answer).read([]byte("* 1 FETCH " + says)); err == nil {
			t.Errorf("%.40q is read", says)
		}
	}
}

func TestStructures(t *testing.T) {
	t.Parallel()
	pdf := func(name string) string {
		return `("APPLICATION" "PDF" ("NAME" "a.pdf") NIL NIL "BASE64" 400 NIL ("ATTACHMENT" (` + name + `)) NIL NIL)`
	}
	forwarded := `("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 900 ("Mon, 2 Mar 2026 09:00:00 +0000" "=?koi8-r?B?8NLJ18XU?=" NIL NIL NIL NIL NIL NIL NIL NIL) ` + plainPart + ` 9 NIL ("INLINE" NIL) NIL NIL)`
	for says, want := range map[string]message{
		plainPart: {words: 10},
		`("TEXT" "HTML" ("CHARSET" "x") NIL NIL NIL 300)`:                                                 {words: 10},
		`("TEXT" "PLAIN" NIL NIL NIL "BASE64" 80 1)`:                                                      {words: 10},
		`("text" NIL NIL NIL NIL NIL -1)`:                                                                 {beside: 1},
		`(` + plainPart + pdf(`"FILENAME" "b \"c\".pdf"`) + ` "MIXED" ("BOUNDARY" "x") NIL NIL)`:          {words: 10, beside: 1, own: `b "c".pdf`},
		`(` + plainPart + pdf(`"FILENAME*0*" "utf-8''%C3%A4" "filename*1" "b.pdf"`) + ` "MIXED")`:         {words: 10, beside: 1, own: "äb.pdf"},
		`(` + plainPart + pdf(`"FILENAME"`) + ` "MIXED")`:                                                 {words: 10, beside: 1, own: "a.pdf"},
		`(` + plainPart + forwarded + ` "MIXED")`:                                                         {words: 10, beside: 1, own: "Привет"},
		`("MESSAGE" "RFC822" NIL NIL NIL "7BIT" 900)`:                                                     {beside: 1, own: "message/rfc822"},
		`(` + plainPart + `("TEXT" "CALENDAR" ("METHOD" "request") NIL NIL "7BIT" 9 1) "ALTERNATIVE")`:    {words: 10, beside: 1, invitation: true},
		`((` + plainPart + `("IMAGE" "PNG" NIL "<1>" NIL "BASE64" 9) "RELATED")` + plainPart + `"MIXED")`: {words: 20, beside: 1},
	} {
		var a answer
		var got message
		if err := a.read([]byte("(" + says + ")")); err != nil {
			t.Fatalf("%s: %v", says, err)
		}
		if err := got.outline(&a, 1); err != nil {
			t.Errorf("%s: %v", says, err)
		}
		if got.words != want.words || got.beside != want.beside || got.invitation != want.invitation || strings.Join(got.attachments, "; ") != want.own {
			t.Errorf("%s\nis read as %+v\nwant %+v", says, got, want)
		}
	}
	for _, says := range []string{`()`, `(NIL)`, `("TEXT")`, `(NIL "PLAIN" NIL NIL NIL "7BIT" 1)`, `((()))`, `(` + plainPart + `)`, "TEXT"} {
		var a answer
		if err := a.read([]byte("(" + says + ")")); err != nil {
			t.Fatal(err)
		}
		if err := new(message).outline(&a, 1); err == nil {
			t.Errorf("%s is read", says)
		}
	}
}

func FuzzAnswer(f *testing.F) {
	f.Add([]byte(`* 1 FETCH (UID 5 FLAGS (\Seen) INTERNALDATE " 1-Nov-2026 09:00:00 +0100" RFC822.SIZE 7 BODYSTRUCTURE ` + plainPart + `)`))
	f.Add([]byte("* 1 FETCH (UID 5 BODY[HEADER.FIELDS (Date)] {12}\r\nSubject: s\r\n BODYSTRUCTURE ((" + plainPart + `("A" "B" ("n*0*" "x'y'%41" "n*1" "b") NIL NIL NIL 9 NIL ("attachment" ("filename" "\"")))"MIXED")))`))
	f.Add([]byte("* 1 FETCH (BODYSTRUCTURE (\"MESSAGE\" \"RFC822\" NIL NIL NIL NIL 9 (NIL \"s\") NIL 1) UID 99999999999999999999)"))
	f.Fuzz(func(t *testing.T, response []byte) {
		var a answer
		if a.read(response) != nil {
			return
		}
		var c account
		_ = a.uid()
		if a.into(&c) == nil && !c.told {
			t.Error("nothing was told")
		}
		if c.words < 0 || c.size < 0 {
			t.Errorf("%d words in %d bytes", c.words, c.size)
		}
		sound(t, testReading().observation(c.message, origin{stored: c.stored}))
	})
}
