package draft

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/tenths/tenths/billing"
)

// evidenceFor collects what speaks for each matter.
type evidenceFor map[int]*support

type support struct {
	against float64 // chance that every sign misleads: the product of (1 - sign)
	signs   []sign
}

type sign struct {
	weight float64
	reason string
}

func (e evidenceFor) add(matter int, weight float64, reason string) {
	s := e[matter]
	if s == nil {
		s = &support{against: 1}
		e[matter] = s
	}
	for _, known := range s.signs {
		if known.reason == reason {
			return
		}
	}
	s.against *= 1 - weight
	s.signs = append(s.signs, sign{weight, reason})
}

// share adds a sign that several matters have: they divide its weight.
func (e evidenceFor) share(matters []int, weight float64, reason string) {
	if n := len(matters); n > 1 {
		weight /= float64(n)
		reason += fmt.Sprintf(", as in %d matters", n)
	}
	for _, m := range matters {
		e.add(m, weight, reason)
	}
}

// associate ranks the matters of every piece and assigns the first one where
// its confidence reaches threshold. A conversation's messages speak for each
// other, also those that were decided on, but only through what each shows
// itself.
func (ix *index) associate(pieces []piece, all []billing.Observation, filed map[string]billing.MatterID, threshold float64) {
	signs := map[billing.ObservationID]evidenceFor{}
	threads := map[string]evidenceFor{}
	for _, o := range all {
		e := ix.signs(o, filed)
		signs[o.ID] = e
		if o.Thread == "" {
			continue
		}
		if best := ix.rank(e); len(best) > 0 && best[0].Confidence >= threshold {
			if threads[o.Thread] == nil {
				threads[o.Thread] = evidenceFor{}
			}
			threads[o.Thread].add(ix.byID[best[0].Matter], bySibling, "same conversation: "+best[0].Reasons[0])
		}
	}
	for i := range pieces {
		p := &pieces[i]
		e := signs[p.obs.ID]
		siblings := threads[p.obs.Thread]
		for m, s := range siblings {
			if len(siblings) == 1 && e[m] == nil {
				e.add(m, bySibling, s.signs[0].reason)
			}
		}
		p.candidates = ix.rank(e)
		if len(p.candidates) > 0 && p.candidates[0].Confidence >= threshold {
			p.matter = p.candidates[0].Matter
		}
	}
}

// choose puts the pieces that the timekeeper put under a matter there, unless
// they filed that work elsewhere since.
func (ix *index) choose(pieces []piece, chosen map[billing.ObservationID]billing.MatterID, filed map[string]billing.MatterID) {
	for i := range pieces {
		p := &pieces[i]
		if _, since := filed[p.obs.Thread]; since && filed[p.obs.Thread] != chosen[p.obs.ID] {
			continue
		}
		if m, ok := ix.matter(chosen[p.obs.ID]); ok && !m.Closed {
			p.matter = m.ID
			p.candidates = []billing.Candidate{{Matter: m.ID, Confidence: 1, Reasons: []string{"chosen by you"}}}
		}
	}
}

// signs returns what o shows of the matters it may belong to.
func (ix *index) signs(o billing.Observation, filed map[string]billing.MatterID) evidenceFor {
	e := evidenceFor{}
	if m, ok := ix.byID[filed[o.Thread]]; ok && o.Thread != "" {
		what := "conversation"
		switch {
		case o.Path != "":
			what = "document"
		case o.Kind == billing.KindTimer:
			what = "timer"
		}
		e.add(m, byFiling, what+" filed under "+ix.matters[m].Number+" before")
	}
	ix.folderSigns(e, string(o.Path))
	ix.textSigns(e, o)
	ix.partySigns(e, o.With)
	return e
}

func (ix *index) folderSigns(e evidenceFor, p string) {
	if p == "" {
		return
	}
	elements := strings.Split(strings.ToLower(slashed(p)), "/")
	for _, element := range elements[:len(elements)-1] {
		for _, m := range ix.folders[element] {
			if inFolder(p, string(ix.matters[m].Folder)) {
				e.add(m, byFolder, "folder "+string(ix.matters[m].Folder))
			}
		}
	}
}

func (ix *index) textSigns(e evidenceFor, o billing.Observation) {
	where := string(o.Subject)
	if o.Path != "" {
		elements := strings.Split(slashed(string(o.Path)), "/")
		where += "\n" + strings.Join(elements[max(0, len(elements)-4):], "\n")
	}
	found := map[string][]phrase{}
	ix.text.in(words(where), func(p phrase) {
		key := p.kind + " " + strings.Join(p.words, " ")
		if !slices.ContainsFunc(found[key], func(q phrase) bool { return q.matter == p.matter }) {
			found[key] = append(found[key], p)
		}
	})
	for _, key := range slices.Sorted(maps.Keys(found)) {
		ps := found[key]
		matters := make([]int, len(ps))
		for i, p := range ps {
			matters[i] = p.matter
		}
		e.share(matters, ps[0].weight, ix.inWords(ps[0]))
	}
}

func (ix *index) inWords(p phrase) string {
	text := strings.Join(p.words, " ")
	switch p.kind {
	case "number":
		return "matter number " + ix.matters[p.matter].Number
	case "keyword":
		return "keyword “" + text + "”"
	case "client":
		return "client’s name"
	case "party":
		return "party “" + text + "”"
	}
	return "matter’s name"
}

// partySigns adds what the participants show. One address is one sign however
// often it occurs; a domain counts only where the address itself is unknown.
func (ix *index) partySigns(e evidenceFor, with []billing.Party) {
	seen := map[string]bool{}
	for _, p := range with {
		a := strings.ToLower(string(p.Address))
		if a == "" || seen[a] {
			continue
		}
		seen[a] = true
		if ms := ix.address[a]; len(ms) > 0 {
			e.share(ms, byAddress, "contact "+a)
			continue
		}
		if h := host(a); len(ix.domain[h]) > 0 && !seen["@"+h] {
			seen["@"+h] = true
			e.share(ix.domain[h], byDomain, "organization "+h)
		}
	}
}

// rank turns signs into candidates, best first. The signs for one matter
// combine as independent witnesses (noisy-or); the matters and "none of these"
// then divide one unit of probability by their odds.
func (ix *index) rank(e evidenceFor) []billing.Candidate {
	total := ofNothing
	odds := map[int]float64{}
	for m, s := range e {
		p := math.Min(1-s.against, 0.999)
		odds[m] = p / (1 - p)
		total += odds[m]
	}
	out := make([]billing.Candidate, 0, len(e))
	for m, s := range e {
		slices.SortStableFunc(s.signs, func(a, b sign) int { return cmp.Compare(b.weight, a.weight) })
		reasons := make([]string, len(s.signs))
		for i, sg := range s.signs {
			reasons[i] = sg.reason
		}
		confidence := math.Round(odds[m]/total*1000) / 1000
		out = append(out, billing.Candidate{Matter: ix.matters[m].ID, Confidence: confidence, Reasons: reasons})
	}
	slices.SortFunc(out, func(a, b billing.Candidate) int {
		return cmp.Or(cmp.Compare(b.Confidence, a.Confidence), cmp.Compare(ix.number(a), ix.number(b)))
	})
	return out
}

func (ix *index) number(c billing.Candidate) string { return ix.matters[ix.byID[c.Matter]].Number }
