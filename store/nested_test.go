package store

import (
	"context"
	"fmt"
	"strings"
	"testing"
)

func inner(s *Store) error { return s.Update(context.Background(), func(*Tx) error { return nil }) }

func outer(s *Store, fn func() error) error {
	return s.Update(context.Background(), func(*Tx) error { return fn() })
}

// An Update within an Update says who began both rather than wait for ever, and
// the store goes on.
func TestNestedUpdatePanics(t *testing.T) {
	s := newStore(t)
	said := func() (said string) {
		defer func() { said = fmt.Sprint(recover()) }()
		return fmt.Sprint(outer(s, func() error { return inner(s) }))
	}()
	for _, want := range []string{"store.inner (", "store.outer (", "nested_test.go:"} {
		if !strings.Contains(said, want) {
			t.Errorf("the panic does not name %q: %s", want, said)
		}
	}
	if i, o := strings.Index(said, "store.inner ("), strings.Index(said, "store.outer ("); i > o {
		t.Errorf("the callers are the wrong way round: %s", said)
	}
	if err := inner(s); err != nil {
		t.Errorf("the store is left unusable: %v", err)
	}
	// One after another, and one on another goroutine that waits its turn, are
	// no nesting.
	done := make(chan error, 1)
	if err := outer(s, func() error {
		go func() { done <- inner(s) }()
		return s.View(context.Background(), func(*Tx) error { return nil })
	}); err != nil {
		t.Fatal(err)
	}
	if err := <-done; err != nil {
		t.Fatal(err)
	}
}
