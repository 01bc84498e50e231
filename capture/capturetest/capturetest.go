// Package capturetest is the conformance suite of sources: whatever observes
// something for Tenths runs it. It knows [capture.Source] and
// [capture.Sink] alone, and must not know what any source observes, nor the
// store. It is for tests.
package capturetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/tenths/tenths/capture"
)

// Subject is a source under test, with the peer that it observes. The peer is
// made before [Run] and is there until it returns.
type Subject struct {
	// New returns a source over the peer, as the program makes one at each
	// start. It is called many times; all the sources observe the same peer,
	// under the same [billing.SourceID], one after another.
	New func(t *testing.T) capture.Source
	// Change makes one new observable thing at the peer and returns once a
	// source can see it.
	Change func(t *testing.T)
	// Secrets must not occur in what is logged nor in errors: subjects,
	// addresses, paths, passwords. Those that Change makes up belong here too.
	Secrets []string

	// Within bounds how long Run may need to deliver a change, and Once to
	// return; zero stands for 15 seconds.
	Within time.Duration
	// Repeats says that the peer can only be read whole, as a calendar file
	// can: when anything changed, what was delivered may be delivered again.
	// A source that finds nothing changed still delivers nothing.
	Repeats bool
	// Fingerprint returns what must stay as it is when a source observes, such
	// as names, flags and times at the peer. Nil where there is no such thing.
	Fingerprint func(t *testing.T) string
	// Away takes the peer out of reach and returns what brings it back. Nil
	// where the peer cannot go away.
	Away func(t *testing.T) (back func())
	// Ignore lists goroutines of the peer's (not the source's) that may
	// outlive a check.
	Ignore []goleak.Option
}

// Run holds the subject to the contract of [capture.Source].
func Run(t *testing.T, s Subject) {
	t.Helper()
	if s.Within == 0 {
		s.Within = 15 * time.Second
	}
	logs := captureLogs(t)
	for _, c := range []struct {
		name  string
		check func(*testing.T, Subject)
	}{
		{"Once resumes from every cursor", resumes},
		{"Once twice changes nothing", quiet},
		{"Once stops at a sink's error and redelivers", refused},
		{"Once repeats after an answer was lost", lostAnswer},
		{"Once ends with its context", cancelled},
		{"Once survives a foreign cursor", foreignCursor},
		{"Run delivers what is there and what comes", runs},
		{"Run delivers after a sink's error", runRefused},
		{"Run survives its peer going away", runAway},
	} {
		t.Run(c.name, func(t *testing.T) {
			ignore := append([]goleak.Option{goleak.IgnoreCurrent()}, s.Ignore...)
			t.Cleanup(func() { goleak.VerifyNone(t, ignore...) })
			c.check(t, s)
		})
	}
	logs.check(t, s.Secrets)
}

// once runs Once of a new source, bounded, and reports its error.
func once(t *testing.T, s Subject, cursor capture.Cursor, sink capture.Sink) error {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), s.Within)
	defer cancel()
	err := s.New(t).Once(ctx, cursor, sink)
	noteError(err)
	if ctx.Err() != nil {
		t.Fatalf("Once took longer than %v", s.Within)
	}
	return err
}

// observe runs Once of a new source from where the sink stands.
func observe(t *testing.T, s Subject, sink *memory) {
	t.Helper()
	if err := once(t, s, sink.at(), sink); err != nil {
		t.Fatalf("Once: %v", err)
	}
	sink.verify(t)
}

// whole returns a sink that holds all there is at the peer.
func whole(t *testing.T, s Subject) *memory {
	t.Helper()
	sink := &memory{repeatsAllowed: s.Repeats}
	observe(t, s, sink)
	return sink
}

// resumes makes changes one at a time, observes each, and then starts again
// from each cursor that was ever recorded.
func resumes(t *testing.T, s Subject) {
	s.Change(t)
	sink := whole(t, s)
	if sink.count() == 0 {
		t.Fatal("Once from the beginning delivered nothing, and there is something")
	}
	for range 3 {
		before := sink.count()
		s.Change(t)
		observe(t, s, sink)
		if sink.count() == before {
			t.Fatalf("a change at the peer was lost: Once from a recorded cursor delivered nothing new")
		}
	}
	full := whole(t, s)
	sameObservations(t, "Once from the beginning against step by step", full.latest(), sink.latest())
	for i, from := range sink.savepoints(8) {
		observe(t, s, from)
		if !sameObservations(t, "resumed from a recorded cursor", from.latest(), sink.latest()) {
			t.Errorf("the cursor was number %d of the recorded ones", i+1)
		}
	}
}

// quiet observes again what did not change.
func quiet(t *testing.T, s Subject) {
	s.Change(t)
	before := s.fingerprint(t)
	sink := whole(t, s)
	records, kept := sink.calls(), sink.count()
	observe(t, s, sink)
	observe(t, s, sink)
	if n := sink.count() - kept; n != 0 {
		t.Errorf("Once again delivered %d observations although nothing changed", n)
	}
	if n := sink.repeated(); n != 0 && !s.Repeats {
		t.Errorf("Once again repeated %d observations although nothing changed", n)
	}
	if n := sink.idle(); n != 0 {
		t.Errorf("of %d records %d had neither observations nor a new cursor: each is a write to the disk", sink.calls()-records, n)
	}
	if after := s.fingerprint(t); after != before {
		t.Errorf("observing changed the observed place.\nbefore: %s\nafter:  %s", before, after)
	}
}

// refused has the sink refuse one record after another.
func refused(t *testing.T, s Subject) {
	s.Change(t)
	s.Change(t)
	full := whole(t, s)
	for n := 1; n <= min(3, full.withObservations()); n++ {
		sink := &memory{repeatsAllowed: s.Repeats, refuse: n}
		err := once(t, s, "", sink)
		if !errors.Is(err, errRefused) {
			t.Fatalf("the sink refused record %d and Once returned %v, which does not wrap the sink's error", n, err)
		}
		if sink.afterRefusal() {
			t.Errorf("Once went on recording after the sink refused record %d", n)
		}
		observe(t, s, sink)
		sameObservations(t, "Once after a refusal", sink.latest(), full.latest())
	}
}

// lostAnswer has the sink keep a record and yet return an error, as a commit
// whose outcome is unknown; only then may a source repeat itself.
func lostAnswer(t *testing.T, s Subject) {
	s.Change(t)
	full := whole(t, s)
	sink := &memory{repeatsAllowed: true, refuse: 1, keepRefused: true}
	if err := once(t, s, "", sink); !errors.Is(err, errRefused) {
		t.Fatalf("Once returned %v, which does not wrap the sink's error", err)
	}
	if err := once(t, s, "", sink); err != nil {
		t.Fatalf("Once from the cursor before the lost answer: %v", err)
	}
	sink.verify(t)
	sameObservations(t, "Once after a lost answer", sink.latest(), full.latest())
}

// cancelled calls Once with a context that has ended, and with one that ends
// while the sink is at work.
func cancelled(t *testing.T, s Subject) {
	s.Change(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	sink := &memory{repeatsAllowed: s.Repeats}
	began := time.Now()
	noteError(s.New(t).Once(ctx, "", sink))
	if took := time.Since(began); took > time.Second {
		t.Errorf("Once took %v although its context had ended", took)
	}
	ctx, cancel = context.WithCancel(t.Context())
	defer cancel()
	noteError(s.New(t).Once(ctx, sink.at(), sinkFunc(sink, cancel)))
	observe(t, s, sink)
	sameObservations(t, "Once after a cancelled one", sink.latest(), whole(t, s).latest())
}

// foreignCursor starts from a cursor that is no cursor: an error is in order,
// and so is starting over; losing something is not.
func foreignCursor(t *testing.T, s Subject) {
	s.Change(t)
	full := whole(t, s)
	for _, cursor := range []capture.Cursor{"?", "{}", "null", `{"v":99}`, "\x00\xff"} {
		sink := &memory{repeatsAllowed: s.Repeats}
		if err := once(t, s, cursor, sink); err == nil {
			sink.verify(t)
			sameObservations(t, "Once from a foreign cursor", sink.latest(), full.latest())
		}
	}
}

func (s Subject) fingerprint(t *testing.T) string {
	if s.Fingerprint == nil {
		return ""
	}
	return s.Fingerprint(t)
}
