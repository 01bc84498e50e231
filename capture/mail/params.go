package mail

import (
	"net/url"
	"sort"
	"strconv"
	"strings"
)

// mediaType is a Content-Type or Content-Disposition: its value in lower case,
// such as "text/plain" or "attachment", and its parameters by lower-case name.
type mediaType struct {
	value  string
	params map[string]string
}

// parseMediaType reads the value of a Content-Type or Content-Disposition
// field. It accepts what strict parsers refuse: doubled semicolons, unquoted
// spaces, comments, missing values.
func parseMediaType(s string) mediaType {
	pieces := splitOutsideQuotes(stripComments(s), ';')
	m := mediaType{params: map[string]string{}}
	value, _, _ := strings.Cut(strings.TrimSpace(pieces[0]), " ")
	m.value = strings.ToLower(value)
	for _, p := range pieces[1:] {
		name, value, ok := strings.Cut(p, "=")
		name = strings.ToLower(strings.TrimSpace(name))
		if _, dup := m.params[name]; !ok || name == "" || dup {
			continue
		}
		m.params[name] = unquote(strings.TrimSpace(value))
	}
	m.params = joinContinuations(m.params)
	return m
}

// param returns a parameter as text for people.
func (m mediaType) param(name string) string { return decodeText(m.params[name], "") }

// joinContinuations puts together what RFC 2231 takes apart: "filename*0*",
// "filename*1", … and "filename*=utf-8”…" become "filename". Such a value
// wins over a plain one of the same name, which is for older programs.
func joinContinuations(params map[string]string) map[string]string {
	plain := true
	for name := range params {
		plain = plain && !strings.Contains(name, "*")
	}
	if plain {
		return params
	}
	out := make(map[string]string, len(params))
	pieces := map[string][]piece{}
	for name, value := range params {
		base, rest, extended := strings.Cut(name, "*")
		if !extended {
			if _, done := out[base]; !done {
				out[base] = value
			}
			continue
		}
		p := piece{text: value}
		p.number, p.encoded = strings.TrimSuffix(rest, "*"), strings.HasSuffix(name, "*")
		pieces[base] = append(pieces[base], p)
	}
	for base, list := range pieces {
		out[base] = join(list)
	}
	return out
}

// piece is one section of a parameter in the manner of RFC 2231.
type piece struct {
	number  string // "" when the parameter is in one piece
	encoded bool   // percent-encoded
	text    string
}

func join(list []piece) string {
	sort.Slice(list, func(i, j int) bool {
		a, _ := strconv.Atoi(list[i].number)
		b, _ := strconv.Atoi(list[j].number)
		return a < b
	})
	charset, raw := "", []byte{}
	for i, p := range list {
		if !p.encoded {
			raw = append(raw, p.text...)
			continue
		}
		if i == 0 {
			if c, rest, ok := strings.Cut(p.text, "'"); ok {
				charset = c
				if _, text, ok := strings.Cut(rest, "'"); ok {
					rest = text
				}
				p.text = rest
			}
		}
		if text, err := url.PathUnescape(p.text); err == nil {
			p.text = text
		}
		raw = append(raw, p.text...)
	}
	return toUTF8(raw, charset)
}

// splitOutsideQuotes splits s at sep where it is not within double quotes.
func splitOutsideQuotes(s string, sep byte) []string {
	var out []string
	quoted, start := false, 0
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '\\' && quoted:
			i++
		case s[i] == '"':
			quoted = !quoted
		case s[i] == sep && !quoted:
			out = append(out, s[start:i])
			start = i + 1
		}
	}
	return append(out, s[start:])
}

// stripComments drops what stands in parentheses outside quotes (RFC 5322
// section 3.2.2). A comment that never ends is no comment.
func stripComments(s string) string {
	if !strings.Contains(s, "(") {
		return s
	}
	var out strings.Builder
	quoted, depth, open := false, 0, 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s):
			if depth == 0 {
				out.WriteString(s[i : i+2])
			}
			i++
			continue
		case c == '"' && depth == 0:
			quoted = !quoted
		case c == '(' && !quoted:
			if depth++; depth == 1 {
				open = i
			}
			continue
		case c == ')' && !quoted && depth > 0:
			depth--
			continue
		}
		if depth == 0 {
			out.WriteByte(s[i])
		}
	}
	if depth > 0 {
		out.WriteString(s[open:])
	}
	return out.String()
}

// unquote returns the content of a quoted string, or s itself when it is none.
func unquote(s string) string {
	if s == "" || s[0] != '"' {
		return s
	}
	var out strings.Builder
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '"':
			return out.String()
		case s[i] == '\\' && i+1 < len(s):
			i++
		}
		out.WriteByte(s[i])
	}
	return out.String()
}
