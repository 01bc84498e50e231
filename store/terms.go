package store

import "encoding/binary"

// packTerms writes terms as the store keeps them: four bytes each, the lowest
// first.
func packTerms(terms []uint32) []byte {
	out := make([]byte, 0, 4*len(terms))
	for _, t := range terms {
		out = binary.LittleEndian.AppendUint32(out, t)
	}
	return out
}

// unpackTerms reads what packTerms wrote.
func unpackTerms(packed []byte) []uint32 {
	if len(packed) < 4 {
		return nil
	}
	out := make([]uint32, 0, len(packed)/4)
	for ; len(packed) >= 4; packed = packed[4:] {
		out = append(out, binary.LittleEndian.Uint32(packed))
	}
	return out
}
