package app

import (
	"context"
	"math"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/store"
	pms "github.com/tenths/tenths/sync"
)

// remoteMatter is the kind under which the store keeps matters' remote ids.
const remoteMatter = "matter"

// outbox is the store as the posting worker sees it.
type outbox struct {
	store  *store.Store
	system string // name of the connector that posts
}

var _ pms.Outbox = outbox{}

// Next implements [pms.Outbox]. An entry whose matter the other system does not
// have cannot be posted by trying; it waits for a person.
func (o outbox) Next(ctx context.Context, now time.Time) (*billing.Posting, pms.Attempt, error) {
	for {
		var p *billing.Posting
		var row store.OutboxRow
		var found bool
		err := o.store.View(ctx, func(tx *store.Tx) (err error) {
			if row, found, err = tx.NextPosting(ctx, now); err != nil || !found {
				return err
			}
			p, err = o.posting(ctx, tx, row)
			return err
		})
		if err != nil || !found {
			return nil, pms.Attempt{}, err
		}
		if p.MatterRemote != "" {
			return p, attempt(row), nil
		}
		if err := o.NeedsYou(ctx, row.Entry, &billing.Error{Kind: billing.NotFound,
			Msg: "the matter is not in the practice management system; open it there under the same number, then choose Try again"}); err != nil {
			return nil, pms.Attempt{}, err
		}
	}
}

// attempt says how a row's earlier attempts went.
func attempt(row store.OutboxRow) pms.Attempt {
	a := pms.Attempt{State: pms.StateQueued, Began: row.LastSent, Count: row.Attempts}
	switch row.State {
	case store.OutboxSending:
		a.State = pms.StateSending
	case store.OutboxUnknown:
		a.State = pms.StateUnknown
	}
	return a
}

// posting builds what the connector needs from the frozen entry.
func (o outbox) posting(ctx context.Context, tx *store.Tx, row store.OutboxRow) (*billing.Posting, error) {
	e, err := tx.Entry(ctx, row.Entry)
	if err != nil {
		return nil, err
	}
	remote, _, err := tx.Remote(ctx, o.system, remoteMatter, string(e.Matter))
	if err != nil {
		return nil, err
	}
	known, err := tx.KnownRemoteIDs(ctx, o.system, e.Matter, e.WorkDate)
	if err != nil {
		return nil, err
	}
	return &billing.Posting{
		Entry: e.ID, MatterRemote: remote, WorkDate: e.WorkDate, Billed: e.Billed, Narrative: e.Narrative, Rate: e.Rate,
		TaskCode: e.TaskCode, ActivityCode: e.ActivityCode, NonBillable: e.NonBillable, FirstSent: row.FirstSent, Known: known,
	}, nil
}

// Due implements [pms.Outbox].
func (o outbox) Due(ctx context.Context) (due pms.Due, err error) {
	err = o.store.View(ctx, func(tx *store.Tx) error {
		waiting, unknown, err := tx.OutboxDue(ctx)
		due = pms.Due{Any: waiting, Unknown: unknown}
		if due.Any.IsZero() || (!unknown.IsZero() && unknown.Before(due.Any)) {
			due.Any = unknown
		}
		return err
	})
	return due, err
}

// Unsettled implements [pms.Outbox].
func (o outbox) Unsettled(ctx context.Context) (out []billing.Posting, err error) {
	err = o.store.View(ctx, func(tx *store.Tx) error {
		rows, err := tx.OutboxIn(ctx, math.MaxInt32, store.OutboxSending, store.OutboxUnknown)
		if err != nil {
			return err
		}
		for _, r := range rows {
			p, err := o.posting(ctx, tx, r)
			if err != nil {
				return err
			}
			out = append(out, *p)
		}
		return nil
	})
	return out, err
}

// Sending implements [pms.Outbox].
func (o outbox) Sending(ctx context.Context, id billing.EntryID, at time.Time) error {
	return o.store.Update(ctx, func(tx *store.Tx) error { return tx.MarkSending(ctx, id, at) })
}

// Posted implements [pms.Outbox].
func (o outbox) Posted(ctx context.Context, id billing.EntryID, connector string, receipt billing.Receipt) error {
	return o.store.Update(ctx, func(tx *store.Tx) error {
		if err := tx.MarkPosted(ctx, id, connector, receipt); err != nil {
			return err
		}
		return tx.Audit(ctx, "post", id, map[string]any{"connector": connector, "remote_id": receipt.RemoteID, "found": receipt.Found})
	})
}

// Unknown implements [pms.Outbox].
func (o outbox) Unknown(ctx context.Context, id billing.EntryID, next time.Time, why *billing.Error) error {
	return o.store.Update(ctx, func(tx *store.Tx) error { return tx.MarkUnknown(ctx, id, next, reason(why)) })
}

// Retry implements [pms.Outbox].
func (o outbox) Retry(ctx context.Context, id billing.EntryID, next time.Time, why *billing.Error) error {
	return o.store.Update(ctx, func(tx *store.Tx) error { return tx.MarkRetry(ctx, id, next, reason(why)) })
}

// NeedsYou implements [pms.Outbox].
func (o outbox) NeedsYou(ctx context.Context, id billing.EntryID, why *billing.Error) error {
	return o.store.Update(ctx, func(tx *store.Tx) error { return tx.MarkNeedsYou(ctx, id, reason(why)) })
}

func reason(why *billing.Error) string {
	if why == nil {
		return ""
	}
	return why.Msg
}
