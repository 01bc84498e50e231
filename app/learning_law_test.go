package app

import (
	"fmt"
	"hash/fnv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft"
	"github.com/tenths/tenths/store"
)

// pair is one practice that two programs have open at once.
type pair struct {
	dir   string
	clock time.Time
	open  [2]*Practice
}

func (p *pair) start(t *testing.T, i int) {
	if p.open[i] != nil {
		check(t, p.open[i].Close())
	}
	var err error
	p.open[i], err = Open(t.Context(), Config{Dir: p.dir, Zone: "UTC", Now: func() time.Time { return p.clock }})
	check(t, err)
}

func (p *pair) close(t *testing.T) {
	check(t, p.open[0].Close())
	check(t, p.open[1].Close())
}

// newPair opens a practice that saw a morning's mail, of three people about two
// things.
func newPair(t *testing.T) *pair {
	p := &pair{dir: t.TempDir(), clock: time.Date(2026, 3, 2, 18, 0, 0, 0, time.UTC)}
	p.start(t, 0)
	p.start(t, 1)
	_, err := Matters{p.open[0]}.Import(t.Context(), strings.NewReader("number,client,name\n2024-1,Rivera,Rivera v. Acme\n2024-2,Lin,Estate of Lin\n2024-3,Orb,Orb lease\n"))
	check(t, err)
	term := func(word string) uint32 { h := fnv.New32a(); _, _ = h.Write([]byte(word)); return h.Sum32() }
	check(t, p.open[0].store.Update(t.Context(), func(tx *store.Tx) error {
		var seen []billing.Observation
		for i := range 9 {
			at := p.clock.Add(time.Duration(20*i)*time.Minute - 9*time.Hour)
			seen = append(seen, billing.Observation{
				ExternalID: fmt.Sprint(i), Revision: "1", Kind: billing.KindMailReceived, Words: 200, Span: billing.Span{Start: at, End: at},
				Subject: billing.Privileged([]string{"boiler", "pleading", "boiler again"}[i%3]), Thread: fmt.Sprint("thread ", i/2),
				With:  []billing.Party{{Address: billing.Privileged(fmt.Sprintf("p%d@x%d.example", i%4, i%4)), Role: billing.RoleFrom}},
				Terms: []uint32{term("heat"), term(fmt.Sprint(i % 3)), term(fmt.Sprint("own ", i))},
			})
		}
		_, err := tx.Record(t.Context(), store.NotesSource, "", seen)
		return err
	}))
	return p
}

var firstOfMarch, _ = billing.ParseDay("2026-03-02")

// known is all that program i has learned, and how it ranks what is not decided.
func (p *pair) known(t *rapid.T, i int) string {
	var out strings.Builder
	practice := p.open[i]
	if err := practice.catchUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	practice.learning.read(func(learned *draft.Learned) {
		state, err := learned.MarshalBinary()
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&out, "%x\n", state)
	})
	err := practice.store.View(t.Context(), func(tx *store.Tx) error {
		d, err := practice.load(t.Context(), tx, firstOfMarch)
		if err != nil {
			return err
		}
		for _, e := range d.proposal.Drafts {
			fmt.Fprintln(&out, e.Evidence, e.Matter, e.Candidates)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// decide has program i decide something about a draft, and reports whether it
// could.
func (p *pair) decide(t *rapid.T, i int) bool {
	r := Review{p.open[i]}
	if _, err := r.Day(t.Context(), firstOfMarch); err != nil {
		t.Fatal(err)
	}
	var drafts []billing.Entry
	if err := p.open[i].store.View(t.Context(), func(tx *store.Tx) error {
		all, err := tx.EntriesOn(t.Context(), firstOfMarch)
		for _, e := range all {
			if e.State == billing.StateDrafted {
				drafts = append(drafts, e)
			}
		}
		return err
	}); err != nil {
		t.Fatal(err)
	}
	if len(drafts) == 0 {
		return false
	}
	id := drafts[rapid.IntRange(0, len(drafts)-1).Draw(t, "draft")].ID
	var err error
	switch rapid.IntRange(0, 5).Draw(t, "decision") {
	case 0:
		err = r.Discard(t.Context(), id)
	case 1:
		err = r.Keep(t.Context(), id, true)
	default:
		number := fmt.Sprint("2024-", rapid.IntRange(1, 3).Draw(t, "matter"))
		err = r.Edit(t.Context(), id, Edit{Matter: &number})
	}
	if err != nil {
		t.Fatal(err)
	}
	return true
}

// Undoing a decision unlearns it: whatever was decided and undone, by whichever
// program, what is learned and how the rest is ranked is what it was before,
// byte for byte. Programs learn in the order in which decisions were committed,
// so both know the same, and starting again changes nothing.
func TestUndoUnlearns(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		p := newPair(t)
		defer p.close(t)
		var before []string // what was known before each decision that stands
		for range rapid.IntRange(1, 10).Draw(r, "steps") {
			p.clock = p.clock.Add(time.Minute)
			i := rapid.IntRange(0, 1).Draw(r, "program")
			switch what := rapid.IntRange(0, 6).Draw(r, "step"); {
			case what == 0:
				p.start(t, i)
			case what < 3 && len(before) > 0:
				if _, err := (Review{p.open[i]}).Undo(r.Context()); err != nil {
					r.Fatal(err)
				}
				last := len(before) - 1
				if got := p.known(r, i); got != before[last] {
					r.Fatalf("undone, and it is not as before:\n%s\nbefore:\n%s", got, before[last])
				}
				before = before[:last]
			default:
				known := p.known(r, i)
				if p.decide(r, i) {
					before = append(before, known)
				}
			}
			if a, b := p.known(r, 0), p.known(r, 1); a != b {
				r.Fatalf("two programs know different things:\n%s\n%s", a, b)
			}
		}
	})
}
