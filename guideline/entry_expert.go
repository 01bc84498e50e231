package guideline

import "github.com/tenths/tenths/guideline/language"

// checkExpert finds work with experts and other outside professionals that does
// not say who approved it. Besides those who are called so, it knows them by
// their work: a damages model, or talk about an assessment with someone of
// another company.
func checkExpert(r *Reading, _ Rule) []Finding {
	t := &r.Text
	best := notVague
	at := -1
	for i := range t.Clauses {
		if d := expertDegree(t, &t.Clauses[i]); d > best {
			best, at = d, i
		}
	}
	if at < 0 || isApproved(t) {
		return nil
	}
	c := &t.Clauses[at]
	f := Finding{
		Message: "Work with an expert or consultant must name who of the client approved it.",
		From:    c.From, To: c.To, Question: "Who approved the work with the expert?",
	}
	if best == perhapsVague {
		f.Severity = Note
	}
	return []Finding{f}
}

// isApproved reports whether the text says that someone approved the work: "as
// approved by …", "per authorization of …", "after consulting with …". The
// approval of a settlement by a court is another matter.
func isApproved(t *language.Text) bool {
	for i := range t.Tokens {
		w := &t.Tokens[i]
		if w.Kinds&language.Approval == 0 {
			continue
		}
		if i+1 < len(t.Tokens) {
			if next := &t.Tokens[i+1]; next.Func == language.Preposition && (next.Rel == language.ToBy || next.Rel == language.ToWith) {
				return true
			}
		}
		for k := i - 1; k >= 0 && k >= i-3; k-- {
			if w := &t.Tokens[k]; w.Func == language.Preposition {
				if w.Rel == language.ToBy || w.Rel == language.ToWith {
					return true
				}
				break
			}
		}
	}
	return false
}

func expertDegree(t *language.Text, c *language.Clause) vagueDegree {
	degree, theirs := notVague, examines(t, c)
	for k, phrases := range [...][]language.Phrase{c.Objects, c.With, c.About, c.Purpose} {
		for i := range phrases {
			d := expertIn(t, &phrases[i])
			if c.Class() == language.Research && phrases[i].HeadKinds&(language.Expert|language.Model) == 0 {
				d = min(d, perhapsVague) // the law on experts
			}
			if d == clearlyVague && k >= 2 && (isTalk(c) || isMessage(t, c)) && len(c.With) > 0 && !hasKind(c.With, language.Expert) && !isAffiliate(t, c.With) {
				d = perhapsVague // talk with someone else about experts
			}
			theirs = theirs || d == perhapsVague && k == 0 && isOpponents(t, &phrases[i])
			if theirs && k != 1 {
				d = min(d, perhapsVague) // "plaintiff's expert's report and damages model"
			}
			degree = max(degree, d)
		}
	}
	if degree < clearlyVague && consultsFirm(t, c) {
		degree = clearlyVague
	}
	return degree
}

// expertIn looks for an expert, or an expert's work, in a phrase. An opponent's
// expert, papers that an expert merely passed on, and procedure that is named
// after experts ("expert discovery") are not work with an expert.
func expertIn(t *language.Text, ph *language.Phrase) vagueDegree {
	if ph.Kinds&(language.Expert|language.Model) == 0 {
		return notVague
	}
	degree := notVague
	for i := ph.First; i < ph.Last; i++ {
		w := &t.Tokens[i]
		switch {
		case w.Kinds&language.Model != 0:
			degree = max(degree, clearlyVague)
		case w.Kinds&language.Expert == 0 || w.Owner && ph.HeadKinds&language.Outside != 0: // "expert's counsel"
		case isProcedure(t, ph, i):
		case w.Stem == stemInvestigator && i > ph.First && t.Tokens[i-1].Kinds&language.Proper != 0: // an agency's, "EEOC investigator"
		default:
			degree = max(degree, clearlyVague)
		}
	}
	if degree == notVague {
		return notVague
	}
	if ph.Kinds&(language.Party|language.Opponent) != 0 && ph.Kinds&language.Placeholder == 0 || suppliedOnly(t, ph) {
		return perhapsVague
	}
	if isOpponents(t, ph) {
		return perhapsVague
	}
	return degree
}

// isOpponents reports whether every expert of the phrase is said to be the other
// side's: "plaintiffs' expert [name]".
func isOpponents(t *language.Text, ph *language.Phrase) bool {
	theirs := false
	for i := ph.First; i < ph.Last; i++ {
		if t.Tokens[i].Kinds&(language.Expert|language.Model) == 0 {
			continue
		}
		theirs = false
		for k := i - 1; k >= ph.First && k >= i-5 && !theirs && t.Tokens[k].Func == language.NoFunc; k-- {
			theirs = isTheirs(&t.Tokens[k])
		}
		theirs = theirs || broughtByThem(t, i) || i > 0 && lowered(t.Source[t.Tokens[i-1].From:t.Tokens[i-1].To]) == "against"
		if !theirs {
			return false
		}
	}
	return theirs
}

func isTheirs(w *language.Token) bool {
	return w.Kinds&(language.Party|language.Opponent) != 0 && w.Kinds&language.Placeholder == 0
}

// broughtByThem reports whether the words after an expert say whose it is: "expert
// for plaintiffs", "report served by defendant".
func broughtByThem(t *language.Text, i int) bool {
	led := false
	for k := i + 1; k < len(t.Tokens) && k <= i+6; k++ {
		w := &t.Tokens[k]
		switch {
		case w.Kinds&(language.Expert|language.Model) != 0 || w.Kind == language.PunctToken && t.Source[w.From] != '(':
			return false
		case w.Func == language.Preposition:
			led = w.Rel == language.ToBy || w.Rel == language.ToFor || w.Rel == language.ToFrom || lowered(t.Source[w.From:w.To]) == "of"
		case led && isTheirs(w) || w.Kinds&language.Opponent != 0 && isTheirs(w) && t.Source[t.Tokens[k-1].From] == '(':
			return true
		}
	}
	return false
}

var examining = stems("depose|cross-examine")

// examines reports whether a witness was examined, or is to be: one's own expert
// is defended, the other side's is deposed.
func examines(t *language.Text, c *language.Clause) bool {
	for i := range c.Verbs {
		if examining[c.Verbs[i].Stem] {
			return true
		}
	}
	for i := range c.Purpose {
		if examining[t.Tokens[c.Purpose[i].First].Stem] {
			return true
		}
	}
	return false
}

// isProcedure reports whether the expert at token i only qualifies a step of
// procedure that follows it.
func isProcedure(t *language.Text, ph *language.Phrase, i int) bool {
	if i+1 >= ph.Last || t.Tokens[i].Owner {
		return false
	}
	next := &t.Tokens[i+1]
	const work = language.Expert | language.Model | language.Count | language.Generic
	if next.Kind != language.WordToken || next.Func != language.NoFunc || next.Forms != 0 && next.Kinds == 0 || next.Kinds&(work|language.Proper) != 0 {
		return false
	}
	return next.Kinds&(language.Phase|language.Filing|language.Schedule|language.Event|language.Law) != 0 || next.Kinds == 0 && next.Detail >= language.Concrete
}

// suppliedOnly reports whether the phrase is papers that come from an expert
// but are not the expert's own work: "pay data received from consultant".
func suppliedOnly(t *language.Text, ph *language.Phrase) bool {
	if ph.HeadKinds&(language.Document|language.Data|language.Generic) == 0 || ph.Kinds&(language.Model|language.Count) != 0 {
		return false
	}
	for i := ph.Head + 1; i < ph.Last; i++ {
		if w := &t.Tokens[i]; w.Func == language.Preposition {
			return w.Rel == language.ToFrom && t.Tokens[ph.Head].Stem != stemReport && t.Tokens[ph.Head].Stem != stemWorkProduct
		}
	}
	return false
}

var stemInvestigator = language.StemOf("investigator")

var stemReport, stemWorkProduct = language.StemOf("report"), language.StemOf("work product")

// consultsFirm reports whether the clause talks with someone of another company
// about what is reckoned, which is what consultants do.
func consultsFirm(t *language.Text, c *language.Clause) bool {
	if !isTalk(c) && !isMessage(t, c) || !hasKind(c.About, language.Count|language.Model) {
		return false
	}
	if isAffiliate(t, c.With) || c.Class() == language.Communicate && isAffiliate(t, c.Objects) {
		return true
	}
	// The other side is a company and nobody else: "[company] regarding damages assessment".
	return len(c.With) > 0 && headsAll(c.With, language.Placeholder) && headsAll(c.With, language.Party) && hasCount(t, c.About)
}

// hasCount reports whether a phrase reckons something named: "damages
// assessment", "exposure analysis".
func hasCount(t *language.Text, phrases []language.Phrase) bool {
	for i := range phrases {
		n := 0
		for k := phrases[i].First; k < phrases[i].Last; k++ {
			if t.Tokens[k].Kinds&language.Count != 0 {
				n++
			}
		}
		if n >= 2 {
			return true
		}
	}
	return false
}

// isAffiliate reports whether a counterpart has a company in parentheses that is
// nobody's counsel: "[name] ([company])".
func isAffiliate(t *language.Text, phrases []language.Phrase) bool {
	for i := range phrases {
		ph := &phrases[i]
		if ph.Kinds&(language.Outside|language.Opponent|language.Inside) != 0 {
			continue
		}
		for k := ph.First + 1; k+1 < ph.Last; k++ {
			if w := &t.Tokens[k]; w.Kind == language.PunctToken && t.Source[w.From] == '(' {
				if in := &t.Tokens[k+1]; in.Kinds&(language.Placeholder|language.Proper) != 0 {
					return true
				}
			}
		}
	}
	return false
}
