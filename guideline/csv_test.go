package guideline

import (
	"errors"
	"strings"
	"testing"

	"github.com/tenths/tenths/billing"
)

func TestReadCSV(t *testing.T) {
	rows, err := ReadCSV(strings.NewReader("\ufeffID,Date,timekeeper,Classification,bill,hours,narrative,Reason\n" +
		"a,2024-06-04,Partner 1,Senior Associate,77,1.1,\"Draft answer, part 2\",Vague\n,,X,Zzz,,0.25,Call,\n"))
	if err != nil || len(rows) != 2 {
		t.Fatal(rows, err)
	}
	e := rows[0].Entry
	if e.ID != "a" || e.Date.String() != "2024-06-04" || e.Level != LevelAssociate || e.Bill != "77" || e.Minutes != 66 || string(e.Narrative) != "Draft answer, part 2" {
		t.Errorf("%+v", e)
	}
	if rows[0].Extra["Reason"] != "Vague" {
		t.Error(rows[0].Extra)
	}
	if e = rows[1].Entry; e.ID != "line 3" || e.Minutes != 15 || e.Level != LevelUnknown {
		t.Errorf("%+v", e)
	}
}

func TestReadCSVErrors(t *testing.T) {
	for _, tc := range []struct{ in, want string }{
		{"", "empty"},
		{"id,hours\n", `no column "narrative"`},
		{"hours,narrative,HOURS\n", "twice"},
		{"hours,narrative\n1.0,ok\nx,bad\n", "line 3"},
		{"hours,narrative\n0.01,bad\n", "no whole number of minutes"},
		{"hours,narrative\n-1,bad\n", "line 2"},
		{"hours,narrative\n99999,bad\n", "more than a year"},
		{"hours,narrative,date\n1,bad,04.06.2024\n", "line 2"},
		{"hours,narrative\n1,a,b\n", "line 2"},
		{"hours,narrative\n1,\"a\n", "line"},
	} {
		_, err := ReadCSV(strings.NewReader(tc.in))
		var e *billing.Error
		if !errors.As(err, &e) || e.Kind != billing.Invalid || !strings.Contains(e.Msg, tc.want) {
			t.Errorf("%q: %v, want %q", tc.in, err, tc.want)
		}
	}
}

func TestReadLevel(t *testing.T) {
	for s, want := range map[string]Level{
		"Partner": LevelPartner, "Senior Associate": LevelAssociate, "Of Counsel": LevelCounsel, "Paralegal": LevelParalegal, "PT": LevelPartner,
		"Legal Assistant": LevelParalegal, "Case Assistant": LevelStaff, "Other": LevelUnknown, "": LevelUnknown,
	} {
		if got := readLevel(s); got != want {
			t.Errorf("%q: %d, want %d", s, got, want)
		}
	}
}

func FuzzReadCSV(f *testing.F) {
	f.Add("id,date,timekeeper,classification,bill,hours,narrative\n1,2024-01-02,A,Partner,b,1.5,Draft answer\n")
	f.Add("hours,narrative\n\"1\n\",x\n")
	f.Add("\xff,hours,narrative\n,,\n")
	f.Add("narrative,hours\nx,00000.1\n")
	f.Fuzz(func(t *testing.T, s string) {
		rows, err := ReadCSV(strings.NewReader(s))
		if err != nil {
			var e *billing.Error
			if !errors.As(err, &e) || rows != nil {
				t.Fatalf("%d rows and %v", len(rows), err)
			}
			return
		}
		for _, r := range rows {
			if r.Entry.Minutes < 0 || r.Entry.Minutes > maxHours*60 || r.Entry.ID == "" {
				t.Fatalf("%+v", r.Entry)
			}
		}
	})
}
