package guideline

import (
	"slices"

	"github.com/tenths/tenths/guideline/language"
)

// event is something at which several people are at once, as an entry tells it.
type event struct {
	kind  eventKind
	about []uint32 // stems of what the entry says of it, sorted
	what  []uint32 // those of them that do not only say who was there
	alone bool     // the entry tells of nothing else
	side  string   // "defend" or "take", where a deposition's entry says which
	from  int      // where in the narrative
	to    int
}

// eventKind groups the words for one kind of event: what one calls a call the
// other calls a conference.
type eventKind string

const (
	eventConference eventKind = "conference"
	eventHearing    eventKind = "hearing"
	eventDeposition eventKind = "deposition"
	eventMediation  eventKind = "mediation"
	eventInterview  eventKind = "interview"
	eventInspection eventKind = "inspection"
)

// eventWords say of what kind an event is.
var eventWords = map[string]eventKind{
	"hearing": eventHearing, "hearings": eventHearing, "argument": eventHearing, "arguments": eventHearing, "trial": eventHearing,
	"arraignment": eventHearing, "arbitration": eventHearing, "argue": eventHearing, "argued": eventHearing, "arguing": eventHearing,
	"deposition": eventDeposition, "depositions": eventDeposition, "depose": eventDeposition, "deposed": eventDeposition, "deposing": eventDeposition,
	"mediation": eventMediation, "mediate": eventMediation, "mediated": eventMediation,
	"interview": eventInterview, "interviews": eventInterview, "interviewed": eventInterview, "interviewing": eventInterview,
	"inspection": eventInspection, "inspect": eventInspection, "inspected": eventInspection,
}

// talkWords are the words for a talk at which all are at once, which a message
// is not.
var talkWords = wordSet(`call calls called calling telephone telephoned phone phoned teleconference teleconferences
	videoconference videoconferences conference conferences zoom meeting meetings`)

// sides are the words for the two sides of a deposition: who defends one is not
// at the one that another of the firm takes.
var sides = map[string]string{
	"defend": "defend", "defended": "defend", "defending": "defend",
	"take": "take", "took": "take", "taken": "take", "taking": "take", "depose": "take", "deposed": "take", "deposing": "take",
}

// preparing are the heads of what only leads up to an event.
var preparing = wordSet("preparation preparations prep agenda notes outline notice logistics")

// attended returns the event that the entry says the timekeeper was at, nil
// where there is none. Of several it is the first.
func (it *item) attended() *event {
	if !it.heard {
		it.heard = true
		it.event = eventIn(&it.Text)
	}
	return it.event
}

func eventIn(t *language.Text) *event {
	for i := range t.Clauses {
		c := &t.Clauses[i]
		kind, head := eventOf(t, c)
		if kind == "" {
			continue
		}
		verb := &c.Verbs[len(c.Verbs)-1]
		e := &event{kind: kind, from: verb.From, to: verb.To, alone: len(t.Clauses) == 1 && len(c.Verbs) == 1}
		if head >= 0 {
			e.to = max(e.to, t.Tokens[head].To)
		}
		for k := c.First; k < c.Last; k++ {
			if s := sides[lastWord(t, t.Tokens[k].From, t.Tokens[k].To)]; s != "" && kind == eventDeposition {
				e.side = s
			}
			if tok := &t.Tokens[k]; meaning(tok) && e.tells(t, c, k, head) {
				e.about = append(e.about, tok.Stem)
				if tok.Kinds&whoKinds == 0 {
					e.what = append(e.what, tok.Stem)
				}
			}
		}
		slices.Sort(e.about)
		slices.Sort(e.what)
		e.about, e.what = slices.Compact(e.about), slices.Compact(e.what)
		return e
	}
	return nil
}

// tells reports whether the token k says which event it was: the words for the
// event itself do not, unless they name it ("case management conference"), and
// whom a redaction stands for nobody knows; only talks have it in common.
func (e *event) tells(t *language.Text, c *language.Clause, k, head int) bool {
	tok := &t.Tokens[k]
	switch {
	case k == head:
		return tok.Kinds&language.Named != 0
	case tok.Kind == language.PlaceholderToken:
		return e.kind == eventConference
	}
	return !inVerbs(c, tok) && !talkWords[lastWord(t, tok.From, tok.To)]
}

// eventOf returns the kind of event that a clause tells of, and the token that
// names it, -1 where the verb does.
func eventOf(t *language.Text, c *language.Clause) (kind eventKind, head int) {
	if len(c.Verbs) == 0 {
		return "", -1
	}
	verb := lastWord(t, c.Verbs[len(c.Verbs)-1].From, c.Verbs[len(c.Verbs)-1].To)
	head = -1
	if len(c.Objects) > 0 {
		head = c.Objects[0].Head
	}
	named := ""
	if head >= 0 {
		named = lastWord(t, t.Tokens[head].From, t.Tokens[head].To)
	}
	switch c.Class() {
	case language.Confer:
		switch {
		case preparing[named]:
			return "", -1
		case eventWords[verb] != "":
			return eventWords[verb], -1
		}
		return eventConference, -1
	case language.Communicate:
		if talkWords[verb] && !preparing[named] {
			return eventConference, -1
		}
	case language.Appear:
		return appearance(t, c, verb, named, head)
	}
	return "", -1
}

// appearance returns the event of a clause like "attend hearing on …".
func appearance(t *language.Text, c *language.Clause, verb, named string, head int) (eventKind, int) {
	const courts = language.Event | language.Named
	switch {
	case eventWords[named] != "":
		return eventWords[named], head
	case head >= 0 && t.Tokens[head].Kinds&courts == courts:
		return eventHearing, head // "case management conference"
	case talkWords[named] || head >= 0 && t.Tokens[head].Kinds&language.Meeting != 0:
		return eventConference, head
	case head >= 0 && t.Tokens[head].Kinds&language.Event != 0:
		return eventHearing, head
	case eventWords[verb] != "":
		return eventWords[verb], -1
	}
	for k := c.First; k < c.Last; k++ { // "defend Rivera at deposition"
		if kind := eventWords[lastWord(t, t.Tokens[k].From, t.Tokens[k].To)]; kind != "" {
			return kind, k
		}
	}
	return "", -1
}

func inVerbs(c *language.Clause, tok *language.Token) bool {
	return slices.ContainsFunc(c.Verbs, func(v language.Verb) bool { return tok.From >= v.From && tok.To <= v.To })
}

// sameEvent reports whether two entries of one matter and day, by different
// timekeepers, tell of one event. Hearings, depositions and mediations are rare
// enough that a day has one unless both entries say which, and name different
// things; conferences are many, so the subjects must agree.
func sameEvent(a, b *event) bool {
	if a.kind != b.kind || a.side != b.side && a.side != "" && b.side != "" {
		return false
	}
	n := sharedWords(a.about, b.about)
	least := min(len(a.about), len(b.about))
	if a.kind != eventConference {
		return least == 0 || n > 0
	}
	if len(a.what) > 0 && len(b.what) > 0 && sharedWords(a.what, b.what) == 0 {
		return false // the same people about something else
	}
	return n >= 2 && 2*n >= least
}
