package guideline

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math/big"
	"strings"

	"github.com/tenths/tenths/billing"
)

// Row is an entry of a file, with the columns that this package has no use for.
type Row struct {
	Entry Entry
	Extra map[string]string // the other columns by their name in the header
}

// levelWords are the words of a classification that tell its level, the first
// that occurs deciding: "Senior Associate" is an associate.
var levelWords = []struct {
	word  string
	level Level
}{
	{"paralegal", LevelParalegal}, {"law clerk", LevelParalegal}, {"legal assistant", LevelParalegal},
	{"associate", LevelAssociate}, {"attorney", LevelAssociate},
	{"counsel", LevelCounsel},
	{"partner", LevelPartner}, {"shareholder", LevelPartner}, {"member", LevelPartner}, {"principal", LevelPartner},
	{"staff", LevelStaff}, {"clerk", LevelStaff}, {"secretary", LevelStaff}, {"assistant", LevelStaff},
}

// levelCodes are the timekeeper classifications of LEDES.
var levelCodes = map[string]Level{
	"pt": LevelPartner, "oc": LevelCounsel, "as": LevelAssociate, "pl": LevelParalegal, "la": LevelParalegal, "lc": LevelParalegal, "ot": LevelStaff,
}

// readLevel returns the level of a classification, unknown for what is none.
func readLevel(s string) Level {
	s = strings.ToLower(s)
	if level, ok := levelCodes[s]; ok {
		return level
	}
	for _, l := range levelWords {
		if strings.Contains(s, l.word) {
			return l.level
		}
	}
	return LevelUnknown
}

// ReadCSV reads entries from comma-separated values with a header. Columns are
// known by name, whatever their case and order: id, date (YYYY-MM-DD),
// timekeeper, classification, bill, client, matter, hours (decimal), task_code,
// activity_code, narrative. Narrative and hours must be there. A row without an
// id is called by its line. Errors name the line; none but [billing.Invalid].
func ReadCSV(r io.Reader) ([]Row, error) {
	in := csv.NewReader(r)
	in.ReuseRecord = true
	header, err := in.Read()
	if errors.Is(err, io.EOF) {
		return nil, invalid("the file is empty; its first line must name the columns")
	}
	if err != nil {
		return nil, csvError(err)
	}
	names, err := readHeader(header)
	if err != nil {
		return nil, err
	}
	var rows []Row
	for {
		record, err := in.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			return nil, csvError(err)
		}
		line, _ := in.FieldPos(0)
		row, err := readRow(names, record)
		if err != nil {
			return nil, &billing.Error{Kind: billing.Invalid, Msg: fmt.Sprintf("line %d: %s", line, err), Err: err}
		}
		if row.Entry.ID == "" {
			row.Entry.ID = fmt.Sprintf("line %d", line)
		}
		rows = append(rows, row)
	}
}

func invalid(format string, args ...any) error {
	return &billing.Error{Kind: billing.Invalid, Msg: fmt.Sprintf(format, args...)}
}

// csvError puts the reader's message, which has line and column, in our words.
func csvError(err error) error {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return &billing.Error{Kind: billing.Invalid, Msg: fmt.Sprintf("line %d: not comma-separated values: %v", parse.Line, parse.Err), Err: err}
	}
	return &billing.Error{Kind: billing.Invalid, Msg: "the file cannot be read", Err: err}
}

// readHeader returns the columns' names, in lower case where they are ours.
func readHeader(header []string) ([]string, error) {
	names := make([]string, len(header))
	seen := map[string]bool{}
	for i, name := range header {
		name = strings.TrimSpace(strings.TrimPrefix(name, "\ufeff"))
		if low := strings.ToLower(name); columns[low] != nil {
			name = low
		}
		if seen[name] {
			return nil, invalid("line 1: the column %q is there twice", name)
		}
		seen[name] = true
		names[i] = strings.Clone(name)
	}
	for _, need := range []string{"hours", "narrative"} {
		if !seen[need] {
			return nil, invalid("line 1: there is no column %q", need)
		}
	}
	return names, nil
}

// columns read a field into an entry, by the column's name.
var columns = map[string]func(*Entry, string) error{
	"id":            func(e *Entry, s string) error { e.ID = s; return nil },
	"timekeeper":    func(e *Entry, s string) error { e.Timekeeper = billing.Privileged(s); return nil },
	"bill":          func(e *Entry, s string) error { e.Bill = s; return nil },
	"client":        func(e *Entry, s string) error { e.Client = billing.Privileged(s); return nil },
	"matter":        func(e *Entry, s string) error { e.Matter = s; return nil },
	"task_code":     func(e *Entry, s string) error { e.TaskCode = s; return nil },
	"activity_code": func(e *Entry, s string) error { e.ActivityCode = s; return nil },
	"narrative":     func(e *Entry, s string) error { e.Narrative = billing.Privileged(s); return nil },
	"date": func(e *Entry, s string) (err error) {
		if s != "" {
			e.Date, err = billing.ParseDay(s)
		}
		return err
	},
	"classification": func(e *Entry, s string) error { e.Level = readLevel(s); return nil },
	"hours":          func(e *Entry, s string) (err error) { e.Minutes, err = parseHours(s); return err },
}

func readRow(names, record []string) (Row, error) {
	row := Row{Extra: map[string]string{}}
	for i, field := range record {
		set := columns[names[i]]
		if set == nil {
			row.Extra[names[i]] = strings.Clone(field)
			continue
		}
		if err := set(&row.Entry, strings.Clone(strings.TrimSpace(field))); err != nil {
			return Row{}, err
		}
	}
	return row, nil
}

// maxHours bounds what a row may claim: a year, far above any entry, so that
// sums cannot overflow.
const maxHours = 366 * 24

// parseHours reads decimal hours as whole minutes, exactly: 0.1 is 6. Hours
// that are no whole minutes, such as 0.01, are refused rather than rounded.
func parseHours(s string) (int64, error) {
	if s == "" || len(s) > 12 || strings.Trim(s, "0123456789.") != "" || strings.Count(s, ".") > 1 || s == "." {
		return 0, invalid("%q are no hours; write them as 1.5", s)
	}
	hours, ok := new(big.Rat).SetString(s)
	if !ok {
		return 0, invalid("%q are no hours; write them as 1.5", s)
	}
	minutes := hours.Mul(hours, big.NewRat(60, 1))
	if !minutes.IsInt() {
		return 0, invalid("%s hours are no whole number of minutes", s)
	}
	n := minutes.Num().Int64()
	if n > maxHours*60 {
		return 0, invalid("%s hours are more than a year", s)
	}
	return n, nil
}
