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
// that was refused. Clio's refresh tokens do not end and are not replaced; an
// answer without one keeps the old.
func (s *Session) Token(ctx context.Context, refused string) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.token == nil {
		token, err := s.keeper.Load(ctx)
		if err != nil {
			return "", err
		}
		s.token = token
	}
	ends := s.token.Expiry
	if s.token.AccessToken != refused && s.token.AccessToken != "" && (ends.IsZero() || s.now().Add(renewEarly).Before(ends)) {
		return s.token.AccessToken, nil
	}
	if s.token.RefreshToken == "" {
		return "", &billing.Error{Kind: billing.Unauthorized, Msg: "The access to Clio has ended. Connect to Clio again; nothing is lost."}
	}
	conf, err := s.cfg.oauth2()
	if err != nil {
		return "", err
	}
	renewed, err := conf.TokenSource(s.cfg.client(ctx), &oauth2.Token{RefreshToken: s.token.RefreshToken}).Token()
	if err != nil {
		return "", exchangeFailed(err)
	}
	if renewed.RefreshToken == "" {
		renewed.RefreshToken = s.token.RefreshToken
	}
	if err := s.keeper.Save(ctx, renewed); err != nil {
		return "", err
	}
	s.token = renewed
	return renewed.AccessToken, nil
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
