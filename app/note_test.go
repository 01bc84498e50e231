package app_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
)

func (b *bench) note(text, day string) (app.NoteView, error) {
	b.t.Helper()
	return app.Notes{Practice: b.Practice}.Add(b.t.Context(), text, b.parseDay(day))
}

func (b *bench) take(text, day string) []app.NotePart {
	b.t.Helper()
	parts, err := app.Notes{Practice: b.Practice}.Take(b.t.Context(), text, b.parseDay(day))
	b.check(err)
	return parts
}

// parseDay returns the day written so, the zero day for "".
func (b *bench) parseDay(day string) (d billing.Day) {
	b.t.Helper()
	if day != "" {
		var err error
		d, err = billing.ParseDay(day)
		b.check(err)
	}
	return d
}

// What leads a note says how long or when.
func TestNotes(t *testing.T) {
	b := on(t, "b", "America/New_York", "2026-11-19 17:00")
	taken := 0
	for text, want := range map[string]string{
		"0.3 call with opposing counsel re discovery": "16:42–17:00 Telephone conference with opposing counsel regarding discovery",
		".3h call":                      "16:42–17:00 Telephone conference",
		"0.3h: call":                    "16:42–17:00 Telephone conference",
		"0.25 hours call":               "16:45–17:00 Telephone conference",
		"1.5 hr call":                   "15:30–17:00 Telephone conference",
		"20 min call":                   "16:40–17:00 Telephone conference",
		"20 min. call":                  "16:40–17:00 Telephone conference",
		"20m call":                      "16:40–17:00 Telephone conference",
		"20 minutes, call":              "16:40–17:00 Telephone conference",
		"1h30 call":                     "15:30–17:00 Telephone conference",
		"1h 30 min call":                "15:30–17:00 Telephone conference",
		"2h call":                       "15:00–17:00 Telephone conference",
		"1 hour - call":                 "16:00–17:00 Telephone conference",
		"call for 20 min":               "16:40–17:00 Telephone conference",
		"14:00-14:30 call with expert":  "14:00–14:30 Telephone conference with expert",
		"9:05 – 10:00 call":             "09:05–10:00 Telephone conference",
		"2 calls with client":           "17:00–17:00 2 telephone conferences with client",
		"call with client":              "17:00–17:00 Telephone conference with client",
		"3 motions in limine":           "17:00–17:00 3 motions in limine",
		"20 mini-depositions":           "17:00–17:00 20 mini-depositions",
		"2024-0113 call":                "17:00–17:00 Telephone conference",
		"0.3call":                       "17:00–17:00 0.3call",
		"":                              "invalid",
		"0.3":                           "invalid",
		"20 min ":                       "invalid",
		"0.0 call":                      "invalid",
		"25h call":                      "invalid",
		"1h75 call":                     "invalid",
		"14:00-14:00 call":              "invalid",
		"14:00-25:00 call":              "invalid",
		"14:61-15:00 call":              "invalid",
		"16:30-17:30 not yet":           "invalid",
		"1500 min call":                 "invalid",
		"0.3 \t call\twith   the court": "16:42–17:00 Telephone conference with court",
	} {
		t.Run(text, func(t *testing.T) {
			v, err := b.note(text, "")
			if want == "invalid" {
				wantKind(t, err, billing.Invalid)
				return
			}
			b.check(err)
			start, err := time.Parse(time.RFC3339, v.Start)
			b.check(err)
			end, err := time.Parse(time.RFC3339, v.End)
			b.check(err)
			if got := start.Format("15:04") + "–" + end.Format("15:04") + " " + v.Text; got != want {
				t.Errorf("%q is %q, want %q", text, got, want)
			}
			if v.Seconds != int64(end.Sub(start)/time.Second) {
				t.Errorf("%q became %+v", text, v)
			}
			taken++
		})
	}
	d, err := app.Review{Practice: b.Practice}.Day(t.Context(), billing.Day{Year: 2026, Month: 11, Day: 19})
	b.check(err)
	if len(d.Observed) != taken {
		t.Errorf("%d notes were taken and %d are kept", taken, len(d.Observed))
	}
}

const manyWords = "for 2024-0113: half an hour with opposing counsel on the discovery letter, then one point two drafting the motion to compel, and a quick call with the clerk"

// One line becomes several drafts; the part whose duration was not said asks
// for it, and one undo takes all of them back.
func TestANoteOfSeveralParts(t *testing.T) {
	b := on(t, "b", "America/New_York", "2026-11-19 17:00")
	parts := b.take(manyWords, "")
	if len(parts) != 3 || parts[2].WorkedSeconds != nil || parts[2].Needs != "it has no minutes" ||
		!slices.Contains(parts[2].Asks, "How long did the call with the clerk take?") {
		t.Fatalf("%+v", parts)
	}
	// 15:18 to 15:48, 15:48 to 17:00, and a moment.
	b.want("2026-11-19", "0s 0.0 2024-0113|Telephone conference with clerk; "+
		"1800s 0.5 2024-0113|Conference with opposing counsel regarding discovery letter; 4320s 1.2 2024-0113|Draft motion to compel")
	for _, e := range b.drafted("2026-11-19") {
		want := map[string]string{"Telep": "A108", "Confe": "A107", "Draft": "A103"}[e.Narrative[:5]]
		if e.ActivityCode != want {
			t.Errorf("%s has %s", e.Narrative, e.ActivityCode)
		}
	}
	what, err := app.Review{Practice: b.Practice}.Undo(t.Context())
	b.check(err)
	if what != "note of 3 parts" {
		t.Errorf("undid %q", what)
	}
	if left := b.drafted("2026-11-19"); len(left) != 0 {
		t.Errorf("%d drafts are left", len(left))
	}
	b.take("0.1 call with client on 2024-0113", "") // drafts the day again
	if left := b.drafted("2026-11-19"); len(left) != 1 {
		t.Errorf("%d drafts came back", len(left)-1)
	}
}

func (b *bench) drafted(day string) []app.DraftView {
	b.t.Helper()
	list, err := app.Review{Practice: b.Practice}.Drafts(b.t.Context(), b.parseDay(day))
	b.check(err)
	return slices.DeleteFunc(list, func(e app.DraftView) bool { return e.State != string(billing.StateDrafted) })
}

// The same on another day bills the minutes and owns no time.
func TestANoteOfSeveralPartsOfAnotherDay(t *testing.T) {
	b := on(t, "b", "America/New_York", "2026-11-19 17:00")
	b.take(manyWords, "2026-11-16")
	got := []string{}
	for _, e := range b.drafted("2026-11-16") {
		got = append(got, fmt.Sprintf("%ds %s %s", e.WorkedSeconds, e.Hours, e.Narrative[:9]))
	}
	slices.Sort(got)
	if s := strings.Join(got, "; "); s != "0s 0.0 Telephone; 1800s 0.5 Conferenc; 4320s 1.2 Draft mot" {
		t.Fatal(s)
	}
}

// Reading keeps nothing, and says the same as taking.
func TestReadingANoteKeepsNothing(t *testing.T) {
	b := on(t, "b", "America/New_York", "2026-11-19 17:00")
	read, err := app.Notes{Practice: b.Practice}.Read(t.Context(), manyWords, billing.Day{})
	b.check(err)
	b.want("2026-11-19", "")
	for i, p := range b.take(manyWords, "") {
		if p.Narrative != read[i].Narrative || p.Matter != read[i].Matter || p.ActivityCode != read[i].ActivityCode || !slices.Equal(p.Asks, read[i].Asks) {
			t.Errorf("read %+v, took %+v", read[i], p)
		}
	}
}

// A note's draft follows its matter, and drafting the day again leaves it as
// it was said.
func TestANoteStandsWhenItsDayIsDraftedAgain(t *testing.T) {
	b := on(t, "b", "UTC", "2026-11-19 17:00")
	b.take("0.4 prepare for hearing in 2025-0042", "")
	before := b.drafted("2026-11-19")[0]
	if before.ActivityCode != "A101" || before.Narrative != "Prepare for hearing" || before.Matter != "2025-0042" {
		t.Fatalf("%+v", before)
	}
	b.take("0.1 email to client on 2024-0113", "")
	for _, e := range b.drafted("2026-11-19") {
		if e.ID == before.ID && (e.ActivityCode != "A101" || e.Narrative != before.Narrative) {
			t.Fatalf("%+v", e)
		}
	}
}

// A note that overlaps what is held says what it really got, and is not ready.
func TestANoteThatOverlapsHeldTimeSaysWhatItGot(t *testing.T) {
	b := on(t, "b", "America/New_York", "2026-11-19 17:00")
	b.take("14:00-14:20 draft motion on 2024-0113", "2026-11-16")
	b.check(app.Review{Practice: b.Practice}.Accept(t.Context(), billing.EntryID(b.drafted("2026-11-16")[0].ID)))
	parts := b.take("14:10-14:40 call with client on 2024-0113", "2026-11-16")
	if want := "others hold 10 of the 30 minutes that you said, so it has 20: say whether that is right"; parts[0].Needs != want {
		t.Fatalf("it needs %q, want %q", parts[0].Needs, want)
	}
	for _, e := range b.drafted("2026-11-16") {
		if e.ID == parts[0].Draft && e.WorkedSeconds != 1200 {
			t.Fatalf("%+v", e)
		}
	}
}

// Calls of three minutes bill what they come to together, however they are told:
// four of them 0.2 and not 0.4 (Massachusetts CPCS). One undo takes one note back.
func TestSmallNotesOfAMatterShareADraft(t *testing.T) {
	for name, tell := range map[string]func(b *bench, i int){
		"another day": func(b *bench, _ int) { b.take("3 min call with client on 2024-0113", "2026-11-16") },
		"with times": func(b *bench, i int) {
			b.take(fmt.Sprintf("1%d:00-1%d:03 call with client on 2024-0113", i, i), "2026-11-16")
		},
	} {
		t.Run(name, func(t *testing.T) {
			b := on(t, "b", "America/New_York", "2026-11-19 17:00")
			billed := []int64{}
			sum := func() (n int64) {
				for _, e := range b.drafted("2026-11-16") {
					n += e.BilledMinutes
				}
				return n
			}
			for i := range 4 {
				tell(b, i)
				billed = append(billed, sum())
			}
			if !slices.Equal(billed, []int64{6, 6, 12, 12}) {
				t.Fatalf("after each call the day bills %v", billed)
			}
			if list := b.drafted("2026-11-16"); len(list) != 1 || list[0].WorkedSeconds != 720 {
				t.Fatalf("%+v", list)
			}
			for i := range 4 {
				if _, err := (app.Review{Practice: b.Practice}).Undo(t.Context()); err != nil {
					t.Fatal(err)
				}
				if want := append([]int64{0}, billed[:3]...)[3-i]; sum() != want {
					t.Fatalf("after %d undone the day bills %d, want %d", i+1, sum(), want)
				}
			}
		})
	}
}

// A duration of another day bills what was said and owns no second of that day.
func TestNoteOfAnotherDay(t *testing.T) {
	b := on(t, "b", "America/New_York", "2026-11-19 17:00")
	v, err := b.note("0.3 call with client on 2024-0113 re discovery", "2026-11-16")
	b.check(err)
	if v.Matter != "2024-0113" || v.Needs != "" || v.Start != v.End {
		t.Fatalf("%+v", v)
	}
	b.want("2026-11-16", "1080s 0.3 2024-0113|Telephone conference with client regarding discovery")
	d, err := app.Review{Practice: b.Practice}.Day(t.Context(), billing.Day{Year: 2026, Month: 11, Day: 16})
	b.check(err)
	if o := d.Observed[0]; !o.Estimated || o.Start != o.End || d.Summary.ObservedSeconds != 0 || d.Summary.BilledMinutes != 18 || d.CanUndo == "" {
		t.Fatalf("%+v, %+v", o, d.Summary)
	}
	if e := d.Ready[0].Drafts[0]; e.Estimated {
		t.Fatalf("minutes that were said are marked as estimated: %+v", e)
	}
	if v, err = b.note("14:00-14:30 hearing in 2025-0042", "2026-11-16"); err != nil || v.Seconds != 1800 || v.Start != "2026-11-16T14:00:00-05:00" {
		t.Fatalf("%+v, %v", v, err)
	}
	_, err = b.note("0.3 call", "2026-11-20")
	wantKind(t, err, billing.Invalid)
}

func TestNoteWithoutDurationAsks(t *testing.T) {
	b := on(t, "b", "UTC", "2026-11-19 17:00")
	v, err := b.note("call with client on 2024-0113", "")
	b.check(err)
	if v.Needs != "it has no minutes" {
		t.Fatalf("%+v", v)
	}
}

// Two notes of the same second are two, and a note within a timer's time takes
// its minutes from the timer.
func TestNotesBesideEachOther(t *testing.T) {
	b := on(t, "b", "UTC", "2026-11-19 09:00")
	b.start("brief", "2024-0113")
	b.work(time.Hour)
	for _, text := range []string{"0.1 call re 2025-0042", "0.1 call re 2025-0042"} {
		_, err := b.note(text, "")
		b.check(err)
	}
	b.stop(0)
	b.want("2026-11-19", "0s 0.0 2025-0042|Telephone conference; 3240s 0.9 2024-0113|Brief; 360s 0.1 2025-0042|Telephone conference")
}

func TestNoteOverMidnight(t *testing.T) {
	b := on(t, "b", "America/New_York", "2026-11-20 00:06")
	_, err := b.note("0.3 call on 2024-0113 re stay", "")
	b.check(err)
	b.want("2026-11-19", "720s 0.2 2024-0113|Telephone conference regarding stay")
	b.want("2026-11-20", "360s 0.1 2024-0113|Telephone conference regarding stay")
}

// What was said not to be charged is billed nothing, a matter that was named for
// another part of the line says so, and times that do not agree are asked about.
func TestANoteThatIsNotCharged(t *testing.T) {
	b := on(t, "b", "America/New_York", "2026-11-19 17:00")
	b.take("2024-0113: draft motion to compel 1.0, e-file motion 0.2 (n/c)", "")
	b.take("research laches on 2024-0113 0.7, draft memo 0.9, total 2.0", "")
	asked := 0
	for _, e := range b.drafted("2026-11-19") {
		if free := strings.HasPrefix(e.Narrative, "E-file"); e.NonBillable != free || strings.Contains(e.Narrative, "charge") {
			t.Errorf("%s: non-billable %v", e.Narrative, e.NonBillable)
		}
		if strings.HasPrefix(e.Narrative, "Draft memo") {
			if e.Matter != "2024-0113" || !slices.Contains(e.Reasons, "named elsewhere in the note") {
				t.Errorf("%s is on %q since %q", e.Narrative, e.Matter, e.Reasons)
			}
			for _, a := range e.Asks {
				if strings.Contains(fmt.Sprint(a), "add up to 1:36") {
					asked++
				}
			}
		}
	}
	if asked != 1 {
		t.Errorf("%d questions about a total that is not the sum", asked)
	}
	p := b.take("0.3 call with the clerk, no charge", "")[0] // of a matter that is chosen later
	number := "2024-0113"
	b.check(app.Review{Practice: b.Practice}.Edit(t.Context(), billing.EntryID(p.Draft), app.Edit{Matter: &number}))
	for _, e := range b.drafted("2026-11-19") {
		if e.ID == p.Draft && !e.NonBillable {
			t.Errorf("%s is billable once it has a matter", e.Narrative)
		}
	}
}
