package app

import (
	"context"
	"slices"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/store"
)

// Stats tells the person, and nobody else, how good the drafts were: numbers
// alone, kept on this machine.
type Stats struct{ *Practice }

// StatsView is how the entries approved of some days compare with their drafts.
type StatsView struct {
	From           string  `json:"from"`
	To             string  `json:"to"`
	Approved       int     `json:"approved"`        // entries
	Untouched      int     `json:"untouched"`       // approved exactly as drafted
	UntouchedShare float64 `json:"untouched_share"` // 0 to 1; 0 when nothing was approved
	Narratives     int     `json:"narratives"`      // with another narrative than drafted
	Matters        int     `json:"matters"`         // on another matter than drafted, or drafted without one
	Minutes        int     `json:"minutes"`         // with other minutes than drafted
	EditShare      float64 `json:"edit_share"`      // median share of letters changed, of the narratives changed
	Discarded      int64   `json:"discarded"`       // drafts set aside
	Days           int     `json:"days"`            // days reviewed
	ReviewSeconds  int64   `json:"review_seconds"`  // median a day, counted between decisions at most three minutes apart
}

// Between returns the figures of the days from one to another, both included.
func (s Stats) Between(ctx context.Context, from, to billing.Day) (StatsView, error) {
	view := StatsView{From: from.String(), To: to.String()}
	err := s.store.View(ctx, func(tx *store.Tx) error {
		verdicts, err := tx.Verdicts(ctx, from, to)
		if err != nil {
			return err
		}
		seconds, err := tx.ReviewSeconds(ctx, from, to)
		if err != nil {
			return err
		}
		view.count(verdicts)
		view.Days, view.ReviewSeconds = len(seconds), median(seconds)
		view.Discarded, err = tx.Discarded(ctx, from, to)
		return err
	})
	return view, err
}

func (v *StatsView) count(verdicts []store.Verdict) {
	var shares []float64
	for _, x := range verdicts {
		v.Approved++
		if x.Untouched() {
			v.Untouched++
		}
		if x.Edits > 0 {
			v.Narratives++
			shares = append(shares, float64(x.Edits)/float64(x.Letters))
		}
		if x.Matter {
			v.Matters++
		}
		if x.Minutes != 0 {
			v.Minutes++
		}
	}
	if v.Approved > 0 {
		v.UntouchedShare = float64(v.Untouched) / float64(v.Approved)
	}
	v.EditShare = median(shares)
}

// median returns the middle of list, the lower one of two; zero of none.
func median[T int64 | float64](list []T) T {
	if len(list) == 0 {
		return 0
	}
	list = slices.Clone(list)
	slices.Sort(list)
	return list[(len(list)-1)/2]
}

// judge keeps how far e, which is being approved, is from its draft.
func judge(ctx context.Context, tx *store.Tx, e billing.Entry) error {
	v := store.Verdict{Entry: e.ID, WorkDate: e.WorkDate, Letters: int64(len([]rune(e.Narrative)))}
	drafted, changed, err := tx.Proposed(ctx, e.ID)
	if err != nil {
		return err
	}
	if changed {
		a, b := []rune(drafted.Narrative), []rune(e.Narrative)
		v.Letters, v.Edits = int64(max(len(a), len(b))), distance(a, b)
		v.Matter, v.Minutes = drafted.Matter != e.Matter, e.Billed-drafted.Billed
	}
	return tx.PutVerdict(ctx, v)
}

// distance is the least number of letters to add, remove or replace that makes
// b of a (Levenshtein 1966).
func distance(a, b []rune) int64 {
	row := make([]int64, len(b)+1)
	for j := range row {
		row[j] = int64(j)
	}
	for i, x := range a {
		corner := row[0]
		row[0] = int64(i) + 1
		for j, y := range b {
			cost := corner
			if x != y {
				cost++
			}
			corner = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
