package store

import (
	"context"
	"time"

	"github.com/tenths/tenths/billing"
)

// held is what makes an entry a person's: re-drafting leaves it alone.
const held = `(e.touched = 1 OR e.state <> 'drafted')`

// Holding returns the entries that were touched, approved, posted or discarded
// and that own time within span or, where they own none, are dated within it:
// the middle of their work date, in their zone, lies in span.
func (tx *Tx) Holding(ctx context.Context, span billing.Span) ([]billing.Entry, error) {
	type dated struct {
		id   billing.EntryID
		on   dayIn
		owns bool
	}
	from, to := billing.DayOf(span.Start, time.UTC).Add(-2), billing.DayOf(span.End, time.UTC).Add(2)
	found, err := collect(ctx, tx, func(r row) (d dated, err error) {
		var day string
		if err := r.Scan(&d.id, &day, &d.on.zone, &d.owns); err != nil {
			return d, err
		}
		return d, d.on.day.UnmarshalText([]byte(day))
	}, `SELECT e.id, e.work_date, e.zone, 0 FROM entry e WHERE e.work_date BETWEEN ?3 AND ?4 AND `+held+`
		UNION ALL
		SELECT e.id, e.work_date, e.zone, 1 FROM entry_span s JOIN entry e ON e.id = s.entry
		WHERE s.start_at >= ?1 - 172800 AND s.start_at < ?2 AND s.end_at > ?1 AND s.end_at > s.start_at AND `+held,
		unix(span.Start), unix(span.End), from.String(), to.String())
	if err != nil {
		return nil, err
	}
	middles := map[dayIn]time.Time{}
	var ids []billing.EntryID
	for _, d := range found {
		if d.owns || span.Contains(middle(d.on, middles)) {
			ids = append(ids, d.id)
		}
	}
	list, err := asJSON(ids)
	if err != nil {
		return nil, explain(err, "the entries cannot be read")
	}
	return tx.entries(ctx, `SELECT `+entryColumns+` FROM entry WHERE id IN (SELECT value FROM json_each(?))`, list)
}

// dayIn is a civil date in a zone.
type dayIn struct {
	day  billing.Day
	zone string
}

// middle returns the middle of a day, remembered in known.
func middle(d dayIn, known map[dayIn]time.Time) time.Time {
	if t, ok := known[d]; ok {
		return t
	}
	loc, err := time.LoadLocation(d.zone)
	if err != nil {
		loc = time.UTC // a zone that this machine no longer knows
	}
	span := d.day.Span(loc)
	t := span.Start.Add(span.End.Sub(span.Start) / 2)
	known[d] = t
	return t
}

// EvidenceHeld tells which of the observations are evidence of an entry that
// was touched, approved, posted or discarded, and of which: of several, the
// newest.
func (tx *Tx) EvidenceHeld(ctx context.Context, ids []billing.ObservationID) (map[billing.ObservationID]billing.EntryID, error) {
	list, err := asJSON(ids)
	if err != nil {
		return nil, explain(err, "the entries cannot be read")
	}
	out := map[billing.ObservationID]billing.EntryID{}
	_, err = collect(ctx, tx, func(r row) (none struct{}, err error) {
		var observation billing.ObservationID
		var entry billing.EntryID
		err = r.Scan(&observation, &entry)
		out[observation] = entry
		return none, err
	}, `SELECT v.observation, e.id FROM entry_evidence v JOIN entry e ON e.id = v.entry
		WHERE v.observation IN (SELECT value FROM json_each(?)) AND `+held+` ORDER BY e.id`, list)
	return out, err
}

// LearnedThreads returns, for each of the conversations that a person placed
// before, the matter of the newest approved, posted or accepted entry that
// rests on it.
func (tx *Tx) LearnedThreads(ctx context.Context, threads []string) (map[string]billing.MatterID, error) {
	list, err := asJSON(threads)
	if err != nil {
		return nil, explain(err, "the entries cannot be read")
	}
	out := map[string]billing.MatterID{}
	_, err = collect(ctx, tx, func(r row) (none struct{}, err error) {
		var thread string
		var matter billing.MatterID
		err = r.Scan(&thread, &matter)
		out[thread] = matter // the newest comes last
		return none, err
	}, `SELECT o.thread, e.matter FROM observation o
		JOIN entry_evidence v ON v.observation = o.id JOIN entry e ON e.id = v.entry
		WHERE o.latest = 1 AND o.thread <> '' AND o.thread IN (SELECT value FROM json_each(?))
			AND e.matter IS NOT NULL AND (e.state IN ('approved', 'posted') OR e.state = 'drafted' AND e.accepted = 1)
		ORDER BY e.work_date, e.id`, list)
	return out, err
}

// EntryDays returns, for each day from the first to the last that has entries,
// how many there are of each state.
func (tx *Tx) EntryDays(ctx context.Context, from, to billing.Day) (map[billing.Day]map[billing.EntryState]int, error) {
	out := map[billing.Day]map[billing.EntryState]int{}
	_, err := collect(ctx, tx, func(r row) (none struct{}, err error) {
		var text string
		var state billing.EntryState
		var n int
		if err := r.Scan(&text, &state, &n); err != nil {
			return none, err
		}
		day, err := billing.ParseDay(text)
		if out[day] == nil {
			out[day] = map[billing.EntryState]int{}
		}
		out[day][state] = n
		return none, err
	}, `SELECT work_date, state, count(*) FROM entry WHERE work_date BETWEEN ? AND ? GROUP BY work_date, state`, from.String(), to.String())
	return out, err
}

// Neighbours returns the nearest days before and after day that have entries,
// or observations that start on them, in the zone loc; the zero Day where there
// is none.
func (tx *Tx) Neighbours(ctx context.Context, day billing.Day, loc *time.Location) (prev, next billing.Day, err error) {
	span := day.Span(loc)
	before, _, err := one(ctx, tx, scanNearest, `SELECT
		coalesce((SELECT max(work_date) FROM entry WHERE work_date < ?1), ''),
		coalesce((SELECT max(start_at) FROM observation WHERE latest = 1 AND removed = 0 AND lasting = 0 AND start_at < ?2), 0)`,
		day.String(), unix(span.Start))
	if err != nil {
		return prev, next, err
	}
	after, _, err := one(ctx, tx, scanNearest, `SELECT
		coalesce((SELECT min(work_date) FROM entry WHERE work_date > ?1), ''),
		coalesce((SELECT min(start_at) FROM observation WHERE latest = 1 AND removed = 0 AND lasting = 0 AND start_at >= ?2), 0)`,
		day.String(), unix(span.End))
	if err != nil {
		return prev, next, err
	}
	prev, next = before.entry, after.entry
	if d := billing.DayOf(before.observed, loc); !before.observed.IsZero() && (prev.IsZero() || d.Compare(prev) > 0) {
		prev = d
	}
	if d := billing.DayOf(after.observed, loc); !after.observed.IsZero() && (next.IsZero() || d.Compare(next) < 0) {
		next = d
	}
	return prev, next, nil
}

// nearest is the closest day with an entry and the closest observation.
type nearest struct {
	entry    billing.Day
	observed time.Time
}

func scanNearest(r row) (n nearest, err error) {
	var day string
	var at int64
	if err := r.Scan(&day, &at); err != nil {
		return n, err
	}
	n.observed = instant(at)
	if day != "" {
		n.entry, err = billing.ParseDay(day)
	}
	return n, err
}
