package app

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/guideline"
	"github.com/tenths/tenths/store"
	"github.com/tenths/tenths/table"
)

// FileReading says what a file of entries itself may not.
type FileReading struct {
	Dates string // the order of dates in figures: "mdy", "dmy", "" for what the file shows
}

func (f FileReading) order() (table.Order, error) {
	switch strings.ToLower(f.Dates) {
	case "":
		return table.Unknown, nil
	case "mdy":
		return table.MonthFirst, nil
	case "dmy":
		return table.DayFirst, nil
	}
	return table.Unknown, invalid(fmt.Sprintf("%q is no order of dates; say mdy for 12/31/2026 or dmy for 31/12/2026", f.Dates))
}

// File checks the entries of a file, as [guideline.ReadBill] reads it. A row that
// cannot be read is a finding of that row. Guidelines of clients and matters hold
// where the file has a column client or matter; with ids, these alone hold, for
// all. What could not be tested, and for want of what, is said.
func (c Checks) File(ctx context.Context, r io.Reader, ids ...string) (CheckedView, error) {
	return c.FileAs(ctx, r, FileReading{}, ids...)
}

// FileAs is [Checks.File] of a file that was said something of.
func (c Checks) FileAs(ctx context.Context, r io.Reader, how FileReading, ids ...string) (CheckedView, error) {
	return c.file(ctx, r, how, func(s guideline.Setting) (*guideline.Checker, []string, error) {
		return c.checker(ctx, s, ids)
	})
}

func (c Checks) file(ctx context.Context, r io.Reader, how FileReading,
	checkerOf func(guideline.Setting) (*guideline.Checker, []string, error),
) (CheckedView, error) {
	b, err := c.bill(ctx, r, how)
	if err != nil {
		return CheckedView{}, err
	}
	checker, problems, err := checkerOf(b.setting)
	if err != nil {
		return CheckedView{}, err
	}
	v := checkedView(checker.Bill(b.entries), b.entries, problems)
	v.Findings = append(findingViews(b.findings, b.entries), v.Findings...)
	v.Notes = some(append(b.notes, outOfReach(checker, b.setting.Lacks)...))
	v.Unmade = unmadeViews(checker.Unmade(b.entries))
	return v, nil
}

// bill is a file's entries with what is said of its rows and of all of it.
type bill struct {
	entries  []guideline.Entry
	findings []guideline.Finding
	notes    []string
	setting  guideline.Setting
}

func (c Checks) bill(ctx context.Context, r io.Reader, how FileReading) (*bill, error) {
	order, err := how.order()
	if err != nil {
		return nil, err
	}
	t, err := c.Timekeeper(ctx)
	if err != nil {
		return nil, err
	}
	file, err := guideline.ReadBill(r, guideline.FileOptions{Dates: order, Currency: t.Home()})
	if err != nil {
		return nil, err
	}
	b := &bill{findings: file.Findings, notes: file.Notes, entries: make([]guideline.Entry, len(file.Rows))}
	for i, row := range file.Rows {
		b.entries[i] = row.Entry
	}
	err = c.store.View(ctx, func(tx *store.Tx) error {
		m, err := c.mapping(ctx, tx)
		if err != nil {
			return err
		}
		b.setting = m.setting(tx.Now())
		b.setting.Lacks = file.Lacks
		b.known(m.matters, file.Rows)
		return nil
	})
	if !slices.ContainsFunc(b.entries, func(e guideline.Entry) bool { return e.Matter != "" }) {
		b.setting.Parties = nil // nobody's name is another matter's
	}
	return b, err
}

// known completes the entries with the clients of the matters that are known
// here, where the file has none, and finds numbers that lost their zeros.
func (b *bill) known(matters []billing.Matter, rows []guideline.Row) {
	clients := map[string]billing.Privileged{}
	for _, m := range matters {
		clients[m.Number] = m.Client
	}
	zeros := lostZeros(matters)
	for i := range b.entries {
		e := &b.entries[i]
		if e.Client == "" && clients[e.Matter] != "" {
			e.Client = clients[e.Matter]
			delete(b.setting.Lacks, guideline.ColumnClient)
		}
		if say := zeros.say(e.Matter); e.Matter != "" && say != "" {
			b.findings = append(b.findings, guideline.Finding{
				Entry: e.ID, Check: guideline.RowCheck, Rule: string(guideline.ColumnMatter), Severity: guideline.Warning,
				Message: fmt.Sprintf("Line %d: %s.", rows[i].Line, say),
			})
		}
	}
}

// outOfReach names the guidelines of clients and matters that cannot hold for
// entries which do not say whose they are.
func outOfReach(checker *guideline.Checker, lacks map[guideline.Column]bool) []string {
	var out []string
	for _, g := range checker.Scoped() {
		switch {
		case len(g.Matters) > 0 && lacks[guideline.ColumnMatter]:
			out = append(out, fmt.Sprintf("%s is for matter %s, and the file has no column matter: it was not applied.", g.ID, strings.Join(g.Matters, ", ")))
		case len(g.Matters) == 0 && len(g.Clients) > 0 && lacks[guideline.ColumnClient]:
			out = append(out, fmt.Sprintf("%s is for client %s, and the file has no column client: it was not applied.", g.ID, strings.Join(g.Clients, ", ")))
		}
	}
	return out
}

// unmadeViews shows the rules that could not be tested as notes about the file.
func unmadeViews(all []guideline.Unmade) []FindingView {
	out := []FindingView{}
	for _, u := range all {
		columns := make([]string, len(u.Columns))
		for i, c := range u.Columns {
			columns[i] = string(c)
		}
		what := "Not checked"
		if u.Partly {
			what = "Checked in part"
		}
		out = append(out, FindingView{
			Rule: u.Rule, Guideline: u.Guideline, Check: u.Check, Severity: string(guideline.Note), Clause: u.Clause, Also: []string{}, Others: []string{},
			Message: fmt.Sprintf("%s: the file has no %s.", what, columnsIn(columns)),
		})
	}
	return out
}

// columnsIn names columns.
func columnsIn(columns []string) string {
	if names := strings.Join(columns, " and "); strings.Contains(names, " and ") {
		return "columns " + names
	}
	return "column " + columns[0]
}

// FileNotes shows what was assumed of a file as notes about it, for those who
// want all that is said in one list.
func (v CheckedView) FileNotes() []FindingView {
	out := []FindingView{}
	for _, n := range v.Notes {
		out = append(out, FindingView{Check: "file", Rule: "assumed", Severity: string(guideline.Note), Message: n, Also: []string{}, Others: []string{}})
	}
	return append(out, v.Unmade...)
}
