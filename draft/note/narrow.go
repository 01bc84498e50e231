package note

import (
	"slices"
	"strings"
	"unicode"

	"github.com/tenths/tenths/billing"
)

// A line names a few matters of however many there are. Taking the names of all
// of them apart costs a hundred times what looking for the line's words in them
// does, so that is done first. What is left out here could not have been named.

// spokenWords are the words of a line, as [runs] parts them.
type spokenWords struct {
	words  map[string]bool
	maybe  [1 << 10]uint64 // of 65536 bits, one for each word by its hash
	shorts map[string]bool // capitals that may be somebody's initials, small
}

func wordsOf(text string) *spokenWords {
	s := &spokenWords{words: map[string]bool{}, shorts: map[string]bool{}}
	runs(text, func(w []byte, hash uint32) bool {
		s.words[string(w)] = true
		s.maybe[hash>>6&1023] |= 1 << (hash & 63)
		return true
	})
	for _, t := range tokens(text) {
		if t.kind == word && len(t.text) > 1 && len(t.text) < 4 && t.text == strings.ToUpper(t.text) {
			s.shorts[t.low] = true
		}
	}
	return s
}

// has reports whether the word is one of the line's.
func (s *spokenWords) has(w []byte, hash uint32) bool {
	return s.maybe[hash>>6&1023]&(1<<(hash&63)) != 0 && s.words[string(w)]
}

// runs calls fn with each run of letters and digits of text, small and without
// the marks of its letters, and with its hash, until fn returns false. w is good
// until fn returns.
func runs(text string, fn func(w []byte, hash uint32) bool) {
	for i := range len(text) {
		if text[i] >= 0x80 {
			text = fold(strings.ToLower(text))
			break
		}
	}
	var buf [64]byte
	n, hash := 0, uint32(2166136261)
	for i := 0; i <= len(text); i++ {
		var c byte
		if i < len(text) {
			c = text[i]
		}
		switch {
		case c >= 'A' && c <= 'Z':
			c += 'a' - 'A'
			fallthrough
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c >= 0x80:
			if n < len(buf) {
				buf[n] = c
				n++
			}
			hash = (hash ^ uint32(c)) * 16777619
			continue
		}
		if n > 0 && !fn(buf[:n], hash^hash>>15) {
			return
		}
		n, hash = 0, 2166136261
	}
}

// may reports whether the line may name m, or somebody of it.
func (s *spokenWords) may(m *billing.Matter) bool {
	if m.Internal || s.names(m.Number) || s.names(string(m.Name)) || s.names(folderName(string(m.Folder))) || s.person(string(m.Client)) {
		return true
	}
	for _, k := range m.Keywords {
		if s.names(string(k)) {
			return true
		}
	}
	for _, c := range m.Contacts {
		if s.person(string(c.Name)) {
			return true
		}
	}
	return false
}

// names reports whether the line has a word of text that tells, or all of its
// words.
func (s *spokenWords) names(text string) bool {
	hit, all, some := false, true, false
	runs(text, func(w []byte, hash uint32) bool {
		some = true
		if !s.has(w, hash) {
			all = false
			return true
		}
		hit = tells(w)
		return !hit
	})
	return hit || some && all || slices.ContainsFunc(joined(text), s.names)
}

// joined returns the words of text that are of several, "Smith-Jones" and "O-1",
// where there are others beside them.
func joined(text string) (out []string) {
	if !strings.ContainsAny(text, "-'’") {
		return nil
	}
	for _, f := range strings.Fields(text) {
		if strings.ContainsAny(f, "-'’") && len(f) > 1 && len(f) < len(text) {
			out = append(out, f)
		}
	}
	return out
}

// tells reports whether a word alone may stand for a name: not one of two
// thousand matters' numbers, nor one that names none of them.
func tells(w []byte) bool {
	digits := true
	for _, c := range w {
		digits = digits && c <= '9'
	}
	return len(w) > 1 && !digits && !common[string(w)]
}

// person is names for somebody's name, whose initials may be said too.
func (s *spokenWords) person(name string) bool {
	if s.names(name) {
		return true
	}
	return len(s.shorts) > 0 && slices.ContainsFunc(initialsOf(name), func(short string) bool { return s.shorts[short] })
}

// initialsOf returns what may be somebody's initials: those of the whole name, of
// parts of it, since it may have a title, and with the surname last.
func initialsOf(name string) (out []string) {
	var short [4]byte
	n, start := 0, true
	for _, r := range name {
		letter := r|0x20 >= 'a' && r|0x20 <= 'z' || r >= 0x80 && unicode.IsLetter(r)
		if letter && start && n < len(short) {
			if r >= 0x80 {
				r = rune(fold(strings.ToLower(string(r)))[0])
			}
			short[n] = byte(r | 0x20)
			n++
		}
		start = !letter && r != '\''
	}
	for i := range n {
		for j := i + 2; j <= n; j++ {
			out = append(out, string(short[i:j]))
		}
	}
	if n > 1 {
		out = append(out, string([]byte{short[n-1], short[0]}))
	}
	return out
}
