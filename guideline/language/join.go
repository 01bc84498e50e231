package language

import "strings"

// joins reports whether the mark or conjunction at i ends clause c, since what
// follows is another clause: a verb of the same form with an object of its own.
// Everything else that is joined shares the clause: a further object, a further
// party, a further purpose.
func (p *parser) joins(c *Clause, body, i int) bool {
	if p.fn(i) != Conjunction && p.byteAt(i) != ',' || i < body {
		return false
	}
	k, comma := i, false
	for k < len(p.tokens) && (p.fn(k) == Conjunction || p.byteAt(k) == ',') {
		comma = comma || p.byteAt(k) == ','
		k++
	}
	if k < len(p.tokens) && p.fn(k) == Sequence {
		return true
	}
	if k < len(p.tokens) && p.fn(k) == Preposition && p.tokens[k].Rel == ToWith && p.reads(c, Communicate, Confer) && p.inAbout(body, i) {
		return true // "call with X regarding … and with Y regarding …"
	}
	k = p.skipLead(k)
	if k >= len(p.tokens) {
		return false
	}
	if c.Class() == NoClass {
		return p.tokens[k].Forms != 0 && !p.tokens[k].Weak && p.hasObject(k)
	}
	t := &p.tokens[k]
	if t.Aspect && p.aspectLeads(k) && !(t.Weak && t.Class == NoClass) {
		return p.aspectJoins(c, k)
	}
	if t.Forms == 0 || t.Owner {
		return p.nounJoins(c, k)
	}
	form := p.formAt(k)
	switch form {
	case PastForm:
		return c.Form == PastForm && t.Task && p.hasObject(k) && !p.followedBy(k, "by")
	case GerundForm:
		return t.Task && p.hasObject(k) && (c.Form == GerundForm || c.aspect != 0 && c.Form != NounForm) && !p.inPhrase(body, i)
	case NounForm:
		return p.nominalJoins(c, body, i, k)
	}
	if c.Form != BaseForm && c.Form != NounForm && c.aspect == 0 {
		return false
	}
	if !t.Task || !p.hasObject(k) || t.Aspect && t.Class == Other {
		return false
	}
	if t.noun && !p.readsAsVerb(c, k) {
		return false
	}
	if p.inPurpose(body, i) && p.purposeGoesOn(c, t, comma) {
		return false
	}
	return true
}

// hasObject reports whether something follows the verb at k that it can act on.
func (p *parser) hasObject(k int) bool {
	if k+1 >= len(p.tokens) || p.stops(k+1) {
		return false
	}
	n := &p.tokens[k+1]
	if n.Func == Conjunction || p.byteAt(k+1) == ',' {
		// "review and revise the lease", but not "… for review and comment"
		m := p.skipLead(k + 2)
		return m < len(p.tokens) && p.tokens[m].Forms != 0 && p.tokens[m].Forms&p.tokens[k].Forms != 0 && p.hasObject(m)
	}
	return p.byteAt(k+1) != ')'
}

func (p *parser) followedBy(k int, w string) bool {
	return k+1 < len(p.tokens) && strings.EqualFold(p.source[p.tokens[k+1].From:p.tokens[k+1].To], w)
}

// readsAsVerb decides for a word that is noun and verb, where a verb could be:
// "and email client", but not "and email from client".
func (p *parser) readsAsVerb(c *Clause, k int) bool {
	t, n := &p.tokens[k], &p.tokens[k+1]
	if t.Weak {
		return n.Func == Determiner || n.Kinds&Anaphor != 0 || n.Kind == PlaceholderToken || n.Kinds&(Filing|Exhibit) != 0 && t.Class != Other ||
			t.Class == File && n.Kinds&(Filing|Document) != 0
	}
	if n.Func == Preposition || n.Func == Infinitive {
		switch t.Class {
		case Communicate, Confer, Research:
			return (n.Rel == ToWith || n.Rel == ToTo || n.Rel == ToAbout || n.Rel == ToOn) && !p.readsMessages(c)
		case Draft, Review:
			return false
		}
		return true
	}
	if t.Class == Communicate || t.Class == Confer { // "and email client", but "and email records"
		return n.Func == Determiner || p.namesSomeone(k+1)
	}
	// "Review comments and draft agreement from seller" names two papers.
	return t.Class != Draft || (c.Class() != Review && c.Class() != Analyze) || n.Func == Determiner || !p.comesFrom(k)
}

// namesSomeone reports whether the noun phrase at i names a person or a party:
// "mother's counsel", "store manager".
func (p *parser) namesSomeone(i int) bool {
	for ; i < len(p.tokens); i++ {
		t := &p.tokens[i]
		if t.Kind == PunctToken || t.Func != NoFunc && t.Func != Determiner {
			return false
		}
		if t.Kinds&(Party|Person|Outside|Inside|Expert|Proper|Opponent|Placeholder) != 0 {
			return true
		}
	}
	return false
}

// readsMessages reports whether the clause acts on letters and papers, so that
// another "email to …" is one more of them.
func (p *parser) readsMessages(c *Clause) bool {
	if class := c.Class(); class != Draft && class != Review && class != Analyze && class != Organize && class != Clerical {
		return false
	}
	for i := c.First; i < len(p.tokens) && i < c.First+12; i++ {
		t := &p.tokens[i]
		if t.From > c.Verbs[len(c.Verbs)-1].From && t.Kind != PunctToken {
			if t.Func == Preposition || t.Func == Conjunction || p.stops(i) {
				return false
			}
			if t.Kinds&Message != 0 {
				return true
			}
		}
	}
	return false
}

func (p *parser) comesFrom(k int) bool {
	for i := k + 1; i < len(p.tokens) && !p.stops(i) && p.fn(i) != Conjunction; i++ {
		if t := &p.tokens[i]; t.Func == Preposition {
			return t.Rel == ToFrom || t.Rel == ToBy
		}
	}
	return false
}

// inPhrase reports whether a preposition leads to token i, so that what is
// joined to it may belong to the preposition.
func (p *parser) inPhrase(body, i int) bool {
	for k := i - 1; k >= body; k-- {
		switch t := &p.tokens[k]; {
		case t.Func == Preposition || t.Func == Infinitive:
			return p.tokens[k+1].Forms&(1<<GerundForm) != 0
		case p.byteAt(k) == ',':
			return false
		}
	}
	return false
}

// inPurpose reports whether an infinitive of purpose is open at i.
func (p *parser) inPurpose(body, i int) bool {
	for k := i - 1; k > body; k-- {
		if p.fn(k) == Infinitive || p.fn(k) == Relative {
			return p.fn(k) == Relative || p.tokens[k+1].Forms&(1<<BaseForm) != 0
		}
	}
	return false
}

// purposeGoesOn decides whether a verb joined to an infinitive is one more
// purpose: after talk it is ("call client to discuss offer and request
// records"); after other work it is unless it names a paper's drafting, a call
// or an appearance.
func (p *parser) purposeGoesOn(c *Clause, t *Token, comma bool) bool {
	if comma {
		return false
	}
	switch c.Class() {
	case Communicate, Confer, Appear, Travel:
		return true
	}
	switch t.Class {
	case Draft, Communicate, Confer, Appear, Travel, Research:
		return false
	}
	return true
}

// aspectJoins is joins for "begin drafting", "take deposition".
func (p *parser) aspectJoins(c *Clause, k int) bool {
	t := &p.tokens[k]
	if t.Weak && t.noun && p.tokens[k+1].Func == Preposition {
		return false
	}
	return t.Forms&(1<<c.Form) != 0 || c.Form == NounForm && t.Forms&(1<<BaseForm) != 0
}

// nominalJoins is joins for a noun of work: "and telephone conference with …",
// "and preparation of …".
func (p *parser) nominalJoins(c *Clause, body, i, k int) bool {
	t := &p.tokens[k]
	if k+1 >= len(p.tokens) {
		return false
	}
	n := &p.tokens[k+1]
	switch t.Nominal {
	case Communicate, Confer:
		if n.Rel == ToWith && n.Func == Preposition || n.Func == Infinitive && t.Nominal == Communicate {
			return !p.readsMessages(c) && !p.reads(c, Strategize, Manage, Ready)
		}
		return false
	case Draft, Review, Analyze, Ready, Research, Appear:
		return c.Form == NounForm && n.Func == Preposition && (p.followedBy(k, "of") || p.followedBy(k, "for") || n.Rel == ToAbout || p.followedBy(k, "at")) &&
			!p.inAbout(body, i)
	case Travel:
		return n.Func == Infinitive || n.Rel == ToFrom && n.Func == Preposition || n.Rel == ToFor && n.Func == Preposition
	}
	return false
}

func (p *parser) reads(c *Clause, classes ...Class) bool {
	for _, class := range classes {
		if c.Class() == class {
			return true
		}
	}
	return false
}

func (p *parser) inAbout(body, i int) bool {
	for k := i - 1; k >= body; k-- {
		if p.fn(k) == Preposition && p.tokens[k].Rel == ToAbout {
			return true
		}
	}
	return false
}

// nounJoins is joins for a noun phrase that leads a clause by itself: "and
// settlement call with adjuster". Only talk that names its other side is one.
func (p *parser) nounJoins(c *Clause, k int) bool {
	h := p.phraseHead(k)
	if h < 0 || h+1 >= len(p.tokens) || p.tokens[h].Nominal != Communicate && p.tokens[h].Nominal != Confer {
		return false
	}
	n := &p.tokens[h+1]
	return n.Func == Preposition && n.Rel == ToWith && (c.Form != BaseForm || p.reads(c, Communicate, Confer)) && !p.readsMessages(c)
}
