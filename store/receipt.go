package store

import (
	"context"
	"time"

	"github.com/tenths/tenths/billing"
)

// PostedReceipt is a receipt with what it is for.
type PostedReceipt struct {
	billing.Receipt
	Connector string
	PostedAt  time.Time
}

// MarkPosted keeps the receipt of an entry and moves it, in the outbox and in
// itself, to posted. A second receipt for an entry, and a remote id that proves
// another entry already, are Conflicts.
func (tx *Tx) MarkPosted(ctx context.Context, id billing.EntryID, connector string, receipt billing.Receipt) error {
	if receipt.RemoteID == "" {
		return &billing.Error{Kind: billing.Internal, Msg: "the other system accepted the entry and gave it no id; look for it there"}
	}
	owner, ok, err := one(ctx, tx, value[billing.EntryID], `SELECT entry FROM receipt WHERE entry = ? OR connector = ? AND remote_id = ?`, id, connector, receipt.RemoteID)
	switch {
	case err != nil:
		return err
	case ok && owner == id:
		return conflict("the entry is posted already")
	case ok:
		return conflict("what was found over there belongs to another entry")
	}
	e, err := tx.Entry(ctx, id)
	if err != nil {
		return err
	}
	if e.State != billing.StateApproved {
		return conflict("only an approved entry can be posted")
	}
	if err := tx.move(ctx, id, `UPDATE outbox SET state = 'posted', message = '' WHERE entry = ? AND state <> 'posted'`, id); err != nil {
		return err
	}
	_, err = tx.exec(ctx, `INSERT INTO receipt (entry, connector, remote_id, etag, found, posted_at) VALUES (?,?,?,?,?,?)`,
		id, connector, receipt.RemoteID, receipt.ETag, receipt.Found, unix(tx.Now()))
	if err != nil {
		return err
	}
	return tx.setPosted(ctx, &e)
}

// Receipt returns the receipt of an entry, or a NotFound error.
func (tx *Tx) Receipt(ctx context.Context, id billing.EntryID) (PostedReceipt, error) {
	r, ok, err := one(ctx, tx, func(r row) (p PostedReceipt, err error) {
		var at int64
		err = r.Scan(&p.Connector, &p.RemoteID, &p.ETag, &p.Found, &at)
		p.PostedAt = instant(at)
		return p, err
	}, `SELECT connector, remote_id, etag, found, posted_at FROM receipt WHERE entry = ?`, id)
	if err == nil && !ok {
		err = notFound("the entry has not been posted")
	}
	return r, err
}

// KnownRemoteIDs returns the remote ids that receipts bind to our entries of
// that matter and day: never a match for yet another entry.
func (tx *Tx) KnownRemoteIDs(ctx context.Context, connector string, matter billing.MatterID, day billing.Day) ([]string, error) {
	return collect(ctx, tx, value[string], `SELECT r.remote_id FROM entry e JOIN receipt r ON r.entry = e.id
		WHERE r.connector = ? AND e.matter = ? AND e.work_date = ? ORDER BY r.remote_id`, connector, matter, day.String())
}

// SetRemote binds a thing of ours, of some kind ("matter", "user"), to its id
// in a practice management system. A remote id that is bound to another thing of
// ours is a Conflict.
func (tx *Tx) SetRemote(ctx context.Context, connector, kind, localID, remoteID, etag string) error {
	_, err := tx.exec(ctx, `INSERT INTO remote (connector, kind, local_id, remote_id, etag) VALUES (?,?,?,?,?)
		ON CONFLICT (connector, kind, local_id) DO UPDATE SET remote_id = excluded.remote_id, etag = excluded.etag`,
		connector, kind, localID, remoteID, etag)
	return err
}

// Remote returns the id over there of a thing of ours; false when it has none.
func (tx *Tx) Remote(ctx context.Context, connector, kind, localID string) (remoteID string, ok bool, err error) {
	return one(ctx, tx, value[string], `SELECT remote_id FROM remote WHERE connector = ? AND kind = ? AND local_id = ?`, connector, kind, localID)
}

// RemoteETag returns the version over there that was last seen of a thing of
// ours; false when it is not bound.
func (tx *Tx) RemoteETag(ctx context.Context, connector, kind, localID string) (etag string, ok bool, err error) {
	return one(ctx, tx, value[string], `SELECT etag FROM remote WHERE connector = ? AND kind = ? AND local_id = ?`, connector, kind, localID)
}

// LocalOf returns our id of a thing over there; false when it is not bound.
func (tx *Tx) LocalOf(ctx context.Context, connector, kind, remoteID string) (localID string, ok bool, err error) {
	return one(ctx, tx, value[string], `SELECT local_id FROM remote WHERE connector = ? AND kind = ? AND remote_id = ?`, connector, kind, remoteID)
}
