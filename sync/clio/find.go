package clio

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
)

// activity is a time entry as Clio lists it. What the user may not see is null.
type activity struct {
	ID       int64     `json:"id"`
	ETag     string    `json:"etag"`
	Date     string    `json:"date"`
	Quantity *float64  `json:"quantity"` // seconds
	Hidden   bool      `json:"quantity_redacted"`
	Note     *string   `json:"note"`
	Matter   reference `json:"matter"`
}

// Find lists the user's time entries that may be p, the oldest id first: those
// created since shortly before the first attempt, with the same matter, date,
// duration and note, and not in p.Known. An entry whose duration Clio hides
// from this user may be p or not, so it makes the answer an error.
func (c *Client) Find(ctx context.Context, p billing.Posting) ([]billing.Receipt, error) {
	base, me, err := c.ready(ctx)
	if err != nil {
		return nil, err
	}
	query := url.Values{
		"fields":    {"id,etag,date,quantity,quantity_redacted,note,matter{id}"},
		"type":      {"TimeEntry"},
		"user_id":   {strconv.FormatInt(me.ID, 10)},
		"matter_id": {p.MatterRemote},
		// Clio's description types these as instants and calls them dates. A day
		// more on both sides makes the answer independent of any zone; the date
		// itself is compared below.
		"start_date": {p.WorkDate.Add(-1).String() + "T00:00:00Z"},
		"end_date":   {p.WorkDate.Add(1).String() + "T00:00:00Z"},
	}
	if !p.FirstSent.IsZero() {
		query.Set("created_since", c.since(p.FirstSent).Format(time.RFC3339))
	}
	var same []activity
	hidden := false
	err = list(ctx, c, call{method: http.MethodGet, base: base, path: "/activities.json", query: query},
		func(page []activity) {
			for _, a := range page {
				if slices.Contains(p.Known, strconv.FormatInt(a.ID, 10)) || !a.like(p) {
					continue
				}
				if a.Quantity == nil || a.Hidden {
					hidden = true
				} else if lasts(*a.Quantity, p) {
					same = append(same, a)
				}
			}
		})
	if err != nil {
		return nil, nothingDone(err)
	}
	if hidden && len(same) == 0 {
		return nil, &billing.OutcomeError{Outcome: billing.Permanent, Err: &billing.Error{Kind: billing.Unauthorized,
			Msg: "Clio hides the hours of your time entries from you, so Tenths cannot tell whether this one arrived. Ask your Clio administrator for the right to see them."}}
	}
	slices.SortFunc(same, func(a, b activity) int { return int(min(max(a.ID-b.ID, -1), 1)) })
	var found []billing.Receipt
	for _, a := range same {
		found = append(found, billing.Receipt{RemoteID: strconv.FormatInt(a.ID, 10), ETag: a.ETag, Found: true})
	}
	return found, nil
}

// lasts reports whether a duration is p's: the hours that were approved or, as
// earlier versions sent it, the minutes.
func lasts(seconds float64, p billing.Posting) bool {
	return seconds == float64(billing.QuantityOf(p.Billed).Seconds()) || seconds == float64(p.Billed*60)
}

// since returns the instant, by Clio's clock, from which what was sent at t by
// ours may have been created, with a minute to spare.
func (c *Client) since(t time.Time) time.Time {
	behind := min(time.Duration(c.skew.Load()), 0)
	return t.Add(behind - time.Minute).UTC().Truncate(time.Second)
}

// like reports whether a and p have the same matter, date and words.
func (a activity) like(p billing.Posting) bool {
	return strconv.FormatInt(a.Matter.ID, 10) == p.MatterRemote && a.Date == p.WorkDate.String() &&
		(a.Note == nil || sameWords(*a.Note, p.Narrative.Reveal()))
}

// sameWords compares without regard to how the words are spaced, which systems
// and people change in passing.
func sameWords(a, b string) bool { return slices.Equal(strings.Fields(a), strings.Fields(b)) }
