package associate

import (
	"math"
	"sync/atomic"

	"github.com/tenths/tenths/billing"
)

// Model is what was learned from filings: which tokens went with which matter,
// the latest lessons themselves, how often each sign was right, and how much
// each kind of evidence turned out to be worth. It holds hashes and counts,
// never text.
//
// Any number of goroutines may rank with one model at once as long as none
// learns, forgets or restores meanwhile. The same lessons in the same order
// make the same model, byte for byte, on one kind of machine.
type Model struct {
	serial  uint64 // of its slots: another after one was taken or let go
	lessons uint32 // so far
	slots   []slot
	byID    map[billing.MatterID]int32
	rows    []row
	byKey   map[uint32]int32 // token → row
	cells   int              // in all rows
	free    []int32          // rows let go
	hand    int32            // the row that pruning looked at last
	near    nearby
	trust   trust
	past    record
	signs   map[uint32]tally
	random  uint32
}

// slot is a matter as the model knows it.
type slot struct {
	id    billing.MatterID
	n     float32    // lessons
	born  uint32     // the lesson at which it became known
	last  uint32     // its latest lesson
	at    int64      // Unix seconds of its latest observation
	heat  [3]float32 // lessons, those long ago counting less
	terms float32    // in all its lessons
}

// row is what is known of one token.
type row struct {
	key   uint32
	field field
	n     float32 // lessons that showed it
	last  uint32  // the latest of them
	where int32   // the slot of that
	cells []cell
	docs  []int32 // lessons kept that show it
	dead  bool    // let go, to be used again
}

// cell is what is known of a token with a matter.
type cell struct {
	slot int32
	n    float32
	w, g float32 // weight in the linear model, and the sum of its squared gradients
}

// tally is how often a sign was seen, and right.
type tally struct {
	seen, right uint16
	slot        int32 // the matter it was last seen with
}

// heatLives are the half-lives, in lessons, of what tells how lately a matter
// was worked on.
var heatLives = [3]float64{5, 25, 150}

// heatLeft is what is left of a lesson's heat after so many others.
var heatLeft = func() (left [len(heatLives)][]float32) {
	for k, life := range heatLives {
		left[k] = fading(int(15*life)+1, life)
	}
	return left
}()

// fading returns what is left of 1 after 0 to n-1 lessons, of which life halve it.
func fading(n int, life float64) []float32 {
	left := make([]float32, n)
	for age := range left {
		left[age] = float32(math.Exp2(-float64(age) / life))
	}
	return left
}

// serials numbers indexes and models, so that what was found of one in another
// is known again without holding either.
var serials atomic.Uint64

// NewModel returns a model that has learned nothing.
func NewModel() *Model {
	return &Model{serial: serials.Add(1), byID: map[billing.MatterID]int32{}, byKey: map[uint32]int32{}, signs: map[uint32]tally{}, trust: trust{w: shipped}}
}

// Lessons returns how many filings were learned.
func (m *Model) Lessons() int { return int(m.lessons) }

func (m *Model) slot(id billing.MatterID) int32 {
	if s, ok := m.byID[id]; ok {
		return s
	}
	s := int32(len(m.slots))
	m.byID[id] = s
	m.serial = serials.Add(1)
	m.slots = append(m.slots, slot{id: id, born: m.lessons})
	return s
}

func (m *Model) row(t token) int32 {
	i, ok := m.byKey[t.key]
	if !ok {
		if n := len(m.free); n > 0 {
			i, m.free = m.free[n-1], m.free[:n-1]
		} else {
			i = int32(len(m.rows))
			m.rows = append(m.rows, row{})
		}
		m.byKey[t.key] = i
		m.rows[i] = row{key: t.key, field: t.field, where: -1}
	}
	return i
}

func (m *Model) cell(r *row, s int32) *cell {
	for i := range r.cells {
		if r.cells[i].slot == s {
			return &r.cells[i]
		}
	}
	m.cells++
	r.cells = append(r.cells, cell{slot: s})
	return &r.cells[len(r.cells)-1]
}

// heat returns the decayed count of a slot as of now.
func (m *Model) heat(s *slot, k int) float32 {
	if s.n == 0 || float64(m.lessons-s.last) > 15*heatLives[k] {
		return 0
	}
	return s.heat[k] * heatLeft[k][m.lessons-s.last]
}

// absorb takes what w.sight shows into the counts of a slot.
func (m *Model) absorb(s *sight, to int32) {
	m.lessons++
	sl := &m.slots[to]
	for k := range sl.heat {
		sl.heat[k] = m.heat(sl, k) + 1
	}
	sl.n++
	sl.last, sl.at = m.lessons, s.at
	for _, t := range s.tokens {
		r := &m.rows[m.row(t)]
		r.n++
		r.last, r.where = m.lessons, to
		m.cell(r, to).n++
		if t.field == ofTerm {
			sl.terms++
		}
	}
}

// Forget lets go of all that was learned of a matter. What was learned of the
// worth of evidence in general stays.
func (m *Model) Forget(id billing.MatterID) {
	s, ok := m.byID[id]
	if !ok {
		return
	}
	for i := range m.rows {
		r := &m.rows[i]
		kept := r.cells[:0]
		for _, c := range r.cells {
			if c.slot == s {
				r.n -= c.n
				m.cells--
				continue
			}
			kept = append(kept, c)
		}
		r.cells = kept
		if r.where == s {
			r.where = -1
		}
	}
	m.near.forget(m, s)
	for key, t := range m.signs {
		if t.slot == s {
			delete(m.signs, key)
		}
	}
	delete(m.byID, id)
	m.serial = serials.Add(1)
	m.slots[s] = slot{}
	m.prune()
}
