package note

import "strings"

// voicemail reads "left a voicemail for".
func (s *saying) voicemail(i, end int) bool {
	j, left := i, false
	if l, _ := lemma(s.tok(j).low); l == "leave" {
		j, left = j+1, true
	}
	for s.tok(j).is("a", "the", "another", "quick", "brief") {
		j++
	}
	l, _ := lemma(s.tok(j).low)
	a, ok := speaking[l]
	if !ok || a.kind != byVoicemail && !(j > i && s.tok(j).is("message", "messages")) {
		return false
	}
	s.talk, s.noun = true, "the voicemail"
	word := "voicemail"
	switch t := s.tok(j); {
	case t.is("message", "messages"):
		word = t.low
	case t.is("lm", "l/m", "lmom"):
		word, left = "message", true
	case t.is("lvm"):
		left = true
	}
	if left {
		s.add("leave")
	}
	s.add(word)
	j++
	if s.tok(j).is("with", "for", "to", "from") {
		s.add(s.tok(j).low)
		list, next := s.people(j+1, end, true)
		s.with, s.code = append(s.with, list...), codeWith(list)
		if len(list) > 0 {
			s.names(list, next)
			j = next
		} else {
			j++
		}
	} else if list, next := s.people(j, end, false); len(list) > 0 && !s.describes(next, end) { // vm Dana
		s.with, s.code = append(s.with, list...), codeWith(list)
		s.add("for")
		s.names(list, next)
		j = next
	}
	s.about(j, end)
	return true
}

// discusses reads "discussed the budget with the client".
func (s *saying) discusses(i, end int) bool {
	if l, _ := lemma(s.tok(i).low); l != "discuss" {
		return false
	}
	s.talk, s.noun = true, "the conference"
	with := -1
	for j := i + 1; j < end; j++ {
		if s.tok(j).is("with", "w/") && (s.peopleAt(j+1, end) || s.smallName(j+1, end)) {
			with = j
		}
	}
	head := "conference"
	if s.byPhone(i+1, end) {
		head, s.noun = "telephone conference", "the call"
	}
	s.add(strings.Fields(head)...)
	stop := end
	if with >= 0 {
		list, next := s.people(with+1, end, true)
		s.add("with")
		s.with, s.code = append(s.with, list...), codeWith(list)
		s.names(list, next)
		if with == i+1 {
			s.about(next, end)
			return true
		}
		stop = with
	}
	if i+1 < stop {
		s.add("regarding")
		s.rest(i+1, stop)
	}
	return true
}

// wrote reads to whom something was written before what: "wrote the client a
// letter about the fees".
func (s *saying) wrote(i, end int) bool {
	if l, _ := lemma(s.tok(i).low); l != "write" && l != "send" {
		return false
	}
	list, next := s.people(i+1, end, false)
	if len(list) == 0 || !s.tok(next).is("a", "an", "another", "two", "several") || !s.tok(next+1).is("letter", "email", "emails", "letters", "note", "message", "e-mail") {
		return false
	}
	s.talk, s.noun = true, spokenNouns[byMail]
	s.add("correspondence", "to")
	s.with, s.code = append(s.with, list...), codeWith(list)
	s.names(list, list[len(list)-1].to)
	s.about(next+2, end)
	return true
}
