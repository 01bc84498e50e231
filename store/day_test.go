package store

import (
	"context"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
)

func TestHolding(t *testing.T) {
	s := newStore(t)
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	span := nov19.Span(newYork)
	names := map[billing.EntryID]string{}
	for name, change := range map[string]func(*billing.Entry){
		"drafted": func(e *billing.Entry) {},
		"touched": func(e *billing.Entry) { e.Touched = true },
		"approved": func(e *billing.Entry) {
			e.State = billing.StateApproved
		},
		"discarded": func(e *billing.Entry) { e.State = billing.StateDiscarded },
		"dated the day after": func(e *billing.Entry) {
			e.Touched, e.WorkDate = true, nov19.Add(1)
		},
		"dated so in Auckland, which is the evening before": func(e *billing.Entry) {
			e.Touched, e.Zone = true, "Pacific/Auckland"
		},
		"dated the day before but runs into it": func(e *billing.Entry) {
			e.Touched, e.WorkDate = true, nov19.Add(-1)
			e.Spans = []billing.Span{{Start: span.Start.Add(-time.Hour), End: span.Start.Add(time.Second)}}
		},
		"ends as it starts": func(e *billing.Entry) {
			e.Touched, e.WorkDate = true, nov19.Add(-1)
			e.Spans = []billing.Span{{Start: span.Start.Add(-2 * time.Hour), End: span.Start.Add(-time.Hour)}}
		},
	} {
		e := draft(noon, time.Minute)
		e.Spans, e.Zone = nil, "America/New_York"
		change(&e)
		put(t, s, &e)
		names[e.ID] = name
	}
	var got []string
	view(t, s, func(ctx context.Context, tx *Tx) error {
		entries, err := tx.Holding(ctx, span)
		for _, e := range entries {
			got = append(got, names[e.ID])
		}
		return err
	})
	slices.Sort(got)
	if want := []string{"approved", "dated the day before but runs into it", "discarded", "touched"}; !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
}

func TestEvidenceHeld(t *testing.T) {
	s := newStore(t)
	free, kept := draft(noon, time.Hour), draft(noon.Add(time.Hour), time.Hour)
	free.Evidence = []billing.ObservationID{"a", "b"}
	kept.Evidence = []billing.ObservationID{"b", "c"}
	kept.State = billing.StateDiscarded
	put(t, s, &free)
	put(t, s, &kept)
	view(t, s, func(ctx context.Context, tx *Tx) error {
		got, err := tx.EvidenceHeld(ctx, []billing.ObservationID{"a", "b", "x"})
		if want := map[billing.ObservationID]billing.EntryID{"b": kept.ID}; !reflect.DeepEqual(got, want) {
			t.Errorf("held are %v, want %v", got, want)
		}
		return err
	})
}

func TestLearnedThreads(t *testing.T) {
	s := newStore(t)
	older, newer := putMatter(t, s, "1"), putMatter(t, s, "2")
	var ids []billing.ObservationID
	for _, thread := range []string{"t1", "t1", "t2", "t3", "t4"} {
		o := meeting(thread+"/"+string(rune('a'+len(ids))), "1", noon.Add(time.Duration(len(ids))*time.Minute), 0)
		o.Thread = thread
		record(t, s, o)
		all := between(t, s, day19)
		ids = append(ids, all[len(all)-1].ID)
	}
	place := func(i int, matter billing.MatterID, change func(*billing.Entry)) {
		e := draft(noon.Add(time.Duration(len(ids)+i)*time.Hour), time.Minute)
		e.Matter, e.Evidence = matter, ids[i:i+1]
		change(&e)
		put(t, s, &e)
	}
	place(0, older, func(e *billing.Entry) { e.State = billing.StateApproved })
	place(1, newer, func(e *billing.Entry) { e.Accepted = true })
	place(2, older, func(e *billing.Entry) { e.Touched = true })                        // not agreed to
	place(3, older, func(e *billing.Entry) { e.Accepted, e.State = true, "discarded" }) // taken back
	place(4, "", func(e *billing.Entry) { e.State, e.NonBillable = "approved", true })  // of no matter
	view(t, s, func(ctx context.Context, tx *Tx) error {
		got, err := tx.LearnedThreads(ctx, []string{"t1", "t2", "t3", "t4", ""})
		if want := map[string]billing.MatterID{"t1": newer}; !reflect.DeepEqual(got, want) {
			t.Errorf("learned %v, want %v", got, want)
		}
		return err
	})
}

func TestDaysAndNeighbours(t *testing.T) {
	s := newStore(t)
	newYork, _ := time.LoadLocation("America/New_York")
	for i, state := range []billing.EntryState{"drafted", "drafted", "discarded"} {
		e := draft(noon.Add(time.Duration(i)*time.Hour), time.Minute)
		e.State = state
		put(t, s, &e)
	}
	late := draft(noon.AddDate(0, 0, 5), time.Minute)
	put(t, s, &late)
	evening := time.Date(2026, 11, 17, 3, 0, 0, 0, time.UTC) // the 16th in New York
	gone := meeting("gone", "1", noon.AddDate(0, 0, 1), time.Hour)
	gone.Removed = true
	record(t, s, meeting("mail", "1", evening, 0), gone)
	view(t, s, func(ctx context.Context, tx *Tx) error {
		days, err := tx.EntryDays(ctx, nov19, nov19.Add(4))
		if want := (map[billing.Day]map[billing.EntryState]int{nov19: {"drafted": 2, "discarded": 1}}); !reflect.DeepEqual(days, want) {
			t.Errorf("days %v", days)
		}
		for _, c := range []struct {
			day        billing.Day
			prev, next string
		}{{nov19, "2026-11-16", "2026-11-24"}, {nov19.Add(-1), "2026-11-16", "2026-11-19"}, {nov19.Add(-3), "", "2026-11-19"}, {nov19.Add(5), "2026-11-19", ""}} {
			prev, next, err := tx.Neighbours(ctx, c.day, newYork)
			if err != nil {
				return err
			}
			if dayText(prev) != c.prev || dayText(next) != c.next {
				t.Errorf("beside %s are %q and %q, want %q and %q", c.day, dayText(prev), dayText(next), c.prev, c.next)
			}
		}
		return err
	})
}

func dayText(d billing.Day) string {
	if d.IsZero() {
		return ""
	}
	return d.String()
}
