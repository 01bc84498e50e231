package language

import "strings"

// reach is how many clauses back a clause is compared with others.
const reach = 16

// Tasks numbers the tasks of a text: clauses with the same number are one task,
// since one names what the other named, prepares it, follows it up or says
// nothing of its own. It returns a number from 0 for each clause, and how many
// tasks there are.
func (t *Text) Tasks() ([]int, int) {
	n := len(t.Clauses)
	if n == 0 {
		return nil, 0
	}
	of := make([]int, n)
	for i := range of {
		of[i] = i
		for j := i - 1; j >= 0 && j >= i-reach; j-- {
			if of[j] != of[i] && t.related(j, i) {
				from, to := max(of[i], of[j]), min(of[i], of[j])
				for k := max(0, i-2*reach); k <= i; k++ {
					if of[k] == from {
						of[k] = to
					}
				}
			}
		}
	}
	tasks := 0
	for i, root := range of {
		if root == i {
			of[i] = tasks
			tasks++
		} else {
			of[i] = of[root]
		}
	}
	return of, tasks
}

// related reports whether clause b is part of the task of clause a before it.
func (t *Text) related(i, j int) bool {
	a, b := &t.Clauses[i], &t.Clauses[j]
	if a.Has(Travel) != b.Has(Travel) {
		return false
	}
	next := j == i+1
	if next && (b.Same || a.Same) {
		return true
	}
	switch {
	case next && t.attaches(i, j):
		return true // "review file and draft answer", "draft lease and email client"
	case next && (t.produces(a, b) || t.produces(b, a) || t.tellsOf(a, b) || t.tellsOf(b, a)):
		return true
	case t.follows(a, b), t.follows(b, a):
		return true
	case next && a.Has(Ready) && b.Class() == Appear && t.own(a) <= Broad:
		return true
	}
	return t.share(a, b)
}

// attaches reports whether one of two neighbours says so little of its own that
// it belongs to the other. Talk without a subject follows up what stands before
// it, so that it belongs to what comes after only where it comes first; and two
// that both say little ("review file; call with client") do not explain each other.
func (t *Text) attaches(i, j int) bool {
	a, b := &t.Clauses[i], &t.Clauses[j]
	da, db := t.own(a), t.own(b)
	switch {
	case a.empty() && len(a.Verbs) == 1 && a.Class() == b.Class():
		return true // "attend and take deposition"
	case a.Class() == Appear || b.Class() == Appear:
		return false
	case da > Vague && db > Vague:
		return false
	case a.empty() || b.empty():
		return true
	case da <= Vague && db <= Vague:
		return len(t.Clauses) == 2 || !a.talks() && !b.talks()
	case da <= Vague && a.talks():
		return i == 0 && len(t.Clauses) == 2
	case da <= Vague: // it joins one of its neighbours, not both to each other
		return i == 0 || a.reads() || !t.attaches(i-1, i)
	}
	return !b.reads() || j+1 == len(t.Clauses) || t.own(&t.Clauses[j+1]) <= Vague
}

// reads reports whether the clause only looks at things, which mostly serves what
// comes after it.
func (c *Clause) reads() bool {
	switch c.Class() {
	case Review, Analyze, Gather, Research:
		return true
	}
	return false
}

// empty reports whether the clause is no more than its verbs: "… and finalize".
func (c *Clause) empty() bool {
	return len(c.Objects)+len(c.With)+len(c.About)+len(c.Purpose) == 0
}

// talks reports whether the clause is talk with somebody.
func (c *Clause) talks() bool {
	return c.Class() == Communicate || c.Class() == Confer
}

// own is how much a clause tells of its own object and subject.
func (t *Text) own(c *Clause) Detail {
	own := max(t.TellsOf(c.Objects), t.TellsOf(c.About))
	if c.Class() == Draft && own <= Vague && len(c.Objects) > 0 && c.Objects[0].HeadKinds&(Person|Party) != 0 {
		return t.TellsOf(c.Purpose) // "prepare client for custody evaluation"
	}
	return own
}

// produces reports whether b writes down what a found out: a memorandum, a
// letter, a summary that is not itself about something else.
func (t *Text) produces(a, b *Clause) bool {
	switch a.Class() {
	case Research, Review, Analyze, Confer, Gather:
	default:
		return false
	}
	if b.Class() != Draft || len(b.About) > 0 || len(b.Objects) != 1 {
		return false
	}
	ph := &b.Objects[0]
	if ph.Head >= 0 && comments[t.Tokens[ph.Head].Stem] {
		return true // "propose edits to …"
	}
	if ph.Head < 0 || a.Class() == Confer && ph.HeadKinds&Message == 0 && ph.Last-ph.First > 1 {
		return false // talk ends in a letter or a note on it, not in a report of its own
	}
	if ph.HeadKinds&Filing != 0 && !isLetter(t.Source[ph.From:t.Tokens[ph.Head].To]) {
		// "review complaint and draft answer": what answers the paper that was read
		return answers[t.Tokens[ph.Head].Stem] && ph.Last-ph.First == 1 && hasPaper(a.Objects)
	}
	for i := ph.First; i < ph.Last; i++ {
		if w := &t.Tokens[i]; i != ph.Head && !parts[t.Tokens[ph.Last-1].Stem] && (w.detail() >= Concrete && w.Kinds&(Person|Proper|Document) == 0) {
			return false
		}
	}
	return ph.HeadKinds&(Message|Exhibit) != 0 || isLetter(t.Source[ph.From:t.Tokens[ph.Head].To]) || products[t.Tokens[ph.Head].Stem]
}

// answers are the papers that one writes to another's.
var answers = map[uint32]bool{
	hash("answer"): true, hash("opposition"): true, hash("reply"): true, hash("response"): true, hash("objection"): true,
}

func hasPaper(phrases []Phrase) bool {
	for i := range phrases {
		if phrases[i].Kinds&(Filing|Document) != 0 {
			return true
		}
	}
	return false
}

func isLetter(s string) bool {
	const letter = "letter"
	return len(s) >= len(letter) && strings.EqualFold(s[len(s)-len(letter):], letter)
}

// products are what one writes of what one has found.
var products = map[uint32]bool{
	hash("memorandum"): true, hash("memo"): true, hash("report"): true, hash("outline"): true, hash("opinion"): true, hash("checklist"): true,
	hash("redline"): true, hash("recommendation"): true, hash("analysis"): true, hash("list"): true,
	hash("summary"): true, hash("note"): true, hash("finding"): true, hash("result"): true, hash("conclusion"): true,
}

// comments are what one writes on a paper that one has read.
var comments = map[uint32]bool{
	hash("edit"): true, hash("comment"): true, hash("change"): true, hash("revision"): true, hash("revise"): true, hash("redline"): true, hash("markup"): true,
}

// share reports whether two clauses name the same document, event or subject.
func (t *Text) share(a, b *Clause) bool {
	if t.apart(a, b) {
		return false
	}
	for _, pa := range [...][]Phrase{a.Objects, a.About, a.Purpose} {
		for i := range pa {
			for _, pb := range [...][]Phrase{b.Objects, b.About, b.Purpose} {
				for j := range pb {
					if t.overlap(&pa[i], &pb[j], a.reads() && b.reads()) {
						return true
					}
				}
			}
		}
	}
	return false
}

// general are the words that one phrase may share with another without being
// about the same: who, not what.
const general = Party | Inside | Outside | Opponent | Placeholder | Person | Meeting | Message | Anaphor

// overlap reports whether two phrases are about the same. Two readings need no more
// in common than a sort of paper: "review reply; analyze declarations filed with reply".
func (t *Text) overlap(a, b *Phrase, reading bool) bool {
	if t.bareFiling(a) && b.Kinds&Filing != 0 || t.bareFiling(b) && a.Kinds&Filing != 0 {
		return true // "draft motion to compel; finalize motion", "revise motion and exhibits"
	}
	for i := a.First; i < a.Last; i++ {
		x := &t.Tokens[i]
		if x.Stem == 0 || x.Func != NoFunc || x.Kinds&general != 0 && x.Kinds&(Event|Filing|Document) == 0 || x.detail() < Broad {
			continue
		}
		for j := b.First; j < b.Last; j++ {
			y := &t.Tokens[j]
			if y.Func != NoFunc || y.detail() < Broad {
				continue
			}
			if x.Stem != y.Stem {
				if t.within(x, y, reading) || t.within(y, x, reading) || t.supports(i, y) || t.supports(j, x) {
					return true
				}
				continue
			}
			if max(x.detail(), y.detail()) >= Concrete || reading && x.Kinds&(Filing|Document) != 0 || t.only(a, i) || t.only(b, j) {
				return true
			}
		}
	}
	return false
}

// within reports whether the one-word stage or subject x is part of the paper y:
// "settlement" of "settlement agreement"; of what is read also an event: "deposition"
// of "deposition transcript".
func (t *Text) within(x, y *Token, reading bool) bool {
	if !y.multi || x.multi || x.Kinds&Phase == 0 && !(reading && x.Kinds&Event != 0) && (x.Kinds != 0 || x.detail() < Concrete) {
		return false
	}
	whole, part := t.Source[y.From:y.To], t.Source[x.From:x.To]
	return len(whole) > len(part) && strings.EqualFold(whole[:len(part)], part) && blank(whole[len(part):]) > 0
}

// supports reports whether the filing at token i is that which y names in full,
// since something is made for it: "declaration in support of motion".
func (t *Text) supports(i int, y *Token) bool {
	x := &t.Tokens[i]
	if x.Kinds&y.Kinds&Filing == 0 || x.multi || !y.multi || i == 0 || t.Tokens[i-1].Func != Preposition {
		return false
	}
	whole, part := t.Source[y.From:y.To], t.Source[x.From:x.To]
	return len(whole) > len(part) && strings.EqualFold(whole[:len(part)], part) && blank(whole[len(part):]) > 0
}

// bareFiling reports whether the phrase is a motion, a brief or exhibits without
// saying which: those of the paper that the other clause names.
func (t *Text) bareFiling(ph *Phrase) bool {
	if ph.Head < 0 || ph.HeadKinds&(Filing|Exhibit) == 0 {
		return false
	}
	if w := &t.Tokens[ph.Head]; ph.HeadKinds&Filing != 0 && w.Detail > Broad {
		return false
	}
	return t.only(ph, ph.Head)
}

// only reports whether token i is all that the phrase tells.
func (t *Text) only(ph *Phrase, i int) bool {
	for j := ph.First; j < ph.Last; j++ {
		if w := &t.Tokens[j]; j != i && w.Func == NoFunc && w.detail() >= Broad && w.Kinds&(Person|Party) == 0 {
			return false
		}
	}
	return true
}

// TellsOf returns how much the most telling of the phrases tells.
func (t *Text) TellsOf(phrases []Phrase) Detail {
	d := Nothing
	for i := range phrases {
		d = max(d, t.Tells(&phrases[i]))
	}
	return d
}

// Tells returns how much a phrase tells of what was worked on. A word that says
// nothing stays so however it is qualified by a stage or a name: "discovery
// issues" and "the Rivera file" are Vague, "lease issues" are Concrete.
func (t *Text) Tells(ph *Phrase) Detail {
	d := Nothing
	file := ph.Head >= 0 && (t.Tokens[ph.Head].HeadsCase() || ph.HeadKinds&CaseFile != 0)
	for i := ph.First; i < ph.Last; i++ {
		w := &t.Tokens[i]
		if file && i < ph.Head && (w.Kinds&(Person|Party|Proper|Placeholder) != 0 || w.Owner) {
			continue
		}
		d = max(d, w.detail())
	}
	if d == Broad && ph.HeadKinds&(Abstract|Generic) != 0 && ph.HeadKinds&(Filing|Event|Exhibit) == 0 && !t.restricted(ph) {
		return Vague
	}
	return d
}

// restricted reports whether a participle after the head says which of the things
// are meant: "documents produced by defendant".
func (t *Text) restricted(ph *Phrase) bool {
	return ph.Head >= 0 && ph.Head+2 < ph.Last && t.Tokens[ph.Head+1].Forms&(1<<PastForm) != 0
}
