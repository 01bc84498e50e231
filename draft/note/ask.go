package note

import (
	"strings"

	"github.com/tenths/tenths/billing"
)

// ask asks for what p lacks. The last of p's asks is the phrase that names it.
func (r *reading) ask(p *Part, c chunk) {
	phrase := "it"
	if n := len(p.Asks); n > 0 && p.Asks[n-1].Key == "" {
		phrase = string(p.Asks[n-1].Text)
		p.Asks = p.Asks[:n-1]
	}
	var first []Ask
	if p.Worked == nil {
		first = append(first, Ask{"worked", billing.Privileged("How long did " + phrase + " take?")})
	}
	if p.Matter == "" {
		first = append(first, Ask{"matter", billing.Privileged(r.whichMatter(c))})
	}
	p.Asks = append(first, p.Asks...)
	r.askDay(p, c)
}

// whichMatter asks for the matter; where a few are named equally well, it says
// which.
func (r *reading) whichMatter(c chunk) string {
	var list []string
	for _, m := range r.candidates(c.from, c.to) {
		list = append(list, m.Number+" "+string(m.Name))
		if m.Closed {
			return list[len(list)-1] + " is closed. Which matter?"
		}
	}
	if len(list) < 2 || len(list) > 3 {
		return "Which matter?"
	}
	return "Which matter: " + strings.Join(list[:len(list)-1], ", ") + " or " + list[len(list)-1] + "?"
}
