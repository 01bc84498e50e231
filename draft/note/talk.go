package note

import (
	"strings"
)

func (s *saying) talkAt(i int) (act, bool) {
	l, ok := lemma(s.tok(i).low)
	if !ok || s.tok(i).kind != word {
		return act{}, false
	}
	a, ok := speaking[l]
	return a, ok
}

var heads = map[int]string{byCall: "telephone conference", byVideo: "video conference", byMeeting: "conference", byMail: "correspondence", byText: "text messages"}
var spokenNouns = map[int]string{byCall: "the call", byVideo: "the video conference", byMeeting: "the conference", byMail: "the correspondence", byText: "the text messages"}

// talks reads communicating: "call with", "emailed", "on the phone with".
func (s *saying) talks(i, end int) bool {
	many := ""
	if n, j := s.cardinal(i); j == i+1 && n > 1 && n < 100 || s.tok(i).is("several", "multiple", "various", "numerous") {
		if _, ok := s.talkAt(i + 1); ok && s.tok(i+1).kind == word {
			many = s.tok(i).text
			i++
		} else if _, ok := s.talkAt(i + 2); ok && s.tok(i+1).is("x", "×") { // 2 x call
			many = s.tok(i).text + " x"
			i += 2
		}
	}
	if n := s.meetAndConfer(i); n > 0 {
		s.talk, s.noun = true, "the meet and confer"
		s.add("meet", "and", "confer")
		s.whom(i+n, end)
		return true
	}
	if s.wrote(i, end) {
		return true
	}
	many, i = s.modified(many, i, end)
	kind, next := s.head(i, end)
	if next == i {
		return false
	}
	if s.match(next, []string{"of", "creditors"}) > 0 {
		return false
	}
	if (kind == byVideo || kind == byCall) && (s.eventAt(next) || s.tok(next).is("tag")) {
		return false
	}
	if kind == byMail && s.sendsThing(i, next, end) {
		return false
	}
	if s.tok(next).is("conference") && s.tok(next-1).is("status", "scheduling", "settlement", "pretrial") {
		return false
	}
	s.talk, s.noun = true, spokenNouns[kind]
	head := heads[kind]
	if l := s.tok(next - 1); kind == byMail && l.is("letter", "letters", "ltr", "ltrs") {
		head = expandedOr(l.low)
	}
	if many != "" {
		if strings.HasSuffix(s.tok(next-1).low, "s") && kind != byMail && kind != byText {
			head += "s"
		}
		if noun := s.tok(next - 1); kind == byMeeting || kind == byMail && strings.HasSuffix(noun.low, "s") {
			head = noun.low
		}
		head = many + " " + head
	}
	s.add(strings.Fields(head)...)
	if n := len(s.with); n > 0 && s.with[n-1].to == i && i > 0 && s.with[n-1].with != "" {
		s.add("with")
		s.names(s.with[n-1:], i)
	}
	s.whom(next, end)
	if s.code == "" {
		s.code = codeWith(s.with)
	}
	return true
}

// modified reads the words that say what kind of call or meeting it was: "strategy
// meeting", "follow-up call".
func (s *saying) modified(before string, i, end int) (words string, next int) {
	if _, ok := s.talkAt(i); ok || before != "" {
		return before, i
	}
	first := i
	if s.match(i, []string{"in", "-", "house"}) > 0 {
		first = i + 3
	}
	for j := first; j < end && j < first+4; j++ {
		t := s.tok(j)
		talks := false
		if _, ok := s.talkAt(j + 1); ok && !strings.HasSuffix(t.low, "ing") && !strings.HasSuffix(t.low, "ed") || s.tok(j+1).is("call", "meeting") {
			talks = j > i || t.is("closing", "status", "trial", "hearing", "deposition", "planning", "update", "review", "settlement", "diligence", "signing", "mediation", "discovery")
		}
		if talks && t.kind == word && !prepositions[t.low] && !determiners[t.low] && !t.is("phone", "conference", "zoom", "video", "telephone", "conf", "tel", "on", "and") && s.tok(j+1).is("call", "calls", "meeting", "meetings", "zoom") {
			continue
		}
		if t.is("call", "calls", "meeting", "meetings", "email", "emails", "zoom", "mtg", "mtgs", "tc") && j > i || t.is("conf", "conference") && s.roleEnds(i, j) {
			at := i
			for k := i; k < j; k++ {
				if s.roleEnds(k, j) {
					at = k
					break
				}
			}
			if p, ok := s.roleAt(at); ok && s.tok(i).is("in", "inhouse") {
				s.with = append(s.with, person{code: "A105", to: -1})
			} else if ok {
				s.with, s.code = append(s.with, p), p.code
				if p.to == j {
					return s.spoken(i, at), j // a client call is a call with the client
				}
			}
			return s.spoken(i, j), j
		}
		if t.is("f/u") {
			continue
		}
		if a, _ := s.verbAt(j); prepositions[t.low] || events[t.low] || t.kind == number || t.is(",", "and", ".", "/") || a != nil && !t.is("follow", "planning", "closing", "update") || lemmas[t.low] != "" && j == i && a == nil && !t.is("conference", "phone") {
			return "", i
		}
		if t.is("the", "phone", "conference", "zoom", "video", "telephone", "conf", "tel", "on") {
			return "", i
		}
	}
	return "", i
}

// head reads how people communicated, at i.
func (s *saying) head(i, end int) (kind, next int) {
	for _, h := range talkHeads {
		if n := s.match(i, h.run); n > 0 && i+n > next {
			kind, next = h.kind, i+n
		}
	}
	if next > i {
		return kind, next
	}
	l, ok := lemma(s.tok(i).low)
	if !ok || i >= end {
		return 0, i
	}
	if l == "write" && s.tok(i+1).is("to") {
		return byMail, i + 1
	}
	a, ok := speaking[l]
	if !ok || a.kind == byVoicemail {
		return 0, i
	}
	if a.kind == byMeeting && s.byPhone(i+1, end) {
		return byCall, i + 1
	}
	if s.tok(i).is("letter", "letters", "text", "conference", "message") && s.tok(i+1).kind == word && s.pastDirections(i+1, end) == i+1 && !prepositions[s.tok(i+1).low] && !determiners[s.tok(i+1).low] {
		return 0, i // a letter agreement
	}
	return a.kind, i + 1
}

// byPhone reports whether it is said later that people spoke by telephone, and
// takes those words out.
func (s *saying) byPhone(i, end int) bool {
	for ; i < end; i++ {
		for _, run := range [][]string{{"by", "phone"}, {"by", "telephone"}, {"by", "tel"}, {"on", "tel"}, {"via", "tel"}, {"on", "the", "phone"}, {"over", "the", "phone"}, {"via", "phone"}, {"on", "phone"}} {
			if n := s.match(i, run); n > 0 {
				s.dead = append(s.dead, [2]int{i, i + n})
				return true
			}
		}
	}
	return false
}

// sendsThing reports whether "emailed" at i says what was sent rather than to
// whom: "emailed the draft to the client".
func (s *saying) sendsThing(i, next, end int) bool {
	if s.pastDirections(next, end) > next {
		return false
	}
	if next != i+1 || prepositions[s.tok(next).low] || next >= end || s.tok(i).is("email", "emails", "correspondence", "letter", "letters", "corr") && !determiners[s.tok(next).low] && !s.tok(next).is("it") && !s.sentTo(next, end) {
		return false
	}
	list, _ := s.people(next, end, false)
	return len(list) == 0 && s.tok(next).kind == word && !s.tok(next).is("back", "and")
}

// sentTo reports whether something stands before "to" and whom it was sent to:
// "email draft to client".
func (s *saying) sentTo(i, end int) bool {
	for j := i + 1; j < end && !s.tok(j).is("re", "regarding", "about"); j++ {
		if s.tok(j).is("to") && s.peopleAt(j+1, end) {
			return s.tok(i).kind == word && !s.peopleAt(i, end)
		}
	}
	return false
}

// whom reads the people and the subject after the head of a communication.
func (s *saying) whom(i, end int) {
	prep := "with"
	j := i
	for s.tok(j).is(",", "-", ":") {
		j++
	}
	if s.tok(j).is("with", "w/") {
		i = j
	}
	past := s.pastDirections(i, end)
	for ; i < past; i++ {
		if n := s.countEnds(i); n > i {
			s.rest(i, n)
		}
	}
	switch {
	case s.tok(i).is("w/o", "without"):
		s.rest(i, end)
		return
	case s.tok(i).is("with", "w/", "between"):
		i++
	case s.tok(i).is("to", "from", "and", "for"):
		if s.noun == spokenNouns[byMail] || s.noun == spokenNouns[byText] {
			prep = s.tok(i).low
		}
		if s.tok(i).is("for") && !s.peopleAt(i+1, end) || s.tok(i).is("and") || s.tok(i).is("to") && s.plain(i+1) && !s.peopleAt(i+1, end) {
			s.about(i, end)
			return
		}
		i++
		if (prep == "to" || prep == "from") && s.tok(i).is("and", "/", "&", "or") && s.tok(i+1).is("from", "to") {
			prep, i = "with", i+2
		}
	case s.tok(i).is(",", ":", "-", "(", "/") && s.namedAfter(i+1, end):
		i++
	case prepositions[s.tok(i).low] || i >= end || s.tok(i).is("discussing", "that", "whether"):
		s.about(i, end)
		return
	default:
		if s.noun == spokenNouns[byMail] || s.noun == spokenNouns[byText] {
			prep = "to"
		}
		if list, _ := s.people(i, end, false); len(list) == 0 && !s.smallName(i, end) && !(s.allSmall && s.smallName(i+1, end) && s.tok(i).kind == word && lemmas[s.tok(i).low] == "" && !determiners[s.tok(i).low]) {
			s.about(i, end)
			return
		}
	}
	list, next := s.people(i, end, true)
	if len(list) == 0 {
		s.add(prep)
		s.rest(i, end)
		return
	}
	s.add(prep)
	if n := len(s.with); n > 0 && s.with[n-1].with == "court" && list[0].code == "A108" {
		s.with = s.with[:n-1] // a court call with the judge
	}
	s.with = append(s.with, list...)
	s.code = codeWith(s.with)
	s.names(list, next)
	if s.tok(next).is(",", "and") && s.tok(next+1).is("one", "two", "another", "a", "three") && s.tok(next+2).is("to", "with", "from") { // and one to the clerk
		more, _ := s.people(next+3, end, false)
		s.with = append(s.with, more...)
	}
	s.about(next, end)
}

func (s *saying) peopleAt(i, end int) bool {
	list, _ := s.people(i, end, false)
	return len(list) > 0
}

// names writes a list of people as it was said.
func (s *saying) names(list []person, next int) {
	at := list[0].from
	for _, p := range list {
		s.rest(at, p.from)
		if p.said != "" {
			s.add(p.said)
			if strings.HasSuffix(s.tok(p.to-1).low, "'s") {
				s.out[len(s.out)-1] += "'s"
			}
		} else {
			s.rest(p.from, p.to)
		}
		at = p.to
	}
	s.rest(at, next)
}

// about reads what a communication was about.
func (s *saying) about(i, end int) {
	comma := false
	for i < end && (s.isDead(i) || s.tok(i).is(",", ":", "-", ";", "/") || s.tok(i).is(")") && !s.opened(i)) {
		comma = s.tok(i).is(",")
		i++
	}
	if i >= end {
		return
	}
	if n := len(s.out); comma && s.tok(i).kind == word && !prepositions[s.tok(i).low] && !s.starts(i) {
		s.out[n-1] += ","
		s.rest(i, end)
		return
	}
	for _, run := range [][]string{{"to", "discuss"}, {"discussing"}, {"and", "discussed"}, {"to", "talk", "about"}, {"to", "go", "over"}, {"to", "review"}, {"going", "over"}, {"in", "re"}, {"with", "respect", "to"}, {"with", "regard", "to"}, {"as", "to"}, {"in", "regards", "to"}, {"in", "regard", "to"}, {"talking", "about"}, {"to", "address"}} {
		if n := s.match(i, run); n > 0 {
			s.add("regarding")
			s.rest(i+n, end)
			return
		}
	}
	t := s.tok(i)
	switch {
	case t.is("re", "regarding", "about", "concerning", "on", "over"):
		i++
		if s.tok(i).is(":", ".") {
			i++
		}
		for i < end && s.isDead(i) {
			i++
		}
		if i < end {
			if !s.tok(i).is("re", "regarding", "about") {
				s.add("regarding")
				s.rest(i, end)
				return
			}
			s.about(i, end)
		}
	case t.is("the", "a", "an", "our", "their", "his", "her", "my") || t.kind == number && len(s.with) > 0, s.tok(i-1).is(":", "-", "/") && !s.starts(i) && !t.is("and"):
		s.add("regarding")
		s.rest(i, end)
	default:
		if n := len(s.out); comma && n > 0 {
			s.out[n-1] += ","
		}
		s.rest(i, end)
	}
}

// roleEnds reports whether a role that is not the court's stands in [i, j): a
// client conference is no conference of the court.
func (s *saying) roleEnds(i, j int) bool {
	p, ok := s.roleAt(i)
	return ok && p.to == j && p.with != "court" && p.with != "judge" && p.with != "magistrate"
}

// meetAndConfer returns the length of "meet and confer" at i.
func (s *saying) meetAndConfer(i int) int {
	if l, _ := lemma(s.tok(i).low); l != "meet" || !s.tok(i+1).is("and", "&", "-") {
		return 0
	}
	j := i + 2
	if s.tok(j).is("and") {
		j += 2
	}
	if l, _ := lemma(s.tok(j).low); l != "confer" || s.tok(j+1).is("call", "calls", "letter", "email", "correspondence", "meeting") {
		return 0
	}
	return j + 1 - i
}

// namedAfter reports whether somebody is named at i who can be nothing else: by a
// role, or by a name that a matter knows.
func (s *saying) namedAfter(i, end int) bool {
	list, _ := s.people(s.pastDeterminers(i), end, false)
	if len(list) == 0 {
		return false
	}
	if s.roleAfter(i) {
		return true
	}
	for _, m := range s.mentions {
		if m.from == i && m.person {
			return true
		}
	}
	return false
}

// opened reports whether the parenthesis that closes at i was written.
func (s *saying) opened(i int) bool {
	for _, w := range s.out {
		if strings.Contains(w, "(") && !strings.Contains(w, ")") {
			return true
		}
	}
	return i < 0
}
