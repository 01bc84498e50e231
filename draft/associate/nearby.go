package associate

import (
	"math"
	"slices"
)

// nearby keeps the latest lessons themselves, to compare with.
type nearby struct {
	docs  []doc // a ring
	start int32 // number of the oldest
	next  int32 // number of the next one
}

type doc struct {
	slot int32 // -1: forgotten
	seq  uint32
	norm float32
	rows []int32
}

// neighbour is a lesson kept that resembles an observation.
type neighbour struct {
	doc       int32
	sim, vote float32
}

const (
	maxDocs    = 20_000
	neighbours = 20
	docLife    = 600    // lessons in which the vote of an old one halves
	maxReading = 12_000 // times that a lesson is looked at for one observation
	measured   = 32     // lessons kept whose length is measured again after a lesson
)

// oldest is an age, in lessons, at which a vote counts nothing any more.
const oldest = 20 * docLife

// voteLeft is what is left of a lesson's vote after so many others.
var voteLeft = fading(oldest+1, docLife)

func (n *nearby) get(i int32) *doc { return &n.docs[int(i)%maxDocs] }

// add keeps what w.sight shows as a lesson of a slot.
func (n *nearby) add(m *Model, w *work, to int32) {
	if n.next-n.start == maxDocs {
		n.drop(m)
	}
	d := doc{slot: to, seq: m.lessons, rows: make([]int32, 0, len(w.sight.tokens))}
	for _, t := range w.sight.tokens {
		i := m.byKey[t.key]
		d.rows = append(d.rows, i)
		m.rows[i].docs = append(m.rows[i].docs, n.next)
	}
	slices.Sort(d.rows)
	d.norm = m.length(d.rows)
	if int(n.next) < maxDocs {
		n.docs = append(n.docs, d)
	} else {
		n.docs[int(n.next)%maxDocs] = d
	}
	n.next++
}

// length is the length of the vector of a lesson, as tokens weigh now.
func (m *Model) length(rows []int32) float32 {
	var sum float32
	all := ln(float32(m.lessons) + 1)
	for _, i := range rows {
		r := &m.rows[i]
		x := fieldWeight[r.field] * (all - lnHalf(r.n))
		sum += x * x
	}
	return float32(math.Sqrt(float64(sum))) + 1e-6
}

// measure measures a few of the lessons kept again: a token weighs more the
// more lessons there are without it, so that what was kept early would grow
// ever more alike to everything.
func (n *nearby) measure(m *Model) {
	size := uint32(n.next - n.start)
	if size == 0 {
		return
	}
	from := m.draw(size)
	for k := range min(size, measured) {
		if d := n.get(n.start + int32((from+k)%size)); d.slot >= 0 {
			d.norm = m.length(d.rows)
		}
	}
}

// drop lets the oldest lesson go.
func (n *nearby) drop(m *Model) {
	d := n.get(n.start)
	for _, i := range d.rows {
		if r := &m.rows[i]; len(r.docs) > 0 && r.docs[0] == n.start {
			r.docs = r.docs[1:]
		}
	}
	*d = doc{slot: -1}
	n.start++
}

// forget lets go of the lessons of a slot.
func (n *nearby) forget(m *Model, s int32) {
	for i := n.start; i < n.next; i++ {
		d := n.get(i)
		if d.slot != s {
			continue
		}
		for _, k := range d.rows {
			r := &m.rows[k]
			kept := make([]int32, 0, len(r.docs))
			for _, x := range r.docs {
				if x != i {
					kept = append(kept, x)
				}
			}
			r.docs = kept
		}
		*d = doc{slot: -1}
	}
}

// vote lets the lessons that resemble the observation the most vote for their
// slots: the square of the cosine, less for old ones.
func (n *nearby) vote(m *Model, w *work) {
	w.top = w.top[:0]
	w.twin, w.sim = -1, 0
	size := int(n.next - n.start)
	if size == 0 {
		return
	}
	w.doc = sized(w.doc, size)
	w.touched = w.touched[:0]
	n.compare(w)
	for _, k := range w.touched {
		d := n.get(n.start + k)
		if d.slot < 0 {
			continue
		}
		sim := w.doc[k] / d.norm
		w.nearest[d.slot] = max(w.nearest[d.slot], sim)
		if most := sim * sim; len(w.top) < neighbours || most > w.top[neighbours-1].vote {
			w.insert(neighbour{n.start + k, sim, most * voteLeft[min(m.lessons-d.seq, oldest)]})
		}
		if sim > w.sim {
			w.sim, w.twin = sim, d.slot
		}
	}
	for _, b := range w.top {
		w.votes[n.get(b.doc).slot] += b.vote
	}
}

// compare adds up what lessons have in common with the observation. Where there
// are very many, it leaves out the tokens that are in the most of them.
func (n *nearby) compare(w *work) {
	all := 0
	for _, h := range w.found {
		all += len(h.row.docs)
	}
	most := math.MaxInt
	for all > maxReading {
		if most = min(most, all) / 2; most < 16 {
			break
		}
		all = 0
		for _, h := range w.found {
			if len(h.row.docs) <= most {
				all += len(h.row.docs)
			}
		}
	}
	for _, h := range w.found {
		if len(h.row.docs) > most {
			continue
		}
		x := h.x * fieldWeight[h.row.field] * h.idf
		for _, d := range h.row.docs {
			k := d - n.start
			if w.doc[k] == 0 {
				w.touched = append(w.touched, k)
			}
			w.doc[k] += x
		}
	}
}

// insert keeps the strongest, in order.
func (w *work) insert(b neighbour) {
	switch {
	case len(w.top) < neighbours:
		w.top = append(w.top, b)
	case w.top[neighbours-1].vote < b.vote:
		w.top[neighbours-1] = b
	default:
		return
	}
	for i := len(w.top) - 1; i > 0 && w.top[i].vote > w.top[i-1].vote; i-- {
		w.top[i], w.top[i-1] = w.top[i-1], w.top[i]
	}
}
