package document

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"

	"github.com/tenths/tenths/billing"
)

// report is one thing the watcher has to say; exactly one field is set, but
// for fresh.
type report struct {
	event *Event
	// rescan names a folder (relative, "." for all) in which something may
	// have happened in the last while that no event told of.
	rescan string
	// fresh says of the folder to rescan that it was not there before.
	fresh bool
	// ready says that the folder is there and watched from now on; what
	// happened before, nobody saw.
	ready *place
	// away says that the folder has gone.
	away    bool
	problem *billing.Error
}

// Problems that do not stop the observation.
var (
	errOverflow = &billing.Error{Kind: billing.Internal,
		Msg: "more files changed at once than could be followed; Tenths looked through the folder again instead"}
	errExhausted = &billing.Error{Kind: billing.Internal,
		Msg: "this computer lets no more folders be watched, so parts of the folder are looked through twice a minute instead; " +
			"on Linux raise fs.inotify.max_user_watches (sudo sysctl fs.inotify.max_user_watches=524288), elsewhere name a smaller folder"}
	errAway = &billing.Error{Kind: billing.Unreachable,
		Msg: "the observed folder has gone; Tenths goes on when its drive is connected again"}
)

// watcher reports what happens in a folder tree. It watches every directory of
// it, those that come later too.
type watcher struct {
	where string // as configured
	now   func() time.Time
	out   chan<- report
	// pollEvery is how often to look through what cannot be watched, and at
	// whether the folder is still there.
	pollEvery time.Duration
	// settle is how long to let an overflow pass before looking again.
	settle time.Duration
	// addDir watches one directory: (*fsnotify.Watcher).Add unless set.
	addDir func(f *fsnotify.Watcher, name string) error

	place    place
	fs       *fsnotify.Watcher // nil where the system has none left
	watched  directories
	blind    map[string]bool  // tops of what cannot be watched
	told     bool             // about blind
	overflow <-chan time.Time // when to look again, nil for no need
}

// run watches until ctx ends. While the folder is away it waits for it, longer
// each time, up to half a minute.
func (w *watcher) run(ctx context.Context) {
	if w.addDir == nil {
		w.addDir = (*fsnotify.Watcher).Add
	}
	wait, told := 100*time.Millisecond, false
	for ctx.Err() == nil {
		p, err := locate(w.where)
		switch {
		case err == nil:
			w.place = p
			w.session(ctx)
			w.say(ctx, report{away: true})
			wait, told = 100*time.Millisecond, false
		case !told:
			told = w.say(ctx, report{problem: awayBecause(err)})
		}
		select {
		case <-ctx.Done():
		case <-time.After(wait):
		}
		wait = min(wait*2, 30*time.Second)
	}
}

// awayBecause returns what to tell of a folder that is not there.
func awayBecause(err error) *billing.Error {
	if e, ok := errors.AsType[*billing.Error](err); ok && e.Kind == billing.Invalid {
		return e
	}
	return errAway
}

// say delivers r, unless ctx ends first.
func (w *watcher) say(ctx context.Context, r report) bool {
	select {
	case w.out <- r:
		return true
	case <-ctx.Done():
		return false
	}
}

// session watches the folder while it is there.
func (w *watcher) session(ctx context.Context) {
	w.watched, w.blind, w.overflow, w.told = directories{}, map[string]bool{}, nil, false
	var events <-chan fsnotify.Event
	trouble := make(chan error, 1)
	fsw, err := fsnotify.NewWatcher()
	w.fs = fsw
	if err == nil {
		var pump sync.WaitGroup
		pump.Go(func() { drain(fsw.Errors, trouble) })
		defer pump.Wait()
		defer fsw.Close()
		events = fsw.Events
	}
	w.watch(ctx, w.place.root)
	where := w.place
	w.say(ctx, report{ready: &where})

	poll := time.NewTicker(w.pollEvery)
	defer poll.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case e, ok := <-events:
			if !ok || !w.take(ctx, e) {
				return
			}
		case <-trouble: //nolint:errcheck // that there is any is all that matters
			if w.overflow == nil {
				w.overflow = time.After(w.settle)
			}
		case <-w.overflow:
			w.overflow = nil
			w.say(ctx, report{problem: errOverflow})
			w.watch(ctx, w.place.root)
			w.say(ctx, report{rescan: "."})
		case <-poll.C:
			if info, err := os.Lstat(w.place.root); err != nil || !info.IsDir() {
				return
			}
			w.poll(ctx)
		}
	}
}

// drain passes on that there were errors; fsnotify may hold a lock while it
// waits for someone to take one.
func drain(errs <-chan error, trouble chan<- error) {
	for err := range errs {
		select {
		case trouble <- err:
		default:
		}
	}
}

// take handles one raw event. It returns false when the folder itself went.
func (w *watcher) take(ctx context.Context, e fsnotify.Event) bool {
	op := opOf(e.Op)
	rel, ok := w.place.relative(e.Name)
	if !ok || op == "" {
		return true
	}
	if rel == "." {
		return op != Remove && op != Rename
	}
	info, err := os.Lstat(e.Name)
	isDir := err == nil && info.IsDir()
	if (w.watched.has(e.Name) || w.blind[e.Name]) && (op == Remove || op == Rename) {
		w.unwatch(e.Name)
		w.say(ctx, report{event: &Event{Time: w.now(), Path: rel, Op: op, Size: -1, Dir: true}})
	}
	if isDir {
		if op != Write && op != Chmod && !inSkipped(rel) && !w.place.skips(e.Name, "") && !w.watched.has(e.Name) {
			w.watch(ctx, e.Name)
			// Whatever was put into it before the watch was there made no event.
			w.say(ctx, report{rescan: rel, fresh: true})
		}
		return true
	}
	if event, ok := w.place.look(rel, op, w.now()); ok {
		w.say(ctx, report{event: &event})
	}
	return true
}

// opOf returns the most telling of the operations in op, "" for none.
func opOf(op fsnotify.Op) Op {
	switch {
	case op.Has(fsnotify.Create):
		return Create
	case op.Has(fsnotify.Remove):
		return Remove
	case op.Has(fsnotify.Rename):
		return Rename
	case op.Has(fsnotify.Write):
		return Write
	case op.Has(fsnotify.Chmod):
		return Chmod
	}
	return ""
}

// watch adds the directory top and all below it. Each is watched before it is
// read, so that nothing comes between.
func (w *watcher) watch(ctx context.Context, top string) {
	_ = filepath.WalkDir(top, func(name string, d fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil || !d.IsDir():
			return nil
		case w.place.skips(name, d.Name()):
			return fs.SkipDir
		case w.watched.has(name):
			return nil
		}
		if err := w.add(name); err != nil {
			if !exhausted(err) {
				return nil // gone again, or not ours to read: nothing to see
			}
			w.blind[name] = true
			if !w.told {
				w.told = w.say(ctx, report{problem: errExhausted})
			}
			return fs.SkipDir
		}
		w.watched.add(name)
		delete(w.blind, name)
		return nil
	})
}

// add watches one directory.
func (w *watcher) add(name string) error {
	if w.fs == nil {
		return syscall.EMFILE
	}
	return w.addDir(w.fs, name)
}

// exhausted reports whether the system has no watches left to give.
func exhausted(err error) bool {
	return errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EMFILE) || errors.Is(err, syscall.ENFILE) || errors.Is(err, syscall.ENOMEM)
}

// unwatch forgets the directory and all below it, which may live on under
// another name.
func (w *watcher) unwatch(top string) {
	for _, name := range w.watched.remove(top) {
		if w.fs != nil {
			_ = w.fs.Remove(name) // it may know already
		}
	}
	prefix := top + string(filepath.Separator)
	for name := range w.blind {
		if name == top || strings.HasPrefix(name, prefix) {
			delete(w.blind, name)
		}
	}
}

// poll has what cannot be watched looked through, and tries again to watch it.
func (w *watcher) poll(ctx context.Context) {
	tops := make([]string, 0, len(w.blind))
	for name := range w.blind {
		tops = append(tops, name)
	}
	for i, name := range tops {
		if i == 0 || len(w.blind) < len(tops) { // once refused, the rest would be too
			w.watch(ctx, name)
		}
		if rel, ok := w.place.relative(name); ok {
			w.say(ctx, report{rescan: rel})
		}
	}
}
