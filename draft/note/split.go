package note

import (
	"slices"
	"strings"
)

// A line is split where reading it costs least. Every place at which a part may
// begin has a price, and so has every chunk that is hard to read as one part: a
// time without work, work without a time, two times, a time in the middle of two
// activities. Prices only matter against each other.
const (
	priceComma = 1
	priceAnd   = 2
	priceRaw   = 4 // nothing but a time stands between
	priceRun   = 8 // reading on over a full stop or "then"

	priceNoWork   = 50
	priceTwoTimes = 60
	priceMiddle   = 20 // one activity before a time, another after it
	priceNoTime   = 10
	priceVerbOnly = 20
	priceObject   = 30 // a part that begins with "on" or "about"
	priceNoun     = 3  // a part that begins with a bare object
	priceSwallow  = 6  // a quick call within other work
	priceAlso     = 3
	priceReach    = 12 // a call within work that has its time before
)

// timeBegins reports whether a time begins at i.
func (r *reading) timeBegins(i int) bool {
	w, ok := r.timeOver(i)
	return ok && w.from == i
}

// timeOver returns the time that the token i belongs to.
func (r *reading) timeOver(i int) (when, bool) {
	if i < 0 || i >= len(r.over) || r.over[i] == 0 {
		return when{}, false
	}
	return r.whens[r.over[i]-1], true
}

// isDead reports whether the token i says nothing more. What only grew of
// r.dead since it was asked last is taken in; who takes something out of it sets
// r.masked to none.
func (r *reading) isDead(i int) bool {
	if r.masked > len(r.dead) || len(r.mask) != len(r.toks) {
		r.mask, r.masked = make([]bool, len(r.toks)), 0
	}
	if r.masked == 0 {
		clear(r.mask)
	}
	for ; r.masked < len(r.dead); r.masked++ {
		d := r.dead[r.masked]
		for k := max(d[0], 0); k < min(d[1], len(r.mask)); k++ {
			r.mask[k] = true
		}
	}
	return i >= 0 && i < len(r.mask) && r.mask[i]
}

// chunk is a run of tokens that is one part.
type chunk struct {
	from, to    int
	drop        bool // the part before it was taken back
	left, right bool // strong on that side
	object      bool // it names what was worked on, and no verb
}

// mostCuts is how many places to part a single part may hold: it bounds the
// work that a long line is.
const mostCuts = 24

// split returns the cheapest reading of the line as parts.
func (r *reading) split() []chunk {
	type way struct {
		cost int
		prev int
		last chunk
	}
	if len(r.whens) == 1 && r.whens[0].total { // one time for all that was said
		return []chunk{{from: 0, to: len(r.toks), left: true, right: true}}
	}
	cuts := r.cuts()
	n := len(cuts)
	best := make([]way, n+2) // by the cut that ends it; 0 is the beginning
	for end := 1; end <= n+1; end++ {
		best[end].cost = 1 << 30
		for start := end - 1; start >= max(0, end-mostCuts); start-- {
			c := chunk{from: 0, to: len(r.toks), left: true, right: true}
			price := 0
			if start > 0 {
				from := cuts[start-1]
				c.from, c.left, c.drop, price = from.at, from.strong, from.drop, from.price
			}
			if end <= n {
				c.to, c.right = cuts[end-1].gap, cuts[end-1].strong
			}
			if c.to < c.from {
				c.to = c.from
			}
			over := 0
			for _, k := range cuts[start:max(start, min(end-1, n))] {
				switch {
				case k.drop:
					over += 1000
				case k.strong:
					over += priceRun
				}
			}
			cost := best[start].cost + price + over + r.price(c, cuts[start:max(start, min(end-1, n))])
			if cost < best[end].cost {
				best[end] = way{cost, start, c}
			}
		}
	}
	var out []chunk
	for at := n + 1; at > 0; at = best[at].prev {
		out = append(out, best[at].last)
	}
	for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
		out[i], out[j] = out[j], out[i]
	}
	return out
}

// price returns how hard c is to read as one part; within are the cuts not
// taken in it.
func (r *reading) price(c chunk, within []cut) int {
	cost := 0
	var own []when
	for i := c.from; i < c.to; i++ {
		w, timed := r.timeOver(i)
		switch {
		case !timed:
			continue
		case w.from < c.from || w.to > c.to:
			return 1 << 20 // a time is not parted
		}
		own = append(own, w)
		i = w.to - 1
	}
	content, activities := r.contents(c)
	switch {
	case content == 0:
		cost += priceNoWork
		if len(own) == 0 {
			if c.left && c.right {
				return 0
			}
			return priceNoWork
		}
	case activities == content:
		cost += r.verbOnly(c)
	}
	timed, exact := 0, slices.ContainsFunc(own, func(w when) bool { return w.has || w.ranged })
	for _, w := range own {
		if exact && !w.has && !w.clock && !w.wrong {
			continue // all day, 6.5
		}
		if w.has || !w.clock || w.ranged {
			timed++
		}
	}
	switch {
	case timed > 1:
		cost += priceTwoTimes * (timed - 1)
	case timed == 0 && len(r.whens) == 0, timed == 0 && c.left && c.right:
		cost++
	case timed == 0 && r.maybeTimed(c):
		cost++
	case timed == 0 && r.quick(c.from):
		cost += 2
	case timed == 0:
		cost += priceNoTime
	}
	for _, w := range own {
		if r.workBetween(c.from, w.from) && r.activityAfter(w.to, c.to) && (w.has || w.ranged) {
			cost += priceMiddle
			if r.tok(w.to).kind == word && strings.HasSuffix(r.tok(w.to).low, "ing") {
				cost -= priceMiddle - priceRun // "a call, two tenths, scheduling the mediation"
			}
		}
	}
	for _, k := range within {
		switch {
		case k.strong || k.price == priceRaw || r.timeBegins(k.at):
		case r.quick(k.at):
			cost += priceSwallow
		case k.price == priceComma && len(own) > 0 && own[0].to <= k.at && r.reaches(k.at):
			cost += priceReach
		case k.price == priceComma:
			cost += priceAlso
		default:
			cost++
		}
	}
	return cost
}

// maybeTimed reports whether c ends in a number that was taken for the name of
// something and may be a time: how long it took is asked, rather than given to
// the work beside it.
func (r *reading) maybeTimed(c chunk) bool {
	i := c.to - 1
	for i > c.from && r.tok(i).kind != number && r.tok(i).kind != word {
		i--
	}
	t := r.tok(i)
	return i > c.from && t.kind == number && t.point && t.value.den == 10 && t.value.of(hour) <= longestBare
}

// contents counts the words of c that say something about the work, and how
// many of them are verbs.
func (r *reading) contents(c chunk) (content, verbs int) {
	for i := c.from; i < c.to; i++ {
		if _, timed := r.timeOver(i); timed || r.isDead(i) || r.tok(i).kind == mark || r.tok(i).kind == line || r.empty(i) {
			continue
		}
		content++
		if l, ok := lemma(r.tok(i).low); ok && verbs == content-1 && plainVerbs[l] != nil {
			verbs++
		}
	}
	return content, verbs
}

// empty reports whether the word at i says nothing about the work. A brief is
// work unless something is brief.
func (r *reading) empty(i int) bool {
	if r.tok(i+1).is("-") && r.tok(i+1).glued && r.tok(i+2).glued && r.tok(i+2).kind == number { // I-129
		return false
	}
	if r.tok(i).is("wait") && (r.tok(i+1).is("time", "for") || (r.timedBefore(i) || r.timeBegins(i+1)) && !r.tok(i+1).is(",", "no")) {
		return false
	}
	return empties[r.tok(i).low] && !r.tok(i+1).is("charge") && !(r.tok(i).is("brief") && !r.starts(i+1))
}

// verbOnly prices a part that names no object: "reviewed" of "reviewed, revised
// and finalized the lease".
func (r *reading) verbOnly(c chunk) int {
	if c.left && c.right {
		return 0
	}
	return priceVerbOnly
}

// workBetween reports whether anything was said about work in [from, to).
func (r *reading) workBetween(from, to int) bool {
	n, _ := r.contents(chunk{from: from, to: to})
	return n > 0
}

// activityAfter reports whether another activity begins at i, after marks and
// joining words.
func (r *reading) activityAfter(i, to int) bool {
	for i < to && (r.isDead(i) || r.tok(i).is(",", "-", ";", ")", "]", ".") || r.tok(i).is("and", "then", "also", "i", "we")) {
		i++
	}
	return i < to && r.starts(i)
}

// reaches reports whether somebody is called or written to at i.
func (r *reading) reaches(i int) bool {
	l, ok := lemma(r.tok(i).low)
	if _, talks := speaking[l]; !ok || !talks {
		return false
	}
	if r.tok(i+1).is("with", "w/", "to") {
		i++
	}
	_, role := r.roleAt(r.pastDeterminers(i + 1))
	return role
}

// quick reports whether the part that begins at i says that it was short, or
// names one more activity: "a quick call", "a call with".
func (r *reading) quick(i int) bool {
	t := r.tok(i)
	if t.is("quick", "brief", "short", "quickly", "briefly", "another") {
		return r.starts(i)
	}
	return t.is("a", "an", "one") && r.starts(i)
}
