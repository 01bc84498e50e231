package draft

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/narrate"
)

// Fault is why an answer must not stand for a narrative, for the person; "" is
// none.
type Fault = narrate.Fault

// Wording is a draft's narrative as the grammar has it, which something else may
// put in other words.
type Wording struct {
	Key     string // names the facts and the narrative: the same for the same
	outline narrate.Outline
}

// Text returns the grammar's narrative.
func (w Wording) Text() billing.Privileged { return w.outline.Text() }

// Told returns the typed facts, as JSON: all that whatever rewords them is told.
func (w Wording) Told() billing.Privileged { return w.outline.Told() }

// Reword returns answer as it may stand in the narrative's place, or why it must
// not.
func (w Wording) Reword(answer billing.Privileged) (billing.Privileged, Fault) {
	return w.outline.Reword(string(answer))
}

// reword gives e the wording that is known for it and is still faithful, as one
// phrase that rests on all that the grammar's phrases rest on. Where none is
// known, and e is one to ask about, it returns what to ask. What the timekeeper
// said themselves stands as they said it, and so does what has nothing but an
// address to call somebody by, which nobody is told.
func (in Input) reword(e *billing.Entry, f narrate.Facts) (ask Wording, ok bool) {
	if e.Matter == "" || e.Narrative == "" || strings.Contains(string(e.Narrative), "@") {
		return ask, false
	}
	o, ok := narrate.OutlineOf(f, e.Phrases)
	if !ok {
		return ask, false
	}
	ask = Wording{Key: wordingKey(o), outline: o}
	answer, known := in.Worded[ask.Key]
	if !known {
		return ask, true
	}
	if answer == "" || o.Fault(string(answer)) != "" {
		return ask, false
	}
	e.Narrative = answer
	e.Phrases = []billing.Phrase{{Text: answer, Evidence: evidenceOf(e.Phrases)}}
	return ask, false
}

func wordingKey(o narrate.Outline) string {
	h := sha256.Sum256([]byte(string(o.Told()) + "\x00" + string(o.Text())))
	return hex.EncodeToString(h[:])
}

// evidenceOf returns what phrases rest on, each observation once, in order.
func evidenceOf(phrases []billing.Phrase) []billing.ObservationID {
	var out []billing.ObservationID
	known := map[billing.ObservationID]bool{}
	for _, p := range phrases {
		for _, id := range p.Evidence {
			if !known[id] {
				known[id] = true
				out = append(out, id)
			}
		}
	}
	return out
}
