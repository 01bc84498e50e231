package narrate

import (
	"strings"

	"github.com/tenths/tenths/draft/prose"
)

// Numbers by which others find a matter are left out: the entry has its matter.

// labels stand before a number that is cut, and go with it.
var labels = prose.Set(`matter file our your ref reference case no nos number docket index civil action civ a cause cv adv proc
our ref. no. case-no matter# # id`)

// dropNumber cuts the matter's own number, with what introduces it.
func (v *view) dropNumber(s string) string {
	if v.number == "" || len(s) < len(v.number) {
		return s
	}
	i := indexFold(s, v.number)
	if i < 0 {
		return s
	}
	return cutNumber(s, i, i+len(v.number))
}

// indexFold returns where low, which is lower-case, begins in s; -1 for nowhere.
func indexFold(s, low string) int {
	for i := 0; i+len(low) <= len(s); i++ {
		if (s[i]|0x20 == low[0]|0x20) && strings.EqualFold(s[i:i+len(low)], low) {
			return i
		}
	}
	return -1
}

// cutNumber cuts s[lo:hi], the label before it and the brackets around it.
func cutNumber(s string, lo, hi int) string {
	before, after := strings.TrimRight(s[:lo], " #(["), strings.TrimLeft(s[hi:], " )]")
	for {
		w := strings.TrimRight(before, " #:.([")
		at := strings.LastIndexAny(w, " ([,") + 1
		if at == len(w) || !labels[strings.ToLower(strings.Trim(w[at:], ".:#"))] {
			break
		}
		before = strings.TrimRight(w[:at], " #([")
	}
	return strings.TrimSpace(before + " " + after)
}

// dropDocket cuts docket numbers: "1:24-cv-01182-ABC", "Case No. 2024-5512",
// "Index No. 123456/2024".
func dropDocket(s string) string {
	if digitsIn(s) < 4 {
		return s
	}
	labelled := false // by a word that only numbers of cases follow
	for i := 0; i < len(s); {
		if s[i] == ' ' {
			i++
			continue
		}
		end := i
		for end < len(s) && s[end] != ' ' {
			end++
		}
		token := numberEnds.trim(s[i:end])
		if digits := digitsIn(token); digits >= 4 && (labelled || isDocket(token)) {
			lo := i + strings.Index(s[i:end], token)
			return cutNumber(s, lo, lo+len(token))
		}
		switch {
		case dockets[token]:
			labelled = true
		case token != "" && !strings.EqualFold(token, "no") && !strings.EqualFold(token, "number"):
			labelled = false
		}
		i = end
	}
	return s
}

var numberEnds = newCutset("()[],;:.#")

// dockets are words that only numbers of cases follow.
var dockets = prose.Set("case docket index cause action nyscef Case Docket Index Cause Action CASE DOCKET INDEX CAUSE ACTION NYSCEF")

// isDocket reports whether w has the form of a court's case number: a year, a
// kind of case and a number, as 1:24-cv-01182-ABC, 24cv1182, 24-12345-mg.
func isDocket(w string) bool {
	if i := strings.IndexByte(w, ':'); i > 0 && allDigits(w[:i]) {
		w = w[i+1:]
	}
	n := 0
	for n < len(w) && isDigit(w[n]) {
		n++
	}
	if n != 2 && n != 4 {
		return false
	}
	w = strings.TrimLeft(w[n:], "-")
	for _, kind := range [...]string{"cv", "cr", "bk", "mc", "md", "ap", "mj", "civ", "cvs"} {
		if rest, ok := cutPrefixFold(w, kind); ok {
			rest = strings.TrimLeft(rest, "-")
			return len(rest) >= 2 && isDigit(rest[0]) && isDigit(rest[1])
		}
	}
	return false
}

// dropTickets cuts numbers of tickets and threads in brackets: "(ref:_00D1:ref)",
// "[#4411]".
func dropTickets(s string) string {
	for _, p := range [...][2]string{{"[", "]"}, {"(", ")"}} {
		i := strings.LastIndex(s, p[0])
		if i < 0 || !strings.HasSuffix(s, p[1]) {
			continue
		}
		inner := s[i+1 : len(s)-1]
		low := strings.ToLower(inner)
		if p[0] == "[" || strings.HasPrefix(low, "ref:") || strings.HasPrefix(inner, "#") || strings.HasPrefix(low, "ticket") ||
			strings.HasPrefix(low, "external") || allDigits(inner) && len(inner) >= 5 {
			s = strings.TrimRight(s[:i], " ")
		}
	}
	return s
}
