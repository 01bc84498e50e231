package narrate

import (
	"strings"

	"github.com/tenths/tenths/billing"
)

// said is the narrative of what the timekeeper put in words: a note or a
// timer's label stands as it was typed, with its shorthand spelled out.
func said(v *view, o *billing.Observation) Clause {
	text := v.clean(string(o.Subject), inNotes)
	return spoken(text, o.ID)
}

// spoken is the clause of words that stand as they are.
func spoken(text string, id billing.ObservationID) Clause {
	ids := []billing.ObservationID{id}
	c := Clause{Act: Said, Evidence: ids}
	if text != "" {
		c.Objects = []Object{{Title: billing.Privileged(text), Kind: kindOf(wordsIn(text)), Evidence: ids}}
	}
	return c
}

// research narrates visits to legal databases, by what was read there. Titles
// of cases stay as they are.
func research(v *view, o *billing.Observation) Clause {
	ids := []billing.ObservationID{o.ID}
	c := Clause{Act: Researched, Evidence: ids}
	if subject := bounded(strings.Trim(squeeze(string(o.Subject)), " -–—:|/,;"), mostTopic); subject != "" {
		c.Topics = []Topic{{billing.Privileged(subject), ids}}
	}
	return c
}
