package mail_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture/mail"
	"github.com/tenths/tenths/internal/peer"
)

const goodToken = "ya29.good-token_1234"

// provider is an authorization server's introspection endpoint (RFC 7662),
// which Dovecot asks about every token.
type provider struct {
	*httptest.Server
	asked  atomic.Int64
	broken atomic.Bool
}

func newProvider(t *testing.T) *provider {
	p := &provider{}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.asked.Add(1)
		if p.broken.Load() {
			http.Error(w, "down", http.StatusInternalServerError)
			return
		}
		answer := map[string]any{"active": false}
		if r.FormValue("token") == goodToken {
			answer = map[string]any{"active": true, "username": "alice"}
		}
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(answer)
	}))
	t.Cleanup(p.Close)
	return p
}

func token(s string) func(context.Context) (string, error) {
	return func(context.Context) (string, error) { return s, nil }
}

func TestIMAPOAuth(t *testing.T) {
	t.Parallel()
	for _, mechanisms := range [][]string{{"xoauth2", "oauthbearer"}, {"oauthbearer"}, {"xoauth2"}} {
		t.Run(strings.Join(mechanisms, " "), func(t *testing.T) {
			t.Parallel()
			p := newProvider(t)
			d := peer.StartDovecot(t, peer.DovecotOAuth(p.URL+"/introspect", mechanisms...))
			d.Deliver(t, "INBOX", letter())
			if got := sinkOf(t, newIMAP(t, d, mail.OAuth(token(goodToken))), ""); len(got.all) != 1 {
				t.Errorf("%d observations with a good token", len(got.all))
			}
			if p.asked.Load() == 0 {
				t.Error("the token was never asked about")
			}
			if got := sinkOf(t, newIMAP(t, d), ""); len(got.all) != 1 {
				t.Error("a password does no longer do beside tokens")
			}
			refused(t, newIMAP(t, d, mail.OAuth(token("stale-token"))), "stale-token")

			p.broken.Store(true)
			err := newIMAP(t, d, mail.OAuth(token(goodToken+"x"))).Once(t.Context(), "", &sink{})
			if billing.KindOf(err) != billing.Unreachable {
				t.Errorf("a provider that is down gives %v, want unreachable: the person need not sign in again", err)
			}
		})
	}
}

// refused checks that a token that is not taken ends the source, with a remedy and
// without telling the token. An exchange that was left hanging would end it as a
// server that does not answer.
func refused(t *testing.T, s *mail.IMAP, secret string) {
	t.Helper()
	for what, err := range map[string]error{"Once": s.Once(t.Context(), "", &sink{}), "Run": s.Run(t.Context(), "", &sink{})} {
		if billing.KindOf(err) != billing.Unauthorized || !strings.Contains(billing.Message(err), "sign in again") {
			t.Errorf("%s with a refused token returns %v, want unauthorized and what to do", what, err)
		} else if strings.Contains(err.Error(), secret) {
			t.Errorf("the error tells the token: %v", err)
		}
	}
}

func TestIMAPOAuthSources(t *testing.T) {
	t.Parallel()
	p := newProvider(t)
	d := peer.StartDovecot(t, peer.DovecotOAuth(p.URL, "xoauth2"))
	d.Deliver(t, "INBOX", letter())

	cfg, options := account(d, "imaps://"+d.TLSAddr)
	cfg.Password = token(goodToken) // the configuration's secret may be the token
	s, err := mail.NewIMAP(cfg, time.Now, append(options, mail.OAuth(nil))...)
	if err != nil {
		t.Fatal(err)
	}
	if got := sinkOf(t, s, ""); len(got.all) != 1 {
		t.Errorf("%d observations", len(got.all))
	}

	gone := func(context.Context) (string, error) { return "", errors.New("invalid_grant") }
	for name, f := range map[string]func(context.Context) (string, error){"failing": gone, "empty": token("")} {
		err := newIMAP(t, d, mail.OAuth(f)).Once(t.Context(), "", &sink{})
		if billing.KindOf(err) != billing.Unauthorized || !strings.Contains(billing.Message(err), "sign in again") {
			t.Errorf("a %s token source gives %v", name, err)
		}
	}

	plain := peer.StartDovecot(t) // takes passwords alone
	err = newIMAP(t, plain, mail.OAuth(token(goodToken))).Once(t.Context(), "", &sink{})
	if billing.KindOf(err) != billing.Invalid || !strings.Contains(billing.Message(err), "password") {
		t.Errorf("a server without OAuth gives %v, want invalid", err)
	}
}

// TestIMAPOAuthTokenIsFresh: each connection asks for a token, so that one that
// expired while the program slept is not shown again.
func TestIMAPOAuthTokenIsFresh(t *testing.T) {
	t.Parallel()
	p := newProvider(t)
	d := peer.StartDovecot(t, peer.DovecotOAuth(p.URL, "oauthbearer"))
	var asked atomic.Int64
	source := newIMAP(t, d, mail.OAuth(func(context.Context) (string, error) { asked.Add(1); return goodToken, nil }))
	s := sinkOf(t, source, "")
	d.Deliver(t, "INBOX", letter())
	s.once(t, source)
	if len(s.all) != 1 || asked.Load() != 2 {
		t.Errorf("%d observations, %d tokens for two connections", len(s.all), asked.Load())
	}
}
