package capturetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
)

var errRefused = errors.New("capturetest: the sink refuses")

// key is what the store keeps an observation unique by.
type key struct {
	source       billing.SourceID
	id, revision string
}

// memory is a sink that keeps observations as the store does: once each, with
// the cursor, or not at all. It notes whatever a source does wrong.
type memory struct {
	repeatsAllowed bool
	refuse         int  // the number of the Record with observations to refuse, from 1; 0 for none
	keepRefused    bool // keep what is refused: the commit went through and its answer was lost

	mu       sync.Mutex
	kept     []billing.Observation // in order of arrival
	byKey    map[key]int
	cursor   capture.Cursor
	saves    []save // after each successful record
	records  int    // all calls
	filled   int    // calls that brought observations
	empty    int    // calls that brought nothing and moved nothing
	repeats  int
	refused  bool
	after    bool // a Record came after the refused one, in the same Once
	mistakes []string
}

type save struct {
	kept   int
	cursor capture.Cursor
}

// Record implements [capture.Sink].
func (m *memory) Record(ctx context.Context, observations []billing.Observation, cursor capture.Cursor) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if err := ctx.Err(); err != nil {
		return err
	}
	m.records++
	m.after = m.refused
	if len(observations) > 0 {
		m.filled++
	}
	if m.refuse > 0 && m.filled == m.refuse {
		m.refuse, m.refused = 0, true
		if m.keepRefused {
			m.keep(observations)
		}
		return errRefused
	}
	if len(observations) == 0 && cursor == m.cursor {
		m.empty++
	}
	m.keep(observations)
	m.cursor = cursor
	m.saves = append(m.saves, save{len(m.kept), cursor})
	return nil
}

func (m *memory) keep(observations []billing.Observation) {
	if m.byKey == nil {
		m.byKey = map[key]int{}
	}
	for _, o := range observations {
		m.mistakes = append(m.mistakes, mistakesIn(o)...)
		k := key{o.Source, o.ExternalID, o.Revision}
		i, seen := m.byKey[k]
		if !seen {
			m.byKey[k] = len(m.kept)
			m.kept = append(m.kept, o)
			continue
		}
		m.repeats++
		if diff := cmp.Diff(plain(m.kept[i]), plain(o)); diff != "" {
			m.mistakes = append(m.mistakes, "an observation came again under the same revision with other content (-first +again):\n"+diff)
		} else if !m.repeatsAllowed {
			m.mistakes = append(m.mistakes, fmt.Sprintf("an observation (a %s) was delivered twice with nothing lost in between", o.Kind))
		}
	}
}

// mistakesIn checks what every observation must keep to, wherever it is from.
func mistakesIn(o billing.Observation) []string {
	var wrong []string
	note := func(bad bool, what string) {
		if bad {
			wrong = append(wrong, fmt.Sprintf("%s (a %s)", what, o.Kind))
		}
	}
	note(o.Source == "", "an observation without its source's id")
	note(o.ExternalID == "", "an observation without an external id")
	note(o.Revision == "", "an observation without a revision")
	note(o.ID != "" || !o.RecordedAt.IsZero(), "an observation with ID or RecordedAt set, which are the store's")
	if o.Removed {
		return wrong
	}
	note(o.Kind == "", "an observation without a kind")
	note(o.Span.Start.IsZero() || o.Span.End.IsZero(), "an observation without a time")
	note(o.Span.End.Before(o.Span.Start), "an observation that ends before it starts")
	note(o.Span.Start.Location() != time.UTC || o.Span.End.Location() != time.UTC, "an observation whose span is not in UTC")
	if _, err := time.LoadLocation(o.Zone); err != nil || o.Zone == "Local" {
		note(true, "an observation whose zone is not an IANA zone")
	}
	note(o.Words < 0 || o.Saves < 0, "an observation with a negative count")
	return wrong
}

// verify reports what the source did wrong so far.
func (m *memory) verify(t *testing.T) {
	t.Helper()
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, s := range m.mistakes {
		t.Error(s)
	}
	m.mistakes = nil
}

func (m *memory) at() capture.Cursor    { m.mu.Lock(); defer m.mu.Unlock(); return m.cursor }
func (m *memory) count() int            { m.mu.Lock(); defer m.mu.Unlock(); return len(m.kept) }
func (m *memory) calls() int            { m.mu.Lock(); defer m.mu.Unlock(); return m.records }
func (m *memory) withObservations() int { m.mu.Lock(); defer m.mu.Unlock(); return m.filled }
func (m *memory) repeated() int         { m.mu.Lock(); defer m.mu.Unlock(); return m.repeats }
func (m *memory) idle() int             { m.mu.Lock(); defer m.mu.Unlock(); return m.empty }

// afterRefusal reports whether anything was recorded after the refusal, and
// forgets it.
func (m *memory) afterRefusal() bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	defer func() { m.refused, m.after = false, false }()
	return m.after
}

// latest returns what counts: of each event the revision recorded last, by
// external id.
func (m *memory) latest() map[string]billing.Observation {
	m.mu.Lock()
	defer m.mu.Unlock()
	out := map[string]billing.Observation{}
	for _, o := range m.kept {
		out[o.ExternalID] = o
	}
	return out
}

// savepoints returns up to n sinks, each as this one was after one of its
// records.
func (m *memory) savepoints(n int) []*memory {
	m.mu.Lock()
	defer m.mu.Unlock()
	var out []*memory
	step := max(1, (len(m.saves)+n-1)/n)
	for i := 0; i < len(m.saves); i += step {
		past := &memory{repeatsAllowed: m.repeatsAllowed}
		past.keep(m.kept[:m.saves[i].kept])
		past.mistakes, past.cursor = nil, m.saves[i].cursor
		out = append(out, past)
	}
	return out
}

// sinkFunc is m with then called after each record, as a person who quits the
// program while it writes.
func sinkFunc(m *memory, then func()) capture.Sink { return interrupted{m, then} }

type interrupted struct {
	*memory
	then func()
}

// Record implements [capture.Sink].
func (i interrupted) Record(ctx context.Context, observations []billing.Observation, cursor capture.Cursor) error {
	defer i.then()
	return i.memory.Record(ctx, observations, cursor)
}
