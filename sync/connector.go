package sync

import (
	"context"

	"github.com/tenths/tenths/billing"
)

// Connector speaks to one practice management system.
type Connector interface {
	// Name names the system in a few letters: "clio". It is stored with receipts.
	Name() string
	// Post sends a posting once and never repeats it by itself. On failure the
	// error is a [*billing.OutcomeError]; any other error counts as unknown. Post
	// returns soon after ctx ends.
	Post(ctx context.Context, p billing.Posting) (billing.Receipt, error)
	// Find returns what the other system holds that may be p, oldest first,
	// leaving out the remote ids in p.Known. An empty answer without an error
	// is the other system's word that it has no such entry; whatever keeps a
	// connector from being sure of that is an error.
	Find(ctx context.Context, p billing.Posting) ([]billing.Receipt, error)
}

// Pacer is an ability that a [Connector] may have: to wait, before a posting is
// marked as being sent, until the other system will take a request and its
// access is known to work. Waiting there rather than in Post keeps the time
// between the write-ahead mark and the request short, which the settle time
// counts on.
type Pacer interface {
	// Pace returns nil when a request may be sent now. Its errors are like
	// those of [Connector.Post], except that nothing was sent.
	Pace(ctx context.Context) error
}

// MatterLister is an ability that a [Connector] may have: to list the matters
// that time can be posted to.
type MatterLister interface {
	// Matters returns every matter that is not closed.
	Matters(ctx context.Context) ([]billing.RemoteMatter, error)
}
