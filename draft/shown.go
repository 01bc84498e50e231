package draft

import (
	"slices"
	"strings"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/narrate"
)

// Shown is what an entry's evidence shows, each thing once and as a narrative
// calls it, for whoever mends a narrative: what is not here nobody saw.
type Shown struct {
	With      []string // "opposing counsel"
	Topics    []string // "deposition schedule"
	Documents []string // "motion to compel (v3)"
}

// Show returns what the evidence of e shows. The timekeeper's own words, notes
// and timers, are left out: they are a narrative, not a sign of work.
func Show(e billing.Entry, evidence []billing.Observation, matters []billing.Matter, t billing.Timekeeper) Shown {
	d := NewDrafter(matters, t)
	var out Shown
	for _, c := range d.narrator.Facts(d.matters[e.Matter], evidence).Clauses {
		if c.Act == narrate.Said {
			continue
		}
		for _, w := range c.With {
			addShown(&out.With, w.Text())
		}
		for _, topic := range c.Topics {
			addShown(&out.Topics, string(topic.Text))
		}
		for _, o := range slices.Concat(c.Objects, c.Sent) {
			title := string(o.Title)
			if title != "" && len(o.Marks) > 0 {
				title += " (" + strings.Join(o.Marks, ", ") + ")"
			}
			addShown(&out.Documents, title)
		}
	}
	return out
}

func addShown(list *[]string, text string) {
	if text != "" && !slices.Contains(*list, text) {
		*list = append(*list, text)
	}
}
