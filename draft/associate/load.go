package associate

import (
	"encoding/binary"
	"errors"
	"hash/crc32"
	"math"
	"strings"

	"github.com/tenths/tenths/billing"
)

// errDamaged is what reading a model says that is none, or not whole. It can be
// learned again from the decisions that are kept.
var errDamaged = errors.New("what was learned of matters cannot be read: it is damaged or of another version")

// UnmarshalBinary implements [encoding.BinaryUnmarshaler]. On an error m is as
// it was.
func (m *Model) UnmarshalBinary(data []byte) error {
	if len(data) < len(mark)+5 || !strings.HasPrefix(string(data[:len(mark)]), mark) || data[len(mark)] != version {
		return errDamaged
	}
	body, sum := data[:len(data)-4], binary.BigEndian.Uint32(data[len(data)-4:])
	if crc32.ChecksumIEEE(body) != sum {
		return errDamaged
	}
	return m.load(body[len(mark)+1:])
}

// load reads the parts. Whatever the bytes are, what it accepts can be used.
func (m *Model) load(parts []byte) error {
	r := &reader{rest: parts}
	in := NewModel()
	in.lessons = r.count32()
	in.random = r.fixed()
	in.hand = r.index(maxInt32)
	in.trust.load(r)
	in.past.load(r)
	in.loadSlots(r)
	in.loadRows(r)
	in.loadNear(r)
	in.loadSigns(r)
	if r.failed || len(r.rest) > 0 || int(in.hand) > len(in.rows) {
		return errDamaged
	}
	in.trust.without = m.trust.without
	*m = *in
	return nil
}

const maxInt32 = math.MaxInt32

type reader struct {
	rest   []byte
	failed bool
}

func (r *reader) fail() { r.rest, r.failed = nil, true }

func (r *reader) number() uint64 {
	x, n := binary.Uvarint(r.rest)
	if n <= 0 {
		r.fail()
		return 0
	}
	r.rest = r.rest[n:]
	return x
}

func (r *reader) signed() int64 {
	x, n := binary.Varint(r.rest)
	if n <= 0 {
		r.fail()
		return 0
	}
	r.rest = r.rest[n:]
	return x
}

// index reads a number below limit.
func (r *reader) index(limit int) int32 {
	x := r.number()
	if x >= uint64(limit) {
		r.fail()
		return 0
	}
	return int32(x)
}

// optional reads a number below limit, or -1.
func (r *reader) optional(limit int) int32 { return r.index(limit+1) - 1 }

func (r *reader) count32() uint32 { return uint32(r.index(maxInt32)) }

// count reads a whole number that a float32 holds.
func (r *reader) count() float32 { return float32(r.index(1 << 24)) }

// size reads how many things follow, each of at least a byte.
func (r *reader) size() int {
	x := r.number()
	if x > uint64(len(r.rest)) {
		r.fail()
		return 0
	}
	return int(x)
}

func (r *reader) bytes(n int) []byte {
	if n > len(r.rest) {
		r.fail()
		return make([]byte, n)
	}
	b := r.rest[:n]
	r.rest = r.rest[n:]
	return b
}

func (r *reader) fixed() uint32 { return binary.BigEndian.Uint32(r.bytes(4)) }
func (r *reader) truth() bool   { return r.bytes(1)[0] != 0 }

func (r *reader) float() float32 { return r.finite(math.Float32frombits(r.fixed())) }
func (r *reader) short() float32 {
	return r.finite(math.Float32frombits(uint32(binary.BigEndian.Uint16(r.bytes(2))) << 16))
}

// finite refuses what no sum of lessons comes to.
func (r *reader) finite(x float32) float32 {
	if !(x > -1e9 && x < 1e9) {
		r.fail()
		return 0
	}
	return x
}

func (r *reader) positive(x float32) float32 {
	if x < 0 {
		r.fail()
	}
	return x
}

func (t *trust) load(r *reader) {
	if r.number() != features {
		r.fail()
		return
	}
	for k := range t.w {
		t.w[k] = r.float()
		for j := range t.h[k][:k+1] {
			t.h[k][j] = math.Float64frombits(binary.BigEndian.Uint64(r.bytes(8)))
			if x := t.h[k][j]; !(x > -1e12 && x < 1e12) {
				r.fail()
			}
		}
	}
}

func (r *record) load(in *reader) {
	r.count = in.count32()
	r.freshRate = in.positive(in.float())
	n := in.size()
	if n > remembered || n < remembered && uint32(n) != r.count {
		in.fail()
		return
	}
	r.outcomes = make([]outcome, n)
	for i := range r.outcomes {
		r.outcomes[i] = outcome{in.float(), in.truth(), in.fixed()}
	}
}

func (m *Model) loadSlots(r *reader) {
	m.slots = make([]slot, r.size())
	for i := range m.slots {
		id := billing.MatterID(r.bytes(r.size()))
		if id == "" || r.failed {
			continue
		}
		s := slot{id: id, n: r.count(), born: r.count32(), last: r.count32(), at: r.signed()}
		for k := range s.heat {
			s.heat[k] = r.positive(r.float())
		}
		s.terms = r.count()
		if _, twice := m.byID[id]; twice || s.born > m.lessons || s.last > m.lessons {
			r.fail()
		}
		m.byID[id] = int32(i)
		m.slots[i] = s
	}
}

func (m *Model) loadRows(r *reader) {
	m.rows = make([]row, r.size())
	dead := 0
	for i := range m.rows {
		if r.failed {
			return
		}
		m.rows[i].where = -1
		if m.rows[i].dead = r.truth(); m.rows[i].dead {
			dead++
			continue
		}
		m.loadRow(r, int32(i))
	}
	m.free = make([]int32, r.size())
	seen := map[int32]bool{}
	for k := range m.free {
		i := r.index(len(m.rows))
		if r.failed || !m.rows[i].dead || seen[i] {
			r.fail()
			return
		}
		seen[i], m.free[k] = true, i
	}
	if dead != len(m.free) {
		r.fail()
	}
}

func (m *Model) loadRow(r *reader, i int32) {
	in := &m.rows[i]
	in.key = r.fixed()
	in.field = field(r.index(int(fields)))
	in.n = r.count()
	ago := r.count32()
	in.where = r.optional(len(m.slots))
	if _, twice := m.byKey[in.key]; twice || ago > m.lessons {
		r.fail()
		return
	}
	in.last = m.lessons - ago
	m.byKey[in.key] = i
	in.cells = make([]cell, r.size())
	m.cells += len(in.cells)
	for k := range in.cells {
		c := cell{slot: r.index(len(m.slots)), n: r.count(), w: r.float(), g: r.positive(r.short())}
		if c.n > in.n || len(m.slots) == 0 || m.slots[c.slot].id == "" {
			r.fail()
			return
		}
		in.cells[k] = c
	}
}

func (m *Model) loadNear(r *reader) {
	n := &m.near
	n.start, n.next = r.index(1<<30), r.index(1<<30)
	if n.start > n.next || int(n.next-n.start) > maxDocs || int(n.next-n.start) > len(r.rest) {
		r.fail()
		return
	}
	n.docs = make([]doc, min(int(n.next), maxDocs))
	for i := range n.docs {
		n.docs[i].slot = -1
	}
	for i := n.start; i < n.next && !r.failed; i++ {
		d := n.get(i)
		if d.slot = r.optional(len(m.slots)); d.slot < 0 {
			continue
		}
		ago := r.count32()
		if ago > m.lessons {
			r.fail()
			return
		}
		d.seq, d.norm = m.lessons-ago, r.positive(r.float())
		if d.norm == 0 {
			r.fail()
		}
		d.rows = make([]int32, r.size())
		last := int64(0)
		for k := range d.rows {
			last += int64(r.number() & maxInt32)
			if last >= int64(len(m.rows)) || m.rows[last].dead || k > 0 && last == int64(d.rows[k-1]) {
				r.fail()
				return
			}
			d.rows[k] = int32(last)
			m.rows[last].docs = append(m.rows[last].docs, i)
		}
	}
}

func (m *Model) loadSigns(r *reader) {
	for range r.size() {
		key := r.fixed()
		t := tally{seen: uint16(r.index(math.MaxUint16)), right: uint16(r.index(math.MaxUint16)), slot: r.optional(len(m.slots))}
		if t.right > t.seen {
			r.fail()
		}
		if r.failed {
			return
		}
		m.signs[key] = t
	}
}
