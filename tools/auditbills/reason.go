package main

import "strings"

// reasonClass is what a reason for a deduction comes down to.
type reasonClass struct {
	name   string
	bill   bool     // only the whole bill shows it
	checks []string // that find it
}

// reasons map auditors' reasons to classes, by the first word that occurs in the
// reason, in lower case. Auditors write their own: "Authorization\Experts",
// "Duplicative/Redundant/Fragmented\Motions/Appeals". The words are ordered so
// that the narrower wins: "excessive travel" is travel, and "block billing of
// excessive time" is block billing.
var reasons = []struct {
	word  string
	class reasonClass
}{
	{"block", block}, {"bundl", block}, {"single activity", block}, {"multiple tasks", block}, {"lumped", block}, {"aggregat", block},
	{"duplic", duplication}, {"redundan", duplication},
	{"multiple staff", staffing}, {"staffing", staffing}, {"multiple attend", staffing}, {"multiple timekeeper", staffing},
	{"expert", experts}, {"consultant", experts}, {"investigator", experts},
	{"travel", travel}, {"mileage", travel},
	{"intraoffice", office}, {"intra-office", office}, {"interoffice", office}, {"office conf", office}, {"internal conf", office},
	{"internal meeting", office}, {"conferenc", office}, {"internal", office},
	{"cleric", clerical}, {"secretar", clerical}, {"administrat", clerical},
	{"paralegal", level}, {"level", level}, {"delegat", level},
	{"supervis", supervision}, {"overhead", supervision}, {"file review", supervision}, {"review of file", supervision}, {"routine", supervision},
	{"vague", vague}, {"generic", vague}, {"descri", vague}, {"ambigu", vague}, {"specific", vague}, {"detail", vague}, {"insufficient", vague},
	{"hearing", hearing}, {"communicat", communication}, {"correspond", communication},
	{"reasonabl", excessive}, {"excess", excessive}, {"exceed", excessive}, {"unnecess", excessive},
	{"budget", budget}, {"cap", budget},
	{"authoriz", approval}, {"approval", approval}, {"rate", rates},
}

var (
	block         = reasonClass{name: "block billing", checks: []string{"block-billing", "travel"}}
	vague         = reasonClass{name: "vague", checks: []string{"vague", "communication", "hearing-subject", "supervision"}}
	communication = reasonClass{name: "communication", checks: []string{"communication", "office-conference"}}
	hearing       = reasonClass{name: "hearing", checks: []string{"hearing-subject"}}
	experts       = reasonClass{name: "experts", checks: []string{"expert-approval"}}
	travel        = reasonClass{name: "travel", checks: []string{"travel", "block-billing"}}
	office        = reasonClass{name: "office conference", checks: []string{"office-conference"}}
	clerical      = reasonClass{name: "clerical", checks: []string{"clerical", "level"}}
	level         = reasonClass{name: "paralegal work", checks: []string{"level", "clerical"}}
	supervision   = reasonClass{name: "supervision", checks: []string{"supervision", "vague"}}
	duplication   = reasonClass{name: "duplication", bill: true, checks: []string{"duplicate", "several-attendees", "repeated-wording", "conference-hours"}}
	staffing      = reasonClass{name: "multiple staffing", bill: true, checks: []string{"several-attendees", "duplicate"}}
	excessive     = reasonClass{name: "reasonableness", bill: true, checks: []string{"task-total", "length"}}
	budget        = reasonClass{name: "budget", bill: true, checks: []string{"budget"}}
	approval      = reasonClass{name: "authorization", bill: true}
	rates         = reasonClass{name: "rates", bill: true}
	unclassified  = reasonClass{name: "other", bill: true}
)

// classify returns the class of a reason. One that no word of it tells is
// looked for in the auditor's comment, and else left to the whole bill.
func classify(reason, comment string) reasonClass {
	for _, text := range []string{reason, comment} {
		text = strings.ToLower(text)
		for _, r := range reasons {
			if strings.Contains(text, r.word) {
				return r.class
			}
		}
	}
	return unclassified
}
