// Package wake notices that the machine slept. It knows clocks and nothing
// else: not what is timed by them, nor what a pause means for it.
//
// On Linux the kernel tells at any time how long the machine has been up and
// how much of that it was awake (CLOCK_BOOTTIME and CLOCK_MONOTONIC). Windows
// and macOS are not asked: there only [Watch] notices, by a tick that comes
// late, and it takes a clock that was set forward for sleep.
package wake

import (
	"context"
	"time"
)

const (
	// Every is how often Watch looks.
	Every = 15 * time.Second
	// Tolerance is how late a tick may come: a busy machine is not asleep.
	Tolerance = 60 * time.Second
)

// Uptime is what the system says of itself. Boot names its run since it was
// started and differs for each; it is "" where nothing is known. Up is how long
// that run has lasted, and Awake how much of it the machine was not asleep.
type Uptime struct {
	Boot  string
	Up    time.Duration
	Awake time.Duration
}

// Now returns the uptime, the zero one where the system does not tell.
func Now() Uptime { return uptime() }

// Watch calls tick every [Every] until ctx ends, on the goroutine that called
// Watch. last is the instant of the tick before, and late says that this one
// came later, or earlier by the clock, than a machine that was awake and whose
// clock nobody set explains. now is the wall clock; it must not be corrected
// by a monotonic reading.
func Watch(ctx context.Context, now func() time.Time, tick func(ctx context.Context, last time.Time, late bool)) {
	ticker := time.NewTicker(Every)
	defer ticker.Stop()
	last := now().Round(0)
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		at := now().Round(0)
		beyond := at.Sub(last) - Every
		tick(ctx, last, beyond > Tolerance || beyond < -Tolerance)
		last = at
	}
}
