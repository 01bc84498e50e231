package associate

import (
	"fmt"

	"github.com/tenths/tenths/billing"
)

// learnedReasons appends, in words, what lessons say for candidate i.
func (m *Model) learnedReasons(out []string, w *work, o *billing.Observation, number string, i int32) []string {
	s := w.cands[i].slot
	if s < 0 || m.slots[s].n == 0 {
		return out
	}
	if number == "" {
		number = "this matter"
	}
	for _, h := range w.found {
		if h.row.field == ofThread {
			if n := filedThere(h.row, s); n > h.row.n/2 {
				out = append(out, fmt.Sprintf("the same conversation or document was filed under %s %s", number, often(n, h.row.n)))
			}
		}
	}
	if r, name := m.tellingPerson(w, o, s); r != nil {
		out = append(out, fmt.Sprintf("with %s: filed under %s %s", name, number, often(filedThere(r, s), r.n)))
	}
	for _, h := range w.found {
		if h.row.field == ofSubject {
			if n := filedThere(h.row, s); n > h.row.n/2 {
				out = append(out, fmt.Sprintf("this subject was filed under %s %s", number, often(n, h.row.n)))
			}
		}
	}
	if n := m.alike(w, s); n > 0 && w.vectors[i][byNeighbours] > 1 {
		out = append(out, fmt.Sprintf("words as in %s of %s", counted(n, "observation"), number))
	}
	return out
}

// tellingPerson returns the participant who speaks the most for the slot.
func (m *Model) tellingPerson(w *work, o *billing.Observation, s int32) (best *row, name string) {
	for _, p := range o.With[:min(len(o.With), maxPeople)] {
		i, ok := m.byKey[hashText(ofPerson, p.Label())]
		if !ok {
			continue
		}
		r := &m.rows[i]
		n := filedThere(r, s)
		if n > 0 && n >= r.n/2 && (best == nil || n/r.n > filedThere(best, s)/best.n) {
			best, name = r, p.Label()
		}
	}
	return best, name
}

// leastAlike is the cosine from which a lesson's words are worth naming: under it
// two texts of any kind have as much in common.
const leastAlike = 0.1

// alike returns how many of the nearest lessons are of the slot, and alike.
func (m *Model) alike(w *work, s int32) (n int) {
	for _, b := range w.top {
		if b.sim >= leastAlike && m.near.get(b.doc).slot == s {
			n++
		}
	}
	return n
}

func filedThere(r *row, s int32) float32 {
	for i := range r.cells {
		if r.cells[i].slot == s {
			return r.cells[i].n
		}
	}
	return 0
}

func often(n, of float32) string {
	switch {
	case of == 1:
		return "once before"
	case n == of:
		return fmt.Sprintf("all %.0f times", of)
	}
	return fmt.Sprintf("%.0f of %.0f times", n, of)
}

func counted(n int, what string) string {
	if n == 1 {
		return "one " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
