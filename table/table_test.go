package table_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/table"
)

var columns = []table.Column{
	{Name: "id"}, {Name: "hours", Also: []string{"duration (hours)", "qty"}, Need: true}, {Name: "narrative", Also: []string{"description"}, Need: true},
	{Name: "date"}, {Name: "rate"},
}

func read(t testing.TB, text string) *table.Table {
	t.Helper()
	out, err := table.Read(strings.NewReader(text), columns)
	if err != nil {
		t.Fatalf("%v reading %q", err, text)
	}
	return out
}

// cells are the rows that can be read, by the columns named.
func cells(t *table.Table, names ...string) (out []string) {
	for r := range t.Rows() {
		if r.Kind != table.Data {
			continue
		}
		var row []string
		for _, n := range names {
			row = append(row, r.Cell(n))
		}
		out = append(out, strings.Join(row, "|"))
	}
	return out
}

func TestDialects(t *testing.T) {
	for what, text := range map[string]string{
		"commas":                   "hours,narrative\n1.5,\"Call, client\"\n2,Draft\n",
		"semicolons":               "hours;narrative\r\n1.5;Call, client\r\n2;Draft\r\n",
		"tabs":                     "hours\tnarrative\n1.5\tCall, client\n2\tDraft",
		"pipes":                    "narrative|hours\nCall, client|1.5\nDraft|2\n",
		"old Mac":                  "hours;narrative\r1.5;Call, client\r2;Draft\r",
		"told":                     "sep=;\r\nhours;narrative\r\n1.5;Call, client\r\n2;Draft\r\n",
		"byte order mark":          "\ufeffhours,narrative\n1.5,\"Call, client\"\n2,Draft\n",
		"other columns":            "Ref,Description,Duration (Hours),Biller\nx,\"Call, client\",1.5,A\ny,Draft,2,B\n",
		"a likelier name":          "qty,description,hours\n9,\"Call, client\",1.5\n9,Draft,2\n",
		"titles above":             "Acme LLP\nInvoice 77,,\n\nhours,narrative,\n1.5,\"Call, client\",\n2,Draft,\n",
		"blank rows and a total":   "hours,narrative\n\n1.5,\"Call, client\"\n,\n2,Draft\nhours,narrative\n3.5,Total\n",
		"blanks around quotes":     "hours, narrative\n1.5, \"Call, client\"\n2 , Draft \n",
		"lines wholly in quotes":   "\"hours,narrative\"\n\"1.5,\"\"Call, client\"\"\"\n\"2,Draft\"\n",
		"trailing separators":      "hours,narrative\n1.5,\"Call, client\",,\n2,Draft,,\n",
		"remarks in brackets":      "Hours (decimal),\"Description\n(long)\"\n1.5,\"Call, client\"\n2,Draft\n\x1a",
		"quotes nobody needs":      "\"hours\",\"narrative\"\n\"1.5\",\"Call, client\"\n\"2\",\"Draft\"\n",
		"commas without number":    "hours;narrative\n1.5;Call, client\n2;Draft\n;\n",
		"UTF-16, little":           utf16of("hours;narrative\n1.5;Call, client\n2;Draft\n", false, true),
		"UTF-16, big":              utf16of("hours;narrative\n1.5;Call, client\n2;Draft\n", true, true),
		"UTF-16 that says no such": utf16of("hours;narrative\n1.5;Call, client\n2;Draft\n", false, false),
		"LEDES 1998B":              "LEDES1998B[]\nid|hours|narrative|rate[]\n1|1.5|Call, client|[]\n2|2|Draft|350[]\n",
	} {
		if got := cells(read(t, text), "hours", "narrative"); !slices.Equal(got, []string{"1.5|Call, client", "2|Draft"}) {
			t.Errorf("%s: %q", what, got)
		}
	}
}

func TestQuotesOfCarelessWriters(t *testing.T) {
	for text, want := range map[string]string{
		`1,Draft "motion"`:                     `1|Draft "motion"`,
		`1,"Draft" motion`:                     `1|"Draft" motion`,
		`1,"Draft ""motion"""`:                 `1|Draft "motion"`,
		`1,"Review "Answer" of Acme, Inc."`:    `1|Review "Answer" of Acme, Inc.`,
		`1,"She said "yes""`:                   `1|She said "yes"`,
		"1,\"Call,\nthen \"\"draft\"\"\"":      "1|Call,\nthen \"draft\"",
		`1,5" pipe`:                            `1|5" pipe`,
		`1,"a" b, "c"`:                         ``, // three fields
		`1,"Draft motion`:                      ``,
		"1,\"Draft motion\nand \"more\"\n2,ok": "and \"more\"|; 2|ok",
	} {
		got := strings.Join(cells(read(t, "hours,narrative\n"+text+"\n"), "hours", "narrative"), "; ")
		if got != want {
			t.Errorf("%q reads as %q, want %q", text, got, want)
		}
	}
}

// What was assumed is said, and nothing where there was nothing to assume.
func TestWhatIsAssumedIsSaid(t *testing.T) {
	for text, want := range map[string]string{
		"hours,narrative\n1,Réponse\n":                                "",
		"hours,narrative\n1,R\xe9ponse\n":                             "Windows-1252",
		"Acme\nhours,narrative\n1,x\n":                                "line 1 was left out",
		"A\nB\nhours,narrative\n1,x\n":                                "lines 1 and 2 were left out",
		utf16of("hours,narrative\n1,Réponse\n", false, false):         "UTF-16",
		"\"hours,narrative\"\n\"1,x\"\n":                              "Each line stood in double quotes",
		"hours,narrative\n1,R\xe9ponse\n2,R\xc3\xa9ponse \xc3\xa9t\n": "",
	} {
		got := strings.Join(read(t, text).Notes, " ")
		if want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	tab := read(t, "hours,narrative\n1,R\xe9ponse\n2,R\xc3\xa9ponse \xc3\xa9t\n")
	var lines []int
	for r := range tab.Rows() {
		if r.Kind == table.Damaged {
			lines = append(lines, r.Line)
		}
	}
	if !slices.Equal(lines, []int{2}) || tab.Encoding != "UTF-8" {
		t.Errorf("of a UTF-8 file lines %v cannot be read (%s)", lines, tab.Encoding)
	}
}

func TestWhatCannotBeRead(t *testing.T) {
	for text, want := range map[string]string{
		"":                          "the file is empty",
		" \n\n":                     "the file is empty",
		"id,hours\n1,2\n":           `line 1: there is no column "narrative"; the columns there are id, hours`,
		"x\n\nid,hours\n1,2\n":      `line 3: there is no column "narrative"`,
		"hours,narrative,HOURS\n":   `line 1: the column "HOURS" is there twice`,
		"PK\x03\x04abc":             "the file is an Excel or other zipped document, not text; save the table as CSV UTF-8",
		" <HTML><body>":             "the file is a web page",
		"%PDF-1.7":                  "the file is a PDF document",
		"Dear diary,\nall is well.": `line 1: there is no column "hours"`,
	} {
		_, err := table.Read(strings.NewReader(text), columns)
		if billing.KindOf(err) != billing.Invalid || !strings.Contains(billing.Message(err), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
}

// A row that sums up is none of the rows; words that only begin so are.
func TestTotals(t *testing.T) {
	for row, total := range map[string]bool{
		"Total,,12.3": true, "Grand Total:,\"1,250.00\",": true, ",Sub-total hours,3": true, "Total for A. Stone,3.0,": true,
		",3.5,TOTAL": true, "Total Fees,,\"$1,250.00\"": true, "Invoice total,12,USD 300": true,
		"a,1.0,Total loss analysis of the vessel": false, ",1.0,Total loss analysis of the vessel": false, "x,1,Total": false, "Totals,1,Draft": false,
	} {
		for r := range read(t, "id,hours,narrative\n"+row+"\n").Rows() {
			if (r.Kind == table.Total) != total {
				t.Errorf("%q: kind %d", row, r.Kind)
			}
		}
	}
}

func utf16of(s string, big, mark bool) string {
	if mark {
		s = "\ufeff" + s
	}
	var b strings.Builder
	for _, r := range s {
		hi, lo := byte(r>>8), byte(r)
		if big {
			b.WriteByte(hi)
			b.WriteByte(lo)
		} else {
			b.WriteByte(lo)
			b.WriteByte(hi)
		}
	}
	return b.String()
}
