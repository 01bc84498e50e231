package note

import (
	"strings"
)

// prepared reads work that was done with somebody: "with the client, drafting the
// will".
func (s *saying) prepared(list []person, next, end int) bool {
	if s.tok(next).is(",") {
		next++
	}
	if !strings.HasSuffix(s.tok(next).low, "ing") || s.tok(next).is("going", "discussing", "negotiating", "talking", "regarding", "concerning") || !s.prepares(next, end) && !s.acts(next, end) {
		return false
	}
	s.add("with")
	s.names(list, list[len(list)-1].to)
	s.with = append(s.with, list...)
	return true
}

// two reports whether a verb of two words begins at i.
func (s *saying) two(i int) bool {
	_, next := s.verbAt(i)
	return next == i+2
}

func (s *saying) plain(i int) bool {
	a, _ := s.verbAt(i)
	_, talks := s.talkAt(i)
	return a != nil || talks
}

// prepares reads preparing for something or somebody, and "deposition prep".
func (s *saying) prepares(i, end int) bool {
	a, next := s.verbAt(i)
	if a != nil && a.bill == "prepare" {
		if s.tok(i).is("prep", "preparation") && next >= end {
			s.add("preparation")
			s.code = "A101"
			return true
		}
		list, after := s.people(next, end, false)
		if s.describes(after, end) || len(list) > 0 && s.acronym(list[0].from) {
			list = nil
		}
		s.code = "A103"
		if s.tok(next).is("for", "to") || len(list) > 0 || s.tok(i).is("prep", "prepping", "prepped") {
			s.code = "A101"
		}
		s.with = append(s.with, list...)
		s.add("prepare")
		s.verbs, s.noObject = len(s.out), next >= end
		if len(list) > 0 {
			s.names(list, after)
			s.rest(after, end)
			return true
		}
		s.rest(next, end)
		s.mentioned(next, end)
		return true
	}
	if l := s.tok(end - 1); end-1 > i && l.is("prep", "preparation") && a == nil {
		s.add("prepare", "for")
		s.code = "A101"
		s.rest(i, end-1)
		return true
	}
	if s.tok(i).is("preparation") {
		s.code = "A101"
		s.add("preparation")
		s.rest(i+1, end)
		return true
	}
	return false
}

// acts reads any other verb of legal work.
func (s *saying) acts(i, end int) bool {
	if s.tok(i).is("legal", "further", "additional", "initial", "detailed", "preliminary", "final", "factual") && s.tok(i+1).is("research", "review", "analysis", "drafting", "revisions", "preparation", "investigation") {
		s.add(s.tok(i).low)
		i++
	}
	a, next := s.verbAt(i)
	if a == nil || next < end && s.tok(next).is("-") && s.tok(next).glued {
		if n, ok := s.talkAt(i); !ok || n.kind != byMail {
			return false
		}
		a, next = &act{bill: "email"}, i+1
	}
	if b, after := s.verbAt(next); b != nil && startings[a.bill] && (strings.HasSuffix(s.tok(next).low, "ing") || s.tok(next).is("research", "review")) {
		s.add(a.bill, b.gerund())
		s.code, s.noObject = b.code, after >= end
		s.rest(after, end)
		s.mentioned(after, end)
		return true
	}
	s.add(strings.Fields(a.bill)...)
	s.code = a.code
	s.bare = a.bill == "work" || a.bill == "handle" || a.bill == "deal"
	answered := a.bill == "answer" || a.bill == "respond" || a.bill == "reply"
	// more verbs of the same object: "review and revise"
	for {
		j := next
		for s.tok(j).is(",", "and", "&", "/") {
			j++
		}
		b, after := s.verbAt(j)
		if j == next || b == nil {
			break
		}
		s.rest(next, j)
		if a.bill == "review" && b.bill == "review" && revs[s.tok(j).low] && revs[s.tok(j-2).low] { // rev'd and rev.
			b = plainVerbs["revise"]
		}
		s.add(strings.Fields(b.bill)...)
		answered = answered || b.bill == "respond" || b.bill == "reply"
		next = after
		if s.code == "" {
			s.code = b.code
		}
	}
	if s.tok(next).is("on", "about", "re", "into") && a.bill == "research" {
		s.add("regarding")
		next++
	}
	if a.bill == "attend" && s.tok(next).is("on") { // sat in on
		next++
	}
	if (a.code == "" || a.bill == "supervise" || a.bill == "train" || a.bill == "update" && s.roleAfter(next)) && a.bill != "form" && s.object2(next, end) {
		return true
	}
	s.verbs = len(s.out)
	if a.bill == "attend" {
		s.attends(next, end)
	}
	s.rest(next, end)
	s.mentioned(next, end)
	s.noObject = next >= end && a.code > "A100" && a.code < "A105"
	if a.code == "" && s.code == "" && len(s.with) > 0 {
		s.code = codeWith(s.with)
	}
	if (a.bill == "strategize" || a.bill == "brainstorm") && len(s.with) > 0 {
		s.code = codeWith(s.with)
	}
	if bookkeeping[a.bill] && kept[s.headNoun(next, end).low] {
		s.code = "A110"
	}
	if answered && len(s.with) > 0 {
		s.code = codeWith(s.with)
	}
	if a.bill == "file" && s.tok(next).is("review") {
		s.code = "A104"
	}
	return true
}

// revs are the shorthands of both reviewing and revising.
var revs = set(`rev rev'd revd reved revg rev'g`)

// attends notes whom was attended: "attending client on the telephone".
func (s *saying) attends(i, end int) {
	if s.tok(i).is("on", "upon") {
		i++
	}
	list, next := s.people(i, end, false)
	code := codeWith(list)
	if s.tok(next).is("on", "by") && s.tok(next+1).is("telephone", "phone", "the", "tel") && code == "A108" {
		s.with, s.code = append(s.with, list...), code
	}
	if (code == "A106" || code == "A107") && !s.describes(next, end) {
		s.with, s.code = append(s.with, list...), code
	}
}

// attendedWith notes who an event was said to be with, right after it.
func (s *saying) attendedWith(i, end int) {
	if s.tok(i).is("with", "w/") {
		list, _ := s.people(i+1, end, false)
		s.with = append(s.with, list...)
	}
}

// startings are the verbs that say how far other work came.
var startings = set(`begin continue start finish complete resume`)

// object2 reads a verb whose object is somebody: "followed up with the client".
func (s *saying) object2(i, end int) bool {
	j := i
	if s.tok(j).is("with", "to", "w/") {
		j++
	}
	list, next := s.people(j, end, j > i && s.tok(i).is("with", "w/"))
	if len(list) == 0 || j == i && s.describes(next, end) {
		return false
	}
	s.rest(i, j)
	s.with = append(s.with, list...)
	s.code = codeWith(s.with)
	s.names(list, next)
	if s.bare && (s.tok(next).is("to") && s.plain(next+1) || strings.HasSuffix(s.tok(next).low, "ing") && s.plain(next)) {
		s.bare = false
	}
	if s.tok(next).is("re", "about", "regarding") || s.tok(next).is("on") && !s.bare && s.code != "A105" {
		s.about(next, end)
	} else {
		s.rest(next, end)
	}
	return true
}

// describes reports whether a noun comes next, so that the people before it only
// say whose it is: "court order", "client documents".
func (s *saying) describes(next, end int) bool {
	t := s.tok(next)
	return next < end && t.kind == word && !prepositions[t.low] && !determiners[t.low] && !t.is("and", "today", "again") && !strings.HasSuffix(t.low, "ing")
}

// mentioned notes the people that plain work was with, or letters were to.
func (s *saying) mentioned(i, end int) {
	first, _ := lemma(s.tok(s.from).low)
	mail := sendings[first]
	for ; i < end; i++ {
		t := s.tok(i)
		if l, ok := lemma(t.low); ok && sendings[l] && s.tok(i-1).kind == word {
			mail = true
			continue
		}
		if p, ok := s.roleAt(i); ok && p.to < end && s.mailAt(p.to) { // the client's email
			s.with = append(s.with, p)
			mail = true
		}
		if a, ok := s.talkAt(i); ok && a.kind != byVoicemail && s.tok(i-1).is("and", ",", "then", "&") {
			if list, next := s.people(i+1, end, false); len(list) > 0 && !s.describes(next, end) { // and called the client
				s.with = append(s.with, list...)
				i = next - 1
				continue
			}
		}
		if a, ok := s.talkAt(i); ok && (a.kind == byMail || a.kind == byText) || t.is("emails", "letters", "memo", "note", "notice", "demand", "response", "redline", "redlines", "markup", "comments", "message", "messages") {
			mail = true
			continue
		}
		direct := t.is("with", "w/") || mail && t.is("to", "from") || t.is("to") && (s.knownAt(i+1) || s.roleAfter(i+1) && s.unknownVerb(s.from, end)) || t.is("from") && s.tok(i-1).is("call", "calls", "question", "questions", "inquiry", "request", "information", "update", "updates") && s.roleAfter(i+1)
		if !direct {
			continue
		}
		_, talked := s.talkAt(i - 1)
		list, next := s.people(i+1, end, talked && t.is("with", "w/"))
		for _, p := range list {
			if p.with != "court" || mail || t.is("with", "w/") {
				s.with = append(s.with, p)
			}
		}
		i = max(i, next-1)
	}
}

// knownAt reports whether somebody of a matter is named at i.
func (s *saying) knownAt(i int) bool {
	for _, m := range s.mentions {
		if m.from == i && m.person && !m.caption {
			return !s.describes(m.to, len(s.toks))
		}
	}
	return false
}

// roleAfter reports whether a role begins at i, after its article.
func (s *saying) roleAfter(i int) bool {
	if determiners[s.tok(i).low] {
		i++
	}
	_, ok := s.roleAt(i)
	return ok
}

// event reads a hearing or the like that is named alone.
func (s *saying) event(i, end int) bool {
	for j := i; j < end && j < i+8; j++ {
		if s.eventAt(j) {
			s.code = "A109"
			s.rest(i, end)
			s.attendedWith(j+1, end)
			return true
		}
		if s.tok(j).is("conference", "conf") && j > i || s.tok(j).is("meeting") && s.tok(j+1).is("of") && s.tok(j+2).is("creditors") {
			s.code = "A109"
			s.rest(i, end)
			s.attendedWith(j+1, end)
			if code := codeWith(s.with); s.tok(j).is("conference", "conf") && code != "" && code != "A108" {
				s.code = code // not of the court
			}
			return true
		}
		if prepositions[s.tok(j).low] {
			return false
		}
	}
	return false
}

// sendings are the verbs after which "to" names whom it was for.
var sendings = set(`relay convey communicate email send forward circulate transmit mailed faxed couriered assigned delegate explain report deliver provide present give`)

// bookkeeping are the verbs that keep records where records are their object.
var bookkeeping = set(`update organize create maintain enter`)

var kept = set(`calendar docket calendars file files binder binders spreadsheet database tickler`)

func (s *saying) mailAt(i int) bool {
	a, ok := s.talkAt(i)
	return ok && (a.kind == byMail || a.kind == byText) || s.tok(i).is("question", "questions", "inquiry", "inquiries", "request", "message", "messages")
}
