package app

import "github.com/tenths/tenths/billing"

// total adds up what settled entries bill: minutes, hours as they are shown, and
// money by currency. What is not billed adds nothing.
type total struct {
	minutes  int64
	quantity billing.Quantity
	amounts  billing.Amounts
}

func (t *total) add(e billing.Entry) {
	if e.NonBillable || e.Private {
		return
	}
	t.minutes += e.Billed
	t.quantity += e.Quantity()
	t.amounts = t.amounts.Plus(e.Amount())
}

// amount writes the money, the firm's own currency first; "" when no rate is
// known.
func (t *total) amount(home string) string { return t.amounts.Text(home) }

// settle has the day's drafts say what approving them now would freeze.
func (d *dayRecord) settle() {
	for i, e := range d.entries {
		d.entries[i] = d.settled(e)
	}
}

// settled returns a draft as approving it now would freeze it.
func (d *dayRecord) settled(e billing.Entry) billing.Entry {
	return e.Settled(d.register.byID[e.Matter], d.timekeeper)
}

// renderer shows what is of the day.
func (d *dayRecord) renderer() renderer {
	r := d.register.renderer(d.zone)
	r.home, r.rates, r.on = d.timekeeper.Home(), d.timekeeper.Rates, d.day
	r.said = map[billing.ObservationID]bool{}
	for _, o := range d.observations {
		r.said[o.ID] = o.Kind == billing.KindNote
	}
	return r
}
