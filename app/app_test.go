package app_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
)

// feed is a source whose observations the test decides.
type feed struct{ observations []billing.Observation }

func (f *feed) Once(ctx context.Context, _ capture.Cursor, sink capture.Sink) error {
	return sink.Record(ctx, f.observations, "1")
}

func (f *feed) Run(ctx context.Context, c capture.Cursor, sink capture.Sink) error {
	err := f.Once(ctx, c, sink)
	<-ctx.Done()
	return err
}

// office is a practice in a fresh directory with two matters and one source.
type office struct {
	*app.Practice
	t    testing.TB
	feed *feed
	now  time.Time
}

const day = "2026-11-19"

func open(t testing.TB) *office {
	o := &office{t: t, feed: &feed{}, now: time.Date(2026, 11, 19, 23, 0, 0, 0, time.UTC)}
	p, err := app.Open(t.Context(), app.Config{
		Dir: t.TempDir(), Zone: "UTC", Now: func() time.Time { return o.now },
		Sources: map[billing.SourceKind]app.NewSource{
			billing.SourceFolder: func(capture.Config, billing.Span) (capture.Source, error) { return o.feed, nil },
		},
	})
	o.check(err)
	t.Cleanup(func() { o.check(p.Close()) })
	o.Practice = p
	o.check(p.SetTimekeeper(t.Context(), billing.Timekeeper{Name: "Jo", Rate: billing.Money{Cents: 35000, Currency: "USD"}}))
	_, err = app.Matters{Practice: p}.Import(t.Context(), strings.NewReader("number,name,folder,closed\n2024-0113,Rivera v. Acme,Rivera,\n2025-0042,Estate of Lin,Lin,\n2020-0001,Old v. Gone,,yes\n"))
	o.check(err)
	_, err = app.Sources{Practice: p}.Add(t.Context(), billing.SourceFolder, t.TempDir(), "", "")
	o.check(err)
	return o
}

func (o *office) check(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

// saw adds an edit session of minutes from hour:00 to what the source shows.
func (o *office) saw(id, folder string, hour, minutes int) {
	start := time.Date(2026, 11, 19, hour, 0, 0, 0, time.UTC)
	obs := billing.Observation{ExternalID: id, Revision: fmt.Sprint(minutes), Kind: billing.KindEdit, Saves: int64(minutes),
		Subject: billing.Privileged(id), Path: billing.Privileged("/d/" + folder + "/" + id + ".docx"), Thread: id,
		Span: billing.Span{Start: start, End: start.Add(time.Duration(minutes) * time.Minute)}}
	for i, old := range o.feed.observations {
		if old.ExternalID == id {
			o.feed.observations[i] = obs
			return
		}
	}
	o.feed.observations = append(o.feed.observations, obs)
}

func (o *office) capture() {
	o.t.Helper()
	list, err := app.Sources{Practice: o.Practice}.Capture(o.t.Context(), true)
	o.check(err)
	if list[0].Error != "" {
		o.t.Fatal(list[0].Error)
	}
}

func (o *office) review() app.Review { return app.Review{Practice: o.Practice} }

func (o *office) day() app.DayView {
	o.t.Helper()
	d, err := billing.ParseDay(day)
	o.check(err)
	v, err := o.review().Day(o.t.Context(), d)
	o.check(err)
	if s := v.Summary; s.ObservedSeconds != s.BillableSeconds+s.NonBillableSeconds+s.PrivateSeconds+s.UnexplainedSeconds || s.DoubleBookedSeconds != 0 {
		o.t.Fatalf("the day does not add up: %+v", s)
	}
	return v
}

// drafts returns the day's drafts in short: hours, matter, narrative, state.
func (o *office) drafts() []string {
	o.t.Helper()
	d, err := billing.ParseDay(day)
	o.check(err)
	list, err := o.review().Drafts(o.t.Context(), d)
	o.check(err)
	out := []string{}
	for _, e := range list {
		out = append(out, fmt.Sprintf("%s %s %s %s", e.Hours, e.Matter, e.Narrative, e.State))
	}
	return out
}

func (o *office) id(narrative string) billing.EntryID {
	o.t.Helper()
	d, err := billing.ParseDay(day)
	o.check(err)
	list, err := o.review().Drafts(o.t.Context(), d)
	o.check(err)
	for _, e := range list {
		if strings.Contains(e.Narrative, narrative) {
			return billing.EntryID(e.ID)
		}
	}
	o.t.Fatalf("no draft says %q", narrative)
	return ""
}

func (o *office) want(what string, want ...string) {
	o.t.Helper()
	if got := o.drafts(); strings.Join(got, "\n") != strings.Join(want, "\n") {
		o.t.Fatalf("%s:\ngot\n  %s\nwant\n  %s", what, strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

func wantKind(t testing.TB, err error, kind billing.Kind) {
	t.Helper()
	if err == nil || billing.KindOf(err) != kind {
		t.Fatalf("error %v, want one of kind %q", err, kind)
	}
}

func editMatter(number string) app.Edit { return app.Edit{Matter: text(number)} }
func editNarrative(s string) app.Edit   { return app.Edit{Narrative: text(s)} }
func editMinutes(n int64) app.Edit      { return app.Edit{Minutes: minutes(n)} }
