package mail

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-sasl"

	"github.com/tenths/tenths/billing"
)

// The mechanisms by which an access token is shown to a server.
const (
	oauthBearer = "OAUTHBEARER" // RFC 7628
	xoauth2     = "XOAUTH2"     // Google's, older and more common
)

// bearer shows an OAuth 2.0 access token in place of a password.
type bearer struct {
	mechanism   string
	user, token string
	host, port  string
}

var _ sasl.Client = bearer{}

// Start implements [sasl.Client].
func (b bearer) Start() (mechanism string, first []byte, err error) {
	if b.mechanism == xoauth2 {
		return xoauth2, []byte("user=" + b.user + "\x01auth=Bearer " + b.token + "\x01\x01"), nil
	}
	name := strings.NewReplacer("=", "=3D", ",", "=2C").Replace(b.user) // RFC 5801 section 4
	return oauthBearer, []byte("n,a=" + name + ",\x01host=" + b.host + "\x01port=" + b.port + "\x01auth=Bearer " + b.token + "\x01\x01"), nil
}

// Next implements [sasl.Client]. A server that accepts the token asks nothing
// more: a challenge is its reason for refusing (RFC 7628 section 3.2.2). The
// error leaves the exchange open, so the connection must be closed.
func (b bearer) Next(challenge []byte) ([]byte, error) {
	var said struct {
		Status json.RawMessage `json:"status"` // "invalid_token", "401" or 401
	}
	_ = json.Unmarshal(challenge, &said) // refused all the same
	return nil, &refusal{strings.Trim(string(said.Status), `"`)}
}

// refusal is a server's answer to a token that it does not take.
type refusal struct{ status string }

// Error names the status only when it is one that is known: the server could
// write anything there.
func (r *refusal) Error() string {
	switch r.status {
	case "400", "401", "403", "invalid_request", "invalid_token", "insufficient_scope":
		return "the token was refused with " + r.status
	}
	return "the token was refused"
}

// passing reports whether the refusal is about the server and not the token.
func (r *refusal) passing() bool {
	return strings.HasPrefix(r.status, "5") || r.status == "server_error" || r.status == "temporarily_unavailable"
}

// loginToken logs in with an access token, by the better of the mechanisms that
// the server has.
func (s *session) loginToken(at server, user, token string) error {
	b := bearer{user: user, token: token, host: at.host, port: at.port}
	refused := false
	err := s.within(s.timeout, func() error {
		switch caps := s.client.Caps(); {
		case caps.Has(imap.AuthCap(oauthBearer)):
			b.mechanism = oauthBearer
		case caps.Has(imap.AuthCap(xoauth2)):
			b.mechanism = xoauth2
		default:
			if len(caps) > 0 {
				return errNoOAuth
			}
			return fmt.Errorf("%w: no capabilities", errSilent)
		}
		err := s.client.Authenticate(b)
		if e, answered := errors.AsType[*imap.Error](err); answered {
			refused = e.Type != imap.StatusResponseTypeBye && !passing(e)
		}
		return err
	})
	if r, ok := errors.AsType[*refusal](err); ok {
		if r.passing() {
			return unreachable(r)
		}
		return tokenRefused("", r)
	}
	switch {
	case err == nil:
		return nil
	case errors.Is(err, errNoOAuth):
		return &billing.Error{Kind: billing.Invalid,
			Msg: "this mail server takes no sign-in through the provider, only a password; add the account again with its password", Err: err}
	case refused:
		return tokenRefused(s.says(err), wire(err))
	}
	return s.broken(err)
}

var errNoOAuth = errors.New("neither OAUTHBEARER nor XOAUTH2 is offered")

func tokenRefused(words string, err error) error {
	return &billing.Error{Kind: billing.Unauthorized,
		Msg: "the mail server no longer accepts the sign-in for this account" + andSays(words) +
			"; sign in again with the mail provider, and allow access to mail over IMAP", Err: &staleToken{err}}
}

// staleToken is the cause where another token may do.
type staleToken struct{ err error }

func (e *staleToken) Error() string { return e.err.Error() }
func (e *staleToken) Unwrap() error { return e.err }
