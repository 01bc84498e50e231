package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"

	"github.com/tenths/tenths/billing"
)

// journalLength is how many changes stay undoable: they hold privileged text,
// and nobody goes back further.
const journalLength = 500

// RecordChange notes a change that one press of undo takes back as a whole:
// what names it for the person ("discard"), before holds the entries as they
// were. An entry that did not exist before has nothing but its ID set.
func (tx *Tx) RecordChange(ctx context.Context, what string, before []billing.Entry) error {
	if len(before) == 0 {
		return nil
	}
	seq, _, err := one(ctx, tx, value[int64], `INSERT INTO change (at, what) VALUES (?, ?) RETURNING seq`, unix(tx.Now()), what)
	if err != nil {
		return err
	}
	for i, e := range before {
		if err := tx.keepProposed(ctx, e); err != nil {
			return err
		}
		if e.State != "" && (i == 0 || e.WorkDate != before[i-1].WorkDate) {
			if err := tx.decided(ctx, e.WorkDate); err != nil {
				return err
			}
		}
		var image any
		if e.State != "" {
			text, err := json.Marshal(e)
			if err != nil {
				return explain(err, "the change cannot be noted")
			}
			image = string(text)
		}
		if (standing{state: e.State}).frozen() {
			return conflict("the entry is approved and cannot be changed; make a correction instead")
		}
		if _, err := tx.exec(ctx, `INSERT INTO change_entry (change, ord, entry, before) VALUES (?,?,?,?)`, seq, i, e.ID, image); err != nil {
			return err
		}
	}
	_, err = tx.exec(ctx, `DELETE FROM change WHERE seq <= ?`, seq-journalLength)
	return err
}

// openChange selects the newest change that can be taken back: it was not yet,
// and none of its entries has been approved since.
const openChange = `FROM change c WHERE c.undone = 0 AND NOT EXISTS (
		SELECT 1 FROM change_entry ce JOIN entry e ON e.id = ce.entry
		WHERE ce.change = c.seq AND e.state IN ('approved', 'posted'))
	ORDER BY c.seq DESC LIMIT 1`

// LastChange returns the name of the change that Undo would take back, "" when
// there is none.
func (tx *Tx) LastChange(ctx context.Context) (string, error) {
	what, _, err := one(ctx, tx, value[string], `SELECT c.what `+openChange)
	return what, err
}

// Undo takes back the newest change that was not taken back yet, and returns
// its name and the entries as they are again. Entries that the change made are
// gone. Changes of entries that have been approved since are passed over: an
// approved entry is final. There being none is NotFound; one whose time another
// entry has meanwhile is a Conflict.
func (tx *Tx) Undo(ctx context.Context) (what string, restored []billing.Entry, err error) {
	type change struct {
		seq  int64
		what string
	}
	last, ok, err := one(ctx, tx, func(r row) (c change, err error) { return c, r.Scan(&c.seq, &c.what) },
		`SELECT c.seq, c.what `+openChange)
	if err != nil {
		return "", nil, err
	}
	if !ok {
		return "", nil, notFound("there is nothing to undo")
	}
	type image struct {
		entry  billing.EntryID
		before sql.NullString
	}
	images, err := collect(ctx, tx, func(r row) (i image, err error) { return i, r.Scan(&i.entry, &i.before) },
		`SELECT entry, before FROM change_entry WHERE change = ? ORDER BY ord`, last.seq)
	if err != nil {
		return "", nil, err
	}
	for _, i := range images {
		e, err := tx.restore(ctx, i.entry, i.before)
		if err != nil {
			return "", nil, err
		}
		if e != nil {
			restored = append(restored, *e)
		}
	}
	_, err = tx.exec(ctx, `UPDATE change SET undone = 1 WHERE seq = ?`, last.seq)
	return last.what, restored, err
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
