package billing

// Rate is what an hour costs from a day on. The zero Price says that from that
// day on there is no rate of this kind: a matter's own ends, and the
// timekeeper's holds again.
type Rate struct {
	Matter MatterID // "" for every matter that has no rate of its own
	Price  Money    // per hour
	From   Day      // the zero Day: from the beginning
}

// Rates are rates in the order in which they were recorded. What was recorded
// stays: of several from the same day for the same work the last counts, which
// is how a mistake is corrected.
type Rates []Rate

// On returns the rate that holds for work on a matter that was done on that day:
// of those that hold then, the one that names most; the zero Rate when there is
// none.
func (r Rates) On(matter MatterID, day Day) Rate {
	if own := r.of(matter, day); matter != "" && !own.Price.IsZero() {
		return own
	}
	if any := r.of("", day); !any.Price.IsZero() {
		return any
	}
	return Rate{}
}

// of returns the rate for exactly that matter, "" for none, whose day came last
// by day.
func (r Rates) of(matter MatterID, day Day) (out Rate) {
	found := false
	for _, x := range r {
		if x.Matter != matter || x.From.Compare(day) > 0 || found && x.From.Compare(out.From) < 0 {
			continue
		}
		out, found = x, true
	}
	return out
}

// Of returns those for exactly that matter, "" for those for every matter.
func (r Rates) Of(matter MatterID) (out Rates) {
	for _, x := range r {
		if x.Matter == matter {
			out = append(out, x)
		}
	}
	return out
}
