package draft

import (
	"slices"

	"github.com/tenths/tenths/billing"
)

// Overlap is measured work within the time of a meeting. The work owns the
// seconds, since a calendar shows only what was planned; but a person may have
// sat in the meeting and typed. Both readings are told, and the person chooses:
//
//	meeting           |----------------|
//	edit                   |------|
//	worked            |mmmm|eeeeee|mmmm|
//	attended          |mmmmmmmmmmmmmmmm|
type Overlap struct {
	Meeting  int          // position of the meeting's entry
	Span     billing.Span // when the meeting was to be
	Within   []Within     // what was done meanwhile, by position
	Seconds  int64        // in sum
	Attended int64        // seconds of the meeting in the other reading
}

// Within is the part of an entry that lies within a meeting.
type Within struct {
	Entry   int // position of the entry
	Seconds int64
}

// Overlaps finds the meetings among a day's entries within which other work of
// at least the policy's Inside was measured, as long as nobody has decided about
// the meeting. What a timer or a note says leaves no doubt and is not such work.
func Overlaps(entries []billing.Entry, observations []billing.Observation, policy Policy) []Overlap {
	seen := byID(observations)
	var out []Overlap
	for i, e := range entries {
		if e.State != billing.StateDrafted || e.Touched {
			continue
		}
		meeting := meetingOf(e, seen)
		if meeting == nil || e.Open() != "" { // a block less what was seen is asked about as it is
			continue
		}
		o := Overlap{Meeting: i, Span: meeting.Span}
		for k, other := range entries {
			if k == i || !movable(other) || !measured(other, seen) {
				continue
			}
			if s := shared(other.Spans, meeting.Span); s > 0 {
				o.Within = append(o.Within, Within{k, s})
				o.Seconds += s
			}
		}
		if o.Seconds > 0 && o.Seconds >= int64(policy.Inside.Seconds()) {
			o.Attended = e.Worked + o.Seconds
			out = append(out, o)
		}
	}
	return out
}

// Attend returns the entries that change when the person was in the meeting all
// along: the meeting gets the seconds of the work within it, and work of which
// nothing is left is discarded. No second is lost or owned twice.
func Attend(entries []billing.Entry, o Overlap) []billing.Entry {
	meeting := entries[o.Meeting]
	out := make([]billing.Entry, 1, len(o.Within)+1)
	for _, w := range o.Within {
		e := entries[w.Entry]
		var left []billing.Span
		for _, s := range e.Spans {
			if in := s.Intersect(o.Span); !in.Empty() {
				meeting.Spans = append(slices.Clone(meeting.Spans), in)
			}
			left = append(left, billing.Subtract(s, []billing.Span{o.Span})...)
		}
		setSpans(&e, left)
		if e.Worked == 0 {
			e.State = billing.StateDiscarded
		}
		out = append(out, e)
	}
	setSpans(&meeting, meeting.Spans)
	out[0] = meeting
	return out
}

// setSpans gives e the time of spans and rounds it once, from raw seconds.
func setSpans(e *billing.Entry, spans []billing.Span) {
	e.Spans = billing.Union(spans)
	e.Worked = billing.TotalSeconds(e.Spans)
	e.Billed = e.Rounding.Minutes(e.Worked)
}

// movable reports whether the seconds of e may still go to another entry: it is
// a draft that no person has accepted, nor set the minutes of.
func movable(e billing.Entry) bool {
	return e.State == billing.StateDrafted && !e.Accepted && e.BilledBy == billing.ByPolicy
}

// meetingOf returns the calendar event that e is about, nil when there is none.
func meetingOf(e billing.Entry, seen map[billing.ObservationID]*billing.Observation) *billing.Observation {
	for _, id := range e.Evidence {
		if o := seen[id]; o != nil && o.Kind == billing.KindMeeting && !o.Span.Empty() {
			return o
		}
	}
	return nil
}

// measured reports whether e rests on work that was seen being done, and on
// nothing that the timekeeper said.
func measured(e billing.Entry, seen map[billing.ObservationID]*billing.Observation) bool {
	work := false
	for _, id := range e.Evidence {
		if o := seen[id]; o != nil {
			switch rank(o.Kind) {
			case rank(billing.KindTimer):
				return false
			case rank(billing.KindMailSent), rank(billing.KindEdit), rank(billing.KindReview):
				work = true
			}
		}
	}
	return work
}

// shared returns how many seconds of spans lie within s.
func shared(spans []billing.Span, s billing.Span) int64 {
	var n int64
	for _, x := range spans {
		if in := x.Intersect(s); !in.Empty() {
			n += in.Seconds()
		}
	}
	return n
}
