package note

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
// cap table".
func (s *saying) namedTalk(i, end int) bool {
	next := s.knownTalk(i)
	if next == i || next >= end || s.peopleAt(s.pastDeterminers(next+1), end) || s.tok(next+1).is("with", "w/", "to", "from") {
		return false
	}
	kind, after := s.head(next, end)
	if after == next || kind == byMail && s.sendsThing(next, after, end) {
		return false
	}
	list, _ := s.people(i, next, false)
	if len(list) == 0 {
		return false
	}
	s.talk, s.noun = true, spokenNouns[kind]
	s.with, s.code = append(s.with, list...), codeWith(list)
	s.add(heads[kind], "with")
	s.names(list, list[len(list)-1].to)
	s.about(after, end)
	return true
}

// knownTalk returns where the noun of communicating stands right after somebody
// whom a matter knows at i, or i where none does.
func (r *reading) knownTalk(i int) int {
	m, ok := r.mentionAt(i)
	if !ok || !m.person || m.caption {
		return i
	}
	if r.tok(m.to).is("call", "calls", "email", "emails", "meeting", "meetings", "mtg", "zoom", "tc", "conf", "conference", "vm") {
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
