package app

import (
	"context"
	"crypto/rand"

	"github.com/tenths/tenths/store"
)

// settingPractice is the setting that tells this data directory's secrets from
// those of others: a keyring is shared by all of a person's programs.
const settingPractice = "practice"

// scoped is a vault in which every name belongs to one practice.
type scoped struct {
	Vault
	practice string
}

// Get implements [Vault].
func (s scoped) Get(ctx context.Context, name string) (string, error) {
	return s.Vault.Get(ctx, s.practice+"."+name)
}

// Set implements [Vault].
func (s scoped) Set(ctx context.Context, name, value string) error {
	return s.Vault.Set(ctx, s.practice+"."+name, value)
}

// Delete implements [Vault].
func (s scoped) Delete(ctx context.Context, name string) error {
	return s.Vault.Delete(ctx, s.practice+"."+name)
}

// vault opens the practice's secrets.
func (p *Practice) vault(ctx context.Context) (Vault, error) {
	v, err := p.Vault()
	if err != nil {
		return nil, err
	}
	var id string
	known := func(tx *store.Tx) (err error) {
		_, err = tx.Setting(ctx, settingPractice, &id)
		return err
	}
	if err := p.store.View(ctx, known); err != nil {
		return nil, err
	}
	if id == "" {
		err = p.store.Update(ctx, func(tx *store.Tx) error {
			if err := known(tx); err != nil || id != "" {
				return err
			}
			id = rand.Text()[:12]
			return tx.SetSetting(ctx, settingPractice, id)
		})
	}
	return scoped{v, id}, err
}
