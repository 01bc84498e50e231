package draft_test

import (
	"slices"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft"
)

// What the evidence shows is named as a narrative names it, and what nobody saw
// is not there; the timekeeper's own words are no evidence.
func TestShow(t *testing.T) {
	at := time.Date(2026, 3, 10, 14, 0, 0, 0, time.UTC)
	span := billing.Span{Start: at, End: at.Add(time.Hour)}
	m := billing.Matter{ID: "m", Number: "2024-0113", Name: "Rivera v. Acme Logistics", Client: "Marisol Rivera", Contacts: []billing.Contact{
		{Name: "Dana Reed", Address: "dreed@reedcole.example", Role: billing.ContactOpposingCounsel}}}
	call := billing.Observation{ID: "1", Kind: billing.KindMeeting, Subject: "Call re deposition schedule", Span: span,
		With: []billing.Party{{Name: "Dana Reed", Address: "dreed@reedcole.example"}}}
	edit := billing.Observation{ID: "2", Kind: billing.KindEdit, Saves: 9, Subject: "motion to compel", Path: "/d/Rivera/motion to compel.docx", Span: span}
	note := billing.Observation{ID: "3", Kind: billing.KindNote, Subject: "call with the judge about settlement", Span: span}
	for _, c := range []struct {
		seen []billing.Observation
		want draft.Shown
	}{
		{nil, draft.Shown{}},
		{[]billing.Observation{call}, draft.Shown{With: []string{"opposing counsel"}, Topics: []string{"deposition schedule"}}},
		{[]billing.Observation{edit}, draft.Shown{Documents: []string{"motion to compel"}}},
		{[]billing.Observation{note}, draft.Shown{}},
	} {
		got := draft.Show(billing.Entry{Matter: "m"}, c.seen, []billing.Matter{m}, billing.Timekeeper{Name: "Jo Hart"})
		if !slices.Equal(got.With, c.want.With) || !slices.Equal(got.Topics, c.want.Topics) || !slices.Equal(got.Documents, c.want.Documents) {
			t.Errorf("of %v: %+v, want %+v", len(c.seen), got, c.want)
		}
	}
}
