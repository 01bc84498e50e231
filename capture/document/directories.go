package document

import "path/filepath"

// directories is a set of absolute paths that gives up a whole subtree at a
// cost that depends on the subtree alone: each has the set of those right
// below it.
type directories map[string]map[string]bool

func (d directories) has(name string) bool { _, ok := d[name]; return ok }

func (d directories) add(name string) {
	if !d.has(name) {
		d[name] = nil
	}
	parent := filepath.Dir(name)
	below, ok := d[parent]
	if !ok || parent == name {
		return
	}
	if below == nil {
		below = map[string]bool{}
		d[parent] = below
	}
	below[name] = true
}

// remove takes out name and all below it, and returns them.
func (d directories) remove(name string) []string {
	if !d.has(name) {
		return nil
	}
	out := []string{name}
	delete(d[filepath.Dir(name)], name)
	for below := range d[name] {
		out = append(out, d.remove(below)...)
	}
	delete(d, name)
	return out
}
