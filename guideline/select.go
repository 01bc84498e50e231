package guideline

import "slices"

// Alone returns the guidelines of all with only those named in force, and those
// for every entry on the days they are for, whoever its client is. The others
// stay where they can be included. What they switch off of others is left out:
// the others do not hold.
func Alone(all []Guideline, ids ...string) ([]Guideline, error) {
	out := slices.Clone(all)
	for _, id := range ids {
		if !slices.ContainsFunc(all, func(g Guideline) bool { return g.ID == id }) {
			return nil, invalid("there is no guideline %s; tenths guideline list shows those there are", id)
		}
	}
	for i := range out {
		g := &out[i]
		g.Optional, g.Off = !slices.Contains(ids, g.ID), nil
		if !g.Optional {
			g.Clients, g.Matters = nil, nil
		}
	}
	return out, nil
}
