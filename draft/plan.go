package draft

import (
	"fmt"
	"time"

	"github.com/tenths/tenths/billing"
)

// workday is the day that is drafted, with the hours in which the firm works.
// A calendar shows what was planned. Within a working day that is plausible as
// attended work; a block of more than that, or over several days, only frames
// it: a trial week, a hold. Such a block is a question with a proposal, the
// working hours of each day less what else was seen.
//
//	block       |------------------------------------------|
//	hours            |-----------|             |-----------|
//	edit                 |--|
//	proposed         |pp|eee|pppp|             |ppppppppppp|
type workday struct {
	span  billing.Span
	hours billing.Span // empty at the week-end
	zone  *time.Location
	most  time.Duration // of a plan that is one sitting: a working day
}

// overnight is the longest plan over midnight that is one sitting, as a closing
// that goes on.
const overnight = 4 * time.Hour

// workday returns day with its working hours.
func (p Policy) workday(day billing.Day, zone *time.Location) workday {
	w := workday{span: day.Span(zone), zone: zone, most: p.DayEnd - p.DayStart}
	if d := day.Weekday(); d != time.Saturday && d != time.Sunday {
		w.hours = billing.Span{Start: onClock(day, p.DayStart, zone), End: onClock(day, p.DayEnd, zone)}
	}
	return w
}

// onClock returns the instant at which clocks in the zone show that time of day.
func onClock(day billing.Day, at time.Duration, zone *time.Location) time.Time {
	return time.Date(day.Year, day.Month, day.Day, 0, int(at/time.Minute), 0, 0, zone)
}

// frames reports whether o is a block of the calendar that only frames work.
func (w workday) frames(o *billing.Observation) bool {
	if o.Kind != billing.KindMeeting {
		return false
	}
	length := o.Span.End.Sub(o.Span.Start)
	return length > w.most || length > overnight && !w.sameDay(o)
}

// sameDay reports whether o begins and ends on one day.
func (w workday) sameDay(o *billing.Observation) bool {
	return billing.DayOf(o.Span.Start, w.zone) == billing.DayOf(o.Span.End.Add(-time.Second), w.zone)
}

// proposed returns the part of the block o that is proposed as work of the day:
// its working hours. A block of less than a day that lies outside them is
// proposed as far as a working day reaches; of a longer one such a day is free.
func (w workday) proposed(o *billing.Observation) billing.Span {
	if in := o.Span.Intersect(w.hours); !in.Empty() {
		return in
	}
	in := o.Span.Intersect(w.span)
	if in.Empty() || o.Span.End.Sub(o.Span.Start) >= 24*time.Hour {
		return billing.Span{Start: in.Start, End: in.Start}
	}
	if most := in.Start.Add(w.most); in.End.After(most) {
		in.End = most
	}
	return in
}

// free reports whether o is a block that leaves the day alone.
func (w workday) free(o *billing.Observation) bool {
	return w.frames(o) && w.proposed(o).Empty()
}

// question returns what has to be asked about o before it is time, if anything.
func (w workday) question(o *billing.Observation) (ask billing.Ask) {
	from, to := o.Span.Start.In(w.zone), o.Span.End.In(w.zone)
	switch {
	case o.Doubt != "":
		return billing.Ask{About: billing.AskWork, Text: o.Doubt}
	case !w.frames(o):
		return ask
	case w.sameDay(o):
		ask.Text = fmt.Sprintf("the calendar has it from %s to %s; say how much of that was work", from.Format("15:04"), to.Format("15:04"))
	default:
		ask.Text = fmt.Sprintf("the calendar has it from %s to %s; say how much of this day was work", from.Format("2 Jan 15:04"), to.Format("2 Jan 15:04"))
	}
	ask.About = billing.AskTime
	return ask
}
