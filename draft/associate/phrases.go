package associate

import "github.com/tenths/tenths/draft/prose"

// phrases finds known runs of words in text.
type phrases struct {
	byFirst map[string][]phrase
}

type phrase struct {
	words  []string
	weight float64
	kind   string
	matter int // position in the index's matters
}

func (ps *phrases) add(p phrase) {
	if len(p.words) == 0 {
		return
	}
	if ps.byFirst == nil {
		ps.byFirst = map[string][]phrase{}
	}
	ps.byFirst[p.words[0]] = append(ps.byFirst[p.words[0]], p)
}

// in calls found for every known phrase that occurs in text.
func (ps *phrases) in(text []string, found func(phrase)) {
	for i, w := range text {
		for _, p := range ps.byFirst[w] {
			if prose.StartsWith(text[i:], p.words) {
				found(p)
			}
		}
	}
}
