package note_test

import (
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/note"
)

// asked returns the question of p with the key, "" when there is none.
func asked(p note.Part, key string) string {
	for _, a := range p.Asks {
		if a.Key == key {
			return string(a.Text)
		}
	}
	return ""
}

func TestADayThatIsNamedIsProposed(t *testing.T) {
	in := chambers(t) // of Thursday, 2026-11-19
	for line, want := range map[string]string{
		"call with Nadia yesterday 0.4":      "2026-11-18",
		"Monday: 0.4 call with Nadia":        "2026-11-16",
		"last Thursday call with Nadia 0.4":  "2026-11-12",
		"call with Nadia re Monday call 0.4": "0000-00-00",
	} {
		p := note.Read(line, in)[0]
		if p.Day.IsZero() {
			if want != "0000-00-00" || asked(p, "day") != "" {
				t.Errorf("%s is of no other day", line)
			}
			continue
		}
		if p.Day.String() != want || !strings.Contains(asked(p, "day"), want) {
			t.Errorf("%s is of %s: %s", line, p.Day, asked(p, "day"))
		}
	}
}

// A time that the clocks went over did not take place: nobody knows how long it
// took.
func TestATimeThatDoesNotExistIsAsked(t *testing.T) {
	in := chambers(t)
	in.Day, in.Now = billing.Day{Year: 2026, Month: 3, Day: 8}, time.Time{}
	p := note.Read("drafted answer 2:15am to 2:45am", in)[0]
	if p.Worked != nil || !p.Start.IsZero() || p.Wrong != "" || asked(p, "worked") == "" || !strings.Contains(asked(p, "total"), "clocks") {
		t.Errorf("%v at %v: %q", p.Worked, p.Start, asked(p, "total"))
	}
	if p = note.Read("drafted answer 1:15am to 3:45am", in)[0]; p.Worked == nil || *p.Worked != 90*60 {
		t.Errorf("it took %v", p.Worked)
	}
}

func TestAMatterIsNotChosenSilently(t *testing.T) {
	in := chambers(t)
	parts := note.Read("call with Nadia 0.4, drafted answer 0.6", in)
	if parts[0].Proposed || !parts[1].Proposed || parts[1].Matter != "2025-0301" {
		t.Errorf("%s", written(in, parts))
	}
	for line, want := range map[string]string{
		"Osprey 0.4 drafted notice": "is closed", "call with Lowe 0.3": " or ", "0.3 call with Nadia, Doe v. Roe draft brief 1.0": "Which matter?",
	} {
		parts := note.Read(line, in)
		if p := parts[len(parts)-1]; p.Matter != "" || !strings.Contains(asked(p, "matter"), want) {
			t.Errorf("%s is on %q: %q\n%s", line, p.Matter, asked(p, "matter"), written(in, parts))
		}
	}
}

// Times that do not agree are kept as said, and asked about.
func TestTimesThatDoNotAgreeAreAsked(t *testing.T) {
	in := chambers(t)
	for _, line := range []string{"drafted answer 0.5, called Nadia 0.4, total 1.0", "hearing 1.5, of which 2.0 travel", "hearing 1.5 (0.3 waiting)", "total 3.0: drafted answer 1.0, called Nadia 0.4"} {
		parts := note.Read(line, in)
		if asked(parts[len(parts)-1], "total") == "" {
			t.Errorf("%s\n%s", line, written(in, parts))
		}
	}
}

func TestWorkThatIsNotCharged(t *testing.T) {
	parts := note.Read("drafted answer 0.5; filed same 0.2 (n/c); reviewed invoice 0.1, no charge; court 1.0, did not bill travel", chambers(t))
	for i, want := range []bool{false, true, true, false} {
		if parts[i].NonBillable != want || strings.Contains(string(parts[i].Narrative), "charge") {
			t.Errorf("%s: non-billable %v", string(parts[i].Narrative), parts[i].NonBillable)
		}
	}
}
