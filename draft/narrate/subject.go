package narrate

import (
	"regexp"
	"strings"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/people"
	"github.com/tenths/tenths/draft/prose"
)

var (
	// replyMark are the marks that mail programs put before a subject, in the
	// languages they speak, with the counters some of them add.
	replyMark = regexp.MustCompile(`(?i)^\s*(re|fw|fwd|aw|wg|antw|tr|rv|sv|vs|ref|res|odp|enc|ynt)\s*(\[\d+\]|\(\d+\))?\s*[:：]\s*`)
	tagMark   = regexp.MustCompile(`^\s*\[[^\]]{0,60}\]\s*`)
	separator = regexp.MustCompile(`\s*(:|\||/|\s[-–—]+\s|,)\s*`)
	numbering = regexp.MustCompile(`(?i)\b(matter|file|our ref|your ref|case|ref)\.?\s*(no\.?|number|#)?\s*[:.]?\s*$`)
)

// topic reduces a subject to what it is about: without reply marks, tags, the
// matter's number and a leading matter or party name, which the entry's matter
// says already.
func topic(subject string, m billing.Matter) string {
	s := strings.Join(strings.Fields(subject), " ")
	for {
		cut := tagMark.ReplaceAllString(replyMark.ReplaceAllString(s, ""), "")
		if cut == s {
			break
		}
		s = cut
	}
	if m.Number != "" && prose.Telling(m.Number) {
		if i := strings.Index(strings.ToLower(s), strings.ToLower(m.Number)); i >= 0 {
			before := numbering.ReplaceAllString(strings.TrimRight(s[:i], " #(["), "")
			s = strings.TrimSpace(before + " " + strings.TrimLeft(s[i+len(m.Number):], " )]"))
		}
	}
	s = dropMatterName(s, m)
	s = strings.Trim(s, " -–—:|/,;.(")
	return prose.Decapitalize(s)
}

// dropMatterName cuts the subject's first or last segment where it only names
// the matter.
func dropMatterName(s string, m billing.Matter) string {
	known := map[string]bool{}
	for _, w := range prose.Words(string(m.Name) + " " + string(m.Client)) {
		known[w] = true
	}
	names := func(segment string) bool {
		w := prose.Words(segment)
		for _, x := range w {
			if !known[x] && !people.Form[x] && x != "v" && x != "vs" {
				return false
			}
		}
		return len(w) > 0 || strings.TrimSpace(segment) == ""
	}
	for {
		cuts := separator.FindAllStringIndex(s, -1)
		if len(cuts) == 0 {
			return s
		}
		head, tail := cuts[0], cuts[len(cuts)-1]
		switch {
		case names(s[:head[0]]):
			s = s[head[1]:]
		case names(s[tail[1]:]):
			s = s[:tail[0]]
		default:
			return s
		}
	}
}
