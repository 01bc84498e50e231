package language

import "strings"

// slot is what a phrase is to its clause.
type slot uint8

const (
	objectSlot slot = iota
	withSlot
	aboutSlot
	purposeSlot
	originSlot
	destinationSlot
	slots
)

// body reads the phrases of a clause from token i to its end.
func (p *parser) body(c *Clause, i int) {
	b := &builder{parser: p, clause: c, start: i}
	if c.noun {
		b.head = p.phraseHead(i)
	}
	for ; i < c.Last; i++ {
		t := &p.tokens[i]
		if t.Kinds&Anaphor != 0 && c.First < i {
			c.Same = true
		}
		switch {
		case p.byteAt(i) == ',' || t.Func == Conjunction:
			b.flush(i)
			b.start = i + 1
		case t.Func == Infinitive:
			b.turn(i, b.afterTo(i))
		case t.Func == Preposition && t.Rel != Within && t.Rel != ToBy:
			b.turn(i, b.after(t, i))
		}
	}
	b.flush(c.Last)
}

// builder collects the phrases of one clause.
type builder struct {
	*parser
	clause *Clause
	start  int // token where the phrase being read starts
	slot   slot
	head   int
}

// stay leaves the phrase as it is: the preposition belongs to it.
const stay = slots

// turn ends the phrase at token i, a preposition, unless it stays in it.
func (b *builder) turn(i int, to slot) {
	if to == stay {
		return
	}
	b.flush(i)
	b.slot, b.start = to, i+1
}

// after says which way a preposition leads.
func (b *builder) after(t *Token, i int) slot {
	talk := b.talks(i)
	switch t.Rel {
	case ToAbout:
		return aboutSlot
	case ToPurpose:
		return purposeSlot
	case ToWith:
		if talk && b.slot != aboutSlot && b.slot != purposeSlot {
			return withSlot
		}
		if talk && b.slot == aboutSlot && len(b.clause.With) == 0 && b.namesSomeone(i+1) {
			return withSlot // "call regarding mediation with client"
		}
	case ToFrom:
		if b.clause.Class() == Travel {
			return originSlot
		}
		if b.objectIs(i, Message) && b.slot == objectSlot {
			return withSlot
		}
	case ToTo:
		return b.afterTo(i)
	case ToOn:
		if talk && b.slot == objectSlot && b.attends() && b.namesSomeone(i+1) {
			return withSlot // "telephone attendance on client"
		}
		if b.slot <= withSlot && (talk || b.slot == withSlot || b.clause.Class() == Research || b.clause.Class() == Strategize) && !b.dated(i) {
			return aboutSlot
		}
	case ToFor:
		if b.slot == objectSlot && b.objectIs(i, Document) && b.objectIs(i, Generic) {
			return purposeSlot // "documents for production"
		}
		if b.slot != objectSlot || b.objectIs(i, Filing|Event|Message|Abstract|Exhibit|Generic|Phase) || b.start == i && !b.clause.noun {
			return stay
		}
		return purposeSlot
	}
	return stay
}

// attends reports whether the clause's talk is an attendance, which is on somebody.
func (b *builder) attends() bool {
	const attendance = "attendance"
	v := &b.clause.Verbs[len(b.clause.Verbs)-1]
	word := b.source[v.From:v.To]
	return len(word) >= len(attendance) && strings.EqualFold(word[len(word)-len(attendance):], attendance)
}

func (b *builder) dated(i int) bool {
	if i+1 >= len(b.tokens) {
		return false
	}
	n := &b.tokens[i+1]
	return n.Kind == NumberToken || n.Detail == Exact && n.Kinds == 0
}

// afterTo says where "to" at i leads: to what a letter is for, a place, an aim.
func (b *builder) afterTo(i int) slot {
	k := b.skipLead(i + 1)
	if k < len(b.tokens) {
		n := &b.tokens[k]
		verb := n.Forms&(1<<BaseForm) != 0 && !(n.noun && k+1 < len(b.tokens) && (b.tokens[k+1].Func == Preposition || n.Weak && b.tokens[k+1].Kind == PunctToken))
		if verb && n.Kinds&(Party|Person|Outside) == 0 {
			if b.bare(i) {
				return stay // "motion to exclude"
			}
			return purposeSlot
		}
	}
	if b.clause.Class() == Travel {
		return destinationSlot
	}
	if b.slot == objectSlot && (b.clause.Class() == Communicate || b.objectIs(i, Message)) {
		return withSlot
	}
	return stay
}

// bare reports whether the word before i is the phrase's head itself.
func (b *builder) bare(i int) bool { return i > b.start && b.tokens[i-1].Kinds&Filing != 0 }

// talks reports whether the clause, or its object, is talk.
func (b *builder) talks(i int) bool {
	for _, v := range b.clause.Verbs {
		if v.Class == Communicate || v.Class == Confer || v.Class == Appear && b.objectIs(i, Meeting) {
			return true
		}
	}
	return b.objectIs(i, Message|Meeting) || b.clause.Class() == Manage && b.start == i
}

// objectIs reports whether the phrase being read, or the object read last, is
// headed by one of the kinds.
func (b *builder) objectIs(i int, k Kind) bool {
	if b.slot == objectSlot && b.start < i {
		if h := b.phraseHead(b.start); h >= 0 && h < i {
			return b.tokens[h].Kinds&k != 0
		}
	}
	if n := len(b.clause.Objects); n > 0 && b.slot == objectSlot {
		return b.clause.Objects[n-1].HeadKinds&k != 0
	}
	if b.clause.noun || len(b.clause.Objects) == 0 && len(b.clause.Verbs) > 0 && b.clause.Form == NounForm {
		return b.clause.Verbs[len(b.clause.Verbs)-1].Kinds&k != 0
	}
	return false
}

// flush ends the phrase being read at token end and puts it into its slot.
func (b *builder) flush(end int) {
	ph, ok := b.phrase(b.start, end)
	b.start = end
	if !ok {
		return
	}
	c := b.clause
	switch b.slot {
	case objectSlot:
		c.Objects = append(c.Objects, ph)
	case withSlot:
		c.With = append(c.With, ph)
	case aboutSlot:
		c.About = append(c.About, ph)
	case purposeSlot:
		c.Purpose = append(c.Purpose, ph)
	case originSlot:
		c.Origin = append(c.Origin, ph)
	case destinationSlot:
		c.Destination = append(c.Destination, ph)
	}
}

// phrase builds the phrase of the tokens [first, last); false when it is empty.
func (p *parser) phrase(first, last int) (Phrase, bool) {
	for first < last && (p.tokens[first].Kind == PunctToken && p.byteAt(first) != '(' || p.fn(first) == Determiner || p.fn(first) == Conjunction) {
		first++
	}
	for last > first && p.tokens[last-1].Kind == PunctToken && p.byteAt(last-1) != ')' {
		last--
	}
	if first >= last {
		return Phrase{}, false
	}
	ph := Phrase{From: p.tokens[first].From, To: p.tokens[last-1].To, First: first, Last: last, Head: -1}
	for i := first; i < last; i++ {
		t := &p.tokens[i]
		ph.Kinds |= t.Kinds
		ph.Detail = max(ph.Detail, t.detail())
	}
	if h := p.phraseHead(first); h >= 0 && h < last {
		for k := h; k > first; k-- { // "documents produced by": the head stands before the participle
			if w := &p.tokens[k]; w.Forms == 1<<PastForm && !w.noun && p.tokens[k-1].Func == NoFunc && p.tokens[k-1].noun {
				h = k - 1
			}
		}
		ph.Head, ph.HeadKinds = h, p.tokens[h].Kinds
	}
	return ph, true
}

// detail is how much the token tells where it stands. A verb inside a phrase
// ("motion to compel") tells as its words do.
func (t *Token) detail() Detail {
	if t.Kind == WordToken && !t.noun && t.Forms != 0 && t.Func == NoFunc {
		if t.Weak {
			return Concrete // a demand, a tender
		}
		if t.Forms == 1<<PastForm {
			return Broad // "documents produced by …"
		}
		if t.Forms&(1<<BaseForm) != 0 || t.Task {
			return Nothing
		}
		return Concrete
	}
	return t.Detail
}

// markAnaphors takes back "this", "these" and "such" where they only point at
// the whole case ("this matter"), and "it" at the head.
func (p *parser) markAnaphors() {
	for i := range p.tokens {
		t := &p.tokens[i]
		if t.Kinds&Anaphor == 0 || i+1 >= len(p.tokens) {
			continue
		}
		if n := &p.tokens[i+1]; n.HeadsCase() {
			t.Word = unmarked
		}
	}
}

var unmarked = &Word{}

// HeadsCase reports whether the word means the whole case: "case", "matter".
func (t *Token) HeadsCase() bool {
	return t.Stem == stemCase || t.Stem == stemMatter
}

var stemCase, stemMatter = hash("case"), hash("matter")
