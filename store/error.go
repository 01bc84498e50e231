package store

import (
	"context"
	"errors"
	"fmt"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/tenths/tenths/billing"
)

// explain turns a failure of SQLite into a [billing.Error] for the person. It
// leaves alone nil, errors that are one already and the end of a context.
func explain(err error, msg string) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	if _, ok := errors.AsType[*billing.Error](err); ok {
		return err
	}
	e, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return &billing.Error{Kind: billing.Internal, Msg: msg, Err: err}
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return &billing.Error{Kind: billing.Unreachable, Msg: "another program is busy with the time records; try again in a moment", Err: err}
	case sqlite3.SQLITE_FULL:
		return &billing.Error{Kind: billing.Invalid, Msg: "the disk is full; make room and try again", Err: err}
	case sqlite3.SQLITE_CORRUPT:
		return &billing.Error{Kind: billing.Invalid, Msg: "the time records are damaged; restore the newest backup", Err: err}
	case sqlite3.SQLITE_NOTADB:
		return &billing.Error{Kind: billing.Invalid, Msg: "the file does not hold time records of Tenths; choose another data folder or restore a backup", Err: err}
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return &billing.Error{Kind: billing.Invalid, Msg: "the data folder cannot be written to; check its permissions", Err: err}
	case sqlite3.SQLITE_CONSTRAINT:
		return constraint(e)
	}
	return &billing.Error{Kind: billing.Internal, Msg: msg, Err: err}
}

// blameFile turns what SQLite does not understand about a file into its fault
// rather than ours, for queries that are sound.
func blameFile(err error) error {
	if _, ok := errors.AsType[*sqlite.Error](err); ok && billing.KindOf(err) == billing.Internal {
		return &billing.Error{Kind: billing.Invalid, Msg: "the time records cannot be understood; restore the newest backup, or update Tenths", Err: err}
	}
	return err
}

// constraint explains the refusal of a row. SQLite names tables and columns
// in it, never values.
func constraint(e *sqlite.Error) error {
	switch e.Code() {
	case sqlite3.SQLITE_CONSTRAINT_TRIGGER:
		return &billing.Error{Kind: billing.Conflict, Msg: "approved entries, observations and the audit trail are never changed; make a correction instead", Err: e}
	case sqlite3.SQLITE_CONSTRAINT_UNIQUE, sqlite3.SQLITE_CONSTRAINT_PRIMARYKEY:
		return &billing.Error{Kind: billing.Conflict, Msg: "there is one like it already", Err: e}
	case sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
		return &billing.Error{Kind: billing.Invalid, Msg: "it refers to something that is not there, such as a matter that was never added", Err: e}
	}
	return &billing.Error{Kind: billing.Invalid, Msg: "a value is outside of what can be kept", Err: e}
}

func notFound(format string, args ...any) error {
	return &billing.Error{Kind: billing.NotFound, Msg: fmt.Sprintf(format, args...)}
}

func conflict(format string, args ...any) error {
	return &billing.Error{Kind: billing.Conflict, Msg: fmt.Sprintf(format, args...)}
}

func invalid(format string, args ...any) error {
	return &billing.Error{Kind: billing.Invalid, Msg: fmt.Sprintf(format, args...)}
}
