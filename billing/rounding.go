package billing

import "fmt"

// RoundingMode says which way worked seconds are rounded to billed minutes.
type RoundingMode string

// The rounding modes.
const (
	RoundUp      RoundingMode = "up"
	RoundNearest RoundingMode = "nearest"
)

// RoundingScope says over what seconds are added before they are rounded.
type RoundingScope string

// The rounding scopes.
const (
	ScopeEntry     RoundingScope = "entry"
	ScopeMatterDay RoundingScope = "matter-day"
)

// TieRule says what "nearest" does with exactly half an increment.
type TieRule string

// The tie rules.
const (
	TieUp   TieRule = "up"
	TieDown TieRule = "down"
)

// RoundingPolicy turns seconds worked into minutes billed. It is applied once,
// to raw seconds, and kept on the entry it made: rounding a rounded value adds
// an increment.
type RoundingPolicy struct {
	Mode      RoundingMode  `json:"mode"`
	Increment int64         `json:"increment_minutes"` // minutes, 6 for tenths
	Scope     RoundingScope `json:"scope"`
	Tie       TieRule       `json:"tie"`
	Minimum   int64         `json:"minimum_minutes"` // least minutes for any work at all
}

// Tenths is the policy Tenths starts with: the nearest tenth of an hour, ties
// up, at least one tenth. Small work is gathered before it is rounded, so the
// minimum is met once a matter and day, not once a message (Mass. CPCS manual;
// ABA Formal Op. 93-379; Lee v. Santiago for the habit it avoids).
var Tenths = RoundingPolicy{Mode: RoundNearest, Increment: 6, Scope: ScopeEntry, Tie: TieUp, Minimum: 6}

// Validate reports what is wrong with the policy, if anything.
func (p RoundingPolicy) Validate() error {
	switch {
	case p.Mode != RoundUp && p.Mode != RoundNearest,
		p.Scope != ScopeEntry && p.Scope != ScopeMatterDay,
		p.Tie != TieUp && p.Tie != TieDown:
		return &Error{Kind: Invalid, Msg: fmt.Sprintf("the rounding policy %s/%s/%s is not one Tenths knows", p.Mode, p.Scope, p.Tie)}
	case p.Increment < 1 || p.Increment > 60 || p.Minimum < 0:
		return &Error{Kind: Invalid, Msg: fmt.Sprintf("the rounding increment must be 1 to 60 minutes, not %d", p.Increment)}
	}
	return nil
}

// Minutes returns the minutes to bill for the seconds worked. No work bills
// nothing, whatever the minimum.
func (p RoundingPolicy) Minutes(seconds int64) int64 {
	if seconds <= 0 {
		return 0
	}
	step := p.Increment * 60
	whole, rest := seconds/step, seconds%step
	up := rest > 0
	if p.Mode == RoundNearest {
		up = 2*rest > step || (2*rest == step && p.Tie == TieUp)
	}
	if up {
		whole++
	}
	return max(whole*p.Increment, p.Minimum)
}

// Share divides total minutes over parts in proportion to their seconds, in
// whole increments where total is made of them, so that the parts sum to the
// total exactly. The largest remainders take what is left over; of equal ones,
// the earlier part.
func (p RoundingPolicy) Share(total int64, seconds []int64) []int64 {
	unit := int64(1)
	if total%p.Increment == 0 {
		unit = p.Increment
	}
	shares := LargestRemainder(total/unit, seconds)
	for i := range shares {
		shares[i] *= unit
	}
	return shares
}

// LargestRemainder divides total units over parts in proportion to weights so
// that they sum to total exactly (Hamilton's method). Weights must not be
// negative; when all are zero the first part takes everything.
func LargestRemainder(total int64, weights []int64) []int64 {
	out := make([]int64, len(weights))
	if len(weights) == 0 {
		return out
	}
	var sum int64
	for _, w := range weights {
		sum += w
	}
	if sum == 0 {
		out[0] = total
		return out
	}
	left := total
	rest := make([]int64, len(weights))
	for i, w := range weights {
		out[i], rest[i] = total*w/sum, total*w%sum
		left -= out[i]
	}
	for ; left > 0; left-- {
		best := 0
		for i := range rest {
			if rest[i] > rest[best] {
				best = i
			}
		}
		out[best]++
		rest[best] = -1
	}
	return out
}
