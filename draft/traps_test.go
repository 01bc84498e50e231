package draft_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft"
)

// did is work from a clock time on, for some minutes.
type did struct {
	kind    billing.ObservationKind
	from    string // 15:04
	minutes int
	subject string
}

func (d did) observation(i int, day billing.Day, zone *time.Location) billing.Observation {
	at, err := time.Parse("15:04", d.from)
	if err != nil {
		panic(err)
	}
	start := time.Date(day.Year, day.Month, day.Day, at.Hour(), at.Minute(), 0, 0, zone)
	return billing.Observation{
		ID: billing.ObservationID(fmt.Sprintf("o%d", i)), Kind: d.kind, Subject: billing.Privileged(d.subject), Saves: 99,
		Span: billing.Span{Start: start, End: start.Add(time.Duration(d.minutes) * time.Minute)},
	}
}

// The traps that timekeeping falls into, as vectors: what was done, and what a
// day's entries then bill.
func TestTraps(t *testing.T) {
	const rivera, lin = "2024-0113 ", "2025-0042 "
	up := billing.RoundingPolicy{Mode: billing.RoundUp, Increment: 6, Scope: billing.ScopeEntry, Tie: billing.TieUp, Minimum: 6}
	matterDay := billing.Tenths
	matterDay.Scope = billing.ScopeMatterDay
	for _, c := range []struct {
		what     string
		rounding billing.RoundingPolicy
		done     []did
		billed   string // minutes of each entry, in order
		worked   int64  // seconds in all
	}{
		{"CPCS: 8 and 13 minutes on two tasks are 0.1 and 0.2", billing.Tenths,
			[]did{{billing.KindEdit, "09:00", 8, rivera + "motion"}, {billing.KindEdit, "10:00", 13, rivera + "brief"}}, "[6 12]", 21 * 60},
		{"CPCS: four calls of 3 minutes are 0.2, not 0.4", billing.Tenths,
			[]did{{billing.KindTimer, "09:00", 3, rivera + "call one"}, {billing.KindTimer, "10:00", 3, rivera + "call two"},
				{billing.KindTimer, "11:00", 3, rivera + "call three"}, {billing.KindTimer, "12:00", 3, rivera + "call four"}}, "[12]", 12 * 60},
		{"CPCS: a lone call of 3 minutes is 0.1", billing.Tenths,
			[]did{{billing.KindMeeting, "09:00", 3, rivera + "call with clerk"}}, "[6]", 3 * 60},
		{"small work of several kinds is no tenth each", billing.Tenths,
			[]did{{billing.KindMeeting, "09:00", 3, rivera + "call with clerk"}, {billing.KindEdit, "10:00", 2, rivera + "notice"},
				{billing.KindTimer, "11:00", 2, rivera + "call back"}}, "[6]", 7 * 60},
		{"small work on two matters is not joined", billing.Tenths,
			[]did{{billing.KindMeeting, "09:00", 3, rivera + "call with clerk"}, {billing.KindMeeting, "10:00", 3, lin + "call with clerk"}}, "[6 6]", 6 * 60},
		{"up: 31 minutes are 36", up, []did{{billing.KindEdit, "09:00", 31, rivera + "brief"}}, "[36]", 31 * 60},
		{"matter-day: 8 and 13 minutes are 21, which are 0.4 together", matterDay,
			[]did{{billing.KindEdit, "09:00", 8, rivera + "motion"}, {billing.KindEdit, "10:00", 13, rivera + "brief"}}, "[12 12]", 21 * 60},
		{"six hours in the air, five of them drafting, are six hours", billing.Tenths,
			[]did{{billing.KindMeeting, "08:00", 360, lin + "flight to Denver"}, {billing.KindEdit, "08:30", 300, rivera + "brief"}}, "[60 300]", 6 * 3600},
		{"a meeting and the mail sent in it have one owner a second", billing.Tenths,
			[]did{{billing.KindMeeting, "09:00", 60, rivera + "call"}, {billing.KindMailSent, "09:30", 0, lin + "terms"}}, "[60 6]", 3600},
	} {
		day, _ := billing.ParseDay("2026-11-19")
		in := draft.Input{Day: day, Zone: time.UTC, Matters: matters, Timekeeper: me, Policy: draft.DefaultPolicy}
		in.Policy.Rounding = c.rounding
		for i, d := range c.done {
			in.Observations = append(in.Observations, d.observation(i, day, time.UTC))
		}
		var billed, parts []int64
		var worked int64
		for _, e := range draft.Propose(in).Drafts {
			billed = append(billed, e.Billed)
			parts = append(parts, e.Worked)
			worked += e.Worked
		}
		if fmt.Sprint(billed) != c.billed || worked != c.worked {
			t.Errorf("%s: billed %v of %v s, want %s of %d s", c.what, billed, parts, c.billed, c.worked)
		}
	}
}

// Elapsed time comes from instants: the hour that clocks skip is no work, the
// hour that they repeat is two.
func TestClocksThatChange(t *testing.T) {
	zone, _ := time.LoadLocation("America/New_York")
	for on, hours := range map[string]int64{"2026-03-08": 3, "2026-11-01": 5, "2026-11-19": 4} {
		day, _ := billing.ParseDay(on)
		start := time.Date(day.Year, day.Month, day.Day, 0, 30, 0, 0, zone)
		end := time.Date(day.Year, day.Month, day.Day, 4, 30, 0, 0, zone)
		o := billing.Observation{ID: "o", Kind: billing.KindTimer, Subject: "2024-0113 trial", Span: billing.Span{Start: start, End: end}}
		got := draft.Propose(draft.Input{Day: day, Zone: zone, Matters: matters, Timekeeper: me, Policy: draft.DefaultPolicy, Observations: []billing.Observation{o}}).Drafts
		if len(got) != 1 || got[0].Worked != hours*3600 || got[0].Billed != hours*60 {
			t.Errorf("%s from half past midnight to half past four: %+v, want %d h", on, got, hours)
		}
	}
}

// Work dates are local, and a day may have no midnight: what was worked around
// it belongs to one day or the other, whole.
func TestWorkDatesAreLocal(t *testing.T) {
	for _, c := range []struct{ zone, from, to string }{
		{"America/Santiago", "2026-09-05T22:00:00-04:00", "2026-09-06T03:00:00-03:00"}, // clocks skip midnight
		{"Asia/Tokyo", "2026-11-18T14:00:00Z", "2026-11-18T17:00:00Z"},                 // over a local midnight
		{"Pacific/Auckland", "2026-11-18T10:00:00Z", "2026-11-18T12:00:00Z"},
	} {
		zone, err := time.LoadLocation(c.zone)
		if err != nil {
			t.Fatal(err)
		}
		start, _ := time.Parse(time.RFC3339, c.from)
		end, _ := time.Parse(time.RFC3339, c.to)
		o := billing.Observation{ID: "o", Kind: billing.KindTimer, Subject: "2024-0113 trial", Span: billing.Span{Start: start, End: end}}
		var total int64
		for day := billing.DayOf(start, zone).Add(-1); day.Compare(billing.DayOf(end, zone).Add(1)) <= 0; day = day.Add(1) {
			for _, e := range draft.Propose(draft.Input{Day: day, Zone: zone, Matters: matters, Timekeeper: me, Policy: draft.DefaultPolicy, Observations: []billing.Observation{o}}).Drafts {
				total += e.Worked
				if e.WorkDate != day {
					t.Errorf("%s: dated %s on %s", c.zone, e.WorkDate, day)
				}
			}
		}
		if want := int64(end.Sub(start).Seconds()); total != want {
			t.Errorf("%s: %d s of %d", c.zone, total, want)
		}
	}
}
