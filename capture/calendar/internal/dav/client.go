// Package dav speaks as much of WebDAV (RFC 4918), its collection
// synchronization (RFC 6578) and CalDAV (RFC 4791) as reading calendars takes.
// It only ever asks: there is no method in it that changes a server.
//
// It must not know iCalendar, observations or cursors, nor which of a server's
// answers is a disappointment to whom.
package dav

import (
	"bytes"
	"context"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Client asks servers. Its fields are for before the first use.
type Client struct {
	// HTTP sends the requests. It must not follow redirects by itself, because
	// that turns a PROPFIND into a GET.
	HTTP *http.Client
	// User and Password go along with every request; no User, neither.
	User, Password string
	// Patience bounds one request, the answer's last byte included.
	Patience time.Duration
	// Limit is the size of the largest answer that is read, in bytes.
	Limit int64
}

// StatusError is an answer with another status than was hoped for.
type StatusError struct {
	Code       int
	RetryAfter string // the header, as it is
}

// Error names the status.
func (e *StatusError) Error() string { return fmt.Sprintf("status %d", e.Code) }

// ErrElsewhere is a redirect to another host or to plain http, where the
// password is not taken.
var ErrElsewhere = errors.New("redirected to another host")

// Property is a property to ask for.
type Property struct{ Space, Name string }

const (
	spaceDAV    = "DAV:"
	spaceCalDAV = "urn:ietf:params:xml:ns:caldav"
	spaceCS     = "http://calendarserver.org/ns/"
)

// The properties that [Response] has a place for.
var (
	ETag       = Property{spaceDAV, "getetag"}
	Type       = Property{spaceDAV, "resourcetype"}
	SyncToken  = Property{spaceDAV, "sync-token"}
	CTag       = Property{spaceCS, "getctag"}
	Components = Property{spaceCalDAV, "supported-calendar-component-set"}
	Principal  = Property{spaceDAV, "current-user-principal"}
	Homes      = Property{spaceCalDAV, "calendar-home-set"}
	Addresses  = Property{spaceCalDAV, "calendar-user-address-set"}
	data       = Property{spaceCalDAV, "calendar-data"}
)

// Propfind asks for properties of u (depth 0) or of u and what is in it (depth
// 1). It returns the address that answered, which redirects may have changed.
// That u is not there is a [StatusError], also where the server says so inside
// a multistatus.
func (c *Client) Propfind(ctx context.Context, u *url.URL, depth string, props ...Property) (*Answer, *url.URL, error) {
	body := "<d:propfind" + spaces + ">" + list(props) + "</d:propfind>"
	a, at, err := c.ask(ctx, "PROPFIND", u, depth, body)
	if err == nil && len(a.Responses) == 1 && a.Responses[0].Gone() {
		return nil, nil, &StatusError{Code: a.Responses[0].Status}
	}
	return a, at, err
}

// Sync asks what changed in the collection u since token; since ever where it
// is "" (RFC 6578 section 3.2).
func (c *Client) Sync(ctx context.Context, u *url.URL, token string) (*Answer, error) {
	body := "<d:sync-collection" + spaces + "><d:sync-token>" + escape(token) + "</d:sync-token><d:sync-level>1</d:sync-level>" +
		list([]Property{ETag}) + "</d:sync-collection>"
	a, _, err := c.ask(ctx, "REPORT", u, "", body)
	return a, err
}

// Multiget asks for the named resources of the collection u with their
// contents (RFC 4791 section 7.9).
func (c *Client) Multiget(ctx context.Context, u *url.URL, hrefs []string) (*Answer, error) {
	var b strings.Builder
	b.WriteString("<c:calendar-multiget" + spaces + ">" + list([]Property{ETag, data}))
	for _, href := range hrefs {
		b.WriteString("<d:href>" + escape(href) + "</d:href>")
	}
	b.WriteString("</c:calendar-multiget>")
	a, _, err := c.ask(ctx, "REPORT", u, "1", b.String())
	return a, err
}

// Get returns the resource u and its ETag.
func (c *Client) Get(ctx context.Context, u *url.URL) (content []byte, etag string, err error) {
	ctx, cancel := context.WithTimeout(ctx, c.Patience)
	defer cancel()
	res, _, err := c.send(ctx, http.MethodGet, u, "", "")
	if err != nil {
		return nil, "", err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return nil, "", statusError(res)
	}
	content, err = io.ReadAll(io.LimitReader(res.Body, c.Limit+1))
	if err == nil && int64(len(content)) > c.Limit {
		err = ErrTooLarge
	}
	return content, res.Header.Get("ETag"), err
}

const (
	spaces      = ` xmlns:d="` + spaceDAV + `" xmlns:c="` + spaceCalDAV + `" xmlns:s="` + spaceCS + `"`
	declaration = `<?xml version="1.0" encoding="utf-8"?>`
)

func list(props []Property) string {
	var b strings.Builder
	b.WriteString("<d:prop>")
	for _, p := range props {
		b.WriteString("<" + map[string]string{spaceDAV: "d", spaceCalDAV: "c", spaceCS: "s"}[p.Space] + ":" + p.Name + "/>")
	}
	b.WriteString("</d:prop>")
	return b.String()
}

func escape(s string) string {
	var b bytes.Buffer
	_ = xml.EscapeText(&b, []byte(s)) // a Buffer takes all
	return b.String()
}

// ask sends a request whose answer is a multistatus.
func (c *Client) ask(ctx context.Context, method string, u *url.URL, depth, body string) (*Answer, *url.URL, error) {
	ctx, cancel := context.WithTimeout(ctx, c.Patience)
	defer cancel()
	res, from, err := c.send(ctx, method, u, depth, declaration+body)
	if err != nil {
		return nil, nil, err
	}
	defer res.Body.Close()
	switch res.StatusCode {
	case http.StatusMultiStatus:
		a, err := Parse(res.Body, c.Limit)
		return a, from, err
	case http.StatusOK, http.StatusNoContent: // an ordinary page: no WebDAV here
		return nil, nil, ErrMalformed
	}
	return nil, nil, statusError(res)
}

func statusError(res *http.Response) error {
	return &StatusError{Code: res.StatusCode, RetryAfter: res.Header.Get("Retry-After")}
}

const maxRedirects = 5

// send sends a request and follows redirects, with the same method, as long as
// they stay on the host.
func (c *Client) send(ctx context.Context, method string, u *url.URL, depth, body string) (*http.Response, *url.URL, error) {
	for range maxRedirects {
		req, err := http.NewRequestWithContext(ctx, method, u.String(), strings.NewReader(body))
		if err != nil {
			return nil, nil, err
		}
		req.Header.Set("User-Agent", "Tenths")
		if body != "" {
			req.Header.Set("Content-Type", "application/xml; charset=utf-8")
		}
		if depth != "" {
			req.Header.Set("Depth", depth)
		}
		if c.User != "" {
			req.SetBasicAuth(c.User, c.Password)
		}
		res, err := c.HTTP.Do(req)
		if err != nil {
			return nil, nil, err
		}
		switch res.StatusCode {
		case http.StatusMovedPermanently, http.StatusFound, http.StatusTemporaryRedirect, http.StatusPermanentRedirect:
		default:
			return res, u, nil
		}
		res.Body.Close()
		next, err := u.Parse(res.Header.Get("Location"))
		if err != nil || !stays(u, next) {
			return nil, nil, ErrElsewhere
		}
		u = next
	}
	return nil, nil, errors.New("too many redirects")
}

// stays reports whether to is on from's host, and no less protected.
func stays(from, to *url.URL) bool {
	if to.User != nil {
		return false
	}
	if from.Scheme == "http" && to.Scheme == "https" {
		return strings.EqualFold(from.Hostname(), to.Hostname())
	}
	return from.Scheme == to.Scheme && strings.EqualFold(from.Host, to.Host)
}
