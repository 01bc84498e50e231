package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/tenths/tenths/billing"
)

// Tx is one transaction. It is good only within the function it was given to,
// and on one goroutine.
type Tx struct {
	sql     *sql.Tx
	store   *Store
	at      time.Time
	stmts   map[string]*sql.Stmt // closed with the transaction
	topics  []string
	claimed billing.Span // covers all seconds given to entries so far

	relearned bool // see Relearn
}

// Now returns the transaction's one reading of the clock, in UTC, whole seconds.
func (tx *Tx) Now() time.Time { return tx.at.UTC().Truncate(time.Second) }

// stale notes that topic changed, for [Store.OnCommit].
func (tx *Tx) stale(topic string) {
	if !slices.Contains(tx.topics, topic) {
		tx.topics = append(tx.topics, topic)
	}
}

// prepare returns the statement for query, made once per transaction. Lists go
// in as one JSON parameter, so that the texts are few and constant.
func (tx *Tx) prepare(ctx context.Context, query string) (*sql.Stmt, error) {
	if stmt, ok := tx.stmts[query]; ok {
		return stmt, nil
	}
	stmt, err := tx.sql.PrepareContext(ctx, query)
	if err == nil {
		tx.stmts[query] = stmt
	}
	return stmt, err
}

// exec runs query and returns how many rows it changed.
func (tx *Tx) exec(ctx context.Context, query string, args ...any) (int64, error) {
	stmt, err := tx.prepare(ctx, query)
	if err != nil {
		return 0, explain(err, "the time records cannot be changed")
	}
	res, err := stmt.ExecContext(ctx, args...)
	if err != nil {
		return 0, explain(err, "the time records cannot be changed")
	}
	n, err := res.RowsAffected()
	return n, explain(err, "the time records cannot be changed")
}

// row is what a scan function reads from.
type row interface{ Scan(dest ...any) error }

// collect runs query and returns what scan makes of each row.
func collect[T any](ctx context.Context, tx *Tx, scan func(row) (T, error), query string, args ...any) ([]T, error) {
	const msg = "the time records cannot be read"
	stmt, err := tx.prepare(ctx, query)
	if err != nil {
		return nil, explain(err, msg)
	}
	rows, err := stmt.QueryContext(ctx, args...)
	if err != nil {
		return nil, explain(err, msg)
	}
	defer rows.Close()
	var out []T
	for rows.Next() {
		v, err := scan(rows)
		if err != nil {
			return nil, explain(err, msg)
		}
		out = append(out, v)
	}
	return out, explain(rows.Err(), msg)
}

// one runs query for a single row; ok is false when there is none.
func one[T any](ctx context.Context, tx *Tx, scan func(row) (T, error), query string, args ...any) (v T, ok bool, err error) {
	stmt, err := tx.prepare(ctx, query)
	if err == nil {
		v, err = scan(stmt.QueryRowContext(ctx, args...))
	}
	if errors.Is(err, sql.ErrNoRows) {
		return v, false, nil
	}
	return v, err == nil, explain(err, "the time records cannot be read")
}

// value scans a row of one column.
func value[T any](r row) (v T, err error) {
	err = r.Scan(&v)
	return v, err
}

// asJSON stores v as JSON text; an empty list is "[]".
func asJSON[T any](v []T) (string, error) {
	if len(v) == 0 {
		return "[]", nil
	}
	b, err := json.Marshal(v)
	return string(b), err
}

// fromJSON reads a list that asJSON wrote; "[]" leaves it nil.
func fromJSON[T any](text string, v *[]T) error {
	if text == "[]" {
		return nil
	}
	return json.Unmarshal([]byte(text), v)
}

// unix returns t in whole seconds, rounded down; 0 for the zero time.
func unix(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}

// instant undoes unix.
func instant(seconds int64) time.Time {
	if seconds == 0 {
		return time.Time{}
	}
	return time.Unix(seconds, 0).UTC()
}
