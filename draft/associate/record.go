package associate

import (
	"cmp"
	"math"
	"slices"
)

// remembered is how many predictions the threshold is chosen on.
const remembered = 400

// record is how the latest predictions turned out.
type record struct {
	outcomes  []outcome // the latest last
	count     uint32    // lessons so far
	freshRate float32   // share of late lessons whose matter was no candidate
}

type outcome struct {
	p     float32 // probability of the first candidate
	right bool
}

// proposal is how what was proposed for an observation turned out.
type proposal struct {
	draft  string
	matter int32 // -1 for "none of these"
	outcome
}

// met notes whether a lesson's matter was no candidate.
func (r *record) met(fresh bool) {
	x := float32(0)
	if fresh {
		x = 1
	}
	r.count++
	r.freshRate += (x - r.freshRate) / float32(min(r.count, 100))
}

// take notes how the proposals of lessons that were learned together turned out.
// Those of one draft for one matter are one, as sure as the surest of them: a
// hundred messages in one draft that was right bill no more than one in another
// that was wrong. It was right where most of them were.
func (r *record) take(list []proposal) {
	for len(list) > 0 {
		first := list[0]
		one, n, right := first.outcome, 0, 0
		list = slices.DeleteFunc(list, func(p proposal) bool {
			same := n == 0 || first.draft != "" && p.draft == first.draft && p.matter == first.matter
			if same {
				n++
				right += btoi(p.right)
				one.p = max(one.p, p.p)
			}
			return same
		})
		one.right = 2*right > n
		r.note(one)
	}
}

// note takes an outcome, and forgets the oldest.
func (r *record) note(o outcome) {
	if len(r.outcomes) == remembered {
		r.outcomes = slices.Delete(r.outcomes, 0, 1)
	}
	r.outcomes = append(r.outcomes, o)
}

// Threshold returns the confidence from which a first candidate was right with
// the precision wanted over the latest predictions, one more error allowed for;
// what was otherwise given while there are too few predictions to tell. It is
// above otherwise only as far as errors speak for it: that nothing less sure was
// seen lately is no reason to ask, so it stops right above the surest error that
// it has to keep out. Errors at full confidence put it above 1.
func (m *Model) Threshold(precision, otherwise float64) float64 {
	const few = 60
	if len(m.past.outcomes) < few {
		return otherwise
	}
	sorted := slices.Clone(m.past.outcomes)
	slices.SortFunc(sorted, func(a, b outcome) int { return cmp.Compare(b.p, a.p) })
	threshold, below, wrong := 1.01, 0, 1.0
	for i, o := range sorted {
		if !o.right {
			wrong++
		}
		last := i == len(sorted)-1 || sorted[i+1].p < o.p
		if last && o.p > 0 && wrong <= (1-precision)*float64(i+1) {
			threshold, below = float64(o.p), i+1
		}
	}
	return min(threshold, max(otherwise, above(sorted[below:])))
}

// above returns the least confidence that is more than that of every error in
// outcomes, the surest first; 0 when there is none.
func above(outcomes []outcome) float64 {
	i := slices.IndexFunc(outcomes, func(o outcome) bool { return !o.right && o.p > 0 })
	if i < 0 {
		return 0
	}
	return float64(math.Nextafter32(outcomes[i].p, 2))
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
