package billing_test

import (
	"math/big"
	"testing"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
)

func rates() *rapid.Generator[billing.Money] {
	return rapid.Custom(func(t *rapid.T) billing.Money {
		return billing.Money{Cents: rapid.Int64Range(0, 500_000).Draw(t, "cents"), Currency: rapid.SampledFrom([]string{"USD", "EUR", "GBP", "CHF"}).Draw(t, "currency")}
	})
}

// times multiplies two figures as they are shown, rounded to cents half away
// from zero: what anyone does who checks a bill.
func times(t *rapid.T, hours string, rate billing.Money) int64 {
	h, ok := new(big.Rat).SetString(hours)
	if !ok {
		t.Fatalf("%q are no hours", hours)
	}
	h.Mul(h, big.NewRat(rate.Cents, 1)).Mul(h, big.NewRat(2, 1)).Add(h, big.NewRat(1, 1)) // 2x + 1
	return new(big.Int).Div(h.Num(), new(big.Int).Mul(h.Denom(), big.NewInt(2))).Int64()  // over 2, down
}

// The hours shown times the rate shown are the amount shown, whatever was worked
// and however it is rounded; so are the seconds that a practice management
// system is told.
func TestShownHoursTimesShownRateIsTheAmount(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		minutes := rapid.Int64Range(0, 24*60).Draw(t, "minutes")
		if rapid.Bool().Draw(t, "rounded") {
			minutes = policies().Draw(t, "policy").Minutes(minutes * 60)
		}
		e := billing.Entry{Billed: minutes, Rate: rates().Draw(t, "rate")}
		shown := billing.FormatTenths(minutes)
		if want := times(t, shown, e.Rate); e.Amount() != (billing.Money{Cents: want, Currency: e.Rate.Currency}) {
			t.Fatalf("%s h at %s are %d cents, and shown as %s", shown, e.Rate, want, e.Amount())
		}
		if q := billing.QuantityOf(minutes); q.Seconds() != int64(q)*36 || q.String() != shown || e.Quantity() != q {
			t.Fatalf("%d min are %d hundredths, %d s, %s", minutes, q, q.Seconds(), q)
		}
		if off := billing.QuantityOf(minutes).Seconds() - minutes*60; off > 12 || off < -12 {
			t.Fatalf("%d min are billed %d s off", minutes, off)
		}
		if minutes > 0 && billing.QuantityOf(minutes) == 0 {
			t.Fatalf("%d min are lost", minutes)
		}
	})
}

// Amounts are what each currency comes to by itself, in whatever order they are
// added, and written in one order.
func TestCurrenciesAreNeverAddedUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(rates(), 0, 12).Draw(t, "list")
		var sum, other billing.Amounts
		want := map[string]int64{}
		for _, m := range list {
			sum = sum.Plus(m)
			want[m.Currency] += m.Cents
		}
		for _, m := range rapid.Permutation(list).Draw(t, "order") {
			other = other.Plus(m)
		}
		if sum.Text("EUR") != other.Text("EUR") {
			t.Fatalf("%s in one order, %s in another", sum.Text("EUR"), other.Text("EUR"))
		}
		shown := map[string]int64{}
		for i, m := range sum.In("EUR") {
			if _, twice := shown[m.Currency]; twice || m.Currency == "EUR" && i > 0 {
				t.Fatalf("%v", sum.In("EUR"))
			}
			shown[m.Currency] = m.Cents
		}
		for currency, cents := range want {
			if shown[currency] != cents {
				t.Fatalf("%s comes to %d and is shown as %d", currency, cents, shown[currency])
			}
		}
		if sum.Known() != (len(list) > 0) {
			t.Fatal("what was added is not known")
		}
	})
	var sum billing.Amounts
	for _, m := range []billing.Money{{30000, "EUR"}, {100000, "USD"}, {20000, "USD"}, {}, {0, "GBP"}} {
		sum = sum.Plus(m)
	}
	if got := sum.Text("USD"); got != "$1,200.00 and €300.00" {
		t.Errorf("got %s", got)
	}
	if got := sum.Plus(billing.Money{Cents: 1, Currency: "CHF"}).Text("USD"); got != "$1,200.00, CHF 0.01 and €300.00" {
		t.Errorf("got %s", got)
	}
}

func TestTwoCurrenciesHaveNoSum(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("dollars and euros were added up")
		}
	}()
	_ = billing.Money{Cents: 1, Currency: "USD"}.Plus(billing.Money{Cents: 1, Currency: "EUR"})
}

func TestReadMoney(t *testing.T) {
	for _, c := range []struct {
		text, home string
		want       billing.Money
	}{
		{"350", "USD", billing.Money{Cents: 35000, Currency: "USD"}},
		{"350", "EUR", billing.Money{Cents: 35000, Currency: "EUR"}},
		{"$1,350.50", "EUR", billing.Money{Cents: 135050, Currency: "USD"}},
		{"$350", "CAD", billing.Money{Cents: 35000, Currency: "CAD"}},
		{" € 300 ", "USD", billing.Money{Cents: 30000, Currency: "EUR"}},
		{"300 chf", "USD", billing.Money{Cents: 30000, Currency: "CHF"}},
		{"GBP 250.5", "USD", billing.Money{Cents: 25050, Currency: "GBP"}},
	} {
		if got, err := billing.ReadMoney(c.text, c.home); err != nil || got != c.want {
			t.Errorf("%q at home in %s is %v, %v", c.text, c.home, got, err)
		}
	}
	for _, bad := range []string{"", "€", "EUR", "300 EUR 2", "-€5", "€-5", "EURO 300"} {
		if m, err := billing.ReadMoney(bad, "USD"); billing.KindOf(err) != billing.Invalid {
			t.Errorf("%q reads as %v, %v", bad, m, err)
		}
	}
	rapid.Check(t, func(t *rapid.T) { // what is written reads back
		m := rates().Draw(t, "rate")
		if got, err := billing.ReadMoney(m.String(), "USD"); err != nil || got != m {
			t.Fatalf("%s reads as %v, %v", m, got, err)
		}
	})
}
