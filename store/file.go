package store

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"github.com/tenths/tenths/billing"
)

// applicationID marks a database of Tenths ("TENT"), at offset 68 of the file.
const applicationID = 0x54454e54

// DefaultDir returns the data directory that the platform's rules give Tenths:
// $XDG_DATA_HOME/tenths or ~/.local/share/tenths (XDG Base Directory),
// ~/Library/Application Support/Tenths, or %LOCALAPPDATA%\Tenths. It does not
// make the directory.
func DefaultDir() (string, error) {
	if runtime.GOOS == "windows" {
		if dir := os.Getenv("LOCALAPPDATA"); dir != "" {
			return filepath.Join(dir, "Tenths"), nil
		}
	}
	if dir := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(dir) && runtime.GOOS != "windows" && runtime.GOOS != "darwin" {
		return filepath.Join(dir, "tenths"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", &billing.Error{Kind: billing.Invalid, Msg: "your home folder is not known; name a data folder", Err: err}
	}
	switch runtime.GOOS {
	case "windows":
		return filepath.Join(home, "AppData", "Local", "Tenths"), nil
	case "darwin":
		return filepath.Join(home, "Library", "Application Support", "Tenths"), nil
	}
	return filepath.Join(home, ".local", "share", "tenths"), nil
}

// prepareFile makes dir and the database file where they are missing and keeps
// others out of them. SQLite gives the log and its index the file's own mode.
func prepareFile(dir, path string) error {
	cannot := func(err error) error {
		return &billing.Error{Kind: billing.Invalid, Msg: fmt.Sprintf("the data folder %s cannot be written to; check its permissions or choose another", dir), Err: err}
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return cannot(err)
	}
	if err := closeFolder(dir, path); err != nil {
		return cannot(err)
	}
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return cannot(err)
	}
	defer f.Close()
	if err := f.Chmod(0o600); err != nil && runtime.GOOS != "windows" {
		return cannot(err)
	}
	return recognise(f, dir)
}

// closeFolder takes group and others out of dir when it is ours: when it holds
// the database or nothing. A folder that was there for something else keeps its
// mode; the files in it are closed anyway.
func closeFolder(dir, path string) error {
	names, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) && len(names) > 0 {
		return nil
	}
	return os.Chmod(dir, 0o700)
}

// recognise refuses what certainly is no database before SQLite touches it.
func recognise(f *os.File, dir string) error {
	head := make([]byte, 16)
	n, err := io.ReadFull(f, head)
	switch {
	case errors.Is(err, io.EOF): // new, or emptied by accident
		if backups, _ := filepath.Glob(filepath.Join(dir, backupPattern)); len(backups) > 0 {
			return invalid("the time records in %s are empty although there are backups beside them; restore the newest", dir)
		}
		return nil
	case err != nil && !errors.Is(err, io.ErrUnexpectedEOF):
		return &billing.Error{Kind: billing.Invalid, Msg: "the time records cannot be read", Err: err}
	case !bytes.Equal(head[:n], []byte("SQLite format 3\x00")):
		return invalid("%s does not hold time records of Tenths; choose another data folder or restore a backup", f.Name())
	}
	return nil
}

// inspect refuses, without writing to it, a database that is damaged, another
// program's, or of a newer Tenths.
func inspect(ctx context.Context, path string, steps fs.FS) error {
	if info, err := os.Stat(path); err != nil || info.Size() == 0 {
		return explain(err, "the time records cannot be read")
	}
	db, err := sql.Open("sqlite", dataSource(path, "deferred", "query_only(ON)"))
	if err != nil {
		return explain(err, "the time records cannot be read")
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	var id, tables, pages int64
	err = db.QueryRowContext(ctx, `SELECT (SELECT application_id FROM pragma_application_id),
		(SELECT count(*) FROM sqlite_schema), (SELECT page_count FROM pragma_page_count)`).Scan(&id, &tables, &pages)
	if err != nil {
		return explain(err, "the time records cannot be read")
	}
	if id != applicationID && tables > 0 && !unfinished(ctx, db) {
		return invalid("%s belongs to another program; choose another data folder", path)
	}
	stored, err := storedVersion(ctx, db)
	if err != nil {
		return err
	}
	if stored == 0 && (id == applicationID || tables == 0 && pages > 1) {
		return invalid("the time records are damaged: their contents cannot be found; restore the newest backup") // never start afresh over them
	}
	newest, err := newestVersion(steps)
	if err != nil {
		return err
	}
	if stored > newest {
		return conflict("the time records were written by a newer Tenths (version %d, this one knows %d); update Tenths", stored, newest)
	}
	return nil
}

// unfinished reports whether db is a store whose making was cut short before
// its first migration.
func unfinished(ctx context.Context, db *sql.DB) bool {
	var other int64
	err := db.QueryRowContext(ctx, `SELECT count(*) FROM sqlite_schema WHERE tbl_name NOT IN (?, 'sqlite_sequence')`, versionTable).Scan(&other)
	if err != nil || other > 0 {
		return false
	}
	version, err := storedVersion(ctx, db)
	return err == nil && version == 0
}
