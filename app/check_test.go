package app_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
)

func (o *office) findings(ids ...string) []app.FindingView {
	o.t.Helper()
	d, err := billing.ParseDay(day)
	o.check(err)
	v, err := app.Checks{Practice: o.Practice}.Day(o.t.Context(), d, ids...)
	o.check(err)
	return v.Findings
}

func TestDraftsAreChecked(t *testing.T) {
	o := open(t)
	o.saw("motion to compel", "Rivera", 9, 60)
	o.saw("inventory of the estate", "Lin", 11, 30)
	o.capture()
	if got := o.findings(); len(got) != 0 {
		t.Errorf("what was drafted has findings: %+v", got)
	}
	id := o.id("motion")
	o.check(o.review().Edit(t.Context(), id, editNarrative("Attention to matter")))
	got := o.findings()
	if len(got) == 0 || got[0].Entry != string(id) || got[0].Guideline != "general" || got[0].Clause == "" || got[0].Message == "" {
		t.Fatalf("found %+v", got)
	}
	// While typing, without keeping anything.
	typed, err := app.Checks{Practice: o.Practice}.Narrative(t.Context(), id, "Draft and revise motion to compel")
	o.check(err)
	if len(typed) != 0 {
		t.Errorf("typed: %+v", typed)
	}
	if len(o.findings()) == 0 {
		t.Error("typing was kept")
	}
	_, err = app.Checks{Practice: o.Practice}.Narrative(t.Context(), "none", "Draft")
	wantKind(t, err, billing.NotFound)
	// What will not be billed to anybody is nobody's concern.
	o.check(o.review().Discard(t.Context(), id))
	if got := o.findings(); len(got) != 0 {
		t.Errorf("a discarded draft has findings: %+v", got)
	}
}

// A guideline is tried on what is kept, for its own matters, and leaves no trace.
func TestTryingKeepsNothing(t *testing.T) {
	o := open(t)
	o.saw("motion to compel", "Rivera", 9, 60)
	o.saw("inventory of the estate", "Lin", 11, 60)
	o.capture()
	_ = o.day()
	g := app.Guidelines{Practice: o.Practice}
	v, err := g.Try(t.Context(), "acme.toml", acmeFile(`matters = ["2024-0113"]`), nil)
	o.check(err)
	if len(v.Entries) != 2 || len(v.Findings) != 1 || v.Findings[0].Entry != string(o.id("motion")) {
		t.Errorf("tried: %+v", v)
	}
	v, err = g.Try(t.Context(), "acme.toml", acmeFile(`matters = ["2024-0113"]`), strings.NewReader("id,hours,narrative\nx,1.0,Draft motion to compel\n"))
	o.check(err)
	if len(v.Findings) != 1 || v.Findings[0].Entry != "x" {
		t.Errorf("tried on a file: %+v", v)
	}
	if _, err := os.Stat(filepath.Join(o.Dir, "guidelines")); !os.IsNotExist(err) {
		t.Errorf("trying left something: %v", err)
	}
	_, err = g.Try(t.Context(), "acme.toml", []byte("id"), nil)
	wantKind(t, err, billing.Invalid)
}

// One decision applies a fix; it can be undone, and the time stays.
func TestAFixIsOneDecision(t *testing.T) {
	o := open(t)
	o.saw("motion to compel", "Rivera", 9, 60)
	o.capture()
	id := o.id("motion")
	mend := func(f app.FindingView) error {
		of := app.FixOf{Guideline: f.Guideline, Rule: f.Rule}
		if f.Span != nil {
			of.From = f.Span.From
		}
		return app.Checks{Practice: o.Practice}.Mend(t.Context(), id, of)
	}
	two := "Draft motion to compel production of maintenance records; telephone conference with client regarding settlement offer"
	o.check(o.review().Edit(t.Context(), id, editNarrative(two)))
	var split app.FindingView
	for _, f := range o.findings() {
		if f.Check == "block-billing" {
			split = f
		}
	}
	if split.Fix == nil || split.Fix.Kind != "split" || len(split.Fix.Parts[0].Difference) == 0 {
		t.Fatalf("the finding is %+v", split)
	}
	o.check(mend(split))
	o.want("split", "0.5 2024-0113 Draft motion to compel production of maintenance records drafted",
		"0.5 2024-0113 Telephone conference with client regarding settlement offer drafted")
	wantKind(t, mend(split), billing.Conflict) // it is mended
	_, err := o.review().Undo(t.Context())
	o.check(err)
	o.want("undone", "1.0 2024-0113 "+two+" drafted")
	o.check(o.review().Edit(t.Context(), id, editNarrative("Draft motion to compel production of maintenance records; scan documents")))
	for _, f := range o.findings() {
		if f.Check == "clerical" && f.Fix != nil {
			o.check(mend(f))
		}
	}
	o.want("only the clerical part is moved", "0.5 2024-0113 Draft motion to compel production of maintenance records drafted",
		"0.5 2024-0113 Scan documents drafted")
	if s := o.day().Summary; s.BilledMinutes != 30 {
		t.Errorf("%d minutes are billed", s.BilledMinutes)
	}
	_, err = o.review().Undo(t.Context())
	o.check(err)
	o.check(o.review().Edit(t.Context(), id, editNarrative("Scan and organize case files")))
	for _, f := range o.findings() {
		if f.Fix != nil && f.Fix.NonBillable {
			o.check(mend(f))
			v, err := o.review().Entry(t.Context(), id)
			o.check(err)
			if !v.NonBillable || v.BilledMinutes != 60 {
				t.Errorf("mended to %+v", v)
			}
			return
		}
	}
	t.Errorf("clerical work has no such fix: %+v", o.findings())
}

// A budget counts the days before, and only the day's own entries have findings.
func TestADayIsCheckedAmongItsMattersEarlierOnes(t *testing.T) {
	o := open(t)
	_, err := app.Guidelines{Practice: o.Practice}.Add(t.Context(), "acme.toml", []byte(strings.Replace(string(acmeFile(`matters = ["2024-0113"]`)), "0.5", "1.5", 1)))
	o.check(err)
	today, err := billing.ParseDay(day)
	o.check(err)
	for _, d := range []billing.Day{today.Add(-40), today} {
		v, err := app.Notes{Practice: o.Practice}.Add(t.Context(), "1.0 draft motion to compel production of maintenance records", d)
		o.check(err)
		o.check(o.review().Edit(t.Context(), billing.EntryID(v.Draft), editMatter("2024-0113")))
	}
	budget := func(d billing.Day) (n int) {
		v, err := app.Checks{Practice: o.Practice}.Day(t.Context(), d)
		o.check(err)
		for _, f := range v.Findings {
			if f.Check == "budget" {
				n++
			}
		}
		if len(v.Entries) != 1 {
			t.Errorf("%d entries of %s", len(v.Entries), d)
		}
		return n
	}
	if before, now := budget(today.Add(-40)), budget(today); before != 0 || now != 1 {
		t.Errorf("the cap is passed %d times on the first day and %d times on the second", before, now)
	}
}
