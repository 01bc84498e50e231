package draft

import (
	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/associate"
)

// assign gives every piece its ranked matters and the first of them where its
// confidence reaches the policy's threshold. All that happened speaks for the
// work, also what was decided on.
func assign(work []piece, all []billing.Observation, in Input, matters map[billing.MatterID]billing.Matter) {
	ranked := associate.New(in.Matters, in.Timekeeper).Rank(all, in.Filed, in.Policy.Threshold)
	for i := range work {
		p := &work[i]
		p.candidates = ranked[p.obs.ID]
		if len(p.candidates) > 0 && p.candidates[0].Confidence >= in.Policy.Threshold {
			p.matter = p.candidates[0].Matter
		}
		choose(p, in, matters)
	}
}

// choose puts a piece that the timekeeper put under a matter there, unless they
// filed that work elsewhere since.
func choose(p *piece, in Input, matters map[billing.MatterID]billing.Matter) {
	chosen := in.Chosen[p.obs.ID]
	if since, ok := in.Filed[p.obs.Thread]; ok && since != chosen {
		return
	}
	if m, ok := matters[chosen]; ok && !m.Closed {
		p.matter = m.ID
		p.candidates = []billing.Candidate{{Matter: m.ID, Confidence: 1, Reasons: []string{"chosen by you"}}}
	}
}
