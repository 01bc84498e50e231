package table_test

import (
	"testing"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/table"
)

// An amount that the program wrote is read as the same one, whatever decimals its
// currency has, up to the thousand million that a number may come to.
func TestMoneyIsReadInTheDecimalsOfItsCurrency(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := billing.Money{Cents: rapid.Int64Range(0, 1_000_000_000).Draw(t, "cents"), Currency: rapid.SampledFrom([]string{"USD", "JPY", "KWD", "BHD"}).Draw(t, "currency")}
		if got, err := table.Money(m.Decimal(), table.Point, m.Currency); err != nil || got != m {
			t.Fatalf("%v was read as %v, %v", m, got, err)
		}
		if got, err := table.Money(m.Currency+" "+m.Decimal(), table.Point, "EUR"); err != nil || got != m {
			t.Fatalf("%v with its code was read as %v, %v", m, got, err)
		}
	})
	if got, err := table.Money("1.505", table.Point, "USD"); err == nil {
		t.Errorf("a part of a cent was read as %v", got)
	}
}
