package associate

import (
	"cmp"
	"math"
	"slices"
)

// work is the memory of one ranking, used again for the next.
type work struct {
	scan    scan
	path    []byte
	fired   []firing
	support []supported
	chosen  []int32

	slotOf, matterOf []int32   // between the index and the model
	met              [2]uint64 // whose serials these are
	sight            sight
	found            []hit
	logLessons       float32 // logarithm of one more than the lessons learned
	norm             float32 // length of the observation's vector before it was made 1

	linear, bayes, votes, nearest []float32 // by slot
	logTotal                      float32   // of the linear scores

	doc     []float32 // similarity by lesson kept
	touched []int32
	top     []neighbour
	twin    int32 // slot of the most similar lesson, or -1
	sim     float32

	rest    []rough
	at      []int32 // by slot: position among the candidates, or -1
	cands   []candidate
	prior   []float32 // of this and the following, by candidate
	lift    []float32
	lifts   [][]float32 // of each term
	vectors []vector
	fresh   vector // of "none of these"
	scores  []float32
	order   []int32
}

// smoothing is how many lessons the prior of a table counts for.
const smoothing = 1

// vectorize computes what speaks for each candidate.
func (m *Model) vectorize(w *work) {
	n := len(w.cands)
	w.prior, w.lift = sized(w.prior, n), sized(w.lift, n)
	w.vectors = slices.Grow(w.vectors[:0], n)[:n]
	clear(w.vectors)
	for len(w.lifts) < n {
		w.lifts = append(w.lifts, nil)
	}
	active := m.active()
	for i, c := range w.cands {
		w.lifts[i] = w.lifts[i][:0]
		var filed float32
		if c.slot >= 0 {
			filed = m.slots[c.slot].n
		}
		w.prior[i] = (filed + 0.5) / (float32(m.lessons) + 0.5*(active+1))
	}
	m.tables(w)
	var votes float32
	for _, c := range w.cands {
		if c.slot >= 0 {
			votes += w.votes[c.slot]
		}
	}
	for i, c := range w.cands {
		v := &w.vectors[i]
		if c.odds > 0 {
			v[byRules] = ln(max(c.odds, leastOdds) / leastOdds)
		}
		v[byPrior] = ln(w.prior[i] * (active + 1))
		if c.slot >= 0 {
			m.ownFeatures(w, v, i, c.slot, votes, active)
		}
		m.spareTheYoung(v, c.slot)
	}
}

// active returns the number of matters that anything was filed under.
func (m *Model) active() (n float32) {
	for s := range m.slots {
		if m.slots[s].n > 0 {
			n++
		}
	}
	return n
}

// ownFeatures fills in what the models say of a slot.
func (m *Model) ownFeatures(w *work, v *vector, i int, s int32, votes, active float32) {
	const (
		least = 0.02 // of the votes
		few   = 2    // lessons, among which to be the nearest says half as much
	)
	sl := &m.slots[s]
	v[byLinear] = max(w.linear[s]-w.logTotal+ln(active), -4)
	v[byBayes] = w.bayes[s]
	if votes > 0 {
		v[byNeighbours] = ln((w.votes[s]+least*votes+0.01)/(votes+0.01)) - ln(least)
		v[byNeighbours] *= float32(m.lessons) / float32(m.lessons+few)
	}
	v[byNearest] = w.nearest[s]
	slices.SortFunc(w.lifts[i], func(a, b float32) int { return cmp.Compare(b, a) })
	v[byTop1], v[byTop5], v[byTop15] = mean(w.lifts[i], 1), mean(w.lifts[i], 5), mean(w.lifts[i], 15)
	for k := range heatLives {
		v[byHeat5+k] = ln(1 + 10*m.heat(sl, k))
	}
	if sl.n > 0 {
		gap := math.Abs(float64(w.sight.at-sl.at)) / 3600
		v[byMinutes], v[byDays] = float32(math.Exp(-gap)), float32(math.Exp(-gap/72))
	}
	if w.twin == s {
		v[byTwin] = w.sim
	}
}

// spareTheYoung lessens what speaks against a matter that is known for a short
// time only: before it was there, nothing could have been filed under it.
func (m *Model) spareTheYoung(v *vector, s int32) {
	const grown = 50 // lessons
	var mature float32
	if s >= 0 {
		age := float32(m.lessons - m.slots[s].born)
		mature = age / (age + grown)
	}
	for k := range v {
		if v[k] < 0 {
			v[k] *= mature
		}
	}
}

// tables fills in how much more likely each token makes each candidate than it
// is anyway.
func (m *Model) tables(w *work) {
	var counts [fields]float32
	for _, h := range w.found {
		f := h.row.field
		feature := lifted[f]
		if f != ofTerm && feature < 0 || f == ofTerm && h.row.common() || h.row.n <= 0 {
			continue
		}
		counts[f]++
		if f != ofTerm {
			miss := ln(smoothing / (h.row.n + smoothing))
			for i := range w.lift {
				w.lift[i] = miss
			}
		}
		for k := range h.row.cells {
			c := &h.row.cells[k]
			i := w.at[c.slot]
			if i < 0 || c.n <= 0 {
				continue
			}
			w.lift[i] = ln((c.n/w.prior[i] + smoothing) / (h.row.n + smoothing))
			if f == ofTerm {
				w.lifts[i] = append(w.lifts[i], w.lift[i])
			}
		}
		if f == ofTerm {
			continue
		}
		for i, lift := range w.lift {
			v := &w.vectors[i]
			v[feature] += lift
			if f == ofPerson {
				v[byAnyPerson] = max(v[byAnyPerson], lift)
			}
		}
		w.latest(h.row)
	}
	for f, n := range counts {
		if n <= 1 || lifted[f] < 0 {
			continue
		}
		for i := range w.vectors {
			w.vectors[i][lifted[f]] /= n
		}
	}
}

// latest notes the matter under which a sender or subject was filed last.
func (w *work) latest(r *row) {
	if r.where < 0 || w.at[r.where] < 0 {
		return
	}
	switch r.field {
	case ofFrom:
		w.vectors[w.at[r.where]][byLastFrom] = 1
	case ofShape:
		w.vectors[w.at[r.where]][byLastSubject] = 1
	}
}

// mean returns the mean of the k strongest, those that are missing being 0.
func mean(sorted []float32, k int) (sum float32) {
	for _, x := range sorted[:min(k, len(sorted))] {
		sum += x
	}
	return sum / float32(k)
}

// freshVector says what speaks for a matter that nothing was filed under yet.
func (m *Model) freshVector(w *work) {
	v := &w.fresh
	*v = vector{}
	warm := float32(m.lessons) / float32(m.lessons+10)
	var terms, known float32
	for _, t := range w.sight.tokens {
		if t.field == ofTerm {
			terms++
		}
	}
	v[newSender], v[newSubject] = warm, warm
	for _, h := range w.found {
		switch h.row.field {
		case ofTerm:
			known++
		case ofFrom:
			v[newSender] = 0
		case ofShape:
			v[newSubject] = 0
		}
	}
	v[newMatter] = warm
	v[newRate] = warm * ln(m.past.freshRate*20+0.05)
	v[newFar] = warm * (1 - w.sim)
	if terms > 0 {
		v[newWords] = warm * (1 - known/terms)
	}
	v[newLessons] = warm * ln(1+float32(m.lessons)/100)
}
