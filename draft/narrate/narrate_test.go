package narrate_test

import (
	"slices"
	"testing"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/narrate"
)

func TestAProvidersDomainIsNotTheFirm(t *testing.T) {
	timekeeper := billing.Timekeeper{Addresses: []billing.Privileged{"jo@hartlaw.example", "jo@provider.example"}}
	matter := billing.Matter{ID: "m", Number: "2026-0001", Name: "Estate of Hollis", Contacts: []billing.Contact{
		{Name: "Margaret Hollis", Address: "margaret@provider.example", Role: billing.ContactClient}}}
	n := narrate.New([]billing.Matter{matter}, timekeeper)
	for address, want := range map[billing.Privileged]string{
		"margaret@provider.example": "Draft correspondence to client regarding decree",
		"kim@hartlaw.example":       "Draft correspondence to Kim Hart regarding decree",
	} {
		var e billing.Entry
		n.Narrate(matter, []billing.Observation{{ID: "o", Kind: billing.KindMailSent, Subject: "2026-0001 decree",
			With: []billing.Party{{Name: "Kim Hart", Address: address, Role: billing.RoleTo}}}}, &e)
		if string(e.Narrative) != want {
			t.Errorf("%s: %q, want %q", string(address), string(e.Narrative), want)
		}
	}
}

// TestEachPhraseRestsOnWhatShowsIt: a topic on the message that has it, a side on
// the message that went to it.
func TestEachPhraseRestsOnWhatShowsIt(t *testing.T) {
	o := &office{t: t}
	f := o.facts("rivera", "received Discovery responses | with=reed | thread=t", "received Deposition dates | with=reed | thread=u")
	want := map[string][]billing.ObservationID{
		"Review correspondence":          {"o0", "o1"},
		" from opposing counsel":         {"o0", "o1"},
		" regarding discovery responses": {"o0"},
		" and deposition dates":          {"o1"},
	}
	phrases := narrate.New(matters(), me).Phrases(f)
	if len(phrases) != len(want) {
		t.Errorf("%d phrases, want %d", len(phrases), len(want))
	}
	for _, p := range phrases {
		if !slices.Equal(p.Evidence, want[string(p.Text)]) {
			t.Errorf("%q rests on %v, want %v", string(p.Text), p.Evidence, want[string(p.Text)])
		}
	}
}

func TestPartsAreToldTogether(t *testing.T) {
	o := &office{t: t}
	call := o.facts("rivera", "meeting Call re deposition schedule | with=reed")
	log := o.facts("rivera", "edit*4 Privilege log")
	again := o.facts("rivera", "meeting Call re deposition schedule | with=reed")
	f := narrate.Together(1, call, log, again)
	var e billing.Entry
	narrate.New(matters(), me).Tell(&f, &e)
	want := "Telephone conference with opposing counsel regarding deposition schedule; draft and revise privilege log"
	if string(e.Narrative) != want || e.TaskCode != "L320" || e.ActivityCode != "A103" {
		t.Errorf("got  %s [%s %s]\nwant %s [L320 A103]", string(e.Narrative), e.TaskCode, e.ActivityCode, want)
	}
}

func TestNamesAreInReadingOrder(t *testing.T) {
	n := narrate.New(nil, me)
	for name, want := range map[billing.Privileged]string{
		"Stone, Ann":           "Ann Stone",
		"Stone, Ann, Esq.":     "Ann Stone",
		"Ann Stone, Esq.":      "Ann Stone",
		"'Ann Stone'":          "Ann Stone",
		"Bright Tools, Inc.":   "Bright Tools",
		"Fox, Bell, and Stone": "Fox, Bell, and Stone",
		"":                     "ann@stone.example",
		"ann@stone.example":    "ann@stone.example",
		"Ann\u202e\n Stone":    "Ann Stone",
	} {
		f := n.Facts(billing.Matter{}, []billing.Observation{{ID: "o", Kind: billing.KindMailReceived,
			With: []billing.Party{{Name: name, Address: "ann@stone.example", Role: billing.RoleFrom}}}})
		if got := string(narrate.Text(n.Phrases(f))); got != "Review correspondence from "+want {
			t.Errorf("%q is %q, want %q", string(name), got, want)
		}
	}
}

// TestOrderOfTheDayDecides: what was owned first may have been sent last.
func TestOrderOfTheDayDecides(t *testing.T) {
	o := &office{t: t}
	lines := []string{"received Trial | with=reed | thread=t", "sent Trial | with=reed | thread=t"}
	var seen []billing.Observation
	for i, line := range lines {
		x, err := observation(line, i)
		if err != nil {
			t.Fatal(err)
		}
		seen = append(seen, x)
	}
	slices.Reverse(seen)
	n := narrate.New(matters(), me)
	if got := n.Facts(practice["rivera"], seen); got.Clauses[0].Act != narrate.Replied {
		t.Errorf("a reply is told as %s", got.Clauses[0].Act)
	}
	if got := o.facts("rivera", lines[1], lines[0]); got.Clauses[0].Act != narrate.Exchanged {
		t.Errorf("an exchange is told as %s", got.Clauses[0].Act)
	}
}
