package ical

import "strings"

// parseLine splits a content line: name *(";" param) ":" value. It forgives
// spaces around the parts, an unclosed quote, and a colon in a value that ought
// to be quoted where the rest tells what was meant.
func parseLine(line string) (p Property, ok bool) {
	end := strings.IndexAny(line, ":;")
	if end <= 0 {
		return p, false
	}
	p.Name = strings.ToUpper(strings.TrimSpace(line[:end]))
	if !isName(p.Name) {
		return p, false
	}
	rest := line[end:]
	for strings.HasPrefix(rest, ";") {
		var param Param
		if param, rest, ok = parseParam(rest[1:], p.Name); !ok {
			return p, false
		}
		if param.Name != "" {
			p.Params = append(p.Params, param)
		}
	}
	if !strings.HasPrefix(rest, ":") {
		return p, false
	}
	p.Value = rest[1:]
	return p, true
}

// parseParam reads one parameter up to the ";" or ":" behind it. Of a list of
// values the first counts: no parameter that Tenths reads is a list.
func parseParam(s, property string) (p Param, rest string, ok bool) {
	eq := strings.IndexAny(s, "=:;")
	if eq < 0 {
		return p, "", false
	}
	if s[eq] != '=' {
		return p, s[eq:], true // a parameter without a value
	}
	p.Name = strings.ToUpper(strings.TrimSpace(s[:eq]))
	s = strings.TrimLeft(s[eq+1:], " ")
	if strings.HasPrefix(s, `"`) {
		if end := strings.IndexByte(s[1:], '"'); end >= 0 {
			p.Value, s = s[1:1+end], s[2+end:]
			next := strings.IndexAny(s, ":;")
			if next < 0 {
				return p, "", false
			}
			p.Value = uncaret(p.Value)
			return p, s[next:], true
		}
		s = s[1:] // the quote is never closed
	}
	end := strings.IndexAny(s, ":;")
	if end < 0 {
		return p, "", false
	}
	if dated(property) && s[end] == ':' {
		// DTSTART;TZID=(UTC-05:00) Eastern Time:20260105T090000
		if last := strings.LastIndexByte(s, ':'); last > end && startsDate(s[last+1:]) && !startsDate(s[end+1:]) {
			if semi := strings.IndexByte(s[end:last], ';'); semi >= 0 {
				last = end + semi
			}
			end = last
		}
	}
	p.Value = uncaret(strings.TrimSpace(s[:end]))
	return p, s[end:], true
}

func isName(s string) bool {
	for _, c := range s {
		if (c < 'A' || c > 'Z') && (c < '0' || c > '9') && c != '-' && c != '_' && c != '.' {
			return false
		}
	}
	return s != ""
}

func dated(property string) bool {
	switch property {
	case "DTSTART", "DTEND", "RECURRENCE-ID", "EXDATE", "RDATE":
		return true
	}
	return false
}

func startsDate(s string) bool {
	s = strings.TrimLeft(s, " ")
	if len(s) < 8 {
		return false
	}
	for _, c := range s[:4] {
		if c < '0' || c > '9' {
			return false
		}
	}
	return true
}

// uncaret undoes the parameter encoding of RFC 6868.
func uncaret(s string) string {
	if !strings.Contains(s, "^") {
		return s
	}
	return strings.NewReplacer("^n", "\n", "^^", "^", "^'", `"`).Replace(s)
}

// Unescape undoes the escapes of a TEXT value (RFC 5545 section 3.3.11).
func Unescape(s string) string {
	if !strings.Contains(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 == len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		switch s[i] {
		case 'n', 'N':
			b.WriteByte('\n')
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String()
}
