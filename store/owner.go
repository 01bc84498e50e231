package store

import (
	"context"

	"github.com/tenths/tenths/billing"
)

// CheckOwners reports, as a Conflict, two entries that both own a second within
// span. Discarded entries own none. [Store.Update] calls it before it commits
// for every span that was written; call it sooner to know sooner.
func (tx *Tx) CheckOwners(ctx context.Context, span billing.Span) error {
	type owned struct {
		span  billing.Span
		entry billing.EntryID
		day   string
	}
	spans, err := collect(ctx, tx, func(r row) (o owned, err error) {
		var start, end int64
		err = r.Scan(&start, &end, &o.entry, &o.day)
		o.span = billing.Span{Start: instant(start), End: instant(end)}
		return o, err
	}, `SELECT s.start_at, s.end_at, e.id, e.work_date FROM entry_span s JOIN entry e ON e.id = s.entry
		WHERE s.start_at >= ?1 - 172800 AND s.start_at < ?2 AND s.end_at > ?1 AND s.end_at > s.start_at AND e.state <> 'discarded'
		ORDER BY s.start_at, s.end_at`, unix(span.Start), unix(span.End))
	if err != nil {
		return err
	}
	var last owned // the one that ends last so far
	for i, o := range spans {
		if i > 0 && o.span.Start.Before(last.span.End) {
			return conflict("two entries of %s claim the same time from %s to %s UTC; give it to one of them", o.day,
				o.span.Start.Format("15:04:05"), o.span.Intersect(last.span).End.Format("15:04:05"))
		}
		last = o // disjoint so far, so it ends last
	}
	return nil
}

// claim notes spans for the check before the commit.
func (tx *Tx) claim(spans []billing.Span) {
	for _, s := range spans {
		if s.Empty() {
			continue
		}
		if tx.claimed.Empty() {
			tx.claimed = s
			continue
		}
		if s.Start.Before(tx.claimed.Start) {
			tx.claimed.Start = s.Start
		}
		if s.End.After(tx.claimed.End) {
			tx.claimed.End = s.End
		}
	}
}
