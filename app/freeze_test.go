package app_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
)

const someMatters = "number,name,folder,rate,internal,closed\n"

func (o *office) matters(rows string) {
	o.t.Helper()
	_, err := app.Matters{Practice: o.Practice}.Import(o.t.Context(), strings.NewReader(someMatters+rows))
	o.check(err)
}

func (o *office) preview(ids ...billing.EntryID) app.ApprovalView {
	o.t.Helper()
	d, err := billing.ParseDay(day)
	o.check(err)
	v, err := o.review().Preview(o.t.Context(), d, ids...)
	o.check(err)
	return v
}

// A draft that a person touched has the rate of today, in the day, in the
// preview and once it is approved; what was agreed to at another rate is not
// frozen.
func TestARateThatChangedIsShownBeforeItIsFrozen(t *testing.T) {
	o := open(t)
	o.saw("memo", "Rivera", 9, 60)
	o.capture()
	d, _ := billing.ParseDay(day)
	o.check(o.review().Edit(t.Context(), o.id("memo"), editMinutes(60)))
	agreed := o.preview()
	o.check(o.SetTimekeeper(t.Context(), billing.Timekeeper{Rate: billing.Money{Cents: 50000, Currency: "USD"}}))
	if agreed.Amount != "$350.00" || o.preview().Amount != "$500.00" || o.day().Summary.Amount != "$500.00" {
		t.Errorf("agreed to %s; now %s, and the day says %s", agreed.Amount, o.preview().Amount, o.day().Summary.Amount)
	}
	_, err := o.review().Approve(t.Context(), d, nil, agreed.Digest)
	wantKind(t, err, billing.Conflict)
	_, err = o.review().Approve(t.Context(), d, nil, o.preview().Digest)
	o.check(err)
	if got := o.day().Done[0].Amount; got != "$500.00" {
		t.Errorf("frozen at %s", got)
	}
}

// What is on a closed matter stays behind and says so, and is refused when it is
// asked for; what became the firm's own is not billed.
func TestAClosedMatterTakesNoMoreTime(t *testing.T) {
	o := open(t)
	o.saw("memo", "Rivera", 9, 60)
	o.saw("inventory", "Lin", 11, 30)
	o.capture()
	memo, inventory := o.id("memo"), o.id("inventory")
	o.check(o.review().Accept(t.Context(), memo))
	o.check(o.review().Accept(t.Context(), inventory))
	agreed := o.preview()
	o.matters("2024-0113,Rivera v. Acme,Rivera,,,yes\n2025-0042,Estate of Lin,Lin,,yes,\n")
	v := o.preview()
	if v.Digest == agreed.Digest || v.Count != 1 || v.Left != 1 || v.Amount != "" || v.BilledMinutes != 0 ||
		v.Behind[0] != (app.LeftView{Draft: string(memo), Why: "matter 2024-0113 is closed; reopen it or choose another"}) {
		t.Errorf("%+v", v)
	}
	if needs := o.day().Needs; len(needs) != 1 || needs[0].Needs != v.Behind[0].Why {
		t.Errorf("the day says %+v", needs)
	}
	d, _ := billing.ParseDay(day)
	_, err := o.review().Approve(t.Context(), d, []billing.EntryID{memo}, "")
	wantKind(t, err, billing.Invalid)
	_, err = o.review().Approve(t.Context(), d, []billing.EntryID{inventory}, v.Digest)
	o.check(err)
	if s := o.day(); s.Posting.Waiting != 0 || s.Summary.ApprovedCount != 1 || !s.Done[0].NonBillable {
		t.Errorf("the firm's own time is on its way: %+v", s.Done)
	}
}

// A matter that is blacked out is billed only when the person says so.
func TestABlackedOutMatterIsAskedAbout(t *testing.T) {
	o := open(t)
	o.saw("memo", "Rivera", 9, 60)
	o.capture()
	agreed := o.preview()
	_, err := app.Discretion{Practice: o.Practice}.Blacken(t.Context(), app.BlackoutMatter, "2024-0113", true)
	o.check(err)
	d, _ := billing.ParseDay(day)
	_, err = o.review().Approve(t.Context(), d, nil, agreed.Digest)
	wantKind(t, err, billing.Conflict)
	if v := o.preview(); v.Count != 0 || !strings.Contains(v.Behind[0].Why, "blacked out") {
		t.Errorf("%+v", v)
	}
	o.check(o.review().Accept(t.Context(), o.id("memo")))
	if v := o.preview(); v.Count != 1 {
		t.Errorf("%+v", v)
	}
}

// Sums keep the currencies of matters apart, everywhere.
func TestSumsSayEachCurrency(t *testing.T) {
	o := open(t)
	o.matters("2025-0042,Estate of Lin,Lin,€300,,\n")
	o.saw("memo", "Rivera", 9, 60)
	o.saw("inventory", "Lin", 11, 60)
	o.capture()
	const want = "$350.00 and €300.00"
	if v := o.preview(); v.Amount != want || v.Hours != "2.0" {
		t.Errorf("the preview says %s h, %s", v.Hours, v.Amount)
	}
	if got := o.day().Summary.Amount; got != want {
		t.Errorf("the day says %s", got)
	}
}

// The firm's currency is set once: what was approved is in it.
func TestTheFirmHasOneCurrency(t *testing.T) {
	o := open(t)
	euros := billing.Timekeeper{Currency: "EUR", Rate: billing.Money{Cents: 30000, Currency: "EUR"}}
	o.check(o.SetTimekeeper(t.Context(), euros)) // nothing was approved yet
	dollars := billing.Timekeeper{Rate: billing.Money{Cents: 30000, Currency: "USD"}}
	wantKind(t, o.SetTimekeeper(t.Context(), dollars), billing.Invalid)
	o.saw("memo", "Rivera", 9, 60)
	o.capture()
	d, _ := billing.ParseDay(day)
	v, err := o.review().Approve(t.Context(), d, nil, "")
	o.check(err)
	if v.Amount != "€300.00" {
		t.Errorf("approved %s", v.Amount)
	}
	dollars.Currency = "USD"
	wantKind(t, o.SetTimekeeper(t.Context(), dollars), billing.Conflict)
}

// Hours that are shown add up to the hours shown for them all, and to the money.
func TestThirdsOfAnHourAddUpAsShown(t *testing.T) {
	o := open(t)
	for i, name := range []string{"one", "two", "three"} {
		o.saw(name, "Rivera", 9+2*i, 60)
	}
	o.capture()
	for _, name := range []string{"one", "two", "three"} {
		o.check(o.review().Edit(t.Context(), o.id(name), editMinutes(20)))
	}
	v := o.preview()
	if v.Hours != "0.99" || v.Amount != "$346.50" || v.Groups[0].Hours != "0.99" || v.Groups[0].Drafts[0].Hours != "0.33" || v.Groups[0].Drafts[0].Amount != "$115.50" {
		t.Errorf("%+v", v)
	}
}

// A person's own "non-billable" stays, wherever the draft goes and whatever it
// is merged with; that of a matter of the firm's goes with the matter.
func TestNonBillableStays(t *testing.T) {
	o := open(t)
	o.matters("9999-0001,Administration,Firm,,yes,\n")
	o.saw("memo", "Rivera", 9, 60)
	o.saw("minutes", "Firm", 11, 60)
	o.capture()
	r := o.review()
	ids, err := r.Split(t.Context(), o.id("memo"), []app.PartEdit{{Minutes: 30, NonBillable: true}, {Minutes: 30}})
	o.check(err)
	for _, number := range []string{"2025-0042", "9999-0001", "", "2024-0113"} {
		o.check(r.Edit(t.Context(), ids[0], editMatter(number)))
		v, err := r.Entry(t.Context(), ids[0])
		o.check(err)
		if !v.NonBillable {
			t.Errorf("on %q it is billed", number)
		}
	}
	internal := o.id("minutes")
	if v, err := r.Entry(t.Context(), internal); err != nil || !v.NonBillable {
		t.Errorf("the firm's own time is billed: %+v, %v", v, err)
	}
	o.check(r.Edit(t.Context(), internal, editMatter("2024-0113")))
	if v, err := r.Entry(t.Context(), internal); err != nil || v.NonBillable || v.Amount != "$350.00" {
		t.Errorf("a client's time is not billed: %+v, %v", v, err)
	}
	shown, err := r.PreviewMerge(t.Context(), []billing.EntryID{ids[1], ids[0]})
	o.check(err)
	o.check(r.Merge(t.Context(), []billing.EntryID{ids[1], ids[0]}))
	if v, err := r.Entry(t.Context(), ids[1]); err != nil || !v.NonBillable || !shown.NonBillable {
		t.Errorf("merging bills what was not to be billed: %+v, %v", v, err)
	}
}

// An explanation has its matter also where a person's entry holds its start, and
// undo takes back it and nothing else.
func TestAnExplanationIsADecision(t *testing.T) {
	o := open(t)
	o.saw("memo", "Rivera", 9, 60)
	o.capture()
	r := o.review()
	o.check(r.Accept(t.Context(), o.id("memo")))
	before := o.day()
	half := time.Date(2026, 11, 19, 9, 30, 0, 0, time.UTC)
	o.check(r.Explain(t.Context(), billing.Span{Start: half, End: half.Add(90 * time.Minute)}, "Telephone conference with clerk", "2025-0042"))
	o.want("explained", "1.0 2024-0113 Draft and revise memo drafted", "1.0 2025-0042 Telephone conference with clerk drafted")
	what, err := r.Undo(t.Context())
	o.check(err)
	after := o.day()
	if what != "explanation of a gap" || len(after.Observed) != len(before.Observed) || after.CanUndo != "accept" {
		t.Errorf("undid the %s; %d of %d observations, next %q", what, len(after.Observed), len(before.Observed), after.CanUndo)
	}
	o.want("undone", "1.0 2024-0113 Draft and revise memo drafted")
	held := billing.Span{Start: half, End: half.Add(10 * time.Minute)}
	wantKind(t, r.Explain(t.Context(), held, "hearing", ""), billing.Conflict)
	if v := o.day(); v.CanUndo != "accept" || slices.ContainsFunc(v.Observed, func(x app.ObservationView) bool { return x.Subject == "hearing" }) {
		t.Errorf("a refused explanation left something: %+v", v.Observed)
	}
}
