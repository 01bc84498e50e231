package note

// header reads what says the matter of the whole line: "for Rivera: …",
// "Rivera - …", "… all on Rivera".
func (r *reading) header() {
	i := 0
	for r.isDead(i) || r.tok(i).is("for", "on", "re", "the", "in", "matter", "ok", "okay", "so", "file") || r.tok(i).is(",") {
		i++
	}
	lead := i > 0 && r.tok(0).is("for", "on", "re", "in")
	if m, ok := r.mentionAt(i); ok {
		to := r.nameEnd(m)
		for r.tok(to).is("matter", "case", "file") {
			to++
		}
		if k := r.pastDead(to); r.tok(k).is(":", ",", "-") {
			to = k // Rivera two hours: one on the brief, one on the exhibits
		}
		mark := r.tok(to).is(":", ";") || r.tok(to).is("-") && !r.tok(to).glued || r.tok(to).is(",") && (lead || m.caption || i == 0 && (!m.person || m.party) && (r.starts(to+1) || r.knownTalk(to+1) > to+1)) || r.tok(to).kind == line && to < len(r.toks)
		if id := r.decide(m.matters); mark && id >= 0 {
			r.all = r.idOf(id)
			r.dead = append(r.dead, [2]int{0, to + 1})
		}
	}
	for i := range r.toks {
		r.allOn(i)
	}
}

var allWords = [][]string{{"all", "of", "it"}, {"all", "of", "this"}, {"all", "of", "that"}, {"all", "of", "these"}, {"all", "of", "them"}, {"all", "this"}, {"all", "that"}, {"all"}, {"everything"}, {"both"}, {"all", "time"}}

func (r *reading) allOn(i int) {
	n := r.run(i, allWords)
	if n == 0 || r.tok(i-1).kind == word && !r.tok(i-1).is("and") && !r.timedBefore(i) {
		return
	}
	j := i + n
	for r.tok(j).is("is", "was", "were", "are", "goes", "go", "to") {
		j++
	}
	if !r.tok(j).is("on", "for", "in", "under", "to", "re") && !r.tok(j-1).is("to") {
		return
	}
	if !r.tok(j - 1).is("to") {
		j++
	}
	for r.tok(j).is("the", "matter", "file", "#") {
		j++
	}
	m, ok := r.mentionAt(j)
	if !ok {
		return
	}
	to := m.to
	for r.tok(to).is("matter", "case", "file") {
		to++
	}
	if id := r.decide(m.matters); id >= 0 && !prepositions[r.tok(to).low] && (r.tok(to).kind != word || r.starts(to)) {
		r.all = r.idOf(id)
		r.dead = append(r.dead, [2]int{i, to})
	}
}

// pastDead returns the first token from i on that still says something.
func (r *reading) pastDead(i int) int {
	for r.isDead(i) {
		i++
	}
	return i
}
