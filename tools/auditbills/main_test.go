package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tenths/tenths/guideline"
	"github.com/tenths/tenths/internal/peer"
)

// TestChecksExist keeps the table of reasons from naming checks that are none.
func TestChecksExist(t *testing.T) {
	known := map[string]bool{}
	for _, d := range guideline.Checks() {
		known[d.Name] = true
	}
	for _, r := range reasons {
		for _, c := range r.class.checks {
			if !known[c] {
				t.Errorf("%s: there is no check %s", r.class.name, c)
			}
		}
	}
}

func TestRun(t *testing.T) {
	file := filepath.Join(t.TempDir(), "bill.csv")
	csv := `id,date,timekeeper,classification,bill,hours,adjusted,reason,comment,narrative
a,2024-06-03,P,Partner,1,1.0,0,,,Analyze plaintiffs' complaint
b,2024-06-04,P,Partner,1,1.0,1,Vague,,Generate mediation strategy
c,2024-06-05,P,Partner,1,1.0,1,Block Billing,,Draft answer to complaint and research laches
d,2024-06-06,P,Partner,1,1.0,1,Clerical,,Draft motion to strike
`
	if err := os.WriteFile(file, []byte(csv), 0o600); err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := run(&out, "insurer-strict,general", true, []string{file}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"4 entries, 3 adjusted, 1 accepted", "recall vague               1.00 (1 of 1)", "recall clerical            0.00 (0 of 1)",
		"recall all                 0.67 (2 of 3)", "accepted left unflagged    1.00 (1 of 1)", "missed      d (clerical): Draft motion to strike",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the report lacks %q:\n%s", want, out.String())
		}
	}
}

// TestFieldCuts holds the checks to lines that auditors and courts cut and accepted,
// whose reason stands in one column.
func TestFieldCuts(t *testing.T) {
	for name, most := range map[string]struct{ missed, flagged int }{"narratives.csv": {0, 0}, "court-cuts.csv": {2, 0}} {
		f, err := os.Open(peer.Shared(t, "data", "field", name))
		if err != nil {
			t.Fatal(err)
		}
		all, err := read(f)
		if err != nil {
			t.Fatal(err)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		inForce, err := guideline.Alone(guideline.Packs(), "insurer-strict", "general")
		if err != nil {
			t.Fatal(err)
		}
		if err := check(inForce, all); err != nil {
			t.Fatal(err)
		}
		missed, flagged := 0, 0
		for _, a := range all {
			switch hit := len(a.byText) > 0; {
			case a.adjusted && !hit:
				missed++
			case !a.adjusted && hit:
				flagged++
			}
		}
		if missed > most.missed || flagged > most.flagged {
			t.Errorf("%s: %d cuts missed and %d accepted entries flagged, at most %d and %d", name, missed, flagged, most.missed, most.flagged)
		}
	}
}

// TestAuditedBills holds the checks to their measure on real bills.
func TestAuditedBills(t *testing.T) {
	file := peer.Shared(t, "data", "narratives", "audited-bills.csv")
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	all, err := read(f)
	if err != nil {
		t.Fatal(err)
	}
	inForce, err := guideline.Alone(guideline.Packs(), "insurer-strict", "general")
	if err != nil {
		t.Fatal(err)
	}
	if err := check(inForce, all); err != nil {
		t.Fatal(err)
	}
	text, caught, accepted, flagged := 0, 0, 0, 0
	for _, a := range all {
		hit := len(a.byText) > 0
		switch {
		case !a.adjusted:
			accepted++
			if hit {
				flagged++
			}
		case !a.class.bill:
			text++
			if hit {
				caught++
			}
		}
	}
	if caught*10 < text*8 {
		t.Errorf("%d of %d adjustments that the text decides are found", caught, text)
	}
	if flagged*10 > accepted {
		t.Errorf("%d of %d accepted entries are flagged by their text", flagged, accepted)
	}
}
