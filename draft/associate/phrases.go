package associate

import (
	"unicode"
	"unicode/utf8"
)

// phrases finds known runs of words in text, word by word through a trie.
type phrases struct {
	words map[string]int32 // word → its number, from 1
	next  map[step]int32   // where a word leads
	ends  [][]ending       // by node: the signs that end there
}

type step struct{ node, word int32 }

type ending struct {
	kind string
	sign int32
}

func (ps *phrases) init(size int) {
	ps.words = make(map[string]int32, 4*size)
	ps.next = make(map[step]int32, 6*size)
	ps.ends = make([][]ending, 1, 6*size+1)
}

// walk returns the node at which the words of text end, making it where it is
// not there; 0 for no words.
func (ps *phrases) walk(text string) (node int32) {
	var buf [64]byte
	for word := range wordsOf(text, buf[:0]) {
		w, ok := ps.words[string(word)]
		if !ok {
			w = int32(len(ps.words) + 1)
			ps.words[string(word)] = w
		}
		to, ok := ps.next[step{node, w}]
		if !ok {
			to = int32(len(ps.ends))
			ps.ends = append(ps.ends, nil)
			ps.next[step{node, w}] = to
		}
		node = to
	}
	return node
}

func (ps *phrases) sign(node int32, kind string) (int32, bool) {
	for _, e := range ps.ends[node] {
		if e.kind == kind {
			return e.sign, true
		}
	}
	return 0, false
}

// has reports whether one of the signs at node is of the matter added last.
func (ps *phrases) has(node, matter int32, signs []sign) bool {
	for _, e := range ps.ends[node] {
		if ms := signs[e.sign].matters; len(ms) > 0 && ms[len(ms)-1] == matter {
			return true
		}
	}
	return false
}

func (ps *phrases) attach(node int32, kind string, sign int32) {
	ps.ends[node] = append(ps.ends[node], ending{kind, sign})
}

// in calls found for every sign whose run of words occurs in text. The scratch
// is for its own use.
func (ps *phrases) in(text string, s *scan, found func(sign int32)) {
	s.at = s.at[:0]
	for word := range wordsOf(text, s.word[:0]) {
		w := ps.words[string(word)]
		if w == 0 {
			s.at = s.at[:0]
			continue
		}
		s.at = append(s.at, 0)
		kept := s.at[:0]
		for _, node := range s.at {
			to, ok := ps.next[step{node, w}]
			if !ok {
				continue
			}
			kept = append(kept, to)
			for _, e := range ps.ends[to] {
				found(e.sign)
			}
		}
		s.at = kept
	}
}

// scan is the memory of one search.
type scan struct {
	at   []int32 // nodes reached
	word [64]byte
}

// wordsOf yields the lower-case runs of letters and digits of text, as
// prose.Words splits it, in memory that the next one reuses.
func wordsOf(text string, buf []byte) func(yield func([]byte) bool) {
	return func(yield func([]byte) bool) {
		buf = buf[:0]
		for i := 0; i < len(text); {
			c := text[i]
			switch {
			case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
				buf = append(buf, c)
				i++
				continue
			case 'A' <= c && c <= 'Z':
				buf = append(buf, c+'a'-'A')
				i++
				continue
			}
			r, n := rune(c), 1
			if c >= utf8.RuneSelf {
				r, n = utf8.DecodeRuneInString(text[i:])
			}
			i += n
			if c >= utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
				buf = utf8.AppendRune(buf, unicode.ToLower(r))
				continue
			}
			if len(buf) > 0 {
				if !yield(buf) {
					return
				}
				buf = buf[:0]
			}
		}
		if len(buf) > 0 {
			yield(buf)
		}
	}
}
