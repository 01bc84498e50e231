package mail

import (
	"slices"
	"strings"

	"github.com/tenths/tenths/billing"
)

// maxQuotedFrom bounds the authors kept of the messages that one holds.
const maxQuotedFrom = 4

// quotedAuthors returns the authors of the messages that quoted text holds, as its
// lines name them: "From: Dana Reed <dana@reed.example>", "On …, Dana Reed
// wrote:", "Forwarded by Dana Reed on …". Own addresses are left out.
func quotedAuthors(text string, own map[string]bool) []billing.Party {
	var out []billing.Party
	for line := range strings.SplitSeq(text, "\n") {
		if len(out) == maxQuotedFrom {
			break
		}
		who := authorIn(strings.TrimLeft(line, "> \t"))
		if who == "" {
			continue
		}
		p := billing.Party{Role: billing.RoleFrom}
		if a := parseAddress(who, ""); a.addr != "" {
			p.Name, p.Address = billing.Privileged(a.name), billing.Privileged(a.addr)
		} else {
			p.Name = billing.Privileged(strings.Trim(who, ` "'<>`))
		}
		if p.Name == "" && p.Address == "" || own[p.Address.Reveal()] || slices.Contains(out, p) {
			continue
		}
		out = append(out, p)
	}
	return out
}

// authorIn returns whom a line of quoted text names as the author of what is
// below it, or "".
func authorIn(line string) string {
	const longest = 200
	if line == "" || len(line) > longest {
		return ""
	}
	lower := strings.ToLower(line)
	switch {
	case strings.HasPrefix(lower, "from:") || strings.HasPrefix(lower, "*from:*"):
		return strings.TrimSpace(strings.Trim(line[strings.IndexByte(line, ':')+1:], "* \t"))
	case strings.HasSuffix(lower, "wrote:"):
		who := line[:len(line)-len("wrote:")]
		return strings.TrimSpace(who[strings.LastIndexByte(who, ',')+1:])
	}
	if i := strings.Index(lower, "forwarded by "); i >= 0 {
		who := line[i+len("forwarded by "):]
		if end := strings.Index(strings.ToLower(who), " on "); end > 0 {
			who = who[:end]
		}
		name, _, _ := strings.Cut(who, "/")
		return strings.TrimSpace(name)
	}
	return ""
}
