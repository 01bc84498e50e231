package language

// follows reports whether b is what a lawyer does with the paper of a, and has no
// paper, event or law of its own: what is reckoned or judged from a paper that was
// read ("review complaint; analyze removal deadline"), advice on a paper that was
// read or written ("revise lease; advise client on enforceability"), a part of it that was
// written ("consider which counts to plead; revise prayer for relief").
func (t *Text) follows(a, b *Clause) bool {
	if a.Has(Travel) {
		return false
	}
	if a.works() && b.advises() && len(a.Objects) == 1 && t.TellsOf(a.Objects) >= Concrete {
		return t.hasNone(b)
	}
	if t.papersOf(a) != 1 {
		return false
	}
	switch {
	case a.reads() && b.Class() == Analyze, a.works() && b.advises():
		return t.hasNone(b)
	case a.reads() && (b.reads() || b.Class() == Draft):
		return t.onlyParts(b) && t.hasNone(b)
	}
	return false
}

// works reports whether the clause reads or writes.
func (c *Clause) works() bool { return c.reads() || c.Class() == Draft }

var advice = map[uint32]bool{
	hash("advise"): true, hash("inform"): true, hash("caution"): true, hash("recommend"): true, hash("explain"): true, hash("counsel"): true, hash("comment"): true,
}

func (c *Clause) advises() bool {
	return len(c.Verbs) > 0 && advice[c.Verbs[len(c.Verbs)-1].Stem]
}

// thing are the words that a clause's work can be on by itself.
const thing = Filing | Document | Event | Law | Data | Exhibit | Message | Model | Expert

// papersOf counts the papers that a clause names as its objects.
func (t *Text) papersOf(c *Clause) int {
	n := 0
	for i := range c.Objects {
		if ph := &c.Objects[i]; ph.HeadKinds&(CaseFile|Exhibit) != 0 && t.Tells(ph) >= Concrete || ph.HeadKinds&(Filing|Document|Law|Data|Message) != 0 || ph.Kinds&(Filing|Document) != 0 {
			n++
		}
	}
	return n
}

// hasNone reports whether a clause names nothing but parts and aspects of what
// another clause named.
func (t *Text) hasNone(c *Clause) bool {
	for i := range c.Objects {
		if h := c.Objects[i].Head; h >= 0 && grounds[t.Tokens[h].Stem] {
			return true // "grounds for demurrer": a paper that is not there yet
		}
	}
	for _, phrases := range [...][]Phrase{c.Objects, c.About, c.Purpose} {
		for i := range phrases {
			ph := &phrases[i]
			part := ph.Head >= 0 && (parts[t.Tokens[ph.Head].Stem] || ph.HeadKinds&Schedule != 0)
			for k := ph.First; k < ph.Last; k++ {
				w := &t.Tokens[k]
				if w.Kinds&thing == 0 || w.Kinds&(Abstract|Generic|Count) != 0 || parts[w.Stem] || part && (w.Detail < Concrete || w.Kinds&(Filing|Document|Event) == 0 || w.Kinds&Expert != 0) {
					continue
				}
				return false
			}
		}
	}
	return true
}

// onlyParts reports whether all that a clause acts on are parts of some paper.
func (t *Text) onlyParts(c *Clause) bool {
	for i := range c.Objects {
		if ph := &c.Objects[i]; ph.Head < 0 || !parts[t.Tokens[ph.Head].Stem] {
			return false
		}
	}
	return len(c.Objects) > 0 && t.TellsOf(c.About) <= Broad
}

// parts are what a paper consists of, says, or brings about.
var parts = wordSet(`amendment clause provision language term article paragraph section page schedule exhibit attachment annex appendix argument allegation
	count claim defense finding conclusion comment change edit revision recital definition covenant warranty indemnity signature
	citation reference footnote prayer prayer_for_relief enforceability implication consequence effect sufficiency deficiency merit
	risk exposure deadline obligation right option contention assertion evidence authority ruling
	holding impact issue question condition requirement wording signature_page verification error omission discrepancy next_steps
	recommendation advice assumption release ground basis need viability merits`)

var grounds = wordSet("ground basis need viability merits merit")

func wordSet(list string) map[uint32]bool {
	out := map[uint32]bool{}
	for w := range wordFields(list) {
		out[w] = true
	}
	return out
}
