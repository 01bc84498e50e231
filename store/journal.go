package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"slices"

	"github.com/tenths/tenths/billing"
)

// journalLength is how many changes stay undoable: they hold privileged text,
// and nobody goes back further.
const journalLength = 500

// RecordChange notes a change that one press of undo takes back as a whole:
// what names it for the person ("discard"), before holds the entries as they
// were. An entry that did not exist before has no State: undo removes it. One
// without an ID stands for no entry: its Evidence are observations that the
// change recorded, which undo takes back; the entries that came of them count
// as drafted.
func (tx *Tx) RecordChange(ctx context.Context, what string, before []billing.Entry) error {
	if len(before) == 0 {
		return nil
	}
	told := slices.ContainsFunc(before, func(e billing.Entry) bool { return e.ID == "" })
	seq, _, err := one(ctx, tx, value[int64], `INSERT INTO change (at, what) VALUES (?, ?) RETURNING seq`, unix(tx.Now()), what)
	if err != nil {
		return err
	}
	var days []billing.Day
	for i, e := range before {
		if (standing{state: e.State}).frozen() {
			return conflict("the entry is approved and cannot be changed; make a correction instead")
		}
		if !told {
			if err := tx.keepProposed(ctx, e); err != nil {
				return err
			}
		}
		if !e.WorkDate.IsZero() && !slices.Contains(days, e.WorkDate) {
			days = append(days, e.WorkDate)
			if err := tx.decided(ctx, e.WorkDate); err != nil {
				return err
			}
		}
		image, err := imageOf(e)
		if err != nil {
			return err
		}
		if _, err := tx.exec(ctx, `INSERT INTO change_entry (change, ord, entry, before) VALUES (?,?,?,?)`, seq, i, e.ID, image); err != nil {
			return err
		}
	}
	_, err = tx.exec(ctx, `DELETE FROM change WHERE seq <= ?`, seq-journalLength)
	return err
}

// imageOf returns what undo puts back, as JSON; nil for an entry that was not
// there.
func imageOf(e billing.Entry) (any, error) {
	if e.ID != "" && e.State == "" {
		return nil, nil
	}
	var image any = e
	if e.ID == "" {
		image = recorded{e.Evidence}
	}
	text, err := json.Marshal(image)
	return string(text), explain(err, "the change cannot be noted")
}

// recorded is the image of observations that a change recorded. A purge finds
// them under the same name as an entry's.
type recorded struct{ Evidence []billing.ObservationID }

// openChange selects the newest change that can be taken back: it was not yet,
// and none of its entries, nor any that rests on what it recorded, has been
// approved since.
const openChange = `FROM change c WHERE c.undone = 0 AND NOT EXISTS (
		SELECT 1 FROM change_entry ce JOIN entry e ON e.id = ce.entry
		WHERE ce.change = c.seq AND e.state IN ('approved', 'posted'))
	AND NOT EXISTS (
		SELECT 1 FROM change_entry ce, json_each(ce.before, '$.Evidence') o
		JOIN entry_evidence v ON v.observation = o.value JOIN entry e ON e.id = v.entry
		WHERE ce.change = c.seq AND ce.entry = '' AND e.state IN ('approved', 'posted'))
	ORDER BY c.seq DESC LIMIT 1`

// LastChange returns the name of the change that Undo would take back, "" when
// there is none.
func (tx *Tx) LastChange(ctx context.Context) (string, error) {
	what, _, err := one(ctx, tx, value[string], `SELECT c.what `+openChange)
	return what, err
}

// Undone is a change that was taken back.
type Undone struct {
	What     string
	Restored []billing.Entry       // as they are again
	Removed  []billing.EntryID     // the change had made them
	Untold   []billing.Observation // the change had recorded them
}

// Undo takes back the newest change that was not taken back yet. Entries that
// the change made are gone, and observations that it recorded are taken back,
// as by their source. Changes of entries that have been approved since are
// passed over: an approved entry is final. There being none is NotFound; one
// whose time another entry has meanwhile is a Conflict.
func (tx *Tx) Undo(ctx context.Context) (out Undone, err error) {
	type change struct {
		seq  int64
		what string
	}
	last, ok, err := one(ctx, tx, func(r row) (c change, err error) { return c, r.Scan(&c.seq, &c.what) },
		`SELECT c.seq, c.what `+openChange)
	if err != nil {
		return out, err
	}
	if !ok {
		return out, notFound("there is nothing to undo")
	}
	type image struct {
		entry  billing.EntryID
		before sql.NullString
	}
	images, err := collect(ctx, tx, func(r row) (i image, err error) { return i, r.Scan(&i.entry, &i.before) },
		`SELECT entry, before FROM change_entry WHERE change = ? ORDER BY ord`, last.seq)
	if err != nil {
		return out, err
	}
	out.What = last.what
	for _, i := range images {
		if err := tx.takeBack(ctx, i.entry, i.before, &out); err != nil {
			return Undone{}, err
		}
	}
	_, err = tx.exec(ctx, `UPDATE change SET undone = 1 WHERE seq = ?`, last.seq)
	return out, err
}

// takeBack undoes one part of a change and notes in out what became of it.
func (tx *Tx) takeBack(ctx context.Context, id billing.EntryID, before sql.NullString, out *Undone) error {
	if id == "" {
		return tx.untell(ctx, before.String, out)
	}
	e, err := tx.restore(ctx, id, before)
	switch {
	case err != nil:
		return err
	case e == nil:
		out.Removed = append(out.Removed, id)
	default:
		out.Restored = append(out.Restored, *e)
	}
	return nil
}

// untell takes the observations of an image back: each gets a tombstone.
func (tx *Tx) untell(ctx context.Context, image string, out *Undone) error {
	var told recorded
	if err := json.Unmarshal([]byte(image), &told); err != nil {
		return explain(err, "the change cannot be undone")
	}
	list, err := tx.Observation(ctx, told.Evidence...)
	if err != nil {
		return err
	}
	out.Untold = append(out.Untold, list...)
	for _, o := range list {
		tombstone := billing.Observation{ExternalID: o.ExternalID, Revision: "undone", Removed: true, Kind: o.Kind, Span: o.Span, Zone: o.Zone}
		if _, err := tx.recordBatch(ctx, o.Source, []billing.Observation{tombstone}); err != nil {
			return err
		}
		tx.stale(TopicObservations)
	}
	return nil
}

// restore puts an entry back as its image says, whatever its revision; without
// an image it removes the entry and returns nil.
func (tx *Tx) restore(ctx context.Context, id billing.EntryID, before sql.NullString) (*billing.Entry, error) {
	stored, err := tx.standing(ctx, id)
	if err != nil {
		return nil, err
	}
	if stored.frozen() {
		return nil, conflict("the entry was approved since; it cannot be undone, make a correction instead")
	}
	if !before.Valid {
		return nil, errors.Join(tx.remove(ctx, id), tx.dropProposed(ctx, id))
	}
	e := new(billing.Entry)
	if err := json.Unmarshal([]byte(before.String), e); err != nil {
		return nil, explain(err, "the change cannot be undone")
	}
	query := updateEntry
	if stored.state == "" {
		query = insertEntry
	}
	if !e.Touched {
		if err := tx.dropProposed(ctx, id); err != nil {
			return nil, err
		}
	}
	e.Revision = max(e.Revision, stored.revision) + 1
	return e, tx.write(ctx, e, query)
}
