package mail

import (
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
// in the fallback charset.
func parseAddresses(s, fallback string) []address {
	var out []address
	for _, item := range splitAddresses(s) {
		if a := parseAddress(item, fallback); a.addr != "" {
			out = append(out, a)
		}
	}
	return out
}

// splitAddresses cuts an address list at commas, semicolons and group names,
// unless they are quoted, in a comment or between angle brackets.
func splitAddresses(s string) []string {
	var out []string
	quoted, comment, angle, start := false, 0, false, 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\':
			i++
		case c == '"' && comment == 0:
			quoted = !quoted
		case quoted:
		case c == '(':
			comment++
		case c == ')' && comment > 0:
			comment--
		case comment > 0:
		case c == '<':
			angle = true
		case c == '>':
			angle = false
		case c == ',' || c == ';':
			if angle && strings.IndexByte(s[i:], '>') >= 0 {
				continue
			}
			out = append(out, s[start:i])
			start, angle = i+1, false
		case c == ':' && !angle:
			start = i + 1
		}
	}
	if quoted || comment > 0 { // unbalanced: commas are then the best there is
		return strings.FieldsFunc(s, func(r rune) bool { return r == ',' || r == ';' })
	}
	return append(out, s[start:])
}

// parseAddress reads "Name <a@b>", "a@b (Name)", "<a@b>" or "a@b".
func parseAddress(s, fallback string) address {
	s = strings.TrimSpace(s)
	var a address
	if open := strings.LastIndexByte(s, '<'); open >= 0 {
		inner, _, _ := strings.Cut(s[open+1:], ">")
		a.addr = inner
		name := strings.TrimSpace(s[:open])
		if !strings.HasPrefix(name, `"`) {
			name = stripComments(name)
		}
		a.name = name
	} else {
		a.addr = stripComments(s)
		if _, comment, ok := strings.Cut(s, "("); ok {
			a.name = strings.TrimSuffix(strings.TrimSpace(comment), ")")
		}
	}
	a.addr = cleanAddress(a.addr)
	a.name = strings.Trim(decodeText(unquoteWords(a.name), fallback), ` "'`)
	if strings.EqualFold(a.name, a.addr) {
		a.name = ""
	}
	return a
}

// cleanAddress returns s as a lower-case address, or "" when it is none.
func cleanAddress(s string) string {
	if isCleanAddress(s) {
		return s
	}
	if strings.Contains(s, "=?") {
		s = decodeText(s, "")
	}
	if route := strings.LastIndexByte(s, ':'); route >= 0 { // obsolete <@relay:a@b>, <mailto:a@b>
		s = s[route+1:]
	}
	s = strings.ToLower(strings.Join(strings.Fields(tidy(rawText(s, ""))), ""))
	s = strings.Trim(s, `"'<>,;`)
	at := strings.LastIndexByte(s, '@')
	if at < 1 || at == len(s)-1 {
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
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '.', c == '-', c == '_', c == '+':
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
