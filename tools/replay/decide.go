package main

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
)

// sheet is what a day asked of its lawyer.
type sheet struct {
	messages  int
	rows      int // that wanted a decision when the day was opened
	decisions int // that it took until none wanted one
	mends     int // of drafts that wanted no decision, and were wrong
	minutes   minutes
}

// minutes are those of drafts that wanted no decision, and how many of them
// were wrong: of the messages each draft rests on, in the proportion of those
// that were filed elsewhere.
type minutes struct{ assigned, wrong float64 }

// workday replays the next day: its messages come in, and in the evening its
// drafts are decided.
func (r *replay) workday(ctx context.Context) error {
	r.feed.observations = r.next()
	s := sheet{messages: len(r.feed.observations)}
	seen, err := app.Sources{Practice: r.Practice}.Capture(ctx, true)
	if err != nil {
		return err
	}
	for _, c := range seen {
		if c.Error != "" {
			return fmt.Errorf("observing: %s", c.Error)
		}
	}
	day := billing.DayOf(r.now, mustZone())
	review := app.Review{Practice: r.Practice}
	v, err := review.Day(ctx, day)
	if err != nil {
		return err
	}
	if err := nothingLost(v); err != nil {
		return err
	}
	s.rows = len(v.Needs)
	for len(v.Needs) > 0 {
		n, err := r.decide(ctx, review, v)
		if err != nil {
			return err
		}
		s.decisions += n
		if v, err = review.Day(ctx, day); err != nil {
			return err
		}
	}
	s.minutes = r.judge(v)
	if s.mends, err = r.mend(ctx, review, day); err != nil {
		return err
	}
	if _, err := review.Approve(ctx, day, nil, ""); err != nil && billing.KindOf(err) != billing.Invalid && billing.KindOf(err) != billing.Conflict {
		return err
	}
	r.sheets = append(r.sheets, s)
	return nil
}

// nothingLost reports a message of the day that is in no draft and not folded, or
// in two places.
func nothingLost(v app.DayView) error {
	places := map[string]int{}
	count := func(ids []string) {
		for _, id := range ids {
			places[id]++
		}
	}
	drafts := slices.Concat(v.Needs, v.Done)
	for _, g := range v.Ready {
		drafts = append(drafts, g.Drafts...)
	}
	for _, d := range drafts {
		count(d.Evidence)
	}
	for _, f := range v.Folded {
		count(f.Observations)
	}
	for _, o := range v.Observed {
		if n := places[o.ID]; n != 1 && (o.Ignored == "" || n != 0) {
			return fmt.Errorf("%s: the message of %s is in %d places", v.Day, o.Start, n)
		}
	}
	return nil
}

// decide takes one decision about the first draft that wants one.
func (r *replay) decide(ctx context.Context, review app.Review, v app.DayView) (decisions int, err error) {
	d := v.Needs[0]
	switch six := int64(6); {
	case d.Matter != "" && d.BilledMinutes == 0:
		return 1, review.Edit(ctx, billing.EntryID(d.ID), app.Edit{Minutes: &six})
	case d.Matter != "": // it asks something
		return 1, review.Accept(ctx, billing.EntryID(d.ID))
	}
	return 1, r.file(ctx, review, d, r.labels(v, d))
}

// file puts what most of a draft's messages have in common where they belong: the
// draft, or those of its messages.
func (r *replay) file(ctx context.Context, review app.Review, d app.DraftView, of map[string][]billing.ObservationID) error {
	best := slices.MaxFunc(slices.Collect(maps.Keys(of)), func(a, b string) int {
		return cmp.Or(cmp.Compare(len(of[a]), len(of[b])), cmp.Compare(b, a))
	})
	number := r.number[best]
	if len(of) == 1 {
		return review.Edit(ctx, billing.EntryID(d.ID), app.Edit{Matter: &number})
	}
	_, err := review.TakeOut(ctx, billing.EntryID(d.ID), of[best], app.Destination{Matter: number})
	return err
}

// mend puts what was assigned wrongly where it belongs, and returns how many
// decisions that took.
func (r *replay) mend(ctx context.Context, review app.Review, day billing.Day) (mends int, err error) {
	for {
		v, err := review.Day(ctx, day)
		if err != nil {
			return mends, err
		}
		wrong := func(d app.DraftView) map[string][]billing.ObservationID {
			of := r.labels(v, d)
			maps.DeleteFunc(of, func(label string, _ []billing.ObservationID) bool { return r.number[label] == d.Matter })
			return of
		}
		var next *app.DraftView
		for _, g := range v.Ready {
			for i, d := range g.Drafts {
				if len(wrong(d)) > 0 && !d.Edited && !slices.Contains(d.Reasons, "chosen by you") {
					next = &g.Drafts[i]
				}
			}
		}
		if next == nil {
			return mends, nil
		}
		of, all := wrong(*next), r.labels(v, *next)
		if len(of) < len(all) {
			of["the rest"] = nil // it stays, so the draft is not moved as a whole
		}
		if err := r.file(ctx, review, *next, of); err != nil {
			return mends, err
		}
		mends++
	}
}

// labels returns what a draft rests on by where it was filed.
func (r *replay) labels(v app.DayView, d app.DraftView) map[string][]billing.ObservationID {
	out := map[string][]billing.ObservationID{}
	for _, o := range v.Observed {
		if slices.Contains(d.Evidence, o.ID) {
			label := r.label[o.Start]
			out[label] = append(out[label], billing.ObservationID(o.ID))
		}
	}
	return out
}

// judge adds up what was assigned without a decision.
func (r *replay) judge(v app.DayView) (m minutes) {
	for _, g := range v.Ready {
		for _, d := range g.Drafts {
			if d.Edited || slices.Contains(d.Reasons, "chosen by you") {
				continue
			}
			wrong, all := 0, 0
			for label, ids := range r.labels(v, d) {
				all += len(ids)
				if r.number[label] != d.Matter {
					wrong += len(ids)
				}
			}
			m.assigned += float64(d.BilledMinutes)
			m.wrong += float64(d.BilledMinutes) * float64(wrong) / float64(max(all, 1))
		}
	}
	return m
}
