package draft

import "github.com/tenths/tenths/billing"

// precision is how often a matter that is assigned without asking had better be
// right.
const precision = 0.95

// untried is the confidence that a matter needs for which what was learned speaks
// rather than the list of matters, while too few of its proposals were decided
// on to tell how often they are right.
const untried = 0.9

// assign gives every piece its ranked matters and the first of them where it is
// sure enough, see [Threshold]. All that happened speaks for the work, also what
// was decided on.
func (d *Drafter) assign(work []piece, all []billing.Observation, in Input) {
	at := make(map[billing.ObservationID]int, len(all))
	for i := range all {
		at[all[i].ID] = i
	}
	threshold := Threshold(in.Learned, in.Policy)
	ranked := d.index.Rank(all, in.Filed, in.Policy.Threshold, in.Learned)
	sure := func(int, billing.Candidate) bool { return true }
	if in.Learned != nil && in.Learned.Lessons() > 0 && in.Learned.Threshold(precision, -1) < 0 {
		listed := d.index.Rank(all, in.Filed, in.Policy.Threshold, nil)
		sure = func(k int, c billing.Candidate) bool {
			by := listed[k].Candidates
			return c.Confidence >= untried || len(by) > 0 && by[0].Matter == c.Matter && by[0].Confidence >= threshold
		}
	}
	for i := range work {
		p := &work[i]
		if k, ok := at[p.obs.ID]; ok {
			p.candidates = ranked[k].Candidates
			if len(p.candidates) > 0 && p.candidates[0].Confidence >= threshold && sure(k, p.candidates[0]) {
				p.matter = p.candidates[0].Matter
			}
		}
		d.choose(p, in)
	}
}

// choose puts a piece that the timekeeper put under a matter there, unless they
// filed that work elsewhere since.
func (d *Drafter) choose(p *piece, in Input) {
	chosen := in.Chosen[p.obs.ID]
	if since, ok := in.Filed[p.obs.Thread]; ok && since != chosen {
		return
	}
	if m, ok := d.matters[chosen]; ok && !m.Closed {
		p.matter = m.ID
		p.candidates = []billing.Candidate{{Matter: m.ID, Confidence: 1, Reasons: []string{"chosen by you"}}}
	}
}
