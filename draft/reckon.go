package draft

import (
	"slices"

	"github.com/tenths/tenths/billing"
)

// Class says to which part of the day's sum a second belongs.
type Class int

// The classes of owned time.
const (
	Billable    Class = iota
	NonBillable       // worked, and not to be billed
	Private           // the timekeeper's own
	Unassigned        // worked on nobody knows which matter; counted as unexplained
)

// Owned is time that something owns.
type Owned struct {
	Spans []billing.Span
	Class Class
}

// Sum is a day that adds up: Observed = Billable + NonBillable + Private +
// Unexplained, in whole seconds.
type Sum struct {
	Observed     int64
	Billable     int64
	NonBillable  int64
	Private      int64
	Unexplained  int64
	DoubleBooked int64          // seconds with more than one owner; none unless something is broken
	Gaps         []billing.Span // stretches that nobody owns, between signs of the person
}

// Reckon adds up a day. Stretches without an owner count as unexplained when
// they lie between two times at which the person was seen that are less than the
// policy's Away apart; before the first, after the last and in longer breaks
// nobody was observed, whatever mail came in.
func Reckon(owned []Owned, seen []billing.Span, policy Policy) Sum {
	var sum Sum
	var all []billing.Span
	for _, o := range owned {
		for _, s := range o.Spans {
			free := billing.TotalSeconds(billing.Subtract(s, all))
			sum.DoubleBooked += s.Seconds() - free
			switch o.Class {
			case Billable:
				sum.Billable += free
			case NonBillable:
				sum.NonBillable += free
			case Private:
				sum.Private += free
			case Unassigned:
				sum.Unexplained += free
			}
			all = billing.Union(append(all, s))
		}
	}
	for i := 1; i < len(seen); i++ {
		between := billing.Span{Start: seen[i-1].End, End: seen[i].Start}
		if between.End.Sub(between.Start) < policy.Away {
			sum.Gaps = append(sum.Gaps, billing.Subtract(between, all)...)
		}
	}
	sum.Unexplained += billing.TotalSeconds(sum.Gaps)
	sum.Observed = sum.Billable + sum.NonBillable + sum.Private + sum.Unexplained
	return sum
}

// Minutes returns the sum's parts and its total in whole minutes that still add
// up: the total is rounded to the nearest minute and the parts share it.
func (s Sum) Minutes() (observed, billable, nonBillable, private, unexplained int64) {
	observed = (s.Observed + 30) / 60
	parts := billing.LargestRemainder(observed, []int64{s.Billable, s.NonBillable, s.Private, s.Unexplained})
	return observed, parts[0], parts[1], parts[2], parts[3]
}

// Longer returns the gaps of at least seconds.
func (s Sum) Longer(seconds int64) []billing.Span {
	return slices.DeleteFunc(slices.Clone(s.Gaps), func(g billing.Span) bool { return g.Seconds() < seconds })
}
