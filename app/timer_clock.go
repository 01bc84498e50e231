package app

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/store"
)

// Uptime is what the system says of itself: a name of its run since it was
// started, how long that has lasted, and how much of it the machine was not
// asleep. Boot is "" where the system does not tell.
type Uptime struct {
	Boot  string
	Up    time.Duration
	Awake time.Duration
}

// WatchClocks calls tick every few seconds until ctx ends, and then returns.
// last is the instant of the tick before; late says that the machine slept or
// its clock was set in between.
type WatchClocks func(ctx context.Context, now func() time.Time, tick func(ctx context.Context, last time.Time, late bool))

const (
	// mostBroken is by how much the clocks may differ in what they say has
	// passed before that is taken for sleep, or for a clock that was set.
	mostBroken = 60 * time.Second
	// growAfter is how long a running timer's observation may lag behind.
	growAfter = 60 * time.Second
)

// lateTick is what whoever watches the clocks adds: the last moment before the
// machine fell silent.
type lateTick struct{ last time.Time }

// reading returns what the clocks show.
func (t Timers) reading(tx *store.Tx) store.ClockReading {
	r := store.ClockReading{At: tx.Now()}
	if t.Uptime != nil {
		up := t.Uptime()
		r.Boot, r.Up, r.Awake = up.Boot, up.Up, up.Awake
	}
	return r
}

// advance compares the clocks with what they showed last while tm ran. Where
// the machine slept, was restarted or had its clock set, what ran ends at the
// last moment that is certain, a pause is noted, and a new segment begins.
// A program that was not there to look is no reason to stop counting.
func (t Timers) advance(tx *store.Tx, tm *store.Timer, watched *lateTick) {
	at := t.reading(tx)
	seg := &tm.Segments[tm.Open()]
	reason, awake := broken(seg.Seen, at)
	from := seg.Seen.At
	if watched != nil {
		last := watched.last.UTC().Truncate(time.Second)
		if silent := at.Boot == "" || seg.Seen.Boot == ""; silent && last.After(seg.Start) {
			reason, awake, from = store.PauseAsleep, -1, last // whatever was taken for running since
		} else if last.After(from) {
			from, awake = last, min(awake, 0)
		}
	}
	seg.Seen = at
	if reason == "" {
		return
	}
	seg.End = later(from, seg.Start)
	pause := store.TimerPause{Span: billing.Span{Start: seg.End, End: at.At}, Reason: reason, Awake: awake}
	if at.At.Before(seg.End) {
		pause.Span, pause.Reason = billing.Span{Start: at.At, End: seg.End}, store.PauseClockBack
	}
	tm.Pauses = append(tm.Pauses, pause)
	tm.Segments = append(tm.Segments, store.TimerSegment{Start: later(at.At, seg.End), Seen: at})
}

// broken says why the time from a to b cannot be counted as it stands, "" when
// it can, and how many seconds of it the machine was awake, -1 when nobody
// knows.
func broken(a, b store.ClockReading) (reason store.PauseReason, awake int64) {
	up, woke, wall := b.Up-a.Up, b.Awake-a.Awake, b.At.Sub(a.At)
	switch {
	case a.Boot == "" || b.Boot == "":
		return "", -1
	case a.Boot != b.Boot:
		return store.PauseRestart, -1
	case up-woke > mostBroken:
		return store.PauseAsleep, int64(woke / time.Second)
	case wall-up > mostBroken || up-wall > mostBroken:
		return store.PauseClock, int64(woke / time.Second)
	}
	return "", -1
}

// observe makes observations of what tm ran up to now, or takes them back when
// it is discarded, and stores tm.
func (t Timers) observe(ctx context.Context, tx *store.Tx, tm *store.Timer) error {
	if tm.ID == 0 {
		if err := tx.PutTimer(ctx, tm); err != nil {
			return err
		}
	}
	var seen []billing.Observation
	for i := range tm.Segments {
		s := &tm.Segments[i]
		end := s.End
		if end.IsZero() {
			end = tx.Now()
		}
		gone := tm.State == store.TimerDiscarded || !end.After(s.Start)
		if gone && s.Recorded.IsZero() || !gone && end.Equal(s.Recorded) {
			continue
		}
		o := billing.Observation{
			ExternalID: fmt.Sprintf("%s %d", timerThread(tm.ID), i+1), Revision: strconv.FormatInt(end.Unix(), 10),
			Kind: billing.KindTimer, Span: billing.Span{Start: s.Start, End: end}, Subject: tm.Label, Thread: timerThread(tm.ID),
		}
		if gone {
			o.Removed, o.Revision, o.Span.End = true, "gone", s.Start
		}
		s.Recorded = end
		seen = append(seen, o)
	}
	if _, err := tx.Record(ctx, store.NotesSource, "", seen); err != nil {
		return err
	}
	return tx.PutTimer(ctx, tm)
}

// timerThread joins the segments of a timer: together they are one piece of work.
func timerThread(id int64) string { return fmt.Sprintf("timer %d", id) }

// timerOf undoes timerThread.
func timerOf(o billing.Observation) (id int64, ok bool) {
	text, ok := strings.CutPrefix(o.Thread, "timer ")
	if !ok || o.Kind != billing.KindTimer {
		return 0, false
	}
	id, err := strconv.ParseInt(text, 10, 64)
	return id, err == nil
}

// chosen returns the matters that the timekeeper named for the day's timers.
func chosen(ctx context.Context, tx *store.Tx, observations []billing.Observation) (map[billing.ObservationID]billing.MatterID, error) {
	var ids []int64
	for _, o := range observations {
		if id, ok := timerOf(o); ok {
			ids = append(ids, id)
		}
	}
	matters, err := tx.TimerMatters(ctx, ids)
	out := map[billing.ObservationID]billing.MatterID{}
	for _, o := range observations {
		if id, ok := timerOf(o); ok && matters[id] != "" {
			out[o.ID] = matters[id]
		}
	}
	return out, err
}

// grow brings the observation of the timer that runs up to date, at most once a
// minute. A day that is looked at shows it as it grows.
func (t Timers) grow(ctx context.Context) error {
	due := false
	err := t.store.View(ctx, func(tx *store.Tx) error {
		tm, ok, err := tx.RunningTimer(ctx)
		if ok && err == nil {
			seg := tm.Segments[tm.Open()]
			due = tx.Now().Sub(later(seg.Recorded, seg.Start)) >= growAfter || tx.Now().Before(seg.Seen.At)
		}
		return err
	})
	if err != nil || !due {
		return err
	}
	return t.look(ctx, nil)
}

// look advances the timer that runs, if one does, and observes what it ran.
func (t Timers) look(ctx context.Context, watched *lateTick) error {
	return t.store.Update(ctx, func(tx *store.Tx) error {
		tm, ok, err := tx.RunningTimer(ctx)
		if err != nil || !ok {
			return err
		}
		t.advance(tx, &tm, watched)
		return t.observe(ctx, tx, &tm)
	})
}

// watch follows the clocks on a goroutine of its own until the function that it
// returns is called, which waits for it.
func (t Timers) watch(ctx context.Context) (stop func()) {
	if t.Watch == nil {
		return func() {}
	}
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		t.Watch(ctx, t.Now, t.ticked)
	}()
	return func() { cancel(); <-done }
}

// ticked notes once a minute that the timer still ran, and looks closely when
// the tick was late.
func (t Timers) ticked(ctx context.Context, last time.Time, late bool) {
	var running bool
	var seen time.Time
	err := t.store.View(ctx, func(tx *store.Tx) error {
		tm, ok, err := tx.RunningTimer(ctx)
		if ok {
			running, seen = true, tm.Segments[tm.Open()].Seen.At
		}
		return err
	})
	since := t.Now().Sub(seen)
	switch {
	case err != nil || !running:
	case late:
		err = t.look(ctx, &lateTick{last})
	case since >= growAfter || since < 0:
		err = t.noteSeen(ctx)
	}
	if err != nil && ctx.Err() == nil {
		t.Log.Warn("a timer could not be followed", "kind", billing.KindOf(err))
	}
}

// noteSeen stores what the clocks show; where they disagree, it looks closely.
func (t Timers) noteSeen(ctx context.Context) error {
	return t.store.Update(ctx, func(tx *store.Tx) error {
		tm, ok, err := tx.RunningTimer(ctx)
		if err != nil || !ok {
			return err
		}
		before := len(tm.Pauses)
		t.advance(tx, &tm, nil)
		if len(tm.Pauses) > before {
			return t.observe(ctx, tx, &tm)
		}
		return tx.SeenTimer(ctx, tm.Segments[tm.Open()].Seen)
	})
}
