package app

import (
	"context"
	"slices"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/store"
)

// Destination is where a person puts what they take out of a draft: under a
// matter, aside, or to their own time. Exactly one of them is given.
type Destination struct {
	Matter  string // number
	Aside   bool   // not work
	Private bool
}

// TakeOut decides about some of what a draft rests on, as about a few messages
// of a row: they become an entry of their own with the seconds that are theirs,
// and go where the person says. The rest is drafted anew without them. It is one
// decision, which one undo takes back. It returns the id of what was taken out.
//
// A draft that a person changed before is theirs as a whole: it is split by
// minutes.
func (r Review) TakeOut(ctx context.Context, id billing.EntryID, observations []billing.ObservationID, to Destination) (out billing.EntryID, err error) {
	move, what, err := r.destination(ctx, to)
	if err != nil {
		return "", err
	}
	err = r.store.Update(ctx, func(tx *store.Tx) error {
		e, err := r.drafted(ctx, tx, id)
		if err != nil {
			return err
		}
		if err := mayTakeOut(e, observations); err != nil {
			return err
		}
		if out, err = r.apart(ctx, tx, e, observations); err != nil {
			return err
		}
		return r.changeIn(ctx, tx, what, out, billing.StateDrafted, move)
	})
	return out, err
}

// destination returns what moves an entry there, and what that is called.
func (r Review) destination(ctx context.Context, to Destination) (move func(*store.Tx, *billing.Entry) error, what string, err error) {
	switch {
	case to.Matter != "" && !to.Aside && !to.Private:
		return func(tx *store.Tx, e *billing.Entry) error { return r.setMatter(ctx, tx, e, to.Matter) }, "change of matter", nil
	case to.Aside && to.Matter == "" && !to.Private:
		return func(_ *store.Tx, e *billing.Entry) error {
			e.State = billing.StateDiscarded
			return nil
		}, "discard", nil
	case to.Private && to.Matter == "" && !to.Aside:
		return func(_ *store.Tx, e *billing.Entry) error {
			e.State, e.Private = billing.StateDiscarded, true
			return nil
		}, "mark as private", nil
	}
	return nil, "", invalid("say one thing about what is taken out: its matter, that it is set aside, or that it is private")
}

// mayTakeOut reports why the observations cannot be taken out of e.
func mayTakeOut(e billing.Entry, observations []billing.ObservationID) error {
	switch {
	case len(observations) == 0:
		return invalid("say what is taken out")
	case e.Touched:
		return &billing.Error{Kind: billing.Conflict, Msg: "you changed this draft before, and it is yours as a whole; split it by minutes, or undo"}
	}
	for _, o := range observations {
		if !slices.Contains(e.Evidence, o) {
			return &billing.Error{Kind: billing.NotFound, Msg: "that is not what this draft rests on; look at the day again"}
		}
	}
	return nil
}

// apart drafts e's day with the observations by themselves, and returns the
// draft that they make. Where they are all of e it is e.
func (r Review) apart(ctx context.Context, tx *store.Tx, e billing.Entry, observations []billing.ObservationID) (billing.EntryID, error) {
	if !slices.ContainsFunc(e.Evidence, func(id billing.ObservationID) bool { return !slices.Contains(observations, id) }) {
		return e.ID, nil
	}
	if err := r.redraftApart(ctx, tx, e.WorkDate, observations); err != nil {
		return "", err
	}
	drafts, err := tx.EntriesOn(ctx, e.WorkDate)
	if err != nil {
		return "", err
	}
	for _, d := range drafts {
		if d.State == billing.StateDrafted && !d.Touched && slices.Contains(d.Evidence, observations[0]) {
			return d.ID, nil
		}
	}
	return "", &billing.Error{Kind: billing.Conflict, Msg: "the day changed meanwhile; look at it again"}
}
