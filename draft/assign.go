package draft

import "github.com/tenths/tenths/billing"

// precision is how often a matter that is assigned without asking had better be
// right.
const precision = 0.95

// assign gives every piece its ranked matters and the first of them where it is
// sure enough: where its confidence reaches what was right often enough lately,
// or, while too little was decided to tell, the policy's threshold. All that
// happened speaks for the work, also what was decided on.
func (d *Drafter) assign(work []piece, all []billing.Observation, in Input) {
	at := make(map[billing.ObservationID]int, len(all))
	for i := range all {
		at[all[i].ID] = i
	}
	threshold := Threshold(in.Learned, in.Policy)
	ranked := d.index.Rank(all, in.Filed, in.Policy.Threshold, in.Learned)
	for i := range work {
		p := &work[i]
		if k, ok := at[p.obs.ID]; ok {
			p.candidates = ranked[k].Candidates
		}
		if len(p.candidates) > 0 && p.candidates[0].Confidence >= threshold {
			p.matter = p.candidates[0].Matter
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
