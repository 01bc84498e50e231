package app

import (
	"cmp"
	"context"
	"slices"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/store"
)

// Rates are what an hour costs: the timekeeper's own rate, and those of matters
// that have one, each from a day on. What was done before that day keeps the
// rate of its day, whenever it is approved; what is approved keeps its rate
// whatever is set.
type Rates struct{ *Practice }

// RateView is a rate as it was recorded.
type RateView struct {
	Matter   string `json:"matter"`   // number, "" for every matter without a rate of its own
	From     string `json:"from"`     // the first day, "" from the beginning
	Until    string `json:"until"`    // the first day on which another holds, "" until further notice
	Rate     string `json:"rate"`     // "$350.00"; "" where from that day on there is none of its own
	Recorded string `json:"recorded"` // when; "" for one that is older than this list
	Replaced bool   `json:"replaced"` // a later record of the same day corrects it
}

// List returns all that was ever recorded: of the timekeeper first, then of
// matters by number, each by day.
func (r Rates) List(ctx context.Context) ([]RateView, error) {
	views := []RateView{}
	err := r.store.View(ctx, func(tx *store.Tx) error {
		t, err := timekeeper(ctx, tx)
		if err != nil {
			return err
		}
		zone, err := r.zone(t)
		if err != nil {
			return err
		}
		list, err := tx.Rates(ctx)
		if err != nil {
			return err
		}
		known, err := r.register(ctx, tx)
		if err != nil {
			return err
		}
		out := known.renderer(zone)
		slices.SortStableFunc(list, func(a, b store.RateRecord) int {
			return cmp.Or(cmp.Compare(out.matters[a.Matter].Number, out.matters[b.Matter].Number), a.From.Compare(b.From))
		})
		for i := range list {
			views = append(views, out.rate(list[i], list[i+1:]))
		}
		return nil
	})
	return views, err
}

// rate shows a rate; after are those that follow it in the list.
func (r renderer) rate(x store.RateRecord, after []store.RateRecord) RateView {
	v := RateView{Matter: r.matters[x.Matter].Number, From: dayOrNone(x.From), Recorded: r.instant(x.At)}
	if !x.Price.IsZero() {
		v.Rate = x.Price.String()
	}
	for _, next := range after {
		if next.Matter != x.Matter {
			break
		}
		if next.From == x.From {
			v.Replaced = true
			continue
		}
		v.Until = next.From.String()
		break
	}
	return v
}

// Set records a rate of the matter with that number, or with "" the timekeeper's
// own; the zero Money ends one. It holds from a day on; nil is today, and the
// beginning where no rate was known before, and the zero day always is the
// beginning. A mistake is corrected by another one from the same day.
func (r Rates) Set(ctx context.Context, matter string, price billing.Money, from *billing.Day) error {
	return r.store.Update(ctx, func(tx *store.Tx) error {
		t, err := timekeeper(ctx, tx)
		if err != nil {
			return err
		}
		zone, err := r.zone(t)
		if err != nil {
			return err
		}
		book := rateBook{t.Rates, billing.DayOf(tx.Now(), zone)}
		if matter == "" {
			if err := inCurrency(price, t.Home()); err != nil {
				return err
			}
			return book.set(ctx, tx, "", price, from)
		}
		m, err := tx.MatterByNumber(ctx, matter)
		if err != nil {
			return err
		}
		return book.set(ctx, tx, m.ID, price, from)
	})
}

// inCurrency refuses a rate of the timekeeper's own in another currency than the
// firm's.
func inCurrency(rate billing.Money, home string) error {
	if rate.IsZero() || rate.Currency == home {
		return nil
	}
	return invalid("the rate is in " + rate.Currency + " and the firm's currency is " + home + "; give the rate in " + home)
}

// rateBook is the rates so far, on the day on which more are recorded.
type rateBook struct {
	rates billing.Rates
	today billing.Day
}

// set records a rate for a matter, "" for every one without its own, unless it
// says what holds from then on anyway.
func (b rateBook) set(ctx context.Context, tx *store.Tx, matter billing.MatterID, price billing.Money, from *billing.Day) error {
	day := b.today
	switch own := b.rates.Of(matter); {
	case from != nil:
		day = *from
	case len(own) == 0 && len(b.rates.Of("")) == 0:
		day = billing.Day{} // nothing was ever worked at another rate
	}
	if b.holds(matter, day) == price {
		return nil
	}
	return tx.AddRate(ctx, billing.Rate{Matter: matter, Price: price, From: day})
}

// holds returns the price of exactly that matter on a day.
func (b rateBook) holds(matter billing.MatterID, day billing.Day) billing.Money {
	rate := b.rates.On(matter, day)
	if rate.Matter != matter {
		return billing.Money{}
	}
	return rate.Price
}

// setOwn records the timekeeper's rate. In another currency than before, as the
// firm's may be until something is approved in it, it takes the place of all.
func (b rateBook) setOwn(ctx context.Context, tx *store.Tx, price billing.Money, from *billing.Day) error {
	other := false
	for _, r := range b.rates.Of("") {
		if r.Price.IsZero() || r.Price.Currency == price.Currency || b.holds("", r.From) != r.Price {
			continue
		}
		other = true
		if err := b.set(ctx, tx, "", price, &r.From); err != nil {
			return err
		}
	}
	if other && from == nil {
		return nil
	}
	return b.set(ctx, tx, "", price, from)
}
