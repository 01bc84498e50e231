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
// were. It is called before the change teaches anything. An entry that did not exist before has no State: undo removes it. One
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
		image, err := tx.imageOf(ctx, e)
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

// image is an entry as it was before a change, with what it taught.
type image struct {
	billing.Entry
	Lessons []taught       `json:",omitempty"`
	Senders []senderTaught `json:",omitempty"`
}

// imageOf returns what undo puts back, as JSON; nil for an entry that was not
// there.
func (tx *Tx) imageOf(ctx context.Context, e billing.Entry) (any, error) {
	if e.ID != "" && e.State == "" {
		return nil, nil
	}
	var was any = recorded{Evidence: e.Evidence}
	if e.ID != "" {
		lessons, err := tx.taughtBy(ctx, e.ID)
		if err != nil {
			return nil, err
		}
		senders, err := tx.sendersTaughtBy(ctx, string(e.ID))
		if err != nil {
			return nil, err
		}
		was = image{e, lessons, senders}
	}
	text, err := json.Marshal(was)
	return string(text), explain(err, "the change cannot be noted")
}

// recorded is the image of what a change did beside entries: observations that
// it recorded, which a purge finds under the same name as an entry's, and a
// setting as it was before.
type recorded struct {
	Evidence []billing.ObservationID `json:",omitempty"`
	Revision string                  `json:",omitempty"` // that Evidence had, where the change recorded another
	Setting  string                  `json:",omitempty"`
	Value    json.RawMessage         `json:",omitempty"`
	Folds    []foldedBefore          `json:",omitempty"` // then Evidence are what was folded or kept, in the same order
}

// RecordRevision adds to the change that was recorded last that it also recorded
// another revision of an observation, and which it had before.
func (tx *Tx) RecordRevision(ctx context.Context, id billing.ObservationID, before string) error {
	return tx.alsoChanged(ctx, recorded{Evidence: []billing.ObservationID{id}, Revision: before})
}

// RecordSetting adds to the change that was recorded last that it also changed a
// setting, and what that was before.
func (tx *Tx) RecordSetting(ctx context.Context, name string, before any) error {
	value, err := json.Marshal(before)
	if err != nil {
		return explain(err, "the change cannot be noted")
	}
	return tx.alsoChanged(ctx, recorded{Setting: name, Value: value})
}

// alsoChanged adds to the change that was recorded last what else it did.
func (tx *Tx) alsoChanged(ctx context.Context, what recorded) error {
	image, err := json.Marshal(what)
	if err != nil {
		return explain(err, "the change cannot be noted")
	}
	_, err = tx.exec(ctx, `INSERT INTO change_entry (change, ord, entry, before)
		SELECT change, max(ord) + 1, '', ?1 FROM change_entry WHERE change = (SELECT max(seq) FROM change) GROUP BY change`, string(image))
	return err
}

// ForgetSetting removes what undo kept of a setting, so that it does not bring
// back what was forgotten since.
func (tx *Tx) ForgetSetting(ctx context.Context, name string) error {
	_, err := tx.exec(ctx, `DELETE FROM change_entry WHERE entry = '' AND json_extract(before, '$.Setting') = ?`, name)
	return err
}

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
	Untold   []billing.Observation // the change had recorded them
	Refolded []billing.Observation // the change had folded them, or kept them from it
}

// Undo takes back the newest change that was not taken back yet. Entries that
// the change made are gone, observations that it recorded are taken back, as by
// their source, and what is taught is what was taught before. Changes of entries that have been approved since are
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
	type part struct {
		entry  billing.EntryID
		before sql.NullString
	}
	parts, err := collect(ctx, tx, func(r row) (i part, err error) { return i, r.Scan(&i.entry, &i.before) },
		`SELECT entry, before FROM change_entry WHERE change = ? ORDER BY ord`, last.seq)
	if err != nil {
		return out, err
	}
	out.What = last.what
	for _, i := range parts {
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
	if err != nil {
		return err
	}
	if e != nil {
		out.Restored = append(out.Restored, *e)
	}
	return nil
}

// untell takes back what a change did beside entries: a setting is as it was,
// an observation gets its revision of before, and one that was not there a
// tombstone.
func (tx *Tx) untell(ctx context.Context, image string, out *Undone) error {
	var told recorded
	if err := json.Unmarshal([]byte(image), &told); err != nil {
		return explain(err, "the change cannot be undone")
	}
	if len(told.Folds) > 0 {
		return tx.refold(ctx, told, out)
	}
	if told.Setting != "" {
		return tx.SetSetting(ctx, told.Setting, told.Value)
	}
	list, err := tx.Observation(ctx, told.Evidence...)
	if err != nil {
		return err
	}
	out.Untold = append(out.Untold, list...)
	if told.Revision != "" {
		return tx.revise(ctx, list, told.Revision, out)
	}
	for _, o := range list {
		tombstone := billing.Observation{ExternalID: o.ExternalID, Revision: "undone", Removed: true, Kind: o.Kind, Span: o.Span, Zone: o.Zone}
		if _, err := tx.recordBatch(ctx, o.Source, []billing.Observation{tombstone}); err != nil {
			return err
		}
		tx.stale(TopicObservations)
	}
	return nil
}

// revise makes an earlier revision of observations the latest again, and notes
// both in out: the days of either may have other drafts now.
func (tx *Tx) revise(ctx context.Context, list []billing.Observation, revision string, out *Undone) error {
	for _, o := range list {
		again := billing.Observation{ExternalID: o.ExternalID, Revision: revision, Kind: o.Kind, Span: o.Span, Zone: o.Zone}
		if _, err := tx.recordBatch(ctx, o.Source, []billing.Observation{again}); err != nil {
			return err
		}
		was, err := tx.Observation(ctx, o.ID)
		if err != nil {
			return err
		}
		out.Untold = append(out.Untold, was...)
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
		return nil, errors.Join(tx.remove(ctx, id), tx.dropProposed(ctx, id), tx.TakeBack(ctx, id), tx.TakeBackSenders(ctx, string(id)))
	}
	var was image
	if err := json.Unmarshal([]byte(before.String), &was); err != nil {
		return nil, explain(err, "the change cannot be undone")
	}
	if err := tx.teachAgain(ctx, id, was.Lessons); err != nil {
		return nil, err
	}
	if err := tx.teachSendersAgain(ctx, string(id), was.Senders); err != nil {
		return nil, err
	}
	e := &was.Entry
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
