package note

import "strings"

// ways are the nouns of communicating, as a bill says them beside another.
var ways = map[int][]string{byCall: {"telephone", "conference"}, byMail: {"correspondence"}, byVoicemail: {"voicemail"}, byText: {"text", "messages"}}

// twoWays reads two ways to reach the same people: "called and emailed the
// client", "vm and email to".
func (s *saying) twoWays(i, end int) bool {
	a, ok := s.talkAt(i)
	b, too := s.talkAt(i + 2)
	if !ok || !too || i+2 >= end || !s.tok(i+1).is("and", "&", "/", "+") || a.kind == b.kind || ways[a.kind] == nil || ways[b.kind] == nil {
		return false
	}
	s.talk, s.noun = true, spokenNouns[a.kind]
	if s.noun == "" {
		s.noun = "the voicemail"
	}
	s.add(ways[a.kind]...)
	s.add("and")
	s.add(ways[b.kind]...)
	s.whom(i+3, end)
	return true
}

// namedTalk reads whom a call or the like was with before it: "Tess call re the
// cap table", "Kessler and bank's counsel, conf call", "Ruth, phone".
func (s *saying) namedTalk(i, end int) bool {
	list, next := s.knownPeople(i, end)
	if len(list) == 0 {
		return false
	}
	noun := s.pastComma(next)
	kind, after := s.talkNoun(noun, end)
	if after == noun {
		return s.knownAlone(list, next, end)
	}
	if s.tok(after).is("with", "w/", "to", "from") || s.peopleAt(s.pastDeterminers(after), end) {
		return false
	}
	s.with, s.code = append(s.with, list...), codeWith(list)
	s.talk, s.noun = true, spokenNouns[kind]
	if kind == byVoicemail {
		s.noun = "the voicemail"
		s.rest(i, after)
	} else {
		if !heldIn(heads[kind], s.tok(noun).low) {
			s.rest(noun, after-1)
		}
		s.add(heads[kind], "with")
		s.names(list, list[len(list)-1].to)
	}
	s.about(after, end)
	return true
}

// heldIn reports whether the head of a communication says the word already.
func heldIn(head, low string) bool {
	return talkNouns[low] != 0 || strings.Contains(head, low)
}

// knownPeople reads people at i, the first of whom a matter knows by name.
func (s *saying) knownPeople(i, end int) (list []person, next int) {
	m, ok := s.mentionAt(i)
	if !ok || !m.person || m.caption {
		return nil, i
	}
	return s.people(i, end, false)
}

// knownAlone reads somebody who is named and nothing of what was done with them:
// it was a conference. A name that is a matter's too says which matter it was.
func (s *saying) knownAlone(list []person, next, end int) bool {
	m, ok := s.mentionAt(list[0].from)
	if !ok || !m.person || m.party || s.owns(next) {
		return false
	}
	at := s.pastComma(next)
	if at < end && !s.tok(at).is("re", "regarding", "about") {
		return false
	}
	s.talk, s.noun = true, "the conference"
	s.with, s.code = append(s.with, list...), codeWith(list)
	s.add("conference", "with")
	s.names(list, next)
	s.about(at, end)
	return true
}

// talkNouns are the nouns of communicating that stand after whom they were with.
var talkNouns = map[string]int{"call": byCall, "calls": byCall, "callback": byCall, "phone": byCall, "tel": byCall, "tc": byCall, "t/c": byCall, "telecon": byCall, "email": byMail, "emails": byMail,
	"meeting": byMeeting, "meetings": byMeeting, "mtg": byMeeting, "conf": byMeeting, "conference": byMeeting, "zoom": byVideo, "vm": byVoicemail, "voicemail": byVoicemail}

// talkNoun reads such a noun at i with the words that say of what kind it was:
// "tel attendance", "conf call", "strategy mtg".
func (r *reading) talkNoun(i, end int) (kind, next int) {
	if r.tok(i).is("conf", "conference", "phone", "telephone", "tel", "video", "zoom") && r.tok(i+1).is("call", "calls", "conf", "conference", "attendance", "meeting") {
		return map[bool]int{true: byVideo, false: byCall}[r.tok(i).is("video", "zoom")], i + 2
	}
	for k := i; k < min(end, i+3); k++ {
		t := r.tok(k)
		if _, timed := r.timeOver(k); timed || t.kind != word || r.isDead(k) || prepositions[t.low] {
			return 0, i
		}
		if kind, ok := talkNouns[t.low]; ok && (r.tok(k+1).kind != word || prepositions[r.tok(k+1).low]) && (k == i || t.is("call", "calls", "mtg", "meeting", "conf")) {
			return kind, k + 1
		}
		if lemmas[t.low] != "" {
			return 0, i
		}
	}
	return 0, i
}

// knownTalk returns where the noun of communicating stands after somebody whom a
// matter knows at i, or i where none does.
func (r *reading) knownTalk(i int) int {
	m, ok := r.mentionAt(i)
	if !ok || !m.person || m.caption {
		return i
	}
	if _, next := r.talkNoun(m.to, m.to+3); next > m.to {
		return m.to
	}
	return i
}

// countEnds returns the end of what says at i how many there were, "(5)" or "(x2)",
// and i where nothing does.
func (s *saying) countEnds(i int) int {
	if !s.tok(i).is("(") {
		return i
	}
	j := i + 1
	if s.tok(j).is("x") {
		j++
	}
	if s.tok(j).kind != number || s.tok(j).point {
		return i
	}
	if j++; s.tok(j).is("x") {
		j++
	}
	if !s.tok(j).is(")") {
		return i
	}
	return j + 1
}

// pastDirections skips which way a message went, "letter out to", "email in
// from", and how many there were, "emails (5) with".
func (s *saying) pastDirections(i, end int) int {
	for i < end {
		switch {
		case s.isDead(i), s.tok(i).is("back", "again", "forth"), s.tok(i).is("and") && s.tok(i+1).is("forth"):
			i++
		case s.tok(i).is("in", "out", "over", "off") && (s.tok(i+1).is("to", "from", "with", "w/", "re", "regarding") || i+1 >= end):
			i++
		case s.tok(i).is("in") && s.tok(i+1).is("and", "/", "&") && s.tok(i+2).is("out"):
			i += 3
		case s.countEnds(i) > i && (s.tok(s.countEnds(i)).is("with", "w/", "to", "from") || s.peopleAt(s.countEnds(i), end)):
			i = s.countEnds(i)
		default:
			return i
		}
	}
	return i
}
