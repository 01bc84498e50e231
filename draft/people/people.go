// Package people is what drafting knows of people: whose mail domain is whose,
// and which words of a name tell nothing. It must not know what they did.
package people

import (
	"strings"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/prose"
)

// OwnHosts returns the domains of t's firm: those of t's addresses at which
// neither anyone can have an address, nor people from outside do.
func OwnHosts(matters []billing.Matter, t billing.Timekeeper) map[string]bool {
	own := map[string]bool{}
	for _, a := range t.Addresses {
		if h := Host(string(a)); !Anyones[h] && !outside(matters, h) {
			own[h] = true
		}
	}
	return own
}

// outside reports whether people from outside the firm have addresses at the
// domain h: then it is not the firm's own, though the timekeeper has one there.
func outside(matters []billing.Matter, h string) bool {
	for _, m := range matters {
		for _, c := range m.Contacts {
			if Host(string(c.Address)) == h && c.Role != "" && c.Role != billing.ContactOther {
				return true
			}
		}
	}
	return false
}

// Form are words in a party's name that do not tell it from others.
var Form = prose.Set("inc llc llp ltd co corp corporation company plc gmbh pc lp na et al the in re matter of estate trust ex parte")

// Host returns the domain of a mail address, lower-case.
func Host(address string) string {
	_, h, _ := strings.Cut(strings.ToLower(address), "@")
	return h
}

// Anyones are domains at which anyone can have an address, so that a domain in
// common says nothing.
var Anyones = prose.Set(`gmail.com googlemail.com yahoo.com yahoo.co.uk ymail.com outlook.com hotmail.com
live.com msn.com aol.com icloud.com me.com mac.com proton.me protonmail.com gmx.com gmx.net gmx.de web.de mail.com
comcast.net verizon.net att.net sbcglobal.net cox.net charter.net bellsouth.net earthlink.net fastmail.com zoho.com
yandex.com qq.com 163.com`)
