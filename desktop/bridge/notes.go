package bridge

import (
	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
)

// ReadNote says how a line about a day would be understood, and keeps nothing
// of it. day is YYYY-MM-DD, "" for today.
func (w *Window) ReadNote(text, day string) ([]app.NotePartView, error) {
	d, err := dayOrToday(day)
	if err != nil {
		return nil, err
	}
	parts, err := app.Notes{Practice: w.practice}.Read(w.ctx, text, d)
	return noteParts(parts), err
}

// TakeNote takes a line about a day: each piece of work that it tells of becomes
// a draft.
func (w *Window) TakeNote(text, day string) ([]app.NotePartView, error) {
	d, err := dayOrToday(day)
	if err != nil {
		return nil, err
	}
	parts, err := app.Notes{Practice: w.practice}.Take(w.ctx, text, d)
	return noteParts(parts), err
}

// TakeDay moves a draft to the day that its note names, and returns it as it is
// there. Undo moves it back.
func (w *Window) TakeDay(draft string) (app.DraftView, error) {
	return app.Notes{Practice: w.practice}.TakeDay(w.ctx, billing.EntryID(draft))
}

// dayOrToday parses a day; "" is the zero day, which stands for today.
func dayOrToday(day string) (billing.Day, error) {
	if day == "" {
		return billing.Day{}, nil
	}
	return billing.ParseDay(day)
}

func noteParts(parts []app.NotePart) []app.NotePartView {
	out := make([]app.NotePartView, len(parts))
	for i, p := range parts {
		out[i] = app.NotePartView{
			Text: p.Text, Narrative: p.Narrative, WorkedSeconds: value(p.WorkedSeconds), Day: p.Day,
			Start: value(p.Start), End: value(p.End), ActivityCode: p.ActivityCode, Matter: p.Matter,
			Estimated: p.Estimated, Asks: p.Asks, NamedDay: p.NamedDay, Draft: p.Draft, Needs: p.Needs,
		}
	}
	return out
}

// value is what p points to, the zero value when that is nothing.
func value[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}
