package associate

import (
	"cmp"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/people"
	"github.com/tenths/tenths/draft/prose"
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

// Rank returns the ranked matters of each observation. A conversation's messages
// speak for each other, but only through what each shows itself, and only where
// that reaches threshold. Filed tells under which matter a person filed a
// conversation or a document's line of versions before, by
// [billing.Observation.Thread].
func (ix *Index) Rank(all []billing.Observation, filed map[string]billing.MatterID, threshold float64) map[billing.ObservationID][]billing.Candidate {
	signs := make([]evidenceFor, len(all))
	threads := map[string]evidenceFor{}
	for i, o := range all {
		e := ix.signs(o, filed)
		signs[i] = e
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
	out := make(map[billing.ObservationID][]billing.Candidate, len(all))
	for i, o := range all {
		siblings := threads[o.Thread]
		for m, s := range siblings {
			if len(siblings) == 1 && signs[i][m] == nil {
				signs[i].add(m, bySibling, s.signs[0].reason)
			}
		}
		out[o.ID] = ix.rank(signs[i])
	}
	return out
}

// signs returns what o shows of the matters it may belong to.
func (ix *Index) signs(o billing.Observation, filed map[string]billing.MatterID) evidenceFor {
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

func (ix *Index) folderSigns(e evidenceFor, p string) {
	if p == "" {
		return
	}
	elements := strings.Split(strings.ToLower(prose.Slashed(p)), "/")
	for _, element := range elements[:len(elements)-1] {
		for _, m := range ix.folders[element] {
			if inFolder(p, string(ix.matters[m].Folder)) {
				e.add(m, byFolder, "folder "+string(ix.matters[m].Folder))
			}
		}
	}
}

func (ix *Index) textSigns(e evidenceFor, o billing.Observation) {
	where := string(o.Subject)
	if o.Path != "" {
		elements := strings.Split(prose.Slashed(string(o.Path)), "/")
		where += "\n" + strings.Join(elements[max(0, len(elements)-4):], "\n")
	}
	found := map[string][]phrase{}
	ix.text.in(prose.Words(where), func(p phrase) {
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

func (ix *Index) inWords(p phrase) string {
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
func (ix *Index) partySigns(e evidenceFor, with []billing.Party) {
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
		if h := people.Host(a); len(ix.domain[h]) > 0 && !seen["@"+h] {
			seen["@"+h] = true
			e.share(ix.domain[h], byDomain, "organization "+h)
		}
	}
}

// rank turns signs into candidates, best first. The signs for one matter
// combine as independent witnesses (noisy-or); the matters and "none of these"
// then divide one unit of probability by their odds.
func (ix *Index) rank(e evidenceFor) []billing.Candidate {
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

func (ix *Index) number(c billing.Candidate) string { return ix.matters[ix.byID[c.Matter]].Number }
