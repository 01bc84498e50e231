package app

import (
	"context"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/guideline"
	"github.com/tenths/tenths/store"
)

// FixOf names a finding on a draft whose fix is wanted.
type FixOf struct {
	Guideline string
	Rule      string
	From      int // where in the narrative, as the finding's span has it; 0 without one
}

// Mend applies the fix of a finding to a draft, as one decision that can be
// undone. The draft is checked anew first: where it or the guidelines changed so
// that the finding or its fix is gone, that is a [billing.Conflict]. A fix never
// changes how much time there is.
func (c Checks) Mend(ctx context.Context, id billing.EntryID, of FixOf) error {
	var day billing.Day
	err := c.store.View(ctx, func(tx *store.Tx) error {
		e, err := tx.Entry(ctx, id)
		day = e.WorkDate
		return err
	})
	if err != nil {
		return err
	}
	entries, setting, err := c.stored(ctx, day, day)
	if err != nil {
		return err
	}
	checker, _, err := c.checker(ctx, setting, nil)
	if err != nil {
		return err
	}
	findings, err := c.inContext(ctx, checker, day, entries)
	if err != nil {
		return err
	}
	for _, f := range findings {
		if f.Entry == string(id) && f.Guideline == of.Guideline && f.Rule == of.Rule && f.From == of.From && f.Fix != nil {
			return c.apply(ctx, id, *f.Fix)
		}
	}
	return &billing.Error{Kind: billing.Conflict, Msg: "the draft has changed since it was checked; look at it again"}
}

func (c Checks) apply(ctx context.Context, id billing.EntryID, fix guideline.Fix) error {
	review := Review(c)
	switch fix.Kind {
	case guideline.FixText:
		text := string(fix.Parts[0].Narrative)
		return review.Edit(ctx, id, Edit{Narrative: &text})
	case guideline.FixSplit:
		parts := make([]PartEdit, len(fix.Parts))
		for i, p := range fix.Parts {
			parts[i] = PartEdit{Minutes: p.Minutes, Narrative: string(p.Narrative), NonBillable: p.NonBillable}
		}
		_, err := review.Split(ctx, id, parts)
		return err
	}
	return review.decide(ctx, "guideline fix", id, func(_ *store.Tx, e *billing.Entry) error {
		e.NonBillable = e.NonBillable || fix.Kind == guideline.FixNonBillable
		if fix.Kind == guideline.FixCode {
			e.TaskCode, e.ActivityCode = fix.TaskCode, fix.ActivityCode
		}
		return nil
	})
}
