package guideline

import (
	"fmt"
	"io"
	"strings"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/table"
)

// File is a bill as a file has it.
type File struct {
	Rows     []Row
	Findings []Finding       // of rows that cannot be read as they stand, by line
	Lacks    map[Column]bool // the columns that it does not have

	// Notes say what was assumed, and which lines are no time: credits, expenses,
	// totals. Each is a sentence for the person.
	Notes []string
}

// Row is a time entry of a file.
type Row struct {
	Entry Entry
	Line  int
	Extra map[string]string // the columns that no check knows, by their name in the header, where they were asked for
}

// FileOptions say what a file itself may not.
type FileOptions struct {
	Dates    table.Order // of day and month, where it is known
	Currency string      // of rates that say none; "": USD
	Extra    bool        // keep the columns that no check knows
}

// RowCheck is the check that findings of rows name: it is the reading itself,
// which no guideline asks for.
const RowCheck = "row"

// ReadBill reads the entries of a bill from a table with a header, in the
// columns that columns knows under their many names; there must be hours and a
// narrative. A row that cannot be read is a finding of that row, and so is an
// identifier that a spreadsheet damaged. Credits, expenses and totals are no
// time: they are no entries. Errors are about the file as a whole, and none but
// [billing.Invalid].
func ReadBill(r io.Reader, o FileOptions) (*File, error) {
	t, err := table.Read(r, columns)
	if err != nil {
		return nil, err
	}
	in := newRowReader(t, o)
	for row := range t.Rows() {
		in.read(row)
	}
	return in.done(), nil
}

// ReadCSV reads the entries of a file in which each row can be read; else the
// error is about the first that cannot.
func ReadCSV(r io.Reader) ([]Row, error) {
	f, err := ReadBill(r, FileOptions{Extra: true})
	if err != nil {
		return nil, err
	}
	for _, x := range f.Findings {
		if x.Severity == Error {
			return nil, invalid("%s: %s", x.Entry, x.Message)
		}
	}
	return f.Rows, nil
}

func invalid(format string, args ...any) error {
	return &billing.Error{Kind: billing.Invalid, Msg: fmt.Sprintf(format, args...)}
}

// rowReader reads rows with what is decided over the whole table.
type rowReader struct {
	o       FileOptions
	t       *table.Table
	out     *File
	mark    table.Mark
	unit    table.Unit
	both    bool // hours and minutes stand in columns of their own
	dates   table.Dates
	entered table.Dates
	ids     map[Column]table.Identifiers
	others  []int

	credits, expenses, totals, headers []int // lines
	sums                               sums
}

func newRowReader(t *table.Table, o FileOptions) *rowReader {
	if o.Currency == "" {
		o.Currency = "USD"
	}
	in := &rowReader{o: o, t: t, out: &File{Lacks: lacking(t)}, ids: map[Column]table.Identifiers{}}
	in.mark = t.Decimals(columnHours, string(ColumnRate), columnAmount)
	in.unit = table.UnitOf(t.Named(columnHours))
	in.both = in.unit == table.Hours && apart(t)
	in.dates = t.Dates(string(ColumnDate), o.Dates)
	in.entered = t.Dates(string(ColumnEntered), o.Dates)
	for _, c := range identifiers {
		if t.Has(string(c)) {
			in.ids[c] = t.Identifiers(string(c))
		}
	}
	if o.Extra {
		in.others = t.Others()
	}
	return in
}

// done says what was assumed and left out.
func (in *rowReader) done() *File {
	note := func(s string) {
		if s != "" {
			in.out.Notes = append(in.out.Notes, s)
		}
	}
	for _, s := range in.t.Notes {
		note(s)
	}
	if in.both {
		note(fmt.Sprintf("The time of a row is that of its columns %s and %s together.", in.t.Named(columnHours), in.t.Named(columnMinutes)))
	}
	note(in.dates.Note())
	note(linesAre(in.credits, "is a credit", "are credits", "no time is billed with it", "no time is billed with them"))
	note(linesAre(in.expenses, "is an expense or has no time", "are expenses or have no time", "it was not checked", "they were not checked"))
	note(linesAre(in.totals, "sums up others", "sum up others", "it was left out", "they were left out"))
	note(in.sums.differ())
	note(linesAre(in.headers, "names the columns again", "name the columns again", "it was left out", "they were left out"))
	return in.out
}

func linesAre(lines []int, one, many, so, all string) string {
	if len(lines) == 0 {
		return ""
	}
	s := table.Lines(lines)
	s = strings.ToUpper(s[:1]) + s[1:]
	if len(lines) == 1 {
		return s + " " + one + "; " + so + "."
	}
	return s + " " + many + "; " + all + "."
}

// read takes in one row.
func (in *rowReader) read(r *table.Row) {
	switch r.Kind {
	case table.Damaged:
		in.wrong(r, Error, "", r.Wrong)
		return
	case table.Total:
		in.totals = append(in.totals, r.Line)
		if n, err := table.Duration(r.Cell(columnHours), in.mark, in.unit); err == nil {
			in.sums.said(r.Line, n)
		}
		return
	case table.Repeated:
		in.headers = append(in.headers, r.Line)
		return
	}
	line, err := in.kind(r)
	switch {
	case err != nil:
		in.wrong(r, Error, "", billing.Message(err))
	case line == creditLine:
		in.credits = append(in.credits, r.Line)
		if n, err := in.time(r); err == nil {
			in.sums.credit += n
		}
	case line == expenseLine:
		in.expenses = append(in.expenses, r.Line)
	default:
		in.entry(r)
	}
}

// entry reads a row that is time.
func (in *rowReader) entry(r *table.Row) {
	e := Entry{ID: r.Identifier(columnID)}
	seconds, err := in.time(r)
	if err == nil && in.t.Has(string(ColumnDate)) && r.Cell(string(ColumnDate)) != "" {
		e.Date, err = in.dates.Read(r.Cell(string(ColumnDate)))
	}
	if err != nil {
		in.wrong(r, Error, "", billing.Message(err))
		return
	}
	e.setSeconds(seconds)
	in.sums.time += seconds
	in.texts(&e, r)
	if e.ID == "" {
		e.ID = lineID(r)
	}
	in.amounts(&e, r)
	row := Row{Entry: e, Line: r.Line}
	if len(in.others) > 0 {
		row.Extra = make(map[string]string, len(in.others))
		for _, i := range in.others {
			if i < len(r.Cells) {
				row.Extra[in.t.Header[i]] = r.Cells[i]
			}
		}
	}
	in.out.Rows = append(in.out.Rows, row)
}

// texts reads the cells that are text. One that a spreadsheet damaged is not
// taken: it would name another matter, or many entries with one id.
func (in *rowReader) texts(e *Entry, r *table.Row) {
	e.Narrative = billing.Privileged(unbroken.Replace(r.Cell(columnNarrative)))
	e.Timekeeper = billing.Privileged(r.Cell(string(ColumnTimekeeper)))
	e.Level = readLevel(r.Cell(string(ColumnClassification)))
	e.TaskCode, e.ActivityCode = code(r.Cell(string(ColumnTask))), code(r.Cell(string(ColumnActivity)))
	e.NonBillable = in.unbilled(r)
	client := string(e.Client)
	for c, to := range map[Column]*string{columnID: &e.ID, ColumnMatter: &e.Matter, ColumnClient: &client, columnBill: &e.Bill} {
		*to = r.Identifier(string(c))
	}
	for _, c := range identifiers {
		damage := in.ids[c].Damage(r.Identifier(string(c)))
		if damage == "" {
			continue
		}
		severity := Warning // the guidelines of the matter do not hold
		switch c {
		case columnID:
			e.ID, severity = "", Note
		case ColumnMatter:
			e.Matter = ""
		case ColumnClient:
			client = ""
		case columnBill:
			e.Bill, severity = "", Note
		}
		in.wrong(r, severity, c, fmt.Sprintf("the %s %s. It was left out", c, damage))
	}
	e.Client = billing.Privileged(client)
}

// unbroken takes the line breaks out of a narrative, which end no sentence,
// byte for byte: where a finding lies stays where the file has it.
var unbroken = strings.NewReplacer("\r", " ", "\n", " ")

// amounts reads what a row may lack and still be checked.
func (in *rowReader) amounts(e *Entry, r *table.Row) {
	if s := r.Cell(string(ColumnRate)); s != "" {
		rate, err := table.Money(s, in.mark, in.currency(r))
		if err != nil || rate.Cents < 0 {
			in.wrong(r, Warning, ColumnRate, fmt.Sprintf("the rate cannot be read: %s. The entry was checked without it", billing.Message(err)))
		} else {
			e.Rate = rate
		}
	}
	if s := r.Cell(string(ColumnEntered)); s != "" {
		day, err := in.entered.Read(s)
		if err != nil {
			in.wrong(r, Warning, ColumnEntered, fmt.Sprintf("the day it was entered cannot be read: %s", billing.Message(err)))
			return
		}
		e.Entered = day
	}
}

func (in *rowReader) currency(r *table.Row) string {
	if c, err := billing.ParseCurrency(r.Cell(columnCurrency)); err == nil {
		return c
	}
	return in.o.Currency
}

// wrong adds a finding of a row; c is the column that it is about, "" for the
// whole row, which is then not checked.
func (in *rowReader) wrong(r *table.Row, s Severity, c Column, msg string) {
	f := Finding{Entry: lineID(r), Check: RowCheck, Rule: "unreadable", Severity: s, Message: fmt.Sprintf("Line %d: %s.", r.Line, strings.TrimSuffix(msg, "."))}
	if c != "" {
		f.Rule = string(c)
		if id := r.Identifier(columnID); id != "" && in.ids[columnID].Damage(id) == "" {
			f.Entry = id
		}
	} else {
		f.Message = strings.TrimSuffix(f.Message, ".") + ". The row was not checked."
	}
	in.out.Findings = append(in.out.Findings, f)
}

// lineID is what a row without an id of its own is called.
func lineID(r *table.Row) string { return fmt.Sprintf("line %d", r.Line) }
