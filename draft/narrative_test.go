package draft_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft"
)

// seen is an observation in short: its kind, subject, and who it was with.
type seen struct {
	kind    billing.ObservationKind
	subject string
	with    string // address
	name    string
	thread  string
	saves   int64
	path    string
}

func (s seen) observation(i int, day billing.Span) billing.Observation {
	start := day.Start.Add(9*time.Hour + time.Duration(i)*time.Hour)
	o := billing.Observation{
		ID: billing.ObservationID(fmt.Sprintf("o%d", i)), Kind: s.kind, Subject: billing.Privileged(s.subject),
		Thread: s.thread, Saves: s.saves, Path: billing.Privileged(s.path), Span: billing.Span{Start: start, End: start},
	}
	role := billing.RoleTo
	switch s.kind {
	case billing.KindMailReceived:
		role = billing.RoleFrom
	case billing.KindMailSent:
	default:
		role = billing.RoleAttendee
		o.Span.End = start.Add(30 * time.Minute)
	}
	if s.with != "" || s.name != "" {
		o.With = []billing.Party{{Address: billing.Privileged(s.with), Name: billing.Privileged(s.name), Role: role}}
	}
	return o
}

const (
	reed = "dreed@reedcole.example"
	mari = "marisol@rivera.example"
)

func TestNarratives(t *testing.T) {
	for _, c := range []struct {
		want, codes string
		seen        []seen
	}{
		{"Draft and revise motion to compel production (v3)", "L350 A103",
			[]seen{{kind: billing.KindEdit, subject: "motion-to-compel production v3", saves: 6, path: "/d/Rivera v Acme/motion-to-compel production v3.docx"}}},
		{"Draft and revise motion to compel production (v3, final)", "L350 A103",
			[]seen{{kind: billing.KindEdit, subject: "Motion To Compel Production_v3_FINAL (2)", saves: 2, path: `C:\Docs\Rivera v Acme\x.docx`}}},
		{"Legal research regarding Smith v. Jones", " A102", []seen{{kind: billing.KindResearch, subject: "Smith v. Jones", thread: "filed"}}},
		{"Review lease redline", " A104", []seen{{kind: billing.KindReview, subject: "Lease Redline", path: "/d/Lin/Lease Redline.pdf"}}},
		{"Review correspondence from opposing counsel regarding discovery responses", "L310 A107",
			[]seen{{kind: billing.KindMailReceived, subject: "Re: Fwd: [EXT] Rivera v. Acme: Discovery responses", with: reed}}},
		{"Review and respond to correspondence from opposing counsel regarding discovery responses", "L310 A107",
			[]seen{{kind: billing.KindMailReceived, subject: "Discovery responses", with: reed, thread: "t"},
				{kind: billing.KindMailSent, subject: "RE: Discovery responses", with: reed, thread: "t"}}},
		{"Exchange correspondence with client regarding inventory", " A106",
			[]seen{{kind: billing.KindMailSent, subject: "Estate of Lin - Inventory", with: "wei@lin.example", thread: "t"},
				{kind: billing.KindMailReceived, subject: "AW: Estate of Lin - Inventory", with: "wei@lin.example", thread: "t"}}},
		{"Draft correspondence to opposing counsel regarding meet and confer on interrogatories", "L310 A107",
			[]seen{{kind: billing.KindMailSent, subject: "2024-0113 Meet and confer on interrogatories", with: "another@reedcole.example", name: "Sam Cole"}}},
		{"Telephone conference with opposing counsel regarding deposition schedule", "L330 A107",
			[]seen{{kind: billing.KindMeeting, subject: "Call re deposition schedule", with: reed}}},
		{"Telephone conference with client regarding deposition prep", "L330 A106",
			[]seen{{kind: billing.KindMeeting, subject: "Deposition prep call", with: mari}}},
		{"Prepare for deposition of Dr. Ames", "L330 A101",
			[]seen{{kind: billing.KindMeeting, subject: "Rivera v. Acme: prep for deposition of Dr. Ames"}}},
		{"Attend status conference", "L230 A109",
			[]seen{{kind: billing.KindMeeting, subject: "Rivera v. Acme Logistics - Status conference"}}},
		{"Video conference with client regarding trust accounting", " A106",
			[]seen{{kind: billing.KindMeeting, subject: "Zoom: trust accounting", with: "wei@lin.example"}}},
		{"Conference with client regarding settlement options", "L160 A106",
			[]seen{{kind: billing.KindMeeting, subject: "Meeting with Marisol re: settlement options", with: mari}}},
		{"Telephone conference with court clerk regarding hearing date", "L350 A108",
			[]seen{{kind: billing.KindMeeting, subject: "2024-0113 motion to compel: call with court clerk re hearing date"}}},
	} {
		in := draft.Input{Zone: time.UTC, Matters: matters, Timekeeper: me, Policy: draft.DefaultPolicy,
			Filed: map[string]billing.MatterID{"filed": "m2"}}
		in.Day, _ = billing.ParseDay("2026-11-19")
		for i, s := range c.seen {
			in.Observations = append(in.Observations, s.observation(i, in.Day.Span(time.UTC)))
		}
		got := draft.Propose(in).Drafts
		if len(got) != 1 {
			t.Errorf("%q: %d drafts", c.want, len(got))
			continue
		}
		d := got[0]
		if d.Matter == "" {
			t.Errorf("%q has no matter", c.want)
		}
		if string(d.Narrative) != c.want {
			t.Errorf("got  %q\nwant %q", string(d.Narrative), c.want)
		}
		if codes := d.TaskCode + " " + d.ActivityCode; codes != c.codes {
			t.Errorf("%q has codes %q, want %q", c.want, codes, c.codes)
		}
	}
}

func TestAProvidersDomainIsNotTheFirm(t *testing.T) {
	timekeeper := billing.Timekeeper{Addresses: []billing.Privileged{"jo@hartlaw.example", "jo@provider.example"}}
	matter := billing.Matter{ID: "m", Number: "2026-0001", Name: "Estate of Hollis", Contacts: []billing.Contact{
		{Name: "Margaret Hollis", Address: "margaret@provider.example", Role: billing.ContactClient}}}
	day, _ := billing.ParseDay("2026-11-19")
	for address, want := range map[string]string{
		"margaret@provider.example": "Draft correspondence to client regarding decree",
		"kim@hartlaw.example":       "Draft correspondence to Kim Hart regarding decree",
	} {
		mailSent := seen{kind: billing.KindMailSent, subject: "2026-0001 decree", with: address, name: "Kim Hart"}
		got := draft.Propose(draft.Input{Day: day, Zone: time.UTC, Matters: []billing.Matter{matter}, Timekeeper: timekeeper,
			Policy: draft.DefaultPolicy, Observations: []billing.Observation{mailSent.observation(0, day.Span(time.UTC))}}).Drafts
		if len(got) != 1 || string(got[0].Narrative) != want {
			t.Errorf("%s: %q, want %q", address, string(got[0].Narrative), want)
		}
	}
}
