package note_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/draft/note"
)

// wantedPart is what a piece of a line must become.
type wantedPart struct {
	minutes int64
	free    bool   // it is not charged
	day     string // that was named, "" for none
	heads   bool   // the day is that of what follows too
}

// form is a way to say a piece of work with its time: the text, and the parts that
// it must become.
type form func(t *rapid.T, said string, minutes int64) (text string, parts []wantedPart)

// one returns a form of one part that is said by the pattern: %[1]s is the work,
// %[2]s its time.
func one(pattern string) form {
	return func(t *rapid.T, said string, minutes int64) (string, []wantedPart) {
		return fmt.Sprintf(pattern, said, tenthsOf(t, minutes)), []wantedPart{{minutes: minutes}}
	}
}

// forms are the ways to say time that may stand side by side in a line.
var forms = map[string]form{
	"after": one("%[1]s %[2]s"), "in parentheses": one("%[1]s (%[2]s)"), "in brackets": one("[%[2]s] %[1]s"), "before": one("%[2]s %[1]s"),
	"after a dash": one("%[1]s - %[2]s"), "before a dash": one("%[2]s - %[1]s"), "matter first": one("Calder %[2]s %[1]s"), "matter and dash first": one("Calder - %[1]s, %[2]s"),
	"units": func(t *rapid.T, said string, minutes int64) (string, []wantedPart) {
		return fmt.Sprintf(rapid.SampledFrom([]string{"%[1]s, %[2]d units", "%[1]s (%[2]d units)", "%[2]d units %[1]s", "%[1]s %[2]d units"}).Draw(t, "units"), said, minutes/6), []wantedPart{{minutes: minutes}}
	},
	"by the clock": func(t *rapid.T, said string, minutes int64) (string, []wantedPart) {
		from := 6 * rapid.Int64Range(70, 100).Draw(t, "from") // 7 to 10 in the morning
		to := from + min(minutes, 90)
		pattern := rapid.SampledFrom([]string{"%[1]s %[2]s-%[3]s", "%[1]s, %[2]s to %[3]s", "%[2]s-%[3]s %[1]s", "%[1]s from %[2]s to %[3]s"}).Draw(t, "clock")
		clock := func(m int64) string { return fmt.Sprintf("%d:%02dam", m/60, m%60) }
		return fmt.Sprintf(pattern, said, clock(from), clock(to)), []wantedPart{{minutes: to - from}}
	},
	"put right": func(t *rapid.T, said string, minutes int64) (string, []wantedPart) {
		wrong := tenthsOf(t, minutes+6)
		pattern := rapid.SampledFrom([]string{"%[1]s %[3]s, no, %[2]s", "%[1]s %[3]s -> %[2]s", "%[1]s %[2]s, not %[3]s", "%[1]s %[2]s (was %[3]s)", "%[1]s %[3]s, make that %[2]s"}).Draw(t, "put right")
		return fmt.Sprintf(pattern, said, tenthsOf(t, minutes), wrong), []wantedPart{{minutes: minutes}}
	},
	"not charged": func(t *rapid.T, said string, minutes int64) (string, []wantedPart) {
		pattern := rapid.SampledFrom([]string{"%[1]s %[2]s (n/c)", "%[1]s %[2]s n/c", "%[1]s %[2]s, no charge", "%[2]s n/c %[1]s"}).Draw(t, "not charged")
		return fmt.Sprintf(pattern, said, tenthsOf(t, minutes)), []wantedPart{{minutes: minutes, free: true}}
	},
	"part of it not charged": func(t *rapid.T, said string, minutes int64) (string, []wantedPart) {
		free := 6 * rapid.Int64Range(1, minutes/6-1).Draw(t, "free")
		pattern := rapid.SampledFrom([]string{"%[1]s %[2]s (%[3]s n/c)", "%[2]s (n/c %[3]s) %[1]s", "%[1]s %[2]s (%[3]s of it no charge)"}).Draw(t, "part of it")
		return fmt.Sprintf(pattern, said, tenthsOf(t, minutes), tenthsOf(t, free)), []wantedPart{{minutes: minutes - free}, {minutes: free, free: true}}
	},
	"part of the time before": func(t *rapid.T, said string, minutes int64) (string, []wantedPart) {
		inner := 6 * rapid.Int64Range(1, minutes/6-1).Draw(t, "inner")
		pattern := rapid.SampledFrom([]string{"%[1]s %[2]s, of which %[3]s travel", "%[1]s %[2]s (incl. %[3]s travel)", "%[1]s %[2]s, of this %[3]s travel"}).Draw(t, "within")
		return fmt.Sprintf(pattern, said, tenthsOf(t, minutes), tenthsOf(t, inner)), []wantedPart{{minutes: minutes - inner}, {minutes: inner}}
	},
	"of a day": func(t *rapid.T, said string, minutes int64) (string, []wantedPart) {
		pattern := rapid.SampledFrom([]string{"yesterday %[1]s %[2]s", "11/18: %[1]s %[2]s", "(11/18) %[2]s %[1]s", "Wed: %[2]s %[1]s", "Nov 18 - %[2]s %[1]s", "%[1]s %[2]s yesterday", "%[1]s yesterday %[2]s", "%[1]s (11/18) %[2]s"}).Draw(t, "day")
		return fmt.Sprintf(pattern, said, tenthsOf(t, minutes)), []wantedPart{{minutes: minutes, day: "2026-11-18", heads: !strings.HasPrefix(pattern, "%[1]s")}}
	},
}

// mixed is a line of pieces, each with its time in a form of its own, and what it
// must become.
type mixed struct {
	line  string
	parts []wantedPart
	words []string
}

func drawMixed(t *rapid.T) mixed {
	var m mixed
	names := []string{}
	for name := range forms {
		names = append(names, name)
	}
	slices.Sort(names)
	joint, day := rapid.SampledFrom([]string{"; ", "\n", ". "}).Draw(t, "joint"), ""
	m.line = rapid.SampledFrom([]string{"", "Calder: "}).Draw(t, "head")
	for i := range rapid.IntRange(1, 4).Draw(t, "pieces") {
		if i > 0 {
			m.line += joint
		}
		p := rapid.SampledFrom(pieces).Draw(t, "piece")
		name := rapid.SampledFrom(names).Draw(t, "form")
		text, parts := forms[name](t, p.said, 6*rapid.Int64Range(2, 40).Draw(t, "tenths"))
		for k := range parts {
			if parts[k].day == "" {
				parts[k].day = day
			}
			if parts[k].heads {
				day, parts[k].heads = parts[k].day, false
			}
		}
		m.line, m.parts, m.words = m.line+text, append(m.parts, parts...), append(m.words, strings.Fields(p.words)...)
	}
	return m
}

// However the times of a line are said, each piece has its own, whatever forms
// stand side by side; what is not charged says so; a day that is named is that of
// its piece; no word of the work vanishes, and nobody need be asked about a total.
func TestFormsSideBySideAreConserved(t *testing.T) {
	in := chambers(t)
	rapid.Check(t, func(t *rapid.T) {
		m := drawMixed(t)
		parts := note.Read(m.line, in)
		var got []wantedPart
		said := ""
		for _, p := range parts {
			w := wantedPart{free: p.NonBillable}
			if p.Worked != nil {
				w.minutes = *p.Worked / 60
			}
			if !p.Day.IsZero() {
				w.day = p.Day.String()
			}
			got = append(got, w)
			said += " " + strings.ToLower(string(p.Narrative))
			for _, w := range p.With {
				said += " " + strings.ToLower(string(w))
			}
			if slices.ContainsFunc(p.Asks, func(a note.Ask) bool { return a.Key == "total" }) {
				t.Fatalf("%q asks about its total\n%s", m.line, written(in, parts))
			}
		}
		if !slices.Equal(got, m.parts) {
			t.Fatalf("%q: %v, want %v\n%s", m.line, got, m.parts, written(in, parts))
		}
		for _, w := range m.words {
			if !strings.Contains(said, strings.ToLower(w)) {
				t.Fatalf("%q lost %q\n%s", m.line, w, written(in, parts))
			}
		}
		heard := strings.ToLower(m.line)
		for _, w := range strings.Fields(said) {
			w = strings.Trim(w, ",;()")
			if !strings.Contains(heard, w) && !slices.Contains(billWords, w) && !inNames(in, w) {
				t.Fatalf("%q was given %q\n%s", m.line, w, written(in, parts))
			}
		}
	})
}

// inNames reports whether the word is of somebody's name: whom a part was with is
// said in full.
func inNames(in note.Context, low string) bool {
	for _, m := range in.Matters {
		for _, c := range m.Contacts {
			if strings.Contains(strings.ToLower(string(c.Name)), low) {
				return true
			}
		}
	}
	return false
}
