package calendar

import (
	"slices"
	"strings"
)

// part is what a VEVENT is to its meeting, by the METHOD of its calendar (RFC
// 5546 section 1.4).
type part int8

const (
	meeting    part = iota // PUBLISH, REQUEST, or none: the meeting itself
	addition               // ADD: one more instance
	reply                  // REPLY: an attendee's answer
	withdrawal             // CANCEL
	talk                   // COUNTER, DECLINECOUNTER, REFRESH: changes nothing until the organizer does
)

func partOf(method string) part {
	switch strings.ToUpper(strings.TrimSpace(method)) {
	case "ADD":
		return addition
	case "REPLY":
		return reply
	case "CANCEL":
		return withdrawal
	case "COUNTER", "DECLINECOUNTER", "REFRESH":
		return talk
	}
	return meeting
}

// series is an event and what was changed of its instances.
type series struct {
	uid       string
	master    *event // nil when only single instances of it are known
	overrides []*event
	// said is what else is known of the master: older copies of it and copies of
	// the same age, answers to it, and its withdrawals.
	said []*event
	// answers are those to one instance, by RECURRENCE-ID.
	answers []*event
	// clash says that somebody gave another meeting the same UID.
	clash bool
}

// grouping gathers the events of a calendar into series.
type grouping struct {
	newest map[string]*event // of the events that are a meeting as a whole, by UID
	there  map[string]bool   // UIDs of which there is more than messages about them
	byUID  map[string]*series
	order  []*series
}

// group gathers events of the same UID. Of two with one UID and no
// RECURRENCE-ID the newer counts: UIDs are unique for ever (RFC 5545 section
// 3.8.4.7). Where neither is newer and they begin at different times, somebody
// gave two meetings one UID, and neither is lost.
func (c *Calendar) group() {
	g := grouping{newest: map[string]*event{}, there: map[string]bool{}, byUID: map[string]*series{}}
	for _, e := range c.events {
		if e != nil && e.part == meeting {
			g.there[e.uid] = true
		}
	}
	events := g.added(c.events)
	for _, e := range events {
		if e != nil && g.whole(e) && (g.newest[e.uid] == nil || g.newest[e.uid].olderThan(e)) {
			g.newest[e.uid] = e
		}
	}
	for _, e := range events {
		if e != nil {
			g.place(e)
		}
	}
	for _, e := range events {
		if e != nil {
			g.say(e)
		}
	}
	c.series = g.order
}

// added returns events with each that METHOD:ADD brings as the instance that it
// is of its meeting.
func (g *grouping) added(events []*event) []*event {
	out := events
	for i, e := range events {
		if e == nil || e.part != addition || !g.there[e.uid] || e.overrides {
			continue
		}
		if &out[0] == &events[0] {
			out = slices.Clone(events)
		}
		one := *e
		one.recurID, one.overrides = e.start, true
		out[i] = &one
	}
	return out
}

// whole reports whether e is a meeting with all of its instances. Of a meeting
// that nothing else is known of the withdrawal is all there is.
func (g *grouping) whole(e *event) bool {
	alone := !g.there[e.uid] && !e.unset
	return !e.overrides && (e.part == meeting || alone && (e.part == withdrawal || e.part == addition))
}

// instance reports whether e stands for one instance.
func (e *event) instance() bool {
	return e.overrides && (e.part == meeting || e.part == withdrawal || e.part == addition)
}

// name returns the name of the series that e belongs to as a meeting.
func (g *grouping) name(e *event) string {
	if first := g.newest[e.uid]; e.overrides || e.start.at == first.start.at && e.start.form == first.start.form {
		return e.uid
	}
	return e.uid + "/" + e.start.at.String()
}

// place puts a meeting or an instance of one into its series.
func (g *grouping) place(e *event) {
	if !e.instance() && (!g.whole(e) || e.olderThan(g.newest[e.uid])) {
		return
	}
	uid := g.name(e)
	s := g.byUID[uid]
	if s == nil {
		s = &series{uid: uid}
		g.byUID[uid] = s
		g.order = append(g.order, s)
	}
	switch {
	case e.overrides:
		s.overrides = append(s.overrides, e)
	case s.master == nil || !s.master.prevailsOver(e): // of copies the last
		s.master = e
	}
	if uid != e.uid { // the first of them was placed before
		s.clash, g.byUID[e.uid].clash = true, true
	}
}

// prevailsOver reports whether e counts rather than f, which is of the same
// age: that one of them is cancelled is the safer to believe.
func (e *event) prevailsOver(f *event) bool {
	return e.off() && !f.off()
}

// off reports whether e says that the meeting is cancelled.
func (e *event) off() bool {
	return e.cancelled || e.part == withdrawal || e.title.status == "cancelled"
}

// say notes with its series what e says of a meeting without being it.
func (g *grouping) say(e *event) {
	s := g.byUID[e.uid]
	if s == nil || e.part == talk || e.instance() {
		return
	}
	switch {
	case e.overrides: // an answer to one instance
		s.answers = append(s.answers, e)
	case g.whole(e) && !e.olderThan(g.newest[e.uid]):
		if s = g.byUID[g.name(e)]; s.master != e {
			s.said = append(s.said, e)
		}
	default:
		s.said = append(s.said, e)
		if s.clash { // about which of the meetings, nobody knows
			for _, t := range g.order {
				if t != s && t.written() == e.uid {
					t.said = append(t.said, e)
				}
			}
		}
	}
}

// messages returns what of s.said is about all instances, overridden or not:
// answers and withdrawals.
func (s *series) messages() []*event {
	return slices.DeleteFunc(slices.Clone(s.said), func(e *event) bool { return e.part == meeting })
}

// withdraws reports whether e takes back the meeting f from whoever has the
// addresses own. Without STATUS:CANCELLED it takes the meeting back from the
// attendees that it lists alone (RFC 5546 section 3.2.5).
func (e *event) withdraws(f *event, own []string) bool {
	if e.part != withdrawal || e.olderThan(f) {
		return false
	}
	listed := func(who person) bool { return slices.Contains(own, who.address) }
	return e.cancelled || len(e.attendees) == 0 || len(own) == 0 || slices.ContainsFunc(e.attendees, listed)
}

// answerOf returns the timekeeper's latest answer that e or what else is known
// of it has: "accepted", "declined", "tentative" or "" for none. Of answers of the
// same age, that they declined.
func answerOf(e *event, said []*event, own []string) string {
	latest, answer := e, e.answer(own)
	for _, f := range said {
		a := f.answer(own)
		if a == "" || f.part == withdrawal {
			continue
		}
		if answer == "" || latest.olderThan(f) || a == "declined" && !f.olderThan(latest) {
			latest, answer = f, a
		}
	}
	return answer
}
