package draft

import (
	"cmp"
	"slices"
	"strings"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/people"
)

// Mail that fits no matter gathers into rows, so that a day of strangers' mail
// takes a few decisions and not one a message. A row is a draft like any other:
// it has one matter, is set aside or made private as a whole, and its seconds are
// rounded once. Conversations come together that look like one matter; then
// those with one person, then those with one organization; what is left is one
// row of other mail.

// rowShare says how many messages it takes for one more row: of so many that fit
// no matter one row stands by itself, and one more holds the rest.
const rowShare = 10

// leastLikely is the confidence from which conversations are gathered by the
// matter that they look like: rather that one than any other.
const leastLikely = 0.5

// row is conversations that want one decision.
type row struct {
	groups   []int // positions, in order
	messages int
	seconds  int64
}

func (r *row) add(at int, g group) {
	r.groups = append(r.groups, at)
	r.messages += len(g.pieces)
	r.seconds += g.seconds()
}

// gatherRows joins conversations by mail that fit no matter into rows. What is
// asked about keeps apart, in a row for each question: it wants that answer first.
func (d *Drafter) gatherRows(groups []group, policy Policy) []group {
	var loose []int
	messages := 0
	asked := map[billing.Ask]*row{}
	for i, g := range groups {
		lead := g.pieces[0]
		switch {
		case g.matter != "" || g.apart || !isMail(lead.obs):
		case lead.asked():
			if asked[lead.ask] == nil {
				asked[lead.ask] = &row{}
			}
			asked[lead.ask].add(i, g)
		default:
			loose = append(loose, i)
			messages += len(g.pieces)
		}
	}
	out := d.mostOf(d.rows(groups, loose), messages, groups, policy)
	for _, r := range asked {
		out = append(out, *r)
	}
	return joined(groups, out)
}

// mostOf returns the rows that stand by themselves, those that took longest, and
// one of all others.
func (d *Drafter) mostOf(rows []row, messages int, groups []group, policy Policy) []row {
	slices.SortStableFunc(rows, func(a, b row) int {
		return cmp.Or(cmp.Compare(b.seconds, a.seconds), cmp.Compare(b.messages, a.messages))
	})
	var rest row
	kept := rows[:0]
	for _, r := range rows {
		if len(kept) < messages/rowShare && (r.messages > 1 || r.seconds >= int64(policy.Alone.Seconds())) {
			kept = append(kept, r)
			continue
		}
		for _, i := range r.groups {
			rest.add(i, groups[i])
		}
	}
	return append(kept, rest)
}

// rows sorts the conversations at loose by what they look like, or who they are with.
func (d *Drafter) rows(groups []group, loose []int) []row {
	with := make([]string, len(groups))
	of := map[string]int{} // messages with a person
	for _, i := range loose {
		with[i] = correspondent(groups[i])
		of[with[i]] += len(groups[i].pieces)
	}
	at := map[string]int{}
	var rows []row
	for _, i := range loose {
		key := "with " + with[i]
		if c := groups[i].candidates(d); len(c) > 0 && c[0].Confidence >= leastLikely {
			key = "like " + string(c[0].Matter)
		} else if host := people.Host(with[i]); of[with[i]] == 1 && host != "" && !people.Anyones[host] && !d.own[host] {
			key = "at " + host
		}
		k, ok := at[key]
		if !ok {
			k = len(rows)
			at[key] = k
			rows = append(rows, row{})
		}
		rows[k].add(i, groups[i])
	}
	return rows
}

// joined returns the groups with those of each row made one, at the place of the
// row's first.
func joined(groups []group, rows []row) []group {
	gone := make([]bool, len(groups))
	for _, r := range rows {
		slices.Sort(r.groups)
		for k, i := range r.groups {
			if k > 0 {
				into := &groups[r.groups[0]]
				into.pieces = append(into.pieces, groups[i].pieces...)
				gone[i] = true
			}
		}
	}
	out := groups[:0]
	for i, g := range groups {
		if !gone[i] {
			out = append(out, g)
		}
	}
	return out
}

// correspondent returns whom most of the messages of g were with: who wrote, or
// whom the timekeeper wrote to first; "" when nobody is known. Of equals it is
// the one with the lower address.
func correspondent(g group) string {
	count := map[string]int{}
	for _, p := range g.pieces {
		if who := other(p.obs); who != "" {
			count[who]++
		}
	}
	best := ""
	for who, n := range count {
		if best == "" || n > count[best] || n == count[best] && who < best {
			best = who
		}
	}
	return best
}

// other returns who o is with, as an address or else as a name.
func other(o *billing.Observation) string {
	want := billing.RoleTo
	if o.Kind == billing.KindMailReceived {
		want = billing.RoleFrom
	}
	for _, p := range o.With {
		if p.Role == want {
			return strings.ToLower(p.Label())
		}
	}
	return ""
}
