package app

import (
	"context"
	"slices"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/store"
)

// Retention has raw observations expire once they have served their purpose.
type Retention struct{ *Practice }

const (
	settingRetention = "retention"
	// keepDays is how long observations are kept unless the person says
	// otherwise.
	keepDays = 90
	// expireEvery is how often what has expired is looked for.
	expireEvery = 24 * time.Hour
)

// retention is the setting.
type retention struct {
	Days int       `json:"days"` // 0 keeps everything
	Last time.Time `json:"last"` // when it was looked for last
}

// RetentionView says how long observations are kept, and what a purge removed.
type RetentionView struct {
	Days    int    `json:"days"`              // 0 keeps them for good
	Last    string `json:"last,omitempty"`    // the last purge
	Purged  int    `json:"purged"`            // observations removed just now
	Backups int    `json:"backups"`           // expired copies removed just now
	Pending string `json:"pending,omitempty"` // why the bytes are not out of the files yet
}

// Days returns how long observations are kept.
func (r Retention) Days(ctx context.Context) (RetentionView, error) {
	set, err := r.setting(ctx)
	return set.view(), err
}

func (s retention) view() RetentionView {
	v := RetentionView{Days: s.Days}
	if !s.Last.IsZero() {
		v.Last = s.Last.UTC().Format(time.RFC3339)
	}
	return v
}

// Keep changes how long observations are kept: so many days after the approval
// of their day, 0 for good.
func (r Retention) Keep(ctx context.Context, days int) (RetentionView, error) {
	if days < 0 || days > 36500 {
		return RetentionView{}, invalid("give a number of days, 0 to keep observations for good")
	}
	set, err := r.setting(ctx)
	if err != nil {
		return RetentionView{}, err
	}
	set.Days = days
	return set.view(), r.store.Update(ctx, func(tx *store.Tx) error { return tx.SetSetting(ctx, settingRetention, set) })
}

func (r Retention) setting(ctx context.Context) (set retention, err error) {
	set.Days = keepDays
	err = r.store.View(ctx, func(tx *store.Tx) error {
		_, err := tx.Setting(ctx, settingRetention, &set)
		return err
	})
	return set, err
}

// whenDue purges what has expired, once a day. A failure is logged: it must not
// keep anything from being observed.
func (r Retention) whenDue(ctx context.Context) {
	set, err := r.setting(ctx)
	if err == nil && r.Now().Sub(set.Last) >= expireEvery {
		_, err = r.Purge(ctx)
	}
	if err != nil && ctx.Err() == nil {
		r.Log.Warn("what has expired was not removed", "kind", billing.KindOf(err))
	}
}

// Purge removes the observations that have expired. Those of a day expire, all
// of them past, the set number of days after the last approval of its entries;
// where none was approved, after the day and after they were recorded. Never
// does one that an approved entry rests on, nor any of a day that has an
// undecided draft: no time is lost by waiting.
func (r Retention) Purge(ctx context.Context) (view RetentionView, err error) {
	set, err := r.setting(ctx)
	if err != nil {
		return view, err
	}
	if err := r.absorb(ctx); err != nil { // before what was learned from goes
		return view, err
	}
	purged, backups := 0, 0
	if set.Days > 0 {
		cutoff := r.Now().AddDate(0, 0, -set.Days)
		if purged, err = r.purgeAged(ctx, cutoff); err != nil {
			return view, err
		}
		if backups, err = r.store.ExpireBackups(cutoff); err != nil {
			return view, err
		}
	}
	set.Last = r.Now()
	if err := r.store.Update(ctx, func(tx *store.Tx) error { return tx.SetSetting(ctx, settingRetention, set) }); err != nil {
		return view, err
	}
	view = set.view()
	view.Purged, view.Backups = purged, backups
	if err := r.store.Scrub(ctx); err != nil {
		view.Pending = billing.Message(err)
	}
	return view, nil
}

func (r Retention) purgeAged(ctx context.Context, cutoff time.Time) (purged int, err error) {
	zone, err := r.Location(ctx)
	if err != nil {
		return 0, err
	}
	var aged []billing.Observation
	err = r.store.View(ctx, func(tx *store.Tx) (err error) {
		aged, err = tx.Aged(ctx, cutoff)
		return err
	})
	if err != nil {
		return 0, err
	}
	closed := map[billing.Day]bool{}
	var gone []billing.ObservationID
	for _, o := range aged {
		over := true
		for _, day := range daysOf(o, zone) {
			done, known := closed[day]
			if !known {
				if done, err = r.closedBefore(ctx, day, zone, cutoff); err != nil {
					return 0, err
				}
				closed[day] = done
			}
			over = over && done
		}
		if over {
			gone = append(gone, o.ID)
		}
	}
	err = r.store.Update(ctx, func(tx *store.Tx) error {
		if err := tx.ForgetChanges(ctx, cutoff); err != nil {
			return err
		}
		if err := tx.ForgetWordings(ctx, cutoff); err != nil {
			return err
		}
		// A draft may have been made of one since.
		free, err := tx.Aged(ctx, cutoff)
		if err != nil {
			return err
		}
		still := map[billing.ObservationID]bool{}
		for _, o := range free {
			still[o.ID] = true
		}
		gone = slices.DeleteFunc(gone, func(id billing.ObservationID) bool { return !still[id] })
		purged, err = tx.Purge(ctx, gone)
		return err
	})
	return purged, err
}

// daysOf returns the days that an observation touches; of a tombstone, which
// may have no time, none.
func daysOf(o billing.Observation, zone *time.Location) (days []billing.Day) {
	if o.Removed {
		return nil
	}
	last := billing.DayOf(o.Span.End, zone)
	for d := billing.DayOf(o.Span.Start, zone); d.Compare(last) <= 0; d = d.Add(1) {
		days = append(days, d)
	}
	return days
}

// closedBefore reports whether all that there was to decide about a day was
// decided by then. It drafts the day first: a day that nobody ever looked at
// has no drafts yet, and is not decided.
func (r Retention) closedBefore(ctx context.Context, day billing.Day, zone *time.Location, cutoff time.Time) (bool, error) {
	if day.Span(zone).End.After(cutoff) {
		return false, nil
	}
	if err := r.refresh(ctx, day); err != nil {
		return false, err
	}
	var entries []billing.Entry
	err := r.store.View(ctx, func(tx *store.Tx) (err error) {
		entries, err = tx.EntriesOn(ctx, day)
		return err
	})
	for _, e := range entries {
		if e.State == billing.StateDrafted || e.ApprovedAt.After(cutoff) {
			return false, err
		}
	}
	return true, err
}
