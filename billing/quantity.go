package billing

import "fmt"

// Quantity is time as a bill states it, in hundredths of an hour. What a line
// comes to is its quantity times its rate, so that whoever multiplies the two
// figures that they see gets the third.
type Quantity int64

// QuantityOf returns what minutes are on a bill, to the nearest hundredth of an
// hour: 72 minutes are 1.2, 20 are 0.33. Minutes are never negative.
func QuantityOf(minutes int64) Quantity { return Quantity((minutes*100 + 30) / 60) }

// Seconds returns the quantity in seconds, for those who ask for them.
func (q Quantity) Seconds() int64 { return int64(q) * 36 }

// At returns what the quantity comes to at rate per hour, rounded once, half
// away from zero.
func (q Quantity) At(rate Money) Money {
	product := int64(q) * rate.Cents
	if product < 0 {
		return Money{-((-product + 50) / 100), rate.Currency}
	}
	return Money{(product + 50) / 100, rate.Currency}
}

// String writes the quantity as hours with as many decimals as it needs, at
// least one: "1.2", "0.25", "0.33".
func (q Quantity) String() string {
	if q%10 == 0 {
		return fmt.Sprintf("%d.%d", q/100, q%100/10)
	}
	return fmt.Sprintf("%d.%02d", q/100, q%100)
}

// FormatTenths writes minutes as the hours that are billed for them, see
// [Quantity]: 72 is "1.2", 15 is "0.25", 20 is "0.33".
func FormatTenths(minutes int64) string { return QuantityOf(minutes).String() }

// LineAmount returns the price of minutes at rate per hour: that of the quantity
// that is shown for them. Minutes are never negative.
func LineAmount(minutes int64, rate Money) Money { return QuantityOf(minutes).At(rate) }
