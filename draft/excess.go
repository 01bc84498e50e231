package draft

import (
	"fmt"

	"github.com/tenths/tenths/billing"
)

// Excess returns the questions that entries of one day raise by their length, by
// id: a draft that comes to more than the policy's MostDraft, and every draft
// not yet accepted of a day that comes to more than its MostDay. It does not
// matter where the time is from; an entry that a person accepted is answered, and
// one that asks something else does not count before it is.
func Excess(entries []billing.Entry, policy Policy) map[billing.EntryID]string {
	var day int64
	for i := range entries {
		if e := &entries[i]; e.State != billing.StateDiscarded && !e.Private && !(e.State == billing.StateDrafted && e.Open() != "") {
			day += length(e)
		}
	}
	out := map[billing.EntryID]string{}
	for i := range entries {
		e := &entries[i]
		if e.State != billing.StateDrafted || e.Accepted || e.Private {
			continue
		}
		switch {
		case length(e) > int64(policy.MostDraft.Seconds()):
			out[e.ID] = fmt.Sprintf("it comes to %s hours, more than %s: say whether that is right", inHours(length(e)), inHours(int64(policy.MostDraft.Seconds())))
		case day > int64(policy.MostDay.Seconds()):
			out[e.ID] = fmt.Sprintf("the day comes to %s hours, more than %s: say whether this is right", inHours(day), inHours(int64(policy.MostDay.Seconds())))
		}
	}
	return out
}

// length returns the seconds of e, worked or billed, whichever are more.
func length(e *billing.Entry) int64 { return max(e.Worked, e.Billed*60) }

// inHours writes seconds as hours with one decimal, rounded up: what is over a
// limit is not shown as the limit.
func inHours(seconds int64) string {
	tenths := (seconds + 359) / 360
	if tenths%10 == 0 {
		return fmt.Sprint(tenths / 10)
	}
	return fmt.Sprintf("%d.%d", tenths/10, tenths%10)
}
