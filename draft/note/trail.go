package note

// trailOfAll finds what stands before a dash or a colon and is said of all the
// parts after it, each of which is a time and a verb: "Voss re exhibits - 0.3 tc,
// 0.2 email".
func (r *reading) trailOfAll() {
	from := r.pastDead(0)
	joint := from
	for ; joint < from+longestTrail && joint < len(r.toks); joint++ {
		t := r.tok(joint)
		if t.is(":") || t.is("-") && !t.glued || t.kind == line || t.is(";", ".") && r.partMark(joint) || r.timeBegins(joint) {
			break
		}
	}
	if t := r.tok(joint); joint == from || !t.is(":", "-") || r.works(from) || !r.saysMore(from, joint) || !r.onlyVerbs(joint+1) {
		return
	}
	for i := from; i < joint; i++ {
		if !r.isDead(i) {
			r.trail = append(r.trail, i)
		}
	}
	r.dead = append(r.dead, [2]int{from, joint + 1})
}

// longestTrail is how many tokens may be said of all parts.
const longestTrail = 16

// saysMore reports whether more than a matter is named in [from, to).
func (r *reading) saysMore(from, to int) bool {
	m, ok := r.mentionAt(from)
	return !ok || r.nameEnd(m) < to && (m.person || r.tok(r.nameEnd(m)).is("re", "regarding"))
}

// onlyVerbs reports whether all that is said from i on are times and verbs, one
// of each to a part, in more than one part.
func (r *reading) onlyVerbs(i int) bool {
	parts, times, verbs := 0, 0, 0
	for i < len(r.toks) {
		t := r.tok(i)
		w, timed := r.timeOver(i)
		a, next := r.verbAt(i)
		_, talks := speaking[lemmas[t.low]]
		switch {
		case timed && w.has && !w.total:
			times++
			i = w.to
		case t.kind == word && (a != nil || talks):
			verbs++
			i = max(next, i+1)
		case t.kind == mark && !t.is("$", "#"), t.kind == line, t.is("and", "then"):
			i++
		default:
			return false
		}
		if times > 1 || verbs > 1 {
			return false
		}
		if times == 1 && verbs == 1 {
			parts, times, verbs = parts+1, 0, 0
		}
	}
	return parts > 1 && times == 0 && verbs == 0
}
