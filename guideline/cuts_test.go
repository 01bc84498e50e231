package guideline

import (
	"bufio"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/tenths/tenths/billing"
)

// cutTables are the tables of testdata/cuts.
var cutTables = []string{"first", "second", "third", "fourth", "fifth", "sixth", "seventh"}

// cutKinds are the kinds of cuts of testdata/cuts, with the checks that find
// them for their reason.
var cutKinds = map[string][]string{
	"thinking":      {"vague", "supervision"},
	"vague":         {"vague", "hearing-subject", "communication", "no-work"},
	"nowork":        {"no-work", "placeholder", "vague"},
	"communication": {"communication", "office-conference"},
	"voicemail":     {"clerical", "communication"},
	"learning":      {"supervision"},
	"conflict":      {"clerical"},
	"ownbill":       {"clerical"},
	"clerical":      {"clerical", "level"},
	"office":        {"office-conference"},
	"supervision":   {"supervision"},
	"block":         {"block-billing", "travel"},
	"travel":        {"travel"},
	"experts":       {"expert-approval"},
}

// cut is a line of testdata/cuts: the kind of cut, or "accept"; the level and
// hours; and the narrative.
type cut struct {
	kind  string
	entry Entry
}

func readCuts(t testing.TB, name string) []cut {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", "cuts", name+".txt"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	levels := map[string]Level{"P": LevelPartner, "A": LevelAssociate, "L": LevelParalegal}
	var out []cut
	for in, line := bufio.NewScanner(f), 1; in.Scan(); line++ {
		part := strings.SplitN(in.Text(), " | ", 3)
		if len(part) != 3 || part[0] != "accept" && cutKinds[part[0]] == nil {
			t.Fatalf("%s:%d: not kind | level hours | narrative", name, line)
		}
		level, hours, _ := strings.Cut(part[1], " ")
		minutes, err := parseHours(hours)
		if err != nil {
			t.Fatalf("%s:%d: %v", name, line, err)
		}
		out = append(out, cut{part[0], Entry{ID: strconv.Itoa(line), Level: levels[level], Minutes: minutes, Narrative: billing.Privileged(part[2])}})
	}
	return out
}

// insurer is a checker of the guidelines that an insurer's auditor has.
func insurer(t testing.TB) *Checker {
	t.Helper()
	inForce, err := Alone(Packs(), "insurer-strict", "general")
	if err != nil {
		t.Fatal(err)
	}
	c, err := New(inForce, Setting{Today: billing.Day{Year: 2026, Month: 1, Day: 5}})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// TestCuts scores tables of what auditors and courts cut and accept, each decided
// before it was run, and mended by only after. First runs found 106 of 171 cuts and
// flagged 11 of 152 accepted entries, then 117 of 160 and 10 of 151, 132 of 168 and
// 10 of 142, 93 of 107 and 6 of 94, 61 of 69 and 3 of 54, 62 of 80
// and 3 of 40, and 26 of 36 and 2 of 24. What they taught is in the checks since, so
// that they only guard against decay now.
func TestCuts(t *testing.T) {
	c := insurer(t)
	for _, tc := range []struct {
		name              string
		cut, found        int // cut narratives, and at least so many of them found
		accepted, flagged int // accepted ones, and at most so many of them flagged
	}{
		{"first", 171, 166, 152, 5},
		{"second", 160, 155, 151, 3},
		{"third", 168, 160, 142, 6},
		{"fourth", 107, 106, 94, 1},
		{"fifth", 69, 66, 54, 1},
		{"sixth", 80, 73, 40, 3},
		{"seventh", 36, 26, 24, 2},
	} {
		type tally struct{ n, hit, right int }
		kinds := map[string]*tally{}
		var all, good tally
		for _, n := range readCuts(t, tc.name) {
			got := flagged(c, n.entry)
			if n.kind == "accept" {
				if good.n++; len(got) > 0 {
					good.hit++
					t.Logf("%s:%s flagged %v: %s", tc.name, n.entry.ID, got, string(n.entry.Narrative))
				}
				continue
			}
			k := kinds[n.kind]
			if k == nil {
				k = &tally{}
				kinds[n.kind] = k
			}
			for _, x := range []*tally{k, &all} {
				x.n++
				if len(got) > 0 {
					x.hit++
				}
				if slices.ContainsFunc(got, func(g string) bool { return slices.Contains(cutKinds[n.kind], g) }) {
					x.right++
				}
			}
			switch {
			case len(got) == 0:
				t.Logf("%s:%s missed %s: %s", tc.name, n.entry.ID, n.kind, string(n.entry.Narrative))
			case !slices.ContainsFunc(got, func(g string) bool { return slices.Contains(cutKinds[n.kind], g) }):
				t.Logf("%s:%s other reason %s %v: %s", tc.name, n.entry.ID, n.kind, got, string(n.entry.Narrative))
			}
		}
		for kind, k := range kinds {
			t.Logf("%s: %-14s %d of %d found, %d for the reason", tc.name, kind, k.hit, k.n, k.right)
		}
		t.Logf("%s: %d of %d cuts found, %d for the reason; %d of %d accepted flagged", tc.name, all.hit, all.n, all.right, good.hit, good.n)
		if all.n != tc.cut || good.n != tc.accepted || all.hit < tc.found || good.hit > tc.flagged {
			t.Errorf("%s: %d of %d cuts found, want %d of %d; %d of %d accepted flagged, at most %d of %d",
				tc.name, all.hit, all.n, tc.found, tc.cut, good.hit, good.n, tc.flagged, tc.accepted)
		}
	}
}
