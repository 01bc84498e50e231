package mail

import (
	"bytes"
	"strings"
)

// field is a header field as it came: its name in lower case, its value with
// folding undone (RFC 5322 section 2.2.3) and not yet decoded.
type field struct{ name, value string }

// header is the fields of a message or of one of its parts, in order.
type header []field

// get returns the first field of the name given in lower case, or "".
func (h header) get(name string) string {
	for _, f := range h {
		if f.name == name {
			return f.value
		}
	}
	return ""
}

// all returns the values of every field of the name given in lower case.
func (h header) all(name string) []string {
	var out []string
	for _, f := range h {
		if f.name == name {
			out = append(out, f.value)
		}
	}
	return out
}

// parseHeader reads a header block, up to its end or the first empty line. It
// takes what it can: a line that is neither a field nor a continuation is
// passed over, as is an mbox "From " line.
func parseHeader(block []byte) header {
	rest := string(bytes.TrimPrefix(block, []byte("\xef\xbb\xbf"))) // of which the values are parts
	h := make(header, 0, 16)
	var folded []string // the lines of the last field, if there are several
	unfold := func() {
		if len(folded) > 0 {
			h[len(h)-1].value = strings.Join(folded, " ")
			folded = folded[:0]
		}
	}
	for rest != "" {
		var line string
		line, rest, _ = strings.Cut(rest, "\n")
		if line = strings.TrimSuffix(line, "\r"); line == "" {
			break
		}
		if line[0] == ' ' || line[0] == '\t' {
			if n := len(h); n > 0 {
				if len(folded) == 0 {
					folded = append(folded, h[n-1].value)
				}
				folded = append(folded, strings.TrimSpace(line))
			}
			continue
		}
		if name, ok := fieldName(line); ok {
			unfold()
			h = append(h, field{lowerName(name), strings.TrimSpace(line[strings.IndexByte(line, ':')+1:])})
		}
	}
	unfold()
	return h
}

// usualNames are those of the fields that are asked for, in lower case.
var usualNames = strings.Fields(strings.ToLower(strings.Join(headerFields, " ")))

// lowerName returns the name of a field in lower case.
func lowerName(name string) string {
	for _, usual := range usualNames {
		if len(usual) == len(name) && strings.EqualFold(usual, name) {
			return usual
		}
	}
	return strings.ToLower(name)
}

// fieldName returns the name of the header field that line starts, and whether
// it starts one: printable ASCII without spaces before a colon. Spaces between
// the two are obsolete syntax that is still met (RFC 5322 section 4.5).
func fieldName(line string) (string, bool) {
	colon := strings.IndexByte(line, ':')
	if colon < 1 {
		return "", false
	}
	name := strings.TrimRight(line[:colon], " \t")
	for i := range len(name) {
		if c := name[i]; c <= ' ' || c > '~' {
			return "", false
		}
	}
	return name, name != ""
}

// cutLine returns the first line of b without its end (LF or CRLF), and the rest.
func cutLine(b []byte) (line, rest []byte) {
	line, rest, _ = bytes.Cut(b, []byte("\n"))
	return bytes.TrimSuffix(line, []byte("\r")), rest
}
