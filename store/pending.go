package store

import (
	"context"
	"time"

	"github.com/tenths/tenths/billing"
)

// OutboxCounts returns how many rows there are of each state.
func (tx *Tx) OutboxCounts(ctx context.Context) (map[OutboxState]int, error) {
	type counted struct {
		state OutboxState
		n     int
	}
	rows, err := collect(ctx, tx, func(r row) (c counted, err error) { return c, r.Scan(&c.state, &c.n) },
		`SELECT state, count(*) FROM outbox GROUP BY state`)
	counts := map[OutboxState]int{}
	for _, c := range rows {
		counts[c.state] = c.n
	}
	return counts, err
}

// OutboxIn returns the first n rows of those states, the oldest first.
func (tx *Tx) OutboxIn(ctx context.Context, n int, states ...OutboxState) ([]OutboxRow, error) {
	var out []OutboxRow
	for _, state := range states {
		rows, err := collect(ctx, tx, scanOutbox, selectOutbox+`WHERE o.state = ? ORDER BY o.created_at, o.entry LIMIT ?`, state, n-len(out))
		if err != nil {
			return nil, err
		}
		out = append(out, rows...)
	}
	return out, nil
}

// LatestPosted returns the last n rows that were posted, the latest first.
func (tx *Tx) LatestPosted(ctx context.Context, n int) ([]OutboxRow, error) {
	return collect(ctx, tx, scanOutbox, `SELECT * FROM (`+selectOutbox+`WHERE r.posted_at > 0 ORDER BY r.posted_at DESC, r.entry LIMIT ?)`, n)
}

// OutboxDue returns when the first row is due that is waiting, and the first
// whose outcome is unknown; zero instants where there is none. A row left in
// sending by a sender that died is due since then.
func (tx *Tx) OutboxDue(ctx context.Context) (waiting, unknown time.Time, err error) {
	at := func(states string) time.Time {
		if err != nil {
			return time.Time{}
		}
		var next int64
		next, _, err = one(ctx, tx, value[int64], `SELECT coalesce(min(next_at), 0) FROM outbox WHERE state IN (`+states+`)`)
		return instant(next)
	}
	return at(`'waiting'`), at(`'sending', 'unknown'`), err
}

// WakeOutbox makes every waiting row due now.
func (tx *Tx) WakeOutbox(ctx context.Context) error {
	_, err := tx.exec(ctx, `UPDATE outbox SET next_at = ?1 WHERE state = 'waiting' AND next_at > ?1`, unix(tx.Now()))
	return err
}

// OutboxOn returns the rows of the entries of one work date.
func (tx *Tx) OutboxOn(ctx context.Context, day billing.Day) (map[billing.EntryID]OutboxRow, error) {
	rows, err := collect(ctx, tx, scanOutbox, selectOutbox+`WHERE e.work_date = ?`, day.String())
	byEntry := make(map[billing.EntryID]OutboxRow, len(rows))
	for _, r := range rows {
		byEntry[r.Entry] = r
	}
	return byEntry, err
}

// EntriesEnding returns the ids of at most two entries that are not frozen and
// whose id ends so, for telling them apart by hand.
func (tx *Tx) EntriesEnding(ctx context.Context, end string) ([]billing.EntryID, error) {
	return collect(ctx, tx, value[billing.EntryID], `SELECT id FROM entry WHERE state IN ('drafted', 'discarded') AND substr(id, -length(?1)) = ?1 LIMIT 2`, end)
}
