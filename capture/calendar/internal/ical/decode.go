// Package ical reads the lines, components and values of iCalendar text
// (RFC 5545) as they are met in the world rather than as they ought to be: what
// cannot be read is reported and left out, and never costs its neighbours. It
// must not know what an event means.
package ical

import (
	"bytes"
	"fmt"
	"strings"
	"unicode/utf8"
)

// maxDepth is how deeply components may nest; RFC 5545 needs three.
const maxDepth = 16

// Component is a BEGIN/END block.
type Component struct {
	Name       string // upper case; "" for the stream itself
	Line       int    // of its BEGIN, counted from 1
	Properties []Property
	Children   []*Component
	Closed     bool // its END was there
}

// Property is one content line (RFC 5545 section 3.1).
type Property struct {
	Name   string // upper case
	Params []Param
	Value  string // as written, unfolded
}

// Param is a parameter of a property, with quotes removed and the caret
// escapes of RFC 6868 undone.
type Param struct {
	Name  string // upper case
	Value string
}

// Problem is something that could not be read. Its text quotes nothing.
type Problem struct {
	Line int // counted from 1
	What string
}

// Param returns the first value of the named parameter, or "".
func (p *Property) Param(name string) string {
	for i := range p.Params {
		if p.Params[i].Name == name {
			return p.Params[i].Value
		}
	}
	return ""
}

// Get returns the first property called name, or nil.
func (c *Component) Get(name string) *Property {
	for i := range c.Properties {
		if c.Properties[i].Name == name {
			return &c.Properties[i]
		}
	}
	return nil
}

// Text returns the unescaped text of the first property called name, or "".
func (c *Component) Text(name string) string {
	if p := c.Get(name); p != nil {
		return Unescape(p.Value)
	}
	return ""
}

// Decode reads components from data, whatever its line ends, byte order mark
// or (Latin-1) encoding. Wanted says which properties to keep by upper-case
// name; nil keeps all. It never fails: what is not calendar text yields an
// empty stream.
func Decode(data []byte, wanted func(name string) bool) (stream *Component, problems []Problem) {
	stream = &Component{}
	stack := []*Component{stream}
	report := func(line int, what string) { problems = append(problems, Problem{line, what}) }
	eachLine(plain(data), func(number int, line string) {
		top := stack[len(stack)-1]
		p, ok := parseLine(line)
		switch {
		case !ok:
			report(number, "a line that is not calendar text was left out")
		case p.Name == "BEGIN" && len(stack) > maxDepth:
			report(number, "a part nested too deeply was left out")
		case p.Name == "BEGIN":
			child := &Component{Name: strings.ToUpper(strings.TrimSpace(p.Value)), Line: number}
			top.Children = append(top.Children, child)
			stack = append(stack, child)
		case p.Name == "END":
			name := strings.ToUpper(strings.TrimSpace(p.Value))
			i := len(stack) - 1
			for i > 0 && stack[i].Name != name {
				i--
			}
			if i == 0 {
				report(number, "an END without its BEGIN was left out")
				return
			}
			stack[i].Closed = true
			stack = stack[:i]
		case wanted == nil || wanted(p.Name):
			top.Properties = append(top.Properties, p)
		}
	})
	for _, open := range stack[1:] {
		report(open.Line, fmt.Sprintf("%s has no end", known(open.Name)))
	}
	return stream, problems
}

// known returns name when it is a component of RFC 5545, which may be shown.
func known(name string) string {
	switch name {
	case "VCALENDAR", "VEVENT", "VTIMEZONE", "VALARM", "VTODO", "VJOURNAL", "VFREEBUSY", "STANDARD", "DAYLIGHT":
		return name
	}
	return "a part"
}

// plain returns data as UTF-8 text. Text that is not UTF-8 is taken for
// Latin-1, in which every byte is a letter; UTF-16 is known by its mark.
func plain(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\xef\xbb\xbf")):
		data = data[3:]
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		return utf16Text(data)
	}
	if utf8.Valid(data) {
		return string(data)
	}
	return latin1(data)
}

// latin1 repairs line by line, so that one bad line does not spoil the others.
// A fold may cut a letter in two (RFC 5545 section 3.1), hence logical lines.
func latin1(data []byte) string {
	data = bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n"))
	data = bytes.ReplaceAll(bytes.ReplaceAll(data, []byte("\n "), nil), []byte("\n\t"), nil)
	var b strings.Builder
	b.Grow(len(data) + len(data)/8)
	for line := range bytes.Lines(data) {
		if utf8.Valid(line) {
			b.Write(line)
			continue
		}
		for _, c := range line {
			b.WriteRune(rune(c))
		}
	}
	return b.String()
}

func utf16Text(data []byte) string {
	little := data[0] == 0xff
	var b strings.Builder
	for i := 2; i+1 < len(data); i += 2 {
		hi, lo := data[i], data[i+1]
		if little {
			hi, lo = lo, hi
		}
		b.WriteRune(rune(hi)<<8 | rune(lo)) // surrogates become U+FFFD
	}
	return b.String()
}

// eachLine calls do with every unfolded, non-empty line and its number. Lines
// end in CRLF, LF or a lone CR.
func eachLine(text string, do func(number int, line string)) {
	var folded strings.Builder
	line, first, number := "", 0, 0
	flush := func() {
		if folded.Len() > 0 {
			line = folded.String()
			folded.Reset()
		}
		if strings.TrimSpace(line) != "" {
			do(first, line)
		}
		line = ""
	}
	for text != "" {
		number++
		var raw string
		if i := strings.IndexAny(text, "\r\n"); i < 0 {
			raw, text = text, ""
		} else {
			raw, text = text[:i], strings.TrimPrefix(text[i:], "\r")
			text = strings.TrimPrefix(text, "\n")
		}
		if raw == "" {
			continue // even within a folded line, as where a line ends in CR CR LF
		}
		if (raw[0] == ' ' || raw[0] == '\t') && first > 0 {
			if folded.Len() == 0 {
				folded.WriteString(line)
			}
			folded.WriteString(raw[1:])
			continue
		}
		flush()
		line, first = raw, number
	}
	flush()
}
