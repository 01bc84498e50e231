package calendar

import (
	"cmp"
	"net/url"
	"slices"
	"strings"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture/calendar/internal/ical"
)

// maxAttendees bounds the attendees read of one event.
const maxAttendees = 500

// person is an ORGANIZER or ATTENDEE.
type person struct {
	name     string
	address  string // lower case, "" when the calendar gives none
	answer   string // PARTSTAT, upper case
	resource bool   // a room or a projector
}

func readPerson(p *ical.Property) person {
	who := person{
		name:    strings.TrimSpace(p.Param("CN")),
		address: mailAddress(p.Value),
		answer:  strings.ToUpper(p.Param("PARTSTAT")),
	}
	if who.address == "" {
		who.address = mailAddress(p.Param("EMAIL"))
	}
	if kind := strings.ToUpper(p.Param("CUTYPE")); kind == "ROOM" || kind == "RESOURCE" {
		who.resource = true
	}
	if strings.EqualFold(who.name, who.address) {
		who.name = ""
	}
	return who
}

// mailAddress returns the lower-case address in s, which may be a mailto URL,
// or "" when s is something else.
func mailAddress(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	if rest, ok := strings.CutPrefix(s, "mailto:"); ok {
		s, _, _ = strings.Cut(rest, "?")
		if plain, err := url.PathUnescape(s); err == nil {
			s = plain
		}
	}
	s = strings.TrimSpace(s)
	if name, host, ok := strings.Cut(s, "@"); !ok || name == "" || host == "" || strings.ContainsAny(s, " \t\n<>,;:/\"") {
		return ""
	}
	return s
}

// with returns those who take part in e besides the timekeeper: the organizer
// first, then the attendees in the calendar's order, each once.
func (e *event) with(own []string) []billing.Party {
	var out []billing.Party
	seen := map[string]bool{}
	add := func(who person, role billing.PartyRole) {
		id := who.address
		if id == "" {
			id = "\x00" + who.name
		}
		if who.resource || id == "\x00" || seen[id] || slices.Contains(own, who.address) {
			return
		}
		seen[id] = true
		out = append(out, billing.Party{Name: billing.Privileged(who.name), Address: billing.Privileged(who.address), Role: role})
	}
	if e.organizer != nil {
		add(*e.organizer, billing.RoleOrganizer)
	}
	for _, who := range e.attendees {
		add(who, billing.RoleAttendee)
	}
	return out
}

// answer returns the timekeeper's own answer to e, as [billing.Copy] has it. Of
// several own addresses one that takes part beats one that declined. Whoever
// sent somebody else does not take part.
func (e *event) answer(own []string) string {
	answer := ""
	for _, who := range e.attendees {
		if slices.Contains(own, who.address) && (answer == "" || answer == "declined") {
			answer = cmp.Or(answers[who.answer], answer)
		}
	}
	return answer
}

var answers = map[string]string{"ACCEPTED": "accepted", "TENTATIVE": "tentative", "DECLINED": "declined", "DELEGATED": "declined"}

// owner guesses the timekeeper's own address where nobody told it. A calendar
// named after an address, as Google's and Exchange's are, is that person's.
// Else it is whoever is in most of the invitations: a calendar's owner is in all of
// them. The guess is made from at least three invitations, and only when one
// address is in more than half of them and in more than any other; a wrong
// guess would take a stranger's "declined" for the timekeeper's.
func (c *Calendar) owner() []string {
	if len(c.hints) > 0 {
		return c.hints[:1]
	}
	count := map[string]int{}
	invitations := 0
	for _, s := range c.series {
		e := s.master
		if e == nil {
			e = s.overrides[0]
		}
		if len(e.attendees) == 0 {
			continue
		}
		invitations++
		there := map[string]bool{}
		if e.organizer != nil {
			there[e.organizer.address] = true
		}
		for _, who := range e.attendees {
			there[who.address] = there[who.address] || !who.resource
		}
		for address, person := range there {
			if address != "" && person {
				count[address]++
			}
		}
	}
	best, second := "", 0
	for address, n := range count {
		switch {
		case best == "" || n > count[best]:
			second, best = count[best], address
		case n > second:
			second = n
		}
	}
	if invitations < 3 || 2*count[best] <= invitations || count[best] == second {
		return nil
	}
	return []string{best}
}
