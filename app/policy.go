package app

import (
	"context"

	"github.com/tenths/tenths/draft"
	"github.com/tenths/tenths/store"
)

// DraftingRules are what a firm decides about drafting, see [draft.Policy].
type DraftingRules = draft.Policy

// settingPolicy is the setting that holds what the firm decided about drafting.
const settingPolicy = "policy"

// DraftingPolicy returns what the firm decided about drafting: how time is
// rounded, when a matter is sure enough, how long mail takes.
func (p *Practice) DraftingPolicy(ctx context.Context) (out draft.Policy, err error) {
	err = p.store.View(ctx, func(tx *store.Tx) error {
		out, err = policy(ctx, tx)
		return err
	})
	return out, err
}

// SetDraftingPolicy changes it. Days are drafted by it from then on; what a
// person touched stays as it is, and what is approved is final.
func (p *Practice) SetDraftingPolicy(ctx context.Context, to draft.Policy) error {
	if err := to.Validate(); err != nil {
		return err
	}
	return p.store.Update(ctx, func(tx *store.Tx) error { return tx.SetSetting(ctx, settingPolicy, to) })
}

// policy reads the policy over the one Tenths starts with, so that a part that
// came later has its value.
func policy(ctx context.Context, tx *store.Tx) (draft.Policy, error) {
	out := draft.DefaultPolicy
	_, err := tx.Setting(ctx, settingPolicy, &out)
	return out, err
}
