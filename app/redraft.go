package app

import (
	"context"
	"reflect"
	"slices"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft"
	"github.com/tenths/tenths/store"
)

// dayRecord is all that is known of one day, read in one transaction.
type dayRecord struct {
	day          billing.Day
	zone         *time.Location
	timekeeper   billing.Timekeeper
	policy       draft.Policy
	register     *register
	observations []billing.Observation
	elsewhere    []billing.Observation // the same events on other days
	entries      []billing.Entry       // of this work date
	proposal     draft.Proposal
}

// plan is what must change so that a day's drafts are what its observations
// say. What a person touched is never in it, but for its minutes where they are
// a share of the matter's day.
type plan struct {
	put    []billing.Entry
	remove []billing.EntryID
}

func (p plan) empty() bool { return len(p.put) == 0 && len(p.remove) == 0 }

// refresh re-drafts day where its observations say something else than its
// drafts. It writes only then.
func (p *Practice) refresh(ctx context.Context, day billing.Day) error {
	if err := (Timers{p}).grow(ctx); err != nil {
		return err
	}
	if err := p.catchUp(ctx); err != nil {
		return err
	}
	if err := p.acquaint(ctx); err != nil {
		return err
	}
	var stale bool
	err := p.store.View(ctx, func(tx *store.Tx) error {
		d, err := p.load(ctx, tx, day)
		stale = err == nil && !d.plan(nil).empty()
		return err
	})
	if err != nil || !stale {
		return err
	}
	return p.store.Update(ctx, func(tx *store.Tx) error { return p.redraft(ctx, tx, day) })
}

// redraft brings the untouched drafts of day up to date.
func (p *Practice) redraft(ctx context.Context, tx *store.Tx, day billing.Day) error {
	return p.redraftApart(ctx, tx, day, nil)
}

// redraftApart is [Practice.redraft] with some observations by themselves, see
// [draft.Input].
func (p *Practice) redraftApart(ctx context.Context, tx *store.Tx, day billing.Day, apart []billing.ObservationID) error {
	known, err := worded(ctx, tx, day)
	if err != nil {
		return err
	}
	d, err := p.loadWorded(ctx, tx, day, known, apart)
	if err != nil {
		return err
	}
	todo := d.plan(apart)
	for _, id := range todo.remove {
		if err := tx.DeleteDraft(ctx, id); err != nil {
			return err
		}
	}
	for i := range todo.put {
		if err := tx.PutEntry(ctx, &todo.put[i]); err != nil {
			return err
		}
	}
	return nil
}

// load reads day and proposes its drafts.
func (p *Practice) load(ctx context.Context, tx *store.Tx, day billing.Day) (*dayRecord, error) {
	known, err := worded(ctx, tx, day)
	if err != nil {
		return nil, err
	}
	return p.loadWorded(ctx, tx, day, known, nil)
}

// loadWorded is [Practice.load] with the wordings given, nil for none, and with
// what is drafted apart.
func (p *Practice) loadWorded(ctx context.Context, tx *store.Tx, day billing.Day, known map[string]billing.Privileged, apart []billing.ObservationID) (*dayRecord, error) {
	d := &dayRecord{day: day}
	var err error
	if d.timekeeper, err = timekeeper(ctx, tx); err != nil {
		return nil, err
	}
	if d.policy, err = policy(ctx, tx); err != nil {
		return nil, err
	}
	if d.zone, err = p.zone(d.timekeeper); err != nil {
		return nil, err
	}
	if d.register, err = p.register(ctx, tx); err != nil {
		return nil, err
	}
	span := day.Span(d.zone)
	if d.observations, err = tx.ObservationsBetween(ctx, span); err != nil {
		return nil, err
	}
	if d.elsewhere, err = tx.Copies(ctx, span, d.observations); err != nil {
		return nil, err
	}
	d.observations = draft.Sift(d.observations, d.elsewhere)
	if d.entries, err = tx.EntriesOn(ctx, day); err != nil {
		return nil, err
	}
	held, err := d.held(ctx, tx, span)
	if err != nil {
		return nil, err
	}
	filed, err := tx.LearnedThreads(ctx, threads(d.observations))
	if err != nil {
		return nil, err
	}
	named, err := chosen(ctx, tx, d.observations)
	if err != nil {
		return nil, err
	}
	mail, err := correspondence(ctx, tx, span, d.observations)
	if err != nil {
		return nil, err
	}
	d.proposal, err = p.propose(ctx, tx, d.register.drafterFor(d.timekeeper), draft.Input{
		Day: day, Zone: d.zone, Until: tx.Now(), Observations: d.observations, Elsewhere: d.elsewhere, Matters: d.register.matters,
		Timekeeper: d.timekeeper, Filed: filed, Chosen: named, Held: held, Decided: d.decided(), Apart: apart, Mail: mail, Policy: d.policy, Worded: known,
	})
	return d, err
}

// held returns what a person's decisions hold of the day: entries that own some
// of its time, and entries of other days that its evidence belongs to.
func (d *dayRecord) held(ctx context.Context, tx *store.Tx, span billing.Span) ([]draft.Held, error) {
	holding, err := tx.Holding(ctx, span)
	if err != nil {
		return nil, err
	}
	ids := make([]billing.ObservationID, 0, len(d.observations)+len(d.elsewhere))
	for _, o := range slices.Concat(d.observations, d.elsewhere) {
		ids = append(ids, o.ID)
	}
	evidence, err := tx.EvidenceHeld(ctx, ids)
	if err != nil {
		return nil, err
	}
	var out []draft.Held
	known := map[billing.EntryID]bool{}
	for _, e := range holding {
		known[e.ID] = true
		out = append(out, draft.Held{Spans: e.Spans, Evidence: e.Evidence})
	}
	for _, id := range evidence {
		if known[id] {
			continue
		}
		known[id] = true
		e, err := tx.Entry(ctx, id)
		if err != nil {
			return nil, err
		}
		out = append(out, draft.Held{Spans: e.Spans, Evidence: e.Evidence})
	}
	return out, nil
}

// decided returns the day's entries that a person decided on.
func (d *dayRecord) decided() []billing.Entry {
	var out []billing.Entry
	for _, e := range d.entries {
		if e.Touched || e.State != billing.StateDrafted {
			out = append(out, e)
		}
	}
	return out
}

// round gives entries of the day, as they would be after a decision, the minutes
// that they would then have.
func (d *dayRecord) round(entries []billing.Entry) {
	draft.Round(entries, d.observations, d.day.Span(d.zone), func(id billing.MatterID) bool {
		return d.register.byID[id].Internal
	})
}

func threads(observations []billing.Observation) []string {
	var out []string
	for _, o := range observations {
		if o.Thread != "" {
			out = append(out, o.Thread)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// plan compares the proposal with the drafts that nobody touched. A draft keeps
// its id as long as it shares evidence with what takes its place; what is taken
// apart has an id of its own, so that what it was taken out of keeps its.
func (d *dayRecord) plan(apart []billing.ObservationID) plan {
	todo := plan{put: d.proposal.Rounded}
	var old []billing.Entry
	for _, e := range d.entries {
		if e.State == billing.StateDrafted && !e.Touched {
			old = append(old, e)
		}
	}
	used := map[int]bool{}
	for _, fresh := range d.proposal.Drafts {
		i := -1
		if len(fresh.Evidence) == 0 || !slices.Contains(apart, fresh.Evidence[0]) {
			i = alike(fresh, old, used)
		}
		if i < 0 {
			todo.put = append(todo.put, fresh)
			continue
		}
		used[i] = true
		fresh.ID, fresh.Revision = old[i].ID, old[i].Revision
		if !same(fresh, old[i]) {
			todo.put = append(todo.put, fresh)
		}
	}
	for i, e := range old {
		if !used[i] {
			todo.remove = append(todo.remove, e.ID)
		}
	}
	return todo
}

// alike returns the position of the draft in old that shares most evidence with
// e, or -1.
func alike(e billing.Entry, old []billing.Entry, used map[int]bool) int {
	best, most := -1, 0
	for i, o := range old {
		if used[i] {
			continue
		}
		shared := 0
		for _, id := range e.Evidence {
			if slices.Contains(o.Evidence, id) {
				shared++
			}
		}
		if shared > most {
			best, most = i, shared
		}
	}
	return best
}

// same reports whether storing a again would change nothing of b.
func same(a, b billing.Entry) bool {
	return reflect.DeepEqual(plain(a), plain(b))
}

// plain writes out what may be stored in more than one way.
func plain(e billing.Entry) billing.Entry {
	spans := make([]billing.Span, len(e.Spans))
	for i, s := range e.Spans {
		spans[i] = billing.Span{Start: s.Start.UTC().Truncate(time.Second), End: s.End.UTC().Truncate(time.Second)}
	}
	e.Spans = spans
	e.Phrases = append([]billing.Phrase{}, e.Phrases...)
	for i := range e.Phrases {
		e.Phrases[i].Evidence = append([]billing.ObservationID{}, e.Phrases[i].Evidence...)
	}
	e.Reasons = append([]string{}, e.Reasons...)
	e.Asks = append([]billing.Ask{}, e.Asks...)
	e.Evidence = append([]billing.ObservationID{}, e.Evidence...)
	e.Candidates = append([]billing.Candidate{}, e.Candidates...)
	e.ApprovedAt = time.Time{}
	return e
}
