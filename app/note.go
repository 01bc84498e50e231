package app

import (
	"context"
	"crypto/rand"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/store"
)

// Notes are what the timekeeper says about their time, at any moment.
type Notes struct{ *Practice }

// Add takes a note for day, the zero day being today. It becomes an observation
// like any other, and a draft.
//
// What leads the text says how long: "0.3 call", "20 min call", "1h30 call", or
// when: "14:00-14:30 call". A duration of today ends now. No clock time is made
// up for another day: there the note is a moment, marked as estimated, and its
// draft bills the duration that was said without owning any time of the day.
// Without either the note is a moment, whose draft asks how long it took.
func (n Notes) Add(ctx context.Context, text string, day billing.Day) (view NoteView, err error) {
	what, err := readNote(text)
	if err != nil {
		return view, err
	}
	err = n.store.Update(ctx, func(tx *store.Tx) error {
		t, err := timekeeper(ctx, tx)
		if err != nil {
			return err
		}
		zone, err := n.zone(t)
		if err != nil {
			return err
		}
		today := billing.DayOf(tx.Now(), zone)
		if day.IsZero() {
			day = today
		}
		span, bare, err := what.place(day, today, tx.Now(), zone)
		if err != nil {
			return err
		}
		note := billing.Observation{
			ExternalID: "note " + rand.Text(), Revision: "1", Kind: billing.KindNote, Span: span,
			Subject: billing.Privileged(what.text), Estimated: !what.clock && day != today,
		}
		if _, err := tx.Record(ctx, store.NotesSource, "", []billing.Observation{note}); err != nil {
			return err
		}
		view, err = n.noted(ctx, tx, note, bare, what.seconds)
		return err
	})
	return view, err
}

// noted drafts the day of a note that was recorded and returns what it became.
// With bare the draft is given the seconds that were said, which the note's
// span does not show.
func (n Notes) noted(ctx context.Context, tx *store.Tx, note billing.Observation, bare bool, seconds int64) (view NoteView, err error) {
	t, err := timekeeper(ctx, tx)
	if err != nil {
		return view, err
	}
	zone, err := n.zone(t)
	if err != nil {
		return view, err
	}
	day := billing.DayOf(note.Span.Start, zone)
	if err := n.redraft(ctx, tx, day); err != nil {
		return view, err
	}
	d, err := n.load(ctx, tx, day)
	if err != nil {
		return view, err
	}
	out := newRenderer(zone, d.matters)
	view = NoteView{Text: string(note.Subject), Day: day.String(), Start: out.instant(note.Span.Start), End: out.instant(note.Span.End), Seconds: max(seconds, note.Span.Seconds())}
	e, ok := d.restingOn(note.ExternalID)
	if !ok {
		return view, nil // all of its time is owned by better evidence
	}
	if bare && e.Billed == 0 {
		before := e
		e.Billed, e.Estimated, e.Touched = e.Rounding.Minutes(seconds), true, true
		if err := tx.PutEntry(ctx, &e); err != nil {
			return view, err
		}
		if err := tx.RecordChange(ctx, "duration of a note", []billing.Entry{before}); err != nil {
			return view, err
		}
	}
	shown := out.entry(e)
	view.Draft, view.Matter, view.Needs = shown.ID, shown.Matter, shown.Needs
	return view, nil
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

// said is a note as it was understood.
type said struct {
	text        string
	seconds     int64         // how long, 0 when not said
	clock       bool          // from and to were said
	from, until time.Duration // since midnight, by the clock on the wall
}

const noteSpace = `(?:\s*[:,;–—-]\s+|\s+|$)`

// The ways to lead a note. A bare number is hours only with its point: "2
// calls" are no two hours.
var (
	noteRange   = regexp.MustCompile(`^(\d{1,2}):(\d\d)\s*[-–—]\s*(\d{1,2}):(\d\d)` + noteSpace)
	noteDecimal = regexp.MustCompile(`(?i)^(\d{0,2}\.\d{1,2})(?:\s*(?:h|hrs?|hours?))?` + noteSpace)
	noteHours   = regexp.MustCompile(`(?i)^(\d{1,2})\s*(?:h|hrs?|hours?)(?:\s*(\d{2})\s*(?:m|mins?|minutes?)?)?` + noteSpace)
	noteMinutes = regexp.MustCompile(`(?i)^(\d{1,4})\s*(?:m|mins?|minutes?)\.?` + noteSpace)
)

// readNote takes a note apart. It understands durations and clock times at the
// very beginning, and nothing else: what it does not understand is text.
func readNote(text string) (said, error) {
	text = strings.Join(strings.Fields(text), " ")
	n := said{text: text}
	lead, valid := true, true
	if m := noteRange.FindStringSubmatch(text); m != nil {
		var ok1, ok2 bool
		n.from, ok1 = clockTime(m[1], m[2])
		n.until, ok2 = clockTime(m[3], m[4])
		n.clock, valid, n.text = true, ok1 && ok2 && n.from != n.until, text[len(m[0]):]
	} else if m := noteDecimal.FindStringSubmatch(text); m != nil {
		whole, part, _ := strings.Cut(m[1], ".")
		n.seconds, n.text = number(whole)*3600+number((part + "0")[:2])*36, text[len(m[0]):]
	} else if m := noteHours.FindStringSubmatch(text); m != nil {
		n.seconds, valid, n.text = number(m[1])*3600+number(m[2])*60, number(m[2]) < 60, text[len(m[0]):]
	} else if m := noteMinutes.FindStringSubmatch(text); m != nil {
		n.seconds, n.text = number(m[1])*60, text[len(m[0]):]
	} else {
		lead = false
	}
	switch {
	case n.text == "":
		return n, invalid("say what was done, for example: 0.3 call with opposing counsel re discovery")
	case lead && (!valid || !n.clock && (n.seconds < 60 || n.seconds > maxMinutes*60)):
		return n, invalid("that is no time; begin the note with 0.3, 20 min, 1h30 or 14:00-14:30")
	}
	return n, nil
}

func clockTime(hours, minutes string) (time.Duration, bool) {
	h, m := number(hours), number(minutes)
	return time.Duration(h)*time.Hour + time.Duration(m)*time.Minute, m < 60 && h*60+m <= maxMinutes
}

// number returns digits as a number; none are 0.
func number(digits string) int64 {
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// place returns when the note was, and whether how long it took is known and
// when is not.
func (n said) place(day, today billing.Day, now time.Time, zone *time.Location) (span billing.Span, bare bool, err error) {
	at := func(day billing.Day, since time.Duration) time.Time {
		return time.Date(day.Year, day.Month, day.Day, 0, int(since/time.Minute), 0, 0, zone)
	}
	switch {
	case n.clock:
		span = billing.Span{Start: at(day, n.from), End: at(day, n.until)}
		if n.until < n.from { // over midnight
			span.End = at(day.Add(1), n.until)
		}
	case day == today:
		span = billing.Span{Start: now.Add(-time.Duration(n.seconds) * time.Second), End: now}
	default:
		span, bare = billing.Span{Start: at(day, 12*time.Hour), End: at(day, 12*time.Hour)}, n.seconds > 0
	}
	switch {
	case span.End.After(now):
		err = invalid("that time has not passed yet")
	case span.End.Before(span.Start) || n.clock && span.Empty():
		err = invalid("clocks changed in that time; say how long it took instead")
	}
	return span, bare, err
}
