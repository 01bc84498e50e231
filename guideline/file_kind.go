package guideline

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"

	"github.com/tenths/tenths/table"
)

// lineKind says whether a row of a bill is time.
type lineKind int

const (
	timeLine lineKind = iota
	creditLine
	expenseLine
)

// kindWords are how bills and LEDES call what a row is. Only whole words count:
// an "Expert" is no expense, and "Trusts" are somebody's practice.
var kindWords = map[string]lineKind{
	"e": expenseLine, "exp": expenseLine, "expense": expenseLine, "expenses": expenseLine, "expenseentry": expenseLine, "expense entry": expenseLine,
	"disbursement": expenseLine, "disbursements": expenseLine, "disb": expenseLine, "cost": expenseLine, "costs": expenseLine,
	"hard cost": expenseLine, "soft cost": expenseLine, "hardcostentry": expenseLine, "softcostentry": expenseLine, "auslage": expenseLine,
	"ie": creditLine, "if": creditLine, "credit": creditLine, "discount": creditLine, "courtesy discount": creditLine, "adjustment": creditLine, "inv_adj": creditLine,
	"write-off": creditLine, "write off": creditLine, "writeoff": creditLine, "write-down": creditLine, "write down": creditLine, "refund": creditLine, "payment": creditLine,
}

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
	if k, ok := kindWords[strings.ToLower(r.Cell(columnKind))]; ok {
		return k, nil
	}
	amount, priced, err := in.amount(r)
	if err != nil {
		return timeLine, err
	}
	for _, c := range []string{columnExpense, string(ColumnTask), string(ColumnActivity)} {
		if expenseCode.MatchString(r.Cell(c)) {
			return expenseLine, nil
		}
	}
	if r.Cell(columnHours) == "" && (!in.both || r.Cell(columnMinutes) == "") {
		switch {
		case priced && amount < 0:
			return creditLine, nil
		case !priced && r.Cell(string(ColumnTimekeeper)) != "":
			return timeLine, invalid("there are no hours; enter them, or leave the timekeeper out where it is an expense")
		}
		return expenseLine, nil
	}
	seconds, err := in.time(r)
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
	if err != nil && !strings.ContainsFunc(s, unicode.IsLetter) {
		return 0, false, nil // figures that may be read in two ways; no time hangs on them
	}
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

// time returns a row's time in seconds.
func (in *rowReader) time(r *table.Row) (int64, error) {
	hours := r.Cell(columnHours)
	if !in.both {
		return table.Duration(hours, in.mark, in.unit)
	}
	total := int64(0)
	for _, part := range []struct {
		cell string
		unit table.Unit
	}{{hours, table.Hours}, {r.Cell(columnMinutes), table.Minutes}} {
		if part.cell == "" {
			continue
		}
		n, err := table.Duration(part.cell, in.mark, part.unit)
		if err != nil {
			return 0, err
		}
		total += n
	}
	return total, nil
}

var whole = regexp.MustCompile(`^\d{1,3}$`)

// apart reports whether a table's time is its hours and its minutes together,
// 1 and 30, rather than one of them twice, 1.5 and 90: all of them are whole, no
// minutes fill an hour, and the minutes are not those of the hours.
func apart(t *table.Table) bool {
	if !t.Has(columnMinutes) {
		return false
	}
	other := false
	for r := range t.Rows() {
		h, m := r.Cell(columnHours), r.Cell(columnMinutes)
		if r.Kind != table.Data || h == "" && m == "" {
			continue
		}
		if h != "" && !whole.MatchString(h) || m != "" && (!whole.MatchString(m) || len(m) > 2 || m >= "60" && len(m) == 2) {
			return false
		}
		other = other || strings.Trim(m, "0") != ""
	}
	return other
}

// sums are the time that was read and what the file says it comes to, in seconds.
type sums struct {
	time, credit int64
	totals       []total
}

type total struct {
	line    int
	seconds int64
}

func (s *sums) said(line int, seconds int64) { s.totals = append(s.totals, total{line, seconds}) }

// differ says that no total of the file is the time that was read, with or
// without its credits: a row is missing, or was read as something else.
func (s *sums) differ() string {
	if len(s.totals) == 0 {
		return ""
	}
	for _, t := range s.totals {
		if t.seconds == s.time || t.seconds == s.time+s.credit {
			return ""
		}
	}
	last := s.totals[len(s.totals)-1]
	return fmt.Sprintf("Line %d says %s h in all; the rows that were read come to %s h.", last.line, inHours(last.seconds), inHours(s.time))
}
