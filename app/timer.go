package app

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/store"
)

// Timers are stopwatches. At most one runs: starting one pauses the other. Each
// change is stored as it happens, so that a start survives a crash and a power
// cut. What a timer ran becomes observations like any other.
type Timers struct{ *Practice }

// Start starts a timer, and pauses the one that runs. label and the matter's
// number may be "".
func (t Timers) Start(ctx context.Context, label, number string) (TimerView, error) {
	return t.update(ctx, func(tx *store.Tx) (*store.Timer, error) {
		matter, err := openMatter(ctx, tx, number)
		if err != nil {
			return nil, err
		}
		tm := &store.Timer{Label: billing.Privileged(strings.Join(strings.Fields(label), " ")), Matter: matter, Started: tx.Now()}
		return tm, t.run(ctx, tx, tm)
	})
}

// Switch has a paused timer run again, and pauses the one that runs.
func (t Timers) Switch(ctx context.Context, id int64) (TimerView, error) {
	return t.update(ctx, func(tx *store.Tx) (*store.Timer, error) {
		tm, err := tx.Timer(ctx, id)
		if err != nil {
			return nil, err
		}
		if tm.State != store.TimerPaused {
			return nil, timerConflict(tm, "; start another")
		}
		return &tm, t.run(ctx, tx, &tm)
	})
}

// Stop stops a timer, for id 0 the one that runs. What it ran is then observed.
func (t Timers) Stop(ctx context.Context, id int64) (TimerView, error) {
	return t.update(ctx, func(tx *store.Tx) (*store.Timer, error) {
		tm, ok, err := tx.RunningTimer(ctx)
		if id != 0 && err == nil {
			tm, err = tx.Timer(ctx, id)
		}
		switch {
		case err != nil:
			return nil, err
		case id == 0 && !ok:
			return nil, &billing.Error{Kind: billing.Conflict, Msg: "no timer runs; tenths timer list shows those that are paused"}
		}
		if tm.State != store.TimerRunning && tm.State != store.TimerPaused {
			return nil, timerConflict(tm, "")
		}
		return &tm, t.halt(ctx, tx, &tm, store.TimerStopped)
	})
}

// Discard throws a timer away with all that it ran: it is no time, and does not
// come back. What is approved already stays.
func (t Timers) Discard(ctx context.Context, id int64) (TimerView, error) {
	return t.update(ctx, func(tx *store.Tx) (*store.Timer, error) {
		tm, err := tx.Timer(ctx, id)
		if err != nil {
			return nil, err
		}
		if tm.State == store.TimerDiscarded {
			return nil, timerConflict(tm, "")
		}
		return &tm, t.halt(ctx, tx, &tm, store.TimerDiscarded)
	})
}

// Keep counts what a timer left out: while the machine slept, was restarted, or
// had its clock set. What came twice, since the clock was set back, has no place
// in the day and stays out.
func (t Timers) Keep(ctx context.Context, id int64) (TimerView, error) {
	return t.update(ctx, func(tx *store.Tx) (*store.Timer, error) {
		tm, err := tx.Timer(ctx, id)
		if err != nil {
			return nil, err
		}
		if tm.State == store.TimerDiscarded {
			return nil, timerConflict(tm, "")
		}
		if tm.State == store.TimerRunning { // what was left out so far, to the second
			t.advance(tx, &tm, nil)
		}
		kept := 0
		for i := range tm.Pauses {
			p := &tm.Pauses[i]
			if !canKeep(*p) {
				continue
			}
			p.Kept = true
			kept++
			tm.Segments = append(tm.Segments, store.TimerSegment{Start: p.Span.Start, End: p.Span.End, Seen: store.ClockReading{At: p.Span.End}})
		}
		if kept == 0 {
			return nil, &billing.Error{Kind: billing.Conflict, Msg: fmt.Sprintf("timer %d left out nothing that could be counted", tm.ID)}
		}
		return &tm, t.observe(ctx, tx, &tm)
	})
}

// canKeep reports whether what was left out is not counted yet and has a place.
func canKeep(p store.TimerPause) bool {
	return !p.Kept && !p.Span.Empty() && p.Reason != store.PauseClockBack
}

// List returns the timers that run or are paused, and those stopped today.
func (t Timers) List(ctx context.Context) ([]TimerView, error) {
	if err := t.grow(ctx); err != nil {
		return nil, err
	}
	zone, err := t.Location(ctx)
	if err != nil {
		return nil, err
	}
	views := []TimerView{}
	err = t.store.View(ctx, func(tx *store.Tx) error {
		list, err := tx.Timers(ctx, billing.DayOf(tx.Now(), zone).Span(zone).Start)
		if err != nil {
			return err
		}
		known, err := t.register(ctx, tx)
		if err != nil {
			return err
		}
		for _, tm := range list {
			views = append(views, known.renderer(zone).timer(tm, tx.Now()))
		}
		return nil
	})
	return views, err
}

// update changes a timer and returns it as it then is.
func (t Timers) update(ctx context.Context, fn func(*store.Tx) (*store.Timer, error)) (view TimerView, err error) {
	err = t.store.Update(ctx, func(tx *store.Tx) error {
		tm, err := fn(tx)
		if err != nil {
			return err
		}
		keeper, err := timekeeper(ctx, tx)
		if err != nil {
			return err
		}
		zone, err := t.zone(keeper)
		if err != nil {
			return err
		}
		known, err := t.register(ctx, tx)
		if err == nil {
			view = known.renderer(zone).timer(*tm, tx.Now())
		}
		return err
	})
	return view, err
}

// run has tm run from now on, and pauses the one that runs.
func (t Timers) run(ctx context.Context, tx *store.Tx, tm *store.Timer) error {
	other, ok, err := tx.RunningTimer(ctx)
	if err != nil {
		return err
	}
	if ok {
		if err := t.halt(ctx, tx, &other, store.TimerPaused); err != nil {
			return err
		}
	}
	free, err := tx.LastTimed(ctx)
	if err != nil {
		return err
	}
	tm.State = store.TimerRunning
	tm.Segments = append(tm.Segments, store.TimerSegment{Start: later(tx.Now(), free), Seen: t.reading(tx)})
	return tx.PutTimer(ctx, tm)
}

// halt ends what of tm runs and leaves it in state.
func (t Timers) halt(ctx context.Context, tx *store.Tx, tm *store.Timer, state store.TimerState) error {
	if tm.Open() >= 0 {
		t.advance(tx, tm, nil)
		seg := &tm.Segments[tm.Open()]
		seg.End = later(tx.Now(), seg.Start)
	}
	tm.State = state
	if state != store.TimerPaused && tm.Closed.IsZero() {
		tm.Closed = tx.Now()
	}
	return t.observe(ctx, tx, tm)
}

// openMatter returns the id of the open matter with that number; "" for "".
func openMatter(ctx context.Context, tx *store.Tx, number string) (billing.MatterID, error) {
	if number == "" {
		return "", nil
	}
	m, err := tx.MatterByNumber(ctx, number)
	if err == nil && m.Closed {
		err = &billing.Error{Kind: billing.Conflict, Msg: "matter " + m.Number + " is closed; reopen it or choose another"}
	}
	return m.ID, err
}

func timerConflict(tm store.Timer, remedy string) error {
	return &billing.Error{Kind: billing.Conflict, Msg: fmt.Sprintf("timer %d is %s already%s", tm.ID, tm.State, remedy)}
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// timer renders tm as it stands at an instant.
func (r renderer) timer(tm store.Timer, now time.Time) TimerView {
	m := r.matters[tm.Matter]
	v := TimerView{
		ID: tm.ID, Label: string(tm.Label), Matter: m.Number, MatterName: string(m.Name), State: string(tm.State),
		Start: r.instant(tm.Started), Segments: []SpanView{}, Asleep: []AsleepView{},
	}
	segments := slices.Clone(tm.Segments)
	slices.SortStableFunc(segments, func(a, b store.TimerSegment) int { return a.Start.Compare(b.Start) })
	for _, s := range segments {
		span := billing.Span{Start: s.Start, End: s.End}
		if s.End.IsZero() {
			span.End = later(now, s.Start)
		}
		v.Seconds += span.Seconds()
		v.Segments = append(v.Segments, SpanView{r.instant(span.Start), r.instant(s.End)})
	}
	for _, p := range tm.Pauses {
		v.Asleep = append(v.Asleep, AsleepView{
			Start: r.instant(p.Span.Start), End: r.instant(p.Span.End), Seconds: p.Span.Seconds(),
			Reason: string(p.Reason), Kept: p.Kept, CanKeep: canKeep(p), Says: r.pause(p),
		})
	}
	return v
}

// pause says in one line what was left out.
func (r renderer) pause(p store.TimerPause) string {
	start, end := r.clock(p.Span.Start), r.clock(p.Span.End)
	counted := ", not counted"
	if p.Kept {
		counted = ", counted after all"
	}
	switch p.Reason {
	case store.PauseAsleep:
		if slept := p.Span.Seconds() - p.Awake; p.Awake > int64(mostBroken/time.Second) && slept > 0 {
			return fmt.Sprintf("asleep for %s between %s and %s, nobody saw when%s", hoursMinutes(slept), start, end, counted)
		}
		return "asleep " + start + "–" + end + counted
	case store.PauseRestart:
		return "the computer was restarted between " + start + " and " + end + counted
	case store.PauseClockBack:
		return "the clock was set back from " + end + " to " + start + "; that time came twice and is counted once"
	}
	says := "the clock was set between " + start + " and " + end
	if p.Awake > int64(mostBroken/time.Second) {
		says += ", while " + hoursMinutes(p.Awake) + " passed"
	}
	return says + counted
}

func (r renderer) clock(t time.Time) string { return t.In(r.zone).Format("15:04") }

func hoursMinutes(seconds int64) string {
	return fmt.Sprintf("%dh%02d", seconds/3600, seconds/60%60)
}
