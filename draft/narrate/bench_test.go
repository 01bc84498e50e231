package narrate_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft/narrate"
)

// BenchmarkNarrate narrates 150 drafts, as a day of 500 observations makes, on
// 60 of 200 matters: mail in conversations, documents, meetings, notes.
func BenchmarkNarrate(b *testing.B) {
	var matters []billing.Matter
	for i := range 200 {
		m := billing.Matter{ID: billing.MatterID(fmt.Sprint("m", i)), Number: fmt.Sprintf("2024-%04d", i),
			Name:   billing.Privileged(fmt.Sprintf("Plaintiff%d v. Defendant%d Holdings", i, i)),
			Client: billing.Privileged(fmt.Sprintf("Plaintiff%d", i))}
		for c := range 5 {
			role := billing.ContactClient
			if c == 1 {
				role = billing.ContactOpposingCounsel
			}
			m.Contacts = append(m.Contacts, billing.Contact{Address: billing.Privileged(fmt.Sprintf("c%d@firm%d.example", c, i)), Role: role})
		}
		matters = append(matters, m)
	}
	type work struct {
		matter billing.Matter
		seen   []billing.Observation
	}
	at := time.Date(2026, 11, 19, 9, 0, 0, 0, time.UTC)
	var drafts []work
	for i := range 150 {
		m := matters[i*3%60]
		w := work{matter: m}
		add := func(kind billing.ObservationKind, subject, thread string) *billing.Observation {
			w.seen = append(w.seen, billing.Observation{ID: billing.ObservationID(fmt.Sprintf("o%d.%d", i, len(w.seen))), Kind: kind,
				Span: billing.Span{Start: at, End: at.Add(6 * time.Minute)}, Thread: thread, Subject: billing.Privileged(subject),
				With: []billing.Party{{Name: "Dana Reed", Address: billing.Privileged(fmt.Sprintf("c%d@firm%d.example", i%5, i*3%60)), Role: billing.RoleFrom}}})
			return &w.seen[len(w.seen)-1]
		}
		switch i % 5 {
		case 0, 1:
			add(billing.KindMailReceived, fmt.Sprintf("Re: [EXTERNAL] 2024-%04d discovery responses and deposition schedule", i*3%60), "t")
			add(billing.KindMailSent, fmt.Sprintf("RE: [EXTERNAL] 2024-%04d discovery responses and deposition schedule", i*3%60), "t")
			add(billing.KindMailReceived, fmt.Sprintf("Plaintiff%d v. Defendant%d: Protective order", i*3%60, i*3%60), "u")
			add(billing.KindMailReceived, "Fwd: draft stipulation", "v")
		case 2, 3:
			o := add(billing.KindEdit, fmt.Sprintf("2026-11-19_Motion To Compel Production_v%d_FINAL (2)", i), "d")
			o.Saves, o.With = 9, nil
			o.Path = billing.Privileged(fmt.Sprintf("/home/jo/Matters/M%d/2026-11-19_Motion To Compel Production_v%d_FINAL (2).docx", i, i))
			r := add(billing.KindReview, "Motion To Compel Production", "d")
			r.With = nil
			add(billing.KindExport, "Motion To Compel Production", "d").With = nil
		default:
			add(billing.KindMeeting, "Zoom call with Dana Reed re: deposition schedule and expert disclosures", "")
		}
		drafts = append(drafts, w)
	}
	t := billing.Timekeeper{Addresses: []billing.Privileged{"jo@hartlaw.example"}}
	b.ReportAllocs()
	for b.Loop() {
		n := narrate.New(matters, t)
		for _, d := range drafts {
			var e billing.Entry
			n.Narrate(d.matter, d.seen, &e)
			if e.Narrative == "" {
				b.Fatal("nothing said")
			}
		}
	}
}
