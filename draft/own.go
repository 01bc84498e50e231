package draft

import (
	"cmp"
	"slices"
	"time"

	"github.com/tenths/tenths/billing"
)

// piece is an observation with the seconds of the day that it owns, and later
// the matters that it may belong to.
type piece struct {
	obs        *billing.Observation
	spans      []billing.Span // disjoint, by start; none when only a moment is known
	estimated  bool           // spans were worked out from length
	candidates []billing.Candidate
	matter     billing.MatterID // the first candidate, when it is sure enough
	ask        billing.Ask      // what a person has to say about it first, zero when nothing
}

// asked reports whether a person has to say something about p first.
func (p piece) asked() bool { return p.ask != billing.Ask{} }

func (p piece) seconds() int64 { return billing.TotalSeconds(p.spans) }

// start returns when the piece begins, or its moment when it owns no time.
func (p piece) start() time.Time {
	if len(p.spans) > 0 {
		return p.spans[0].Start
	}
	return p.obs.Span.Start
}

// rank orders evidence by how well it shows where the person was. A timer or a
// note says so itself; a message sent is a moment at the keyboard; saves and
// locks show a document in work; a calendar only says what was planned. Mail
// that came in is placed last, into what is left (see [placeReading]).
func rank(k billing.ObservationKind) int {
	switch k {
	case billing.KindTimer, billing.KindNote:
		return 5
	case billing.KindMailSent:
		return 4
	case billing.KindEdit:
		return 3
	case billing.KindReview, billing.KindExport, billing.KindResearch:
		return 2
	case billing.KindMeeting:
		return 1
	}
	return 0
}

// own gives every second of the day at most one owner among the observations,
// leaving alone what is taken already, and of an observation that is spoken for
// what came before the end of that. The better evidence takes a second; of
// equals the shorter, which is the more specific: a letter edited for ten
// minutes within a morning on a brief. What is asked about gets what the others
// leave.
//
//	meeting   |---------------------------|
//	edit             |-----------|
//	mail sent             |--|
//	own       |mmmmmm|eee|ssss|ee|mmmmmmm|
func own(observations []*billing.Observation, on workday, at presence, spoken map[billing.ObservationID]time.Time, taken ledger, policy Policy) []piece {
	pieces := make([]piece, len(observations))
	order := make([]int, 0, len(observations))
	for i, o := range observations {
		pieces[i].obs, pieces[i].ask = o, on.question(o)
		if rank(o.Kind) > 0 {
			pieces[i].spans, pieces[i].estimated = claim(o, on, spoken[o.ID], policy)
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := &pieces[a], &pieces[b]
		return cmp.Or(
			cmp.Compare(rank(y.obs.Kind), rank(x.obs.Kind)),
			cmp.Compare(x.obs.Span.Seconds(), y.obs.Span.Seconds()))
	})
	for _, i := range order {
		if !pieces[i].asked() {
			taken.settle(&pieces[i])
		}
	}
	taken.placeReading(pieces, on.span, at, policy, false)
	for _, i := range order {
		if pieces[i].asked() {
			taken.settle(&pieces[i])
		}
	}
	taken.placeReading(pieces, on.span, at, policy, true)
	return pieces
}

// claim returns the part of the day that o says it took after an instant, before anyone else's
// claim is looked at. A message sent at the end of its writing claims the time
// before; other moments claim nothing, since how long they took is not known. An
// open document claims no more than its saves, or reading it, can vouch for, and
// a block of the calendar no more than is proposed of it.
func claim(o *billing.Observation, on workday, after time.Time, policy Policy) (spans []billing.Span, estimated bool) {
	span := o.Span
	length := span.End.Sub(span.Start)
	switch {
	case o.Kind == billing.KindMailSent && span.Empty():
		span, estimated = billing.Span{Start: span.Start.Add(-policy.writing(o)), End: span.Start}, true
	case o.Kind == billing.KindEdit && length > policy.reach(o.Saves):
		span.Start, estimated = span.End.Add(-policy.reach(o.Saves)), true
	case o.Kind == billing.KindReview && length > policy.MostReview:
		span.End, estimated = span.Start.Add(policy.MostReview), true
	case on.frames(o):
		span, estimated = on.proposed(o), true
	}
	if span.Start.Before(after) {
		span.Start = after
	}
	if span = span.Intersect(on.span); span.Empty() {
		return nil, estimated
	}
	return []billing.Span{span}, estimated || o.Estimated
}

// settle reduces what p claims to what is free, and enters that.
func (l *ledger) settle(p *piece) {
	var got []billing.Span
	for _, s := range p.spans {
		got = append(got, l.free(s)...)
	}
	p.spans = got
	l.take(got)
}

// placeReading gives each message that came in an estimated time to read it:
// the last free minutes before the reply, where one was sent, else the first
// free minutes after it arrived while the person was at work. Where there are
// none it gets none: reading then happened within time that is counted already.
// It is done for what is asked about, or for what is not.
func (l *ledger) placeReading(pieces []piece, day billing.Span, at presence, policy Policy, asked bool) {
	for i := range pieces {
		p := &pieces[i]
		if p.obs.Kind != billing.KindMailReceived || asked != p.asked() || !day.Contains(p.obs.Span.Start) {
			continue
		}
		need, arrived := policy.reading(p.obs), p.obs.Span.Start
		p.estimated = true
		if reply, ok := at.replyTo(p.obs); ok {
			p.spans = l.freeBefore(billing.Span{Start: arrived, End: reply}.Intersect(at.work), need)
		} else {
			p.spans = l.freeAfter(arrived, at.work, day, need)
		}
		l.take(p.spans)
	}
}
