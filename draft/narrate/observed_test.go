package narrate_test

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/narrate"
)

var me = billing.Timekeeper{Addresses: []billing.Privileged{"jo@hartlaw.example"}}

// practice are the matters that the cases of testdata choose from.
var practice = map[string]billing.Matter{
	"none": {},
	"rivera": {ID: "rivera", Number: "2024-0113", Name: "Rivera v. Acme Logistics", Client: "Marisol Rivera",
		Keywords: []billing.Privileged{"24-cv-01877"},
		Contacts: []billing.Contact{
			{Name: "Marisol Rivera", Address: "marisol@rivera.example", Role: billing.ContactClient},
			{Name: "Dana Reed", Address: "dreed@reedcole.example", Role: billing.ContactOpposingCounsel},
			{Name: "Priya Nair", Address: "nair@economists.example", Role: billing.ContactExpert},
			{Name: "Marcus Bell", Address: "mbell@bell.example", Role: billing.ContactCoCounsel},
			{Name: "Chambers", Address: "chambers@nyed.example", Role: billing.ContactCourt},
			{Name: "Tom Ames", Address: "tom@ames.example", Role: billing.ContactWitness}}},
	"lin": {ID: "lin", Number: "2025-0042", Name: "Estate of Lin", Client: "Wei Lin",
		Contacts: []billing.Contact{{Name: "Wei Lin", Address: "wei@lin.example", Role: billing.ContactClient}}},
	"beta": {ID: "beta", Number: "2025-0100", Name: "Acquisition of Beta Foods, Inc.", Client: "Orchard Holdings LLC",
		Contacts: []billing.Contact{
			{Name: "Paul Orchard", Address: "paul@orchard.example", Role: billing.ContactClient},
			{Name: "Ruth Fox", Address: "rfox@foxlaw.example", Role: billing.ContactOpposingCounsel}}},
	"hale": {ID: "hale", Number: "2025-0200", Name: "In re Hale Marine LLC (Chapter 11)", Client: "Hale Marine LLC"},
	"appeal": {ID: "appeal", Number: "2025-0400", Name: "Okafor v. Brightline (9th Cir. appeal)", Client: "Daniel Okafor",
		Contacts: []billing.Contact{{Name: "Ana Ortiz", Address: "ortiz@mediate.example", Role: "mediator"},
			{Name: "Lee Park", Address: "lpark@brightline.example", Role: "in-house counsel"}}},
	"advice": {ID: "advice", Number: "2025-0300", Name: "General Employment Advice", Client: "Northgate Supply Co.",
		Contacts: []billing.Contact{{Name: "Ida Moss", Address: "ida@northgate.example", Role: billing.ContactClient}}},
}

var known = map[string]billing.Party{
	"reed":     {Name: "Dana Reed", Address: "dreed@reedcole.example"},
	"marisol":  {Name: "Marisol Rivera", Address: "marisol@rivera.example"},
	"nair":     {Name: "Priya Nair", Address: "nair@economists.example"},
	"bell":     {Name: "Marcus Bell", Address: "mbell@bell.example"},
	"chambers": {Name: "Chambers", Address: "chambers@nyed.example"},
	"ames":     {Name: "Tom Ames", Address: "tom@ames.example"},
	"kim":      {Name: "Kim Hart", Address: "kim@hartlaw.example"},
	"fox":      {Name: "Ruth Fox", Address: "rfox@foxlaw.example"},
	"wei":      {Name: "Wei Lin", Address: "wei@lin.example"},
	"ida":      {Name: "Ida Moss", Address: "ida@northgate.example"},
}

func matters() []billing.Matter {
	var out []billing.Matter
	for _, m := range practice {
		out = append(out, m)
	}
	return out
}

// observed is one case of testdata.
type observed struct {
	line                  int
	matter                billing.Matter
	seen                  []billing.Observation
	narrative, safe, code string
}

// cases reads testdata/observed.txt, whose head says how it is written.
func cases(t testing.TB) []observed {
	t.Helper()
	text, err := os.ReadFile("testdata/observed.txt")
	if err != nil {
		t.Fatal(err)
	}
	var out []observed
	var c observed
	for i, line := range strings.Split(string(text), "\n") {
		mark, rest, _ := strings.Cut(line, " ")
		switch mark {
		case "", "#":
		case "@":
			m, ok := practice[rest]
			if !ok {
				t.Fatalf("line %d: no matter %q", i+1, rest)
			}
			c = observed{matter: m}
		case "=":
			at := strings.LastIndexByte(rest, '[')
			c.line, c.narrative, c.code = i+1, strings.TrimSpace(rest[:at]), strings.Trim(rest[at:], "[]")
			out = append(out, c)
			c = observed{matter: c.matter}
		case "~":
			out[len(out)-1].safe = rest
		default:
			o, err := observation(line, len(c.seen))
			if err != nil {
				t.Fatalf("line %d: %v", i+1, err)
			}
			c.seen = append(c.seen, o)
		}
	}
	return out
}

var kinds = map[string]billing.ObservationKind{
	"edit": billing.KindEdit, "review": billing.KindReview, "export": billing.KindExport, "received": billing.KindMailReceived,
	"sent": billing.KindMailSent, "meeting": billing.KindMeeting, "research": billing.KindResearch, "note": billing.KindNote, "timer": billing.KindTimer,
}

func observation(line string, n int) (billing.Observation, error) {
	fields := strings.Split(strings.Replace(line, "received | ", "received  | ", 1), " | ")
	what, subject, _ := strings.Cut(fields[0], " ")
	name, saves, _ := strings.Cut(what, "*")
	kind, ok := kinds[name]
	if !ok {
		return billing.Observation{}, fmt.Errorf("no kind %q", name)
	}
	start := time.Date(2026, 11, 19, 9+n, 0, 0, 0, time.UTC)
	o := billing.Observation{ID: billing.ObservationID(fmt.Sprint("o", n)), Kind: kind, Subject: billing.Privileged(subject),
		Span: billing.Span{Start: start, End: start.Add(30 * time.Minute)}}
	o.Saves, _ = strconv.ParseInt(saves, 10, 64)
	role := billing.RoleAttendee
	switch kind {
	case billing.KindMailReceived:
		role, o.Span.End = billing.RoleFrom, start
	case billing.KindMailSent:
		role, o.Span.End = billing.RoleTo, start
	case billing.KindEdit, billing.KindReview, billing.KindExport:
		o.Path = billing.Privileged("/docs/" + subject)
	}
	for _, f := range fields[1:] {
		key, value, _ := strings.Cut(f, "=")
		switch key {
		case "with":
			o.With = append(o.With, parties(value, role)...)
		case "cc":
			o.With = append(o.With, parties(value, billing.RoleCc)...)
		case "thread":
			o.Thread = value
		case "at":
			o.Path = billing.Privileged("/docs/" + value)
		case "file":
			for _, name := range strings.Split(value, ",") {
				o.Attachments = append(o.Attachments, billing.Privileged(name))
			}
		case "moment":
			o.Span.End = o.Span.Start
		default:
			return o, fmt.Errorf("no field %q", key)
		}
	}
	return o, nil
}

func parties(list string, role billing.PartyRole) []billing.Party {
	var out []billing.Party
	for _, name := range strings.Split(list, ",") {
		p, ok := known[name]
		if !ok {
			c := billing.ParseContact(name)
			p = billing.Party{Name: c.Name, Address: c.Address}
		}
		p.Role = role
		out = append(out, p)
	}
	return out
}

func TestObserved(t *testing.T) {
	n := narrate.New(matters(), me)
	for _, c := range cases(t) {
		f := n.Facts(c.matter, c.seen)
		if got := string(narrate.Text(n.Phrases(f))); got != c.narrative {
			t.Errorf("line %d:\ngot  %s\nwant %s", c.line, got, c.narrative)
		}
		dash := func(s string) string {
			if s == "" {
				return "-"
			}
			return s
		}
		if got := dash(f.Task) + " " + dash(f.Activity); got != c.code {
			t.Errorf("line %d: %s has codes %s, want %s", c.line, c.narrative, got, c.code)
		}
		if got := string(narrate.Safe(f)); c.safe != "" && got != c.safe {
			t.Errorf("line %d: without names:\ngot  %s\nwant %s", c.line, got, c.safe)
		}
	}
}
