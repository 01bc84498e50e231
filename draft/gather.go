package draft

import (
	"cmp"
	"maps"
	"math"
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
// sessions of the day, a meeting, the mail of a matter. Small work on a matter
// shares one draft, so that nobody bills a tenth for each message or each call
// of three minutes, and mail that fits no matter shares rows. The groups are in the
// order of their first pieces.
func gather(pieces []piece, mail rows, in Input) []group {
	at := make(map[workKey]int, len(pieces))
	groups := make([]group, 0, len(pieces))
	for _, p := range pieces {
		key := keyOf(p)
		switch row, ok := mail[p.obs.ID]; {
		case slices.Contains(in.Apart, p.obs.ID):
			p.matter, key = "", workKey{kind: "apart"}
		case ok && p.matter == "" && !p.asked():
			key = workKey{kind: "row", which: row}
		case p.matter == "" && p.asked() && isMail(p.obs): // one row a question
			key.which = p.ask.Text
		}
		i, ok := at[key]
		if !ok {
			i = len(groups)
			at[key] = i
			groups = append(groups, group{matter: p.matter})
		}
		groups[i].pieces = append(groups[i].pieces, p)
	}
	groups = shareSmall(groups, in.Policy.Alone)
	for _, g := range groups {
		slices.SortStableFunc(g.pieces, func(a, b piece) int {
			return cmp.Or(a.start().Compare(b.start()), strings.Compare(string(a.obs.ID), string(b.obs.ID)))
		})
	}
	return groups
}

// workKey names a piece of work: of what kind, on which matter, and which.
type workKey struct {
	kind   string
	matter billing.MatterID
	which  string
}

// keyOf names the work that p is part of. Without a matter, only what belongs
// together by itself is gathered: a conversation, a document.
//
// What is asked about is not mixed with what is sure.
func keyOf(p piece) workKey {
	key := ofOneKind(p)
	if p.asked() {
		key.kind = "asked " + key.kind
	}
	return key
}

func ofOneKind(p piece) workKey {
	id := string(p.obs.ID)
	switch {
	case isMail(p.obs):
		return workKey{"mail", p.matter, cmp.Or(p.obs.Thread, id)}
	case isDocument(p.obs):
		return workKey{"document", p.matter, cmp.Or(p.obs.Thread, string(p.obs.Path), id)}
	case p.obs.Kind == billing.KindTimer: // with all its segments
		return workKey{"timer", p.matter, cmp.Or(p.obs.Thread, id)}
	}
	return workKey{"other", "", id}
}

// shareSmall joins the work on a matter that took less than alone each. What
// took no known time at all stays by itself, since it asks for its minutes, but
// for mail, which was read within time that is counted already. So does a note:
// the person told it by itself.
func shareSmall(groups []group, alone time.Duration) []group {
	small := map[billing.MatterID]int{}
	out := groups[:0]
	for _, g := range groups {
		seconds := g.seconds()
		lead := g.pieces[0].obs
		if g.matter == "" || seconds >= int64(alone/time.Second) || seconds == 0 && !isMail(lead) || lead.Kind == billing.KindNote || g.pieces[0].asked() {
			out = append(out, g)
			continue
		}
		if i, ok := small[g.matter]; ok {
			out[i].pieces = append(out[i].pieces, g.pieces...)
			continue
		}
		small[g.matter] = len(out)
		out = append(out, g)
	}
	return out
}

func (g group) seconds() int64 {
	var n int64
	for _, p := range g.pieces {
		n += p.seconds()
	}
	return n
}

// entry makes the draft of g, all but its billed minutes.
func (g group) entry(in Input, d *Drafter) (billing.Entry, narrate.Facts) {
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
		if p.asked() && !slices.Contains(e.Asks, p.ask) {
			e.Asks = append(e.Asks, p.ask)
		}
	}
	e.Spans = billing.Union(e.Spans)
	e.Worked = billing.TotalSeconds(e.Spans)
	e.Candidates = g.candidates(d)
	if len(e.Candidates) > 0 && e.Matter != "" {
		e.Confidence, e.Reasons = e.Candidates[0].Confidence, e.Candidates[0].Reasons
	}
	m, ok := d.matters[g.matter]
	if ok {
		e.NonBillable = m.Internal
		e.Rate = d.timekeeper.RateOn(m, in.Day)
	}
	facts := g.narrate(m, d.narrator, &e)
	return e, facts
}

// leastShown is the confidence under which a matter is not worth a look.
const leastShown = 0.15

// candidates returns the best three matters over all pieces of g that are worth
// a look, each with the confidence of the piece that shows it best; of a row,
// whose conversations may belong to different matters, with the mean. What no
// reason speaks for is not shown: nobody could judge it. The order is the same
// whatever the order of the pieces: a key chooses by it.
func (g group) candidates(d *Drafter) []billing.Candidate {
	best, sum := map[billing.MatterID]billing.Candidate{}, map[billing.MatterID]float64{}
	for _, p := range g.pieces {
		for _, c := range p.candidates {
			if (c.Confidence < leastShown || len(c.Reasons) == 0) && c.Matter != g.matter {
				continue
			}
			sum[c.Matter] += c.Confidence
			if known, ok := best[c.Matter]; !ok || c.Confidence > known.Confidence {
				best[c.Matter] = c
			}
		}
	}
	if g.isRow() {
		for m, c := range best {
			c.Confidence = math.Round(1000*sum[m]/float64(len(g.pieces))) / 1000
			if best[m] = c; c.Confidence < leastShown {
				delete(best, m)
			}
		}
	}
	out := slices.SortedFunc(maps.Values(best), func(a, b billing.Candidate) int {
		return cmp.Or(cmp.Compare(btoi(b.Matter == g.matter), btoi(a.Matter == g.matter)), d.likelier(a, b))
	})
	return out[:min(3, len(out))]
}

// isRow reports whether g is mail of several conversations that fits no matter.
func (g group) isRow() bool {
	first := g.pieces[0].obs
	return g.matter == "" && slices.ContainsFunc(g.pieces, func(p piece) bool {
		return isMail(p.obs) && cmp.Or(p.obs.Thread, string(p.obs.ID)) != cmp.Or(first.Thread, string(first.ID))
	})
}

// likelier orders candidates: the surer first, of equal ones the matter with the
// lower number.
func (d *Drafter) likelier(a, b billing.Candidate) int {
	return cmp.Or(cmp.Compare(b.Confidence, a.Confidence),
		cmp.Compare(d.matters[a.Matter].Number, d.matters[b.Matter].Number), cmp.Compare(a.Matter, b.Matter))
}

// narrate says what the work of g was, and returns the facts that it rests on.
// Small work of several kinds is told kind by kind; the codes are those of the
// kind that took longest.
func (g group) narrate(m billing.Matter, n narrate.Narrator, e *billing.Entry) narrate.Facts {
	parts := g.parts()
	told := make([]narrate.Facts, len(parts))
	lead, longest := 0, int64(-1)
	for i, part := range parts {
		told[i] = n.Facts(m, part.seen())
		if s := part.seconds(); s > longest {
			lead, longest = i, s
		}
	}
	facts := narrate.Together(lead, told...)
	n.Tell(&facts, e)
	return facts
}

// parts takes g apart into what is told together: all mail, each document, and
// each other piece of work.
func (g group) parts() []group {
	if len(g.pieces) < 2 {
		return []group{g}
	}
	at := map[workKey]int{}
	var out []group
	for _, p := range g.pieces {
		key := keyOf(p)
		if key.kind == "mail" {
			key.which = ""
		}
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key] = i
			out = append(out, group{matter: g.matter})
		}
		out[i].pieces = append(out[i].pieces, p)
	}
	return out
}

// seen returns the observations of g, by start.
func (g group) seen() []billing.Observation {
	out := make([]billing.Observation, len(g.pieces))
	for i, p := range g.pieces {
		out[i] = *p.obs
	}
	return out
}

func isMail(o *billing.Observation) bool {
	return o.Kind == billing.KindMailSent || o.Kind == billing.KindMailReceived
}

func isDocument(o *billing.Observation) bool {
	return o.Kind == billing.KindEdit || o.Kind == billing.KindReview || o.Kind == billing.KindExport
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}
