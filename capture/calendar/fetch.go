package calendar

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
)

const (
	// fetchTime is the longest that one fetch may take.
	fetchTime = 90 * time.Second
	// trustValidators is how long "not modified" is believed: recurring events
	// come into the horizon although the calendar does not change.
	trustValidators = 24 * time.Hour
)

// calendarURL reads an address; webcal is another word for https.
func calendarURL(where string) (*url.URL, error) {
	u, err := url.Parse(where)
	if err != nil || u.Host == "" {
		return nil, &billing.Error{Kind: billing.Invalid, Msg: "the calendar's address cannot be read; copy it whole, beginning with https://"}
	}
	switch strings.ToLower(u.Scheme) {
	case "webcal", "webcals":
		u.Scheme = "https"
	case "http", "https":
	default:
		return nil, &billing.Error{Kind: billing.Invalid, Msg: "the calendar's address must begin with https:// or webcal://"}
	}
	if u.User != nil {
		return nil, &billing.Error{Kind: billing.Invalid, Msg: "the calendar's address must not hold a password; give the user name and password apart from it"}
	}
	return u, nil
}

func newClient() *http.Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.DisableCompression = true // some servers weaken their ETags when they compress
	transport.ResponseHeaderTimeout = 60 * time.Second
	return &http.Client{Transport: transport, CheckRedirect: func(req *http.Request, via []*http.Request) error {
		if len(via) >= 10 {
			return errors.New("too many redirects")
		}
		if req.URL.Scheme == "http" && via[0].URL.Scheme == "https" {
			return errors.New("redirected from https to http")
		}
		_, err := follow(via[0].URL, req.URL.String()) // nowhere else than is told of beforehand
		return err
	}}
}

// fetch gets the calendar from its address, or learns that it did not change.
func (s *Source) fetch(ctx context.Context, old cursor) (reading, error) {
	ctx, cancel := context.WithTimeout(ctx, fetchTime)
	defer cancel()
	req, err := s.request(ctx, old)
	if err != nil {
		return reading{}, err
	}
	res, err := s.client.Do(req)
	if err != nil {
		return reading{}, unreachable(ctx, err)
	}
	defer res.Body.Close()
	if res.StatusCode == http.StatusNotModified {
		return reading{unchanged: true}, nil
	}
	if res.StatusCode != http.StatusOK {
		return reading{}, refused(res.StatusCode, res.Header.Get("Retry-After"))
	}
	data, err := readAll(res.Body)
	if err != nil {
		var known *billing.Error
		if errors.As(err, &known) {
			return reading{}, err
		}
		return reading{}, unreachable(ctx, err)
	}
	got, err := understand(data)
	if err != nil {
		return reading{}, err
	}
	if got.etag, got.modified = res.Header.Get("ETag"), res.Header.Get("Last-Modified"); got.etag+got.modified != "" {
		got.read = s.now().Unix()
	}
	return got, nil
}

func (s *Source) request(ctx context.Context, old cursor) (*http.Request, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.url.String(), nil)
	if err != nil {
		return nil, &billing.Error{Kind: billing.Invalid, Msg: "the calendar's address cannot be used", Err: addressless(err)}
	}
	req.Header.Set("User-Agent", "Tenths")
	req.Header.Set("Accept", "text/calendar, */*;q=0.1")
	age := s.now().Sub(time.Unix(old.Read, 0))
	if !s.limited && age >= 0 && age < trustValidators {
		if old.ETag != "" {
			req.Header.Set("If-None-Match", old.ETag)
		}
		if old.Modified != "" {
			req.Header.Set("If-Modified-Since", old.Modified)
		}
	}
	if s.cfg.User == "" || s.cfg.Password == nil {
		return req, nil
	}
	if s.url.Scheme == "http" && !loopback(s.url.Hostname()) {
		return nil, &billing.Error{Kind: billing.Invalid, Msg: "the calendar asks for a password but its address begins with http://, where others can read it; use https://"}
	}
	password, err := s.cfg.Password(ctx)
	if err != nil {
		return nil, fmt.Errorf("the calendar's password: %w", err)
	}
	req.SetBasicAuth(string(s.cfg.User), password)
	return req, nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// laterError is a refusal that says when to come back.
type laterError struct {
	err   *billing.Error
	after time.Duration
}

// Error returns the text of the error itself.
func (e *laterError) Error() string { return e.err.Error() }

// Unwrap returns the error itself.
func (e *laterError) Unwrap() error { return e.err }

// refused tells the person what an answer other than a calendar means.
func refused(status int, retryAfter string) error {
	cause := fmt.Errorf("status %d", status)
	switch status {
	case http.StatusUnauthorized, http.StatusForbidden:
		return &billing.Error{Kind: billing.Unauthorized, Msg: "the calendar's server refuses the user name and password; enter them again", Err: cause}
	case http.StatusNotFound, http.StatusGone:
		if status == http.StatusGone {
			cause = errGone
		}
		return &billing.Error{Kind: billing.NotFound, Msg: "there is no calendar at its address any more; copy the address again", Err: cause}
	}
	err := &billing.Error{Kind: billing.Unreachable, Msg: "the calendar's server does not give the calendar now; Tenths will try again", Err: cause}
	if seconds, bad := strconv.Atoi(retryAfter); bad == nil && seconds > 0 {
		return &laterError{err, min(time.Duration(seconds)*time.Second, 24*time.Hour)}
	}
	return err
}

func unreachable(ctx context.Context, err error) error {
	if errors.Is(ctx.Err(), context.Canceled) {
		return ctx.Err()
	}
	return &billing.Error{Kind: billing.Unreachable, Msg: "the calendar's server does not answer; Tenths will try again", Err: addressless(err)}
}

// addressless returns err without the address in it, which may be a secret.
func addressless(err error) error {
	var u *url.Error
	if errors.As(err, &u) {
		return fmt.Errorf("%s: %w", strings.ToLower(u.Op), u.Err)
	}
	return err
}
