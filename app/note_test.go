package app_test

import (
	"testing"
	"time"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
)

func (b *bench) note(text, day string) (app.NoteView, error) {
	b.t.Helper()
	var d billing.Day
	if day != "" {
		var err error
		d, err = billing.ParseDay(day)
		b.check(err)
	}
	return app.Notes{Practice: b.Practice}.Add(b.t.Context(), text, d)
}

// What leads a note says how long or when; everything else is text.
func TestNotes(t *testing.T) {
	b := on(t, "b", "America/New_York", "2026-11-19 17:00")
	taken := 0
	for text, want := range map[string]string{
		"0.3 call with opposing counsel re discovery": "16:42–17:00 call with opposing counsel re discovery",
		".3h call":                      "16:42–17:00 call",
		"0.3h: call":                    "16:42–17:00 call",
		"0.25 hours call":               "16:45–17:00 call",
		"1.5 hr call":                   "15:30–17:00 call",
		"20 min call":                   "16:40–17:00 call",
		"20 min. call":                  "16:40–17:00 call",
		"20m call":                      "16:40–17:00 call",
		"20 minutes, call":              "16:40–17:00 call",
		"1h30 call":                     "15:30–17:00 call",
		"1h 30 min call":                "15:30–17:00 call",
		"2h call":                       "15:00–17:00 call",
		"1 hour - call":                 "16:00–17:00 call",
		"14:00-14:30 call with expert":  "14:00–14:30 call with expert",
		"9:05 – 10:00 call":             "09:05–10:00 call",
		"2 calls with client":           "17:00–17:00 2 calls with client",
		"call with client":              "17:00–17:00 call with client",
		"3 motions in limine":           "17:00–17:00 3 motions in limine",
		"20 mini-depositions":           "17:00–17:00 20 mini-depositions",
		"call for 20 min":               "17:00–17:00 call for 20 min",
		"2024-0113 call":                "17:00–17:00 2024-0113 call",
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
		"0.3 \t call\nwith   the court": "16:42–17:00 call with the court",
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

// A duration of another day bills what was said and owns no second of that day.
func TestNoteOfAnotherDay(t *testing.T) {
	b := on(t, "b", "America/New_York", "2026-11-19 17:00")
	v, err := b.note("0.3 call on 2024-0113 re discovery", "2026-11-16")
	b.check(err)
	if v.Matter != "2024-0113" || v.Needs != "" || v.Start != v.End {
		t.Fatalf("%+v", v)
	}
	b.want("2026-11-16", "0s 0.3 2024-0113|Call on re discovery")
	d, err := app.Review{Practice: b.Practice}.Day(t.Context(), billing.Day{Year: 2026, Month: 11, Day: 16})
	b.check(err)
	if o := d.Observed[0]; !o.Estimated || o.Start != o.End || d.Summary.ObservedSeconds != 0 || d.Summary.BilledMinutes != 18 || d.CanUndo == "" {
		t.Fatalf("%+v, %+v", o, d.Summary)
	}
	if e := d.Ready[0].Drafts[0]; !e.Estimated {
		t.Fatalf("the draft is not marked: %+v", e)
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
	b.want("2026-11-19", "0s 0.0 2025-0042|Call re; 3240s 0.9 2024-0113|Brief; 360s 0.1 2025-0042|Call re")
}

func TestNoteOverMidnight(t *testing.T) {
	b := on(t, "b", "America/New_York", "2026-11-20 00:06")
	_, err := b.note("0.3 call on 2024-0113 re stay", "")
	b.check(err)
	b.want("2026-11-19", "720s 0.2 2024-0113|Call on re stay")
	b.want("2026-11-20", "360s 0.1 2024-0113|Call on re stay")
}
