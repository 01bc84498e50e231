package mail_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/capture/mail"
	"github.com/tenths/tenths/internal/peer"
)

// authority is an authorization server: it renews grants (RFC 6749 section 6),
// each with a new refresh token that alone is good from then on, and tells the
// mail server which access token is good (RFC 7662).
type authority struct {
	*httptest.Server

	mu       sync.Mutex
	renewals int
	access   string // good now
	refresh  string
	same     bool // gives no new refresh tokens
	slow     time.Duration
	answer   func(http.ResponseWriter) // in place of a renewal
	events   []string
}

func newAuthority(t *testing.T) *authority {
	a := &authority{access: "access-0", refresh: "refresh-0"}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /introspect", func(w http.ResponseWriter, r *http.Request) {
		a.mu.Lock()
		defer a.mu.Unlock()
		token := r.FormValue("token")
		a.events = append(a.events, "shown "+token)
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]any{"active": token == a.access, "username": "alice"})
	})
	mux.HandleFunc("POST /token", func(w http.ResponseWriter, r *http.Request) {
		a.mu.Lock()
		defer a.mu.Unlock()
		if a.answer != nil {
			a.answer(w)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		if r.FormValue("grant_type") != "refresh_token" || r.FormValue("refresh_token") != a.refresh || r.FormValue("client_id") != "tenths" || r.FormValue("client_secret") != "s" {
			w.WriteHeader(http.StatusBadRequest)
			_ = json.NewEncoder(w).Encode(map[string]any{"error": "invalid_grant", "error_description": "refresh-secret in words"})
			return
		}
		a.renewals++
		a.access = "access-" + strconv.Itoa(a.renewals)
		answer := map[string]any{"access_token": a.access, "token_type": "Bearer", "expires_in": 3600}
		if !a.same {
			a.refresh = "refresh-" + strconv.Itoa(a.renewals)
			answer["refresh_token"] = a.refresh
		}
		time.Sleep(a.slow)
		_ = json.NewEncoder(w).Encode(answer)
	})
	a.Server = httptest.NewServer(mux)
	t.Cleanup(a.Close)
	return a
}

func (a *authority) did(what string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.events = append(a.events, what)
}

func (a *authority) count() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.renewals
}

// safe is where an account's secret is kept.
type safe struct {
	authority *authority
	mu        sync.Mutex
	secret    string
	fails     bool
}

func (s *safe) read(context.Context) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.secret, nil
}

func (s *safe) keep(_ context.Context, secret string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.fails {
		return errors.New("the keyring is locked")
	}
	s.secret = secret
	g, _ := capture.ParseGrant(secret)
	s.authority.did("kept " + g.AccessToken + " " + g.RefreshToken)
	return nil
}

func (s *safe) grant(t *testing.T) capture.Grant {
	t.Helper()
	secret, _ := s.read(t.Context())
	g, err := capture.ParseGrant(secret)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// granted returns a source whose permission a renews and the safe has, and a
// mailbox with a message in it.
func granted(t *testing.T, a *authority, expires time.Time) (*mail.IMAP, *safe) {
	t.Helper()
	d := peer.StartDovecot(t, peer.DovecotOAuth(a.URL+"/introspect", "xoauth2", "oauthbearer"))
	d.Deliver(t, "INBOX", letter())
	s := &safe{authority: a, secret: capture.Grant{AccessToken: "access-0", RefreshToken: "refresh-0", TokenURL: a.URL + "/token",
		ClientID: "tenths", ClientSecret: "s", Expires: expires}.Secret()}
	cfg, options := account(d, "imaps://"+d.TLSAddr)
	cfg.Password, cfg.Keep = s.read, s.keep
	m, err := mail.NewIMAP(cfg, time.Now, append(options, mail.OAuth(nil))...)
	if err != nil {
		t.Fatal(err)
	}
	return m, s
}

func TestPermissionIsRenewedWhenItEnds(t *testing.T) {
	t.Parallel()
	for name, same := range map[string]bool{"new refresh tokens": false, "one refresh token": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAuthority(t)
			a.same = same
			m, safe := granted(t, a, time.Now().Add(30*time.Second)) // about to
			got := sinkOf(t, m, "")
			got.once(t, m)
			want := capture.Grant{AccessToken: "access-1", RefreshToken: "refresh-1", TokenURL: a.URL + "/token", ClientID: "tenths", ClientSecret: "s"}
			if same {
				want.RefreshToken = "refresh-0"
			}
			kept := safe.grant(t)
			if left := time.Until(kept.Expires); left < 59*time.Minute || left > time.Hour {
				t.Errorf("the new token ends in %v, want an hour", left)
			}
			if kept.Expires = want.Expires; kept != want || len(got.all) != 1 || a.count() != 1 {
				t.Errorf("%d observations, %d renewals, kept is %s", len(got.all), a.count(), kept.Secret())
			}
			if first := a.events[0]; first != "kept access-1 "+want.RefreshToken {
				t.Errorf("first of all was %q, want it kept: %q", first, a.events)
			}
		})
	}
}

// TestPermissionIsRenewedWhenRefused: a token may end before its time, or
// nobody may know when.
func TestPermissionIsRenewedWhenRefused(t *testing.T) {
	t.Parallel()
	for name, expires := range map[string]time.Time{"unknown": {}, "later": time.Now().Add(time.Hour)} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			a := newAuthority(t)
			m, safe := granted(t, a, expires)
			if got := sinkOf(t, m, ""); len(got.all) != 1 || a.count() != 0 {
				t.Errorf("%d observations, %d renewals of a good token", len(got.all), a.count())
			}
			a.mu.Lock()
			a.access = "another"
			a.mu.Unlock()
			if got := sinkOf(t, m, ""); len(got.all) != 1 || a.count() != 1 || safe.grant(t).RefreshToken != "refresh-1" {
				t.Errorf("%d observations, %d renewals of a refused token, kept %s", len(got.all), a.count(), safe.grant(t).RefreshToken)
			}
		})
	}
}

// TestPermissionIsKeptBeforeItIsUsed: a renewed permission that cannot be kept
// is not used, and not lost.
func TestPermissionIsKeptBeforeItIsUsed(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	m, safe := granted(t, a, time.Now().Add(-time.Hour))
	safe.fails = true
	for range 2 {
		if err := m.Once(t.Context(), "", &sink{}); billing.KindOf(err) != billing.Unreachable || !strings.Contains(err.Error(), "locked") {
			t.Errorf("what cannot be kept gives %v", err)
		}
	}
	if len(a.events) > 0 {
		t.Errorf("it was used: %q", a.events)
	}
	safe.fails = false
	if got := sinkOf(t, m, ""); len(got.all) != 1 || a.count() != 1 || safe.grant(t).RefreshToken != "refresh-1" {
		t.Errorf("%d observations, %d renewals, kept %s", len(got.all), a.count(), safe.grant(t).RefreshToken)
	}
}

// TestPermissionSurvivesTheEnd: whoever is told to stop while the provider
// answers keeps the answer, and stops all the same.
func TestPermissionSurvivesTheEnd(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	a.slow = 300 * time.Millisecond
	m, safe := granted(t, a, time.Now().Add(-time.Hour))
	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()
	if err := m.Run(ctx, "", &sink{}); err != nil {
		t.Error(err)
	}
	if got := safe.grant(t).RefreshToken; got != "refresh-1" {
		t.Errorf("%s is kept", got)
	}
}

func TestPermissionCannotBeRenewed(t *testing.T) {
	t.Parallel()
	elsewhere := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { t.Error("the refresh token went elsewhere") }))
	defer elsewhere.Close()
	status := func(code int, body string) func(http.ResponseWriter) {
		return func(w http.ResponseWriter) {
			w.Header().Set("Location", elsewhere.URL)
			w.Header().Set("Content-Type", "application/json")
			w.WriteHeader(code)
			_, _ = w.Write([]byte(body))
		}
	}
	for name, c := range map[string]struct {
		answer func(http.ResponseWriter)
		want   billing.Kind
	}{
		"another refresh token": {nil, billing.Unauthorized},
		"the client is unknown": {status(401, `{"error":"invalid_client"}`), billing.Unauthorized},
		"no reason given":       {status(403, `refresh-secret`), billing.Unauthorized},
		"down":                  {status(503, `{"error":"refresh-secret"}`), billing.Unreachable},
		"too often":             {status(429, ``), billing.Unreachable},
		"redirected":            {status(307, ``), billing.Unreachable},
		"gone":                  {status(404, `refresh-secret`), billing.Unreachable},
		"nonsense":              {status(200, `refresh-secret`), billing.Unreachable},
		"no token":              {status(200, `{"token_type":"refresh-secret"}`), billing.Unreachable},
		"too much":              {status(200, `{"access_token":"`+strings.Repeat("a", 2<<20)+`"}`), billing.Unreachable},
	} {
		t.Run(name, func(t *testing.T) {
			a := newAuthority(t)
			a.answer, a.refresh = c.answer, "another"
			m, safe := granted(t, a, time.Now().Add(-time.Hour))
			was := safe.secret
			err := m.Once(t.Context(), "", &sink{})
			if billing.KindOf(err) != c.want || !strings.Contains(billing.Message(err), "the mail account's permission") {
				t.Errorf("it gives %v, want %s", err, c.want)
			}
			for _, secret := range []string{"refresh-0", "access-0", "refresh-secret", a.URL} {
				if err != nil && strings.Contains(err.Error(), secret) {
					t.Errorf("the error tells %s: %v", secret, err)
				}
			}
			if safe.secret != was || len(a.events) > 0 {
				t.Errorf("the permission was changed, or used: %q", a.events)
			}
			if c.want == billing.Unauthorized {
				if err := m.Run(t.Context(), "", &sink{}); billing.KindOf(err) != c.want {
					t.Errorf("Run returns %v", err)
				}
			}
		})
	}
}

// TestPermissionRenewedByAnother: of two processes that renew at the same time
// one is refused, and finds what the other kept.
func TestPermissionRenewedByAnother(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	m, safe := granted(t, a, time.Now().Add(-time.Hour))
	a.answer = func(w http.ResponseWriter) { // the other is quicker
		other := safe.grant(t)
		other.AccessToken, other.RefreshToken, other.Expires = "access-0", "refresh-of-the-other", time.Time{}
		safe.mu.Lock()
		safe.secret = other.Secret()
		safe.mu.Unlock()
		w.WriteHeader(http.StatusBadRequest)
		_, _ = w.Write([]byte(`{"error":"invalid_grant"}`))
	}
	if got := sinkOf(t, m, ""); len(got.all) != 1 || safe.grant(t).RefreshToken != "refresh-of-the-other" {
		t.Errorf("%d observations, kept %s", len(got.all), safe.grant(t).RefreshToken)
	}
}

// TestPermissionIsNotRenewedInVain: where what comes of it cannot be kept, the
// refresh token is left good.
func TestPermissionIsNotRenewedInVain(t *testing.T) {
	t.Parallel()
	a := newAuthority(t)
	d := peer.StartDovecot(t, peer.DovecotOAuth(a.URL+"/introspect", "xoauth2"))
	cfg, options := account(d, "imaps://"+d.TLSAddr)
	cfg.Password = token(capture.Grant{RefreshToken: "refresh-0", TokenURL: a.URL + "/token", ClientID: "tenths", ClientSecret: "s"}.Secret())
	m, err := mail.NewIMAP(cfg, time.Now, append(options, mail.OAuth(nil))...)
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Once(t.Context(), "", &sink{}); billing.KindOf(err) != billing.Unauthorized || a.count() != 0 {
		t.Errorf("it gives %v after %d renewals", err, a.count())
	}
	cfg.Password = token(`{"refresh_token":"x","token_url":"http://id.example/","client_id":"c"}`)
	m, _ = mail.NewIMAP(cfg, time.Now, append(options, mail.OAuth(nil))...)
	if err := m.Once(t.Context(), "", &sink{}); billing.KindOf(err) != billing.Invalid {
		t.Errorf("an address without TLS gives %v", err)
	}
}
