package mail_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
)

// sink keeps observations by name, as the store does.
type sink struct {
	mu      sync.Mutex
	all     map[string]billing.Observation
	order   []string
	cursor  capture.Cursor
	repeats int
	failAt  int // the Record that fails, from 1
	records int
}

func (s *sink) Record(_ context.Context, observations []billing.Observation, cursor capture.Cursor) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.records++; s.records == s.failAt {
		return errors.New("the disk is full")
	}
	if s.all == nil {
		s.all = map[string]billing.Observation{}
	}
	for _, o := range observations {
		if _, ok := s.all[o.ExternalID]; ok {
			s.repeats++
			continue
		}
		s.all[o.ExternalID] = o
		s.order = append(s.order, o.ExternalID)
	}
	s.cursor = cursor
	return nil
}

func (s *sink) once(t testing.TB, source capture.Source) {
	t.Helper()
	if err := source.Once(context.Background(), s.cursor, s); err != nil {
		t.Fatal(err)
	}
}

func sinkOf(t testing.TB, source capture.Source, cursor capture.Cursor) *sink {
	t.Helper()
	s := &sink{cursor: cursor}
	s.once(t, source)
	return s
}

// await waits until n observations are there.
func (s *sink) await(t *testing.T, n int) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(5 * time.Millisecond) {
		s.mu.Lock()
		have := len(s.all)
		s.mu.Unlock()
		if have >= n {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%d observations, want %d", have, n)
		}
	}
}

func (s *sink) find(t *testing.T, id string) billing.Observation {
	t.Helper()
	o, ok := s.all[id]
	if !ok {
		t.Fatalf("no observation %q among %q", id, s.order)
	}
	return o
}

func partiesOf(o billing.Observation) string {
	var out []string
	for _, p := range o.With {
		out = append(out, fmt.Sprintf("%s <%s> %s", p.Name.Reveal(), p.Address.Reveal(), p.Role))
	}
	return strings.Join(out, "; ")
}

func reveal(list []billing.Privileged) string {
	var out []string
	for _, p := range list {
		out = append(out, p.Reveal())
	}
	return strings.Join(out, "; ")
}
