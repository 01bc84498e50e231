package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strings"
	"sync"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/store"
)

// trial is the secret of a place that is tried and has no place in the vault
// yet. It is safe for use by several goroutines.
type trial struct {
	mu     sync.Mutex
	secret string
	// keep keeps what became of the secret when it was renewed; without it
	// nothing is renewed.
	keep func(ctx context.Context, renewed string) error
}

func (t *trial) read(context.Context) (string, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.secret, nil
}

func (t *trial) replace(ctx context.Context, renewed string) error {
	if err := t.keep(ctx, renewed); err != nil {
		return err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.secret = renewed
	return nil
}

// permissionOf returns the permission that a person gave for a mail account, if
// it is one that can be renewed.
func permissionOf(src billing.SourceConfig, secret string) (g capture.Grant, renewable bool, err error) {
	scheme, _, _ := strings.Cut(string(src.Where), "://")
	if src.Kind != billing.SourceIMAP || !strings.HasSuffix(strings.ToLower(scheme), "+oauth") || secret == "" {
		return g, false, nil
	}
	g, err = capture.ParseGrant(secret)
	return g, g.RefreshToken != "", err
}

// secretRenewed is the secret in the vault that holds the renewal of a
// permission whose source could not be added in the end. The refresh token that
// the person has is then spent, and this is what it was exchanged for.
const secretRenewed = "source.renewed"

// renewed is what secretRenewed holds.
type renewed struct {
	Of     string `json:"of"` // hash of the refresh token that the person gave
	Secret string `json:"secret"`
}

// tryPermission returns a trial of the permission, or of what became of it in an
// earlier attempt, which keeps in the vault what becomes of it now.
func tryPermission(ctx context.Context, vault Vault, g capture.Grant) (*trial, error) {
	sum := sha256.Sum256([]byte(g.RefreshToken))
	of := hex.EncodeToString(sum[:])
	t := &trial{secret: g.Secret()}
	var earlier renewed
	text, err := vault.Get(ctx, secretRenewed)
	switch {
	case err == nil && json.Unmarshal([]byte(text), &earlier) == nil && earlier.Of == of:
		t.secret = earlier.Secret
	case err != nil && billing.KindOf(err) != billing.NotFound:
		return nil, err
	}
	t.keep = func(ctx context.Context, secret string) error {
		b, err := json.Marshal(renewed{of, secret})
		if err != nil {
			return err
		}
		return vault.Set(ctx, secretRenewed, string(b))
	}
	return t, nil
}

// keepSecret replaces the secret of a source, unless that was removed.
func (p *Practice) keepSecret(ctx context.Context, id billing.SourceID, secret string) error {
	err := p.store.View(ctx, func(tx *store.Tx) error {
		_, err := tx.Source(ctx, id)
		return err
	})
	if err != nil {
		return err
	}
	vault, err := p.vault(ctx)
	if err != nil {
		return err
	}
	return vault.Set(ctx, secretOf(id), secret)
}

// renewalKey is the setting that says at which address a source's permission is
// renewed, for [Practice.Egress]: the vault need not be opened for that.
func renewalKey(id billing.SourceID) string { return "source.renewal." + string(id) }
