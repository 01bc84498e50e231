package narrate

import (
	"strings"

	"github.com/tenths/tenths/billing"
)

// Habits are the codes that a person gave to work, as a [Prior] learned from
// their choices. It is a value to be kept as JSON; its zero value knows nothing.
type Habits struct {
	Chosen map[string]Habit `json:"chosen,omitempty"`
}

// Habit is a pair of codes that was chosen, and how often in a row.
type Habit struct {
	Codes
	Seen int `json:"seen"`
}

// Choose remembers that the work f was given codes. On one matter that counts at
// once; for the same kind of work elsewhere, from the second time in a row.
func (h *Habits) Choose(f Facts, codes Codes) {
	kind := f.Kind()
	if len(f.Clauses) == 0 || kind == "" { // nothing to know such work by
		return
	}
	if h.Chosen == nil {
		h.Chosen = map[string]Habit{}
	}
	for _, m := range [...]billing.MatterID{f.Matter, ""} {
		key := habitKey(m, f.Clauses[0].Act, kind)
		old := h.Chosen[key]
		if old.Codes != codes {
			old = Habit{Codes: codes}
		}
		old.Seen = min(old.Seen+1, 1000)
		h.Chosen[key] = old
	}
}

// Forget drops what was chosen on one matter.
func (h *Habits) Forget(m billing.MatterID) {
	for key := range h.Chosen {
		if strings.HasPrefix(key, string(m)+"|") {
			delete(h.Chosen, key)
		}
	}
}

// Codes implements [Prior]. Task codes go by the sort of matter, so only the
// activity is carried over from other matters.
func (h *Habits) Codes(m billing.MatterID, act Act, kind Kind) Codes {
	if h == nil || kind == "" {
		return Codes{}
	}
	if own, ok := h.Chosen[habitKey(m, act, kind)]; ok && m != "" {
		return own.Codes
	}
	if any := h.Chosen[habitKey("", act, kind)]; any.Seen >= consistent {
		return Codes{Activity: any.Activity}
	}
	return Codes{}
}

func habitKey(m billing.MatterID, act Act, kind Kind) string {
	return string(m) + "|" + string(act) + "|" + string(kind)
}
