package guideline

import "github.com/tenths/tenths/guideline/language"

// isMessage reports whether a clause writes or reads letters and calls: "review
// email from …", "draft letter to …".
func isMessage(t *language.Text, c *language.Clause) bool {
	switch c.Class() {
	case language.Draft, language.Review, language.Analyze, language.Gather:
	default:
		return false
	}
	if len(c.Objects) == 0 {
		return false
	}
	const paper = language.Filing | language.Document
	for i := range c.Objects { // messages among other papers are evidence: "emails and call logs"
		if o := &c.Objects[i]; o.HeadKinds&language.Message == 0 && t.Tells(o) >= language.Concrete {
			return false
		}
	}
	o := &c.Objects[0]
	return o.HeadKinds&language.Message != 0 && o.HeadKinds&paper == 0 && t.Tells(o) <= language.Broad
}

// isTalk reports whether a clause is talk itself.
func isTalk(c *language.Clause) bool {
	switch c.Class() {
	case language.Communicate, language.Confer:
		return true
	case language.Strategize:
		return len(c.With) > 0
	case language.Appear: // "participate in conference with …"
		return len(c.Objects) > 0 && c.Objects[0].HeadKinds&language.Meeting != 0 && c.Objects[0].Kinds&(language.Named|language.Event) == 0
	}
	return false
}

// whoKinds are the words that name the other side of a talk.
const whoKinds = language.Person | language.Party | language.Outside | language.Inside | language.Opponent |
	language.Expert | language.Proper | language.Placeholder

// checkCommunication finds talk and letters that do not say with whom or about
// what. A subject that says little ("case status") is noted only.
func checkCommunication(r *Reading, rule Rule) []Finding {
	needParty, needSubject := rule.Params.Bool("party"), rule.Params.Bool("subject")
	var out []Finding
	for i := range r.Text.Clauses {
		c := &r.Text.Clauses[i]
		message := isMessage(&r.Text, c) || isBareTalk(&r.Text, c)
		if !message && !isTalk(c) || c.Class() == language.Appear && len(c.With) == 0 && !isBareTalk(&r.Text, c) || hasKind(c.Objects, language.Named) || isClericalTalk(&r.Text, c) {
			continue
		}
		party := hasParty(&r.Text, c) || c.Verbs[len(c.Verbs)-1].Stem == stemAdvise // it is the client who is advised
		subject, told := talkSubject(&r.Text, c)
		if i > 0 && len(c.With)+len(c.About)+len(c.Purpose) == 0 && isTalk(&r.Text.Clauses[i-1]) && r.Text.TellsOf(c.Objects) <= language.Vague {
			continue // "call to Dana Fox regarding lease; left message"
		}
		noParty, noSubject := needParty && !party, needSubject && !subject
		if !noParty && !noSubject {
			if needSubject && !told && !c.Same {
				out = append(out, Finding{
					Severity: Note, Message: "The subject says little; say what of it was discussed.",
					From: c.From, To: c.To,
				})
			}
			continue
		}
		f := Finding{From: c.From, To: c.To}
		if message && !noSubject && (told || c.Same || len(c.About) == 0) || noParty && !noSubject && c.Class() == language.Confer && len(c.Objects) > 0 && c.Form != language.NounForm && told ||
			noSubject && !noParty && isInterview(c) || !noSubject && followsUp(c) && r.Text.TellsOf(c.About) >= language.Concrete {
			f.Severity = Note
		}
		r.nameTalk(&f, c, noParty, noSubject)
		out = append(out, f)
	}
	return out
}

// isBareTalk reports whether talk was attended of which nothing is said: "attend call".
func isBareTalk(t *language.Text, c *language.Clause) bool {
	return c.Class() == language.Appear && len(c.Objects) == 1 && len(c.With)+len(c.About)+len(c.Purpose) == 0 &&
		c.Objects[0].HeadKinds&language.Message != 0 && c.Objects[0].Kinds&(language.Named|language.Event) == 0 && t.TellsOf(c.Objects) <= language.Vague
}

// followsUp reports whether the clause only follows something up, which need not
// be talk: "follow-up regarding subpoena".
func followsUp(c *language.Clause) bool {
	stem := c.Verbs[len(c.Verbs)-1].Stem
	return stem == stemFollowUp || stem == stemFollowUpHyphen
}

var stemAdvise = language.StemOf("advise")

var stemFollowUp, stemFollowUpHyphen = language.StemOf("follow up"), language.StemOf("follow-up")

// isInterview reports whether the clause interviews a person, whose name tells
// what it was about well enough.
func isInterview(c *language.Clause) bool {
	return c.Verbs[len(c.Verbs)-1].Class == language.Confer && hasKind(c.Objects, language.Person|language.Proper)
}

// isClericalTalk reports whether a clause only sends papers on.
func isClericalTalk(t *language.Text, c *language.Clause) bool {
	return c.Class() == language.Communicate && sends[c.Verbs[len(c.Verbs)-1].Stem] && len(c.About) == 0 && len(c.Objects) > 0 &&
		isPlainPaper(t, &c.Objects[0])
}

var sends = map[uint32]bool{language.StemOf("send"): true, language.StemOf("transmit"): true, language.StemOf("forward"): true}

// isPlainPaper reports whether a phrase is headed by papers that are not named.
func isPlainPaper(t *language.Text, ph *language.Phrase) bool {
	return ph.HeadKinds&(language.Document|language.Schedule) != 0 && t.Tokens[ph.Head].Detail <= language.Vague
}

// hasParty reports whether the clause names the other side.
func hasParty(t *language.Text, c *language.Clause) bool {
	for i := range c.With {
		if t.Tells(&c.With[i]) >= language.Broad || c.With[i].Kinds&whoKinds != 0 {
			return true
		}
	}
	if hasKind(c.Objects, whoKinds) {
		return true
	}
	for i := range c.Verbs {
		if c.Verbs[i].Kinds&language.Inside != 0 {
			return true // "office conference" says who, to the office check
		}
	}
	return false
}

// talkSubject reports whether the clause has a subject at all, and whether it
// tells something.
func talkSubject(t *language.Text, c *language.Clause) (has, tells bool) {
	if c.Same {
		return true, true
	}
	told := max(t.TellsOf(c.About), t.TellsOf(c.Purpose))
	has = len(c.About) > 0 && !isAnything(t, c.About) || len(c.Purpose) > 0 && !headsAll(c.Purpose, whoKinds) || c.Class() == language.Confer && len(c.Objects) > 0 && c.Form != language.NounForm &&
		c.Objects[0].Kinds&whoKinds == 0 // "discuss case with client"
	for i := range c.Objects {
		has = has || isSortOfMessage(t, &c.Objects[i])
	}
	for _, phrases := range [...][]language.Phrase{c.Objects, c.With} {
		for i := range phrases {
			if d := aboutWhat(t, &phrases[i]); d >= language.Broad && !isSomebodys(t, &phrases[i]) {
				has, told = true, max(told, d)
			}
		}
	}
	return has, told >= language.Broad
}

// isSomebodys reports whether a phrase is somebody of a party's whom the lexicon lacks:
// "claimant's surveyors".
func isSomebodys(t *language.Text, ph *language.Phrase) bool {
	if ph.Head <= ph.First || t.Tokens[ph.Head].Kinds != 0 || t.Tokens[ph.Head].Forms != 0 || ph.Last != ph.Head+1 {
		return false
	}
	w := &t.Tokens[ph.Head-1]
	return w.Owner && w.Kinds&(language.Party|language.Opponent|language.Outside) != 0 && lowered(t.Source[ph.To-1:ph.To]) == "s"
}

// isSortOfMessage reports whether a message is said to be of a sort: "assignment
// correspondence", but not "case correspondence".
func isSortOfMessage(t *language.Text, ph *language.Phrase) bool {
	if ph.Head <= ph.First || ph.HeadKinds&language.Message == 0 {
		return false
	}
	w := &t.Tokens[ph.Head-1]
	return w.Kinds&language.Generic != 0 && w.Kinds&(language.CaseFile|language.Document) == 0 && !w.HeadsCase()
}

// isAnything reports whether phrases only say that there was something to talk
// of: "various issues". The state of the case is something.
func isAnything(t *language.Text, phrases []language.Phrase) bool {
	for i := range phrases {
		ph := &phrases[i]
		if ph.Head < 0 || !anything[t.Tokens[ph.Head].Stem] {
			return false
		}
		for k := ph.First; k < ph.Last; k++ {
			if w := &t.Tokens[k]; k != ph.Head && w.Func == language.NoFunc && w.Detail > language.Nothing {
				return false
			}
		}
	}
	return true
}

var anything = map[uint32]bool{
	language.StemOf("issue"): true, language.StemOf("matter"): true, language.StemOf("item"): true, language.StemOf("question"): true,
	language.StemOf("problem"): true, language.StemOf("topic"): true, language.StemOf("subject"): true, language.StemOf("various matters"): true,
	language.StemOf("outstanding issues"): true, language.StemOf("open issues"): true, language.StemOf("pending matters"): true,
	language.StemOf("related matters"): true,
}

// aboutWhat is how much a phrase tells of a subject rather than of a person:
// "plaintiff's settlement demand", "enclosing draft lease".
func aboutWhat(t *language.Text, ph *language.Phrase) language.Detail {
	d := language.Nothing
	for i := ph.First; i < ph.Last; i++ {
		w := &t.Tokens[i]
		if w.Kinds&(whoKinds|language.Message|language.Meeting) != 0 && w.Kinds&language.Filing == 0 || w.Kind == language.NumberToken {
			continue
		}
		if w.Func != language.NoFunc || i > ph.First && t.Tokens[i-1].Kinds&language.Proper != 0 && w.Cap {
			continue
		}
		if w.Kinds&(language.Document|language.Filing|language.Event|language.Phase|language.Law|language.Data|language.Model|language.Count) != 0 ||
			ph.HeadKinds&whoKinds == 0 && w.Detail >= language.Concrete {
			d = max(d, w.Detail)
		}
	}
	return d
}

// hasPreposition reports whether a preposition of a relation stands in the clause.
func hasPreposition(t *language.Text, c *language.Clause, rel language.Rel) bool {
	for i := c.First; i < c.Last; i++ {
		if w := &t.Tokens[i]; w.Func == language.Preposition && w.Rel == rel {
			return true
		}
	}
	return false
}

// nameTalk mends a talk from what the evidence shows, and asks for the rest.
func (r *Reading) nameTalk(f *Finding, c *language.Clause, noParty, noSubject bool) {
	facts := r.Entry.Facts
	switch {
	case noParty && noSubject:
		f.Message = "This names neither the other party nor the subject."
		f.Question = "With whom, and about what?"
	case noParty:
		f.Message = "This does not name the other party."
		f.Question = "With whom?"
	default:
		f.Message = "This does not name the subject."
		f.Question = "About what?"
	}
	if !facts.Known {
		return
	}
	with := noParty && len(facts.With) > 0 && len(c.With) == 0 && isTalk(c) && !c.Inherited && !hasPreposition(&r.Text, c, language.ToWith)
	about := noSubject && len(facts.Topics) > 0
	if !with && !about {
		return
	}
	narrative := r.Text.Source
	label := "Name the other party"
	if about { // from the back, so that the bytes before stay where they are
		narrative = r.about(c, facts.Topics)
		label = "Name the subject"
	}
	if with {
		at := c.Verbs[len(c.Verbs)-1].To
		if len(c.Objects) > 0 && c.Objects[0].From <= at+1 {
			at = max(at, c.Objects[0].To)
		}
		rest := *r
		rest.Text.Source = narrative
		narrative = rest.insert(at, "with "+listing(facts.With))
		if about {
			label = "Name the other party and the subject"
		}
	}
	f.Fix = r.text(label, narrative)
	switch {
	case noParty && !with:
		f.Question = "With whom?"
	case noSubject && !about:
		f.Question = "About what?"
	default:
		f.Question = ""
	}
}

// checkHearing finds appearances that do not say on what motion, about whom or
// before whom on what subject. Mediation, trial and conferences that are named
// after their subject say it.
func checkHearing(r *Reading, _ Rule) []Finding {
	var out []Finding
	for i := range r.Text.Clauses {
		c := &r.Text.Clauses[i]
		if c.Class() != language.Appear || c.Same || len(c.Objects) == 0 && c.Form != language.NounForm {
			continue
		}
		if isTalk(c) && len(c.With) > 0 || !needsSubject(&r.Text, c) && !isBareEvent(&r.Text) {
			continue
		}
		f := Finding{
			Message: "This does not say which motion, subject or witness the appearance was about.",
			From:    c.From, To: c.To,
		}
		if facts := r.Entry.Facts; facts.Known && len(facts.Topics) > 0 {
			f.Fix = r.text("Name the subject", r.about(c, facts.Topics))
		} else {
			f.Question = "On which motion or subject, or of which witness?"
		}
		out = append(out, f)
	}
	return out
}

// isBareEvent reports whether the whole text is the word for an event, with or
// without getting ready for it: "Trial and trial prep".
func isBareEvent(t *language.Text) bool {
	event := false
	for i := range t.Tokens {
		w := &t.Tokens[i]
		switch {
		case w.Kinds&language.Event != 0 && w.Forms == 0:
			event = true
		case w.Kind == language.PunctToken, w.Func == language.Conjunction, w.Func == language.Determiner, w.Nominal == language.Ready, w.Kinds&language.Phase != 0:
		case w.Kind == language.WordToken && w.Func == language.NoFunc && w.Detail == language.Nothing && w.Forms == 0:
		default:
			return false
		}
	}
	return event
}

// selfNamed are events that a case has one of, by their stems.
var selfNamed = map[uint32]bool{
	language.StemOf("mediation"): true, language.StemOf("trial"): true, language.StemOf("arbitration"): true, language.StemOf("closing"): true,
	language.StemOf("inspect"): true, language.StemOf("site visit"): true, language.StemOf("sentencing"): true,
	language.StemOf("arraignment"): true,
}

// needsSubject reports whether the appearance names an event but not what it
// was about. What stands behind "in", "at" or "before" only says where.
func needsSubject(t *language.Text, c *language.Clause) bool {
	event := c.Form == language.NounForm
	if t.TellsOf(c.About) >= language.Broad {
		return false
	}
	for _, phrases := range [...][]language.Phrase{c.Objects, c.About, c.Purpose} {
		for i := range phrases {
			ph := &phrases[i]
			if ph.Kinds&language.Named != 0 {
				return false
			}
			where := false
			for k := ph.First; k < ph.Last; k++ {
				w := &t.Tokens[k]
				if w.Func == language.Preposition {
					where = isPlacing(lowered(t.Source[w.From:w.To]))
				}
				switch {
				case where:
				case selfNamed[w.Stem]:
					return false
				case w.Kinds&(language.Event|language.Meeting) != 0:
					event = true
				case w.Kinds&language.Outside != 0 && event && k > 0 && lowered(t.Source[t.Tokens[k-1].From:t.Tokens[k-1].To]) == "of":
					return false // "direct examination of CEO"
				case w.Kinds&language.Place != 0, w.Kind == language.NumberToken, w.Kind == language.PunctToken:
				case w.Detail >= language.Broad, w.Kinds&(language.Person|language.Party|language.Expert|language.Filing|language.Proper) != 0:
					return false
				}
			}
		}
	}
	return event
}

func isPlacing(prep string) bool {
	switch prep {
	case "in", "at", "before", "with", "via", "by":
		return true
	}
	return false
}
