package store

import (
	"context"
	"fmt"

	"github.com/tenths/tenths/billing"
)

// NotesSource is the source of what the timekeeper types. It is always there.
const NotesSource billing.SourceID = "notes"

const sourceColumns = `id, kind, place, user, added_at`

// AddSource adds a place to observe. It sets src.ID, such as "calendar-1", and
// src.Added. A place that was removed before gets its old id back, and its
// observations with it; it is then observed from the beginning. A place that is
// observed already is a Conflict.
func (tx *Tx) AddSource(ctx context.Context, src *billing.SourceConfig) error {
	if src.Kind == "" || src.Kind == billing.SourceNotes {
		return invalid("notes are always there; name the kind of source to add, such as calendar or imap")
	}
	type held struct {
		id      billing.SourceID
		removed int64
	}
	old, ok, err := one(ctx, tx, func(r row) (h held, err error) { return h, r.Scan(&h.id, &h.removed) },
		`SELECT id, removed_at FROM source WHERE kind = ? AND place = ? AND user = ? ORDER BY removed_at LIMIT 1`, src.Kind, src.Where, src.User)
	switch {
	case err != nil:
		return err
	case ok && old.removed == 0:
		return conflict("that place is observed already, as %s", old.id)
	case ok:
		_, err = tx.exec(ctx, `UPDATE source SET removed_at = 0, cursor = '', added_at = ? WHERE id = ?`, unix(tx.Now()), old.id)
		src.ID = old.id
	default:
		n, _, cerr := one(ctx, tx, value[int64], `SELECT count(*) FROM source WHERE kind = ?`, src.Kind)
		if cerr != nil {
			return cerr
		}
		src.ID = billing.SourceID(fmt.Sprintf("%s-%d", src.Kind, n+1))
		_, err = tx.exec(ctx, `INSERT INTO source (`+sourceColumns+`) VALUES (?,?,?,?,?)`, src.ID, src.Kind, src.Where, src.User, unix(tx.Now()))
	}
	src.Added = tx.Now()
	tx.stale(TopicSources)
	return err
}

// Sources returns the places observed, in the order in which they were added;
// the notes come first.
func (tx *Tx) Sources(ctx context.Context) ([]billing.SourceConfig, error) {
	return collect(ctx, tx, scanSource, `SELECT `+sourceColumns+` FROM source WHERE removed_at = 0 ORDER BY added_at, rowid`)
}

// Source returns the source with that id, or a NotFound error.
func (tx *Tx) Source(ctx context.Context, id billing.SourceID) (billing.SourceConfig, error) {
	src, ok, err := one(ctx, tx, scanSource, `SELECT `+sourceColumns+` FROM source WHERE id = ? AND removed_at = 0`, id)
	if err == nil && !ok {
		err = noSource(id)
	}
	return src, err
}

// RemoveSource stops observing a place. What it observed stays.
func (tx *Tx) RemoveSource(ctx context.Context, id billing.SourceID) error {
	if id == NotesSource {
		return invalid("the notes cannot be removed")
	}
	n, err := tx.exec(ctx, `UPDATE source SET removed_at = ?, cursor = '' WHERE id = ? AND removed_at = 0`, max(unix(tx.Now()), 1), id)
	if err == nil && n == 0 {
		err = noSource(id)
	}
	tx.stale(TopicSources)
	return err
}

// Cursor returns how far the source has observed; "" is the beginning.
func (tx *Tx) Cursor(ctx context.Context, id billing.SourceID) (string, error) {
	cursor, ok, err := one(ctx, tx, value[string], `SELECT cursor FROM source WHERE id = ? AND removed_at = 0`, id)
	if err == nil && !ok {
		err = noSource(id)
	}
	return cursor, err
}

// SetCursor notes how far the source has observed.
func (tx *Tx) SetCursor(ctx context.Context, id billing.SourceID, cursor string) error {
	n, err := tx.exec(ctx, `UPDATE source SET cursor = ? WHERE id = ? AND removed_at = 0`, cursor, id)
	if err == nil && n == 0 {
		err = noSource(id)
	}
	return err
}

func noSource(id billing.SourceID) error {
	return notFound("there is no source %q; see the list of sources", string(id))
}

func scanSource(r row) (src billing.SourceConfig, err error) {
	var added int64
	err = r.Scan(&src.ID, &src.Kind, &src.Where, &src.User, &added)
	src.Added = instant(added)
	return src, err
}
