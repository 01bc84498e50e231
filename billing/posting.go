package billing

import "time"

// Posting is an approved entry on its way to a practice management system. It
// carries all that a connector needs to send it and, after an unknown outcome,
// to find it again.
type Posting struct {
	Entry        EntryID
	MatterRemote string // the matter's id over there
	WorkDate     Day
	Billed       int64 // minutes
	Narrative    Privileged
	Rate         Money // per hour; zero leaves the price to the other system
	TaskCode     string
	ActivityCode string
	NonBillable  bool

	// FirstSent is when the first attempt began; zero before any.
	FirstSent time.Time
	// Known lists remote ids already bound to other entries of ours: never a
	// match for this one, however alike they look.
	Known []string
}

// Receipt proves that a practice management system has an entry.
type Receipt struct {
	RemoteID string
	ETag     string
	Found    bool // adopted after an unknown outcome, rather than answered to a post
}

// RemoteMatter is a matter as a practice management system lists it.
type RemoteMatter struct {
	RemoteID string
	ETag     string
	Number   string
	Name     Privileged
	Client   Privileged
	Closed   bool
}

// Outcome says what is known about a request that did not succeed.
type Outcome string

// The outcomes of a failed request.
const (
	Permanent Outcome = "permanent" // refused, and would be refused again: a person is needed
	Retryable Outcome = "retryable" // certainly not carried out; try later
	Unknown   Outcome = "unknown"   // may have been carried out: look before sending again
)

// OutcomeError is a failed request of a connector.
type OutcomeError struct {
	Outcome Outcome
	After   time.Duration // for Retryable: not before this long, 0 when nothing was said
	Err     *Error        // what to tell the person
}

// Error returns the message and cause of the failure.
func (e *OutcomeError) Error() string { return string(e.Outcome) + ": " + e.Err.Error() }

// Unwrap returns the [Error] inside.
func (e *OutcomeError) Unwrap() error { return e.Err }
