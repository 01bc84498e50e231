package draft

import (
	"time"

	"github.com/tenths/tenths/billing"
)

// Rewrite gives e a new narrative and codes from its evidence, as after a
// person chose another matter for it: who is the client and what a subject
// need not repeat depend on the matter. The observations are e's evidence.
func Rewrite(e *billing.Entry, evidence []billing.Observation, matters []billing.Matter, t billing.Timekeeper, zone *time.Location) {
	if len(evidence) == 0 {
		return
	}
	g := group{matter: e.Matter}
	for _, o := range evidence {
		g.pieces = append(g.pieces, piece{obs: o, matter: e.Matter})
	}
	n := narrator{index: newIndex(matters, t), zone: zone}
	n.narrate(g, e)
}
