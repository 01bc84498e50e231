package clio_test

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/internal/peer"
	"github.com/tenths/tenths/sync/clio"
	"github.com/tenths/tenths/sync/clio/cliotest"
)

func oauthConfig(t *testing.T, url string) clio.OAuthConfig {
	// A client without kept-alive connections leaves no goroutines behind.
	transport := &http.Transport{DisableKeepAlives: true}
	return clio.OAuthConfig{URL: url, ClientID: cliotest.ClientID, ClientSecret: cliotest.ClientSecret,
		Port: peer.Port(t), Patience: 10 * time.Second, HTTP: &http.Client{Timeout: 5 * time.Second, Transport: transport}}
}

// browser plays the person's browser: it follows Clio's redirect to Tenths and
// keeps the page that it ends on.
type browser struct {
	http  *http.Client
	alter func(*url.URL) // changes the address that Clio sends it to
	wait  sync.WaitGroup
	page  string
	code  int
}

func newBrowser(alter func(*url.URL)) *browser {
	b := &browser{alter: alter}
	b.http = &http.Client{Timeout: 5 * time.Second, Transport: &http.Transport{DisableKeepAlives: true},
		CheckRedirect: func(r *http.Request, _ []*http.Request) error {
			if b.alter != nil {
				b.alter(r.URL)
			}
			return nil
		}}
	return b
}

func (b *browser) open(page string) error {
	b.wait.Go(func() {
		res, err := b.http.Get(page)
		if err != nil {
			b.page = err.Error()
			return
		}
		defer res.Body.Close()
		text, _ := io.ReadAll(res.Body) // a short page fails the test by its content
		b.page, b.code = string(text), res.StatusCode
	})
	return nil
}

func TestAuthorize(t *testing.T) {
	sim := cliotest.Start(t, cliotest.Options{})
	b := newBrowser(nil)
	cfg := oauthConfig(t, sim.URL+"/api/v4")
	token, err := clio.Authorize(t.Context(), cfg, b.open)
	if err != nil {
		t.Fatal(err)
	}
	b.wait.Wait()
	if token.AccessToken == "" || token.RefreshToken == "" || time.Until(token.Expiry) < 29*24*time.Hour {
		t.Errorf("the token lacks something; it ends %s", token.Expiry)
	}
	if b.code != 200 || !strings.Contains(b.page, "You can close this page") || strings.Contains(b.page, token.AccessToken) {
		t.Errorf("the browser shows %d\n%s", b.code, b.page)
	}
	if _, err := connect(t, sim.URL, func(c *clio.Config) { c.Token = clio.StaticToken(token.AccessToken) }).WhoAmI(t.Context()); err != nil {
		t.Errorf("the token does not work: %v", err)
	}
	if err := clio.Deauthorize(t.Context(), cfg, token); err != nil {
		t.Error(err)
	}
	_, err = connect(t, sim.URL, func(c *clio.Config) { c.Token = clio.StaticToken(token.AccessToken) }).WhoAmI(t.Context())
	if billing.KindOf(err) != billing.Unauthorized {
		t.Errorf("after giving the token back: %v", err)
	}
}

func TestAuthorizeDoesNotHappen(t *testing.T) {
	for name, c := range map[string]struct {
		opts   cliotest.Options
		alter  func(*url.URL)
		change func(*clio.OAuthConfig)
		open   func(string) error
		kind   billing.Kind
		msg    string
	}{
		"declined": {opts: cliotest.Options{Decline: true}, kind: billing.Unauthorized, msg: "declined"},
		"someone else's state": {alter: func(u *url.URL) { q := u.Query(); q.Set("state", "forged"); u.RawQuery = q.Encode() },
			kind: billing.Unauthorized, msg: "does not belong"},
		"a stolen code without its verifier": {alter: func(u *url.URL) { q := u.Query(); q.Set("code", "stolen"); u.RawQuery = q.Encode() },
			kind: billing.Unauthorized, msg: "Connect to Clio again"},
		"nobody comes": {open: func(string) error { return nil }, change: func(c *clio.OAuthConfig) { c.Patience = 50 * time.Millisecond },
			kind: billing.Unauthorized, msg: "in time"},
		"no browser":   {open: func(string) error { return errors.New("xdg-open: not found") }, kind: billing.Unreachable, msg: "browser"},
		"no secret":    {change: func(c *clio.OAuthConfig) { c.ClientSecret = "" }, kind: billing.Invalid, msg: "http://127.0.0.1:"},
		"wrong secret": {change: func(c *clio.OAuthConfig) { c.ClientSecret = "x" }, kind: billing.Unauthorized, msg: "key and secret"},
	} {
		t.Run(name, func(t *testing.T) {
			sim := cliotest.Start(t, c.opts)
			b := newBrowser(c.alter)
			cfg := oauthConfig(t, sim.URL)
			if c.change != nil {
				c.change(&cfg)
			}
			open := b.open
			if c.open != nil {
				open = c.open
			}
			token, err := clio.Authorize(t.Context(), cfg, open)
			b.wait.Wait()
			if token != nil || billing.KindOf(err) != c.kind || !strings.Contains(billing.Message(err), c.msg) {
				t.Errorf("%v; want %s with %q", err, c.kind, c.msg)
			}
		})
	}
}

func TestAuthorizePortIsTaken(t *testing.T) {
	cfg := oauthConfig(t, "us")
	l, err := net.Listen("tcp", strings.TrimSuffix(strings.TrimPrefix(cfg.Redirect(), "http://"), "/callback"))
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if _, err := clio.Authorize(t.Context(), cfg, nil); billing.KindOf(err) != billing.Conflict {
		t.Error(err)
	}
}

// kept is a TokenKeeper in memory.
type kept struct{ token *oauth2.Token }

func (k *kept) Load(context.Context) (*oauth2.Token, error)       { return k.token, nil }
func (k *kept) Save(_ context.Context, token *oauth2.Token) error { k.token = token; return nil }

func signIn(t *testing.T, sim *cliotest.Server) (clio.OAuthConfig, *kept) {
	t.Helper()
	b := newBrowser(nil)
	cfg := oauthConfig(t, sim.URL)
	token, err := clio.Authorize(t.Context(), cfg, b.open)
	if err != nil {
		t.Fatal(err)
	}
	b.wait.Wait()
	return cfg, &kept{token}
}

// A token that Clio refuses in the middle of a post is renewed, and the entry
// is there once.
func TestRefusedTokenIsRenewedOnce(t *testing.T) {
	sim := cliotest.Start(t, cliotest.Options{})
	m := fill(sim.Sim)[0]
	cfg, keeper := signIn(t, sim)
	refresh := keeper.token.RefreshToken
	c := connect(t, sim.URL, func(cc *clio.Config) { cc.Token = clio.NewSession(cfg, keeper, time.Now).Token })
	if err := c.Pace(t.Context()); err != nil {
		t.Fatal(err)
	}
	before := keeper.token.AccessToken
	sim.ExpireTokens()
	if _, err := c.Post(t.Context(), posting(m)); err != nil {
		t.Fatal(err)
	}
	if len(sim.Activities()) != 1 || keeper.token.AccessToken == before || keeper.token.RefreshToken != refresh {
		t.Errorf("%d entries; access token renewed: %v; refresh token kept: %v", len(sim.Activities()),
			keeper.token.AccessToken != before, keeper.token.RefreshToken == refresh)
	}
	sim.Revoke()
	_, err := c.Post(t.Context(), posting(m))
	failed, ok := errors.AsType[*billing.OutcomeError](err)
	if !ok || failed.Outcome != billing.Permanent || failed.Err.Kind != billing.Unauthorized || !strings.Contains(failed.Err.Msg, "Connect to Clio again") {
		t.Errorf("after the firm revoked the access: %v", err)
	}
}

func TestTokenIsRenewedBeforeItEnds(t *testing.T) {
	sim := cliotest.Start(t, cliotest.Options{})
	cfg, keeper := signIn(t, sim)
	before := keeper.token.AccessToken
	now := time.Now()
	s := clio.NewSession(cfg, keeper, func() time.Time { return now })
	if token, err := s.Token(t.Context(), ""); err != nil || token != before {
		t.Errorf("renewed too early: %v", err)
	}
	now = keeper.token.Expiry.Add(-time.Minute)
	if token, err := s.Token(t.Context(), ""); err != nil || token == before {
		t.Errorf("not renewed in time: %v", err)
	}
}

// Renewal that cannot reach Clio is not a reason to ask the person anything.
func TestOfflineRenewalIsRetryable(t *testing.T) {
	cfg := oauthConfig(t, "http://127.0.0.1:1")
	keeper := &kept{&oauth2.Token{AccessToken: "old", RefreshToken: "r", Expiry: time.Now().Add(-time.Hour)}}
	c := connect(t, "http://127.0.0.1:1", func(cc *clio.Config) { cc.Token = clio.NewSession(cfg, keeper, time.Now).Token })
	_, err := c.Post(t.Context(), posting(cliotest.Matter{ID: 1}))
	if failed, ok := errors.AsType[*billing.OutcomeError](err); !ok || failed.Outcome != billing.Retryable {
		t.Errorf("%v", err)
	}
}

// Two processes share one vault: whatever one of them puts there, the other
// uses, whether it still had a good token, one that ended, or one refused.
func TestAnotherProcessReplacedTheToken(t *testing.T) {
	for name, after := range map[string]func(*cliotest.Server, *kept) (now time.Time){
		"while it was good": func(*cliotest.Server, *kept) time.Time { return time.Now() },
		"after it ended":    func(_ *cliotest.Server, k *kept) time.Time { return k.token.Expiry.Add(-time.Minute) },
		"after the firm revoked it": func(sim *cliotest.Server, _ *kept) time.Time {
			sim.Revoke()
			return time.Now()
		},
	} {
		t.Run(name, func(t *testing.T) {
			sim := cliotest.Start(t, cliotest.Options{})
			cfg, keeper := signIn(t, sim)
			now := time.Now()
			window := clio.NewSession(cfg, keeper, func() time.Time { return now })
			c := connect(t, sim.URL, func(cc *clio.Config) { cc.Token = window.Token })
			if _, err := c.WhoAmI(t.Context()); err != nil {
				t.Fatal(err)
			}
			now = after(sim, keeper)
			_, anew := signIn(t, sim)
			anew.token.Expiry = now.Add(24 * time.Hour)
			keeper.token = anew.token
			if _, err := c.Matters(t.Context()); err != nil {
				t.Errorf("the window does not find the new token: %v", err)
			}
			if token, err := window.Token(t.Context(), ""); err != nil || token != anew.token.AccessToken {
				t.Errorf("the window uses another token than the one in the vault: %v", err)
			}
		})
	}
}

// replacing is a vault into which a person connects anew while the old token is
// being renewed.
type replacing struct {
	kept
	with *oauth2.Token
	left int // readings until then
}

func (r *replacing) Load(ctx context.Context) (*oauth2.Token, error) {
	if r.left--; r.left < 0 {
		r.token = r.with
	}
	return r.kept.Load(ctx)
}

func TestRenewalDoesNotUndoANewConnection(t *testing.T) {
	sim := cliotest.Start(t, cliotest.Options{})
	cfg, old := signIn(t, sim)
	_, anew := signIn(t, sim)
	old.token.Expiry = time.Now().Add(-time.Minute)
	vault := &replacing{kept: *old, with: anew.token, left: 1}
	token, err := clio.NewSession(cfg, vault, time.Now).Token(t.Context(), "")
	if err != nil || token != anew.token.AccessToken || vault.token != anew.token {
		t.Errorf("the new connection is not kept: %v", err)
	}
}

// A keyring that is locked meanwhile does not take away a token that works.
func TestGoodTokenOutlivesALockedKeyring(t *testing.T) {
	sim := cliotest.Start(t, cliotest.Options{})
	cfg, old := signIn(t, sim)
	vault := &lockable{kept: *old}
	s := clio.NewSession(cfg, vault, time.Now)
	first, err := s.Token(t.Context(), "")
	if err != nil {
		t.Fatal(err)
	}
	vault.locked = true
	if again, err := s.Token(t.Context(), ""); err != nil || again != first {
		t.Errorf("with the keyring locked: %v", err)
	}
	if _, err := s.Token(t.Context(), first); err == nil {
		t.Error("a refused token is used again")
	}
}

type lockable struct {
	kept
	locked bool
}

func (l *lockable) Load(ctx context.Context) (*oauth2.Token, error) {
	if l.locked {
		return nil, errors.New("the keyring is locked")
	}
	return l.kept.Load(ctx)
}
