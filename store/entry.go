package store

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"

	"github.com/tenths/tenths/billing"
)

// entryColumns are in the order of scanEntry and entryValues.
const entryColumns = `id, work_date, zone, coalesce(matter, ''), worked, billed, rounding, narrative, phrases, task_code,
	activity_code, non_billable, private, estimated, confidence, reasons, candidates, state, touched, accepted,
	rate_cents, rate_currency, approved_at, revision, asks, billed_by`

// Entry returns the entry with that id, or a NotFound error.
func (tx *Tx) Entry(ctx context.Context, id billing.EntryID) (billing.Entry, error) {
	entries, err := tx.entries(ctx, `SELECT `+entryColumns+` FROM entry WHERE id = ?`, id)
	if err != nil {
		return billing.Entry{}, err
	}
	if len(entries) == 0 {
		return billing.Entry{}, noEntry()
	}
	return entries[0], nil
}

// EntriesOn returns the entries whose work date is day, discarded ones too, by
// the start of their first span; those without any come last.
func (tx *Tx) EntriesOn(ctx context.Context, day billing.Day) ([]billing.Entry, error) {
	return tx.entries(ctx, `SELECT `+entryColumns+` FROM entry WHERE work_date = ?`, day.String())
}

// entries runs a query for entries and gives them their children: three queries
// however many there are.
func (tx *Tx) entries(ctx context.Context, query string, args ...any) ([]billing.Entry, error) {
	entries, err := collect(ctx, tx, scanEntry, query, args...)
	if err != nil || len(entries) == 0 {
		return nil, err
	}
	ids := make([]billing.EntryID, len(entries))
	at := make(map[billing.EntryID]*billing.Entry, len(entries))
	for i := range entries {
		ids[i], at[entries[i].ID] = entries[i].ID, &entries[i]
	}
	list, err := asJSON(ids)
	if err != nil {
		return nil, explain(err, "the entries cannot be read")
	}
	_, err = collect(ctx, tx, func(r row) (none struct{}, err error) {
		var id billing.EntryID
		var start, end int64
		if err := r.Scan(&id, &start, &end); err != nil {
			return none, err
		}
		at[id].Spans = append(at[id].Spans, billing.Span{Start: instant(start), End: instant(end)})
		return none, nil
	}, `SELECT entry, start_at, end_at FROM entry_span WHERE entry IN (SELECT value FROM json_each(?)) ORDER BY entry, ord`, list)
	if err != nil {
		return nil, err
	}
	_, err = collect(ctx, tx, func(r row) (none struct{}, err error) {
		var id billing.EntryID
		var observation billing.ObservationID
		if err := r.Scan(&id, &observation); err != nil {
			return none, err
		}
		at[id].Evidence = append(at[id].Evidence, observation)
		return none, nil
	}, `SELECT entry, observation FROM entry_evidence WHERE entry IN (SELECT value FROM json_each(?)) ORDER BY entry, ord`, list)
	slices.SortFunc(entries, byStart)
	return entries, err
}

// AnyApproved reports whether any entry was ever approved.
func (tx *Tx) AnyApproved(ctx context.Context) (bool, error) {
	_, ok, err := one(ctx, tx, value[int64], `SELECT 1 FROM entry WHERE state IN ('approved', 'posted') LIMIT 1`)
	return ok, err
}

func byStart(a, b billing.Entry) int {
	switch {
	case len(a.Spans) == 0 && len(b.Spans) > 0:
		return 1
	case len(a.Spans) > 0 && len(b.Spans) == 0:
		return -1
	case len(a.Spans) > 0:
		if c := a.Spans[0].Start.Compare(b.Spans[0].Start); c != 0 {
			return c
		}
	}
	return cmp.Compare(a.ID, b.ID)
}

func scanEntry(r row) (e billing.Entry, err error) {
	var day, rounding, phrases, reasons, candidates, asks string
	var approved int64
	err = r.Scan(&e.ID, &day, &e.Zone, &e.Matter, &e.Worked, &e.Billed, &rounding, &e.Narrative, &phrases, &e.TaskCode,
		&e.ActivityCode, &e.NonBillable, &e.Private, &e.Estimated, &e.Confidence, &reasons, &candidates, &e.State, &e.Touched,
		&e.Accepted, &e.Rate.Cents, &e.Rate.Currency, &approved, &e.Revision, &asks, &e.BilledBy)
	if err != nil {
		return e, err
	}
	e.ApprovedAt = instant(approved)
	return e, errors.Join(
		e.WorkDate.UnmarshalText([]byte(day)),
		json.Unmarshal([]byte(rounding), &e.Rounding),
		fromJSON(phrases, &e.Phrases), fromJSON(reasons, &e.Reasons), fromJSON(candidates, &e.Candidates), fromJSON(asks, &e.Asks))
}

func noEntry() error { return notFound("there is no such entry; it may have been drafted anew") }
