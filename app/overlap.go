package app

import (
	"fmt"
	"slices"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft"
)

// doubts are the meetings of a day about which a person has to say whether they
// attended all of them, by the drafts whose minutes depend on it: the meeting's,
// and those of the work within it.
type doubts map[billing.EntryID]doubt

type doubt struct {
	draft.Overlap
	needs string // what the draft wants of a person
}

func (d *dayRecord) doubts() doubts {
	out := doubts{}
	for _, o := range draft.Overlaps(d.entries, d.observations, d.policy) {
		meeting := d.entries[o.Meeting]
		out[meeting.ID] = doubt{o, minutesThat(o.Seconds, "of other work was", "of other work were") + " seen within this meeting: say which it was"}
		for _, w := range o.Within {
			out[d.entries[w.Entry].ID] = doubt{o, fmt.Sprintf("%s within a meeting (%s): say which it was",
				minutesThat(w.Seconds, "of it lies", "of it lie"), string(meeting.Narrative))}
		}
	}
	return out
}

// attended returns the entries that the other reading of a meeting changes, with
// the minutes that they would then have.
func (d *dayRecord) attended(o draft.Overlap) []billing.Entry {
	changed := draft.Attend(d.entries, o)
	after := slices.Clone(d.entries)
	at := make([]int, len(changed))
	for i, e := range changed {
		at[i] = slices.IndexFunc(after, func(x billing.Entry) bool { return x.ID == e.ID })
		own(&e)
		after[at[i]] = e
	}
	d.round(after)
	for i := range changed {
		changed[i].Billed = after[at[i]].Billed
	}
	return changed
}

// minutesThat writes how much of the time is meant, with the words that follow
// for one minute and for more. What is there takes a minute at least.
func minutesThat(seconds int64, one, more string) string {
	minutes := int(max((seconds+30)/60, 1))
	if minutes == 1 {
		return "1 minute " + one
	}
	return fmt.Sprintf("%d minutes %s", minutes, more)
}

// overlap shows what both readings of a meeting's time come to.
func (r renderer) overlap(d *dayRecord, o draft.Overlap) *OverlapView {
	changed := d.attended(o)
	v := &OverlapView{
		Meeting: string(d.entries[o.Meeting].ID), Narrative: string(d.entries[o.Meeting].Narrative),
		Seconds: o.Seconds, WorkedMinutes: d.entries[o.Meeting].Billed, AttendedMinutes: changed[0].Billed,
		Work: make([]WithinView, len(o.Within)),
	}
	for i, w := range o.Within {
		e := d.entries[w.Entry]
		v.Work[i] = WithinView{
			Draft: string(e.ID), Matter: r.matters[e.Matter].Number, Narrative: string(e.Narrative),
			Seconds: w.Seconds, WorkedMinutes: e.Billed, AttendedMinutes: changed[i+1].Billed,
		}
	}
	return v
}
