package capturetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/tenths/tenths/capture"
)

// running is a Run in progress.
type running struct {
	cancel context.CancelFunc
	done   chan error
}

// start runs a new source from where the sink stands. The caller stops it.
func start(t *testing.T, s Subject, sink *memory) *running {
	ctx, cancel := context.WithCancel(context.Background())
	r := &running{cancel, make(chan error, 1)}
	source := s.New(t)
	cursor := sink.at()
	go func() { r.done <- source.Run(ctx, cursor, sink) }()
	t.Cleanup(cancel)
	return r
}

// stop ends the context and holds Run to its promise: nil within a second.
func (r *running) stop(t *testing.T) {
	t.Helper()
	r.cancel()
	select {
	case err := <-r.done:
		noteError(err)
		if err != nil {
			t.Errorf("Run returned %v after its context ended, want nil", err)
		}
	case <-time.After(time.Second):
		t.Errorf("Run did not return within a second of its context's end")
		select {
		case <-r.done:
		case <-time.After(20 * time.Second):
			t.Fatal("Run did not return at all")
		}
	}
}

// await waits until the condition holds, Run returned, or time is up.
func (r *running) await(t *testing.T, s Subject, what string, holds func() bool) {
	t.Helper()
	deadline := time.After(s.Within)
	for !holds() {
		select {
		case err := <-r.done:
			noteError(err)
			r.done <- err
			t.Fatalf("Run returned %v before %s", err, what)
		case <-deadline:
			r.stop(t)
			t.Fatalf("after %v there was still not %s", s.Within, what)
		case <-time.After(5 * time.Millisecond):
		}
	}
}

// runs starts Run over a peer with something in it and changes it twice.
func runs(t *testing.T, s Subject) {
	s.Change(t)
	sink := &memory{repeatsAllowed: s.Repeats}
	want := whole(t, s).count()
	r := start(t, s, sink)
	r.await(t, s, "what had been there before it started", func() bool { return sink.count() >= want })
	for range 2 {
		before := sink.count()
		s.Change(t)
		r.await(t, s, "the change made while it ran", func() bool { return sink.count() > before })
	}
	r.stop(t)
	sink.verify(t)
	stopsAtOnce(t, s, sink)
	observe(t, s, sink)
	sameObservations(t, "Run against Once", sink.latest(), whole(t, s).latest())
}

// stopsAtOnce cancels Run as it starts, and before.
func stopsAtOnce(t *testing.T, s Subject, sink *memory) {
	for _, after := range []time.Duration{0, time.Millisecond, 30 * time.Millisecond} {
		r := start(t, s, sink)
		time.Sleep(after)
		r.stop(t)
	}
}

// runRefused has the sink refuse the first record. Run may give the sink's
// error back, for its caller to start it again, or go on by itself.
func runRefused(t *testing.T, s Subject) {
	s.Change(t)
	full := whole(t, s)
	sink := &memory{repeatsAllowed: s.Repeats, refuse: 1}
	r := start(t, s, sink)
	returned := false
	deadline := time.After(s.Within)
	for !returned && sink.count() < full.count() {
		select {
		case err := <-r.done:
			noteError(err)
			if !errors.Is(err, errRefused) {
				t.Fatalf("Run returned %v, which does not wrap the sink's error", err)
			}
			returned = true
		case <-deadline:
			r.stop(t)
			t.Fatal("Run neither returned the sink's error nor delivered again")
		case <-time.After(5 * time.Millisecond):
		}
	}
	if !returned {
		r.stop(t)
	}
	observe(t, s, sink)
	sameObservations(t, "after a refusal during Run", sink.latest(), full.latest())
}

// runAway takes the peer away while Run runs, and before it starts.
func runAway(t *testing.T, s Subject) {
	if s.Away == nil {
		t.Skip("the peer cannot go away")
	}
	s.Change(t)
	sink := whole(t, s)
	r := start(t, s, sink)
	time.Sleep(200 * time.Millisecond)
	back := s.Away(t)
	time.Sleep(200 * time.Millisecond)
	back()
	before := sink.count()
	s.Change(t)
	r.await(t, s, "the change made after the peer came back", func() bool { return sink.count() > before })
	r.stop(t)

	back = s.Away(t)
	if err := onceAway(t, s, sink.at()); err == nil {
		t.Error("Once returned nil although its peer was away")
	}
	r = start(t, s, sink)
	time.Sleep(200 * time.Millisecond)
	r.stop(t) // while it waits for the peer
	r = start(t, s, sink)
	time.Sleep(200 * time.Millisecond)
	back()
	before = sink.count()
	s.Change(t)
	r.await(t, s, "the change, when the peer was away at the start", func() bool { return sink.count() > before })
	r.stop(t)
	sink.verify(t)
}

func onceAway(t *testing.T, s Subject, cursor capture.Cursor) error {
	t.Helper()
	return once(t, s, cursor, &memory{repeatsAllowed: true})
}
