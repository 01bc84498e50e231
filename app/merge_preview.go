package app

import (
	"context"
	"slices"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft"
	"github.com/tenths/tenths/store"
)

// PreviewMerge returns the draft that [Review.Merge] would make of these, and
// changes nothing.
func (r Review) PreviewMerge(ctx context.Context, ids []billing.EntryID) (view DraftView, err error) {
	err = r.store.View(ctx, func(tx *store.Tx) error {
		parts := make([]billing.Entry, len(ids))
		for i, id := range ids {
			if parts[i], err = r.drafted(ctx, tx, id); err != nil {
				return err
			}
			own(&parts[i])
		}
		whole, err := draft.Merge(parts)
		if err != nil {
			return err
		}
		d, err := r.load(ctx, tx, whole.WorkDate)
		if err != nil {
			return err
		}
		whole.Touched = true
		after := append(slices.DeleteFunc(slices.Clone(d.entries), func(e billing.Entry) bool { return slices.Contains(ids, e.ID) }), whole)
		d.round(after)
		view = d.renderer().entry(d.settled(after[len(after)-1]))
		return nil
	})
	return view, err
}
