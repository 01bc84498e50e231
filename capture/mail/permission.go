package mail

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"time"

	"golang.org/x/oauth2"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
)

// permission turns the secret kept for an account into access tokens that work
// now. A grant is renewed when its access token is about to end or was refused.
//
// Many providers give a new refresh token with every renewal and take the old
// one no more, so what a renewal gave is kept before it is used, and is not
// lost when the program is told to stop in the midst of one.
type permission struct {
	ask     func(context.Context) (string, error)
	keep    func(context.Context, string) error // nil: nothing is renewed
	now     func() time.Time
	timeout time.Duration // of one exchange

	mu     sync.Mutex
	unkept string // a renewed secret, while it could not be kept
}

const (
	renewEarly = time.Minute            // before the end of an access token
	lastGrace  = 700 * time.Millisecond // that a renewal is given when the program stops
)

// token returns an access token other than the one refused, which is "" at
// first.
func (p *permission) token(ctx context.Context, refused string) (string, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	grant, err := p.grant(ctx)
	if err != nil {
		return "", err
	}
	ends := grant.Expires
	if grant.AccessToken != "" && grant.AccessToken != refused && (ends.IsZero() || p.now().Add(renewEarly).Before(ends)) {
		return grant.AccessToken, nil
	}
	if grant.RefreshToken == "" || p.keep == nil {
		return "", permissionEnded(errOneToken)
	}
	renewed, err := p.renew(ctx, grant)
	if billing.KindOf(err) == billing.Unauthorized && err != nil {
		// Another process may have renewed it at the same time.
		if other, readErr := p.grant(ctx); readErr == nil && other.RefreshToken != grant.RefreshToken && other.AccessToken != refused {
			return other.AccessToken, nil
		}
	}
	if err != nil {
		return "", err
	}
	return renewed.AccessToken, nil
}

// grant returns what is kept.
func (p *permission) grant(ctx context.Context) (capture.Grant, error) {
	if p.unkept != "" {
		if err := p.store(ctx, p.unkept); err != nil {
			return capture.Grant{}, err
		}
	}
	ctx, cancel := context.WithTimeout(ctx, p.timeout)
	defer cancel()
	secret, err := p.ask(ctx)
	if err != nil {
		return capture.Grant{}, err
	}
	if secret == "" {
		return capture.Grant{}, errNoSecret
	}
	return capture.ParseGrant(secret)
}

// renew exchanges the refresh token for a new access token (RFC 6749 section 6)
// and keeps what came.
func (p *permission) renew(ctx context.Context, g capture.Grant) (capture.Grant, error) {
	if err := ctx.Err(); err != nil {
		return g, err
	}
	exchange, cancel := context.WithTimeout(context.WithoutCancel(ctx), p.timeout)
	defer cancel()
	stop := context.AfterFunc(ctx, func() { time.AfterFunc(lastGrace, cancel) })
	defer stop()
	transport := http.DefaultTransport.(*http.Transport).Clone() // the standard library's is one
	defer transport.CloseIdleConnections()
	client := &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	conf := oauth2.Config{ClientID: g.ClientID, ClientSecret: g.ClientSecret,
		Endpoint: oauth2.Endpoint{TokenURL: g.TokenURL, AuthStyle: oauth2.AuthStyleInParams}}
	token, err := conf.TokenSource(context.WithValue(exchange, oauth2.HTTPClient, client), &oauth2.Token{RefreshToken: g.RefreshToken}).Token()
	if err != nil {
		return g, renewalFailed(err)
	}
	g.AccessToken, g.Expires = token.AccessToken, time.Time{}
	if token.RefreshToken != "" {
		g.RefreshToken = token.RefreshToken
	}
	if !token.Expiry.IsZero() {
		g.Expires = p.now().Add(time.Until(token.Expiry)).UTC().Truncate(time.Second)
	}
	return g, p.store(ctx, g.Secret())
}

// store keeps a renewed secret, whether or not the program stops meanwhile.
func (p *permission) store(ctx context.Context, secret string) error {
	p.unkept = secret
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), p.timeout)
	defer cancel()
	if err := p.keep(ctx, secret); err != nil {
		return &billing.Error{Kind: billing.Unreachable,
			Msg: "the mail account's permission was renewed and could not be kept; Tenths will try again. Unlock the keyring: what came is lost when Tenths ends", Err: err}
	}
	p.unkept = ""
	return nil
}

// renewalFailed says what a failed renewal means, without the answer's body,
// which may hold anything.
func renewalFailed(err error) error {
	refused, ok := errors.AsType[*oauth2.RetrieveError](err)
	if !ok {
		if e, ok := errors.AsType[*url.Error](err); ok {
			err = wire(e.Err)
		} else {
			err = wire(err)
		}
		return notRenewed(err)
	}
	status, code := 0, ""
	if refused.Response != nil {
		status = refused.Response.StatusCode
	}
	if slices.Contains(renewalErrors, refused.ErrorCode) {
		code = refused.ErrorCode
	}
	cause := fmt.Errorf("the token endpoint answered %d %s", status, code)
	switch {
	case code == "temporarily_unavailable" || status == http.StatusTooManyRequests || status >= 500, status/100 == 3:
		return notRenewed(cause)
	case code == "" && status != http.StatusBadRequest && status != http.StatusUnauthorized && status != http.StatusForbidden:
		return notRenewed(cause)
	}
	return permissionEnded(cause)
}

// renewalErrors are the codes of RFC 6749 section 5.2, and one that providers
// use.
var renewalErrors = []string{"invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type", "invalid_scope",
	"temporarily_unavailable"}

var (
	errNoSecret = errors.New("no secret")
	errOneToken = errors.New("the access token has ended and cannot be renewed")
)

func permissionEnded(err error) error {
	return &billing.Error{Kind: billing.Unauthorized,
		Msg: "the mail account's permission has ended; sign in again with the mail provider, then remove the source and add it again with tenths source add", Err: err}
}

func notRenewed(err error) error {
	return &billing.Error{Kind: billing.Unreachable,
		Msg: "the mail account's permission could not be renewed, for its provider does not answer as it should; Tenths will try again", Err: err}
}
