package research

import (
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"slices"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/capture/research/history"
)

// batch is the most observations recorded at once.
const batch = 500

// Source observes the research in the browsers of this person.
type Source struct {
	id    billing.SourceID
	where string // absolute; "" for all browsers there are
	sites Sites
	home  home
	now   func() time.Time
	since time.Time // of a first look; zero for [firstLook]
	every time.Duration
	retry time.Duration
}

var _ capture.Source = (*Source)(nil)

// Option changes how a Source observes.
type Option func(*Source)

// Since has a first observation leave out what ended before t, in place of 30
// days ago.
func Since(t time.Time) Option { return func(s *Source) { s.since = t } }

// Every sets how often Run looks whether the browsers were used. A look at one
// that was reads its whole history, tens of megabytes, so that it is ten
// minutes without this.
func Every(d time.Duration) Option { return func(s *Source) { s.every = d } }

// New returns a source of the visits to the listed sites. cfg.Where is a
// profile's folder, the folder of a browser's profiles, or a history file; when
// it is empty all browsers of this person are found by themselves, each time
// anew.
func New(cfg capture.Config, now func() time.Time, sites Sites, opts ...Option) (*Source, error) {
	if sites.Len() == 0 {
		return nil, &billing.Error{Kind: billing.Invalid, Msg: "the list of research sites is empty; name at least one site"}
	}
	s := &Source{id: cfg.ID, sites: sites, home: thisHome(), now: now, every: 10 * time.Minute, retry: time.Second}
	if cfg.Where != "" {
		where, err := filepath.Abs(cfg.Where.Reveal())
		if err != nil {
			return nil, &billing.Error{Kind: billing.Invalid, Msg: "the folder's name cannot be understood; give its full path"}
		}
		s.where = where
	}
	for _, o := range opts {
		o(s)
	}
	return s, nil
}

// clock returns the current instant without its monotonic reading.
func (s *Source) clock() time.Time { return s.now().Round(0).UTC() }

// profiles returns what there is to observe.
func (s *Source) profiles() ([]profile, error) {
	if s.where == "" {
		if found := s.home.found(); len(found) > 0 {
			return found, nil
		}
		return nil, &billing.Error{Kind: billing.Unreachable, Msg: "no browser with a history was found; name the folder of your browser's profile"}
	}
	if found := s.home.at(s.where); len(found) > 0 {
		return found, nil
	}
	return nil, &billing.Error{Kind: billing.Unreachable, Msg: "there is no browser's history in this folder; name the folder of your browser's profile"}
}

// Once records the research sessions that are new or have grown since the
// cursor. A browser that cannot be read does not keep the others from being
// observed; its error is returned after them.
func (s *Source) Once(ctx context.Context, cursor capture.Cursor, sink capture.Sink) error {
	return s.look(ctx, &pass{mark: parseCursor(cursor), cursor: cursor, sink: sink})
}

// Run does what Once does, and again each time that a browser was used. A
// browser's history is read only when its files changed.
func (s *Source) Run(ctx context.Context, cursor capture.Cursor, sink capture.Sink) error {
	p := &pass{mark: parseCursor(cursor), cursor: cursor, sink: sink, seen: map[string]string{}}
	wait := s.retry
	timer := time.NewTimer(0)
	defer timer.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-timer.C:
		}
		err := s.look(ctx, p)
		switch {
		case ctx.Err() != nil:
			return nil
		case err == nil:
			wait = s.retry
			timer.Reset(s.every)
		default:
			slog.Warn("observing research", "source", string(s.id), "problem", billing.Message(err))
			timer.Reset(min(wait, s.every))
			wait = min(2*wait, 5*time.Minute)
		}
	}
}

// pass is what observing goes on from.
type pass struct {
	mark   mark
	cursor capture.Cursor // of mark, or as it was given
	sink   capture.Sink
	seen   map[string]string // of each profile read, the state of its files; nil to read them all
}

// look observes all profiles once. An error of the sink ends it.
func (s *Source) look(ctx context.Context, p *pass) error {
	profiles, err := s.profiles()
	if err != nil {
		return err
	}
	var first error
	for _, one := range profiles {
		err := s.observe(ctx, p, one)
		if refused := (*refusal)(nil); ctx.Err() != nil || errors.As(err, &refused) {
			return err
		}
		if first == nil {
			first = err
		}
	}
	return first
}

// refusal is an error of the sink's.
type refusal struct{ error }

// Unwrap returns the sink's error.
func (r *refusal) Unwrap() error { return r.error }

// observe reads one profile and records what is new in it.
func (s *Source) observe(ctx context.Context, p *pass, one profile) error {
	state := history.State(one.path)
	if p.seen != nil && state != "" && p.seen[one.path] == state {
		return nil
	}
	before, known := p.mark[one.id()]
	now := s.clock()
	from := s.since
	if from.IsZero() {
		from = now.Add(-firstLook)
	}
	q := history.Query{Hosts: s.sites.globs(), Site: s.sites.Match, Since: from.Add(-24 * time.Hour)} // whence a session that is on then began
	if known {
		q.Since = before.since()
	}
	visits, err := history.Read(ctx, one.path, one.schema, q)
	if err != nil {
		return err
	}
	visits = slices.DeleteFunc(visits, func(v history.Visit) bool { return v.At.After(now) })
	if known {
		visits, from = before.relevant(visits), time.Time{}
	} else {
		before.Last = q.Since.Unix() // what was earlier never counts
	}
	observations, after := s.judge(one, before, fold(visits), from, now)
	if err := p.record(ctx, observations, p.mark.with(one.id(), after)); err != nil {
		return &refusal{err}
	}
	if p.seen != nil {
		p.seen[one.path] = state
	}
	return nil
}

// judge returns what of the sessions was not recorded yet and had a visit at
// from or later, and the progress that follows.
func (s *Source) judge(one profile, before progress, sessions []session, from, now time.Time) ([]billing.Observation, progress) {
	after := progress{Last: before.Last}
	for _, v := range sessions {
		after.Last = max(after.Last, v.last().Unix())
	}
	var out []billing.Observation
	for _, v := range sessions {
		o := v.observation(s.id, one, now)
		if !v.last().Before(from) && before.revision(v) != o.Revision {
			out = append(out, o)
		}
		if !v.last().Before(after.opened()) {
			after.Open = append(after.Open, open{v.site, v.start().Unix(), o.Revision})
		}
	}
	return out, after
}

// record hands observations on, and the mark with the last of them. It does
// nothing when both are as they were.
func (p *pass) record(ctx context.Context, observations []billing.Observation, after mark) error {
	for len(observations) > batch {
		if err := p.sink.Record(ctx, observations[:batch], p.cursor); err != nil {
			return err
		}
		observations = observations[batch:]
	}
	cursor := after.cursor()
	if len(observations) == 0 && cursor == p.cursor {
		return nil
	}
	if err := p.sink.Record(ctx, observations, cursor); err != nil {
		return err
	}
	p.mark, p.cursor = after, cursor
	return nil
}
