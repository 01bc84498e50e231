package language

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// tokenize splits s into tokens and looks each up.
func tokenize(s string) []Token {
	tokens := make([]Token, 0, len(s)/5+4)
	shouts := strings.IndexFunc(s, unicode.IsLower) < 0 // where all are capitals, none says anything
	for i := 0; i < len(s); {
		r, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case unicode.IsSpace(r):
			i += size // a line may end anywhere: what wraps a text says nothing
		case r == '[':
			end := placeholderEnd(s, i)
			if end < 0 {
				tokens = append(tokens, Token{From: i, To: i + 1, Kind: PunctToken, Word: punctWord})
				i++
				continue
			}
			tokens = append(tokens, placeholder(s, i, end))
			i = end
			if strings.HasPrefix(s[i:], "'s") || strings.HasPrefix(s[i:], "’s") {
				tokens[len(tokens)-1].Owner = true
				_, size := utf8.DecodeRuneInString(s[i:])
				i += size + 1
				tokens[len(tokens)-1].To = i
			}
		case unicode.IsDigit(r) || r == '$':
			end := i + size
			for end < len(s) && (isWordByte(s[end]) || (s[end] == '.' || s[end] == ',' || s[end] == '/') && end+1 < len(s) && isDigit(s[end+1])) {
				end++
			}
			tokens = append(tokens, number(s, i, end))
			i = end
		case unicode.IsLetter(r) || r == '§':
			if t, ok := address(s, i); ok {
				tokens = append(tokens, t)
				i = t.To
				continue
			}
			end := wordEnd(s, i, size)
			tokens = append(tokens, word(s, i, end))
			if n := len(tokens) - 1; tokens[n].Word == properWord && (shouts || startsSentence(s, tokens)) {
				tokens[n].Word = unknownWord
				if n := len("ly"); end-i > n+2 && strings.EqualFold(s[end-n:end], "ly") {
					tokens[len(tokens)-1].Word = adverbWord
				}
			}
			i = end
		default:
			tokens = append(tokens, Token{From: i, To: i + size, Kind: PunctToken, Word: punctWord})
			if r == '&' {
				tokens[len(tokens)-1].Word = ampersand
			}
			i += size
		}
	}
	return join(s, tokens)
}

// startsSentence reports whether the last token begins a sentence, where its
// capital says nothing.
func startsSentence(s string, tokens []Token) bool {
	n := len(tokens) - 1
	if n == 0 {
		return true
	}
	prev := &tokens[n-1]
	return prev.Kind == PunctToken && strings.IndexByte(".;", s[prev.From]) >= 0
}

var ampersand = lexicon["&"]

func isDigit(b byte) bool { return b >= '0' && b <= '9' }

func isWordByte(b byte) bool {
	return isDigit(b) || b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b == '%' || b == '-' || b == '\''
}

// placeholderEnd returns where the bracket that opens at i closes, -1 when it
// does not close within a reasonable distance.
func placeholderEnd(s string, i int) int {
	n := strings.IndexByte(s[i:], ']')
	if n < 0 || n > 60 || strings.IndexByte(s[i+1:i+n], '[') >= 0 {
		return -1
	}
	return i + n + 1
}

func placeholder(s string, from, to int) Token {
	t := Token{From: from, To: to, Kind: PlaceholderToken, Word: redactedWord, Stem: foldHash(s[from:to])}
	switch inner := s[from+1 : to-1]; {
	case strings.EqualFold(inner, "name") || strings.EqualFold(inner, "names") || strings.EqualFold(inner, "person"):
		t.Word = namedWord
	case strings.EqualFold(inner, "company") || strings.EqualFold(inner, "client") || strings.EqualFold(inner, "firm"):
		t.Word = companyWord
	case strings.EqualFold(inner, "expert") || strings.EqualFold(inner, "consultant"):
		t.Word = hiddenExpert
	case strings.EqualFold(inner, "plaintiff") || strings.EqualFold(inner, "plaintiffs"):
		t.Word = hiddenOpponent
	case strings.EqualFold(inner, "opposing counsel") || strings.EqualFold(inner, "law firm") || strings.EqualFold(inner, "mediator") ||
		strings.EqualFold(inner, "judge") || strings.EqualFold(inner, "attorney") || strings.EqualFold(inner, "counsel"):
		t.Word = hiddenOutside
	case strings.EqualFold(inner, "legal citation") || strings.EqualFold(inner, "citation"):
		t.Word = citationWord
	}
	return t
}

func number(s string, from, to int) Token {
	return Token{From: from, To: to, Kind: NumberToken, Word: numberWord, Stem: foldHash(s[from:to])}
}

// wordEnd returns the end of the word at i, whose first rune has size bytes.
// Apostrophes, hyphens and periods belong to it where letters follow, and "w/",
// "t/c" and "re:" are words.
func wordEnd(s string, i, size int) int {
	end := i + size
	for end < len(s) {
		r, n := utf8.DecodeRuneInString(s[end:])
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			end += n
			continue
		}
		next, _ := utf8.DecodeRuneInString(s[end+n:])
		letter := unicode.IsLetter(next) || unicode.IsDigit(next)
		switch r {
		case '\'', '’', '-', '‑', '_':
			if !letter {
				return end
			}
		case '.':
			if !letter || !initialism(s[i:end]) {
				if initialism(s[i:end]) || abbreviated(s[i:end]) {
					end += n
				}
				return end
			}
		case '/':
			if short := end-i <= 1; !short || !(letter || s[i] == 'w' || s[i] == 'W') {
				return end
			}
			if s[i] == 'w' || s[i] == 'W' {
				return end + 1
			}
		case '&':
			if !letter || end-i > 1 {
				return end
			}
		default:
			return end
		}
		end += n
	}
	return end
}

// initialism reports whether s is a single letter or letters with periods.
func initialism(s string) bool {
	if len(s) > 12 {
		return false
	}
	for i := 0; i < len(s); i++ {
		if i%2 == 1 != (s[i] == '.') {
			return false
		}
	}
	return s != ""
}

func abbreviated(s string) bool {
	switch strings.ToLower(s) {
	case "mr", "mrs", "ms", "dr", "hon", "no", "nos", "vs", "v", "esq", "inc", "corp", "co", "jr", "sr", "st", "art", "sec", "cal", "fed", "conf", "tel", "ltd", "dept", "ex", "exh", "approx":
		return true
	}
	return false
}

// word looks the word s[from:to] up: as it stands, without its possessive, and
// else by what its letters show.
func word(s string, from, to int) Token {
	t := Token{From: from, To: to}
	first, _ := utf8.DecodeRuneInString(s[from:])
	t.Cap = unicode.IsUpper(first)
	var buf [48]byte
	low, ok := lower(buf[:0], s[from:to])
	if !ok {
		t.Word, t.Stem = unknownWord, foldHash(s[from:to])
		return t
	}
	if t.Word = lexicon[string(low)]; t.Word == nil {
		bare := low
		switch n := len(low); {
		case n > 2 && low[n-2] == '\'' && low[n-1] == 's':
			bare, t.Owner = low[:n-2], true
		case n > 1 && low[n-1] == '.':
			bare = low[:n-1]
		}
		t.Word = lexicon[string(bare)]
		if t.Word == nil {
			t.Word, low = t.guess(bare), bare
		}
	}
	switch {
	case t.Word.base != 0:
		t.Stem = t.Word.base
	default:
		t.Stem = stem(low)
	}
	return t
}

// guess says what a word that the lexicon lacks may be.
func (t *Token) guess(low []byte) *Word {
	switch n := len(low); {
	case t.Cap:
		return properWord
	case n > 4 && low[n-2] == 'l' && low[n-1] == 'y':
		return adverbWord
	}
	return unknownWord
}

// lower appends s in lower case with a plain apostrophe and hyphen; false where
// it is too long to be in the lexicon.
func lower(buf []byte, s string) ([]byte, bool) {
	if len(s) > cap(buf) {
		return buf, false
	}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= 'A' && c <= 'Z':
			buf = append(buf, c+'a'-'A')
		case c == 0xE2 && strings.HasPrefix(s[i:], "’"):
			buf = append(buf, '\'')
			i += 2
		case c == 0xE2 && strings.HasPrefix(s[i:], "‑"):
			buf = append(buf, '-')
			i += 2
		default:
			buf = append(buf, c)
		}
	}
	return buf, true
}

// stem is the stem of an unknown word: without its plural.
func stem(low []byte) uint32 {
	if n := len(low); n > 3 && low[n-1] == 's' && low[n-2] != 's' {
		low = low[:n-1]
	}
	h := uint32(2166136261)
	for _, c := range low {
		h = (h ^ uint32(c)) * 16777619
	}
	return h
}

// foldHash is the hash of s in small letters, with one blank for any between its words.
func foldHash(s string) uint32 {
	h := uint32(2166136261)
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= 'A' && c <= 'Z' {
			c += 'a' - 'A'
		}
		if n := blank(s[i:]); n > 0 {
			for c = ' '; i+n < len(s) && blank(s[i+n:]) > 0; {
				n += blank(s[i+n:])
			}
			i += n - 1
		}
		h = (h ^ uint32(c)) * 16777619
	}
	return h
}

// blank returns how many bytes the blank at the start of s has; 0: it is none.
func blank(s string) int {
	switch {
	case s[0] <= ' ':
		return 1
	case s[0] == 0xC2 && len(s) > 1 && s[1] == 0xA0:
		return 2
	}
	return 0
}

// join puts phrases that act as one word into one token, longest first, in
// place, and marks a letter-only token before a colon as its preposition.
func join(s string, tokens []Token) []Token {
	out := tokens[:0]
	for i := 0; i < len(tokens); {
		if n, w := longest(s, tokens[i:]); n > 1 {
			t := tokens[i]
			t.To, t.Word, t.Stem = tokens[i+n-1].To, w, w.base
			t.Owner = tokens[i+n-1].Owner
			if t.Stem == 0 {
				t.Stem = foldHash(s[t.From:t.To])
			}
			out = append(out, t)
			i += n
			continue
		}
		t := tokens[i]
		if t.Func == Preposition && t.Rel == ToAbout && i+1 < len(tokens) && s[tokens[i+1].From] == ':' {
			i++
			t.To = tokens[i].To
		}
		out = append(out, t)
		i++
	}
	return out
}

// longest returns how many tokens the longest phrase takes that begins here.
func longest(s string, tokens []Token) (int, *Word) {
	if tokens[0].Kind != WordToken && tokens[0].Kind != NumberToken {
		return 0, nil
	}
	var buf [48]byte
	low, ok := lower(buf[:0], s[tokens[0].From:tokens[0].To])
	if !ok {
		return 0, nil
	}
	best, found := 0, (*Word)(nil)
	for _, c := range compounds[string(low)] {
		if len(c.rest) < best || len(c.rest) >= len(tokens) || len(c.rest)+1 <= best {
			continue
		}
		if matches(s, tokens[1:], c.rest) {
			best, found = len(c.rest)+1, c.word
		}
	}
	return best, found
}

func matches(s string, tokens []Token, words []string) bool {
	for i, w := range words {
		t := tokens[i]
		var buf [48]byte
		low, ok := lower(buf[:0], s[t.From:t.To])
		if n := len(low); ok && n > 2 && low[n-2] == '\'' && i == len(words)-1 && string(low) != w {
			low = low[:n-2] // "forensic accountant's"
		}
		if !ok || string(low) != w {
			return false
		}
	}
	return true
}
