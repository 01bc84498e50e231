package app

import (
	"context"
	"maps"
	"slices"
	"sync"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/guideline"
	"github.com/tenths/tenths/store"
)

// usualDays is how far back approved entries tell what is usual: a year, so that
// it follows whoever's work changes.
const usualDays = 365

// history is how long approved work took, by its day. Approved entries are
// frozen, so that a day is read again only when it has more of them.
type history struct {
	mu   sync.Mutex
	days map[billing.Day]*usualDay
}

type usualDay struct {
	approved int
	took     map[string][]int64 // seconds by kind of work
}

// usual returns what is usual of the timekeeper's approved work of the year
// before today.
func (c Checks) usual(ctx context.Context, tx *store.Tx, today billing.Day) (map[string]guideline.Usual, error) {
	days, err := tx.EntryDays(ctx, today.Add(-usualDays), today)
	if err != nil {
		return nil, err
	}
	h := &c.history
	h.mu.Lock()
	defer h.mu.Unlock()
	maps.DeleteFunc(h.days, func(d billing.Day, _ *usualDay) bool { return days[d] == nil })
	took := map[string][]int64{}
	for _, day := range sortedDays(days) {
		approved := days[day][billing.StateApproved] + days[day][billing.StatePosted]
		known := h.days[day]
		if known == nil || known.approved != approved {
			if known, err = tookOn(ctx, tx, day, approved); err != nil {
				return nil, err
			}
			if h.days == nil {
				h.days = map[billing.Day]*usualDay{}
			}
			h.days[day] = known
		}
		for kind, seconds := range known.took {
			took[kind] = append(took[kind], seconds...)
		}
	}
	return guideline.UsualOf(took), nil
}

func tookOn(ctx context.Context, tx *store.Tx, day billing.Day, approved int) (*usualDay, error) {
	out := &usualDay{approved: approved, took: map[string][]int64{}}
	if approved == 0 {
		return out, nil
	}
	entries, err := tx.EntriesOn(ctx, day)
	for _, e := range entries {
		if !slices.Contains([]billing.EntryState{billing.StateApproved, billing.StatePosted}, e.State) {
			continue
		}
		if kind := guideline.KindOfWork(string(e.Narrative)); kind != "" {
			out.took[kind] = append(out.took[kind], 60*e.Billed)
		}
	}
	return out, err
}
