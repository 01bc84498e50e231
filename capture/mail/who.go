package mail

import (
	"slices"
	"strings"

	"github.com/tenths/tenths/billing"
)

// act is what the timekeeper has to do with a message.
type act struct {
	kind    billing.ObservationKind
	doubt   string // why a person has to say whether it was theirs
	ignored string // why it was not
	passed  bool   // they sent on, as it was, what another wrote
}

// act says whose act the message by those authors was. From names who is responsible for what is
// written and Sender who sent it, where that is another (RFC 5322 section
// 3.6.2); in a message that was resent these are of the original, and who resent
// it is named apart (section 3.6.6). A folder of sent mail may be shared.
func (r *reading) act(h header, authors []address, from origin, fallback string) act {
	written := slices.ContainsFunc(authors, func(a address) bool { return r.own[a.addr] })
	sender := h.sender(authors, fallback)
	resender := firstAddress(h, fallback, "resent-sender", "resent-from")
	theirs := billing.KindMailSent
	switch {
	case written && r.own[firstAddress(h, fallback, "x-ms-exchange-inbox-rules-loop").addr]:
		return act{kind: theirs, ignored: ignoredRule}
	case written && sender != (address{}) && !r.own[sender.addr]:
		return act{kind: theirs, doubt: "sent by " + sender.label() + " in your name"}
	case written && sender == (address{}) && len(authors) > 1: // RFC 5322 section 3.6.2 wants a Sender
		return act{kind: theirs, doubt: "it names several authors; say whether you wrote it"}
	case written || r.own[sender.addr]:
		return act{kind: theirs}
	case !from.sent:
		return act{kind: billing.KindMailReceived}
	case r.own[resender.addr]:
		return act{kind: theirs, passed: true}
	case resender != (address{}):
		sender = resender
	}
	switch {
	case sender == (address{}): // From is an address of theirs that nobody told us
		return act{kind: theirs}
	case len(r.own) == 0:
		return act{kind: theirs, doubt: "sent by " + sender.label() + " for another"}
	}
	return act{kind: theirs, ignored: "sent by " + sender.label()}
}

// sender returns who sent the message, if that is none of its authors and no
// list that passed it on; else the zero address.
func (h header) sender(authors []address, fallback string) address {
	a := firstAddress(h, fallback, "sender")
	for _, author := range authors {
		if a.addr != "" && a.addr == author.addr && len(authors) == 1 || a.addr == "" && strings.EqualFold(a.name, author.name) {
			return address{}
		}
	}
	if list := strings.ToLower(h.get("list-id")); list != "" {
		local, domain, _ := strings.Cut(a.addr, "@")
		for _, mark := range []string{"bounce", "owner", "request", "admin", "errors"} {
			if strings.Contains(local, mark) {
				return address{}
			}
		}
		if domain != "" && strings.Contains(list, domain) && strings.Contains(list, local) {
			return address{}
		}
	}
	return a
}

// firstAddress returns the first address in the first of the fields that there
// is; only its name where it has no address.
func firstAddress(h header, fallback string, names ...string) address {
	for _, name := range names {
		value := h.get(name)
		if list := parseAddresses(value, fallback); len(list) > 0 {
			return list[0]
		}
		if value = decodeText(value, fallback); value != "" {
			return address{name: strings.Trim(value, ` "'<>`)}
		}
	}
	return address{}
}

// label returns what a person calls the address.
func (a address) label() string {
	if a.name != "" {
		return a.name
	}
	return a.addr
}
