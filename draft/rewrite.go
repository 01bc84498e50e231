package draft

import (
	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/narrate"
)

// Rewrite gives e a new narrative and codes from its evidence, as after a
// person chose another matter for it: who is the client and what a subject
// need not repeat depend on the matter. The observations are e's evidence.
func Rewrite(e *billing.Entry, evidence []billing.Observation, matters []billing.Matter, t billing.Timekeeper) {
	if len(evidence) == 0 {
		return
	}
	var m billing.Matter
	for _, known := range matters {
		if known.ID == e.Matter {
			m = known
		}
	}
	narrate.New(matters, t).Narrate(m, evidence, e)
}
