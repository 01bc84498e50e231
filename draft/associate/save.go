package associate

import (
	"encoding/binary"
	"hash/crc32"
	"maps"
	"math"
	"slices"
)

// The form in which a model is kept: a mark with a version, the parts in the
// order below, and a checksum (CRC-32, IEEE). Numbers are varints where they are
// small as a rule.
const (
	mark    = "Tenths association\x00"
	version = 2
)

// MarshalBinary implements [encoding.BinaryMarshaler]. The answer holds no text
// but the ids of matters. It never fails.
func (m *Model) MarshalBinary() ([]byte, error) {
	out := writer(make([]byte, 0, 1<<16+12*m.cells+16*len(m.rows)))
	out = append(out, mark...)
	out = append(out, version)
	out.number(uint64(m.lessons))
	out.fixed(m.random)
	out.number(uint64(m.hand))
	m.trust.save(&out)
	m.past.save(&out)
	m.saveSlots(&out)
	m.saveRows(&out)
	m.near.save(&out, m.lessons)
	m.saveSigns(&out)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out)), nil
}

type writer []byte

func (w *writer) number(x uint64) { *w = binary.AppendUvarint(*w, x) }
func (w *writer) signed(x int64)  { *w = binary.AppendVarint(*w, x) }
func (w *writer) fixed(x uint32)  { *w = binary.BigEndian.AppendUint32(*w, x) }
func (w *writer) float(x float32) { w.fixed(math.Float32bits(x)) }
func (w *writer) long(x float64)  { *w = binary.BigEndian.AppendUint64(*w, math.Float64bits(x)) }
func (w *writer) short(x float32) {
	*w = binary.BigEndian.AppendUint16(*w, uint16(math.Float32bits(x)>>16))
}
func (w *writer) count(x float32)  { w.number(uint64(max(x, 0))) }
func (w *writer) text(s string)    { w.number(uint64(len(s))); *w = append(*w, s...) }
func (w *writer) truth(b bool)     { *w = append(*w, map[bool]byte{true: 1}[b]) }
func (w *writer) optional(x int32) { w.number(uint64(x + 1)) }

func (t *trust) save(w *writer) {
	w.number(features)
	for k := range t.w {
		w.float(t.w[k])
		for _, x := range t.h[k][:k+1] {
			w.long(x)
		}
	}
}

func (r *record) save(w *writer) {
	w.number(uint64(r.count))
	w.float(r.freshRate)
	w.number(uint64(len(r.outcomes)))
	for _, o := range r.outcomes {
		w.float(o.p)
		w.truth(o.right)
		w.fixed(o.draft)
	}
}

func (m *Model) saveSlots(w *writer) {
	w.number(uint64(len(m.slots)))
	for i := range m.slots {
		s := &m.slots[i]
		w.text(string(s.id))
		if s.id == "" {
			continue
		}
		w.count(s.n)
		w.number(uint64(s.born))
		w.number(uint64(s.last))
		w.signed(s.at)
		for _, h := range s.heat {
			w.float(h)
		}
		w.count(s.terms)
	}
}

func (m *Model) saveRows(w *writer) {
	w.number(uint64(len(m.rows)))
	for i := range m.rows {
		r := &m.rows[i]
		w.truth(r.dead)
		if r.dead {
			continue
		}
		w.fixed(r.key)
		w.number(uint64(r.field))
		w.count(r.n)
		w.number(uint64(m.lessons - r.last))
		w.optional(r.where)
		w.number(uint64(len(r.cells)))
		for _, c := range r.cells {
			w.number(uint64(c.slot))
			w.count(c.n)
			w.float(c.w)
			w.short(c.g)
		}
	}
	w.number(uint64(len(m.free)))
	for _, i := range m.free {
		w.number(uint64(i))
	}
}

func (n *nearby) save(w *writer, lessons uint32) {
	w.number(uint64(n.start))
	w.number(uint64(n.next))
	for i := n.start; i < n.next; i++ {
		d := n.get(i)
		w.optional(d.slot)
		if d.slot < 0 {
			continue
		}
		w.number(uint64(lessons - d.seq))
		w.float(d.norm)
		w.number(uint64(len(d.rows)))
		last := int32(0)
		for _, r := range d.rows {
			w.number(uint64(r - last))
			last = r
		}
	}
}

func (m *Model) saveSigns(w *writer) {
	w.number(uint64(len(m.signs)))
	for _, key := range slices.Sorted(maps.Keys(m.signs)) {
		t := m.signs[key]
		w.fixed(key)
		w.number(uint64(t.seen))
		w.number(uint64(t.right))
		w.optional(t.slot)
	}
}
