package narrate

import (
	"slices"
	"strings"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/prose"
)

// conversation is one thread's messages of the day, within one draft.
type conversation struct {
	received, sent []billing.ObservationID
	first          billing.ObservationKind
	with           []counterpart
	topics         []string
	all            []billing.ObservationID
}

// mail narrates correspondence: for each thread what was done with it and with
// whom; threads that differ only in their subject share a clause.
func (n Narrator) mail(seen []billing.Observation, m billing.Matter) (line, string, string) {
	var l line
	var everyone []counterpart
	var about []string
	clauses := mergeAlike(n.conversations(seen, m))
	for i, c := range clauses {
		if i > 0 {
			l.add("; ")
		}
		c.narrate(&l)
		everyone = append(everyone, c.with...)
		about = append(about, c.topics...)
	}
	return l, activityWith(everyone), strings.Join(about, " ")
}

func (n Narrator) conversations(seen []billing.Observation, m billing.Matter) []conversation {
	var out []conversation
	at := map[string]int{}
	for _, o := range byTime(seen) {
		key := o.Thread
		if key == "" {
			key = string(o.ID)
		}
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key] = i
			out = append(out, conversation{first: o.Kind})
		}
		c := &out[i]
		c.all = append(c.all, o.ID)
		if o.Kind == billing.KindMailSent {
			c.sent = append(c.sent, o.ID)
		} else {
			c.received = append(c.received, o.ID)
		}
		c.with = addCounterparts(c.with, n.counterparts(correspondents(o), m))
		if t := topic(string(o.Subject), m); t != "" && !slices.Contains(c.topics, t) {
			c.topics = append(c.topics, t)
		}
	}
	return out
}

// byTime returns the observations in the order in which they happened, wherever
// the time for them was found.
func byTime(seen []billing.Observation) []billing.Observation {
	out := slices.Clone(seen)
	slices.SortStableFunc(out, func(a, b billing.Observation) int { return a.Span.Start.Compare(b.Span.Start) })
	return out
}

// correspondents returns who a message went between, besides the timekeeper:
// its author, or those it was addressed to; copies do not count unless there is
// nobody else.
func correspondents(o billing.Observation) []billing.Party {
	want := billing.RoleTo
	if o.Kind == billing.KindMailReceived {
		want = billing.RoleFrom
	}
	var out []billing.Party
	for _, p := range o.With {
		if p.Role == want {
			out = append(out, p)
		}
	}
	if len(out) == 0 {
		return o.With
	}
	return out
}

func addCounterparts(to, more []counterpart) []counterpart {
	for _, c := range more {
		if !slices.Contains(to, c) {
			to = append(to, c)
		}
	}
	return to
}

// mergeAlike joins conversations in which the same was done with the same
// people.
func mergeAlike(cs []conversation) []conversation {
	var out []conversation
	for _, c := range cs {
		i := slices.IndexFunc(out, func(x conversation) bool {
			return x.verb() == c.verb() && slices.Equal(x.with, c.with)
		})
		if i < 0 {
			out = append(out, c)
			continue
		}
		o := &out[i]
		o.all = append(o.all, c.all...)
		o.received = append(o.received, c.received...)
		o.sent = append(o.sent, c.sent...)
		for _, t := range c.topics {
			if !slices.Contains(o.topics, t) {
				o.topics = append(o.topics, t)
			}
		}
	}
	return out
}

// verb says what the messages show was done.
func (c conversation) verb() string {
	switch {
	case len(c.sent) == 0:
		return "review correspondence from"
	case len(c.received) == 0:
		return "draft correspondence to"
	case c.first == billing.KindMailReceived:
		return "review and respond to correspondence from"
	}
	return "exchange correspondence with"
}

func (c conversation) narrate(l *line) {
	verb := c.verb()
	if len(c.with) == 0 {
		verb = verb[:strings.LastIndexByte(verb, ' ')]
		l.add(verb, c.all...)
	} else {
		l.add(verb+" ", c.all...)
		l.add(texts(c.with), c.all...)
	}
	if len(c.topics) > 0 {
		l.add(" regarding ")
		l.add(prose.List(c.topics), c.all...)
	}
}
