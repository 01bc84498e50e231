package draft

import (
	"cmp"
	"slices"
	"time"

	"github.com/tenths/tenths/billing"
)

// Round gives the drafts among a day's entries their minutes where the policy
// that is kept on them rounds a matter's day: the seconds of all that is worked
// on the matter are added up and rounded once, what is final already has its
// minutes, and the drafts share the rest by their seconds. Minutes that a person
// typed change nobody else's: the others bill what they would without. Those of
// a draft that a person divided stay as they were divided. What is not billed
// shares with what is not billed.
//
// It depends on nothing but the entries as they are, so that what is decided
// and undone leaves no trace. observations are those of the day; of a tail of
// another day's work, see [isTail], nothing is billed alone.
func Round(entries []billing.Entry, observations []billing.Observation, day billing.Span, internal func(billing.MatterID) bool) {
	groups := map[roundKey][]int{}
	for i, e := range entries {
		if e.Rounding.Scope != billing.ScopeMatterDay || e.State == billing.StateDiscarded || e.Private {
			continue
		}
		key := roundKey{matter: e.Matter, notBilled: e.NonBillable || internal(e.Matter), policy: e.Rounding}
		if e.Matter == "" {
			key.alone = i + 1 // it is on no matter's day
		}
		groups[key] = append(groups[key], i)
	}
	if len(groups) == 0 {
		return
	}
	seen := byID(observations)
	for key, members := range groups {
		slices.SortFunc(members, func(a, b int) int { return inOrder(&entries[a], &entries[b]) })
		roundTogether(entries, members, key.policy, func(e *billing.Entry) bool { return isTail(e, seen, day) })
	}
}

// roundKey names what is rounded together.
type roundKey struct {
	matter    billing.MatterID
	notBilled bool
	policy    billing.RoundingPolicy
	alone     int // tells apart what shares with nothing
}

func roundTogether(entries []billing.Entry, members []int, policy billing.RoundingPolicy, tail func(*billing.Entry) bool) {
	var total, final int64
	var open []int
	whole, wholeOpen := false, false // there is work that is no tail, and it shares
	for _, i := range members {
		e := &entries[i]
		total += e.Worked
		shares := !isFinal(e)
		if shares {
			open = append(open, i)
		} else {
			final += e.Billed
		}
		if e.Worked > 0 && !tail(e) {
			whole, wholeOpen = true, wholeOpen || shares
		}
	}
	weights := make([]int64, len(open))
	known := false
	for k, i := range open {
		if !wholeOpen || !tail(&entries[i]) {
			weights[k] = entries[i].Worked
		}
		known = known || weights[k] > 0
	}
	minutes := make([]int64, len(open))
	if known && whole {
		minutes = policy.Share(max(policy.Minutes(total)-final, 0), weights)
	}
	for k, i := range open {
		if e := &entries[i]; e.State == billing.StateDrafted && e.BilledBy == billing.ByPolicy {
			e.Billed = minutes[k]
		}
	}
}

// isFinal reports whether e has its part of a matter's minutes already.
func isFinal(e *billing.Entry) bool {
	return e.BilledBy == billing.ByPart || e.BilledBy == billing.ByPolicy && e.State != billing.StateDrafted
}

// isTail reports whether e is no more than the seconds, less than half an
// increment, by which work of another day reaches over midnight. They are kept,
// and bill no tenth on their own.
func isTail(e *billing.Entry, seen map[billing.ObservationID]*billing.Observation, day billing.Span) bool {
	if e.Worked <= 0 || 2*e.Worked >= e.Rounding.Increment*60 || len(e.Evidence) == 0 {
		return false
	}
	return !slices.ContainsFunc(e.Evidence, func(id billing.ObservationID) bool {
		o := seen[id]
		return o == nil || !o.Span.Start.Before(day.Start) && !o.Span.End.After(day.End)
	})
}

func byID(observations []billing.Observation) map[billing.ObservationID]*billing.Observation {
	seen := make(map[billing.ObservationID]*billing.Observation, len(observations))
	for i := range observations {
		seen[observations[i].ID] = &observations[i]
	}
	return seen
}

// inOrder compares entries by their start, and those that begin alike by what
// they rest on, which does not change when a draft is made anew.
func inOrder(a, b *billing.Entry) int {
	return cmp.Or(first(*a).Compare(first(*b)), slices.Compare(a.Evidence, b.Evidence), cmp.Compare(a.ID, b.ID))
}

// roundDrafts applies the policy to drafts that nobody decided on: each by
// itself, and then what the matter's day shares, with what is decided on. It
// returns those of the latter whose minutes are others now.
func (d *Drafter) roundDrafts(drafts []billing.Entry, in Input, day billing.Span) (changed []billing.Entry) {
	policy := in.Policy.Rounding
	seen := byID(in.Observations)
	all := make([]billing.Entry, 0, len(drafts)+len(in.Decided))
	for i := range drafts {
		e := &drafts[i]
		e.Rounding = policy
		if e.Billed = policy.Minutes(e.Worked); isTail(e, seen, day) {
			e.Billed = 0
		}
		all = append(all, *e)
	}
	all = append(all, in.Decided...)
	Round(all, in.Observations, day, func(id billing.MatterID) bool { return d.matters[id].Internal })
	for i := range drafts {
		drafts[i].Billed = all[i].Billed
	}
	for i, e := range in.Decided {
		if now := all[len(drafts)+i]; now.Billed != e.Billed {
			changed = append(changed, now)
		}
	}
	return changed
}

// first returns the instant at which e begins.
func first(e billing.Entry) time.Time {
	if len(e.Spans) == 0 {
		return time.Time{}
	}
	return e.Spans[0].Start
}
