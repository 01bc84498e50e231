package main

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/internal/peer"
	"github.com/tenths/tenths/sync/clio"
	"github.com/tenths/tenths/sync/clio/cliotest"
)

// workday is the day of the entries that are posted.
var workday = billing.Day{Year: 2026, Month: time.March, Day: 10}

// window is a practice that posts until its test ends, as the window does.
type window struct {
	*app.Practice
	t    *testing.T
	dir  string
	wake chan struct{}
}

// shown opens a data directory and connects it.
func shown(t *testing.T, link app.Link, token string) *window {
	t.Helper()
	t.Setenv("TENTHS_SECRETS", "file")
	t.Setenv("TENTHS_PASSPHRASE", "a passphrase for tests")
	w := &window{t: t, dir: t.TempDir(), wake: make(chan struct{}, 1)}
	w.Practice = w.another()
	w.connect(w.Practice, link, token)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- app.Posting{Practice: w.Practice}.Run(ctx, w.wake) }()
	t.Cleanup(func() {
		cancel()
		<-done
	})
	return w
}

// another opens the same data directory, as another process does.
func (w *window) another() *app.Practice {
	w.t.Helper()
	p, err := open(w.t.Context(), w.dir, time.Now)
	w.check(err)
	w.t.Cleanup(func() { w.check(p.Close()) })
	return p
}

func (w *window) check(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *window) connect(p *app.Practice, link app.Link, token string) {
	w.t.Helper()
	_, err := app.Posting{Practice: p}.Connect(w.t.Context(), link, token)
	w.check(err)
}

// approve notes an hour on the matter and approves it, in the window.
func (w *window) approve(line string) {
	w.t.Helper()
	_, err := app.Notes{Practice: w.Practice}.Take(w.t.Context(), line, workday)
	w.check(err)
	v, err := app.Review{Practice: w.Practice}.Approve(w.t.Context(), workday, nil, "")
	w.check(err)
	if v.Count != 1 {
		w.t.Fatalf("%d entries were approved: %+v", v.Count, v.Behind)
	}
	w.wake <- struct{}{}
}

// settled waits until nothing waits to be posted any more.
func (w *window) settled() app.PostingSummary {
	w.t.Helper()
	for {
		s, err := app.Posting{Practice: w.Practice}.Status(w.t.Context())
		w.check(err)
		if s.Waiting+s.Unknown == 0 {
			return s
		}
		select {
		case <-w.t.Context().Done():
			w.t.Fatalf("not posted: %+v", s.Rows)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// region is a Clio whose ids are none of another's.
func region(t *testing.T, others ...cliotest.Matter) *cliotest.Server {
	sim := cliotest.Start(t, cliotest.Options{})
	sim.AddMatters(others...)
	sim.AddMatters(cliotest.Matter{Number: "2024-0113"})
	return sim
}

// A window that posts goes where another process connected to meanwhile.
func TestTheWindowFollowsANewRegion(t *testing.T) {
	before, after := region(t), region(t, make([]cliotest.Matter, 50)...)
	w := shown(t, app.Link{System: "clio", URL: before.URL}, cliotest.Token)
	w.approve("9:00-10:00 draft motion 2024-0113")
	w.settled()
	w.connect(w.another(), app.Link{System: "clio", URL: after.URL}, cliotest.Token)
	w.approve("11:00-12:00 revise motion 2024-0113")
	if s := w.settled(); s.Posted != 2 || before.Posts() != 1 || after.Posts() != 1 {
		t.Errorf("%d posted, %d here and %d there", s.Posted, before.Posts(), after.Posts())
	}
}

// A window that posts renews its access as the application that another process
// connected as meanwhile.
func TestTheWindowFollowsANewApplication(t *testing.T) {
	sim := region(t)
	w := shown(t, app.Link{System: "clio", URL: sim.URL, ClientID: "the application of before"}, cliotest.Token)
	other := w.another()
	link := app.Link{System: "clio", URL: sim.URL, ClientID: cliotest.ClientID, Port: peer.Port(t)}
	visit := func(page string) error {
		go func() {
			if res, err := http.Get(page); err == nil {
				res.Body.Close()
			}
		}()
		return nil
	}
	w.check(app.Posting{Practice: other}.AllowInBrowser(t.Context(), link, cliotest.ClientSecret, visit))
	w.connect(other, link, "")
	sim.ExpireTokens()
	w.approve("9:00-10:00 draft motion 2024-0113")
	if s := w.settled(); s.Posted != 1 || sim.Posts() != 1 {
		t.Errorf("the outbox is %+v", s.Rows)
	}
}

// The application's secret may be replaced too.
func TestTheSecretIsReadWhenItIsNeeded(t *testing.T) {
	sim := region(t)
	cfg := clio.OAuthConfig{URL: sim.URL, ClientID: cliotest.ClientID, ClientSecret: cliotest.ClientSecret, Port: peer.Port(t)}
	token, err := clio.Authorize(t.Context(), cfg, func(page string) error {
		go func() {
			if res, err := http.Get(page); err == nil {
				res.Body.Close()
			}
		}()
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	token.Expiry = time.Now().Add(-time.Hour)
	vault := secrets{app.SecretToken: textOf(t, token), app.SecretClientSecret: "of before"}
	c, err := openClio(t.Context(), app.Link{System: "clio", URL: sim.URL, ClientID: cliotest.ClientID}, vault)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := c.User(t.Context()); billing.KindOf(err) != billing.Unauthorized || !strings.Contains(err.Error(), "key and secret") {
		t.Errorf("with the secret of before: %v", err)
	}
	vault[app.SecretClientSecret] = cliotest.ClientSecret
	if _, err := c.User(t.Context()); err != nil {
		t.Errorf("with the new secret: %v", err)
	}
}

func textOf(t *testing.T, token *oauth2.Token) string {
	text, err := json.Marshal(token)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// secrets is a vault in memory.
type secrets map[string]string

func (s secrets) Get(_ context.Context, name string) (string, error) { return s[name], nil }
func (s secrets) Set(_ context.Context, name, value string) error    { s[name] = value; return nil }
func (s secrets) Delete(_ context.Context, name string) error        { delete(s, name); return nil }
func (s secrets) Where() string                                      { return "memory" }
