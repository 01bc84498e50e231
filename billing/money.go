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

// mostMoney bounds what is read: a day at that rate still has an amount.
const mostMoney = int64(1) << 50

// String returns the amount with thousands separated and the decimals of its
// currency, such as "$2,380.00", "€300.00", "¥40,000" or "CHF 1,200.50".
func (m Money) String() string {
	figure := m.Decimal()
	sign := ""
	if rest, negative := strings.CutPrefix(figure, "-"); negative {
		sign, figure = "-", rest
	}
	whole, fraction, decimal := strings.Cut(figure, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if decimal {
		fraction = "." + fraction
	}
	return sign + cmp.Or(signs[cmp.Or(m.Currency, "USD")], m.Currency+" ") + whole + fraction
}

// Decimal returns the bare figure, such as "2380.00", for other programs.
func (m Money) Decimal() string {
	sign, cents := "", m.Cents
	if cents < 0 {
		sign, cents = "-", -cents
	}
	n, one := places(m.Currency), unit(m.Currency)
	if n == 0 {
		return sign + strconv.FormatInt(cents, 10)
	}
	return fmt.Sprintf("%s%d.%0*d", sign, cents/one, n, cents%one)
}

// ParseMoney reads an amount such as "350", "350.00" or "1,350.5" in currency.
// More decimals than the currency has are refused rather than rounded; the
// hundredths of one that has none may be written if they are zero.
func ParseMoney(s, currency string) (Money, error) {
	bad := &Error{Kind: Invalid, Msg: fmt.Sprintf("%q is not an amount; write it as 350 or 350.00", s)}
	whole, frac, _ := strings.Cut(strings.ReplaceAll(strings.TrimSpace(s), ",", ""), ".")
	n := places(currency)
	if n == 0 {
		bad.Msg = fmt.Sprintf("%q is not an amount in %s, which has no decimals; write it as 40000", s, currency)
		if frac == "0" || frac == "00" {
			frac = ""
		}
	}
	if whole == "" || len(frac) > n || strings.ContainsAny(whole+frac, "+-") {
		return Money{}, bad
	}
	cents, err := strconv.ParseInt(whole+frac+strings.Repeat("0", n-len(frac)), 10, 64)
	if err != nil || cents > mostMoney {
		return Money{}, bad
	}
	return Money{cents, currency}, nil
}

// ReadMoney reads an amount that may say its currency, by its sign or its code,
// before or after: "350", "$350.00", "€300", "EUR 300", "300 CHF". Without one
// it is in home, and so is a bare "$" where home is a dollar, and a "¥" where it
// is the yuan.
func ReadMoney(s, home string) (Money, error) {
	s = strings.TrimSpace(s)
	currency := home
	for code, sign := range signs {
		if rest, ok := strings.CutPrefix(s, sign); ok {
			s = rest
			if !(sign == "$" && strings.HasSuffix(home, "D") || sign == "¥" && home == "CNY") {
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
