package note

import "strings"

// thing is work of which only the object was said.
func (s *saying) thing(i, end int) {
	s.bare = !s.unknownVerb(i, end)
	if s.done(i, end) || s.gathering(i, end) {
		return
	}
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
	last, code := s.headNoun(i, end), ""
	switch {
	case s.tok(i).is("westlaw", "lexis", "lexisnexis", "fastcase", "pacer"):
		code = "A102"
	case moving[s.tok(i).low] && (i+1 >= end || prepositions[s.tok(i+1).low] || s.tok(i+1).is("time", "back")):
		code = "A111"
	case last.is("research", "search", "searches"):
		code = "A102"
	case last.is("review", "analysis"), s.joinedNoun(i, end, "review", "analysis"):
		code = "A104"
	case last.is("drafting", "revisions", "edits", "redlining"), s.tok(end-1).is("drafting", "revisions", "edits", "redlining", "revising") && !s.tok(end-2).is("and", "of", "for"):
		code = "A103"
	case last.is("travel") && !s.tok(i).is("travel"):
		code = "A111"
	case last.is("call", "calls"):
		s.talk, s.bare, s.noun = true, false, "the call"
	}
	if code != "" {
		s.code, s.bare = code, false
	}
	s.mentioned(i, end)
	if last.is("letter", "letters", "email", "emails", "message", "note") && code == "" && len(s.with) > 0 {
		s.code, s.bare = codeWith(s.with), false
	}
	for j := i; j < end && j < i+4; j++ {
		if s.tok(j).is("question", "questions", "inquiry", "inquiries") && len(s.with) > 0 {
			s.talk, s.bare, s.noun = true, false, "the "+s.tok(j).low
		}
	}
	if s.talk {
		s.code = codeWith(s.with)
	}
}

// headNoun returns the noun that the words in [i, end) are about: the last one
// before a preposition.
func (s *saying) headNoun(i, end int) token {
	for j := i + 1; j < end; j++ {
		if prepositions[s.tok(j).low] {
			return s.tok(j - 1)
		}
	}
	return s.tok(end - 1)
}

// joinedNoun reports whether one of the nouns stands before "and" in what the
// words in [i, end) are about: "cap table review and email to the founders".
func (s *saying) joinedNoun(i, end int, nouns ...string) bool {
	for j := i + 1; j+1 < end && !prepositions[s.tok(j).low]; j++ {
		if s.tok(j).is(nouns...) && (s.tok(j+1).is("and", ",", "&", "batch", "set", "-", "(") || s.tok(j+1).kind == number) {
			return true
		}
	}
	return false
}

// together reads work that was done with somebody who is named first: "the
// partner and I went over the redlines".
func (s *saying) together(i, end int) (list []person, next int) {
	list, next = s.people(s.pastDeterminers(i), end, false)
	if len(list) == 0 || !s.tok(next).is("and", "&") || !s.tok(next+1).is("i", "me", "myself") {
		return nil, i
	}
	return list, next + 2
}

// moving are the nouns of travelling.
var moving = set(`flight flights drive train commute roundtrip`)

// done reads work whose verb comes last: "bates 1-40 reviewed", "answer drafted
// and filed".
func (s *saying) done(i, end int) bool {
	j := end
	for j > i+1 && (s.past(j-1) || s.tok(j-1).is("and", ",", "&") && j < end) {
		j--
	}
	for j < end && !s.past(j) {
		j++
	}
	if j >= end {
		return false
	}
	object := j
	for object > i && (s.tok(object-1).is("was", "were", "being", "been", ",", "-", ":")) {
		object--
	}
	if object == i || s.tok(object-1).is("as", "to", "and", "be") {
		return false
	}
	for k := j; k < end; k++ {
		if a, next := s.verbAt(k); a != nil {
			s.add(strings.Fields(a.bill)...)
			if s.code == "" {
				s.code = a.code
			}
			k = next - 1
			continue
		}
		s.rest(k, k+1)
	}
	s.rest(i, object)
	s.mentioned(i, object)
	if s.code == "" {
		s.code = codeWith(s.with)
	}
	s.bare = false
	return true
}

// past reports whether a verb of legal work in the past stands at i.
func (s *saying) past(i int) bool {
	a, next := s.verbAt(i)
	return a != nil && next == i+1 && strings.HasSuffix(s.tok(i).low, "ed") && a.bill != "proceed"
}

// gatherings are nouns for being with others that are no calls or meetings.
var gatherings = set(`visit visits negotiation negotiations interview interviews session sessions consultation consultations consult debrief debriefing lunch breakfast
	dinner coffee intake tag attendance attendances walkthrough roundtable caucus strategy brainstorm status update`)

// gathering reads being with others: "plea negotiations with the prosecutor",
// "examiner interview", "internal strategy session".
func (s *saying) gathering(i, end int) bool {
	for j := i; j < end && j < i+6; j++ {
		if prepositions[s.tok(j).low] {
			return false
		}
		if !gatherings[s.tok(j).low] {
			continue
		}
		next := s.tok(j + 1)
		if next.is("of") {
			for k := j + 2; k < end; k++ { // negotiation of the plea with
				if s.tok(k).is("with", "w/") && s.peopleAt(k+1, end) {
					list, _ := s.people(k+1, end, false)
					s.rest(i, end)
					s.with, s.code = append(s.with, list...), codeWith(list)
					s.bare = false
					return true
				}
			}
		}
		joined := (next.is("with", "w/", "between", "of") || next.is("on", "upon") && s.tok(j).is("attendance", "attendances")) && s.peopleAt(s.pastDeterminers(j+2), end)
		if s.tok(j+1).is("with", "w/") && !joined {
			list, _ := s.people(j+2, end, true)
			joined = len(list) > 0
		}
		p, role := s.roleAt(i)
		role = role && p.to == j
		if q, named := s.someone(i, end, false); named && !role && q.to == j-1 && s.tok(q.to).is("prep", "strategy", "planning", "settlement") && s.tok(i).capital() {
			p, role = q, true // Dr. Wells prep session
		}
		inside := s.tok(i).is("internal", "team", "office") || s.tok(i).is("in") && s.tok(i+1).is("-") && s.tok(i+2).is("house")
		if !joined && !role && !inside || !gatherings[s.headNoun(i, end).low] {
			continue
		}
		s.talk, s.bare, s.noun = true, false, "the "+s.tok(j).low
		switch {
		case joined:
			s.rest(i, j+2)
			list, after := s.people(j+2, end, true)
			s.with = append(s.with, list...)
			s.names(list, after)
			s.about(after, end)
		case inside:
			s.with = append(s.with, person{code: "A105"})
			s.rest(i, j+1)
			s.about(j+1, end)
		default:
			s.with = append(s.with, p)
			s.rest(i, j+1)
			s.about(j+1, end)
		}
		s.code = codeWith(s.with)
		return true
	}
	return false
}

// smallWord reports whether the word at i means nothing here, before "called".
func (s *saying) smallWord(i int) bool {
	t := s.tok(i)
	return t.kind == word && len(t.low) > 2 && !prepositions[t.low] && !determiners[t.low] && !empties[t.low] && lemmas[t.low] == "" && s.tok(i+1).is("called", "phoned", "emailed", "rang") && (prepositions[s.tok(i+2).low] || s.tok(i+2).kind != word)
}

// saidBy reads who got in touch: "wife's attorney called on the parenting plan".
func (s *saying) saidBy(i, end int) bool {
	list, next := s.people(s.pastDeterminers(i), end, false)
	if len(list) == 0 && s.allSmall && i+1 < end && s.smallWord(i) {
		list, next = []person{{with: s.tok(i).text, code: "A108", from: i, to: i + 1}}, i+1
	}
	if len(list) == 0 || next >= end {
		return false
	}
	a, ok := s.talkAt(next)
	if !ok || !strings.HasSuffix(s.tok(next).low, "ed") && !s.tok(next).is("rang", "wrote") || a.kind == byVoicemail {
		return false
	}
	if s.tok(next+1).is("the", "our", "my", "a") && !s.tok(next).is("called", "phoned") || s.peopleAt(next+1, end) {
		return false
	}
	s.talk, s.noun = true, spokenNouns[a.kind]
	s.add(strings.Fields(heads[a.kind])...)
	joint := "with"
	if a.kind == byMail || a.kind == byText {
		joint = "from"
	}
	s.add(joint)
	s.with, s.code = append(s.with, list...), codeWith(list)
	s.names(list, next)
	next++
	for s.tok(next).is("me", "us", "back", "in") {
		next++
	}
	s.about(next, end)
	return true
}

// unknownVerb reports whether a part begins with a verb in the past that is no
// verb of this table: it says what was done, whatever activity that is.
func (s *saying) unknownVerb(i, end int) bool {
	t, after := s.tok(i), s.tok(i+1)
	if t.kind != word || len(t.low) < 5 || !strings.HasSuffix(t.low, "ed") || i+1 >= end || s.adjective(i) {
		return false
	}
	return determiners[after.low] || after.kind == number || after.kind == word && !strings.HasSuffix(after.low, "ing")
}

// adjective reports whether the word at i is mostly an adjective.
func (s *saying) adjective(i int) bool {
	return s.tok(i).is("amended", "proposed", "revised", "signed", "executed", "attached", "united", "limited", "expedited", "detailed", "related", "unopposed", "contested", "uncontested", "sealed", "certified", "consolidated", "complicated", "continued")
}
