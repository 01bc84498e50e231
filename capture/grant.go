package capture

import (
	"bytes"
	"encoding/json"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
)

// Grant is a permission under OAuth 2.0 as it is kept for an account: an access
// token and, where it can be renewed, what that takes (RFC 6749 section 6).
type Grant struct {
	AccessToken  string    `json:"access_token,omitempty"`
	RefreshToken string    `json:"refresh_token,omitempty"`
	TokenURL     string    `json:"token_url,omitempty"` // https, or http on this machine
	ClientID     string    `json:"client_id,omitempty"`
	ClientSecret string    `json:"client_secret,omitempty"`
	Expires      time.Time `json:"expires,omitzero"` // of the access token; zero when unknown
}

// ParseGrant reads an account's secret: a grant in JSON or a bare access token.
// The error is for the person and says nothing of the secret.
func ParseGrant(secret string) (Grant, error) {
	text := strings.TrimSpace(secret)
	if !strings.HasPrefix(text, "{") {
		return Grant{AccessToken: secret}, nil
	}
	var g Grant
	if err := json.NewDecoder(strings.NewReader(text)).Decode(&g); err != nil {
		return Grant{}, badGrant("the permission is not JSON as it should be; give access_token, refresh_token, token_url, client_id, client_secret (if there is one) and expires (as 2026-03-02T09:00:00Z)")
	}
	switch {
	case g.AccessToken == "" && g.RefreshToken == "":
		return Grant{}, badGrant("the permission holds no access_token and no refresh_token")
	case g.RefreshToken != "" && (g.TokenURL == "" || g.ClientID == ""):
		return Grant{}, badGrant("to renew the permission with its refresh_token takes the token_url and the client_id too")
	case g.RefreshToken != "" && !safe(g.TokenURL):
		return Grant{}, badGrant("the permission's token_url is not an https address")
	}
	return g, nil
}

// badGrant leaves the cause out: it may quote the secret.
func badGrant(msg string) error { return &billing.Error{Kind: billing.Invalid, Msg: msg} }

// safe reports whether a secret may be sent to the address: under TLS, or
// without leaving this machine.
func safe(address string) bool {
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || u.User != nil || u.Fragment != "" {
		return false
	}
	ip := net.ParseIP(u.Hostname())
	return u.Scheme == "https" || u.Scheme == "http" && ip != nil && ip.IsLoopback()
}

// Secret returns g as it is kept.
func (g Grant) Secret() string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	_ = e.Encode(g) // strings and a time of a year that was read or is now
	return strings.TrimSpace(b.String())
}

// String implements [fmt.Stringer]: tokens are not printed.
func (Grant) String() string { return "[permission]" }

// GoString implements [fmt.GoStringer].
func (g Grant) GoString() string { return g.String() }
