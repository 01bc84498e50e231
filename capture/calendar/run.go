package calendar

import (
	"context"
	"errors"
	"net/http"
	"path/filepath"
	"time"

	"github.com/fsnotify/fsnotify"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
)

const (
	pollAddress = 5 * time.Minute
	// pollFile is how often a file is read though nothing was heard of it: a
	// network drive tells nothing, and recurring events come into the horizon.
	pollFile = 15 * time.Minute

	quietFor = 400 * time.Millisecond // a file is read when it was left alone this long,
	atMost   = 5 * time.Second        // and at the latest after this long

	firstRetry = 5 * time.Second // for an address
	lastRetry  = time.Hour

	firstRetryFile = time.Second
	lastRetryFile  = 5 * time.Minute
)

// Run implements [capture.Source]. It gives up on an address that refuses the
// password or is gone for good.
func (s *Source) Run(ctx context.Context, at capture.Cursor, sink capture.Sink) error {
	var changes *watch
	if s.url == nil {
		changes = newWatch(string(s.cfg.Where))
		defer changes.close()
	}
	first := firstRetryFile
	if s.url != nil {
		first = firstRetry
	}
	retry := first
	for {
		changes.begin()
		next, err := s.once(ctx, at, sink)
		at = next
		if ctx.Err() != nil {
			return nil
		}
		wait := pollFile
		if s.url != nil {
			wait = pollAddress
		}
		if err != nil {
			if s.final(err) {
				return err
			}
			longest := lastRetryFile
			if s.url != nil {
				longest = lastRetry
			}
			wait, retry = backoff(err, retry, longest)
			s.logRetry(ctx, err, wait)
		} else {
			retry = first
		}
		if !changes.wait(ctx, jittered(wait)) {
			return nil
		}
	}
}

// backoff returns how long to wait after err, and the retry time after that.
func backoff(err error, retry, longest time.Duration) (wait, next time.Duration) {
	var later *laterError
	if errors.As(err, &later) {
		return max(retry, later.after), min(2*retry, longest)
	}
	return retry, min(2*retry, longest)
}

// final reports whether waiting will not mend err.
func (s *Source) final(err error) bool {
	return s.url != nil && (billing.KindOf(err) == billing.Unauthorized || errors.Is(err, errGone))
}

// errGone is a server's word that an address will not come back.
var errGone = errors.New(http.StatusText(http.StatusGone))

// watch hears of changes to a file or folder. A nil watch hears nothing.
type watch struct {
	path, dir string
	notify    *fsnotify.Watcher // nil where the system cannot tell
}

// newWatch watches the folder that path is in and, if path is a folder, path
// itself: programs replace files rather than write into them.
func newWatch(path string) *watch {
	w := &watch{path: filepath.Clean(path), dir: filepath.Dir(path)}
	if notify, err := fsnotify.NewWatcher(); err == nil {
		w.notify = notify
	}
	return w
}

// begin makes sure of watching, before the place is read: a folder that was
// not there the last time may be now. What cannot be watched is polled.
func (w *watch) begin() {
	if w == nil || w.notify == nil {
		return
	}
	_ = w.notify.Add(w.dir)
	if isFolder(w.path) {
		_ = w.notify.Add(w.path)
	}
}

// wait returns true when the place changed and was left alone since, or after
// longest; false when ctx ends.
func (w *watch) wait(ctx context.Context, longest time.Duration) bool {
	poll := time.NewTimer(longest)
	defer poll.Stop()
	var events chan fsnotify.Event
	var overflow chan error
	if w != nil && w.notify != nil {
		events, overflow = w.notify.Events, w.notify.Errors
	}
	var quiet, latest <-chan time.Time
	for {
		select {
		case <-ctx.Done():
			return false
		case <-poll.C:
			return true
		case <-quiet:
			return true
		case <-latest:
			return true
		case <-overflow: //nolint:errcheck // that events were lost is all it says: look
			quiet = time.After(quietFor)
		case e := <-events:
			if !w.concerns(e) {
				continue
			}
			quiet = time.After(quietFor)
			if latest == nil {
				latest = time.After(atMost)
			}
		}
	}
}

// concerns reports whether an event is about the place. Reading it makes none
// that is.
func (w *watch) concerns(e fsnotify.Event) bool {
	if e.Op == fsnotify.Chmod {
		return false
	}
	name := filepath.Clean(e.Name)
	return name == w.path || filepath.Dir(name) == w.path && isCalendarName(filepath.Base(name))
}

func (w *watch) close() {
	if w != nil && w.notify != nil {
		w.notify.Close()
	}
}
