package table

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/tenths/tenths/billing"
)

// above is how many rows may stand above the one that names the columns.
const above = 60

// separators are the candidates, the likelier first.
var separators = []byte{',', ';', '\t', '|'}

// attempt is the table under one dialect.
type attempt struct {
	dialect dialect
	head    heading
	regular float64 // share of the rows that are as wide as most
	width   int     // of most rows
	damaged int
	body    int // where the dialect's rows begin in the text
}

// heading is a row that could name the columns.
type heading struct {
	line  int
	next  int // where the row below begins
	names []string
	place map[string]int
	needs int // how many needed columns it has
}

// findHeader settles the dialect over all of the table and finds the row that
// names the columns.
func (t *Table) findHeader(columns []Column) error {
	best := t.settle(columns)
	if best.head.place == nil || len(best.head.place) == 0 && best.width <= 1 {
		if inner, ok := unwrapped(t.text); ok {
			outer := t.text
			t.text = inner
			if again := t.settle(columns); len(again.head.place) > len(best.head.place) {
				best = again
				t.note("Each line stood in double quotes as a whole; they were taken off.")
			} else {
				t.text = outer
			}
		}
	}
	h := best.head
	for _, c := range columns {
		if _, ok := h.place[c.Name]; c.Need && !ok {
			return &billing.Error{Kind: billing.Invalid, Err: &Missing{c.Name, h.line, h.names},
				Msg: fmt.Sprintf("line %d: there is no column %q; the columns there are %s", h.line, c.Name, list(h.names))}
		}
	}
	if twice := repeated(h.names, columns); twice != "" {
		return invalid("line %d: the column %q is there twice", h.line, twice)
	}
	t.dialect, t.width, t.Header, t.Line, t.body, t.place = best.dialect, best.width, h.names, h.line, h.next, h.place
	t.aboveIt(best)
	return nil
}

// Missing is the cause of the error that a needed column is not there.
type Missing struct {
	Column string
	Line   int      // that names the columns, or looks most like it
	Header []string // what stands there
}

func (m *Missing) Error() string { return "no column " + m.Column }

// aboveIt says which lines above the header were left out.
func (t *Table) aboveIt(a attempt) {
	s := a.dialect.scan(t.text)
	s.pos = a.body
	var lines []int
	for s.next() && s.start < t.body {
		if first := lineAt(t.text, s.start); first < t.Line && !blank(s.cells) && !ledesMark(s.raw()) {
			lines = append(lines, first)
		}
	}
	if len(lines) > 0 {
		t.note("The columns are named in line %d; above it %s left out.", t.Line, was(Lines(lines), len(lines)))
	}
}

func was(what string, n int) string {
	if n == 1 {
		return what + " was"
	}
	return what + " were"
}

// settle returns the attempt that makes most of the table: under which it has
// the needed columns, then most of the known ones, then rows of one width.
func (t *Table) settle(columns []Column) attempt {
	known := index(columns)
	text, at, only := t.text, 0, byte(0)
	if sep, n, ok := hint(text); ok {
		only, at = sep, n
	}
	var best attempt
	for _, sep := range separators {
		if only != 0 && sep != only {
			continue
		}
		a := try(text, at, dialect{sep: sep, quotes: true}, known, columns)
		if sep == '|' || sep == '\t' { // programs that write these often quote nothing
			if plain := try(text, at, dialect{sep: sep, end: ledesEnd(text, sep)}, known, columns); plain.dialect.end != "" || a.damaged > 0 && plain.regular == 1 {
				a = plain
			}
		}
		if best.head.names == nil || a.better(best) {
			best = a
		}
	}
	return best
}

// hint reads the line sep=; with which spreadsheets are told the separator.
func hint(text string) (sep byte, after int, ok bool) {
	line, _, _ := strings.Cut(text[:min(len(text), 16)], "\n")
	rest, ok := strings.CutPrefix(strings.ToLower(strings.Trim(line, "\"\r")), "sep=")
	if !ok || len(rest) != 1 || !slices.Contains(separators, rest[0]) {
		return 0, 0, false
	}
	return rest[0], min(len(line)+1, len(text)), true
}

// ledesEnd returns what ends each row where a table is LEDES 1998B.
func ledesEnd(text string, sep byte) string {
	if sep == '|' && ledesMark(text) {
		return "[]"
	}
	return ""
}

func ledesMark(text string) bool {
	line, _, _ := strings.Cut(text[:min(len(text), 64)], "\n")
	return strings.HasPrefix(line, "LEDES") && strings.Contains(line, "[]")
}

func (a attempt) better(b attempt) bool {
	switch {
	case a.head.needs != b.head.needs:
		return a.head.needs > b.head.needs
	case len(a.head.place) != len(b.head.place):
		return len(a.head.place) > len(b.head.place)
	case (a.width > 1) != (b.width > 1):
		return a.width > 1
	}
	return a.regular > b.regular
}

// try takes the whole table apart under a dialect.
func try(text string, at int, d dialect, known names, columns []Column) attempt {
	a := attempt{dialect: d, body: at}
	widths := map[int]int{}
	rows := 0
	s := d.scan(text)
	s.pos, s.line = at, lineAt(text, at)
	for s.next() {
		if blank(s.cells) {
			continue
		}
		rows++
		widths[len(s.cells)]++
		if s.wrong != "" {
			a.damaged++
		}
		if rows > above {
			continue
		}
		if place, needs := match(s.cells, known, columns); rows == 1 || needs > a.head.needs || needs == a.head.needs && len(place) > len(a.head.place) {
			a.head = heading{line: s.first, next: s.pos, names: trimmed(s.cells), place: place, needs: needs}
		}
	}
	for w, n := range widths {
		if n > widths[a.width] || n == widths[a.width] && w > a.width {
			a.width = w
		}
	}
	if rows > 0 {
		a.regular = float64(widths[a.width]) / float64(rows)
	}
	return a
}

// names are the names of the columns by column, each with its rank: the smaller
// the likelier. Two columns may share one that is likely for neither.
type names map[string]map[string]int

func index(columns []Column) names {
	known := names{}
	for _, c := range columns {
		for i, s := range append([]string{c.Name}, c.Also...) {
			k := key(s)
			if known[k] == nil {
				known[k] = map[string]int{}
			}
			if _, ok := known[k][c.Name]; !ok {
				known[k][c.Name] = i
			}
		}
	}
	return known
}

// key is what of a name tells columns apart: letters and digits, in any case.
func key(s string) string {
	s = strings.ReplaceAll(s, "#", " number")
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// of returns the columns that a cell may name, each with its rank. A remark in
// brackets, as in "Rate ($)" or "Hours (decimal)", counts only where it is part
// of a known name.
func (n names) of(cell string) map[string]int {
	if len(cell) > 80 {
		return nil
	}
	if ranks := n[key(cell)]; ranks != nil {
		return ranks
	}
	if before, _, ok := strings.Cut(cell, "("); ok {
		return n[key(before)]
	}
	return nil
}

// match returns the places of the known columns in a row, and how many needed
// ones are among them. Of two names for one column the likelier counts, and of
// two columns with one name the first whose likelier names are not there.
func match(cells []string, known names, columns []Column) (place map[string]int, needs int) {
	var named []int // cells that name a column
	for i, c := range cells {
		if known.of(c) != nil {
			named = append(named, i)
		}
	}
	place = map[string]int{}
	taken := map[int]bool{}
	for _, c := range columns {
		best := -1
		for _, i := range named {
			rank, ok := known.of(cells[i])[c.Name]
			if ok && !taken[i] && (best < 0 || rank < known.of(cells[best])[c.Name]) {
				best = i
			}
		}
		if best < 0 {
			continue
		}
		place[c.Name], taken[best] = best, true
		if c.Need {
			needs++
		}
	}
	return place, needs
}

// repeated returns the name of a known column that a header has twice.
func repeated(names []string, columns []Column) string {
	seen := map[string]bool{}
	known := index(columns)
	for _, n := range names {
		k := key(n)
		if known[k] != nil && seen[k] {
			return n
		}
		seen[k] = true
	}
	return ""
}

func trimmed(cells []string) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = strings.Clone(strings.TrimSpace(c))
	}
	return out
}

// unwrapped takes off the quotes that stand around each whole line of a text.
func unwrapped(text string) (string, bool) {
	s := dialect{sep: 0, quotes: true}.scan(text)
	var b strings.Builder
	n := 0
	for s.next() {
		if len(s.cells) != 1 || breaks(s.raw()) > 1 {
			return "", false
		}
		if strings.HasPrefix(strings.TrimSpace(s.raw()), `"`) {
			n++
		}
		b.WriteString(s.cells[0])
		b.WriteByte('\n')
	}
	return b.String(), n > 0
}
