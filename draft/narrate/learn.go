package narrate

import (
	"slices"
	"strings"

	"github.com/tenths/tenths/billing"
)

// Learn takes from a narrative that the person wrote in place of f's what it
// shows of their wording, and reports whether it showed anything: the form of
// each verb, the word before subjects, what parties and documents are called, and
// what is left out. Verbs and words count from the second time in a row, names on
// their matter from the first; another choice undoes them. A narrative with
// other things in it than f teaches nothing.
func (p *Phrasing) Learn(f Facts, edited billing.Privileged) bool {
	texts := strings.Split(squeeze(string(edited)), "; ")
	if len(texts) != len(f.Clauses) || f.Matter == "" && len(f.Clauses) == 0 {
		return false
	}
	l := lesson{phrasing: p, matter: f.Matter, style: p.styleOf(f.Matter)}
	for i := range f.Clauses {
		l.clause(&f.Clauses[i], strings.Trim(texts[i], " .;"))
	}
	return l.learned
}

// lesson is one narrative that a person changed.
type lesson struct {
	phrasing *Phrasing
	matter   billing.MatterID
	style    style // as it was before
	learned  bool
}

// preferences returns the matter's and the person's; without a matter only the
// person's.
func (l *lesson) preferences() []*Preferences {
	if l.matter == "" {
		return []*Preferences{&l.phrasing.Person}
	}
	return []*Preferences{l.own(), &l.phrasing.Person}
}

func (l *lesson) own() *Preferences {
	if l.phrasing.Matters == nil {
		l.phrasing.Matters = map[billing.MatterID]*Preferences{}
	}
	own := l.phrasing.Matters[l.matter]
	if own == nil {
		own = &Preferences{}
		l.phrasing.Matters[l.matter] = own
	}
	return own
}

// vote counts text as chosen once more, in a row or anew.
func (c Choice) vote(text billing.Privileged) Choice {
	if c.Text == text {
		return Choice{text, min(c.Seen+1, 1000)}
	}
	return Choice{text, 1}
}

// clause learns from one clause, as far as its words follow the grammar's.
func (l *lesson) clause(c *Clause, text string) {
	if c.Act == Said {
		return
	}
	f, rest, ok := formOf(c.Act, text)
	if !ok {
		return
	}
	l.verb(c.Act, f.text)
	body, connective, subject := cutConnective(rest, l.protected(c))
	if len(c.Objects) == 1 && len(c.With) == 0 && c.Act != Attended && c.Act != PreparedFor && c.Act != Traveled {
		l.object(c.Objects[0], body)
	}
	if len(c.With) > 0 && len(c.Objects) == 0 {
		l.parties(c, f, body)
	}
	if len(c.Topics) == 0 {
		return
	}
	l.omits(partTopic, c.Act, connective == "")
	if connective == "" {
		return
	}
	l.connective(connective)
	if len(c.Topics) == 1 {
		l.name(topicKey(c.Topics[0]), subject, string(c.Topics[0].Text), renames)
	}
}

// protected returns the words at the beginning of a clause in which nothing is
// looked for: a document's title may have "regarding" in it.
func (l *lesson) protected(c *Clause) string {
	if len(c.Objects) == 1 {
		return string(c.Objects[0].Title)
	}
	return ""
}

// cutConnective divides text at the first word that leads to a subject, after
// what it begins with.
func cutConnective(text, begins string) (body, connective, subject string) {
	from := 0
	if _, ok := cutPrefixFold(text, begins); ok {
		from = len(begins)
	}
	at := -1
	for _, c := range connectives {
		if i := indexFold(text[from:], " "+c+" "); i >= 0 && (at < 0 || from+i < at || from+i == at && len(c) > len(connective)) {
			at, connective = from+i, c
		}
	}
	if at < 0 {
		return text, "", ""
	}
	return text[:at], connective, strings.TrimSpace(text[at+len(connective)+2:])
}

func (l *lesson) verb(act Act, text string) {
	before := l.style.verb(act).text
	for _, p := range l.preferences() {
		if _, known := p.Verbs[act]; !known && text == before {
			continue
		}
		if p.Verbs == nil {
			p.Verbs = map[Act]Choice{}
		}
		p.Verbs[act] = p.Verbs[act].vote(billing.Privileged(text))
		l.learned = true
	}
}

func (l *lesson) connective(text string) {
	before := l.style.connective()
	for _, p := range l.preferences() {
		if p.Connective.Seen == 0 && text == before {
			continue
		}
		p.Connective = p.Connective.vote(billing.Privileged(text))
		l.learned = true
	}
}

// omits learns whether a part of what act says is left out.
func (l *lesson) omits(part string, act Act, omitted bool) {
	choice := billing.Privileged("keep")
	if omitted {
		choice = omit
	}
	key := part + " " + string(act)
	for _, p := range l.preferences() {
		if _, known := p.Omits[key]; !known && omitted == l.style.omits(act, part) {
			continue
		}
		if p.Omits == nil {
			p.Omits = map[string]Choice{}
		}
		p.Omits[key] = p.Omits[key].vote(choice)
		l.learned = true
	}
}

// name learns that what is called plain is called name on this matter.
func (l *lesson) name(key billing.Privileged, name, plain string, fits func(name, plain string) bool) {
	if l.matter == "" || name == "" {
		return
	}
	known := l.phrasing.Matters[l.matter]
	if name == plain {
		if known != nil && known.Names != nil {
			if _, ok := known.Names[key]; ok {
				delete(known.Names, key)
				l.learned = true
			}
		}
		return
	}
	if !fits(name, plain) {
		return
	}
	own := l.own()
	if own.Names == nil {
		own.Names = map[billing.Privileged]Choice{}
	}
	if _, ok := own.Names[key]; !ok && len(own.Names) >= mostNames {
		return
	}
	own.Names[key] = own.Names[key].vote(billing.Privileged(name))
	l.learned = true
}

// object learns what a document is called, and whether with its version.
func (l *lesson) object(o Object, text string) {
	if len(o.Marks) > 0 {
		bare, marked := strings.CutSuffix(text, " ("+strings.Join(o.Marks, ", ")+")")
		l.omits(partMarks, "", !marked && !strings.HasSuffix(text, ")"))
		text = bare
	}
	if o.Title != "" {
		l.name(documentKey(o), strings.TrimPrefix(text, "the "), string(o.Title), renames)
	}
}

// parties learns what the sides are called, where each is named by one part of
// text.
func (l *lesson) parties(c *Clause, f form, text string) {
	if f.prep != "" {
		rest, ok := cutPrefixFold(text, f.prep+" ")
		if !ok {
			return
		}
		text = rest
	}
	for _, w := range [...]string{" enclosing ", " transmitting "} {
		if i := strings.Index(text, w); i >= 0 {
			text = text[:i]
		}
	}
	var sides []Counterpart // each as it reads, and whether it stands for several people
	several := map[int]bool{}
	for _, p := range c.With {
		if i := slices.IndexFunc(sides, func(s Counterpart) bool { return l.style.party(s) == l.style.party(p) }); i >= 0 {
			several[i] = true
			continue
		}
		sides = append(sides, p)
	}
	names := strings.Split(strings.ReplaceAll(strings.ReplaceAll(text, ", and ", ", "), " and ", ", "), ", ")
	if len(names) != len(sides) {
		return
	}
	for i, s := range sides {
		if !several[i] {
			l.name(partyKey(s), names[i], s.Text(), namesParty)
		}
	}
}
