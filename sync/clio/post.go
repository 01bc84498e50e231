package clio

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"

	"github.com/tenths/tenths/billing"
)

// reference names another record of Clio's.
type reference struct {
	ID int64 `json:"id"`
}

// timeEntry is the body of a post. Clio rounds by itself where the firm wants
// it; quantity_in_hours and flat_rate are Clio's to write, never ours. The
// quantity is the hours that were approved, to the hundredth, so that Clio's
// hours times the price are the amount that was approved.
type timeEntry struct {
	Type        string       `json:"type"`
	Date        string       `json:"date"`
	Quantity    int64        `json:"quantity"` // seconds
	Note        string       `json:"note"`
	Matter      reference    `json:"matter"`
	Price       json.Number  `json:"price,omitempty"` // per hour
	NonBillable bool         `json:"non_billable,omitempty"`
	Description *description `json:"activity_description,omitempty"`
}

type description struct {
	Task     int64 `json:"utbms_task_id,omitempty"`
	Activity int64 `json:"utbms_activity_id,omitempty"`
}

// Post creates a time entry in Clio. It sends one request, which it never
// repeats unless Clio has refused the access token. When the rate limit leaves
// no room for it now, it says so rather than wait: see [Client.Pace].
func (c *Client) Post(ctx context.Context, p billing.Posting) (billing.Receipt, error) {
	matter, err := strconv.ParseInt(p.MatterRemote, 10, 64)
	if err != nil {
		return billing.Receipt{}, &billing.OutcomeError{Outcome: billing.Permanent, Err: &billing.Error{Kind: billing.Invalid,
			Msg: "This matter is not linked to one in Clio. Fetch the matters from Clio, then try again."}}
	}
	base, _, err := c.ready(ctx)
	if err != nil {
		return billing.Receipt{}, err
	}
	codes, err := c.describe(ctx, p)
	if err != nil {
		return billing.Receipt{}, err
	}
	if wait := c.limits.take(c.cfg.Now()); wait > 0 {
		return billing.Receipt{}, &billing.OutcomeError{Outcome: billing.Retryable, After: wait, Err: &billing.Error{
			Kind: billing.Unreachable, Msg: "Clio takes only so many requests a minute; Tenths goes on by itself."}}
	}
	body := map[string]timeEntry{"data": {
		Type: "TimeEntry", Date: p.WorkDate.String(), Quantity: billing.QuantityOf(p.Billed).Seconds(), Note: p.Narrative.Reveal(),
		Matter: reference{matter}, Price: price(p.Rate), NonBillable: p.NonBillable, Description: codes,
	}}
	var answer struct {
		Data struct {
			ID   int64  `json:"id"`
			ETag string `json:"etag"`
		} `json:"data"`
	}
	err = c.do(ctx, call{method: http.MethodPost, base: base, path: "/activities.json",
		query: url.Values{"fields": {"id,etag"}}, body: body}, &answer)
	if err == nil && answer.Data.ID == 0 {
		err = malformed("a created activity without an id")
	}
	if err != nil {
		return billing.Receipt{}, err
	}
	return billing.Receipt{RemoteID: strconv.FormatInt(answer.Data.ID, 10), ETag: answer.Data.ETag}, nil
}

// price writes a rate as a decimal, such as "350.00"; "" for none, so that Clio
// uses its own.
func price(rate billing.Money) json.Number {
	if rate.IsZero() {
		return ""
	}
	return json.Number(rate.Decimal())
}
