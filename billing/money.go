package billing

import (
	"cmp"
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

// Plus returns m + n; the zero Money changes nothing. Amounts in two currencies
// have no sum: to add them is a mistake of the program, and panics. Where
// currencies may differ, [Amounts] keeps them apart.
func (m Money) Plus(n Money) Money {
	switch {
	case n.IsZero():
		return m
	case m.IsZero():
		return n
	case m.Currency != n.Currency:
		panic("billing: " + m.Currency + " and " + n.Currency + " have no sum")
	}
	return Money{m.Cents + n.Cents, m.Currency}
}

// signs are the currencies that are written with a sign before the amount.
var signs = map[string]string{"USD": "$", "EUR": "€", "GBP": "£"}

// String returns the amount with thousands separated and two decimals, such as
// "$2,380.00", "€300.00" or "CHF 1,200.50".
func (m Money) String() string {
	sign, cents := "", m.Cents
	if cents < 0 {
		sign, cents = "-", -cents
	}
	whole := strconv.FormatInt(cents/100, 10)
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	unit := cmp.Or(signs[cmp.Or(m.Currency, "USD")], m.Currency+" ")
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

// ReadMoney reads an amount that may say its currency, by its sign or its code,
// before or after: "350", "$350.00", "€300", "EUR 300", "300 CHF". Without one
// it is in home, and so is a bare "$" where home is a dollar.
func ReadMoney(s, home string) (Money, error) {
	s = strings.TrimSpace(s)
	currency := home
	for code, sign := range signs {
		if rest, ok := strings.CutPrefix(s, sign); ok {
			s = rest
			if sign != "$" || !strings.HasSuffix(home, "D") {
				currency = code
			}
			break
		}
	}
	if fields := strings.Fields(s); len(fields) == 2 {
		if code, err := ParseCurrency(fields[0]); err == nil {
			s, currency = fields[1], code
		} else if code, err := ParseCurrency(fields[1]); err == nil {
			s, currency = fields[0], code
		}
	}
	return ParseMoney(s, currency)
}

// ParseCurrency reads an ISO 4217 code in any case.
func ParseCurrency(s string) (string, error) {
	code := strings.ToUpper(strings.TrimSpace(s))
	if len(code) != 3 || strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return "", &Error{Kind: Invalid, Msg: fmt.Sprintf("%q is not a currency; write its three letters, such as USD or EUR", s)}
	}
	return code, nil
}
