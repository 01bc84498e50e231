package store

import (
	"context"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
)

// A timer comes back as it was put, also from another opening of the store.
func TestPutTimer(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	s := openStore(t, dir)
	matter := putMatter(t, s, "2024-0113")
	seen := ClockReading{At: noon.Add(time.Hour), Boot: "a-boot", Up: 90 * time.Minute, Awake: 80*time.Minute + 3}
	tm := Timer{
		Label: "call", Matter: matter, State: TimerRunning, Started: noon,
		Segments: []TimerSegment{
			{Start: noon, End: noon.Add(time.Hour), Seen: seen, Recorded: noon.Add(time.Hour)},
			{Start: noon.Add(2 * time.Hour), Seen: seen},
		},
		Pauses: []TimerPause{{Span: billing.Span{Start: noon.Add(time.Hour), End: noon.Add(2 * time.Hour)}, Reason: PauseAsleep, Awake: -1}},
	}
	update(t, s, func(ctx context.Context, tx *Tx) error { return tx.PutTimer(ctx, &tm) })
	if tm.ID != 1 || tm.Open() != 1 {
		t.Fatalf("timer %d, open %d", tm.ID, tm.Open())
	}
	seen.At = noon.Add(150 * time.Minute)
	update(t, s, func(ctx context.Context, tx *Tx) error { return tx.SeenTimer(ctx, seen) })
	tm.Segments[1].Seen = seen
	view(t, openStore(t, dir), func(ctx context.Context, tx *Tx) error {
		got, ok, err := tx.RunningTimer(ctx)
		if !ok || !reflect.DeepEqual(got, tm) {
			t.Errorf("running is %+v, want %+v", got, tm)
		}
		return err
	})
	tm.Segments[1].End, tm.State, tm.Closed, tm.Pauses[0].Kept = noon.Add(3*time.Hour), TimerStopped, noon.Add(3*time.Hour), true
	update(t, s, func(ctx context.Context, tx *Tx) error { return tx.PutTimer(ctx, &tm) })
	view(t, s, func(ctx context.Context, tx *Tx) error {
		got, err := tx.Timer(ctx, 1)
		if err != nil || !reflect.DeepEqual(got, tm) {
			t.Errorf("stopped is %+v, want %+v", got, tm)
		}
		if _, ok, err := tx.RunningTimer(ctx); ok || err != nil {
			t.Errorf("a timer runs, or %v", err)
		}
		end, err := tx.LastTimed(ctx)
		if !end.Equal(noon.Add(3 * time.Hour)) {
			t.Errorf("timed until %v", end)
		}
		if _, err := tx.Timer(ctx, 2); billing.KindOf(err) != billing.NotFound {
			t.Errorf("timer 2: %v", err)
		}
		return err
	})
}

// The store itself refuses a second timer that runs, and a second open segment.
func TestOneTimerRuns(t *testing.T) {
	s := newStore(t)
	running := func(segments ...TimerSegment) error {
		return tryUpdate(s, func(ctx context.Context, tx *Tx) error {
			return tx.PutTimer(ctx, &Timer{State: TimerRunning, Started: noon, Segments: segments})
		})
	}
	if err := running(TimerSegment{Start: noon}, TimerSegment{Start: noon}); billing.KindOf(err) != billing.Conflict {
		t.Errorf("two open segments: %v", err)
	}
	if err := running(TimerSegment{Start: noon, End: noon.Add(-time.Second)}); billing.KindOf(err) != billing.Invalid {
		t.Errorf("a segment that ends before it begins: %v", err)
	}
	if err := running(TimerSegment{Start: noon}); err != nil {
		t.Error(err)
	}
	if err := running(); billing.KindOf(err) != billing.Conflict {
		t.Errorf("a second timer: %v", err)
	}
}

func TestTimersAndTheirMatters(t *testing.T) {
	s := newStore(t)
	matter := putMatter(t, s, "1")
	update(t, s, func(ctx context.Context, tx *Tx) error {
		for i, state := range []TimerState{TimerStopped, TimerStopped, TimerPaused, TimerRunning, TimerDiscarded} {
			tm := Timer{State: state, Started: noon, Closed: noon.Add(time.Duration(i) * time.Hour)}
			if i%2 == 0 {
				tm.Matter = matter
			}
			if err := tx.PutTimer(ctx, &tm); err != nil {
				return err
			}
		}
		return nil
	})
	view(t, s, func(ctx context.Context, tx *Tx) error {
		list, err := tx.Timers(ctx, noon.Add(time.Hour))
		var ids []int64
		for _, tm := range list {
			ids = append(ids, tm.ID)
		}
		if want := []int64{2, 3, 4}; err != nil || !reflect.DeepEqual(ids, want) {
			t.Errorf("timers %v, want %v", ids, want)
		}
		got, err := tx.TimerMatters(ctx, []int64{1, 2, 3, 99})
		if want := map[int64]billing.MatterID{1: matter, 3: matter}; !reflect.DeepEqual(got, want) {
			t.Errorf("matters %v, want %v", got, want)
		}
		return err
	})
}
