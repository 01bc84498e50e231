package guideline

import (
	"slices"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
)

func wordsIn(s string) []string {
	return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// drawEntry draws an entry whose narrative is one or more of the tables'.
func drawEntry(t *rapid.T, all []string) Entry {
	joints := []string{"; ", ", ", " and ", ". ", ", and "}
	text := rapid.SampledFrom(all).Draw(t, "narrative")
	for range rapid.IntRange(0, 3).Draw(t, "more") {
		text += rapid.SampledFrom(joints).Draw(t, "joint") + rapid.SampledFrom(all).Draw(t, "narrative")
	}
	e := Entry{
		ID: "e", Narrative: billing.Privileged(text), Minutes: rapid.Int64Range(0, 1000).Draw(t, "minutes"),
		Level:    Level(rapid.IntRange(0, 5).Draw(t, "level")),
		TaskCode: rapid.SampledFrom([]string{"", "L250", "L330"}).Draw(t, "task"), ActivityCode: rapid.SampledFrom([]string{"", "A102", "A103", "A106", "A109"}).Draw(t, "activity"),
	}
	some := func(name string, from ...string) []string {
		return rapid.SliceOfN(rapid.SampledFrom(from), 0, 3).Draw(t, name)
	}
	e.Facts = Facts{
		Known: rapid.Bool().Draw(t, "known"),
		With:  some("with", "opposing counsel", "Dana Fox"), Topics: some("topics", "deposition schedule", "reserve"),
		Documents: some("documents", "motion to compel (v3)", "lease"),
	}
	return e
}

func allNarratives(t testing.TB) []string {
	var out []string
	for _, file := range []string{"litigation", "employment", "corporate", "insurance", "practice", "style"} {
		for _, n := range readNarratives(t, file) {
			out = append(out, string(n.entry.Narrative))
		}
	}
	return out
}

// TestFixes are the laws of fixes: none changes how much time there is, none
// says a word that is not known, and applying one never panics.
func TestFixes(t *testing.T) {
	c, all := strictChecker(t), allNarratives(t)
	closed := map[string]bool{}
	for _, w := range joinWords {
		closed[w] = true
	}
	for _, long := range abbreviations {
		for _, w := range wordsIn(long) {
			closed[w] = true
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		e := drawEntry(t, all)
		known := map[string]bool{}
		for _, text := range append(append(append([]string{string(e.Narrative)}, e.Facts.With...), e.Facts.Topics...), e.Facts.Documents...) {
			for _, w := range wordsIn(text) {
				known[w] = true
			}
		}
		for _, f := range c.Entry(e) {
			if f.Message == "" {
				t.Fatalf("%s says nothing", f.Check)
			}
			if f.Fix == nil {
				continue
			}
			var sum int64
			for _, p := range f.Fix.Parts {
				sum += p.Minutes
				if f.Fix.Kind == FixSplit && (p.Minutes < increment || e.Minutes%increment == 0 && p.Minutes%increment != 0) {
					t.Fatalf("%s: a part of %d minutes of an entry of %d", f.Check, p.Minutes, e.Minutes)
				}
				if p.Minutes <= 0 && e.Minutes > 0 || strings.TrimSpace(string(p.Narrative)) == "" {
					t.Fatalf("%s: a part of %d minutes: %q", f.Check, p.Minutes, string(p.Narrative))
				}
				for _, w := range wordsIn(string(p.Narrative)) {
					if !known[w] && !closed[w] {
						t.Fatalf("%s invents %q: %q of %q", f.Check, w, string(p.Narrative), string(e.Narrative))
					}
				}
			}
			if sum != e.Minutes {
				t.Fatalf("%s: parts of %d minutes for an entry of %d", f.Check, sum, e.Minutes)
			}
			if split := f.Fix.Kind == FixSplit; split != (len(f.Fix.Parts) > 1) {
				t.Fatalf("%s: a fix of kind %s with %d parts", f.Check, f.Fix.Kind, len(f.Fix.Parts))
			}
			if !e.Facts.Known && f.Fix.Kind == FixText && f.Check != "abbreviation" {
				t.Fatalf("%s mends the text without evidence", f.Check)
			}
		}
	})
}

// TestFixesOfEveryKind keeps the laws above from holding of nothing.
func TestFixesOfEveryKind(t *testing.T) {
	c, kinds := strictChecker(t), map[FixKind]int{}
	for _, n := range allNarratives(t) {
		e := Entry{Narrative: billing.Privileged(n), Minutes: 60, ActivityCode: "A102", Facts: Facts{Known: true, With: []string{"Dana Fox"}, Topics: []string{"reserve"}}}
		for _, f := range c.Entry(e) {
			if f.Fix != nil {
				kinds[f.Fix.Kind]++
			}
		}
	}
	for _, k := range []FixKind{FixText, FixSplit, FixNonBillable, FixCode} {
		if kinds[k] < 10 {
			t.Errorf("%d fixes of kind %s", kinds[k], k)
		}
	}
}

// TestSplitClerical keeps the clerical part of an entry from costing the client,
// and the work in it from being lost.
func TestSplitClerical(t *testing.T) {
	c := strictChecker(t)
	for _, tc := range []struct {
		in       string
		minutes  int64
		want     string // the work | the part that is not billed
		question bool
	}{
		{"Draft motion to compel; scan documents", 60, "Draft motion to compel | Scan documents", false},
		{"Calendar hearing dates and draft answer to complaint; mail correspondence to court", 30, "Draft answer to complaint | Calendar hearing dates; mail correspondence to court", false},
		{"Draft motion to compel; scan documents", 6, "", true},
		{"Draft proof of service; file same", 60, "", true},
		{"Draft motion to compel", 60, "", false},
	} {
		got, asked := "", false
		for _, f := range c.Entry(Entry{ID: "e", Minutes: tc.minutes, Narrative: billing.Privileged(tc.in)}) {
			if f.Check != "clerical" {
				continue
			}
			asked = asked || f.Question != ""
			if f.Fix == nil {
				continue
			}
			if len(f.Fix.Parts) != 2 || f.Fix.NonBillable || f.Fix.Parts[0].NonBillable || !f.Fix.Parts[1].NonBillable {
				t.Errorf("%s: %+v", tc.in, f.Fix)
				continue
			}
			got = string(f.Fix.Parts[0].Narrative) + " | " + string(f.Fix.Parts[1].Narrative)
		}
		if got != tc.want || asked != tc.question {
			t.Errorf("%s, %d minutes: %q, asked %v; want %q, %v", tc.in, tc.minutes, got, asked, tc.want, tc.question)
		}
	}
	for _, f := range c.Entry(Entry{Narrative: "Scan documents", Minutes: 6, NonBillable: true}) {
		if f.Check == "clerical" {
			t.Error("what is not billed is clerical")
		}
	}
}

// TestSplitKeepsIncrement lets the guideline's own increment decide whether an
// entry can be split.
func TestSplitKeepsIncrement(t *testing.T) {
	entry := Entry{ID: "e", Narrative: "Draft answer to complaint; prepare for deposition of Finch"}
	const block = "[[rule]]\nid = \"b\"\ncheck = \"block-billing\"\nseverity = \"warning\"\nclause = \"1\"\n"
	const quarters = block + "[[rule]]\nid = \"i\"\ncheck = \"increment\"\nseverity = \"warning\"\nclause = \"2\"\nparams = { step = 0.25 }\n"
	for _, tc := range []struct {
		rules   string
		minutes int64
		want    []int64
	}{{block, 12, []int64{6, 6}}, {block, 6, nil}, {quarters, 45, []int64{15, 30}}, {quarters, 15, nil}} {
		g, err := ParseGuideline("g.toml", []byte("id = \"g\"\ntitle = \"G\"\nsource = \"this test\"\n\n"+tc.rules))
		if err != nil {
			t.Fatal(err)
		}
		c, err := New([]Guideline{g}, Setting{})
		if err != nil {
			t.Fatal(err)
		}
		entry.Minutes = tc.minutes
		for _, f := range c.Entry(entry) {
			var got []int64
			if f.Fix != nil {
				for _, p := range f.Fix.Parts {
					got = append(got, p.Minutes)
				}
			}
			if f.Check == "block-billing" && (!slices.Equal(got, tc.want) || (got == nil) != (f.Question != "")) {
				t.Errorf("%d minutes: %v, asked %q, want %v", tc.minutes, got, f.Question, tc.want)
			}
		}
	}
}

// TestFixesMend applies fixes and checks again: what was mended is not found again.
func TestFixesMend(t *testing.T) {
	c := strictChecker(t)
	for _, tc := range []struct{ check, in, want string }{
		{"communication", "Telephone call regarding extension", "Telephone call with opposing counsel regarding extension"},
		{"communication", "Telephone call with client", "Telephone call with client regarding deposition schedule"},
		{"communication", "Telephone conference", "Telephone conference with opposing counsel regarding deposition schedule"},
		{"hearing-subject", "Attend hearing", "Attend hearing regarding deposition schedule"},
		{"vague", "Strategize regarding next steps", "Strategize regarding next steps concerning lease"},
		{"communication", "Call with ??? regarding lease", ""},
		{"vague", "Review documents.", "Review documents regarding lease."},
		{"abbreviation", "Tel conf w/ OC re: depo of Finch", "Telephone conference with opposing counsel re: deposition of Finch"},
		{"block-billing", "Draft answer to complaint; prepare for deposition of Finch", "Draft answer to complaint | Prepare for deposition of Finch"},
		{"block-billing", "Travel to and attend mediation in Fresno", "Travel to mediation in Fresno | Attend mediation in Fresno"},
		{"block-billing", "Telephone conference with client regarding lease and with opposing counsel regarding discovery cutoff", "Telephone conference with client regarding lease | Telephone conference with opposing counsel regarding discovery cutoff"},
		{"clerical", "Calendar hearing dates", "Calendar hearing dates"},
	} {
		e := Entry{ID: "e", Minutes: 60, Level: LevelParalegal, Narrative: billing.Privileged(tc.in), Facts: Facts{
			Known: true, With: []string{"opposing counsel"}, Topics: []string{"deposition schedule"}, Documents: []string{"lease"},
		}}
		var got string
		for _, f := range c.Entry(e) {
			if f.Check != tc.check || f.Fix == nil {
				continue
			}
			var parts []string
			for _, p := range f.Fix.Parts {
				parts = append(parts, string(p.Narrative))
				again := e
				again.Narrative, again.NonBillable = p.Narrative, f.Fix.NonBillable || p.NonBillable
				for _, g := range c.Entry(again) {
					if g.Check == tc.check && g.Severity != Note && f.Fix.Kind != FixNonBillable {
						t.Errorf("%s: found again after its fix: %q", g.Check, string(p.Narrative))
					}
				}
			}
			got = strings.Join(parts, " | ")
		}
		if got != tc.want {
			t.Errorf("%s: %q\n got %q\nwant %q", tc.check, tc.in, got, tc.want)
		}
	}
}

func TestDivide(t *testing.T) {
	for _, tc := range []struct {
		total   int64
		weights []int
		step    int64
		want    []int64
	}{
		{60, []int{1, 1}, 6, []int64{30, 30}},
		{18, []int{1, 1}, 6, []int64{6, 12}},
		{90, []int{2, 1}, 6, []int64{60, 30}},
		{50, []int{1, 1}, 6, []int64{24, 26}},
		{45, []int{1, 1}, 15, []int64{15, 30}},
		{7, []int{1, 1}, 1, []int64{3, 4}},
		{7, []int{1, 1}, 6, nil},
		{6, []int{1, 1}, 6, nil},
		{24, []int{1, 1}, 15, nil},
		{0, []int{1, 1}, 6, nil},
	} {
		if got := divide(tc.total, tc.weights, tc.step); !slices.Equal(got, tc.want) {
			t.Errorf("divide(%d, %v, %d) = %v, want %v", tc.total, tc.weights, tc.step, got, tc.want)
		}
	}
}
