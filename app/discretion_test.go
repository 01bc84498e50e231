package app_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
)

func (o *office) discretion() app.Discretion { return app.Discretion{Practice: o.Practice} }

func at(hour, minute int) time.Time { return time.Date(2026, 11, 19, hour, minute, 0, 0, time.UTC) }

// pause has the office pause from one time of the day to another.
func (o *office) pause(from, to time.Time) {
	o.t.Helper()
	was := o.now
	o.now = from
	o.check(o.discretion().Pause(o.t.Context(), to))
	o.now = was
}

// stretches returns what is stored of the day: times and names.
func (o *office) stretches() []string {
	o.t.Helper()
	out := []string{}
	for _, v := range o.day().Observed {
		out = append(out, fmt.Sprintf("%s-%s %s", v.Start[11:16], v.End[11:16], v.Subject))
	}
	return out
}

func (o *office) wantStretches(want ...string) {
	o.t.Helper()
	if got := o.stretches(); fmt.Sprint(got) != fmt.Sprint(want) {
		o.t.Fatalf("stored is %q, want %q", got, want)
	}
}

// onDisk reports whether a file of the data directory holds text.
func (o *office) onDisk(text string) bool {
	o.t.Helper()
	files, err := filepath.Glob(filepath.Join(o.Dir, "*"))
	o.check(err)
	for _, f := range files {
		raw, err := os.ReadFile(f)
		o.check(err)
		if bytes.Contains(raw, []byte(text)) {
			return true
		}
	}
	return false
}

func TestNothingIsRecordedInAPause(t *testing.T) {
	o := open(t)
	o.saw("before", "Rivera", 8, 30)
	o.saw("within", "Rivera", 10, 20)
	o.saw("into", "Rivera", 9, 40) // until 9:40
	o.now = at(9, 20)
	o.check(o.discretion().Pause(t.Context(), time.Time{}))
	o.now = at(10, 30)
	list, err := app.Sources{Practice: o.Practice}.Capture(t.Context(), true)
	o.check(err)
	if !list[0].Paused || list[0].Error != "" {
		t.Fatalf("captured %+v in a pause", list)
	}
	o.wantStretches()
	if v := o.day(); v.PausedUntil != app.UntilResumed {
		t.Errorf("paused until %q", v.PausedUntil)
	}
	o.check(o.discretion().Resume(t.Context()))
	o.now = at(23, 0)
	o.capture()
	o.wantStretches("08:00-08:30 before", "09:00-09:20 into")
	o.saw("into", "Rivera", 9, 60) // went on in the pause, and is the same
	o.capture()
	o.wantStretches("08:00-08:30 before", "09:00-09:20 into")
	o.saw("into", "Rivera", 9, 120) // and after it
	o.capture()
	o.wantStretches("08:00-08:30 before", "09:00-09:20 into", "10:30-11:00 into")
	o.capture()
	o.wantStretches("08:00-08:30 before", "09:00-09:20 into", "10:30-11:00 into")
	if o.onDisk("within") {
		t.Error("what happened in the pause is in the files")
	}
}

func TestEventMovesIntoAndOutOfAPause(t *testing.T) {
	o := open(t)
	event := func(revision string, start, end time.Time) {
		o.feed.observations = []billing.Observation{{ExternalID: "e", Revision: revision, Kind: billing.KindMeeting,
			Subject: "Rivera call", Span: billing.Span{Start: start, End: end}}}
		o.capture()
	}
	event("1", at(15, 0), at(16, 0))
	o.wantStretches("15:00-16:00 Rivera call")
	o.pause(at(9, 0), at(10, 0))
	event("2", at(9, 10), at(9, 50))
	o.wantStretches()
	event("3", at(8, 30), at(10, 30))
	o.wantStretches("08:30-09:00 Rivera call", "10:00-10:30 Rivera call")
	event("4", at(9, 30), at(10, 30))
	o.wantStretches("10:00-10:30 Rivera call")
	event("5", at(12, 0), at(13, 0))
	o.wantStretches("12:00-13:00 Rivera call")
}

// Recording with pauses and going on afterwards stores exactly what lies
// outside of all of them, second by second.
func TestPauseLaw(t *testing.T) {
	cases, most := 0, 25 // each is a practice of its own
	if os.Getenv("TENTHS_HEAVY") == "1" {
		most = 1000
	}
	rapid.Check(t, func(r *rapid.T) {
		if cases++; cases > most {
			return
		}
		o := open(t)
		var pauses []billing.Span
		minute := 0
		for range rapid.IntRange(0, 3).Draw(r, "pauses") {
			from := minute + rapid.IntRange(0, 200).Draw(r, "from")
			to := from + rapid.IntRange(1, 120).Draw(r, "length")
			minute = to
			o.pause(at(0, from), at(0, to))
			pauses = append(pauses, billing.Span{Start: at(0, from), End: at(0, to)})
		}
		var want []billing.Span
		for i := range rapid.IntRange(1, 6).Draw(r, "seen") {
			start := at(0, rapid.IntRange(0, 600).Draw(r, "start"))
			span := billing.Span{Start: start, End: start.Add(time.Duration(rapid.IntRange(0, 200).Draw(r, "minutes")) * time.Minute)}
			o.feed.observations = append(o.feed.observations, billing.Observation{ExternalID: fmt.Sprint(i), Revision: "1",
				Kind: billing.KindEdit, Saves: 3, Subject: billing.Privileged(fmt.Sprintf("doc %d", i)), Span: span})
			if span.Empty() {
				inside := false
				for _, p := range pauses {
					inside = inside || p.Contains(start)
				}
				if !inside {
					want = append(want, span)
				}
				continue
			}
			want = append(want, billing.Subtract(span, billing.Union(pauses))...)
		}
		o.capture()
		o.capture()
		var got []billing.Span
		for _, v := range o.day().Observed {
			start, _ := time.Parse(time.RFC3339, v.Start)
			end, _ := time.Parse(time.RFC3339, v.End)
			got = append(got, billing.Span{Start: start.UTC(), End: end.UTC()})
		}
		if len(got) != len(want) || billing.TotalSeconds(got) != billing.TotalSeconds(want) || fmt.Sprint(billing.Union(got)) != fmt.Sprint(billing.Union(want)) {
			r.Fatalf("stored %v, want %v, pauses %v", got, want, pauses)
		}
	})
}

func TestBlackoutLeavesNothing(t *testing.T) {
	for _, c := range []struct{ kind, what string }{
		{app.BlackoutClient, "zweigelt"}, {app.BlackoutFolder, "Zweigelt_Custody"}, {app.BlackoutFolder, "/d/Zweigelt_Custody"},
		{app.BlackoutSender, "Dana@Vine.example"}, {app.BlackoutSender, "vine.example"}, {app.BlackoutCalendar, "tasting notes"},
		{app.BlackoutCalendar, "folder-1"},
	} {
		t.Run(c.kind+" "+c.what, func(t *testing.T) {
			o := open(t)
			o.saw("ledger", "Rivera", 8, 30)
			hidden := billing.Observation{ExternalID: "Zweigelt/x", Revision: "1", Kind: billing.KindMeeting, Subject: "Zweigelt: tasting notes",
				Path: "/d/Zweigelt_Custody/Zweigelt.docx", With: []billing.Party{{Address: "dana@vine.example", Name: "Dana Zweigelt"}},
				Span: billing.Span{Start: at(10, 0), End: at(11, 0)}}
			o.feed.observations = append(o.feed.observations, hidden)
			o.capture()
			o.day() // drafts it
			if !o.onDisk("Zweigelt: tasting") {
				t.Fatal("it was not stored")
			}
			done, err := o.discretion().Blacken(t.Context(), c.kind, c.what, false)
			o.check(err)
			others := 1
			if c.what == "folder-1" {
				others = 0 // all of the source is meant
			}
			if done.Purged != 2-others || done.Pending != "" {
				t.Errorf("blackout did %+v", done)
			}
			hidden.Revision, hidden.ExternalID = "2", "Zweigelt/y"
			o.feed.observations = append(o.feed.observations, hidden)
			o.capture()
			if got := o.stretches(); len(got) != others {
				t.Errorf("stored is %q", got)
			}
			for _, text := range []string{"Zweigelt: tasting", "Zweigelt/x", "Zweigelt/y", "Zweigelt.docx", "Dana Zweigelt"} {
				if o.onDisk(text) {
					t.Errorf("%q is still in the files", text)
				}
			}
		})
	}
}

func TestBlackoutOfAClientCoversItsMatters(t *testing.T) {
	o := open(t)
	_, err := app.Matters{Practice: o.Practice}.Import(t.Context(), strings.NewReader(
		"number,client,name,contacts,folder\n2026-0777,Anna Zweigelt,In re Custody of L.,Dana Reed <dana@reed.example> (opposing counsel);jo@own.example,Z\n"))
	o.check(err)
	o.check(o.SetTimekeeper(t.Context(), billing.Timekeeper{Name: "Jo", Addresses: []billing.Privileged{"jo@own.example"}}))
	_, err = o.discretion().Blacken(t.Context(), app.BlackoutClient, "anna zweigelt", false)
	o.check(err)
	see := func(id string, fn func(*billing.Observation)) {
		obs := billing.Observation{ExternalID: id, Revision: "1", Kind: billing.KindMailReceived, Subject: billing.Privileged(id), Span: billing.Span{Start: at(9, 0), End: at(9, 0)}}
		fn(&obs)
		o.feed.observations = append(o.feed.observations, obs)
	}
	see("by name", func(x *billing.Observation) { x.Subject = "Call with Anna Zweigelt's sister" })
	see("by number", func(x *billing.Observation) { x.Subject = "[2026-0777] motion" })
	see("by matter", func(x *billing.Observation) { x.Attachments = []billing.Privileged{"in_re_custody_of_l.pdf"} })
	see("by folder", func(x *billing.Observation) { x.Path = "/home/jo/Matters/Z/motion.docx" })
	see("by contact", func(x *billing.Observation) { x.With = []billing.Party{{Address: "Dana@reed.example"}} })
	see("by contact's name", func(x *billing.Observation) { x.With = []billing.Party{{Name: "DANA REED"}} })
	see("mine", func(x *billing.Observation) { x.With = []billing.Party{{Address: "jo@own.example"}} })
	see("like it", func(x *billing.Observation) { x.Subject, x.Path = "Zweig tariff", "/home/jo/Matters/Zoo/x.docx" })
	o.capture()
	o.wantStretches("09:00-09:00 mine", "09:00-09:00 Zweig tariff")
}

func TestBlackoutSparesWhatIsApproved(t *testing.T) {
	o := open(t)
	o.saw("ledger", "Rivera", 8, 30)
	o.saw("motion", "Rivera", 10, 30)
	o.capture()
	d, _ := billing.ParseDay(day)
	_, err := o.review().Approve(t.Context(), d, []billing.EntryID{o.id("ledger")}, "")
	o.check(err)
	o.check(o.review().Edit(t.Context(), o.id("motion"), editNarrative("Zweigelt motion")))
	done, err := o.discretion().Blacken(t.Context(), app.BlackoutMatter, "2024-0113", true)
	o.check(err)
	if done.Purged != 0 || done.Kept != 2 {
		t.Errorf("keeping did %+v", done)
	}
	o.check(o.discretion().Unblacken(t.Context(), done.ID))
	done, err = o.discretion().Blacken(t.Context(), app.BlackoutMatter, "2024-0113", false)
	o.check(err)
	if done.Purged != 1 || done.Kept != 1 {
		t.Errorf("blackout did %+v", done)
	}
	o.wantStretches("08:00-08:30 ledger")
	if _, err := o.review().Undo(t.Context()); billing.KindOf(err) != billing.NotFound {
		t.Errorf("undo: %v", err)
	}
	if o.onDisk("Zweigelt motion") {
		t.Error("the narrative is still in the files")
	}
	_, err = o.discretion().Blacken(t.Context(), app.BlackoutMatter, "2024-0113", false)
	wantKind(t, err, billing.Conflict)
	_, err = o.discretion().Blacken(t.Context(), app.BlackoutMatter, "1-1", false)
	wantKind(t, err, billing.NotFound)
	_, err = o.discretion().Blacken(t.Context(), "weather", "x", false)
	wantKind(t, err, billing.Invalid)
	_, err = o.discretion().Blacken(t.Context(), app.BlackoutClient, " . ", false)
	wantKind(t, err, billing.Invalid)
	wantKind(t, o.discretion().Unblacken(t.Context(), "99"), billing.NotFound)
}

func TestPauseUntilATimeOfDay(t *testing.T) {
	o := open(t) // 23:00 UTC
	for clock, want := range map[string]string{"23:30": "2026-11-19T23:30:00Z", "18:00": "2026-11-20T18:00:00Z"} {
		got, err := o.discretion().At(t.Context(), clock)
		o.check(err)
		if got.Format(time.RFC3339) != want {
			t.Errorf("%s is %v, want %s", clock, got, want)
		}
	}
	_, err := o.discretion().At(t.Context(), "six")
	wantKind(t, err, billing.Invalid)
	wantKind(t, o.discretion().Pause(t.Context(), o.now.Add(-time.Hour)), billing.Invalid)
}
