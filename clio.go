package main

import (
	"context"
	"encoding/json"
	"errors"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"golang.org/x/oauth2"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/sync/clio"
)

// clioLink is Clio as app sees a practice management system.
type clioLink struct{ *clio.Client }

// User implements [app.Connector].
func (c clioLink) User(ctx context.Context) (string, error) {
	u, err := c.WhoAmI(ctx)
	return u.Name.Reveal(), err
}

// openClio implements [app.NewConnector].
func openClio(_ context.Context, link app.Link, vault app.Vault) (app.Connector, error) {
	cfg := oauthConfig(link, "")
	if link.ClientID != "" { // renewing a token takes the application's secret
		cfg.Secret = func(ctx context.Context) (string, error) { return vault.Get(ctx, app.SecretClientSecret) }
	}
	session := clio.NewSession(cfg, tokens{vault}, time.Now)
	c, err := clio.New(clio.Config{URL: link.URL, Token: session.Token})
	if err != nil {
		return nil, err
	}
	return clioLink{c}, nil
}

func oauthConfig(link app.Link, clientSecret string) clio.OAuthConfig {
	return clio.OAuthConfig{URL: link.URL, ClientID: link.ClientID, ClientSecret: clientSecret, Port: link.Port}
}

// authorizeClio implements [app.Authorize].
func authorizeClio(ctx context.Context, link app.Link, clientSecret string, vault app.Vault, open func(string) error) error {
	if clientSecret == "" {
		kept, err := vault.Get(ctx, app.SecretClientSecret)
		if err != nil {
			return err
		}
		clientSecret = kept
	}
	token, err := clio.Authorize(ctx, oauthConfig(link, clientSecret), open)
	if err != nil {
		return err
	}
	if err := vault.Set(ctx, app.SecretClientSecret, clientSecret); err != nil {
		return err
	}
	return tokens{vault}.Save(ctx, token)
}

// tokens keeps Clio's tokens in the vault: as JSON, or the bare access token
// that a person pasted.
type tokens struct{ vault app.Vault }

// Load implements [clio.TokenKeeper].
func (t tokens) Load(ctx context.Context) (*oauth2.Token, error) {
	text, err := t.vault.Get(ctx, app.SecretToken)
	if err != nil {
		return nil, err
	}
	token := new(oauth2.Token)
	if strings.HasPrefix(text, "{") {
		if err := json.Unmarshal([]byte(text), token); err != nil {
			return nil, &billing.Error{Kind: billing.Unauthorized, Msg: "the kept token cannot be read; connect Clio again", Err: err}
		}
		return token, nil
	}
	token.AccessToken = text
	return token, nil
}

// Save implements [clio.TokenKeeper].
func (t tokens) Save(ctx context.Context, token *oauth2.Token) error {
	text, err := json.Marshal(token)
	if err != nil {
		return err
	}
	return t.vault.Set(ctx, app.SecretToken, string(text))
}

// browse opens an address in the person's browser.
func browse(url string) error {
	name, args := "xdg-open", []string{url}
	switch runtime.GOOS {
	case "darwin":
		name = "open"
	case "windows":
		name, args = "rundll32", []string{"url.dll,FileProtocolHandler", url}
	}
	cmd := exec.Command(name, args...) //nolint:noctx // the browser outlives us
	if err := cmd.Start(); err != nil {
		return errors.Join(&billing.Error{Kind: billing.Internal, Msg: "no browser could be started; open the address yourself"}, err)
	}
	go func() { _ = cmd.Wait() }()
	return nil
}
