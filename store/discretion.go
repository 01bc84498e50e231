package store

import (
	"context"
	"time"

	"github.com/tenths/tenths/billing"
)

// Pause is a stretch of which nothing is recorded, neither while it lasts nor
// later. Its End is zero until the person resumes, where no end was set.
type Pause struct {
	billing.Span
	Resumed bool // the person ended it, within the second before End
}

// Lasts reports whether the pause is not over at the instant t.
func (p Pause) Lasts(t time.Time) bool {
	return !p.Resumed && !t.Before(p.Start) && (p.End.IsZero() || t.Before(p.End))
}

// Pauses returns all pauses there ever were, by start.
func (tx *Tx) Pauses(ctx context.Context) ([]Pause, error) {
	return collect(ctx, tx, func(r row) (p Pause, err error) {
		var start, end int64
		err = r.Scan(&start, &end, &p.Resumed)
		p.Start, p.End = instant(start), instant(end)
		return p, err
	}, `SELECT start_at, end_at, resumed FROM pause ORDER BY start_at, id`)
}

// lasting selects the pause that lasts at the instant ?1.
const lasting = `resumed = 0 AND start_at <= ?1 AND (end_at = 0 OR end_at > ?1)`

// SetPause has the pause that lasts now end at the instant given, or begins one
// that does; a zero end lasts until it is set, or resumed.
func (tx *Tx) SetPause(ctx context.Context, end time.Time) error {
	now := unix(tx.Now())
	if !end.IsZero() && unix(end) <= now {
		return invalid("a pause ends after it began")
	}
	n, err := tx.exec(ctx, `UPDATE pause SET end_at = ?2 WHERE `+lasting, now, unix(end))
	if err == nil && n == 0 {
		_, err = tx.exec(ctx, `INSERT INTO pause (start_at, end_at) VALUES (?, ?)`, now, unix(end))
	}
	tx.stale(TopicSettings)
	return err
}

// Resume ends the pause that lasts now, if one does. All of the second in which
// it ends belongs to it.
func (tx *Tx) Resume(ctx context.Context) error {
	_, err := tx.exec(ctx, `UPDATE pause SET end_at = ?1 + 1, resumed = 1 WHERE `+lasting, unix(tx.Now()))
	tx.stale(TopicSettings)
	return err
}

// Blackout is something of which nothing may be stored.
type Blackout struct {
	ID    int64
	Kind  string // client, folder, sender, calendar, matter
	What  billing.Privileged
	Added time.Time
}

// Blackouts returns the blackouts in the order in which they were added.
func (tx *Tx) Blackouts(ctx context.Context) ([]Blackout, error) {
	return collect(ctx, tx, func(r row) (b Blackout, err error) {
		var added int64
		err = r.Scan(&b.ID, &b.Kind, &b.What, &added)
		b.Added = instant(added)
		return b, err
	}, `SELECT id, kind, what, added_at FROM blackout ORDER BY id`)
}

// AddBlackout adds a blackout and sets its ID. One that is there already is a
// Conflict.
func (tx *Tx) AddBlackout(ctx context.Context, b *Blackout) error {
	old, there, err := one(ctx, tx, value[int64], `SELECT id FROM blackout WHERE kind = ? AND what = ?`, b.Kind, b.What)
	if err != nil {
		return err
	}
	if there {
		return conflict("that is blacked out already, as %d", old)
	}
	b.Added = tx.Now()
	b.ID, _, err = one(ctx, tx, value[int64], `INSERT INTO blackout (kind, what, added_at) VALUES (?, ?, ?) RETURNING id`, b.Kind, b.What, unix(b.Added))
	tx.stale(TopicSettings)
	return err
}

// RemoveBlackout removes a blackout, or returns a NotFound error.
func (tx *Tx) RemoveBlackout(ctx context.Context, id int64) error {
	n, err := tx.exec(ctx, `DELETE FROM blackout WHERE id = ?`, id)
	if err == nil && n == 0 {
		err = notFound("there is no blackout %d; tenths blackout list shows them", id)
	}
	tx.stale(TopicSettings)
	return err
}
