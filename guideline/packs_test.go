package guideline

import (
	"slices"
	"strings"
	"testing"
)

// Every shipped rule has a check, a clause and a source; every check is
// documented and some shipped rule or none uses it, but all can be used.
func TestPacks(t *testing.T) {
	packs := Packs()
	var ids []string
	used := map[string]bool{}
	for _, g := range packs {
		ids = append(ids, g.ID)
		if !g.Builtin || g.Title == "" || g.Source == "" || len(g.Clients)+len(g.Matters) > 0 {
			t.Errorf("%s: %+v", g.ID, g)
		}
		if text, ok := PackFile(g.ID); !ok || !strings.Contains(string(text), "id = \""+g.ID+"\"") {
			t.Errorf("%s has no file of its name", g.ID)
		}
		for _, r := range g.Rules {
			used[r.Check] = true
			if r.Clause == "" || r.Severity == "" || checks[r.Check].doc == "" {
				t.Errorf("%s/%s: %+v", g.ID, r.ID, r)
			}
		}
	}
	if want := []string{"aba", "general", "insurer-strict", "us-trustee"}; !slices.Equal(ids, want) {
		t.Errorf("the packs are %v, want %v", ids, want)
	}
	if _, err := New(packs, Setting{}); err != nil {
		t.Error(err)
	}
	if _, ok := PackFile("../packs/aba"); ok {
		t.Error("a path is no id")
	}
	for _, d := range Checks() {
		c := checks[d.Name]
		if (c.entry == nil) == (c.bill == nil) {
			t.Errorf("%s has both or neither of entry and bill", d.Name)
		}
		if d.Doc == "" || !strings.HasSuffix(d.Doc, ".") {
			t.Errorf("%s is not documented: %q", d.Name, d.Doc)
		}
		for _, p := range c.params {
			if p.doc == "" {
				t.Errorf("%s: parameter %s is not documented", d.Name, p.name)
			}
			if f, ok := p.zero().(int64); ok && p.kind == paramInt && p.within(float64(f)) != nil {
				t.Errorf("%s: the default of %s is out of its range", d.Name, p.name)
			}
		}
		for _, y := range c.yields {
			if _, ok := checks[y]; !ok {
				t.Errorf("%s yields to %s, which there is not", d.Name, y)
			}
		}
	}
	// What the shipped rules leave to firms and clients.
	for _, name := range checkNames() {
		if !used[name] && !slices.Contains([]string{"budget", "minimum"}, name) {
			t.Errorf("no shipped rule uses %s", name)
		}
	}
}
