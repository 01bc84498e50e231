package store

import (
	"context"

	"github.com/tenths/tenths/billing"
)

// thinking is the longest pause between two decisions that counts as review,
// in seconds: after that the person did something else.
const thinking = 180

// Proposed is what was drafted of an entry before a person changed it.
type Proposed struct {
	Narrative billing.Privileged
	Matter    billing.MatterID
	Billed    int64
}

// Verdict is how far an approved entry is from its draft.
type Verdict struct {
	Entry    billing.EntryID
	WorkDate billing.Day
	Letters  int64 // of the longer narrative
	Edits    int64 // letters added, removed or replaced
	Matter   bool  // another matter
	Minutes  int64 // billed, less those drafted
}

// Untouched reports whether the entry was approved as it was drafted.
func (v Verdict) Untouched() bool { return v.Edits == 0 && !v.Matter && v.Minutes == 0 }

// Proposed returns what was drafted of an entry that a person has changed
// since; false when nobody did.
func (tx *Tx) Proposed(ctx context.Context, id billing.EntryID) (Proposed, bool, error) {
	return one(ctx, tx, func(r row) (p Proposed, err error) { return p, r.Scan(&p.Narrative, &p.Matter, &p.Billed) },
		`SELECT narrative, matter, billed FROM proposed WHERE entry = ?`, id)
}

// keepProposed remembers what was drafted of e, when nobody changed it before:
// nothing at all of an entry that a person made.
func (tx *Tx) keepProposed(ctx context.Context, e billing.Entry) error {
	if e.State != "" && (e.Touched || e.State != billing.StateDrafted) {
		return nil
	}
	_, err := tx.exec(ctx, `INSERT INTO proposed (entry, narrative, matter, billed) VALUES (?,?,?,?) ON CONFLICT (entry) DO NOTHING`,
		e.ID, string(e.Narrative), e.Matter, e.Billed)
	return err
}

// Propose says that e as it stands is what was drafted, as when a draft was
// completed from the person's own words.
func (tx *Tx) Propose(ctx context.Context, e billing.Entry) error {
	if err := tx.dropProposed(ctx, e.ID); err != nil {
		return err
	}
	e.Touched, e.State = false, billing.StateDrafted
	return tx.keepProposed(ctx, e)
}

// dropProposed forgets what was drafted of an entry that is as drafted again.
func (tx *Tx) dropProposed(ctx context.Context, id billing.EntryID) error {
	_, err := tx.exec(ctx, `DELETE FROM proposed WHERE entry = ?`, id)
	return err
}

// PutVerdict keeps how far an entry that is approved was from its draft, and
// forgets the draft.
func (tx *Tx) PutVerdict(ctx context.Context, v Verdict) error {
	if _, err := tx.exec(ctx, `INSERT INTO verdict (entry, work_date, letters, edits, matter, minutes) VALUES (?,?,?,?,?,?)`,
		v.Entry, v.WorkDate.String(), v.Letters, v.Edits, v.Matter, v.Minutes); err != nil {
		return err
	}
	if err := tx.dropProposed(ctx, v.Entry); err != nil {
		return err
	}
	return tx.decided(ctx, v.WorkDate)
}

// decided counts the time since the last decision about day towards its review,
// when there was one shortly before.
func (tx *Tx) decided(ctx context.Context, day billing.Day) error {
	_, err := tx.exec(ctx, `INSERT INTO review_time (work_date, seconds, last_at) VALUES (?1, 0, ?2)
		ON CONFLICT (work_date) DO UPDATE SET
			seconds = seconds + CASE WHEN ?2 - last_at BETWEEN 0 AND ?3 THEN ?2 - last_at ELSE 0 END,
			last_at = ?2`, day.String(), unix(tx.Now()), thinking)
	return err
}

// Verdicts returns the verdicts on entries dated from one day to another, both
// included.
func (tx *Tx) Verdicts(ctx context.Context, from, to billing.Day) ([]Verdict, error) {
	return collect(ctx, tx, func(r row) (v Verdict, err error) {
		var day string
		if err := r.Scan(&v.Entry, &day, &v.Letters, &v.Edits, &v.Matter, &v.Minutes); err != nil {
			return v, err
		}
		return v, v.WorkDate.UnmarshalText([]byte(day))
	}, `SELECT entry, work_date, letters, edits, matter, minutes FROM verdict WHERE work_date BETWEEN ? AND ? ORDER BY work_date, entry`,
		from.String(), to.String())
}

// ReviewSeconds returns how long the review of each day took, of those days
// from one to another that were reviewed.
func (tx *Tx) ReviewSeconds(ctx context.Context, from, to billing.Day) ([]int64, error) {
	return collect(ctx, tx, value[int64], `SELECT seconds FROM review_time WHERE work_date BETWEEN ? AND ? ORDER BY work_date`,
		from.String(), to.String())
}

// Discarded returns how many entries of those days were set aside.
func (tx *Tx) Discarded(ctx context.Context, from, to billing.Day) (int64, error) {
	n, _, err := one(ctx, tx, value[int64], `SELECT count(*) FROM entry WHERE state = 'discarded' AND work_date BETWEEN ? AND ?`, from.String(), to.String())
	return n, err
}
