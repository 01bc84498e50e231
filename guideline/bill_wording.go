package guideline

import (
	"fmt"
	"slices"
	"strings"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/guideline/language"
)

// matterDay is a matter's day.
type matterDay struct {
	matter string
	day    billing.Day
}

func matterDayOf(it *item) (matterDay, bool) {
	return matterDay{it.matter(), it.Entry.Date}, !it.Entry.Date.IsZero()
}

func checkDuplicate(b *Bill, r Rule) []Finding {
	alike := r.Params.Float("alike")
	var out []Finding
	for _, day := range grouped(b.billable(), matterDayOf) {
		if len(day) < 2 {
			continue
		}
		for _, same := range nearlySame(day, alike) {
			out = append(out, duplicateFindings(same)...)
		}
	}
	return out
}

// duplicateFindings says of entries of one day with the same wording what is
// wrong with all but the first.
func duplicateFindings(same []*item) []Finding {
	var out []Finding
	for i, it := range same[1:] {
		earlier := same[:i+1]
		own := slices.IndexFunc(earlier, func(o *item) bool { return o.Entry.Timekeeper == it.Entry.Timekeeper })
		f := Finding{Entry: it.Entry.ID, To: len(it.Entry.Narrative)}
		switch {
		case own >= 0 && earlier[own].Entry.Minutes == it.Entry.Minutes:
			f.Others = []string{earlier[own].Entry.ID}
			f.Message = "Another entry of this timekeeper and day has this wording and time. Remove one, or say what each was."
			f.Question = "Was this work done twice, or entered twice?"
			f.Fix = it.nonBillable()
		case own >= 0:
			f.Others = []string{earlier[own].Entry.ID}
			f.Message = "Another entry of this timekeeper and day has this wording. Say what this one was, or put both into one."
			f.Question = "What was different about this work?"
		case it.attended() != nil || len(it.wording().words) < leastToCompare:
			continue // several at one event, or so little said that it may be anything
		default:
			f.Others = ids(earlier, it)
			f.Message = "Another timekeeper has this wording on the same day. It reads as the same work done twice; say what each did."
			f.Question = "What did this timekeeper do that the other did not?"
		}
		out = append(out, f)
	}
	return out
}

// leastToCompare is how many words with a meaning two timekeepers' entries
// need before being alike says anything.
const leastToCompare = 3

// nearlySame returns the sets of items whose wordings are alike, in their order.
// It compares only those that share one of the few words that they would have
// to share (prefix filtering), so that many entries cost little more than each.
func nearlySame(items []*item, alike float64) [][]*item {
	var heads []*item // the first of each set
	sets := map[*item][]*item{}
	exact := map[uint64]*item{}
	byWord := map[uint32][]*item{}
	for _, it := range items {
		w := it.wording()
		if len(w.words) == 0 {
			continue
		}
		if head := exact[w.whole]; head != nil {
			sets[head] = append(sets[head], it)
			continue
		}
		n := len(w.words) - int(alike*float64(len(w.words))) + 1
		prefix := w.words[:min(n, len(w.words))]
		head := closest(w, prefix, byWord, alike)
		if head == nil {
			head = it
			heads = append(heads, it)
			for _, word := range prefix {
				byWord[word] = append(byWord[word], it)
			}
		}
		exact[w.whole] = head
		sets[head] = append(sets[head], it)
	}
	var out [][]*item
	for _, head := range heads {
		if len(sets[head]) > 1 {
			out = append(out, sets[head])
		}
	}
	return out
}

func closest(w *wording, prefix []uint32, byWord map[uint32][]*item, alike float64) *item {
	for _, word := range prefix {
		candidates := byWord[word]
		if len(candidates) > maxCandidates {
			candidates = candidates[len(candidates)-maxCandidates:]
		}
		for _, head := range candidates {
			if w.alike(head.words) >= alike {
				return head
			}
		}
	}
	return nil
}

// maxCandidates bounds with how many entries of a day that share a word one is
// compared.
const maxCandidates = 32

// keeperWording is a wording of one timekeeper on one matter.
type keeperWording struct {
	keeper, matter string
	whole          uint64
}

func checkRepeated(b *Bill, r Rule) []Finding {
	repeats, series, specific := int(r.Params.Int("repeats")), int(r.Params.Int("series")), int(r.Params.Int("specific"))
	groups := grouped(b.billable(), func(it *item) (keeperWording, bool) {
		return keeperWording{string(it.Entry.Timekeeper), it.matter(), it.wording().whole}, it.Entry.Narrative != ""
	})
	var out []Finding
	for _, same := range groups {
		last := latest(same)
		days := map[billing.Day]bool{}
		for _, it := range same {
			days[it.Entry.Date] = true
		}
		if len(days) < repeats {
			continue // the same day's are for "duplicate"
		}
		f := Finding{Entry: last.Entry.ID, Others: ids(same, last), To: len(last.Entry.Narrative),
			Message:  fmt.Sprintf("%d entries have exactly this wording. It reads as copied; say what was done on each day.", len(same)),
			Question: "What was done on each of these days?"}
		if len(last.wording().words) >= specific || inSeries(&last.Text) {
			if len(days) < series {
				continue
			}
			f.Severity = Note
			f.Message = fmt.Sprintf("%d entries have exactly this wording. If each day had its own subject, name it.", len(same))
		}
		out = append(out, f)
	}
	return out
}

// inSeries reports whether a text speaks of something that comes back.
func inSeries(t *language.Text) bool {
	return slices.ContainsFunc(t.Tokens, func(tok language.Token) bool { return seriesWords[lastWord(t, tok.From, tok.To)] })
}

var seriesWords = wordSet("weekly biweekly bi-weekly monthly daily status regular standing recurring")

// document returns the paper that an entry says was worked on first, told from
// others of its kind: "motion to compel"; "" where it names none so.
func document(t *language.Text) string {
	for i := range t.Clauses {
		c := &t.Clauses[i]
		switch c.Class() {
		case language.Draft, language.Review, language.Analyze, language.Ready:
		default:
			continue
		}
		for k := range c.Objects {
			o := &c.Objects[k]
			if o.Head < 0 || t.Tokens[o.Head].Kinds&(language.Filing|language.Document) == 0 {
				continue
			}
			head := &t.Tokens[o.Head]
			if name := strings.ToLower(t.Source[head.From:head.To]); strings.Contains(name, " ") {
				return name // "motion to compel" is one word
			}
			if t.Tells(o) >= language.Concrete && o.Last-o.First > 1 {
				return strings.ToLower(t.Source[o.From:o.To])
			}
		}
	}
	return ""
}

// matterDocument is a document of a matter.
type matterDocument struct{ matter, document string }

func checkTaskTotal(b *Bill, r Rule) []Finding {
	limit, byKind := r.Params.Minutes("limit"), r.Params.Caps("documents")
	var out []Finding
	for _, items := range grouped(b.billable(), func(it *item) (matterDocument, bool) {
		doc := document(&it.Text)
		return matterDocument{it.matter(), doc}, doc != ""
	}) {
		doc := document(&items[0].Text)
		most := limit
		if own, ok := byKind[doc]; ok {
			most = own
		}
		total := int64(0)
		for _, it := range items {
			total += it.Entry.seconds()
		}
		if total <= 60*most || len(items) < 2 {
			continue
		}
		last := latest(items)
		out = append(out, Finding{Entry: last.Entry.ID, Others: ids(items, last),
			Message: fmt.Sprintf("%d entries come to %s h on the %s; the limit is %s h. Expect to be asked why it took that long.",
				len(items), inHours(total), doc, billing.FormatTenths(most)),
			Question: "What made this document take longer?"})
	}
	return out
}
