package language

import "strings"

// lexicon holds every form of every word, in lower case, and compounds those
// phrases that act as one word, by their first word.
var lexicon, compounds = buildLexicon()

// unknown is what is said of words that the lexicon lacks: a word of the matter
// itself, so that it tells something.
var (
	unknownWord    = &Word{Detail: Concrete}
	properWord     = &Word{Detail: Exact, Kinds: Proper}
	adverbWord     = &Word{Adverb: true}
	numberWord     = &Word{Detail: Vague}
	punctWord      = &Word{}
	citationWord   = &Word{Detail: Exact, Kinds: Law}
	redactedWord   = &Word{Detail: Concrete, Kinds: Placeholder}
	namedWord      = &Word{Detail: Concrete, Kinds: Placeholder | Person}
	hiddenExpert   = &Word{Detail: Concrete, Kinds: Placeholder | Expert}
	hiddenOpponent = &Word{Detail: Vague, Kinds: Placeholder | Party | Opponent}
	hiddenOutside  = &Word{Detail: Concrete, Kinds: Placeholder | Outside}
	companyWord    = &Word{Detail: Vague, Kinds: Placeholder | Party}
)

// compound is the rest of a phrase that acts as one word.
type compound struct {
	rest []string
	word *Word
}

func buildLexicon() (map[string]*Word, map[string][]compound) {
	words := map[string]*Word{}
	at := func(form string) *Word {
		form = strings.ReplaceAll(form, "_", " ")
		if words[form] == nil {
			words[form] = &Word{}
		}
		return words[form]
	}
	addNouns(at)
	addVerbs(at)
	for _, n := range nominals {
		for form := range strings.FieldsSeq(n.words) {
			w := at(form)
			if w.Class == NoClass {
				w.Class = n.class
			}
			w.Forms |= 1 << NounForm
			w.Nominal = n.class
			w.Task = true
			w.base = hash(n.base)
		}
	}
	for form := range strings.FieldsSeq(adverbs) {
		at(form).Adverb = true
	}
	for _, j := range joining {
		for form := range strings.FieldsSeq(j.words) {
			w := at(form)
			w.Func, w.Rel = j.fn, j.rel
			if w.Kinds == 0 {
				w.Detail = Nothing
			}
		}
	}
	multi := map[string][]compound{}
	for form, w := range words {
		if parts := strings.Fields(form); len(parts) > 1 {
			w.multi = true
			w.closed = w.Kinds&Filing != 0 && strings.Contains(form, " to ")
			multi[parts[0]] = append(multi[parts[0]], compound{parts[1:], w})
			delete(words, form)
		}
	}
	return words, multi
}

func addNouns(at func(string) *Word) {
	add := func(kinds Kind, detail Detail, list string) {
		for form := range strings.FieldsSeq(list) {
			for _, f := range []string{form, plural(form)} {
				w := at(f)
				w.Kinds |= kinds
				w.Detail = detail
				w.base = hash(strings.ReplaceAll(form, "_", " "))
				w.noun = true
				if kinds == 0 {
					break // adjectives have no plural
				}
			}
		}
	}
	for _, n := range nouns {
		add(n.kinds, n.detail, n.words)
	}
	for _, p := range phrases {
		add(p.kinds, p.detail, p.words)
	}
}

func plural(s string) string {
	switch {
	case strings.HasSuffix(s, "ss"):
		return s + "es"
	case strings.HasSuffix(s, "s") || strings.HasSuffix(s, ".") || strings.HasSuffix(s, "§"):
		return s
	case strings.HasSuffix(s, "x") || strings.HasSuffix(s, "ch") || strings.HasSuffix(s, "sh"):
		return s + "es"
	case strings.HasSuffix(s, "y") && !strings.ContainsAny(s[len(s)-2:len(s)-1], "aeiou"):
		return s[:len(s)-1] + "ies"
	}
	return s + "s"
}

func addVerbs(at func(string) *Word) {
	set := func(form string, f Form, class Class, task, weak bool, base uint32) {
		w := at(form)
		if w.Class == NoClass || w.Forms == 0 {
			w.Class, w.Task, w.Weak = class, task, weak && w.noun || weak
		}
		w.Forms |= 1 << f
		if !w.noun {
			w.base = base
		}
		w.verb = base
	}
	add := func(spec string, class Class, task bool, aspect bool) {
		forms := strings.Split(spec, "/")
		weak := strings.HasSuffix(forms[0], "~")
		base := strings.TrimSuffix(forms[0], "~")
		past, participle, gerund := pastOf(base), "", gerundOf(base)
		if len(forms) == 4 {
			past, participle, gerund = forms[1], forms[2], forms[3]
		}
		id := hash(strings.ReplaceAll(base, "_", " "))
		set(base, BaseForm, class, task, weak, id)
		for _, p := range []string{past, participle} {
			if p != "" {
				set(p, PastForm, class, task, false, id)
			}
		}
		set(gerund, GerundForm, class, task, false, id)
		if aspect {
			for _, f := range []string{base, past, participle, gerund} {
				if f != "" {
					at(f).Aspect = true
				}
			}
		}
	}
	for _, v := range verbs {
		for spec := range strings.FieldsSeq(v.words) {
			add(spec, v.class, v.task, false)
		}
	}
	for spec := range strings.FieldsSeq(aspects) {
		add(spec, Other, true, true)
	}
}

func pastOf(s string) string {
	switch {
	case strings.HasSuffix(s, "e"):
		return s + "d"
	case strings.HasSuffix(s, "y") && !strings.ContainsAny(s[len(s)-2:len(s)-1], "aeiou"):
		return s[:len(s)-1] + "ied"
	}
	return s + "ed"
}

func gerundOf(s string) string {
	if strings.HasSuffix(s, "e") && !strings.HasSuffix(s, "ee") {
		return s[:len(s)-1] + "ing"
	}
	return s + "ing"
}

// hash is FNV-1a.
func hash(s string) uint32 {
	h := uint32(2166136261)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * 16777619
	}
	return h
}

// FoldedStem returns the stem of a word as it is written, whatever its case: that of
// "voicemail" rather than of the communicating that it stands for.
func FoldedStem(word string) uint32 { return foldHash(word) }

// StemOf returns the stem of a word in its base form.
func StemOf(word string) uint32 { return hash(word) }
