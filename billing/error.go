package billing

import "errors"

// Kind says what sort of thing went wrong, for the caller that must decide
// what to do about it.
type Kind string

// The kinds of error.
const (
	Invalid      Kind = "invalid"      // the input is wrong; the person can mend it
	NotFound     Kind = "not found"    // no such matter, entry, source …
	Conflict     Kind = "conflict"     // frozen, stale, or already done
	Unauthorized Kind = "unauthorized" // a secret is missing, wrong or expired
	Unreachable  Kind = "unreachable"  // a peer does not answer; later may be better
	Internal     Kind = "internal"     // our fault
)

// Error is an error with two readers: Msg is one plain line for the lawyer,
// saying what happened and what to do; Err is the cause, for the log. Msg never
// holds privileged text that the person did not just type.
type Error struct {
	Kind Kind
	Msg  string
	Err  error
}

// Error returns the message for the person and, where there is one, its cause.
func (e *Error) Error() string {
	if e.Err == nil {
		return e.Msg
	}
	return e.Msg + ": " + e.Err.Error()
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// KindOf returns the kind of the first [Error] in err's chain, or [Internal].
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}

// Message returns the line to show a person for err: the outermost [Error]'s
// message, or err's own text when there is none.
func Message(err error) string {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Msg
	}
	return err.Error()
}
