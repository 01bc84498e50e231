package cliotest

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// The application that the stand-in knows.
const (
	ClientID     = "cliosim-client"
	ClientSecret = "cliosim-secret"
)

// grant is a code that waits to be exchanged.
type grant struct {
	redirect  string
	challenge string
	ends      time.Time
}

// authorize plays both Clio's page and the person, who agrees at once, or
// declines.
func (s *Sim) authorize(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	back, err := url.Parse(q.Get("redirect_uri"))
	if err != nil || q.Get("client_id") != ClientID || q.Get("response_type") != "code" || back.Host == "" {
		http.Error(w, "this application is not known", http.StatusBadRequest)
		return
	}
	out := url.Values{"state": {q.Get("state")}}
	if s.opts.Decline {
		out.Set("error", "access_denied")
	} else {
		code := rand.Text()
		out.Set("code", code)
		s.mu.Lock()
		s.codes[code] = grant{q.Get("redirect_uri"), q.Get("code_challenge"), s.opts.Now().Add(10 * time.Minute)}
		s.mu.Unlock()
	}
	back.RawQuery = out.Encode()
	http.Redirect(w, r, back.String(), http.StatusFound)
}

// token exchanges a code, once, or renews an access token with a refresh token,
// which is neither replaced nor repeated in the answer.
func (s *Sim) token(w http.ResponseWriter, r *http.Request) {
	refuse := func(status int, code string) { answer(w, status, record{"error": code}) }
	if err := r.ParseForm(); err != nil {
		refuse(http.StatusBadRequest, "invalid_request")
		return
	}
	f := r.PostForm
	if f.Get("client_id") != ClientID || f.Get("client_secret") != ClientSecret {
		refuse(http.StatusUnauthorized, "invalid_client")
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	out := record{"token_type": "bearer", "expires_in": int64(s.opts.TokenLife / time.Second)}
	switch f.Get("grant_type") {
	case "authorization_code":
		g, ok := s.codes[f.Get("code")]
		delete(s.codes, f.Get("code"))
		if !ok || s.opts.Now().After(g.ends) || g.redirect != f.Get("redirect_uri") || !g.proves(f.Get("code_verifier")) {
			refuse(http.StatusBadRequest, "invalid_grant")
			return
		}
		refresh := rand.Text()
		s.refresh[refresh] = true
		out["refresh_token"] = refresh
	case "refresh_token":
		if !s.refresh[f.Get("refresh_token")] {
			refuse(http.StatusBadRequest, "invalid_grant")
			return
		}
	default:
		refuse(http.StatusBadRequest, "unsupported_grant_type")
		return
	}
	access := rand.Text()
	s.tokens[access] = s.opts.Now().Add(s.opts.TokenLife)
	out["access_token"] = access
	answer(w, http.StatusOK, out)
}

// proves reports whether verifier is what the challenge was made from (RFC 7636).
func (g grant) proves(verifier string) bool {
	sum := sha256.Sum256([]byte(verifier))
	return g.challenge == "" || g.challenge == base64.RawURLEncoding.EncodeToString(sum[:])
}

func (s *Sim) deauthorize(w http.ResponseWriter, r *http.Request) {
	token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.tokens[token]; !ok || r.PostFormValue("token") != token {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	delete(s.tokens, token)
	clear(s.refresh)
}

// ExpireTokens makes every access token but [Token] end now; refresh tokens go on.
func (s *Sim) ExpireTokens() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.tokens)
}

// Revoke makes every access and refresh token but [Token] worthless.
func (s *Sim) Revoke() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.tokens)
	clear(s.refresh)
}
