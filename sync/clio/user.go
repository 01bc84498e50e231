package clio

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/tenths/tenths/billing"
)

// User is the person whose access the client uses, and in whose name it posts.
type User struct {
	ID   int64              `json:"id"`
	Name billing.Privileged `json:"name"`
}

// WhoAmI asks Clio whose access this is. The first answer also settles where
// the API is: at the configured address, or at that with "/api/v4" added.
func (c *Client) WhoAmI(ctx context.Context) (User, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	places := []*url.URL{c.base}
	if c.base == nil {
		places[0] = c.start
		if c.start.Path == "" {
			places = append(places, c.start.JoinPath(apiPath))
		}
	}
	var err error
	for _, place := range places {
		var user User
		if user, err = c.whoAmI(ctx, place); err == nil {
			c.base, c.me = place, user
			return user, nil
		}
		if k := billing.KindOf(err); k != billing.NotFound && k != billing.Invalid && !errors.Is(err, errNotClio) {
			return User{}, err
		}
	}
	return User{}, &billing.OutcomeError{Outcome: billing.Permanent, Err: &billing.Error{Kind: billing.NotFound,
		Msg: "There is no Clio at that address. Check the region or the address.", Err: err}}
}

var errNotClio = errors.New("the answer is not Clio's")

func (c *Client) whoAmI(ctx context.Context, place *url.URL) (User, error) {
	if err := c.limits.wait(ctx, c.cfg.Now); err != nil {
		return User{}, err
	}
	var answer struct {
		Data User `json:"data"`
	}
	err := c.do(ctx, call{method: http.MethodGet, base: place, path: "/users/who_am_i.json",
		query: url.Values{"fields": {"id,name"}}}, &answer)
	if err == nil && answer.Data.ID == 0 {
		err = errNotClio
	}
	return answer.Data, nothingDone(err)
}

// ready returns where the API is and who is posting, asking only once.
func (c *Client) ready(ctx context.Context) (*url.URL, User, error) {
	c.mu.Lock()
	base, me := c.base, c.me
	c.mu.Unlock()
	if base == nil {
		if _, err := c.WhoAmI(ctx); err != nil {
			return nil, User{}, err
		}
		c.mu.Lock()
		base, me = c.base, c.me
		c.mu.Unlock()
	}
	return base, me, nil
}

// Pace waits until Clio will take a request, and makes sure on first use that
// the access works; see pms.Pacer.
func (c *Client) Pace(ctx context.Context) error {
	if _, _, err := c.ready(ctx); err != nil {
		return err
	}
	for {
		d := c.limits.free(c.cfg.Now())
		if d <= 0 {
			return nil
		}
		if err := sleep(ctx, d); err != nil {
			return err
		}
	}
}

// nothingDone turns the unknown outcome of a request that only reads into a
// retryable one.
func nothingDone(err error) error {
	if failed, ok := errors.AsType[*billing.OutcomeError](err); ok && failed.Outcome == billing.Unknown {
		told := *failed.Err
		told.Msg = "Clio cannot be reached, or has a problem of its own. Tenths tries again by itself."
		return &billing.OutcomeError{Outcome: billing.Retryable, After: failed.After, Err: &told}
	}
	return err
}
