package document

import (
	"context"
	"log/slog"
	"path/filepath"
	"runtime"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
)

const (
	// firstLook is how far back a folder's first observation goes: what was
	// modified in the last 30 days was work, and the rest was there.
	firstLook = 30 * 24 * time.Hour
	// future is how far ahead a file's time may be for it to be believed.
	future = 24 * time.Hour
	// batch is the most observations recorded at once.
	batch = 500
)

// Source observes the documents below a folder.
type Source struct {
	id        billing.SourceID
	root      string // absolute, as configured
	now       func() time.Time
	rules     Rules
	every     time.Duration // the least time between two records of a session that goes on
	pollEvery time.Duration
	problem   func(*billing.Error)
}

var _ capture.Source = (*Source)(nil)

// Option changes how a Source observes.
type Option func(*Source)

// WithRules replaces the default folding rules.
func WithRules(r Rules) Option { return func(s *Source) { s.rules = r } }

// OnProblem has f told what stands in the way of observing without stopping
// it: too many changes at once, no watches left, the folder away. The errors
// hold no privileged text. Without it they are logged. f is called from within
// Run and must return soon.
func OnProblem(f func(*billing.Error)) Option { return func(s *Source) { s.problem = f } }

// New returns a source of the folder cfg.Where, which need not be there yet.
func New(cfg capture.Config, now func() time.Time, opts ...Option) (*Source, error) {
	if cfg.Where == "" {
		return nil, &billing.Error{Kind: billing.Invalid, Msg: "name the folder that holds the documents"}
	}
	root, err := filepath.Abs(cfg.Where.Reveal())
	if err != nil {
		return nil, &billing.Error{Kind: billing.Invalid, Msg: "the folder's name cannot be understood; give its full path", Err: bare(err)}
	}
	s := &Source{id: cfg.ID, root: root, now: now, every: time.Minute, pollEvery: 30 * time.Second}
	s.rules.IgnoreCase = runtime.GOOS == "windows" || runtime.GOOS == "darwin"
	s.problem = func(err *billing.Error) {
		slog.Warn("observing a folder", "source", string(cfg.ID), "problem", err.Msg)
	}
	for _, o := range opts {
		o(s)
	}
	s.rules = s.rules.withDefaults()
	return s, nil
}

// clock returns the current instant without its monotonic reading, which
// stands still while the computer sleeps.
func (s *Source) clock() time.Time { return s.now().Round(0).UTC() }

// Once records what was saved since the cursor, as far as the files' times
// tell: of each document its last save, as a point. How long it took is
// unknown. Documents that poured in are passed over.
func (s *Source) Once(ctx context.Context, cursor capture.Cursor, sink capture.Sink) error {
	p, err := locate(s.root)
	if err != nil {
		return err
	}
	before, ok := parseCursor(cursor)
	found, err := s.scan(ctx, p, before, ok)
	if err != nil {
		return err
	}
	after := newMark(found.at, s.rules.Slack, found.judged).cursor()
	if len(found.points) == 0 && ok {
		return nil // the old cursor says all there is to say
	}
	for {
		n := min(len(found.points), batch)
		next := cursor
		if n == len(found.points) {
			next = after
		}
		if err := sink.Record(ctx, found.points[:n], next); err != nil {
			return err
		}
		if found.points = found.points[n:]; len(found.points) == 0 {
			return nil
		}
	}
}

// findings are what a look through the whole folder found.
type findings struct {
	at     time.Time
	points []billing.Observation // what is new, the oldest first
	judged []remembered
	recent []Event // the documents modified lately, and the locks
}

// scan looks through the folder. Without a mark to go by, it is the first time.
func (s *Source) scan(ctx context.Context, p place, since mark, known bool) (findings, error) {
	f := findings{at: s.clock()}
	if !known {
		since = mark{until: f.at.Add(-firstLook)}
	}
	fresh := f.at.Add(-s.rules.Slack)
	keys := Fold{rules: s.rules}
	err := p.walk(ctx, ".", f.at, func(e Event) {
		if kind, _ := classify(e.Path); kind != document {
			f.recent = append(f.recent, e)
			return
		}
		if e.ModTime.After(f.at.Add(future)) {
			return
		}
		key, st := keys.key(e.Path), e.stamp()
		if e.ModTime.After(fresh) {
			f.recent = append(f.recent, e)
			f.judged = append(f.judged, remembered{fingerprint(key, st), st.modified})
		}
		if !since.has(key, st) {
			f.points = append(f.points, s.point(e, f.at))
		}
	})
	sortObservations(f.points)
	f.points = withoutPoured(f.points, s.treeOf)
	return f, err
}

// treeOf returns the tree that an observation's document belongs to.
func (s *Source) treeOf(o billing.Observation) string {
	rel, ok := place{s.root}.relative(o.Path.Reveal())
	if !ok {
		return "."
	}
	return tree(rel)
}

// point returns the observation of one save of which only the moment is known.
func (s *Source) point(e Event, now time.Time) billing.Observation {
	at := e.ModTime
	if at.After(now) {
		at = now
	}
	a := Activity{Kind: billing.KindEdit, Path: e.Path, Start: at, End: at, Saves: 1}
	o := a.observation(s.root, s.id)
	if isConflict(e.Path) {
		o.Doubt = conflictDoubt
	}
	o.ExternalID = e.Path + "@" + e.ModTime.UTC().Format(time.RFC3339)
	return o
}

// Run records what Once does and then what is done with the documents, as it
// happens: the first save of a session within seconds, its growth once a
// minute, and its end. A document that was open and never saved is recorded
// when it is closed.
func (s *Source) Run(ctx context.Context, cursor capture.Cursor, sink capture.Sink) error {
	return newLive(s, cursor, sink).run(ctx)
}
