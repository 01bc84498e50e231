package note

import (
	"slices"
	"strings"

	"github.com/tenths/tenths/billing"
)

// lend gives parts whose verb has no object that of the part after: "prepare for
// (1.2) and attend (2.3) the hearing". It is called at the end of each sentence.
func lend(parts []Part) []Part {
	object := ""
	for i := len(parts) - 1; i >= 0; i-- {
		p := &parts[i]
		if p.lacks && object != "" {
			p.Narrative += billing.Privileged(" " + object)
			p.Asks = slices.DeleteFunc(p.Asks, func(a Ask) bool { return a.Key == "what" })
		}
		if !p.lacks {
			object = p.object
		}
		p.lacks = false
		if p.object == "" && object == "" {
			break
		}
		p.object = ""
	}
	return parts
}

// unfinished reports whether what was said so far wants an object.
func (s *saying) unfinished() bool {
	n := len(s.out)
	return n > 0 && (s.noObject || n == 2 && strings.EqualFold(s.out[1], "for"))
}
