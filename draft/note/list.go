package note

// lister gives the people of a list the verb that leads it: "calls: Gail 0.2,
// Denise 0.3", "emails to the clerk 0.1, the bailiff 0.2".
type lister struct {
	*reading
	head  []int // the tokens that lead
	colon bool  // they end in a colon, and lead whatever follows
}

// lead returns the tokens that lead c as they led the part before; ended says
// that the part before was ended for sure.
func (l *lister) lead(c chunk, ended bool) []int {
	i := l.live(c.from, c.to)
	if i >= c.to {
		return nil
	}
	if l.starts(i) || l.eventAt(i) {
		l.head, l.colon = l.headOf(i, c.to)
		return nil
	}
	if len(l.head) == 0 || ended && !l.colon {
		l.head = nil
		return nil
	}
	list, next := l.people(l.pastDeterminers(i), c.to, false)
	if len(list) > 0 && (next >= c.to || !l.starts(next)) {
		return l.head
	}
	if _, talks := speaking[lemmas[l.tok(l.head[0]).low]]; l.colon && !talks && l.tok(i).kind == word {
		return l.head
	}
	l.head = nil
	return nil
}

// live returns the first token in [i, to) that says something of the work.
func (l *lister) live(i, to int) int {
	for i < to {
		if w, timed := l.timeOver(i); timed {
			i = w.to
			continue
		}
		if !l.isDead(i) && l.tok(i).kind == word && !l.tok(i).is("and", "then", "also", "i", "we") {
			return i
		}
		i++
	}
	return i
}

// headOf returns the words at i that may lead a list: those before a colon, or
// before the first of the people.
func (l *lister) headOf(i, to int) (head []int, colon bool) {
	_, talks := speaking[lemmas[l.tok(i).low]]
	for k := i; k < to && k < i+4; k++ {
		if l.tok(k).is(":") && k > i {
			return head, true
		}
		if _, timed := l.timeOver(k); timed || l.tok(k).kind != word {
			return nil, false
		}
		if talks && k > i && l.peopleFirst(k, to) {
			return head, false
		}
		head = append(head, k)
	}
	return nil, false
}

func (l *lister) peopleFirst(i, to int) bool {
	list, _ := l.people(l.pastDeterminers(i), to, false)
	return len(list) > 0
}
