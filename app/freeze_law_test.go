package app_test

import (
	"encoding/json"
	"fmt"
	"maps"
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

// desk is an office whose days a law can be tried on, one after another.
type desk struct {
	*office
	run   int
	today billing.Day
	last  *rapid.T
	taken map[string]int // decisions, by what they were
}

// decisions are all that a person can decide about a draft.
var decisions = []string{"accept", "minutes", "matter", "narrative", "codes", "safe", "discard", "private", "restore", "split", "merge", "explain", "note", "attend"}

var folders = map[string]string{"2024-0113": "Rivera", "2025-0042": "Lin", "9999-0001": "Firm"}

// begin starts a day with some work on some matters, at the terms that begin
// with.
func (d *desk) begin(t *rapid.T) {
	d.last, d.run = t, d.run+1
	d.now = time.Date(2026, 1, 5, 23, 0, 0, 0, time.UTC).AddDate(0, 0, d.run)
	d.today = billing.DayOf(d.now, time.UTC)
	d.do(d.SetTimekeeper(t.Context(), billing.Timekeeper{Name: "Jo", Rate: billing.Money{Cents: 35000, Currency: "USD"}}))
	d.terms(map[string]string{"2024-0113": ",", "2025-0042": "€300,", "9999-0001": ",yes"}, "")
	d.feed.observations = nil
	for i := range rapid.IntRange(1, 5).Draw(t, "pieces") {
		folder := rapid.SampledFrom([]string{"Rivera", "Lin", "Firm", "Downloads"}).Draw(t, "folder")
		d.seen(fmt.Sprintf("paper %c%d", 'a'+i, d.run), folder, 8+2*i, rapid.IntRange(1, 110).Draw(t, "minutes"))
	}
	if rapid.Bool().Draw(t, "meeting") {
		at := d.today.Span(time.UTC).Start.Add(9*time.Hour + 30*time.Minute)
		d.feed.observations = append(d.feed.observations, billing.Observation{
			ExternalID: fmt.Sprint("meeting", d.run), Revision: "1", Kind: billing.KindMeeting, Subject: "Strategy meeting", Status: "confirmed",
			Span: billing.Span{Start: at, End: at.Add(2 * time.Hour)}})
	}
	d.capture()
}

// seen is [office.saw] on the day of this run.
func (d *desk) seen(id, folder string, hour, minutes int) {
	d.saw(id, folder, hour, minutes)
	o := &d.feed.observations[len(d.feed.observations)-1]
	at := d.today.Span(time.UTC).Start.Add(time.Duration(hour) * time.Hour)
	o.Span = billing.Span{Start: at, End: at.Add(time.Duration(minutes) * time.Minute)}
}

func (d *desk) do(err error) {
	if err != nil {
		d.last.Helper()
		d.last.Fatal(err)
	}
}

// may reports whether a decision was taken; it may be refused, with a reason.
func (d *desk) may(err error) bool {
	if err != nil && (billing.KindOf(err) == billing.Internal || billing.KindOf(err) == "") {
		d.last.Helper()
		d.last.Fatal(err)
	}
	return err == nil
}

// terms has each matter at "rate,internal", and one of them closed.
func (d *desk) terms(of map[string]string, closed string) {
	list := "number,name,client,folder,rate,internal,closed\n"
	for _, number := range slices.Sorted(maps.Keys(of)) {
		yes := ""
		if number == closed {
			yes = "yes"
		}
		list += fmt.Sprintf("%s,Matter %s,Client %s,%s,%s,%s\n", number, number, number, folders[number], of[number], yes)
	}
	_, err := app.Matters{Practice: d.Practice}.Import(d.last.Context(), strings.NewReader(list))
	d.do(err)
}

func (d *desk) list() []app.DraftView {
	list, err := d.review().Drafts(d.last.Context(), d.today)
	d.do(err)
	return list
}

// pick draws one of the day's drafts.
func (d *desk) pick(t *rapid.T) app.DraftView {
	list := d.list()
	if len(list) == 0 {
		return app.DraftView{ID: "none"}
	}
	return list[rapid.IntRange(0, len(list)-1).Draw(t, "draft")]
}

// meanwhile does something that may change what approving would freeze.
func (d *desk) meanwhile(t *rapid.T) {
	r, ctx := d.review(), t.Context()
	switch rapid.SampledFrom([]string{"rate", "terms", "decide", "decide", "blackout", "undo"}).Draw(t, "meanwhile") {
	case "rate":
		rate := billing.Money{Cents: rapid.Int64Range(1, 90000).Draw(t, "rate"), Currency: "USD"}
		d.do(d.SetTimekeeper(ctx, billing.Timekeeper{Name: "Jo", Rate: rate}))
	case "terms":
		of := map[string]string{}
		for _, number := range slices.Sorted(maps.Keys(folders)) {
			of[number] = rapid.SampledFrom([]string{",", ",yes", "€300,", "$512.34,", "CHF 99.99,yes"}).Draw(t, number)
		}
		d.terms(of, rapid.SampledFrom([]string{"", "2024-0113", "2025-0042", "9999-0001"}).Draw(t, "closed"))
	case "decide":
		d.decide(t)
	case "blackout":
		done, err := app.Discretion{Practice: d.Practice}.Blacken(ctx, app.BlackoutMatter, rapid.SampledFrom(slices.Sorted(maps.Keys(folders))).Draw(t, "matter"), true)
		if d.may(err) && rapid.Bool().Draw(t, "over") {
			d.do(app.Discretion{Practice: d.Practice}.Unblacken(ctx, done.ID))
		}
	case "undo":
		_, err := r.Undo(ctx)
		d.may(err)
	}
}

// decide takes a person's decision about one or two drafts, and reports whether
// it was one.
func (d *desk) decide(t *rapid.T) bool {
	what := rapid.SampledFrom(decisions).Draw(t, "decision")
	if !d.decides(t, what) {
		return false
	}
	if d.taken == nil {
		d.taken = map[string]int{}
	}
	d.taken[what]++
	return true
}

func (d *desk) decides(t *rapid.T, what string) bool {
	r, ctx, e := d.review(), t.Context(), d.pick(t)
	if what == "attend" { // of a meeting, if there is one that asks
		for _, x := range d.list() {
			if x.Overlap != nil {
				e.ID = x.Overlap.Meeting
			}
		}
	}
	if what == "restore" { // what is set aside, if anything is
		for _, x := range d.list() {
			if x.State == "discarded" {
				e.ID = x.ID
			}
		}
	}
	id := billing.EntryID(e.ID)
	number := rapid.SampledFrom([]string{"2024-0113", "2025-0042", "9999-0001", ""}).Draw(t, "to")
	switch what {
	case "accept":
		return d.may(r.Accept(ctx, id))
	case "minutes":
		return d.may(r.Edit(ctx, id, editMinutes(rapid.Int64Range(1, 200).Draw(t, "minutes"))))
	case "matter":
		return d.may(r.Edit(ctx, id, editMatter(number)))
	case "narrative":
		return d.may(r.Edit(ctx, id, editNarrative(rapid.SampledFrom([]string{"Revise brief", "Draft order"}).Draw(t, "narrative"))))
	case "codes":
		return d.may(r.Edit(ctx, id, app.Edit{Task: text("l310"), Activity: text("a102")}))
	case "safe":
		return d.may(r.Safe(ctx, id))
	case "discard":
		return d.may(r.Discard(ctx, id))
	case "private":
		return d.may(r.Keep(ctx, id, true))
	case "restore":
		return d.may(r.Restore(ctx, id))
	case "split":
		half := e.BilledMinutes / 2
		_, err := r.Split(ctx, id, []app.PartEdit{
			{Minutes: half, NonBillable: rapid.Bool().Draw(t, "non-billable")}, {Minutes: e.BilledMinutes - half, Matter: number}})
		return d.may(err)
	case "merge":
		return d.may(r.Merge(ctx, []billing.EntryID{id, billing.EntryID(d.pick(t).ID)}))
	case "explain":
		at := d.today.Span(time.UTC).Start.Add(time.Duration(rapid.IntRange(0, 22*60).Draw(t, "at")) * time.Minute)
		span := billing.Span{Start: at, End: at.Add(time.Duration(rapid.IntRange(1, 90).Draw(t, "long")) * time.Minute)}
		return d.may(r.Explain(ctx, span, "Telephone conference with clerk", number))
	case "note":
		_, err := app.Notes{Practice: d.Practice}.Take(ctx, rapid.SampledFrom([]string{
			"0.3 call with client on 2024-0113", "7:00-7:45 draft motion; call with clerk", "20 min on 2025-0042 inventory"}).Draw(t, "line"), d.today)
		return d.may(err)
	}
	return d.may(r.Attend(ctx, id))
}

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
