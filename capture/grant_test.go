package capture_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
)

func TestParseGrant(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for secret, want := range map[string]capture.Grant{
		"ya29.bare":            {AccessToken: "ya29.bare"},
		" leading space":       {AccessToken: " leading space"},
		`{"access_token":"a"}`: {AccessToken: "a"},
		"{\n\"access_token\":\"a\", \"token_type\": \"Bearer\"}\n":                                                  {AccessToken: "a"},
		`{"refresh_token":"r","token_url":"https://id.example/token","client_id":"c"}`:                              {RefreshToken: "r", TokenURL: "https://id.example/token", ClientID: "c"},
		`{"refresh_token":"r","token_url":"http://127.0.0.1:9/t","client_id":"c","expires":"2026-03-02T09:00:00Z"}`: {RefreshToken: "r", TokenURL: "http://127.0.0.1:9/t", ClientID: "c", Expires: at},
	} {
		if got, err := capture.ParseGrant(secret); err != nil || got != want {
			t.Errorf("%s is read as %+v, %v", secret, got.Secret(), err)
		}
	}
	for _, secret := range []string{"{", "{}", `{"access_token":7}`, `{"refresh_token":"swordfish"}`,
		`{"refresh_token":"swordfish","token_url":"http://id.example/token","client_id":"c"}`,
		`{"refresh_token":"swordfish","token_url":"http://localhost.example/token","client_id":"c"}`,
		`{"refresh_token":"swordfish","token_url":"https://","client_id":"c"}`,
		`{"refresh_token":"swordfish","token_url":"ftp://id.example/","client_id":"c"}`,
		`{"refresh_token":"swordfish","token_url":"https://me:pw@id.example/","client_id":"c"}`,
		`{"refresh_token":"swordfish","token_url":"https://id.example/token"}`,
		`{"access_token":"swordfish","expires":"swordfish"}`} {
		_, err := capture.ParseGrant(secret)
		if billing.KindOf(err) != billing.Invalid || strings.Contains(fmt.Sprint(err), "swordfish") {
			t.Errorf("%s gives %v, want invalid without the secret", secret, err)
		}
	}
}

func TestGrantsAreNotPrinted(t *testing.T) {
	t.Parallel()
	g := capture.Grant{AccessToken: "swordfish", RefreshToken: "swordfish", ClientSecret: "swordfish"}
	for _, format := range []string{"%v", "%+v", "%#v", "%s", "%q"} {
		for _, v := range []any{g, &g, struct{ G capture.Grant }{g}} {
			if s := fmt.Sprintf(format, v); strings.Contains(s, "swordfish") {
				t.Errorf("%s prints %s", format, s)
			}
		}
	}
}

func FuzzParseGrant(f *testing.F) {
	f.Add("token")
	f.Add(`{"access_token":"a","refresh_token":"<r>","token_url":"https://x/","client_id":"c","client_secret":"s","expires":"2026-03-02T09:00:00+01:00"}`)
	f.Add(`{"access_token":"a"} {`)
	f.Fuzz(func(t *testing.T, secret string) {
		g, err := capture.ParseGrant(secret)
		if err != nil || !strings.HasPrefix(strings.TrimSpace(secret), "{") {
			return
		}
		again, err := capture.ParseGrant(g.Secret())
		if err != nil || !again.Expires.Equal(g.Expires) {
			t.Fatalf("kept and read again: %v", err)
		}
		again.Expires = g.Expires
		if again != g {
			t.Errorf("kept and read again it differs")
		}
	})
}
