package billing

import (
	"fmt"
	"strconv"
	"strings"
)

// Money is an amount in the smallest unit of its currency.
type Money struct {
	Cents    int64
	Currency string // ISO 4217, "USD"
}

// IsZero reports whether m is no amount at all: no cents, no currency.
func (m Money) IsZero() bool { return m == Money{} }

// Plus returns m + n. Adding to the zero Money takes n's currency; amounts in
// two currencies do not add, and the caller has kept them apart.
func (m Money) Plus(n Money) Money {
	if m.Currency == "" {
		m.Currency = n.Currency
	}
	return Money{m.Cents + n.Cents, m.Currency}
}

// String returns the amount with thousands separated and two decimals, such as
// "$2,380.00" or "EUR 1,200.50".
func (m Money) String() string {
	sign, cents := "", m.Cents
	if cents < 0 {
		sign, cents = "-", -cents
	}
	whole := strconv.FormatInt(cents/100, 10)
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	unit := m.Currency + " "
	if m.Currency == "USD" || m.Currency == "" {
		unit = "$"
	}
	return fmt.Sprintf("%s%s%s.%02d", sign, unit, whole, cents%100)
}

// ParseMoney reads an amount such as "350", "350.00" or "1,350.5" in currency.
// More than two decimals are refused rather than rounded.
func ParseMoney(s, currency string) (Money, error) {
	bad := &Error{Kind: Invalid, Msg: fmt.Sprintf("%q is not an amount; write it as 350 or 350.00", s)}
	whole, frac, _ := strings.Cut(strings.ReplaceAll(strings.TrimSpace(s), ",", ""), ".")
	if whole == "" || len(frac) > 2 || strings.ContainsAny(whole+frac, "+-") {
		return Money{}, bad
	}
	cents, err := strconv.ParseInt(whole+(frac + "00")[:2], 10, 64)
	if err != nil {
		return Money{}, bad
	}
	return Money{cents, currency}, nil
}

// LineAmount returns the price of minutes at rate per hour, rounded once, half
// away from zero, so that the hours shown times the rate equal the line.
// Minutes are never negative.
func LineAmount(minutes int64, rate Money) Money {
	product := minutes * rate.Cents
	if product < 0 {
		return Money{-((-product + 30) / 60), rate.Currency}
	}
	return Money{(product + 30) / 60, rate.Currency}
}
