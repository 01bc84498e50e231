package app

import (
	"context"

	"github.com/tenths/tenths/billing"
)

// Progress is how far a look at a place has got.
type Progress struct {
	Source billing.SourceID
	Seen   int // observations so far
}

// progressKey is the key of a context's progress function.
type progressKey struct{}

// WithProgress returns a context with which a look at places reports how far it
// has got, after each batch that a source hands over. Several places report at
// once, each on a goroutine of its own.
func WithProgress(ctx context.Context, report func(Progress)) context.Context {
	return context.WithValue(ctx, progressKey{}, report)
}

// report tells whoever waits how far the look at a place has got.
func report(ctx context.Context, source billing.SourceID, seen int) {
	if fn, ok := ctx.Value(progressKey{}).(func(Progress)); ok {
		fn(Progress{source, seen})
	}
}
