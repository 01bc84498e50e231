package clio

import (
	"context"
	"crypto/subtle"
	_ "embed"
	"errors"
	"fmt"
	"html/template"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"golang.org/x/oauth2"

	"github.com/tenths/tenths/billing"
)

// OAuthConfig is what connecting to Clio needs. ClientID and ClientSecret come
// from the application that the firm registered in its region's developer
// portal, with the redirect address that [OAuthConfig.Redirect] returns.
type OAuthConfig struct {
	URL          string // as in [Config.URL]
	ClientID     string
	ClientSecret string
	// Secret, where it is not nil, is asked for the secret when one is needed to
	// renew tokens: another process may have been given another one.
	Secret func(ctx context.Context) (string, error)
	// Port is the port of this machine on which the browser hands over the
	// answer; [DefaultPort] when 0. Clio wants it registered exactly.
	Port int
	// Patience is how long the person has in the browser; 5 min. Clio's code
	// itself is good for 10.
	Patience time.Duration
	HTTP     *http.Client // one with a deadline
}

// DefaultPort is where the browser hands over Clio's answer unless another port
// is configured.
const DefaultPort = 47613

const callbackPath = "/callback"

// Redirect returns the address to register in Clio's developer portal.
func (c OAuthConfig) Redirect() string {
	port := c.Port
	if port == 0 {
		port = DefaultPort
	}
	return "http://" + net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) + callbackPath
}

// oauth2 returns c as the oauth2 package wants it. Clio's sign-in is on the
// same host as its API.
func (c OAuthConfig) oauth2() (*oauth2.Config, error) {
	u, err := ParseURL(c.URL)
	if err != nil {
		return nil, err
	}
	if c.ClientID == "" || c.ClientSecret == "" {
		return nil, &billing.Error{Kind: billing.Invalid,
			Msg: "Connecting to Clio needs the key and the secret of an application registered in your Clio region's developer portal, with the redirect address " + c.Redirect() + "."}
	}
	host := u.Scheme + "://" + u.Host
	return &oauth2.Config{
		ClientID: c.ClientID, ClientSecret: c.ClientSecret, RedirectURL: c.Redirect(),
		Endpoint: oauth2.Endpoint{AuthURL: host + "/oauth/authorize", TokenURL: host + "/oauth/token", AuthStyle: oauth2.AuthStyleInParams},
	}, nil
}

// client returns ctx with the HTTP client that the oauth2 package is to use.
func (c OAuthConfig) client(ctx context.Context) context.Context {
	h := c.HTTP
	if h == nil {
		h = &http.Client{Timeout: 20 * time.Second}
	}
	return context.WithValue(ctx, oauth2.HTTPClient, h)
}

// Authorize lets the person allow Tenths into their Clio: it opens Clio's page
// in the browser with open, waits on a loopback address for the answer, and
// exchanges it for tokens (RFC 6749 section 4.1 and RFC 8252 section 7.3). The
// PKCE challenge (RFC 7636) is an extra that Clio's documentation does not
// mention and that servers ignore when they do not know it.
func Authorize(ctx context.Context, cfg OAuthConfig, open func(url string) error) (*oauth2.Token, error) {
	conf, err := cfg.oauth2()
	if err != nil {
		return nil, err
	}
	patience := cfg.Patience
	if patience <= 0 {
		patience = 5 * time.Minute
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	redirect, err := url.Parse(conf.RedirectURL)
	if err != nil {
		return nil, err
	}
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", redirect.Host)
	if err != nil {
		return nil, &billing.Error{Kind: billing.Conflict, Err: err, Msg: "Another program uses port " + redirect.Port() +
			" of this computer, where the browser should hand over Clio's answer. Close it, or choose another port here and in Clio's developer portal."}
	}
	state, verifier := oauth2.GenerateVerifier(), oauth2.GenerateVerifier()
	answer := make(chan callback, 1)
	server := &http.Server{Handler: receive(state, answer), ReadHeaderTimeout: 5 * time.Second}
	served := make(chan struct{})
	go func() {
		defer close(served)
		_ = server.Serve(listener) // ends with ErrServerClosed
	}()
	defer func() {
		// Let the browser have its page before the door closes.
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second)
		defer cancel()
		if server.Shutdown(grace) != nil {
			server.Close()
		}
		<-served
	}()
	page := conf.AuthCodeURL(state, oauth2.S256ChallengeOption(verifier), oauth2.SetAuthURLParam("redirect_on_decline", "true"))
	if err := open(page); err != nil {
		return nil, &billing.Error{Kind: billing.Unreachable, Msg: "No browser could be opened for signing in to Clio.", Err: err}
	}
	select {
	case <-ctx.Done():
		return nil, &billing.Error{Kind: billing.Unauthorized, Err: ctx.Err(),
			Msg: "Nobody allowed Tenths into Clio in time. Nothing has changed; connect again when you are ready."}
	case got := <-answer:
		if got.err != nil {
			return nil, got.err
		}
		token, err := conf.Exchange(cfg.client(ctx), got.code, oauth2.VerifierOption(verifier))
		if err != nil {
			return nil, exchangeFailed(err)
		}
		return token, nil
	}
}

// callback is what the browser brought back.
type callback struct {
	code string
	err  *billing.Error
}

// receive answers the browser and passes the first answer on. An answer with
// the wrong state comes from another sign-in or from a page that means harm, so
// its code is not used.
func receive(state string, answer chan<- callback) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+callbackPath, func(w http.ResponseWriter, r *http.Request) {
		q := r.URL.Query()
		var got callback
		status := http.StatusOK
		switch {
		case subtle.ConstantTimeCompare([]byte(q.Get("state")), []byte(state)) != 1:
			got.err = &billing.Error{Kind: billing.Unauthorized, Msg: "What the browser brought back does not belong to this sign-in. Connect to Clio again."}
			status = http.StatusBadRequest
		case q.Get("error") == "access_denied":
			got.err = &billing.Error{Kind: billing.Unauthorized, Msg: "Access to Clio was declined. Nothing has changed; connect again if that was a mistake."}
		case q.Get("code") == "":
			got.err = &billing.Error{Kind: billing.Unauthorized, Msg: "Clio did not allow the sign-in. Check the application's key and redirect address in Clio's developer portal, then connect again."}
			status = http.StatusBadRequest
		default:
			got.code = q.Get("code")
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
		w.Header().Set("Referrer-Policy", "no-referrer")
		w.Header().Set("Cache-Control", "no-store")
		w.WriteHeader(status)
		words := struct{ Title, Text string }{"You can close this page", "Tenths has Clio's answer. The rest happens in its window."}
		if got.err != nil {
			words = struct{ Title, Text string }{"Not connected", got.err.Msg}
		}
		_ = callbackPage.Execute(w, words) // nobody is left to tell when the browser is gone
		select {
		case answer <- got:
		default: // an answer has been passed on already
		}
	})
	return mux
}

//go:embed callback.html
var callbackHTML string

var callbackPage = template.Must(template.New("callback").Parse(callbackHTML))

// exchangeFailed says what a refused or failed request for tokens means. The
// answer's body may hold secrets and is dropped.
func exchangeFailed(err error) error {
	refused, ok := errors.AsType[*oauth2.RetrieveError](err)
	if !ok {
		return &billing.Error{Kind: billing.Unreachable, Msg: "Clio cannot be reached for signing in. Try again in a while.", Err: withoutContent(err)}
	}
	status := 0
	if refused.Response != nil {
		status = refused.Response.StatusCode
	}
	cause := fmt.Errorf("clio's token endpoint answered %d %q", status, refused.ErrorCode)
	if status == http.StatusTooManyRequests || status >= 500 {
		return &billing.Error{Kind: billing.Unreachable, Msg: "Clio cannot be reached for signing in. Try again in a while.", Err: cause}
	}
	if refused.ErrorCode == "invalid_client" {
		return &billing.Error{Kind: billing.Unauthorized, Err: cause,
			Msg: "Clio does not accept the application's key and secret. Check them, and your region, in Clio's developer portal."}
	}
	return &billing.Error{Kind: billing.Unauthorized, Msg: "Clio no longer accepts Tenths's access. Connect to Clio again; nothing is lost.", Err: cause}
}

// Deauthorize gives the access token back, so that Clio forgets the connection.
func Deauthorize(ctx context.Context, cfg OAuthConfig, token *oauth2.Token) error {
	u, err := ParseURL(cfg.URL)
	if err != nil {
		return err
	}
	form := url.Values{"token": {token.AccessToken}}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, u.Scheme+"://"+u.Host+"/oauth/deauthorize", strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Authorization", "Bearer "+token.AccessToken)
	res, err := cfg.client(ctx).Value(oauth2.HTTPClient).(*http.Client).Do(req)
	if err != nil {
		return &billing.Error{Kind: billing.Unreachable, Err: withoutContent(err),
			Msg: "Clio could not be told. You can remove Tenths in Clio's settings, under developer applications."}
	}
	defer res.Body.Close()
	// 401: the token was dead already, which is what was wanted.
	if res.StatusCode/100 == 2 || res.StatusCode == http.StatusUnauthorized {
		return nil
	}
	return &billing.Error{Kind: billing.Unreachable, Err: fmt.Errorf("clio answered %d", res.StatusCode),
		Msg: "Clio could not be told. You can remove Tenths in Clio's settings, under developer applications."}
}
