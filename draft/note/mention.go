package note

import (
	"slices"
	"strings"
)

// mention is a place in the line that names a matter, or someone of one.
type mention struct {
	keyword  bool // it is nothing but a word that a matter is known by
	from, to int
	matters  map[int]int // by weight
	person   bool
	party    bool         // it is a name, or a word of a name, of a matter
	known    map[int]bool // the matters that the person is of
	full     string       // of the person
	own      []string     // the words as the matter writes them
	said     string       // as the narrative says it, where it was said small
	code     string
	caption  bool // a whole name or number
	number   bool
}

// mentionAt reads the longest name at i that the open matters know, else the
// closed ones.
func (r *reading) mentionAt(i int) (m mention, ok bool) {
	if m, ok = r.mentionOf(r.names, i); !ok {
		m, ok = r.mentionOf(r.names.shut, i)
	}
	return m, ok
}

func (r *reading) mentionOf(n *names, i int) (m mention, ok bool) {
	if n == nil || r.tok(i).kind == line {
		return m, false
	}
	m.matters = map[int]int{}
	people := map[string]string{}
	for _, k := range n.beginning(r.tok(i).low) {
		to := r.runsTo(i, k.words)
		if to < 0 || to < m.to {
			continue
		}
		if to > m.to {
			m = mention{from: i, to: to, matters: map[int]int{}}
			people = map[string]string{}
		}
		m.own = k.own
		m.matters[k.matter] = max(m.matters[k.matter], k.weight)
		m.caption = m.caption || k.weight >= 50
		m.number = m.number || k.weight >= 100
		m.party = m.party || !k.person
		m.keyword = k.keyword && (m.keyword || len(m.matters) == 1)
		if k.person {
			if m.known == nil {
				m.known = map[int]bool{}
			}
			m.known[k.matter] = true
			m.person, m.full = true, k.full
			if old, twice := people[k.full]; twice && old != k.code {
				k.code = ""
			}
			people[k.full] = k.code
			m.code = k.code
		}
	}
	if len(people) > 1 || m.person && len(m.matters) > 1 && r.alsoOther(m) {
		m.full, m.code = string(r.said(m.from, m.to)), oneCode(people)
		for k := range m.matters {
			if !m.known[k] { // a party of a matter that the person is nobody in
				m.code = ""
			}
		}
	}
	m.level()
	return m, m.to > 0
}

// beginning returns the names that begin with the word, which may be a
// possessive.
func (n *names) beginning(low string) []known {
	low = fold(low)
	if bare, owns := strings.CutSuffix(low, "'s"); owns {
		return append(slices.Clone(n.byFirst[bare]), n.byFirst[low]...)
	}
	return n.byFirst[low]
}

// runsTo returns where words end that stand at i, -1 where they do not.
func (r *reading) runsTo(i int, words []string) int {
	for _, w := range words {
		low := fold(r.tok(i).low)
		if low != w && strings.TrimSuffix(low, "'s") != w {
			return -1
		}
		i++
	}
	return i
}

// oneCode returns the activity that all of people have, "" when they differ.
func oneCode(people map[string]string) string {
	code, first := "", true
	for _, c := range people {
		if !first && c != code {
			return ""
		}
		code, first = c, false
	}
	return code
}

// level makes m name all its matters equally well, where it is less than the
// whole name of one: a name that fits two is asked about.
func (m *mention) level() {
	if m.caption || len(m.matters) < 2 {
		return
	}
	most := 0
	for _, w := range m.matters {
		most = max(most, w)
	}
	for i := range m.matters {
		m.matters[i] = most
	}
}
