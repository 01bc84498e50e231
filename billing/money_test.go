package billing_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
)

func TestLineAmountIsRoundedOnceHalfAwayFromZero(t *testing.T) {
	for _, c := range []struct{ minutes, rate, want int64 }{
		{60, 35000, 35000},
		{72, 35000, 42000},
		{15, 2750, 688}, // 6.875: two such lines are 13.76, not 13.75
		{6, 33333, 3333},
		{20, 100, 33},
		{0, 35000, 0},
		{15, -2750, -688},
	} {
		if got := billing.LineAmount(c.minutes, billing.Money{Cents: c.rate, Currency: "USD"}); got.Cents != c.want || got.Currency != "USD" {
			t.Errorf("%d min at %d is %v, want %d", c.minutes, c.rate, got, c.want)
		}
	}
}

func TestMoneyReadsWhatItWrites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := billing.Money{Cents: rapid.Int64Range(0, 1<<50).Draw(t, "cents"), Currency: "USD"}
		got, err := billing.ParseMoney(m.String()[1:], "USD")
		if err != nil || got != m {
			t.Fatalf("%s reads as %v, %v", m, got, err)
		}
	})
	for _, bad := range []string{"", "x", "1.234", "-5", "1.-5", "1.5.0", "+3", "99999999999999999999"} {
		if m, err := billing.ParseMoney(bad, "USD"); billing.KindOf(err) != billing.Invalid {
			t.Errorf("%q reads as %v, %v", bad, m, err)
		}
	}
	if got := (billing.Money{Cents: -123456789, Currency: "EUR"}).String(); got != "-€1,234,567.89" {
		t.Errorf("got %s", got)
	}
}

func FuzzParseMoney(f *testing.F) {
	for _, s := range []string{"350", "350.00", "1,350.5", ".5", "1.234", "-1", "9223372036854775807"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if m, err := billing.ParseMoney(s, "USD"); err == nil && m.Cents < 0 {
			t.Fatalf("%q reads as %d cents", s, m.Cents)
		}
	})
}
