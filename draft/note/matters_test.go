package note_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/note"
)

// A name of several matters is asked about, and is put on the only one that the
// line names for sure where that is one of them.
func TestANameOfSeveralMatters(t *testing.T) {
	in := parade(t)
	for line, want := range map[string]string{
		"call with Darnell 0.2":                                  "-",
		"Boone 0.2 reviewed file":                                "-",
		"call with Darnell re bail 0.2, emailed ADA Feeney 0.1":  "27-0205 27-0205",
		"met Loretta 0.5; call with Darnell 0.2":                 "27-0206 27-0206",
		"met Loretta 0.5; tc ADA Feeney 0.1; call Darnell 0.2":   "27-0206 27-0205 -",
		"emailed Sykes 0.1, call with Darnell 0.2":               "27-0201 -",
		"Boone trust: call with Darnell 0.2":                     "27-0206",
		"reviewed deed 0.3; call Sykes 0.1; draft memo 0.4":      "27-0201 27-0201 27-0201",
		"reviewed deed 0.3; call Sykes 0.1; call Marta 0.4":      "- 27-0201 27-0204",
		"reviewed deed 0.3; Doe v. Roe draft memo 0.4":           "- -",
		"0.5 firm admin - timesheets; 0.3 draft engagement memo": "ADM-1 -",
	} {
		var got []string
		for _, p := range note.Read(line, in) {
			id := string(p.Matter)
			if id == "" {
				id = "-"
			}
			if (p.Matter == "") != (asked(p, "matter") != "") {
				t.Errorf("%s: is on %q and asks %q", line, p.Matter, asked(p, "matter"))
			}
			got = append(got, id)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%s: %v, want %s", line, got, want)
		}
	}
}

// The folder of a matter names it as its name does, and a closed matter is never
// chosen, whatever of it is named: the question says that it is closed.
func TestFoldersAndClosedMattersAreKnown(t *testing.T) {
	word := rapid.StringMatching(`[B-DF-HJ-NP-TV-Z][aeiou][bdglmnprtv][aeiou][kx]`)
	rapid.Check(t, func(t *rapid.T) {
		folder, name, client := word.Draw(t, "folder"), word.Draw(t, "name"), word.Draw(t, "client")
		m := billing.Matter{ID: "m", Number: "2031-77", Name: billing.Privileged(name + " v. Other"), Client: billing.Privileged(client + " Ltd"),
			Folder: billing.Privileged("/work/files/" + folder), Closed: rapid.Bool().Draw(t, "closed")}
		in := note.Context{Day: billing.Day{Year: 2026, Month: 11, Day: 19}, Matters: []billing.Matter{m}}
		said := rapid.SampledFrom([]string{folder, name, m.Number, name + " v. Other"}).Draw(t, "said")
		line := fmt.Sprintf(rapid.SampledFrom([]string{"%s: drafted answer 0.4", "%s 0.4 drafted answer", "drafted answer in %s 0.4", "0.4 %s - drafted answer", "drafted answer 0.4, %s"}).Draw(t, "form"), said)
		parts := note.Read(line, in)
		if len(parts) != 1 || parts[0].Worked == nil || *parts[0].Worked != 24*60 || !strings.Contains(string(parts[0].Narrative), "answer") {
			t.Fatalf("%q: %s", line, written(in, parts))
		}
		p := parts[0]
		if m.Closed && (p.Matter != "" || !strings.Contains(asked(p, "matter"), "is closed")) || !m.Closed && p.Matter != "m" {
			t.Fatalf("%q, closed %v: on %q, asks %q", line, m.Closed, p.Matter, asked(p, "matter"))
		}
	})
}
