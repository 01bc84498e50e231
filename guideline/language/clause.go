package language

// Parse takes a narrative apart. It never fails: what it does not understand is
// a clause without a verb.
func Parse(narrative string) Text {
	p := parser{source: narrative, tokens: tokenize(narrative)}
	p.markAnaphors()
	for p.at < len(p.tokens) {
		strong := p.skipJoints()
		if p.at >= len(p.tokens) {
			break
		}
		p.clause(strong || len(p.clauses) == 0)
	}
	return Text{Source: narrative, Tokens: p.tokens, Clauses: p.clauses}
}

type parser struct {
	source  string
	tokens  []Token
	at      int
	clauses []Clause
}

// byteAt returns the first byte of a mark, 0 for every other token.
func (p *parser) byteAt(i int) byte {
	if i < 0 || i >= len(p.tokens) || p.tokens[i].Kind != PunctToken {
		return 0
	}
	return p.source[p.tokens[i].From]
}

func (p *parser) fn(i int) Func {
	if i < 0 || i >= len(p.tokens) {
		return NoFunc
	}
	return p.tokens[i].Func
}

// stops reports whether token i ends a clause whatever follows.
func (p *parser) stops(i int) bool {
	switch p.byteAt(i) {
	case ';', '.', '!', '?', '|':
		return true
	case '-', 0xE2: // a dash between spaces
		return i > 0 && p.tokens[i].From > p.tokens[i-1].To
	}
	return p.fn(i) == Sequence
}

// skipJoints steps over what stands between clauses and reports whether any of
// it ends a clause by itself.
func (p *parser) skipJoints() (strong bool) {
	for ; p.at < len(p.tokens); p.at++ {
		switch {
		case p.stops(p.at):
			strong = true
		case p.fn(p.at) == Conjunction || p.tokens[p.at].Kind == PunctToken && p.byteAt(p.at) != '(':
		default:
			return strong
		}
	}
	return strong
}

// skipLead steps from i over adverbs, pronouns and auxiliaries before a verb.
func (p *parser) skipLead(i int) int {
	for ; i < len(p.tokens); i++ {
		t := &p.tokens[i]
		if t.Kind == NumberToken && i+1 < len(p.tokens) && p.tokens[i+1].Forms != 0 {
			continue // "2 calls with"
		}
		if t.Kind == PlaceholderToken || t.Forms != 0 && !(t.Adverb && p.verbFollows(i+1)) {
			return i
		}
		if !t.Adverb && t.Func != Pronoun && t.Func != Auxiliary && t.Func != Determiner {
			return i
		}
	}
	return i
}

func (p *parser) verbFollows(i int) bool { return i < len(p.tokens) && p.tokens[i].Forms != 0 }

// clause reads a clause that begins at p.at.
func (p *parser) clause(strong bool) {
	c := Clause{First: p.at, Strong: strong}
	body := p.head(&c)
	p.inherit(&c)
	end := body
	for end < len(p.tokens) && !p.stops(end) && !p.joins(&c, body, end) {
		end++
	}
	c.Last = end
	p.at = max(end, c.First+1)
	c.Last = max(c.Last, c.First+1)
	for c.Last-1 > c.First && (p.tokens[c.Last-1].Kind == PunctToken && p.byteAt(c.Last-1) != ')' || p.fn(c.Last-1) == Conjunction) {
		c.Last--
	}
	c.From, c.To = p.tokens[c.First].From, p.tokens[c.Last-1].To
	p.body(&c, body)
	if c.Class() == NoClass {
		if !p.tells(c) {
			return // a stray number or mark
		}
		if n := len(p.clauses); n > 0 && p.fn(c.First) == Preposition && p.tokens[c.First].Rel == ToAbout {
			last := &p.clauses[n-1] // "Telephone call with client. Regarding lease."
			last.About, last.Same = append(last.About, c.About...), last.Same || c.Same
			last.Last, last.To = c.Last, c.To
			return
		}
	}
	p.clauses = append(p.clauses, c)
}

// tells reports whether the clause has a word at all.
func (p *parser) tells(c Clause) bool {
	for _, t := range p.tokens[c.First:c.Last] {
		if t.Kind == WordToken || t.Kind == PlaceholderToken {
			return true
		}
	}
	return false
}

// head reads the verbs that lead the clause, and returns where its body starts.
func (p *parser) head(c *Clause) int {
	i := p.skipLead(p.at)
	aspect := false
	for i < len(p.tokens) && p.tokens[i].Aspect && p.aspectLeads(i) {
		if c.Form == NoForm {
			c.Form = p.tokens[i].form()
		}
		c.aspect, aspect = p.tokens[i].verb, true
		if i = p.skipLead(i + 1); p.fn(i) == Infinitive {
			i = p.skipLead(i + 1) // "continue to work on"
		}
	}
	if i >= len(p.tokens) {
		return i
	}
	t := &p.tokens[i]
	if t.Forms == 0 || p.compoundNoun(i) || t.Aspect && !aspect && t.Nominal == NoClass && t.Class == NoClass {
		return p.nounHead(c, i)
	}
	for {
		next := p.verb(c, i)
		if c.Form == NoForm || aspect && len(c.Verbs) == 1 {
			c.Form = max(c.Form, p.formAt(i))
		}
		more := p.sharedVerb(c, next)
		if more < 0 {
			return next
		}
		i = more
	}
}

// aspectLeads reports whether the aspect verb at i has another verb or a noun
// of work after it, so that this says what was done.
func (p *parser) aspectLeads(i int) bool {
	k := p.skipLead(i + 1)
	if p.fn(k) == Infinitive {
		k = p.skipLead(k + 1)
		return k < len(p.tokens) && p.tokens[k].Forms&(1<<BaseForm) != 0
	}
	if k >= len(p.tokens) {
		return false
	}
	if t := &p.tokens[k]; t.Forms != 0 && (t.Forms&(1<<GerundForm) != 0 || t.Nominal != NoClass || t.Class != NoClass && !t.Weak) {
		return true
	}
	h := p.phraseHead(k) // "conduct targeted research", "take deposition"
	return h >= 0 && (p.tokens[h].Kinds&Event != 0 || p.tokens[h].Nominal != NoClass)
}

// form returns the form that a verb most likely has.
func (t *Token) form() Form {
	for _, f := range []Form{PastForm, GerundForm, BaseForm, NounForm} {
		if t.Forms&(1<<f) != 0 {
			return f
		}
	}
	return NoForm
}

// formAt returns the form of the verb at i by what follows it: "review of" is a noun.
func (p *parser) formAt(i int) Form {
	f := p.tokens[i].form()
	if p.tokens[i].Forms&(1<<NounForm) == 0 || f == PastForm {
		return f
	}
	if f == NounForm || i+1 >= len(p.tokens) {
		return NounForm
	}
	if n := &p.tokens[i+1]; n.Func == Preposition || n.Func == Infinitive {
		return NounForm
	}
	return f
}

// compoundNoun reports whether the verb at i is only the first word of a noun
// that leads the clause: "Research memorandum", "Settlement call", "File review".
func (p *parser) compoundNoun(i int) bool {
	t := &p.tokens[i]
	if t.Forms&(1<<PastForm|1<<GerundForm) != 0 || !t.Weak && t.Nominal == NoClass {
		return false
	}
	if t.Class == Review || t.Class == Research {
		return false // "review email"
	}
	h := p.phraseHead(i)
	if h <= i {
		return false
	}
	head := &p.tokens[h]
	if t.Class == Clerical && head.Nominal == Communicate {
		return false // "mail correspondence"
	}
	return head.Nominal != NoClass && h == i+1 && (t.Nominal == NoClass || head.Nominal == Confer || head.Nominal == Communicate)
}

// phraseHead returns the head of the noun phrase that begins at i: the last word
// before anything that joins. It is -1 when there is none.
func (p *parser) phraseHead(i int) int {
	h := -1
	for ; i < len(p.tokens); i++ {
		t := &p.tokens[i]
		if t.Kind == PunctToken || t.Func != NoFunc && t.Func != Determiner {
			break
		}
		if t.Func == NoFunc && t.Kind != NumberToken {
			h = i
			if t.closed {
				break
			}
		}
	}
	return h
}

// nounHead reads a clause that a noun leads: "Telephone conference with …",
// "Deposition of …", "File review". The verb is what one does with the noun.
func (p *parser) nounHead(c *Clause, i int) int {
	h := p.phraseHead(i)
	if h < 0 {
		return i
	}
	// The last noun of work in the phrase decides: "case status call".
	t := &p.tokens[h]
	class := t.Nominal
	if class == NoClass {
		switch {
		case t.Kinds&Meeting != 0 && t.Kinds&Event == 0:
			class = Confer
		case t.Kinds&Event != 0:
			class = Appear
		case t.Kinds&Message != 0:
			class = Communicate
		case t.Kinds&Travelling != 0:
			class = Travel
		case t.Kinds&(Filing|Document) != 0 && t.Detail >= Broad && h+1 < len(p.tokens) && p.fn(h+1) == Infinitive:
			class = Draft
		case t.Kinds&Schedule != 0 && t.Stem != stemSchedule:
			class = Clerical
		case t.Kinds&Abstract != 0 && p.has(i, h, Abstract):
			class = Strategize
		}
	}
	c.Form = NounForm
	if class == NoClass {
		return i
	}
	c.noun = true
	c.Verbs = append(c.Verbs, Verb{From: t.From, To: t.To, Class: class, Stem: t.Stem, Word: t.Word})
	if t.Nominal == NoClass || h > i {
		return i // the phrase is the object too
	}
	if more := p.sharedVerb(c, h+1); more >= 0 {
		return p.verb(c, more)
	}
	return h + 1
}

func (p *parser) has(from, to int, k Kind) bool {
	for _, t := range p.tokens[from : to+1] {
		if t.Kinds&k != 0 {
			return true
		}
	}
	return false
}

// particles are prepositions that belong to the verb before them, and what the
// verb then means; NoClass keeps its own meaning.
var particles = map[particle]Class{
	{hash("prepare"), hash("for")}: Ready, {hash("prep"), hash("for")}: Ready, {hash("plan"), hash("for")}: Ready,
	{hash("work"), hash("on")}: Manage, {hash("deal"), hash("with")}: Manage, {hash("attend"), hash("to")}: Manage,
	{hash("attend-to"), hash("to")}: Manage, {hash("assist"), hash("with")}: Manage, {hash("assist"), hash("in")}: Manage,
	{hash("comment"), hash("on")}: NoClass, {hash("respond"), hash("to")}: NoClass, {hash("reply"), hash("to")}: NoClass,
	{hash("participate"), hash("in")}: NoClass, {hash("appear"), hash("at")}: NoClass, {hash("appear"), hash("for")}: NoClass,
	{hash("appear"), hash("in")}: NoClass, {hash("object"), hash("to")}: NoClass, {hash("review"), hash("of")}: NoClass,
	{hash("follow-up"), hash("on")}: Manage, {hash("follow up"), hash("on")}: Manage, {hash("attend"), hash("at")}: NoClass, {hash("prepare"), hash("of")}: Draft,
	{hash("familiarize"), hash("with")}: NoClass, {hash("listen"), hash("to")}: NoClass, {hash("engage"), hash("in")}: NoClass, {hash("check"), hash("of")}: NoClass,
}

var stemFor, stemOf, stemUpdate, stemSchedule = hash("for"), hash("of"), hash("update"), hash("schedule")

type particle struct {
	verb uint32
	prep uint32
}

// verb adds the verb at i and returns what follows it and its particle.
func (p *parser) verb(c *Clause, i int) int {
	t := &p.tokens[i]
	v := Verb{From: t.From, To: t.To, Class: t.Class, Stem: t.verbStem(), Word: t.Word}
	if t.Nominal != NoClass && (t.Class == NoClass || p.formAt(i) == NounForm) {
		v.Class = t.Nominal
	}
	i++
	if v.Class == Ready && (i >= len(p.tokens) || p.tokens[i].Func != Preposition || p.tokens[i].Stem != stemFor) {
		v.Class = Draft // "preparation of"
	}
	if v.Stem == stemUpdate && i < len(p.tokens) && p.tokens[i].Kinds&(Party|Outside|Inside) != 0 && !p.tokens[i].Owner {
		v.Class = Communicate // "update client on appeal"
	}
	if i < len(p.tokens) && (p.tokens[i].Func == Preposition || p.tokens[i].Func == Infinitive) {
		n := &p.tokens[i]
		if class, ok := particles[particle{v.Stem, n.Stem}]; ok {
			if class != NoClass {
				v.Class = class
			}
			v.To = n.To
			i++
		} else if n.Stem == stemOf {
			i++
		} else if v.Class == Travel && n.Func == Infinitive && p.sharedVerb(c, i+1) >= 0 {
			i++ // "travel to and attend"
		}
	}
	c.Verbs = append(c.Verbs, v)
	return i
}

func (t *Token) verbStem() uint32 {
	if t.verb != 0 {
		return t.verb
	}
	return t.base
}

// sharedVerb returns the verb that is joined directly to the one before i, with
// which it shares its object ("review and revise"), or -1.
func (p *parser) sharedVerb(c *Clause, i int) int {
	k := i
	for k < len(p.tokens) && (p.fn(k) == Conjunction || p.byteAt(k) == ',' || p.byteAt(k) == '/') {
		k++
	}
	if k == i {
		return -1
	}
	k = p.skipLead(k)
	if k >= len(p.tokens) {
		return -1
	}
	t := &p.tokens[k]
	if t.Aspect && p.aspectLeads(k) {
		k = p.skipLead(k + 1)
		t = &p.tokens[k]
	}
	if t.Forms == 0 || t.Aspect && t.Class == NoClass {
		return -1
	}
	form := t.form()
	switch {
	case c.Form == NoForm && len(c.Verbs) == 0:
	case form == c.Form || t.Forms&(1<<c.Form) != 0:
	case len(c.Verbs) > 0 && c.Verbs[len(c.Verbs)-1].Forms&t.Forms != 0:
	case c.Form == NounForm && t.Nominal != NoClass:
	default:
		return -1
	}
	if t.Weak && !t.Adverb && (k+1 >= len(p.tokens) || p.tokens[k+1].Kind == PunctToken) {
		return -1
	}
	return k
}

// inherit gives a clause that begins with its counterpart ("… and with opposing
// counsel regarding …") the verbs of the talk before it.
func (p *parser) inherit(c *Clause) {
	if len(c.Verbs) > 0 || len(p.clauses) == 0 || p.fn(c.First) != Preposition || p.tokens[c.First].Rel != ToWith {
		return
	}
	if last := &p.clauses[len(p.clauses)-1]; last.Class() == Communicate || last.Class() == Confer {
		c.Verbs, c.Form, c.Inherited = last.Verbs, last.Form, true
	}
}
