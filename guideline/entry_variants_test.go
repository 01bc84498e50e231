package guideline

import (
	"slices"
	"strings"
	"testing"

	"github.com/tenths/tenths/billing"
)

// flagged are the checks that find fault at warning or error.
func flagged(c *Checker, e Entry) []string {
	var got []string
	for _, f := range c.Entry(e) {
		if f.Severity != Note && !slices.Contains(got, f.Check) {
			got = append(got, f.Check)
		}
	}
	slices.Sort(got)
	return got
}

// TestVariants says the narratives in other ways, which must not change what is
// found: in the past tense, in capitals, with a full stop.
func TestVariants(t *testing.T) {
	c := strictChecker(t)
	past := map[string]string{
		"Draft": "Drafted", "Review": "Reviewed", "Analyze": "Analyzed", "Prepare": "Prepared", "Revise": "Revised", "Attend": "Attended",
		"Research": "Researched", "Confer": "Conferred", "Evaluate": "Evaluated", "Strategize": "Strategized", "Supervise": "Supervised",
		"Organize": "Organized", "Travel": "Traveled", "Work": "Worked", "Interview": "Interviewed", "Read": "Read", "Assess": "Assessed",
		"Continue": "Continued", "Advise": "Advised", "Oversee": "Oversaw",
	}
	variants := map[string]func(string) string{
		"full stop": func(s string) string { return s + "." },
		"capitals":  strings.ToUpper,
		"lower":     strings.ToLower,
		"past": func(s string) string {
			if strings.Contains(s, " and ") || strings.Contains(s, ";") || strings.Contains(s, ",") {
				return s // the other verbs would have to follow
			}
			first, rest, _ := strings.Cut(s, " ")
			if p := past[first]; p != "" {
				return p + " " + rest
			}
			return s
		},
	}
	for name, vary := range variants {
		same, all := 0, 0
		for _, file := range []string{"litigation", "employment", "corporate", "insurance", "practice", "style"} {
			for _, n := range readNarratives(t, file) {
				want := flagged(c, n.entry)
				e := n.entry
				e.Narrative = billing.Privileged(vary(string(e.Narrative)))
				all++
				if got := flagged(c, e); slices.Equal(got, want) {
					same++
				} else {
					t.Logf("%s: got %v, as written %v: %s", name, got, want, string(e.Narrative))
				}
			}
		}
		if same*100 < all*97 {
			t.Errorf("%s: only %d of %d are found the same", name, same, all)
		}
	}
}
