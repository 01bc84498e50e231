package associate

import (
	"cmp"
	"slices"
)

// remembered is how many predictions the threshold is chosen on.
const remembered = 400

// record is how the latest predictions turned out.
type record struct {
	outcomes  []outcome // a ring
	count     uint32    // so far
	freshRate float32   // share of late lessons whose matter was no candidate
}

type outcome struct {
	p     float32 // probability of the first candidate
	right bool
}

// note takes a prediction that turned out right or not. None says that "none of
// these" was predicted, fresh that it was true.
func (r *record) note(p float32, right, none, fresh bool) {
	x := float32(0)
	if fresh {
		x = 1
	}
	r.count++
	r.freshRate += (x - r.freshRate) / float32(min(r.count, 100))
	if none {
		p = 0 // it is never assigned
	}
	o := outcome{p, right && !none}
	if len(r.outcomes) < remembered {
		r.outcomes = append(r.outcomes, o)
	} else {
		r.outcomes[(r.count-1)%remembered] = o
	}
}

// Threshold returns the confidence from which a first candidate was right with
// the precision wanted over the latest predictions, one more error allowed for;
// what was otherwise given while there are too few predictions to tell. No
// threshold reaching it, the answer is above 1.
func (m *Model) Threshold(precision, otherwise float64) float64 {
	const few = 60
	if len(m.past.outcomes) < few {
		return otherwise
	}
	sorted := slices.Clone(m.past.outcomes)
	slices.SortFunc(sorted, func(a, b outcome) int { return cmp.Compare(b.p, a.p) })
	threshold, wrong := 1.01, 1.0
	for i, o := range sorted {
		if !o.right {
			wrong++
		}
		last := i == len(sorted)-1 || sorted[i+1].p < o.p
		if last && o.p > 0 && wrong <= (1-precision)*float64(i+1) {
			threshold = float64(o.p)
		}
	}
	return threshold
}
