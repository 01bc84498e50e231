package table

import (
	"fmt"
	"strings"
)

// dialect is how the cells of a row are told apart.
type dialect struct {
	sep    byte
	quotes bool   // cells may stand in double quotes (RFC 4180)
	end    string // what ends each row besides the line, "[]" in LEDES
}

// named is the separator in words.
func (d dialect) named() string {
	switch d.sep {
	case ';':
		return "a semicolon"
	case '\t':
		return "a tab"
	case '|':
		return "a |"
	}
	return "a comma"
}

func (d dialect) scan(text string) *scanner { return &scanner{dialect: d, text: text, line: 1} }

// scanner takes rows apart. After next the cells, the line and what is wrong
// are those of the row; cells is reused.
type scanner struct {
	dialect
	text  string
	pos   int
	line  int // of pos
	start int // of the row
	first int // line of start
	cells []string
	wrong string
}

// raw is the text of the row.
func (s *scanner) raw() string { return s.text[s.start:s.pos] }

// next goes to the next row. Whatever stands in a row, the next one begins after
// an end of line.
func (s *scanner) next() bool {
	if s.pos >= len(s.text) {
		return false
	}
	s.start, s.first, s.cells, s.wrong = s.pos, s.line, s.cells[:0], ""
	for {
		cell, ok := s.cell()
		if !ok {
			s.wrong = fmt.Sprintf("the double quote in field %d is not closed; close it, or write two for one that belongs to the text", len(s.cells)+1)
			s.cells = append(s.cells, strings.TrimSpace(s.text[s.pos:s.endOfLine(s.pos)]))
			s.pos = s.endOfLine(s.pos)
			s.newLine()
			return true
		}
		s.cells = append(s.cells, cell)
		if s.pos < len(s.text) && s.text[s.pos] == s.sep {
			s.pos++
			continue
		}
		s.newLine()
		if s.end != "" {
			last := len(s.cells) - 1
			s.cells[last] = strings.TrimSpace(strings.TrimSuffix(s.cells[last], s.end))
		}
		return true
	}
}

// newLine passes the end of a line.
func (s *scanner) newLine() {
	switch {
	case s.pos >= len(s.text):
		return
	case strings.HasPrefix(s.text[s.pos:], "\r\n"):
		s.pos++
	}
	s.pos++
	s.line++
}

// endOfLine returns where the line of text[at] ends, at its CR or LF.
func (s *scanner) endOfLine(at int) int {
	if n := strings.IndexAny(s.text[at:], "\r\n"); n >= 0 {
		return at + n
	}
	return len(s.text)
}

// cell reads the cell at pos and goes to the separator or line end behind it.
func (s *scanner) cell() (string, bool) {
	if at := s.blanks(s.pos); s.quotes && at < len(s.text) && s.text[at] == '"' {
		if text, after, ok := s.quoted(at); ok {
			s.line += breaks(s.text[s.pos:after])
			s.pos = after
			return text, true
		}
		if !even(s.text[s.pos:s.endOfCell(s.pos)]) {
			return "", false
		}
	}
	from := s.pos
	s.pos = s.endOfCell(from)
	return strings.TrimSpace(s.text[from:s.pos]), true
}

// endOfCell returns where a cell without quotes ends.
func (s *scanner) endOfCell(at int) int {
	for !s.ends(at) {
		at++
	}
	return at
}

// blanks returns the first place from at on that is no blank.
func (s *scanner) blanks(at int) int {
	for at < len(s.text) && (s.text[at] == ' ' || s.text[at] == '\t' && s.sep != '\t') {
		at++
	}
	return at
}

// quoted reads the cell whose opening quote stands at open. A quote closes it
// where only blanks stand between it and the separator or the line's end. Within
// a line a quote that closes nothing is text, as careless writers leave it; a
// cell over several lines must be written as it should be, or one forgotten
// quote would swallow the rows below.
func (s *scanner) quoted(open int) (text string, after int, ok bool) {
	doubled, loose, lines := false, false, false
	for i := open + 1; i < len(s.text); i++ {
		switch s.text[i] {
		case '\n', '\r':
			if loose {
				return "", 0, false
			}
			lines = true
		case '"':
			after = s.blanks(i + 1)
			double := i+1 < len(s.text) && s.text[i+1] == '"'
			switch {
			case double && loose && s.ends(s.blanks(i+2)): // "say "hi"", x
				return s.text[open+1 : i+1], s.blanks(i + 2), true
			case double:
				doubled = true
				i++
			case s.ends(after):
				text = s.text[open+1 : i]
				if doubled {
					text = strings.ReplaceAll(text, `""`, `"`)
				}
				return text, after, true
			case lines, beginsInQuotes(s.text[open:s.endOfCell(open)]):
				return "", 0, false
			default:
				loose = true
			}
		}
	}
	return "", 0, false
}

// ends reports whether a cell ends at a place.
func (s *scanner) ends(at int) bool {
	return at >= len(s.text) || s.text[at] == s.sep || s.text[at] == '\n' || s.text[at] == '\r'
}

// beginsInQuotes reports whether a cell without quotes around it begins with
// words in quotes: "Answer" of Acme.
func beginsInQuotes(cell string) bool {
	return even(cell) && !strings.HasSuffix(strings.TrimSpace(cell), `"`)
}

// even reports whether the quotes in a text come in pairs.
func even(text string) bool { return strings.Count(text, `"`)%2 == 0 }
