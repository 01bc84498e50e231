package document

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
)

const (
	// heartbeat is how often a Run looks at the clock, to notice that the
	// computer slept, and asleep what it takes for sleep.
	heartbeat = time.Minute
	asleep    = 5 * time.Minute
	// farewell bounds the last record of a Run whose context has ended.
	farewell = 700 * time.Millisecond
)

// live is one Run.
type live struct {
	*Source
	sink capture.Sink
	fold *Fold

	// mark is how far the folder was observed when it was last lost sight of;
	// while frozen, it is still so.
	mark   mark
	marked bool // there is such a mark; false before the first observation
	frozen bool
	place  *place

	points   []billing.Observation // found by a scan and not recorded yet
	first    bool                  // the first scan is done and its cursor not recorded yet
	growing  map[string]*growing   // the sessions not recorded as they are, or going on, by external id
	alive    time.Time             // the last look at the clock
	retry    time.Time             // not before then, after the sink refused
	patience time.Duration
}

// growing is a session and what of it was recorded.
type growing struct {
	Activity
	print    uint64 // of the document after the last save
	recorded int64  // saves
	at       time.Time
	ever     bool
}

func newLive(s *Source, cursor capture.Cursor, sink capture.Sink) *live {
	l := &live{Source: s, sink: sink, fold: NewFold(s.rules), growing: map[string]*growing{}, frozen: true}
	l.mark, l.marked = parseCursor(cursor)
	return l
}

func (l *live) run(ctx context.Context) error {
	reports := make(chan report, 1024)
	watch, stop := context.WithCancel(ctx)
	var watching sync.WaitGroup
	defer watching.Wait()
	defer stop()
	w := &watcher{where: l.root, now: l.clock, out: reports, pollEvery: l.pollEvery, settle: time.Second}
	watching.Go(func() { w.run(watch) })

	timer := time.NewTimer(0)
	defer timer.Stop()
	l.alive = l.clock()
	for n := 0; ; n++ {
		select {
		case <-ctx.Done():
			l.close(ctx, reports)
			return nil
		case r := <-reports:
			l.wake(ctx)
			l.handle(ctx, r)
		case <-timer.C:
			l.wake(ctx)
		}
		// Time passes once all that happened in it is folded in.
		if waiting := len(reports); waiting == 0 {
			l.fold.Advance(l.clock())
		} else if n%256 != 0 {
			continue
		}
		l.record(ctx, false)
		timer.Reset(l.next())
	}
}

// wake notices that the computer slept. What was saved just before then may
// reach us only now, too old to be believed, so the folder is looked through
// from where it was.
func (l *live) wake(ctx context.Context) {
	now := l.clock()
	if now.Sub(l.alive) > asleep && !l.frozen && l.place != nil {
		l.freeze(l.alive)
		l.look(ctx)
	}
	l.alive = now
}

// freeze notes how far the folder has been observed, for the next look. What a
// look found and could not record yet is left for the next one to find again.
func (l *live) freeze(at time.Time) {
	if l.frozen {
		return
	}
	l.frozen = true
	if len(l.points) > 0 || l.first {
		l.points, l.first = nil, false
		return
	}
	l.mark, l.marked = l.current(at), true
}

// handle takes in one report of the watcher.
func (l *live) handle(ctx context.Context, r report) {
	switch {
	case r.event != nil:
		l.fold.Add(*r.event)
	case r.problem != nil:
		l.problem(r.problem)
	case r.ready != nil:
		l.place = r.ready
		l.look(ctx)
	case r.away:
		l.fold.Add(Event{Time: l.clock(), Path: ".", Op: Remove, Size: -1, Dir: true})
		l.fold.Finish()
		l.gather()
		l.freeze(l.clock())
		l.place = nil
	case r.rescan != "" && l.place != nil:
		l.rescan(ctx, r.rescan, r.fresh)
	}
}

// look looks through the whole folder from the mark, as Once does, and gives
// the fold what it needs to tell a new save from an old one.
func (l *live) look(ctx context.Context) {
	found, err := l.scan(ctx, *l.place, l.mark, l.marked)
	if err != nil {
		return // the folder went again, or the time is up: the mark stays
	}
	for _, e := range found.recent {
		if kind, _ := classify(e.Path); kind == document {
			l.fold.learn(e.Path, e.stamp())
		} else {
			l.fold.Add(e)
		}
	}
	l.points, l.first = found.points, !l.marked
	l.frozen = false
}

// rescan looks through a part of the folder for what no event told of in the
// last while. All that is in a fresh one appeared with it.
func (l *live) rescan(ctx context.Context, dir string, fresh bool) {
	now := l.clock()
	for _, lock := range l.fold.locks(dir) {
		if e, ok := l.place.look(lock, Remove, now); ok && e.gone() {
			l.fold.Add(e)
		}
	}
	_ = l.place.walk(ctx, dir, now, func(e Event) {
		if kind, _ := classify(e.Path); kind != document || e.ModTime.After(now.Add(-l.rules.Slack)) && e.ModTime.Before(now.Add(future)) {
			e.New = fresh
			l.fold.Add(e)
		}
	})
}

// next returns how long nothing needs doing.
func (l *live) next() time.Duration {
	now := l.clock()
	at := now.Add(heartbeat)
	earlier := func(t time.Time) {
		if !t.IsZero() && t.Before(at) {
			at = t
		}
	}
	earlier(l.fold.Next())
	waiting := len(l.points) > 0 || l.first
	for _, g := range l.growing {
		if g.stale() {
			earlier(g.at.Add(l.every))
			waiting = waiting || g.Done || !g.ever
		}
	}
	if waiting || !l.retry.IsZero() {
		earlier(later(now, l.retry))
	}
	if at.Before(l.retry) {
		at = l.retry
	}
	return max(at.Sub(now), time.Millisecond)
}

// stale reports whether what was recorded of the session is not all.
func (g *growing) stale() bool { return !g.ever || g.recorded < g.Saves }

// record gives the sink what is due, or everything when all is set. When the
// sink refuses, all is kept for later.
func (l *live) record(ctx context.Context, all bool) {
	now := l.clock()
	l.gather()
	if !all && now.Before(l.retry) {
		return
	}
	for len(l.points) > 0 || l.first {
		n := min(len(l.points), batch)
		after := l.points[n:]
		cursor := l.mark.cursor()
		if !l.marked {
			cursor = ""
		}
		if len(after) == 0 {
			cursor = l.cursor(nil)
		}
		if !l.give(ctx, l.points[:n], cursor) {
			return
		}
		l.points = after
		l.first = l.first && len(after) > 0
	}
	due := l.dueNow(now, all)
	if len(due) > 0 {
		list := make([]billing.Observation, len(due))
		for i, g := range due {
			list[i] = g.observation(l.root, l.id)
		}
		sortObservations(list)
		if !l.give(ctx, list, l.cursor(due)) {
			return
		}
	}
	for _, g := range due {
		g.recorded, g.at, g.ever = g.Saves, now, true
	}
	for id, g := range l.growing {
		if g.Done && !g.stale() {
			delete(l.growing, id)
		}
	}
}

// gather takes what is new from the fold.
func (l *live) gather() {
	for _, a := range l.fold.Take() {
		id := a.observation(l.root, l.id).ExternalID
		if l.growing[id] == nil {
			l.growing[id] = &growing{}
		}
		l.growing[id].Activity = a
		if d := l.fold.docs[l.fold.key(a.Path)]; d != nil {
			l.growing[id].print = fingerprint(d.key, d.known)
		}
	}
}

// dueNow returns the sessions to record: the new, the ended, and those that
// grew and were recorded long enough ago.
func (l *live) dueNow(now time.Time, all bool) []*growing {
	var due []*growing
	for _, g := range l.growing {
		if g.stale() && (all || g.Done || !g.ever || now.Sub(g.at) >= l.every) {
			due = append(due, g)
		}
	}
	return due
}

// give records, and after a refusal waits before the next attempt, longer each
// time.
func (l *live) give(ctx context.Context, list []billing.Observation, cursor capture.Cursor) bool {
	if err := l.sink.Record(ctx, list, cursor); err != nil {
		if l.patience == 0 && ctx.Err() == nil {
			l.problem(&billing.Error{Kind: billing.KindOf(err), Err: err,
				Msg: "what was observed in a folder could not be stored; Tenths keeps it and tries again"})
		}
		l.patience = min(max(2*l.patience, time.Second), time.Minute)
		l.retry = l.clock().Add(l.patience)
		return false
	}
	l.retry, l.patience = time.Time{}, 0
	return true
}

// cursor returns the cursor that goes with recording the sessions given. Saves
// that are in no record yet are not in it either: after a crash they are found.
func (l *live) cursor(recording []*growing) capture.Cursor {
	var held []uint64
	for _, g := range l.growing {
		if g.stale() && !slices.Contains(recording, g) {
			held = append(held, g.print)
		}
	}
	m := l.mark
	if !l.frozen {
		m = l.current(l.clock())
	} else if !l.marked {
		return ""
	}
	return m.without(held).cursor()
}

// current returns the mark at which all that the fold knows has been judged.
func (l *live) current(at time.Time) mark {
	var judged []remembered
	l.fold.known(func(key string, s stamp) bool {
		judged = append(judged, remembered{fingerprint(key, s), s.modified})
		return true
	})
	return newMark(at, l.rules.Slack, judged)
}

// close records the last of it: what was reported, and what is going on.
func (l *live) close(ctx context.Context, reports <-chan report) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewell)
	defer cancel()
	for {
		select {
		case r := <-reports:
			if r.event != nil {
				l.fold.Add(*r.event)
			}
			continue
		default:
		}
		break
	}
	if l.place != nil {
		l.glance(ctx)
	}
	l.fold.Advance(l.clock())
	l.fold.Finish()
	l.record(ctx, true)
}

// glance looks at the documents being worked on, whose last events may not have
// reached us.
func (l *live) glance(ctx context.Context) {
	for _, name := range l.fold.active() {
		if e, ok := l.place.look(name, Write, l.clock()); ok && ctx.Err() == nil {
			l.fold.Add(e)
		}
	}
}
