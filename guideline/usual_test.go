package guideline

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
)

func TestKindOfWork(t *testing.T) {
	for text, want := range map[string]string{
		"Telephone conference with Dana Reed regarding schedule of expert depositions":        "call",
		"Call with client regarding settlement offer":                                         "call",
		"Email to opposing counsel regarding extension of time to answer":                     "message",
		"Confer with client regarding terms of settlement":                                    "conference",
		"Attend hearing on motion to compel":                                                  "hearing",
		"Attend trial":                                                                        "trial",
		"Attend deposition of Dr. Voss":                                                       "deposition",
		"Attend mediation with Judge Marsh":                                                   "mediation",
		"Review complaint of Acme Logistics":                                                  "review",
		"Review letter from opposing counsel":                                                 "review-message",
		"Draft motion to compel production of maintenance records":                            "draft-motion",
		"Draft complaint against Acme Logistics":                                              "draft-pleading",
		"Draft letter to insurer regarding coverage":                                          "draft-letter",
		"Draft lease agreement for warehouse":                                                 "draft-agreement",
		"Research Maryland law regarding spoliation of electronic evidence":                   "research",
		"Travel from Baltimore to Annapolis":                                                  "travel",
		"Draft motion to compel; telephone conference with client regarding settlement offer": "",
		"Attention to matter":                                                                 "",
		"":                                                                                    "",
	} {
		if got := KindOfWork(text); got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

// The table can be used: each kind has a work that the code knows, a range and a
// reason, and can be reached.
func TestTheTableOfUsualDurations(t *testing.T) {
	works := map[string]bool{"call": true, "message": true, "review": true, "draft": true, "research": true, "travel": true}
	for _, k := range []eventKind{eventConference, eventHearing, eventDeposition, eventMediation, eventInterview, eventInspection} {
		works[string(k)] = true
	}
	seen, rest := map[string]bool{}, map[string]bool{}
	for _, k := range usualKinds() {
		if seen[k.ID] || !works[k.Work] || k.Name == "" || len(k.Reason) < 40 || k.Least < 0 || k.Most <= k.Least || k.Most > 24 || rest[k.Work] {
			t.Errorf("%+v", k)
		}
		seen[k.ID] = true
		rest[k.Work] = len(k.Words) == 0
	}
	for w := range works {
		if !rest[w] {
			t.Errorf("%s has no kind for the rest", w)
		}
	}
}

func usualOn(t testing.TB, narrative string, minutes int64, own map[string]Usual) []Finding {
	t.Helper()
	c, err := New(Packs(), Setting{Usual: own})
	if err != nil {
		t.Fatal(err)
	}
	var out []Finding
	for _, f := range c.Entry(Entry{ID: "x", Minutes: minutes, Narrative: billing.Privileged(narrative)}) {
		if f.Check == "usual-time" {
			out = append(out, f)
		}
	}
	return out
}

func TestADurationFarFromUsualIsANote(t *testing.T) {
	const call = "Call with client regarding settlement offer of 3 March"
	for _, c := range []struct {
		narrative string
		minutes   int64
		own       map[string]Usual
		want      string
	}{
		{call, 30, nil, ""},
		{call, 240, nil, "4.0 hours are long for a call: it is more than the 1.5 h"},
		{call, 240, map[string]Usual{"call": {Count: 20, Middle: math.Log(3 * 3600), Spread: 0.2}}, ""},
		{call, 30, map[string]Usual{"call": {Count: 20, Middle: math.Log(3 * 3600), Spread: 0.2}}, "short for a call: it is less than the 1.0 h that 20 of your own entries took"},
		{call, 240, map[string]Usual{"call": {Count: 19, Middle: math.Log(3 * 3600), Spread: 0.2}}, "by the table"},
		{"Draft motion to compel production of maintenance records", 6, nil, "short for a motion"},
		{"Revise motion to compel production of maintenance records", 6, nil, ""},
		{"Attend deposition of Dr. Voss", 660, nil, "long for a deposition"},
		{"Attention to matter", 660, nil, ""},
	} {
		got := usualOn(t, c.narrative, c.minutes, c.own)
		if c.want == "" && len(got) > 0 || c.want != "" && (len(got) != 1 || got[0].Severity != Note || !strings.Contains(got[0].Message, c.want)) {
			t.Errorf("%q, %d min: %+v, want %q", c.narrative, c.minutes, got, c.want)
		}
	}
}

// Whatever somebody's history is, what lies in its middle is not far from usual,
// a few wild entries do not move it, and a note is all there ever is.
func TestOneOwnHistoryIsRobust(t *testing.T) {
	const call = "Call with client regarding settlement offer of 3 March"
	rapid.Check(t, func(t *rapid.T) {
		var all []int64
		for range rapid.IntRange(20, 60).Draw(t, "entries") {
			all = append(all, 360*rapid.Int64Range(1, 20).Draw(t, "tenths"))
		}
		plain := UsualOf(map[string][]int64{"call": all})
		own := func(n int64) int { return countUsual(t, call, n, plain) }
		middle := int64(math.Round(math.Exp(plain["call"].Middle) / 60))
		if own(middle) != 0 {
			t.Fatalf("the middle of %v, %d min, is far from usual", all, middle)
		}
		for i := range len(all) / 5 {
			all[i] = rapid.Int64Range(360, 24*3600).Draw(t, "wild")
		}
		if spoilt := UsualOf(map[string][]int64{"call": all}); math.Abs(spoilt["call"].Middle-plain["call"].Middle) > math.Log(20) {
			t.Fatalf("a fifth of wild entries moves the middle from %v to %v", plain, spoilt)
		}
	})
}

func countUsual(t *rapid.T, narrative string, minutes int64, own map[string]Usual) int {
	c, err := New(Packs(), Setting{Usual: own})
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, f := range c.Entry(Entry{ID: "x", Minutes: minutes, Narrative: billing.Privileged(narrative)}) {
		if f.Check == "usual-time" {
			n++
			if f.Severity != Note {
				t.Fatal(fmt.Sprint(f))
			}
		}
	}
	return n
}
