package billing_test

import (
	"strings"
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

// currencies are all that are known: whatever three letters are taken as one.
func currencies() []string {
	var out []string
	letters := "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	for _, a := range letters {
		for _, b := range letters {
			for _, c := range letters {
				if code, err := billing.ParseCurrency(string([]rune{a, b, c})); err == nil {
					out = append(out, code)
				}
			}
		}
	}
	return out
}

// What is written of money is read as the same money, in every currency and
// wherever the reader is at home.
func TestMoneyReadsWhatItWrites(t *testing.T) {
	all := currencies()
	if len(all) < 150 {
		t.Fatalf("%d currencies are known", len(all))
	}
	rapid.Check(t, func(t *rapid.T) {
		m := billing.Money{Cents: rapid.Int64Range(0, 1<<50).Draw(t, "cents"), Currency: rapid.SampledFrom(all).Draw(t, "currency")}
		home := rapid.SampledFrom(all).Draw(t, "home")
		text := m.String()
		if shared := m.Currency == "USD" && strings.HasSuffix(home, "D") || m.Currency == "JPY" && home == "CNY"; shared {
			home = m.Currency // "$" is every dollar's at home
		}
		if got, err := billing.ReadMoney(text, home); err != nil || got != m {
			t.Fatalf("%s reads as %v, %v", text, got, err)
		}
		if got, err := billing.ParseMoney(m.Decimal(), m.Currency); err != nil || got != m {
			t.Fatalf("%s reads as %v, %v", m.Decimal(), got, err)
		}
	})
	for _, bad := range []string{"", "x", "1.234", "-5", "1.-5", "1.5.0", "+3", "99999999999999999999"} {
		if m, err := billing.ParseMoney(bad, "USD"); billing.KindOf(err) != billing.Invalid {
			t.Errorf("%q reads as %v, %v", bad, m, err)
		}
	}
	for _, c := range []struct {
		money billing.Money
		want  string
	}{
		{billing.Money{Cents: -123456789, Currency: "EUR"}, "-€1,234,567.89"},
		{billing.Money{Cents: 40000, Currency: "JPY"}, "¥40,000"},
		{billing.Money{Cents: -40000, Currency: "JPY"}, "-¥40,000"},
		{billing.Money{Cents: 120500, Currency: "KWD"}, "KWD 120.500"},
		{billing.Money{Cents: 5, Currency: "KWD"}, "KWD 0.005"},
		{billing.Money{Cents: 350000, Currency: "KRW"}, "KRW 350,000"},
		{billing.Money{Cents: 5}, "$0.05"},
	} {
		if got := c.money.String(); got != c.want {
			t.Errorf("%+v is written %s, want %s", c.money, got, c.want)
		}
	}
}

// Yen have no hundredths: zeros are no harm, anything else is no amount.
func TestYenHaveNoDecimals(t *testing.T) {
	for _, text := range []string{"¥40,000", "40000 JPY", "JPY 40000.00", "¥40000.0"} {
		if m, err := billing.ReadMoney(text, "USD"); err != nil || m != (billing.Money{Cents: 40000, Currency: "JPY"}) {
			t.Errorf("%q reads as %v, %v", text, m, err)
		}
	}
	for _, text := range []string{"¥400.5", "¥40.000", "JPY 0.01", "1.2345 KWD", "100 XYZ"} {
		if m, err := billing.ReadMoney(text, "USD"); billing.KindOf(err) != billing.Invalid {
			t.Errorf("%q reads as %v, %v", text, m, err)
		}
	}
	if got := billing.LineAmount(20, billing.Money{Cents: 40000, Currency: "JPY"}); got.String() != "¥13,200" {
		t.Errorf("0.33 h at ¥40,000 are %s", got)
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
