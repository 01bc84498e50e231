package app_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/store"
)

// line is what a person sees of an entry that is about to be final.
type line struct {
	ID, Matter, Narrative, Hours, Rate, Amount, Task, Activity string
	Worked, Billed                                             int64
	NonBillable, Estimated                                     bool
}

func lineOf(e app.DraftView) line {
	return line{e.ID, e.Matter, e.Narrative, e.Hours, e.Rate, e.Amount, e.TaskCode, e.ActivityCode, e.WorkedSeconds, e.BilledMinutes, e.NonBillable, e.Estimated}
}

func linesOf(v app.ApprovalView) map[string]line {
	out := map[string]line{}
	for _, g := range v.Groups {
		for _, e := range g.Drafts {
			out[e.ID] = lineOf(e)
		}
	}
	return out
}

// final returns what the day has that is approved.
func (d *desk) final() map[string]line {
	out := map[string]line{}
	for _, e := range d.list() {
		if e.State == "approved" || e.State == "posted" {
			out[e.ID] = lineOf(e)
		}
	}
	return out
}

// Whatever is edited, and whatever becomes of rates, currencies and matters
// between drafting, looking and agreeing: what is frozen is exactly what was
// shown, or nothing is.
func TestWhatIsFrozenIsWhatWasSeen(t *testing.T) {
	few(t, 50)
	d := &desk{office: open(t)}
	s, err := store.Open(t.Context(), d.Dir, func() time.Time { return d.now })
	d.check(err)
	defer s.Close()
	frozen := 0
	rapid.Check(t, func(t *rapid.T) {
		d.begin(t)
		for range rapid.IntRange(0, 4).Draw(t, "before") {
			d.meanwhile(t)
		}
		seen, err := d.review().Preview(t.Context(), d.today)
		d.do(err)
		checkSums(t, seen)
		for range rapid.IntRange(0, 2).Draw(t, "after") {
			d.meanwhile(t)
		}
		now, err := d.review().Preview(t.Context(), d.today)
		d.do(err)
		alike := reflect.DeepEqual(linesOf(seen), linesOf(now))
		if seen.Digest == now.Digest && !alike {
			t.Fatalf("one name for %v and %v", linesOf(seen), linesOf(now))
		}
		got, err := d.review().Approve(t.Context(), d.today, nil, seen.Digest)
		if seen.Digest != now.Digest {
			if billing.KindOf(err) != billing.Conflict || len(d.final()) != 0 {
				t.Fatalf("nobody saw what was approved: %v, %v", err, d.final())
			}
			return
		}
		d.do(err)
		if !reflect.DeepEqual(got, now) || !reflect.DeepEqual(d.final(), linesOf(seen)) {
			t.Fatalf("shown\n%v\nfrozen\n%v", linesOf(seen), d.final())
		}
		frozen += got.Count
		for id, l := range linesOf(seen) {
			checkTrail(t, s, billing.EntryID(id), l)
		}
	})
	if frozen == 0 {
		t.Error("nothing was ever frozen: the law was not tried")
	}
}

// checkSums checks that everything shown of a list adds up, currencies apart.
func checkSums(t *rapid.T, v app.ApprovalView) {
	var hours billing.Quantity
	var amounts billing.Amounts
	n := 0
	for _, g := range v.Groups {
		if g.Matter.Closed {
			t.Fatalf("matter %s is closed and would be frozen", g.Matter.Number)
		}
		for _, e := range g.Drafts {
			n++
			if g.Matter.Internal && (!e.NonBillable || e.Rate != "") {
				t.Fatalf("the firm's own time is billed: %+v", e)
			}
			if e.NonBillable {
				continue
			}
			rate, err := billing.ReadMoney(e.Rate, "USD")
			if err != nil {
				t.Fatalf("%q is no rate: %v", e.Rate, err)
			}
			q := quantity(t, e.Hours)
			if q.At(rate).String() != e.Amount {
				t.Fatalf("%s h at %s is shown as %s", e.Hours, e.Rate, e.Amount)
			}
			hours, amounts = hours+q, amounts.Plus(q.At(rate))
		}
	}
	if n != v.Count || v.Hours != hours.String() || v.Amount != amounts.Text("USD") {
		t.Fatalf("%d drafts of %s h and %s are shown as %d of %s h and %s", n, hours, amounts.Text("USD"), v.Count, v.Hours, v.Amount)
	}
	if v.Left != len(v.Behind) {
		t.Fatalf("%d stay behind, and %v", v.Left, v.Behind)
	}
	for _, b := range v.Behind {
		if b.Why == "" {
			t.Fatalf("%s stays behind, and nobody knows why", b.Draft)
		}
	}
}

func quantity(t *rapid.T, hours string) billing.Quantity {
	whole, part, _ := strings.Cut(hours, ".")
	var n, f int64
	if _, err := fmt.Sscan(whole+" "+(part + "0")[:2], &n, &f); err != nil {
		t.Fatalf("%q are no hours: %v", hours, err)
	}
	return billing.Quantity(n*100 + f)
}

// checkTrail checks that the audit trail says of an entry what was seen.
func checkTrail(t *rapid.T, s *store.Store, id billing.EntryID, l line) {
	var trail []store.AuditRecord
	if err := s.View(t.Context(), func(tx *store.Tx) (err error) {
		trail, err = tx.AuditTrail(t.Context(), id)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	var on struct {
		Matter, Narrative, Hours, Currency string
		BilledMinutes                      int64 `json:"billed_minutes"`
		RateCents                          int64 `json:"rate_cents"`
		AmountCents                        int64 `json:"amount_cents"`
		NonBillable                        bool  `json:"non_billable"`
	}
	if len(trail) != 1 || json.Unmarshal(trail[0].Detail, &on) != nil {
		t.Fatalf("the trail of %s is %v", id, trail)
	}
	rate, amount := billing.Money{Cents: on.RateCents, Currency: on.Currency}, billing.Money{Cents: on.AmountCents, Currency: on.Currency}
	if on.Matter != l.Matter || on.Narrative != l.Narrative || on.Hours != l.Hours || on.BilledMinutes != l.Billed || on.NonBillable != l.NonBillable ||
		!rate.IsZero() && (rate.String() != l.Rate || amount.String() != l.Amount) {
		t.Fatalf("seen %+v, on record %+v", l, on)
	}
}

// Every decision undoes itself: all entries are as they were.
func TestEveryDecisionUndoesItself(t *testing.T) {
	few(t, 40)
	d := &desk{office: open(t)}
	rapid.Check(t, func(t *rapid.T) {
		d.begin(t)
		var states [][]app.DraftView
		for range rapid.IntRange(1, 6).Draw(t, "decisions") {
			before := d.values()
			if d.decide(t) {
				states = append(states, before)
			}
		}
		for i := len(states) - 1; i >= 0; i-- {
			what, err := d.review().Undo(t.Context())
			d.do(err)
			if got := d.values(); !reflect.DeepEqual(got, states[i]) {
				t.Fatalf("undoing the %s leaves\n%s\nof\n%s", what, say(got), say(states[i]))
			}
		}
	})
	if len(d.taken) == 0 {
		t.Error("no decision was ever taken: the law was not tried")
	}
	t.Log("decisions:", d.taken)
}

// values returns the day's entries, but for the ids of those that nobody
// touched: such a draft may be made anew.
func (d *desk) values() []app.DraftView {
	list := d.list()
	for i := range list {
		list[i].ID = ""
	}
	slices.SortFunc(list, func(a, b app.DraftView) int { return strings.Compare(say([]app.DraftView{a}), say([]app.DraftView{b})) })
	return list
}

func say(list []app.DraftView) string {
	out := ""
	for _, e := range list {
		text, _ := json.Marshal(e)
		out += string(text) + "\n"
	}
	return out
}
