// Package table reads tables as people's programs write them: text with a
// separator, saved by a spreadsheet, a billing system or by hand.
//
// What a table is written in (encoding, separator, quoting, order of a date,
// mark of a decimal) is decided over all of it, and what was assumed is said.
// A row that cannot be read costs itself alone: every row that is not blank is
// handed out, read or with the reason why it was not. Nothing is guessed where
// two readings are as good as one another. It must not know what a table is
// about; whoever reads one names the columns that it knows.
package table

import (
	"fmt"
	"io"
	"iter"
	"strings"
	"unicode/utf8"

	"github.com/tenths/tenths/billing"
)

// Column is a column that whoever reads a table knows.
type Column struct {
	Name string   // what it is called here, and first of all in files
	Also []string // other names for it, the likeliest first
	Need bool     // a table without it cannot be read
}

// Table is a table that was taken in, with the row that names its columns found.
type Table struct {
	Header   []string // the columns as the file names them
	Line     int      // where they are named, from 1
	Encoding string   // "UTF-8", "UTF-16", "Windows-1252"
	Notes    []string // what was assumed and what was left out, each a sentence for the person

	text    string // all of it in UTF-8, but for bytes that are none
	body    int    // where the rows begin in text
	spoilt  bool   // text holds bytes that are no UTF-8
	dialect dialect
	width   int            // of most rows
	place   map[string]int // known columns by name
}

// Kind says what a row is.
type Kind int

// The kinds of row.
const (
	Data     Kind = iota
	Damaged       // it cannot be read, see Row.Wrong
	Total         // it sums others up
	Repeated      // it names the columns once more
)

// Row is a row below the header. It is good until the next one is asked for;
// the texts of its cells stay good.
type Row struct {
	Line  int // where it begins, from 1
	Kind  Kind
	Wrong string // why it is damaged, for the person
	Cells []string

	table *Table
}

// maxBytes bounds what is taken in: a bill of a million rows is a quarter of it.
const maxBytes = 256 << 20

// Read takes in a table that has columns. Errors are for people, and none but
// [billing.Invalid].
func Read(r io.Reader, columns []Column) (*Table, error) {
	var all strings.Builder
	n, err := io.Copy(&all, io.LimitReader(r, maxBytes+1))
	switch {
	case err != nil:
		return nil, &billing.Error{Kind: billing.Invalid, Msg: "the file cannot be read", Err: err}
	case n > maxBytes:
		return nil, invalid("the file is larger than %d MB; split it", maxBytes>>20)
	}
	if what := noText(all.String()); what != "" {
		return nil, invalid("the file is %s, not text; save the table as CSV UTF-8", what)
	}
	t := &Table{place: map[string]int{}}
	t.text = strings.TrimRight(t.decode(all.String()), "\x00\x1a") // old programs end a text so
	if strings.TrimSpace(t.text) == "" {
		return nil, invalid("the file is empty; its first line must name the columns")
	}
	if err := t.findHeader(columns); err != nil {
		return nil, err
	}
	return t, nil
}

// noText says what a file is that holds a table in another way than as text.
func noText(data string) string {
	for begins, what := range map[string]string{
		"PK\x03\x04": "an Excel or other zipped document", "\xd0\xcf\x11\xe0": "an old Excel or Word document", "%PDF": "a PDF document", "\x1f\x8b": "compressed",
	} {
		if strings.HasPrefix(data, begins) {
			return what
		}
	}
	low := strings.ToLower(strings.TrimSpace(data[:min(len(data), 64)]))
	for _, begins := range []string{"<!doctype", "<html", "<table", "<?xml", "{\\rtf"} {
		if strings.HasPrefix(low, begins) {
			return "a web page or another document"
		}
	}
	return ""
}

func invalid(format string, args ...any) error {
	return &billing.Error{Kind: billing.Invalid, Msg: fmt.Sprintf(format, args...)}
}

func (t *Table) note(format string, args ...any) {
	t.Notes = append(t.Notes, fmt.Sprintf(format, args...))
}

// Has reports whether the table has a column.
func (t *Table) Has(name string) bool {
	_, ok := t.place[name]
	return ok
}

// Named returns what the file calls a column, "" where it has none.
func (t *Table) Named(name string) string {
	if i, ok := t.place[name]; ok {
		return t.Header[i]
	}
	return ""
}

// Others returns the places in a row of the columns that nobody asked for.
func (t *Table) Others() []int {
	known := map[int]bool{}
	for _, i := range t.place {
		known[i] = true
	}
	var out []int
	for i := range t.Header {
		if !known[i] {
			out = append(out, i)
		}
	}
	return out
}

// Cell returns the text of a column without blanks around it, "" where there is
// none.
func (r *Row) Cell(name string) string {
	i, ok := r.table.place[name]
	if !ok || i >= len(r.Cells) {
		return ""
	}
	return strings.TrimSpace(r.Cells[i])
}

// Identifier is [Row.Cell] without what keeps a spreadsheet from taking it for a
// number: ="00113" and '00113 are 00113.
func (r *Row) Identifier(name string) string {
	s := r.Cell(name)
	if inner, ok := strings.CutPrefix(s, `="`); ok && strings.HasSuffix(inner, `"`) {
		return strings.TrimSpace(inner[:len(inner)-1])
	}
	if len(s) > 1 && s[0] == '\'' && s[1] >= '0' && s[1] <= '9' {
		return s[1:]
	}
	return s
}

// Rows returns the rows below the header that are not blank, in their order. It
// may be asked for more than once.
func (t *Table) Rows() iter.Seq[*Row] {
	return func(yield func(*Row) bool) {
		s := t.dialect.scan(t.text)
		s.pos, s.line = t.body, lineAt(t.text, t.body)
		row := &Row{table: t}
		for s.next() {
			if blank(s.cells) && s.wrong == "" {
				continue
			}
			row.Line, row.Cells, row.Wrong, row.Kind = s.first, s.cells, s.wrong, Data
			t.judge(row, s.raw())
			if !yield(row) {
				return
			}
		}
	}
}

// judge says what a row is.
func (t *Table) judge(r *Row, raw string) {
	switch {
	case r.Wrong != "":
	case t.spoilt && !utf8.ValidString(raw):
		r.Wrong = "it holds characters that are damaged: the rest of the file is UTF-8, these are not. Save the file anew as CSV UTF-8"
	case totals(r.Cells):
		r.Kind = Total
		return
	case t.isHeader(r.Cells):
		r.Kind = Repeated
		return
	case len(r.Cells) > len(t.Header) && (t.width <= len(t.Header) || !blank(r.Cells[len(t.Header):])): // "Call, client," is no row that only ends in a comma
		r.Wrong = fmt.Sprintf("it has %d fields, the header has %d; put text with %s in double quotes", len(r.Cells), len(t.Header), t.dialect.named())
	}
	if r.Wrong != "" {
		r.Kind = Damaged
	}
}

func (t *Table) isHeader(cells []string) bool {
	for i, h := range t.Header {
		if i >= len(cells) || strings.TrimSpace(cells[i]) != h {
			return false
		}
	}
	return true
}

func blank(cells []string) bool {
	for _, c := range cells {
		if strings.TrimSpace(c) != "" {
			return false
		}
	}
	return true
}

// lineAt returns the line in which text[at] stands, from 1.
func lineAt(text string, at int) int { return 1 + breaks(text[:at]) }

// breaks counts the line ends in s: LF, CR LF or CR.
func breaks(s string) int {
	n := strings.Count(s, "\n")
	for i := strings.IndexByte(s, '\r'); i >= 0; {
		if i+1 >= len(s) || s[i+1] != '\n' {
			n++
		}
		next := strings.IndexByte(s[i+1:], '\r')
		if next < 0 {
			break
		}
		i += 1 + next
	}
	return n
}
