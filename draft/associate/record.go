package associate

import (
	"cmp"
	"encoding/binary"
	"hash/fnv"
	"io"
	"math"
	"slices"
	"time"

	"github.com/tenths/tenths/billing"
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
	draft uint32 // names the matter proposed and the day: what is one draft, and bills
}

// draftOf names the draft of what was proposed for a matter and happened then, in
// UTC's days.
func draftOf(matter billing.MatterID, then time.Time) uint32 {
	h := fnv.New32a()
	_, _ = io.WriteString(h, string(matter))
	_, _ = h.Write(binary.BigEndian.AppendUint32(nil, uint32(then.Unix()/(24*60*60))))
	return h.Sum32()
}

// note takes how a proposal turned out, and forgets the oldest. Fresh says that
// the matter was no candidate.
func (r *record) note(o outcome, fresh bool) {
	x := float32(0)
	if fresh {
		x = 1
	}
	r.count++
	r.freshRate += (x - r.freshRate) / float32(min(r.count, 100))
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
//
// What counts is drafts, of which each was wrong as far as its observations were:
// a hundred messages in one draft bill no more than one in another.
func (m *Model) Threshold(precision, otherwise float64) float64 {
	const few = 60
	if len(m.past.outcomes) < few {
		return otherwise
	}
	sorted := slices.Clone(m.past.outcomes)
	slices.SortFunc(sorted, func(a, b outcome) int { return cmp.Compare(b.p, a.p) })
	threshold, below := 1.01, 0
	drafts := draftTally{}
	for i, o := range sorted {
		drafts.add(o)
		last := i == len(sorted)-1 || sorted[i+1].p < o.p
		if last && o.p > 0 && 1+drafts.wrong <= (1-precision)*float64(len(drafts.of)) {
			threshold, below = float64(o.p), i+1
		}
	}
	return min(threshold, max(otherwise, above(sorted[below:])))
}

// draftTally counts drafts, each wrong as far as its observations were.
type draftTally struct {
	of    map[uint32]share
	wrong float64
}

type share struct{ wrong, all float64 }

func (s share) part() float64 { return s.wrong / max(s.all, 1) }

func (t *draftTally) add(o outcome) {
	if t.of == nil {
		t.of = map[uint32]share{}
	}
	s := t.of[o.draft]
	t.wrong -= s.part()
	s.all++
	if !o.right {
		s.wrong++
	}
	t.of[o.draft] = s
	t.wrong += s.part()
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
