package billing

import (
	"cmp"
	"slices"
	"strings"
)

// Amounts is a sum of money that keeps currencies apart. The zero value is the
// sum of nothing.
type Amounts struct {
	sums []Money // one a currency, by its code
}

// Plus returns the sum with m added to what is there of its currency. Money
// without a currency and without cents changes nothing.
func (a Amounts) Plus(m Money) Amounts {
	if m.IsZero() {
		return a
	}
	sums := slices.Clone(a.sums)
	i, ok := slices.BinarySearchFunc(sums, m.Currency, func(s Money, code string) int { return strings.Compare(s.Currency, code) })
	if ok {
		sums[i] = sums[i].Plus(m)
	} else {
		sums = slices.Insert(sums, i, m)
	}
	return Amounts{sums}
}

// Known reports whether anything with a currency was added, even if it comes to
// nothing.
func (a Amounts) Known() bool { return len(a.sums) > 0 }

// IsZero reports whether a comes to nothing in every currency.
func (a Amounts) IsZero() bool {
	return !slices.ContainsFunc(a.sums, func(m Money) bool { return m.Cents != 0 })
}

// In returns the sums, home's first and the others by their codes. A currency
// that comes to nothing is left out beside others.
func (a Amounts) In(home string) []Money {
	out := slices.DeleteFunc(slices.Clone(a.sums), func(m Money) bool { return m.Cents == 0 })
	if len(out) == 0 && a.Known() {
		out = a.sums[:1:1]
	}
	slices.SortStableFunc(out, func(x, y Money) int {
		return cmp.Compare(order(x, home), order(y, home))
	})
	return out
}

func order(m Money, home string) int {
	if m.Currency == home {
		return 0
	}
	return 1
}

// Text writes the sums, home's first: "$1,200.00 and €300.00"; "" when nothing
// was added.
func (a Amounts) Text(home string) string {
	var said []string
	for _, m := range a.In(home) {
		said = append(said, m.String())
	}
	if n := len(said); n > 1 {
		return strings.Join(said[:n-1], ", ") + " and " + said[n-1]
	}
	return strings.Join(said, "")
}
