package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/tools/internal/filed"
)

// setting says how a mailbox is replayed.
type setting struct {
	day   int // messages a day
	dates bool
	days  int
}

// replay is a practice that a mailbox is replayed in.
type replay struct {
	*app.Practice
	setting
	dir    string
	rest   []filed.Message
	now    time.Time
	feed   feed
	label  map[string]string // by the instant at which a message was seen
	number map[string]string // of the matter with that label
	sheets []sheet
}

// zone is where the mailboxes were kept.
const zone = "America/Chicago"

// feed is a source that shows what it is told to.
type feed struct{ observations []billing.Observation }

func (f *feed) Once(ctx context.Context, _ capture.Cursor, sink capture.Sink) error {
	return sink.Record(ctx, f.observations, "1")
}

func (f *feed) Run(ctx context.Context, c capture.Cursor, sink capture.Sink) error {
	return f.Once(ctx, c, sink)
}

// open makes a practice of the owner of a mailbox, with a matter for each label.
func open(ctx context.Context, mailbox []filed.Message, own []string, s setting) (*replay, error) {
	dir, err := os.MkdirTemp("", "replay")
	if err != nil {
		return nil, err
	}
	r := &replay{setting: s, dir: dir, rest: mailbox, label: map[string]string{}, number: map[string]string{}, now: firstDay}
	r.Practice, err = app.Open(ctx, app.Config{
		Dir: dir, Zone: zone, Now: func() time.Time { return r.now },
		Sources: map[billing.SourceKind]app.NewSource{
			billing.SourceMaildir: func(capture.Config, billing.Span) (capture.Source, error) { return &r.feed, nil },
		},
	})
	if err != nil {
		return nil, err
	}
	t := billing.Timekeeper{Name: "Owner"}
	for _, a := range own {
		t.Addresses = append(t.Addresses, billing.Privileged(a))
	}
	if err := r.SetTimekeeper(ctx, t); err != nil {
		return nil, err
	}
	list, err := r.list()
	if err != nil {
		return nil, err
	}
	if _, err := (app.Matters{Practice: r.Practice}).Import(ctx, strings.NewReader(list)); err != nil {
		return nil, err
	}
	_, err = app.Sources{Practice: r.Practice}.Add(ctx, billing.SourceMaildir, dir, "", "")
	return r, err
}

// list returns the list of matters, as CSV.
func (r *replay) list() (string, error) {
	var b strings.Builder
	w := csv.NewWriter(&b)
	rows := [][]string{{"number", "name"}}
	for _, m := range r.rest {
		if r.number[m.Label] == "" {
			r.number[m.Label] = fmt.Sprintf("M-%03d", len(r.number)+1)
			rows = append(rows, []string{r.number[m.Label], strings.Join(strings.FieldsFunc(m.Label, func(c rune) bool { return c == '_' || c == '/' }), " ")})
		}
	}
	err := w.WriteAll(rows)
	return b.String(), err
}

func (r *replay) close() {
	_ = r.Close()
	_ = os.RemoveAll(r.dir)
}

func (r *replay) done() bool { return len(r.rest) == 0 || len(r.sheets) == r.days }

// firstDay is the first day of a replay that lays messages over days: a Monday.
var firstDay = time.Date(2026, 1, 5, 9, 0, 0, 0, mustZone())

func mustZone() *time.Location {
	z, err := time.LoadLocation(zone)
	if err != nil {
		panic(err)
	}
	return z
}

// next takes the messages of the next day, and puts the clock to its evening.
func (r *replay) next() []billing.Observation {
	z := mustZone()
	n := min(r.day, len(r.rest))
	morning := firstDay.AddDate(0, 0, 7*(len(r.sheets)/5)+len(r.sheets)%5)
	if r.dates {
		first := billing.DayOf(r.rest[0].Seen.Span.Start, z)
		n = slices.IndexFunc(r.rest, func(m filed.Message) bool { return billing.DayOf(m.Seen.Span.Start, z) != first })
		if n < 0 {
			n = len(r.rest)
		}
		morning = first.Span(z).Start.Add(9 * time.Hour)
	}
	out := make([]billing.Observation, n)
	for i, m := range r.rest[:n] {
		o := m.Seen
		o.ExternalID, o.ID = m.File, ""
		at := o.Span.Start
		if !r.dates {
			at = morning.Add(8 * time.Hour * time.Duration(i) / time.Duration(n))
		}
		if i > 0 && !at.After(out[i-1].Span.Start) { // instants tell messages apart
			at = out[i-1].Span.Start.Add(time.Second)
		}
		o.Span = billing.Span{Start: at.Truncate(time.Second).UTC(), End: at.Truncate(time.Second).UTC()}
		r.label[at.In(z).Format(time.RFC3339)] = m.Label
		out[i] = o
	}
	r.rest = r.rest[n:]
	r.now = morning.Add(14 * time.Hour)
	return out
}
