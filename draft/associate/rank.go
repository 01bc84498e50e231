package associate

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"sync"

	"github.com/tenths/tenths/billing"
)

// Judgement is what is thought of one observation.
type Judgement struct {
	// Candidates are the matters that it may belong to, the best first. Their
	// confidences and New add up to at most one.
	Candidates []billing.Candidate
	// New is the probability that it belongs to none of the open matters, or to
	// one of which nothing is known yet.
	New float64
}

// Best returns the first candidate if it is more likely than "none of these".
func (j Judgement) Best() (billing.Candidate, bool) {
	if len(j.Candidates) == 0 || j.Candidates[0].Confidence <= j.New {
		return billing.Candidate{}, false
	}
	return j.Candidates[0], true
}

// mostShown bounds the candidates of an observation once a model takes part.
const mostShown = 8

var spare = sync.Pool{New: func() any { return new(work) }}

// Rank judges each observation, in the order given. A conversation's messages
// speak for each other, but only through what each shows itself, and only where
// that reaches threshold. Filed tells under which matter a person filed a
// conversation or a document's line of versions before, by
// [billing.Observation.Thread]. The model may be nil: then the list of matters
// alone speaks.
func (ix *Index) Rank(all []billing.Observation, filed map[string]billing.MatterID, threshold float64, m *Model) []Judgement {
	w := spare.Get().(*work)
	defer spare.Put(w)
	ix.meet(m, w)
	out := make([]Judgement, len(all))
	sure := map[string][]sibling{}
	for i := range all {
		o := &all[i]
		ix.observe(w, o, filed)
		out[i] = ix.judge(m, w, o)
		if o.Thread == "" || len(out[i].Candidates) == 0 || out[i].Candidates[0].Confidence < threshold {
			continue
		}
		best := ix.byID[out[i].Candidates[0].Matter]
		if known := sure[o.Thread]; !slices.ContainsFunc(known, func(s sibling) bool { return s.matter == best }) {
			sure[o.Thread] = append(known, sibling{best, out[i].Candidates[0].Reasons})
		}
	}
	for i := range all {
		o := &all[i]
		known := sure[o.Thread]
		if len(known) != 1 || slices.ContainsFunc(out[i].Candidates, func(c billing.Candidate) bool {
			return c.Matter == ix.matters[known[0].matter].ID && (m == nil || c.Confidence >= threshold)
		}) {
			continue
		}
		ix.observe(w, o, filed)
		reason := "same conversation"
		if len(known[0].reasons) > 0 {
			reason += ": " + known[0].reasons[0]
		}
		w.fired = append(w.fired, firing{-1, siblingKey, known[0].matter, bySibling, reason, false})
		out[i] = ix.judge(m, w, o)
	}
	return out
}

// sibling is a matter that a message of a conversation belongs to.
type sibling struct {
	matter  int32
	reasons []string
}

// candidate is a matter that is weighed.
type candidate struct {
	matter int32 // in the index
	slot   int32 // in the model, or -1
	odds   float32
}

// meet finds the matters of the index in the model.
func (ix *Index) meet(m *Model, w *work) {
	if m == nil || w.met == [2]uint64{ix.serial, m.serial} {
		return
	}
	w.met = [2]uint64{ix.serial, m.serial}
	w.slotOf = slices.Grow(w.slotOf[:0], len(ix.matters))[:len(ix.matters)]
	w.matterOf = slices.Grow(w.matterOf[:0], len(m.slots))[:len(m.slots)]
	for i := range w.matterOf {
		w.matterOf[i] = -1
	}
	for i := range ix.matters {
		w.slotOf[i] = -1
		if s, ok := m.byID[ix.matters[i].ID]; ok {
			w.slotOf[i] = s
			if !ix.matters[i].Closed {
				w.matterOf[s] = int32(i)
			}
		}
	}
}

// weighAll puts the candidates for what w.fired and o show into w.cands and
// their probabilities into w.scores, "none of these" last.
func (ix *Index) weighAll(m *Model, w *work, o *billing.Observation) {
	ix.weigh(m, w)
	w.cands = w.cands[:0]
	for _, s := range w.support {
		slot := int32(-1)
		if m != nil {
			slot = w.slotOf[s.matter]
		}
		w.cands = append(w.cands, candidate{s.matter, slot, float32(s.odds())})
	}
	if m == nil || m.lessons == 0 {
		w.byOdds()
		return
	}
	w.sight.see(o)
	m.score(w)
	m.trust.judge(w)
}

// byOdds lets the matters and "none of these" divide one unit of probability by
// their odds.
func (w *work) byOdds() {
	w.scores = w.scores[:0]
	total := ofNothing
	for i := range w.cands {
		total += float64(w.cands[i].odds)
	}
	for i := range w.cands {
		w.scores = append(w.scores, float32(float64(w.cands[i].odds)/total))
	}
	w.scores = append(w.scores, float32(ofNothing/total))
}

// judge weighs what w.fired and o show, and puts it into words.
func (ix *Index) judge(m *Model, w *work, o *billing.Observation) Judgement {
	ix.weighAll(m, w, o)
	n := len(w.cands)
	j := Judgement{New: thousandths(w.scores[n])}
	if n == 0 {
		return j
	}
	w.order = w.order[:0]
	for i := range n {
		w.order = append(w.order, int32(i))
		w.scores[i] = float32(thousandths(w.scores[i]))
	}
	slices.SortFunc(w.order, func(a, b int32) int {
		if w.scores[a] != w.scores[b] {
			return cmp.Compare(w.scores[b], w.scores[a])
		}
		x, y := w.cands[a].matter, w.cands[b].matter
		return cmp.Or(strings.Compare(ix.matters[x].Number, ix.matters[y].Number), cmp.Compare(x, y))
	})
	learned := m != nil && m.lessons > 0
	if learned {
		w.order = w.order[:min(n, mostShown)]
	}
	j.Candidates = make([]billing.Candidate, len(w.order))
	for k, i := range w.order {
		c := w.cands[i]
		j.Candidates[k] = billing.Candidate{
			Matter: ix.matters[c.matter].ID, Confidence: thousandths(w.scores[i]), Reasons: ix.reasons(m, w, o, i, learned && k < 3),
		}
	}
	return j
}

func thousandths(p float32) float64 { return math.Round(float64(p)*1000) / 1000 }

// reasons says what speaks for a candidate, the strongest first: the signs, then
// what was learned.
func (ix *Index) reasons(m *Model, w *work, o *billing.Observation, i int32, learned bool) []string {
	matter := w.cands[i].matter
	w.chosen = w.chosen[:0]
	for k := range w.fired {
		if ix.speaks(&w.fired[k], matter) {
			w.chosen = append(w.chosen, int32(k))
		}
	}
	slices.SortStableFunc(w.chosen, func(a, b int32) int { return cmp.Compare(w.fired[b].weight, w.fired[a].weight) })
	out := make([]string, 0, len(w.chosen)+2)
	for _, k := range w.chosen {
		out = append(out, ix.reason(&w.fired[k]))
	}
	if learned {
		out = m.learnedReasons(out, w, o, ix.matters[matter].Number, i)
	}
	return out
}
