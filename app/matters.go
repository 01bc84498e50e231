package app

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/store"
)

// Matters is the list of matters that time can be billed to.
type Matters struct{ *Practice }

// List returns all matters by number.
func (m Matters) List(ctx context.Context) ([]MatterView, error) {
	views := []MatterView{}
	err := m.store.View(ctx, func(tx *store.Tx) error {
		t, err := timekeeper(ctx, tx)
		if err != nil {
			return err
		}
		zone, err := m.zone(t)
		if err != nil {
			return err
		}
		out := renderer{rates: t.Rates, on: billing.DayOf(tx.Now(), zone)}
		matters, err := tx.Matters(ctx)
		for _, x := range matters {
			views = append(views, out.matter(x))
		}
		return err
	})
	return views, err
}

// matterColumns are the columns of a matter list: the first two are needed, in
// any order; columns of other names are refused rather than silently lost.
var matterColumns = []string{"number", "name", "client", "contacts", "keywords", "folder", "rate", "currency", "internal", "closed"}

// Import adds the matters of a list; rates that are other ones now hold from
// today, see [Matters.ImportFrom].
func (m Matters) Import(ctx context.Context, r io.Reader) (int, error) {
	return m.ImportFrom(ctx, r, nil)
}

// ImportFrom adds the matters of a CSV list with a header, or updates those
// whose number is known. Contacts and keywords are separated by semicolons. A
// rate is in the firm's currency unless it says another ("€300", "300 CHF") or
// the column currency does; an empty one leaves the matter to the timekeeper's
// rate, and a list without the column changes no rate. Rates hold from a day on,
// nil being what [Rates.Set] says. The whole list is taken, or nothing.
func (m Matters) ImportFrom(ctx context.Context, r io.Reader, from *billing.Day) (int, error) {
	t, err := m.Timekeeper(ctx)
	if err != nil {
		return 0, err
	}
	zone, err := m.zone(t)
	if err != nil {
		return 0, err
	}
	list, err := readMatters(r, t.Home())
	if err != nil {
		return 0, err
	}
	err = m.store.Update(ctx, func(tx *store.Tx) error {
		now, err := timekeeper(ctx, tx)
		if err != nil {
			return err
		}
		book := rateBook{now.Rates, billing.DayOf(tx.Now(), zone)}
		for i := range list {
			if err := list[i].put(ctx, tx, book, from); err != nil {
				return err
			}
		}
		return nil
	})
	return len(list), err
}

// listed is a matter as a list has it.
type listed struct {
	billing.Matter
	rate  billing.Money // of its own, zero for none
	rated bool          // the list says what its rate is
}

// put adds the matter, or updates the one with its number.
func (l *listed) put(ctx context.Context, tx *store.Tx, book rateBook, from *billing.Day) error {
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
func readMatters(r io.Reader, home string) ([]listed, error) {
	rows := csv.NewReader(r)
	rows.FieldsPerRecord = -1
	rows.TrimLeadingSpace = true
	header, err := rows.Read()
	if err != nil {
		return nil, &billing.Error{Kind: billing.Invalid, Err: notEOF(err), Msg: "the matter list is empty; its first line must be number,client,name,contacts,keywords,folder"}
	}
	at := map[string]int{}
	for i, h := range header {
		name := strings.ToLower(strings.TrimSpace(strings.TrimPrefix(h, "\ufeff")))
		if !slices.Contains(matterColumns, name) {
			return nil, invalid(fmt.Sprintf("line 1: %q is no column of a matter list; they are %s", h, strings.Join(matterColumns, ", ")))
		}
		at[name] = i
	}
	for _, needed := range matterColumns[:2] {
		if _, ok := at[needed]; !ok {
			return nil, invalid("line 1: the column " + needed + " is missing; the header is number,client,name,contacts,keywords,folder")
		}
	}
	var out []listed
	lines := map[string]int{}
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		line, _ := rows.FieldPos(0)
		if err != nil {
			return nil, &billing.Error{Kind: billing.Invalid, Err: err, Msg: fmt.Sprintf("the matter list cannot be read: %v", err)}
		}
		m, err := readMatter(row, at, home)
		if err != nil {
			return nil, invalid(fmt.Sprintf("line %d: %s", line, billing.Message(err)))
		}
		if first, twice := lines[m.Number]; twice {
			return nil, invalid(fmt.Sprintf("line %d: matter %s stands in line %d already", line, m.Number, first))
		}
		lines[m.Number] = line
		out = append(out, m)
	}
}

func readMatter(row []string, at map[string]int, home string) (listed, error) {
	field := func(name string) string {
		if i, ok := at[name]; ok && i < len(row) {
			return strings.TrimSpace(row[i])
		}
		return ""
	}
	m := listed{Matter: billing.Matter{
		Number: field("number"), Name: billing.Privileged(field("name")), Client: billing.Privileged(field("client")),
		Folder: billing.Privileged(field("folder")),
	}}
	if m.Number == "" || m.Name == "" {
		return m, invalid("a matter needs a number and a name")
	}
	if len(row) > len(at) {
		return m, invalid(fmt.Sprintf("it has %d fields, the header has %d; put text with a comma in double quotes", len(row), len(at)))
	}
	for _, c := range semicolons(field("contacts")) {
		m.Contacts = append(m.Contacts, billing.ParseContact(c))
	}
	for _, k := range semicolons(field("keywords")) {
		m.Keywords = append(m.Keywords, billing.Privileged(k))
	}
	_, m.rated = at["rate"]
	var err error
	if m.rate, err = readRate(field("rate"), field("currency"), home); err != nil {
		return m, err
	}
	if m.Internal, err = yes(field("internal")); err == nil {
		m.Closed, err = yes(field("closed"))
	}
	return m, err
}

// readRate reads a rate, "" for none, in the currency named beside it, or else
// the one that it says itself, or else home.
func readRate(rate, currency, home string) (billing.Money, error) {
	if rate == "" {
		return billing.Money{}, nil
	}
	if currency == "" {
		return billing.ReadMoney(rate, home)
	}
	code, err := billing.ParseCurrency(currency)
	if err != nil {
		return billing.Money{}, err
	}
	m, err := billing.ReadMoney(rate, code)
	if err == nil && m.Currency != code {
		err = invalid("the rate " + rate + " is not in " + code)
	}
	return m, err
}

func yes(s string) (bool, error) {
	switch strings.ToLower(s) {
	case "yes", "y", "true", "1":
		return true, nil
	case "", "no", "n", "false", "0":
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

// notEOF keeps the end of a file from being shown as a cause.
func notEOF(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
