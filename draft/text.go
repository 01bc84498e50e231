package draft

import (
	"strings"
	"unicode"
)

// words splits text into lower-case runs of letters and digits.
func words(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r)
	})
}

// phrases finds known runs of words in text.
type phrases struct {
	byFirst map[string][]phrase
}

type phrase struct {
	words  []string
	weight float64
	kind   string
	matter int // position in the index's matters
}

func (ps *phrases) add(p phrase) {
	if len(p.words) == 0 {
		return
	}
	if ps.byFirst == nil {
		ps.byFirst = map[string][]phrase{}
	}
	ps.byFirst[p.words[0]] = append(ps.byFirst[p.words[0]], p)
}

// in calls found for every known phrase that occurs in text.
func (ps *phrases) in(text []string, found func(phrase)) {
	for i, w := range text {
		for _, p := range ps.byFirst[w] {
			if startsWith(text[i:], p.words) {
				found(p)
			}
		}
	}
}

func startsWith(text, run []string) bool {
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

// has reports whether any of the runs of words occurs in text.
func has(text []string, runs ...string) bool {
	for _, run := range runs {
		r := strings.Fields(run)
		for i := range text {
			if startsWith(text[i:], r) {
				return true
			}
		}
	}
	return false
}

// decapitalize lowers the first letter of s unless its first word looks like a
// name or an abbreviation: it has another capital or a digit, or what follows
// is capitalized too.
func decapitalize(s string) string {
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
	if !common[strings.ToLower(first)] {
		if next := []rune(rest); len(next) > 0 && unicode.IsUpper(next[0]) {
			return s
		}
	}
	r[0] = unicode.ToLower(r[0])
	return strings.TrimSpace(string(r) + " " + rest)
}

// capitalize raises the first letter of s.
func capitalize(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return s
	}
	r[0] = unicode.ToUpper(r[0])
	return string(r)
}

// list joins words as prose does: "a", "a and b", "a, b and c".
func list(words []string) string {
	switch n := len(words); n {
	case 0:
		return ""
	case 1:
		return words[0]
	default:
		return strings.Join(words[:n-1], ", ") + " and " + words[n-1]
	}
}

// common are words of legal titles that are not names, so that "Motion To
// Compel" may be written small.
var common = set(`a access account action addendum affidavit against agenda agreement amended and
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

func set(text string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(text) {
		m[w] = true
	}
	return m
}
