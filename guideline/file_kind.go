package guideline

import (
	"regexp"
	"strings"

	"github.com/tenths/tenths/table"
)

// lineKind says whether a row of a bill is time.
type lineKind int

const (
	timeLine lineKind = iota
	creditLine
	expenseLine
)

// kindWords are how bills call what a row is, by how the word begins.
var kindWords = []struct {
	begins string
	kind   lineKind
}{
	{"exp", expenseLine}, {"disb", expenseLine}, {"cost", expenseLine}, {"hard cost", expenseLine}, {"soft cost", expenseLine}, {"hardcost", expenseLine},
	{"softcost", expenseLine}, {"auslage", expenseLine}, {"tax", expenseLine}, {"trust", expenseLine}, {"payment", creditLine}, {"retainer", creditLine},
	{"credit", creditLine}, {"discount", creditLine}, {"adjust", creditLine}, {"write", creditLine}, {"courtesy", creditLine}, {"refund", creditLine}, {"inv_adj", creditLine},
}

// kindCodes are the kinds of LEDES.
var kindCodes = map[string]lineKind{"e": expenseLine, "ie": creditLine, "if": creditLine}

var (
	expenseCode = regexp.MustCompile(`(?i)^E1\d\d\b`)
	utbms       = regexp.MustCompile(`(?i)^[a-z]{1,2}\d{3}\b`)
)

// code is a task or activity code without the words that may follow it.
func code(s string) string {
	if c := utbms.FindString(s); c != "" {
		return c
	}
	return s
}

// kind says what a row is, by its own word for it, its codes, and whether it has
// time or money. An error is of hours that are there and cannot be read, or that
// are not there where the row is somebody's work.
func (in *rowReader) kind(r *table.Row) (lineKind, error) {
	word := strings.ToLower(r.Cell(columnKind))
	if k, ok := kindCodes[word]; ok {
		return k, nil
	}
	for _, w := range kindWords {
		if strings.HasPrefix(word, w.begins) {
			return w.kind, nil
		}
	}
	amount, priced, err := in.amount(r)
	if err != nil {
		return timeLine, err
	}
	if r.Cell(columnExpense) != "" || expenseCode.MatchString(r.Cell(string(ColumnTask))) || expenseCode.MatchString(r.Cell(string(ColumnActivity))) {
		return expenseLine, nil
	}
	hours := r.Cell(columnHours)
	if hours == "" {
		switch {
		case priced && amount < 0:
			return creditLine, nil
		case !priced && r.Cell(string(ColumnTimekeeper)) != "":
			return timeLine, invalid("there are no hours; enter them, or leave the timekeeper out where it is an expense")
		}
		return expenseLine, nil
	}
	seconds, err := table.Duration(hours, in.mark, in.unit)
	switch {
	case err != nil:
		return timeLine, err
	case seconds < 0 || priced && amount < 0:
		return creditLine, nil
	case seconds == 0 && priced && amount > 0:
		return expenseLine, nil
	}
	return timeLine, nil
}

// amount returns what a row comes to in cents; false where it does not say. One
// that cannot be read is mostly a text that slipped there.
func (in *rowReader) amount(r *table.Row) (cents int64, ok bool, err error) {
	s := r.Cell(columnAmount)
	switch strings.ToLower(s) {
	case "", "-", "–", "n/a", "none":
		return 0, false, nil
	}
	m, err := table.Money(s, in.mark, in.o.Currency)
	return m.Cents, err == nil, err
}

// unbilled reports whether a row says that the client does not pay for it.
func (in *rowReader) unbilled(r *table.Row) bool {
	switch strings.ToLower(r.Cell(columnBillable)) {
	case "no", "n", "false", "0", "non-billable", "nonbillable", "no charge", "nb", "nc":
		return true
	}
	switch strings.ToLower(r.Cell(columnUnbilled)) {
	case "yes", "y", "true", "1", "x", "non-billable":
		return true
	}
	return false
}
