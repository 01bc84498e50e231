package table_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/table"
)

func TestDurations(t *testing.T) {
	for s, want := range map[string]int64{
		"0.33": 1188, "1.67": 6012, "0.1": 360, ".5": 1800, "1.": 3600, "1": 3600, "1,5": 5400, "0,25": 900, "1:30": 5400, "0:06": 360, "01:30:00": 5400, "12:05:30": 43530,
		"1.5h": 5400, "1.5 hrs": 5400, "1h 30m": 5400, "1h30": 5400, "2 hours": 7200, "90 min": 5400, "90m": 5400, "-0.5": -1800, "(0.5)": -1800, "0.5-": -1800,
		"\u22120.5": -1800, "0": 0, "0.00": 0, "0.333333333333": 1200, "1.250": 4500,
	} {
		if got, err := table.Duration(s, table.NoMark, table.Hours); err != nil || got != want {
			t.Errorf("%q: %d s, %v; want %d", s, got, err, want)
		}
	}
	for _, s := range []string{"", "much", "1:60", "1.2.3", "1,2,3", "Jan-24", "1,250", "99999", "$1", "1/2", "1:30:00 am", "--1", "1-2", "12h99"} {
		if got, err := table.Duration(s, table.NoMark, table.Hours); billing.KindOf(err) != billing.Invalid {
			t.Errorf("%q: %d s, %v", s, got, err)
		}
	}
	if got, err := table.Duration("90", table.NoMark, table.UnitOf("Billed Minutes")); err != nil || got != 5400 {
		t.Errorf("90 minutes are %d s, %v", got, err)
	}
	if got, err := table.Duration("1,250", table.Comma, table.Hours); err != nil || got != 4500 {
		t.Errorf("1,250 in a column of commas is %d s, %v", got, err)
	}
}

func TestAmounts(t *testing.T) {
	for s, want := range map[string]string{
		"$1,250.00": "$1,250.00", "1.234,50": "$1,234.50", "(125.00)": "-$125.00", "-5 CHF": "-CHF 5.00", "€300": "€300.00", "1.234,50 €": "€1,234.50", "EUR 300": "€300.00",
		"350": "$350.00", "350.5": "$350.50", "1,250": "$1,250.00", "($5.00)": "-$5.00", "-$5.00": "-$5.00", "$-5.00": "-$5.00", "1'250.00": "$1,250.00", "350.0000": "$350.00",
	} {
		if got, err := table.Money(s, table.NoMark, "USD"); err != nil || got.String() != want {
			t.Errorf("%q: %v, %v; want %s", s, got, err, want)
		}
	}
	for _, s := range []string{"", "x", "1.23456", "12.345.67", "$", "1,25,0", "US 5"} {
		if got, err := table.Money(s, table.NoMark, "USD"); billing.KindOf(err) != billing.Invalid {
			t.Errorf("%q: %v, %v", s, got, err)
		}
	}
}

// The decimals' mark is that of the column: what one number leaves open another
// tells, and what none tells of a mixed column is not read.
func TestTheMarkIsDecidedOverTheColumn(t *testing.T) {
	for _, c := range []struct {
		hours []string
		want  string
	}{
		{[]string{"1,5", "1,250"}, "5400 4500"},
		{[]string{"1.5", "1.250"}, "5400 4500"},
		{[]string{"1,5", "1.5"}, "5400 5400"},
		{[]string{"1,5", "1.5", "1.250"}, "5400 5400 ?"},
		{[]string{"1.5", "1,250"}, "5400 ?"},
		{[]string{"0,125"}, "450"},
	} {
		tab := read(t, "hours;narrative\n"+strings.Join(c.hours, ";x\n")+";x\n")
		m := tab.Decimals("hours", "rate")
		var got []string
		for r := range tab.Rows() {
			n, err := table.Duration(r.Cell("hours"), m, table.Hours)
			if err != nil {
				got = append(got, "?")
				continue
			}
			got = append(got, fmt.Sprint(n))
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%q: %q, want %s", c.hours, got, c.want)
		}
	}
}

func TestDates(t *testing.T) {
	for _, c := range []struct {
		column []string
		want   string
		note   bool
	}{
		{[]string{"2026-03-04", "2026/3/4", "20260304", "2026-03-04T10:00:00Z", "2026-03-04 00:00:00"}, "2026-03-04", false},
		{[]string{"3/4/2026", "3/4/26", "3/31/2026"}, "2026-03-04 2026-03-04 2026-03-31", false},
		{[]string{"4/3/2026", "31/3/2026"}, "2026-03-04 2026-03-31", false},
		{[]string{"3/4/2026"}, "2026-03-04", true},
		{[]string{"4.3.2026", "04.03.26"}, "2026-03-04", false},
		{[]string{"4-Mar-26", "Mar 4, 2026", "March 4, 2026", "4 March 2026", "Wed, Mar 4, 2026", "4. März 2026", "3/4/2026 12:00:00 AM", "4th March 2026"}, "2026-03-04", true},
		{[]string{"46085", "46085.5"}, "2026-03-04", false},
		{[]string{"31/3/2026", "3/31/2026", "3/4/2026", "5/5/2026"}, "2026-03-31 2026-03-31 ? 2026-05-05", true},
		{[]string{"Jan-24", "4-Mar", "#####", "2026-02-30", "13/13/2026", "soon", "12345", "0/0/2026", "3/4-2026"}, "?", false},
	} {
		tab := read(t, "date;hours;narrative\n"+strings.Join(c.column, ";1;x\n")+";1;x\n")
		d := tab.Dates("date", table.Unknown)
		want := strings.Fields(c.want)
		i := 0
		for r := range tab.Rows() {
			day, err := d.Read(r.Cell("date"))
			got := day.String()
			if err != nil {
				got = "?"
			}
			if got != want[min(i, len(want)-1)] {
				t.Errorf("%q of %q: %s (%v), want %s", r.Cell("date"), c.column, got, err, want[min(i, len(want)-1)])
			}
			i++
		}
		if (d.Note() != "") != c.note {
			t.Errorf("%q: said %q", c.column, d.Note())
		}
	}
	if d, err := read(t, "Date (DD/MM/YYYY);hours;narrative\n3/4/2026;1;x\n").Dates("date", table.Unknown).Read("3/4/2026"); err != nil || d.String() != "2026-04-03" {
		t.Errorf("in a column that says dd/mm it reads %s, %v", d, err)
	}
	if d, err := (table.Dates{Order: table.DayFirst}).Read("3/4/2026"); err != nil || d.String() != "2026-04-03" {
		t.Errorf("told day/month/year it reads %s, %v", d, err)
	}
}

func TestDamagedIdentifiers(t *testing.T) {
	for _, c := range []struct {
		column, damaged []string
	}{
		{[]string{"2024-0113", "24-1", "1-24", "A", "20240113", "1234.0010", "2024.01"}, nil},
		{[]string{"2.02E+11", "2,02E+11", "2E+15", "Jan-24", "24-Jan", "1-Jan", "Jan 2024", "#REF!", "########", "113.0"}, []string{"2.02E+11", "2,02E+11", "2E+15", "Jan-24", "24-Jan", "1-Jan", "Jan 2024", "#REF!", "########", "113.0"}},
		{[]string{"00113", "00114", "115", "2001", "20010"}, []string{"115", "2001"}},
		{[]string{"0113", "00114", "115"}, nil},
		{[]string{"24-1", "24-2", "1/24/2026", "2026-01-24 00:00:00"}, []string{"1/24/2026", "2026-01-24 00:00:00"}},
		{[]string{"1/24/2026", "2/24/2026", "x"}, nil},
		{[]string{"1234567890123450", "1234567890123456"}, []string{"1234567890123450"}},
	} {
		tab := read(t, "id;hours;narrative\n"+strings.Join(c.column, ";1;x\n")+";1;x\n")
		ids := tab.Identifiers("id")
		var got []string
		for r := range tab.Rows() {
			if ids.Damage(r.Cell("id")) != "" {
				got = append(got, r.Cell("id"))
			}
		}
		if strings.Join(got, " ") != strings.Join(c.damaged, " ") {
			t.Errorf("%q: damaged are %q, want %q", c.column, got, c.damaged)
		}
	}
}

// A duration is read as it was written, in every way in which people write it.
func TestADurationIsReadAsItWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		hundredths := rapid.Int64Range(-2400, 2400).Draw(t, "hundredths")
		whole, part, sign := hundredths/100, hundredths%100, ""
		if hundredths < 0 {
			whole, part, sign = -whole, -part, "-"
		}
		mark := rapid.SampledFrom([]table.Mark{table.Point, table.Comma}).Draw(t, "mark")
		s := fmt.Sprintf("%d%c%02d", whole, mark, part)
		if part%5 == 0 && rapid.Bool().Draw(t, "clock") {
			s = fmt.Sprintf("%d:%02d", whole, part*60/100)
		}
		s = rapid.SampledFrom([]string{sign + s, sign + s + " "}).Draw(t, "blanks")
		if sign != "" && rapid.Bool().Draw(t, "brackets") {
			s = "(" + strings.Trim(s, "- ") + ")"
		}
		got, err := table.Duration(s, mark, table.Hours)
		if err != nil || got != hundredths*36 {
			t.Fatalf("%q reads as %d s, %v; want %d", s, got, err, hundredths*36)
		}
	})
}
