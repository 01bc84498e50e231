package clio

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"reflect"
	"time"

	"github.com/tenths/tenths/billing"
)

// refusal says what an answer other than 2xx means for the request. A request
// answered with a 4xx was not carried out. After a 5xx nobody knows, not even
// where it asks to come back later: a proxy may have said so after the
// application had done its work. The answer's body is not read: it may quote
// what was sent.
func refusal(res *http.Response, after time.Duration) error {
	cause := fmt.Errorf("clio answered %d", res.StatusCode)
	failed := func(o billing.Outcome, k billing.Kind, msg string) error {
		return &billing.OutcomeError{Outcome: o, Err: &billing.Error{Kind: k, Msg: msg, Err: cause}}
	}
	switch code := res.StatusCode; {
	case code == http.StatusUnauthorized:
		return failed(billing.Permanent, billing.Unauthorized, "Clio no longer accepts Tenths's access. Connect to Clio again; nothing is lost.")
	case code == http.StatusForbidden:
		return failed(billing.Permanent, billing.Unauthorized, "Clio does not allow this. Your Clio administrator must let you, and the Tenths application, read matters and read and write activities.")
	case code == http.StatusNotFound:
		return failed(billing.Permanent, billing.NotFound, "Clio does not know this matter, or hides it from you. It may have been deleted or moved; fetch the matters again.")
	case code == http.StatusConflict || code == http.StatusPreconditionFailed:
		return failed(billing.Permanent, billing.Conflict, "Clio has newer data than Tenths. Fetch the matters again.")
	case code == http.StatusGone:
		return failed(billing.Permanent, billing.Internal, "Clio has retired the version of its interface that Tenths uses. Please update Tenths.")
	case code == http.StatusUnprocessableEntity || code == http.StatusBadRequest:
		return failed(billing.Permanent, billing.Invalid, "Clio refused this entry. Check that the matter is open for time entries in Clio and that its date is not locked.")
	case code == http.StatusTooManyRequests:
		return &billing.OutcomeError{Outcome: billing.Retryable, After: max(after, time.Second), Err: &billing.Error{
			Kind: billing.Unreachable, Msg: "Clio asked for a pause; Tenths goes on by itself.", Err: cause}}
	case code == http.StatusRequestTimeout || code >= 500:
		return failed(billing.Unknown, billing.Unreachable, "Clio had a problem of its own. Tenths checks whether the entry arrived.")
	case code >= 300 && code < 400:
		return failed(billing.Permanent, billing.Invalid, "That address leads elsewhere. Check your Clio region.")
	}
	return failed(billing.Permanent, billing.Internal, "Clio refused the request.")
}

// unreachable says what a request without an answer means: if it never got a
// connection nothing was sent, else nobody knows.
func unreachable(left bool, err error) error {
	o := &billing.OutcomeError{Outcome: billing.Retryable, Err: &billing.Error{Kind: billing.Unreachable,
		Msg: "Clio cannot be reached. Tenths tries again by itself.", Err: withoutContent(err)}}
	if left {
		o.Outcome = billing.Unknown
		o.Err.Msg = "The connection to Clio broke before its answer came. Tenths checks whether the entry arrived."
	}
	return o
}

// tokenFailed says what having no access token means: nothing was sent.
func tokenFailed(err error) error {
	if failed, ok := errors.AsType[*billing.OutcomeError](err); ok {
		return failed
	}
	e, ok := errors.AsType[*billing.Error](err)
	if !ok {
		e = &billing.Error{Kind: billing.Unreachable, Msg: "Tenths could not get its access to Clio.", Err: err}
	}
	if e.Kind == billing.Unreachable {
		return &billing.OutcomeError{Outcome: billing.Retryable, Err: e}
	}
	return &billing.OutcomeError{Outcome: billing.Permanent, Err: e}
}

// withoutContent returns an error that is safe to log: the address of a request
// holds ids, and errors of decoding quote what they could not decode.
func withoutContent(err error) error {
	if e, ok := errors.AsType[*url.Error](err); ok {
		err = e.Err
	}
	if e, ok := errors.AsType[*net.OpError](err); ok {
		return fmt.Errorf("%s: %w", e.Op, e.Err)
	}
	if _, ok := errors.AsType[*json.SyntaxError](err); ok {
		return fmt.Errorf("%w: it is not JSON", errNotClio)
	}
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return fmt.Errorf("field %s is not of type %s", e.Field, kindOf(e.Type))
	}
	return err
}

func kindOf(t reflect.Type) string {
	if t == nil {
		return "anything"
	}
	return t.Kind().String()
}
