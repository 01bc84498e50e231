package guideline

import (
	"fmt"
	"testing"

	"github.com/tenths/tenths/billing"
)

// one checks an entry against a single rule.
func one(t *testing.T, check, params string, s Setting, e Entry) []Finding {
	t.Helper()
	src := fmt.Sprintf("id = \"one\"\ntitle = \"t\"\nsource = \"s\"\n[[rule]]\nid = \"r\"\ncheck = %q\nseverity = \"error\"\nclause = \"c\"\n[rule.params]\n%s\n", check, params)
	g, err := ParseGuideline("one.toml", []byte(src))
	if err != nil {
		t.Fatal(err)
	}
	c, err := New([]Guideline{g}, s)
	if err != nil {
		t.Fatal(err)
	}
	return c.Entry(e)
}

func TestChecksWithParameters(t *testing.T) {
	day := func(s string) billing.Day {
		d, err := billing.ParseDay(s)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	setting := Setting{
		Today:   day("2026-03-10"),
		Parties: map[string][]string{"1": {"Acme Rentals", "Ng"}, "2": {"Bay Logistics, Inc.", "O’Hara"}},
		Codes:   map[string]bool{"L110": true, "A103": true},
	}
	text := func(s string) Entry { return Entry{Narrative: billing.Privileged(s), Minutes: 30, Matter: "1"} }
	with := func(e Entry, change func(*Entry)) Entry { change(&e); return e }
	for _, tc := range []struct {
		check, params string
		entry         Entry
		want          Severity // empty: nothing
	}{
		{"block-billing", "", text("Draft answer to complaint and research laches"), Error},
		{"block-billing", "de_minimis = 0.5", text("Draft answer to complaint and research laches"), ""},
		{"block-billing", "de_minimis = 0.4", text("Draft answer to complaint and research laches"), Error},
		{"communication", "party = false", text("Telephone call regarding lease default"), ""},
		{"communication", "subject = false", text("Telephone call with Dana Fox"), ""},
		{"communication", "", text("Telephone call with client regarding status"), Note},
		{"office-conference", "", text("Confer with associate regarding meal period waivers"), ""},
		{"office-conference", "need = true", text("Confer with associate regarding meal period waivers"), Error},
		{"office-conference", "need = true", text("Confer with associate regarding meal period waivers to decide on deposition of payroll manager"), ""},
		{"clerical", "", text("E-file motion to dismiss"), Error},
		{"clerical", "filing = false", text("E-file motion to dismiss"), Note},
		{"clerical", "", text("Finalize and file motion to dismiss"), ""},
		{"travel", "", text("Travel from Oakland to Fresno"), ""},
		{"travel", "require = [\"from\", \"to\", \"miles\"]", text("Travel from Oakland to Fresno"), Error},
		{"travel", "require = [\"from\", \"to\", \"miles\"]", text("Travel from Oakland to Fresno for hearing on demurrer (176 miles)"), ""},
		{"travel", "alone = false\nrequire = []", text("Travel to Fresno and attend mediation"), ""},
		{"travel", "", text("Revise employee travel policy"), ""},
		{"expert-approval", "", text("Confer with economist regarding sampling, approved by Dana Fox"), ""},
		{"expert-approval", "", text("Confer with economist regarding sampling"), Error},
		{"expert-approval", "", text("Confer with economist regarding sampling per authorization of Dana Fox"), ""},
		{"expert-approval", "", text("Confer with economist for motion for preliminary approval of settlement"), Error},
		{"expert-approval", "", text("Call with EEOC investigator regarding charge"), ""},
		{"expert-approval", "", text("Call with investigator regarding location of witness"), Error},
		{"expert-approval", "", text("Depose plaintiff's expert on braking distance"), Note},
		{"expert-approval", "", text("Prepare outline for deposition of plaintiffs' expert [name]"), Note},
		{"expert-approval", "", text("Prepare outline for deposition of expert [name]"), Error},
		{"expert-approval", "", text("Email to retained forensic accountant enclosing payroll data"), Error},
		{"block-billing", "", text("Draft motion to quash subpoena, supporting declaration, and responses to requests for admission"), Error},
		{"block-billing", "", text("Draft motion to compel responses to special interrogatories and requests for production"), ""},
		{"block-billing", "", text("Draft motion to compel, declaration of [name] in support of same, and proposed order"), ""},
		{"vague", "", text("Work on class certification"), Error},
		{"vague", "", text("Work on opposition to motion for class certification"), ""},
		{"vague", "", text("Attention to privacy matters"), Error},
		{"vague", "", text("Attention to lease of warehouse"), ""},
		{"vague", "", text("Prepare for summary judgment hearing"), ""},
		{"vague", "", text("Review and analyze case law"), Error},
		{"vague", "", text("Review case law regarding laches"), ""},
		{"vague", "", text("Evaluate potential motions"), Error},
		{"vague", "", text("Evaluate potential motion to bifurcate"), Note},
		{"vague", "", text("Review agreements and documents"), Error},
		{"vague", "", text("Review complaint and documents"), ""},
		{"vague", "", text("Analyze and review records"), Error},
		{"vague", "", text("Analyze medical records"), ""},
		{"vague", "", text("Determine next steps"), Error},
		{"vague", "", text("Analysis of same"), Error},
		{"vague", "", text("Analyze demurrer; draft summary of same"), ""},
		{"supervision", "", text("Provide direction to associates"), Error},
		{"supervision", "", text("Provide direction to client regarding litigation hold"), ""},
		{"office-conference", "", text("Conference with [name] (partner) regarding status"), Error},
		{"office-conference", "", text("Conference with [name] and associates regarding meal period waivers"), ""},
		{"communication", "", text("Confer with [name] regarding various issues"), Error},
		{"communication", "", text("Communications with client regarding case updates and strategy"), Note},
		{"clerical", "", text("Coordinate with court reporter to reserve date for deposition"), Error},
		{"clerical", "", text("Coordinate with client to collect time records"), ""},
		{"expert-approval", "", text("Draft motion to continue expert discovery cutoff"), ""},
		{"level", "", with(text("Prepare exhibits"), func(e *Entry) { e.Level = LevelParalegal }), ""},
		{"level", "", with(text("Research laches"), func(e *Entry) { e.Level = LevelPartner }), Note},
		{"level", "research = \"never\"", with(text("Research laches"), func(e *Entry) { e.Level = LevelPartner }), ""},
		{"increment", "", with(text("x"), func(e *Entry) { e.Minutes = 20 }), Error},
		{"increment", "", text("x"), ""},
		{"increment", "step = 0.25", text("x"), ""},
		{"minimum", "", with(text("x"), func(e *Entry) { e.Minutes = 5 }), Error},
		{"minimum", "least = 0.1", with(text("x"), func(e *Entry) { e.Minutes = 6 }), ""},
		{"length", "most = 0.5", text("Draft answer"), ""},
		{"length", "most = 0.4", text("Draft answer"), Error},
		{"length", "kinds = { communicate = 0.3 }", text("Email client regarding lease"), Error},
		{"length", "kinds = { communicate = 0.3 }", text("Email client regarding lease; draft lease"), ""},
		{"length", "kinds = { communicate = 0.3, draft = 2 }", text("Email client regarding lease; draft lease"), ""},
		{"codes", "task = true", text("x"), Error},
		{"codes", "", with(text("x"), func(e *Entry) { e.TaskCode = "L999" }), Error},
		{"codes", "", with(text("x"), func(e *Entry) { e.TaskCode, e.ActivityCode = "L110", "A103" }), ""},
		{"codes", "forbidden = [\"A103\"]", with(text("x"), func(e *Entry) { e.ActivityCode = "A103" }), Error},
		{"code-narrative", "", with(text("Draft answer to complaint"), func(e *Entry) { e.ActivityCode = "A107" }), Error},
		{"code-narrative", "", with(text("Draft answer to complaint"), func(e *Entry) { e.ActivityCode = "A103" }), ""},
		{"code-narrative", "", with(text("Draft email to Dana Fox regarding lease"), func(e *Entry) { e.ActivityCode = "A108" }), ""},
		{"code-narrative", "", with(text("Call with Dana Fox regarding lease"), func(e *Entry) { e.ActivityCode = "A106" }), ""},
		{"code-narrative", "", with(text("Attend deposition of Pedro Ruiz"), func(e *Entry) { e.ActivityCode, e.TaskCode = "A109", "L310" }), Error},
		{"code-narrative", "", with(text("Attend deposition of Pedro Ruiz"), func(e *Entry) { e.ActivityCode, e.TaskCode = "A109", "L330" }), ""},
		{"sensitive", "words = [\"smoking gun\"]", text("Review smoking gun memo"), Error},
		{"sensitive", "words = [\"gun\"]", text("Review gunpowder memo"), ""},
		{"sensitive", "", text("Review record of 123-45-6789"), Error},
		{"sensitive", "", text("Review invoice 2024-05-061"), ""},
		{"abbreviation", "", text("Prepare depo outline for Finch"), Error},
		{"abbreviation", "allow = [\"depo\"]", text("Prepare depo outline for Finch"), ""},
		{"abbreviation", "", text("Draft RFAs and PAGA notice to LWDA"), ""},
		{"placeholder", "", text("Call with [name] regarding [redacted]"), ""},
		{"placeholder", "", text("Call with [insert name] regarding lease"), Error},
		{"placeholder", "", text("Call with ____ regarding lease"), Error},
		{"placeholder", "", text("  "), Error},
		{"other-party", "", text("Draft lease for Acme Rentals and Ng"), ""},
		{"other-party", "", text("Draft lease for Bay Logistics, Inc."), Error},
		{"other-party", "", text("Draft O’Hara's lease"), Error},
		{"other-party", "", with(text("Draft lease for Bay Logistics, Inc."), func(e *Entry) { e.Matter = "2" }), ""},
		{"date", "", with(text("x"), func(e *Entry) { e.Date = day("2026-03-11") }), Error},
		{"date", "", with(text("x"), func(e *Entry) { e.Date = day("2025-03-11") }), ""},
		{"date", "stale = 90", with(text("x"), func(e *Entry) { e.Date = day("2025-11-11") }), Error},
		{"date", "late = 2", with(text("x"), func(e *Entry) { e.Date, e.Entered = day("2026-03-01"), day("2026-03-04") }), Error},
		{"date", "late = 3", with(text("x"), func(e *Entry) { e.Date, e.Entered = day("2026-03-01"), day("2026-03-04") }), ""},
	} {
		var got Severity
		for _, f := range one(t, tc.check, tc.params, setting, tc.entry) {
			if got == "" || rank(f.Severity) < rank(got) {
				got = f.Severity
			}
		}
		if got != tc.want {
			t.Errorf("%s {%s} %q: %q, want %q", tc.check, tc.params, string(tc.entry.Narrative), got, tc.want)
		}
	}
}
