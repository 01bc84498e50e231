package clio

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/tenths/tenths/billing"
)

// Config is what a [Client] is made from. URL and Token are needed.
type Config struct {
	// URL says where Clio is; see [ParseURL].
	URL string
	// Token returns an access token to use now. When Clio has refused one, it is
	// passed as refused, and another must be returned, or an error of kind
	// Unauthorized. See [StaticToken] and [Session].
	Token func(ctx context.Context, refused string) (string, error)
	// PerMinute is how many requests Clio allows a minute until its answers say
	// otherwise; 50.
	PerMinute int
	// Timeout bounds one request; 10 s.
	Timeout time.Duration
	Now     func() time.Time  // time.Now
	HTTP    http.RoundTripper // a transport of its own
}

// Client is a connector to one account in Clio Manage. It is safe for
// concurrent use.
type Client struct {
	cfg    Config
	http   *http.Client
	limits limits
	skew   atomic.Int64 // Clio's clock minus ours, in nanoseconds

	mu    sync.Mutex // guards what is learnt from Clio
	base  *url.URL   // where the API answers; nil until it has
	start *url.URL   // where to look for it
	me    User
	codes map[string]int64 // UTBMS ids by kind and code; nil until asked for
}

// apiVersion is the minor version of the API that this package speaks: since
// 4.0.4 quantities are seconds, and 4.0.9 is what the published file describes.
const apiVersion = "4.0.9"

// maxAnswer bounds one answer, in bytes; a page of 200 matters is far smaller.
const maxAnswer = 16 << 20

// New returns a client. It does not reach out before it is used.
func New(cfg Config) (*Client, error) {
	u, err := ParseURL(cfg.URL)
	if err != nil {
		return nil, err
	}
	if cfg.PerMinute <= 0 {
		cfg.PerMinute = 50
	}
	if cfg.Timeout <= 0 {
		cfg.Timeout = 10 * time.Second
	}
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.HTTP == nil {
		t := http.DefaultTransport.(*http.Transport).Clone()
		// Reusing a connection that the other side has just closed would make
		// the outcome of a post unknown for nothing.
		t.IdleConnTimeout = 5 * time.Second
		cfg.HTTP = t
	}
	c := &Client{cfg: cfg, start: u, http: &http.Client{
		Transport: cfg.HTTP,
		// A redirect would repeat a post elsewhere, or carry the token there.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
	c.limits.init(cfg.PerMinute)
	return c, nil
}

// Name returns "clio".
func (c *Client) Name() string { return "clio" }

// Close drops idle connections.
func (c *Client) Close() { c.http.CloseIdleConnections() }

// call is one request to Clio.
type call struct {
	method string
	base   *url.URL
	path   string // "/activities.json"
	query  url.Values
	body   any
}

// do sends one request, once more with another token if Clio refuses the first
// (a refused request was not carried out), and decodes the answer into out. Its
// errors are [*billing.OutcomeError]s.
func (c *Client) do(ctx context.Context, r call, out any) error {
	refused := ""
	for {
		token, err := c.cfg.Token(ctx, refused)
		if err != nil {
			return tokenFailed(err)
		}
		status, err := c.once(ctx, r, token, out)
		if status != http.StatusUnauthorized || refused != "" {
			return err
		}
		refused = token
	}
}

// once sends one request with one token. It never repeats it; net/http cannot
// either, since a body without GetBody cannot be replayed.
func (c *Client) once(ctx context.Context, r call, token string, out any) (status int, err error) {
	ctx, cancel := context.WithTimeout(ctx, c.cfg.Timeout)
	defer cancel()
	var left atomic.Bool // the request may have begun to leave
	ctx = httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		GotConn: func(httptrace.GotConnInfo) { left.Store(true) },
	})
	req, err := r.request(ctx, token)
	if err != nil {
		return 0, &billing.OutcomeError{Outcome: billing.Permanent, Err: &billing.Error{Kind: billing.Internal,
			Msg: "Tenths could not put the request to Clio together.", Err: err}}
	}
	res, err := c.http.Do(req)
	if err != nil {
		return 0, unreachable(left.Load(), err)
	}
	defer res.Body.Close()
	c.learn(res)
	if res.StatusCode < 200 || res.StatusCode > 299 {
		return res.StatusCode, refusal(res, c.limits.resume(res, c.cfg.Now()))
	}
	body, err := io.ReadAll(io.LimitReader(res.Body, maxAnswer+1))
	if err == nil && len(body) > maxAnswer {
		err = errors.New("the answer is too long")
	}
	if err == nil {
		err = json.Unmarshal(body, out)
	}
	if err != nil {
		// Carried out, but what Clio said about it is lost.
		return res.StatusCode, &billing.OutcomeError{Outcome: billing.Unknown, Err: &billing.Error{Kind: billing.Unreachable,
			Msg: "Clio's answer could not be read.", Err: withoutContent(err)}}
	}
	return res.StatusCode, nil
}

func (r call) request(ctx context.Context, token string) (*http.Request, error) {
	u := *r.base
	u.Path += r.path
	u.RawQuery = r.query.Encode()
	var body io.Reader
	length := int64(0)
	if r.body != nil {
		text, err := json.Marshal(r.body)
		if err != nil {
			return nil, err
		}
		// Hiding the reader's type keeps GetBody nil.
		body, length = struct{ io.Reader }{strings.NewReader(string(text))}, int64(len(text))
	}
	req, err := http.NewRequestWithContext(ctx, r.method, u.String(), body)
	if err != nil {
		return nil, err
	}
	if body != nil {
		req.ContentLength = length
		req.Header.Set("Content-Type", "application/json")
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("Accept", "application/json")
	req.Header.Set("X-API-VERSION", apiVersion)
	req.Header.Set("User-Agent", "Tenths")
	return req, nil
}

// learn notes what every answer says besides its content: the limits, and what
// time it is over there.
func (c *Client) learn(res *http.Response) {
	now := c.cfg.Now()
	c.limits.learn(res, now)
	if there, err := http.ParseTime(res.Header.Get("Date")); err == nil {
		c.skew.Store(int64(there.Sub(now)))
	}
}

// list reads every page of a list, in the order of ids, and calls each with the
// raw items of a page. Only the page token is taken from Clio's link to the
// next page, so that the access token cannot be led to another host.
func list[T any](ctx context.Context, c *Client, r call, each func([]T)) error {
	r.query.Set("limit", strconv.Itoa(pageSize))
	r.query.Set("order", "id(asc)")
	seen := map[string]bool{}
	for {
		if err := c.limits.wait(ctx, c.cfg.Now); err != nil {
			return err
		}
		var page struct {
			Data []T `json:"data"`
			Meta struct {
				Paging struct {
					Next string `json:"next"`
				} `json:"paging"`
			} `json:"meta"`
		}
		if err := c.do(ctx, r, &page); err != nil {
			return err
		}
		if page.Data == nil {
			return malformed("a list without data")
		}
		each(page.Data)
		if page.Meta.Paging.Next == "" {
			return nil
		}
		next, err := url.Parse(page.Meta.Paging.Next)
		if err != nil || next.Query().Get("page_token") == "" {
			return malformed("a next page without a token")
		}
		token := next.Query().Get("page_token")
		if seen[token] {
			return malformed("pages that go round in a circle")
		}
		seen[token] = true
		r.query.Set("page_token", token)
	}
}

// pageSize is the most that Clio returns at once.
const pageSize = 200

func malformed(what string) error {
	return &billing.OutcomeError{Outcome: billing.Unknown, Err: &billing.Error{Kind: billing.Unreachable,
		Msg: "Clio's answer was not what its documentation promises. If it happens again, please report it.",
		Err: fmt.Errorf("clio: %s", what)}}
}
