package table

import (
	"strings"

	"github.com/tenths/tenths/billing"
)

// Mark is what separates the decimals of a number.
type Mark byte

// The marks. Where a table shows none, a point is meant.
const (
	NoMark Mark = 0
	Point  Mark = '.'
	Comma  Mark = ','
	Mixed  Mark = '?' // the table has both: only what is clear by itself is read
)

// Decimals returns the mark that the numbers of some columns have, decided over
// all their rows.
func (t *Table) Decimals(names ...string) Mark {
	var point, comma bool
	for r := range t.Rows() {
		if r.Kind != Data {
			continue
		}
		for _, name := range names {
			switch own(r.Cell(name)) {
			case Point:
				point = true
			case Comma:
				comma = true
			}
		}
	}
	switch {
	case point && comma:
		return Mixed
	case comma:
		return Comma
	case point:
		return Point
	}
	return NoMark
}

// own returns the mark that a number shows by itself: of two kinds of mark the
// last, and one alone that is not followed by three figures.
func own(s string) Mark {
	s = figures(s)
	point, comma := strings.LastIndexByte(s, '.'), strings.LastIndexByte(s, ',')
	last, other := Point, strings.Count(s, ",")
	at, same := point, strings.Count(s, ".")
	if comma > point {
		last, at, other, same = Comma, comma, same, other
	}
	switch {
	case at < 0:
		return NoMark
	case same > 1 && other == 0: // 1.234.567
		return map[Mark]Mark{Point: Comma, Comma: Point}[last]
	case other > 0, len(s)-at-1 != 3, s[:at] == "0", at == 0:
		return last
	}
	return NoMark
}

// figures returns the figures and marks of a number without signs and units.
func figures(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' || r == '.' || r == ',' {
			return r
		}
		return -1
	}, s)
}

// Millionths are a number: 1.5 is 1,500,000.
type Millionths int64

const one = 1_000_000

// maxWhole bounds what is read: enough for any amount, and no sum of rows can
// overflow.
const maxWhole = 1_000_000_000

// Number reads a number such as "1.5", "1,5", "1,234.50", "-0.5", "(125.00)" or
// "3-", whose decimals have the mark of its column.
func Number(s string, m Mark) (Millionths, error) {
	clean, negative := sign(s)
	text, err := plain(clean, m)
	if err != nil {
		return 0, err
	}
	whole, frac, _ := strings.Cut(text, ".")
	if len(strings.TrimLeft(whole, "0")) > 10 || whole+frac == "" || strings.Trim(whole+frac, "0123456789") != "" {
		return 0, invalid("%q is no number", short(s))
	}
	n := Millionths(0)
	for _, c := range whole {
		n = n*10 + Millionths(c-'0')
	}
	if n > maxWhole {
		return 0, invalid("%q is too large", short(s))
	}
	up := len(frac) > 6 && frac[6] >= '5'
	for _, c := range (frac + "000000")[:6] {
		n = n*10 + Millionths(c-'0')
	}
	if up {
		n++
	}
	if negative {
		n = -n
	}
	return n, nil
}

// sign takes off what says that a number is negative.
func sign(s string) (rest string, negative bool) {
	s = strings.TrimSpace(strings.NewReplacer("\u2212", "-", "\u2013", "-", "\u00a0", " ", "\u202f", " ", "'", "", "\u2019", "").Replace(s))
	if inner, ok := strings.CutPrefix(s, "("); ok && strings.HasSuffix(inner, ")") {
		return strings.TrimSpace(inner[:len(inner)-1]), true
	}
	if rest, ok := strings.CutPrefix(s, "-"); ok {
		return strings.TrimSpace(rest), true
	}
	if rest, ok := strings.CutSuffix(s, "-"); ok && rest != "" {
		return strings.TrimSpace(rest), true
	}
	return strings.TrimSpace(strings.TrimPrefix(s, "+")), false
}

// plain writes a number's decimals with a point and takes out what parts its
// thousands.
func plain(s string, m Mark) (string, error) {
	if s == "" || len(s) > 40 || strings.Trim(s, "0123456789., ") != "" {
		return "", invalid("%q is no number", short(s))
	}
	by := own(s)
	switch {
	case by == NoMark && strings.ContainsAny(s, ".,") && m == Mixed:
		return "", invalid("%q may be read in two ways; write it with a point and two decimals", short(s))
	case by == NoMark:
		by = m
	}
	decimal, thousands := ".", ","
	if by == Comma {
		decimal, thousands = ",", "."
	}
	whole, frac, _ := strings.Cut(s, decimal)
	groups := strings.FieldsFunc(whole, func(r rune) bool { return strings.ContainsRune(thousands+" ", r) })
	for i, g := range groups {
		if i > 0 && len(g) != 3 || i == 0 && len(groups) > 1 && len(g) > 3 {
			return "", invalid("%q is no number", short(s))
		}
	}
	if strings.Trim(frac, "0123456789") != "" {
		return "", invalid("%q is no number", short(s))
	}
	return strings.Join(groups, "") + "." + frac, nil
}

// Money reads an amount that may say its currency by its sign or code, before or
// behind, and may be negative: "$1,250.00", "1.234,50 €", "(125.00)", "-5 CHF".
// Without one it is in home. Amounts have no parts of cents.
func Money(s string, m Mark, home string) (billing.Money, error) {
	rest, negative := sign(s)
	unit, amount, behind := parts(rest)
	if again, minus := sign(amount); minus && !negative {
		amount, negative = again, true
	}
	n, err := Number(amount, m)
	if n < 0 {
		n, negative = -n, !negative
	}
	if err != nil {
		return billing.Money{}, invalid("%q is not an amount; write it as 350 or 350.00", short(s))
	}
	text := figure(int64(n))
	switch {
	case unit == "":
	case behind && code(unit):
		text += " " + unit
	case code(unit):
		text = unit + " " + text
	default:
		text = unit + text
	}
	out, err := billing.ReadMoney(text, home)
	if negative {
		out.Cents = -out.Cents
	}
	return out, err
}

// parts parts an amount from its sign or code.
func parts(s string) (unit, amount string, behind bool) {
	i := strings.IndexAny(s, "0123456789.,(-")
	if i < 0 {
		return "", s, false
	}
	if i > 0 {
		return strings.TrimSpace(s[:i]), strings.TrimSpace(s[i:]), false
	}
	j := strings.LastIndexAny(s, "0123456789.,)-") + 1
	return strings.TrimSpace(s[j:]), strings.TrimSpace(s[:j]), true
}

// code reports whether a unit is a currency's code rather than its sign.
func code(unit string) bool {
	_, err := billing.ParseCurrency(unit)
	return err == nil
}

// figure writes millionths with a point and the decimals that they need: how many
// a currency has, [billing.ReadMoney] knows.
func figure(n int64) string {
	frac := itoa(one + n%one)[1:]
	return itoa(n/one) + "." + strings.TrimRight(frac, "0")
}
