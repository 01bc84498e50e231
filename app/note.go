package app

import (
	"context"
	"crypto/rand"
	"fmt"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/note"
	"github.com/tenths/tenths/store"
)

// Notes are what the timekeeper says about their time, at any moment: one line,
// which may tell of several pieces of work.
type Notes struct{ *Practice }

// NotePart is one piece of work that a line told of, as it was understood. What
// was not said is null or empty, and asked for.
type NotePart struct {
	Narrative     string   `json:"narrative"`
	WorkedSeconds *int64   `json:"worked_seconds"` // null when it was not said how long
	Start         *string  `json:"start"`          // null when no time of day was said
	End           *string  `json:"end"`
	ActivityCode  string   `json:"activity_code"` // UTBMS, "" when nothing shows it
	Matter        string   `json:"matter"`        // number, "" while nobody knows
	With          []string `json:"with"`
	Asks          []string `json:"asks"` // questions for the person

	Estimated bool   `json:"estimated"` // it was said to be about as long
	Text      string `json:"text"`      // the words that say so
	Day       string `json:"day"`
	NamedDay  string `json:"named_day,omitempty"` // the day that the words name, where it is another; the draft asks for it
	Draft     string `json:"draft,omitempty"`     // the draft that it became
	Needs     string `json:"needs,omitempty"`     // what the draft wants of a person

	placed billing.Span // when it is held to have been
	bare   bool         // how long is known, and when is not
}

// Read understands a line about day, the zero day being today, and keeps
// nothing of it.
func (n Notes) Read(ctx context.Context, text string, day billing.Day) (parts []NotePart, err error) {
	err = n.store.View(ctx, func(tx *store.Tx) error {
		in, known, err := n.told(ctx, tx, day)
		if err != nil {
			return err
		}
		read, err := understood(text, in)
		if err != nil {
			return err
		}
		parts, err = n.show(text, read, in, known)
		return err
	})
	return parts, err
}

// Take understands a line about day, the zero day being today. Each part of it
// becomes an observation like any other, and a draft; one undo takes all of
// them back.
//
// A part with clock times was then. Durations of today end now, the last part
// last, each right after the one before. A part of a day that the line names, as
// "yesterday" does, takes no time of this one, and its draft asks for that day; see
// [Notes.TakeDay]. No clock time is made up for another
// day: there a duration is a moment, marked as estimated, and its draft bills
// what was said without owning any time of the day. A part without either is a
// moment, whose draft asks how long it took.
func (n Notes) Take(ctx context.Context, text string, day billing.Day) (parts []NotePart, err error) {
	return n.take(ctx, text, day, func(read []note.Part, _ *time.Location) []note.Part { return read })
}

// TakeOnNamedDays is [Notes.Take] with the parts whose words name another day
// put on that day at once.
func (n Notes) TakeOnNamedDays(ctx context.Context, text string, day billing.Day) (parts []NotePart, err error) {
	return n.take(ctx, text, day, onNamedDays)
}

func (n Notes) take(ctx context.Context, text string, day billing.Day, days func([]note.Part, *time.Location) []note.Part) (parts []NotePart, err error) {
	err = n.store.Update(ctx, func(tx *store.Tx) error {
		in, known, err := n.told(ctx, tx, day)
		if err != nil {
			return err
		}
		read, err := understood(text, in)
		if err != nil {
			return err
		}
		read = days(read, in.Zone)
		if parts, err = n.show(text, read, in, known); err != nil {
			return err
		}
		notes := make([]billing.Observation, len(parts))
		for i, p := range parts {
			notes[i] = billing.Observation{
				ExternalID: "note " + rand.Text(), Revision: "1", Kind: billing.KindNote, Span: p.placed,
				Zone: in.Zone.String(), Subject: read[i].Narrative, Estimated: p.Estimated || p.bare,
			}
		}
		if _, err := tx.Record(ctx, store.NotesSource, "", notes); err != nil {
			return err
		}
		return n.drafted(ctx, tx, in.Zone, known, notes, read, parts)
	})
	return parts, err
}

// Add takes a line and returns it as one note: the text, times and seconds of
// all its parts, and the draft that needs the person first.
func (n Notes) Add(ctx context.Context, text string, day billing.Day) (NoteView, error) {
	parts, err := n.Take(ctx, text, day)
	if err != nil {
		return NoteView{}, err
	}
	view := NoteView{Day: parts[0].Day, Draft: parts[0].Draft, Matter: parts[0].Matter}
	var span billing.Span
	var said []string
	for i, p := range parts {
		said = append(said, p.Narrative)
		if i == 0 || p.placed.Start.Before(span.Start) {
			span.Start = p.placed.Start
		}
		if p.placed.End.After(span.End) {
			span.End = p.placed.End
		}
		if p.WorkedSeconds != nil {
			view.Seconds += *p.WorkedSeconds
		}
		if view.Needs == "" && p.Needs != "" {
			view.Draft, view.Matter, view.Needs = p.Draft, p.Matter, p.Needs
		}
	}
	zone, err := n.Location(ctx)
	if err != nil {
		return NoteView{}, err
	}
	out := renderer{zone: zone}
	view.Text, view.Start, view.End = strings.Join(said, "; "), out.instant(span.Start), out.instant(span.End)
	return view, nil
}

// told is what a line about day is read against, and the matters that it may
// name.
func (n Notes) told(ctx context.Context, tx *store.Tx, day billing.Day) (in note.Context, known *register, err error) {
	if in.Timekeeper, err = timekeeper(ctx, tx); err != nil {
		return in, nil, err
	}
	if in.Zone, err = n.zone(in.Timekeeper); err != nil {
		return in, nil, err
	}
	in.Day, in.Now = day, tx.Now()
	if day.IsZero() {
		in.Day = billing.DayOf(in.Now, in.Zone)
	}
	if known, err = n.register(ctx, tx); err != nil {
		return in, nil, err
	}
	in.Matters, in.Roster = known.matters, known.roster()
	return in, known, nil
}

// understood reads a line that must say something.
func understood(text string, in note.Context) ([]note.Part, error) {
	if len(text) > note.Longest {
		return nil, invalid(fmt.Sprintf("a note has at most %d characters; say it in two", note.Longest))
	}
	parts := note.Read(text, in)
	said := false
	for _, p := range parts {
		if p.Wrong != "" {
			return nil, invalid(fmt.Sprintf("that is no time: %s; say 0.3, 20 min, 1h30 or 14:00-14:30", string(p.Wrong)))
		}
		said = said || p.Narrative != ""
	}
	if !said {
		return nil, invalid("say what was done, for example: 0.3 call with opposing counsel re discovery")
	}
	return parts, nil
}

// show says how parts were understood, and places each on the day.
func (n Notes) show(text string, read []note.Part, in note.Context, known *register) ([]NotePart, error) {
	out := renderer{zone: in.Zone}
	spans, err := place(read, in)
	if err != nil {
		return nil, err
	}
	parts := make([]NotePart, len(read))
	for i, p := range read {
		v := NotePart{
			Narrative: string(p.Narrative), WorkedSeconds: p.Worked, ActivityCode: p.ActivityCode, Matter: known.byID[p.Matter].Number,
			With: []string{}, Asks: []string{}, Estimated: p.Estimated, Day: billing.DayOf(spans[i].Start, in.Zone).String(),
			placed: spans[i], bare: p.Worked != nil && spans[i].Empty(),
		}
		for _, w := range p.With {
			v.With = append(v.With, string(w))
		}
		for _, a := range p.Asks {
			v.Asks = append(v.Asks, string(a.Text))
		}
		start, end := p.Start, p.End
		if asksDay(p) {
			v.NamedDay = p.Day.String()
			start, end = onDay(start, p.Day, in.Zone), onDay(end, p.Day, in.Zone)
		}
		v.Start, v.End = orNull(out.instant(start)), orNull(out.instant(end))
		var said []string
		for _, s := range p.Spans {
			said = append(said, strings.Join(strings.Fields(text[s.Start:s.End]), " "))
		}
		v.Text = strings.Join(said, " … ")
		parts[i] = v
	}
	return parts, nil
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// noonOf returns the moment of a day that stands for a time of day that nobody
// said.
func noonOf(d billing.Day, zone *time.Location) time.Time {
	day := d.Span(zone)
	if local := time.Date(d.Year, d.Month, d.Day, 12, 0, 0, 0, zone); day.Contains(local) {
		return local
	}
	return day.Start.Add(day.End.Sub(day.Start) / 2)
}

// place returns when each part was, as far as it is known: a moment where its
// length is not, or where clock times would be made up.
func place(parts []note.Part, in note.Context) ([]billing.Span, error) {
	spans := make([]billing.Span, len(parts))
	today := in.Day == billing.DayOf(in.Now, in.Zone)
	noon := noonOf(in.Day, in.Zone)
	until := in.Now // what is placed last of today ends here
	for i := len(parts) - 1; i >= 0; i-- {
		p := parts[i]
		switch {
		case asksDay(p) && today: // it takes no time of this day
			spans[i] = billing.Span{Start: until, End: until}
		case asksDay(p):
			spans[i] = billing.Span{Start: noon, End: noon}
		case !p.Start.IsZero() && !p.End.IsZero():
			spans[i] = billing.Span{Start: p.Start, End: p.End}
		case !p.Start.IsZero():
			spans[i] = billing.Span{Start: p.Start, End: p.Start}
		case !p.Day.IsZero():
			spans[i] = billing.Span{Start: noonOf(p.Day, in.Zone), End: noonOf(p.Day, in.Zone)}
		case today && p.Worked != nil:
			spans[i] = billing.Span{Start: until.Add(-time.Duration(*p.Worked) * time.Second), End: until}
			until = spans[i].Start
		case today:
			spans[i] = billing.Span{Start: until, End: until}
		default:
			spans[i] = billing.Span{Start: noon, End: noon}
		}
		if spans[i].End.After(in.Now) {
			return nil, invalid("that time has not passed yet")
		}
	}
	return spans, nil
}
