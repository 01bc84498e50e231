// Package capture says what a source of observations is. The sources
// themselves are its subpackages; each knows a [Sink] and nothing of what is
// behind it, and none knows another.
package capture

import (
	"context"
	"time"

	"github.com/tenths/tenths/billing"
)

// Cursor says how far a source has observed. It is opaque to everyone but the
// source that made it. The empty Cursor is the beginning.
type Cursor string

// Sink takes what a source observes.
type Sink interface {
	// Record keeps observations and the cursor that follows them, both or
	// neither. Recording the same observation (source, external id, revision)
	// again changes nothing, so a source may repeat itself after a crash. An
	// error means that nothing was kept; the source must not move on.
	Record(ctx context.Context, observations []billing.Observation, cursor Cursor) error
}

// Source observes one place.
type Source interface {
	// Once observes what there is since the cursor and returns. It leaves the
	// observed place as it was.
	Once(ctx context.Context, cursor Cursor, sink Sink) error
	// Run does what Once does and then goes on observing until ctx ends, when
	// it returns nil within a second. It survives its peer going away: it
	// waits, longer each time, and tries again. It returns an error only for
	// what waiting will not mend.
	Run(ctx context.Context, cursor Cursor, sink Sink) error
}

// Config is what a source is made from.
type Config struct {
	billing.SourceConfig
	// Own are the timekeeper's mail addresses, lower-case; they tell sent from
	// received and one's own answer to an invitation from others'.
	Own []string
	// Password returns the account's secret at the moment it is needed. It is
	// nil where there is none.
	Password func(ctx context.Context) (string, error)
	// Keep replaces the account's secret for good, as when it was renewed. It
	// is nil where that cannot be done.
	Keep func(ctx context.Context, secret string) error
	// TermKey is the store's secret under which words are hashed (see
	// [billing.Observation]); without one no terms are kept.
	TermKey []byte
	// Zone is the timekeeper's: the one in which times are meant that name none,
	// or one that nobody knows. The machine's may be another. It is nil only
	// where nobody is asked.
	Zone *time.Location
}
