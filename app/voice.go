package app

import (
	"context"
	"reflect"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft"
	"github.com/tenths/tenths/store"
)

// settingVoice is the setting that holds how the timekeeper wants entries put.
const settingVoice = "voice"

func voice(ctx context.Context, tx *store.Tx) (v draft.Voice, err error) {
	_, err = tx.Setting(ctx, settingVoice, &v)
	return v, err
}

// listen learns how the timekeeper wants e put, whose narrative or codes they
// changed.
func (p *Practice) listen(ctx context.Context, tx *store.Tx, e billing.Entry, change Edit) error {
	coded := change.Task != nil || change.Activity != nil
	if change.Narrative == nil && !coded {
		return nil
	}
	evidence, err := tx.Observation(ctx, e.Evidence...)
	if err != nil {
		return err
	}
	d, err := p.drafter(ctx, tx)
	if err != nil {
		return err
	}
	v, err := voice(ctx, tx)
	if err != nil {
		return err
	}
	learned := change.Narrative != nil && d.LearnWording(&v, e, evidence)
	if coded {
		d.LearnCodes(&v, e, evidence)
	}
	if !learned && !coded {
		return nil
	}
	return tx.SetSetting(ctx, settingVoice, v)
}

// unlearnable has undo take back what the change that was just recorded taught
// of how the timekeeper wants entries put: it was before.
func unlearnable(ctx context.Context, tx *store.Tx, before draft.Voice) error {
	now, err := voice(ctx, tx)
	if err != nil || reflect.DeepEqual(now, before) {
		return err
	}
	return tx.RecordSetting(ctx, settingVoice, before)
}

// forgetMatter drops what was learned on a matter: where its work belongs, and
// how it is put.
func forgetMatter(ctx context.Context, tx *store.Tx, m billing.MatterID) error {
	v, err := voice(ctx, tx)
	if err != nil {
		return err
	}
	v.Forget(m)
	if err := tx.SetSetting(ctx, settingVoice, v); err != nil {
		return err
	}
	if err := tx.ForgetSetting(ctx, settingVoice); err != nil {
		return err
	}
	var fresh learning
	if err := fresh.restore(ctx, tx); err != nil {
		return err
	}
	fresh.learned.Forget(m)
	state, err := fresh.learned.MarshalBinary()
	if err != nil {
		return &billing.Error{Kind: billing.Internal, Msg: "what was learned cannot be kept", Err: err}
	}
	return tx.ForgetLessons(ctx, m, fresh.upTo, state)
}
