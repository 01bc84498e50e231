package guideline

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
)

// allWork are the narratives of all tables, good and bad.
func allWork(t testing.TB) []string {
	out := allNarratives(t)
	for _, name := range cutTables {
		for _, n := range readCuts(t, name) {
			out = append(out, string(n.entry.Narrative))
		}
	}
	return out
}

func flaggedText(c *Checker, text string) []string {
	return flagged(c, Entry{ID: "e", Level: LevelAssociate, Minutes: 60, Narrative: billing.Privileged(text)})
}

// TestWrapping: how a text is wrapped, and what stands behind it, says nothing of
// the work.
func TestWrapping(t *testing.T) {
	c, all := insurer(t), allWork(t)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SampledFrom(all).Draw(t, "narrative")
		if rapid.Bool().Draw(t, "joined") {
			text += "; " + rapid.SampledFrom(all).Draw(t, "more")
		}
		want := flaggedText(c, text)
		var wrapped strings.Builder
		for _, r := range text {
			if r == ' ' {
				r = rapid.SampledFrom([]rune{' ', '\n', '\t', '\u00a0'}).Draw(t, "blank")
			}
			wrapped.WriteRune(r)
		}
		wrapped.WriteString(rapid.SampledFrom([]string{"", ".", " ", "\n", ";", " ."}).Draw(t, "end"))
		if got := flaggedText(c, wrapped.String()); !slices.Equal(got, want) {
			t.Fatalf("%v, unwrapped %v: %q", got, want, wrapped.String())
		}
	})
}

// TestCapitals: a text in capitals is read as the same in small letters.
func TestCapitals(t *testing.T) {
	c, all := insurer(t), allWork(t)
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SampledFrom(all).Draw(t, "narrative")
		low, up := flaggedText(c, strings.ToLower(text)), flaggedText(c, strings.ToUpper(text))
		if !slices.Equal(low, up) {
			t.Fatalf("small %v, capitals %v: %q", low, up, text)
		}
	})
}

// TestClausesInAnyOrder: of two tasks it does not matter which is written first.
func TestClausesInAnyOrder(t *testing.T) {
	c, all := insurer(t), allWork(t)
	var one []string
	for _, text := range all { // those that stand for themselves
		if r := take(Entry{Narrative: billing.Privileged(text)}, nil); len(r.Text.Clauses) == 1 && !r.Text.Clauses[0].Same && len(flaggedText(c, text)) == 0 {
			one = append(one, text)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		a, b := rapid.SampledFrom(one).Draw(t, "one"), rapid.SampledFrom(one).Draw(t, "other")
		x, y := flaggedText(c, a+"; "+b), flaggedText(c, b+"; "+a)
		if !slices.Equal(x, y) {
			t.Fatalf("%v, the other way round %v: %q; %q", x, y, a, b)
		}
	})
}

// TestNamingIsNeverVague: a paper that is named and somebody who is named never
// make work vaguer than it was.
func TestNamingIsNeverVague(t *testing.T) {
	c, all := insurer(t), allWork(t)
	named := []string{
		" regarding motion to quash subpoena to Meridian Bank", " with opposing counsel regarding protective order", " concerning Oakdale lease amendment",
		" in connection with answer to amended complaint",
	}
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.SampledFrom(all).Draw(t, "narrative")
		if slices.Contains(flaggedText(c, text), "vague") {
			return
		}
		more := strings.TrimRight(text, ".") + rapid.SampledFrom(named).Draw(t, "named")
		if slices.Contains(flaggedText(c, more), "vague") {
			t.Fatalf("vague only with what is named: %q", more)
		}
	})
}

// TestClericalPartIsFound: a clerical act joined to a legal one is found as
// clerical, and no more than its own clause is quoted.
func TestClericalPartIsFound(t *testing.T) {
	c := insurer(t)
	var errands, legal []string
	for _, name := range cutTables {
		for _, n := range readCuts(t, name) {
			text := strings.TrimRight(string(n.entry.Narrative), ".")
			r := take(Entry{Narrative: billing.Privileged(text)}, nil)
			if len(r.Text.Clauses) != 1 || r.Text.Clauses[0].Same || r.Text.Clauses[0].To != len(text) {
				continue // "same" leans on what it stands beside
			}
			switch got := flaggedText(c, text); {
			case n.kind == "clerical" && slices.Contains(got, "clerical"):
				errands = append(errands, text)
			case n.kind == "accept" && len(got) == 0 && len(clericalOf(c, text)) == 0:
				legal = append(legal, text)
			}
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		errand, work := rapid.SampledFrom(errands).Draw(t, "errand"), rapid.SampledFrom(legal).Draw(t, "work")
		text, from := work+"; "+errand, len(work)+2
		if rapid.Bool().Draw(t, "errand first") {
			text, from = errand+"; "+work, 0
		}
		found := false
		for _, f := range clericalOf(c, text) {
			found = true
			if f.From < from || f.To > from+len(errand) {
				t.Fatalf("quotes %q of %q", text[f.From:f.To], text)
			}
		}
		if !found {
			t.Fatalf("no clerical part in %q", text)
		}
	})
}

// clericalOf returns what is found clerical of an associate's hour.
func clericalOf(c *Checker, text string) (out []Finding) {
	for _, f := range c.Entry(Entry{ID: "e", Level: LevelAssociate, Minutes: 60, Narrative: billing.Privileged(text)}) {
		if f.Check == "clerical" {
			out = append(out, f)
		}
	}
	return out
}

// FuzzEntry: no text makes a check panic, and what is found lies within it.
func FuzzEntry(f *testing.F) {
	c := insurer(f)
	for _, text := range allWork(f) {
		f.Add(text, int64(60), 3)
	}
	f.Fuzz(func(t *testing.T, text string, minutes int64, level int) {
		for _, found := range c.Entry(Entry{ID: "e", Level: Level(level % 6), Minutes: minutes, Narrative: billing.Privileged(text)}) {
			if found.From < 0 || found.To < found.From || found.To > len(text) || found.Message == "" {
				t.Fatalf("%s at %d to %d of %d", found.Check, found.From, found.To, len(text))
			}
		}
	})
}
