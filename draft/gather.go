package draft

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/narrate"
)

// group is the pieces that become one draft.
type group struct {
	matter billing.MatterID
	pieces []piece // by start
}

// gather puts pieces together that are one piece of work: a document's edit
// sessions of the day, a meeting, the mail of a matter. Small conversations on
// a matter share one draft, so that nobody bills a tenth for each message.
func gather(pieces []piece, policy Policy) []group {
	byKey := map[string]*group{}
	for _, p := range pieces {
		key := groupKey(p)
		if byKey[key] == nil {
			byKey[key] = &group{matter: p.matter}
		}
		byKey[key].pieces = append(byKey[key].pieces, p)
	}
	shareSmallMail(byKey, policy.Alone)
	out := make([]group, 0, len(byKey))
	for _, key := range slices.Sorted(maps.Keys(byKey)) {
		g := byKey[key]
		slices.SortStableFunc(g.pieces, func(a, b piece) int {
			return cmp.Or(a.start().Compare(b.start()), strings.Compare(string(a.obs.ID), string(b.obs.ID)))
		})
		out = append(out, *g)
	}
	return out
}

// groupKey names the work that p is part of. Without a matter, only what
// belongs together by itself is gathered: a conversation, a document.
func groupKey(p piece) string {
	id := string(p.obs.ID)
	switch {
	case isMail(p.obs):
		return "mail|" + string(p.matter) + "|" + cmp.Or(p.obs.Thread, id)
	case isDocument(p.obs):
		return "document|" + string(p.matter) + "|" + cmp.Or(p.obs.Thread, string(p.obs.Path), id)
	case p.obs.Kind == billing.KindTimer: // with all its segments
		return "timer|" + string(p.matter) + "|" + cmp.Or(p.obs.Thread, id)
	case p.obs.Kind == billing.KindMeeting:
		return "meeting|" + string(p.matter) + "|" + id
	}
	return "other|" + id
}

// shareSmallMail joins the conversations of a matter that took less than alone
// each.
func shareSmallMail(byKey map[string]*group, alone time.Duration) {
	for _, key := range slices.Sorted(maps.Keys(byKey)) {
		g := byKey[key]
		if !isMail(g.pieces[0].obs) || g.matter == "" || g.seconds() >= int64(alone/time.Second) {
			continue
		}
		shared := "mail|" + string(g.matter)
		if byKey[shared] == nil {
			byKey[shared] = &group{matter: g.matter}
		}
		byKey[shared].pieces = append(byKey[shared].pieces, g.pieces...)
		delete(byKey, key)
	}
}

func (g group) seconds() int64 {
	var n int64
	for _, p := range g.pieces {
		n += p.seconds()
	}
	return n
}

// entry makes the draft of g, all but its billed minutes.
func (g group) entry(in Input, matters map[billing.MatterID]billing.Matter, n narrate.Narrator) billing.Entry {
	e := billing.Entry{
		WorkDate: in.Day,
		Zone:     in.Zone.String(),
		Matter:   g.matter,
		State:    billing.StateDrafted,
	}
	for _, p := range g.pieces {
		e.Spans = append(e.Spans, p.spans...)
		e.Evidence = append(e.Evidence, p.obs.ID)
		e.Estimated = e.Estimated || (p.estimated && len(p.spans) > 0)
	}
	e.Spans = billing.Union(e.Spans)
	e.Worked = billing.TotalSeconds(e.Spans)
	e.Candidates = g.candidates()
	if len(e.Candidates) > 0 && e.Matter != "" {
		e.Confidence, e.Reasons = e.Candidates[0].Confidence, e.Candidates[0].Reasons
	}
	m, ok := matters[g.matter]
	if ok {
		e.NonBillable = m.Internal
		e.Rate = in.Timekeeper.RateFor(m)
	}
	n.Narrate(m, g.seen(), &e)
	return e
}

// candidates returns the best three matters over all pieces of g, each with
// the confidence of the piece that shows it best.
func (g group) candidates() []billing.Candidate {
	best := map[billing.MatterID]billing.Candidate{}
	var order []billing.MatterID
	for _, p := range g.pieces {
		for _, c := range p.candidates {
			known, ok := best[c.Matter]
			if !ok {
				order = append(order, c.Matter)
			}
			if !ok || c.Confidence > known.Confidence {
				best[c.Matter] = c
			}
		}
	}
	out := make([]billing.Candidate, len(order))
	for i, m := range order {
		out[i] = best[m]
	}
	slices.SortStableFunc(out, func(a, b billing.Candidate) int {
		if (a.Matter == g.matter) != (b.Matter == g.matter) {
			return cmp.Compare(btoi(b.Matter == g.matter), btoi(a.Matter == g.matter))
		}
		return cmp.Compare(b.Confidence, a.Confidence)
	})
	return out[:min(3, len(out))]
}

// seen returns the observations of g, by start.
func (g group) seen() []billing.Observation {
	out := make([]billing.Observation, len(g.pieces))
	for i, p := range g.pieces {
		out[i] = p.obs
	}
	return out
}

func isMail(o billing.Observation) bool {
	return o.Kind == billing.KindMailSent || o.Kind == billing.KindMailReceived
}

func isDocument(o billing.Observation) bool {
	return o.Kind == billing.KindEdit || o.Kind == billing.KindReview || o.Kind == billing.KindExport
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
