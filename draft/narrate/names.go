package narrate

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// dropName cuts the first or last segment of s where it only names the matter.
func (v *view) dropName(s string) string {
	if len(v.words) == 0 {
		return s
	}
	for {
		first, last := separators(s)
		switch {
		case first.lo < 0:
			return s
		case v.names(s[:first.lo]) && s[first.hi:] != "":
			s = dropForm(s[first.hi:])
		case v.names(s[last.hi:]) && s[:last.lo] != "":
			s = s[:last.lo]
		default:
			return s
		}
	}
}

// dropForm cuts what is left of a party's name from the front: "Inc. et al".
func dropForm(s string) string {
	for {
		start, end := nextWord(s, 0)
		switch strings.ToLower(s[start:end]) {
		case "inc", "llc", "llp", "ltd", "co", "corp", "lp", "plc", "pc", "na", "et", "al":
			s = strings.TrimLeft(s[end:], edge)
			continue
		}
		return s
	}
}

// dropIdle cuts what says nothing before the word that leads to a subject:
// "Quick question re the lease".
func dropIdle(s string) string {
	if start, end := nextWord(s, 0); !idleWords[strings.ToLower(s[start:end])] {
		return s // as most do
	}
	var buf few
	w := appendWords(buf[:0], s)
	at, n, _ := about.find(w)
	if n == 0 || at == 0 || at+n == len(w) || !idle(s[:w[at].start]) {
		return s
	}
	return strings.TrimLeft(s[w[at].end:], edge)
}

// dropCaption cuts the matter's whole name, or a caption with both its sides,
// from the front of s, and a caption from its end.
func (v *view) dropCaption(s string) string {
	if len(v.words) == 0 {
		return s
	}
	var buf few
	start, end := nextWord(s, 0)
	if !v.names(s[start:end]) {
		if !hasVersus(s) {
			return s // as most do
		}
		w := appendWords(buf[:0], s)
		for k := len(w) - 2; k > 1; k-- {
			if !versus[w[k].lower] || !v.names(s[w[k].start:]) {
				continue
			}
			for k > 1 && v.names(s[w[k-1].start:w[k-1].end]) {
				k--
			}
			if !versus[w[k].lower] {
				return strings.TrimSpace(s[:w[k].start])
			}
		}
		return s
	}
	w := appendWords(buf[:0], s)
	n := 0
	if k := len(v.name); k >= 2 && len(w) >= k {
		for n = 0; n < k && w[n].lower == v.name[n].lower; n++ {
		}
		if n < k {
			n = 0
		}
	}
	if k := slices.IndexFunc(w, func(x word) bool { return versus[x.lower] }); n == 0 && k > 0 && k < len(w)-1 && v.names(s[:w[k+1].end]) {
		n = k + 2
	}
	for n > 0 && n < len(w) && v.names(s[w[n].start:w[n].end]) && w[n].lower != "the" && w[n].lower != "of" && w[n].lower != "in" {
		n++
	}
	switch {
	case n == 0:
		return s
	case n == len(w): // it says nothing but the name
		return ""
	case strings.HasSuffix(w[n-1].lower, "'s"), strings.HasSuffix(w[n-1].lower, "’s"), w[n].lower == "and":
		return s
	}
	return s[w[n].start:]
}

// hasVersus reports whether s may have a caption in it.
func hasVersus(s string) bool {
	for i := 1; i+1 < len(s); i++ {
		if s[i-1] == ' ' && (s[i] == 'v' || s[i] == 'V' || s[i] == 'a' && s[i+1] == 'd') {
			return true
		}
	}
	return false
}

// gap is where two segments of a subject meet.
type gap struct{ lo, hi int }

// separators returns the first and the last place at which s is divided: by a
// colon, a bar, a slash, a comma or a dash between spaces; lo is -1 for none.
func separators(s string) (first, last gap) {
	first.lo = -1
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		sets := r == ':' || r == '|' || r == '/' || r == ',' || r == '：' ||
			(r == '-' || r == '–' || r == '—') && i > 0 && s[i-1] == ' ' && (i+n == len(s) || s[i+n] == ' ' || s[i+n] == '-')
		if !sets {
			i += n
			continue
		}
		g := gap{i, i + n}
		for g.lo > 0 && s[g.lo-1] == ' ' {
			g.lo--
		}
		for g.hi < len(s) && (s[g.hi] == ' ' || s[g.hi] == '-') {
			g.hi++
		}
		if first.lo < 0 {
			first = g
		}
		last = g
		i = g.hi
	}
	return first, last
}
