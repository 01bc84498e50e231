package narrate

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/prose"
)

// grammar words facts. All it can say is in the tables of verbs and kinds, in the
// joining words below, in the facts, and in names that a person gave.
type grammar struct {
	style style
}

// line is a narrative under construction: its text so far, and where each
// phrase ends, with its evidence. A joining word belongs to the phrase it leads
// to.
type line struct {
	text  []byte
	parts []part
}

type part struct {
	end      int
	evidence []billing.ObservationID
}

// add adds a phrase, which the texts make together.
func (l *line) add(evidence []billing.ObservationID, texts ...string) {
	for _, t := range texts {
		l.text = append(l.text, t...)
	}
	l.parts = append(l.parts, part{len(l.text), evidence})
}

// phrases returns the phrases, and the narrative that they make.
func (l *line) phrases() ([]billing.Phrase, billing.Privileged) {
	if len(l.parts) == 0 {
		return nil, ""
	}
	text := billing.Privileged(capitalized(l.text))
	out := make([]billing.Phrase, len(l.parts))
	from := 0
	for i, p := range l.parts {
		to := p.end + len(text) - len(l.text) // a capital may be longer
		out[i] = billing.Phrase{Text: text[from:to], Evidence: slices.Clip(p.evidence)}
		from = to
	}
	return out, text
}

// capitalized returns text with its first letter raised.
func capitalized(text []byte) string {
	if isLower(text[0]) {
		text[0] -= 'a' - 'A'
		return string(text)
	}
	return prose.Capitalize(string(text))
}

// Text returns the phrases run together, which is the narrative itself.
func Text(phrases []billing.Phrase) billing.Privileged {
	var b strings.Builder
	for _, p := range phrases {
		b.WriteString(string(p.Text))
	}
	return billing.Privileged(b.String())
}

// narrative words the clauses in order, set off by semicolons.
func (g grammar) narrative(f *Facts) ([]billing.Phrase, billing.Privileged) {
	l := lines.Get().(*line)
	defer lines.Put(l)
	clear(l.parts)
	l.text, l.parts = l.text[:0], l.parts[:0]
	for i := range f.Clauses {
		if i > 0 {
			l.add(nil, "; ")
		}
		g.clause(l, &f.Clauses[i])
	}
	return l.phrases()
}

// lines are kept for the next narrative.
var lines = sync.Pool{New: func() any { return new(line) }}

func (g grammar) clause(l *line, c *Clause) {
	if c.Act == Said {
		for _, o := range c.Objects {
			l.add(o.Evidence, string(o.Title))
		}
		return
	}
	f := g.style.verb(c.Act)
	if f.needs && len(c.With) == 0 {
		f = verbs[c.Act][0]
	}
	if c.Act == PreparedFor && len(c.Objects) == 0 {
		f.text = strings.TrimSuffix(f.text, " for")
	}
	l.add(c.Evidence, f.text)
	for i := range c.Objects {
		g.object(l, joint(" ", i, len(c.Objects)), &c.Objects[i])
	}
	if len(c.With) > 0 {
		g.with(l, f.prep, c.With)
	}
	if !g.style.omits(c.Act, partSent) {
		g.sent(l, c)
	}
	if len(c.Topics) > 0 && !g.style.omits(c.Act, partTopic) {
		g.topics(l, c.Topics)
	}
}

// mostTopics is how many subjects a clause names; of more it names fewer, and
// counts the others.
const mostTopics = 4

func (g grammar) topics(l *line, list []Topic) {
	named := list
	if len(list) > mostTopics {
		named = list[:mostTopics-1]
	}
	n := len(named) + btoi(len(named) < len(list))
	for i, t := range named {
		if i == 0 {
			l.add(t.Evidence, " ", g.style.connective(), " ", g.style.topic(t))
		} else {
			l.add(t.Evidence, joint("", i, n), g.style.topic(t))
		}
	}
	if len(named) < len(list) {
		var more []billing.ObservationID
		for _, t := range list[len(named):] {
			more = append(more, t.Evidence...)
		}
		l.add(more, " and ", strconv.Itoa(len(list)-len(named)), " other subjects")
	}
}

// object adds a document with its marks.
func (g grammar) object(l *line, lead string, o *Object) {
	l.add(o.Evidence, lead, g.style.object(o))
	if len(o.Marks) == 0 || g.style.omits("", partMarks) {
		return
	}
	for i, m := range o.Marks {
		l.text = append(l.text, joint(" (", i, 0)...)
		l.text = append(l.text, m...)
	}
	l.text = append(l.text, ')')
	l.parts[len(l.parts)-1].end = len(l.text)
}

// joint returns what stands before part i of n: lead before the first, and a
// comma or "and" before the others.
func joint(lead string, i, n int) string {
	switch i {
	case 0:
		return lead
	case n - 1:
		return " and "
	}
	return ", "
}

// mostSent is how many attachments a narrative names.
const mostSent = 2

func (g grammar) sent(l *line, c *Clause) {
	if len(c.Sent) == 0 {
		return
	}
	lead := " transmitting "
	if c.Act == Received {
		lead = " enclosing "
	}
	list := c.Sent
	var more []billing.ObservationID
	for i, o := range list {
		if i >= mostSent {
			more = append(more, o.Evidence...)
		}
	}
	list = list[:min(len(list), mostSent)]
	n := len(list) + btoi(more != nil)
	for i, o := range list {
		g.object(l, joint(lead, i, n), &o)
	}
	if more != nil {
		l.add(more, " and others")
	}
}

// with names the sides, each once. Of more than [mostNamed] it names two.
func (g grammar) with(l *line, prep string, list []Counterpart) {
	type side struct {
		text     string
		evidence []billing.ObservationID
	}
	var buf [4]side
	sides := buf[:0]
	for _, c := range list {
		text := g.style.party(c)
		if i := slices.IndexFunc(sides, func(s side) bool { return s.text == text }); i >= 0 {
			sides[i].evidence = slices.Concat(sides[i].evidence, c.Evidence)
			continue
		}
		sides = append(sides, side{text, c.Evidence})
	}
	if len(sides) > mostNamed {
		others := side{text: "others"}
		for _, s := range sides[mostNamed-1:] {
			others.evidence = append(others.evidence, s.evidence...)
		}
		sides = append(sides[:mostNamed-1:mostNamed-1], others)
	}
	for i, s := range sides {
		switch {
		case i > 0:
			l.add(unique(s.evidence), joint("", i, len(sides)), s.text)
		case prep != "":
			l.add(unique(s.evidence), " ", prep, " ", s.text)
		default:
			l.add(unique(s.evidence), " ", s.text)
		}
	}
}

// unique returns ids without repetitions, in their order.
func unique(ids []billing.ObservationID) []billing.ObservationID {
	for i, id := range ids {
		if slices.Contains(ids[:i], id) {
			out := slices.Clone(ids[:i])
			for _, id := range ids[i:] {
				if !slices.Contains(out, id) {
					out = append(out, id)
				}
			}
			return out
		}
	}
	return ids
}
