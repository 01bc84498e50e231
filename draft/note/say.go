package note

import (
	"strings"

	"github.com/tenths/tenths/billing"
)

// part reads the chunk c, led by the tokens lead, as one piece of work.
func (r *reading) part(c chunk, lead []int) Part {
	q := r.only(c, lead)
	s := &saying{reading: q, worked: c.object}
	r.headed(s, c)
	if s.say(); s.text() == "" { // nothing but what leads to work: it is all that was said
		s.rest(0, len(s.toks))
	}
	p := Part{
		Spans: r.sources(c.from, c.to), Narrative: billing.Privileged(upper(s.text())), ActivityCode: s.code,
		Matter: r.matterOf(c.from, c.to), With: withOf(s.with),
	}
	if s.talk && len(s.with) == 0 && len(s.also) > 0 {
		s.with, s.code = s.also, codeWith(s.also)
		p.With, p.ActivityCode = withOf(s.with), s.code
	}
	if s.talk && len(s.with) == 0 && !s.pronoun() {
		p.Asks = append(p.Asks, Ask{"with", billing.Privileged("Who was " + s.nounPhrase() + " with?")})
	}
	p.lacks, p.object = s.unfinished() && len(r.topic) == 0, tidy(strings.Join(s.out[min(s.verbs, len(s.out)):], " "))
	if s.verbs == 0 {
		p.object = ""
	}
	p.label = s.labelled
	p.refers = s.pronoun() && len(s.with) > 0 && s.with[0].with == ""
	if s.bare && p.Narrative != "" {
		p.Asks = append(p.Asks, Ask{"what", billing.Privileged("What did you do on " + s.object() + "?")})
	}
	if s.noObject && len(r.topic) > 0 {
		p.Narrative += billing.Privileged(" " + strings.Join(r.topic, " "))
	} else if s.noObject {
		p.Asks = append(p.Asks, Ask{"what", billing.Privileged("What were you " + s.phrase() + "?")})
	}
	p.Asks = append(p.Asks, Ask{"", billing.Privileged(s.phrase())}) // for the others; see ask
	return p
}

// only returns a reading of nothing but the work that is said in c: without its
// times and what is dead.
func (r *reading) only(c chunk, lead []int) *reading {
	q := &reading{in: r.in, names: r.names, all: r.all, allSmall: r.allSmall, loud: r.loud}
	at := map[int]int{}
	add := func(i int) {
		t := r.toks[i]
		if len(q.toks) > 0 && t.start != q.toks[len(q.toks)-1].end {
			t.glued = false
		}
		at[i] = len(q.toks)
		q.toks = append(q.toks, t)
	}
	for _, i := range lead {
		add(i)
	}
	for i := c.from; i < c.to; i++ {
		if r.tok(i).is("this", "yesterday") && r.tok(i+1).is("morning", "afternoon", "evening") || r.tok(i).is("last") && r.tok(i+1).is("night", "evening") {
			i++
			continue
		}
		if _, timed := r.timeOver(i); !timed && !r.isDead(i) && r.tok(i).kind != line && !r.tok(i).is("today") {
			add(i)
		}
	}
	if lead == nil {
		for _, i := range r.trail {
			add(i)
		}
	}
	for _, m := range r.mentions {
		if from, ok := at[m.from]; ok {
			if last, ok := at[m.to-1]; ok && last-from == m.to-1-m.from {
				m.from, m.to = from, last+1
				q.mentions = append(q.mentions, m)
			}
		}
	}
	return q
}

// saying turns the words of one part into a narrative.
type saying struct {
	*reading
	out      []string // words so far
	code     string
	with     []person
	talk     bool // it was work with others
	bare     bool // no verb was said, or none that says what was done
	noun     string
	also     []person // who is named before the time of the part
	labelled bool     // a name heads it that no matter has
	tail     string   // said first, written last: a date
	verbs    int      // words of out that say what was done
	noObject bool     // a verb was said, and not of what
	worked   bool     // only the object of work is said
	from     int      // first token of the work
}

func (s *saying) text() string {
	t := strings.Join(s.out, " ")
	if s.tail != "" && t != "" {
		t += " " + s.tail
	}
	return tidy(t)
}

// tidy sets the marks of text right that were said around a time.
func tidy(t string) string {
	for _, fix := range [][2]string{{" ,", ","}, {",,", ","}, {" ;", ";"}, {" )", ")"}, {"( ", "("}, {" .", "."}, {" :", ":"}, {"( )", ""}, {"()", ""}, {"[]", ""}, {"  ", " "}} {
		t = strings.ReplaceAll(t, fix[0], fix[1])
	}
	if strings.Count(t, ")") > strings.Count(t, "(") {
		t = strings.TrimSuffix(t, ")")
	}
	return strings.Trim(t, " ,;:.-–|*'/[]")
}

func (s *saying) add(words ...string) {
	for _, w := range words {
		if w != "" {
			s.out = append(s.out, w)
		}
	}
}

// say finds what was done, and with whom.
func (s *saying) say() {
	i := s.begin()
	s.from = i
	end := s.end()
	if i >= end {
		return
	}
	if list, next := s.together(i, end); next > i && next < end && s.starts(next) {
		i = next
		defer func() {
			if len(s.with) > 0 {
				return
			}
			s.add("with")
			s.names(list, list[len(list)-1].to)
			s.with, s.code = list, codeWith(list)
		}()
	}
	if n := s.match(i, []string{"internal"}); n > 0 && s.starts(i+1) {
		s.add("internal")
		s.with = append(s.with, person{code: "A105"})
		i++
	}
	switch {
	case s.worked:
		s.thing(i, end)
	case s.prepping(i, end), s.twoWays(i, end), s.namedTalk(i, end):
	case s.eventAt(i) && !s.tok(end-1).is("prep", "preparation") && s.event(i, end), s.saidBy(i, end), s.voicemail(i, end), s.talks(i, end), s.discusses(i, end), s.prepares(i, end), s.acts(i, end), s.event(i, end):
	case s.tok(i).is("with", "w/"):
		if list, next := s.people(i+1, end, true); len(list) > 0 && s.prepared(list, next, end) {
			break
		}
		s.talk, s.noun = true, "the conference"
		s.add("conference")
		s.whom(i, end)
	default:
		if list, next := s.people(s.pastDeterminers(i), end, false); len(list) > 0 && (next == end || s.tok(next).is("re", "regarding")) && s.roleAfter(i) && !s.owns(next) { // the clerk, for ten
			s.talk, s.noun = true, "the conference"
			s.add("conference", "with")
			s.names(list, next)
			s.with, s.code = list, codeWith(list)
			s.about(next, end)
			return
		}
		s.thing(i, end)
	}
}

// begin skips what leads to the work: "I spent", "on a quick".
func (s *saying) begin() int {
	i := 0
	for i < len(s.toks) {
		t := s.tok(i)
		if n := s.leadAt(i); n > 0 {
			i += n
			continue
		}
		if next := s.label(i); next > i {
			i = next
			continue
		}
		if n := s.dated(i); n > 0 { // said first, billed last
			s.tail = "on " + s.spoken(i+1, i+n)
			i += n
			continue
		}
		switch {
		case t.kind == mark && !t.is("$", "#", "§", "¶", "("), t.is("("):
		case t.is("in", "co") && s.tok(i+1).is("-"):
			return i
		case t.is("in", "at") && s.tok(i+1).is("court", "courthouse") && s.tok(i+2).is("for", "on"):
			i += 2
		case t.is("on", "for", "in", "of", "doing", "at", "about") && (s.starts(i+1) || s.tok(i+1).is("the") && s.tok(i+2).is("phone", "telephone", "line")):
			if s.tok(i+1).is("the") && s.tok(i+2).is("phone", "telephone", "line") {
				return i
			}
		case t.is("to") && s.plain(i+1), t.is("of"):
		case t.is("with", "on", "about", "at", "from", "to", "in", "for", "it") && !(t.is("it") && i == 0):
			if t.is("on") && s.tok(i+1).is("with") {
				break
			}
			return i
		case s.empty(i) || t.is("so", "had", "got", "went", "there", "is", "quickly", "briefly", "long", "minute", "includes", "including", "included"):
			if t.is("had", "have", "went", "got") && s.two(i) || t.is("went") && prepositions[s.tok(i+1).low] {
				return i
			}
		default:
			return i
		}
		i++
	}
	return i
}

// dated returns the length of "on 11/12" at i where the work follows.
func (s *saying) dated(i int) int {
	if !s.tok(i).is("on") || s.tok(i+1).kind != number || !s.tok(i+2).is("/") {
		return 0
	}
	n := 4
	if s.tok(i + n).is("/") {
		n += 2
	}
	if !s.starts(i + n) {
		return 0
	}
	return n
}

// end leaves out marks and joining words at the end.
func (s *saying) end() int {
	n := len(s.toks)
	for n > 0 && (s.tok(n-1).kind == mark && !s.tok(n-1).is(")", "%") || s.tok(n-1).is("and", "then", "for", "on", "about", "at", "also", "was", "which", "took", "i", "today", "so", "yeah", "only")) {
		n--
	}
	if n > 0 && s.tok(n-1).is(")") && n > 1 && s.tok(n-2).is("(") {
		n -= 2
	}
	return n
}
