package narrate

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/tenths/tenths/draft/prose"
)

// mostTopic bounds what a narrative takes from a subject, in runes.
const mostTopic = 120

// topic reduces a subject to what it is about: without reply marks, tags,
// numbers of tickets, dockets and the matter, and a caption or party name, which
// the entry's matter says already. It is "" for a subject that says nothing.
// The topic of a topic is itself.
func (v *view) topic(subject string) string {
	s := dropMarks(squeeze(subject)) // what the messages of a conversation have in common
	v.mu.Lock()
	t, ok := v.topics[s]
	v.mu.Unlock()
	if ok {
		return t
	}
	if t = v.clean(s, always); idle(t) {
		t = ""
	}
	v.mu.Lock()
	if v.topics == nil {
		v.topics = map[string]string{}
	}
	v.topics[s] = t
	v.mu.Unlock()
	return t
}

// clean is [view.topic] for text that is kept even where it says little.
func (v *view) clean(subject string, place context) string {
	s := subject
	for range 24 { // each pass leaves less, but for shorthand, which is spelled out once
		t, cut := v.pass(s, place)
		if s = t; !cut {
			break
		}
	}
	return s
}

// pass cleans s once, and reports whether what it cut may have laid bare more.
func (v *view) pass(s string, place context) (string, bool) {
	s = dropMarks(squeeze(s))
	t := v.dropNumber(s)
	t = dropDocket(t)
	t = dropTickets(t)
	t = v.dropName(t)
	if place != inNotes { // those stand as they were typed
		t = v.dropCaption(t)
	}
	if place == always {
		t = dropIdle(t)
	}
	t = strings.TrimRight(openParen(trimEdge(strings.TrimSpace(openParen(t)))), "?! ")
	t = v.expand(t, place)
	cut := t != s
	t = v.lowered(t)
	if place != inNotes {
		t = smallTitle(t)
	}
	b := bounded(t, mostTopic)
	return b, cut || len(b) != len(t)
}

// replyMarks are what mail programs put before a subject, in the languages they
// speak, when it is answered or passed on.
var replyMarks = prose.Set(`re fw fwd aw wg antw tr rv sv vs vb vl pd ref réf res odp enc ynt ilt rif r i doorst vá továbbítás
bls trs ατ σχετ απ πρθ на отв пересл fs wtr 回复 回覆 答复 答覆 转发 轉寄 轉發 返信 転送 회신 전달 תגובה הועבר
autoreply`)

// banners are what gateways and hurried people put before a subject. They count
// only where a mark sets them off.
var banners = []string{
	"external email", "external e-mail", "external sender", "external message", "external mail", "external", "ext",
	"caution", "warning", "secure message", "secure", "encrypted", "encrypt", "spam", "suspected spam", "bulk",
	"privileged & confidential", "privileged and confidential", "confidential & privileged", "attorney-client privileged",
	"attorney client privileged", "attorney-client communication", "attorney work product", "privileged", "confidential",
	"urgent", "important", "high importance", "time sensitive", "time-sensitive", "action required", "action requested",
	"response requested", "response required", "reminder", "fyi", "automatic reply", "auto reply", "autoreply", "auto-reply", "out of office",
	"out of office autoreply", "automatische antwort", "réponse automatique", "respuesta automática", "risposta automatica",
	"read", "delivered", "activity in case", "updated invitation", "invitation", "updated", "hold", "tentative",
}

// bannersBy are the banners by their first byte.
var bannersBy = func() (by [256][]string) {
	for _, b := range banners {
		by[b[0]|0x20] = append(by[b[0]|0x20], b)
	}
	return by
}()

// dropMarks cuts reply marks, tags and banners from the front of s.
func dropMarks(s string) string {
	for {
		t := dropBanner(dropTag(dropReply(s)))
		if t == s {
			return s
		}
		s = t
	}
}

// dropReply cuts one "Re:", "AW[2]:", "RE : " from the front of s.
func dropReply(s string) string {
	s = strings.TrimLeft(s, " ")
	var buf [24]byte
	low := buf[:0]
	i := 0
	for i < len(s) && len(low) < 20 {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsLetter(r) {
			break
		}
		low = utf8.AppendRune(low, unicode.ToLower(r))
		i += n
	}
	if i == 0 || i == len(s) || !replyMarks[string(low)] {
		return s
	}
	rest := strings.TrimLeft(s[i:], " ")
	if len(rest) > 2 && (rest[0] == '[' || rest[0] == '(' || rest[0] == '^') { // counters
		j := 1
		for j < len(rest) && isDigit(rest[j]) {
			j++
		}
		if j > 1 && j < len(rest) && (rest[j] == ']' || rest[j] == ')') {
			j++
		}
		if j > 1 {
			rest = strings.TrimLeft(rest[j:], " ")
		}
	}
	for _, colon := range [...]string{":", "："} {
		if after, ok := strings.CutPrefix(rest, colon); ok {
			return strings.TrimLeft(after, " ")
		}
	}
	return s
}

// dropTag cuts a tag in square brackets, of at most 60 bytes, from the front.
func dropTag(s string) string {
	if len(s) > 1 && s[0] == '[' {
		if end := strings.IndexByte(s, ']'); end > 0 && end <= 61 && !small(strings.ToLower(s[1:end])) { // [Proposed] Order
			return strings.TrimLeft(s[end+1:], " ")
		}
	}
	return s
}

// dropBanner cuts "**EXTERNAL EMAIL**", "URGENT:", "(Confidential)" from the front.
func dropBanner(s string) string {
	inner := s
	if s != "" && !wordy(s[0]) {
		inner = strings.TrimLeft(s, "*!#<({[ =~")
	}
	if inner == "" {
		return s
	}
	best := -1
	for _, b := range bannersBy[inner[0]|0x20] {
		if after, ok := cutPrefixFold(inner, b); ok && len(b) > best {
			trimmed := strings.TrimLeft(after, " ")
			if trimmed == "" || strings.ContainsRune(":*>)}]!|=~：", first(trimmed)) || b == "activity in case" && after[0] == ' ' ||
				len(after) > len(trimmed) && strings.ContainsRune("-–—", first(trimmed)) {
				best = len(b)
			}
		}
	}
	if best < 0 {
		return s
	}
	return strings.TrimLeft(inner[best:], " *!:>)}]|=~-–—：")
}

func first(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// idleWords are those of which a subject that says nothing is made.
var idleWords = prose.Set(`hi hello hey dear all good morning afternoon evening question questions quick a the no subject subjects none untitled
test fyi thanks thank you many follow following up checking check in touching touch base update updates call meeting
documents document attached attachment attachments see please scan scanned urgent important today tomorrow tonight
reply automatic out of office reminder and your my our this that here is it msg message email e mail note to for from file files
info information request help ok okay yes sorry just review`)

// idle reports whether s says nothing of what it is about.
func idle(s string) bool {
	words := 0
	var word scratch
	for start, end := nextWord(s, 0); start < end; start, end = nextWord(s, end) {
		if !idleWords[string(word.lower(s[start:end]))] {
			return false
		}
		words++
	}
	return words < 5
}
