package guideline

import (
	"fmt"
	"strings"

	"github.com/tenths/tenths/billing"
)

// gatherings returns the events of a bill that several timekeepers attended,
// each as the entries that tell of it.
func gatherings(b *Bill) [][]*item {
	if b.looked {
		return b.events
	}
	b.looked = true
	for _, day := range grouped(b.billable(), func(it *item) (matterDay, bool) {
		k, ok := matterDayOf(it)
		return k, ok && it.Entry.Timekeeper != ""
	}) {
		if len(day) < 2 {
			continue
		}
		var events [][]*item
		for _, it := range day {
			e := it.attended()
			if e == nil {
				continue
			}
			at := -1
			for i := len(events) - 1; i >= max(0, len(events)-maxCandidates); i-- {
				if sameEvent(events[i][0].attended(), e) && !attends(events[i], it) {
					at = i
					break
				}
			}
			if at < 0 {
				events = append(events, []*item{it})
				continue
			}
			events[at] = append(events[at], it)
		}
		for _, e := range events {
			if len(e) > 1 {
				b.events = append(b.events, e)
			}
		}
	}
	return b.events
}

// attends reports whether a timekeeper is among those at an event already: a
// second entry of theirs is another event, or a duplicate.
func attends(event []*item, it *item) bool {
	for _, o := range event {
		if o.Entry.Timekeeper == it.Entry.Timekeeper {
			return true
		}
	}
	return false
}

func checkAttendees(b *Bill, r Rule) []Finding {
	allowed := int(r.Params.Int("allowed"))
	var out []Finding
	for _, event := range gatherings(b) {
		first := event[0].attended()
		if len(event) <= allowed || !r.Params.Has("kinds", string(first.kind)) || explained(event, r.Params.Strings("reasons")) {
			continue
		}
		it := event[allowed]
		e := it.attended()
		f := Finding{Entry: it.Entry.ID, Others: ids(event, it), From: e.from, To: e.to,
			Message: fmt.Sprintf("%s timekeepers bill this %s, and nothing says why so many were needed. Say why, or bill %s.",
				capital(countText(len(event))), first.kind, countText(allowed)),
			Question: "Why was this timekeeper needed there?"}
		if e.alone {
			f.Fix = it.nonBillable()
		}
		out = append(out, f)
	}
	return out
}

func explained(event []*item, reasons []string) bool {
	for _, it := range event {
		text := strings.ToLower(string(it.Entry.Narrative))
		for _, reason := range reasons {
			if strings.Contains(text, strings.ToLower(reason)) {
				return true
			}
		}
	}
	return false
}

func countText(n int) string {
	if n < len(smallCounts) {
		return smallCounts[n]
	}
	return fmt.Sprint(n)
}

var smallCounts = []string{"none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func checkConferenceHours(b *Bill, r Rule) []Finding {
	tolerance := r.Params.Minutes("tolerance")
	var out []Finding
	for _, event := range gatherings(b) {
		var pure []*item
		for _, it := range event {
			if it.attended().alone {
				pure = append(pure, it)
			}
		}
		if len(pure) < 2 {
			continue
		}
		sorted := longestFirst(pure)
		longest, shortest := sorted[0], sorted[len(sorted)-1]
		if longest.Entry.Minutes-shortest.Entry.Minutes <= tolerance {
			continue
		}
		e := longest.attended()
		out = append(out, Finding{Entry: longest.Entry.ID, Others: ids(pure, longest), From: e.from, To: e.to,
			Message: fmt.Sprintf("This %s is %s h here and %s h in another timekeeper's entry. It had one length, unless one left early: then say so.",
				e.kind, billing.FormatTenths(longest.Entry.Minutes), billing.FormatTenths(shortest.Entry.Minutes)),
			Question: "How long did it last, and who was there for how much of it?"})
	}
	return out
}
