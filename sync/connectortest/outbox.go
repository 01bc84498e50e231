package connectortest

import (
	"context"
	"sync"
	"time"

	"github.com/tenths/tenths/billing"
	pms "github.com/tenths/tenths/sync"
)

// Outbox is an outbox in memory, for tests.
type Outbox struct {
	mu   sync.Mutex
	rows []*Row
}

// Row is one posting in an [Outbox].
type Row struct {
	Posting billing.Posting
	State   string // a pms.State, "posted" or "needs you"
	Next    time.Time
	Attempt pms.Attempt
	Receipt billing.Receipt
	Why     *billing.Error
}

var _ pms.Outbox = (*Outbox)(nil)

// Add queues postings.
func (o *Outbox) Add(postings ...billing.Posting) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, p := range postings {
		o.rows = append(o.rows, &Row{Posting: p, State: string(pms.StateQueued)})
	}
}

// Rows returns a copy of all rows.
func (o *Outbox) Rows() []Row {
	o.mu.Lock()
	defer o.mu.Unlock()
	var rows []Row
	for _, r := range o.rows {
		rows = append(rows, *r)
	}
	return rows
}

func (r *Row) open() bool { return r.State != "posted" && r.State != "needs you" }

func (r *Row) unsettled() bool {
	return r.State == string(pms.StateSending) || r.State == string(pms.StateUnknown)
}

// Next implements [pms.Outbox].
func (o *Outbox) Next(_ context.Context, now time.Time) (*billing.Posting, pms.Attempt, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	var first *Row
	var known []string
	for _, r := range o.rows {
		if r.Receipt.RemoteID != "" {
			known = append(known, r.Receipt.RemoteID)
		}
		if r.open() && !r.Next.After(now) && (first == nil || r.Next.Before(first.Next)) {
			first = r
		}
	}
	if first == nil {
		return nil, pms.Attempt{}, nil
	}
	p, a := first.Posting, first.Attempt
	p.Known, a.State = known, pms.State(first.State)
	return &p, a, nil
}

// Due implements [pms.Outbox].
func (o *Outbox) Due(context.Context) (due pms.Due, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, r := range o.rows {
		if r.open() && (due.Any.IsZero() || r.Next.Before(due.Any)) {
			due.Any = r.Next
		}
		if r.unsettled() && (due.Unknown.IsZero() || r.Next.Before(due.Unknown)) {
			due.Unknown = r.Next
		}
	}
	return due, nil
}

// Unsettled implements [pms.Outbox].
func (o *Outbox) Unsettled(context.Context) (list []billing.Posting, err error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	for _, r := range o.rows {
		if r.unsettled() {
			list = append(list, r.Posting)
		}
	}
	return list, nil
}

func (o *Outbox) change(ctx context.Context, entry billing.EntryID, f func(*Row)) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	for _, r := range o.rows {
		if r.Posting.Entry == entry {
			f(r)
			return nil
		}
	}
	return &billing.Error{Kind: billing.NotFound, Msg: "There is no such entry in the outbox."}
}

// Sending implements [pms.Outbox].
func (o *Outbox) Sending(ctx context.Context, entry billing.EntryID, at time.Time) error {
	return o.change(ctx, entry, func(r *Row) {
		r.State, r.Attempt.Began, r.Next = string(pms.StateSending), at, at
		r.Attempt.Count++
		if r.Posting.FirstSent.IsZero() {
			r.Posting.FirstSent = at
		}
	})
}

// Posted implements [pms.Outbox].
func (o *Outbox) Posted(ctx context.Context, entry billing.EntryID, _ string, got billing.Receipt) error {
	return o.change(ctx, entry, func(r *Row) { r.State, r.Receipt, r.Why = "posted", got, nil })
}

// Unknown implements [pms.Outbox].
func (o *Outbox) Unknown(ctx context.Context, entry billing.EntryID, next time.Time, why *billing.Error) error {
	return o.change(ctx, entry, func(r *Row) { r.State, r.Next, r.Why = string(pms.StateUnknown), next, why })
}

// Retry implements [pms.Outbox].
func (o *Outbox) Retry(ctx context.Context, entry billing.EntryID, next time.Time, why *billing.Error) error {
	return o.change(ctx, entry, func(r *Row) { r.State, r.Next, r.Why = string(pms.StateQueued), next, why })
}

// NeedsYou implements [pms.Outbox].
func (o *Outbox) NeedsYou(ctx context.Context, entry billing.EntryID, why *billing.Error) error {
	return o.change(ctx, entry, func(r *Row) { r.State, r.Why = "needs you", why })
}
