package guideline

import "github.com/tenths/tenths/guideline/language"

// checkOffice finds talk inside the firm that does not say about what or, where
// the guideline asks, why it was needed.
func checkOffice(r *Reading, rule Rule) []Finding {
	var out []Finding
	t := &r.Text
	for i := range t.Clauses {
		c := &t.Clauses[i]
		if !isTalk(c) {
			continue
		}
		_, told := talkSubject(t, c)
		if inside := isInside(t, c); !inside && (told || !amongOthers(t, c)) {
			continue
		}
		f := Finding{From: c.From, To: c.To}
		switch {
		case !told:
			f.Message = "A conference inside the firm needs a subject and its value to the matter."
			f.Question = "About what, and why was it needed?"
		case rule.Params.Bool("need") && len(c.Purpose) == 0 && !c.Same:
			f.Message = "A conference inside the firm needs its reason: what did it bring to the matter?"
			f.Question = "Why was it needed?"
		default:
			continue
		}
		out = append(out, f)
	}
	return out
}

// isInside reports whether a talk is among the firm's own people alone.
func isInside(t *language.Text, c *language.Clause) bool {
	for i := range c.Verbs { // "office conference with R. Jones"
		if c.Verbs[i].Kinds&language.Inside != 0 {
			return !hasKind(c.With, language.Party|language.Outside|language.Expert|language.Opponent)
		}
	}
	inside, others := false, c.Verbs[len(c.Verbs)-1].Stem == stemInterview // one interviews witnesses
	look := func(first, last int) {
		for i := first; i < last; i++ {
			w := &t.Tokens[i]
			if w.Func == language.Preposition && w.Rel == language.ToAbout {
				return
			}
			if w.Kinds&language.Inside != 0 && !w.Owner {
				ofOthers := i > first && isOthers(&t.Tokens[i-1])
				inside, others = inside || !ofOthers, others || ofOthers
			}
			others = others || w.Kinds&(language.Party|language.Outside|language.Person|language.Proper|language.Placeholder|language.Expert|language.Opponent) != 0
		}
	}
	for _, phrases := range [...][]language.Phrase{c.With, c.Objects} {
		for i := range phrases {
			if isOfFirm(t, &phrases[i]) {
				inside = true
				continue
			}
			look(phrases[i].First, phrases[i].Last)
		}
	}
	if !inside && len(c.Verbs) > 0 && !c.Inherited { // "internal …" before the noun
		look(c.First, min(c.Last, c.First+4))
		return inside && !others && len(c.With) == 0
	}
	return inside && !others
}

// isOthers reports whether a word before "staff" or "team" says whose they are, and
// that they are not the firm's: "store staff", "client's accounting team".
func isOthers(w *language.Token) bool {
	const firm = language.Inside | language.Abstract | language.Generic | language.Phase | language.Event | language.Meeting | language.Schedule | language.Message
	return w.Kind == language.WordToken && w.Func == language.NoFunc && !w.Adverb && w.Forms == 0 && w.Detail > language.Nothing && w.Kinds&firm == 0 ||
		w.Kind == language.PlaceholderToken
}

// isOfFirm reports whether a phrase says in brackets that a person is of the firm:
// "[name] (associate)".
func isOfFirm(t *language.Text, ph *language.Phrase) bool {
	for i := ph.First + 1; i+1 < ph.Last; i++ {
		if w := &t.Tokens[i]; w.Kind == language.PunctToken && t.Source[w.From] == '(' {
			return t.Tokens[ph.Last-1].From > w.From && t.Tokens[i+1].Kinds&language.Inside != 0
		}
	}
	return false
}

// amongOthers reports whether the firm's own people are at a talk beside someone
// whom a redaction hides: "conference with [name] and associates".
func amongOthers(t *language.Text, c *language.Clause) bool {
	inside := false
	for i := range c.With {
		switch k := c.With[i].Kinds; {
		case k&(language.Party|language.Outside|language.Expert|language.Opponent) != 0:
			return false
		case c.With[i].HeadKinds&language.Inside != 0:
			ph := &c.With[i]
			inside = inside || ph.Head == ph.First || !isOthers(&t.Tokens[ph.Head-1])
		}
	}
	return inside
}

// checkSupervision finds the direction of others and the reading of a file to
// keep up with it.
func checkSupervision(r *Reading, _ Rule) []Finding {
	var out []Finding
	t := &r.Text
	for i := range t.Clauses {
		c := &t.Clauses[i]
		switch {
		case supervises(t, c):
			out = append(out, Finding{
				Message: "Supervision is overhead; bill what you did yourself, or leave it out.",
				From:    c.From, To: c.To, Question: "What did you do yourself, and on what?",
			})
		case learns(t, c):
			out = append(out, Finding{
				Message: "Getting to know a file, a rule or a tool is overhead; say which paper was read and for what.",
				From:    c.From, To: c.To, Question: "Which paper, and for what?",
			})
		case readsFile(t, c):
			out = append(out, Finding{
				Message: "Reading the file to keep up with it is overhead; say which paper was read and for what.",
				From:    c.From, To: c.To, Question: "Which paper, and for what?",
			})
		}
	}
	return out
}

var (
	stemSupervise, stemOversee, stemDelegate = language.StemOf("supervise"), language.StemOf("oversee"), language.StemOf("delegate")
	reflexive                                = stems("myself|self|oneself|himself|herself|ourselve|themselve")
	stemInterview                            = language.StemOf("interview")
	stemManage, stemCoordinate               = language.StemOf("manage"), language.StemOf("coordinate")
)

func supervises(t *language.Text, c *language.Clause) bool {
	for i := range c.Verbs {
		v := &c.Verbs[i]
		switch {
		case (v.Stem == stemManage || v.Stem == stemCoordinate) && isInside(t, c):
			return true
		case v.Class != language.Supervise:
			if v.Class == language.Review && len(c.Objects) > 0 && c.Objects[0].Head >= 0 && ownWork[t.Tokens[c.Objects[0].Head].Stem] && namesInside(t, c) {
				return true // "review associate's work"
			}
			if len(c.Objects) > 0 && c.Objects[0].Head >= 0 && directions[t.Tokens[c.Objects[0].Head].Stem] && namesInside(t, c) {
				return true // "provide direction to associates"
			}
		case v.Stem == stemSupervise || v.Stem == stemOversee || v.Stem == stemDelegate:
			return true
		case hasKind(c.Objects, language.Inside) || len(c.Objects) > 0 && t.TellsOf(c.Objects) <= language.Vague && len(c.About) == 0:
			return true
		}
	}
	return false
}

// ownWork is what of others one looks at when one supervises them.
var ownWork = stems("work|work product|assignment|task|performance")

// directions are what one gives to those whom one supervises.
var directions = map[uint32]bool{
	language.StemOf("direct"): true, language.StemOf("direction"): true, language.StemOf("guidance"): true, language.StemOf("instruction"): true,
	language.StemOf("supervision"): true, language.StemOf("oversight"): true, language.StemOf("feedback"): true, language.StemOf("assignment"): true,
}

// namesInside reports whether the clause has someone of the firm and nobody else.
func namesInside(t *language.Text, c *language.Clause) bool {
	kinds := language.Kind(0)
	for i := c.First; i < c.Last; i++ {
		kinds |= t.Tokens[i].Kinds
	}
	const others = language.Party | language.Outside | language.Opponent | language.Expert | language.Person | language.Placeholder
	return kinds&language.Inside != 0 && kinds&others == 0
}

var stemRefresh = language.StemOf("refresh")

var stemStudy = language.StemOf("study")

var rules = stems("rule|local rule|court rule|procedure|practice")

// readsRules reports whether rules of a court were read for nothing in particular.
func readsRules(t *language.Text, c *language.Clause) bool {
	if !c.Has(language.Review) && !c.Has(language.Research) || len(c.About)+len(c.Purpose) > 0 || len(c.Objects) == 0 {
		return false
	}
	for i := range c.Objects {
		ph := &c.Objects[i]
		if ph.Head < 0 || ph.Head+1 != ph.Last || !rules[t.Tokens[ph.Head].Stem] {
			return false
		}
		for k := ph.First; k < ph.Head; k++ {
			if w := &t.Tokens[k]; w.Detail >= language.Concrete && w.Kinds == 0 && !locals[w.Stem] || w.Kind == language.NumberToken {
				return false
			}
		}
	}
	return true
}

var locals = stems("local|federal|state|chamber")

var basics = stems("basic|introductory|elementary")

// learns reports whether the clause is for knowing what one is paid for knowing:
// the file upon taking it over, local rules, a course. Who bills at a lawyer's rate
// has learned the trade, and a change of hands is the firm's affair. A paper that
// is named was read for what it says.
func learns(t *language.Text, c *language.Clause) bool {
	lesson := c.Has(language.Learn) || len(c.Verbs) > 0 && c.Verbs[0].Stem == stemRefresh || readsRules(t, c) || len(c.Verbs) == 1 && c.Verbs[0].Stem == stemStudy && hasHead(c.Objects, language.Law)
	for i := c.First; i < c.Last; i++ {
		w := &t.Tokens[i]
		switch {
		case w.Class == language.Learn && i > c.First, reflexive[w.Stem]:
			lesson = true
		case w.Kinds&language.Lesson != 0:
			lesson = lesson || c.Class() != language.Draft && !isTalk(c)
		case basics[w.Stem]:
			lesson = lesson || c.Class() == language.Research || c.Class() == language.Review
		case w.Kinds&(language.Filing|language.Document) != 0 && w.Detail >= language.Concrete:
			return false
		}
	}
	return lesson
}

func readsFile(t *language.Text, c *language.Clause) bool {
	switch c.Class() {
	case language.Review, language.Analyze, language.Manage:
	default:
		return false
	}
	if t.TellsOf(c.Objects) > language.Vague {
		return false
	}
	for i := range c.Objects {
		ph := &c.Objects[i]
		file := ph.HeadKinds&language.CaseFile != 0 && ph.HeadKinds&language.Filing == 0 // not the docket
		if c.Form == language.NounForm && ph.Head > ph.First {                           // "file review"
			for k := ph.First; k < ph.Head; k++ {
				file = file || t.Tokens[k].Kinds&language.CaseFile != 0
			}
		}
		if file {
			return t.TellsOf(c.About) <= language.Vague && t.TellsOf(c.Purpose) < language.Concrete
		}
	}
	return false
}

// checkLevel finds a paralegal's work done by a lawyer, and notes research done
// by a partner.
func checkLevel(r *Reading, rule Rule) []Finding {
	level := r.Entry.Level
	if level < LevelAssociate {
		return nil
	}
	var out []Finding
	t := &r.Text
	for i := range t.Clauses {
		c := &t.Clauses[i]
		f := Finding{From: c.From, To: c.To}
		switch paralegalDegree(t, c, level) {
		case clearlyVague:
			f.Message = "A paralegal could have done this at a lower rate."
		case perhapsVague:
			f.Message, f.Severity = "Perhaps a paralegal could have done this at a lower rate.", Note
		default:
			if level < LevelPartner || !c.Has(language.Research) || rule.Params.Text("research") == "never" {
				continue
			}
			f.Message, f.Severity = "Research by a partner; an associate could have done it at a lower rate.", Note
		}
		out = append(out, f)
	}
	return out
}

var paralegalMakes = map[uint32]bool{
	language.StemOf("prepare"): true, language.StemOf("compile"): true, language.StemOf("assemble"): true,
	language.StemOf("create"): true, language.StemOf("organize"): true, language.StemOf("organise"): true,
	language.StemOf("index"): true, language.StemOf("gather"): true, language.StemOf("collect"): true, language.StemOf("generate"): true,
	language.StemOf("redact"): true, language.StemOf("tabulate"): true,
}

var (
	paralegalSums = map[uint32]bool{language.StemOf("summarize"): true, language.StemOf("summarise"): true, language.StemOf("digest"): true}
	paralegalGets = map[uint32]bool{language.StemOf("locate"): true, language.StemOf("retrieve"): true, language.StemOf("cite-check"): true}

	// looseExhibits are exhibits that a lawyer may well make: the reasoning is in them.
	looseExhibits = map[uint32]bool{
		language.StemOf("chart"): true, language.StemOf("table"): true, language.StemOf("timeline"): true,
		language.StemOf("attachment"): true, language.StemOf("demonstrative"): true, language.StemOf("demonstratives"): true,
	}
	transcripts = map[uint32]bool{
		language.StemOf("transcript"): true, language.StemOf("deposition transcript"): true, language.StemOf("deposition transcripts"): true,
		language.StemOf("medical records"): true, language.StemOf("deposition"): true,
	}
)

// sortable are things that a paralegal sorts, rather than thoughts.
const sortable = language.Document | language.Exhibit | language.Data | language.Filing | language.Message

func paralegalDegree(t *language.Text, c *language.Clause, level Level) vagueDegree {
	degree := notVague
	for i := range c.Verbs {
		v := &c.Verbs[i]
		switch {
		case v.Class == language.Ready:
			return notVague
		case v.Class == language.Organize && t.TellsOf(c.Objects) >= language.Broad && i == len(c.Verbs)-1 && hasKind(c.Objects, sortable):
			if paralegalMakes[v.Stem] && !hasHead(c.Objects, language.Exhibit|language.Document|language.Data) {
				return perhapsVague
			}
			return clearlyVague
		case paralegalGets[v.Stem]:
			degree = max(degree, perhapsVague)
		case !paralegalMakes[v.Stem] && !paralegalSums[v.Stem]:
			continue
		}
		for k := range c.Objects {
			ph := &c.Objects[k]
			if ph.Head < 0 {
				continue
			}
			stem := t.Tokens[ph.Head].Stem
			exhibit := ph.HeadKinds&language.Exhibit != 0
			if !exhibit && ph.Head > ph.First { // "closing binder index", not "index fund"
				exhibit = t.Tokens[ph.Head-1].Kinds&language.Exhibit != 0 && t.Tokens[ph.Head].Kinds&language.Generic != 0
			}
			switch {
			case paralegalMakes[v.Stem] && exhibit && !looseExhibits[stem] && (k == 0 || !hasKind(c.Objects[:k], language.Filing|language.Document)):
				return clearlyVague
			case paralegalMakes[v.Stem] && exhibit:
				degree = perhapsVague
			case paralegalSums[v.Stem] && transcripts[stem] && level == LevelPartner:
				return clearlyVague
			case paralegalSums[v.Stem] && transcripts[stem]:
				degree = perhapsVague
			}
		}
	}
	return degree
}
