package mail

import (
	"encoding/base64"
	"strings"
	"unicode"
	"unicode/utf8"
)

// decodeText returns a header's text for people: encoded words decoded (RFC
// 2047), bytes that are no UTF-8 read in fallback charset, controls and runs of
// space made one space. Words of one charset that touch are joined before they
// are decoded, for many programs cut characters in two.
func decodeText(s, fallback string) string {
	if !strings.Contains(s, "=?") {
		return tidy(rawText(s, fallback))
	}
	var out strings.Builder
	var pending []byte // bytes of the words so far that share a charset
	charset := ""
	flush := func() {
		out.WriteString(toUTF8(pending, charset))
		pending, charset = nil, ""
	}
	for s != "" {
		start := strings.Index(s, "=?")
		if start < 0 {
			break
		}
		word, rest, ok := cutEncodedWord(s[start:])
		if !ok {
			flush()
			out.WriteString(rawText(s[:start+2], fallback))
			s = s[start+2:]
			continue
		}
		if between := s[:start]; strings.TrimSpace(between) != "" || charset == "" {
			flush()
			out.WriteString(rawText(between, fallback))
		}
		if charset != "" && !strings.EqualFold(charset, word.charset) {
			flush()
		}
		charset, pending = word.charset, append(pending, word.bytes...)
		s = rest
	}
	flush()
	out.WriteString(rawText(s, fallback))
	return tidy(out.String())
}

type encodedWord struct {
	charset string
	bytes   []byte
}

// cutEncodedWord reads the encoded word that s starts with. It is laxer than
// the RFC: spaces inside and words longer than 75 characters are common.
func cutEncodedWord(s string) (w encodedWord, rest string, ok bool) {
	charset, s, ok1 := strings.Cut(s[2:], "?")
	encoding, s, ok2 := strings.Cut(s, "?")
	text, rest, ok3 := strings.Cut(s, "?=")
	if !ok1 || !ok2 || !ok3 || charset == "" || len(charset) > 60 || strings.ContainsAny(charset, " \t<>") {
		return w, "", false
	}
	w.charset, _, _ = strings.Cut(charset, "*") // RFC 2231 section 5: a language may follow
	switch encoding {
	case "b", "B":
		w.bytes = decodeBase64([]byte(text))
	case "q", "Q":
		w.bytes = decodeQ(text)
	default:
		return w, "", false
	}
	return w, rest, true
}

// decodeQ undoes the "Q" encoding; what is no valid escape stays as it is.
func decodeQ(s string) []byte {
	out := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '_':
			out = append(out, ' ')
		case c == '=' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]):
			out = append(out, unhex(s[i+1])<<4|unhex(s[i+2]))
			i += 2
		default:
			out = append(out, c)
		}
	}
	return out
}

// decodeBase64 decodes b, leaving out whatever is not base64 and whatever
// follows a padding or an incomplete end.
func decodeBase64(b []byte) []byte {
	clean := make([]byte, 0, len(b))
	for _, c := range b {
		switch {
		case c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '+', c == '/':
			clean = append(clean, c)
		}
	}
	if len(clean)%4 == 1 {
		clean = clean[:len(clean)-1]
	}
	out := make([]byte, base64.RawStdEncoding.DecodedLen(len(clean)))
	n, _ := base64.RawStdEncoding.Decode(out, clean) // only base64 characters are left
	return out[:n]
}

func rawText(s, fallback string) string {
	if utf8.ValidString(s) {
		return s
	}
	return toUTF8([]byte(s), fallback)
}

// tidy makes controls and runs of space one space, and drops what is at the
// ends and characters that are not text at all.
func tidy(s string) string {
	if isTidy(s) {
		return s
	}
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || unicode.IsSpace(r) {
			return ' '
		}
		if r == '\ufeff' || r == '\u200b' {
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// isTidy reports whether s is ASCII that [tidy] would leave as it is.
func isTidy(s string) bool {
	for i := range len(s) {
		c := s[i]
		if c < ' ' || c >= 0x7f || c == ' ' && (i == 0 || i == len(s)-1 || s[i+1] == ' ') {
			return false
		}
	}
	return true
}

func isHex(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'F' || c >= 'a' && c <= 'f'
}

func unhex(c byte) byte {
	switch {
	case c <= '9':
		return c - '0'
	case c <= 'F':
		return c - 'A' + 10
	}
	return c - 'a' + 10
}
