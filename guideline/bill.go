package guideline

import (
	"slices"
	"strings"

	"github.com/tenths/tenths/guideline/language"
)

// Bill is what checks of several entries look at: those of a day, a bill or
// everything, in the order given. A check sees only those that its rule is for.
type Bill struct {
	items   []*item
	setting *Setting
	events  [][]*item // as gatherings returns them, once it was asked
	looked  bool
}

// item is an entry of a bill. What is worked out of its text is kept, since
// several checks want it; one goroutine at a time looks at a bill.
type item struct {
	Reading
	words *wording
	event *event
	heard bool // event was looked for
}

func newBill(entries []Entry, setting *Setting) *Bill {
	b := &Bill{items: make([]*item, len(entries)), setting: setting}
	all := make([]item, len(entries))
	for i, e := range entries {
		all[i].Reading = take(e, setting)
		b.items[i] = &all[i]
	}
	return b
}

// only returns the bill of the entries at the given places.
func (b *Bill) only(at []int) *Bill {
	if len(at) == len(b.items) {
		return b
	}
	sub := &Bill{items: make([]*item, len(at)), setting: b.setting}
	for i, n := range at {
		sub.items[i] = b.items[n]
	}
	return sub
}

// billable returns the entries that the client would pay for.
func (b *Bill) billable() []*item {
	if !slices.ContainsFunc(b.items, func(it *item) bool { return it.Entry.NonBillable }) {
		return b.items
	}
	return slices.DeleteFunc(slices.Clone(b.items), func(it *item) bool { return it.Entry.NonBillable })
}

// matter is what keeps the work for one client apart: the matter's number or,
// where that is not known, the bill's.
func (it *item) matter() string {
	if it.Entry.Matter != "" {
		return it.Entry.Matter
	}
	return it.Entry.Bill
}

// grouped returns items by key, in the order of each group's first; items for
// which key says false are left out.
func grouped[K comparable](items []*item, key func(*item) (K, bool)) [][]*item {
	at := map[K]int{}
	var out [][]*item
	for _, it := range items {
		k, ok := key(it)
		if !ok {
			continue
		}
		n, known := at[k]
		if !known {
			n = len(out)
			at[k] = n
			out = append(out, nil)
		}
		out[n] = append(out[n], it)
	}
	return out
}

// latest returns the last of items by date: the one that can still be mended.
func latest(items []*item) *item {
	last := items[0]
	for _, it := range items[1:] {
		if !before(it.Entry.Date, last.Entry.Date) {
			last = it
		}
	}
	return last
}

// ids returns the ids of items but for that of one of them.
func ids(items []*item, but *item) []string {
	var out []string
	for _, it := range items {
		if it != but {
			out = append(out, it.Entry.ID)
		}
	}
	return out
}

// wording is the words of a narrative as a set: how alike two narratives are
// must not depend on the order of their words or on what carries no meaning.
type wording struct {
	words []uint32 // stems of the words that mean something, sorted, each once
	whole uint64   // hash of all words in their order: equal for equal texts
}

func (it *item) wording() *wording {
	if it.words == nil {
		it.words = wordingOf(&it.Text)
	}
	return it.words
}

func wordingOf(t *language.Text) *wording {
	w := &wording{whole: 14695981039346656037, words: make([]uint32, 0, len(t.Tokens))} // FNV-1a
	for i := range t.Tokens {
		tok := &t.Tokens[i]
		if tok.Kind == language.PunctToken {
			continue
		}
		w.whole = (w.whole ^ uint64(tok.Stem)) * 1099511628211
		if meaning(tok) {
			w.words = append(w.words, tok.Stem)
		}
	}
	slices.Sort(w.words)
	w.words = slices.Compact(w.words)
	return w
}

// meaning reports whether a token tells anything of what the work was about.
func meaning(tok *language.Token) bool {
	return tok.Kind != language.PunctToken && tok.Func == language.NoFunc && !tok.Aspect && tok.Kinds&language.Anaphor == 0
}

// shared returns how many words both have.
func (w *wording) shared(v *wording) int { return sharedWords(w.words, v.words) }

func sharedWords(a, b []uint32) int {
	n := 0
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n, i, j = n+1, i+1, j+1
		}
	}
	return n
}

// alike returns the share of the words of both that both have, 0 to 1 (the
// Jaccard index).
func (w *wording) alike(v *wording) float64 {
	n := w.shared(v)
	all := len(w.words) + len(v.words) - n
	if all == 0 {
		return 0
	}
	return float64(n) / float64(all)
}

// lastWord returns the last word of a token, in lower case: "conference" of
// "Telephone conference".
func lastWord(t *language.Text, from, to int) string {
	word := t.Source[from:to]
	return strings.ToLower(word[strings.LastIndexByte(word, ' ')+1:])
}

func wordSet(list string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(list) {
		out[w] = true
	}
	return out
}
