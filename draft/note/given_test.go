package note_test

import (
	"encoding/csv"
	"encoding/json"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/note"
	"github.com/tenths/tenths/internal/peer"
)

// givenNote is a line of the reference material, with the parts that it tells of.
type givenNote struct {
	Area, Text string
	Parts      []givenPart
}

// givenPart is what a part must say: each of With in one of the people, each of
// Words in the narrative, "a|b" being either.
type givenPart struct {
	Minutes     int64
	Matter      string
	With, Words []string
}

// TestGivenNotes reads the notes of the reference material and prints how many
// are read right, field by field. Where the number of parts is wrong, all is.
func TestGivenNotes(t *testing.T) {
	text, err := os.ReadFile(peer.Shared(t, "data", "field", "notes.json"))
	if err != nil {
		t.Fatal(err)
	}
	var list []givenNote
	if err := json.Unmarshal(text, &list); err != nil {
		t.Fatal(err)
	}
	in := givenPractice(t)
	score := map[string]int{}
	for _, g := range list {
		parts := note.Read(g.Text, in)
		wrong := g.wrong(in, parts)
		for _, f := range givenFields {
			if !slices.Contains(wrong, f) {
				score[f]++
			}
		}
		if len(wrong) > 0 {
			t.Logf("%s\nwrong %v\n%s", g.Text, wrong, written(in, parts))
		} else {
			score["all"]++
		}
	}
	t.Logf("%d notes: minutes %d, matter %d, with %d, words %d, all %d", len(list), score["minutes"], score["matter"], score["with"], score["words"], score["all"])
	if least := len(list) * 97 / 100; score["minutes"] < least || score["all"] < len(list)*85/100 {
		t.Errorf("of %d notes at least %d are to be right in minutes, and 85 in 100 in all", len(list), least)
	}
}

var givenFields = []string{"minutes", "matter", "with", "words"}

// wrong returns which fields of parts are not as g has them.
func (g givenNote) wrong(in note.Context, parts []note.Part) []string {
	if len(parts) != len(g.Parts) {
		return givenFields
	}
	bad := map[string]bool{}
	for i, want := range g.Parts {
		p := parts[i]
		bad["minutes"] = bad["minutes"] || p.Worked == nil || *p.Worked != want.Minutes*60
		bad["matter"] = bad["matter"] || string(p.Matter) != want.Matter
		people := ""
		for _, w := range p.With {
			people += string(w) + "\n"
		}
		bad["with"] = bad["with"] || !saysAll(people, want.With)
		bad["words"] = bad["words"] || !saysAll(string(p.Narrative), want.Words)
	}
	return slices.DeleteFunc(slices.Clone(givenFields), func(f string) bool { return !bad[f] })
}

func saysAll(text string, words []string) bool {
	text = strings.ToLower(text)
	for _, w := range words {
		if !slices.ContainsFunc(strings.Split(strings.ToLower(w), "|"), func(s string) bool { return strings.Contains(text, s) }) {
			return false
		}
	}
	return true
}

// TestGivenMinutes reads the lines on which time was lost, invented or
// misplaced: minutes, "?" where they must be asked for, a tab, and the line.
func TestGivenMinutes(t *testing.T) {
	text, err := os.ReadFile(peer.Shared(t, "data", "field", "notes-wrong.txt"))
	if err != nil {
		t.Fatal(err)
	}
	in := givenPractice(t)
	for _, l := range strings.Split(string(text), "\n") {
		minutes, line, ok := strings.Cut(l, "\t")
		if !ok || strings.HasPrefix(l, "#") {
			continue
		}
		var got []string
		parts := note.Read(line, in)
		for _, p := range parts {
			if p.Worked == nil {
				got = append(got, "?")
			} else {
				got = append(got, strconv.FormatInt(*p.Worked/60, 10))
			}
		}
		if strings.Join(got, " ") != minutes {
			t.Errorf("%s\ngot %v\n%s", l, got, written(in, parts))
		}
	}
}

// givenPractice is the practice that the notes of the reference material are of.
func givenPractice(t testing.TB) note.Context {
	file, err := os.Open(peer.Shared(t, "data", "field", "matters.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	zone, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	in := note.Context{Day: billing.Day{Year: 2026, Month: 11, Day: 19}, Zone: zone, Now: time.Date(2026, 11, 19, 20, 0, 0, 0, zone)}
	for _, row := range rows[1:] {
		m := billing.Matter{ID: billing.MatterID(row[0]), Number: row[0], Client: billing.Privileged(row[1]), Name: billing.Privileged(row[2]), Folder: billing.Privileged(row[5])}
		for _, c := range strings.Split(row[3], ";") {
			m.Contacts = append(m.Contacts, billing.ParseContact(strings.TrimSpace(c)))
		}
		for _, k := range strings.Split(row[4], ";") {
			m.Keywords = append(m.Keywords, billing.Privileged(k))
		}
		in.Matters = append(in.Matters, m)
	}
	return in
}
