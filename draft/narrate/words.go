package narrate

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// word is a run of letters and digits in a text, lower-case, and where it is.
type word struct {
	lower      string
	start, end int
}

// few holds the words of an ordinary text, to be kept on the stack.
type few [20]word

// wordsIn returns the words of s. An apostrophe within a word is part of it.
func wordsIn(s string) []word { return appendWords(make([]word, 0, 12), s) }

// appendWords appends the words of s to out.
func appendWords(out []word, s string) []word {
	low := s
	if hasUpper(s) {
		low = strings.ToLower(s)
	}
	same := len(low) == len(s) // else some letter's cases differ in length
	for start, end := nextWord(s, 0); start < end; start, end = nextWord(s, end) {
		if same {
			out = append(out, word{low[start:end], start, end})
		} else {
			out = append(out, word{strings.ToLower(s[start:end]), start, end})
		}
	}
	return out
}

// nextWord returns where the first word of s at or after from begins and ends;
// both are the same where there is none.
func nextWord(s string, from int) (start, end int) {
	start = -1
	for i := from; i < len(s); {
		c := s[i]
		n := 1
		in := isLower(c|0x20) || isDigit(c)
		if c >= utf8.RuneSelf {
			var r rune
			r, n = utf8.DecodeRuneInString(s[i:])
			in = unicode.IsLetter(r) || unicode.IsDigit(r) || start >= 0 && (r == '’' && letterAt(s, i+n) || unicode.IsMark(r))
		} else if c == '\'' && start >= 0 {
			in = letterAt(s, i+1)
		}
		switch {
		case in && start < 0:
			start = i
		case !in && start >= 0:
			return start, i
		}
		i += n
	}
	if start < 0 {
		return len(s), len(s)
	}
	return start, len(s)
}

func letterAt(s string, i int) bool {
	if i >= len(s) {
		return false
	}
	if c := s[i]; c < utf8.RuneSelf {
		return isLower(c | 0x20)
	}
	r, _ := utf8.DecodeRuneInString(s[i:])
	return unicode.IsLetter(r)
}

// scratch holds a word in lower case for looking it up.
type scratch [64]byte

// lower returns w in lower case, in b where it fits.
func (b *scratch) lower(w string) []byte {
	if len(w) > len(b) {
		return []byte(strings.ToLower(w))
	}
	out := b[:0]
	for i := range len(w) {
		c := w[i]
		if c >= utf8.RuneSelf {
			return append(out[:0], strings.ToLower(w)...)
		}
		if isUpper(c) {
			c += 'a' - 'A'
		}
		out = append(out, c)
	}
	return out
}

// stem returns a word without its possessive ending.
func stem(w string) string {
	if s, ok := strings.CutSuffix(w, "'s"); ok {
		return s
	}
	return strings.TrimSuffix(w, "’s")
}

// runs finds known runs of words. Of what begins at one word, it finds the
// longest.
type runs map[string][]run

type run struct {
	words []string
	id    int
}

// add makes each of the runs, whose words are set off by spaces, known as id.
func (rs runs) add(id int, list ...string) {
	for _, text := range list {
		w := strings.Fields(text)
		rs[w[0]] = append(rs[w[0]], run{w, id})
	}
}

// at returns the longest known run that begins text: its id and length in words.
func (rs runs) at(text []word) (id, n int) {
	first := text[0].lower
	list := rs[first]
	if list == nil {
		if s := stem(first); len(s) < len(first) {
			list = rs[s]
		}
	}
	for _, r := range list {
		if len(r.words) > n && begins(text, r.words) {
			id, n = r.id, len(r.words)
		}
	}
	return id, n
}

// find returns the first place in text at which a known run begins, with the
// run's id and length; n is 0 when there is none.
func (rs runs) find(text []word) (at, n, id int) {
	for i := range text {
		if id, n := rs.at(text[i:]); n > 0 {
			return i, n, id
		}
	}
	return 0, 0, 0
}

// has reports whether any known run occurs in text.
func (rs runs) has(text []word) bool {
	_, n, _ := rs.find(text)
	return n > 0
}

func begins(text []word, run []string) bool {
	if len(text) < len(run) {
		return false
	}
	for i, w := range run {
		if text[i].lower != w && stem(text[i].lower) != w {
			return false
		}
	}
	return true
}

func newRuns(list ...string) runs {
	rs := runs{}
	for _, r := range list {
		rs.add(0, r)
	}
	return rs
}

// squeeze returns s as one line: white space in runs becomes one space, and what
// is not seen (control and direction marks, broken encodings) is left out.
func squeeze(s string) string {
	clean := true
	space := true // also at the start
	for i := 0; i < len(s) && clean; i++ {
		c := s[i]
		clean = c > ' ' && c < 0x7f || c == ' ' && !space
		space = c == ' '
	}
	if clean && !space || s == "" {
		return s
	}
	var b strings.Builder
	b.Grow(len(s))
	gap := false
	for i, r := range s {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD"):
			continue
		case unicode.IsSpace(r):
			gap = true
			continue
		case !unicode.IsGraphic(r):
			continue
		}
		if gap && b.Len() > 0 {
			b.WriteByte(' ')
		}
		gap = false
		b.WriteRune(r)
	}
	return b.String()
}

func cutPrefixFold(s, prefix string) (string, bool) {
	if len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix) {
		return s[len(prefix):], true
	}
	return s, false
}

func hasUpper(s string) bool {
	for i := range len(s) {
		if isUpper(s[i]) {
			return true
		}
		if s[i] >= utf8.RuneSelf {
			return strings.ContainsFunc(s[i:], unicode.IsUpper)
		}
	}
	return false
}

func hasLower(s string) bool {
	for i := range len(s) {
		if isLower(s[i]) {
			return true
		}
		if s[i] >= utf8.RuneSelf {
			return strings.ContainsFunc(s[i:], unicode.IsLower)
		}
	}
	return false
}

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }
func isLower(c byte) bool { return 'a' <= c && c <= 'z' }

func digitsIn(s string) int {
	n := 0
	for i := range len(s) {
		if isDigit(s[i]) {
			n++
		}
	}
	return n
}

func isDigit(c byte) bool { return '0' <= c && c <= '9' }

func allDigits(s string) bool { return s != "" && digitsIn(s) == len(s) }
