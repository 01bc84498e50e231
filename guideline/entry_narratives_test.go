package guideline

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/tenths/tenths/billing"
)

// strictRules holds every check on an entry as a strict client sets it.
const strictRules = `
id = "strict"
title = "Strict"
source = "this test"

[[rule]]
id = "block-billing"
check = "block-billing"
severity = "warning"
clause = "block-billing"

[[rule]]
id = "vague"
check = "vague"
severity = "warning"
clause = "vague"

[[rule]]
id = "communication"
check = "communication"
severity = "warning"
clause = "communication"

[[rule]]
id = "hearing-subject"
check = "hearing-subject"
severity = "warning"
clause = "hearing-subject"

[[rule]]
id = "office-conference"
check = "office-conference"
severity = "warning"
clause = "office-conference"
params = { need = true }

[[rule]]
id = "supervision"
check = "supervision"
severity = "warning"
clause = "supervision"

[[rule]]
id = "clerical"
check = "clerical"
severity = "warning"
clause = "clerical"

[[rule]]
id = "travel"
check = "travel"
severity = "warning"
clause = "travel"
params = { require = ["from", "to", "miles"] }

[[rule]]
id = "expert-approval"
check = "expert-approval"
severity = "warning"
clause = "expert-approval"

[[rule]]
id = "level"
check = "level"
severity = "warning"
clause = "level"

[[rule]]
id = "increment"
check = "increment"
severity = "warning"
clause = "increment"

[[rule]]
id = "code-narrative"
check = "code-narrative"
severity = "warning"
clause = "code-narrative"

[[rule]]
id = "sensitive"
check = "sensitive"
severity = "warning"
clause = "sensitive"
params = { words = ["smoking gun", "malpractice"] }

[[rule]]
id = "abbreviation"
check = "abbreviation"
severity = "warning"
clause = "abbreviation"

[[rule]]
id = "placeholder"
check = "placeholder"
severity = "warning"
clause = "placeholder"

[[rule]]
id = "other-party"
check = "other-party"
severity = "warning"
clause = "other-party"
`

func strictChecker(t testing.TB) *Checker {
	t.Helper()
	g, err := ParseGuideline("strict.toml", []byte(strictRules))
	if err != nil {
		t.Fatal(err)
	}
	c, err := New([]Guideline{g}, Setting{Today: billing.Day{Year: 2026, Month: 1, Day: 5}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// narrative is a line of testdata/narratives: the checks that must find fault
// with it, or "-" for good work that must pass in silence; the level (partner,
// counsel, associate, L for a paralegal, staff) and hours; and the narrative.
type narrative struct {
	line  int
	want  []string
	entry Entry
}

func readNarratives(t testing.TB, name string) []narrative {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "narratives", name+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	levels := map[string]Level{"P": LevelPartner, "C": LevelCounsel, "A": LevelAssociate, "L": LevelParalegal, "S": LevelStaff}
	var out []narrative
	for in, line := bufio.NewScanner(f), 1; in.Scan(); line++ {
		part := strings.SplitN(in.Text(), " | ", 3)
		if len(part) != 3 {
			t.Fatalf("%s:%d: not checks | level hours | narrative", name, line)
		}
		level, hours, _ := strings.Cut(part[1], " ")
		minutes, err := parseHours(hours)
		if err != nil {
			t.Fatalf("%s:%d: %v", name, line, err)
		}
		n := narrative{line: line, entry: Entry{ID: strconv.Itoa(line), Level: levels[level], Minutes: minutes, Narrative: billing.Privileged(part[2])}}
		if part[0] != "-" {
			n.want = strings.Split(part[0], ",")
		}
		out = append(out, n)
	}
	return out
}

// score is how a file of narratives came out.
type score struct {
	good, silent int // good narratives, and those of them without a finding
	bad, caught  int // bad ones, and those of them with a finding of each wanted check
	exact        int // bad ones with these checks and no other
	wrong        []string
}

func scoreNarratives(t testing.TB, name string) score {
	t.Helper()
	c := strictChecker(t)
	var s score
	for _, n := range readNarratives(t, name) {
		var got []string
		for _, f := range c.Entry(n.entry) {
			if f.Severity != Note && !slices.Contains(got, f.Check) {
				got = append(got, f.Check)
			}
		}
		slices.Sort(got)
		slices.Sort(n.want)
		ok := slices.Equal(got, n.want)
		if n.want == nil {
			s.good++
			if ok {
				s.silent++
			}
		} else {
			s.bad++
			if ok {
				s.exact++
			}
			if !slices.ContainsFunc(n.want, func(w string) bool { return !slices.Contains(got, w) }) {
				s.caught++
			}
		}
		if !ok {
			s.wrong = append(s.wrong, fmt.Sprintf("%s.txt:%d: got %v, want %v: %s", name, n.line, got, n.want, string(n.entry.Narrative)))
		}
	}
	return s
}

// TestNarratives is the table of good and bad work. Good work passes in
// silence, all of it.
func TestNarratives(t *testing.T) {
	for _, name := range []string{"litigation", "employment", "corporate", "insurance", "practice", "style"} {
		t.Run(name, func(t *testing.T) {
			s := scoreNarratives(t, name)
			t.Logf("%d of %d good silent, %d of %d bad caught, %d exactly", s.silent, s.good, s.caught, s.bad, s.exact)
			for _, w := range s.wrong {
				t.Log(w)
			}
			if s.silent < s.good {
				t.Errorf("%d good narratives are found fault with", s.good-s.silent)
			}
			if s.caught*100 < s.bad*94 {
				t.Errorf("%d of %d bad narratives are missed", s.bad-s.caught, s.bad)
			}
		})
	}
}

// TestHeldOut scores two tables that were written apart from the checks and
// looked at once each. The first came to 30 of 32 good narratives silent and 29
// of 31 bad ones caught, the second, later, to 31 of 32 and 30 of 32. What they
// taught is in the checks since, so that they only guard against decay now.
func TestHeldOut(t *testing.T) {
	for name, first := range map[string]score{"held-out": {silent: 30, caught: 29}, "held-out-2": {silent: 31, caught: 30}} {
		s := scoreNarratives(t, name)
		t.Logf("%s: %d of %d good silent, %d of %d bad caught, %d exactly", name, s.silent, s.good, s.caught, s.bad, s.exact)
		for _, w := range s.wrong {
			t.Log(w)
		}
		if s.silent < first.silent || s.caught < first.caught {
			t.Errorf("%s: worse than at first", name)
		}
	}
}
