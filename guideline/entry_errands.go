package guideline

import (
	"strings"

	"github.com/tenths/tenths/guideline/language"
)

// errand judges a clause whose whole work anybody could have done: a call that
// reached nobody, a letter that only encloses, copies that were ordered, a form,
// a binder, a date that was confirmed, the firm's own affairs. Courts count such
// work as overhead whoever does it (Missouri v. Jenkins, 491 U.S. at 288 n.10).
func errand(t *language.Text, c *language.Clause, level Level) vagueDegree {
	switch {
	case leavesMessage(t, c):
		if speaksElsewhere(t, c) {
			return perhapsVague // the call that did take place is the work
		}
		return clearlyVague
	case onlyEncloses(t, c), orders(t, c), pays(t, c), convertsFiles(t, c), getsSigned(t, c), getsServed(t, c), schedules(t, c), fixesDate(t, c), ownAffairs(t, c), looksUpDocket(t, c), onlyForm(t, c, level):
		return clearlyVague
	case isBlank(t, c):
		return clearlyVague
	case fillsBinders(c) && level <= LevelParalegal:
		return clearlyVague // a lawyer's is the level check's
	}
	return notVague
}

var (
	stemLeave, stemAttempt = language.StemOf("leave"), language.StemOf("attempt")
	stemLVM, stemLM        = language.StemOf("lvm"), language.StemOf("lm")

	voicemails = stems("voicemail|voicemails|voice mail|voice mails|voice message|voice messages|vm|vms|lvm|lm|msg")
	trying     = stems("attempt|try|unsuccessful|unable|unsuccessfully")
	unanswered = stems("no answer|no reply|no response|line busy|unable to reach")
	reaching   = stems("reach|get hold of|call|contact|telephone|phone|ring|speak")
)

// leavesMessage reports whether the clause's talk came to no more than a message
// that was left, or a call that reached nobody. One that was heard says something.
func leavesMessage(t *language.Text, c *language.Clause) bool {
	for i := c.First; i < c.Last; i++ {
		if trying[t.Tokens[i].Stem] && reachesAfter(t, i, c.Last) {
			return true
		}
	}
	if len(c.Verbs) == 0 || len(c.Verbs) > 1 && c.Class() != language.Communicate {
		return false
	}
	v := &c.Verbs[len(c.Verbs)-1]
	if v.Class == language.Gather && len(c.Objects) > 0 && c.Objects[0].Head >= 0 && voicemails[folded(t, c.Objects[0].Head)] {
		return true
	}
	if v.Class == language.Communicate {
		for i := c.First; i < c.Last; i++ {
			if unanswered[t.Tokens[i].Stem] {
				return true
			}
		}
	}
	switch {
	case v.Class != language.Communicate:
		return false
	case c.Began(stemLeave) || c.Began(stemAttempt) || v.Stem == stemLVM || v.Stem == stemLM:
		return true
	case len(c.Verbs) > 1:
		return false
	}
	return voicemails[language.FoldedStem(t.Source[v.From:v.To])] && !comesFromSomeone(t, c)
}

// reachesAfter reports whether what was tried, at token i, was to reach somebody.
func reachesAfter(t *language.Text, i, last int) bool {
	for k := i + 1; k < last && k <= i+3; k++ {
		if reaching[t.Tokens[k].Stem] || t.Tokens[k].Class == language.Communicate && t.Tokens[k].Forms&(1<<language.GerundForm|1<<language.BaseForm) != 0 {
			return true
		}
	}
	return false
}

// folded is the stem of a token as it is written.
func folded(t *language.Text, i int) uint32 {
	return language.FoldedStem(t.Source[t.Tokens[i].From:t.Tokens[i].To])
}

// comesFromSomeone reports whether what the clause talks of was received.
func comesFromSomeone(t *language.Text, c *language.Clause) bool {
	return hasPreposition(t, c, language.ToFrom)
}

// speaksElsewhere reports whether another clause of the text is talk that did
// take place.
func speaksElsewhere(t *language.Text, c *language.Clause) bool {
	for i := range t.Clauses {
		if o := &t.Clauses[i]; o.From != c.From && isTalk(o) && !leavesMessage(t, o) {
			return len(o.About)+len(o.Purpose) > 0
		}
	}
	return false
}

var (
	enclosings = stems("enclosing|attaching|transmitting")
	transmits  = stems("send|transmit|forward")
)

// onlyEncloses reports whether a letter says nothing but what it encloses, or a
// paper was only passed on. A letter that also explains is the lawyer's own.
func onlyEncloses(t *language.Text, c *language.Clause) bool {
	if c.Class() != language.Communicate && !(c.Class() == language.Draft && len(c.Objects) > 0 && c.Objects[0].HeadKinds&language.Message != 0) {
		return false
	}
	if len(c.Verbs) == 1 && transmits[c.Verbs[0].Stem] && len(c.About) == 0 {
		return passesOn(t, c)
	}
	subjects, encloses := 0, false
	for i := c.First; i < c.Last; i++ {
		w := &t.Tokens[i]
		if w.Func == language.Preposition && w.Rel == language.ToAbout {
			subjects++
			encloses = encloses || enclosings[w.Stem]
		}
		if i > c.First && w.Forms&(1<<language.GerundForm) != 0 && w.Class != language.NoClass {
			return false // "enclosing draft will and advising on execution"
		}
	}
	return encloses && subjects == 1 && len(c.Purpose) == 0
}

// passesOn reports whether what was sent is a paper that others made or that was
// finished: no letter of one's own, no aim.
func passesOn(t *language.Text, c *language.Clause) bool {
	if len(c.Objects) == 0 || len(c.Purpose) > 0 {
		return false
	}
	for i := range c.Objects {
		ph := &c.Objects[i]
		const paper = language.Document | language.Filing | language.Schedule | language.Blank | language.House | language.Exhibit
		if ph.HeadKinds&paper == 0 || ph.HeadKinds&(language.Message|language.Generic) != 0 && ph.HeadKinds&language.Document == 0 || endsInLetter(t, ph) {
			return false
		}
	}
	return true
}

func endsInLetter(t *language.Text, ph *language.Phrase) bool {
	w := &t.Tokens[ph.Head]
	word := lowered(t.Source[w.From:w.To])
	return len(word) >= 6 && (word[len(word)-6:] == "letter" || word[len(word)-6:] == "demand" || word[len(word)-6:] == "notice")
}

var (
	ordering = stems("order|purchase")
	asking   = stems("request|order|purchase")
	making   = stems("make|prepare|produce|run|get|create")
	stamped  = stems("file-stamped copy|conformed copy|courtesy copy")
	payments = stems("check|cheque|payment|wire|refund|postage|filing fee")
	copies   = stems("copy|courtesy copy|certified copy|conformed copy|file-stamped copy|hard copy|transcript|deposition transcript|hearing transcript|trial transcript")
)

// orders reports whether copies or transcripts were ordered.
func orders(t *language.Text, c *language.Clause) bool {
	if len(c.Verbs) == 0 || c.Form == language.NounForm || len(c.Objects) == 0 || c.Objects[0].Head < 0 {
		return false
	}
	for i := range c.Verbs[1:] {
		if c.Verbs[i+1].Class != language.Gather {
			return false
		}
	}
	v, ph := &c.Verbs[0], &c.Objects[0]
	head := &t.Tokens[ph.Head]
	if (asking[v.Stem] || making[v.Stem] && head.Kinds&language.Filing == 0) && copies[head.Stem] {
		return true
	}
	if v.Class == language.Gather && stamped[head.Stem] || asking[v.Stem] && isRecords(t, head) && len(c.About)+len(c.Purpose) == 0 {
		return true // "request medical records"
	}
	const things = language.CaseFile | language.Document | language.Filing | language.Data | language.Exhibit
	first := t.Source[t.Tokens[ph.First].From:t.Tokens[ph.First].To]
	return ordering[v.Stem] && ph.HeadKinds&things != 0 && !(len(first) > 3 && lowered(first[len(first)-3:]) == "ing")
}

// pays reports whether a payment was made or a check drawn.
func pays(t *language.Text, c *language.Clause) bool {
	if len(c.Verbs) != 1 || len(c.Objects) != 1 || c.Objects[0].Head < 0 {
		return false
	}
	v, ph := &c.Verbs[0], &c.Objects[0]
	return (v.Stem == stemPay || drawing[v.Stem] || ordering[v.Stem] || asking[v.Stem]) && payments[t.Tokens[ph.Head].Stem] && t.Tells(ph) <= language.Concrete &&
		ph.Kinds&(language.Filing|language.Document) == 0
}

var (
	drawing              = stems("prepare|issue|process|draft|make|send|arrange|complete")
	stemPay, stemConvert = language.StemOf("pay"), language.StemOf("convert")
	formats              = stems("pdf|ocr|tiff|excel|searchable")
)

// convertsFiles reports whether files were only put into another format.
func convertsFiles(t *language.Text, c *language.Clause) bool {
	if len(c.Verbs) != 1 || c.Verbs[0].Stem != stemConvert {
		return false
	}
	for i := c.First; i < c.Last; i++ {
		if formats[t.Tokens[i].Stem] {
			return true
		}
	}
	return false
}

func isRecords(t *language.Text, w *language.Token) bool {
	word := lowered(t.Source[w.From:w.To])
	return w.Kinds&(language.Data|language.Document) != 0 && strings.HasSuffix(word, "records")
}

var serving = stems("effect|arrange|coordinate|complete|attempt|perfect|accomplish|effectuate")

// getsServed reports whether papers were had served, or sent to be served.
func getsServed(t *language.Text, c *language.Clause) bool {
	if len(c.Objects) == 0 {
		return false
	}
	for i := range c.Verbs {
		if !serving[c.Verbs[i].Stem] {
			return false
		}
	}
	w := &t.Tokens[c.Objects[0].First]
	return len(c.Verbs) > 0 && lowered(t.Source[w.From:w.To]) == "service"
}

// officials are those with whom one only arranges things.
var officials = stems("clerk|court clerk|chambers|court reporter|process server|vendor|interpreter|counsel's clerk|court|assistant|legal assistant|secretary|receptionist|bailiff|courtroom deputy|judicial assistant|court staff|staff|hotel|videographer|mediator's office")

// schedules reports whether somebody was only spoken to so that a date or a room is
// had, who decides nothing.
func schedules(t *language.Text, c *language.Clause) bool {
	if c.Class() != language.Communicate && c.Class() != language.Confer || !arranges(t, c) && !onProcedure(t, c) && !(len(c.Purpose) == 1 && ordering[t.Tokens[c.Purpose[0].First].Stem]) && !asksWhen(t, c) {
		return false
	}
	for _, phrases := range [...][]language.Phrase{c.With, c.Objects} {
		for i := range phrases {
			if ph := &phrases[i]; ph.Head >= 0 && officials[t.Tokens[ph.Head].Stem] {
				return true
			}
		}
	}
	return false
}

var (
	procedures = stems("filing|file|procedure|scheduling|schedule|transcript|copy|status|availability|date|dates|service|fee|payment|calendar|logistics|e-filing|time|hearing time|hearing date|equipment|courtroom|conference room|parking|dial-in|link")
	signing    = stems("signature|signatures|notarization|notarisation")
)

// onProcedure reports whether a talk is about how or when something is filed or heard.
func onProcedure(t *language.Text, c *language.Clause) bool {
	found := false
	for i := range c.About {
		for k := c.About[i].First; k < c.About[i].Last; k++ {
			switch w := &t.Tokens[k]; {
			case procedures[w.Stem] || w.Kinds&language.Schedule != 0:
				found = true
			case w.Detail >= language.Concrete:
				return false
			}
		}
	}
	return found
}

// asksWhen reports whether a talk is to have a date, a room or a fee confirmed.
func asksWhen(t *language.Text, c *language.Clause) bool {
	if len(c.Purpose) == 0 || !confirming[t.Tokens[c.Purpose[0].First].Stem] && !asking[t.Tokens[c.Purpose[0].First].Stem] {
		return false
	}
	for i := c.Purpose[0].First + 1; i < c.Last; i++ {
		if w := &t.Tokens[i]; w.Func == language.NoFunc {
			return procedures[w.Stem] || w.Kinds&language.Schedule != 0
		}
	}
	return false
}

// getsSigned reports whether a signature was only fetched.
func getsSigned(t *language.Text, c *language.Clause) bool {
	for i := range c.Verbs {
		if k := c.Verbs[i].Class; k != language.Gather && k != language.Clerical {
			return false
		}
	}
	return len(c.Verbs) > 0 && headIn(t, c.Objects, signing)
}

var confirming = stems("confirm|check|verify|clear|obtain|update|change|note|enter|track|record|set")

// fixesDate reports whether all that was done is to confirm or note a date.
func fixesDate(t *language.Text, c *language.Clause) bool {
	if len(c.Verbs) == 0 || len(c.Objects) == 0 {
		return false
	}
	for i := range c.Verbs {
		if v := &c.Verbs[i]; !confirming[v.Stem] && v.Class != language.Clerical {
			return false
		}
	}
	return headsAll(c.Objects, language.Schedule) && t.TellsOf(c.About) <= language.Vague
}

var dockets = stems("docket|court docket|docket sheet|docket entries")

// looksUpDocket reports whether the docket was looked at for nothing in particular.
func looksUpDocket(t *language.Text, c *language.Clause) bool {
	if c.Class() != language.Review || len(c.Objects) != 1 || c.Objects[0].Head < 0 || !dockets[t.Tokens[c.Objects[0].Head].Stem] || len(c.Purpose) > 0 {
		return false
	}
	ph := &c.Objects[0]
	for i := ph.First; i < ph.Last; i++ {
		if i != ph.Head && t.Tokens[i].Detail >= language.Broad && t.Tokens[i].Func == language.NoFunc {
			return false
		}
	}
	return t.TellsOf(c.About) <= language.Vague
}

// isBlank reports whether only forms were made, handled or received.
func isBlank(t *language.Text, c *language.Clause) bool {
	if len(c.Objects) == 0 || !areForms(t, c.Objects) || hasKind(c.Purpose, whoKinds|language.Filing) || c.Class() == language.Review && t.TellsOf(c.Purpose) > language.Broad {
		return false
	}
	switch c.Class() {
	case language.Draft, language.Clerical, language.Organize, language.Gather, language.File, language.Manage, language.Review:
		return true
	case language.Communicate:
		return transmits[c.Verbs[len(c.Verbs)-1].Stem] // "prepare and send fax cover sheet"
	}
	return false
}

// areForms reports whether all objects are filled in or only carried about.
func areForms(t *language.Text, objects []language.Phrase) bool {
	form := false
	for i := range objects {
		h := objects[i].Head
		blank := objects[i].HeadKinds&language.Blank != 0 || h >= 0 && t.Tokens[h].Stem == stemForm && objects[i].Kinds&language.Blank != 0 || h >= 0 && authorizations[t.Tokens[h].Stem]
		if !blank && objects[i].HeadKinds&language.Carrier == 0 && !(h >= 0 && proofs[t.Tokens[h].Stem]) {
			return false
		}
		form = form || blank
	}
	return form
}

// proofs are forms beside other forms; alone a paralegal writes them.
var proofs = stems("proof of service|certificate of service|envelope|form")

var stemForm = language.StemOf("form")

var authorizations = stems("authorization|authorisation")

// fillsBinders reports whether what holds papers was made.
func fillsBinders(c *language.Clause) bool {
	switch c.Class() {
	case language.Draft, language.Organize, language.Clerical, language.Other:
		return len(c.Objects) > 0 && headsAll(c.Objects, language.Carrier)
	}
	return false
}
