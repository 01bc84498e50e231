package store

import (
	"context"
	"encoding/json"

	"github.com/tenths/tenths/billing"
)

// Folds returns what a person said about folding those of the observations of
// which they said anything: true for folded, false for work.
func (tx *Tx) Folds(ctx context.Context, ids []billing.ObservationID) (map[billing.ObservationID]bool, error) {
	list, err := asJSON(ids)
	if err != nil {
		return nil, explain(err, "the decisions cannot be read")
	}
	out := map[billing.ObservationID]bool{}
	_, err = collect(ctx, tx, func(r row) (none struct{}, err error) {
		var id billing.ObservationID
		var folded bool
		err = r.Scan(&id, &folded)
		out[id] = folded
		return none, err
	}, `SELECT observation, folded FROM fold WHERE observation IN (SELECT value FROM json_each(?))`, list)
	return out, err
}

// SetFold notes that a person folds observations, or says that they are work.
func (tx *Tx) SetFold(ctx context.Context, folded bool, ids ...billing.ObservationID) error {
	for _, id := range ids {
		if _, err := tx.exec(ctx, `INSERT INTO fold (observation, folded) VALUES (?,?) ON CONFLICT DO UPDATE SET folded = excluded.folded`, id, folded); err != nil {
			return err
		}
	}
	tx.stale(TopicObservations)
	return nil
}

// foldedBefore is what undo keeps of a decision about folding one observation.
type foldedBefore struct {
	Origin  string
	Folded  *bool          `json:",omitempty"` // nil where nothing was said
	Senders []senderTaught `json:",omitempty"`
}

// RecordFold notes a change of what is folded, which one press of undo takes
// back as a whole: what was said of the observations before, and what each
// taught of its sender under the origin that it has. The days are theirs, on which
// something was decided by that. It is called before the change is made.
func (tx *Tx) RecordFold(ctx context.Context, what string, days []billing.Day, ids []billing.ObservationID, origin func(billing.ObservationID) string) error {
	for _, day := range days {
		if err := tx.decided(ctx, day); err != nil {
			return err
		}
	}
	said, err := tx.Folds(ctx, ids)
	if err != nil {
		return err
	}
	was := recorded{Evidence: ids}
	for _, id := range ids {
		before := foldedBefore{Origin: origin(id)}
		if folded, ok := said[id]; ok {
			before.Folded = &folded
		}
		if before.Senders, err = tx.sendersTaughtBy(ctx, before.Origin); err != nil {
			return err
		}
		was.Folds = append(was.Folds, before)
	}
	text, err := json.Marshal(was)
	if err != nil {
		return explain(err, "the change cannot be noted")
	}
	seq, _, err := one(ctx, tx, value[int64], `INSERT INTO change (at, what) VALUES (?, ?) RETURNING seq`, unix(tx.Now()), what)
	if err != nil {
		return err
	}
	if _, err := tx.exec(ctx, `INSERT INTO change_entry (change, ord, entry, before) VALUES (?,0,'',?)`, seq, string(text)); err != nil {
		return err
	}
	_, err = tx.exec(ctx, `DELETE FROM change WHERE seq <= ?`, seq-journalLength)
	return err
}

// refold puts back what was said about folding, and notes in out of what.
func (tx *Tx) refold(ctx context.Context, was recorded, out *Undone) error {
	for i, id := range was.Evidence {
		before := was.Folds[i]
		if before.Folded == nil {
			if _, err := tx.exec(ctx, `DELETE FROM fold WHERE observation = ?`, id); err != nil {
				return err
			}
		} else if err := tx.SetFold(ctx, *before.Folded, id); err != nil {
			return err
		}
		if err := tx.teachSendersAgain(ctx, before.Origin, before.Senders); err != nil {
			return err
		}
	}
	list, err := tx.Observation(ctx, was.Evidence...)
	out.Refolded = append(out.Refolded, list...)
	tx.stale(TopicObservations)
	return err
}

// forgetSendersOfChanges has undo teach nothing of senders again.
func (tx *Tx) forgetSendersOfChanges(ctx context.Context) error {
	if _, err := tx.exec(ctx, `UPDATE change_entry SET before = json_remove(before, '$.Senders') WHERE entry <> '' AND before IS NOT NULL`); err != nil {
		return err
	}
	type kept struct {
		change, ord int64
		image       string
	}
	list, err := collect(ctx, tx, func(r row) (k kept, err error) { return k, r.Scan(&k.change, &k.ord, &k.image) },
		`SELECT change, ord, before FROM change_entry WHERE entry = '' AND json_type(before, '$.Folds') = 'array'`)
	for _, k := range list {
		var was recorded
		if err := json.Unmarshal([]byte(k.image), &was); err != nil {
			return explain(err, "what was learned cannot be forgotten")
		}
		for i := range was.Folds {
			was.Folds[i].Senders = nil
		}
		text, err := json.Marshal(was)
		if err != nil {
			return explain(err, "what was learned cannot be forgotten")
		}
		if _, err := tx.exec(ctx, `UPDATE change_entry SET before = ? WHERE change = ? AND ord = ?`, string(text), k.change, k.ord); err != nil {
			return err
		}
	}
	return err
}
