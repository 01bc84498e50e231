package app_test

import (
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
)

func text(s string) *string  { return &s }
func minutes(n int64) *int64 { return &n }

func TestNewEvidenceGoesAroundDecisions(t *testing.T) {
	o := open(t)
	o.saw("motion to compel", "Rivera", 9, 60)
	o.saw("inventory", "Lin", 11, 30)
	o.capture()
	o.want("two documents", "1.0 2024-0113 Draft and revise motion to compel drafted", "0.5 2025-0042 Draft and revise inventory drafted")
	motion, inventory := o.id("motion"), o.id("inventory")

	// An untouched draft follows its evidence and keeps its id.
	o.saw("inventory", "Lin", 11, 42)
	o.capture()
	if o.id("inventory") != inventory {
		t.Error("the draft has another id")
	}
	// A touched one stays as the person left it; what came after is a draft of its own.
	o.check(o.review().Edit(t.Context(), motion, editNarrative("Draft motion to compel production")))
	o.saw("motion to compel", "Rivera", 9, 90)
	o.capture()
	o.want("the motion went on",
		"1.0 2024-0113 Draft motion to compel production drafted",
		"0.5 2024-0113 Draft and revise motion to compel production drafted",
		"0.7 2025-0042 Draft and revise inventory drafted")
}

func TestDiscardedStaysDiscarded(t *testing.T) {
	o := open(t)
	o.saw("memo", "Rivera", 9, 60)
	o.capture()
	id := o.id("memo")
	o.check(o.review().Discard(t.Context(), id))
	o.capture()
	o.want("captured again", "1.0 2024-0113 Draft and revise memo discarded")
	if s := o.day().Summary; s.NonBillableSeconds != 3600 || s.BilledMinutes != 0 {
		t.Errorf("discarded work counts as %+v", s)
	}
	o.check(o.review().Restore(t.Context(), id))
	o.want("restored", "1.0 2024-0113 Draft and revise memo drafted")
	o.check(o.review().Keep(t.Context(), id, true))
	if s := o.day().Summary; s.PrivateSeconds != 3600 {
		t.Errorf("private time counts as %+v", s)
	}
}

func TestEveryDecisionCanBeUndone(t *testing.T) {
	o := open(t)
	o.saw("memo", "Rivera", 9, 60)
	o.saw("stray", "Downloads", 11, 30)
	o.capture()
	before := o.drafts()
	memo, stray := o.id("memo"), o.id("stray")
	r := o.review()
	for _, decide := range []func() error{
		func() error { return r.Accept(t.Context(), memo) },
		func() error { return r.Edit(t.Context(), stray, editMatter("2025-0042")) },
		func() error { return r.Edit(t.Context(), stray, editMinutes(12)) },
		func() error { return r.Edit(t.Context(), memo, editNarrative("Revise memorandum")) },
		func() error { return r.Discard(t.Context(), stray) },
		func() error { return r.Keep(t.Context(), memo, true) },
	} {
		o.check(decide())
	}
	for range 6 {
		if _, err := r.Undo(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	o.want("all undone", before...)
	_, err := r.Undo(t.Context())
	wantKind(t, err, billing.NotFound)
}

func TestApprovalIsOnceAndOfWhatWasSeen(t *testing.T) {
	o := open(t)
	o.saw("memo", "Rivera", 9, 60)
	o.saw("stray", "Downloads", 11, 30)
	o.capture()
	d, _ := billing.ParseDay(day)
	r := o.review()
	seen, err := r.Preview(t.Context(), d)
	o.check(err)
	if seen.Count != 1 || seen.Left != 1 || seen.BilledMinutes != 60 || seen.Amount != "$350.00" {
		t.Errorf("the preview is %+v", seen)
	}
	o.check(r.Edit(t.Context(), o.id("memo"), editMinutes(66)))
	_, err = r.Approve(t.Context(), d, nil, seen.Digest)
	wantKind(t, err, billing.Conflict)
	if o.day().Summary.ApprovedCount != 0 {
		t.Fatal("something was approved that nobody saw")
	}
	_, err = r.Approve(t.Context(), d, []billing.EntryID{o.id("stray")}, "")
	wantKind(t, err, billing.Invalid)

	for range 2 { // approving twice is approving once
		if seen, err = r.Preview(t.Context(), d); err != nil {
			t.Fatal(err)
		}
		_, err = r.Approve(t.Context(), d, nil, seen.Digest)
		o.check(err)
	}
	v := o.day()
	if v.Summary.ApprovedCount != 1 || v.Posting.Waiting != 1 || v.Done[0].Amount != "$385.00" || v.Done[0].Posting != "" {
		t.Errorf("after approval: %+v, outbox %+v", v.Done, v.Posting)
	}
	memo := billing.EntryID(v.Done[0].ID)
	wantKind(t, r.Edit(t.Context(), memo, editMinutes(6)), billing.Conflict)
	wantKind(t, r.Discard(t.Context(), memo), billing.Conflict)
	wantKind(t, r.Accept(t.Context(), memo), billing.Conflict)

	// A new rate never touches what is approved.
	o.check(o.SetTimekeeper(t.Context(), billing.Timekeeper{Rate: billing.Money{Cents: 90000, Currency: "USD"}}))
	o.capture()
	if got := o.day().Done[0].Amount; got != "$385.00" {
		t.Errorf("the approved amount became %s", got)
	}
}

func TestBadDecisionsChangeNothing(t *testing.T) {
	o := open(t)
	o.saw("memo", "Rivera", 9, 60)
	o.capture()
	before := o.drafts()
	id := o.id("memo")
	r := o.review()
	for _, c := range []struct {
		err  error
		kind billing.Kind
	}{
		{r.Edit(t.Context(), id, editMinutes(0)), billing.Invalid},
		{r.Edit(t.Context(), id, editMinutes(24*60+1)), billing.Invalid},
		{r.Edit(t.Context(), id, editNarrative(" \n ")), billing.Invalid},
		{r.Edit(t.Context(), id, editMatter("no such")), billing.NotFound},
		{r.Edit(t.Context(), id, editMatter("2020-0001")), billing.Conflict}, // closed
		{r.Discard(t.Context(), "no such"), billing.NotFound},
		{r.Restore(t.Context(), id), billing.Conflict},
	} {
		wantKind(t, c.err, c.kind)
	}
	both := editMatter("2025-0042")
	both.Minutes = minutes(-5)
	wantKind(t, r.Edit(t.Context(), id, both), billing.Invalid) // all or nothing
	o.want("nothing changed", before...)
	if what := o.day().CanUndo; what != "" {
		t.Errorf("undo offers %q", what)
	}
}

func TestAGapIsExplained(t *testing.T) {
	o := open(t)
	o.saw("memo", "Rivera", 9, 60)
	o.saw("inventory", "Lin", 11, 30)
	o.capture()
	v := o.day()
	if len(v.Gaps) != 1 || v.Gaps[0].Seconds != 3600 || v.Summary.UnexplainedSeconds != 3600 {
		t.Fatalf("the gaps are %+v", v.Gaps)
	}
	ten := time.Date(2026, 11, 19, 10, 0, 0, 0, time.UTC)
	gap := billing.Span{Start: ten, End: ten.Add(time.Hour)}
	o.check(o.review().Explain(t.Context(), gap, "Telephone conference with clerk regarding hearing date", "2024-0113"))
	o.want("the gap has a draft",
		"1.0 2024-0113 Draft and revise memo drafted",
		"1.0 2024-0113 Telephone conference with clerk regarding hearing date drafted",
		"0.5 2025-0042 Draft and revise inventory drafted")
	if v := o.day(); len(v.Gaps) != 0 || v.Summary.UnexplainedSeconds != 0 {
		t.Errorf("gaps %+v, sum %+v", v.Gaps, v.Summary)
	}
	future := billing.Span{Start: o.now, End: o.now.Add(time.Hour)}
	wantKind(t, o.review().Explain(t.Context(), future, "hearing", ""), billing.Invalid)
	wantKind(t, o.review().Explain(t.Context(), gap, " ", ""), billing.Invalid)
}

func TestAChosenMatterIsRemembered(t *testing.T) {
	o := open(t)
	o.saw("notes", "Downloads", 9, 60)
	o.capture()
	id := o.id("notes")
	o.check(o.review().Edit(t.Context(), id, editMatter("2025-0042")))
	o.check(o.review().Accept(t.Context(), id))
	o.feed.observations = nil
	o.saw("notes", "Downloads", 14, 30) // the same document, later
	o.feed.observations[0].ExternalID = "notes again"
	o.capture()
	o.want("the second session follows the first",
		"1.0 2025-0042 Draft and revise notes drafted", "0.5 2025-0042 Draft and revise notes drafted")
}
