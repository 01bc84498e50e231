package draft

import (
	"math"
	"slices"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/associate"
)

// precision is how often a matter that is assigned without asking has to have been
// right lately. It is more than the 95 in 100 that are wanted: a threshold that
// was chosen on the past is a little too sure of itself.
const precision = 0.98

// judgement is the matters that an observation may belong to, and the first of
// them where it is sure enough.
type judgement struct {
	candidates []billing.Candidate
	matter     billing.MatterID
}

// judge ranks the matters of all that happened, decided on or not, see
// [Threshold].
func (d *Drafter) judge(all []billing.Observation, in Input) []judgement {
	out := make([]judgement, len(all))
	threshold := Threshold(in.Learned, in.Policy)
	ranked := d.index.Rank(all, in.Filed, in.Policy.Threshold, in.Learned)
	var listed []associate.Judgement
	if in.Learned != nil && in.Learned.Lessons() > 0 && in.Learned.Threshold(precision, -1) < 0 {
		listed = d.index.Rank(all, in.Filed, in.Policy.Threshold, nil)
	}
	for k := range all {
		j := judgement{candidates: ranked[k].Candidates}
		sure := len(j.candidates) > 0 && j.candidates[0].Confidence >= threshold
		if listed != nil {
			by := listed[k].Candidates
			sure = sure && len(by) > 0 && by[0].Matter == j.candidates[0].Matter && by[0].Confidence >= threshold
			j.candidates = d.untried(j.candidates, by, in.Learned.Lessons())
		}
		if sure {
			j.matter = ranked[k].Candidates[0].Matter
		}
		out[k] = j
	}
	return out
}

// assign gives every piece its ranked matters, and the one that it belongs to
// where that is sure enough.
func (d *Drafter) assign(work []piece, all []billing.Observation, judged []judgement, in Input) {
	at := make(map[billing.ObservationID]int, len(all))
	for i := range all {
		at[all[i].ID] = i
	}
	for i := range work {
		p := &work[i]
		if k, ok := at[p.obs.ID]; ok {
			p.candidates, p.matter = judged[k].candidates, judged[k].matter
		}
		d.choose(p, in)
	}
}

// untried returns the candidates while too few proposals were decided on to tell
// how often what was learned is right: it suggests, and the fewer its lessons
// the more quietly, but it assigns nothing that the list of matters does not.
// What has only ever seen one matter takes everything for it.
func (d *Drafter) untried(ranked, listed []billing.Candidate, lessons int) []billing.Candidate {
	out := slices.Clone(ranked)
	for i, c := range out {
		if !slices.ContainsFunc(listed, func(l billing.Candidate) bool { return l.Matter == c.Matter }) {
			out[i].Confidence = math.Round(1000*c.Confidence*float64(lessons+1)/float64(lessons+3)) / 1000
		}
	}
	slices.SortFunc(out, d.likelier)
	return out
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
