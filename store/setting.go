package store

import (
	"context"
	"encoding/json"

	"github.com/tenths/tenths/billing"
)

// Setting reads the setting called key into v, as encoding/json does; it
// reports false and leaves v alone when it was never set.
func (tx *Tx) Setting(ctx context.Context, key string, v any) (bool, error) {
	text, ok, err := one(ctx, tx, value[string], `SELECT value FROM setting WHERE key = ?`, key)
	if err != nil || !ok {
		return false, err
	}
	if err := json.Unmarshal([]byte(text), v); err != nil {
		return false, &billing.Error{Kind: billing.Internal, Msg: "the setting " + key + " cannot be read", Err: err}
	}
	return true, nil
}

// SetSetting keeps v, as encoding/json writes it, as the setting called key.
func (tx *Tx) SetSetting(ctx context.Context, key string, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return &billing.Error{Kind: billing.Internal, Msg: "the setting " + key + " cannot be kept", Err: err}
	}
	_, err = tx.exec(ctx, `INSERT INTO setting (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, string(text))
	tx.stale(TopicSettings)
	return err
}
