package store

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/tenths/tenths/billing"
)

const insertEntry = `INSERT INTO entry (work_date, zone, matter, worked, billed, rounding, narrative, phrases, task_code,
	activity_code, non_billable, private, estimated, confidence, reasons, candidates, state, touched, accepted,
	rate_cents, rate_currency, approved_at, revision, asks, billed_by, id) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`

const updateEntry = `UPDATE entry SET work_date = ?, zone = ?, matter = ?, worked = ?, billed = ?, rounding = ?, narrative = ?,
	phrases = ?, task_code = ?, activity_code = ?, non_billable = ?, private = ?, estimated = ?, confidence = ?, reasons = ?,
	candidates = ?, state = ?, touched = ?, accepted = ?, rate_cents = ?, rate_currency = ?, approved_at = ?, revision = ?, asks = ?, billed_by = ?
	WHERE id = ?`

// PutEntry adds e when it has no id, and sets one; otherwise it replaces the
// stored entry, whose revision must be e.Revision, or it is a Conflict. It sets
// e.Revision to the new one. An approved or posted entry is never changed
// (Conflict), but for its state going from approved to posted.
func (tx *Tx) PutEntry(ctx context.Context, e *billing.Entry) error {
	if e.ID == "" {
		if e.State == billing.StatePosted {
			return conflict("an entry is approved before it is posted")
		}
		e.ID, e.Revision = billing.EntryID(tx.store.ids.next(tx.at)), 1
		return tx.write(ctx, e, insertEntry)
	}
	stored, err := tx.standing(ctx, e.ID)
	switch {
	case err != nil:
		return err
	case stored.state == "":
		return noEntry()
	case stored.state == billing.StateApproved && e.State == billing.StatePosted:
		return tx.setPosted(ctx, e)
	case stored.frozen():
		return conflict("the entry is approved and cannot be changed; make a correction instead")
	case stored.revision != e.Revision:
		return conflict("the entry was changed meanwhile; look at it again")
	case e.State == billing.StatePosted:
		return conflict("an entry is approved before it is posted")
	}
	next := *e
	next.Revision++
	if err := tx.write(ctx, &next, updateEntry); err != nil {
		return err
	}
	e.Revision = next.Revision
	return nil
}

// setPosted moves an approved entry to posted and changes nothing else.
func (tx *Tx) setPosted(ctx context.Context, e *billing.Entry) error {
	n, err := tx.exec(ctx, `UPDATE entry SET state = 'posted', revision = revision + 1 WHERE id = ? AND revision = ?`, e.ID, e.Revision)
	switch {
	case err != nil:
		return err
	case n == 0:
		return conflict("the entry was changed meanwhile; look at it again")
	}
	e.Revision++
	tx.stale(TopicDrafts)
	return nil
}

// DeleteDraft removes an entry that is drafted and that nobody has touched, so
// that its day can be drafted anew; any other is a Conflict.
func (tx *Tx) DeleteDraft(ctx context.Context, id billing.EntryID) error {
	stored, err := tx.standing(ctx, id)
	switch {
	case err != nil:
		return err
	case stored.state == "":
		return noEntry()
	case stored.state != billing.StateDrafted || stored.touched:
		return conflict("the entry was edited, discarded or approved, and stays")
	}
	return tx.remove(ctx, id)
}

// RemoveDraft removes a draft whatever a person did to it, as when another took
// over its time and evidence; what is approved or discarded is a Conflict.
func (tx *Tx) RemoveDraft(ctx context.Context, id billing.EntryID) error {
	stored, err := tx.standing(ctx, id)
	switch {
	case err != nil:
		return err
	case stored.state == "":
		return noEntry()
	case stored.state != billing.StateDrafted:
		return conflict("the entry was discarded or approved, and stays")
	}
	return tx.remove(ctx, id)
}

// standing is what decides whether an entry may change; its state is "" when
// there is none.
type standing struct {
	state    billing.EntryState
	touched  bool
	revision int64
}

func (s standing) frozen() bool {
	return s.state == billing.StateApproved || s.state == billing.StatePosted
}

func (tx *Tx) standing(ctx context.Context, id billing.EntryID) (standing, error) {
	s, _, err := one(ctx, tx, func(r row) (s standing, err error) { return s, r.Scan(&s.state, &s.touched, &s.revision) },
		`SELECT state, touched, revision FROM entry WHERE id = ?`, id)
	return s, err
}

// write stores e by query, which is insertEntry or updateEntry. The children go
// first: once the entry is approved the triggers refuse them.
func (tx *Tx) write(ctx context.Context, e *billing.Entry, query string) error {
	values, err := entryValues(e)
	if err != nil {
		return err
	}
	if query == updateEntry {
		if err := tx.clear(ctx, e.ID); err != nil {
			return err
		}
	}
	for i, s := range e.Spans {
		if _, err := tx.exec(ctx, `INSERT INTO entry_span (entry, ord, start_at, end_at) VALUES (?,?,?,?)`, string(e.ID), i, unix(s.Start), unix(s.End)); err != nil {
			return err
		}
	}
	for i, id := range e.Evidence {
		if _, err := tx.exec(ctx, `INSERT INTO entry_evidence (entry, ord, observation) VALUES (?,?,?)`, string(e.ID), i, string(id)); err != nil {
			return err
		}
	}
	if _, err := tx.exec(ctx, query, values...); err != nil {
		return err
	}
	if e.State != billing.StateDiscarded {
		tx.claim(e.Spans)
	}
	tx.stale(TopicDrafts)
	return nil
}

// remove deletes an entry with its children.
func (tx *Tx) remove(ctx context.Context, id billing.EntryID) error {
	if err := tx.clear(ctx, id); err != nil {
		return err
	}
	_, err := tx.exec(ctx, `DELETE FROM entry WHERE id = ?`, id)
	tx.stale(TopicDrafts)
	return err
}

// clear deletes an entry's children.
func (tx *Tx) clear(ctx context.Context, id billing.EntryID) error {
	if _, err := tx.exec(ctx, `DELETE FROM entry_span WHERE entry = ?`, id); err != nil {
		return err
	}
	_, err := tx.exec(ctx, `DELETE FROM entry_evidence WHERE entry = ?`, id)
	return err
}

// entryValues checks e and returns the parameters of insertEntry.
func entryValues(e *billing.Entry) ([]any, error) {
	if e.WorkDate.IsZero() {
		return nil, invalid("an entry needs a work date")
	}
	for i, s := range e.Spans {
		if s.End.Before(s.Start) || i > 0 && s.Start.Before(e.Spans[i-1].End) {
			return nil, &billing.Error{Kind: billing.Internal, Msg: "the entry's stretches of time overlap or are out of order"}
		}
	}
	rounding, err1 := json.Marshal(e.Rounding)
	phrases, err2 := asJSON(e.Phrases)
	reasons, err3 := asJSON(e.Reasons)
	candidates, err4 := asJSON(e.Candidates)
	asks, err5 := asJSON(e.Asks)
	if err := errors.Join(err1, err2, err3, err4, err5); err != nil {
		return nil, explain(err, "the entry cannot be kept")
	}
	var matter any // NULL while nobody knows
	if e.Matter != "" {
		matter = string(e.Matter)
	}
	return []any{e.WorkDate.String(), e.Zone, matter, e.Worked, e.Billed, string(rounding), string(e.Narrative), phrases, e.TaskCode,
		e.ActivityCode, e.NonBillable, e.Private, e.Estimated, e.Confidence, reasons, candidates, string(e.State), e.Touched, e.Accepted,
		e.Rate.Cents, e.Rate.Currency, unix(e.ApprovedAt), e.Revision, asks, string(e.BilledBy), string(e.ID)}, nil
}
