package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
)

func (b *bench) takeDay(draft string) app.DraftView {
	b.t.Helper()
	view, err := app.Notes{Practice: b.Practice}.TakeDay(b.t.Context(), billing.EntryID(draft))
	b.check(err)
	return view
}

func (b *bench) undo(want string) {
	b.t.Helper()
	what, err := app.Review{Practice: b.Practice}.Undo(b.t.Context())
	if b.check(err); what != want {
		b.t.Fatalf("undid %q, want %q", what, want)
	}
}

func (b *bench) day(day string) app.DayView {
	b.t.Helper()
	v, err := app.Review{Practice: b.Practice}.Day(b.t.Context(), b.parseDay(day))
	b.check(err)
	return v
}

// A note that names another day is of the day noted, takes no time of it and is
// not ready, until that day is taken; undo moves it back, and then the note.
func TestTheDayThatANoteNamesIsTakenWithOneKey(t *testing.T) {
	b := on(t, "b", "America/New_York", "2026-11-19 17:00")
	said := b.take("call with client yesterday on 2024-0113 re discovery 0.4", "")[0]
	asked := b.drafted("2026-11-19")[0]
	if said.NamedDay != "2026-11-18" || asked.AskedDay != "2026-11-18" || !strings.Contains(asked.Needs, "Was it done on 2026-11-18?") {
		t.Fatalf("%+v\n%+v", said, asked)
	}
	if asked.BilledMinutes != 24 || len(asked.Spans) != 0 || b.day("2026-11-19").Summary.ObservedSeconds != 0 {
		t.Fatalf("it takes time of the day on which it was noted: %+v", asked)
	}
	for range 2 {
		moved := b.takeDay(b.drafted("2026-11-19")[0].ID)
		if moved.Day != "2026-11-18" || moved.Needs != "" || moved.AskedDay != "" || moved.Matter != "2024-0113" || moved.BilledMinutes != 24 || moved.Estimated || !moved.Stated {
			t.Fatalf("%+v", moved)
		}
		b.want("2026-11-18", "1440s 0.4 2024-0113|Telephone conference with client regarding discovery")
		if left := b.day("2026-11-19"); len(left.Observed) != 0 || len(b.drafted("2026-11-19")) != 0 || len(b.day("2026-11-18").Observed) != 1 {
			t.Fatalf("it is left where it was: %+v", left)
		}
		b.undo("day of a note")
		back := b.drafted("2026-11-19")
		if len(back) != 1 || back[0].AskedDay != "2026-11-18" || len(b.drafted("2026-11-18")) != 0 || len(b.day("2026-11-19").Observed) != 1 {
			t.Fatalf("%+v", back)
		}
	}
	b.undo("note")
	if left := b.drafted("2026-11-19"); len(left) != 0 {
		t.Fatalf("%+v", left)
	}
}

// Accepting says that the note was of the day on which it was noted.
func TestTheDayOfANoteIsDeclined(t *testing.T) {
	b := on(t, "b", "America/New_York", "2026-11-19 17:00")
	b.take("Monday: 0.4 call with client on 2024-0113", "")
	id := billing.EntryID(b.drafted("2026-11-19")[0].ID)
	b.check(app.Review{Practice: b.Practice}.Accept(t.Context(), id))
	if e := b.drafted("2026-11-19")[0]; e.Needs != "" || e.AskedDay != "" {
		t.Fatalf("%+v", e)
	}
	_, err := app.Notes{Practice: b.Practice}.TakeDay(t.Context(), id)
	wantKind(t, err, billing.Conflict)
}

// What a person changed goes with the draft: its words, its matter, its minutes.
func TestTheDayIsTakenWithWhatWasChanged(t *testing.T) {
	b := on(t, "b", "America/New_York", "2026-11-19 17:00")
	b.take("call yesterday 0.4", "")
	id, matter, text, minutes := b.drafted("2026-11-19")[0].ID, "2025-0042", "Conference with court", int64(30)
	b.check(app.Review{Practice: b.Practice}.Edit(t.Context(), billing.EntryID(id), app.Edit{Matter: &matter, Narrative: &text, Minutes: &minutes}))
	e := b.takeDay(id)
	if e.Day != "2026-11-18" || e.Matter != matter || e.Narrative != text || e.BilledMinutes != minutes || e.WorkedSeconds != 1440 || e.Needs != "" {
		t.Fatalf("%+v", e)
	}
}

// With times of day it gets what is free of them on that day, and says so.
func TestTheDayHoldsItsTimeAlready(t *testing.T) {
	b := on(t, "b", "America/New_York", "2026-11-19 08:00") // 9 to 10 is ahead of now
	b.take("14:00-14:20 draft motion on 2024-0113", "2026-11-18")
	b.check(app.Review{Practice: b.Practice}.Accept(t.Context(), billing.EntryID(b.drafted("2026-11-18")[0].ID)))
	b.take("yesterday 2:10pm-2:40pm call with client on 2024-0113", "")
	e := b.takeDay(b.drafted("2026-11-19")[0].ID)
	if want := "others hold 10 of the 30 minutes"; e.WorkedSeconds != 1200 || e.BilledMinutes != 18 || !strings.HasPrefix(e.Needs, want) || e.Start != "2026-11-18T14:20:00-05:00" {
		t.Fatalf("%+v", e)
	}
	b.take("yesterday 2:00pm-2:15pm call with clerk on 2024-0113", "")
	if e = b.takeDay(b.drafted("2026-11-19")[0].ID); e.WorkedSeconds != 0 || e.Needs != "it has no minutes" || len(e.Asks) != 1 {
		t.Fatalf("%+v", e)
	}
}

// Small notes of that day share a draft, those that come from another day too.
func TestSmallNotesOfANamedDayShareADraft(t *testing.T) {
	b := on(t, "b", "America/New_York", "2026-11-19 17:00")
	b.take("3 min call with client on 2024-0113", "2026-11-18")
	for _, want := range []int64{6, 12, 12} {
		b.take("yesterday 3 min call with client on 2024-0113", "")
		if e := b.takeDay(b.drafted("2026-11-19")[0].ID); e.BilledMinutes != want {
			t.Fatalf("the calls bill %d, want %d: %+v", e.BilledMinutes, want, e)
		}
	}
	for _, want := range []string{"day of a note", "note", "day of a note", "note", "day of a note", "note", "note"} {
		b.undo(want)
	}
	if left := append(b.drafted("2026-11-18"), b.drafted("2026-11-19")...); len(left) != 0 {
		t.Fatalf("%+v", left)
	}
}

// Said at once, each part is of its day, and one undo takes all of them back.
func TestANoteIsTakenOnTheDaysThatItNames(t *testing.T) {
	b := on(t, "b", "America/New_York", "2026-11-19 17:00")
	parts, err := app.Notes{Practice: b.Practice}.TakeOnNamedDays(t.Context(), "11/17: 9-10am call with client on 2024-0113; today: draft memo on 2024-0113 0.3", billing.Day{})
	b.check(err)
	if len(parts) != 2 || parts[0].Day != "2026-11-17" || parts[0].NamedDay != "" || len(parts[0].Asks) != 0 || parts[1].Day != "2026-11-19" {
		t.Fatalf("%+v", parts)
	}
	b.want("2026-11-17", "3600s 1.0 2024-0113|Telephone conference with client")
	b.want("2026-11-19", "1080s 0.3 2024-0113|Draft memo")
	b.undo("note of 2 parts")
	if left := append(b.drafted("2026-11-17"), b.drafted("2026-11-19")...); len(left) != 0 {
		t.Fatalf("%+v", left)
	}
}

// Minutes that were said carry no estimate mark and are called stated, whatever
// the policy rounds to and whenever the work was; those said to be about right
// carry it.
func TestSaidMinutesAreNoEstimate(t *testing.T) {
	b := on(t, "b", "America/New_York", "2026-11-19 17:00")
	rapid.Check(t, func(rt *rapid.T) {
		rules, err := b.DraftingPolicy(t.Context())
		b.check(err)
		rules.Rounding.Increment = rapid.SampledFrom([]int64{1, 6, 10, 15, 30}).Draw(rt, "increment")
		rules.Rounding.Scope = rapid.SampledFrom([]billing.RoundingScope{billing.ScopeEntry, billing.ScopeMatterDay}).Draw(rt, "scope")
		b.check(b.SetDraftingPolicy(t.Context(), rules))
		minutes := rapid.IntRange(1, 90).Draw(rt, "minutes")
		about := rapid.Bool().Draw(rt, "about")
		length := fmt.Sprintf("%d min", minutes)
		if about {
			length = "about " + length
		}
		form := rapid.SampledFrom([]string{"%s call with client on 2024-0113", "call with client on 2024-0113 yesterday %s", "call with client on 2024-0113, %s"}).Draw(rt, "form")
		day := rapid.SampledFrom([]string{"", "2026-11-16"}).Draw(rt, "day")
		parts := b.take(fmt.Sprintf(form, length), day)
		id := billing.EntryID(parts[0].Draft)
		e, err := app.Review{Practice: b.Practice}.Entry(t.Context(), id)
		if err != nil {
			rt.Fatal(err)
		}
		if e.AskedDay != "" && rapid.Bool().Draw(rt, "taken") {
			e = b.takeDay(e.ID)
			defer b.undo("note")
			defer b.undo("day of a note")
		} else {
			defer b.undo("note")
		}
		if e.Estimated != about || !e.Stated || e.WorkedSeconds != int64(minutes)*60 {
			rt.Fatalf("%q on %q: %+v", fmt.Sprintf(form, length), day, e)
		}
	})
}

// What was seen is measured, and not stated.
func TestMeasuredMinutesAreNotStated(t *testing.T) {
	b := on(t, "b", "UTC", "2026-11-19 09:00")
	b.start("brief", "2024-0113")
	b.work(3600e9)
	b.stop(0)
	b.take("0.2 call with client on 2024-0113", "2026-11-18")
	if slices.ContainsFunc(b.drafted("2026-11-19"), func(e app.DraftView) bool { return e.Stated }) || !b.drafted("2026-11-18")[0].Stated {
		t.Fatal("a timer's minutes are stated, or a note's are not")
	}
}
