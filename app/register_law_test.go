package app

import (
	"errors"
	"fmt"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/store"
)

// Whoever changes matters, keeps the change or gives it up, in this process or
// another: every transaction sees the register as it sees the matters.
func TestTheRegisterIsTheListOfMatters(t *testing.T) {
	dir := t.TempDir()
	var offices [2]*Practice
	for i := range offices {
		p, err := Open(t.Context(), Config{Dir: dir, Zone: "UTC", Now: time.Now})
		if err != nil {
			t.Fatal(err)
		}
		defer p.Close()
		offices[i] = p
	}
	look := func(t *rapid.T, p *Practice, tx *store.Tx) error {
		matters, err := tx.Matters(t.Context())
		if err != nil {
			return err
		}
		r, err := p.register(t.Context(), tx)
		if err != nil {
			return err
		}
		if !reflect.DeepEqual(r.matters, matters) {
			t.Fatalf("the register has %v, the store %v", r.matters, matters)
		}
		for _, m := range matters {
			if !reflect.DeepEqual(r.byID[m.ID], m) {
				t.Fatalf("by id it has %v for %v", r.byID[m.ID], m)
			}
		}
		return nil
	}
	rapid.Check(t, func(t *rapid.T) {
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			p := offices[rapid.IntRange(0, 1).Draw(t, "office")]
			if rapid.Bool().Draw(t, "look") {
				if err := p.store.View(t.Context(), func(tx *store.Tx) error { return look(t, p, tx) }); err != nil {
					t.Fatal(err)
				}
				continue
			}
			givenUp := errors.New("given up")
			err := p.store.Update(t.Context(), func(tx *store.Tx) error {
				for range rapid.IntRange(1, 3).Draw(t, "changes") {
					m := billing.Matter{Number: fmt.Sprint(rapid.IntRange(1, 4).Draw(t, "number")), Name: billing.Privileged(rapid.StringMatching(`[a-z]{0,2}`).Draw(t, "name"))}
					if err := tx.PutMatter(t.Context(), &m); err != nil {
						return err
					}
					if rapid.Bool().Draw(t, "renumber") {
						taken := tx.RenumberMatters(t.Context(), map[billing.MatterID]string{m.ID: m.Number + "x"})
						if taken != nil {
							return givenUp // another has that number
						}
					}
					if rapid.Bool().Draw(t, "look within") {
						if err := look(t, p, tx); err != nil {
							return err
						}
					}
				}
				if rapid.Bool().Draw(t, "give up") {
					return givenUp
				}
				return nil
			})
			if err != nil && !errors.Is(err, givenUp) {
				t.Fatal(err)
			}
		}
	})
}
