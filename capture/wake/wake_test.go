package wake_test

import (
	"context"
	"runtime"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tenths/tenths/capture/wake"
)

// The tick before the sleep is named, and only the tick after it is late. The
// machine's own clock goes on in sleep while ticks do not come: shift is by how
// much the wall clock is ahead of the ticks.
func TestWatch(t *testing.T) {
	for name, c := range map[string]struct {
		shift time.Duration // of the wall clock, between the third and the fourth tick
		late  []bool
	}{
		"awake":          {0, []bool{false, false, false, false, false}},
		"busy":           {time.Minute, []bool{false, false, false, false, false}},
		"asleep":         {67 * time.Minute, []bool{false, false, false, true, false}},
		"just asleep":    {61 * time.Second, []bool{false, false, false, true, false}},
		"clock set back": {-time.Hour, []bool{false, false, false, true, false}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				begin, shift := time.Now(), time.Duration(0)
				var late []bool
				var lasts []time.Duration
				done := make(chan struct{})
				go func() {
					defer close(done)
					wake.Watch(ctx, func() time.Time { return time.Now().Add(shift) }, func(_ context.Context, last time.Time, l bool) {
						late = append(late, l)
						lasts = append(lasts, last.Sub(begin.Round(0)))
					})
				}()
				time.Sleep(3*wake.Every + time.Second)
				synctest.Wait()
				shift = c.shift
				time.Sleep(2 * wake.Every)
				synctest.Wait()
				cancel()
				<-done
				if !slices.Equal(late, c.late) {
					t.Errorf("late %v, want %v", late, c.late)
				}
				want := []time.Duration{0, wake.Every, 2 * wake.Every, 3 * wake.Every, 4*wake.Every + c.shift}
				if !slices.Equal(lasts, want) {
					t.Errorf("the ticks before %v, want %v", lasts, want)
				}
			})
		})
	}
}

func TestNow(t *testing.T) {
	a, b := wake.Now(), wake.Now()
	if runtime.GOOS != "linux" {
		if a != (wake.Uptime{}) {
			t.Fatalf("nothing is known here, but %+v is said", a)
		}
		return
	}
	if a.Boot == "" || a.Boot != b.Boot {
		t.Fatalf("the run of the system is called %q and %q", a.Boot, b.Boot)
	}
	if a.Awake <= 0 || b.Up < a.Up || b.Awake < a.Awake || b.Up-a.Up > time.Minute {
		t.Fatalf("the kernel's clocks do not ascend: %+v, then %+v", a, b)
	}
}
