package calendar

import (
	"context"
	"math"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
)

// Source observes the calendar of one place. Its setters are for before the
// first use.
type Source struct {
	observer
	url    *url.URL // nil for a file or folder
	client *http.Client
}

// New makes a source of cfg.Where: the path of an .ics file or of a folder of
// them, or the http, https, webcal or webcals address of a calendar. A secret
// part of an address stays out of every message.
func New(cfg capture.Config, now func() time.Time) (*Source, error) {
	s := &Source{}
	s.configure(cfg, now)
	where := strings.TrimSpace(string(cfg.Where))
	if where == "" {
		return nil, &billing.Error{Kind: billing.Invalid, Msg: "the calendar has no place; give the path of an .ics file or its https address"}
	}
	if !strings.Contains(where, "://") {
		s.cfg.Where = billing.Privileged(where)
		return s, nil
	}
	u, err := calendarURL(where)
	if err != nil {
		return nil, err
	}
	s.url, s.client = u, newClient()
	return s, nil
}

// Once implements [capture.Source].
func (s *Source) Once(ctx context.Context, at capture.Cursor, sink capture.Sink) error {
	_, err := s.once(ctx, at, sink)
	return err
}

// once looks once and returns the cursor after what was recorded, which also
// counts where it returns an error.
func (s *Source) once(ctx context.Context, at capture.Cursor, sink capture.Sink) (capture.Cursor, error) {
	was := readCursor(at)
	old := was.as(s.reading(s.cfg.Own))
	got, err := s.read(ctx, old)
	if err != nil || got.unchanged {
		return at, err
	}
	defer func() { s.keepProblems(got.problems) }()
	view := View{Own: s.cfg.Own, Zone: s.zone}.of(got.calendar)
	if s.limited {
		return at, s.recordWithin(ctx, got.calendar, view, at, sink)
	}
	next := old
	next.ETag, next.Modified, next.Read = "", "", 0
	r := recording{id: s.cfg.ID, ctx: ctx, sink: sink, at: at, series: old.Series, encode: func(series map[string]string) capture.Cursor {
		next.Series = series
		return next.encode()
	}}
	end := s.now().Add(Horizon).Unix()
	there := map[string]bool{}
	got.problems = append(got.problems, got.calendar.eachSeries(ctx, end, view, func(now seriesSeen) {
		there[now.uid] = true
		r.merge(now, got.complete)
	})...)
	if ctx.Err() != nil {
		return r.at, ctx.Err()
	}
	for uid := range old.Series {
		if !there[uid] {
			r.merge(seriesSeen{uid: uid, since: math.MinInt64, end: end}, got.complete)
		}
	}
	if r.err == nil && got.complete {
		next.keepValidators(old, got)
	}
	if next.Series = cloneWith(r.series, r.after); r.err == nil && (len(r.pending) > 0 || !next.equal(was)) {
		r.flush()
	}
	return r.at, r.err
}
