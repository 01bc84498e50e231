package bridge

import "github.com/tenths/tenths/app"

func (w *Window) timers() app.Timers { return app.Timers{Practice: w.practice} }

// Timers returns the timers that run or are paused, and those stopped today.
func (w *Window) Timers() ([]app.TimerView, error) { return w.timers().List(w.ctx) }

// StartTimer starts a timer and pauses the one that runs. label and matter, a
// number, may be "".
func (w *Window) StartTimer(label, matter string) (app.TimerView, error) {
	return w.timers().Start(w.ctx, label, matter)
}

// SwitchTimer has a paused timer run again and pauses the one that runs.
func (w *Window) SwitchTimer(id int) (app.TimerView, error) {
	return w.timers().Switch(w.ctx, int64(id))
}

// StopTimer stops a timer. What it ran is then observed.
func (w *Window) StopTimer(id int) (app.TimerView, error) { return w.timers().Stop(w.ctx, int64(id)) }

// KeepTimer counts what a timer left out while the machine slept.
func (w *Window) KeepTimer(id int) (app.TimerView, error) { return w.timers().Keep(w.ctx, int64(id)) }

// DiscardTimer throws a timer away with all that it ran.
func (w *Window) DiscardTimer(id int) (app.TimerView, error) {
	return w.timers().Discard(w.ctx, int64(id))
}
