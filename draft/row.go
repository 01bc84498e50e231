package draft

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/people"
)

// Mail that fits no matter gathers into rows, so that a day of strangers' mail
// takes a few decisions and not one a message. A row is a draft like any other:
// it has one matter, is set aside or made private as a whole, and its seconds are
// rounded once. Conversations come together that look like one matter; then
// those with one person, then those with one organization; what is left is one
// row of other mail.

// rowShare says how many messages of a day it takes for one more row to stand by
// itself; one more holds the rest.
const rowShare = 10

// leastLikely is the confidence from which conversations are gathered by the
// matter that they look like: rather that one than any other.
const leastLikely = 0.5

// otherMail is the row of what is in no other.
const otherMail = "other"

// rows tells the row of each message of a day that fits no matter. What was
// decided on counts like what was not, so that deciding about one row moves no
// other: only what that teaches does.
type rows map[billing.ObservationID]string

// letters are messages that stay together: those of a conversation that fit no
// matter.
type letters struct {
	seen   []*billing.Observation
	like   billing.Candidate // the matter that they look like most
	with   string            // see correspondent
	length time.Duration     // estimated
	row    string
}

// rowsOf finds the rows of the day's mail, of which judged says what it fits.
func (d *Drafter) rowsOf(all []billing.Observation, judged []judgement, policy Policy) rows {
	list, messages := looseLetters(all, judged, policy)
	count := map[string]int{} // messages with a person
	for _, l := range list {
		count[l.with] += len(l.seen)
	}
	length, size := map[string]time.Duration{}, map[string]int{}
	for _, l := range list {
		l.row = "with " + l.with
		if host := people.Host(l.with); l.like.Confidence >= leastLikely {
			l.row = "like " + string(l.like.Matter)
		} else if count[l.with] == 1 && host != "" && !people.Anyones[host] && !d.own[host] {
			l.row = "at " + host
		}
		length[l.row] += l.length
		size[l.row] += len(l.seen)
	}
	names := slices.SortedFunc(maps.Keys(length), func(a, b string) int {
		return cmp.Or(cmp.Compare(length[b], length[a]), cmp.Compare(a, b))
	})
	names = slices.DeleteFunc(names, func(name string) bool { return size[name] < 2 && length[name] < policy.Alone })
	names = names[:min(len(names), messages/rowShare)]
	out := rows{}
	for _, l := range list {
		if !slices.Contains(names, l.row) {
			l.row = otherMail
		}
		for _, o := range l.seen {
			out[o.ID] = l.row
		}
	}
	return out
}

// looseLetters returns the conversations of messages that fit no matter, in the
// order of their first, and how many messages the day has in all.
func looseLetters(all []billing.Observation, judged []judgement, policy Policy) (list []*letters, messages int) {
	at := map[string]*letters{}
	for i := range all {
		o := &all[i]
		if !isMail(o) || o.Private {
			continue
		}
		messages++
		if judged[i].matter != "" || o.Doubt != "" {
			continue
		}
		name := cmp.Or(o.Thread, string(o.ID))
		l := at[name]
		if l == nil {
			l = &letters{}
			at[name] = l
			list = append(list, l)
		}
		l.seen = append(l.seen, o)
		if o.Kind == billing.KindMailSent {
			l.length += policy.writing(o)
		} else {
			l.length += policy.reading(o)
		}
		if c := judged[i].candidates; len(c) > 0 && len(c[0].Reasons) > 0 && c[0].Confidence > l.like.Confidence {
			l.like = c[0]
		}
	}
	for _, l := range list {
		l.with = correspondent(l.seen)
	}
	return list, messages
}

// correspondent returns whom most of the messages were with: who wrote, or whom
// the timekeeper wrote to first; "" when nobody is known. Of equals it is the one
// with the lower address.
func correspondent(seen []*billing.Observation) string {
	count := map[string]int{}
	for _, o := range seen {
		if who := other(o); who != "" {
			count[who]++
		}
	}
	best := ""
	for who, n := range count {
		if best == "" || n > count[best] || n == count[best] && who < best {
			best = who
		}
	}
	return best
}

// other returns who o is with, as an address or else as a name.
func other(o *billing.Observation) string {
	want := billing.RoleTo
	if o.Kind == billing.KindMailReceived {
		want = billing.RoleFrom
	}
	for _, p := range o.With {
		if p.Role == want {
			return strings.ToLower(p.Label())
		}
	}
	return ""
}

// RowKind says what the messages of a row have in common.
type RowKind string

// What messages have in common, the closest first.
const (
	RowConversation RowKind = "conversation"
	RowPerson       RowKind = "person"
	RowOrganization RowKind = "organization" // a mail domain
	RowLikely       RowKind = "likely"       // the matter that they look like
	RowOther        RowKind = "other"        // nothing
)

// Row is what a draft without a matter shows of itself while nobody knows where
// its mail belongs.
type Row struct {
	By       RowKind
	With     string // the subject, person or domain in common; "" where it is the likely matter or nothing
	Messages int
}

// RowOf returns what the messages that e rests on have in common. ok is false
// where e is no row: it has a matter, or rests on other things than mail.
func RowOf(e billing.Entry, evidence []billing.Observation) (r Row, ok bool) {
	if e.Matter != "" || len(evidence) == 0 || slices.ContainsFunc(evidence, func(o billing.Observation) bool { return !isMail(&o) }) {
		return r, false
	}
	r = Row{By: RowOther, Messages: len(evidence)}
	common := func(of func(*billing.Observation) string) string {
		first := of(&evidence[0])
		if slices.ContainsFunc(evidence, func(o billing.Observation) bool { return of(&o) != first }) {
			return ""
		}
		return first
	}
	switch {
	case len(evidence) == 1 || common(func(o *billing.Observation) string { return o.Thread }) != "":
		r.By, r.With = RowConversation, string(evidence[0].Subject)
	case common(other) != "":
		r.By, r.With = RowPerson, otherName(&evidence[0])
	case common(func(o *billing.Observation) string { return people.Host(other(o)) }) != "":
		r.By, r.With = RowOrganization, people.Host(other(&evidence[0]))
	case len(e.Candidates) > 0 && e.Candidates[0].Confidence >= leastLikely:
		r.By = RowLikely
	}
	return r, true
}

// otherName returns who o is with as a person calls them.
func otherName(o *billing.Observation) string {
	who := other(o)
	for _, p := range o.With {
		if strings.EqualFold(p.Label(), who) && p.Name != "" {
			return string(p.Name)
		}
	}
	return who
}
