package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft"
	"github.com/tenths/tenths/store"
)

// Fold sets messages aside with what comes in bulk: they are no work, claim no
// time, and can be found and kept again. It says of each sender that something of
// theirs was set aside.
func (r Review) Fold(ctx context.Context, ids ...billing.ObservationID) error {
	return r.refold(ctx, "folding of mail", true, ids)
}

// Unfold says that folded messages are work: they are drafted as if they had
// never been folded, and what comes from their senders is not folded until it
// was set aside twice again.
func (r Review) Unfold(ctx context.Context, ids ...billing.ObservationID) error {
	return r.refold(ctx, "keeping of folded mail", false, ids)
}

func (r Review) refold(ctx context.Context, what string, folded bool, ids []billing.ObservationID) error {
	return r.store.Update(ctx, func(tx *store.Tx) error {
		list, err := foldable(ctx, tx, ids)
		if err != nil {
			return err
		}
		days, err := r.daysOf(ctx, tx, list)
		if err != nil {
			return err
		}
		ids := make([]billing.ObservationID, len(list))
		for i := range list {
			ids[i] = list[i].ID
		}
		if err := tx.RecordFold(ctx, what, days, ids, foldOrigin); err != nil {
			return err
		}
		if err := tx.SetFold(ctx, folded, ids...); err != nil {
			return err
		}
		if err := teachFolded(ctx, tx, folded, list); err != nil {
			return err
		}
		for _, day := range days {
			if err := r.redraft(ctx, tx, day); err != nil {
				return err
			}
		}
		return nil
	})
}

// teachFolded notes that each message was set aside, or that it is work.
func teachFolded(ctx context.Context, tx *store.Tx, folded bool, list []billing.Observation) error {
	key, err := keyMade(ctx, tx)
	if err != nil {
		return err
	}
	for i := range list {
		if err := tx.TeachSenders(ctx, foldOrigin(list[i].ID), !folded, hashedSenders(key, list[i:i+1])); err != nil {
			return err
		}
	}
	return nil
}

// foldOrigin names a message that a person folded or kept, as what taught of its
// sender.
func foldOrigin(id billing.ObservationID) string { return "fold " + string(id) }

// foldable returns the messages with those ids that nothing was decided about.
func foldable(ctx context.Context, tx *store.Tx, ids []billing.ObservationID) ([]billing.Observation, error) {
	list, err := tx.Observation(ctx, ids...)
	if err != nil {
		return nil, err
	}
	wanted := slices.Compact(slices.Sorted(slices.Values(ids)))
	if len(wanted) == 0 || len(list) < len(wanted) {
		return nil, &billing.Error{Kind: billing.NotFound, Msg: "there is no such message; look at the day again"}
	}
	for _, o := range list {
		if o.Kind != billing.KindMailReceived || o.Removed || o.Ignored != "" || o.Private {
			return nil, invalid("only mail that was received, and may be work, can be folded or kept")
		}
	}
	held, err := tx.EvidenceHeld(ctx, wanted)
	if err == nil && len(held) > 0 {
		err = &billing.Error{Kind: billing.Conflict, Msg: "you decided on the draft that this message is part of; discard or restore that, or undo the decision"}
	}
	return list, err
}

// daysOf returns the days of observations.
func (r Review) daysOf(ctx context.Context, tx *store.Tx, list []billing.Observation) ([]billing.Day, error) {
	t, err := timekeeper(ctx, tx)
	if err != nil {
		return nil, err
	}
	zone, err := r.zone(t)
	return daysTold(list, zone), err
}

// FindMessages returns the ids that texts stand for among what was observed on a
// day: whole ones, or ends of which no other of the day is one.
func (r Review) FindMessages(ctx context.Context, day billing.Day, texts ...string) ([]billing.ObservationID, error) {
	v, err := r.Day(ctx, day)
	if err != nil {
		return nil, err
	}
	ids := make([]billing.ObservationID, len(texts))
	for i, text := range texts {
		for _, o := range v.Observed {
			if !strings.HasSuffix(o.ID, strings.ToUpper(text)) || o.Kind != string(billing.KindMailReceived) {
				continue
			}
			if ids[i] != "" {
				return nil, invalid("the ids of several messages end in " + text + "; give more of it")
			}
			ids[i] = billing.ObservationID(o.ID)
		}
		if ids[i] == "" {
			return nil, &billing.Error{Kind: billing.NotFound, Msg: "no message of " + v.Day + " has an id that ends in " + text}
		}
	}
	return ids, nil
}

// folded groups what is folded by who sent it and why, in order of the day.
func (d *dayRecord) folded() []FoldedView {
	byID := make(map[billing.ObservationID]*billing.Observation, len(d.observations))
	for i := range d.observations {
		byID[d.observations[i].ID] = &d.observations[i]
	}
	views, at := []FoldedView{}, map[[2]string]int{}
	for _, f := range d.proposal.Folded {
		o := byID[f.Observation]
		key := [2]string{draft.Sender(o), f.Reason}
		i, ok := at[key]
		if !ok {
			i = len(views)
			at[key] = i
			views = append(views, FoldedView{Sender: senderLabel(o), Reason: f.Reason, Observations: []string{}})
		}
		if views[i].Count++; o.List != "" && views[i].Sender != senderLabel(o) { // several write to the list
			views[i].Sender = string(o.List)
		}
		views[i].Observations = append(views[i].Observations, string(f.Observation))
	}
	return views
}

// senderLabel returns what a person calls who sent o: its author, and the list
// that it came over.
func senderLabel(o *billing.Observation) string {
	label := "unknown sender"
	for _, p := range o.With {
		if p.Role == billing.RoleFrom {
			label = cmp.Or(string(p.Name), string(p.Address), label)
			break
		}
	}
	if o.List != "" {
		label += " (" + string(o.List) + ")"
	}
	return label
}
