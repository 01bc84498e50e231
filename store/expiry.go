package store

import (
	"context"
	"time"

	"github.com/tenths/tenths/billing"
)

// Rest is what rests on an observation.
type Rest int

// What may rest on an observation.
const (
	RestsNothing Rest = iota // nothing, or what was discarded
	RestsDraft               // drafts that nobody touched, and nothing else
	RestsDecided             // a draft that a person touched, or an approved entry
)

// Aged is what decides whether an observation has expired; it ended and was
// recorded long ago. It holds no privileged text.
type Aged struct {
	ID      billing.ObservationID
	Span    billing.Span
	Removed bool
	Rest    Rest
}

// Place is how far a look at aged observations has come.
type Place struct {
	start int64
	id    string
	begun bool
}

// agedColumns says what is known of an observation o; rest is negative for one
// that ended or was recorded after ?1.
const agedColumns = `o.id, o.start_at, o.end_at, o.removed, CASE WHEN o.end_at > ?1 OR o.recorded_at > ?1 THEN -1
	ELSE coalesce((SELECT max(CASE WHEN e.state = 'discarded' THEN 0 WHEN e.state = 'drafted' AND e.touched = 0 THEN 1 ELSE 2 END)
		FROM entry_evidence v JOIN entry e ON e.id = v.entry WHERE v.observation = o.id), 0) END`

// Aged looks at the next n observations after the place given, by start, the
// zero Place being before the first, and returns those that ended and were
// recorded by the instant given, tombstones too, and the place that it came to;
// more is false once it has seen all.
func (tx *Tx) Aged(ctx context.Context, by time.Time, after Place, n int) (aged []Aged, last Place, more bool, err error) {
	start := after.start
	if !after.begun {
		start = -1 << 62
	}
	found, err := collect(ctx, tx, scanAged, `SELECT `+agedColumns+` FROM observation o
		WHERE o.latest = 1 AND (o.start_at, o.id) > (?2, ?3) AND o.start_at <= ?1 ORDER BY o.start_at, o.id LIMIT ?4`,
		unix(by), start, after.id, n)
	if err != nil || len(found) == 0 {
		return nil, after, false, err
	}
	end := found[len(found)-1]
	return ended(found), Place{start: unix(end.Span.Start), id: string(end.ID), begun: true}, len(found) == n, nil
}

// StillAged is [Tx.Aged] of the observations given; those that were purged are
// left out.
func (tx *Tx) StillAged(ctx context.Context, by time.Time, ids []billing.ObservationID) ([]Aged, error) {
	list, err := asJSON(ids)
	if err != nil {
		return nil, explain(err, "the observations cannot be read")
	}
	found, err := collect(ctx, tx, scanAged, `SELECT `+agedColumns+` FROM observation o
		WHERE o.latest = 1 AND o.id IN (SELECT value FROM json_each(?2))`, unix(by), list)
	return ended(found), err
}

func scanAged(r row) (a Aged, err error) {
	var start, end int64
	err = r.Scan(&a.ID, &start, &end, &a.Removed, &a.Rest)
	a.Span = billing.Span{Start: instant(start), End: instant(end)}
	return a, err
}

func ended(found []Aged) (aged []Aged) {
	for _, a := range found {
		if a.Rest >= RestsNothing {
			aged = append(aged, a)
		}
	}
	return aged
}

// Undecided reports whether no person ever decided anything about a day: nothing
// was approved, discarded, changed or written, nor taken back again.
func (tx *Tx) Undecided(ctx context.Context, day billing.Day) (bool, error) {
	none, _, err := one(ctx, tx, value[bool], `SELECT NOT EXISTS (SELECT 1 FROM entry e WHERE e.work_date = ?1 AND `+held+`)
		AND NOT EXISTS (SELECT 1 FROM review_time WHERE work_date = ?1)
		AND NOT EXISTS (SELECT 1 FROM change_entry c JOIN entry e ON e.id = c.entry WHERE e.work_date = ?1)`, day.String())
	return none, err
}

// Imported reports whether all that is known of the time in span came from
// elsewhere, none of it from what the timekeeper says, and was recorded first
// from one instant on, and last by another.
func (tx *Tx) Imported(ctx context.Context, span billing.Span, from, by time.Time) (bool, error) {
	const other = `o.latest = 1 AND o.removed = 0 AND (o.source = ?3 OR o.recorded_at > ?5
		OR (SELECT min(r.recorded_at) FROM observation r WHERE r.id = o.id) < ?4)`
	all, _, err := one(ctx, tx, value[bool], `SELECT NOT EXISTS (
			SELECT 1 FROM observation o WHERE o.lasting = 0 AND o.start_at >= ?1 - 172800 AND o.start_at < ?2
				AND (o.end_at > ?1 OR o.start_at >= ?1) AND `+other+`)
		AND NOT EXISTS (SELECT 1 FROM observation o WHERE o.lasting = 1 AND o.start_at < ?2 AND o.end_at > ?1 AND `+other+`)`,
		unix(span.Start), unix(span.End), NotesSource, unix(from), unix(by))
	return all, err
}

// Withdraw removes the drafts that nobody touched and that rest on any of the
// observations, with what a model made of their days' narratives, and returns
// how many there were.
func (tx *Tx) Withdraw(ctx context.Context, ids []billing.ObservationID) (int, error) {
	list, err := asJSON(ids)
	if err != nil {
		return 0, explain(err, "the entries cannot be changed")
	}
	type resting struct {
		id  billing.EntryID
		day string
	}
	drafts, err := collect(ctx, tx, func(r row) (d resting, err error) { return d, r.Scan(&d.id, &d.day) },
		`SELECT id, work_date FROM entry WHERE state = 'drafted' AND touched = 0 AND id IN (
			SELECT entry FROM entry_evidence WHERE observation IN (SELECT value FROM json_each(?)))`, list)
	if err != nil {
		return 0, err
	}
	for _, d := range drafts {
		if err := tx.remove(ctx, d.id); err != nil {
			return 0, err
		}
		if _, err := tx.exec(ctx, `DELETE FROM wording WHERE work_date = ?`, d.day); err != nil {
			return 0, err
		}
	}
	return len(drafts), nil
}
