package app

import (
	"context"
	"errors"
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
	// keepHistory is how many days imported history is kept at least.
	keepHistory = 90
	// expireEvery is how often what has expired is looked for, and askEvery how
	// often it is asked whether that is due.
	expireEvery = 24 * time.Hour
	askEvery    = time.Minute
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
	History int    `json:"history"`           // of these, those of imported days that nobody decided about
	Drafts  int    `json:"drafts"`            // untouched drafts of such days, removed with them
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
	set, err := r.change(ctx, func(set *retention) { set.Days = days })
	return set.view(), err
}

func (r Retention) setting(ctx context.Context) (set retention, err error) {
	err = r.store.View(ctx, func(tx *store.Tx) (err error) {
		set, err = retentionOf(ctx, tx)
		return err
	})
	return set, err
}

func retentionOf(ctx context.Context, tx *store.Tx) (retention, error) {
	set := retention{Days: keepDays}
	_, err := tx.Setting(ctx, settingRetention, &set)
	return set, err
}

// change changes the setting as it is by now: a purge may take long.
func (r Retention) change(ctx context.Context, fn func(*retention)) (set retention, err error) {
	err = r.store.Update(ctx, func(tx *store.Tx) (err error) {
		if set, err = retentionOf(ctx, tx); err != nil {
			return err
		}
		fn(&set)
		return tx.SetSetting(ctx, settingRetention, set)
	})
	return set, err
}

// beside purges what has expired, once a day, while others observe. The caller
// waits for the end of what it started by calling stop, which ends it at once;
// what was not finished goes on the next time.
func (r Retention) beside(ctx context.Context) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		tick := time.NewTicker(askEvery)
		defer tick.Stop()
		for ctx.Err() == nil {
			r.whenDue(ctx)
			select {
			case <-ctx.Done():
			case <-tick.C:
			}
		}
	}()
	return func() {
		cancel()
		<-ended
	}
}

// whenDue purges what has expired, once a day, after finishing the blackouts
// that were cut short. A failure is logged: it must not keep anything from being
// observed.
func (r Retention) whenDue(ctx context.Context) {
	err := Discretion(r).finish(ctx)
	set, serr := r.setting(ctx)
	if err = errors.Join(err, serr); serr == nil && r.Now().Sub(set.Last) >= expireEvery {
		_, perr := r.Purge(ctx)
		err = errors.Join(err, perr)
	}
	if err != nil && ctx.Err() == nil {
		r.Log.Warn("what has expired was not removed", "kind", billing.KindOf(err))
	}
}

// Purge removes the observations that have expired, a few at a time, so that
// others write in between; cut short, it goes on when it is called again.
//
// Those of a day expire, all of them past, the set number of days after the last
// approval of its entries; where none was approved, after the day and after they
// were recorded. Never does one that an approved entry rests on, nor any of a day
// that has an undecided draft: no time is lost by waiting.
//
// The one exception is history that nobody wanted. A day is history when it was
// over for the set number of days, 90 at least, before Tenths recorded anything
// of it, as a first sync of old mail does; and it is unwanted when as many days
// went by since the last of it was recorded, and nobody ever decided anything
// about the day: approved, discarded, changed or wrote anything, even if that was
// taken back. The observations of such days expire, and the untouched drafts that
// rest on them with them.
func (r Retention) Purge(ctx context.Context) (view RetentionView, err error) {
	set, err := r.setting(ctx)
	if err != nil {
		return view, err
	}
	if err := r.absorb(ctx); err != nil { // before what was learned from goes
		return view, err
	}
	for set.Days > 0 {
		err := r.expire(ctx, set.Days, &view)
		if err == nil {
			break
		}
		if !errors.Is(err, errKept) {
			return view, err
		}
		if set, err = r.setting(ctx); err != nil {
			return view, err
		}
	}
	now := r.Now()
	if set, err = r.change(ctx, func(set *retention) { set.Last = now }); err != nil {
		return view, err
	}
	view.Days, view.Last = set.Days, set.view().Last
	if err := r.store.Scrub(ctx); err != nil {
		view.Pending = billing.Message(err)
	}
	return view, nil
}

func (r Retention) expire(ctx context.Context, days int, view *RetentionView) error {
	zone, err := r.Location(ctx)
	if err != nil {
		return err
	}
	p := newPurger(r.Practice, days, zone)
	if err := p.forget(ctx); err != nil {
		return err
	}
	err = p.run(ctx)
	view.Purged, view.History, view.Drafts = view.Purged+p.purged, view.History+p.history, view.Drafts+p.drafts
	if err != nil {
		return err
	}
	view.Backups, err = r.store.ExpireBackups(p.cutoff)
	return err
}
