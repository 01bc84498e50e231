package capturetest_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/capture/capturetest"
)

// journal is a peer that is a growing list, and fault is the one thing that the
// source over it does wrong.
type journal struct {
	mu    sync.Mutex
	lines []string
	away  bool
	reads int
	fault string
}

type reader struct{ *journal }

const batch = 2

var errAway = errors.New("the journal is away")

func (j *journal) add(*testing.T) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.lines = append(j.lines, fmt.Sprint("privileged line ", len(j.lines)))
}

func (j *journal) since(n int) ([]string, error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.away {
		return nil, errAway
	}
	j.reads++
	return j.lines[min(n, len(j.lines)):], nil
}

func (r reader) observation(n int, line string) billing.Observation {
	at := time.Date(2026, 11, 19, 9, n, 0, 0, time.UTC)
	o := billing.Observation{Source: "s", ExternalID: fmt.Sprint(n), Revision: "1", Kind: billing.KindNote,
		Span: billing.Span{Start: at, End: at}, Subject: billing.Privileged(line)}
	switch r.fault {
	case "no revision":
		o.Revision = ""
	case "local time":
		o.Span.Start = at.In(time.FixedZone("", 3600))
	case "unstable content":
		o.Words = time.Now().UnixNano()
	case "leaks":
		slog.Debug("saw", "what", line)
	}
	return o
}

// Once implements [capture.Source].
func (r reader) Once(ctx context.Context, cursor capture.Cursor, sink capture.Sink) error {
	n, err := strconv.Atoi(string(cursor))
	if err != nil && cursor != "" && r.fault != "trusts cursors" {
		n = 0
	} else if err != nil && cursor != "" {
		n = 1
	}
	if r.fault == "starts over" {
		n = 0
	}
	lines, err := r.since(n)
	if err != nil {
		return err
	}
	if r.fault == "writes for nothing" && len(lines) == 0 {
		return sink.Record(ctx, nil, cursor)
	}
	for len(lines) > 0 {
		take := min(batch, len(lines))
		var out []billing.Observation
		for i, line := range lines[:take] {
			out = append(out, r.observation(n+i, line))
		}
		n, lines = n+take, lines[take:]
		if r.fault == "loses" && n == 4 {
			out = out[1:]
		}
		err := sink.Record(ctx, out, capture.Cursor(strconv.Itoa(n)))
		if err != nil && r.fault != "ignores the sink" {
			return fmt.Errorf("record: %w", err)
		}
	}
	return nil
}

// Run implements [capture.Source].
func (r reader) Run(ctx context.Context, cursor capture.Cursor, sink capture.Sink) error {
	track := &tracking{sink, cursor}
	if r.fault == "leaves a goroutine" {
		go time.Sleep(2 * time.Second)
	}
	for first := true; ; first = false {
		err := r.Once(ctx, track.cursor, track)
		switch {
		case ctx.Err() != nil && r.fault == "ends with an error":
			return ctx.Err()
		case ctx.Err() != nil:
			return nil
		case errors.Is(err, errAway) && r.fault != "gives up":
		case err != nil:
			return err
		}
		select {
		case <-ctx.Done():
		case <-time.After(10 * time.Millisecond):
		}
		if r.fault == "stops late" && ctx.Err() != nil {
			time.Sleep(1200 * time.Millisecond)
		}
		if r.fault == "deaf" && !first {
			<-ctx.Done()
		}
	}
}

type tracking struct {
	capture.Sink
	cursor capture.Cursor
}

// Record implements [capture.Sink].
func (tr *tracking) Record(ctx context.Context, o []billing.Observation, c capture.Cursor) error {
	err := tr.Sink.Record(ctx, o, c)
	if err == nil {
		tr.cursor = c
	}
	return err
}

func subject(fault string) capturetest.Subject {
	j := &journal{fault: fault}
	s := capturetest.Subject{
		New:     func(*testing.T) capture.Source { return reader{journal: j} },
		Change:  j.add,
		Secrets: []string{"privileged line"},
		Within:  time.Second,
		Away: func(*testing.T) func() {
			set := func(away bool) { j.mu.Lock(); j.away = away; j.mu.Unlock() }
			set(true)
			return func() { set(false) }
		},
	}
	if fault == "touches" {
		s.Fingerprint = func(*testing.T) string { j.mu.Lock(); defer j.mu.Unlock(); return fmt.Sprint(j.reads) }
	}
	return s
}

func TestHonestSourcePasses(t *testing.T) { capturetest.Run(t, subject("")) }

// TestFaultySourcesFail proves that the suite sees what it is there to see: it
// runs itself in a child process over a source with one fault, which must fail.
func TestFaultySourcesFail(t *testing.T) {
	if fault := os.Getenv("CAPTURETEST_FAULT"); fault != "" {
		capturetest.Run(t, subject(fault))
		return
	}
	faults := map[string]string{
		"no revision":        "without a revision",
		"local time":         "not in UTC",
		"unstable content":   "under the same revision|differs",
		"leaks":              "was logged",
		"trusts cursors":     "missing",
		"starts over":        "delivered twice",
		"writes for nothing": "neither observations nor a new cursor",
		"loses":              "lost|missing",
		"ignores the sink":   "does not wrap the sink's error",
		"leaves a goroutine": "unexpected goroutines",
		"ends with an error": "after its context ended",
		"gives up":           "Run returned the journal is away",
		"stops late":         "within a second",
		"deaf":               "still not",
		"touches":            "changed the observed place",
	}
	type outcome struct {
		out []byte
		err error
	}
	outcomes := map[string]chan outcome{}
	for fault := range faults { // all at once: they mostly wait
		done := make(chan outcome, 1)
		outcomes[fault] = done
		go func() {
			child := exec.Command(os.Args[0], "-test.run=^TestFaultySourcesFail$", "-test.failfast")
			child.Env = append(os.Environ(), "CAPTURETEST_FAULT="+fault)
			out, err := child.CombinedOutput()
			done <- outcome{out, err}
		}()
	}
	for fault, complaint := range faults {
		o := <-outcomes[fault]
		if _, failed := errors.AsType[*exec.ExitError](o.err); !failed {
			t.Errorf("the suite passed a source with the fault %q (%v)", fault, o.err)
			continue
		}
		said := func(c string) bool { return strings.Contains(string(o.out), c) }
		if !slices.ContainsFunc(strings.Split(complaint, "|"), said) {
			t.Errorf("the suite failed a source (%s) without saying %q:\n%s", fault, complaint, o.out)
		}
	}
}
