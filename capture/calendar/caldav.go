package calendar

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/capture/calendar/internal/dav"
)

const (
	pollAccount = 2 * time.Minute
	// listEvery is how often it is looked whether the account has new calendars.
	listEvery = time.Hour
	// expandEvery is how often events that go on beyond the horizon are read
	// again though nothing changed: their next instances come into it.
	expandEvery = trustValidators
	// retryUnread is how often a resource is tried that could not be read.
	retryUnread = time.Hour
	// requestTime bounds one request. A server may have to read every event
	// that it holds before it answers the first one, and Radicale with 5,000
	// takes more than a minute for that.
	requestTime = 5 * time.Minute
)

// CalDAV observes the calendars of an account on a CalDAV server (RFC 4791) as
// one source, and asks for what changed (RFC 6578). An event in several of them
// is one meeting; moved from one to another, it stays the same.
//
// The account's calendars are those that its home lists; one that the home
// lists no more and that is gone takes its meetings with it. Whose calendars
// they are is known from the configuration and the account, and never guessed.
type CalDAV struct {
	observer
	url  *url.URL
	http *http.Client
	// poll is the time between looks, retry that after a first error.
	poll, retry time.Duration

	listed, tried time.Time // when calendars were listed, and unread resources tried, last
}

// NewCalDAV makes a source of cfg.Where, an https address (http on this
// computer alone): of a server, of an account on it (its principal or its
// calendar home), or of one calendar.
func NewCalDAV(cfg capture.Config, now func() time.Time) (*CalDAV, error) {
	c := &CalDAV{poll: pollAccount, retry: firstRetry}
	c.configure(cfg, now)
	where := strings.TrimSpace(string(cfg.Where))
	if rest, ok := strings.CutPrefix(where, "caldavs://"); ok {
		where = "https://" + rest
	}
	u, err := calendarURL(where)
	if err != nil {
		return nil, err
	}
	if u.Scheme != "https" && !loopback(u.Hostname()) {
		return nil, &billing.Error{Kind: billing.Invalid, Msg: "the calendar account's address begins with http://, where others can read the password; use https://"}
	}
	u.Fragment, u.RawQuery = "", ""
	c.url = u
	c.http = newClient()
	c.http.Transport.(*http.Transport).ResponseHeaderTimeout = requestTime
	c.http.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return c, nil
}

// Once implements [capture.Source].
func (c *CalDAV) Once(ctx context.Context, at capture.Cursor, sink capture.Sink) error {
	_, err := c.once(ctx, at, sink)
	return err
}

// Run implements [capture.Source]. It gives up when the server refuses the
// password.
func (c *CalDAV) Run(ctx context.Context, at capture.Cursor, sink capture.Sink) error {
	var nothing *watch // a server is only ever polled
	retry := c.retry
	for {
		next, err := c.once(ctx, at, sink)
		at = next
		if ctx.Err() != nil {
			return nil
		}
		wait := c.poll
		if err != nil {
			if status := (*dav.StatusError)(nil); errors.As(err, &status) && status.Code == http.StatusUnauthorized {
				return err
			}
			wait, retry = backoff(err, retry, lastRetry)
			c.logRetry(ctx, err, wait)
		} else {
			retry = c.retry
		}
		if !nothing.wait(ctx, jittered(wait)) {
			return nil
		}
	}
}

// once looks once and returns the cursor to go on from, which also counts
// where it returns an error.
func (c *CalDAV) once(ctx context.Context, at capture.Cursor, sink capture.Sink) (capture.Cursor, error) {
	defer c.http.CloseIdleConnections()
	client, err := c.client(ctx)
	if err != nil {
		return at, err
	}
	l := &look{CalDAV: c, client: client, at: c.now(), cursor: readAccount(at), leaving: map[member]bool{}, merged: map[string]bool{}}
	defer func() { c.keepProblems(l.problems) }()
	if c.limited {
		return at, l.within(ctx, at, sink)
	}
	l.record = recording{id: c.cfg.ID, ctx: ctx, sink: sink, at: at, series: l.cursor.Series, encode: l.encode}
	err = l.look(ctx)
	switch {
	case l.record.err != nil:
		return l.record.at, l.record.err
	case ctx.Err() != nil:
		return l.record.at, ctx.Err()
	case l.dirty || len(l.record.after) > 0:
		l.record.flush() // after an error too: what was read need not be read again
		if l.record.err != nil {
			return l.record.at, l.record.err
		}
	case l.moved: // worth knowing, not worth a write
		return l.encode(l.record.series), err
	}
	return l.record.at, err
}

// client returns a client with the password, which is asked for once a look.
func (c *CalDAV) client(ctx context.Context) (*dav.Client, error) {
	client := &dav.Client{HTTP: c.http, Patience: requestTime, Limit: MaxSize}
	if c.cfg.User == "" || c.cfg.Password == nil {
		return client, nil
	}
	password, err := c.cfg.Password(ctx)
	if err != nil {
		return nil, fmt.Errorf("the calendar account's password: %w", err)
	}
	client.User, client.Password = string(c.cfg.User), password
	return client, nil
}

// explained tells the person what an error of a request means.
func explained(ctx context.Context, err error) error {
	var status *dav.StatusError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &status):
		out := refused(status.Code, status.RetryAfter)
		if e, ok := errors.AsType[*billing.Error](out); ok {
			e.Err = err
		}
		return out
	case errors.Is(err, dav.ErrElsewhere):
		return &billing.Error{Kind: billing.Invalid, Msg: "the calendar's server sends Tenths on to another server, which does not get the password; enter that server's address", Err: dav.ErrElsewhere}
	case errors.Is(err, dav.ErrMalformed), errors.Is(err, dav.ErrTooLarge):
		return &billing.Error{Kind: billing.Unreachable, Msg: "the calendar's server gives an answer that Tenths does not understand; Tenths will try again", Err: err}
	}
	if known, ok := errors.AsType[*billing.Error](err); ok {
		return known
	}
	return unreachable(ctx, err)
}

// passing reports whether err is about the account, the server or the line
// rather than about what was asked: asking otherwise would not help now.
func passing(ctx context.Context, err error) bool {
	if ctx.Err() != nil {
		return true
	}
	if errors.Is(err, dav.ErrMalformed) || errors.Is(err, dav.ErrTooLarge) {
		return false
	}
	var status *dav.StatusError
	if !errors.As(err, &status) {
		return true
	}
	switch status.Code {
	case http.StatusUnauthorized, http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		return true
	}
	return false
}
