// Package draft turns a day's observations into proposed entries.
//
// It is pure: the same input gives the same drafts, with no clock and no I/O.
// It must not know where observations come from, how entries are kept, or who
// looks at them.
//
// A day goes through these steps, a file or two for each:
//
//	sift       of the copies of one event one counts
//	fold       what many got, or a machine sent, is no work until a person says so
//	own        every second gets at most one owner among the observations
//	associate  each observation gets ranked matters, with reasons, or none
//	gather     observations of one piece of work become one draft
//	narrate    each draft says who did what, resting each phrase on evidence
package draft

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
)

// Input is all that a day's drafts depend on.
type Input struct {
	Day  billing.Day
	Zone *time.Location // in which Day is counted
	// Until is the instant up to which the day has happened: a meeting that
	// ends later is not work yet. Zero means that the whole day is over.
	Until        time.Time
	Observations []billing.Observation // latest revisions that touch the day
	// Elsewhere are the latest revisions, tombstones too, of the same events on
	// other days, see [billing.Observation.Same].
	Elsewhere  []billing.Observation
	Matters    []billing.Matter
	Timekeeper billing.Timekeeper
	// Filed tells under which matter a person filed a conversation or a
	// document's line of versions before, by [billing.Observation.Thread].
	Filed map[string]billing.MatterID
	// Chosen tells under which matter the timekeeper put what they said, as
	// they said it: a timer that was started for a matter. Only what they filed
	// since outweighs it.
	Chosen map[billing.ObservationID]billing.MatterID
	// Learned is what a person's decisions taught; nil is nothing. Nobody may
	// teach it meanwhile.
	Learned *Learned
	Held    []Held
	// Mail is what tells which messages are folded.
	Mail Correspondence
	// Apart are observations of which a person decides by themselves: they make
	// one draft, whatever else they would be gathered with.
	Apart  []billing.ObservationID
	Policy Policy
	// Worded are the wordings that a language model gave narratives, by
	// [Wording.Key]; "" where it was asked and its answer refused. nil when
	// nothing is to be asked.
	Worded map[string]billing.Privileged
}

// Held is what a decision of a person holds: its seconds are owned and its
// evidence is spoken for, so neither is proposed again. An observation that
// has grown since, as a document that was saved again, or that goes on over
// midnight, is spoken for only up to the last held second.
type Held struct {
	Spans    []billing.Span
	Evidence []billing.ObservationID
	// Matter, Worked and Billed are what a decided entry of the day bills on it,
	// so that a policy that rounds a matter's day counts it; zero for entries of
	// other days and for what is not billed.
	Matter billing.MatterID
	Worked int64 // whole seconds
	Billed int64 // minutes
}

// Proposal is what a day's observations amount to.
type Proposal struct {
	// Drafts are the proposed entries, without ids, by start. Their spans are
	// disjoint from each other, from Private and from all that is held.
	Drafts []billing.Entry
	// Private are the seconds that belong to the timekeeper alone.
	Private []billing.Span
	// Seen is when the person was seen, at work or in private: all that was
	// observed but for what came in by itself, decided on or not.
	Seen []billing.Span
	// Folded are the messages of the day that many got, or that a machine sent,
	// in the order of the observations: they are no work, and nobody is asked.
	Folded []Folded
	// Unworded are the narratives of Drafts that may be reworded and for which
	// Worded has nothing; none when that is nil.
	Unworded []Wording
}

// Propose drafts the day. The matters and the timekeeper are the drafter's,
// whatever in says.
func (d *Drafter) Propose(in Input) Proposal {
	in.Observations = Sift(in.Observations, in.Elsewhere)
	on := in.Policy.workday(in.Day, in.Zone)
	spoken := spokenFor(in)
	folded := d.fold(in, on, spoken)
	in.Observations = setFolded(in.Observations, folded)
	at := presenceOf(in, on)
	all := past(in, on)
	pieces := own(eligible(all, on, spoken), on, at, spoken, taken(in.Held), in.Policy)

	out := Proposal{Folded: folded}
	var work []piece
	for _, p := range pieces {
		_, decided := spoken[p.obs.ID]
		switch {
		case p.obs.Private:
			out.Private = append(out.Private, p.spans...)
		case decided && p.seconds() == 0: // it went on only in time that is held
		default:
			work = append(work, p)
		}
	}
	out.Private = billing.Union(out.Private)
	out.Seen = billing.Union(append(out.Private, at.signs...))

	judged := d.judge(all, in)
	d.assign(work, all, judged, in)
	var tails []bool
	for _, g := range gather(work, d.rowsOf(all, judged, in.Policy), in) {
		e, facts := g.entry(in, d)
		tails = append(tails, g.isTail(on, in.Policy.Rounding))
		if in.Worded != nil {
			if ask, ok := in.reword(&e, facts); ok {
				out.Unworded = append(out.Unworded, ask)
			}
		}
		out.Drafts = append(out.Drafts, e)
	}
	roundDay(out.Drafts, tails, in.Held, in.Policy.Rounding)
	slices.SortStableFunc(out.Drafts, func(a, b billing.Entry) int { return first(a).Compare(first(b)) })
	return out
}

// eligible returns those of the observations that happened that may become time.
func eligible(happened []billing.Observation, on workday, spoken map[billing.ObservationID]time.Time) []*billing.Observation {
	out := make([]*billing.Observation, 0, len(happened))
	for i := range happened {
		o := &happened[i]
		until, held := spoken[o.ID]
		switch {
		case held && (o.Span.Empty() || until.IsZero() || !o.Span.End.After(until)): // and did not go on
		case !on.span.Contains(o.Span.Start) && o.Span.Intersect(on.span).Empty(), on.free(o):
		default:
			out = append(out, o)
		}
	}
	return out
}

// past returns the observations that happened, in an order that does not depend
// on the one in which they were recorded.
func past(in Input, on workday) []billing.Observation {
	order := make([]int, 0, len(in.Observations))
	for i := range in.Observations {
		if on.happened(&in.Observations[i], in.Until) {
			order = append(order, i)
		}
	}
	slices.SortFunc(order, func(a, b int) int {
		x, y := &in.Observations[a], &in.Observations[b]
		return cmp.Or(x.Span.Start.Compare(y.Span.Start), strings.Compare(string(x.ID), string(y.ID)))
	})
	out := make([]billing.Observation, len(order))
	for k, i := range order {
		out[k] = in.Observations[i]
	}
	return out
}

// happened reports whether o may be time at all: it was not taken back or set
// aside, and it is over; of a block that frames the day, that day's part.
func (w workday) happened(o *billing.Observation, until time.Time) bool {
	if o.Removed || o.Ignored != "" {
		return false
	}
	end := o.Span.End
	if w.frames(o) {
		end = w.proposed(o).End
	}
	return until.IsZero() || !end.After(until)
}

// spokenFor returns, for each observation that is held, the end of what holds
// it: zero when that owns no time. What speaks for one copy of an event speaks
// for all: which of them counts may change after a decision.
func spokenFor(in Input) map[billing.ObservationID]time.Time {
	spoken := map[billing.ObservationID]time.Time{}
	for _, h := range in.Held {
		var end time.Time
		for _, s := range h.Spans {
			if s.End.After(end) {
				end = s.End
			}
		}
		for _, id := range h.Evidence {
			if known, ok := spoken[id]; !ok || end.After(known) {
				spoken[id] = end
			}
		}
	}
	if len(spoken) > 0 {
		speakForCopies(spoken, in.Observations, in.Elsewhere)
	}
	return spoken
}

// speakForCopies extends spoken to all copies of the events that it speaks for.
func speakForCopies(spoken map[billing.ObservationID]time.Time, lists ...[]billing.Observation) {
	byName := map[string]time.Time{}
	for _, list := range lists {
		for i := range list {
			end, ok := spoken[list[i].ID]
			if known, also := byName[list[i].Same]; ok && list[i].Same != "" && (!also || end.After(known)) {
				byName[list[i].Same] = end
			}
		}
	}
	if len(byName) == 0 {
		return
	}
	for _, list := range lists {
		for i := range list {
			if end, ok := byName[list[i].Same]; ok {
				spoken[list[i].ID] = end
			}
		}
	}
}

func taken(held []Held) []billing.Span {
	var all []billing.Span
	for _, h := range held {
		all = append(all, h.Spans...)
	}
	return billing.Union(all)
}

// roundDay applies the policy once to raw seconds: to each draft, or to each
// matter's day. Of that what is decided already has its minutes; the drafts
// share the rest. A tail of work of another day bills nothing of its own.
func roundDay(drafts []billing.Entry, tails []bool, held []Held, policy billing.RoundingPolicy) {
	byMatter := map[billing.MatterID][]int{}
	for i := range drafts {
		drafts[i].Rounding = policy
		if drafts[i].Billed = policy.Minutes(drafts[i].Worked); tails[i] {
			drafts[i].Billed = 0
		}
		byMatter[drafts[i].Matter] = append(byMatter[drafts[i].Matter], i)
	}
	if policy.Scope != billing.ScopeMatterDay {
		return
	}
	for matter, members := range byMatter {
		if matter == "" {
			continue // not one matter's day
		}
		seconds := make([]int64, len(members))
		total, decided := decidedOn(matter, held)
		tail := decided == 0
		whole := false // there is work that is no tail, which takes the minutes
		for k, i := range members {
			seconds[k] = drafts[i].Worked
			total += seconds[k]
			whole = whole || seconds[k] > 0 && !tails[i]
		}
		if tail && !whole {
			continue
		}
		for k, i := range members {
			if whole && tails[i] {
				seconds[k] = 0
			}
		}
		for k, minutes := range policy.Share(max(policy.Minutes(total)-decided, 0), seconds) {
			drafts[members[k]].Billed = minutes
		}
	}
}

// decidedOn returns the seconds worked and the minutes billed on a matter by what
// is decided.
func decidedOn(matter billing.MatterID, held []Held) (worked, billed int64) {
	for _, h := range held {
		if h.Matter == matter {
			worked, billed = worked+h.Worked, billed+h.Billed
		}
	}
	return worked, billed
}

// first returns the instant at which e begins.
func first(e billing.Entry) time.Time {
	if len(e.Spans) == 0 {
		return time.Time{}
	}
	return e.Spans[0].Start
}
