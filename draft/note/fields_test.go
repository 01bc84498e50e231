package note_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/draft/note"
)

// fieldFiles hold lines whose fields are judged one by one, as a biller would
// judge them: the narrative by the words it must hold, not letter by letter. The
// head of each file says how its lines were read the first time.
var fieldFiles = []string{"testdata/fields1.txt", "testdata/fields2.txt", "testdata/fields3.txt", "testdata/fields4.txt", "testdata/fields5.txt", "testdata/fields6.txt", "testdata/fields7.txt", "testdata/fields8.txt",
	"testdata/fields9.txt", "testdata/fields10.txt", "testdata/fields11.txt", "testdata/fields12.txt", "testdata/fields13.txt", "testdata/fields14.txt"}

// practiceOf returns the practice that the lines of file are read against.
func practiceOf(t testing.TB, file string) note.Context {
	switch strings.TrimSuffix(strings.TrimPrefix(file, "testdata/fields"), ".txt") {
	case "1", "2", "3", "4", "5", "6", "7", "8":
		return office(t)
	case "9", "10":
		return chambers(t)
	}
	return parade(t)
}

// fieldNames are what a line is judged by.
var fieldNames = []string{"parts", "worked", "clock", "code", "matter", "with", "words", "asks"}

// judge returns which fields of the parts are right. Where the number of parts
// is wrong nothing else is right. A column "*" takes anything, "a/b" either; a
// word begins with "!" where the narrative must not hold it.
func judge(in note.Context, parts []note.Part, want string) (right map[string]bool) {
	right = map[string]bool{}
	rows := strings.Split(strings.TrimSuffix(want, "\n"), "\n")
	if want == "" {
		rows = nil
	}
	if len(rows) != len(parts) {
		return right
	}
	for _, f := range fieldNames {
		right[f] = true
	}
	for i, row := range rows {
		c := strings.Split(row+"|||||", "|")
		for k := range c {
			c[k] = strings.TrimSpace(c[k])
		}
		worked, clock, _ := strings.Cut(c[0], "@")
		got := strings.Split(written(in, parts[i:i+1]), " | ")
		gotWorked, gotClock, _ := strings.Cut(got[0], "@")
		asks := []string{}
		if worked == "?" {
			asks = append(asks, "worked")
		}
		if c[2] == "-" {
			asks = append(asks, "matter")
		}
		asks = append(asks, strings.Fields(c[5])...)
		if !sameDuration(strings.TrimPrefix(gotWorked, "~"), worked) {
			right["worked"] = false
		}
		right["clock"] = right["clock"] && clock == gotClock
		right["code"] = right["code"] && either(c[1], parts[i].ActivityCode)
		right["matter"] = right["matter"] && (c[2] == "*" || c[2] == got[2])
		right["with"] = right["with"] && sameWith(c[3], parts[i])
		right["words"] = right["words"] && holds(string(parts[i].Narrative), c[4])
		right["asks"] = right["asks"] && (c[2] == "*" || c[5] == "*" || c[1] == "*" || slices.Equal(asks, keysOf(parts[i])))
	}
	return right
}

func sameDuration(got, want string) bool {
	a, errA := time.ParseDuration(got)
	b, errB := time.ParseDuration(want)
	return got == want || errA == nil && errB == nil && a == b
}

func either(want, got string) bool {
	return want == "*" || slices.Contains(strings.Split(want, "/"), got)
}

func sameWith(want string, p note.Part) bool {
	if want == "*" {
		return true
	}
	var list []string
	for _, w := range strings.Split(want, ",") {
		if w = strings.TrimSpace(w); w != "" {
			list = append(list, strings.ToLower(w))
		}
	}
	if len(list) != len(p.With) {
		return false
	}
	for i, w := range list {
		with := strings.ToLower(string(p.With[i]))
		if !slices.ContainsFunc(strings.Split(w, "/"), func(s string) bool { return strings.Contains(with, s) }) {
			return false
		}
	}
	return true
}

func holds(narrative, words string) bool {
	narrative = strings.ToLower(narrative)
	for _, w := range strings.Fields(strings.ToLower(words)) {
		no, negative := strings.CutPrefix(w, "!")
		found := slices.ContainsFunc(strings.Split(no, "/"), func(s string) bool { return strings.Contains(narrative, s) })
		if found == negative {
			return false
		}
	}
	return true
}

// keysOf returns what p asks for, in the order of the vectors.
func keysOf(p note.Part) []string {
	out := []string{}
	for _, a := range p.Asks {
		out = append(out, a.Key)
	}
	return out
}

func TestFields(t *testing.T) {
	for _, file := range fieldFiles {
		t.Run(file, func(t *testing.T) {
			in := practiceOf(t, file)
			list := vectors(t, file)
			score, all := map[string]int{}, 0
			for _, v := range list {
				parts := note.Read(v.line, in)
				right := judge(in, parts, v.want)
				right["parts"] = len(right) > 0
				var wrong []string
				for _, f := range fieldNames {
					if right[f] {
						score[f]++
					} else {
						wrong = append(wrong, f)
					}
				}
				if len(wrong) == 0 {
					all++
				}
				switch {
				case len(wrong) == 0 && v.skip != "":
					t.Errorf("%d: %q reads as it should now; it is no miss any more", v.at, v.line)
				case len(wrong) > 0 && v.skip == "":
					asks := ""
					for _, p := range parts {
						asks += fmt.Sprint(keysOf(p))
					}
					t.Errorf("%d: %s\nwrong %v\ngot:\n%s%s\nwant:\n%s", v.at, v.line, wrong, written(in, parts), asks, v.want)
				}
			}
			line := fmt.Sprintf("%d lines: all %d", len(list), all)
			for _, f := range fieldNames {
				line += fmt.Sprintf(", %s %d", f, score[f])
			}
			t.Log(line)
		})
	}
}
