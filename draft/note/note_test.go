package note_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/note"
)

// office is the practice that the vectors are read against.
func office(t testing.TB) note.Context {
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	contacts := func(list ...string) (out []billing.Contact) {
		for _, c := range list {
			out = append(out, billing.ParseContact(c))
		}
		return out
	}
	return note.Context{
		Day: billing.Day{Year: 2026, Month: 11, Day: 19}, Zone: zone,
		Now: time.Date(2026, 11, 19, 17, 30, 0, 0, zone),
		Matters: []billing.Matter{
			{ID: "1", Number: "2024-0113", Name: "Rivera v. Acme Corp.", Client: "Elena Rivera", Keywords: []billing.Privileged{"turbine"},
				Contacts: contacts("Dana Reed <dana@reedlaw.example> (opposing counsel)", "Paul Okafor <paul@okafor.example> (expert)")},
			{ID: "2", Number: "2025-0042", Name: "Estate of Lin", Client: "Margaret Lin"},
			{ID: "3", Number: "2025-0107", Name: "Hollis Lease", Client: "Hollis Properties LLC", Keywords: []billing.Privileged{"Elm Street"},
				Contacts: contacts("Sam Ortiz <sam@hollis.example> (client)")},
			{ID: "4", Number: "2026-0011", Name: "Acme supply agreement", Client: "Acme Industries"},
			{ID: "5", Number: "ADM-1", Name: "Firm administration", Internal: true},
			{ID: "6", Number: "2019-0003", Name: "Barlow v. Quist", Client: "Ann Barlow", Closed: true},
		},
	}
}

// vector is a line and how it reads.
type vector struct {
	at         int
	line, want string
	skip       string
}

// vectors reads a file of them. A line "# miss: why" before one says that it is
// known not to read so yet.
func vectors(t testing.TB, file string) []vector {
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var out []vector
	miss := ""
	for i, l := range strings.Split(string(text), "\n") {
		switch {
		case strings.HasPrefix(l, "# miss: "):
			miss = strings.TrimPrefix(l, "# miss: ")
		case strings.HasPrefix(l, "> "):
			out = append(out, vector{at: i + 1, line: strings.ReplaceAll(l[2:], `\n`, "\n"), skip: miss})
			miss = ""
		case l != "" && !strings.HasPrefix(l, "#"):
			out[len(out)-1].want += columns(l) + "\n"
		}
	}
	return out
}

func columns(l string) string {
	parts := strings.SplitN(l, "|", 6)
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return strings.Join(parts, " | ")
}

// written writes parts as the vectors do.
func written(in note.Context, parts []note.Part) string {
	var b strings.Builder
	for _, p := range parts {
		when := "?"
		if p.Worked != nil {
			when = (time.Duration(*p.Worked) * time.Second).String()
			if *p.Worked%60 == 0 {
				when = strings.TrimSuffix(when, "0s")
			}
			if *p.Worked%3600 == 0 {
				when = strings.TrimSuffix(when, "0m")
			}
			if p.Estimated {
				when = "~" + when
			}
		}
		if !p.Start.IsZero() {
			when += "@" + p.Start.In(in.Zone).Format("15:04") + "-"
			if !p.End.IsZero() {
				when += p.End.In(in.Zone).Format("15:04")
			}
		}
		number := "-"
		for _, m := range in.Matters {
			if m.ID == p.Matter {
				number = m.Number
			}
		}
		var with []string
		for _, w := range p.With {
			with = append(with, string(w))
		}
		fmt.Fprintf(&b, "%s | %s | %s | %s | %s\n", when, p.ActivityCode, number, strings.Join(with, ", "), string(p.Narrative))
	}
	return b.String()
}

func TestVectors(t *testing.T) {
	for _, file := range vectorFiles {
		t.Run(file, func(t *testing.T) { testVectors(t, file) })
	}
}

// vectorFiles are all vectors. The held-out ones were written after the reader
// was right about all before them, to see what it makes of lines it never met.
var vectorFiles = []string{"testdata/vectors.txt", "testdata/heldout.txt", "testdata/heldout2.txt", "testdata/heldout3.txt"}

func testVectors(t *testing.T, file string) {
	in := office(t)
	for _, v := range vectors(t, file) {
		t.Run(fmt.Sprintf("line %d", v.at), func(t *testing.T) {
			got := written(in, note.Read(v.line, in))
			switch {
			case got == v.want && v.skip != "":
				t.Errorf("%q reads as it should now; it is no miss any more", v.line)
			case got == v.want:
			case v.skip != "":
				t.Skip(v.skip)
			default:
				t.Errorf("%s\ngot:\n%swant:\n%s", v.line, got, v.want)
			}
		})
	}
}
