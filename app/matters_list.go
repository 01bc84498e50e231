package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/store"
	"github.com/tenths/tenths/table"
)

// matterColumns are the columns of a matter list, in any order, with the names
// that other programs give them: the first two are needed.
var matterColumns = []table.Column{
	{Name: "number", Need: true, Also: []string{"matter number", "matter no", "matter id", "display number", "file number", "file no", "case number", "case no", "client matter id",
		"client matter number", "id", "no", "#", "aktenzeichen", "matter", "file"}},
	{Name: "name", Need: true, Also: []string{"matter name", "matter description", "case name", "caption", "title", "description", "bezeichnung", "case", "matter"}},
	{Name: "client", Also: []string{"client name", "clients", "mandant"}},
	{Name: "contacts", Also: []string{"contact", "parties", "people"}},
	{Name: "keywords", Also: []string{"keyword", "tags", "terms"}},
	{Name: "folder", Also: []string{"path", "directory", "documents", "document folder"}},
	{Name: "rate", Also: []string{"hourly rate", "billing rate", "stundensatz"}},
	{Name: "currency", Also: []string{"currency code"}},
	{Name: "internal", Also: []string{"is internal", "non billable", "office"}},
	{Name: "closed", Also: []string{"is closed", "status", "matter status"}},
}

// matterList is a list as it was read.
type matterList struct {
	rows     []matterRow
	findings []RowFinding
	notes    []string
}

type matterRow struct {
	billing.Matter
	rate  billing.Money // of its own, zero for none
	rated bool          // the list says what its rate is
	line  int
}

// put adds the matter, or updates the one with its number.
func (l *matterRow) put(ctx context.Context, tx *store.Tx, book rateBook, from *billing.Day) error {
	_, err := tx.MatterByNumber(ctx, l.Number)
	fresh := billing.KindOf(err) == billing.NotFound
	if err != nil && !fresh {
		return err
	}
	if err := tx.PutMatter(ctx, &l.Matter); err != nil || !l.rated {
		return err
	}
	if fresh && from == nil {
		from = &billing.Day{} // nobody worked on it at another rate
	}
	return book.set(ctx, tx, l.ID, l.rate, from)
}

// readMatters reads a list whose rates are in home unless they say otherwise.
func readMatters(r io.Reader, home string) (*matterList, error) {
	t, err := table.Read(r, matterColumns)
	if err != nil {
		return nil, noList(err)
	}
	l := &matterList{notes: t.Notes}
	mark, ids := t.Decimals("rate"), t.Identifiers("number")
	for row := range t.Rows() {
		switch row.Kind {
		case table.Damaged:
			l.wrong(row.Line, row.Wrong)
			continue
		case table.Total, table.Repeated:
			l.notes = append(l.notes, fmt.Sprintf("Line %d is no matter; it was left out.", row.Line))
			continue
		}
		m, err := readMatter(row, ids, mark, home)
		if err != nil {
			l.wrong(row.Line, billing.Message(err))
			continue
		}
		m.line, m.rated = row.Line, t.Has("rate")
		l.rows = append(l.rows, m)
	}
	l.withoutTwins()
	if left := unknownColumns(t); left != "" {
		l.notes = append(l.notes, left)
	}
	return l, nil
}

// noList puts the reader's error in the words of a matter list.
func noList(err error) error {
	missing, ok := errors.AsType[*table.Missing](err)
	if !ok {
		return err
	}
	unknown := slices.DeleteFunc(slices.Clone(missing.Header), func(h string) bool { return h == "" || slices.Contains(columnNames(), strings.ToLower(h)) })
	if len(unknown) == 0 || len(unknown) == len(missing.Header) {
		return &billing.Error{Kind: billing.Invalid, Err: err,
			Msg: fmt.Sprintf("line %d: the column %s is missing; the header is number,client,name,contacts,keywords,folder", missing.Line, missing.Column)}
	}
	perhaps := ""
	if near := nearest(missing.Column, unknown); near != "" {
		perhaps = fmt.Sprintf(", perhaps %q is meant for it", near)
	}
	return &billing.Error{Kind: billing.Invalid, Err: err,
		Msg: fmt.Sprintf("line %d: %q is no column of a matter list; the column %s is missing%s", missing.Line, unknown[0], missing.Column, perhaps)}
}

func columnNames() []string {
	out := make([]string, len(matterColumns))
	for i, c := range matterColumns {
		out[i] = c.Name
	}
	return out
}

// unknownColumns says which columns were left out.
func unknownColumns(t *table.Table) string {
	var names []string
	for _, i := range t.Others() {
		if h := t.Header[i]; h != "" {
			names = append(names, h)
		}
	}
	if len(names) == 0 {
		return ""
	}
	what := "The column %s is none that Tenths knows and was left out; it knows %s."
	if len(names) > 1 {
		what = "The columns %s are none that Tenths knows and were left out; it knows %s."
	}
	return fmt.Sprintf(what, strings.Join(names, ", "), strings.Join(columnNames(), ", "))
}

func readMatter(row *table.Row, ids table.Identifiers, mark table.Mark, home string) (matterRow, error) {
	m := matterRow{Matter: billing.Matter{
		Number: row.Identifier("number"), Name: billing.Privileged(row.Cell("name")), Client: billing.Privileged(row.Cell("client")),
		Folder: billing.Privileged(row.Cell("folder")),
	}}
	if m.Number == "" || m.Name == "" {
		return m, invalid("a matter needs a number and a name")
	}
	if damage := ids.Damage(m.Number); damage != "" {
		return m, invalid("the number " + damage)
	}
	for _, c := range semicolons(row.Cell("contacts")) {
		m.Contacts = append(m.Contacts, billing.ParseContact(c))
	}
	for _, k := range semicolons(row.Cell("keywords")) {
		m.Keywords = append(m.Keywords, billing.Privileged(k))
	}
	var err error
	if m.rate, err = readRate(row.Cell("rate"), row.Cell("currency"), home, mark); err != nil {
		return m, err
	}
	if m.Internal, err = yes(row.Cell("internal")); err == nil {
		m.Closed, err = yes(row.Cell("closed"))
	}
	return m, err
}

func (l *matterList) wrong(line int, msg string) {
	l.findings = append(l.findings, RowFinding{line, msg})
}

// keep takes out the rows of which say does, with what it says.
func (l *matterList) keep(say func(*matterRow) string) {
	l.rows = slices.DeleteFunc(l.rows, func(r matterRow) bool {
		msg := say(&r)
		if msg != "" {
			l.wrong(r.line, msg)
		}
		return msg != ""
	})
}

// withoutTwins takes out the matters whose number stands twice: which of them
// holds nobody can say.
func (l *matterList) withoutTwins() {
	lines := map[string][]int{}
	for _, r := range l.rows {
		lines[r.Number] = append(lines[r.Number], r.line)
	}
	l.keep(func(r *matterRow) string {
		switch all := lines[r.Number]; {
		case len(all) == 1:
			return ""
		case all[0] == r.line:
			return fmt.Sprintf("matter %s stands in line %d again", r.Number, all[1])
		default:
			return fmt.Sprintf("matter %s stands in line %d already", r.Number, all[0])
		}
	})
}

// withoutLostZeros takes out the matters whose number is that of a known one but
// for zeros in front, which a spreadsheet drops: they would be matters twice.
func (l *matterList) withoutLostZeros(known []billing.Matter) {
	zeros := lostZeros(known)
	l.keep(func(r *matterRow) string { return zeros.say(r.Number) })
}

// nothing is the error for a list of which no row can be taken.
func (l *matterList) nothing() error {
	lines := make([]string, len(l.findings))
	for i, f := range l.sorted() {
		lines[i] = fmt.Sprintf("line %d: %s", f.Line, f.Message)
	}
	return invalid(strings.Join(lines, "\n"))
}

func (l *matterList) sorted() []RowFinding {
	slices.SortStableFunc(l.findings, func(a, b RowFinding) int { return a.Line - b.Line })
	return l.findings
}

func (l *matterList) view() ImportView {
	v := ImportView{Imported: len(l.rows), Findings: l.sorted(), Notes: some(l.notes)}
	if v.Findings == nil {
		v.Findings = []RowFinding{}
	}
	return v
}

// zeros are the numbers of matters that begin with zeros, by the number without.
type zeros map[string]string

func lostZeros(known []billing.Matter) zeros {
	z, all := zeros{}, map[string]bool{}
	for _, m := range known {
		all[m.Number] = true
		if short := strings.TrimLeft(m.Number, "0"); short != m.Number && short != "" && strings.Trim(short, "0123456789") == "" {
			z[short] = m.Number
		}
	}
	for short := range z {
		if all[short] { // there are both
			delete(z, short)
		}
	}
	return z
}

// say says of which matter a number has lost the zeros, "" of none.
func (z zeros) say(number string) string {
	if whole, ok := z[strings.TrimLeft(number, "0")]; ok && whole != number {
		return fmt.Sprintf("matter %s is not known, %s is: Excel drops zeros in front. Format the column as text, enter it as it was and save the file again", number, whole)
	}
	return ""
}

// readRate reads a rate, "" for none, in the currency named beside it, or else
// the one that it says itself, or else home.
func readRate(rate, currency, home string, mark table.Mark) (billing.Money, error) {
	if rate == "" {
		return billing.Money{}, nil
	}
	in := home
	if currency != "" {
		code, err := billing.ParseCurrency(currency)
		if err != nil {
			return billing.Money{}, err
		}
		in = code
	}
	m, err := table.Money(rate, mark, in)
	switch {
	case err != nil:
	case m.Cents < 0:
		err = invalid("the rate " + rate + " is negative")
	case currency != "" && m.Currency != in:
		err = invalid("the rate " + rate + " is not in " + in)
	}
	return m, err
}

func yes(s string) (bool, error) {
	switch strings.ToLower(s) {
	case "yes", "y", "true", "1", "x", "closed", "inactive":
		return true, nil
	case "", "no", "n", "false", "0", "open", "active", "pending":
		return false, nil
	}
	return false, invalid(fmt.Sprintf("%q is neither yes nor no", s))
}

func semicolons(s string) []string {
	var out []string
	for _, part := range strings.Split(s, ";") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}
