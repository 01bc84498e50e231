package app_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
)

func (o *office) imported(text string) (app.ImportView, error) {
	return app.Matters{Practice: o.Practice}.Import(o.t.Context(), strings.NewReader(text))
}

func (o *office) numbers() string {
	list, err := app.Matters{Practice: o.Practice}.List(o.t.Context())
	o.check(err)
	var out []string
	for _, m := range list {
		out = append(out, m.Number+" "+m.Name+" "+m.Rate)
	}
	return strings.Join(out, "; ")
}

// A row that cannot be taken is left out and named; the others are taken.
func TestAMatterListAsItComes(t *testing.T) {
	for what, c := range map[string]struct {
		text     string
		imported int
		said     string // of findings and notes
	}{
		"an extra column":   {"number,name,opened by\n7-1,A v. B,Jo\n", 1, "The column opened by is none that Tenths knows and was left out"},
		"semicolons":        {"Number;Name;Contacts\n7-1;\"A, B v. C\";\"a@x.example; b@x.example\"\n", 1, ""},
		"another system's":  {"Display Number,Client,Matter Description,Status,Billing Rate\n7-1,A,A v. B,Open,\"1,250.00\"\n7-2,A,A v. C,Closed,\n", 2, ""},
		"Excel's damage":    {"number,name\n7-1,A v. B\nJan-24,C\n2.02E+11,D\n", 1, `line 3 the number "Jan-24" is a date that Excel made`},
		"kept as text":      {"number,name\n=\"007\",A v. B\n'008,C v. D\n", 2, ""},
		"a field too many":  {"number,name,client\n7-1,Smith, Jones and Co,Smith\n7-2,A,B\n", 1, "line 2 it has 4 fields, the header has 3"},
		"a wrong rate":      {"number,name,rate\n7-1,A,lots\n7-2,B,350\n", 1, `line 2 "lots" is not an amount`},
		"twice":             {"number,name\n7-1,A\n7-1,B\n7-2,C\n", 1, "line 2 matter 7-1 stands in line 3 again line 3 matter 7-1 stands in line 2 already"},
		"without a name":    {"number,name\n7-1,\n7-2,C\n", 1, "line 2 a matter needs a number and a name"},
		"Windows-1252":      {"number,name\n7-1,M\xfcller\n", 1, "read as Windows-1252"},
		"blank rows, title": {"Matters\n\nnumber,name\n,\n7-1,A\n\n", 1, "line 1 was left out"},
		"zeros lost inside": {"number,name\n0071,A\n72,B\n", 1, `line 3 the number "72" has lost the zeros in front`},
	} {
		t.Run(what, func(t *testing.T) {
			o := open(t)
			v, err := o.imported(c.text)
			o.check(err)
			said := ""
			for _, f := range v.Findings {
				said += fmt.Sprintf("line %d %s ", f.Line, f.Message)
			}
			said += strings.Join(v.Notes, " ")
			if v.Imported != c.imported || !strings.Contains(said, c.said) || c.said == "" && said != "" {
				t.Errorf("%d imported, said %q, want %d and %q", v.Imported, said, c.imported, c.said)
			}
		})
	}
}

// A number that Excel took the zeros of is no second matter, now or when the
// list is taken again.
func TestLostZerosMakeNoSecondMatter(t *testing.T) {
	o := open(t)
	_, err := o.imported("number,name\n007,A v. B\n")
	o.check(err)
	before := o.numbers()
	v, err := o.imported("number,name\n7,A v. B\n8,C v. D\n")
	o.check(err)
	if v.Imported != 1 || len(v.Findings) != 1 || !strings.Contains(v.Findings[0].Message, "matter 7 is not known, 007 is") {
		t.Errorf("%+v", v)
	}
	if got := o.numbers(); got == before || strings.Contains(got, "; 7 ") {
		t.Errorf("the matters are %s, were %s", got, before)
	}
	_, err = o.imported("number,name\n7,A v. B\n")
	wantKind(t, err, billing.Invalid)
}

// Every row of a list is taken or named, and taking it again changes nothing.
func TestEveryRowOfAListIsTakenOrNamed(t *testing.T) {
	o := open(t)
	rapid.Check(t, func(rt *rapid.T) {
		text := "number,name,rate,closed\n"
		n := rapid.IntRange(1, 10).Draw(rt, "rows")
		for i := range n {
			text += strings.ReplaceAll(rapid.SampledFrom([]string{"x#,A v. B,350,", "x#,\"A, B\",\"€1.250,00\",yes", "x#,A,much,", "Jan-24,A,,", "x1,B,,", "x#,A, B,,", "x#,\"A,,", ",A,,", "x#"}).Draw(rt, "row"), "#", fmt.Sprint(i)) + "\n"
		}
		v, err := o.imported(text)
		lines := len(v.Findings)
		if err != nil {
			lines = 1 + strings.Count(billing.Message(err), "\n")
		}
		if v.Imported+lines != n {
			rt.Fatalf("of %d rows %d are taken and %d named (%v):\n%s", n, v.Imported, lines, err, text)
		}
		before := o.numbers()
		if again, err2 := o.imported(text); (err2 == nil) != (err == nil) || again.Imported != v.Imported || o.numbers() != before {
			rt.Fatalf("taken again it is %+v, %v; was %+v, %v", again, err2, v, err)
		}
	})
}
