package mail

import (
	"bytes"
	"errors"
	"io"
	"testing"
)

// FuzzSplit cuts anything into messages, which must cover all that is not
// separators, and finds the same ones from any message's end onwards.
func FuzzSplit(f *testing.F) {
	f.Add([]byte("From a Thu Nov 19 09:00:00 2026\nSubject: x\n\nbody\n>From b\n\nFrom c Thu Nov 19 09:00:00 2026\n\n\n"))
	f.Add([]byte("prose\n\nFrom here\nand: there\n"))
	f.Add([]byte("\n\nFrom \n"))
	f.Add([]byte("From x\r\nA: b\r\n\r\nFrom y\r\nC: d"))
	f.Fuzz(func(t *testing.T, b []byte) {
		bodies, ends := split(t, b, 0)
		for i, end := range ends {
			rest, _ := split(t, b, end)
			if end < int64(len(b)) && len(rest) != len(bodies)-i-1 {
				t.Fatalf("%d messages after number %d of %d", len(rest), i+1, len(bodies))
			}
		}
	})
}

func split(t *testing.T, b []byte, from int64) (bodies []string, ends []int64) {
	s := newSplitter(bytes.NewReader(b[from:]), from)
	for {
		m, err := s.next()
		if errors.Is(err, io.EOF) {
			return bodies, ends
		}
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(m)
		if err != nil {
			t.Fatal(err)
		}
		s.accept()
		if s.taken < from || s.taken > int64(len(b)) || len(ends) > 0 && s.taken <= ends[len(ends)-1] && !m.last {
			t.Fatalf("message %d ends at %d of %d, after %v", len(ends), s.taken, len(b), ends)
		}
		bodies, ends = append(bodies, string(body)), append(ends, s.taken)
	}
}
