package clio

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/tenths/tenths/billing"
)

// describe returns Clio's ids for the UTBMS codes of p; nil when it has none.
// Clio takes ids, not codes. A code that the firm's Clio does not have is left
// out, and so are all where it has no list: the entry is worth more than its
// code.
func (c *Client) describe(ctx context.Context, p billing.Posting) (*description, error) {
	if p.TaskCode == "" && p.ActivityCode == "" {
		return nil, nil
	}
	codes, err := c.utbms(ctx)
	if err != nil {
		return nil, err
	}
	d := description{Task: codes["UtbmsTask "+p.TaskCode], Activity: codes["UtbmsActivity "+p.ActivityCode]}
	if d == (description{}) {
		return nil, nil
	}
	return &d, nil
}

// utbms returns the ids by kind and code, asking only once. Where a code is in
// several sets the first wins.
func (c *Client) utbms(ctx context.Context) (map[string]int64, error) {
	c.mu.Lock()
	codes, base := c.codes, c.base
	c.mu.Unlock()
	if codes != nil {
		return codes, nil
	}
	type code struct {
		ID   int64  `json:"id"`
		Code string `json:"code"`
		Type string `json:"type"`
	}
	codes = map[string]int64{}
	err := list(ctx, c, call{method: http.MethodGet, base: base, path: "/utbms/codes.json",
		query: url.Values{"fields": {"id,code,type"}}}, func(page []code) {
		for _, u := range page {
			if key := u.Type + " " + u.Code; codes[key] == 0 {
				codes[key] = u.ID
			}
		}
	})
	switch failed, ok := errors.AsType[*billing.OutcomeError](err); {
	case ok && failed.Outcome == billing.Permanent && failed.Err.Kind != billing.Unauthorized:
		codes = map[string]int64{} // this Clio has no list of codes: entries go without
	case err != nil:
		return nil, nothingDone(err)
	}
	c.mu.Lock()
	c.codes = codes
	c.mu.Unlock()
	return codes, nil
}
