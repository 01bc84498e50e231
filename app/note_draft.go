package app

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/note"
	"github.com/tenths/tenths/store"
)

// drafted drafts the days of notes that were recorded, gives each draft what
// was said of it, and notes in parts what became of them.
func (n Notes) drafted(ctx context.Context, tx *store.Tx, zone *time.Location, known *register, notes []billing.Observation, read []note.Part, parts []NotePart) error {
	days := daysTold(notes, zone)
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
	made := &line{}
	for i, o := range notes {
		for _, day := range days {
			e, ok := records[day].restingOn(o.ExternalID)
			if !ok {
				continue // all of its time is owned by better evidence, or it is of another day
			}
			if err := n.asSaid(ctx, tx, &e, said{read[i], o.Span.Intersect(day.Span(zone)), parts[i].bare, zone}); err != nil {
				return err
			}
			made.own = append(made.own, e)
			var err error
			if e, err = n.joinSmall(ctx, tx, made, e); err != nil {
				return err
			}
			if shown := known.renderer(zone).entry(e); parts[i].Draft == "" {
				parts[i].Draft, parts[i].Needs = shown.ID, shown.Needs
				if parts[i].Matter == "" && shown.Matter != "" {
					parts[i].Matter = shown.Matter
					parts[i].Asks = slices.DeleteFunc(parts[i].Asks, isMatterAsk(read[i]))
				}
			}
		}
	}
	for _, day := range days { // a matter's day may share its minutes otherwise now
		if err := n.redraft(ctx, tx, day); err != nil {
			return err
		}
	}
	what := "note"
	if len(notes) > 1 {
		what = fmt.Sprintf("note of %d parts", len(notes))
	}
	return told(ctx, tx, what, notes, made.before())
}

// said is a part of a note, with the time that it was said to have been.
type said struct {
	note.Part
	span billing.Span // of the draft's day; a moment where times are not known
	bare bool         // how long is known, and when is not
	zone *time.Location
}

// heldBack asks about a draft that got less than was said, since others hold the
// rest of that time.
func (p said) heldBack(e billing.Entry) []billing.Ask {
	var got int64
	for _, s := range e.Spans {
		got += s.Intersect(p.span).Seconds()
	}
	if got >= p.span.Seconds() {
		return nil
	}
	return []billing.Ask{{About: billing.AskTime, Text: fmt.Sprintf("others hold %d of the %s that you said, so it has %d: say whether that is right",
		(p.span.Seconds()-got+30)/60, count(int((p.span.Seconds()+30)/60), "minute", "minutes"), (p.span.Seconds()+30)/60-(p.span.Seconds()-got+30)/60)}}
}

// asSaid gives a draft the matter, narrative, activity and, with bare, the
// minutes that were said, where drafting alone cannot know them. It is the
// person's from then on.
func (n Notes) asSaid(ctx context.Context, tx *store.Tx, e *billing.Entry, p said) error {
	touched := false
	if p.Matter != "" && e.Matter != p.Matter {
		known, err := n.register(ctx, tx)
		if err != nil {
			return err
		}
		if err := (Review(n)).setMatter(ctx, tx, e, known.byID[p.Matter].Number); err != nil {
			return err
		}
		e.Reasons, touched = []string{"named in the note"}, true
		if p.Proposed {
			e.Reasons = []string{"named elsewhere in the note"}
		}
	}
	if p.Narrative != "" && e.Narrative != p.Narrative {
		e.Narrative, touched = p.Narrative, true
		e.Phrases = []billing.Phrase{{Text: p.Narrative, Evidence: slices.Clone(e.Evidence)}}
	}
	if e.ActivityCode != p.ActivityCode {
		e.ActivityCode, touched = p.ActivityCode, true
	}
	if p.bare && e.Billed == 0 {
		e.Worked = *p.Worked // of which no second of the day is known to be it
		e.Billed, e.Estimated, touched = e.Rounding.Minutes(e.Worked), p.Estimated, true
	}
	if open := append(p.stillOpen(), p.heldBack(*e)...); len(open) > 0 {
		e.Asks, touched = open, true
	}
	if !touched && !p.NonBillable {
		return nil
	}
	own(e)
	e.NonBillable = e.NonBillable || p.NonBillable
	e.Touched = true
	if err := tx.PutEntry(ctx, e); err != nil {
		return err
	}
	return tx.Propose(ctx, *e)
}

// stillOpen returns the questions of a part that stay with its draft. That it
// has no matter or no minutes the draft says by itself.
func (p said) stillOpen() []billing.Ask {
	var out []billing.Ask
	for _, a := range p.Asks {
		switch {
		case a.Key == "matter", a.Key == "worked":
		case a.Key == "day" && asksDay(p.Part):
			out = append(out, p.dayAsk(string(a.Text)))
		default:
			out = append(out, billing.Ask{About: about(a.Key), Text: string(a.Text)})
		}
	}
	return out
}

// about says what a question of a note is about.
func about(key string) billing.AskAbout {
	switch key {
	case "day":
		return billing.AskWork
	case "total":
		return billing.AskTime
	}
	return billing.AskWords
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
