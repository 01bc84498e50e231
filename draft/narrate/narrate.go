// Package narrate writes what a draft says: who did what, with whom and about
// what, resting each phrase on the observations that show it.
//
// It goes in two steps: observations become typed [Facts], and a grammar words
// them. It must not know how time is divided or which matter is right: it is told.
package narrate

import (
	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/people"
)

// Narrator writes narratives. It has a verb only for what the evidence shows:
// saves for drafting, a message sent for responding, an event for attending.
// It is safe for concurrent use.
type Narrator struct {
	ownHosts map[string]bool // the firm's own mail domains
	views    *views
	phrasing *Phrasing
	prior    Prior
}

// New returns a narrator for the timekeeper t, whose matters tell who is
// outside the firm.
func New(matters []billing.Matter, t billing.Timekeeper) Narrator {
	return Narrator{ownHosts: people.OwnHosts(matters, t), views: &views{seen: map[billing.MatterID]*view{}}}
}

// With returns n as it words things by p, which the timekeeper's edits taught,
// and prefers the codes of prior; nil for none. Neither must change while the
// narrator is used.
func (n Narrator) With(p *Phrasing, prior Prior) Narrator {
	n.phrasing, n.prior = p, prior
	return n
}

// Narrate gives e its narrative, the phrases it is made of, and its codes. What
// was seen is one piece of work on m, the zero matter where nobody knows, in the
// order of the time it owns; there is at least one observation.
func (n Narrator) Narrate(m billing.Matter, seen []billing.Observation, e *billing.Entry) {
	f := n.Facts(m, seen)
	n.Tell(&f, e)
}

// Tell gives e the narrative of f, the phrases it is made of, and the codes of f.
func (n Narrator) Tell(f *Facts, e *billing.Entry) {
	e.Phrases, e.Narrative = grammar{n.phrasing.styleOf(f.Matter)}.narrative(f)
	e.ActivityCode, e.TaskCode = f.Activity, f.Task
}

// Phrases words the facts as n's timekeeper does: the parts of a narrative, each
// with the observations that show it. They make the narrative when they are
// joined as they are.
func (n Narrator) Phrases(f Facts) []billing.Phrase {
	phrases, _ := grammar{n.phrasing.styleOf(f.Matter)}.narrative(&f)
	return phrases
}
