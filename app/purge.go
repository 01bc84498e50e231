package app

import (
	"context"
	"errors"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/store"
)

const (
	// lookAged is how many observations are looked at in one read.
	lookAged = 500
	// purgeAtOnce is how many are removed in one transaction: writers wait for
	// that long.
	purgeAtOnce = 32
)

// purger removes what has expired from the store, piece by piece. What a piece
// removes is looked at once more in its own transaction: all may have changed.
type purger struct {
	*Practice
	days    int            // the setting
	zone    *time.Location // in which days are told
	cutoff  time.Time      // what was over by then may go
	late    int            // how many days after a day what is recorded of it is history
	unasked time.Time      // history that was recorded by then may go
	atOnce  int
	between func(ctx context.Context, took time.Duration) error // pieces

	fates   map[billing.Day]fate
	piece   []billing.ObservationID
	purged  int
	history int
	drafts  int
}

// fate is what a day's observations come to by now.
type fate int

const (
	stays    fate = iota
	decided       // all that there was to decide was decided long ago
	unwanted      // imported history that nobody decided about
)

// errKept ends a purge whose rule the person changed meanwhile.
var errKept = errors.New("the retention was changed")

func newPurger(r *Practice, days int, zone *time.Location) *purger {
	late := max(days, keepHistory)
	now := r.Now()
	return &purger{Practice: r, days: days, zone: zone, cutoff: now.AddDate(0, 0, -days), late: late, unasked: now.AddDate(0, 0, -late),
		atOnce: purgeAtOnce, between: store.Breathe, fates: map[billing.Day]fate{}}
}

// forget removes what undo and a language model keep of work so long ago.
func (p *purger) forget(ctx context.Context) error {
	err := p.store.Update(ctx, func(tx *store.Tx) error { return tx.ForgetChanges(ctx, p.cutoff) })
	for more := true; err == nil && more; {
		start := time.Now()
		err = p.store.Update(ctx, func(tx *store.Tx) (err error) {
			more, err = tx.ForgetWordings(ctx, p.cutoff, lookAged)
			return err
		})
		if err == nil && more {
			err = p.between(ctx, time.Since(start))
		}
	}
	return err
}

// run looks at all that is old enough, by start, and removes what has expired.
func (p *purger) run(ctx context.Context) error {
	var place store.Place
	for more := true; more; {
		var aged []store.Aged
		err := p.store.View(ctx, func(tx *store.Tx) (err error) {
			aged, place, more, err = tx.Aged(ctx, p.cutoff, place, lookAged)
			return err
		})
		if err != nil {
			return err
		}
		for _, a := range aged {
			if err := p.take(ctx, a); err != nil {
				return err
			}
		}
	}
	return p.remove(ctx)
}

// take notes an observation that has expired, and removes those noted once there
// are enough of them.
func (p *purger) take(ctx context.Context, a store.Aged) error {
	if a.Rest == store.RestsDecided {
		return nil
	}
	goes, _, err := p.expired(a, func(day billing.Day) (fate, error) { return p.fate(ctx, day) })
	if err != nil || !goes {
		return err
	}
	if p.piece = append(p.piece, a.ID); len(p.piece) < p.atOnce {
		return nil
	}
	return p.remove(ctx)
}

// expired reports whether an observation has expired, and whether that is for
// being of unwanted history, given the fates of its days.
func (p *purger) expired(a store.Aged, fateOf func(billing.Day) (fate, error)) (goes, history bool, err error) {
	for _, day := range p.daysOf(a) {
		f, err := fateOf(day)
		if err != nil || f == stays {
			return false, false, err
		}
		history = history || f == unwanted
	}
	// A draft is of an unwanted day: a decided one has none.
	return a.Rest == store.RestsNothing || a.Rest == store.RestsDraft && history, history, nil
}

// daysOf returns the days that an observation touches; of a tombstone, which
// may have no time, none.
func (p *purger) daysOf(a store.Aged) (days []billing.Day) {
	if a.Removed {
		return nil
	}
	last := billing.DayOf(a.Span.End, p.zone)
	for d := billing.DayOf(a.Span.Start, p.zone); d.Compare(last) <= 0; d = d.Add(1) {
		days = append(days, d)
	}
	return days
}

// fate returns what a day comes to. It drafts the day, unless that is unwanted
// anyway: a day that nobody ever looked at has no drafts yet, and is not decided.
func (p *purger) fate(ctx context.Context, day billing.Day) (f fate, err error) {
	if f, known := p.fates[day]; known {
		return f, nil
	}
	look := func() error {
		return p.store.View(ctx, func(tx *store.Tx) (err error) {
			f, err = p.fateNow(ctx, tx, day)
			return err
		})
	}
	if err := look(); err != nil {
		return stays, err
	}
	if f != unwanted && !day.Span(p.zone).End.After(p.cutoff) {
		if err := p.refresh(ctx, day); err != nil {
			return stays, err
		}
		if err := look(); err != nil {
			return stays, err
		}
	}
	p.fates[day] = f
	return f, nil
}

// fateNow returns what a day comes to by the drafts that it has.
func (p *purger) fateNow(ctx context.Context, tx *store.Tx, day billing.Day) (fate, error) {
	span := day.Span(p.zone)
	if span.End.After(p.cutoff) {
		return stays, nil
	}
	none, err := tx.Undecided(ctx, day)
	if err != nil {
		return stays, err
	}
	if none {
		old, err := tx.Imported(ctx, span, span.End.AddDate(0, 0, p.late), p.unasked)
		if err != nil {
			return stays, err
		}
		if old {
			return unwanted, nil
		}
	}
	entries, err := tx.EntriesOn(ctx, day)
	for _, e := range entries {
		if e.State == billing.StateDrafted || e.ApprovedAt.After(p.cutoff) {
			return stays, err
		}
	}
	return decided, err
}

// remove removes what was noted, as far as it has expired still.
func (p *purger) remove(ctx context.Context) error {
	if len(p.piece) == 0 {
		return nil
	}
	var purged, history, drafts int
	start := time.Now()
	err := p.store.Update(ctx, func(tx *store.Tx) error {
		if set, err := retentionOf(ctx, tx); err != nil || set.Days != p.days {
			return errors.Join(err, errKept)
		}
		gone, old, err := p.stillExpired(ctx, tx)
		if err != nil {
			return err
		}
		if drafts, err = tx.Withdraw(ctx, gone); err != nil {
			return err
		}
		history = old
		purged, err = tx.Purge(ctx, gone)
		return err
	})
	if err != nil {
		return err
	}
	p.piece = p.piece[:0]
	p.purged, p.history, p.drafts = p.purged+purged, p.history+history, p.drafts+drafts
	return p.between(ctx, time.Since(start))
}

// stillExpired returns those noted that have expired as tx sees them, and how
// many of them are unwanted history.
func (p *purger) stillExpired(ctx context.Context, tx *store.Tx) (gone []billing.ObservationID, old int, err error) {
	aged, err := tx.StillAged(ctx, p.cutoff, p.piece)
	if err != nil {
		return nil, 0, err
	}
	now := map[billing.Day]fate{}
	fateOf := func(day billing.Day) (f fate, err error) {
		f, known := now[day]
		if !known {
			f, err = p.fateNow(ctx, tx, day)
			now[day] = f
		}
		return f, err
	}
	for _, a := range aged {
		goes, history, err := p.expired(a, fateOf)
		if err != nil {
			return nil, 0, err
		}
		if goes {
			gone = append(gone, a.ID)
		}
		if goes && history {
			old++
		}
	}
	return gone, old, nil
}
