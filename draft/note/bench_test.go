package note_test

import (
	"strings"
	"testing"

	"github.com/tenths/tenths/draft/note"
)

// BenchmarkRead reads lines of one piece said over and over, at the longest and
// at half of that: what is linear takes half as long.
func BenchmarkRead(b *testing.B) {
	in := office(b)
	for _, piece := range []string{"w/ ", "0.1 call, ", "w/ Dana Reed ", "sections 4.1, 4.2, ", "of which 0.1 x, ", "Rivera ", "calls: Dana 0.2, ",
		"0.1 ", "call and ", "1 to 2 ", "half the rest ", "no, 0.4 ", "Rivera v. ", "from 1 to ", "a ", "x. ", "5 on x, ", "from 2 i until ", "at 2 x ", "no charge, ", "smith's clerk ",
		", .1 ", "reviewed ", "client called ", "(", "1.1, ", "1.1 and ", "incl 0.1 ", "Dr. X ", "yesterday ", "cancelled ", "11/17 ", "Monday x, ", "B. ", "1.0 (n/c .2) x, ", "Rivera, ", "same w/ x; ", "paralegal did 0.1, ", "x - 0.1 tc, "} {
		for name, size := range map[string]int{"half": note.Longest / 2, "longest": note.Longest} {
			line := strings.Repeat(piece, size/len(piece))
			b.Run(strings.TrimSpace(piece)+"/"+name, func(b *testing.B) {
				for b.Loop() {
					note.Read(line, in)
				}
			})
		}
	}
}
