package calendar

import (
	"cmp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// title is what an event's title says of the event, in the words that programs
// put there. Outlook says that a meeting was cancelled in the title alone.
type title struct {
	status string // "cancelled", "declined" or ""
	doubt  string // why a person has to say; "" where status is set
	use    use
}

// Doubts about words that a person may as well have written.
const (
	doubtCancelled = "its title says that it was cancelled; say whether it took place"
	doubtDeclined  = "its title says that it was declined; say whether you took part"
	doubtMoved     = "its title says that it was put off; say whether it took place then"
	doubtHeld      = "its title says that the time was only held; say whether it took place"
)

// maxChain is how many prefixes a title may have, as in "FW: Canceled: Updated: ".
const maxChain = 8

// readTitle reads a title. A program's word stands before a colon or a dash, or
// in brackets, in front of all the rest, and stands there alone:
//
//	Canceled: Acme v. Birch       cancelled
//	[Cancelled] Acme v. Birch     cancelled
//	CANCELED - Acme v. Birch      cancelled
//	Acme v. Birch (cancelled)     a person has to say
//	Acme v. Birch CANCELLED       a person has to say
//	Meeting cancelled: Acme       a person has to say
//	Hearing Acme cancelled        a person has to say
//	Postponed: Acme v. Birch      a person has to say
//	Cancelled leases: review      says nothing of the event
//
// What is around a word, stars or a cross, is no part of it.
// So a matter's own words stay what they are, and a meeting that took place is
// never lost without a trace: what is set aside shows why.
func readTitle(s string) title {
	t := title{doubt: doubtOf(shouted(s))}
	s = fold(s)
	for range maxChain {
		word, rest, tag, ok := cutPrefix(s)
		if !ok {
			break
		}
		if status := machineWords[word]; status != "" {
			return title{status: status}
		}
		if t.doubt == "" {
			t.doubt = doubtOf(cmp.Or(spokenWords[word], phrase(word)))
		}
		if !tag && !passingWords[word] {
			break
		}
		s = rest
	}
	if t.doubt == "" {
		t.doubt = doubtOf(remark(s))
	}
	t.use = defaultTitles[s]
	return t
}

// shouted returns what a word says that is in capitals within a title that is
// not, or called out: "CANCELLED Deposition of R. Stone", "Hearing - CANCELED per
// court", "Cancelled! Deposition".
func shouted(s string) (status string) {
	if !mayShout(s) {
		return ""
	}
	if _, lower := cases(s); !lower {
		return ""
	}
	for word := range strings.FieldsSeq(s) {
		if upper, lower := cases(word); (lower || !upper) && !strings.HasSuffix(word, "!") {
			continue
		}
		if status = machineWords[unadorned(fold(word))]; status != "" {
			return status
		}
	}
	first, _, _ := strings.Cut(s, " ")
	if _, lower := cases(first); lower {
		return ""
	}
	return spokenWords[unadorned(fold(first))]
}

// mayShout reports whether shouted has to look at s at all: most titles have
// neither two capitals in a row nor anything that is called out.
func mayShout(s string) bool {
	for i := range len(s) {
		if c := s[i]; c == '!' || c >= utf8.RuneSelf || i > 0 && c >= 'A' && c <= 'Z' && s[i-1] >= 'A' && s[i-1] <= 'Z' {
			return true
		}
	}
	return false
}

// cases reports whether there are capitals in s, and small letters.
func cases(s string) (upper, lower bool) {
	for _, r := range s {
		upper, lower = upper || unicode.IsUpper(r), lower || unicode.IsLower(r)
	}
	return upper, lower
}

// unadorned returns s without what is around it and is neither a letter nor a
// number: stars, crosses, marks of exclamation.
func unadorned(s string) string {
	return strings.TrimFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) })
}

// fold writes s in lower case and in one way of the several that Unicode has:
// without marks of direction and wide forms. Accents stay: "Refuse: contract"
// is not French.
func fold(s string) string {
	if ascii(s) {
		return strings.ToLower(strings.TrimSpace(s))
	}
	var b strings.Builder
	b.Grow(len(s))
	for _, r := range strings.ToLower(norm.NFKC.String(s)) {
		switch {
		case r == '\u0307', unicode.Is(unicode.Cf, r): // what is left of the dot of a Turkish İ
		case unicode.IsSpace(r):
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	return strings.TrimSpace(b.String())
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// brackets are those in which programs and people put such words.
var brackets = [][2]string{{"[", "]"}, {"(", ")"}, {"{", "}"}, {"<", ">"}, {"【", "】"}, {"「", "」"}, {"*", "*"}, {"~", "~"}}

// dashes are what programs and people put between a word and the title.
const dashes = "-–—|"

// cutPrefix takes the first of a folded title off, up to a colon or a dash or
// within brackets, where it is a tag.
func cutPrefix(s string) (word, rest string, tag, ok bool) {
	for _, pair := range brackets {
		if inner, found := strings.CutPrefix(s, pair[0]); found {
			inner = strings.TrimLeft(inner, pair[0])
			if word, rest, ok = strings.Cut(inner, pair[1]); ok && unadorned(word) != "" {
				return unadorned(word), strings.TrimLeft(rest, pair[1]+" :"+dashes), true, true
			}
		}
	}
	for i, r := range s {
		colon := r == ':'
		if !colon && !(strings.ContainsRune(dashes, r) && spaced(s, i, r)) {
			continue
		}
		return unadorned(s[:i]), strings.TrimSpace(s[i+len(string(r)):]), false, i > 0
	}
	return "", "", false, false
}

// spaced reports whether the rune r at s[i:] stands alone: a hyphen within a
// word does not.
func spaced(s string, i int, r rune) bool {
	after := s[i+len(string(r)):]
	return i > 0 && s[i-1] == ' ' && (after == "" || after[0] == ' ')
}

// phrase returns what a few words say that name a meeting and what became of
// it, as "meeting cancelled" and "canceled event with note".
func phrase(words string) (status string) {
	list := strings.Fields(words)
	if len(list) > 4 {
		return ""
	}
	for _, w := range list {
		w = unadorned(w)
		switch s := cmp.Or(machineWords[w], spokenWords[w]); {
		case s != "":
			status = s
		case !meetingWords[w]:
			return ""
		}
	}
	return status
}

// joins are what stands between a title and a remark behind it, and remarkMarks
// are the letters without one of which nothing stands there.
var joins = [...]string{" - ", " – ", " — ", " | ", ": ", "- ", ", "}

const remarkMarks = "-–—|:,])}>】」*"

// remark returns what stands behind a title: "(cancelled)", "- CANCELLED"; or
// is all of it.
func remark(s string) (status string) {
	s = strings.TrimRight(s, " !.*~_")
	if status = phrase(s); status != "" {
		return status
	}
	if !strings.ContainsAny(s, remarkMarks) {
		return ending(s)
	}
	for _, pair := range brackets {
		if inner, found := strings.CutSuffix(s, pair[1]); found {
			if i := strings.LastIndex(inner, pair[0]); i >= 0 {
				return phrase(inner[i+len(pair[0]):])
			}
		}
	}
	for _, mark := range joins {
		if i := strings.LastIndex(s, mark); i >= 0 {
			if status = phrase(s[i+len(mark):]); status != "" {
				return status
			}
		}
	}
	return ending(s)
}

// ending returns what the last word says of a meeting that the first one names:
// "hearing Acme cancelled".
func ending(s string) (status string) {
	first, rest, _ := strings.Cut(s, " ")
	last := unadorned(rest[strings.LastIndexByte(rest, ' ')+1:])
	status = cmp.Or(machineWords[last], spokenWords[last])
	if !meetingWords[first] || status != "cancelled" && status != "moved" {
		return "" // coverage is declined, documents are on hold
	}
	return status
}

func doubtOf(status string) string {
	switch status {
	case "cancelled":
		return doubtCancelled
	case "declined":
		return doubtDeclined
	case "moved":
		return doubtMoved
	case "held":
		return doubtHeld
	}
	return ""
}
