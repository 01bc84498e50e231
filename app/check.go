package app

import (
	"context"
	"io"
	"slices"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/guideline"
	"github.com/tenths/tenths/store"
)

// Checks tests entries against the guidelines. Nothing is kept of it, and
// nothing leaves the machine.
type Checks struct{ *Practice }

// Day checks a day's drafts and entries, but for what is discarded, private or
// has no narrative yet. Earlier entries of the same matters are looked at where
// a rule looks back, as budgets do; only findings on the day's own are returned.
// With ids of guidelines, these alone hold, for all of them.
func (c Checks) Day(ctx context.Context, day billing.Day, ids ...string) (CheckedView, error) {
	if err := c.refresh(ctx, day); err != nil {
		return CheckedView{}, err
	}
	entries, setting, err := c.stored(ctx, day, day)
	if err != nil {
		return CheckedView{}, err
	}
	checker, problems, err := c.checker(ctx, setting, ids)
	if err != nil {
		return CheckedView{}, err
	}
	findings, err := c.inContext(ctx, checker, day, entries)
	if err != nil {
		return CheckedView{}, err
	}
	return checkedView(findings, entries, problems), nil
}

// inContext returns the findings on a day's entries among the earlier ones of
// their matters.
func (c Checks) inContext(ctx context.Context, checker *guideline.Checker, day billing.Day, entries []guideline.Entry) ([]guideline.Finding, error) {
	back := checker.Back()
	if back == 0 || len(entries) == 0 {
		return checker.Bill(entries), nil
	}
	matters, own := map[string]bool{}, map[string]bool{}
	for _, e := range entries {
		matters[e.Matter] = true
		own[e.ID] = true
	}
	earlier, err := c.earlier(ctx, day, back, matters)
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(checker.Bill(slices.Concat(earlier, entries)), func(f guideline.Finding) bool { return !own[f.Entry] }), nil
}

// Narrative checks a draft as it would be with another narrative, while that is
// being typed. A draft that there is not has no findings.
func (c Checks) Narrative(ctx context.Context, id billing.EntryID, narrative string) ([]FindingView, error) {
	var entry guideline.Entry
	var setting guideline.Setting
	err := c.store.View(ctx, func(tx *store.Tx) error {
		e, err := tx.Entry(ctx, id)
		if err != nil {
			return err
		}
		m, err := c.mapping(ctx, tx)
		if err != nil {
			return err
		}
		setting = m.setting(tx.Now())
		if setting.Usual, err = c.usual(ctx, tx, setting.Today); err != nil {
			return err
		}
		e.Narrative = billing.Privileged(narrative)
		entry, err = m.entry(ctx, tx, e)
		return err
	})
	if err != nil {
		return nil, err
	}
	checker, _, err := c.checker(ctx, setting, nil)
	if err != nil {
		return nil, err
	}
	return findingViews(checker.Entry(entry), []guideline.Entry{entry}), nil
}

// Try checks the entries of a CSV file, or with none those that are stored,
// against a guideline's file alone, and keeps nothing. On stored entries the
// guideline holds for the clients or matters that it names; on a file, for all.
func (g Guidelines) Try(ctx context.Context, name string, data []byte, file io.Reader) (CheckedView, error) {
	x, others, err := g.parse(ctx, name, data)
	if err != nil {
		return CheckedView{}, err
	}
	all, err := guideline.Alone(append(others, x), x.ID)
	if err != nil {
		return CheckedView{}, err
	}
	c := Checks(g)
	if file != nil {
		return c.file(ctx, file, FileReading{}, func(s guideline.Setting) (*guideline.Checker, []string, error) {
			checker, err := guideline.New(all, s)
			return checker, nil, err
		})
	}
	all[len(all)-1].Clients, all[len(all)-1].Matters = x.Clients, x.Matters
	entries, setting, err := c.stored(ctx, billing.Day{Year: 1, Month: 1, Day: 1}, billing.Day{Year: 9999, Month: 12, Day: 31})
	if err != nil {
		return CheckedView{}, err
	}
	checker, err := guideline.New(all, setting)
	if err != nil {
		return CheckedView{}, err
	}
	return checkedView(checker.Bill(entries), entries, nil), nil
}

// checker returns a checker of the guidelines in force or, with ids, of those
// alone, and what is wrong with those that could not be used. A mistake in one
// file never switches the others off.
func (c Checks) checker(ctx context.Context, setting guideline.Setting, ids []string) (*guideline.Checker, []string, error) {
	all, problems, err := Guidelines(c).usable(ctx)
	if err != nil {
		return nil, nil, err
	}
	if len(ids) > 0 {
		if all, err = guideline.Alone(all, ids...); err != nil {
			return nil, nil, err
		}
	}
	checker, err := guideline.New(all, setting)
	if err != nil && len(ids) == 0 { // one refers to another that is gone: go on with those that stand alone
		problems = append(problems, billing.Message(err))
		checker, err = guideline.New(slices.DeleteFunc(all, func(g guideline.Guideline) bool {
			return !g.Builtin && len(g.Include)+len(g.Off) > 0
		}), setting)
	}
	return checker, problems, err
}

func checkedView(findings []guideline.Finding, entries []guideline.Entry, problems []string) CheckedView {
	v := CheckedView{Entries: []CheckedEntry{}, Problems: some(problems), Notes: []string{}, Unmade: []FindingView{}}
	for _, e := range entries {
		v.Entries = append(v.Entries, checkedEntry(e))
	}
	v.Findings = findingViews(findings, entries)
	return v
}

func findingViews(findings []guideline.Finding, entries []guideline.Entry) []FindingView {
	text := make(map[string]string, len(entries))
	for _, e := range slices.Backward(entries) { // of an id that stands twice the first counts
		text[e.ID] = string(e.Narrative)
	}
	out := make([]FindingView, len(findings))
	for i, f := range findings {
		out[i] = findingView(f, text[f.Entry])
	}
	return out
}

// stored returns the entries of the days from first to last as they are kept.
func (c Checks) stored(ctx context.Context, first, last billing.Day) (entries []guideline.Entry, setting guideline.Setting, err error) {
	err = c.store.View(ctx, func(tx *store.Tx) error {
		m, err := c.mapping(ctx, tx)
		if err != nil {
			return err
		}
		setting = m.setting(tx.Now())
		if setting.Usual, err = c.usual(ctx, tx, setting.Today); err != nil {
			return err
		}
		return eachEntry(ctx, tx, first, last, func(e billing.Entry) error {
			x, err := m.entry(ctx, tx, e)
			entries = append(entries, x)
			return err
		})
	})
	return entries, setting, err
}

// earlier returns the entries of matters in the days before day, without what
// their evidence shows: nothing is found about them.
func (c Checks) earlier(ctx context.Context, day billing.Day, back int, matters map[string]bool) (entries []guideline.Entry, err error) {
	err = c.store.View(ctx, func(tx *store.Tx) error {
		m, err := c.mapping(ctx, tx)
		if err != nil {
			return err
		}
		return eachEntry(ctx, tx, day.Add(-back), day.Add(-1), func(e billing.Entry) error {
			if matters[m.byID[e.Matter].Number] {
				entries = append(entries, m.plain(e))
			}
			return nil
		})
	})
	return entries, err
}

// eachEntry calls fn with the entries of the days from first to last that are
// checked: what is discarded, private or has no narrative is not.
func eachEntry(ctx context.Context, tx *store.Tx, first, last billing.Day, fn func(billing.Entry) error) error {
	days, err := tx.EntryDays(ctx, first, last)
	if err != nil {
		return err
	}
	for _, day := range sortedDays(days) {
		list, err := tx.EntriesOn(ctx, day)
		if err != nil {
			return err
		}
		for _, e := range list {
			if e.State == billing.StateDiscarded || e.Private || e.Narrative == "" {
				continue
			}
			if err := fn(e); err != nil {
				return err
			}
		}
	}
	return nil
}

func sortedDays[T any](days map[billing.Day]T) []billing.Day {
	out := make([]billing.Day, 0, len(days))
	for d := range days {
		out = append(out, d)
	}
	slices.SortFunc(out, billing.Day.Compare)
	return out
}
