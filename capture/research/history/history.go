// Package history reads the visits to listed sites out of a browser's history:
// the places.sqlite of Firefox, or the History of Chrome and its kin.
//
// What was visited elsewhere never leaves it: a visit that is not to a listed
// site is left out by the query and again by the caller's own rule, and no
// address leaves it at all. It opens none of the browser's files as a database,
// let alone to write: it reads a private copy that is gone when [Read] returns.
// It must not know what a session is, nor who asks.
package history

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path/filepath"
	"time"

	"modernc.org/sqlite" // the database driver, called "sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"github.com/tenths/tenths/billing"
)

// Schema is how a browser lays out its history.
type Schema string

// The schemas, each with the name of its file.
const (
	Firefox  Schema = "places.sqlite"
	Chromium Schema = "History"
)

// Visit is one visit to a listed site. Its address is not kept.
type Visit struct {
	Site  string             // the site's name in the list
	Title billing.Privileged // the page's, as the browser kept it; may be empty
	At    time.Time          // UTC, to the microsecond
	For   time.Duration      // how long the page was open; 0 where the browser does not say
	Act   Act                // whether a person had a hand in it
}

// Query says which visits are wanted.
type Query struct {
	Since time.Time // at or after
	// Hosts are globs of SQLite, one of which matches ".host:" of every listed
	// site's host: "*.example.com:*". They may match more than Site does.
	Hosts []string
	// Site returns the name of the listed site that an address belongs to.
	Site func(*url.URL) (string, bool)
}

const (
	// attempts is how often a copy is tried while the browser writes, and pause
	// the wait in between. A browser writes in bursts of less than a second.
	attempts = 8
	pause    = 150 * time.Millisecond
)

// Read returns the visits that q asks for, in the order of time, out of the
// browser's file at path. The browser may be running. A file that is not there
// or that may not be read is [billing.Unreachable]; one that is not a browser's history is
// [billing.Invalid]. No error holds the path.
func Read(ctx context.Context, path string, schema Schema, q Query) ([]Visit, error) {
	sweep(time.Now())
	for attempt := 1; ; attempt++ {
		visits, err := readCopy(ctx, path, schema, q)
		if err == nil || ctx.Err() != nil || attempt == attempts || !passing(err) {
			return visits, explained(ctx, err)
		}
		select {
		case <-ctx.Done():
			return nil, ctx.Err()
		case <-time.After(pause):
		}
	}
}

func readCopy(ctx context.Context, path string, schema Schema, q Query) (visits []Visit, err error) {
	dir, err := newDir()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, dir.remove()) }()
	if err := dir.copyDatabase(ctx, path); err != nil {
		return nil, err
	}
	db, err := open(filepath.Join(dir.path, copied))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	return read(ctx, db, schema, q)
}

// open opens the copy at path. It may be written, since SQLite has to take in
// or roll back what the browser left in the log beside it; queries cannot.
func open(path string) (*sql.DB, error) {
	u := url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(path),
		RawQuery: "mode=rw&_pragma=query_only(ON)&_pragma=temp_store(MEMORY)"}
	db, err := sql.Open("sqlite", u.String())
	if err == nil {
		db.SetMaxOpenConns(1)
	}
	return db, err
}

func read(ctx context.Context, db *sql.DB, schema Schema, q Query) ([]Visit, error) {
	query, err := schema.query(ctx, db, len(q.Hosts))
	if err != nil {
		return nil, err
	}
	args := []any{schema.stamp(q.Since)}
	for _, glob := range q.Hosts {
		args = append(args, glob)
	}
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var visits []Visit
	for rows.Next() {
		var address, title string
		var at, lasted, act int64
		if err := rows.Scan(&address, &title, &at, &lasted, &act); err != nil {
			return nil, err
		}
		site, listed := siteOf(address, q.Site)
		if !listed {
			continue
		}
		visits = append(visits, Visit{
			Site: site, Title: billing.Privileged(title), At: schema.instant(at), Act: Act(act),
			For: time.Duration(min(max(lasted, 0), int64(24*time.Hour/time.Microsecond))) * time.Microsecond,
		})
	}
	return visits, rows.Err()
}

func siteOf(address string, site func(*url.URL) (string, bool)) (string, bool) {
	u, err := url.Parse(address)
	if err != nil || (u.Scheme != "https" && u.Scheme != "http") {
		return "", false
	}
	return site(u)
}

// errMoving says that the browser wrote while its file was copied.
var errMoving = errors.New("the browser's history changed while it was copied")

// errForeign says that the database is no browser's history.
var errForeign = errors.New("the database has no table of visits")

// passing reports whether err may be gone in a moment: a copy of a database
// that was being written can look like nothing at all.
func passing(err error) bool {
	return errors.Is(err, errMoving) || malformed(err)
}

func malformed(err error) bool {
	e, ok := errors.AsType[*sqlite.Error](err)
	return ok && (e.Code()&0xff == sqlite3.SQLITE_CORRUPT || e.Code()&0xff == sqlite3.SQLITE_NOTADB)
}

// explained returns err as a person can use it, without the path.
func explained(ctx context.Context, err error) error {
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, errForeign), malformed(err):
		return &billing.Error{Kind: billing.Invalid, Msg: "this is not a browser's history, or it is damaged; name the browser's profile folder", Err: bare(err)}
	case errors.Is(err, errMoving):
		return &billing.Error{Kind: billing.Unreachable, Msg: "the browser is writing its history; Tenths will look again", Err: err}
	case errors.Is(err, fs.ErrNotExist):
		return &billing.Error{Kind: billing.Unreachable, Msg: "the browser's history is not there", Err: bare(err)}
	case errors.Is(err, fs.ErrPermission):
		return &billing.Error{Kind: billing.Unreachable, Msg: "the browser's history may not be read; give Tenths access to the browser's folder", Err: bare(err)}
	}
	return &billing.Error{Kind: billing.Unreachable, Msg: "the browser's history could not be read", Err: bare(err)}
}

// bare returns what went wrong without the path that it went wrong with.
func bare(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Errorf("%s: %w", e.Op, e.Err)
	}
	return err
}
