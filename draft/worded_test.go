package draft_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft"
)

// dayOf is a day on which one thing was observed, and a model may word drafts.
func dayOf(kind billing.ObservationKind, subject, with billing.Privileged) draft.Input {
	in := draft.Input{Zone: time.UTC, Matters: matters, Timekeeper: me, Policy: draft.DefaultPolicy, Worded: map[string]billing.Privileged{}}
	in.Day, _ = billing.ParseDay("2026-11-19")
	start := in.Day.Span(time.UTC).Start.Add(9 * time.Hour)
	o := billing.Observation{ID: "o1", Kind: kind, Subject: subject, Span: billing.Span{Start: start, End: start.Add(30 * time.Minute)}}
	role := billing.RoleAttendee
	if kind == billing.KindMailSent {
		o.Span.End, role = start, billing.RoleTo
	}
	if with != "" {
		o.With = []billing.Party{{Address: with, Role: role}}
	}
	in.Observations = []billing.Observation{o}
	return in
}

func TestAFaithfulWordingTakesTheNarrativesPlace(t *testing.T) {
	in := dayOf(billing.KindMeeting, "Call re deposition schedule", "dreed@reedcole.example")
	plain := draft.Propose(in)
	if len(plain.Unworded) != 1 {
		t.Fatalf("%d narratives to ask about", len(plain.Unworded))
	}
	ask := plain.Unworded[0]
	const said = "Telephone conference with opposing counsel regarding deposition schedule"
	if string(ask.Text()) != said || string(plain.Drafts[0].Narrative) != said {
		t.Fatalf("the narrative is %q", string(plain.Drafts[0].Narrative))
	}
	for answer, want := range map[billing.Privileged]billing.Privileged{
		"Conferred by telephone with opposing counsel about the deposition schedule": "Conferred by telephone with opposing counsel about the deposition schedule",
		"Telephone conference with the client regarding deposition schedule":         said, // a lie that got into the store
		"": said, // asked, and refused
	} {
		in.Worded = map[string]billing.Privileged{ask.Key: answer}
		got := draft.Propose(in)
		e := got.Drafts[0]
		if e.Narrative != want || len(got.Unworded) != 0 {
			t.Errorf("worded as %q: %q, %d to ask", string(answer), string(e.Narrative), len(got.Unworded))
		}
		text := billing.Privileged("")
		for _, p := range e.Phrases {
			text += p.Text
		}
		if text != e.Narrative {
			t.Errorf("the phrases of %q make %q", string(e.Narrative), string(text))
		}
		if want == answer && (len(e.Phrases) != 1 || !slices.Equal(e.Phrases[0].Evidence, e.Evidence)) {
			t.Errorf("%q rests on %v", string(e.Narrative), e.Phrases[0].Evidence)
		}
	}
	in.Worded = nil
	if got := draft.Propose(in); got.Drafts[0].Narrative != said || got.Unworded != nil {
		t.Errorf("turned off: %q, %d to ask", string(got.Drafts[0].Narrative), len(got.Unworded))
	}
}

// Nothing is asked about what the timekeeper said themselves, about what has no
// matter yet, and about what names somebody by their address.
func TestWhatIsNotAskedAbout(t *testing.T) {
	for _, c := range []struct {
		kind          billing.ObservationKind
		subject, with billing.Privileged
	}{
		{billing.KindNote, "2024-0113 call with opposing counsel", ""},
		{billing.KindTimer, "2024-0113 research", ""},
		{billing.KindMeeting, "Call about the boat", "x@nobody.example"},
		{billing.KindMailSent, "2024-0113 the boat", "x@nobody.example"},
	} {
		if got := draft.Propose(dayOf(c.kind, c.subject, c.with)); len(got.Drafts) != 1 || len(got.Unworded) != 0 {
			t.Errorf("%s: %d drafts, %d to ask about", string(c.subject), len(got.Drafts), len(got.Unworded))
		}
	}
}

// Asking changes nothing of a day but the wording, and a narrative is always a
// faithful wording of itself.
func TestWordingChangesNothingElse(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyDay(t)
		plain := draft.Propose(in)
		in.Worded = map[string]billing.Privileged{}
		asked := draft.Propose(in)
		if !reflect.DeepEqual(plain.Drafts, asked.Drafts) {
			t.Fatal("asking changed the drafts")
		}
		for _, w := range asked.Unworded {
			text, fault := w.Reword(w.Text())
			if fault != "" || !strings.EqualFold(string(text), string(w.Text())) {
				t.Fatalf("%q became %q: %s", string(w.Text()), string(text), fault)
			}
			in.Worded[w.Key] = text
		}
		worded := draft.Propose(in)
		if len(worded.Unworded) != 0 {
			t.Fatalf("%d are asked again", len(worded.Unworded))
		}
		for i, e := range worded.Drafts {
			want := plain.Drafts[i]
			if len(e.Phrases) == 1 {
				if len(e.Phrases[0].Evidence) == 0 {
					t.Fatalf("%q rests on nothing", string(e.Narrative))
				}
				e.Phrases = want.Phrases
				if strings.EqualFold(string(e.Narrative), string(want.Narrative)) { // a wording begins with a capital
					e.Narrative = want.Narrative
				}
			}
			if !reflect.DeepEqual(e, want) {
				t.Fatal("the wording changed more than words")
			}
		}
	})
}
