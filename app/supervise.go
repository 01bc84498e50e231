package app

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"github.com/tenths/tenths/billing"
)

const (
	// lookAgain is how often the list of places is read while observing, so
	// that one that another process adds or removes is noticed.
	lookAgain = 5 * time.Second
	// leaveFor is how long a place is left alone that failed for good, and
	// leaveRefused how long one that refused the password: servers lock an
	// account that keeps asking.
	leaveFor     = time.Minute
	leaveRefused = time.Hour
)

// supervisor observes all places, each on a goroutine of its own, and follows
// the list of places as it changes.
type supervisor struct {
	sources Sources
	places  map[billing.SourceID]*observed
	total   map[billing.SourceID]Captured
}

// observed is one place under observation, or left alone since it ended.
type observed struct {
	cancel context.CancelFunc
	result chan Captured // nil once it was received
	again  time.Time     // when to observe it again, once it ended
}

func newSupervisor(s Sources) *supervisor {
	return &supervisor{sources: s, places: map[billing.SourceID]*observed{}, total: map[billing.SourceID]Captured{}}
}

// observe runs until ctx ends and everything it started has ended, and returns
// what each place showed.
func (v *supervisor) observe(ctx context.Context) []Captured {
	defer Retention{v.sources.Practice}.beside(ctx)()
	tick := time.NewTicker(lookAgain)
	defer tick.Stop()
	for ctx.Err() == nil {
		v.follow(ctx)
		select {
		case <-ctx.Done():
		case <-tick.C:
		}
	}
	for id := range v.places {
		v.end(id)
	}
	out := slices.Collect(maps.Values(v.total))
	slices.SortFunc(out, func(a, b Captured) int { return cmp.Compare(a.Source, b.Source) })
	return out
}

// follow brings what runs in line with the list of places.
func (v *supervisor) follow(ctx context.Context) {
	list, paused, err := v.sources.places(ctx)
	if err != nil {
		if ctx.Err() == nil {
			v.sources.Log.Warn("the list of places cannot be read", "kind", billing.KindOf(err))
		}
		return
	}
	if paused {
		list = nil
	}
	wanted := map[billing.SourceID]bool{}
	for _, src := range list {
		wanted[src.ID] = true
		if v.idle(src.ID) {
			v.start(ctx, src)
		}
	}
	for id := range v.places {
		if !wanted[id] {
			v.end(id)
		}
	}
}

// idle reports whether nothing observes the place and it was left alone long
// enough.
func (v *supervisor) idle(id billing.SourceID) bool {
	p := v.places[id]
	if p == nil {
		return true
	}
	if p.result != nil {
		select {
		case c := <-p.result:
			v.add(id, c)
			p.result, p.again = nil, v.sources.Now().Add(leaveFor)
			if c.kind == billing.Unauthorized {
				p.again = v.sources.Now().Add(leaveRefused)
			}
		default:
			return false
		}
	}
	return !v.sources.Now().Before(p.again)
}

func (v *supervisor) start(ctx context.Context, src billing.SourceConfig) {
	ctx, cancel := context.WithCancel(ctx)
	p := &observed{cancel: cancel, result: make(chan Captured, 1)}
	v.places[src.ID] = p
	go func() {
		defer cancel() // also where it ended by itself
		p.result <- v.sources.run(ctx, src, false)
	}()
}

// end stops observing a place and waits for it.
func (v *supervisor) end(id billing.SourceID) {
	p := v.places[id]
	p.cancel()
	if p.result != nil {
		v.add(id, <-p.result)
	}
	delete(v.places, id)
}

func (v *supervisor) add(id billing.SourceID, c Captured) {
	c.Added += v.total[id].Added
	v.total[id] = c
}
