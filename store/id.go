package store

import (
	"crypto/rand"
	"sync"
	"time"
)

// idAlphabet is Crockford's base 32: no I, L, O or U, ascending in ASCII.
const idAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

// idMaker makes identifiers of 26 characters that sort by the time at which
// they were made: 48 bits of unix milliseconds, 80 random bits (the ULID
// layout). Within one process they ascend strictly, even when the clock stands
// still or goes back.
type idMaker struct {
	mu   sync.Mutex
	ms   uint64
	tail [10]byte
}

func (m *idMaker) next(at time.Time) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	if ms := uint64(max(at.UnixMilli(), 0)); ms > m.ms {
		m.ms = ms
		m.refill()
	} else if !m.increment() {
		m.ms++
		m.refill()
	}
	var raw [16]byte
	for i := range 6 {
		raw[i] = byte(m.ms >> (8 * (5 - i)))
	}
	copy(raw[6:], m.tail[:])
	return encodeID(raw)
}

func (m *idMaker) refill() {
	rand.Read(m.tail[:]) // never fails (crypto/rand)
	m.tail[0] &= 0x7f    // room to increment
}

// increment adds one to the random part; it reports false when that is full.
func (m *idMaker) increment() bool {
	for i := len(m.tail) - 1; i >= 0; i-- {
		m.tail[i]++
		if m.tail[i] != 0 {
			return true
		}
	}
	return false
}

// encodeID writes 128 bits as 26 digits of five bits, the first of three.
func encodeID(raw [16]byte) string {
	var out [26]byte
	var acc uint64
	bits, next := 2, 0 // two zero bits in front make 130
	for _, b := range raw {
		acc = acc<<8 | uint64(b)
		bits += 8
		for bits >= 5 {
			bits -= 5
			out[next] = idAlphabet[acc>>bits&31]
			next++
		}
	}
	return string(out[:])
}
