package app

import (
	"context"
	"slices"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft"
	"github.com/tenths/tenths/store"
)

// shareSmall puts small work that a person has just put under a matter to other
// small work on it of that day, so that three messages of a minute that are
// decided one by one bill what they come to together, as they would had nobody
// needed to decide. It stores the whole under the id of e and returns it with
// what it took in; without other small work it returns e, and stores nothing.
func (r Review) shareSmall(ctx context.Context, tx *store.Tx, e billing.Entry) (billing.Entry, []billing.Entry, error) {
	rules, err := policy(ctx, tx)
	if err != nil || e.Matter == "" {
		return e, nil, err
	}
	if ok, err := r.shares(ctx, tx, e, rules); err != nil || !ok {
		return e, nil, err
	}
	entries, err := tx.EntriesOn(ctx, e.WorkDate)
	if err != nil {
		return e, nil, err
	}
	for _, host := range entries {
		if host.ID == e.ID || host.Matter != e.Matter || host.NonBillable != e.NonBillable && host.Touched {
			continue
		}
		if ok, err := r.shares(ctx, tx, host, rules); err != nil {
			return e, nil, err
		} else if ok && (host.Worked > 0 || e.Worked > 0) {
			whole, err := r.takeIn(ctx, tx, e, host)
			return whole, []billing.Entry{host}, err
		}
	}
	return e, nil, nil
}

// shares reports whether e is small work as drafting gathers it: of pieces of
// less than the policy's Alone, seen and not said, and with nothing about it
// that a person set but its matter.
func (r Review) shares(ctx context.Context, tx *store.Tx, e billing.Entry, rules draft.Policy) (bool, error) {
	if e.State != billing.StateDrafted || e.Private || e.Accepted || len(e.Asks) > 0 || len(e.Phrases) == 0 ||
		e.Worked >= int64(len(e.Evidence))*int64(rules.Alone/time.Second) || e.BilledBy != billing.ByPolicy {
		return false, nil
	}
	evidence, err := tx.Observation(ctx, e.Evidence...)
	mail := func(o billing.Observation) bool {
		return o.Kind == billing.KindMailSent || o.Kind == billing.KindMailReceived
	}
	return err == nil && len(evidence) == len(e.Evidence) && slices.ContainsFunc(evidence, mail) &&
		!slices.ContainsFunc(evidence, func(o billing.Observation) bool {
			return o.Source == store.NotesSource || e.Worked == 0 && !mail(o)
		}), err
}

// takeIn makes one entry of e and other small work, in words for both.
func (r Review) takeIn(ctx context.Context, tx *store.Tx, e, other billing.Entry) (billing.Entry, error) {
	own(&other)
	whole, err := draft.Merge([]billing.Entry{e, other})
	if err != nil {
		return e, err
	}
	evidence, err := tx.Observation(ctx, whole.Evidence...)
	if err != nil {
		return e, err
	}
	d, err := r.drafter(ctx, tx)
	if err != nil {
		return e, err
	}
	d.Rewrite(&whole, evidence)
	if err := tx.RemoveDraft(ctx, other.ID); err != nil { // first, so that no second has two owners
		return e, err
	}
	err = tx.PutEntry(ctx, &whole)
	return whole, err
}
