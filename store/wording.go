package store

import (
	"context"
	"time"

	"github.com/tenths/tenths/billing"
)

// Wording is what a language model made of one narrative.
type Wording struct {
	Key    string             // of what it was asked
	Text   billing.Privileged // "" when the answer was refused
	Reason string             // why it was refused, without privileged text
}

// The states of a wording.
const (
	wordingAccepted = "accepted"
	wordingRejected = "rejected"
)

// Wordings returns what was made of the narratives of day, by key; "" where the
// answer was refused. The map is never nil.
func (tx *Tx) Wordings(ctx context.Context, day billing.Day) (map[string]billing.Privileged, error) {
	out := map[string]billing.Privileged{}
	_, err := collect(ctx, tx, func(r row) (none struct{}, err error) {
		var key string
		var text billing.Privileged
		err = r.Scan(&key, &text)
		out[key] = text
		return none, err
	}, `SELECT key, text FROM wording WHERE work_date = ?`, day.String())
	return out, err
}

// PutWording keeps what was made of a narrative of day, in place of an earlier
// answer.
func (tx *Tx) PutWording(ctx context.Context, day billing.Day, w Wording) error {
	state := wordingAccepted
	if w.Text == "" {
		state = wordingRejected
	}
	_, err := tx.exec(ctx, `INSERT INTO wording (work_date, key, state, text, reason, at) VALUES (?,?,?,?,?,?)
		ON CONFLICT (work_date, key) DO UPDATE SET state = excluded.state, text = excluded.text, reason = excluded.reason, at = excluded.at`,
		day.String(), w.Key, state, string(w.Text), w.Reason, unix(tx.Now()))
	return err
}

// WordingCounts is how the answers fared that are kept.
type WordingCounts struct {
	Accepted int
	Rejected map[string]int // by reason
}

// WordingCounts counts the answers that are kept.
func (tx *Tx) WordingCounts(ctx context.Context) (c WordingCounts, err error) {
	c.Rejected = map[string]int{}
	_, err = collect(ctx, tx, func(r row) (none struct{}, err error) {
		var state, reason string
		var n int
		err = r.Scan(&state, &reason, &n)
		if state == wordingAccepted {
			c.Accepted += n
		} else {
			c.Rejected[reason] += n
		}
		return none, err
	}, `SELECT state, reason, count(*) FROM wording GROUP BY state, reason`)
	return c, err
}

// InReview reports whether the person decided something about day within the last
// moments, and so is likely to be looking at its drafts.
func (tx *Tx) InReview(ctx context.Context, day billing.Day) (bool, error) {
	last, ok, err := one(ctx, tx, value[int64], `SELECT last_at FROM review_time WHERE work_date = ?`, day.String())
	return ok && unix(tx.Now())-last < thinking, err
}

// ForgetWordings removes n of the answers that were kept before the instant
// given, all of them when that is zero, and reports whether there may be more.
// After the commit, [Store.Scrub] takes them out of the files too.
func (tx *Tx) ForgetWordings(ctx context.Context, before time.Time, n int) (more bool, err error) {
	var gone int64
	if before.IsZero() {
		gone, err = tx.exec(ctx, `DELETE FROM wording`)
	} else {
		gone, err = tx.exec(ctx, `DELETE FROM wording WHERE (work_date, key) IN (SELECT work_date, key FROM wording WHERE at < ? LIMIT ?)`, unix(before), n)
		more = gone == int64(n)
	}
	if err != nil || gone == 0 {
		return false, err
	}
	return more, tx.markPurged(ctx)
}
