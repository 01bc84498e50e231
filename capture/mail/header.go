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
	var h header
	block = bytes.TrimPrefix(block, []byte("\xef\xbb\xbf"))
	for len(block) > 0 {
		var line []byte
		line, block = cutLine(block)
		if len(line) == 0 {
			break
		}
		h = h.add(line)
	}
	return h
}

// add appends the header line to h, as a field or as more of the last one.
func (h header) add(line []byte) header {
	if line[0] == ' ' || line[0] == '\t' {
		if n := len(h); n > 0 {
			h[n-1].value += " " + strings.TrimSpace(string(line))
		}
		return h
	}
	name, ok := fieldName(line)
	if !ok {
		return h
	}
	value := line[bytes.IndexByte(line, ':')+1:]
	return append(h, field{strings.ToLower(name), strings.TrimSpace(string(value))})
}

// fieldName returns the name of the header field that line starts, and whether
// it starts one: printable ASCII without spaces before a colon. Spaces between
// the two are obsolete syntax that is still met (RFC 5322 section 4.5).
func fieldName(line []byte) (string, bool) {
	colon := bytes.IndexByte(line, ':')
	if colon < 1 {
		return "", false
	}
	name := bytes.TrimRight(line[:colon], " \t")
	for _, c := range name {
		if c <= ' ' || c > '~' {
			return "", false
		}
	}
	return string(name), len(name) > 0
}

// cutLine returns the first line of b without its end (LF or CRLF), and the rest.
func cutLine(b []byte) (line, rest []byte) {
	line, rest, _ = bytes.Cut(b, []byte("\n"))
	return bytes.TrimSuffix(line, []byte("\r")), rest
}
