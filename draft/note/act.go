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
		if s.describes(after, end) {
			list = nil
		}
		s.code = "A103"
		if s.tok(next).is("for", "to") || len(list) > 0 || s.tok(i).is("prep", "prepping", "prepped") {
			s.code = "A101"
		}
		s.with = append(s.with, list...)
		s.add("prepare")
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
	if b, after := s.verbAt(next); b != nil && startings[a.bill] && strings.HasSuffix(s.tok(next).low, "ing") {
		s.add(a.bill, b.gerund())
		s.code = b.code
		s.rest(after, end)
		s.mentioned(after, end)
		return true
	}
	s.add(strings.Fields(a.bill)...)
	s.code = a.code
	s.bare = a.bill == "work" || a.bill == "handle" || a.bill == "deal"
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
		if b.bill == a.bill && s.tok(j).is("rev") { // rev'd and rev.
			b = plainVerbs["revise"]
		}
		s.add(strings.Fields(b.bill)...)
		next = after
		if s.code == "" {
			s.code = b.code
		}
	}
	if s.tok(next).is("on", "about", "re", "into") && a.bill == "research" {
		s.add("regarding")
		next++
	}
	if a.code == "" && s.object2(next, end) {
		return true
	}
	s.rest(next, end)
	s.mentioned(next, end)
	if a.code == "" && s.code == "" && len(s.with) > 0 {
		s.code = codeWith(s.with)
	}
	if (a.bill == "strategize" || a.bill == "brainstorm") && len(s.with) > 0 {
		s.code = codeWith(s.with)
	}
	if a.bill == "file" && s.tok(next).is("review") {
		s.code = "A104"
	}
	return true
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
	mail := first == "email" || first == "send" || first == "forward" || first == "circulate"
	for ; i < end; i++ {
		t := s.tok(i)
		if a, ok := s.talkAt(i); ok && (a.kind == byMail || a.kind == byText) || t.is("emails", "letters", "memo", "note", "notice", "demand", "response", "redlines", "comments", "message", "messages") {
			mail = true
			continue
		}
		direct := t.is("with", "w/") || mail && t.is("to", "from") || t.is("from") && s.roleAfter(i+1)
		if !direct {
			continue
		}
		list, next := s.people(i+1, end, false)
		for _, p := range list {
			if p.with != "court" || mail || t.is("with", "w/") {
				s.with = append(s.with, p)
			}
		}
		i = max(i, next-1)
	}
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
			return true
		}
		if s.tok(j).is("conference") && j > i {
			s.code = "A109"
			s.rest(i, end)
			return true
		}
		if prepositions[s.tok(j).low] {
			return false
		}
	}
	return false
}

// thing is work of which only the object was said.
func (s *saying) thing(i, end int) {
	s.bare = true
	switch {
	case s.tok(i).is("on", "about"):
		if !s.tok(end-1).is("research", "review", "analysis") {
			s.add("work", "on")
		}
		i++
	case s.worked:
		s.add("work", "on")
	case s.tok(i).is("in", "at", "from", "to", "for") && s.tok(i-1).kind == line:
		i++
	}
	s.rest(i, end)
	last := s.tok(end - 1)
	for j := i + 1; j < end; j++ {
		if prepositions[s.tok(j).low] {
			last = s.tok(j - 1)
			break
		}
	}
	switch {
	case last.is("research"):
		s.code, s.bare = "A102", false
	case last.is("review", "analysis"):
		s.code, s.bare = "A104", false
	case last.is("drafting", "revisions", "edits"):
		s.code, s.bare = "A103", false
	case last.is("travel") && !s.tok(i).is("travel"):
		s.code, s.bare = "A111", false
	case last.is("call", "calls"):
		s.talk, s.bare, s.noun = true, false, "the call"
	}
	s.mentioned(i, end)
	for j := i; j < end && j < i+4; j++ {
		if s.tok(j).is("question", "questions", "inquiry", "inquiries") && len(s.with) > 0 {
			s.talk, s.bare, s.noun = true, false, "the "+s.tok(j).low
		}
	}
	if s.talk {
		s.code = codeWith(s.with)
	}
}
