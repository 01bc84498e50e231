package clio

import (
	"context"
	"sync"
	"time"

	"golang.org/x/oauth2"

	"github.com/tenths/tenths/billing"
)

// TokenKeeper keeps the tokens of one connection, in the keyring.
type TokenKeeper interface {
	Load(ctx context.Context) (*oauth2.Token, error)
	Save(ctx context.Context, token *oauth2.Token) error
}

// Session turns kept tokens into access tokens that work now: [Session.Token]
// is a [Config.Token]. It is safe for concurrent use.
type Session struct {
	cfg    OAuthConfig
	keeper TokenKeeper
	now    func() time.Time

	mu    sync.Mutex
	token *oauth2.Token // nil until loaded
}

// renewEarly is how long before its end an access token is renewed.
const renewEarly = 5 * time.Minute

// NewSession returns a session over the tokens in keeper.
func NewSession(cfg OAuthConfig, keeper TokenKeeper, now func() time.Time) *Session {
	return &Session{cfg: cfg, keeper: keeper, now: now}
}

// Token returns an access token, renewed when it is about to end or is the one
// that was refused. The kept tokens count, not those seen last: another process
// may have renewed them, or a person may have connected anew. Clio's refresh
// tokens do not end and are not replaced; an answer without one keeps the old.
func (s *Session) Token(ctx context.Context, refused string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.load(ctx, refused); err != nil {
		return "", err
	}
	if s.good(s.token, refused) {
		return s.token.AccessToken, nil
	}
	renewed, err := s.renew(ctx, s.token)
	// Whoever replaced the tokens meanwhile knew better than to renew the old.
	if kept, loadErr := s.keeper.Load(ctx); loadErr == nil && !same(kept, s.token) && s.good(kept, refused) {
		s.token = kept
		return kept.AccessToken, nil
	}
	if err != nil {
		return "", err
	}
	if err := s.keeper.Save(ctx, renewed); err != nil {
		return "", err
	}
	s.token = renewed
	return renewed.AccessToken, nil
}

// load reads the kept tokens. When they cannot be read (the keyring was locked),
// those seen last serve as long as they are good.
func (s *Session) load(ctx context.Context, refused string) error {
	token, err := s.keeper.Load(ctx)
	if err == nil {
		s.token = token
	} else if s.token != nil && s.good(s.token, refused) {
		return nil
	}
	return err
}

// good reports whether token's access token can be used now.
func (s *Session) good(token *oauth2.Token, refused string) bool {
	return token.AccessToken != "" && token.AccessToken != refused &&
		(token.Expiry.IsZero() || s.now().Add(renewEarly).Before(token.Expiry))
}

func same(a, b *oauth2.Token) bool {
	return a.AccessToken == b.AccessToken && a.RefreshToken == b.RefreshToken
}

// renew exchanges old's refresh token.
func (s *Session) renew(ctx context.Context, old *oauth2.Token) (*oauth2.Token, error) {
	if old.RefreshToken == "" {
		return nil, &billing.Error{Kind: billing.Unauthorized, Msg: "The access to Clio has ended. Connect to Clio again; nothing is lost."}
	}
	cfg := s.cfg
	if cfg.Secret != nil {
		var err error
		if cfg.ClientSecret, err = cfg.Secret(ctx); err != nil {
			return nil, err
		}
	}
	conf, err := cfg.oauth2()
	if err != nil {
		return nil, err
	}
	renewed, err := conf.TokenSource(s.cfg.client(ctx), &oauth2.Token{RefreshToken: old.RefreshToken}).Token()
	if err != nil {
		return nil, exchangeFailed(err)
	}
	if renewed.RefreshToken == "" {
		renewed.RefreshToken = old.RefreshToken
	}
	return renewed, nil
}

// StaticToken is a [Config.Token] that knows one token alone.
func StaticToken(token string) func(context.Context, string) (string, error) {
	return func(_ context.Context, refused string) (string, error) {
		if refused == token {
			return "", &billing.Error{Kind: billing.Unauthorized, Msg: "Clio does not accept this access token. Connect to Clio again."}
		}
		return token, nil
	}
}
