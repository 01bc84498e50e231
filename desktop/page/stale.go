package page

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"
)

// Subscribe calls stale with a topic whenever something of that topic has
// changed, from any goroutine, until cancel is called.
type Subscribe func(stale func(topic string)) (cancel func())

// Quiet is how long topics are gathered before the page is told: a burst of
// changes makes it ask once.
const Quiet = 60 * time.Millisecond

// Pump passes topics from subscribe on to emit until ctx ends, each at most
// once every [Quiet], sorted. Whoever reports a change never waits for the page.
// emit is called from the goroutine that called Pump, which returns when ctx
// has ended and the subscription is cancelled.
func Pump(ctx context.Context, subscribe Subscribe, emit func(topic string)) {
	if subscribe == nil {
		<-ctx.Done()
		return
	}
	var (
		mu      sync.Mutex
		pending = map[string]bool{}
		wake    = make(chan struct{}, 1)
	)
	cancel := subscribe(func(topic string) {
		mu.Lock()
		pending[topic] = true
		mu.Unlock()
		select {
		case wake <- struct{}{}:
		default:
		}
	})
	defer cancel()
	for {
		select {
		case <-ctx.Done():
			return
		case <-wake:
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(Quiet):
		}
		mu.Lock()
		topics := slices.Sorted(maps.Keys(pending))
		clear(pending)
		mu.Unlock()
		for _, topic := range topics {
			emit(topic)
		}
	}
}
