package app

import (
	"context"
	"slices"
	"strings"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft"
	"github.com/tenths/tenths/store"
)

// PartEdit is one part of a draft that is split.
type PartEdit struct {
	Minutes   int64
	Narrative string // "" keeps the draft's
	Matter    string // number; "" keeps the draft's

	NonBillable bool // moves this part to non-billable time; else it is as the draft
}

// Split divides a draft into parts whose minutes sum to its own. It returns the
// ids of the parts, the draft's own first.
func (r Review) Split(ctx context.Context, id billing.EntryID, parts []PartEdit) (ids []billing.EntryID, err error) {
	minutes := make([]int64, len(parts))
	for i, p := range parts {
		minutes[i] = p.Minutes
	}
	err = r.store.Update(ctx, func(tx *store.Tx) error {
		e, err := r.drafted(ctx, tx, id)
		if err != nil {
			return err
		}
		was := e
		own(&e)
		divided, err := draft.Split(e, minutes)
		if err != nil {
			return err
		}
		before := []billing.Entry{was}
		for i := range divided {
			part := &divided[i]
			if parts[i].Matter != "" {
				if err := r.setMatter(ctx, tx, part, parts[i].Matter); err != nil {
					return err
				}
			}
			if text := strings.Join(strings.Fields(parts[i].Narrative), " "); text != "" && text != string(part.Narrative) {
				part.Narrative, part.Phrases = billing.Privileged(text), nil
			}
			part.NonBillable = part.NonBillable || parts[i].NonBillable
			part.Touched = true
			if err := tx.PutEntry(ctx, part); err != nil {
				return err
			}
			if i > 0 {
				before = append(before, billing.Entry{ID: part.ID})
			}
			ids = append(ids, part.ID)
		}
		if err := tx.RecordChange(ctx, "split", before); err != nil {
			return err
		}
		for _, part := range divided {
			if err := teach(ctx, tx, part); err != nil {
				return err
			}
		}
		return r.redraft(ctx, tx, e.WorkDate)
	})
	return ids, err
}

// Merge makes one draft of several of one day and matter: the first of them,
// with the time and the evidence of all.
func (r Review) Merge(ctx context.Context, ids []billing.EntryID) error {
	return r.store.Update(ctx, func(tx *store.Tx) error {
		var before, parts []billing.Entry
		for i, id := range ids {
			if slices.Contains(ids[:i], id) {
				return invalid("a draft does not merge with itself")
			}
			e, err := r.drafted(ctx, tx, id)
			if err != nil {
				return err
			}
			before = append(before, e)
			own(&e)
			parts = append(parts, e)
		}
		whole, err := draft.Merge(parts)
		if err != nil {
			return err
		}
		for _, e := range before[1:] { // first, so that no second has two owners
			if err := tx.RemoveDraft(ctx, e.ID); err != nil {
				return err
			}
		}
		whole.Touched = true
		if err := tx.PutEntry(ctx, &whole); err != nil {
			return err
		}
		if err := tx.RecordChange(ctx, "merge", before); err != nil {
			return err
		}
		if err := teach(ctx, tx, whole); err != nil {
			return err
		}
		return r.redraft(ctx, tx, whole.WorkDate)
	})
}

// Attend says that the person was in the meeting of that draft all along: the
// seconds of the work that was seen within it are the meeting's. The other
// reading, that the work took them, is what accepting the draft says.
func (r Review) Attend(ctx context.Context, id billing.EntryID) error {
	return r.store.Update(ctx, func(tx *store.Tx) error {
		e, err := r.drafted(ctx, tx, id)
		if err != nil {
			return err
		}
		d, err := r.load(ctx, tx, e.WorkDate)
		if err != nil {
			return err
		}
		for _, o := range draft.Overlaps(d.entries, d.observations, d.policy) {
			if d.entries[o.Meeting].ID == id {
				return r.attend(ctx, tx, d, o)
			}
		}
		return &billing.Error{Kind: billing.Conflict, Msg: "no other work was seen within that meeting"}
	})
}

func (r Review) attend(ctx context.Context, tx *store.Tx, d *dayRecord, o draft.Overlap) error {
	changed := draft.Attend(d.entries, o)
	var before []billing.Entry
	for i := len(changed) - 1; i >= 0; i-- { // the meeting last, when its seconds are free
		e := &changed[i]
		own(e)
		was := d.entries[slices.IndexFunc(d.entries, func(x billing.Entry) bool { return x.ID == e.ID })]
		before = append(before, was)
		e.Touched = true
		if err := tx.PutEntry(ctx, e); err != nil {
			return err
		}
	}
	if err := tx.RecordChange(ctx, "reading of a meeting", before); err != nil {
		return err
	}
	return r.redraft(ctx, tx, d.day)
}

// drafted returns an entry that may still be changed.
func (r Review) drafted(ctx context.Context, tx *store.Tx, id billing.EntryID) (billing.Entry, error) {
	e, err := tx.Entry(ctx, id)
	if err == nil && e.State != billing.StateDrafted {
		err = &billing.Error{Kind: billing.Conflict, Msg: standing(e.State)}
	}
	return e, err
}
