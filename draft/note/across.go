package note

import "github.com/tenths/tenths/billing"

// One piece of work may be told of several matters at once, "docket review for
// Rivera and Lin, 0.5 and 0.5": it is an entry on each, and none of them says a
// word of the others.

// across returns the part of c on each of its matters, nil where it names no
// list of them or w does not say how long each took.
func (r *reading) across(c chunk, w *when) []Part {
	if w == nil || !w.has {
		return nil
	}
	list, from, to := r.matterList(c)
	n := len(list)
	if n < 2 {
		return nil
	}
	seconds := w.shares
	switch {
	case len(seconds) == n:
	case w.each:
		seconds = make([]int64, n)
		for i := range seconds {
			seconds[i] = w.seconds
		}
	case w.split:
		weights := make([]int64, n)
		for i := range weights {
			weights[i] = 1
		}
		seconds = billing.LargestRemainder(w.seconds, weights)
	default:
		return nil
	}
	r.dead = append(r.dead, [2]int{from, to})
	out := make([]Part, n)
	for i, matter := range list {
		out[i] = r.part(c, nil)
		out[i].Matter, out[i].Worked, out[i].Estimated = r.idOf(matter), &seconds[i], w.est
		if i > 0 {
			out[i].Spans = nil
		}
	}
	return out
}

// matterList returns the matters that stand side by side in c, and the tokens of
// their list with the word that leads it.
func (r *reading) matterList(c chunk) (list []int, from, to int) {
	for _, m := range r.mentions {
		if m.from < c.from || m.to > c.to {
			continue
		}
		matter := r.decide(m.matters)
		joint := to
		for r.tok(joint).is(",", "and", "&", "/", "+") {
			joint++
		}
		switch {
		case matter < 0 || !m.party:
			list = nil
		case len(list) > 0 && joint > to && joint == m.from && list[len(list)-1] != matter:
			list, to = append(list, matter), r.nameEnd(m)
		case len(list) > 1:
			return list, r.listLead(from), r.pastColon(to)
		default:
			list, from, to = []int{matter}, m.from, r.nameEnd(m)
		}
	}
	return list, r.listLead(from), r.pastColon(to)
}

// listLead steps back over what leads to a list of matters: "for", "on both".
func (r *reading) listLead(i int) int {
	for r.tok(i-1).is("for", "on", "in", "re", "across", "between", "both", "the", "(") {
		i--
	}
	return i
}

func (r *reading) pastColon(i int) int {
	for r.tok(i).is(":", ")", "matters", "cases", "files") {
		i++
	}
	return i
}
