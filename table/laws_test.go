package table_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"
	"pgregory.net/rapid"

	"github.com/tenths/tenths/table"
)

// written is a table in some dialect.
type written struct {
	rows  [][]string // id, hours, narrative and what nobody knows
	lines []string   // each row as it is written, the header first
	at    []int      // the line of each row
	above string     // what stands before the header
	eol   string
	enc   string
}

func (w *written) text() string {
	text := w.above + strings.Join(w.lines, w.eol) + w.eol
	switch w.enc {
	case "mark":
		return "\ufeff" + text
	case "16le":
		return utf16of(text, false, true)
	case "16be":
		return utf16of(text, true, true)
	case "1252":
		out, err := charmap.Windows1252.NewEncoder().String(text)
		if err != nil {
			panic(err)
		}
		return out
	}
	return text
}

// dialects draws a table and writes it in a dialect.
func dialects(t *rapid.T, cell *rapid.Generator[string]) *written {
	w := &written{
		eol: rapid.SampledFrom([]string{"\n", "\r\n", "\r"}).Draw(t, "eol"),
		enc: rapid.SampledFrom([]string{"8", "mark", "16le", "16be", "1252"}).Draw(t, "encoding"),
	}
	sep := rapid.SampledFrom([]string{",", ";", "\t", "|"}).Draw(t, "separator")
	always := rapid.Bool().Draw(t, "always quoted")
	if rapid.Bool().Draw(t, "titles") {
		w.above = "Bill of March" + w.eol + w.eol
	}
	order := rapid.Permutation([]int{0, 1, 2, 3}).Draw(t, "order")
	line := 1 + strings.Count(strings.ReplaceAll(strings.ReplaceAll(w.above, "\r\n", "\n"), "\r", "\n"), "\n")
	add := func(cells []string) {
		var out []string
		for _, i := range order {
			out = append(out, written1(cells[i], sep, always))
		}
		w.lines = append(w.lines, strings.Join(out, sep))
		w.at = append(w.at, line)
		line += 1 + ends(w.lines[len(w.lines)-1])
	}
	add([]string{"ID", "Duration (hours)", "Description", "Notes of ours"})
	for i := range rapid.IntRange(0, 12).Draw(t, "rows") {
		row := []string{fmt.Sprintf("k%d", i), cell.Draw(t, "hours"), cell.Draw(t, "narrative"), cell.Draw(t, "other")}
		w.rows = append(w.rows, row)
		add(row)
	}
	w.at = w.at[1:]
	return w
}

func ends(s string) int {
	return strings.Count(strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n"), "\n")
}

func written1(cell, sep string, always bool) string {
	if always || strings.ContainsAny(cell, sep+"\"\r\n") || cell != strings.TrimSpace(cell) {
		return `"` + strings.ReplaceAll(cell, `"`, `""`) + `"`
	}
	return cell
}

var anyCell = rapid.StringOfN(rapid.SampledFrom([]rune("ab1.,;:|\t\"'\n\r -é=ü$/Ñ")), 0, 14, -1)

// Whatever a table is written in, it is read as it was.
func TestATableIsReadAsItWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := dialects(t, anyCell)
		got, err := table.Read(strings.NewReader(w.text()), columns)
		if err != nil {
			t.Fatalf("%v reading %q", err, w.text())
		}
		i := 0
		for r := range got.Rows() {
			if i >= len(w.rows) {
				t.Fatalf("there are more than %d rows in %q", len(w.rows), w.text())
			}
			want := w.rows[i]
			other := got.Others()
			if r.Kind != table.Data || r.Line != w.at[i] || r.Cell("id") != want[0] || r.Cell("hours") != strings.TrimSpace(want[1]) ||
				r.Cell("narrative") != strings.TrimSpace(want[2]) || len(other) != 1 || strings.TrimSpace(r.Cells[other[0]]) != strings.TrimSpace(want[3]) {
				t.Fatalf("row %d of line %d (%d) reads as %q (%d, %s), want %q, in %q", i, r.Line, w.at[i], r.Cells, r.Kind, r.Wrong, want, w.text())
			}
			i++
		}
		if i != len(w.rows) {
			t.Fatalf("%d of %d rows in %q", i, len(w.rows), w.text())
		}
	})
}

// tame are cells that do not begin with what ends one: a quote that is not
// closed in the row above cannot be told from the one that opens such a cell.
var tame = rapid.Custom(func(t *rapid.T) string { return "n" + anyCell.Draw(t, "rest") + "." })

// A row that is damaged costs itself alone, and is named by its line.
func TestADamagedRowCostsItselfAlone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := dialects(t, tame)
		if len(w.rows) == 0 {
			t.Skip()
		}
		broken := rapid.IntRange(0, len(w.rows)-1).Draw(t, "broken")
		before := ends(w.lines[broken+1])
		switch damage := rapid.SampledFrom([]string{"quote", "fields"}).Draw(t, "damage"); damage {
		case "quote":
			w.lines[broken+1] = `"Draft the motion`
		case "fields":
			w.lines[broken+1] = "x,x,x,x,x;x;x;x;x|x|x|x|x\tx\tx\tx\tx"
		}
		got, err := table.Read(strings.NewReader(w.text()), columns)
		if err != nil {
			t.Fatalf("%v reading %q", err, w.text())
		}
		i := 0
		for r := range got.Rows() {
			line := w.at[i]
			if i > broken {
				line -= before
			}
			switch {
			case i == broken && (r.Kind != table.Damaged || r.Wrong == ""), i != broken && r.Kind != table.Data, r.Line != line:
				t.Fatalf("row %d is %q (%d, %s) in line %d, want line %d; row %d is broken in %q", i, r.Cells, r.Kind, r.Wrong, r.Line, line, broken, w.text())
			case i != broken && (r.Cell("id") != w.rows[i][0] || r.Cell("narrative") != strings.TrimSpace(w.rows[i][2])):
				t.Fatalf("row %d reads as %q, want %q; row %d is broken in %q", i, r.Cells, w.rows[i], broken, w.text())
			}
			i++
		}
		if i != len(w.rows) {
			t.Fatalf("%d of %d rows in %q", i, len(w.rows), w.text())
		}
	})
}

// Nothing that a file holds stops the reader; rows come by their lines, and what
// is damaged says why.
func FuzzRead(f *testing.F) {
	f.Add("hours,narrative\n1.5,\"Call, client\"\n")
	f.Add("sep=;\nhours;narrative\n1,5;\"a\nb\"\n")
	f.Add("LEDES1998B[]\nhours|narrative[]\n1|\"x[]\n")
	f.Add("\xff\xfeh\x00\xd8\x00")
	f.Add("\"hours,narrative\"\r\"1,x\"\r")
	f.Add("hours\tnarrative\n\"a\"\"\t\"b\n\"\tc\n\xe9\n")
	f.Fuzz(func(t *testing.T, text string) {
		got, err := table.Read(strings.NewReader(text), columns)
		if err != nil {
			return
		}
		last := got.Line
		for r := range got.Rows() {
			if r.Line <= last || (r.Kind == table.Damaged) != (r.Wrong != "") {
				t.Fatalf("line %d after %d: %+v", r.Line, last, r)
			}
			last = r.Line
			_ = r.Cell("hours")
		}
		got.Decimals("hours", "rate")
		d := got.Dates("date", table.Unknown)
		ids := got.Identifiers("id")
		for r := range got.Rows() {
			_, _ = d.Read(r.Cell("date"))
			_ = ids.Damage(r.Cell("id"))
		}
	})
}

func FuzzValues(f *testing.F) {
	for _, s := range []string{"0.33", "1:30", "1,5", "1.234,50", "$1,250.00", "(125.00)", "-0.5", "3/4/2026", "Jan-24", "45000", "2.02E+11", "1h 30m", "−1½", "(-$5)"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		for _, m := range []table.Mark{table.NoMark, table.Point, table.Comma, table.Mixed} {
			if n, err := table.Duration(s, m, table.Hours); err == nil && (n > 366*24*3600 || n < -366*24*3600) {
				t.Fatalf("%q is %d s", s, n)
			}
			_, _ = table.Money(s, m, "USD")
		}
		for _, o := range []table.Order{table.DayFirst, table.MonthFirst, table.Contradictory} {
			if d, err := (table.Dates{Order: o}).Read(s); err == nil && (d.IsZero() || d.Year < 1900) {
				t.Fatalf("%q is %s", s, d)
			}
		}
		_ = slices.Contains([]string{""}, table.Identifiers{}.Damage(s))
	})
}
