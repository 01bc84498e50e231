package billing_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
)

// A limit lets through in each currency what its figure lets through: the greatest
// amount not above it.
func TestLimitIsTheGreatestAmountNotAboveIt(t *testing.T) {
	for _, c := range []struct {
		text, currency string
		want           int64
	}{
		{"25,000.00", "USD", 2500000}, {"25000.00", "JPY", 25000}, {"999.99", "JPY", 999}, {"1.505", "KWD", 1505}, {"1.505", "EUR", 150}, {"25000", "KWD", 25000000},
	} {
		if got, err := billing.ParseLimit(c.text, c.currency); err != nil || got.Cents != c.want {
			t.Errorf("%s in %s is %v, %v", c.text, c.currency, got.Cents, err)
		}
	}
	for _, s := range []string{"", "12.a", "-1", "1.2.3", "x"} {
		if got, err := billing.ParseLimit(s, "JPY"); err == nil {
			t.Errorf("%q is %v", s, got)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		m := billing.Money{Cents: rapid.Int64Range(0, 1<<40).Draw(t, "cents"), Currency: rapid.SampledFrom([]string{"USD", "JPY", "KWD", "CLF"}).Draw(t, "currency")}
		if got, err := billing.ParseLimit(m.Decimal(), m.Currency); err != nil || got != m {
			t.Fatalf("%v was read as %v, %v", m, got, err)
		}
	})
}
