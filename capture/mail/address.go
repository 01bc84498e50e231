package mail

import (
	"regexp"
	"strings"

	"github.com/tenths/tenths/billing"
)

// address is one mailbox of an address list.
type address struct {
	name string
	addr string // lower case
}

// parseAddresses reads a From, To or Cc field. It never fails: what holds no
// address is passed over, groups give their members, and 8-bit names are read
// in the fallback charset. Where the field is not what RFC 5322 asks for, it is
// the address that a person would see in it: a comma in a name that should have
// been quoted does not cut the name, brackets of any kind are brackets.
func parseAddresses(s, fallback string) []address {
	if strings.Contains(s, "\xef\xbc") { // of the wide forms
		s = wideSigns.Replace(s)
	}
	var out []address
	name := "" // what came before a comma, and may be a part of the next name
	for _, item := range splitAddresses(s) {
		found := addressesIn(item.text, fallback)
		switch {
		case len(found) == 0 && item.end == ',':
			name += strings.TrimSpace(item.text) + ", "
			continue
		case len(found) > 0 && len(name) > len(", ") && isNamed(item.text):
			found = addressesIn(name+strings.TrimSpace(item.text), fallback)
		}
		out, name = append(out, found...), ""
	}
	return out
}

// wideSigns are the signs of addresses as they are typed among Chinese and
// Japanese.
var wideSigns = strings.NewReplacer("＜", "<", "＞", ">", "＠", "@", "，", ",", "；", ";", "（", "(", "）", ")")

// isNamed reports whether an address is preceded by an unquoted name.
func isNamed(item string) bool {
	item = strings.TrimSpace(item)
	return item != "" && openBracket(item) > 0 && item[0] != '"'
}

// listed is an item of an address list, and what ends it: a comma, a semicolon,
// or 0 for the end or where only the next begins.
type listed struct {
	text string
	end  byte
}

// splitAddresses cuts an address list at commas, semicolons, group names and
// where an address in brackets is followed by another, unless they are quoted,
// in a comment, between brackets or in an encoded word.
func splitAddresses(s string) []listed {
	if out, ok := splitQuoted(s, true); ok {
		return out
	}
	out, _ := splitQuoted(s, false) // unbalanced: commas are then the best there is
	return out
}

// splitQuoted does what [splitAddresses] says, with quotes and comments or
// without; it reports false when one of these does not end.
func splitQuoted(s string, quotes bool) (out []listed, ok bool) {
	quoted, comment, bracket, start := false, 0, byte(0), 0
	cut := func(end int, by byte) {
		out = append(out, listed{s[start:end], by})
		start, bracket = end, 0
		if by != 0 {
			start++
		}
	}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && quotes:
			i++
		case c == '"' && comment == 0 && quotes:
			quoted = !quoted
		case quoted:
		case c == '(' && quotes:
			comment++
		case c == ')' && comment > 0:
			comment--
		case comment > 0:
		case c == '=' && bracket == 0 && strings.HasPrefix(s[i:], "=?"):
			if _, rest, ok := cutEncodedWord(s[i:]); ok {
				i = len(s) - len(rest) - 1
			}
		case bracket == 0 && (c == '<' || c == '[' && strings.IndexByte(s[i:], ']') > 0):
			bracket = c + 2 // what closes it
		case c == bracket:
			bracket = 0
			if c == '>' && beginsAnother(s[i+1:]) {
				cut(i+1, 0)
			}
		case c == ',' || c == ';':
			if bracket != 0 && strings.IndexByte(s[i:], bracket) >= 0 {
				continue
			}
			cut(i, c)
		case c == ':' && bracket == 0:
			start = i + 1
		}
	}
	return append(out, listed{s[start:], 0}), !quoted && comment == 0
}

// beginsAnother reports whether what follows an address in angle brackets is
// another one, and not a comment or a comma.
func beginsAnother(rest string) bool {
	rest = strings.TrimLeft(rest, " \t")
	if i := strings.IndexAny(rest, ",;"); i >= 0 {
		rest = rest[:i]
	}
	return rest != "" && rest[0] != '(' && rest[0] != '>' && strings.Contains(rest, "@")
}

// addressesIn returns what an item of a list says: one address mostly, or
// several when nothing is between them but spaces.
func addressesIn(s, fallback string) []address {
	if whole := strings.TrimSpace(s); strings.HasPrefix(whole, "=?") && strings.HasSuffix(whole, "?=") {
		if plain := decodeText(whole, fallback); !strings.Contains(plain, "=?") {
			s = plain // the address is within the encoded words
		}
	}
	var out []address
	if open := openBracket(s); open >= 0 && strings.Count(s[open:], "@") > 1 && strings.ContainsAny(s[open:], ",;") { // <a@b, c@d>
		for piece := range strings.FieldsFuncSeq(s[open:], func(r rune) bool { return strings.ContainsRune("<[,;]> ", r) }) {
			if a := cleanAddress(piece); a != "" {
				out = append(out, address{addr: a})
			}
		}
	}
	if len(out) > 1 {
		return out
	}
	if a := parseAddress(s, fallback); a.addr != "" {
		return []address{a}
	}
	out = nil
	for word := range strings.FieldsSeq(stripComments(s)) {
		if a := cleanAddress(word); a != "" {
			out = append(out, address{addr: a})
		}
	}
	return out
}

// parseAddress reads "Name <a@b>", "a@b (Name)", "<a@b>", "a@b", and what is
// met in their place: "Name [mailto:a@b]", "Name a@b", "Name (a@b)". What is in
// brackets counts, whatever the name looks like.
func parseAddress(s, fallback string) address {
	s = strings.TrimSpace(s)
	var a address
	if open := openBracket(s); open >= 0 {
		end := strings.IndexByte(s[open:], s[open]+2)
		if end < 0 {
			end = len(s) - open
		}
		a.addr = cleanAddress(s[open+1 : open+end])
		a.name = strings.TrimSpace(s[:open])
		if !strings.HasPrefix(a.name, `"`) {
			a.name, _, _ = strings.Cut(stripComments(a.name), "<")
		}
	} else {
		a = parseBare(s)
	}
	a.name = strings.Trim(decodeText(unquoteWords(a.name), fallback), ` "'`)
	if strings.EqualFold(a.name, a.addr) {
		a.name = ""
	}
	return a
}

// openBracket returns where the bracket opens that holds the address in s, -1
// for none. Square ones are brackets around what is no domain of numbers.
func openBracket(s string) int {
	if open := strings.LastIndexByte(s, '<'); open >= 0 {
		return open
	}
	open := strings.LastIndexByte(s, '[')
	if open > 0 && s[open-1] == '@' || open >= 0 && !strings.Contains(s[open:], "@") {
		return -1
	}
	return open
}

// parseBare reads an address without brackets, with a name before it or in a
// comment after it.
func parseBare(s string) address {
	var a address
	if _, comment, ok := strings.Cut(s, "("); ok {
		a.name = strings.TrimSuffix(strings.TrimSpace(comment), ")")
	}
	text := strings.TrimSpace(stripComments(s))
	if !strings.Contains(text, "@") && strings.Contains(a.name, "@") { // Name (a@b)
		return address{text, cleanAddress(a.name)}
	}
	text = aroundAt.ReplaceAllString(text, "$1")
	if i := strings.LastIndexAny(text, " \t\""); i >= 0 && strings.Contains(text[i:], "@") && !strings.HasPrefix(text[i+1:], "@") {
		name := strings.TrimSpace(text[:i+1])
		if strings.Contains(name, "@") && strings.Count(name, `"`) < 2 {
			return address{} // several
		}
		a.name, text = name, text[i+1:]
	}
	a.addr = cleanAddress(text)
	return a
}

// aroundAt finds the spaces that may be around "@" and the full stops of a
// domain (RFC 5322 section 4.4).
var aroundAt = regexp.MustCompile(`\s*(@)\s*`)

// cleanAddress returns s as a lower-case address, or "" when it is none.
func cleanAddress(s string) string {
	if isCleanAddress(s) {
		return s
	}
	if strings.Contains(s, "=?") {
		s = decodeText(s, "")
	}
	before, _, _ := strings.Cut(strings.TrimPrefix(s, "@"), "[")
	if route := strings.LastIndexByte(before, ':'); route >= 0 { // obsolete <@relay:a@b>, <mailto:a@b>
		s = s[len(s)-len(strings.TrimPrefix(s, "@"))+route+1:]
	}
	s = strings.ToLower(strings.Join(strings.Fields(tidy(rawText(s, ""))), ""))
	s = strings.TrimRight(strings.Trim(s, `"'<>,;`), ".")
	at := strings.LastIndexByte(s, '@')
	if at < 1 || at == len(s)-1 || strings.ContainsAny(s, "<>") {
		return ""
	}
	return strings.Trim(s[:at], `"`) + s[at:]
}

// isCleanAddress reports whether s is an address, and one of the usual sort, to
// which nothing needs to be done.
func isCleanAddress(s string) bool {
	at := 0
	for i := range len(s) {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '.' && i < len(s)-1, c == '-', c == '_', c == '+':
		case c == '@' && at == 0 && i > 0 && i < len(s)-1:
			at = i
		default:
			return false
		}
	}
	return at > 0
}

// unquoteWords undoes quoting wherever it is in a display name.
func unquoteWords(s string) string {
	if !strings.ContainsAny(s, `"\`) {
		return s
	}
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '"':
		case s[i] == '\\' && i+1 < len(s):
			i++
			out.WriteByte(s[i])
		default:
			out.WriteByte(s[i])
		}
	}
	return out.String()
}

// parties returns the others in the header: everyone in From, To, Cc and Bcc
// who is not the timekeeper, each once, in the first role found.
func (h header) parties(own map[string]bool, fallback string) []billing.Party {
	var out []billing.Party
	seen := map[string]bool{}
	for _, f := range []struct {
		name string
		role billing.PartyRole
	}{{"from", billing.RoleFrom}, {"to", billing.RoleTo}, {"cc", billing.RoleCc}, {"bcc", billing.RoleCc}} {
		for _, hf := range h {
			if hf.name != f.name {
				continue
			}
			for _, a := range parseAddresses(hf.value, fallback) {
				if own[a.addr] || seen[a.addr] {
					continue
				}
				seen[a.addr] = true
				out = append(out, billing.Party{Name: billing.Privileged(a.name), Address: billing.Privileged(a.addr), Role: f.role})
			}
		}
	}
	return out
}
