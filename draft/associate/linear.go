package associate

import "math"

// The linear model is multinomial logistic regression over the weighted tokens,
// fitted by AdaGrad (Duchi and others, 2011), one step a lesson and a few more
// on lessons kept.
const (
	linearRate  = 5
	linearStart = 0.1 // of the sums of squared gradients
	rehearsals  = 3
	leastLog    = -3.5 // logarithm of the least error that is worth a step
)

// everywhere is how many matters a token goes with when it tells nothing of any
// of them: the linear model, naive Bayes and the strongest terms leave it out,
// which would spend most of their time on such tokens.
const everywhere = 300

func (r *row) common() bool { return len(r.cells) > everywhere }

func (w *work) linearScores() {
	for _, h := range w.found {
		if h.row.common() {
			continue
		}
		for i := range h.row.cells {
			c := &h.row.cells[i]
			w.linear[c.slot] += h.x * c.w
		}
	}
}

// softmax returns the logarithm of the sum of the exponentials of the scores of
// the slots that anything was filed under.
func (m *Model) softmax(scores []float32) float32 {
	top := float32(math.Inf(-1))
	for s := range m.slots {
		if m.slots[s].n > 0 {
			top = max(top, scores[s])
		}
	}
	var total float64
	for s := range m.slots {
		if m.slots[s].n > 0 && scores[s] > top-14 {
			total += math.Exp(float64(scores[s] - top))
		}
	}
	return top + float32(math.Log(total))
}

// fit moves the weights so that w.found speaks more for the slot; for a slot of
// -1, less for the slot not.
func (m *Model) fit(w *work, to, not int32) {
	logTotal := m.softmax(w.linear)
	for s := range m.slots {
		if m.slots[s].n == 0 || int32(s) != to && int32(s) != not && w.linear[s]-logTotal < leastLog {
			continue
		}
		d := float32(math.Exp(float64(w.linear[s] - logTotal)))
		switch {
		case to < 0 && int32(s) != not:
			continue
		case int32(s) == to:
			d--
		}
		for _, h := range w.found {
			if g := d * h.x; g != 0 && !h.row.common() {
				c := m.cell(h.row, int32(s))
				c.g = coarse(c.g + g*g)
				c.w -= linearRate * g / float32(math.Sqrt(float64(c.g)+linearStart))
			}
		}
	}
}

// rehearse fits one of the lessons kept again.
func (m *Model) rehearse(w *work) {
	size := uint32(m.near.next - m.near.start)
	if size < 2 {
		return
	}
	d := m.near.get(m.near.start + int32(m.draw(size)))
	if d.slot < 0 {
		return
	}
	w.found = w.found[:0]
	var sum float32
	for _, i := range d.rows {
		sum += w.hit(m, i)
	}
	norm := float32(math.Sqrt(float64(sum))) + 1e-6
	for i := range w.found {
		w.found[i].x /= norm
	}
	w.linear = sized(w.linear, len(m.slots))
	w.linearScores()
	m.fit(w, d.slot, -1)
}

// draw draws a number below n, the same every time.
func (m *Model) draw(n uint32) uint32 {
	m.random = m.random*1664525 + 1013904223
	return (m.random >> 8) % n
}

// coarse rounds to the 16 bits in which sums of gradients are kept.
func coarse(x float32) float32 {
	return math.Float32frombits((math.Float32bits(x) + 0x8000) &^ 0xffff)
}
