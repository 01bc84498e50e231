package narrate

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/prose"
)

// handling is what was seen of one document and its versions in a day.
type handling struct {
	key                     string
	edits, reviews, exports []billing.ObservationID
	saves                   int64
	appeared                bool // all that is known is that a PDF was there at some moment
	name, path              string
}

// documents narrates a day's work on documents, each with its versions. Saves
// show drafting and revising, a lock without a save shows reading; a document
// that was edited was read for that.
func documents(v *view, seen []billing.Observation) []Clause {
	var all []handling
	for at := range seen {
		o := &seen[at]
		key := cmp.Or(o.Thread, string(o.Path), string(o.Subject))
		i := slices.IndexFunc(all, func(h handling) bool { return h.key == key })
		if i < 0 {
			i = len(all)
			all = append(all, handling{key: key, appeared: true})
		}
		all[i].add(o)
	}
	var out []Clause
	for _, h := range all {
		c := h.clause(v)
		if i := slices.IndexFunc(out, func(x Clause) bool { return x.Act == c.Act }); i >= 0 {
			out[i].Objects = append(out[i].Objects, c.Objects...)
			out[i].Evidence = append(out[i].Evidence, c.Evidence...)
			continue
		}
		out = append(out, c)
	}
	return out
}

func (h *handling) add(o *billing.Observation) {
	switch o.Kind {
	case billing.KindEdit:
		h.edits = append(h.edits, o.ID)
		h.saves += max(o.Saves, 1)
	case billing.KindReview:
		h.reviews = append(h.reviews, o.ID)
	default:
		h.exports = append(h.exports, o.ID)
	}
	if o.Kind == billing.KindEdit || h.name == "" { // the last that was edited, else the first seen
		h.path = string(o.Path)
		h.name = string(o.Subject)
		if h.name == "" && h.path != "" {
			h.name = path.Base(prose.Slashed(h.path))
		}
	}
	h.appeared = h.appeared && o.Span.Empty() && strings.EqualFold(path.Ext(prose.Slashed(string(o.Path))), ".pdf")
}

// evidence returns all that was seen, edits first.
func (h *handling) evidence() []billing.ObservationID {
	if len(h.reviews) == 0 && len(h.exports) == 0 {
		return h.edits
	}
	return slices.Concat(h.edits, h.reviews, h.exports)
}

func (h *handling) clause(v *view) Clause {
	t := v.readTitle(h.name, h.path)
	c := Clause{Objects: []Object{t.object(slices.Clip(h.evidence()))}}
	switch {
	case h.saves == 1 && h.appeared:
		c.Act, c.Evidence = SavedOnce, slices.Clip(h.edits)
	case h.saves == 1, h.saves > 0 && t.given():
		c.Act, c.Evidence = Revised, slices.Clip(h.edits)
	case h.saves > 1:
		c.Act, c.Evidence = Drafted, slices.Clip(h.edits)
	case len(h.reviews) > 0:
		c.Act, c.Evidence = Reviewed, slices.Clip(h.reviews)
	default:
		c.Act, c.Evidence = Exported, slices.Clip(h.exports)
	}
	return c
}

func (t title) object(evidence []billing.ObservationID) Object {
	o := Object{Kind: t.kind, Marks: t.marks, Evidence: evidence}
	if t.telling() {
		o.Title = billing.Privileged(t.text)
	}
	return o
}

// given reports whether a title shows that the document was there before: it
// is a redline of another, or signed. Saving it is no drafting.
func (t title) given() bool {
	for _, m := range t.marks {
		if m == "signed" || m == "executed" || m == "filed" || m == "conformed" || strings.HasSuffix(m, "comments") || strings.HasSuffix(m, "edits") ||
			strings.HasSuffix(m, "changes") || strings.HasSuffix(m, "redline") {
			return true
		}
	}
	var buf few
	return givenWords.has(appendWords(buf[:0], t.text))
}

var givenWords = newRuns("redline", "redlined", "redlines", "track changes", "tracked changes", "markup", "mark up")
