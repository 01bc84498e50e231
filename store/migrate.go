package store

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/database"

	"github.com/tenths/tenths/billing"
)

//go:embed migrations/*.sql
var migrationFiles embed.FS

const (
	// versionTable is where goose notes the migrations that ran.
	versionTable = goose.DefaultTablename
	// backupPattern matches the backups that migrations leave.
	backupPattern = "tenths-before-*.db"
	// openWait is how long to wait for another process that opens the store: it
	// may be migrating.
	openWait = time.Minute
)

func migrations() fs.FS {
	sub, err := fs.Sub(migrationFiles, "migrations")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return sub
}

// storedVersion returns the newest migration that db has seen, 0 for none. It
// writes nothing.
func storedVersion(ctx context.Context, db *sql.DB) (version int64, err error) {
	const msg = "the version of the time records cannot be read"
	var n int64
	err = db.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = ?`, versionTable).Scan(&n)
	if err != nil || n == 0 {
		return 0, explain(err, msg)
	}
	err = db.QueryRowContext(ctx, `SELECT coalesce(max(version_id), 0) FROM `+versionTable+` WHERE is_applied = 1`).Scan(&version)
	return version, explain(err, msg)
}

// newestVersion returns the newest migration among steps.
func newestVersion(steps fs.FS) (newest int64, err error) {
	names, err := fs.Glob(steps, "*.sql")
	if err != nil {
		return 0, err
	}
	for _, name := range names {
		version, err := goose.NumericComponent(name)
		if err != nil {
			return 0, fmt.Errorf("migration %s: %w", name, err)
		}
		newest = max(newest, version)
	}
	return newest, nil
}

// takeTurn waits while another process opens the store at path, and keeps all
// others waiting until unlock is called. Making, migrating and judging a store
// must not be seen halfway, and SQLite does not wait for a change of journal mode.
func takeTurn(ctx context.Context, path string) (unlock func(), err error) {
	lock := flock.New(path+".lock", flock.SetPermissions(0o600))
	ctx, cancel := context.WithTimeout(ctx, openWait)
	defer cancel()
	switch _, err := lock.TryLockContext(ctx, 10*time.Millisecond); {
	case errors.Is(err, fs.ErrPermission):
		return nil, &billing.Error{Kind: billing.Invalid, Msg: "the data folder cannot be written to; check its permissions or choose another", Err: err}
	case err != nil:
		return nil, &billing.Error{Kind: billing.Unreachable, Msg: "another Tenths is busy opening the time records; try again in a minute", Err: err}
	}
	return func() { _ = lock.Unlock() }, nil // fails only when it is not held
}

// migrate brings the store up to date, each step in its own transaction, after
// a backup when there is something to back up. It is called in turn.
func (s *Store) migrate(ctx context.Context, steps fs.FS) error {
	newest, err := newestVersion(steps)
	if err != nil {
		return err
	}
	stored, err := storedVersion(ctx, s.writer)
	if err != nil || stored == newest {
		return err
	}
	backup := ""
	if stored > 0 {
		name := fmt.Sprintf("tenths-before-%04d-%s.db", newest, s.now().UTC().Format("20060102T150405Z"))
		backup = filepath.Join(filepath.Dir(s.path), name)
		if err := s.Backup(ctx, backup); err != nil {
			return err
		}
	}
	if err := explain(s.step(ctx, steps), "migrating"); err != nil {
		if billing.KindOf(err) != billing.Internal {
			return err // damage, a full disk: the step is not to blame
		}
		msg := "the time records could not be brought up to date; nothing was lost"
		if backup != "" {
			msg += ", and a backup is at " + backup
		}
		return &billing.Error{Kind: billing.Internal, Msg: msg, Err: err}
	}
	return nil
}

func (s *Store) step(ctx context.Context, steps fs.FS) error {
	provider, err := goose.NewProvider(database.DialectSQLite3, s.writer, steps, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return fmt.Errorf("reading migrations: %w", err)
	}
	if _, err := provider.Up(ctx); err != nil { // not closed: that would close the pool
		return fmt.Errorf("migrating: %w", err)
	}
	return foreignKeyCheck(ctx, s.writer)
}

// Backup writes a whole, consistent copy of the store to path, which must not
// exist, readable by its owner alone. Others may go on reading and writing.
func (s *Store) Backup(ctx context.Context, path string) (err error) {
	path, err = filepath.Abs(path)
	if err != nil {
		return invalid("the backup's name cannot be used")
	}
	if _, err := os.Lstat(path); err == nil {
		return conflict("%s exists already; choose another name for the backup", path)
	}
	cannot := func(err error) error {
		return &billing.Error{Kind: billing.Invalid, Msg: "the backup cannot be written; check the folder and the room on the disk", Err: err}
	}
	part := path + ".part"
	f, err := os.OpenFile(part, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return cannot(err)
	}
	defer os.Remove(part) // gone already when all went well
	defer f.Close()
	if _, err := s.writer.ExecContext(ctx, `VACUUM INTO ?`, part); err != nil {
		return cannot(err)
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return cannot(err)
	}
	if err := os.Rename(part, path); err != nil {
		return cannot(err)
	}
	return nil
}

// Check reads the whole store and reports damage, or rows that refer to
// nothing. It takes seconds on a large store.
func (s *Store) Check(ctx context.Context) error {
	var verdict string
	if err := s.reader.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&verdict); err != nil {
		return explain(err, "the time records cannot be checked")
	}
	if verdict != "ok" {
		return &billing.Error{Kind: billing.Invalid, Msg: "the time records are damaged; restore the newest backup", Err: errors.New(verdict)}
	}
	return foreignKeyCheck(ctx, s.reader)
}

// foreignKeyCheck asks for violations, which are rows and not an error.
func foreignKeyCheck(ctx context.Context, db *sql.DB) error {
	var table, parent string
	err := db.QueryRowContext(ctx, `SELECT "table", "parent" FROM pragma_foreign_key_check LIMIT 1`).Scan(&table, &parent)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return explain(err, "the time records cannot be checked")
	}
	return &billing.Error{Kind: billing.Invalid, Msg: "some time records refer to others that are missing; restore the newest backup",
		Err: fmt.Errorf("a row of %s refers to a missing row of %s", table, parent)}
}
