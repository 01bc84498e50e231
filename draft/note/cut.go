package note

import "strings"

// cut is a place where a part may begin: at, after the connecting words from
// gap on.
type cut struct {
	gap, at int
	price   int
	strong  bool // a full stop, "then": reading on over it costs
	drop    bool // what came before was taken back
}

var connectors = [][]string{
	{",", "and", "then"}, {"and", "then"}, {",", "then"}, {"then"}, {"after", "that"}, {",", "after", "that"}, {"and", "after", "that"}, {"followed", "by"}, {",", "followed", "by"},
	{"afterwards"}, {"afterward"}, {"after", "which"}, {"finally"}, {",", "finally"}, {"and", "finally"}, {"next"}, {"plus"}, {",", "plus"}, {"on", "top", "of", "that"}, {"later"},
	{",", "later"}, {"and", "also"}, {",", "and", "also"}, {"and", "later"}, {"in", "addition"}, {"thereafter"}, {"and", "thereafter"},
}

// cuts finds where parts may begin, in order.
func (r *reading) cuts() []cut {
	var out []cut
	add := func(c cut) {
		for i := range out {
			if out[i].at == c.at {
				if c.strong && !out[i].strong || c.price < out[i].price && c.strong == out[i].strong {
					out[i] = c
				}
				return
			}
		}
		out = append(out, c)
	}
	for i := 1; i < len(r.toks); i++ {
		if c, ok := r.innerCut(i); ok {
			add(c)
		}
		if w, inside := r.timeOver(i); inside {
			if i == w.from && !w.tail {
				add(cut{gap: i, at: i, price: priceRaw})
			}
			continue
		}
		if r.isDead(i) && !r.tok(i).is(":", ".", ";") && r.tok(i).kind != line {
			continue
		}
		if c, ok := r.strongCut(i); ok {
			add(c)
			continue
		}
		if c, ok := r.weakCut(i); ok {
			add(c)
			continue
		}
		if w, inside := r.timeOver(i - 1); inside && i == w.to {
			price := priceRaw
			switch {
			case r.isDead(i), prepositions[r.tok(i).low], r.tok(i).kind == mark:
				price += priceObject
			case !r.starts(i):
				price += priceNoun
			}
			add(cut{gap: i, at: i, price: price})
		}
	}
	for i := 1; i < len(out); i++ { // by place
		for j := i; j > 0 && out[j].at < out[j-1].at; j-- {
			out[j], out[j-1] = out[j-1], out[j]
		}
	}
	return out
}

// innerCut returns where a part within the part before begins, at i.
func (r *reading) innerCut(i int) (cut, bool) {
	for _, in := range r.inner {
		if in.at == i {
			return cut{gap: in.gap, at: in.at, strong: true}, true
		}
	}
	return cut{}, false
}

// strongCut reads what ends one part for sure at i.
func (r *reading) strongCut(i int) (cut, bool) {
	t := r.tok(i)
	for _, run := range [][]string{{"scratch", "that"}, {"strike", "that"}} {
		if n := r.match(i, run); n > 0 {
			at := i + n
			for r.tok(at).is(",", ".", "-") {
				at++
			}
			gap := i
			for r.tok(gap-1).is(",", ".", "-", "no") {
				gap--
			}
			return cut{gap: gap, at: at, strong: true, drop: true}, true
		}
	}
	switch {
	case t.is(";") && r.tok(i+1).is("re", "regarding", "about"):
		return cut{}, false
	case t.kind == line, t.is(";"), t.is("|"), t.is("/", "+") && !t.glued && !r.tok(i+1).glued && (r.timedBefore(i) || r.tok(i-1).is(")") && r.timedBefore(i-1)):
		return r.strongAt(i, i+1), true
	case t.is(".") && r.sentenceEnds(i):
		return r.strongAt(i, i+1), true
	case t.is("*") && !t.glued:
		return r.strongAt(i, i+1), true
	case r.listed(i) > 0:
		return r.strongAt(i, i), true
	}
	if n := r.run(i, connectors); n > 0 {
		if loose := r.tok(i).is("next", "later", "plus", "finally"); loose && (!r.timedBefore(i) && r.tok(i-1).kind == word || !r.starts(i+n) && !r.timeBegins(i+n)) {
			return cut{}, false
		}
		return r.strongAt(i, i+n), true
	}
	return cut{}, false
}

// strongAt returns the cut of a strong separator in [gap, at) with the marks and
// joining words around it.
func (r *reading) strongAt(gap, at int) cut {
	for r.tok(at).kind == line && at < len(r.toks) || r.tok(at).is(",", ";", ".", "-", "*", ":") || r.tok(at).is("and", "then", "also", "so") {
		at++
	}
	if n := r.listed(at); n > 0 {
		at += n
	}
	for gap > 0 && (r.tok(gap-1).is(",", "and", ";") || r.tok(gap-1).is("-") && !r.tok(gap-1).glued) {
		gap--
	}
	return cut{gap: gap, at: at, strong: true}
}

// listed returns the length of the mark of a numbered list at i: "2)", "(2)", "2.".
func (r *reading) listed(i int) int {
	j := i
	if r.tok(j).is("(") {
		j++
	}
	n, c := r.tok(j), r.tok(j+1)
	if n.kind != number || n.point || len(n.text) > 2 || n.glued && j == i && i > 0 || !c.glued || r.tok(j+2).glued {
		return 0
	}
	first := i == 0 || r.tok(i-1).kind == line || r.tok(i-1).is(";", ".")
	if c.is(")") && (j > i || first || r.count(")") > r.count("(")) && (j == i || first) || c.is(".") && first && r.tok(j+2).kind != line {
		return j + 2 - i
	}
	return 0
}

func (r *reading) count(m string) (n int) {
	for _, t := range r.toks {
		if t.is(m) {
			n++
		}
	}
	return n
}

// sentenceEnds reports whether the point at i ends a sentence.
func (r *reading) sentenceEnds(i int) bool {
	next := r.tok(i + 1)
	if i+1 < len(r.toks) && next.glued && next.kind != line {
		return false
	}
	if next.kind == number && r.tok(i).glued && numbered[r.tok(i-1).low] { // par. 14.2
		return false
	}
	if r.unit(i-1) != 0 && next.kind == word && !next.capital() && !r.allSmall {
		return r.endsTimed(i)
	}
	return !r.shortens(i)
}

// endsTimed reports whether the point at i, after a unit, ends work that has its
// time after it: "reviewed lease 0.3h. called the clerk".
func (r *reading) endsTimed(i int) bool {
	if r.tok(i-2).kind != number {
		return false
	}
	_, _, _, day := r.dayAt(i + 1)
	return day && i > 2 || !r.freeAt(i-2) && r.works(i+1)
}

// shortens reports whether the point at i belongs to a word that it shortens,
// "Nina B. about", "Com. v. Boone", "Mercy Hosp. (pp. 4-9)": what follows goes on
// small, and is no work that begins.
func (r *reading) shortens(i int) bool {
	before, next := r.tok(i-1), r.tok(i+1)
	if before.kind != word || !r.tok(i).glued || r.unit(i-1) != 0 || r.meridiem(i-1) != "" {
		return false
	}
	at := i + 1
	if next.is("(", "[") {
		at++
	}
	if _, _, _, day := r.dayAt(at); day {
		return false
	}
	name := before.capital() && len(before.low) > 3 && !cutShort[before.low]
	if next.kind == word && !next.capital() && !name && r.clipped(before.low) {
		a, _ := r.verbAt(i + 1)
		told := r.starts(i+1) && (strings.HasSuffix(next.low, "ed") || strings.HasSuffix(next.low, "ing") || next.is("met", "spoke", "tc", "t/c"))
		told = told || next.is("call", "email", "conf", "meeting", "mtg") && r.tok(i+2).is("with", "w/")
		return a == nil && !told || len(before.low) < 4
	}
	if !before.capital() {
		return false
	}
	switch {
	case next.is("("):
		return r.tok(i+2).kind == word && !r.starts(i+2) || r.tok(i+2).kind == number && r.guarded(i+2, i+3)
	case next.kind != word || next.capital():
		return false
	}
	return len(before.low) == 1 || next.is("v") || prepositions[next.low] && !r.starts(i+1)
}

// clipped reports whether low is a word cut short: one that nothing here knows,
// and that ends in a consonant, as "temp", "instr" and "fin'l" do.
func (r *reading) clipped(low string) bool {
	if len(low) > 6 || len(low) < 2 || commonShort[low] || strings.ContainsAny(low[len(low)-1:], "aeiouys") {
		return cutShort[low]
	}
	if cutShort[low] {
		return true
	}
	_, known := lemmas[low]
	_, role := roles[low]
	return !known && !role && !events[low] && !common[low] && !private[low] && !plainWords[low] && !empties[low] && !prepositions[low] && low[len(low)-1] < 0x80
}

// cutShort are short forms that are known words of these tables, or end in a
// vowel or an s.
var cutShort = set(`prep req obj temp prelim admin resps docs exhs stmts misc cts mos hrs yrs pls defs atty attys invs certs corr conf disc opp rev draft-no`)

// commonShort are whole words that end as short forms do.
var commonShort = set(`will deed bail bond rent plan plea claim loan title term board budget report form file brief deal bill audit visit child school house team bank card cart
	list court client notice agent expert trust asset debt tax fee lien lot unit door dog car van job law son wife man men kid text chat doc motion petition
	order letter chart grant patent permit product project protest payment statement agreement judgment settlement argument amendment statement document
	hold hand head end year month week day night noon soon again then not yet but out in on off up down back later after over under done her him them it
	today wait work well both each all that this what which clean red green blue`)

// listGoesOn reports whether a list goes on at work after the joint at i, as in
// "calls: Gail 0.2, Denise 0.3": both have their times after them.
func (r *reading) listGoesOn(i, work int) bool {
	if r.tok(i-1).is(")", "]") {
		i--
	}
	return r.tok(work).kind == word && !prepositions[r.tok(work).low] && r.timedBefore(i) && r.trailing(work)
}

// weakCut reads a comma or "and" that may end a part: an activity or a time
// comes after it.
func (r *reading) weakCut(i int) (cut, bool) {
	t := r.tok(i)
	at := i + 1
	price := priceComma
	switch {
	case t.is(",") && r.tok(at).is("and", "&", "also"):
		at++
	case t.is(","), t.is("-") && !t.glued && !r.tok(at).glued, t.is(":") && !r.tok(at).glued:
	case t.is("and", "&", "also", "+"):
		price = priceAnd
	default:
		return cut{}, false
	}
	for r.tok(at).is("also", "then", "i", "we") {
		at++
	}
	work := at
	for r.isDead(work) && !r.isDead(i) {
		work++
	}
	caption := t.is(",") && r.tok(work).capital() && r.tok(work+1).is("v")
	if !r.timeBegins(work) && !r.starts(work) && !caption && r.knownTalk(work) == work {
		if !r.listGoesOn(i, work) {
			return cut{}, false
		}
		price += priceComma
	}
	return cut{gap: i, at: at, price: price}, true
}
