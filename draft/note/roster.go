package note

import (
	"slices"

	"github.com/tenths/tenths/billing"
)

// Roster is a list of matters by the words of their names. Built once, it spares
// every line a look at all of them. It may be used by several goroutines.
type Roster struct {
	matters  []billing.Matter
	byWord   map[uint32][]int32 // by the hash of a word that tells; others may have it too
	internal []int32            // which are named by no word of their own
}

// NewRoster returns the roster of matters, which must not change as long as it is
// used.
func NewRoster(matters []billing.Matter) *Roster {
	r := &Roster{matters: matters, byWord: map[uint32][]int32{}}
	for i := range matters {
		r.add(int32(i), &matters[i])
	}
	return r
}

// of reports whether r is the roster of that very list.
func (r *Roster) of(matters []billing.Matter) bool {
	return len(matters) == len(r.matters) && (len(matters) == 0 || &matters[0] == &r.matters[0])
}

func (r *Roster) add(at int32, m *billing.Matter) {
	if m.Internal {
		r.internal = append(r.internal, at)
	}
	var name func(text string)
	name = func(text string) {
		last, some, told := uint32(0), false, false
		runs(text, func(w []byte, hash uint32) bool {
			last, some = hash, true
			if tells(w) {
				told = true
				r.put(hash, at)
			}
			return true
		})
		if some && !told {
			r.put(last, at) // all its words must be said, and so its last
		}
		for _, part := range joined(text) {
			name(part)
		}
	}
	person := func(text string) {
		name(text)
		for _, short := range initialsOf(text) {
			r.put(hashOf(short), at)
		}
	}
	name(m.Number)
	name(string(m.Name))
	name(folderName(string(m.Folder)))
	for _, k := range m.Keywords {
		name(string(k))
	}
	person(string(m.Client))
	for _, c := range m.Contacts {
		person(string(c.Name))
	}
}

func (r *Roster) put(hash uint32, at int32) {
	if list := r.byWord[hash]; len(list) == 0 || list[len(list)-1] != at {
		r.byWord[hash] = append(list, at)
	}
}

// each calls look with the place of every matter that the line may name, in
// order, and with others.
func (r *Roster) each(said *spokenWords, look func(int)) {
	found := slices.Clone(r.internal)
	for w := range said.words {
		found = append(found, r.byWord[hashOf(w)]...)
	}
	for w := range said.shorts {
		found = append(found, r.byWord[hashOf(w)]...)
	}
	slices.Sort(found)
	for _, i := range slices.Compact(found) {
		look(int(i))
	}
}

// hashOf returns the hash that [runs] gives w.
func hashOf(w string) (hash uint32) {
	runs(w, func(_ []byte, h uint32) bool {
		hash = h
		return false
	})
	return hash
}
