package associate

import (
	"math"
	"slices"

	"github.com/tenths/tenths/billing"
)

// Lesson is what a person decided about one observation.
type Lesson struct {
	Observation billing.Observation
	// Matter is where it belongs; empty where that is not known, as for a draft
	// that was discarded.
	Matter billing.MatterID
	// Not is a matter that was proposed and turned down without another being
	// named. It counts only where Matter is empty.
	Not billing.MatterID
}

// Learn takes lessons that were decided together, as a day's approval: each is
// first judged by what was known before any of them, which shows what the
// evidence was worth. Filed is as for [Index.Rank]. Learning one by one or
// together is both right; what was proposed at one time had better be learned
// at one time.
func (ix *Index) Learn(m *Model, filed map[string]billing.MatterID, lessons ...Lesson) {
	w := spare.Get().(*work)
	defer spare.Put(w)
	for i := range ix.matters {
		if !ix.matters[i].Closed {
			m.slot(ix.matters[i].ID) // from now on it could have been filed under
		}
	}
	ix.meet(m, w)
	unmet := map[billing.MatterID]float64{}
	for i := range lessons {
		ix.review(m, w, &lessons[i], filed, unmet)
	}
	for i := range lessons {
		l := &lessons[i]
		if l.Matter != "" {
			m.study(w, l)
		} else if s, ok := m.byID[l.Not]; ok {
			m.shun(w, l, s)
		}
	}
	m.prune()
}

// whole is how many lessons on one matter that was no candidate count whole, of
// those that are learned together. More of them say the same again: a matter
// that begins with a crowd must not teach that whatever is alike is new.
const whole = 4

// review judges a lesson by what was known before, and learns how much the
// evidence was worth. Of each matter that was no candidate, unmet counts the
// lessons.
func (ix *Index) review(m *Model, w *work, l *Lesson, filed map[string]billing.MatterID, unmet map[billing.MatterID]float64) {
	ix.observe(w, &l.Observation, filed)
	ix.weighAll(m, w, &l.Observation)
	target := len(w.cands)
	matter, open := ix.byID[l.Matter]
	if open {
		if i := slices.IndexFunc(w.cands, func(c candidate) bool { return c.matter == matter }); i >= 0 {
			target = i
		}
	} else {
		matter = -1
	}
	ix.count(m, w, matter, l.Not)
	if l.Matter == "" { // where it belongs is not known, only that it is not here
		if _, known := ix.byID[l.Not]; known && m.lessons > 0 {
			m.trust.learn(w, len(w.cands), 1)
		}
		return
	}
	best := 0
	for i := range w.scores {
		if w.scores[i] > w.scores[best] {
			best = i
		}
	}
	var o outcome
	if best < len(w.cands) { // "none of these" is never assigned
		proposed := ix.matters[w.cands[best].matter].ID
		o = outcome{w.scores[best], best == target, draftOf(proposed, l.Observation.Span.Start)}
	}
	m.past.note(o, target == len(w.cands))
	weight := 1.0
	if target == len(w.cands) {
		unmet[l.Matter]++
		weight = min(1, whole/unmet[l.Matter])
	}
	if m.lessons > 0 {
		m.trust.learn(w, target, weight)
	}
}

// count notes which signs were right.
func (ix *Index) count(m *Model, w *work, matter int32, not billing.MatterID) {
	for k := range w.fired {
		f := &w.fired[k]
		key, _ := ix.countedAs(f)
		slot := int32(-1)
		if f.sign >= 0 {
			slot = w.slotOf[ix.signs[f.sign].matters[0]]
		}
		right := matter >= 0 && ix.speaks(f, matter)
		if matter < 0 {
			if n, ok := ix.byID[not]; !ok || !ix.speaks(f, n) {
				continue // nothing is known of this sign
			}
		}
		t := m.signs[key]
		t.slot = slot
		t.seen++
		if right {
			t.right++
		}
		if t.seen == math.MaxUint16 {
			t.seen, t.right = t.seen/2, t.right/2
		}
		if _, known := m.signs[key]; known || len(m.signs) < maxSigns {
			m.signs[key] = t
		}
	}
}

// study takes a lesson into the models.
func (m *Model) study(w *work, l *Lesson) {
	to := m.slot(l.Matter)
	w.sight.see(&l.Observation)
	m.absorb(&w.sight, to)
	m.find(w)
	m.near.add(m, w, to)
	w.linear = sized(w.linear, len(m.slots))
	w.linearScores()
	m.fit(w, to, -1)
	for range rehearsals {
		m.rehearse(w)
	}
	m.near.measure(m)
}

// shun learns that an observation does not belong to a slot.
func (m *Model) shun(w *work, l *Lesson, not int32) {
	w.sight.see(&l.Observation)
	m.find(w)
	w.linear = sized(w.linear, len(m.slots))
	w.linearScores()
	m.fit(w, -1, not)
}
