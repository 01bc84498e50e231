package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/store"
)

// maxMinutes is the longest entry that can be billed on one day.
const maxMinutes = 24 * 60

// Accept marks a draft as looked at and agreed with.
func (r Review) Accept(ctx context.Context, id billing.EntryID) error {
	return r.decide(ctx, "accept", id, func(_ *store.Tx, e *billing.Entry) error {
		e.Accepted = true
		return nil
	})
}

// Edit is what a person changes about a draft; nil leaves a field as it is.
type Edit struct {
	Matter    *string // number; "" takes the matter away
	Narrative *string
	Minutes   *int64
	Task      *string // UTBMS code; "" for none
	Activity  *string
}

// Edit changes a draft. All of it happens, or none.
func (r Review) Edit(ctx context.Context, id billing.EntryID, change Edit) error {
	what := []string{}
	if change.Matter != nil {
		what = append(what, "matter")
	}
	if change.Narrative != nil {
		what = append(what, "narrative")
	}
	if change.Minutes != nil {
		what = append(what, "minutes")
	}
	if change.Task != nil || change.Activity != nil {
		what = append(what, "codes")
	}
	return r.decide(ctx, "change of "+strings.Join(what, " and "), id, func(tx *store.Tx, e *billing.Entry) error {
		if change.Matter != nil {
			if err := r.setMatter(ctx, tx, e, *change.Matter); err != nil {
				return err
			}
		}
		if change.Narrative != nil {
			text := strings.Join(strings.Fields(*change.Narrative), " ")
			if text == "" {
				return invalid("the narrative is empty; say what was done, or discard the draft")
			}
			e.Narrative, e.Phrases = billing.Privileged(text), nil
			e.Answer(billing.AskWords)
		}
		if change.Minutes != nil {
			if *change.Minutes < 1 || *change.Minutes > maxMinutes {
				return invalid(fmt.Sprintf("%d minutes cannot be billed; give 1 to %d", *change.Minutes, maxMinutes))
			}
			e.Billed = *change.Minutes
			e.Answer(billing.AskTime)
		}
		if change.Task != nil {
			e.TaskCode = strings.ToUpper(strings.TrimSpace(*change.Task))
		}
		if change.Activity != nil {
			e.ActivityCode = strings.ToUpper(strings.TrimSpace(*change.Activity))
		}
		return r.listen(ctx, tx, *e, change)
	})
}

// Safe puts a draft's narrative without names and subjects, for a bill that
// others than the client may see. It teaches nothing: it is for this entry.
func (r Review) Safe(ctx context.Context, id billing.EntryID) error {
	return r.decide(ctx, "safe wording", id, func(tx *store.Tx, e *billing.Entry) error {
		evidence, err := tx.Observation(ctx, e.Evidence...)
		if err != nil {
			return err
		}
		d, err := r.drafter(ctx, tx)
		if err != nil {
			return err
		}
		text := d.Safe(*e, evidence)
		if text == "" {
			return invalid("nothing is left of what this draft rests on; word it yourself")
		}
		e.Narrative, e.Phrases = text, []billing.Phrase{{Text: text, Evidence: e.Evidence}}
		return nil
	})
}

// setMatter moves a draft to the matter with that number. The narrative is
// written anew for it, unless a person wrote it.
func (r Review) setMatter(ctx context.Context, tx *store.Tx, e *billing.Entry, number string) error {
	t, err := timekeeper(ctx, tx)
	if err != nil {
		return err
	}
	var m billing.Matter
	if number != "" {
		if m, err = tx.MatterByNumber(ctx, number); err != nil {
			return err
		}
		if m.Closed {
			return &billing.Error{Kind: billing.Conflict, Msg: "matter " + m.Number + " is closed; reopen it or choose another"}
		}
	}
	e.Matter, e.Rate = m.ID, t.RateOn(m, e.WorkDate)
	e.Confidence, e.Reasons = 1, []string{"chosen by you"}
	if m.ID == "" {
		e.Confidence, e.Reasons, e.Rate = 0, nil, billing.Money{}
	}
	if len(e.Phrases) == 0 {
		return nil
	}
	evidence, err := tx.Observation(ctx, e.Evidence...)
	if err != nil {
		return err
	}
	d, err := r.drafter(ctx, tx)
	if err == nil {
		d.Rewrite(e, evidence)
	}
	return err
}

// Discard sets a draft aside: it will not be billed and does not come back,
// whatever is captured again.
func (r Review) Discard(ctx context.Context, id billing.EntryID) error {
	return r.decide(ctx, "discard", id, func(_ *store.Tx, e *billing.Entry) error {
		e.State = billing.StateDiscarded
		return nil
	})
}

// Keep marks a draft as the timekeeper's own time, or takes that back. Private
// time is set aside like discarded time and counted apart from it.
func (r Review) Keep(ctx context.Context, id billing.EntryID, private bool) error {
	if !private {
		return r.Restore(ctx, id)
	}
	return r.decide(ctx, "mark as private", id, func(_ *store.Tx, e *billing.Entry) error {
		e.State, e.Private = billing.StateDiscarded, true
		return nil
	})
}

// Restore makes a discarded entry a draft again.
func (r Review) Restore(ctx context.Context, id billing.EntryID) error {
	return r.change(ctx, "restore", id, billing.StateDiscarded, func(_ *store.Tx, e *billing.Entry) error {
		e.State, e.Private = billing.StateDrafted, false
		return nil
	})
}

// Undo takes the latest decision back and returns what it was, in words: every
// entry is as it was before, what was said is unsaid, and what the decision
// taught is forgotten. Approvals are final: what is approved is corrected by a
// new record.
func (r Review) Undo(ctx context.Context) (what string, err error) {
	err = r.store.Update(ctx, func(tx *store.Tx) error {
		undone, err := tx.Undo(ctx)
		if err != nil {
			return err
		}
		what = undone.What
		days, err := r.daysOfUndone(ctx, tx, undone)
		if err != nil {
			return err
		}
		for _, day := range days {
			if err := r.redraft(ctx, tx, day); err != nil {
				return err
			}
		}
		return nil
	})
	return what, err
}

// daysOfUndone returns the days whose drafts may be others now.
func (r Review) daysOfUndone(ctx context.Context, tx *store.Tx, undone store.Undone) ([]billing.Day, error) {
	t, err := timekeeper(ctx, tx)
	if err != nil {
		return nil, err
	}
	zone, err := r.zone(t)
	if err != nil {
		return nil, err
	}
	days := daysTold(slices.Concat(undone.Untold, undone.Refolded), zone)
	for _, e := range undone.Restored {
		days = append(days, e.WorkDate)
	}
	slices.SortFunc(days, billing.Day.Compare)
	return slices.Compact(days), nil
}

// own readies a draft to become the person's. Drafting says of a draft on the
// firm's own matters that it is not billed; that follows from the matter
// wherever the draft goes, see [billing.Entry.Settled]. What is left on the
// draft itself is what the person said, and stays.
func own(e *billing.Entry) {
	if !e.Touched {
		e.NonBillable = false
	}
}

// decide changes a draft.
func (r Review) decide(ctx context.Context, what string, id billing.EntryID, fn func(*store.Tx, *billing.Entry) error) error {
	return r.change(ctx, what, id, billing.StateDrafted, fn)
}

// change loads an entry that must be in state, has fn change it, and stores it
// with what undo needs. From then on it is the person's: re-drafting goes
// around it.
func (r Review) change(ctx context.Context, what string, id billing.EntryID, state billing.EntryState, fn func(*store.Tx, *billing.Entry) error) error {
	return r.store.Update(ctx, func(tx *store.Tx) error { return r.changeIn(ctx, tx, what, id, state, fn) })
}

// changeIn is [Review.change] within a transaction.
func (r Review) changeIn(ctx context.Context, tx *store.Tx, what string, id billing.EntryID, state billing.EntryState, fn func(*store.Tx, *billing.Entry) error) error {
	e, err := tx.Entry(ctx, id)
	if err != nil {
		return err
	}
	if e.State != state {
		return &billing.Error{Kind: billing.Conflict, Msg: standing(e.State)}
	}
	before := e
	own(&e)
	heard, err := voice(ctx, tx)
	if err != nil {
		return err
	}
	if err := fn(tx, &e); err != nil {
		return err
	}
	e.Touched = true
	if err := tx.PutEntry(ctx, &e); err != nil {
		return err
	}
	var taken []billing.Entry
	if e.Matter != before.Matter {
		if e, taken, err = r.shareSmall(ctx, tx, e); err != nil {
			return err
		}
	}
	if err := tx.RecordChange(ctx, what, append([]billing.Entry{before}, taken...)); err != nil {
		return err
	}
	if err := unlearnable(ctx, tx, heard); err != nil {
		return err
	}
	if err := teach(ctx, tx, e); err != nil {
		return err
	}
	return r.redraft(ctx, tx, e.WorkDate)
}

// standing says why an entry in that state cannot be changed so.
func standing(s billing.EntryState) string {
	switch s {
	case billing.StateApproved, billing.StatePosted:
		return "the entry is approved and cannot be changed; correct it with a new entry"
	case billing.StateDiscarded:
		return "the draft was discarded; restore it first"
	}
	return "the entry is a draft already"
}

func invalid(msg string) error { return &billing.Error{Kind: billing.Invalid, Msg: msg} }
