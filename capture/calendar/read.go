package calendar

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/tenths/tenths/billing"
)

// reading is what one look brought.
type reading struct {
	unchanged bool // there is nothing newer than the cursor
	calendar  *Calendar
	problems  []Problem
	complete  bool // all of the place was read: what is missing is gone

	etag, modified string
	read           int64 // Unix time of a full answer with validators
}

var errNoCalendar = errors.New("no VCALENDAR in it")

// read reads the place, which is only ever opened for reading.
func (s *Source) read(ctx context.Context, old cursor) (reading, error) {
	if s.url != nil {
		return s.fetch(ctx, old)
	}
	path := string(s.cfg.Where)
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return reading{}, &billing.Error{Kind: billing.NotFound, Msg: "the calendar file is not there; was it moved or renamed?", Err: pathless(err)}
	case err != nil:
		return reading{}, &billing.Error{Kind: billing.Unreachable, Msg: "the calendar file cannot be reached", Err: pathless(err)}
	case info.IsDir():
		return readFolder(ctx, path)
	}
	data, err := readFile(path)
	if err != nil {
		return reading{}, err
	}
	return understand(data)
}

// understand parses data, which must be a calendar.
func understand(data []byte) (reading, error) {
	c, problems := Parse(data)
	if !c.found {
		return reading{}, &billing.Error{Kind: billing.Invalid, Msg: "what is there is not a calendar; check that it is an .ics file or the address of one", Err: errNoCalendar}
	}
	if !c.whole {
		problems = append(problems, Problem{What: "the calendar is not whole; nothing was taken for deleted"})
	}
	return reading{calendar: c, problems: problems, complete: c.whole}, nil
}

// readFolder reads every .ics file in a folder, as one calendar. A file that
// cannot be read costs its own events, and nothing counts as deleted then.
func readFolder(ctx context.Context, dir string) (reading, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return reading{}, &billing.Error{Kind: billing.Unreachable, Msg: "the calendar folder cannot be read", Err: pathless(err)}
	}
	got := reading{calendar: &Calendar{whole: true}, complete: true}
	var total int64
	for _, entry := range entries {
		if err := ctx.Err(); err != nil {
			return reading{}, err
		}
		if !isCalendarName(entry.Name()) || entry.IsDir() {
			continue
		}
		before := len(got.calendar.events)
		data, err := readFile(filepath.Join(dir, entry.Name()))
		if errors.Is(err, fs.ErrNotExist) {
			continue // deleted since the folder was listed
		}
		if total += int64(len(data)); total > 4*MaxSize {
			return reading{}, tooLarge()
		}
		if err != nil {
			got.complete = false
			got.problems = append(got.problems, Problem{What: "a file of the folder cannot be read", left: true})
			continue
		}
		for _, p := range got.calendar.add(data) {
			p.Line = 0 // means nothing without the file
			got.problems = append(got.problems, p)
		}
		if len(got.calendar.events) == before && !got.calendar.whole {
			got.problems = append(got.problems, Problem{What: "a file of the folder is not a whole calendar"})
		}
	}
	got.calendar.group()
	got.complete = got.complete && got.calendar.whole
	return got, nil
}

// isCalendarName reports whether a file of a folder is a calendar: hidden and
// temporary files of programs that write beside it are not.
func isCalendarName(name string) bool {
	return strings.EqualFold(filepath.Ext(name), ".ics") && !strings.HasPrefix(name, ".")
}

func isFolder(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func readFile(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err == nil && !info.Mode().IsRegular() {
		err = errors.New("not a regular file") // reading a pipe would wait for ever
	}
	var f *os.File
	if err == nil {
		f, err = os.Open(path)
	}
	if err != nil {
		return nil, &billing.Error{Kind: billing.Unreachable, Msg: "the calendar file cannot be opened; check that you may read it", Err: pathless(err)}
	}
	defer f.Close()
	data, err := readAll(f)
	var known *billing.Error
	if err != nil && !errors.As(err, &known) {
		err = &billing.Error{Kind: billing.Unreachable, Msg: "the calendar file cannot be read", Err: pathless(err)}
	}
	return data, err
}

// readAll reads r up to MaxSize.
func readAll(r io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(r, MaxSize+1))
	if err == nil && len(data) > MaxSize {
		return nil, tooLarge()
	}
	return data, err
}

func tooLarge() error {
	return &billing.Error{Kind: billing.Invalid, Msg: fmt.Sprintf("the calendar is larger than %d MB; export a shorter period of it", MaxSize>>20)}
}

// pathless returns err without the path in it, which is privileged.
func pathless(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return fmt.Errorf("%s: %w", p.Op, p.Err)
	}
	return err
}
