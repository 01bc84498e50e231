package associate

import "slices"

// Bounds on what a model holds. They keep it under 20 MB on disk, whatever it
// learns.
const (
	maxRows  = 220_000
	maxCells = 900_000
	maxSigns = 50_000
	sweep    = 256 // rows looked at after a lesson while there are too many
)

// prune lets go of tokens that were seen seldom and long ago, a few after each
// lesson, so that no lesson takes long.
func (m *Model) prune() {
	rows := float64(len(m.rows)-len(m.free)) / maxRows
	cells := float64(m.cells) / maxCells
	full := max(rows, cells)
	if full <= 0.9 {
		return
	}
	looked := sweep
	if full > 1 {
		looked *= 16
	}
	for range min(looked, len(m.rows)) {
		m.hand = (m.hand + 1) % int32(len(m.rows))
		r := &m.rows[m.hand]
		if r.dead {
			continue
		}
		age := m.lessons - r.last
		switch {
		case full > 1, // no token may stay for ever
			age > 500 && r.n <= 1,
			age > 5000 && r.n <= 3,
			age > 50_000:
			if full <= 1 || age > 200 {
				m.evict(m.hand)
			}
		case cells > 0.9:
			m.trim(r)
		}
		if float64(m.cells) < 0.9*maxCells && len(m.rows)-len(m.free) < maxRows*9/10 {
			return
		}
	}
}

// trim lets go of what a common token hardly tells.
func (m *Model) trim(r *row) {
	kept := r.cells[:0]
	for _, c := range r.cells {
		if c.n == 0 && c.w < 0.05 && c.w > -0.05 {
			m.cells--
			continue
		}
		kept = append(kept, c)
	}
	r.cells = kept
}

// evict lets go of row i, also in the lessons kept.
func (m *Model) evict(i int32) {
	r := &m.rows[i]
	for _, d := range r.docs {
		doc := m.near.get(d)
		if k := slices.Index(doc.rows, i); k >= 0 {
			doc.rows = slices.Delete(doc.rows, k, k+1)
		}
	}
	m.cells -= len(r.cells)
	delete(m.byKey, r.key)
	*r = row{dead: true, where: -1}
	m.free = append(m.free, i)
}
