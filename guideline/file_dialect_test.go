package guideline

import (
	"encoding/csv"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/tenths/tenths/billing"
)

// writer writes a bill as some program does.
type writer struct {
	sep     string
	quotes  bool // as RFC 4180 has them; else none at all
	always  bool
	eol     string
	names   map[string]string // of columns, where they differ
	order   []string          // of columns; nil: as they are
	hours   func(minutes int64) string
	date    string // as time.Format has it
	above   string
	below   string
	encoded func(string) (string, error)
}

var writers = map[string]writer{
	"as it is":      {sep: ",", quotes: true, eol: "\n", hours: decimal("."), date: "2006-01-02"},
	"a spreadsheet": {sep: ";", quotes: true, eol: "\r\n", hours: decimal(","), date: "02.01.2006", encoded: charmap.Windows1252.NewEncoder().String},
	"a US system": {sep: ",", quotes: true, always: true, eol: "\r\n", hours: clock, date: "1/2/2006", above: "Stone & Partners\r\n\r\n", below: "Total,,,,12.3\r\n",
		names: map[string]string{"id": "Line", "date": "Work Date", "timekeeper": "Biller", "classification": "Title", "bill": "Invoice #", "hours": "Duration", "narrative": "Description"}},
	"tabs, unquoted": {sep: "\t", eol: "\n", hours: decimal("."), date: "2-Jan-06", order: []string{"narrative", "hours", "classification", "date", "bill", "timekeeper", "id"}},
	"LEDES": {sep: "|", eol: "[]\r\n", hours: decimal("."), date: "20060102", above: "LEDES1998B[]\r\n",
		names: map[string]string{"id": "LINE_ITEM_NUMBER", "date": "LINE_ITEM_DATE", "timekeeper": "TIMEKEEPER_NAME", "classification": "TIMEKEEPER_CLASSIFICATION",
			"bill": "INVOICE_NUMBER", "hours": "LINE_ITEM_NUMBER_OF_UNITS", "narrative": "LINE_ITEM_DESCRIPTION"}},
	"UTF-16": {sep: "\t", quotes: true, eol: "\r\n", hours: minutes, date: "January 2, 2006", names: map[string]string{"hours": "Minutes"},
		encoded: unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewEncoder().String},
}

func decimal(mark string) func(int64) string {
	return func(m int64) string { return strings.Replace(billing.FormatTenths(m), ".", mark, 1) }
}

func clock(m int64) string   { return fmt.Sprintf("%d:%02d", m/60, m%60) }
func minutes(m int64) string { return fmt.Sprint(m) }

func (w writer) cell(s string) string {
	if w.always || w.quotes && strings.ContainsAny(s, w.sep+"\"\r\n") {
		return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
	}
	return s
}

func (w writer) write(t *testing.T, head []string, rows [][]string) string {
	t.Helper()
	order := w.order
	if order == nil {
		order = head
	}
	var b strings.Builder
	b.WriteString(w.above)
	line := func(cells []string) {
		out := make([]string, len(order))
		for i, name := range order {
			out[i] = w.cell(cells[slices.Index(head, name)])
		}
		b.WriteString(strings.Join(out, w.sep) + w.eol)
	}
	names := slices.Clone(head)
	for i, n := range names {
		if w.names[n] != "" {
			names[i] = w.names[n]
		}
	}
	line(names)
	for _, r := range rows {
		row := slices.Clone(r)
		m, err := parseHours(row[slices.Index(head, "hours")])
		if err != nil {
			t.Fatal(err)
		}
		day, err := billing.ParseDay(row[slices.Index(head, "date")])
		if err != nil {
			t.Fatal(err)
		}
		row[slices.Index(head, "hours")], row[slices.Index(head, "date")] = w.hours(m), time.Date(day.Year, day.Month, day.Day, 12, 0, 0, 0, time.UTC).Format(w.date)
		line(row)
	}
	b.WriteString(w.below)
	text := b.String()
	if w.encoded != nil {
		out, err := w.encoded(text)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	return text
}

// What is found in a bill does not depend on the program that wrote the file.
func TestFindingsAreThoseOfTheBillNotOfTheFile(t *testing.T) {
	inForce, err := Alone(Packs(), "insurer-strict", "general", "aba")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"class-action", "discovery", "accommodation"} {
		f, err := os.Open(filepath.Join("testdata", "bills", name+".csv"))
		if err != nil {
			t.Fatal(err)
		}
		all, err := csv.NewReader(f).ReadAll()
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
		if err != nil {
			t.Fatal(err)
		}
		wanted := []string{"id", "date", "timekeeper", "classification", "bill", "hours", "narrative"}
		var rows [][]string
		for _, r := range all[1:] {
			var row []string
			for _, c := range wanted {
				row = append(row, r[slices.Index(all[0], c)])
			}
			row[6] += " (\u00e9tude)" // a letter that tells encodings apart
			rows = append(rows, row)
		}
		want := ""
		for _, what := range slices.Sorted(maps.Keys(writers)) {
			file, err := ReadBill(strings.NewReader(writers[what].write(t, wanted, rows)), FileOptions{})
			if err != nil {
				t.Fatalf("%s, %s: %v", name, what, err)
			}
			c, err := New(inForce, Setting{Lacks: file.Lacks})
			if err != nil {
				t.Fatal(err)
			}
			var entries []Entry
			for _, r := range file.Rows {
				entries = append(entries, r.Entry)
			}
			got := fmt.Sprintln(len(entries), file.Findings)
			for _, x := range c.Bill(entries) {
				got += fmt.Sprintln(x.Entry, x.Check, x.From, x.To, x.Severity, x.Others, x.Message)
			}
			switch {
			case want == "":
				want = got
			case got != want:
				t.Errorf("%s written by %s: notes %q\n%s", name, what, file.Notes, firstDifference(got, want))
			}
		}
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return "got  " + g[i] + "\nwant " + w[i]
		}
	}
	return fmt.Sprintf("%d lines, want %d", len(g), len(w))
}
