package guideline

import (
	"cmp"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/tenths/tenths/billing"
)

// breadth says how specific a layer is; the wider comes last.
type breadth int

const (
	ofMatter  breadth = iota // for named matters
	ofClient                 // for named clients
	ofFirm                   // the firm's own, for everything
	ofProgram                // shipped, for everything
)

// layer is a guideline's rules where they hold: its own scope, or that of a
// guideline which includes it.
type layer struct {
	*Guideline // whose rules and clauses
	scope      *Guideline
	breadth    breadth
	order      int // of the scope among the guidelines given
}

// layers resolves who includes whom. An optional guideline is a layer only
// where it is included.
func layers(guidelines []Guideline) ([]layer, error) {
	byID := map[string]*Guideline{}
	for i := range guidelines {
		g := &guidelines[i]
		if byID[g.ID] != nil {
			return nil, invalid("there are two guidelines %s; remove one", g.ID)
		}
		byID[g.ID] = g
	}
	var out []layer
	for i := range guidelines {
		scope := &guidelines[i]
		if scope.Optional {
			continue
		}
		seen := map[string]bool{}
		var add func(g *Guideline) error
		add = func(g *Guideline) error {
			if seen[g.ID] {
				return nil
			}
			seen[g.ID] = true
			out = append(out, layer{Guideline: g, scope: scope, breadth: scope.breadth(), order: i})
			for _, id := range g.Include {
				included := byID[id]
				if included == nil {
					return invalid("the guideline %s includes %s, which there is not", g.ID, id)
				}
				if included.everywhere() {
					continue // it holds without
				}
				if err := add(included); err != nil {
					return err
				}
			}
			return nil
		}
		if err := add(scope); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(out, func(a, b layer) int {
		return cmp.Or(cmp.Compare(a.breadth, b.breadth), cmp.Compare(a.order, b.order))
	})
	return out, nil
}

// everywhere reports whether g holds for all work by itself.
func (g *Guideline) everywhere() bool {
	return !g.Optional && len(g.Clients)+len(g.Matters) == 0
}

func (g *Guideline) breadth() breadth {
	switch {
	case len(g.Matters) > 0:
		return ofMatter
	case len(g.Clients) > 0:
		return ofClient
	case g.Builtin:
		return ofProgram
	}
	return ofFirm
}

// holds reports whether the guideline is in force for work of a client or
// matter on a day. A day that is not known lies within every time.
func (g *Guideline) holds(e *Entry) bool {
	if !e.Date.IsZero() {
		if !g.From.IsZero() && before(e.Date, g.From) || !g.Until.IsZero() && before(g.Until, e.Date) {
			return false
		}
	}
	switch {
	case len(g.Matters) > 0:
		return e.Matter != "" && slices.Contains(g.Matters, e.Matter)
	case len(g.Clients) > 0:
		return e.Client != "" && slices.ContainsFunc(g.Clients, func(c string) bool { return strings.EqualFold(c, string(e.Client)) })
	}
	return true
}

func before(a, b billing.Day) bool { return compareDays(a, b) < 0 }

// compareDays orders days without making instants of them, as billing.Day does:
// bills compare many.
func compareDays(a, b billing.Day) int {
	return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Month, b.Month), cmp.Compare(a.Day, b.Day))
}

// ruling is a rule where it holds.
type ruling struct {
	Rule
	check  *check
	of     *layer
	clause string // with the guideline's title
}

// plan is what holds for some entries: their rulings, those of one check
// together, the most specific first.
type plan struct {
	entry []ruling
	bill  []*ruling // shared by all plans, so that they can be compared
	step  int64     // minutes: the largest increment that a rule demands

	unmade []Unmade // what holds and cannot be tested, for want of columns
}

// planner finds the plan of an entry. Entries under the same layers share one.
type planner struct {
	layers  []layer
	rulings [][]*ruling     // by layer
	lacks   map[Column]bool // the columns that entries do not have
	// Most layers are of one client or matter: those are looked up by name.
	wide     []int
	byClient map[string][]int
	byMatter map[string][]int

	mu    sync.RWMutex
	plans map[string]*plan
}

func newPlanner(ls []layer, lacks map[Column]bool) (*planner, error) {
	p := &planner{layers: ls, lacks: lacks, byClient: map[string][]int{}, byMatter: map[string][]int{}, plans: map[string]*plan{}}
	for i := range ls {
		l := &ls[i]
		if err := knownExceptions(l, ls); err != nil {
			return nil, err
		}
		var rs []*ruling
		for _, rule := range l.Rules {
			c, ok := checks[rule.Check]
			if !ok {
				return nil, invalid("the guideline %s asks for a check %q, which there is not", l.ID, rule.Check)
			}
			if rule.Params.values == nil { // made in code, not loaded
				rule.Params, _ = newParams(c.params, nil)
				if c.prepare != nil {
					rule.prepared = c.prepare(rule.Params)
				}
			}
			rs = append(rs, &ruling{Rule: rule, check: &c, of: l, clause: l.Title + ", " + rule.Clause})
		}
		p.rulings = append(p.rulings, rs)
		switch s := l.scope; {
		case len(s.Matters) > 0:
			for _, m := range s.Matters {
				p.byMatter[m] = append(p.byMatter[m], i)
			}
		case len(s.Clients) > 0:
			for _, c := range s.Clients {
				p.byClient[strings.ToLower(c)] = append(p.byClient[strings.ToLower(c)], i)
			}
		default:
			p.wide = append(p.wide, i)
		}
	}
	return p, nil
}

// knownExceptions refuses an exception to a rule that there is not: it would
// have been misspelt, and the rule would go on holding. A guideline for all work
// may only replace what is shipped, so that nobody switches the firm's own off.
func knownExceptions(l *layer, all []layer) error {
	for _, x := range l.Off {
		named := func(o layer) bool {
			return o.ID != l.ID && slices.ContainsFunc(o.Rules, func(r Rule) bool { return x.names(o.ID, r.ID) })
		}
		switch {
		case !slices.ContainsFunc(all, named):
			return invalid("%s, line %d: there is no rule %q to switch off", l.ID, x.Line, x.Rule)
		case l.breadth >= ofFirm && slices.ContainsFunc(all, func(o layer) bool { return named(o) && !o.Builtin }):
			return invalid("%s, line %d: a guideline for all work can switch off shipped rules only; set clients or matters", l.ID, x.Line)
		}
	}
	return nil
}

func (x Exception) names(guideline, rule string) bool {
	return x.Rule == rule || x.Rule == guideline+"/"+rule
}

// of returns the plan for an entry. It allocates nothing once the plan is known.
func (p *planner) of(e *Entry) *plan {
	var room [64]byte
	key := room[:0]
	var held [32]int
	at := held[:0]
	add := func(list []int) {
		for _, i := range list {
			if p.layers[i].holds(e) {
				at = append(at, i)
			}
		}
	}
	add(p.byMatter[e.Matter])
	if len(p.byClient) > 0 && e.Client != "" {
		add(p.byClient[strings.ToLower(string(e.Client))])
	}
	add(p.wide)
	for _, i := range at {
		key = binary.BigEndian.AppendUint16(key, uint16(i))
	}
	p.mu.RLock()
	found := p.plans[string(key)]
	p.mu.RUnlock()
	if found != nil {
		return found
	}
	made := p.make(at)
	p.mu.Lock()
	defer p.mu.Unlock()
	if found = p.plans[string(key)]; found == nil {
		p.plans[string(key)], found = made, made
	}
	return found
}

func (l *layer) holds(e *Entry) bool {
	return l.scope.holds(e) && (l.Guideline == l.scope || l.inForce(e))
}

// inForce looks at an included guideline's own dates; its scope is another's.
func (l *layer) inForce(e *Entry) bool {
	dates := Guideline{From: l.From, Until: l.Until}
	return dates.holds(e)
}

// make puts together what holds where the layers at hold, without what is
// switched off by a layer for those less specific.
func (p *planner) make(at []int) *plan {
	slices.Sort(at)
	out := &plan{step: increment}
	seen := map[string]bool{} // an included guideline may be reached twice
	byCheck := map[string][]*ruling{}
	for _, i := range at {
		l := &p.layers[i]
		if seen[l.ID] {
			continue
		}
		seen[l.ID] = true
		for _, r := range p.rulings[i] {
			if p.off(r, at) {
				continue
			}
			missing, unmade := wants(&r.Rule, p.lacks)
			if len(missing) > 0 {
				out.unmade = append(out.unmade, Unmade{l.ID, r.ID, r.Check, r.clause, missing, !unmade})
			}
			if !unmade {
				byCheck[r.Check] = append(byCheck[r.Check], r)
			}
		}
	}
	for i, r := range byCheck["increment"] {
		if step := r.Params.Minutes("step"); i == 0 || step > out.step {
			out.step = max(step, 1)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(byCheck)) {
		for _, r := range byCheck[name] {
			if r.check.bill != nil {
				out.bill = append(out.bill, r)
			} else {
				out.entry = append(out.entry, *r)
			}
		}
	}
	return out
}

// off reports whether a layer at least as specific switches r off. Its own
// rules a guideline simply leaves out.
func (p *planner) off(r *ruling, at []int) bool {
	for _, i := range at {
		l := &p.layers[i]
		if l.breadth > r.of.breadth || l.ID == r.of.ID {
			continue
		}
		for _, x := range l.Off {
			if x.names(r.of.ID, r.ID) {
				return true
			}
		}
	}
	return false
}

// String is for tests and logs: which layer, without names of clients.
func (l layer) String() string { return fmt.Sprintf("%s in %s", l.ID, l.scope.ID) }
