package app_test

import (
	"net/url"
	"slices"
	"testing"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
)

// still is a source on a server that is not asked.
type still struct{ feed }

func TestEgressNamesEveryServer(t *testing.T) {
	p, err := app.Open(t.Context(), app.Config{Dir: t.TempDir(), Zone: "UTC",
		Address: func(link app.Link) (*url.URL, error) { return url.Parse("https://eu.app.clio.com/api/v4") },
		Sources: map[billing.SourceKind]app.NewSource{
			billing.SourceCalendar: func(capture.Config, billing.Span) (capture.Source, error) { return &still{}, nil },
			billing.SourceIMAP:     func(capture.Config, billing.Span) (capture.Source, error) { return &still{}, nil },
			billing.SourceFolder:   func(capture.Config, billing.Span) (capture.Source, error) { return &still{}, nil },
		}})
	if err != nil {
		t.Fatal(err)
	}
	defer p.Close()
	add := func(kind billing.SourceKind, where string) {
		t.Helper()
		if _, err := (app.Sources{Practice: p}).Add(t.Context(), kind, where, "", ""); err != nil {
			t.Fatal(err)
		}
	}
	add(billing.SourceFolder, t.TempDir())
	add(billing.SourceCalendar, "webcal://p12-caldav.iCloud.com/x.ics")
	add(billing.SourceCalendar, "http://127.0.0.1:5232/a.ics")
	add(billing.SourceIMAP, "mail.hartlaw.com")
	add(billing.SourceIMAP, "imap://mail.hartlaw.com")
	add(billing.SourceIMAP, "imap.example.com:143")
	got, err := p.Egress(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := []app.Peer{
		{Host: "127.0.0.1", Port: "5232", Why: "reads a calendar", From: "calendar-2"},
		{Host: "imap.example.com", Port: "143", Why: "reads mail", From: "imap-3"},
		{Host: "mail.hartlaw.com", Port: "143", Why: "reads mail", From: "imap-2"},
		{Host: "mail.hartlaw.com", Port: "993", Why: "reads mail", From: "imap-1"},
		{Host: "p12-caldav.icloud.com", Port: "443", Why: "reads a calendar", From: "calendar-1", Within: "icloud.com"},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
}
