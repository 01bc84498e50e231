package draft

import (
	"cmp"
	"fmt"
	"maps"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
)

// A message that many got, or that a machine sent, is folded: it is no work and
// nobody is asked, it can always be found, and whoever says that it is work gets
// it as if it had never been folded.
const (
	// asideTwice is how often a person sets a sender aside before what comes
	// from there is folded.
	asideTwice = 2
	// A sender is one-way who sent at least so many messages on so many days,
	// each a conversation of its own, without ever being written to. People take
	// up conversations: five in three days that none is taken up in are notices.
	oneWayMessages, oneWayDays = 5, 3
	// OneWayFrom is to how many people the timekeeper must be known to write
	// before silence says anything: a mailbox whose sent mail nobody sees is
	// silent to all.
	OneWayFrom = 10
)

// Correspondence is what is known, beside a day's observations, of those who
// sent them and of what a person said about folding.
type Correspondence struct {
	// Senders are the day's, by [Sender].
	Senders map[string]SenderFacts
	// Written are those of the day's addresses to which the timekeeper ever
	// wrote, and Answered those of its conversations in which they did.
	Written  map[string]bool
	Answered map[string]bool
	// Writes says that mail sent is seen at all, to [OneWayFrom] people or more.
	Writes bool
	// Said is what a person said of a message: true where they fold it, false
	// where it is work.
	Said map[billing.ObservationID]bool
}

// SenderFacts is what is known of who sends something.
type SenderFacts struct {
	Work                          bool // a decision took something of theirs for work
	SetAside                      int  // decisions that set something of theirs aside since
	Messages, Conversations, Days int  // received lately, up to the day
}

// Folded is a message that is no work, and why, in words for the person.
type Folded struct {
	Observation billing.ObservationID
	Reason      string
}

// Sender names who sent o: the list that it came over, or the address of its
// author; "" where neither is known.
func Sender(o *billing.Observation) string {
	if o.Kind != billing.KindMailReceived {
		return ""
	}
	if o.List != "" {
		return "list " + string(o.List)
	}
	if len(o.With) > 0 && o.With[0].Role == billing.RoleFrom {
		return string(o.With[0].Address)
	}
	return ""
}

// folding is what decides what of a day is folded.
type folding struct {
	*Drafter
	in      Input
	said    map[billing.ObservationID]bool
	threads map[string]bool // in which the timekeeper wrote on the day
	people  map[string]bool // to whom
}

// fold returns which of the day's messages are folded. What is held by a
// decision is not: that is decided.
func (d *Drafter) fold(in Input, on workday, spoken map[billing.ObservationID]time.Time) []Folded {
	var out []Folded
	f := folding{Drafter: d, in: in, said: in.saidOfAll(), threads: map[string]bool{}, people: map[string]bool{}}
	f.written()
	for i := range in.Observations {
		o := &in.Observations[i]
		if o.Kind != billing.KindMailReceived || o.Private || !on.span.Contains(o.Span.Start) || !on.happened(o, in.Until) {
			continue
		}
		if _, held := spoken[o.ID]; held {
			continue
		}
		if reason := f.reason(o); reason != "" {
			out = append(out, Folded{o.ID, reason})
		}
	}
	return out
}

// saidOfAll returns what a person said of folding messages, extended to all
// copies of each: which of them counts may change after it was said.
func (in *Input) saidOfAll() map[billing.ObservationID]bool {
	said := in.Mail.Said
	if len(said) == 0 {
		return said
	}
	byName := map[string]bool{}
	lists := [][]billing.Observation{in.Observations, in.Elsewhere}
	for _, list := range lists {
		for i := range list {
			if folded, ok := said[list[i].ID]; ok && list[i].Same != "" {
				byName[list[i].Same] = folded || byName[list[i].Same]
			}
		}
	}
	all := maps.Clone(said)
	for _, list := range lists {
		for i := range list {
			if folded, ok := byName[list[i].Same]; ok {
				all[list[i].ID] = folded
			}
		}
	}
	return all
}

// written notes to whom the timekeeper wrote on the day, and in which conversations.
func (f *folding) written() {
	for i := range f.in.Observations {
		o := &f.in.Observations[i]
		if o.Kind != billing.KindMailSent || o.Removed {
			continue
		}
		if o.Thread != "" {
			f.threads[o.Thread] = true
		}
		for _, p := range o.With {
			if p.Role != billing.RoleFrom {
				f.people[strings.ToLower(string(p.Address))] = true
			}
		}
	}
}

// reason says why o is folded, or "". What a person said of it holds; without
// that, it takes a reason to fold it and none to keep it.
func (f *folding) reason(o *billing.Observation) string {
	if folded, said := f.said[o.ID]; said {
		if folded {
			return "folded by you"
		}
		return ""
	}
	facts := f.in.Mail.Senders[Sender(o)]
	reason := ""
	switch {
	case facts.SetAside >= asideTwice:
		reason = "you set what came from there aside before"
	case !facts.Work:
		reason = cmp.Or(o.Bulk, facts.oneWay(f.in.Mail.Writes))
	}
	if reason == "" || f.keeps(o) {
		return ""
	}
	return reason
}

func (f SenderFacts) oneWay(writes bool) string {
	if !writes || f.Messages < oneWayMessages || f.Days < oneWayDays || f.Conversations < f.Messages {
		return ""
	}
	return fmt.Sprintf("%d messages on %d days, none of them answered", f.Messages, f.Days)
}

// keeps reports whether o is of those that are never folded without being told:
// of a court, of someone or an organization that a matter knows, of a colleague,
// of whoever the timekeeper wrote to, of a conversation in which they wrote or
// that was filed, or one that names a matter.
func (f *folding) keeps(o *billing.Observation) bool {
	if o.Thread != "" && (f.in.Mail.Answered[o.Thread] || f.threads[o.Thread] || f.in.Filed[o.Thread] != "") {
		return true
	}
	for i := range o.With {
		p := &o.With[i]
		if p.Role != billing.RoleFrom || p.Address == "" {
			continue
		}
		address := strings.ToLower(string(p.Address))
		if f.in.Mail.Written[address] || f.people[address] || f.isMine(address) || f.index.Knows(address) {
			return true
		}
	}
	return f.in.Chosen[o.ID] != "" || fromCourt(o) || f.index.Names(o)
}

func (d *Drafter) isMine(address string) bool {
	for _, a := range d.timekeeper.Addresses {
		if strings.EqualFold(string(a), address) {
			return true
		}
	}
	return false
}

// setFolded marks what is folded as no work, in a copy of the list.
func setFolded(list []billing.Observation, folded []Folded) []billing.Observation {
	if len(folded) == 0 {
		return list
	}
	why := make(map[billing.ObservationID]string, len(folded))
	for _, f := range folded {
		why[f.Observation] = f.Reason
	}
	s := sieve{out: list}
	for i := range list {
		if reason, ok := why[list[i].ID]; ok {
			s.at(i).Ignored = reason
		}
	}
	return s.out
}
