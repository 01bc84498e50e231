// Package prose is what drafting knows of words: how to take text apart, and how
// legal titles are written small. It must not know what the words are about.
package prose

import (
	"strings"
	"unicode"
)

// Words splits text into lower-case runs of letters and digits.
func Words(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

// Has reports whether any of the runs of words occurs in text.
func Has(text []string, runs ...string) bool {
	for _, run := range runs {
		r := strings.Fields(run)
		for i := range text {
			if StartsWith(text[i:], r) {
				return true
			}
		}
	}
	return false
}

// Decapitalize lowers the first letter of s unless its first word looks like a
// name or an abbreviation: it has another capital or a digit, or what follows
// is capitalized too.
func Decapitalize(s string) string {
	first, rest, _ := strings.Cut(s, " ")
	r := []rune(first)
	if len(r) == 0 || !unicode.IsUpper(r[0]) {
		return s
	}
	for _, c := range r[1:] {
		if !unicode.IsLower(c) && c != '\'' && c != '-' {
			return s
		}
	}
	if !Common[strings.ToLower(first)] {
		if next := []rune(rest); len(next) > 0 && unicode.IsUpper(next[0]) {
			return s
		}
	}
	r[0] = unicode.ToLower(r[0])
	return strings.TrimSpace(string(r) + " " + rest)
}

// Capitalize raises the first letter of s.
func Capitalize(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return s
	}
	r[0] = unicode.ToUpper(r[0])
	return string(r)
}

// List joins words as prose does: "a", "a and b", "a, b and c".
func List(words []string) string {
	switch n := len(words); n {
	case 0:
		return ""
	case 1:
		return words[0]
	default:
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
}

// Common are words of legal titles that are not names, so that "Motion To
// Compel" may be written small.
var Common = Set(`a access account action addendum affidavit against agenda agreement amended and
answer answers appeal appraisal arbitration assignment at authority bill brief budget by calendar call case chart checklist
chronology claim client closing comments complaint compel conference conferral conflict conflicts contract correspondence cost counsel court cover
cross damages date dates deadline decision declaration default demand deposition designation direct
disclosure disclosures discovery dismiss dismissal dispute document documents draft due edits engagement estate evidence examination
exam exhibit exhibits expert extension fact facts fee final first follow for from general guarantee hearing
hold in initial inspection instructions insurance interrogatories interrogatory interview intro introduction inventory invoice issue issues joint
judgment jury landlord lease letter liability list litigation loan log management matter mediation meeting memo memorandum minutes
motion mutual negotiation new next nondisclosure notes notice objection objections of offer on opposition opening or
order outline outstanding over payment petition planning plan pleading policy position prep preparation preservation preliminary pretrial probate production
proof proposal proposed protective question questions quick re redline reply report request requests research residential response responses restrictive
retainer review revised rule ruling schedule scheduling scope second separation services settlement severance signature signed standing statement
status stipulation strategy subpoena summary supplemental supply tenant term termination terms third time timeline to
transcript trial trust update updated vendor venue verification voir waiver will with witness work written`)

// Set returns the words of text as a set.
func Set(text string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(text) {
		m[w] = true
	}
	return m
}

// StartsWith reports whether text begins with run.
func StartsWith(text, run []string) bool {
	if len(text) < len(run) {
		return false
	}
	for i, w := range run {
		if text[i] != w {
			return false
		}
	}
	return true
}

// Slashed returns a path with forward slashes, whatever system wrote it.
func Slashed(p string) string { return strings.Trim(strings.ReplaceAll(p, `\`, "/"), "/ ") }

// Telling reports whether a matter's number says something when it is met in
// text: "12" is met everywhere, "2024-0113" is not.
func Telling(number string) bool {
	digits := 0
	for _, r := range number {
		if r >= '0' && r <= '9' {
			digits++
		}
	}
	return digits >= 4 || (digits >= 1 && len(number) >= 5)
}
