package app_test

import (
	"testing"
	"time"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
)

// Work is billed at the rate of its day, however late it is approved: in the
// day, in the preview, in what is frozen; and what is frozen keeps its rate.
func TestWorkIsBilledAtTheRateOfItsDay(t *testing.T) {
	o := open(t) // $350 from the beginning
	o.saw("memo", "Rivera", 9, 60)
	o.capture()
	d, _ := billing.ParseDay(day)
	seen := func(what, want string) {
		t.Helper()
		if got := []string{o.preview().Amount, o.day().Summary.Amount, o.day().Ready[0].Amount, o.day().Ready[0].Drafts[0].Rate}; got[0] != want || got[1] != want || got[2] != want || got[3] != want {
			t.Errorf("%s: shown %v, want %s", what, got, want)
		}
	}
	o.now = o.now.AddDate(0, 0, 30)
	o.check(o.SetTimekeeper(t.Context(), billing.Timekeeper{Name: "Jo", Rate: billing.Money{Cents: 50000, Currency: "USD"}}))
	seen("a raise a month later", "$350.00")
	if k, err := o.Timekeeper(t.Context()); err != nil || k.Rate.Cents != 50000 {
		t.Errorf("the rate of today is %v, %v", k.Rate, err)
	}
	rates := app.Rates{Practice: o.Practice}
	first := d.Add(-1)
	o.check(rates.Set(t.Context(), "2024-0113", billing.Money{Cents: 40000, Currency: "USD"}, &first))
	seen("the matter's own, of the day before", "$400.00")
	agreed := o.preview()
	o.check(rates.Set(t.Context(), "2024-0113", billing.Money{Cents: 41000, Currency: "USD"}, &first))
	seen("a correction", "$410.00")
	_, err := o.review().Approve(t.Context(), d, nil, agreed.Digest)
	wantKind(t, err, billing.Conflict)
	o.check(rates.Set(t.Context(), "2024-0113", billing.Money{}, &d))
	seen("its end", "$350.00")
	o.check(rates.Set(t.Context(), "2024-0113", billing.Money{Cents: 42000, Currency: "USD"}, &d))
	_, err = o.review().Approve(t.Context(), d, nil, o.preview().Digest)
	o.check(err)
	o.check(rates.Set(t.Context(), "2024-0113", billing.Money{Cents: 99000, Currency: "USD"}, &d))
	if got := o.day().Done[0]; got.Rate != "$420.00" || got.Amount != "$420.00" {
		t.Errorf("frozen at %s, %s", got.Rate, got.Amount)
	}
}

// A list of matters sets rates as of today: a new matter's holds always, that of
// a known one from now on, and a list without the column changes none.
func TestAListOfMattersChangesRatesFromToday(t *testing.T) {
	o := open(t)
	o.matters("2026-0007,Kessler,Kessler,€200,,\n2024-0113,Rivera v. Acme,Rivera,$400,,\n")
	today := billing.DayOf(o.now, time.UTC)
	want := func(what string, lines ...string) {
		t.Helper()
		list, err := app.Rates{Practice: o.Practice}.List(t.Context())
		o.check(err)
		var got []string
		for _, v := range list {
			line := v.Matter + " " + v.From + " " + v.Rate + " " + v.Until
			if v.Replaced {
				line += " replaced"
			}
			got = append(got, line)
		}
		if len(got) != len(lines) {
			t.Fatalf("%s: %q", what, got)
		}
		for i := range got {
			if got[i] != lines[i] {
				t.Errorf("%s: %q, want %q", what, got[i], lines[i])
			}
		}
	}
	now := today.String()
	want("listed", "  $350.00 ", "2024-0113 "+now+" $400.00 ", "2026-0007  €200.00 ")
	o.matters("2026-0007,Kessler,Kessler,€200,,\n") // again: nothing new
	o.now = o.now.AddDate(0, 0, 1)
	o.matters("2026-0007,Kessler,Kessler,€250,,\n2024-0113,Rivera v. Acme,Rivera,,,\n")
	next := today.Add(1).String()
	want("a day later", "  $350.00 ", "2024-0113 "+now+" $400.00 "+next, "2024-0113 "+next+"  ", "2026-0007  €200.00 "+next, "2026-0007 "+next+" €250.00 ")
	o.matters("2026-0007,Kessler,Kessler,€260,,\n") // a mistake
	want("corrected", "  $350.00 ", "2024-0113 "+now+" $400.00 "+next, "2024-0113 "+next+"  ",
		"2026-0007  €200.00 "+next, "2026-0007 "+next+" €250.00  replaced", "2026-0007 "+next+" €260.00 ")
}
