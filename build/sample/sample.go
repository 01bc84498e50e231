// Package sample writes the sample practice: two weeks in the life of a
// fictional solo litigator, as the files that Tenths observes. Everything in it
// is invented; its addresses end in .example.
//
// It is a generator and nothing else. It must not know what Tenths makes of the
// files: not the sources that read them, the drafts, the store or the window.
// It never reads the clock; the same day gives the same bytes.
package sample

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/tenths/tenths/billing"
)

// Zone is the IANA zone the sample practice lives in.
const Zone = "America/New_York"

// Practice says what was written and where.
type Practice struct {
	Dir       string // the folder it is all in
	Matters   string // matters.csv: number,client,name,contacts,keywords,folder,rate,internal
	Calendar  string // calendar.ics
	Mail      string // a Maildir, with a Maildir++ folder .Sent
	Documents string // a folder of documents, last changed when the trail says
	Trail     string // documents.trail.jsonl: the raw file events, one JSON object a line

	Timekeeper billing.Timekeeper
	Day        billing.Day // the day to look at: a working day
	Now        time.Time   // 18:05 on Day, in Zone; nothing was sent or saved later
}

// The names of what [Write] writes.
const (
	mattersName   = "matters.csv"
	calendarName  = "calendar.ics"
	mailName      = "mail"
	documentsName = "documents"
	trailName     = "documents.trail.jsonl"
)

// Write writes the sample practice under dir, which is made if need be, for
// review on day; a Saturday or Sunday stands for the Friday before. Mail and
// documents reach back two weeks of working days; the calendar also looks a
// week ahead. It refuses to write over what is there already.
func Write(dir string, day billing.Day) (*Practice, error) {
	week, err := weekOf(day)
	if err != nil {
		return nil, err
	}
	if err := vacant(dir); err != nil {
		return nil, err
	}
	p := &Practice{
		Dir:        dir,
		Matters:    filepath.Join(dir, mattersName),
		Calendar:   filepath.Join(dir, calendarName),
		Mail:       filepath.Join(dir, mailName),
		Documents:  filepath.Join(dir, documentsName),
		Trail:      filepath.Join(dir, trailName),
		Timekeeper: timekeeper(),
		Day:        week.day,
		Now:        week.clock(0, "18:05"),
	}
	library := recordLibrary(week)
	for _, step := range []func() error{
		func() error { return writeFile(p.Matters, mattersCSV(), time.Time{}) },
		func() error { return writeFile(p.Calendar, calendarICS(week), time.Time{}) },
		func() error { return library.write(p.Documents, p.Trail) },
		func() error { return writeMaildir(p.Mail, composeMail(week, library)) },
	} {
		if err := step(); err != nil {
			return nil, &billing.Error{Kind: billing.Internal, Msg: "the sample practice could not be written; check that there is room and that the folder may be written to", Err: err}
		}
	}
	return p, nil
}

// vacant reports a conflict when any of what Write writes is in dir.
func vacant(dir string) error {
	for _, name := range []string{mattersName, calendarName, mailName, documentsName, trailName} {
		if _, err := os.Lstat(filepath.Join(dir, name)); !errors.Is(err, fs.ErrNotExist) {
			return &billing.Error{Kind: billing.Conflict, Msg: fmt.Sprintf("the folder already holds %q; choose an empty folder for the sample practice", name), Err: err}
		}
	}
	return nil
}

// writeFile writes data to path and makes the folders above it; a non-zero
// changed becomes the file's modification time.
func writeFile(path string, data []byte, changed time.Time) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("make folder: %w", err)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		return fmt.Errorf("write file: %w", err)
	}
	if changed.IsZero() {
		return nil
	}
	if err := os.Chtimes(path, changed, changed); err != nil {
		return fmt.Errorf("set file time: %w", err)
	}
	return nil
}
