package guideline

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
)

func dayOf(t testing.TB, s string) billing.Day {
	t.Helper()
	d, err := billing.ParseDay(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// load makes guidelines of files that lack what is the same in all.
func load(t testing.TB, files ...string) []Guideline {
	t.Helper()
	var out []Guideline
	for _, text := range files {
		g, err := ParseGuideline("test.toml", []byte("title = \"T\"\nsource = \"S\"\n"+text))
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		out = append(out, g)
	}
	return out
}

func late(id string, days int, severity Severity, clause string) string {
	return fmt.Sprintf("[[rule]]\nid = %q\ncheck = \"late-entry\"\nseverity = %q\nclause = %q\nparams = { days = %d }\n", id, severity, clause, days)
}

// short prints findings as "entry severity guideline/rule clause +also".
func short(findings []Finding) []string {
	out := []string{}
	for _, f := range findings {
		s := fmt.Sprintf("%s %s %s/%s %s", f.Entry, f.Severity, f.Guideline, f.Rule, f.Clause)
		for _, a := range f.Also {
			s += " +" + a
		}
		out = append(out, s)
	}
	return out
}

func want(t testing.TB, what string, got []Finding, want ...string) {
	t.Helper()
	if g := short(got); !slices.Equal(g, want) && len(g)+len(want) > 0 {
		t.Errorf("%s:\ngot\n  %s\nwant\n  %s", what, strings.Join(g, "\n  "), strings.Join(want, "\n  "))
	}
}

func TestLayers(t *testing.T) {
	firm := "id = \"firm\"\n" + late("late", 10, Note, "firm 1")
	client := "id = \"client\"\nclients = [\"Acme\"]\n" + late("late", 5, Warning, "client 2")
	matter := "id = \"matter\"\nmatters = [\"1-1\"]\n" + late("late", 20, Error, "matter 3")
	entry := func(client, matter, day string, entered string) Entry {
		return Entry{ID: "e", Client: billing.Privileged(client), Matter: matter, Date: dayOf(t, day), Entered: dayOf(t, entered), Minutes: 6, Narrative: "Call"}
	}
	after := map[int]string{7: "2026-03-08", 12: "2026-03-13", 30: "2026-03-31"}
	for _, c := range []struct {
		name           string
		client, matter string
		days           int
		want           []string
	}{
		{"nobody's: the firm's alone", "", "", 12, []string{"e note firm/late T, firm 1"}},
		{"nobody's, in time", "", "", 7, nil},
		{"the client's is stricter", "Acme", "", 7, []string{"e warning client/late T, client 2"}},
		{"however its name is written", "ACME", "", 7, []string{"e warning client/late T, client 2"}},
		{"both: one finding, the client's clause first", "Acme", "", 12, []string{"e warning client/late T, client 2 +T, firm 1"}},
		{"the matter's is laxer, and does not hide the others", "Acme", "1-1", 12, []string{"e warning client/late T, client 2 +T, firm 1"}},
		{"all three: the matter's first", "Acme", "1-1", 30, []string{"e error matter/late T, matter 3 +T, client 2 +T, firm 1"}},
		{"a matter of another client", "Other", "1-1", 30, []string{"e error matter/late T, matter 3 +T, firm 1"}},
		{"another matter", "Other", "1-2", 30, []string{"e note firm/late T, firm 1"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, order := range [][]string{{firm, client, matter}, {matter, client, firm}} {
				checker, err := New(load(t, order...), Setting{})
				if err != nil {
					t.Fatal(err)
				}
				e := entry(c.client, c.matter, "2026-03-01", after[c.days])
				want(t, "entry", checker.Entry(e), c.want...)
				want(t, "bill", checker.Bill([]Entry{e}), c.want...)
			}
		})
	}
}

func TestAGuidelineHoldsForItsDays(t *testing.T) {
	checker, err := New(load(t, "id = \"spring\"\nfrom = 2026-03-01\nuntil = 2026-05-31\n"+late("late", 1, Note, "c")), Setting{})
	if err != nil {
		t.Fatal(err)
	}
	for day, holds := range map[string]bool{"2026-02-28": false, "2026-03-01": true, "2026-05-31": true, "2026-06-01": false} {
		e := Entry{ID: "e", Date: dayOf(t, day), Entered: dayOf(t, "2026-12-01")}
		if got := len(checker.Entry(e)) == 1; got != holds {
			t.Errorf("on %s it holds: %v, want %v", day, got, holds)
		}
	}
}

func TestARuleIsSwitchedOffWhereItsGuidelineHoldsAlone(t *testing.T) {
	firm := "id = \"firm\"\n" + late("late", 1, Note, "firm 1") + late("later", 2, Note, "firm 2")
	off := "id = \"acme\"\nclients = [\"Acme\"]\n[[rule]]\nid = %q\noff = true\nreason = \"agreed\"\n"
	for _, name := range []string{"late", "firm/late"} {
		checker, err := New(load(t, firm, fmt.Sprintf(off, name)), Setting{})
		if err != nil {
			t.Fatal(err)
		}
		e := Entry{ID: "e", Client: "Acme", Date: dayOf(t, "2026-03-01"), Entered: dayOf(t, "2026-04-01")}
		want(t, "the client's", checker.Entry(e), "e note firm/later T, firm 2")
		e.Client = "Other"
		if got := checker.Entry(e); len(got) != 2 {
			t.Errorf("elsewhere %v", short(got))
		}
	}
	// For all work, only what is shipped.
	all := strings.Replace(off, "clients = [\"Acme\"]\n", "", 1)
	if _, err := New(load(t, firm, fmt.Sprintf(all, "late")), Setting{}); err == nil || !strings.Contains(err.Error(), "shipped rules only") {
		t.Errorf("the firm's own rule is switched off for all work: %v", err)
	}
	shipped := load(t, firm, fmt.Sprintf(all, "firm/late"))
	shipped[0].Builtin = true
	checker, err := New(shipped, Setting{})
	if err != nil {
		t.Fatal(err)
	}
	want(t, "a shipped rule", checker.Entry(Entry{ID: "e", Date: dayOf(t, "2026-03-01"), Entered: dayOf(t, "2026-04-01")}), "e note firm/later T, firm 2")
	if _, err := New(load(t, firm, fmt.Sprintf(off, "lte")), Setting{}); err == nil || !strings.Contains(err.Error(), "acme, line 5") {
		t.Errorf("a misspelt rule is switched off: %v", err)
	}
}

func TestIncluding(t *testing.T) {
	court := "id = \"court\"\noptional = true\nfrom = 2026-03-01\n" + late("late", 1, Error, "rule 9")
	matter := "id = \"matter\"\nmatters = [\"1-1\"]\ninclude = [\"court\"]\n" + late("late", 3, Note, "m 1")
	checker, err := New(load(t, court, matter), Setting{})
	if err != nil {
		t.Fatal(err)
	}
	e := Entry{ID: "e", Matter: "1-2", Date: dayOf(t, "2026-03-01"), Entered: dayOf(t, "2026-04-01")}
	want(t, "elsewhere", checker.Entry(e))
	e.Matter = "1-1"
	want(t, "on the matter", checker.Entry(e), "e error matter/late T, m 1 +T, rule 9")
	e.Date = dayOf(t, "2026-02-01")
	want(t, "before the included one", checker.Entry(e), "e note matter/late T, m 1")

	for _, c := range []struct{ a, b, err string }{
		{court, court, "two guidelines court"},
		{court, "id = \"m\"\ninclude = [\"none\"]\n", "includes none, which there is not"},
	} {
		if _, err := New(load(t, c.a, c.b), Setting{}); err == nil || !strings.Contains(err.Error(), c.err) {
			t.Errorf("error %v, want %s", err, c.err)
		}
	}
	// A circle ends.
	if _, err := New(load(t, "id = \"a\"\ninclude = [\"b\"]\n", "id = \"b\"\ninclude = [\"a\"]\n"), Setting{}); err != nil {
		t.Error(err)
	}
	alone, err := Alone(load(t, court, matter), "court")
	if err != nil {
		t.Fatal(err)
	}
	if checker, err = New(alone, Setting{}); err != nil {
		t.Fatal(err)
	}
	e = Entry{ID: "e", Date: dayOf(t, "2026-03-01"), Entered: dayOf(t, "2026-04-01")}
	want(t, "alone", checker.Entry(e), "e error court/late T, rule 9")
	if _, err := Alone(alone, "nope"); billing.KindOf(err) != billing.Invalid {
		t.Errorf("error %v", err)
	}
}

// Reports of one check at the same place are one finding, at others they are several.
func TestOneDefectIsReportedOnce(t *testing.T) {
	specific := &ruling{Rule: Rule{ID: "a", Check: "vague", Severity: Note}, of: &layer{Guideline: &Guideline{ID: "client"}}, clause: "C"}
	wide := &ruling{Rule: Rule{ID: "b", Check: "vague", Severity: Error}, of: &layer{Guideline: &Guideline{ID: "firm"}}, clause: "F"}
	find := func(r *ruling, from, to int, fix *Fix) Finding {
		f := Finding{From: from, To: to, Fix: fix}
		r.sign(&f)
		return f
	}
	mend := &Fix{Kind: FixText}
	out := report(nil, find(specific, 0, 10, nil), specific)
	out = report(out, find(wide, 5, 12, mend), wide)
	if len(out) != 1 || out[0].Severity != Error || out[0].Guideline != "client" || out[0].Fix != mend || !slices.Equal(out[0].Also, []string{"F"}) {
		t.Errorf("got %+v", out)
	}
	if out = report(out, find(wide, 20, 30, nil), wide); len(out) != 2 {
		t.Errorf("another place is %+v", out)
	}
	if out = report(out, find(wide, 21, 25, nil), wide); len(out) != 3 {
		t.Errorf("a guideline's own second finding is %+v", out)
	}
}

func TestYielding(t *testing.T) {
	all := []Finding{{Check: "duplicate", From: 0, To: 10}, {Check: "several-attendees", From: 3, To: 5}, {Check: "budget"}}
	got := withoutYielding(all)
	if len(got) != 2 || got[0].Check != "several-attendees" || all[0].Check != "duplicate" {
		t.Errorf("left %+v of %+v", got, all)
	}
}

// The order of findings does not depend on chance, and a checker may be used by
// many at a time.
func TestOrderAndParallelUse(t *testing.T) {
	checker, err := New(Packs(), Setting{Today: dayOf(t, "2026-04-01")})
	if err != nil {
		t.Fatal(err)
	}
	entries := sampleBill(400)
	first := fmt.Sprint(short(checker.Bill(entries)))
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if got := fmt.Sprint(short(checker.Bill(entries))); got != first {
				t.Error("the findings differ")
			}
		})
	}
	wg.Wait()
}

// Whatever the entries are: no panic, places lie in the text, every finding
// is signed, and an entry alone has the same findings as in a bill of one.
func TestFindingsAreSound(t *testing.T) {
	alone, err := Alone(Packs(), "general", "aba", "us-trustee", "insurer-strict")
	if err != nil {
		t.Fatal(err)
	}
	checker, err := New(alone, Setting{Today: dayOf(t, "2026-04-01")})
	if err != nil {
		t.Fatal(err)
	}
	words := []string{"call", "with", "[name]", "regarding", "motion", "to", "compel", ";", "and", "review", "hearing", "attend", "é", "\xff", "email", "of", ".", "weekly"}
	rapid.Check(t, func(t *rapid.T) {
		entries := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Entry {
			text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 12).Draw(t, "words"), " ")
			return Entry{
				ID: fmt.Sprint(rapid.IntRange(0, 99).Draw(t, "id")), Date: billing.Day{Year: 2026, Month: 3, Day: rapid.IntRange(1, 3).Draw(t, "day")},
				Timekeeper: billing.Privileged(rapid.SampledFrom([]string{"", "A", "B"}).Draw(t, "who")), Bill: "1",
				Minutes: rapid.Int64Range(0, 1000).Draw(t, "minutes"), Narrative: billing.Privileged(text),
			}
		}), 0, 12).Draw(t, "entries")
		known := map[string]string{}
		for i := range entries {
			entries[i].ID = fmt.Sprint(i)
			known[entries[i].ID] = string(entries[i].Narrative)
		}
		for _, f := range checker.Bill(entries) {
			text, ok := known[f.Entry]
			if !ok || f.From < 0 || f.To > len(text) || f.From > f.To || f.Message == "" || f.Clause == "" || f.Rule == "" || f.Guideline == "" || rank(f.Severity) == 2 && f.Severity != Note {
				t.Fatalf("unsound: %+v", f)
			}
			if slices.Contains(f.Others, f.Entry) {
				t.Fatalf("wrong together with itself: %+v", f)
			}
		}
		for _, e := range entries {
			for _, f := range checker.Entry(e) {
				if f.Fix == nil || f.Fix.Parts == nil {
					continue
				}
				sum := int64(0)
				for _, p := range f.Fix.Parts {
					sum += p.Minutes
				}
				if sum != e.Minutes {
					t.Fatalf("the fix %+v changes the time of %d minutes", f.Fix, e.Minutes)
				}
			}
		}
	})
}
