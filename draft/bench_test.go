package draft_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft"
)

// busyDay is a day of n observations of every kind, among 200 matters with five
// contacts each.
func busyDay(day billing.Day, n int) draft.Input {
	start := day.Span(time.UTC).Start.Add(7 * time.Hour)
	in := draft.Input{Day: day, Zone: time.UTC, Timekeeper: me, Policy: draft.DefaultPolicy, Filed: map[string]billing.MatterID{}}
	for i := range 200 {
		m := billing.Matter{ID: billing.MatterID(fmt.Sprint("m", i)), Number: fmt.Sprintf("2024-%04d", i),
			Name: billing.Privileged(fmt.Sprintf("Plaintiff%d v. Defendant%d Holdings", i, i)), Folder: billing.Privileged(fmt.Sprintf("Matters/M%d", i))}
		for c := range 5 {
			m.Contacts = append(m.Contacts, billing.Contact{Address: billing.Privileged(fmt.Sprintf("c%d@firm%d.example", c, i)), Role: billing.ContactClient})
		}
		in.Matters = append(in.Matters, m)
	}
	for i := range n {
		at := start.Add(time.Duration(i) * 40000 / time.Duration(n) * time.Second)
		m := i * 7 % 200
		o := billing.Observation{ID: billing.ObservationID(fmt.Sprintf("o%03d", i)), Span: billing.Span{Start: at, End: at}, Words: 120,
			Thread: fmt.Sprint("t", i/3), With: []billing.Party{{Address: billing.Privileged(fmt.Sprintf("c%d@firm%d.example", i%5, m)), Role: billing.RoleFrom}},
			Subject: billing.Privileged(fmt.Sprintf("Re: 2024-%04d discovery responses and deposition schedule", m))}
		switch i % 5 {
		case 0, 1:
			o.Kind = billing.KindMailReceived
		case 2:
			o.Kind = billing.KindMailSent
		case 3:
			o.Kind, o.Saves, o.Path = billing.KindEdit, 9, billing.Privileged(fmt.Sprintf("/home/jo/Matters/M%d/motion to compel v%d.docx", m, i))
			o.Span.End = at.Add(10 * time.Minute)
		default:
			o.Kind = billing.KindMeeting
			o.Span.End = at.Add(30 * time.Minute)
		}
		in.Observations = append(in.Observations, o)
	}
	return in
}

// BenchmarkDay drafts a day of 500 observations, with all that is prepared for
// it.
func BenchmarkDay(b *testing.B) {
	day, _ := billing.ParseDay("2026-11-19")
	in := busyDay(day, 500)
	b.ReportAllocs()
	for b.Loop() {
		if got := draft.Propose(in); len(got.Drafts) < 50 {
			b.Fatalf("%d drafts", len(got.Drafts))
		}
	}
}

// BenchmarkYear drafts 250 days of 400 observations with one drafter.
func BenchmarkYear(b *testing.B) {
	day, _ := billing.ParseDay("2026-01-02")
	year := make([]draft.Input, 250)
	for i := range year {
		year[i] = busyDay(day.Add(i), 400)
	}
	d := draft.NewDrafter(year[0].Matters, me)
	for b.Loop() {
		for _, in := range year {
			if got := d.Propose(in); len(got.Drafts) < 50 {
				b.Fatalf("%d drafts", len(got.Drafts))
			}
		}
	}
}
