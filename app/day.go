package app

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft"
	"github.com/tenths/tenths/store"
)

// leastGap is the shortest unexplained stretch that is worth asking about;
// shorter ones still count as unexplained.
const leastGap = int64(6 * 60)

// Review is the end-of-day review: it shows a day's drafts, takes a person's
// decisions about them, and approves.
type Review struct{ *Practice }

// Day returns all that the review shows of day, with its drafts up to date. The
// zero day is the one to look at first: today, or the latest day with drafts
// when today has nothing.
func (r Review) Day(ctx context.Context, day billing.Day) (DayView, error) {
	var view DayView
	if day.IsZero() {
		var err error
		if day, err = r.first(ctx); err != nil {
			return view, err
		}
	}
	if err := r.refresh(ctx, day); err != nil {
		return view, err
	}
	err := r.store.View(ctx, func(tx *store.Tx) error {
		d, err := r.load(ctx, tx, day)
		if err != nil {
			return err
		}
		view, err = r.view(ctx, tx, d)
		return err
	})
	return view, err
}

// Drafts returns the day's drafts and entries of every state, by start.
func (r Review) Drafts(ctx context.Context, day billing.Day) ([]DraftView, error) {
	v, err := r.Day(ctx, day)
	if err != nil {
		return nil, err
	}
	out := append([]DraftView{}, v.Needs...)
	for _, g := range v.Ready {
		out = append(out, g.Drafts...)
	}
	out = append(out, v.Done...)
	slices.SortStableFunc(out, func(a, b DraftView) int {
		x, _ := time.Parse(time.RFC3339, a.Start)
		y, _ := time.Parse(time.RFC3339, b.Start)
		return cmp.Or(x.Compare(y), cmp.Compare(a.ID, b.ID))
	})
	return out, nil
}

// Find returns the id that text stands for: a whole one, or the end of one that
// no other draft's id ends with.
func (r Review) Find(ctx context.Context, text string) (id billing.EntryID, err error) {
	err = r.store.View(ctx, func(tx *store.Tx) error {
		found, err := tx.EntriesEnding(ctx, strings.ToUpper(text))
		switch {
		case err != nil:
			return err
		case len(found) == 1:
			id = found[0]
		case len(found) > 1:
			return invalid("the ids of several drafts end in " + text + "; give more of it")
		default:
			id = billing.EntryID(text)
		}
		return nil
	})
	return id, err
}

// Entry returns one draft or entry.
func (r Review) Entry(ctx context.Context, id billing.EntryID) (view DraftView, err error) {
	err = r.store.View(ctx, func(tx *store.Tx) error {
		e, err := tx.Entry(ctx, id)
		if err != nil {
			return err
		}
		d, err := r.load(ctx, tx, e.WorkDate)
		if err != nil {
			return err
		}
		out := d.renderer()
		if out.outbox, err = tx.OutboxOn(ctx, e.WorkDate); err != nil {
			return err
		}
		view = out.entry(d.settled(e))
		return nil
	})
	return view, err
}

// first returns the day to look at first.
func (r Review) first(ctx context.Context) (day billing.Day, err error) {
	if err := (Timers(r)).grow(ctx); err != nil {
		return day, err
	}
	err = r.store.View(ctx, func(tx *store.Tx) error {
		t, err := timekeeper(ctx, tx)
		if err != nil {
			return err
		}
		zone, err := r.zone(t)
		if err != nil {
			return err
		}
		day = billing.DayOf(tx.Now(), zone)
		seen, err := tx.ObservationsBetween(ctx, day.Span(zone))
		if err != nil || slices.ContainsFunc(seen, func(o billing.Observation) bool {
			return o.Ignored == "" && !o.Span.End.After(tx.Now())
		}) {
			return err
		}
		prev, _, err := tx.Neighbours(ctx, day, zone)
		if err == nil && !prev.IsZero() {
			day = prev
		}
		return err
	})
	return day, err
}

func (r Review) view(ctx context.Context, tx *store.Tx, d *dayRecord) (DayView, error) {
	d.settle()
	out := d.renderer()
	span := d.day.Span(d.zone)
	prev, next, err := tx.Neighbours(ctx, d.day, d.zone)
	if err != nil {
		return DayView{}, err
	}
	posting, err := postingCounts(ctx, tx)
	if err != nil {
		return DayView{}, err
	}
	if posting.Connector != "" { // without one, approved entries are simply kept
		if out.outbox, err = tx.OutboxOn(ctx, d.day); err != nil {
			return DayView{}, err
		}
	}
	sources, err := tx.Sources(ctx)
	if err != nil {
		return DayView{}, err
	}
	v := DayView{
		Day: d.day.String(), Zone: d.zone.String(), Start: out.instant(span.Start), End: out.instant(span.End),
		PrevDay: dayOrNone(prev), NextDay: dayOrNone(next), Today: billing.DayOf(tx.Now(), d.zone).String(),
		Observed: d.observed(out), Folded: d.folded(), Gaps: []GapView{}, Needs: []DraftView{}, Done: []DraftView{},
		Matters: openMatters(out, d.register.matters), Sources: len(sources) - 1, Posting: posting, // not the notes
	}
	var ready []billing.Entry
	t, err := termsOf(ctx, tx, d.timekeeper, d.register.matters)
	if err != nil {
		return DayView{}, err
	}
	doubts, excess := d.doubts(), d.questions(t)
	for _, e := range d.entries {
		o, doubt := doubts[e.ID]
		switch {
		case e.State != billing.StateDrafted:
			v.Done = append(v.Done, out.entry(e))
		case doubt:
			needs := d.needing(out, e)
			needs.Overlap = out.overlap(d, o.Overlap)
			needs.ask(excess[e.ID])
			if needs.Needs == "" {
				needs.Needs = o.needs
			}
			v.Needs = append(v.Needs, needs)
		case t.lacks(e) != "" || e.Open() != "" || excess[e.ID].Text != "":
			needs := d.needing(out, e)
			needs.ask(excess[e.ID])
			v.Needs = append(v.Needs, needs)
		default:
			ready = append(ready, e)
		}
	}
	v.Ready = out.groups(d.register.matters, ready)
	sum := d.reckon()
	v.Summary = d.summary(sum, len(ready), len(v.Needs))
	for _, g := range sum.Longer(leastGap) {
		v.Gaps = append(v.Gaps, GapView{out.instant(g.Start), out.instant(g.End), g.Seconds()})
	}
	if p, lasts, err := pausedNow(ctx, tx); err != nil {
		return v, err
	} else if lasts {
		v.PausedUntil = untilOf(p, d.zone)
	}
	v.CanUndo, err = tx.LastChange(ctx)
	return v, err
}

func dayOrNone(d billing.Day) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}

// observed lists the day's observations with the drafts that rest on them.
func (d *dayRecord) observed(out renderer) []ObservationView {
	of := map[billing.ObservationID]billing.EntryID{}
	for _, e := range d.entries {
		for _, id := range e.Evidence {
			of[id] = e.ID
		}
	}
	why := map[billing.ObservationID]string{}
	for _, f := range d.proposal.Folded {
		why[f.Observation] = f.Reason
	}
	views := make([]ObservationView, len(d.observations))
	for i, o := range d.observations {
		views[i] = out.observation(o)
		views[i].Draft, views[i].Folded = string(of[o.ID]), why[o.ID]
	}
	return views
}

func openMatters(out renderer, matters []billing.Matter) []MatterView {
	open := []MatterView{}
	for _, m := range matters {
		if !m.Closed {
			open = append(open, out.matter(m))
		}
	}
	return open
}

// reckon adds up the day: its entries by what they are, and what is private.
func (d *dayRecord) reckon() draft.Sum {
	span := d.day.Span(d.zone)
	owned := make([]draft.Owned, 0, len(d.entries)+1)
	for _, e := range d.entries {
		o := draft.Owned{Class: class(e)}
		for _, s := range e.Spans {
			if s = s.Intersect(span); !s.Empty() {
				o.Spans = append(o.Spans, s)
			}
		}
		owned = append(owned, o)
	}
	owned = append(owned, draft.Owned{Spans: d.proposal.Private, Class: draft.Private})
	return draft.Reckon(owned, d.proposal.Seen, d.policy)
}

// class says to which part of the sum an entry's time belongs. What was
// discarded was worked and will not be billed, unless it was private.
func class(e billing.Entry) draft.Class {
	switch {
	case e.Private:
		return draft.Private
	case e.State == billing.StateDiscarded || e.NonBillable:
		return draft.NonBillable
	case e.Matter == "":
		return draft.Unassigned
	}
	return draft.Billable
}

func (d *dayRecord) summary(reckoned draft.Sum, ready, needs int) SummaryView {
	s := SummaryView{
		ObservedSeconds: reckoned.Observed, BillableSeconds: reckoned.Billable, NonBillableSeconds: reckoned.NonBillable,
		PrivateSeconds: reckoned.Private, UnexplainedSeconds: reckoned.Unexplained, DoubleBookedSeconds: reckoned.DoubleBooked,
		ReadyCount: ready, NeedsCount: needs, FoldedCount: len(d.proposal.Folded),
	}
	s.ObservedMinutes, s.BillableMinutes, s.NonBillableMinutes, s.PrivateMinutes, s.UnexplainedMinutes = reckoned.Minutes()
	var sum total
	for _, e := range d.entries {
		if e.State == billing.StateApproved || e.State == billing.StatePosted {
			s.ApprovedCount++
		}
		if class(e) == draft.Billable {
			sum.add(e)
		}
	}
	s.BilledMinutes, s.Hours, s.Amount = sum.minutes, sum.quantity.String(), sum.amount(d.timekeeper.Home())
	return s
}
