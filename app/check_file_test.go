package app_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
)

func (o *office) checked(text string, ids ...string) app.CheckedView {
	o.t.Helper()
	v, err := app.Checks{Practice: o.Practice}.File(o.t.Context(), strings.NewReader(text), ids...)
	o.check(err)
	return v
}

// A file without a task code is not flagged in every row, and what was not
// tested is said, also what is for clients that the file does not name.
func TestAFileIsNotFlaggedForWhatItLacks(t *testing.T) {
	o := open(t)
	_, err := app.Matters{Practice: o.Practice}.Import(t.Context(), strings.NewReader("number,name,client\n24-1,Acme v. Bolt,Acme\n"))
	o.check(err)
	_, err = app.Guidelines{Practice: o.Practice}.Use(t.Context(), "us-trustee", []string{"acme"}, nil)
	o.check(err)
	const rows = "1.0,Draft motion to compel production of maintenance records\n2.0,Research Maryland law regarding spoliation of electronic evidence\n"
	v := o.checked("hours,narrative\n" + rows)
	if len(v.Findings) != 0 || !strings.Contains(strings.Join(v.Notes, " "), "us-trustee-acme is for client Acme, and the file has no column client: it was not applied.") {
		t.Errorf("%+v", v)
	}
	v = o.checked("hours,narrative\n"+rows, "us-trustee")
	said := ""
	for _, u := range v.Unmade {
		said += u.Rule + " "
	}
	if len(v.Findings) != 0 || !strings.Contains(said, "project-category ") {
		t.Errorf("findings %+v, not made: %s", v.Findings, said)
	}
	// The matter tells the client, whose guideline then holds.
	v = o.checked("matter,task_code,hours,narrative\n24-1,,1.0,Draft motion to compel production of maintenance records\n")
	if len(v.Findings) != 1 || v.Findings[0].Check != "codes" || len(v.Notes) != 0 {
		t.Errorf("%+v", v)
	}
}

// Of a client that nobody has there is no guideline; of one that somebody has
// there is, as the matter list writes it.
func TestAGuidelineIsForSomebody(t *testing.T) {
	o := open(t)
	g := app.Guidelines{Practice: o.Practice}
	_, err := g.Add(t.Context(), "acme.toml", acmeFile(`clients = ["Anybody"]`)) // no matter has a client yet
	o.check(err)
	_, err = app.Matters{Practice: o.Practice}.Import(t.Context(), strings.NewReader("number,name,client\n24-1,Acme v. Bolt,Acme Logistics LLC\n24-2,Roe v. Doe,Richard Roe\n"))
	o.check(err)
	for scope, want := range map[string]string{
		`clients = ["Acme Logistics"]`:                   `no matter here has the client "Acme Logistics"; perhaps "Acme Logistics LLC" is meant`,
		`clients = ["Acme Logstics LLC"]`:                `perhaps "Acme Logistics LLC" is meant`,
		`clients = ["Acme Logistics LLC", "Rikard Roe"]`: `no matter here has the client "Rikard Roe"; perhaps "Richard Roe" is meant`,
		`clients = ["Zweig"]`:                            "tenths matter list shows those there are",
		`matters = ["24-3"]`:                             `there is no matter "24-3"; perhaps "24-1" is meant`,
	} {
		_, err := g.Add(t.Context(), "acme.toml", acmeFile(scope))
		wantKind(t, err, billing.NotFound)
		if err == nil || !strings.Contains(billing.Message(err), want) {
			t.Errorf("%s: %v, want %s", scope, err, want)
		}
	}
	v, err := g.Use(t.Context(), "insurer-strict", []string{"RICHARD ROE"}, nil)
	o.check(err)
	if v.ID != "insurer-strict-richard-roe" || strings.Join(v.Clients, "|") != "Richard Roe" || strings.Join(v.Include, "|") != "insurer-strict" {
		t.Errorf("%+v", v)
	}
	for _, wrong := range []func() (app.GuidelineView, error){
		func() (app.GuidelineView, error) { return g.Use(t.Context(), "insurer-strict", nil, nil) },
		func() (app.GuidelineView, error) { return g.Use(t.Context(), "general", []string{"Richard Roe"}, nil) },
		func() (app.GuidelineView, error) {
			return g.Use(t.Context(), "us-trustee", []string{"Richard Roe"}, []string{"24-1"})
		},
	} {
		_, err := wrong()
		wantKind(t, err, billing.Invalid)
	}
}

// What a timekeeper's own approved entries show takes the place of the table,
// once there are enough of them.
func TestOwnHistoryTellsWhatIsUsual(t *testing.T) {
	o := open(t)
	today, err := billing.ParseDay(day)
	o.check(err)
	long := func() int {
		v, err := app.Checks{Practice: o.Practice}.Day(t.Context(), today)
		o.check(err)
		n := 0
		for _, f := range v.Findings {
			if f.Check == "usual-time" {
				n++
				if f.Severity != "note" {
					t.Errorf("%+v", f)
				}
			}
		}
		return n
	}
	note := func(d billing.Day) billing.EntryID {
		v, err := app.Notes{Practice: o.Practice}.Add(t.Context(), "3.0 call with client about settlement offer", d)
		o.check(err)
		o.check(o.review().Edit(t.Context(), billing.EntryID(v.Draft), editMatter("2024-0113")))
		return billing.EntryID(v.Draft)
	}
	note(today)
	if long() != 1 {
		t.Fatal("a call of three hours is not noted")
	}
	for i := range 20 {
		d := today.Add(-1 - i)
		_, err := o.review().Approve(t.Context(), d, []billing.EntryID{note(d)}, "")
		o.check(err)
		if got, want := long(), 1; i < 19 && got != want {
			t.Fatalf("after %d own entries: %d notes", i+1, got)
		}
	}
	if long() != 0 {
		t.Error("twenty own calls of three hours do not count")
	}
}

// Every row of a file is an entry, a finding that names its line, or is said to
// be no time.
func TestEveryRowIsReadOrNamed(t *testing.T) {
	o := open(t)
	rapid.Check(t, func(rt *rapid.T) {
		text := "date,timekeeper,hours,narrative,amount\n"
		n := rapid.IntRange(1, 15).Draw(rt, "rows")
		for range n {
			text += rapid.SampledFrom([]string{
				"2026-03-02,A,1.0,Draft motion to compel,350", "3/2/2026,A,1:30,Draft motion to compel,", "2026-03-02,A,-1.0,Credit,", ",,,Copies,12.00",
				"soon,A,1.0,Draft,", "2026-03-02,A,much,Draft,", "2026-03-02,A,1.0,Draft, letter,5", "2026-03-02,A,1.0,\"Draft,5", ",,Total,3.0,", "2026-03-02,A,,Draft,", "Page 1 of 2",
				"=cmd,A,0.33,@Draft,(5.00)", "2026-03-02,A,1.0",
			}).Draw(rt, "row") + "\n"
		}
		v, err := app.Checks{Practice: o.Practice}.File(o.t.Context(), strings.NewReader(text))
		if err != nil {
			rt.Fatal(err)
		}
		said := strings.Join(v.Notes, " ")
		for _, f := range v.Findings {
			if f.Check == "row" {
				said += " " + f.Message
			}
		}
		for _, e := range v.Entries {
			said += " " + e.ID
		}
		said = strings.NewReplacer(",", " ", ":", " ", ";", " ", ".", " ").Replace(said) + " "
		for line := 2; line < n+2 && !strings.Contains(said, " more "); line++ {
			if !strings.Contains(said, fmt.Sprintf(" %d ", line)) {
				rt.Fatalf("line %d of\n%s is not accounted for: %s", line, text, said)
			}
		}
	})
}
