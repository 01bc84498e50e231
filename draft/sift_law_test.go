package draft_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft"
)

// billedLines is what a day's drafts bill, whatever they rest on and in whatever
// order they tell it.
func billedLines(drafts []billing.Entry) []string {
	var out []string
	for _, d := range drafts {
		out = append(out, fmt.Sprintf("%s %v %d s %d min %v", d.Matter, d.Spans, d.Worked, d.Billed, d.Asks))
	}
	slices.Sort(out)
	return out
}

// named gives every meeting of a day the name and the version of its event.
func named(t *rapid.T, in *draft.Input) {
	for i := range in.Observations {
		o := &in.Observations[i]
		o.Source = "first"
		if o.Kind == billing.KindMeeting {
			o.Same = billing.SameAs("event", string(o.ID))
			o.Copy.Sequence = rapid.Int64Range(0, 2).Draw(t, "sequence")
		}
	}
}

// another returns the meetings of the day as another calendar repeats them.
func another(t *rapid.T, in draft.Input) []billing.Observation {
	var out []billing.Observation
	for _, o := range in.Observations {
		if o.Kind != billing.KindMeeting {
			continue
		}
		o.Source = "second"
		o.ID = billing.ObservationID(rapid.SampledFrom([]string{"a", "z"}).Draw(t, "before or after") + string(o.ID))
		out = append(out, o)
	}
	return out
}

func TestACalendarThatRepeatsAnotherChangesNoMinute(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyDay(t)
		named(t, &in)
		before := draft.Propose(in)
		in.Observations = append(slices.Clone(in.Observations), another(t, in)...)
		if diff := cmp.Diff(billedLines(before.Drafts), billedLines(draft.Propose(in).Drafts)); diff != "" {
			t.Fatalf("the same meetings in two calendars (-one +both):\n%s", diff)
		}
	})
}

// What was decided about a meeting holds, whichever copy of it counts later:
// also where the decided copy is gone or was moved to another day.
func TestADecisionSpeaksForAllCopies(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyDay(t)
		in.Held = nil
		named(t, &in)
		copies := another(t, in)
		for _, d := range draft.Propose(in).Drafts {
			in.Held = append(in.Held, draft.Held{Spans: d.Spans, Evidence: d.Evidence})
		}
		decided := slices.Clone(in.Observations)
		var left []billing.Observation
		for _, o := range decided {
			gone := o.Kind == billing.KindMeeting && rapid.Bool().Draw(t, "taken back")
			if !gone {
				left = append(left, o)
				continue
			}
			o.Removed = true
			in.Elsewhere = append(in.Elsewhere, o)
		}
		in.Observations = append(left, copies...)
		for _, d := range draft.Propose(in).Drafts {
			t.Fatalf("%q is proposed again though it was decided", string(d.Narrative))
		}
	})
}

func TestWhichCopyCounts(t *testing.T) {
	early, late := time.Unix(1000, 0), time.Unix(2000, 0)
	at := time.Date(2026, 11, 19, 15, 0, 0, 0, time.UTC)
	meeting := func(id string, c billing.Copy) billing.Observation {
		return billing.Observation{ID: billing.ObservationID(id), Kind: billing.KindMeeting, Same: "x", Copy: c,
			Span: billing.Span{Start: at, End: at.Add(time.Hour)}}
	}
	cancelled := func(o billing.Observation) billing.Observation {
		o.Ignored, o.Status = "cancelled", "cancelled"
		return o
	}
	for name, c := range map[string]struct {
		a, b      billing.Observation
		elsewhere bool // b is on another day
		a2, b2    string
	}{
		"the same":             {meeting("a", billing.Copy{}), meeting("b", billing.Copy{}), false, "", "seen elsewhere too"},
		"higher sequence":      {meeting("a", billing.Copy{Sequence: 1}), meeting("b", billing.Copy{Sequence: 2, Stamp: early}), false, "seen elsewhere too", ""},
		"later stamp":          {meeting("a", billing.Copy{Stamp: early}), meeting("b", billing.Copy{Stamp: late}), false, "seen elsewhere too", ""},
		"the answered":         {meeting("a", billing.Copy{}), meeting("b", billing.Copy{Answer: "accepted"}), false, "seen elsewhere too", ""},
		"declined in one":      {meeting("a", billing.Copy{Answer: "accepted"}), meeting("b", billing.Copy{Answer: "declined"}), false, "declined", "seen elsewhere too"},
		"declined before":      {meeting("a", billing.Copy{Answer: "declined", Stamp: early}), meeting("b", billing.Copy{Stamp: late}), false, "seen elsewhere too", "declined"},
		"accepted since":       {meeting("a", billing.Copy{Answer: "declined"}), meeting("b", billing.Copy{Answer: "accepted", Sequence: 1}), false, "seen elsewhere too", ""},
		"moved to another day": {meeting("a", billing.Copy{}), meeting("b", billing.Copy{Sequence: 1}), true, "another calendar has it at another time", ""},
		"was on another day":   {meeting("a", billing.Copy{Sequence: 1}), meeting("b", billing.Copy{}), true, "", ""},
		"cancelled later":      {meeting("a", billing.Copy{}), cancelled(meeting("b", billing.Copy{Sequence: 1})), false, "seen elsewhere too", "cancelled"},
		"cancelled in one":     {meeting("a", billing.Copy{}), cancelled(meeting("b", billing.Copy{})), false, "seen elsewhere too", "cancelled"},
	} {
		t.Run(name, func(t *testing.T) {
			day, elsewhere := []billing.Observation{c.a, c.b}, []billing.Observation(nil)
			if c.elsewhere {
				day, elsewhere = day[:1], day[1:]
			}
			got := draft.Sift(day, elsewhere)
			if got[0].Ignored != c.a2 {
				t.Errorf("a is %q, want %q", got[0].Ignored, c.a2)
			}
			if len(got) > 1 && got[1].Ignored != c.b2 {
				t.Errorf("b is %q, want %q", got[1].Ignored, c.b2)
			}
			if again := draft.Sift(got, elsewhere); !cmp.Equal(again, got) {
				t.Errorf("sifted again it differs:\n%s", cmp.Diff(got, again))
			}
		})
	}
}
