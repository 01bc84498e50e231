package table

import (
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
)

// Order is the order of day and month in a date of figures.
type Order int

// The orders.
const (
	Unknown  Order = iota
	DayFirst       // 31/12/2026
	MonthFirst
	Contradictory // the column has both: only what is clear by itself is read
)

// Dates reads the dates of a column, in the order that the column shows.
type Dates struct {
	Order   Order
	Assumed bool // no date in the column shows the order: MonthFirst was assumed

	column string
}

var (
	yearFirst = regexp.MustCompile(`^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})$`)
	compact   = regexp.MustCompile(`^(19|20)(\d{2})(\d{2})(\d{2})$`)
	numbers   = regexp.MustCompile(`^(\d{1,2})([-/.])(\d{1,2})([-/.])(\d{4}|\d{2})\.?$`)
	serial    = regexp.MustCompile(`^(\d{5})(?:[.,]\d+)?$`)
	dayWord   = regexp.MustCompile(`^(\d{1,2})(?:st|nd|rd|th)?\.?[-/ ]*([a-zä]{3,9})\.?,?[-/ ]*(\d{4}|\d{2})$`)
	wordDay   = regexp.MustCompile(`^([a-zä]{3,9})\.?[-/ ]*(\d{1,2})(?:st|nd|rd|th)?,?[-/ ]+(\d{4}|\d{2})$`)
	clockTail = regexp.MustCompile(`[t ]+\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)? *([ap]\.?m\.?)?( ?(z|utc|[+-]\d{2}:?\d{2}))?$`)
	weekday   = regexp.MustCompile(`^(mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? +`)
)

// months by their first three letters; German ones where they differ.
var months = map[string]time.Month{
	"jan": 1, "feb": 2, "mar": 3, "mär": 3, "apr": 4, "may": 5, "mai": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "okt": 10, "nov": 11, "dec": 12, "dez": 12,
}

// Dates decides over all rows in which order a column writes its dates; given
// an order other than Unknown, that one is it.
func (t *Table) Dates(column string, given Order) Dates {
	d := Dates{Order: given, column: t.Named(column)}
	if given != Unknown {
		return d
	}
	switch name := key(t.Named(column)); { // "Date (dd/mm/yyyy)"
	case strings.Contains(name, "ddmm"):
		d.Order = DayFirst
		return d
	case strings.Contains(name, "mmdd"):
		d.Order = MonthFirst
		return d
	}
	var day, month, open bool
	for r := range t.Rows() {
		if r.Kind != Data {
			continue
		}
		switch a, b, ok := pair(r.Cell(column)); {
		case !ok:
		case a > 12 && b <= 12:
			day = true
		case b > 12 && a <= 12:
			month = true
		case a != b:
			open = true
		}
	}
	switch {
	case day && month:
		d.Order = Contradictory
	case day:
		d.Order = DayFirst
	case month:
		d.Order = MonthFirst
	default:
		d.Order, d.Assumed = MonthFirst, open
	}
	return d
}

// pair returns the two figures of a date whose order is not told by a point
// between them.
func pair(s string) (a, b int64, ok bool) {
	m := numbers.FindStringSubmatch(dateOnly(s))
	if m == nil || m[2] == "." || m[2] != m[4] {
		return 0, 0, false
	}
	return atoi(m[1]), atoi(m[3]), true
}

// dateOnly is a cell in lower case without weekday and time of day.
func dateOnly(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	if len(s) > 60 {
		return s
	}
	return weekday.ReplaceAllString(strings.TrimSpace(clockTail.ReplaceAllString(s, "")), "")
}

// Read reads a date. Errors say what is meant to stand there.
func (d Dates) Read(s string) (billing.Day, error) {
	text := dateOnly(s)
	bad := invalid("%q is not a day; write it as YYYY-MM-DD", short(s))
	switch {
	case len(text) > 40:
		return billing.Day{}, bad
	case shortened.MatchString(text):
		return billing.Day{}, invalid("%q names no year or no day, as Excel shortens dates; give the column the format YYYY-MM-DD and save it again", short(s))
	case strings.Trim(text, "#") == "" && text != "":
		return billing.Day{}, invalid("%q is what Excel shows of a column that is too narrow; widen it and save the file again", short(s))
	}
	if m := yearFirst.FindStringSubmatch(text); m != nil {
		return day(atoi(m[1]), atoi(m[2]), atoi(m[3]), bad)
	}
	if m := compact.FindStringSubmatch(text); m != nil {
		return day(atoi(m[1]+m[2]), atoi(m[3]), atoi(m[4]), bad)
	}
	if m := serial.FindStringSubmatch(text); m != nil {
		return fromSerial(atoi(m[1]), bad)
	}
	if m := dayWord.FindStringSubmatch(text); m != nil && monthOf(m[2]) != 0 {
		return day(year(m[3]), monthOf(m[2]), atoi(m[1]), bad)
	}
	if m := wordDay.FindStringSubmatch(text); m != nil && monthOf(m[1]) != 0 {
		return day(year(m[3]), monthOf(m[1]), atoi(m[2]), bad)
	}
	m := numbers.FindStringSubmatch(text)
	if m == nil || m[2] != m[4] {
		return billing.Day{}, bad
	}
	return d.figures(s, atoi(m[1]), atoi(m[3]), year(m[5]), m[2] == ".", bad)
}

// figures reads a date of two figures and a year.
func (d Dates) figures(s string, a, b, y int64, point bool, bad error) (billing.Day, error) {
	dayFirst := point || d.Order == DayFirst
	if !point && d.Order == Contradictory {
		switch {
		case a > 12 || a == b:
			dayFirst = true
		case b > 12:
		default:
			return billing.Day{}, invalid("%q may be read in two ways, and the column %s has dates in both orders; write it as YYYY-MM-DD", short(s), d.column)
		}
	}
	if dayFirst {
		return day(y, b, a, bad)
	}
	return day(y, a, b, bad)
}

// year reads a year of two figures as one of 1970 to 2069.
func year(s string) int64 {
	y := atoi(s)
	switch {
	case len(s) > 2:
		return y
	case y < 70:
		return 2000 + y
	}
	return 1900 + y
}

func monthOf(word string) int64 {
	r := []rune(word)
	return int64(months[string(r[:min(3, len(r))])])
}

func day(y, m, d int64, bad error) (billing.Day, error) {
	t := time.Date(int(y), time.Month(m), int(d), 0, 0, 0, 0, time.UTC)
	if y < 1900 || y > 2199 || int64(t.Month()) != m || int64(t.Day()) != d {
		return billing.Day{}, bad
	}
	return billing.DayOf(t, time.UTC), nil
}

// fromSerial reads a day as Excel counts them, from the end of 1899 on. Serials
// before 1970 are other numbers.
func fromSerial(n int64, bad error) (billing.Day, error) {
	if n < 25569 || n > 73050 {
		return billing.Day{}, bad
	}
	return billing.DayOf(time.Date(1899, 12, 30+int(n), 0, 0, 0, 0, time.UTC), time.UTC), nil
}

// Note says what was assumed of the dates, "" for nothing.
func (d Dates) Note() string {
	switch {
	case d.Assumed:
		return fmt.Sprintf("Dates such as 3/4/2026 in the column %s were read as month/day/year; no date in the file shows which. If they are day/month/year, say --dates dmy.", d.column)
	case d.Order == Contradictory:
		return fmt.Sprintf("The column %s has dates in both orders, month/day and day/month; those that may be either were not read. Say --dates mdy or dmy where you know.", d.column)
	}
	return ""
}
