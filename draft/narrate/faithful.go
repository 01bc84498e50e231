package narrate

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/prose"
)

// Fault is why an answer must not stand for a narrative, for the person: it
// never quotes the answer. "" is none.
type Fault string

// The faults.
const (
	FaultEmpty    Fault = "it is empty"
	FaultLong     Fault = "it is much longer than what it rewords"
	FaultMarks    Fault = "it is not one plain sentence"
	FaultName     Fault = "it names somebody or something that the evidence does not show"
	FaultNumber   Fault = "it has a number, a date or an amount that the evidence does not show"
	FaultAct      Fault = "it says that something was done that the evidence does not show"
	FaultDocument Fault = "it speaks of a document or a proceeding that the evidence does not show"
	FaultRole     Fault = "it speaks of a side that the evidence does not show"
	FaultJudges   Fault = "it judges the work or claims an outcome"
	FaultDenies   Fault = "it denies something"
	FaultPerson   Fault = "it speaks in the first person"
	FaultWord     Fault = "it has words that are not in the evidence"
	FaultSense    Fault = "it puts the evidence together in another way"
)

// Faithful returns why answer must not stand for the narrative that f was worded
// as, "" when it may: it says the same, and nothing else. See [Outline.Fault].
func Faithful(f Facts, phrases []billing.Phrase, answer string) Fault {
	o, ok := OutlineOf(f, phrases)
	if !ok {
		return FaultSense
	}
	return o.Fault(answer)
}

// Fault returns why answer must not stand for the narrative, "" when it may. The
// world is closed: a word may come from the narrative, from the forms of its own
// acts, or from a short list of joining words, and from nowhere else. Then the
// answer is read back, and must say of each act in its order the same documents,
// sides in the same role, and subjects, all of them. What cannot be read is
// refused, since a refusal costs nothing: the narrative stands.
func (o Outline) Fault(answer string) Fault {
	answer = strings.TrimSpace(answer)
	switch {
	case answer == "":
		return FaultEmpty
	case 10*utf8.RuneCountInString(answer) > 16*utf8.RuneCountInString(o.text)+400:
		return FaultLong
	case !plainSentence(answer, o.text):
		return FaultMarks
	}
	words := tokens(answer)
	if len(words) == 0 {
		return FaultEmpty
	}
	known := o.vocabulary()
	for _, w := range words {
		if !known[w.text] && !known[w.owner()] && !(w.begins && known[w.small()]) {
			return w.fault()
		}
	}
	if !o.reads(words) {
		return FaultSense
	}
	return ""
}

// Reword returns answer as it may stand in place of the narrative, or why it must
// not: without white space around it and, as narratives are, a full stop after.
func (o Outline) Reword(answer string) (billing.Privileged, Fault) {
	if fault := o.Fault(answer); fault != "" {
		return "", fault
	}
	answer = strings.TrimSpace(answer)
	if !strings.HasSuffix(o.text, ".") {
		words := tokens(answer)
		last, said := words[len(words)-1].text, tokens(o.text)
		if !slices.ContainsFunc(said, func(t token) bool { return t.text == last+"." }) { // Inc.
			answer = strings.TrimSuffix(answer, ".")
		}
	}
	return billing.Privileged(prose.Capitalize(answer)), ""
}

// plainSentence reports whether s is one line, with no mark but those of prose
// and those that the narrative has.
func plainSentence(s, narrative string) bool {
	if !utf8.ValidString(s) || strings.Contains(s, "..") {
		return false
	}
	for _, r := range s {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(" .,;:()'’-"+amounts, r) && !strings.ContainsRune(narrative, r) {
			return false
		}
	}
	return true
}

// amounts are marks that say what is counted.
const amounts = "$€£%"

// token is a word of a sentence with the marks that belong to it, or a mark.
type token struct {
	text   string
	begins bool // a clause begins with it, and it may be written large
	final  bool // the sentence ends with it
}

// tokens takes s apart at spaces, and commas, colons, semicolons and parentheses
// off the words. A full stop is part of its word, but for the last one's.
func tokens(s string) []token {
	var out []token
	s = strings.TrimSuffix(strings.TrimSpace(strings.ReplaceAll(s, "’", "'")), ".")
	for w := range strings.FieldsSeq(s) {
		for strings.HasPrefix(w, "(") && len(w) > 1 {
			out = append(out, token{text: "("})
			w = w[1:]
		}
		var after []token
		for len(w) > 1 && strings.IndexByte("),;:", w[len(w)-1]) >= 0 {
			after = append([]token{{text: w[len(w)-1:]}}, after...)
			w = w[:len(w)-1]
		}
		out = append(append(out, token{text: w}), after...)
	}
	for i := range out {
		out[i].begins = i == 0 || out[i-1].text == ";"
	}
	if n := len(out); n > 0 {
		out[n-1].final = true
	}
	return out
}

// is reports whether t is the word w of a part: a full stop at the end of either
// sentence does not tell them apart.
func (t token) is(w token) bool {
	if t.final || w.final {
		return strings.TrimSuffix(t.text, ".") == strings.TrimSuffix(w.text, ".")
	}
	return t.text == w.text
}

// small returns t as it is written when it does not begin a clause.
func (t token) small() string {
	r, n := utf8.DecodeRuneInString(t.text)
	if hasUpper(t.text[n:]) {
		return t.text
	}
	return string(unicode.ToLower(r)) + t.text[n:]
}

// owner returns whose something is, by a possessive.
func (t token) owner() string { return strings.TrimSuffix(t.text, "'s") }

// vocabulary returns all words that an answer may have.
func (o Outline) vocabulary() map[string]bool {
	known := map[string]bool{}
	add := func(list []token) {
		for _, t := range list {
			known[t.text] = true
			if t.final { // elsewhere its full stop may be written
				known[t.text+"."] = true
			}
		}
	}
	for _, list := range joining {
		add(list)
	}
	for _, c := range o.clauses {
		for _, f := range spokenForms[c.act] {
			add(f.words)
		}
		for _, parts := range c.parts {
			for _, p := range parts {
				add(p.words)
				known[strings.TrimRight(p.words[len(p.words)-1].text, ".")] = true
			}
		}
	}
	delete(known, "")
	return known
}

// fault says what is wrong with a word that is not in the vocabulary.
func (t token) fault() Fault {
	low := strings.ToLower(t.owner())
	_, proceeding := proceedings.at([]word{{lower: low}})
	switch {
	case strings.ContainsAny(low, amounts) || strings.ContainsFunc(low, unicode.IsDigit) || numberWords[strings.Trim(low, ".")]:
		return FaultNumber
	case firstPerson[low]:
		return FaultPerson
	case denials[low] || strings.HasSuffix(low, "n't"):
		return FaultDenies
	case judgements[low] || strings.HasSuffix(low, "fully") || strings.HasSuffix(low, "ively"):
		return FaultJudges
	case verbWords[low] || t.begins && !hasUpper(strings.TrimLeftFunc(t.text, unicode.IsUpper)) && !titles[strings.Trim(low, ".")]:
		return FaultAct
	case hasUpper(t.text):
		return FaultName
	case proceeding > 0 || kindWords[low]:
		return FaultDocument
	case roleWords[low]:
		return FaultRole
	}
	return FaultWord
}

// Words that say what an answer did wrong. They decide the reason that a person
// is given, never whether the answer is kept.
var (
	numberWords = prose.Set(`one two three four five six seven eight nine ten eleven twelve twenty thirty forty fifty hundred thousand million half
		quarter several multiple numerous many dozen first second third fourth fifth twice hour hours minute minutes monday tuesday wednesday thursday
		friday saturday sunday january february march april june july august september october november december jan feb mar apr jun jul aug sep
		sept oct nov dec today yesterday tomorrow dollars percent`)
	firstPerson = prose.Set("i we my our me us mine ours myself ourselves i'm we're i've we've")
	denials     = prose.Set("not no never without neither nor none denied refused declined deny denies unable lacking absent non")
	judgements  = prose.Set(`extensive extensively complex thorough thoroughly detailed careful carefully comprehensive comprehensively in-depth deep
		important urgent urgently critical key significant significantly substantial substantially diligent diligently meticulous meticulously
		effective effectively efficient efficiently excellent successful successfully productive favorable favourable unfavorable strong persuasive
		lengthy long intense intensive rigorous robust strategic strategically skilled expertly won win prevailed granted obtained secured achieved
		resolved settled agreed reached concluded completed finalized executed approved sustained overruled dismissed necessary essential vital`)
	kindWords = func() map[string]bool {
		out := map[string]bool{}
		for _, k := range kinds {
			for _, w := range wordsIn(string(k.name) + " " + k.names) {
				if len(w.lower) > 3 {
					out[w.lower] = true
				}
			}
		}
		return out
	}()
)
