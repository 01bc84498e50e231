package draft

import (
	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/narrate"
)

// Voice is how the timekeeper wants entries put, learned from what they change:
// wording and codes. It is a value to be kept as JSON; its zero value has learned
// nothing. What it holds of a matter is as privileged as the matter.
type Voice struct {
	Phrasing narrate.Phrasing `json:"phrasing"`
	Habits   narrate.Habits   `json:"habits"`
}

// Forget drops what was learned on one matter.
func (v *Voice) Forget(m billing.MatterID) {
	delete(v.Phrasing.Matters, m)
	v.Habits.Forget(m)
}

// With returns a drafter that writes as v says. Nobody may change v while it is
// used.
func (d *Drafter) With(v *Voice) *Drafter {
	out := *d
	out.narrator = d.narrator.With(&v.Phrasing, &v.Habits)
	return &out
}

// Rewrite gives e a new narrative and codes from its evidence, as after a
// person chose another matter for it: who is the client and what a subject
// need not repeat depend on the matter. The observations are e's evidence.
func (d *Drafter) Rewrite(e *billing.Entry, evidence []billing.Observation) {
	if len(evidence) > 0 {
		d.narrator.Narrate(d.matters[e.Matter], evidence, e)
	}
}

// Safe returns what e says without names and subjects, from its evidence: kinds of
// documents and proceedings, and roles; "" without evidence.
func (d *Drafter) Safe(e billing.Entry, evidence []billing.Observation) billing.Privileged {
	if len(evidence) == 0 {
		return ""
	}
	return narrate.Safe(d.narrator.Facts(d.matters[e.Matter], evidence))
}

// LearnWording has v learn from the narrative that a person wrote for e, and
// reports whether there was anything to learn.
func (d *Drafter) LearnWording(v *Voice, e billing.Entry, evidence []billing.Observation) bool {
	return len(evidence) > 0 && v.Phrasing.Learn(d.narrator.Facts(d.matters[e.Matter], evidence), e.Narrative)
}

// LearnCodes has v learn the codes that a person gave to e.
func (d *Drafter) LearnCodes(v *Voice, e billing.Entry, evidence []billing.Observation) {
	if len(evidence) > 0 {
		v.Habits.Choose(d.narrator.Facts(d.matters[e.Matter], evidence), narrate.Codes{Task: e.TaskCode, Activity: e.ActivityCode})
	}
}
