package app

import (
	"context"
	"crypto/rand"

	"github.com/tenths/tenths/store"
)

// settingTermKey is the setting that holds the key under which words are
// hashed, for learning and in cursors. It never leaves the store.
const settingTermKey = "term_key"

// termKey returns the key, and makes one when there is none.
func (p *Practice) termKey(ctx context.Context) (key []byte, err error) {
	read := func(tx *store.Tx) (err error) {
		_, err = tx.Setting(ctx, settingTermKey, &key)
		return err
	}
	if err := p.store.View(ctx, read); err != nil || len(key) > 0 {
		return key, err
	}
	err = p.store.Update(ctx, func(tx *store.Tx) error {
		if err := read(tx); err != nil || len(key) > 0 {
			return err
		}
		key = make([]byte, 32)
		rand.Read(key)
		return tx.SetSetting(ctx, settingTermKey, key)
	})
	return key, err
}
