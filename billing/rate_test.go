package billing_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
)

// Of the rates that hold on a day the matter's own wins; of its records the one
// whose day came last, and of those of one day the one that was recorded last.
// What begins later, and what is of another matter, changes nothing.
func TestOneRateHoldsOnEachDay(t *testing.T) {
	days := rapid.Map(rapid.IntRange(0, 6), func(n int) billing.Day {
		if n == 0 {
			return billing.Day{}
		}
		return billing.Day{Year: 2026, Month: time.March, Day: n}
	})
	rate := rapid.Custom(func(t *rapid.T) billing.Rate {
		r := billing.Rate{Matter: rapid.SampledFrom([]billing.MatterID{"", "m", "other"}).Draw(t, "matter"), From: days.Draw(t, "from")}
		if cents := rapid.Int64Range(-1, 5).Draw(t, "cents"); cents >= 0 {
			r.Price = billing.Money{Cents: cents, Currency: "USD"}
		}
		return r
	})
	rapid.Check(t, func(t *rapid.T) {
		list := billing.Rates(rapid.SliceOfN(rate, 0, 8).Draw(t, "rates"))
		day := billing.Day{Year: 2026, Month: time.March, Day: rapid.IntRange(1, 7).Draw(t, "day")}
		// Walk the days forward: on each, what was recorded last for it begins.
		hold := map[billing.MatterID]billing.Money{}
		for at := -1; at <= 7; at++ {
			from := billing.Day{Year: 2026, Month: time.March, Day: at}
			if at < 1 {
				from = billing.Day{}
			}
			if from.Compare(day) > 0 {
				break
			}
			for _, r := range list {
				if r.From == from {
					hold[r.Matter] = r.Price
				}
			}
		}
		want := hold["m"]
		if want.IsZero() {
			want = hold[""]
		}
		keeper := billing.Timekeeper{Rates: list}
		if got := keeper.RateOn(billing.Matter{ID: "m"}, day); got != want {
			t.Fatalf("on %s %v holds of %+v, want %v", day, got, list, want)
		}
		if got := keeper.RateOn(billing.Matter{ID: "m", Internal: true}, day); !got.IsZero() {
			t.Fatalf("the firm's own time costs %v", got)
		}
		if got := keeper.RateOn(billing.Matter{}, day); got != hold[""] {
			t.Fatalf("without a matter %v holds, want %v", got, hold[""])
		}
	})
}
