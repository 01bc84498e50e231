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

// dayAsk asks whether the part was of the day that its words name, and says when
// it was then.
func (p said) dayAsk(text string) billing.Ask {
	ask := billing.Ask{About: billing.AskDay, Text: text, Day: p.Day}
	if start, end := onDay(p.Start, p.Day, p.zone), onDay(p.End, p.Day, p.zone); start.Before(end) {
		ask.Span = &billing.Span{Start: start, End: end}
	}
	return ask
}

// asksDay reports whether p asks for the day that its words name.
func asksDay(p note.Part) bool {
	return !p.Day.IsZero() && slices.ContainsFunc(p.Asks, func(a note.Ask) bool { return a.Key == "day" })
}

// onNamedDays answers what parts ask about the days that their words name: they
// were of those.
func onNamedDays(parts []note.Part, zone *time.Location) []note.Part {
	for i := range parts {
		p := &parts[i]
		if !asksDay(*p) {
			continue
		}
		p.Start, p.End = onDay(p.Start, p.Day, zone), onDay(p.End, p.Day, zone)
		p.Asks = slices.DeleteFunc(slices.Clone(p.Asks), func(a note.Ask) bool { return a.Key == "day" })
	}
	return parts
}

// onDay returns the instant of that day at which the clock shows what it shows
// at t; zero for no instant.
func onDay(t time.Time, day billing.Day, zone *time.Location) time.Time {
	if t.IsZero() {
		return t
	}
	local := t.In(zone)
	return time.Date(day.Year, day.Month, day.Day, local.Hour(), local.Minute(), local.Second(), 0, zone)
}

// TakeDay moves a draft to the day that its note names, and returns it as it is
// there: the note is of that day then, and its draft one among that day's, of the
// time that is not held there, rounded as there, and with that day's rate. One
// undo moves it back.
func (n Notes) TakeDay(ctx context.Context, id billing.EntryID) (view DraftView, err error) {
	var taken billing.EntryID
	err = n.store.Update(ctx, func(tx *store.Tx) error {
		before, err := Review(n).drafted(ctx, tx, id)
		if err != nil {
			return err
		}
		ask, ok := before.Asked(billing.AskDay)
		if !ok {
			return &billing.Error{Kind: billing.Conflict, Msg: "no other day is proposed for that draft"}
		}
		moved, err := n.moveNote(ctx, tx, before, ask)
		if err != nil {
			return err
		}
		if err := tx.RemoveDraft(ctx, id); err != nil {
			return err
		}
		taken, err = n.onNamedDay(ctx, tx, before, ask, moved)
		return err
	})
	if err != nil {
		return view, err
	}
	return Review(n).Entry(ctx, taken)
}

// moved is a note as it is recorded of another day, and what it was before.
type moved struct {
	now billing.Observation
	was billing.ObservationID
	at  string // its revision before
}

// moveNote records the note that e rests on as one of the day that is asked
// about.
func (n Notes) moveNote(ctx context.Context, tx *store.Tx, e billing.Entry, ask billing.Ask) (m moved, err error) {
	list, err := tx.Observation(ctx, e.Evidence...)
	if err != nil {
		return m, err
	}
	if len(list) != 1 || list[0].Source != store.NotesSource || list[0].Kind != billing.KindNote {
		return m, &billing.Error{Kind: billing.Conflict, Msg: "that draft rests on more than the note that names the day; split it first"}
	}
	zone, err := time.LoadLocation(list[0].Zone)
	if err != nil {
		return m, &billing.Error{Kind: billing.Internal, Msg: "the note's time zone is not known here", Err: err}
	}
	m = moved{now: list[0], was: list[0].ID, at: list[0].Revision}
	m.now.Revision = "on " + ask.Day.String()
	noon := noonOf(ask.Day, zone)
	m.now.Span = billing.Span{Start: noon, End: noon}
	if ask.Span != nil {
		m.now.Span, m.now.Estimated = *ask.Span, false
	}
	if m.now.Span.End.After(tx.Now()) {
		return m, invalid("that time has not passed yet")
	}
	_, err = tx.Record(ctx, store.NotesSource, "", []billing.Observation{m.now})
	return m, err
}

// onNamedDay drafts the day of a note that was moved there, and makes its draft
// what the draft before was.
func (n Notes) onNamedDay(ctx context.Context, tx *store.Tx, before billing.Entry, ask billing.Ask, m moved) (billing.EntryID, error) {
	for _, day := range []billing.Day{before.WorkDate, ask.Day} {
		if err := n.redraft(ctx, tx, day); err != nil {
			return "", err
		}
	}
	d, err := n.load(ctx, tx, ask.Day)
	if err != nil {
		return "", err
	}
	e, ok := d.restingOn(m.now.ExternalID)
	if !ok {
		return "", &billing.Error{Kind: billing.Conflict, Msg: fmt.Sprintf("all of that time of %s is in other entries already; change those instead", ask.Day)}
	}
	sameWork(&e, before, m.now.Span.Empty())
	if e.Matter != "" {
		if matter, ok := d.register.byID[e.Matter]; ok {
			e.Rate = d.timekeeper.RateOn(matter, e.WorkDate)
		}
	}
	e.Asks = append(e.Asks, (said{Part: note.Part{}, span: m.now.Span}).heldBack(e)...)
	e.Touched = true
	if err := tx.PutEntry(ctx, &e); err != nil {
		return "", err
	}
	if err := tx.Propose(ctx, e); err != nil {
		return "", err
	}
	made := &line{own: []billing.Entry{e}}
	if e, err = n.joinSmall(ctx, tx, made, e); err != nil {
		return "", err
	}
	if err := tx.RecordChange(ctx, "day of a note", append(made.before(), before)); err != nil {
		return "", err
	}
	if err := tx.RecordRevision(ctx, m.was, m.at); err != nil {
		return "", err
	}
	if err := teach(ctx, tx, e); err != nil {
		return "", err
	}
	return e.ID, n.redraft(ctx, tx, ask.Day)
}

// sameWork makes e, drafted of the same note on another day, what a person left
// of it: all but its time there; with bare, how long is known, and when is not.
// Minutes that they typed themselves stay.
func sameWork(e *billing.Entry, before billing.Entry, bare bool) {
	typed := before.Billed != before.Rounding.Minutes(before.Worked)
	if bare {
		e.Worked = before.Worked
		e.Billed, e.Estimated = e.Rounding.Minutes(e.Worked), before.Estimated
	}
	if typed {
		e.Billed = before.Billed
	}
	e.Matter, e.Confidence, e.Reasons, e.Candidates = before.Matter, before.Confidence, before.Reasons, before.Candidates
	e.Narrative, e.Phrases = before.Narrative, before.Phrases
	e.TaskCode, e.ActivityCode, e.NonBillable, e.Private = before.TaskCode, before.ActivityCode, before.NonBillable, before.Private
	e.Asks = before.Asks
	e.Answer(billing.AskDay)
}
