package app

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/store"
)

// sourceState is how a source fared last; it is kept so that lists and doctor
// can tell without asking the source.
type sourceState struct {
	State    string    `json:"state"` // ok, failed
	Error    string    `json:"error,omitempty"`
	At       time.Time `json:"at"`
	Problems []string  `json:"problems,omitempty"` // what could not be read, without privileged text
}

func stateKey(id billing.SourceID) string { return "source.state." + string(id) }

// Captured is what one round of observing found.
type Captured struct {
	Source   string       `json:"source"`
	Added    int          `json:"added"` // new observations and revisions
	Error    string       `json:"error,omitempty"`
	Problems []UnreadView `json:"problems,omitempty"` // what could not be read
	Paused   bool         `json:"paused,omitempty"`   // it was left alone: a pause lasts

	kind billing.Kind // of the error
}

// Capture observes all places: until ctx ends, or, with once, as far as there is
// something to observe now. A place that fails does not stop the others; with
// once its error is in the answer.
func (s Sources) Capture(ctx context.Context, once bool) ([]Captured, error) {
	lock := flock.New(filepath.Join(s.Dir, "capture.lock"))
	got, err := lock.TryLock()
	if err != nil {
		return nil, &billing.Error{Kind: billing.Internal, Msg: "the data directory cannot be locked for observing", Err: err}
	}
	if !got {
		return nil, &billing.Error{Kind: billing.Conflict, Msg: "another Tenths is observing for this data directory already, perhaps its window"}
	}
	defer lock.Unlock() //nolint:errcheck // the lock goes with the process at the latest

	if once {
		var expiring sync.WaitGroup
		defer expiring.Wait()
		expiring.Go(func() { Retention(s).whenDue(ctx) })
		return s.captureOnce(ctx)
	}
	defer Timers(s).watch(ctx)()
	defer Rephrasing(s).start(ctx)()
	return newSupervisor(s).observe(ctx), nil
}

// places returns what is to be observed, all sources but the notes, and whether
// a pause lasts.
func (s Sources) places(ctx context.Context) (list []billing.SourceConfig, paused bool, err error) {
	err = s.store.View(ctx, func(tx *store.Tx) (err error) {
		if _, paused, err = pausedNow(ctx, tx); err != nil {
			return err
		}
		list, err = tx.Sources(ctx)
		return err
	})
	list = slices.DeleteFunc(list, func(src billing.SourceConfig) bool { return src.Kind == billing.SourceNotes })
	return list, paused, err
}

func (s Sources) captureOnce(ctx context.Context) ([]Captured, error) {
	list, paused, err := s.places(ctx)
	if err != nil {
		return nil, err
	}
	out := make([]Captured, len(list))
	var all sync.WaitGroup
	for i, src := range list {
		if paused {
			out[i] = Captured{Source: string(src.ID), Paused: true}
			continue
		}
		all.Go(func() { out[i] = s.run(ctx, src, true) })
	}
	all.Wait()
	return out, nil
}

// run observes one place and keeps how it fared.
func (s Sources) run(ctx context.Context, src billing.SourceConfig, once bool) Captured {
	sink := &recorder{store: s.store, source: src.ID}
	source, err := s.open(ctx, src)
	if err == nil {
		err = s.follow(ctx, source, src.ID, sink, once)
	}
	if err != nil && ctx.Err() != nil && errors.Is(err, ctx.Err()) {
		err = nil
	}
	if errors.Is(err, errPaused) {
		return Captured{Source: string(src.ID), Added: sink.added, Paused: true}
	}
	c := Captured{Source: string(src.ID), Added: sink.added}
	state := sourceState{State: "ok", At: s.Now()}
	if zone, err := s.Location(ctx); err == nil && source != nil {
		c.Problems = renderer{zone: zone}.unread(source)
		state.Problems = toKeep(c.Problems)
	}
	if err != nil {
		c.Error, c.kind = billing.Message(err), billing.KindOf(err)
		state.State, state.Error = "failed", c.Error
		s.Log.Warn("a source failed", "source", src.ID, "kind", billing.KindOf(err))
	}
	keep := context.WithoutCancel(ctx)
	if err := s.store.Update(keep, func(tx *store.Tx) error { return tx.SetSetting(keep, stateKey(src.ID), state) }); err != nil && c.Error == "" {
		c.Error, c.kind = billing.Message(err), billing.KindOf(err)
	}
	return c
}

func (s Sources) open(ctx context.Context, src billing.SourceConfig) (capture.Source, error) {
	make, ok := s.Practice.Sources[src.Kind]
	if !ok {
		return nil, &billing.Error{Kind: billing.Internal, Msg: "this Tenths cannot observe a " + string(src.Kind)}
	}
	cfg, err := s.captureConfig(ctx, src)
	if err != nil {
		return nil, err
	}
	return make(cfg, billing.Span{})
}

// follow runs the source from where it stopped.
func (s Sources) follow(ctx context.Context, source capture.Source, id billing.SourceID, sink *recorder, once bool) error {
	var cursor string
	err := s.store.View(ctx, func(tx *store.Tx) (err error) {
		cursor, err = tx.Cursor(ctx, id)
		return err
	})
	if err != nil {
		return err
	}
	if once {
		return source.Once(ctx, capture.Cursor(cursor), sink)
	}
	return source.Run(ctx, capture.Cursor(cursor), sink)
}

// recorder is a [capture.Sink] over the store.
type recorder struct {
	store  *store.Store
	source billing.SourceID
	added  int
	seen   int
	well   bool // it is kept that the source fares well
}

// Recall implements [capture.Recaller].
func (r *recorder) Recall(ctx context.Context, externalIDs []string) (out []billing.Observation, err error) {
	err = r.store.View(ctx, func(tx *store.Tx) error {
		out, err = tx.Recall(ctx, r.source, externalIDs)
		return err
	})
	return out, err
}

// Record implements [capture.Sink].
func (r *recorder) Record(ctx context.Context, observations []billing.Observation, cursor capture.Cursor) error {
	var added int
	err := r.store.Update(ctx, func(tx *store.Tx) (err error) {
		admitted, err := admit(ctx, tx, r.source, observations)
		if err != nil {
			return err
		}
		added, err = tx.Record(ctx, r.source, string(cursor), admitted)
		if err == nil && !r.well { // observing may go on for weeks before it ends
			err = tx.SetSetting(ctx, stateKey(r.source), sourceState{State: "ok", At: tx.Now()})
		}
		return err
	})
	if err == nil {
		r.added += added
		r.seen += len(observations)
		r.well = true
		report(ctx, r.source, r.seen)
	}
	return err
}
