package note

import "strings"

// expanded are the shorthands of time sheets.
var expanded = map[string]string{
	"w/": "with", "w/o": "without", "re": "regarding", "oc": "opposing counsel", "o/c": "opposing counsel", "mtn": "motion", "mtns": "motions", "mot": "motion", "msj": "motion for summary judgment",
	"mtd": "motion to dismiss", "mtc": "motion to compel", "mil": "motion in limine", "mils": "motions in limine", "depo": "deposition", "depos": "depositions", "dep": "deposition",
	"rog": "interrogatory", "rogs": "interrogatories", "rfp": "request for production", "rfps": "requests for production", "rfa": "request for admission", "rfas": "requests for admission",
	"corr": "correspondence", "conf": "conference", "tc": "telephone conference", "t/c": "telephone conference", "ltr": "letter", "ltrs": "letters", "docs": "documents", "doc": "document",
	"agmt": "agreement", "agrmt": "agreement", "k": "contract", "stip": "stipulation", "disco": "discovery", "compl": "complaint", "opp": "opposition", "atty": "attorney", "attys": "attorneys",
	"def": "defendant", "pl": "plaintiff", "pltf": "plaintiff", "deft": "defendant", "nda": "NDA", "llc": "LLC", "sow": "SOW", "about": "regarding", "&": "and", "e-mail": "email", "cmc": "case management conference",
	"tro": "temporary restraining order", "supp": "supplemental", "resp": "response", "resps": "responses", "disc": "discovery", "vm": "voicemail", "f/u": "follow up", "psa": "PSA", "loi": "LOI", "sj": "summary judgment",
	"irs": "IRS", "sec": "SEC", "eeoc": "EEOC", "pto": "PTO", "uspto": "USPTO", "ada": "ADA", "hipaa": "HIPAA", "llp": "LLP", "cpa": "CPA", "esi": "ESI",
}

// expandedOr returns what a shorthand stands for, and any other word as it is.
func expandedOr(low string) string {
	if long, ok := expanded[low]; ok {
		return long
	}
	return low
}

// ambiguousShort are shorthands that are words too, so they are expanded only
// where they cannot be those.
var ambiguousShort = set(`k def pl dep opp disc sec mil about doc ada`)

// articles are left out, as bills leave them out.
var articles = set(`the a an my our`)

// rest adds the tokens in [i, end) as a bill writes them.
func (s *saying) rest(i, end int) {
	glue := false
	for ; i < end; i++ {
		t := s.tok(i)
		if s.isDead(i) {
			continue
		}
		if articles[t.low] && t.kind == word && s.dropArticle(i, end) {
			continue
		}
		if s.filler(i) {
			continue
		}
		w := s.word(i)
		if n := len(s.out); n > 0 && t.glued && i > 0 && !s.isDead(i-1) && (glue || t.kind == mark) && !s.tok(i-1).is("w/", "w/o") {
			s.out[n-1] += w
		} else if w != "" {
			s.add(w)
		}
		glue = true
	}
}

// dropArticle reports whether the article at i is none of a name: "The Hague".
func (s *saying) dropArticle(i, end int) bool {
	t := s.tok(i)
	if t.is("a") && (s.tok(i+1).is("(", ".", "-") && s.tok(i+1).glued || s.tok(i-1).is("exhibit", "schedule", "section", "(", "class", "series") || i+1 >= end) || t.glued && i > 0 && !s.tok(i-1).is(",", "(", `"`) {
		return false
	}
	return !t.capital() || i == s.from || s.tok(i-1).kind != word
}

// filler reports whether the word at i says nothing in a narrative.
func (s *saying) filler(i int) bool {
	t := s.tok(i)
	if t.is(":") && s.tok(i-1).is("re") {
		return true
	}
	if t.is("today", "yesterday") || t.is("morning", "afternoon", "evening") && s.tok(i-1).is("this") || t.is("this") && s.tok(i+1).is("morning", "afternoon", "evening") {
		return true
	}
	if t.is("i", "we") && s.tok(i+1).is("-") && s.tok(i+1).glued {
		return false
	}
	return t.is("um", "uh", "quickly", "briefly", "basically") || t.is("i", "we", "i've", "i'd") || t.is("just") || t.is("was") && s.tok(i-1).is("i", "we")
}

// word returns how a bill writes the token at i.
func (s *saying) word(i int) string {
	t := s.tok(i)
	for _, m := range s.mentions {
		if i >= m.from && i < m.to && m.said != "" {
			words := strings.Fields(m.said)
			if k := i - m.from; k < len(words) && len(words) == m.to-m.from {
				if strings.HasSuffix(t.low, "'s") && !strings.HasSuffix(words[k], "'s") {
					return words[k] + "'s"
				}
				return words[k]
			}
		}
	}
	if t.kind != word {
		if t.is("&") && !s.tok(i-1).capital() {
			return "and"
		}
		return t.text
	}
	if v, ok := s.verbInside(i); ok {
		return v
	}
	initial := len(t.low) == 1 && t.capital() && s.tok(i+1).capital() // K. Bright
	if long, ok := expanded[t.low]; ok && !initial && !t.glued && !(ambiguousShort[t.low] && !strings.HasSuffix(t.text, ".") && !t.is("about") && !(t.is("opp") && s.tok(i+1).is("to", "brief"))) {
		if t.text == strings.ToUpper(t.text) && len(t.text) > 1 && long == strings.ToLower(t.text) {
			return t.text
		}
		return long
	}
	if t.capital() && i > s.from && plainWords[t.low] && t.text != strings.ToUpper(t.text) {
		return t.low
	}
	if t.capital() && i == s.from && plainWords[t.low] {
		return t.low
	}
	return t.text
}

// plainWords are written small inside a narrative even where a note did not.
var plainWords = set(`motion client counsel the and with for to letter email call draft review brief order complaint answer reply memo contract agreement lease`)

// verbInside writes a further verb of a part as a bill does: "and drafted
// response" is "and draft response".
func (s *saying) verbInside(i int) (string, bool) {
	if !s.tok(i-1).is("and", ",", ";", "&", "then") || s.tok(i).capital() && i > 0 && !s.tok(i-1).is(",") {
		return "", false
	}
	if _, ok := s.roleAt(i); ok { // and opposing counsel
		return "", false
	}
	a, next := s.verbAt(i)
	l, _ := lemma(s.tok(i).low)
	if a == nil || next != i+1 || l == s.tok(i).low || strings.HasSuffix(s.tok(i).low, "s") {
		return "", false
	}
	if s.tok(i).is("amended", "revised", "proposed", "signed", "executed", "attached", "updated", "verified", "closing", "opening", "drafting", "planning", "closed", "moving") && !determiners[s.tok(i+1).low] {
		return "", false
	}
	if s.code == "" {
		s.code = a.code
	}
	return a.bill, true
}

// phrase says the part as the object of a question: "the call with the clerk",
// "drafting the motion to compel".
func (s *saying) phrase() string {
	if s.noun != "" {
		return s.nounPhrase()
	}
	a, next := s.verbAt(s.from)
	if a == nil {
		return s.object()
	}
	return strings.TrimSpace(a.gerund() + " " + s.spoken(next, s.end()))
}

func (a *act) gerund() string {
	if a.ing != "" {
		return a.ing
	}
	return gerund(a.bill)
}

// nounPhrase names a communication: "the call with the clerk".
func (s *saying) nounPhrase() string {
	for i := s.from; i < s.end(); i++ {
		if s.tok(i).is("with", "w/", "to", "from", "for") && len(s.with) > 0 && s.with[len(s.with)-1].from >= i {
			return s.noun + " " + s.spoken(i, s.with[len(s.with)-1].to)
		}
	}
	if n := len(s.with); n > 0 && s.with[n-1].to > 0 {
		joint := " with "
		if s.noun == spokenNouns[byMail] || s.noun == spokenNouns[byText] {
			joint = " to "
		}
		return s.noun + joint + s.spoken(max(s.from+1, s.with[0].from-1), s.with[n-1].to)
	}
	return s.noun
}

// object names what the work was on: "the reply brief".
func (s *saying) object() string {
	i := s.from
	for s.tok(i).is("on", "work", "worked", "working", "about", "in", "at") {
		i++
	}
	words := s.spoken(i, s.end())
	if words == "" {
		return "it"
	}
	if first := s.tok(i); determiners[first.low] || first.kind == number || first.capital() && !plainWords[first.low] {
		return words
	}
	return "the " + words
}

// spoken returns the words in [i, end) as they were said.
func (s *saying) spoken(i, end int) string {
	var b strings.Builder
	for ; i < end; i++ {
		t := s.tok(i)
		w := t.text
		if long, ok := expanded[t.low]; ok && !ambiguousShort[t.low] {
			w = long
		}
		if b.Len() > 0 && !t.glued {
			b.WriteByte(' ')
		}
		b.WriteString(w)
	}
	return strings.TrimSpace(b.String())
}

// pronoun reports whether the part was with somebody named before.
func (s *saying) pronoun() bool {
	for i := range s.toks {
		if s.tok(i).is("him", "her", "them", "everyone", "everybody", "same") {
			return true
		}
	}
	return false
}
