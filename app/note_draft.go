package app

import (
	"context"
	"fmt"
	"slices"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/note"
	"github.com/tenths/tenths/store"
)

// drafted drafts the days of notes that were recorded, gives each draft what
// was said of it, and notes in parts what became of them.
func (n Notes) drafted(ctx context.Context, tx *store.Tx, in note.Context, notes []billing.Observation, read []note.Part, parts []NotePart) error {
	days := daysTold(notes, in.Zone)
	records := map[billing.Day]*dayRecord{}
	for _, day := range days {
		if err := n.redraft(ctx, tx, day); err != nil {
			return err
		}
	}
	for _, day := range days {
		d, err := n.load(ctx, tx, day)
		if err != nil {
			return err
		}
		records[day] = d
	}
	var made []billing.Entry
	for i, o := range notes {
		for _, day := range days {
			e, ok := records[day].restingOn(o.ExternalID)
			if !ok {
				continue // all of its time is owned by better evidence, or it is of another day
			}
			if err := n.asSaid(ctx, tx, &e, read[i], parts[i].bare); err != nil {
				return err
			}
			made = append(made, e)
			if shown := newRenderer(in.Zone, in.Matters).entry(e); parts[i].Draft == "" {
				parts[i].Draft, parts[i].Needs = shown.ID, shown.Needs
				if parts[i].Matter == "" && shown.Matter != "" {
					parts[i].Matter = shown.Matter
					parts[i].Asks = slices.DeleteFunc(parts[i].Asks, isMatterAsk(read[i]))
				}
			}
		}
	}
	return undoable(ctx, tx, notes, made)
}

// asSaid gives a draft the matter, narrative, activity and, with bare, the
// minutes that were said, where drafting alone cannot know them. It is the
// person's from then on.
func (n Notes) asSaid(ctx context.Context, tx *store.Tx, e *billing.Entry, p note.Part, bare bool) error {
	touched := false
	if p.Matter != "" && e.Matter != p.Matter {
		number := ""
		matters, err := tx.Matters(ctx)
		if err != nil {
			return err
		}
		for _, m := range matters {
			if m.ID == p.Matter {
				number = m.Number
			}
		}
		if err := (Review(n)).setMatter(ctx, tx, e, number); err != nil {
			return err
		}
		e.Reasons, touched = []string{"named in the note"}, true
	}
	if p.Narrative != "" && e.Narrative != p.Narrative {
		e.Narrative, touched = p.Narrative, true
		e.Phrases = []billing.Phrase{{Text: p.Narrative, Evidence: slices.Clone(e.Evidence)}}
	}
	if e.ActivityCode != p.ActivityCode {
		e.ActivityCode, touched = p.ActivityCode, true
	}
	if bare && e.Billed == 0 {
		e.Billed, e.Estimated, touched = e.Rounding.Minutes(*p.Worked), true, true
	}
	if !touched {
		return nil
	}
	own(e)
	e.Touched = true
	if err := tx.PutEntry(ctx, e); err != nil {
		return err
	}
	return tx.Propose(ctx, *e)
}

// undoable has one undo take a line back, with all its drafts.
func undoable(ctx context.Context, tx *store.Tx, notes []billing.Observation, made []billing.Entry) error {
	what := "note"
	if len(notes) > 1 {
		what = fmt.Sprintf("note of %d parts", len(notes))
	}
	return told(ctx, tx, what, notes, made)
}

// isMatterAsk reports which of a part's questions asks for the matter.
func isMatterAsk(p note.Part) func(string) bool {
	return func(text string) bool {
		return slices.ContainsFunc(p.Asks, func(a note.Ask) bool { return a.Key == "matter" && string(a.Text) == text })
	}
}

// restingOn returns the draft that rests on the note with that external id.
func (d *dayRecord) restingOn(externalID string) (billing.Entry, bool) {
	for _, o := range d.observations {
		if o.Source != store.NotesSource || o.ExternalID != externalID {
			continue
		}
		for _, e := range d.entries {
			if e.State == billing.StateDrafted && slices.Contains(e.Evidence, o.ID) {
				return e, true
			}
		}
	}
	return billing.Entry{}, false
}
