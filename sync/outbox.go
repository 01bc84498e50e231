package sync

import (
	"context"
	"time"

	"github.com/tenths/tenths/billing"
)

// Outbox keeps the postings that have not been posted yet, one for each
// approved entry, and where each stands. Every method is durable when it
// returns nil.
type Outbox interface {
	// Next returns the posting that has been due longest at now, and how its
	// earlier attempts went; nil when none is due. A posting found in
	// [StateSending] is due at once, as are new ones; others at the time given
	// to Unknown or Retry. Postings that need a person are not due.
	Next(ctx context.Context, now time.Time) (*billing.Posting, Attempt, error)
	// Due says when the next postings will be due, so that the worker can sleep.
	Due(ctx context.Context) (Due, error)

	// Unsettled returns the postings in [StateSending] or [StateUnknown].
	Unsettled(ctx context.Context) ([]billing.Posting, error)

	// Sending marks entry as being sent from the instant at, before the request
	// leaves. The first one is the posting's FirstSent from then on.
	Sending(ctx context.Context, entry billing.EntryID, at time.Time) error
	// Posted stores the proof that connector has entry, and ends its posting.
	Posted(ctx context.Context, entry billing.EntryID, connector string, r billing.Receipt) error
	// Unknown says that the last attempt may have been carried out; it is not
	// to be looked for again before next.
	Unknown(ctx context.Context, entry billing.EntryID, next time.Time, why *billing.Error) error
	// Retry says that nothing was carried out, and to try again at next.
	Retry(ctx context.Context, entry billing.EntryID, next time.Time, why *billing.Error) error
	// NeedsYou says that entry was refused, and waits for a person.
	NeedsYou(ctx context.Context, entry billing.EntryID, why *billing.Error) error
}

// State is where a posting stands.
type State string

// The states in which a posting can be due. Only in StateQueued is it certain
// that the other system does not have the entry.
const (
	StateQueued  State = "queued"  // never sent, or every attempt was certainly not carried out
	StateSending State = "sending" // a request was about to leave, and nothing is known since
	StateUnknown State = "unknown" // the last attempt may have been carried out
)

// Attempt says how the earlier attempts at a posting went.
type Attempt struct {
	State State
	Began time.Time // when the last attempt began; zero before any
	Count int       // attempts so far
}

// Due is when the outbox has something to do; a zero instant means never.
type Due struct {
	Any     time.Time // the first posting of any kind
	Unknown time.Time // the first in StateSending or StateUnknown
}
