package draft_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft"
)

// strangersDay draws a day of mail of which hardly any fits a matter.
func strangersDay(t *rapid.T) draft.Input {
	zone, _ := time.LoadLocation("America/New_York")
	day, _ := billing.ParseDay("2026-11-19")
	in := draft.Input{Day: day, Zone: zone, Matters: matters, Timekeeper: me, Policy: draft.DefaultPolicy}
	people := []string{"ann@oak.example", "ben@oak.example", "cy@elm.example", "dee@gmail.com", "eve@gmail.com", "ray@hartlaw.example", "marisol@rivera.example"}
	for i := range rapid.IntRange(0, 60).Draw(t, "messages") {
		at := day.Span(zone).Start.Add(time.Duration(rapid.IntRange(0, 86_000).Draw(t, "at")) * time.Second)
		o := billing.Observation{
			ID: billing.ObservationID(fmt.Sprintf("o%02d", i)), Kind: billing.KindMailReceived, Span: billing.Span{Start: at, End: at},
			Subject: billing.Privileged(rapid.SampledFrom([]string{"boilers", "picnic", "2024-0113 boilers", ""}).Draw(t, "subject")),
			Thread:  rapid.SampledFrom([]string{"", "", "t1", "t2", "t3"}).Draw(t, "thread"),
			Words:   rapid.Int64Range(0, 900).Draw(t, "words"),
		}
		role := billing.RoleFrom
		if rapid.Bool().Draw(t, "sent") {
			o.Kind, role = billing.KindMailSent, billing.RoleTo
		}
		who := rapid.SampledFrom(append(people, "", fmt.Sprintf("x%d@lone%d.example", i, i))).Draw(t, "who")
		o.With = []billing.Party{{Address: billing.Privileged(who), Role: role}}
		if rapid.IntRange(0, 9).Draw(t, "doubtful") == 0 {
			o.Doubt = "it looks like an automatic reply"
		}
		in.Observations = append(in.Observations, o)
	}
	return in
}

// However much mail fits no matter, it takes a few decisions.
func TestRowsAreFew(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := strangersDay(t)
		rows := 0
		for _, d := range draft.Propose(in).Drafts {
			if d.Matter == "" {
				rows++
			}
		}
		if most := len(in.Observations)/10 + 2; rows > most { // the rest, and a question
			t.Fatalf("%d messages make %d rows, want at most %d", len(in.Observations), rows, most)
		}
	})
}

// What belongs together by itself is in one row, and each message in one draft.
func TestRowsTearNoConversation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := strangersDay(t)
		var row = map[string]int{}
		seen := map[billing.ObservationID]int{}
		byID := map[billing.ObservationID]billing.Observation{}
		for _, o := range in.Observations {
			byID[o.ID] = o
		}
		for i, d := range draft.Propose(in).Drafts {
			for _, id := range d.Evidence {
				seen[id]++
				o := byID[id]
				if o.Thread == "" || d.Matter != "" || o.Doubt != "" {
					continue
				}
				if at, ok := row[o.Thread]; ok && at != i {
					t.Fatalf("conversation %s is in two rows", o.Thread)
				}
				row[o.Thread] = i
			}
		}
		for id := range byID {
			if seen[id] != 1 {
				t.Fatalf("%s is in %d drafts", id, seen[id])
			}
		}
	})
}

func TestRowsDoNotDependOnTheOrderOfRecording(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := strangersDay(t)
		want := draft.Propose(in)
		in.Observations = rapid.Permutation(in.Observations).Draw(t, "order")
		if got := draft.Propose(in); !reflect.DeepEqual(got, want) {
			t.Fatalf("another order, another day:\n%+v\n%+v", got, want)
		}
	})
}

// Whatever is decided about a row or some of it, all others stay as they were.
func TestDecidingAboutARowMovesNoOther(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := strangersDay(t)
		before := draft.Propose(in).Drafts
		if len(before) == 0 {
			return
		}
		at := rapid.IntRange(0, len(before)-1).Draw(t, "decided")
		decided := before[at]
		if decided.Matter == "" && len(decided.Evidence) > 1 && rapid.Bool().Draw(t, "part") {
			in.Apart = decided.Evidence[:rapid.IntRange(1, len(decided.Evidence)-1).Draw(t, "taken out")]
			drafts := draft.Propose(in).Drafts
			i := slices.IndexFunc(drafts, func(d billing.Entry) bool { return slices.Contains(d.Evidence, in.Apart[0]) })
			taken := drafts[i]
			if len(taken.Evidence) != len(in.Apart) {
				t.Fatalf("%v were taken out, and the draft rests on %v", in.Apart, taken.Evidence)
			}
			in.Held = []draft.Held{{Spans: taken.Spans, Evidence: taken.Evidence}}
			in.Apart = nil
		} else {
			in.Held = []draft.Held{{Spans: decided.Spans, Evidence: decided.Evidence}}
		}
		same := func(a, b billing.Entry) bool { return reflect.DeepEqual(a, b) }
		after := draft.Propose(in).Drafts
		for i, b := range before {
			if i != at && !slices.ContainsFunc(after, func(a billing.Entry) bool { return same(a, b) }) {
				t.Fatalf("%v changed:\n%+v\n%+v", b.Evidence, b, after)
			}
		}
	})
}

// A row's minutes are rounded once, and taking it apart loses no second.
func TestRowsAreRoundedOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := strangersDay(t)
		var whole, apart int64
		before := draft.Propose(in).Drafts
		for _, d := range before {
			whole += d.Worked
			if d.Matter == "" && d.Billed != d.Rounding.Minutes(d.Worked) {
				t.Fatalf("%d s bill %d minutes", d.Worked, d.Billed)
			}
		}
		if len(before) == 0 {
			return
		}
		in.Apart = rapid.SampledFrom(before).Draw(t, "row").Evidence[:1]
		for _, d := range draft.Propose(in).Drafts {
			apart += d.Worked
		}
		if apart != whole {
			t.Fatalf("%d s became %d s", whole, apart)
		}
	})
}

func TestRowOf(t *testing.T) {
	from := func(name, address string) []billing.Party {
		return []billing.Party{{Name: billing.Privileged(name), Address: billing.Privileged(address), Role: billing.RoleFrom}}
	}
	message := func(thread, subject string, with []billing.Party) billing.Observation {
		return billing.Observation{Kind: billing.KindMailReceived, Thread: thread, Subject: billing.Privileged(subject), With: with}
	}
	ann, ben, cy := from("Ann Lee", "ann@oak.example"), from("", "ben@oak.example"), from("Cy", "cy@elm.example")
	for _, c := range []struct {
		evidence   []billing.Observation
		confidence float64
		want       string
	}{
		{[]billing.Observation{message("t1", "boilers", ann), message("t1", "Re: boilers", ben)}, 0, "conversation boilers 2"},
		{[]billing.Observation{message("t1", "boilers", ann), message("t2", "picnic", ann)}, 0, "person Ann Lee 2"},
		{[]billing.Observation{message("t1", "boilers", ann), message("t2", "picnic", ben)}, 0, "organization oak.example 2"},
		{[]billing.Observation{message("t1", "boilers", ann), message("t2", "picnic", cy)}, 0.6, "likely  2"},
		{[]billing.Observation{message("t1", "boilers", ann), message("t2", "picnic", cy)}, 0.4, "other  2"},
		{[]billing.Observation{message("", "boilers", ben)}, 0, "conversation boilers 1"},
	} {
		e := billing.Entry{Candidates: []billing.Candidate{{Matter: "m1", Confidence: c.confidence}}}
		r, ok := draft.RowOf(e, c.evidence)
		if got := fmt.Sprintf("%s %s %d", r.By, r.With, r.Messages); !ok || got != c.want {
			t.Errorf("got %q, %v, want %q", got, ok, c.want)
		}
	}
	if _, ok := draft.RowOf(billing.Entry{Matter: "m1"}, []billing.Observation{message("", "x", ann)}); ok {
		t.Error("a draft with a matter is a row")
	}
	if _, ok := draft.RowOf(billing.Entry{}, []billing.Observation{{Kind: billing.KindEdit}}); ok {
		t.Error("a document is a row")
	}
}
