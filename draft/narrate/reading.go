package narrate

import (
	"slices"
	"strings"

	"github.com/tenths/tenths/draft/prose"
)

// spokenForm is a way to say an act, in one tense.
type spokenForm struct {
	form
	words []token
}

// spokenForms has, for each act, its forms as they are and in the past and the
// progressive, the longest first.
var spokenForms = func() map[Act][]spokenForm {
	out := map[Act][]spokenForm{}
	for act, list := range verbs {
		add := func(f form, text string) {
			out[act] = append(out[act], spokenForm{f, tokens(text)})
		}
		for _, f := range list {
			add(f, f.text)
			for tense := range 2 {
				if text := inflected(f.text, tense); text != "" {
					add(f, text)
				}
			}
			if (act == ConferredPhone || act == ConferredVideo || act == Conferred) && !f.needs && inflected(f.text, 0) == "" {
				for _, lead := range [...]string{"participate in", "participated in", "hold", "held"} {
					add(f, lead+" "+f.text)
				}
			}
			if act == PreparedFor {
				if text, ok := strings.CutSuffix(f.text, " for"); ok { // for what, nothing shows
					add(form{text: text, prep: f.prep}, text)
				}
			}
		}
		for _, f := range out[act] { // it does not end the sentence
			f.words[len(f.words)-1].final = false
		}
		slices.SortStableFunc(out[act], func(a, b spokenForm) int { return len(b.words) - len(a.words) })
	}
	return out
}()

// inflections has the past and the progressive of the verbs that forms begin with.
var inflections = func() map[string][2]string {
	out := map[string][2]string{}
	for line := range strings.SplitSeq(`draft drafted drafting|revise revised revising|prepare prepared preparing|edit edited editing|work worked working
compose composed composing|update updated updating|save saved saving|retain retained retaining|review reviewed reviewing|analyze analyzed analyzing
read read reading|examine examined examining|study studied studying|consider considered considering|create created creating
generate generated generating|make made making|email emailed emailing|e-mail e-mailed e-mailing|send sent sending|write wrote writing
receive received receiving|respond responded responding|reply replied replying|answer answered answering|correspond corresponded corresponding
exchange exchanged exchanging|communicate communicated communicating|attend attended attending|appear appeared appearing
participate participated participating|plan planned planning|confer conferred conferring|meet met meeting|travel traveled traveling
research researched researching|conduct conducted conducting|perform performed performing`, "\n") {
		for verb := range strings.SplitSeq(line, "|") {
			w := strings.Fields(verb)
			out[w[0]] = [2]string{w[1], w[2]}
		}
	}
	return out
}()

// inflected returns a form in the past (0) or the progressive (1), "" where it
// has none: it does not begin with a verb.
func inflected(text string, tense int) string {
	w := strings.Fields(text)
	if _, ok := inflections[w[0]]; !ok || text == "email exchange" || text == "email correspondence" {
		return ""
	}
	for i := range w {
		if in, ok := inflections[w[i]]; ok && (i == 0 || w[i-1] == "and") {
			w[i] = in[tense]
		}
	}
	return strings.Join(w, " ")
}

// joining are the words that may stand around what the evidence shows.
var joining = func() [][]token {
	var out [][]token
	for _, list := range [][]string{articles, topicLeads, sentLeads, {"and", ",", ";", "(", ")", "to", "from", "with", "of", "for"}} {
		for _, text := range list {
			t := tokens(text)
			t[len(t)-1].final = false
			out = append(out, t)
		}
	}
	return out
}()

var (
	articles   = []string{"the", "a", "an"}
	topicLeads = append([]string{"on", "as to"}, connectives...)
	sentLeads  = []string{"transmitting", "enclosing", "attaching", "with enclosed", "with attached"}
	letters    = prose.Set("correspondence email e-mail")
)

// mostSteps bounds how long an answer is tried to be read; no sentence that says
// the same takes a hundredth of it.
const mostSteps = 20_000

// reader reads an answer back.
type reader struct {
	words []token
	steps int
}

// reads reports whether words say what o says.
func (o Outline) reads(words []token) bool {
	r := &reader{words: owned(words, o)}
	return r.clauses(o.clauses, 0)
}

// owned writes "the client's correspondence" as "correspondence from client",
// where there is one side and the correspondence is its own.
func owned(words []token, o Outline) []token {
	if len(o.clauses) != 1 || len(o.clauses[0].parts[sidePart]) != 1 || o.clauses[0].act != Received && o.clauses[0].act != Replied {
		return words
	}
	side := o.clauses[0].parts[sidePart][0].words
	n := len(side)
	for i := 1; i+n < len(words); i++ {
		if !letters[words[i+n].text] || words[i+n-1].owner() == words[i+n-1].text {
			continue
		}
		same := strings.TrimSuffix(words[i+n-1].text, "'s") == strings.TrimRight(side[n-1].text, ".")
		for k := range n - 1 {
			same = same && words[i+k].is(side[k])
		}
		if !same {
			continue
		}
		out := append(slices.Clone(words[:i]), words[i+n], token{text: "from"})
		out = append(append(out, side...), words[i+n+1:]...)
		return out
	}
	return words
}

// at returns word i, none after the last.
func (r *reader) at(i int) token {
	r.steps++
	if i < len(r.words) && r.steps < mostSteps {
		return r.words[i]
	}
	return token{}
}

// lead returns where reading goes on when text stands at i; the first word of a
// clause may be written large. ok is false when it does not stand there.
func (r *reader) lead(i int, text []token) (next int, ok bool) {
	for k, t := range text {
		if k > 0 {
			i = r.article(i)
		}
		if w := r.at(i); w.text == "" || w.text != t.text && (!w.begins || w.small() != t.text) {
			return i, false
		}
		i++
	}
	return i, true
}

// article skips an article at i.
func (r *reader) article(i int) int {
	if slices.Contains(articles, r.at(i).text) {
		return i + 1
	}
	return i
}

// clauses reads list from i to the end of the sentence.
func (r *reader) clauses(list []outlined, i int) bool {
	if len(list) == 0 {
		return i == len(r.words)
	}
	c := list[0]
	for _, f := range spokenForms[c.act] {
		at, ok := r.lead(i, f.words)
		if !ok || f.needs && len(c.parts[sidePart]) == 0 {
			continue
		}
		done := func(end int) bool {
			if len(list) == 1 {
				return end == len(r.words)
			}
			for _, sep := range [...]string{";", ",", "and", "; and", ", and"} {
				if next, ok := r.lead(end, plainTokens(sep)); ok && r.clauses(list[1:], next) {
					return true
				}
			}
			return false
		}
		if r.groups(c, f.form, objectPart, at, done) {
			return true
		}
	}
	return false
}

// groups reads the parts of c from kind on; subjects and what was sent may stand
// in either order.
func (r *reader) groups(c outlined, f form, kind partKind, i int, done func(int) bool) bool {
	switch kind {
	case objectPart:
		return r.group(c.parts[objectPart], kind, nil, i, func(i int) bool { return r.groups(c, f, sidePart, i, done) })
	case sidePart:
		var lead []string
		if f.prep != "" {
			lead = []string{f.prep}
		}
		return r.group(c.parts[sidePart], kind, lead, i, func(i int) bool { return r.groups(c, f, sentPart, i, done) })
	}
	about := topicLeads
	if c.act == Researched && strings.HasPrefix(f.text, "research") {
		about = append([]string{""}, about...)
	}
	sent, topic := c.parts[sentPart], c.parts[topicPart]
	return r.group(sent, sentPart, sentLeads, i, func(i int) bool { return r.group(topic, topicPart, about, i, done) }) ||
		len(sent) > 0 && len(topic) > 0 && r.group(topic, topicPart, about, i, func(i int) bool { return r.group(sent, sentPart, sentLeads, i, done) })
}

// group reads the parts of one kind, all of them in any order, after one of the
// leads; no leads, or "" among them, is none.
func (r *reader) group(parts []fragment, kind partKind, leads []string, i int, done func(int) bool) bool {
	if len(parts) == 0 {
		return done(i)
	}
	if len(leads) == 0 {
		return r.list(parts, kind, i, done)
	}
	if kind != sidePart && r.at(i).text == "," && r.group(parts, kind, leads, i+1, done) {
		return true
	}
	for _, l := range leads {
		if at, ok := r.lead(i, plainTokens(l)); ok && r.list(parts, kind, at, done) {
			return true
		}
	}
	return false
}

// list reads parts as "a, b and c".
func (r *reader) list(parts []fragment, kind partKind, i int, done func(int) bool) bool {
	for k, p := range parts {
		next, ok := r.part(p, kind, i)
		if !ok {
			continue
		}
		if len(parts) == 1 {
			if done(next) {
				return true
			}
			continue
		}
		rest := slices.Concat(parts[:k], parts[k+1:])
		for _, join := range [...]string{",", "and", ", and"} {
			if at, ok := r.lead(next, plainTokens(join)); ok && r.list(rest, kind, at, done) {
				return true
			}
		}
	}
	return false
}

// part reads p at i, word for word but for articles and parentheses. The words
// of a subject that is nothing but a few plain nouns may stand in another order,
// joined by "of" and "for": "deposition schedule", "schedule for the deposition".
func (r *reader) part(p fragment, kind partKind, i int) (next int, ok bool) {
	at, k := i, 0
	for k < len(p.words) {
		switch w := r.at(at); {
		case p.words[k].text == "(" || p.words[k].text == ")" || slices.Contains(articles, p.words[k].text) && w.text != p.words[k].text:
			k++
		case w.text == "(" || w.text == ")" || slices.Contains(articles, w.text) && w.text != p.words[k].text:
			at++
		case w.is(p.words[k]):
			at, k = at+1, k+1
		default:
			if kind == topicPart {
				return r.shuffled(p, i)
			}
			return i, false
		}
		if at > len(r.words) {
			return i, false
		}
	}
	for at < len(r.words) && r.words[at].text == ")" {
		at++
	}
	return at, true
}

// fixed are words that say how those around them belong together.
var fixed = prose.Set(`to from by against versus v v. vs vs. with without no not non never before after over under between than or nor unless until if
re regarding about client counsel court witness expert judge plaintiff defendant landlord tenant opposing party party's buyer seller lender borrower
debtor creditor employer employee husband wife mother father on in at and & , ; :`)

// shuffled reads a subject of two to four plain nouns in any order. The kind of
// document that they name must stay the same.
func (r *reader) shuffled(p fragment, i int) (next int, ok bool) {
	left := map[string]int{}
	n := 0
	for _, w := range p.words {
		if slices.Contains(articles, w.text) || w.text == "of" || w.text == "for" {
			continue
		}
		if fixed[w.text] || hasUpper(w.text) || digitsIn(w.text) > 0 || strings.ContainsAny(w.text, "'()./") {
			return i, false
		}
		left[w.text]++
		n++
	}
	if n < 2 || n > 4 {
		return i, false
	}
	var got []string
	for at := i; ; at++ {
		switch w := r.at(at); {
		case left[w.text] > 0:
			left[w.text]--
			got = append(got, w.text)
			if n--; n == 0 {
				return at + 1, kindOf(wordsIn(strings.Join(got, " "))) == kindOf(wordsIn(p.text))
			}
		case len(got) > 0 && (w.text == "of" || w.text == "for"), slices.Contains(articles, w.text):
			got = append(got, w.text)
		default:
			return i, false
		}
	}
}

// plainTokens returns the tokens of words that do not end a sentence.
func plainTokens(s string) []token {
	out := tokens(s)
	for i := range out {
		out[i].final = false
	}
	return out
}
