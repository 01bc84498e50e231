package draft

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/narrate"
)

// Split divides e into as many entries as there are minutes, each with that
// many billed minutes; they must sum to e's, and none may be zero. The seconds
// worked are shared in the same proportion and sum to e's to the second; each
// part gets its stretch of e's time, in order. All rest on e's evidence. The
// first keeps e's id, the others have none.
func Split(e billing.Entry, minutes []int64) ([]billing.Entry, error) {
	var sum int64
	for _, m := range minutes {
		if m <= 0 {
			return nil, invalid("each part needs minutes of its own")
		}
		sum += m
	}
	switch {
	case len(minutes) < 2:
		return nil, invalid("a draft is split into two parts or more")
	case sum != e.Billed:
		return nil, invalid(fmt.Sprintf("the parts come to %d minutes, and the draft has %d; splitting changes no time", sum, e.Billed))
	}
	worked := billing.LargestRemainder(e.Worked, minutes)
	rest := slices.Clone(e.Spans)
	out := make([]billing.Entry, len(minutes))
	for i := range out {
		part := e
		if i > 0 {
			part.ID, part.Revision, part.Accepted = "", 0, false
		}
		part.Evidence = slices.Clone(e.Evidence)
		part.Worked, part.Billed = worked[i], minutes[i]
		part.BilledBy = cmp.Or(e.BilledBy, billing.ByPart)
		if len(e.Spans) > 0 {
			part.Spans, rest = cutSpans(rest, worked[i])
		}
		out[i] = part
	}
	return out, nil
}

// cutSpans takes the first seconds of spans.
func cutSpans(spans []billing.Span, seconds int64) (taken, rest []billing.Span) {
	for _, s := range spans {
		switch have := s.Seconds(); {
		case seconds <= 0:
			rest = append(rest, s)
		case have <= seconds:
			taken = append(taken, s)
			seconds -= have
		default:
			at := s.Start.Add(time.Duration(seconds) * time.Second)
			taken = append(taken, billing.Span{Start: s.Start, End: at})
			rest = append(rest, billing.Span{Start: at, End: s.End})
			seconds = 0
		}
	}
	return taken, rest
}

// Merge makes one entry of several of one day: the first, with the time and the
// evidence of all. Raw seconds are rounded once, as if the work had been one
// draft from the start; minutes that a person set stay as they set them and are
// added up. What a person will not bill is not billed with the rest either.
// Entries of two matters, or of two days, do not merge.
func Merge(entries []billing.Entry) (billing.Entry, error) {
	if len(entries) < 2 {
		return billing.Entry{}, invalid("merging wants two drafts or more")
	}
	out := entries[0]
	var billed int64
	by := billing.ByPolicy
	out.Spans, out.Evidence = slices.Clone(out.Spans), slices.Clone(out.Evidence)
	if out.Accepted { // answered: merging asks nothing again
		out.Asks = nil
	}
	for i, e := range entries {
		billed += e.Billed
		by = max(by, e.BilledBy)
		if i == 0 {
			continue
		}
		switch {
		case e.WorkDate != out.WorkDate:
			return billing.Entry{}, invalid("these drafts are of different days; each day is billed on its own")
		case e.Matter != "" && out.Matter != "" && e.Matter != out.Matter:
			return billing.Entry{}, invalid("these drafts are of different matters; give them one matter first")
		case out.Matter == "" && e.Matter != "":
			out.Matter, out.Rate = e.Matter, e.Rate
			out.Confidence, out.Reasons, out.Candidates = e.Confidence, e.Reasons, e.Candidates
		}
		out.Spans = append(out.Spans, e.Spans...)
		for _, id := range e.Evidence {
			if !slices.Contains(out.Evidence, id) {
				out.Evidence = append(out.Evidence, id)
			}
		}
		for _, ask := range e.Asks {
			if e.Accepted || slices.Contains(out.Asks, ask) {
				continue
			}
			out.Asks = append(slices.Clone(out.Asks), ask)
		}
		out.Worked += e.Worked
		out.NonBillable = out.NonBillable || e.NonBillable
		out.Estimated = out.Estimated || e.Estimated
		joinNarratives(&out, e)
		out.TaskCode, out.ActivityCode = cmp.Or(out.TaskCode, e.TaskCode), cmp.Or(out.ActivityCode, e.ActivityCode)
	}
	out.Spans = billing.Union(out.Spans)
	out.Accepted, out.BilledBy = false, by
	switch {
	case by != billing.ByPolicy:
		out.Billed = billed
	case billed > 0 || 2*out.Worked >= out.Rounding.Increment*60:
		out.Billed = out.Rounding.Minutes(out.Worked)
	}
	return out, nil
}

// joinNarratives appends what e says to what to says, unless it is the same.
func joinNarratives(to *billing.Entry, e billing.Entry) {
	switch {
	case e.Narrative == "" || e.Narrative == to.Narrative:
		return
	case to.Narrative == "":
		to.Narrative, to.Phrases = e.Narrative, e.Phrases
		return
	}
	to.Narrative += "; " + within(e.Narrative)
	if len(to.Phrases) > 0 && len(e.Phrases) > 0 {
		more := slices.Clone(e.Phrases)
		more[0].Text = within(more[0].Text)
		to.Phrases = append(append(slices.Clone(to.Phrases), billing.Phrase{Text: "; "}), more...)
	} else {
		to.Phrases = nil
	}
}

// within writes what began a narrative as it stands within one: with a small
// letter where it begins with what was done.
func within(text billing.Privileged) billing.Privileged {
	first, rest, _ := strings.Cut(string(text), " ")
	if !narrate.Opens(first) {
		return text
	}
	if rest == "" {
		return billing.Privileged(strings.ToLower(first)) + text[len(first):]
	}
	return billing.Privileged(strings.ToLower(first) + " " + rest)
}

func invalid(msg string) error { return &billing.Error{Kind: billing.Invalid, Msg: msg} }
