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
	Gaps         []billing.Span // stretches that nobody owns, between others
}

// Reckon adds up a day. Stretches without an owner count as unexplained when
// they lie between owned ones and are shorter than the policy's Away; before
// the first, after the last and in longer breaks nobody was observed.
func Reckon(owned []Owned, policy Policy) Sum {
	var sum Sum
	var all []billing.Span
	seen := []billing.Span{}
	for _, o := range owned {
		for _, s := range o.Spans {
			free := billing.TotalSeconds(billing.Subtract(s, seen))
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
			all = append(all, s)
			seen = billing.Union(append(seen, s))
		}
	}
	all = billing.Union(all)
	for i := 1; i < len(all); i++ {
		gap := billing.Span{Start: all[i-1].End, End: all[i].Start}
		if gap.End.Sub(gap.Start) < policy.Away {
			sum.Gaps = append(sum.Gaps, gap)
			sum.Unexplained += gap.Seconds()
		}
	}
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
