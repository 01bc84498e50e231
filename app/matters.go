package app

import (
	"context"
	"io"

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

// ImportView says what was taken of a matter list.
type ImportView struct {
	Imported int          `json:"imported"`
	Findings []RowFinding `json:"findings"` // rows that were not taken, by line
	Notes    []string     `json:"notes"`    // what was assumed, and what was left out
}

// Import adds the matters of a list; rates that are other ones now hold from
// today, see [Matters.ImportFrom].
func (m Matters) Import(ctx context.Context, r io.Reader) (ImportView, error) {
	return m.ImportFrom(ctx, r, nil)
}

// RowFinding is what is wrong with a row of a file.
type RowFinding struct {
	Line    int    `json:"line"`
	Message string `json:"message"`
}

// ImportFrom adds the matters of a list with a header, or updates those whose
// number is known. Contacts and keywords are separated by semicolons. A rate is in
// the firm's currency unless it says another ("€300", "300 CHF") or the column
// currency does; an empty one leaves the matter to the timekeeper's rate, and a
// list without the column changes no rate. Rates hold from a day on, nil being
// what [Rates.Set] says. A row that cannot be read is left out and named; where
// none can be read, that is an error. The rows that are taken are taken together.
func (m Matters) ImportFrom(ctx context.Context, r io.Reader, from *billing.Day) (ImportView, error) {
	t, err := m.Timekeeper(ctx)
	if err != nil {
		return ImportView{}, err
	}
	zone, err := m.zone(t)
	if err != nil {
		return ImportView{}, err
	}
	list, err := readMatters(r, t.Home())
	if err != nil {
		return ImportView{}, err
	}
	err = m.store.Update(ctx, func(tx *store.Tx) error {
		known, err := tx.Matters(ctx)
		if err != nil {
			return err
		}
		list.withoutLostZeros(known)
		if len(list.rows) == 0 && len(list.findings) > 0 {
			return list.nothing()
		}
		now, err := timekeeper(ctx, tx)
		if err != nil {
			return err
		}
		book := rateBook{now.Rates, billing.DayOf(tx.Now(), zone)}
		for i := range list.rows {
			if err := list.rows[i].put(ctx, tx, book, from); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return ImportView{}, err
	}
	return list.view(), nil
}
