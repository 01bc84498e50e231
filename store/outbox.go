package store

import (
	"context"
	"time"

	"github.com/tenths/tenths/billing"
)

// OutboxState is where an approved entry stands on its way out.
type OutboxState string

// The outbox states.
const (
	OutboxWaiting  OutboxState = "waiting"   // certainly not over there yet
	OutboxSending  OutboxState = "sending"   // a request is out, or was when the program ended
	OutboxUnknown  OutboxState = "unknown"   // may be over there: look before sending again
	OutboxPosted   OutboxState = "posted"    // a receipt proves it
	OutboxNeedsYou OutboxState = "needs_you" // refused: a person decides
)

// OutboxRow is an approved entry on its way out, with what a list shows of it.
type OutboxRow struct {
	Entry     billing.EntryID
	State     OutboxState
	Created   time.Time
	FirstSent time.Time // when the first attempt began; zero before any
	LastSent  time.Time
	Attempts  int
	Next      time.Time // not before this
	Message   string    // for the person: what happened last

	WorkDate  billing.Day
	Matter    billing.MatterID
	Billed    int64 // minutes
	Narrative billing.Privileged
	Estimated bool
	RemoteID  string    // once posted
	PostedAt  time.Time // zero before
}

const selectOutbox = `SELECT o.entry, o.state, o.created_at, o.first_sent_at, o.last_sent_at, o.attempts, o.next_at, o.message,
	e.work_date, coalesce(e.matter, ''), e.billed, e.narrative, e.estimated, coalesce(r.remote_id, ''), coalesce(r.posted_at, 0)
	FROM outbox o JOIN entry e ON e.id = o.entry LEFT JOIN receipt r ON r.entry = o.entry `

// PutOutbox puts an approved entry on its way. One that is not approved, or is
// on its way already, is a Conflict.
func (tx *Tx) PutOutbox(ctx context.Context, id billing.EntryID) error {
	stored, err := tx.standing(ctx, id)
	switch {
	case err != nil:
		return err
	case stored.state == "":
		return noEntry()
	case stored.state != billing.StateApproved:
		return conflict("only an approved entry can be posted")
	}
	n, err := tx.exec(ctx, `INSERT INTO outbox (entry, state, created_at, next_at) VALUES (?1, 'waiting', ?2, ?2) ON CONFLICT (entry) DO NOTHING`, id, unix(tx.Now()))
	if err == nil && n == 0 {
		err = conflict("the entry is on its way already")
	}
	tx.stale(TopicOutbox)
	return err
}

// Outbox returns all rows, posted ones too, in the order they were put there.
func (tx *Tx) Outbox(ctx context.Context) ([]OutboxRow, error) {
	return collect(ctx, tx, scanOutbox, selectOutbox+`ORDER BY o.created_at, o.entry`)
}

// OutboxRow returns the row of one entry, or a NotFound error.
func (tx *Tx) OutboxRow(ctx context.Context, id billing.EntryID) (OutboxRow, error) {
	r, ok, err := one(ctx, tx, scanOutbox, selectOutbox+`WHERE o.entry = ?`, id)
	if err == nil && !ok {
		err = notFound("the entry is not in the outbox")
	}
	return r, err
}

// NextPosting returns the oldest row that is due at now: waiting or unknown, or
// left in sending by a sender that died. It reports false when none is. There is
// one sender at a time; whoever posts sees to that.
func (tx *Tx) NextPosting(ctx context.Context, now time.Time) (OutboxRow, bool, error) {
	return one(ctx, tx, scanOutbox, selectOutbox+`WHERE o.state IN ('waiting', 'sending', 'unknown') AND o.next_at <= ?
		ORDER BY o.created_at, o.entry LIMIT 1`, unix(now))
}

// MarkSending notes, before a request goes out at the instant at, that one does.
func (tx *Tx) MarkSending(ctx context.Context, id billing.EntryID, at time.Time) error {
	return tx.move(ctx, id, `UPDATE outbox SET state = 'sending', attempts = attempts + 1, last_sent_at = ?2, next_at = ?2, message = '',
		first_sent_at = CASE first_sent_at WHEN 0 THEN ?2 ELSE first_sent_at END
		WHERE entry = ?1 AND state IN ('waiting', 'unknown', 'sending')`, id, unix(at))
}

// MarkUnknown notes that a request may have been carried out; look for it at next.
func (tx *Tx) MarkUnknown(ctx context.Context, id billing.EntryID, next time.Time, message string) error {
	return tx.move(ctx, id, `UPDATE outbox SET state = 'unknown', next_at = ?, message = ? WHERE entry = ? AND state IN ('sending', 'unknown')`,
		unix(next), message, id)
}

// MarkRetry notes that a request was certainly not carried out; send it again at next.
func (tx *Tx) MarkRetry(ctx context.Context, id billing.EntryID, next time.Time, message string) error {
	return tx.move(ctx, id, `UPDATE outbox SET state = 'waiting', next_at = ?, message = ? WHERE entry = ? AND state IN ('waiting', 'sending', 'unknown')`,
		unix(next), message, id)
}

// MarkNeedsYou notes that only a person can get the entry any further.
func (tx *Tx) MarkNeedsYou(ctx context.Context, id billing.EntryID, message string) error {
	return tx.move(ctx, id, `UPDATE outbox SET state = 'needs_you', message = ? WHERE entry = ? AND state <> 'posted'`, message, id)
}

// Requeue sends on what needed a person. What was sent before is unknown: it is
// looked for first.
func (tx *Tx) Requeue(ctx context.Context, id billing.EntryID) error {
	return tx.move(ctx, id, `UPDATE outbox SET state = CASE first_sent_at WHEN 0 THEN 'waiting' ELSE 'unknown' END, next_at = ?, message = ''
		WHERE entry = ? AND state IN ('needs_you', 'waiting', 'unknown')`, unix(tx.Now()), id)
}

// move runs an update of one row; none changed is a Conflict.
func (tx *Tx) move(ctx context.Context, id billing.EntryID, query string, args ...any) error {
	n, err := tx.exec(ctx, query, args...)
	if err != nil {
		return err
	}
	if n == 0 {
		r, err := tx.OutboxRow(ctx, id)
		if err != nil {
			return err
		}
		return conflict("the entry is %s; something else saw to it", r.State.words())
	}
	tx.stale(TopicOutbox)
	return nil
}

// words returns the state as the person reads it.
func (s OutboxState) words() string {
	switch s {
	case OutboxWaiting:
		return "waiting to be posted"
	case OutboxSending:
		return "being posted"
	case OutboxUnknown:
		return "being looked for"
	case OutboxPosted:
		return "posted"
	}
	return "waiting for you"
}

func scanOutbox(r row) (o OutboxRow, err error) {
	var created, first, last, next, posted int64
	var day string
	err = r.Scan(&o.Entry, &o.State, &created, &first, &last, &o.Attempts, &next, &o.Message,
		&day, &o.Matter, &o.Billed, &o.Narrative, &o.Estimated, &o.RemoteID, &posted)
	if err != nil {
		return o, err
	}
	o.Created, o.FirstSent, o.LastSent, o.Next = instant(created), instant(first), instant(last), instant(next)
	o.PostedAt = instant(posted)
	return o, o.WorkDate.UnmarshalText([]byte(day))
}
