package narrate

import (
	"strings"
	"unicode/utf8"

	"github.com/tenths/tenths/draft/prose"
)

// bounded cuts s at a word so that it has at most most runes.
func bounded(s string, most int) string {
	if len(s) <= most || utf8.RuneCountInString(s) <= most {
		return s
	}
	n, cut := 0, 0
	for i, r := range s {
		if n > most {
			break
		}
		if r == ' ' || n == most && cut == 0 {
			cut = i
		}
		n++
	}
	return tidy(s[:cut])
}

// tidy trims what is left around words that were cut out, and the words that
// then join nothing.
func tidy(s string) string {
	s = squeeze(s)
	for {
		t := openParen(trimEdge(s))
		for {
			at := strings.LastIndexByte(t, ' ')
			var buf scratch
			if len(t)-at > 11 || !dangling[string(buf.lower(t[at+1:]))] {
				break
			}
			t = strings.TrimRight(t[:max(at, 0)], " ")
		}
		if t == s {
			return s
		}
		s = t
	}
}

// dangling are words that join, and so do not end a text.
var dangling = prose.Set("with for re on of the and to a an in or w regarding from about & at by concerning")

// cutset are marks that are trimmed from the ends of a text.
type cutset struct {
	ascii [utf8.RuneSelf]bool
	wide  string // other than ASCII
}

func newCutset(marks string) *cutset {
	c := &cutset{}
	for _, r := range marks {
		if r < utf8.RuneSelf {
			c.ascii[r] = true
		} else {
			c.wide += string(r)
		}
	}
	return c
}

func (c *cutset) trim(s string) string {
	for s != "" {
		if s[0] < utf8.RuneSelf {
			if !c.ascii[s[0]] {
				break
			}
			s = s[1:]
			continue
		}
		r, n := utf8.DecodeRuneInString(s)
		if !strings.ContainsRune(c.wide, r) {
			break
		}
		s = s[n:]
	}
	for s != "" {
		k := len(s) - 1
		if s[k] < utf8.RuneSelf {
			if !c.ascii[s[k]] {
				break
			}
			s = s[:k]
			continue
		}
		r, n := utf8.DecodeLastRuneInString(s)
		if !strings.ContainsRune(c.wide, r) {
			break
		}
		s = s[:len(s)-n]
	}
	return s
}

// edge are marks that say nothing at either end of a text, brackets those that
// may be around a word.
const edge = " -–—:|/,;.*=~>•·_#"

var (
	edges    = newCutset(edge)
	brackets = newCutset("()[]{}.,;_-–—")
)

// trimEdge trims the marks of edge from s.
func trimEdge(s string) string { return edges.trim(s) }

// bare returns w without the brackets and points around it.
func bare(w string) string { return brackets.trim(w) }

func wordy(c byte) bool { return isLower(c|0x20) || isDigit(c) }

// openParen drops a parenthesis of s that has no partner at its ends.
func openParen(s string) string {
	if !strings.ContainsAny(s, "()[]{}") {
		return s
	}
	for _, p := range [...][2]byte{{'(', ')'}, {'[', ']'}, {'{', '}'}} {
		if strings.IndexByte(s, p[0]) < 0 && strings.IndexByte(s, p[1]) < 0 {
			continue
		}
		if n := len(s); n > 0 && s[n-1] == p[0] || n > 0 && s[n-1] == p[1] && strings.Count(s, string(p[0])) < strings.Count(s, string(p[1])) {
			s = s[:n-1]
		}
		if n := len(s); n > 0 && s[0] == p[1] || n > 0 && s[0] == p[0] && strings.Count(s, string(p[0])) > strings.Count(s, string(p[1])) {
			s = s[1:]
		}
		s = strings.ReplaceAll(s, string(p[0])+string(p[1]), "")
	}
	return s
}
