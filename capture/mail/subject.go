package mail

import (
	"slices"
	"strings"
	"unicode"
)

// answerMarks are what programs put before the subject of what is answered, in
// lower case; "Re" is the only one that RFC 5322 knows (section 3.6.5).
var answerMarks = []string{
	"re", "r", "aw", "antw", "antwort", "sv", "vs", "ref", "rif", "ré", "réf", "réponse", "res", "odp", "ynt", "vá", "vl", "atb", "απ", "σχετ", "ответ", "на",
	"回复", "答复", "回覆", "返信", "답장", "회신",
}

// forwardMarks are what they put before the subject of what is passed on.
var forwardMarks = []string{
	"fw", "fwd", "wg", "tr", "rv", "enc", "i", "doorst", "vb", "pd", "továbbítás", "πρθ", "пересл", "转发", "轉寄", "転送", "전달",
}

// plainSubject returns the subject without what programs put before it when it
// is answered or passed on, and without differences of case and spacing; and
// whether the message answers another, by the outermost of these marks.
func plainSubject(s string) (plain string, reply bool) {
	s = strings.ToLower(strings.Join(strings.Fields(s), " "))
	for outermost := true; ; {
		if list, rest, ok := strings.Cut(s, "]"); ok && strings.HasPrefix(list, "[") && strings.TrimSpace(rest) != "" {
			s = strings.TrimSpace(rest) // "[list] Re: …", "[EXTERNAL] …"
			continue
		}
		mark, rest, ok := cutMark(s)
		answers := slices.Contains(answerMarks, mark)
		if !ok || !answers && !slices.Contains(forwardMarks, mark) {
			return s, reply
		}
		if outermost {
			reply, outermost = answers, false
		}
		s = rest
	}
}

// longestMark bounds a mark with its counter, in bytes.
const longestMark = 24

// cutMark cuts "re: ", "re[2]: ", "re^2: ", "re (2): " and the like from s.
func cutMark(s string) (mark, rest string, ok bool) {
	const wide = "："
	head := s[:min(len(s), longestMark+len(wide))]
	i, colon := strings.IndexByte(head, ':'), 1
	if w := strings.Index(head, wide); w >= 0 && (i < 0 || w < i) {
		i, colon = w, len(wide)
	}
	if i < 1 || i > longestMark {
		return "", s, false
	}
	mark = strings.TrimRightFunc(s[:i], func(r rune) bool { return unicode.IsDigit(r) || strings.ContainsRune("[]()^* .", r) })
	return mark, strings.TrimSpace(s[i+colon:]), true
}
