package note

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

type tokenKind int

const (
	word   tokenKind = iota
	number           // digits, with or without a point, or a fraction sign
	mark             // one rune of punctuation
	line             // the end of a line
)

// token is a piece of the source.
type token struct {
	kind       tokenKind
	text       string // as written, but for curly quotes and dashes
	low        string // small, without a trailing point
	start, end int    // bytes of the source
	glued      bool   // nothing stands between it and the one before
	value      ratio  // of a number
	point      bool   // the number has a decimal point
}

// is reports whether t is one of the words or marks.
func (t token) is(any ...string) bool {
	for _, s := range any {
		if t.low == s && t.kind != line {
			return true
		}
	}
	return false
}

func (t token) capital() bool {
	r, _ := utf8.DecodeRuneInString(t.text)
	return t.kind == word && unicode.IsUpper(r)
}

var signs = map[rune]ratio{'½': {1, 2}, '¼': {1, 4}, '¾': {3, 4}, '⅓': {1, 3}, '⅔': {2, 3}, '⅛': {1, 8}, '⅒': {1, 10}, '⅕': {1, 5}}

// shortened are words that keep the point that follows them.
var shortened = set(`hosp rec cmwlth comm com peo ext stmt stmts instr instrs appt assn certs corresp dtd prelim rpt rpts sched settl cl cls sch scheds pars paras exs exhs regs app subd sec v vs no nos dr mr mrs ms hon det sgt lt capt ofc prof jr sr inc corp co ltd esq rev sec art ex exh approx dept tel conf corr mtn
	depo dep disc resp supp opp prof incl para pp vol ch etc stip mot compl ltr atty def pl jan feb mar apr aug sept oct nov dec`)

// slashed are the shorthands written with a slash.
var slashed = set(`t/c p/c w/o w/ f/u o/c l/m v/m`)

// tokens takes text apart. Every byte that is not space is in exactly one token.
func tokens(text string) []token {
	s := scanner{src: text}
	for s.at < len(text) {
		r, n := utf8.DecodeRuneInString(text[s.at:])
		switch {
		case r == '\n':
			s.emit(token{kind: line, text: "\n", low: "\n"}, n)
		case unicode.IsSpace(r):
			s.at += n
		case digit(r), r == '.' && s.pointStarts(), signs[r] != ratio{}:
			s.number()
		case unicode.IsLetter(r):
			s.word()
		default:
			s.emit(token{kind: mark, text: plainMark(r), low: plainMark(r)}, n)
		}
	}
	return s.out
}

type scanner struct {
	src string
	at  int
	out []token
}

func digit(r rune) bool { return r >= '0' && r <= '9' }

func (s *scanner) emit(t token, n int) {
	t.start, t.end = s.at, s.at+n
	t.glued = len(s.out) > 0 && s.out[len(s.out)-1].end == s.at && s.out[len(s.out)-1].kind != line
	s.at += n
	s.out = append(s.out, t)
}

// peek returns the rune at i, 0 past the end.
func (s *scanner) peek(i int) rune {
	if i < 0 || i >= len(s.src) {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(s.src[i:])
	return r
}

// pointStarts reports whether the point here begins a number such as ".3".
func (s *scanner) pointStarts() bool {
	if !digit(s.peek(s.at + 1)) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(s.src[:s.at])
	return s.at == 0 || !unicode.IsLetter(before) && !digit(before)
}

func (s *scanner) number() {
	i, t := s.at, token{kind: number}
	n, frac := int64(0), ratio{}
	for digit(s.peek(i)) || s.peek(i) == ',' && s.thousands(i) {
		if s.src[i] != ',' {
			n = min(n*10+int64(s.src[i]-'0'), 1e12)
		}
		i++
	}
	if s.peek(i) == '.' && digit(s.peek(i+1)) {
		t.point = true
		scale := int64(1)
		for i++; digit(s.peek(i)); i++ {
			if scale < 1e6 {
				scale *= 10
				frac.num = frac.num*10 + int64(s.src[i]-'0')
			}
		}
		frac.den = scale
	} else if k := s.commaDigits(i); k > 0 { // 1,5 hours
		for frac.den = 1; k > 0; k-- {
			i++
			frac = ratio{frac.num*10 + int64(s.src[i]-'0'), frac.den * 10}
		}
		i++
	} else if sign := signs[s.peek(i)]; sign != (ratio{}) {
		frac = sign
		i += utf8.RuneLen(s.peek(i))
		t.point = true
	}
	t.value = whole(n).plus(frac)
	t.text, t.low = s.src[s.at:i], s.src[s.at:i]
	s.emit(t, i-s.at)
}

// commaDigits returns how many decimals follow the comma at i: one, or two below
// one.
func (s *scanner) commaDigits(i int) int {
	switch {
	case s.peek(i) != ',' || i == s.at || !digit(s.peek(i+1)):
		return 0
	case !digit(s.peek(i + 2)):
		return 1
	case s.src[s.at:i] == "0" && !digit(s.peek(i+3)):
		return 2
	}
	return 0
}

// thousands reports whether the comma at i groups digits.
func (s *scanner) thousands(i int) bool {
	return i > s.at && digit(s.peek(i+1)) && digit(s.peek(i+2)) && digit(s.peek(i+3)) && !digit(s.peek(i+4))
}

func (s *scanner) word() {
	i := s.at
	for {
		r, n := utf8.DecodeRuneInString(s.src[i:])
		next := s.peek(i + n)
		switch {
		case i < len(s.src) && (unicode.IsLetter(r) || unicode.IsMark(r)):
		case i < len(s.src) && (r == '\'' || r == '’') && unicode.IsLetter(next):
		case r == '.' && i < len(s.src) && unicode.IsLetter(next) && s.initials(i): // a.m, U.S
		default:
			s.wordUpTo(i)
			return
		}
		i += n
	}
}

// initials reports whether the point at i stands between single letters.
func (s *scanner) initials(i int) bool {
	before, n := utf8.DecodeLastRuneInString(s.src[s.at:i])
	if i-n > s.at {
		if r, _ := utf8.DecodeLastRuneInString(s.src[s.at : i-n]); r != '.' {
			return false
		}
	}
	after := s.peek(i + 1 + utf8.RuneLen(s.peek(i+1)))
	return unicode.IsLetter(before) && !unicode.IsLetter(after)
}

func (s *scanner) wordUpTo(i int) {
	low := func(to int) string { return strings.ToLower(s.src[s.at:to]) }
	if s.peek(i) == '/' { // w/, t/c
		j := i + 1
		for unicode.IsLetter(s.peek(j)) {
			j += utf8.RuneLen(s.peek(j))
		}
		if slashed[low(j)] {
			i = j
		} else if slashed[low(i+1)] {
			i++
		}
	}
	t := token{kind: word, text: strings.ReplaceAll(s.src[s.at:i], "’", "'")}
	t.low = strings.ReplaceAll(strings.ToLower(t.text), ".", "")
	if t.low == "w" && t.text == "w" && s.peek(i) != '.' {
		t.low = "w/"
	}
	if t.low == "vs" {
		t.low = "v"
	}
	initial := len(t.text) == 1 && t.text != t.low && s.peek(i+1) == ' ' && unicode.IsUpper(s.peek(i+2))
	if s.peek(i) == '.' && (initial || shortened[t.low] || strings.Contains(t.text, ".")) {
		i++
		t.text += "."
	}
	s.emit(t, i-s.at)
}

func plainMark(r rune) string {
	switch r {
	case '–', '—', '−', '‐', '‑':
		return "-"
	case '“', '”', '"', '„', '«', '»':
		return `"`
	case '‘', '’', '\'', '`':
		return "'"
	case '•', '·', '*':
		return "*"
	case '≈':
		return "~"
	}
	return string(r)
}

// set returns the words of text as a set.
func set(text string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(text) {
		m[w] = true
	}
	return m
}
