package narrate

import (
	"encoding/json"
	"os"
	"testing"

	"github.com/tenths/tenths/internal/peer"
)

// TestCodesAreOfTheStandard holds every code that work can be given to the
// published sets: it must be there, and be a task or an activity, not a phase.
func TestCodesAreOfTheStandard(t *testing.T) {
	text, err := os.ReadFile(peer.Shared(t, "standards", "utbms", "utbms.json"))
	if err != nil {
		t.Fatal(err)
	}
	var standard struct {
		Codes []struct{ Code, Set, Kind string }
	}
	if err := json.Unmarshal(text, &standard); err != nil {
		t.Fatal(err)
	}
	sets := map[string]string{}
	for _, c := range standard.Codes {
		if c.Kind != "phase" {
			sets[c.Code] = c.Set
		}
	}
	for set, codes := range map[string][]string{
		"litigation": litigationTasks.codes, "bankruptcy": append([]string{"B195"}, bankruptcyTasks.codes...),
		"project": append([]string{"P400", "P500"}, projectTasks.codes...), "counseling": {"C200", "C300", "C400"},
		"activity": {"A101", "A102", "A103", "A104", "A105", "A106", "A107", "A108", "A109", "A110", "A111"},
	} {
		for _, code := range codes {
			if sets[code] != set {
				t.Errorf("%s is no code of the %s set", code, set)
			}
		}
	}
	for _, a := range spokenActivities {
		if sets[a.code] != "activity" {
			t.Errorf("%s is no activity", a.code)
		}
	}
}
