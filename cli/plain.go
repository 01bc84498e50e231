package cli

import (
	"bytes"
	"fmt"
	"io"
	"unicode"
	"unicode/utf8"
)

// filter is what every line of text and JSON passes on its way out. What others
// wrote (subjects, names, paths) must not move a terminal's cursor, name its
// window or turn its lines around.
type filter struct {
	w    io.Writer
	as   func(rune) string // what stands for a character that obeys
	rest []byte            // of a character whose end has not been written yet
}

// Write implements [io.Writer].
func (f *filter) Write(p []byte) (int, error) {
	in := append(f.rest, p...)
	out := make([]byte, 0, len(in))
	for len(in) > 0 && utf8.FullRune(in) {
		r, n := utf8.DecodeRune(in)
		switch {
		case obeys(r):
			out = append(out, f.as(r)...)
		default:
			out = utf8.AppendRune(out, r) // U+FFFD for what is no UTF-8: a byte may be a command to a terminal
		}
		in = in[n:]
	}
	f.rest = bytes.Clone(in)
	if len(out) == 0 {
		return len(p), nil
	}
	if _, err := f.w.Write(out); err != nil {
		return 0, err
	}
	return len(p), nil
}

// end writes what was held back of a character that never ended.
func (f *filter) end() {
	if len(f.rest) > 0 {
		f.rest = nil
		fmt.Fprint(f.w, string(utf8.RuneError))
	}
}

// obeys reports whether r commands a terminal or the direction of a line, rather
// than being seen. Line ends and tabs are our own.
func obeys(r rune) bool {
	if r == '\n' || r == '\t' {
		return false
	}
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
}

// dropped is how text leaves them out; a line separator ends a word.
func dropped(r rune) string {
	if r == '\u2028' || r == '\u2029' {
		return " "
	}
	return ""
}

// escaped is how JSON keeps them: the same data, and no command. They can only
// be within strings.
func escaped(r rune) string { return fmt.Sprintf(`\u%04x`, r) }
