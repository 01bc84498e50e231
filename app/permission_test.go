package app_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
)

// memory is a vault.
type memory struct {
	mu   sync.Mutex
	kept map[string]string
}

func (m *memory) Get(_ context.Context, name string) (string, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if v, ok := m.kept[name]; ok {
		return v, nil
	}
	return "", &billing.Error{Kind: billing.NotFound, Msg: "there is none"}
}

func (m *memory) Set(_ context.Context, name, value string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.kept[name] = value
	return nil
}

func (m *memory) Delete(_ context.Context, name string) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	delete(m.kept, name)
	return nil
}

func (m *memory) Where() string { return "memory" }

// named returns the values whose names end as given.
func (m *memory) named(suffix string) (values []string) {
	for name, value := range m.kept {
		if strings.HasSuffix(name, suffix) {
			values = append(values, value)
		}
	}
	return values
}

// renewing is a mail account that renews its permission whenever it is looked
// at, and spends the refresh token that it had.
type renewing struct {
	cfg  capture.Config
	at   *account
	fail error
}

type account struct {
	refresh string // good now
	n       int
}

func (r *renewing) Once(ctx context.Context, _ capture.Cursor, sink capture.Sink) error {
	secret, err := r.cfg.Password(ctx)
	if err != nil {
		return err
	}
	g, err := capture.ParseGrant(secret)
	if err != nil {
		return err
	}
	if g.RefreshToken != r.at.refresh {
		return errors.New("invalid_grant")
	}
	r.at.n++
	r.at.refresh = fmt.Sprint("refresh-", r.at.n)
	g.RefreshToken = r.at.refresh
	if err := r.cfg.Keep(ctx, g.Secret()); err != nil {
		return err
	}
	if again, err := r.cfg.Password(ctx); err != nil || again != g.Secret() {
		return errors.New("what was kept is not what is read")
	}
	if r.fail != nil {
		return r.fail
	}
	return sink.Record(ctx, nil, "1")
}

func (r *renewing) Run(ctx context.Context, c capture.Cursor, sink capture.Sink) error {
	return r.Once(ctx, c, sink)
}

// TestPermissionsAreNeverLost: the permission of a mail account is renewed while
// it is tried, again after that failed, and when it is observed. The refresh
// token that came last is always there.
func TestPermissionsAreNeverLost(t *testing.T) {
	vault := &memory{kept: map[string]string{}}
	at := &account{refresh: "refresh-0"}
	var fail error
	p, err := app.Open(t.Context(), app.Config{Dir: t.TempDir(), Zone: "UTC",
		Vault: func() (app.Vault, error) { return vault, nil },
		Sources: map[billing.SourceKind]app.NewSource{
			billing.SourceIMAP: func(cfg capture.Config, _ billing.Span) (capture.Source, error) { return &renewing{cfg, at, fail}, nil },
		}})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	sources := app.Sources{Practice: p}
	const where = "imaps+oauth://mail.hartlaw.com"
	pasted := `{"refresh_token":"refresh-0","token_url":"https://id.example:8443/token","client_id":"c"}`

	fail = errors.New("the folder is not there")
	for range 2 {
		if _, err := sources.Add(t.Context(), billing.SourceIMAP, where, "jo", pasted); !errors.Is(err, fail) {
			t.Fatalf("the source gives %v, want that it fails after the permission was renewed", err)
		}
	}
	fail = nil
	added, err := sources.Add(t.Context(), billing.SourceIMAP, where, "jo", pasted)
	if err != nil {
		t.Fatal(err)
	}
	id := added.ID
	if kept := vault.named(".source." + string(id)); len(kept) != 1 || !strings.Contains(kept[0], "refresh-3") || len(vault.kept) != 1 {
		t.Errorf("kept is %q of %d, want the last refresh token alone", kept, len(vault.kept))
	}
	if _, err := sources.Capture(t.Context(), true); err != nil {
		t.Fatal(err)
	}
	if kept := vault.named(".source." + string(id)); len(kept) != 1 || !strings.Contains(kept[0], "refresh-4") {
		t.Errorf("after an observation %q is kept", kept)
	}
	peers, err := p.Egress(t.Context())
	want := app.Peer{Host: "id.example", Port: "8443", Why: "renews the permission to read mail (OAuth)", From: string(id)}
	if err != nil || !slices.Contains(peers, want) {
		t.Errorf("the hosts are %+v, %v, want %+v among them", peers, err, want)
	}
	for _, bad := range []string{"{", `{"refresh_token":"refresh-4","token_url":"http://id.example/","client_id":"c"}`} {
		if _, err := sources.Add(t.Context(), billing.SourceIMAP, where+":1", "jo", bad); billing.KindOf(err) != billing.Invalid || strings.Contains(err.Error(), "refresh-4") {
			t.Errorf("%s gives %v, want invalid", bad, err)
		}
	}
	if err := sources.Remove(t.Context(), id); err != nil || len(vault.kept) != 0 {
		t.Errorf("removed, %d secrets are left: %v", len(vault.kept), err)
	}
}
