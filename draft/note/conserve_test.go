package note_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/draft/note"
)

// piece is work as it may be said, and the words of it that must not vanish.
type piece struct{ said, words string }

var pieces = []piece{
	{"drafted answer", "answer"}, {"reviewed lease", "lease"}, {"researched laches", "laches"}, {"revised guaranty", "guaranty"}, {"called Nadia", "Nadia"},
	{"emailed Vickers re demurrage", "Vickers demurrage"}, {"prepared exhibit list", "exhibit list"}, {"reviewed sections 4, 7 and 12.3 of charter", "4, 7 12.3 charter"},
	{"reviewed exhibits 1.1, 1.2 and 1.3", "exhibits 1.1, 1.2 1.3"}, {"compared versions 1.2 and 1.3", "versions 1.2 1.3"}, {"reviewed repair bill", "repair bill"},
	{"revised customs charge sheet", "customs charge sheet"}, {"drafted I-129 and G-28", "I-129 G-28"}, {"call w/ K. Prior", "Prior"}, {"read CPR 31.16", "CPR 31.16"}, {"considered par. 14.2 of deed", "14.2 deed"},
}

// timesheet is a line of pieces with their minutes, and the minutes that its
// parts must have.
type timesheet struct {
	line    string
	minutes []int64
	words   []string
}

// tenthsOf writes minutes as timekeepers do.
func tenthsOf(t *rapid.T, minutes int64) string {
	h, d := minutes/60, minutes%60/6
	forms := []string{fmt.Sprintf("%d.%d", h, d), fmt.Sprintf("%d.%dh", h, d), fmt.Sprintf("%d min", minutes)}
	if h == 0 {
		forms = append(forms, fmt.Sprintf(".%d", d))
	}
	return rapid.SampledFrom(forms).Draw(t, "form")
}

func drawTimesheet(t *rapid.T) timesheet {
	n := rapid.IntRange(1, 4).Draw(t, "pieces")
	minutes := make([]int64, n)
	for i := range minutes {
		minutes[i] = 6 * rapid.Int64Range(2, 40).Draw(t, "tenths")
	}
	if n > 2 && rapid.Bool().Draw(t, "coincidence") { // the first, or the last, adds up the others
		at := rapid.SampledFrom([]int{0, n - 1}).Draw(t, "sum at")
		minutes[at] = 0
		sum := int64(0)
		for _, m := range minutes {
			sum += m
		}
		minutes[at] = sum
	}
	style := rapid.SampledFrom([]string{"%[1]s %[2]s", "%[1]s (%[2]s)", "%[1]s, %[2]s", "%[2]s %[1]s", "%[2]s - %[1]s", "Calder %[2]s %[1]s"}).Draw(t, "style")
	joint := rapid.SampledFrom([]string{", ", "; ", " and ", ". "}).Draw(t, "joint")
	if strings.HasPrefix(style, "%[1]s, ") || strings.HasPrefix(style, "%[2]s - ") || strings.HasPrefix(style, "Calder") {
		joint = "; "
	}
	ts := timesheet{line: rapid.SampledFrom([]string{"", "Calder: ", "Calder - ", "Finch & Daly / Oldgate: ", "Quill-Marsh: "}).Draw(t, "head")}
	if strings.HasPrefix(style, "Calder") {
		ts.line = ""
	}
	if style == "%[2]s - %[1]s" && strings.HasSuffix(ts.line, "- ") {
		ts.line = "Calder: "
	}
	for i, m := range minutes {
		p := rapid.SampledFrom(pieces).Draw(t, "piece")
		if i > 0 {
			ts.line += joint
		}
		ts.line += fmt.Sprintf(style, p.said, tenthsOf(t, m))
		ts.words = append(ts.words, strings.Fields(p.words)...)
		inner := 6 * rapid.Int64Range(1, 10).Draw(t, "inner")
		if joint != "; " || inner >= m || !rapid.Bool().Draw(t, "within") {
			ts.minutes = append(ts.minutes, m)
			continue
		}
		within := rapid.SampledFrom([]string{", of which %s travel", " (incl. %s travel)", " including %s travel", ", %s of that travel"}).Draw(t, "saying")
		ts.line += fmt.Sprintf(within, tenthsOf(t, inner))
		ts.minutes = append(ts.minutes, m-inner, inner)
		ts.words = append(ts.words, "travel")
	}
	if n > 1 && rapid.Bool().Draw(t, "with total") {
		sum := int64(0)
		for _, m := range minutes {
			sum += m
		}
		ts.line += fmt.Sprintf(rapid.SampledFrom([]string{"; total %d.%d", ", %d.%d total", "; %d.%d in all"}).Draw(t, "total"), sum/60, sum%60/6)
	}
	return ts
}

// The times of a line are those of its parts, however they are listed, and every
// word of the work is in a narrative or among the people.
func TestTimeAndWordsAreConserved(t *testing.T) {
	in := chambers(t)
	rapid.Check(t, func(t *rapid.T) {
		ts := drawTimesheet(t)
		parts := note.Read(ts.line, in)
		var got []int64
		said := ""
		for _, p := range parts {
			if p.Worked != nil {
				got = append(got, *p.Worked/60)
			}
			said += " " + string(p.Narrative)
			for _, w := range p.With {
				said += " " + string(w)
			}
			if slices.ContainsFunc(p.Asks, func(a note.Ask) bool { return a.Key == "total" }) {
				t.Fatalf("%q asks about its total\n%s", ts.line, written(in, parts))
			}
		}
		if !slices.Equal(got, ts.minutes) || len(parts) != len(got) {
			t.Fatalf("%q: %v, want %v\n%s", ts.line, got, ts.minutes, written(in, parts))
		}
		for _, w := range ts.words {
			if !strings.Contains(strings.ToLower(said), strings.ToLower(w)) {
				t.Fatalf("%q lost %q\n%s", ts.line, w, written(in, parts))
			}
		}
	})
}

// billWords are those that a bill says where a note says it otherwise.
var billWords = strings.Fields("telephone conference with regarding correspondence to draft review research revise prepare compare read consider calder and travel")

// No word is born: what a narrative says was said, or is how a bill says it.
func TestNoWordIsBorn(t *testing.T) {
	in := chambers(t)
	rapid.Check(t, func(t *rapid.T) {
		ts := drawTimesheet(t)
		said := strings.ToLower(ts.line)
		for _, p := range note.Read(ts.line, in) {
			for _, w := range strings.Fields(strings.ToLower(string(p.Narrative))) {
				w = strings.Trim(w, ",;()")
				if !strings.Contains(said, w) && !slices.Contains(billWords, w) {
					t.Fatalf("%q says %q in %q", ts.line, w, string(p.Narrative))
				}
			}
		}
	})
}

// A time that is put right is said once, and one that is denied not at all.
func TestCorrectionsLeaveOneTime(t *testing.T) {
	in := chambers(t)
	rapid.Check(t, func(t *rapid.T) {
		a, b := 6*rapid.Int64Range(1, 50).Draw(t, "first"), 6*rapid.Int64Range(1, 50).Draw(t, "then")
		form := rapid.SampledFrom([]string{"%[1]s drafted answer; not %[1]s, make that %[2]s", "drafted answer %[1]s, no, %[2]s", "drafted answer %[1]s -> %[2]s", "drafted answer not %[1]s but %[2]s",
			"drafted answer %[2]s, not %[1]s", "drafted answer %[2]s instead of %[1]s", "Calder %[1]s, should be %[2]s, drafted answer"}).Draw(t, "form")
		tenths := func(m int64) string { return fmt.Sprintf("%d.%d", m/60, m%60/6) }
		line := fmt.Sprintf(form, tenths(a), tenths(b))
		parts := note.Read(line, in)
		if len(parts) != 1 || parts[0].Worked == nil || *parts[0].Worked != b*60 || !strings.Contains(string(parts[0].Narrative), "answer") {
			t.Fatalf("%q\n%s", line, written(in, parts))
		}
	})
}
