package mail

import (
	"bytes"
	"unicode"
)

// scan reads a server's line tolerantly: any control character is a blank, and
// there may be any number of blanks where one is due.
type scan struct {
	b  []byte
	at int
}

func blank(c byte) bool { return c <= ' ' || c == 0x7f }

func (s *scan) done() bool { return s.at >= len(s.b) }

// next returns the byte at hand, 0 at the end.
func (s *scan) next() byte {
	if s.done() {
		return 0
	}
	return s.b[s.at]
}

func (s *scan) blanks() {
	for !s.done() && blank(s.b[s.at]) {
		s.at++
	}
}

// word reads up to a blank or one of the bytes in stop, which may be nothing.
func (s *scan) word(stop string) []byte {
	start := s.at
	for !s.done() && !blank(s.b[s.at]) && bytes.IndexByte([]byte(stop), s.b[s.at]) < 0 {
		s.at++
	}
	return s.b[start:s.at]
}

// rest returns what is left without the blanks around it.
func (s *scan) rest() []byte {
	return bytes.TrimFunc(s.b[s.at:], func(r rune) bool { return r <= ' ' || r == 0x7f })
}

// quoted reads the quoted string at hand without its escapes; one that is never
// closed ends with the line.
func (s *scan) quoted() []byte {
	var out []byte
	for s.at++; !s.done(); s.at++ {
		switch c := s.b[s.at]; c {
		case '"':
			s.at++
			return out
		case '\r', '\n':
			return out
		case '\\':
			if s.at+1 < len(s.b) {
				s.at++
			}
			fallthrough
		default:
			out = append(out, s.b[s.at])
		}
	}
	return out
}

// literal reads the literal (RFC 9051 section 4.3) at hand, if there is one.
func (s *scan) literal() ([]byte, bool) {
	line, after, ok := bytes.Cut(s.b[s.at:], []byte("\n"))
	if !ok {
		return nil, false
	}
	n, ok := literalAfter(append(line[:len(line):len(line)], '\n'))
	if !ok || n > int64(len(after)) || bytes.IndexByte(line, '{') != 0 {
		return nil, false
	}
	s.at += len(line) + 1 + int(n)
	return after[:n], true
}

// validAtom reports whether the client library takes b for an atom.
func validAtom(b []byte) bool {
	for _, c := range b {
		if bytes.IndexByte([]byte(`(){ %*"\]`), c) >= 0 || unicode.IsControl(rune(c)) {
			return false
		}
	}
	return len(b) > 0
}

// appendQuoted appends text as a quoted string.
func appendQuoted(out, text []byte) []byte {
	out = append(out, '"')
	for _, c := range text {
		if c == '"' || c == '\\' {
			out = append(out, '\\')
		}
		out = append(out, c)
	}
	return append(out, '"')
}

// appendClean appends text with blanks for its control characters.
func appendClean(out, text []byte) []byte {
	for _, c := range text {
		if blank(c) {
			c = ' '
		}
		out = append(out, c)
	}
	return out
}
