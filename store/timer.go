package store

import (
	"context"
	"encoding/json"
	"time"

	"github.com/tenths/tenths/billing"
)

// TopicTimers is told of when a timer started, stopped or changed.
const TopicTimers = "timers"

// TimerState is where a timer stands.
type TimerState string

// The timer states. At most one timer runs.
const (
	TimerRunning   TimerState = "running"
	TimerPaused    TimerState = "paused"
	TimerStopped   TimerState = "stopped"
	TimerDiscarded TimerState = "discarded"
)

// PauseReason says why a stretch of a running timer was not counted.
type PauseReason string

// The pause reasons.
const (
	PauseAsleep    PauseReason = "asleep"
	PauseRestart   PauseReason = "restart"    // of the machine
	PauseClock     PauseReason = "clock"      // it was set while the timer ran
	PauseClockBack PauseReason = "clock back" // it was set back: the stretch came twice
)

// Timer is what the timekeeper started, with all that it ran.
type Timer struct {
	ID       int64 // allotted by PutTimer; small, for typing
	Label    billing.Privileged
	Matter   billing.MatterID // "" when none was named
	State    TimerState
	Started  time.Time
	Closed   time.Time // zero until it is stopped or discarded
	Segments []TimerSegment
	Pauses   []TimerPause
}

// TimerSegment is a stretch in which a timer ran.
type TimerSegment struct {
	Start    time.Time
	End      time.Time // zero while it runs
	Seen     ClockReading
	Recorded time.Time // the end of the observation made of it, zero when there is none
}

// TimerPause is a stretch in which a timer was on and which is not counted,
// unless the timekeeper keeps it.
type TimerPause struct {
	Span   billing.Span
	Reason PauseReason
	Awake  int64 // seconds of it that the machine was awake, -1 when nobody knows
	Kept   bool
}

// ClockReading is what the clocks showed at one moment. Boot names the run of
// the system since it was started, "" where it tells nothing; Up is how long
// that has lasted, and Awake how much of it the machine was not asleep.
type ClockReading struct {
	At    time.Time
	Boot  string
	Up    time.Duration
	Awake time.Duration
}

// Open returns the position of the segment that runs, or -1.
func (t *Timer) Open() int {
	for i := range t.Segments {
		if t.Segments[i].End.IsZero() {
			return i
		}
	}
	return -1
}

const selectTimer = `SELECT id, label, coalesce(matter, ''), state, started_at, closed_at FROM timer `

// Timer returns the timer with that id, or a NotFound error.
func (tx *Tx) Timer(ctx context.Context, id int64) (Timer, error) {
	t, ok, err := one(ctx, tx, scanTimer, selectTimer+`WHERE id = ?`, id)
	switch {
	case err != nil:
	case !ok:
		err = notFound("there is no timer %d; tenths timer list shows those of today", id)
	default:
		err = tx.timerParts(ctx, &t)
	}
	return t, err
}

// RunningTimer returns the timer that runs; ok is false when none does.
func (tx *Tx) RunningTimer(ctx context.Context) (t Timer, ok bool, err error) {
	t, ok, err = one(ctx, tx, scanTimer, selectTimer+`WHERE state = 'running'`)
	if ok && err == nil {
		err = tx.timerParts(ctx, &t)
	}
	return t, ok, err
}

// Timers returns the timers that are running or paused, and those that were
// stopped since an instant, by id.
func (tx *Tx) Timers(ctx context.Context, since time.Time) ([]Timer, error) {
	list, err := collect(ctx, tx, scanTimer, selectTimer+`
		WHERE state IN ('running', 'paused') OR state = 'stopped' AND closed_at >= ? ORDER BY id`, unix(since))
	for i := range list {
		if err == nil {
			err = tx.timerParts(ctx, &list[i])
		}
	}
	return list, err
}

// TimerMatters returns the matters that the timekeeper named for those timers;
// timers without one are left out.
func (tx *Tx) TimerMatters(ctx context.Context, ids []int64) (map[int64]billing.MatterID, error) {
	out := map[int64]billing.MatterID{}
	if len(ids) == 0 {
		return out, nil
	}
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, explain(err, "the timers cannot be read")
	}
	_, err = collect(ctx, tx, func(r row) (none struct{}, err error) {
		var id int64
		var m billing.MatterID
		err = r.Scan(&id, &m)
		out[id] = m
		return none, err
	}, `SELECT id, matter FROM timer WHERE matter IS NOT NULL AND id IN (SELECT value FROM json_each(?))`, string(list))
	return out, err
}

// LastTimed returns the end of the latest segment of any timer that ended; a
// segment that starts no earlier shares no second with any other.
func (tx *Tx) LastTimed(ctx context.Context) (time.Time, error) {
	end, _, err := one(ctx, tx, value[int64], `SELECT coalesce(max(end_at), 0) FROM timer_segment`)
	return instant(end), err
}

// PutTimer keeps t with its segments and pauses, and allots its id when it has
// none. Segments and pauses are never taken away, only added and changed.
func (tx *Tx) PutTimer(ctx context.Context, t *Timer) error {
	var matter any
	if t.Matter != "" {
		matter = string(t.Matter)
	}
	var err error
	if t.ID == 0 {
		t.ID, _, err = one(ctx, tx, value[int64], `INSERT INTO timer (label, matter, state, started_at, closed_at)
			VALUES (?,?,?,?,?) RETURNING id`, string(t.Label), matter, string(t.State), unix(t.Started), unix(t.Closed))
	} else {
		_, err = tx.exec(ctx, `UPDATE timer SET label = ?, matter = ?, state = ?, started_at = ?, closed_at = ? WHERE id = ?`,
			string(t.Label), matter, string(t.State), unix(t.Started), unix(t.Closed), t.ID)
	}
	if err != nil {
		return err
	}
	for i, s := range t.Segments {
		if _, err := tx.exec(ctx, `INSERT INTO timer_segment (timer, ord, start_at, end_at, seen_at, seen_boot, seen_up, seen_awake, recorded_at)
			VALUES (?,?,?,?,?,?,?,?,?) ON CONFLICT (timer, ord) DO UPDATE SET end_at = excluded.end_at, seen_at = excluded.seen_at,
			seen_boot = excluded.seen_boot, seen_up = excluded.seen_up, seen_awake = excluded.seen_awake, recorded_at = excluded.recorded_at`,
			t.ID, i+1, unix(s.Start), unix(s.End), unix(s.Seen.At), s.Seen.Boot, int64(s.Seen.Up), int64(s.Seen.Awake), unix(s.Recorded)); err != nil {
			return err
		}
	}
	for i, p := range t.Pauses {
		if _, err := tx.exec(ctx, `INSERT INTO timer_pause (timer, ord, start_at, end_at, reason, awake, kept)
			VALUES (?,?,?,?,?,?,?) ON CONFLICT (timer, ord) DO UPDATE SET kept = excluded.kept`,
			t.ID, i+1, unix(p.Span.Start), unix(p.Span.End), string(p.Reason), p.Awake, p.Kept); err != nil {
			return err
		}
	}
	tx.stale(TopicTimers)
	return nil
}

// SeenTimer notes a reading of the clocks while the running segment ran. It
// makes nothing stale: what is shown does not depend on it.
func (tx *Tx) SeenTimer(ctx context.Context, seen ClockReading) error {
	_, err := tx.exec(ctx, `UPDATE timer_segment SET seen_at = ?, seen_boot = ?, seen_up = ?, seen_awake = ? WHERE end_at = 0`,
		unix(seen.At), seen.Boot, int64(seen.Up), int64(seen.Awake))
	return err
}

func (tx *Tx) timerParts(ctx context.Context, t *Timer) (err error) {
	if t.Segments, err = collect(ctx, tx, scanSegment, `SELECT start_at, end_at, seen_at, seen_boot, seen_up, seen_awake, recorded_at
		FROM timer_segment WHERE timer = ? ORDER BY ord`, t.ID); err != nil {
		return err
	}
	t.Pauses, err = collect(ctx, tx, scanPause, `SELECT start_at, end_at, reason, awake, kept FROM timer_pause WHERE timer = ? ORDER BY ord`, t.ID)
	return err
}

func scanTimer(r row) (t Timer, err error) {
	var started, closed int64
	err = r.Scan(&t.ID, &t.Label, &t.Matter, &t.State, &started, &closed)
	t.Started, t.Closed = instant(started), instant(closed)
	return t, err
}

func scanSegment(r row) (s TimerSegment, err error) {
	var start, end, seen, up, awake, recorded int64
	err = r.Scan(&start, &end, &seen, &s.Seen.Boot, &up, &awake, &recorded)
	s.Start, s.End, s.Recorded = instant(start), instant(end), instant(recorded)
	s.Seen.At, s.Seen.Up, s.Seen.Awake = instant(seen), time.Duration(up), time.Duration(awake)
	return s, err
}

func scanPause(r row) (p TimerPause, err error) {
	var start, end int64
	err = r.Scan(&start, &end, &p.Reason, &p.Awake, &p.Kept)
	p.Span = billing.Span{Start: instant(start), End: instant(end)}
	return p, err
}
