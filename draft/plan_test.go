package draft_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft"
)

// Nothing that only was planned, that is in doubt, or that was set aside becomes
// a draft that is ready without a person.
func TestNoObservationWithoutAPersonsActIsReady(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyDay(t)
		asked := map[billing.ObservationID]bool{}
		for i := range in.Observations {
			o := &in.Observations[i]
			switch rapid.IntRange(0, 4).Draw(t, "how") {
			case 0:
				o.Doubt, asked[o.ID] = "sent by Sam Secretary in your name", true
			case 1:
				o.Kind, asked[o.ID] = billing.KindMeeting, true
				o.Span.End = o.Span.Start.Add(8*time.Hour + time.Duration(rapid.IntRange(1, 300*3600).Draw(t, "longer"))*time.Second)
			case 2:
				o.Ignored, asked[o.ID] = "a read receipt", true
			}
		}
		for _, d := range draft.Propose(in).Drafts {
			for _, id := range d.Evidence {
				if asked[id] && d.Missing() == "" {
					t.Fatalf("%q is ready though it rests on %s, which nobody is known to have done", string(d.Narrative), id)
				}
				if !asked[id] && len(d.Asks) > 0 {
					t.Fatalf("%q is asked about for the sake of other work: %v", string(d.Narrative), d.Asks)
				}
			}
		}
	})
}

// A block of the calendar takes no time from anything that was seen, and never
// more than the day's working hours.
func TestABlockTakesWhatIsLeftOfTheWorkingHours(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := anyDay(t)
		day := in.Day.Span(in.Zone)
		block := billing.Observation{ID: "block", Kind: billing.KindMeeting, Subject: "2024-0113 trial", Span: billing.Span{
			Start: day.Start.Add(time.Duration(rapid.IntRange(-200, 9).Draw(t, "from")) * time.Hour),
			End:   day.Start.Add(time.Duration(rapid.IntRange(20, 300).Draw(t, "to")) * time.Hour)}}
		before := draft.Propose(in)
		in.Observations = append(in.Observations, block)
		after := draft.Propose(in)
		var others []billing.Entry
		for _, d := range after.Drafts {
			if len(d.Evidence) == 1 && d.Evidence[0] == "block" {
				if d.Worked > 8*3600 {
					t.Fatalf("%d s are proposed of a block", d.Worked)
				}
				continue
			}
			others = append(others, d)
		}
		want, got := billedLines(before.Drafts), billedLines(others)
		if strings.Join(want, "\n") != strings.Join(got, "\n") {
			t.Fatalf("the block changed other drafts: %v, without it %v", got, want)
		}
	})
}

func TestBlocksOfTheCalendar(t *testing.T) {
	zone, _ := time.LoadLocation("America/New_York")
	at := func(s string) time.Time {
		when, err := time.ParseInLocation("2006-01-02 15:04", s, zone)
		if err != nil {
			t.Fatal(err)
		}
		return when
	}
	for _, c := range []struct {
		name, from, to, day string
		hours               float64 // proposed; -1 when there is no draft
		asks                string  // in the question; "" when it is ready
	}{
		{"a call", "2026-11-18 10:00", "2026-11-18 10:30", "2026-11-18", 0.5, ""},
		{"a working day", "2026-11-18 09:00", "2026-11-18 17:00", "2026-11-18", 8, ""},
		{"a closing past midnight", "2026-11-18 22:00", "2026-11-19 01:00", "2026-11-18", 2, ""},
		{"a long day", "2026-11-18 07:00", "2026-11-18 20:00", "2026-11-18", 8, "from 07:00 to 20:00"},
		{"a trial, its first day", "2026-11-16 09:00", "2026-11-20 17:00", "2026-11-16", 8, "16 Nov 09:00 to 20 Nov 17:00"},
		{"a trial, its third day", "2026-11-16 09:00", "2026-11-20 17:00", "2026-11-18", 8, "say how much of this day"},
		{"a trial over a week-end", "2026-11-16 09:00", "2026-11-24 17:00", "2026-11-21", -1, ""},
		{"the last morning", "2026-11-16 09:00", "2026-11-20 08:00", "2026-11-20", -1, ""},
		{"a night", "2026-11-18 18:00", "2026-11-19 04:00", "2026-11-18", 6, "say how much"},
		{"a Saturday", "2026-11-21 08:00", "2026-11-21 18:00", "2026-11-21", 8, "say how much"},
		{"for ever", "2026-11-18 09:00", "9999-12-31 23:59", "2026-11-18", -1, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			day, _ := billing.ParseDay(c.day)
			got := draft.Propose(draft.Input{Day: day, Zone: zone, Matters: matters, Timekeeper: me, Policy: draft.DefaultPolicy,
				Observations: []billing.Observation{{ID: "o", Kind: billing.KindMeeting, Subject: "2024-0113 trial",
					Span: billing.Span{Start: at(c.from).UTC(), End: at(c.to).UTC()}}}}).Drafts
			switch {
			case c.hours < 0 && len(got) > 0:
				t.Fatalf("it is proposed: %+v", got)
			case c.hours < 0:
				return
			case len(got) != 1 || got[0].Worked != int64(c.hours*3600):
				t.Fatalf("got %+v, want %v h", got, c.hours)
			case (c.asks == "") != (len(got[0].Asks) == 0) || c.asks != "" && !strings.Contains(got[0].Asks[0].Text, c.asks):
				t.Errorf("it asks %v, want %q", got[0].Asks, c.asks)
			}
		})
	}
}

// Whatever the source, nothing above the policy's limits is ready.
func TestNothingAboveTheLimitsIsReady(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var entries []billing.Entry
		for i := range rapid.IntRange(1, 8).Draw(t, "entries") {
			entries = append(entries, billing.Entry{
				ID: billing.EntryID(rune('a' + i)), State: rapid.SampledFrom([]billing.EntryState{billing.StateDrafted, billing.StateApproved, billing.StateDiscarded}).Draw(t, "state"),
				Worked: rapid.Int64Range(0, 50_000).Draw(t, "worked"), Billed: rapid.Int64Range(0, 900).Draw(t, "billed"),
				Accepted: rapid.Bool().Draw(t, "accepted"),
			})
		}
		asks := draft.Excess(entries, draft.DefaultPolicy)
		var day, agreed int64
		for _, e := range entries {
			long := max(e.Worked, 60*e.Billed)
			if e.State == billing.StateDiscarded {
				continue
			}
			day += long
			ready := e.State == billing.StateDrafted && !e.Accepted && asks[e.ID] == ""
			if ready && long > 12*3600 {
				t.Fatalf("a draft of %d s is ready", long)
			}
			if ready || e.State == billing.StateApproved || e.Accepted {
				agreed += long
			} else if asks[e.ID] == "" {
				t.Fatalf("%s is neither ready nor asked about", e.ID)
			}
		}
		for _, e := range entries {
			if day > 16*3600 && e.State == billing.StateDrafted && !e.Accepted && asks[e.ID] == "" {
				t.Fatalf("%s is ready on a day of %d s", e.ID, day)
			}
		}
	})
}
