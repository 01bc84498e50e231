package draft

import (
	"slices"
	"time"

	"github.com/tenths/tenths/billing"
)

// presence is where the day shows the person: it places the reading of what
// came in. It rests on all observations, decided on or not, so that a decision
// about one draft moves no other.
type presence struct {
	work    billing.Span           // from the first to the last sign of the person
	signs   []billing.Span         // when the person was seen; disjoint, by start
	replies map[string][]time.Time // by conversation, when the writing of each message sent began
}

// presenceOf looks for signs of the person. Meetings count: somebody expected
// them there. What is private does not: it is not work; nor what is in doubt, nor
// a block of the calendar that only frames the day.
func presenceOf(in Input, on workday) presence {
	p := presence{replies: map[string][]time.Time{}}
	for i := range in.Observations {
		o := &in.Observations[i]
		if o.Kind == billing.KindMailReceived || o.Private || !on.happened(o, in.Until) || on.question(o) != (billing.Ask{}) {
			continue
		}
		spans, _ := claim(o, on, time.Time{}, in.Policy)
		for _, s := range spans {
			p.add(s)
		}
		p.signs = append(p.signs, spans...)
		if o.Kind == billing.KindMailSent && o.Thread != "" && len(spans) > 0 {
			p.replies[o.Thread] = append(p.replies[o.Thread], spans[0].Start)
		}
	}
	for _, starts := range p.replies {
		slices.SortFunc(starts, time.Time.Compare)
	}
	p.signs = billing.Union(p.signs)
	return p
}

func (p *presence) add(s billing.Span) {
	if p.work.Start.IsZero() || s.Start.Before(p.work.Start) {
		p.work.Start = s.Start
	}
	if s.End.After(p.work.End) {
		p.work.End = s.End
	}
}

// replyTo returns when the writing of the first message sent in o's
// conversation after o came in began.
func (p presence) replyTo(o *billing.Observation) (time.Time, bool) {
	if o.Thread == "" {
		return time.Time{}, false
	}
	for _, start := range p.replies[o.Thread] {
		if start.After(o.Span.Start) {
			return start, true
		}
	}
	return time.Time{}, false
}
