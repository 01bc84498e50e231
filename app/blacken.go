package app

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/store"
)

const (
	// settingUnfinished lists the blackouts whose purge has not come to its end.
	settingUnfinished = "blackout.unfinished"
	// leaveBlackout is how long a blackout's purge is left to who added it.
	leaveBlackout = 10 * time.Minute
	// lookCovered is how many observations are looked at in one read.
	lookCovered = 200
)

// Blacken has nothing be stored any more of what matches, not even that it was.
// What is stored already and no approved entry rests on is purged at once,
// with the drafts that rest on it, unless keep. It goes a few observations at a
// time; what is cut short goes on while Tenths observes.
func (d Discretion) Blacken(ctx context.Context, kind, what string, keep bool) (done Blackened, err error) {
	b := store.Blackout{Kind: kind, What: billing.Privileged(strings.TrimSpace(what))}
	covers := coverage{}
	err = d.store.Update(ctx, func(tx *store.Tx) error {
		if err := checkBlackout(ctx, tx, &b); err != nil {
			return err
		}
		if err := tx.AddBlackout(ctx, &b); err != nil {
			return err
		}
		if err := covers.add(ctx, tx, b); err != nil || keep {
			return err
		}
		if err := covers.forget(ctx, tx); err != nil {
			return err
		}
		return setUnfinished(ctx, tx, func(list []int64) []int64 { return append(list, b.ID) })
	})
	if err != nil {
		return done, err
	}
	done.ID = strconv.FormatInt(b.ID, 10)
	if keep {
		err = d.eachCovered(ctx, covers, func(ids []billing.ObservationID) error {
			done.Kept += len(ids)
			return nil
		})
		return done, err
	}
	if err := d.purgeCovered(ctx, b.ID, covers, &done); err != nil {
		return done, err
	}
	if done.Purged > 0 {
		done.Backups = d.store.Backups()
		if err := d.store.Scrub(ctx); err != nil {
			done.Pending = billing.Message(err)
		}
	}
	return done, nil
}

// finish purges what blackouts cover whose purge was cut short, and wipes what
// any purge left in the files that was.
func (d Discretion) finish(ctx context.Context) error {
	due := map[int64]coverage{}
	err := d.store.View(ctx, func(tx *store.Tx) error {
		var unfinished []int64
		if _, err := tx.Setting(ctx, settingUnfinished, &unfinished); err != nil || len(unfinished) == 0 {
			return err
		}
		list, err := tx.Blackouts(ctx)
		for _, b := range list {
			if !slices.Contains(unfinished, b.ID) || d.Now().Sub(b.Added) < leaveBlackout {
				continue
			}
			covers := coverage{}
			err = errors.Join(err, covers.add(ctx, tx, b))
			due[b.ID] = covers
		}
		return err
	})
	if err != nil {
		return err
	}
	for id, covers := range due {
		if err := d.purgeCovered(ctx, id, covers, &Blackened{}); err != nil {
			return err
		}
	}
	if err := d.store.Scrub(ctx); billing.KindOf(err) != billing.Unreachable { // somebody reads: the next time
		return err
	}
	return nil
}

func setUnfinished(ctx context.Context, tx *store.Tx, fn func([]int64) []int64) error {
	var list []int64
	if _, err := tx.Setting(ctx, settingUnfinished, &list); err != nil {
		return err
	}
	return tx.SetSetting(ctx, settingUnfinished, fn(list))
}

// eachCovered calls fn with the observations that match, some at a time, but for
// what the timekeeper says.
func (d Discretion) eachCovered(ctx context.Context, covers coverage, fn func([]billing.ObservationID) error) error {
	var last billing.ObservationID
	for {
		var page []billing.Observation
		err := d.store.View(ctx, func(tx *store.Tx) (err error) {
			page, err = tx.Revisions(ctx, last, lookCovered)
			return err
		})
		if err != nil || len(page) == 0 {
			return err
		}
		last = page[len(page)-1].ID
		var ids []billing.ObservationID // all revisions of one are in a row
		for _, o := range page {
			if o.Source != store.NotesSource && (len(ids) == 0 || ids[len(ids)-1] != o.ID) && covers.match(o.Source, o) {
				ids = append(ids, o.ID)
			}
		}
		for part := range slices.Chunk(ids, purgeAtOnce) {
			if err := fn(part); err != nil {
				return err
			}
		}
	}
}

// purgeCovered removes what is stored of what matches, and drafts its days anew.
// From when the blackout stands nothing is stored that matches, so that one look
// finds all.
func (d Discretion) purgeCovered(ctx context.Context, blackout int64, covers coverage, done *Blackened) error {
	var days []billing.Day
	err := d.eachCovered(ctx, covers, func(ids []billing.ObservationID) error {
		start := time.Now()
		released, err := d.purgeSome(ctx, ids, done)
		if err != nil {
			return err
		}
		days = append(days, released...)
		slices.SortFunc(days, billing.Day.Compare)
		days = slices.Compact(days)
		return store.Breathe(ctx, time.Since(start))
	})
	if err != nil {
		return err
	}
	for _, day := range days {
		if err := d.refresh(ctx, day); err != nil {
			return err
		}
	}
	return d.store.Update(ctx, func(tx *store.Tx) error {
		return setUnfinished(ctx, tx, func(list []int64) []int64 {
			return slices.DeleteFunc(list, func(id int64) bool { return id == blackout })
		})
	})
}

// purgeSome removes observations but for the evidence of approved entries, and
// returns the days whose drafts rested on them.
func (d Discretion) purgeSome(ctx context.Context, ids []billing.ObservationID, done *Blackened) (days []billing.Day, err error) {
	var purged, kept int
	err = d.store.Update(ctx, func(tx *store.Tx) error {
		approved, err := tx.EvidenceApproved(ctx, ids)
		if err != nil {
			return err
		}
		there, err := tx.Observation(ctx, ids...) // another may have purged some
		if err != nil {
			return err
		}
		var gone []billing.ObservationID
		for _, o := range there {
			if !approved[o.ID] {
				gone = append(gone, o.ID)
			}
		}
		if days, err = tx.Release(ctx, gone); err != nil {
			return err
		}
		kept = len(approved)
		purged, err = tx.Purge(ctx, gone)
		return err
	})
	if err == nil {
		done.Purged, done.Kept = done.Purged+purged, done.Kept+kept
	}
	return days, err
}
