package app

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/store"
)

// Explain says what a stretch of time was that nothing was observed in: it
// becomes an observation like any other, and a draft on each day that it
// touches, under the matter with that number unless it is "". One undo takes all
// of that back. Time that a person's decisions hold already stays where it is;
// where they hold all of it there is nothing to explain.
func (r Review) Explain(ctx context.Context, span billing.Span, text, matter string) error {
	text = strings.Join(strings.Fields(text), " ")
	switch {
	case text == "":
		return invalid("say what was done from " + span.Start.Format("15:04") + " to " + span.End.Format("15:04"))
	case span.Empty() || span.Seconds() > maxMinutes*60:
		return invalid("the end must come after the start, within a day of it")
	}
	return r.store.Update(ctx, func(tx *store.Tx) error {
		if span.End.After(tx.Now()) {
			return invalid("that time has not passed yet")
		}
		t, err := timekeeper(ctx, tx)
		if err != nil {
			return err
		}
		zone, err := r.zone(t)
		if err != nil {
			return err
		}
		note := billing.Observation{
			ExternalID: "gap " + span.Start.UTC().Format(time.RFC3339) + " " + rand.Text(), // each is its own, however soon after another
			Revision:   "1", Kind: billing.KindNote, Span: span, Zone: zone.String(), Subject: billing.Privileged(text),
		}
		if _, err := tx.Record(ctx, store.NotesSource, "", []billing.Observation{note}); err != nil {
			return err
		}
		made, err := r.explained(ctx, tx, note, zone, matter)
		if err != nil {
			return err
		}
		return told(ctx, tx, "explanation of a gap", []billing.Observation{note}, made.before())
	})
}

// explained drafts the days of a note, puts its drafts under a matter, and small
// work to other small work.
func (r Review) explained(ctx context.Context, tx *store.Tx, note billing.Observation, zone *time.Location, matter string) (*line, error) {
	made := &line{}
	days := daysTold([]billing.Observation{note}, zone)
	for _, day := range days {
		if err := r.redraft(ctx, tx, day); err != nil {
			return nil, err
		}
		d, err := r.load(ctx, tx, day)
		if err != nil {
			return nil, err
		}
		if e, ok := d.restingOn(note.ExternalID); ok { // else its time is held, or it is of another day
			if err := r.putUnder(ctx, tx, &e, matter); err != nil {
				return nil, err
			}
			made.own = append(made.own, e)
		}
	}
	if !slices.ContainsFunc(made.own, func(e billing.Entry) bool { return e.Worked > 0 }) {
		return nil, &billing.Error{Kind: billing.Conflict, Msg: "all of that time is in other entries already; change those instead"}
	}
	for _, e := range slices.Clone(made.own) {
		if _, err := (Notes(r)).joinSmall(ctx, tx, made, e); err != nil {
			return nil, err
		}
	}
	for _, day := range days { // a matter's day may share its minutes otherwise now
		if err := r.redraft(ctx, tx, day); err != nil {
			return nil, err
		}
	}
	return made, nil
}

// putUnder puts a draft under the matter with that number, unless it is "".
func (r Review) putUnder(ctx context.Context, tx *store.Tx, e *billing.Entry, number string) error {
	if number == "" {
		return nil
	}
	own(e)
	if err := r.setMatter(ctx, tx, e, number); err != nil {
		return err
	}
	e.Touched = true
	return tx.PutEntry(ctx, e)
}

// told has one undo take back what a person said, and puts the entries that came
// of it or took it in back as they were before.
func told(ctx context.Context, tx *store.Tx, what string, notes []billing.Observation, before []billing.Entry) error {
	said := billing.Entry{}
	for _, o := range notes {
		id, err := tx.ObservationNamed(ctx, store.NotesSource, o.ExternalID)
		if err != nil {
			return err
		}
		said.Evidence = append(said.Evidence, id)
	}
	return tx.RecordChange(ctx, what, append(before, said))
}

// notThere returns entries as they were before they were made.
func notThere(made []billing.Entry) []billing.Entry {
	before := make([]billing.Entry, len(made), len(made)+1)
	for i, e := range made {
		before[i] = billing.Entry{ID: e.ID, WorkDate: e.WorkDate}
	}
	return before
}

// daysTold returns the days on which observations own time, or have their moment.
func daysTold(list []billing.Observation, zone *time.Location) []billing.Day {
	var days []billing.Day
	for _, o := range list {
		last := o.Span.End
		if !o.Span.Empty() {
			last = last.Add(-time.Second)
		}
		for day := billing.DayOf(o.Span.Start, zone); day.Compare(billing.DayOf(last, zone)) <= 0; day = day.Add(1) {
			if !slices.Contains(days, day) {
				days = append(days, day)
			}
		}
	}
	return days
}
