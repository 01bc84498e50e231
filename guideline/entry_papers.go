package guideline

import (
	"strings"

	"github.com/tenths/tenths/guideline/language"
)

// papersJoined finds two papers of different sorts that one verb writes: "draft
// motion to quash and responses to requests for admission". Papers that go
// together (a motion, its declaration and the order) are one task, and so is what
// one sort answers in several.
func papersJoined(t *language.Text) []Finding {
	for i := range t.Clauses {
		c := &t.Clauses[i]
		if c.Class() != language.Draft || len(c.Objects) < 2 || c.Same {
			continue
		}
		first := sortOf(t, &c.Objects[0])
		if first == otherPaper || namesBoth(t, &c.Objects[0]) {
			continue
		}
		for k := 1; k < len(c.Objects); k++ {
			ph := &c.Objects[k]
			if sort := sortOf(t, ph); sort != otherPaper && sort != first {
				return []Finding{{
					Message: "Two papers that have nothing to do with each other share one time; give each its own entry.",
					From:    ph.From, To: ph.To,
					Question: "How much of the time was each?",
				}}
			}
		}
	}
	return nil
}

// paperSort is what a paper of a case is for.
type paperSort int

const (
	otherPaper     paperSort = iota
	motionPaper              // asks the court for something, or argues it
	discoveryPaper           // asks the other side, or answers it
)

var (
	motionHeads = stems(`motion|motion to compel|motion to dismiss|motion to strike|motion to quash|motion for summary judgment|motion in limine|
		motions in limine|motion to transfer|motion for sanctions|motion for reconsideration|ex parte application|demurrer|mediation brief|
		mediation statement|trial brief|opening brief|reply brief|opposition brief|motion for class certification|motion for preliminary injunction`)
	discoveryHeads = stems(`interrogatory|special interrogatories|form interrogatories|request for admission|requests for admission|
		requests for admissions|request for production|requests for production|rfa|rfas|rfp|rfps|discovery request|discovery responses`)
	answerHeads = stems(`response|objection|answer|request`)
)

// sortOf returns the sort of a paper by its head: responses are discovery where
// they answer discovery, and may be anything else otherwise.
func sortOf(t *language.Text, ph *language.Phrase) paperSort {
	if ph.Head < 0 {
		return otherPaper
	}
	switch stem := t.Tokens[ph.Head].Stem; {
	case motionHeads[stem]:
		return motionPaper
	case discoveryHeads[stem], answerHeads[stem] && names(t, ph, discoveryHeads):
		return discoveryPaper
	}
	return otherPaper
}

// namesBoth reports whether a motion is itself about discovery, so that what
// follows it may belong to it: "motion to compel responses to interrogatories and
// requests for production".
func namesBoth(t *language.Text, ph *language.Phrase) bool {
	return names(t, ph, motionHeads) && (names(t, ph, discoveryHeads) || names(t, ph, answerHeads))
}

func names(t *language.Text, ph *language.Phrase, which map[uint32]bool) bool {
	for i := ph.First; i < ph.Last; i++ {
		if which[t.Tokens[i].Stem] {
			return true
		}
	}
	return false
}

// stems are the stems of words and phrases that stand between bars.
func stems(list string) map[uint32]bool {
	out := map[uint32]bool{}
	for w := range strings.SplitSeq(list, "|") {
		out[language.StemOf(strings.TrimSpace(w))] = true
	}
	return out
}
