package draft_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft"
)

var matters = []billing.Matter{
	{ID: "m1", Number: "2024-0113", Name: "Rivera v. Acme Logistics", Client: "Marisol Rivera", Folder: "Rivera v Acme",
		Contacts: []billing.Contact{
			{Name: "Marisol Rivera", Address: "marisol@rivera.example", Role: billing.ContactClient},
			{Name: "Dana Reed", Address: "dreed@reedcole.example", Role: billing.ContactOpposingCounsel}}},
	{ID: "m2", Number: "2025-0042", Name: "Estate of Lin", Client: "Wei Lin", Folder: "Lin",
		Contacts: []billing.Contact{{Name: "Wei Lin", Address: "wei@lin.example", Role: billing.ContactClient}}},
	{ID: "m9", Number: "9999-0001", Name: "Firm administration", Internal: true, Keywords: []billing.Privileged{"billing meeting"}},
}

var me = billing.Timekeeper{Addresses: []billing.Privileged{"jo@hartlaw.example"}, Rates: billing.Rates{{Price: billing.Money{Cents: 35000, Currency: "USD"}}}}

// days are an ordinary one, one of 23 hours and one of 25.
var days = []string{"2026-11-19", "2026-03-08", "2026-11-01"}

// anyDay draws a day of observations, near and over its edges, and a person's
// earlier decisions about some of it.
func anyDay(t *rapid.T) draft.Input {
	zone, _ := time.LoadLocation("America/New_York")
	day, _ := billing.ParseDay(rapid.SampledFrom(days).Draw(t, "day"))
	span := day.Span(zone)
	kinds := []billing.ObservationKind{billing.KindMeeting, billing.KindMailSent, billing.KindMailReceived,
		billing.KindEdit, billing.KindReview, billing.KindExport, billing.KindTimer, billing.KindNote}
	subjects := []string{"Re: discovery responses", "2024-0113 call", "motion-to-compel v3", "Lin inventory", "lunch", ""}
	people := []string{"dreed@reedcole.example", "wei@lin.example", "x@nobody.example", "jo@hartlaw.example"}
	in := draft.Input{Day: day, Zone: zone, Matters: matters, Timekeeper: me, Policy: draft.DefaultPolicy}
	for i := range rapid.IntRange(0, 25).Draw(t, "observations") {
		start := span.Start.Add(time.Duration(rapid.IntRange(-7200, 100000).Draw(t, "at")) * time.Second)
		o := billing.Observation{
			ID: billing.ObservationID(fmt.Sprintf("o%02d", i)), Kind: rapid.SampledFrom(kinds).Draw(t, "kind"),
			Span:    billing.Span{Start: start, End: start},
			Subject: billing.Privileged(rapid.SampledFrom(subjects).Draw(t, "subject")),
			Thread:  rapid.SampledFrom([]string{"", "t1", "t2"}).Draw(t, "thread"),
			With:    []billing.Party{{Address: billing.Privileged(rapid.SampledFrom(people).Draw(t, "with")), Role: billing.RoleFrom}},
			Words:   rapid.Int64Range(0, 3000).Draw(t, "words"), Saves: 20,
			Private: rapid.IntRange(0, 9).Draw(t, "private") == 0,
		}
		if o.Kind != billing.KindMailSent && o.Kind != billing.KindMailReceived {
			o.Span.End = start.Add(time.Duration(rapid.IntRange(0, 9000).Draw(t, "length")) * time.Second)
		}
		in.Observations = append(in.Observations, o)
	}
	if rapid.Bool().Draw(t, "held") {
		at := span.Start.Add(time.Duration(rapid.IntRange(0, 80000).Draw(t, "held at")) * time.Second)
		in.Held = []draft.Held{{Spans: []billing.Span{{Start: at, End: at.Add(time.Hour)}}, Evidence: []billing.ObservationID{"o00"}}}
	}
	return in
}

func TestEverySecondHasOneOwner(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyDay(t)
		got := draft.Propose(in)
		day := in.Day.Span(in.Zone)
		all := append([]billing.Span{}, got.Private...)
		for _, d := range got.Drafts {
			all = append(all, d.Spans...)
			if d.Worked != billing.TotalSeconds(d.Spans) {
				t.Fatalf("worked %d s but owns %d s", d.Worked, billing.TotalSeconds(d.Spans))
			}
		}
		for _, s := range all {
			if s.Intersect(day) != s || s.Empty() {
				t.Fatalf("%v lies outside the day or holds nothing", s)
			}
		}
		for _, h := range in.Held {
			all = append(all, h.Spans...)
		}
		if total, union := billing.TotalSeconds(all), billing.TotalSeconds(billing.Union(all)); total != union {
			t.Fatalf("%d s owned, but only %d different ones", total, union)
		}
	})
}

func TestNoMeasuredTimeIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyDay(t)
		got := draft.Propose(in)
		day := in.Day.Span(in.Zone)
		owned := append([]billing.Span{}, got.Private...)
		for _, d := range got.Drafts {
			owned = append(owned, d.Spans...)
		}
		for _, h := range in.Held {
			owned = append(owned, h.Spans...)
		}
		owned = billing.Union(owned)
		for i, o := range in.Observations {
			if o.Kind == billing.KindMailReceived {
				continue
			}
			if o.Kind == billing.KindReview { // only its beginning is vouched for
				o.Span = o.Span.Intersect(billing.Span{Start: o.Span.Start, End: o.Span.Start.Add(in.Policy.MostReview)})
			}
			if len(in.Held) > 0 && i == 0 { // held, but for what came after
				held := in.Held[0].Spans[0].End
				if o.Span.Empty() || !o.Span.End.After(held) {
					continue
				}
				o.Span = o.Span.Intersect(billing.Span{Start: held, End: o.Span.End})
			}
			for _, lost := range billing.Subtract(o.Span.Intersect(day), owned) {
				t.Fatalf("%s %v: nobody owns %v", o.Kind, o.Span, lost)
			}
		}
	})
}

func TestEveryObservationIsEvidenceOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyDay(t)
		day := in.Day.Span(in.Zone)
		seen := map[billing.ObservationID]int{}
		for _, d := range draft.Propose(in).Drafts {
			for _, id := range d.Evidence {
				seen[id]++
			}
		}
		for i, o := range in.Observations {
			want := 1
			if len(in.Held) > 0 && i == 0 {
				continue // the next law
			}
			if o.Private || (!day.Contains(o.Span.Start) && o.Span.Intersect(day).Empty()) {
				want = 0
			}
			if seen[o.ID] != want {
				t.Fatalf("%s at %v is evidence of %d drafts, want %d", o.Kind, o.Span, seen[o.ID], want)
			}
		}
	})
}

func TestWhatIsHeldComesBackOnlyWhereItWentOn(t *testing.T) {
	day, _ := billing.ParseDay("2026-11-19")
	nine := day.Span(time.UTC).Start.Add(9 * time.Hour)
	session := billing.Observation{ID: "o1", Kind: billing.KindEdit, Saves: 9, Subject: "brief",
		Span: billing.Span{Start: nine, End: nine.Add(2 * time.Hour)}}
	in := draft.Input{Day: day, Zone: time.UTC, Policy: draft.DefaultPolicy, Observations: []billing.Observation{session},
		Held: []draft.Held{{Evidence: []billing.ObservationID{"o1"}, Spans: []billing.Span{{Start: nine, End: nine.Add(time.Hour)}}}}}
	got := draft.Propose(in).Drafts
	if len(got) != 1 || got[0].Worked != 3600 || !got[0].Spans[0].Start.Equal(nine.Add(time.Hour)) {
		t.Fatalf("accepted at ten, saved until eleven: got %+v, want the second hour alone", got)
	}
	in.Held[0].Spans[0].End = nine.Add(2 * time.Hour)
	if got := draft.Propose(in).Drafts; len(got) != 0 {
		t.Fatalf("nothing new was seen, but %d drafts came", len(got))
	}
	in.Held[0].Spans = nil
	if got := draft.Propose(in).Drafts; len(got) != 0 {
		t.Fatalf("held without time, but %d drafts came", len(got))
	}
}

func TestAnOpenDocumentIsNotWork(t *testing.T) {
	day, _ := billing.ParseDay("2026-11-19")
	nine := day.Span(time.UTC).Start.Add(9 * time.Hour)
	for _, c := range []struct {
		kind    billing.ObservationKind
		saves   int64
		open    time.Duration
		minutes int64
	}{
		{billing.KindEdit, 1, 5 * time.Hour, 15},
		{billing.KindEdit, 40, 5 * time.Hour, 300},
		{billing.KindEdit, 1, 10 * time.Minute, 10},
		{billing.KindReview, 0, 8 * time.Hour, 30},
		{billing.KindReview, 0, 12 * time.Minute, 12},
	} {
		o := billing.Observation{ID: "o", Kind: c.kind, Saves: c.saves, Subject: "lease", Span: billing.Span{Start: nine, End: nine.Add(c.open)}}
		got := draft.Propose(draft.Input{Day: day, Zone: time.UTC, Policy: draft.DefaultPolicy, Observations: []billing.Observation{o}}).Drafts
		if len(got) != 1 || got[0].Worked != c.minutes*60 || got[0].Estimated != (time.Duration(c.minutes)*time.Minute < c.open) {
			t.Errorf("%s open for %v, saved %d times: %d s, estimated %v; want %d min", c.kind, c.open, c.saves, got[0].Worked, got[0].Estimated, c.minutes)
		}
	}
}

func TestASessionOverMidnightIsTwoDays(t *testing.T) {
	zone, _ := time.LoadLocation("America/New_York")
	eve, _ := billing.ParseDay("2026-10-31") // the night in which clocks go back
	start := time.Date(2026, 10, 31, 22, 0, 0, 0, zone)
	session := billing.Observation{ID: "o1", Kind: billing.KindEdit, Saves: 40, Subject: "brief",
		Span: billing.Span{Start: start, End: start.Add(6 * time.Hour)}}
	var total int64
	var held []draft.Held
	for _, day := range []billing.Day{eve, eve.Add(1)} {
		got := draft.Propose(draft.Input{Day: day, Zone: zone, Policy: draft.DefaultPolicy, Held: held,
			Observations: []billing.Observation{session}}).Drafts
		if len(got) != 1 || got[0].WorkDate != day {
			t.Fatalf("%s: %+v", day, got)
		}
		total += got[0].Worked
		held = append(held, draft.Held{Spans: got[0].Spans, Evidence: got[0].Evidence}) // approved at midnight
	}
	if total != 6*3600 {
		t.Fatalf("%d s of %d", total, 6*3600)
	}
}

func TestWhatIsApprovedIsNotProposedAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyDay(t)
		for _, d := range draft.Propose(in).Drafts {
			in.Held = append(in.Held, draft.Held{Spans: d.Spans, Evidence: d.Evidence})
		}
		if again := draft.Propose(in).Drafts; len(again) != 0 {
			t.Fatalf("all was approved, and %d drafts came back: %+v", len(again), again[0])
		}
	})
}

func TestADecisionLeavesTheOtherDraftsAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyDay(t)
		in.Held = nil
		before := draft.Propose(in).Drafts
		if len(before) == 0 {
			return
		}
		decided := rapid.IntRange(0, len(before)-1).Draw(t, "decided")
		in.Held = []draft.Held{{Spans: before[decided].Spans, Evidence: before[decided].Evidence}}
		after := draft.Propose(in).Drafts
		rest := slices.Delete(slices.Clone(before), decided, decided+1)
		if len(after)+len(rest) > 0 && !reflect.DeepEqual(after, rest) {
			t.Fatalf("one draft was decided on, and others changed:\n%+v\n%+v", rest, after)
		}
	})
}

func TestTheOrderOfRecordingDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyDay(t)
		want := draft.Propose(in)
		in.Observations = rapid.Permutation(in.Observations).Draw(t, "order")
		if got := draft.Propose(in); !reflect.DeepEqual(got, want) {
			t.Fatalf("another order, another day:\n%+v\n%+v", got, want)
		}
	})
}

func TestPhrasesMakeTheNarrativeAndRestOnEvidence(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyDay(t)
		kinds := map[billing.ObservationID]billing.ObservationKind{}
		for _, o := range in.Observations {
			kinds[o.ID] = o.Kind
		}
		// needs lists the kinds of evidence, one of which each verb must have.
		needs := map[string][]billing.ObservationKind{
			"draft and revise":          {billing.KindEdit},
			"revise":                    {billing.KindEdit},
			"respond":                   {billing.KindMailSent},
			"draft correspondence":      {billing.KindMailSent},
			"exchange correspondence":   {billing.KindMailSent},
			"attend":                    {billing.KindMeeting},
			"conference":                {billing.KindMeeting},
			"review correspondence":     {billing.KindMailReceived},
			"review motion":             {billing.KindReview},
			"telephone":                 {billing.KindMeeting},
			"review and respond to cor": {billing.KindMailReceived},
		}
		for _, d := range draft.Propose(in).Drafts {
			var b strings.Builder
			for _, p := range d.Phrases {
				b.WriteString(string(p.Text))
				text := strings.ToLower(string(p.Text))
				for verb, kindsNeeded := range needs {
					if !strings.HasPrefix(text, verb) || kinds[d.Evidence[0]] == billing.KindTimer || kinds[d.Evidence[0]] == billing.KindNote {
						continue
					}
					found := false
					for _, id := range p.Evidence {
						for _, k := range kindsNeeded {
							found = found || kinds[id] == k
						}
					}
					if !found {
						t.Fatalf("%q rests on no %v", p.Text, kindsNeeded)
					}
				}
			}
			if b.String() != string(d.Narrative) {
				t.Fatalf("phrases %q, narrative %q", b.String(), string(d.Narrative))
			}
		}
	})
}

func TestTheDayAddsUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyDay(t)
		got := draft.Propose(in)
		owned := []draft.Owned{{Spans: got.Private, Class: draft.Private}}
		for i, d := range got.Drafts {
			owned = append(owned, draft.Owned{Spans: d.Spans, Class: draft.Class(i % 4)})
		}
		sum := draft.Reckon(owned, got.Seen, in.Policy)
		if sum.DoubleBooked != 0 {
			t.Fatalf("%d s double-booked", sum.DoubleBooked)
		}
		if sum.Observed != sum.Billable+sum.NonBillable+sum.Private+sum.Unexplained {
			t.Fatalf("does not add up: %+v", sum)
		}
		observed, b, n, p, u := sum.Minutes()
		if observed != b+n+p+u {
			t.Fatalf("minutes do not add up: %d = %d + %d + %d + %d", observed, b, n, p, u)
		}
		if sum.Observed > in.Day.Span(in.Zone).Seconds() {
			t.Fatalf("%d s observed in a day of %d s", sum.Observed, in.Day.Span(in.Zone).Seconds())
		}
	})
}

// Mail that came in says nothing about where the person was: the time between
// two messages is no gap that they have to explain.
func TestOnlyThePersonLeavesGaps(t *testing.T) {
	day, _ := billing.ParseDay("2026-11-19")
	at := func(hour, minute int) time.Time {
		return day.Span(time.UTC).Start.Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute)
	}
	in := draft.Input{Day: day, Zone: time.UTC, Matters: matters, Timekeeper: me, Policy: draft.DefaultPolicy}
	for i := range 20 {
		in.Observations = append(in.Observations, billing.Observation{
			ID: billing.ObservationID(fmt.Sprintf("r%02d", i)), Kind: billing.KindMailReceived, Words: 200,
			Span: billing.Span{Start: at(8, 30*i), End: at(8, 30*i)}, Subject: "2024-0113 discovery"})
	}
	reckon := func() draft.Sum {
		got := draft.Propose(in)
		var owned []draft.Owned
		for _, d := range got.Drafts {
			owned = append(owned, draft.Owned{Spans: d.Spans})
		}
		return draft.Reckon(owned, got.Seen, in.Policy)
	}
	if sum := reckon(); len(sum.Gaps) != 0 || sum.Billable == 0 {
		t.Errorf("with nothing but mail received %v is unexplained, of %d s observed", sum.Gaps, sum.Observed)
	}
	for i, hour := range []int{9, 10} {
		in.Observations = append(in.Observations, billing.Observation{
			ID: billing.ObservationID(fmt.Sprintf("m%d", i)), Kind: billing.KindMeeting,
			Span: billing.Span{Start: at(hour, 0), End: at(hour, 15)}, Subject: "2024-0113 call"})
	}
	if sum := reckon(); sum.Unexplained == 0 || sum.Unexplained >= 45*60 {
		t.Errorf("between two calls %d s are unexplained, want 45 min less the reading done in them", sum.Unexplained)
	}
}
