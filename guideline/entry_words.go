package guideline

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tenths/tenths/guideline/language"
)

// checkSensitive finds words that must not be on a bill, and numbers that
// identify a person: social security and card numbers (compare Fed. R. Civ. P.
// 5.2). What to write instead is for the person, so it only asks.
func checkSensitive(r *Reading, rule Rule) []Finding {
	words, _ := rule.prepared.([][]string)
	s := r.Text.Source
	low := lowered(s)
	var out []Finding
	for _, w := range words {
		for at := 0; ; {
			from, to := phraseIndex(low, at, w)
			if from < 0 {
				break
			}
			out = append(out, Finding{
				Message: fmt.Sprintf("%q may be read by others than the client; put it another way.", s[from:to]),
				From:    from, To: to, Question: "How can this be said so that others may read it?",
			})
			at = to
		}
	}
	for i := range r.Text.Tokens {
		if t := &r.Text.Tokens[i]; t.Kind == language.NumberToken && identifies(s[t.From:t.To]) {
			out = append(out, Finding{
				Message: "This looks like a social security or card number, which must not be on a bill.",
				From:    t.From, To: t.To, Question: "Can the number be left out?",
			})
		}
	}
	return out
}

// prepareSensitive puts the words in lower case and takes phrases apart.
func prepareSensitive(p Params) any {
	words := p.Strings("words")
	out := make([][]string, len(words))
	for i, w := range words {
		out[i] = strings.Fields(lowered(w))
	}
	return out
}

// lowered is s with its ASCII letters in lower case: byte for byte as long as s.
func lowered(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= 'A' && s[i] <= 'Z' {
			b := []byte(s)
			for ; i < len(b); i++ {
				if b[i] >= 'A' && b[i] <= 'Z' {
					b[i] += 'a' - 'A'
				}
			}
			return string(b)
		}
	}
	return s
}

// wordIndex is where word occurs in s between other letters' ends; -1: nowhere.
func wordIndex(s, word string) int {
	if word == "" {
		return -1
	}
	for at := 0; ; {
		i := strings.Index(s[at:], word)
		if i < 0 {
			return -1
		}
		i += at
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		after, _ := utf8.DecodeRuneInString(s[i+len(word):])
		if !wordRune(before) && !wordRune(after) {
			return i
		}
		_, size := utf8.DecodeRuneInString(s[i:])
		at = i + size
	}
}

// phraseIndex is where the words of a phrase stand in s from byte at, whatever
// blanks and ends of lines are between them; -1: nowhere.
func phraseIndex(s string, at int, words []string) (from, to int) {
	for len(words) > 0 {
		i := wordIndex(s[at:], words[0])
		if i < 0 {
			break
		}
		from = at + i
		if to, ok := phraseAt(s, from, words); ok {
			return from, to
		}
		at = from + len(words[0])
	}
	return -1, -1
}

// phraseAt returns where the phrase that begins at byte from ends; false where
// another begins there, or a longer word.
func phraseAt(s string, from int, words []string) (to int, ok bool) {
	to = from
	for k, w := range words {
		rest := s[to:]
		if k > 0 {
			rest = strings.TrimLeftFunc(rest, unicode.IsSpace)
			if len(rest) == len(s)-to {
				return 0, false
			}
		}
		if !strings.HasPrefix(rest, w) {
			return 0, false
		}
		to = len(s) - len(rest) + len(w)
	}
	after, _ := utf8.DecodeRuneInString(s[to:])
	return to, !wordRune(after)
}

func wordRune(r rune) bool {
	return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// identifies reports whether a number is written as a social security number
// (123-45-6789) or has the 15 or 16 digits of a payment card in one run.
func identifies(s string) bool {
	digits, dashes := 0, 0
	for i := range len(s) {
		switch {
		case s[i] >= '0' && s[i] <= '9':
			digits++
		case s[i] == '-':
			dashes++
		default:
			return false
		}
	}
	return len(s) == 11 && dashes == 2 && s[3] == '-' && s[6] == '-' || digits >= 15 && digits <= 16 && dashes <= 3
}

// abbreviations are what lawyers write for themselves, with the words that a
// client reads. Those of law itself (RFA, PAGA, TRO) are left alone.
var abbreviations = map[string]string{
	"t/c": "telephone conference", "tc": "telephone conference", "tel conf": "telephone conference", "telcon": "telephone conference",
	"telecon": "telephone conference", "conf": "conference", "w/": "with", "w/o": "without", "oc": "opposing counsel", "depo": "deposition",
	"depos": "depositions", "rogs": "interrogatories", "mtg": "meeting", "mtgs": "meetings", "attn": "attention", "corr": "correspondence",
	"ltr": "letter", "ltrs": "letters", "doc": "document", "docs": "documents", "stip": "stipulation", "pltf": "plaintiff", "pltfs": "plaintiffs",
	"def't": "defendant", "mtn": "motion", "hrg": "hearing", "rec'd": "received", "recvd": "received", "rcvd": "received", "atty": "attorney",
	"attys": "attorneys", "agmt": "agreement", "agmts": "agreements", "ofc": "office", "o/c": "office conference", "msg": "message",
	"lm": "left message", "vm": "voicemail", "rev": "review", "resp": "response", "disc": "discovery", "mgmt": "management",
	"eval": "evaluation", "prelim": "preliminary", "approx": "approximately", "clt": "client", "clnt": "client", "cnsl": "counsel",
	"re:": "regarding", "b/c": "because", "f/u": "follow up", "govt": "government", "int'l": "international", "jt": "joint",
}

func checkAbbreviation(r *Reading, rule Rule) []Finding {
	s := r.Text.Source
	var found []int
	for i := range r.Text.Tokens {
		if _, ok := expand(s, &r.Text.Tokens[i], rule); ok {
			found = append(found, i)
		}
	}
	if len(found) == 0 {
		return nil
	}
	var b strings.Builder
	at := 0
	for _, i := range found {
		t := &r.Text.Tokens[i]
		long, _ := expand(s, t, rule)
		b.WriteString(s[at:t.From])
		if t.Cap && t.From == 0 {
			long = sentence(long)
		}
		b.WriteString(long)
		at = t.To
		if at < len(s) && s[at] == '.' && at+1 < len(s) { // "conf. with", not the end of the sentence
			at++
		}
		if r, _ := utf8.DecodeRuneInString(s[at:]); wordRune(r) {
			b.WriteByte(' ') // "w/client"
		}
	}
	b.WriteString(s[at:])
	first, last := &r.Text.Tokens[found[0]], &r.Text.Tokens[found[len(found)-1]]
	words := make([]string, len(found))
	for k, i := range found {
		words[k] = s[r.Text.Tokens[i].From:r.Text.Tokens[i].To]
	}
	return []Finding{{
		Message: "Write out what the client need not know: " + listing(words) + ".",
		From:    first.From, To: last.To,
		Fix: r.text("Write out abbreviations", b.String()),
	}}
}

// expand returns the words for a token that is an abbreviation.
func expand(s string, t *language.Token, rule Rule) (string, bool) {
	if t.Kind != language.WordToken || t.To-t.From > 8 || t.To-t.From < 2 {
		return "", false
	}
	word := lowered(s[t.From:t.To])
	if word == "re:" {
		return "", false // everybody reads "re:"
	}
	long, ok := abbreviations[strings.TrimSuffix(word, ".")]
	if !ok || rule.Params.Has("allow", word) || t.Cap && t.From > 0 && word != "oc" && !isUpper(s[t.From:t.To]) && len(word) > 4 {
		return "", false
	}
	return long, true
}

func isUpper(s string) bool { return strings.ToUpper(s) == s }

// unfinished are words that stand where something else was meant to.
var unfinished = map[string]bool{
	"tbd": true, "tbc": true, "todo": true, "xxx": true, "xxxx": true, "xxxxx": true, "lorem": true, "ipsum": true,
	"asdf": true, "fixme": true, "qwerty": true, "tktk": true, "blah": true,
}

// checkPlaceholder finds text that was meant to be replaced before the bill
// went out, and entries without any.
func checkPlaceholder(r *Reading, _ Rule) []Finding {
	s := r.Text.Source
	if strings.TrimSpace(s) == "" {
		return []Finding{{Message: "The entry has no narrative.", Question: "What was done?"}}
	}
	var out []Finding
	add := func(from, to int) {
		if n := len(out); n > 0 && out[n-1].To == from {
			out[n-1].To = to
			return
		}
		out = append(out, Finding{
			Message: "Something was meant to be put in here.", From: from, To: to, Question: "What belongs here?",
		})
	}
	for i := range r.Text.Tokens {
		t := &r.Text.Tokens[i]
		text := s[t.From:t.To]
		switch t.Kind {
		case language.WordToken:
			if t.To-t.From <= 6 && unfinished[lowered(text)] || strings.Trim(text, "_") == "" {
				add(t.From, t.To)
			}
		case language.PlaceholderToken:
			if asksToInsert(lowered(text)) {
				add(t.From, t.To)
			}
		case language.PunctToken:
			if run := sameRun(s[t.From:]); run >= 3 && strings.ContainsAny(s[t.From:t.From+1], "?_*<") && (t.From == 0 || s[t.From-1] != s[t.From]) {
				add(t.From, t.From+run)
			}
		}
	}
	return out
}

// asksToInsert reports whether a bracket is an instruction rather than a
// redaction: "[insert name]", "[TBD]", "[ ]", "[your firm here]".
func asksToInsert(s string) bool {
	inner := strings.TrimSpace(s[1 : len(s)-1])
	if strings.Trim(inner, " ._?xX-") == "" {
		return true
	}
	for _, w := range [...]string{"insert", "tbd", "fill in", "todo", "placeholder", "add ", "describe", "here", "your "} {
		if strings.HasPrefix(inner, w) || strings.HasSuffix(inner, " "+w) {
			return true
		}
	}
	return false
}

// sameRun is how many bytes at the start of s are the same.
func sameRun(s string) int {
	n := 1
	for n < len(s) && s[n] == s[0] {
		n++
	}
	return n
}

// nameIndex finds the parties of all matters by the first word of their name.
type nameIndex map[string][]partyName

type partyName struct {
	name   string // in lower case
	words  []string
	matter string
}

// indexNames makes an index of the parties. Names of less than three letters
// are left out: they would be found in everything.
func indexNames(parties map[string][]string) nameIndex {
	index := nameIndex{}
	for matter, names := range parties {
		for _, n := range names {
			n = lowered(strings.TrimSpace(n))
			if len(n) >= 3 {
				first := firstWord(n)
				index[first] = append(index[first], partyName{n, strings.Fields(n), matter})
			}
		}
	}
	return index
}

// firstWord is the first word of a name, without possessive or punctuation.
func firstWord(s string) string {
	for i, r := range s {
		if !wordRune(r) {
			if i == 0 {
				continue
			}
			return s[:i]
		}
	}
	return s
}

// checkOtherParty finds the names of parties that belong to other matters and
// not to the entry's own.
func checkOtherParty(r *Reading, _ Rule) []Finding {
	if r.Setting == nil || len(r.Setting.names) == 0 {
		return nil
	}
	s := r.Text.Source
	low := lowered(s)
	var out []Finding
	for i := range r.Text.Tokens {
		t := &r.Text.Tokens[i]
		if !t.Cap {
			continue // names are capitalised
		}
		for _, p := range r.Setting.names[firstWord(low[t.From:])] {
			end, ok := phraseAt(low, t.From, p.words)
			if !ok || r.Setting.own(r.Entry.Matter, p.name) {
				continue
			}
			if len(out) > 0 && out[len(out)-1].To >= end {
				continue
			}
			out = append(out, Finding{
				Message: fmt.Sprintf("%q belongs to matter %s, not to %s.", s[t.From:end], p.matter, orThis(r.Entry.Matter)),
				From:    t.From, To: end, Question: "Is this entry filed under the right matter?",
			})
		}
	}
	return out
}

// own reports whether a name, in lower case, belongs to the matter itself.
func (s *Setting) own(matter, name string) bool {
	for _, n := range s.Parties[matter] {
		if n = lowered(strings.TrimSpace(n)); wordIndex(n, name) >= 0 || wordIndex(name, n) >= 0 {
			return true
		}
	}
	return false
}

func orThis(matter string) string {
	if matter == "" {
		return "this one"
	}
	return matter
}
