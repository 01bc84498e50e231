package app

import (
	"context"
	"slices"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft"
	"github.com/tenths/tenths/store"
)

// line is what a line of notes changed, for one undo to take back.
type line struct {
	own   []billing.Entry // drafts that it made
	grown []billing.Entry // what others were before they took one of those in
}

// grew notes what a draft was before it took in one of the line's.
func (l *line) grew(host, taken billing.Entry) {
	is := func(id billing.EntryID) func(billing.Entry) bool {
		return func(e billing.Entry) bool { return e.ID == id }
	}
	l.own = slices.DeleteFunc(l.own, is(taken.ID))
	if !slices.ContainsFunc(l.own, is(host.ID)) && !slices.ContainsFunc(l.grown, is(host.ID)) {
		l.grown = append(l.grown, host)
	}
}

// before returns the entries as they were before the line: its own were not
// there.
func (l *line) before() []billing.Entry { return append(notThere(l.own), l.grown...) }

// joinSmall puts a note of less than the policy's Alone to the small notes of
// its matter and day, so that calls of three minutes bill what they come to
// together and not a tenth each, as other small work does. It returns the draft
// that has the note now, which is e itself where there are no others.
func (n Notes) joinSmall(ctx context.Context, tx *store.Tx, l *line, e billing.Entry) (billing.Entry, error) {
	others, err := n.smallBeside(ctx, tx, e)
	if err != nil {
		return e, err
	}
	for _, host := range others {
		ofNotes, err := n.restsOnNotes(ctx, tx, host)
		if err != nil {
			return e, err
		}
		if ofNotes {
			return n.takeIn(ctx, tx, l, host, e)
		}
	}
	return e, nil
}

// gatherSmall has a small draft that a person has just put under a matter take in
// the small work that is drafted there already, whatever its kind, and stores the
// whole: what a person files bills no more than what was filed by itself. It
// returns it with what it took in, as that was.
func (r Review) gatherSmall(ctx context.Context, tx *store.Tx, e billing.Entry) (billing.Entry, []billing.Entry, error) {
	e, taken, err := r.shareSmall(ctx, tx, e)
	if err != nil {
		return e, nil, err
	}
	others, err := r.smallBeside(ctx, tx, e)
	if err != nil || len(others) == 0 {
		return e, taken, err
	}
	for _, other := range others {
		was := other
		own(&other)
		if e, err = draft.Merge([]billing.Entry{e, other}); err != nil {
			return e, nil, err
		}
		if err := tx.RemoveDraft(ctx, other.ID); err != nil { // first, so that no second has two owners
			return e, nil, err
		}
		taken = append(taken, was)
	}
	e.Touched = true
	err = tx.PutEntry(ctx, &e)
	return e, taken, err
}

// smallBeside returns the other small drafts of e's matter and day, if e is
// small itself.
func (p *Practice) smallBeside(ctx context.Context, tx *store.Tx, e billing.Entry) ([]billing.Entry, error) {
	own(&e)
	rules, err := policy(ctx, tx)
	if err != nil || e.Matter == "" || !small(e, rules) {
		return nil, err
	}
	entries, err := tx.EntriesOn(ctx, e.WorkDate)
	return slices.DeleteFunc(entries, func(x billing.Entry) bool {
		said := x
		own(&said)
		return x.ID == e.ID || x.Matter != e.Matter || said.NonBillable != e.NonBillable || !small(x, rules)
	}), err
}

// small reports whether a draft is of pieces of less than the policy's Alone
// each, and may still take another in.
func small(e billing.Entry, rules draft.Policy) bool {
	pieces := int64(len(e.Evidence))
	return e.State == billing.StateDrafted && !e.Accepted && len(e.Asks) == 0 && e.Worked > 0 && pieces > 0 &&
		e.Worked < pieces*int64(rules.Alone/time.Second) && e.BilledBy == billing.ByPolicy
}

// restsOnNotes reports whether all that e rests on was said.
func (n Notes) restsOnNotes(ctx context.Context, tx *store.Tx, e billing.Entry) (bool, error) {
	evidence, err := tx.Observation(ctx, e.Evidence...)
	return err == nil && len(evidence) == len(e.Evidence) &&
		!slices.ContainsFunc(evidence, func(o billing.Observation) bool { return o.Source != store.NotesSource }), err
}

func (n Notes) takeIn(ctx context.Context, tx *store.Tx, l *line, host, e billing.Entry) (billing.Entry, error) {
	was := host
	own(&host)
	own(&e)
	whole, err := draft.Merge([]billing.Entry{host, e})
	if err != nil {
		return e, err
	}
	if err := tx.RemoveDraft(ctx, e.ID); err != nil { // first, so that no second has two owners
		return e, err
	}
	whole.Touched = true
	l.grew(was, e)
	err = tx.PutEntry(ctx, &whole)
	return whole, err
}
