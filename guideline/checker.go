package guideline

import (
	"cmp"
	"slices"
)

// Checker checks entries against guidelines. Many may use one at a time.
type Checker struct {
	planner *planner
	setting Setting
}

// New returns a checker of all the guidelines that are not optional, each where
// it holds. The error says which guidelines do not go together.
func New(guidelines []Guideline, setting Setting) (*Checker, error) {
	ls, err := layers(slices.Clone(guidelines))
	if err != nil {
		return nil, err
	}
	if len(ls) > 1<<16 {
		return nil, invalid("there are more guidelines than can be checked")
	}
	p, err := newPlanner(ls, setting.Lacks)
	if err != nil {
		return nil, err
	}
	setting.names = indexNames(setting.Parties)
	return &Checker{planner: p, setting: setting}, nil
}

// Scoped returns the guidelines that hold for some clients or matters alone.
func (c *Checker) Scoped() []Guideline {
	var out []Guideline
	for i := range c.planner.layers {
		if l := &c.planner.layers[i]; l.Guideline == l.scope && l.breadth <= ofClient {
			out = append(out, *l.Guideline)
		}
	}
	return out
}

// Entry returns what is wrong with one entry by itself, by place in its text,
// the worst first where places are the same.
func (c *Checker) Entry(e Entry) []Finding {
	r := take(e, &c.setting)
	out := c.read(&r, c.planner.of(&e))
	slices.SortStableFunc(out, byPlace)
	return out
}

// Bill returns what is wrong with entries, alone and together: by the order of
// the entries, then by place. The entries may be a day's, a bill's or all.
func (c *Checker) Bill(entries []Entry) []Finding {
	b := newBill(entries, &c.setting)
	plans := make([]*plan, len(entries))
	found := make([][]Finding, len(entries))
	at := make(map[string]int, len(entries))
	total := 0
	for i := range b.items {
		e := &b.items[i].Entry
		if _, twice := at[e.ID]; !twice {
			at[e.ID] = i
		}
		plans[i] = c.planner.of(e)
		found[i] = c.read(&b.items[i].Reading, plans[i])
	}
	for id, joint := range together(b, plans) {
		found[at[id]] = append(found[at[id]], joint...)
	}
	for _, list := range found {
		slices.SortStableFunc(list, byPlace)
		total += len(list)
	}
	out := make([]Finding, 0, total)
	for _, list := range found {
		out = append(out, list...)
	}
	return out
}

// Back returns how many days before an entry's own its matter's entries matter
// to what is found about it: whoever checks a day's entries with [Checker.Bill]
// gives those too, and leaves out what is found about them.
func (c *Checker) Back() int {
	most := 0
	for _, rulings := range c.planner.rulings {
		for _, r := range rulings {
			most = max(most, r.check.back)
		}
	}
	return most
}

// read applies the rulings on one entry.
func (c *Checker) read(r *Reading, p *plan) []Finding {
	var out []Finding
	r.step = p.step
	for i := range p.entry {
		rule := &p.entry[i]
		for _, f := range rule.check.entry(r, rule.Rule) {
			f.Entry = r.Entry.ID
			f.From, f.To = within(f.From, f.To, len(r.Entry.Narrative))
			rule.sign(&f)
			out = report(out, f, rule)
		}
	}
	return withoutYielding(out)
}

// together applies the rulings on several entries, each to those for which it
// holds, and returns their findings by entry.
func together(b *Bill, plans []*plan) map[string][]Finding {
	holds := map[*ruling][]int{}
	var rulings []*ruling
	for i, p := range plans {
		for _, r := range p.bill {
			if holds[r] == nil {
				rulings = append(rulings, r)
			}
			holds[r] = append(holds[r], i)
		}
	}
	slices.SortStableFunc(rulings, func(x, y *ruling) int {
		return cmp.Or(cmp.Compare(x.Check, y.Check), cmp.Compare(x.of.breadth, y.of.breadth), cmp.Compare(x.of.order, y.of.order))
	})
	byEntry := map[string][]Finding{}
	for _, r := range rulings {
		for _, f := range r.check.bill(b.only(holds[r]), r.Rule) {
			r.sign(&f)
			byEntry[f.Entry] = report(byEntry[f.Entry], f, r)
		}
	}
	for id, list := range byEntry {
		byEntry[id] = withoutYielding(list)
	}
	return byEntry
}

// sign fills in what a finding has from its rule.
func (r *ruling) sign(f *Finding) {
	f.Guideline, f.Rule, f.Check, f.Clause = r.of.ID, r.ID, r.Check, r.clause
	if f.Severity == "" || rank(f.Severity) < rank(r.Severity) {
		f.Severity = r.Severity
	}
}

// rank orders severities, the worst first.
func rank(s Severity) int {
	switch s {
	case Error:
		return 0
	case Warning:
		return 1
	}
	return 2
}

// report adds f to out, findings on one entry, unless another guideline's rule
// with the same check has found the same: then that finding, whose rule is the
// more specific, cites f's clause too and is as grave as the graver.
func report(out []Finding, f Finding, r *ruling) []Finding {
	for i := range out {
		g := &out[i]
		if g.Check != f.Check || g.Guideline == f.Guideline || !overlap(*g, f) {
			continue
		}
		if !slices.Contains(g.Also, r.clause) && g.Clause != r.clause {
			g.Also = append(g.Also, r.clause)
		}
		if rank(f.Severity) < rank(g.Severity) {
			g.Severity = f.Severity
		}
		if g.Fix == nil && f.Fix != nil {
			g.Fix, g.Question = f.Fix, f.Question
		}
		return out
	}
	return append(out, f)
}

// withoutYielding drops those findings on one entry whose check leaves the word to another
// that found something at the same place.
func withoutYielding(all []Finding) []Finding {
	if len(all) < 2 {
		return all
	}
	gone := make([]bool, len(all))
	some := false
	for i := range all {
		yields := checks[all[i].Check].yields
		if len(yields) == 0 {
			continue
		}
		gone[i] = slices.ContainsFunc(all, func(g Finding) bool {
			return slices.Contains(yields, g.Check) && overlap(g, all[i])
		})
		some = some || gone[i]
	}
	if !some {
		return all
	}
	out := all[:0:0]
	for i, f := range all {
		if !gone[i] {
			out = append(out, f)
		}
	}
	return out
}

// overlap reports whether two findings on one entry are about the same text;
// one that is not about text is about all of it.
func overlap(f, g Finding) bool {
	if f.From == f.To || g.From == g.To {
		return true
	}
	return f.From < g.To && g.From < f.To
}

// within keeps a place inside the text, so that showing it cannot fail.
func within(from, to, size int) (int, int) {
	from = min(max(from, 0), size)
	return from, min(max(to, from), size)
}

func byPlace(x, y Finding) int {
	return cmp.Or(cmp.Compare(x.From, y.From), cmp.Compare(rank(x.Severity), rank(y.Severity)), cmp.Compare(x.To, y.To),
		cmp.Compare(x.Check, y.Check), cmp.Compare(x.Guideline, y.Guideline), cmp.Compare(x.Rule, y.Rule))
}
