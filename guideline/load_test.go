package guideline

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/tenths/tenths/billing"
)

const sound = `# a comment with [[rule]] and = signs
id = "acme-2026"
title = "Acme's guidelines"
source = """
Acme, Outside Counsel Guidelines
[[rule]] is no rule in here"""
from = 2026-01-01
until = "2026-12-31"
clients = ["Acme Logistics",
  "Acme Holdings"] # two

[[rule]]
id = "long-day"
check = "day-limit"
severity = "warning"
clause = "section 4.2"
quote = 'not more than "10" hours = a day'
params = { limit = 10.5 }

[[rule]] # budgets
id = "budget"
check = "budget"
severity = "error"
clause = "schedule B"
[rule.params]
hours = { "" = 200, L310 = 20.5 }
fees = { L300 = "25,000.00" }

[[rule]]
id = "general/vague"
off = true
reason = "agreed on 3 March"
`

func TestAGuidelineIsRead(t *testing.T) {
	g, err := ParseGuideline("acme.toml", []byte(sound))
	if err != nil {
		t.Fatal(err)
	}
	if g.ID != "acme-2026" || g.From.String() != "2026-01-01" || g.Until.String() != "2026-12-31" || len(g.Clients) != 2 || len(g.Rules) != 2 {
		t.Errorf("read %+v", g)
	}
	day, budget := g.Rules[0], g.Rules[1]
	if day.Line != 12 || day.Params.Minutes("limit") != 630 || day.Severity != Warning || day.Quote != `not more than "10" hours = a day` {
		t.Errorf("the first rule is %+v", day)
	}
	if h := budget.Params.Caps("hours"); h[""] != 12000 || h["L310"] != 1230 {
		t.Errorf("hours are %v", h)
	}
	if f := budget.Params.Amounts("fees"); f["L300"] != "25,000.00" {
		t.Errorf("fees are %v", f)
	}
	if len(g.Off) != 1 || g.Off[0].Rule != "general/vague" || g.Off[0].Line != 29 {
		t.Errorf("off are %+v", g.Off)
	}
}

// Each mistake is named with its line, and what is allowed.
func TestMistakesAreNamedWithTheirLines(t *testing.T) {
	head := "id = \"x\"\ntitle = \"T\"\nsource = \"S\"\n" // 3 lines
	rule := "[[rule]]\nid = \"r\"\ncheck = \"day-limit\"\nseverity = \"note\"\nclause = \"c\"\n"
	for _, c := range []struct{ name, text, want string }{
		{"no TOML", "id = \n", "f.toml:1: this is no TOML"},
		{"no TOML further down", head + rule + "params = { limit 3 }\n", "f.toml:9: this is no TOML"},
		{"empty", "", "id is missing"},
		{"bad id", strings.Replace(head, `"x"`, `"Über uns"`, 1) + rule, "f.toml:1: id \"Über uns\": use small letters"},
		{"a path for an id", strings.Replace(head, `"x"`, `"../x"`, 1) + rule, "f.toml:1: id"},
		{"title is a number", strings.Replace(head, `"T"`, `7`, 1) + rule, "f.toml:2: title: write a text in quotes, not 7"},
		{"unknown key", head + "colour = \"red\"\n" + rule, "f.toml:4: \"colour\" is nothing that a file holds here"},
		{"no rule", head, "there is no rule"},
		{"one table", head + "[rule]\nid = \"r\"\n", "f.toml:4: rule: begin each rule with a line [[rule]]"},
		{"bad day", head + "from = \"yesterday\"\n" + rule, "f.toml:4: from: \"yesterday\" is not a day"},
		{"days the wrong way", head + "from = 2026-02-01\nuntil = 2026-01-01\n" + rule, "f.toml:5: until 2026-01-01 is before from 2026-02-01"},
		{"clients is a text", head + "clients = \"Acme\"\n" + rule, "f.toml:4: clients: write a list"},
		{"empty matters", head + "matters = []\n" + rule, "f.toml:4: matters: the list is empty"},
		{"optional", head + "optional = 1\n" + rule, "f.toml:4: optional: write true or false, not 1"},
		{"includes itself", head + "include = [\"x\"]\n", "f.toml:4: a guideline cannot include itself"},
		{"unknown check", head + strings.Replace(rule, "day-limit", "dya-limit", 1), "f.toml:6: there is no check \"dya-limit\"; there are "},
		{"no check", head + strings.Replace(rule, "check = \"day-limit\"\n", "", 1), "f.toml:4: check is missing"},
		{"no clause", head + strings.Replace(rule, "clause = \"c\"\n", "", 1), "f.toml:4: clause is missing"},
		{"severity", head + strings.Replace(rule, "note", "fatal", 1), "f.toml:7: severity \"fatal\": write error, warning or note"},
		{"unknown key of a rule", head + rule + "limit = 3\n", "f.toml:9: \"limit\" is nothing that a file holds here; allowed are id, check"},
		{"twice", head + rule + "\n" + rule, "f.toml:11: id \"r\" stands in line 5 already"},
		{"unknown parameter", head + rule + "params = { limits = 3 }\n", "f.toml:9: the check has no parameter \"limits\"; it has limit"},
		{"parameter of a wrong type", head + rule + "[rule.params]\n\nlimit = \"ten\"\n", "f.toml:11: limit: write hours as a number such as 1.5, not \"ten\""},
		{"out of range", head + rule + "params.limit = 200\n", "f.toml:9: limit: 200 is out of range; write 0.1 to 25"},
		{"no whole minutes", head + rule + "params = { limit = 0.333 }\n", "no whole number of minutes"},
		{"params is a list", head + rule + "params = [1]\n", "f.toml:9: params: write a table"},
		{"off without reason", head + "clients = [\"A\"]\n[[rule]]\nid = \"vague\"\noff = true\n", "f.toml:5: reason is missing"},
		{"off with a check", head + "clients = [\"A\"]\n[[rule]]\nid = \"vague\"\noff = true\nreason = \"so\"\ncheck = \"vague\"\n", "f.toml:9: \"check\" is nothing"},
		{"after a text over several lines", head + "clients = [\"\"\"\nsource = 3\n\"\"\"]\nfrom = 1\n" + rule, "f.toml:7: from: \"1\" is not a day"},
		{"too large", strings.Repeat("#", maxFile+1), "larger than a megabyte"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := ParseGuideline("f.toml", []byte(c.text))
			file, ok := errors.AsType[*FileError](err)
			if !ok || !strings.Contains(err.Error(), c.want) {
				t.Fatalf("the error is %v\nwant one with %s", err, c.want)
			}
			if len(file.Mistakes) == 0 {
				t.Error("no mistakes")
			}
		})
	}
}

func TestAllMistakesAreListedAtOnce(t *testing.T) {
	_, err := ParseGuideline("f.toml", []byte("id = \"x\"\ntitle = 3\n[[rule]]\nid = \"r\"\ncheck = \"none\"\nseverity = \"bad\"\n"))
	lines := strings.Split(err.Error(), "\n")
	if len(lines) != 5 { // title, source, check, severity, clause
		t.Fatalf("%d mistakes:\n%s", len(lines), err)
	}
	last := 0
	for _, line := range lines {
		var n int
		if _, err := fmt.Sscanf(line, "f.toml:%d:", &n); err != nil || n < last {
			t.Errorf("%q is not in order", line)
		}
		last = n
	}
}

func FuzzParseGuideline(f *testing.F) {
	f.Add(sound)
	for _, g := range Packs() {
		text, _ := PackFile(g.ID)
		f.Add(string(text))
	}
	f.Add("id=\"a\"\n'rule'=[{id=\"x\"}]\n\"\"\"=\n")
	f.Fuzz(func(t *testing.T, text string) {
		g, err := ParseGuideline("f.toml", []byte(text))
		if err != nil {
			file, ok := errors.AsType[*FileError](err)
			if !ok || len(file.Mistakes) == 0 {
				t.Fatalf("error %v", err)
			}
			for _, m := range file.Mistakes {
				if m.Line < 1 || m.Line > strings.Count(text, "\n")+1 || m.Msg == "" {
					t.Fatalf("the mistake %+v is nowhere in the file", m)
				}
			}
			return
		}
		if !idForm.MatchString(g.ID) || len(g.Rules)+len(g.Off)+len(g.Include) == 0 && !strings.Contains(text, "rule") {
			t.Fatalf("read %+v", g)
		}
		for _, r := range g.Rules {
			if checks[r.Check].doc == "" || r.Line < 1 || r.Clause == "" {
				t.Fatalf("the rule %+v was let through", r)
			}
		}
		if c, err := New([]Guideline{g}, Setting{}); err == nil {
			c.Bill([]Entry{{ID: "1", Date: billing.Day{Year: 2026, Month: 3, Day: 2}, Timekeeper: "A", Minutes: 6, Narrative: "Call"}})
		}
	})
}
