package narrate

import (
	"slices"
	"strings"
	"unicode"

	"github.com/tenths/tenths/draft/prose"
)

// mostTitle bounds what a narrative takes from a document's name, in runes.
const mostTitle = 120

// title is what a document's name says, in words.
type title struct {
	text  string   // "" when the name says nothing
	marks []string // of version and stage: "v3", "final"
	kind  Kind
}

// extensions of documents, which a narrative leaves out.
var extensions = prose.Set(`doc docx docm dot dotx odt ott rtf wpd pdf xls xlsx xlsm csv ods ppt pptx odp txt md pages numbers key
msg eml tex html htm`)

// readTitle turns a file name into words: "2026-11-19_motion-to-compel v3.docx"
// becomes "motion to compel" with the mark "v3". The folder at p tells the kind
// of what is named only for whom it concerns.
func (v *view) readTitle(name, p string) title {
	s := squeeze(name)
	if strings.IndexByte(s, '%') >= 0 {
		s = squeeze(strings.ReplaceAll(s, "%20", " "))
	}
	message := false
	for range 2 {
		if i := strings.LastIndexByte(s, '.'); i >= 0 && len(s)-i <= 8 && extensions[strings.ToLower(s[i+1:])] {
			message = strings.EqualFold(s[i+1:], "msg") || strings.EqualFold(s[i+1:], "eml")
			s = strings.TrimRight(s[:i], " ")
		}
	}
	var t title
	if nameless(s) {
		t.kind = folderKind(p)
		return t
	}
	s, managed := dropManaged(s)
	joined := !strings.Contains(s, " ")
	s = strings.ReplaceAll(s, "_", " ")
	if joined && !strings.Contains(s, " ") {
		s = spaceDots(strings.ReplaceAll(s, "+", " "))
	}
	if message { // RE_ Draft letter.msg
		s = dropMarks(s)
		for _, mark := range [...]string{"re ", "fw ", "fwd "} {
			s, _ = cutPrefixFold(s, mark)
		}
	}
	tokens := strings.Fields(v.dropNumber(dropDocket(dropReply(s))))
	tokens, t.marks = readMarks(tokens)
	if managed != "" && !slices.Contains(t.marks, managed) {
		t.marks = append(t.marks, managed)
	}
	if apart := spelled(tokens, joined); len(apart) > len(tokens) {
		var inner []string
		tokens, inner = readMarks(apart)
		t.marks = append(inner, t.marks...)
	}
	s = v.dropSegments(strings.Join(tokens, " "))
	if len(tokens) > 3 && (slices.Contains(tokens, "v") || slices.Contains(tokens, "v.") || slices.Contains(tokens, "vs") || slices.Contains(tokens, "vs.")) {
		s = v.dropCaption(s)
	}
	s = v.expand(trimEdge(s), inTitles)
	s = smallTitle(s)
	s = tidyTitle(bounded(tidyTitle(s), mostTitle))
	var buf few
	words := appendWords(buf[:0], s)
	t.kind = kindOf(words)
	if k := folderKind(p); t.kind == "" && k != "" && len(words) > 0 && len(words) <= 3 {
		s += " " + string(k)
		t.kind = k
	}
	t.text = s
	for i, m := range t.marks {
		t.marks[i] = v.expand(m, inTitles)
	}
	return t
}

// tidyTitle trims what is left at the ends of a title.
func tidyTitle(s string) string {
	for {
		t := squeeze(openParen(trimEdge(s)))
		if t == s {
			return s
		}
		s = t
	}
}

// nameless reports whether a program named the document, and not a person.
func nameless(s string) bool {
	if len(s) > 64 || s == "" {
		return s == ""
	}
	if s[0] == '~' {
		return true
	}
	end := len(s)
	for end > 0 && (isDigit(s[end-1]) || strings.IndexByte(" ()-_", s[end-1]) >= 0) {
		end--
	}
	var buf scratch
	return end == 0 && digitsIn(s) < 4 || programs[string(buf.lower(s[:end]))] || isHash(s)
}

// programs are what programs call a document, besides a number.
var programs = func() map[string]bool {
	out := map[string]bool{}
	for name := range strings.SplitSeq(`document|doc|untitled|untitled document|scan|scanned|img|image|dsc|new document|new microsoft word document|
microsoft word|book|sheet|presentation|file|temp|tmp|test|scanned document|screenshot|download|attachment|copy of document|winmail`, "|") {
		out[strings.TrimSpace(name)] = true
	}
	return out
}()

// isHash reports whether s is a number that a program gave: hexadecimal digits
// in one run or in the groups of a GUID.
func isHash(s string) bool {
	s = strings.Trim(s, "{}")
	digits, n := 0, 0
	for i := range len(s) {
		switch c := s[i] | 0x20; {
		case isDigit(s[i]):
			digits++
			n++
		case 'a' <= c && c <= 'f':
			n++
		case s[i] == '-':
		default:
			return false
		}
	}
	return n >= 16 && digits >= 3
}

// spaceDots takes apart a name without spaces whose words are set off by dots;
// a dot between digits stays.
func spaceDots(s string) string {
	if strings.Count(s, ".") == 0 {
		return s
	}
	b := []byte(s)
	for i := 1; i+1 < len(b); i++ {
		if b[i] == '.' && !(isDigit(b[i-1]) && isDigit(b[i+1])) {
			b[i] = ' '
		}
	}
	return string(b)
}

// dropManaged cuts what document management puts around a name: the library,
// number and version before it ("LEGAL_02-#1234567-v3-Motion"), the number and
// version after it ("Motion(12345678.3)"), and the counter of a copy ("Motion(1)").
// It returns the version that was there, "" for none.
func dropManaged(s string) (rest, mark string) {
	if i := strings.LastIndexByte(s, '('); i > 0 && strings.HasSuffix(s, ")") && s[i-1] != ' ' {
		number, v, dotted := strings.Cut(s[i+1:len(s)-1], ".")
		switch {
		case !dotted && allDigits(number) && len(number) <= 3:
			s = s[:i]
		case dotted && allDigits(number) && len(number) >= 6 && allDigits(v) && len(v) <= 3:
			s, mark = s[:i], "v"+v
		}
	}
	for i := 0; i < len(s); i++ {
		n := i
		for n < len(s) && isDigit(s[n]) {
			n++
		}
		if n-i >= 6 && n+2 < len(s) && s[n] == '-' && (s[n+1]|0x20) == 'v' && (i == 0 || s[i-1] == '-' || s[i-1] == '#') {
			end := n + 2
			for end < len(s) && isDigit(s[end]) {
				end++
			}
			if end > n+2 && end < len(s) && s[end] == '-' && strings.Trim(s[end:], edge) != "" {
				return strings.TrimLeft(s[end:], edge), "v" + s[n+2:end]
			}
		}
		if n > i {
			i = n - 1
		}
	}
	return s, mark
}

// prefixes are the first parts of words that keep their hyphens.
var prefixes = prose.Set("co cross non pre post e re sub anti ex self third multi inter intra counter")

// spelled takes apart words that hyphens or capitals join in place of spaces:
// all of a name that has no spaces (joined), and runs of three or more anywhere.
func spelled(ws []string, joined bool) []string {
	if !slices.ContainsFunc(ws, func(w string) bool { return strings.Contains(w, "-") || humps(w) > 0 }) {
		return ws
	}
	out := make([]string, 0, len(ws)+6)
	for _, w := range ws {
		if parts := strings.Split(w, "-"); digitsIn(w) < 4 && w != "-" && (len(parts) > 2 || len(ws) == 1 || joined) &&
			!(len(parts) == 2 && prefixes[strings.ToLower(parts[0])]) {
			for _, part := range parts {
				out = append(out, camel(part)...)
			}
			continue
		}
		out = append(out, camel(w)...)
	}
	return slices.DeleteFunc(out, func(w string) bool { return w == "" })
}

// humps counts the places at which w has a capital after a small letter.
func humps(w string) int {
	n := 0
	for i := 1; i < len(w); i++ {
		if isUpper(w[i]) && isLower(w[i-1]) {
			n++
		}
	}
	return n
}

// camel takes "MotionToCompel" apart, and leaves "McDonald" and "iManage": there
// must be several words, or a word of legal titles among two.
func camel(w string) []string {
	n := humps(w)
	if n == 0 {
		return []string{w}
	}
	var parts []string
	common := false
	from := 0
	cut := func(i int) {
		part := w[from:i]
		common = common || small(strings.ToLower(strings.Trim(part, edge+"()")))
		if k := len(parts); k > 0 && (parts[k-1] == "Mc" || parts[k-1] == "Mac" || parts[k-1] == "De") {
			parts[k-1] += part
		} else {
			parts = append(parts, part)
		}
		from = i
	}
	for i := 1; i < len(w); i++ {
		switch {
		case isUpper(w[i]) && isLower(w[i-1]), // compelAcme
			isUpper(w[i]) && isUpper(w[i-1]) && i+1 < len(w) && isLower(w[i+1]) && i-from > 1: // ISOMotion
			cut(i)
		}
	}
	cut(len(w))
	if len(parts) < 2 || n < 2 && !common {
		return []string{w}
	}
	return parts
}

// dropSegments cuts leading segments, set off by dashes, that only name the
// matter.
func (v *view) dropSegments(s string) string {
	for len(v.words) > 0 {
		i := strings.Index(s, " - ")
		if j := strings.Index(s, " – "); j >= 0 && (i < 0 || j < i) {
			i = j
		}
		if i <= 0 || !v.names(s[:i]) {
			return s
		}
		s = strings.TrimLeft(s[i+1:], edge)
	}
	return s
}

// telling reports whether a title says what the document is: it has a word.
func (t title) telling() bool { return strings.ContainsFunc(t.text, unicode.IsLetter) }
