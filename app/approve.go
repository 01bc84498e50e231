package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/store"
)

// Preview returns exactly what approving day would freeze: the drafts with the
// ids given, or every one that lacks nothing.
func (r Review) Preview(ctx context.Context, day billing.Day, ids ...billing.EntryID) (view ApprovalView, err error) {
	if err := r.refresh(ctx, day); err != nil {
		return view, err
	}
	err = r.store.View(ctx, func(tx *store.Tx) error {
		_, view, err = r.approval(ctx, tx, day, ids)
		return err
	})
	return view, err
}

// Approve freezes drafts of day: those with the ids given, or all that lack
// nothing. Their minutes, rate and narrative are final from then on. The audit
// trail and the outbox are written in the same transaction. Where digest is not
// empty it must be that of the [Review.Preview] the person agreed to; if
// anything that would be frozen has changed since, nothing is approved.
// Approving again what is approved changes nothing.
func (r Review) Approve(ctx context.Context, day billing.Day, ids []billing.EntryID, digest string) (view ApprovalView, err error) {
	if err := r.refresh(ctx, day); err != nil {
		return view, err
	}
	err = r.store.Update(ctx, func(tx *store.Tx) error {
		var list []frozen
		if list, view, err = r.approval(ctx, tx, day, ids); err != nil {
			return err
		}
		if digest != "" && digest != view.Digest {
			return &billing.Error{Kind: billing.Conflict, Msg: "the drafts have changed since you looked; look at the list again and approve it then"}
		}
		for _, f := range list {
			if err := f.write(ctx, tx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return ApprovalView{}, err
	}
	return view, nil
}

// approval returns the records that would be frozen, and shows them.
func (r Review) approval(ctx context.Context, tx *store.Tx, day billing.Day, ids []billing.EntryID) ([]frozen, ApprovalView, error) {
	d, err := r.load(ctx, tx, day)
	if err != nil {
		return nil, ApprovalView{}, err
	}
	t, err := d.termsOf(ctx, tx)
	if err != nil {
		return nil, ApprovalView{}, err
	}
	list, left, err := d.approvable(t, ids)
	if err != nil {
		return nil, ApprovalView{}, err
	}
	view, err := d.approval(list, left)
	return list, view, err
}

// approvable returns the records of the drafts to approve, and which of the
// day's stay behind, each with the reason: those that lack something, those
// whose matter is closed, and those in doubt unless asked for. Entries asked for
// by id must be there and lack nothing; those that are approved already are
// passed over.
func (d *dayRecord) approvable(t terms, ids []billing.EntryID) (list []frozen, left []LeftView, err error) {
	doubts, questions := d.doubts(), d.questions(t)
	found := map[billing.EntryID]bool{}
	for _, e := range d.entries {
		found[e.ID] = true
		asked := slices.Contains(ids, e.ID)
		if e.State == billing.StateDiscarded && asked {
			return nil, nil, &billing.Error{Kind: billing.Conflict, Msg: string(e.ID) + " was discarded; restore it first"}
		}
		if e.State != billing.StateDrafted {
			continue
		}
		lacks, question := t.lacks(e), cmp.Or(e.Open(), questions[e.ID].Text)
		doubt, doubted := doubts[e.ID]
		why := ""
		switch {
		case asked && lacks != "":
			return nil, nil, invalid(fmt.Sprintf("%s cannot be approved: %s", e.ID, lacks))
		case asked && question != "":
			return nil, nil, invalid(fmt.Sprintf("%s cannot be approved: %s; accept it first if it is right", e.ID, question))
		case asked:
		case len(ids) > 0:
			why = "it was not asked for"
		case lacks != "":
			why = lacks
		case doubted:
			why = doubt.needs
		default:
			why = question
		}
		if why != "" {
			left = append(left, LeftView{Draft: string(e.ID), Why: why})
			continue
		}
		list = append(list, t.freeze(e))
	}
	for _, id := range ids {
		if !found[id] {
			return nil, nil, &billing.Error{Kind: billing.NotFound, Msg: fmt.Sprintf("%s has no draft %s; tenths draft --day %s lists them", d.day, id, d.day)}
		}
	}
	return list, left, nil
}

// approval shows records, and nothing that is not in them.
func (d *dayRecord) approval(list []frozen, left []LeftView) (ApprovalView, error) {
	digest, err := digestOf(list)
	if err != nil {
		return ApprovalView{}, err
	}
	entries := make([]billing.Entry, len(list))
	for i, f := range list {
		entries[i] = f.entry
	}
	view := ApprovalView{Day: d.day.String(), Digest: digest, Count: len(list), Left: len(left), Behind: append([]LeftView{}, left...),
		Groups: d.renderer().groups(d.register.matters, entries)}
	var sum total
	for _, e := range entries {
		sum.add(e)
	}
	view.BilledMinutes, view.Hours, view.Amount = sum.minutes, sum.quantity.String(), sum.amount(d.timekeeper.Home())
	return view, nil
}
