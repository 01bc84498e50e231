package main

import (
	"strings"
	"unicode"
)

// reasonClass is what a reason for a deduction comes down to.
type reasonClass struct {
	name   string
	bill   bool     // only the whole bill shows it
	checks []string // that find it
}

// reasons map auditors' reasons to classes, by the first of these that occurs
// in the reason. Auditors write their own: "Authorization\Experts",
// "Duplicative/Redundant/Fragmented\Motions/Appeals", "intra-office conf.". They
// are whole words, singular or plural, or with a star the beginning of one, and
// are ordered so that the narrower wins: "excessive travel" is travel, and "block
// billing of excessive time" is block billing.
var reasons = []struct {
	words string // separated by bars
	class reasonClass
}{
	{"block|blocked|bundl*|single activity|single task|multiple task|multiple activity|multiple activities|several task|separate task|separate entr*|lump*|aggregat*|combined|grouped", block},
	{"duplic*|redundan*|repetit*|repeat*|overlap*", duplication},
	{"multiple staff*|multiple attend*|multiple timekeeper|multiple attorney|multiple lawyer|multiple biller|multiple professional|overstaff*|" +
		"two attorney|two lawyer|two timekeeper|dual attend*|excess* staff*|excess* attend*|attendance|attendee|second chair", staffing},
	{"expert|expert s|consultant|investigator|investigation service|outside professional|outside service", experts},
	{"travel*|mileage|transit|transportation|commut*|driving", travel},
	{"intraoffice|interoffice|intra office|inter office|intra firm|intrafirm|interfirm|office conf*|internal*|in house conf*|in house meet*|" +
		"team meeting|team conf*|firm personnel|among timekeeper|between timekeeper|between attorney|conf|conferenc*", office},
	{"no subject|without subject|no topic", communication},
	{"conflict search|conflict check|conflicts|voicemail|voice mail|message|minimal|de minimis|billing overhead|own bill*|invoic*", clerical},
	{"cleric*|secretar*|administrat*|administerial|ministerial|word process*|proofread*|scheduling|calendaring|filing|photocop*|copying|file organi*|file maint*", clerical},
	{"paralegal|para legal|delegat*|lower level|lower cost|lower rate|appropriate level|skill level|staffing level|level of staff*|level|non attorney|nonattorney|exhibit", level},
	{"supervis*|overhead|oversight|file review|file status|review* file|review* of file|review* of the file|routine|training|train|education|learning curve|file management|case management", supervision},
	{"staffing|staff", staffing},
	{"vague*|generic*|descri*|nondescript*|non descri*|undescri*|ambigu*|specific*|nonspecific*|unspecific*|unspecified|detail*|insufficient*|inadequate*|unclear|lack of|narrative|cryptic", vague},
	{"hearing|court appearance", hearing},
	{"communicat*|correspond*|email|e mail|telephone|call|letter", communication},
	{"reasonabl*|unreasonabl*|excess*|exceed*|unnecess*|inefficien*|disproportion*|time spent|too much", excessive},
	{"budget*|over budget|cap|capped", budget},
	{"authoriz*|unauthoriz*|authoris*|unauthoris*|approv*|preapprov*|unapprov*|pre approv*|consent", approval},
	{"rate|hourly rate|discount*", rates},
}

// sentences are what auditors' comments say, where the reason itself does not
// tell. The one that stands first in the comment is the main one.
var sentences = []struct {
	words string
	class reasonClass
}{
	{"single activity|block bill*|multiple tasks", block},
	{"redundant|duplicative|duplicate|two lawyers|two attorneys", duplication},
	{"only one attorney|multiple timekeepers|another timekeeper", staffing},
	{"associated with experts|consult with the claim representative", experts},
	{"travel time|mileage|travel", travel},
	{"intra office|intraoffice|interoffice|inter office|internal conference", office},
	{"clerical|secretarial|administrative", clerical},
	{"paralegal work|paralegal level|performed by a paralegal", level},
	{"supervis*|overhead|file review", supervision},
	{"generic description|vague|do not allow the reviewer|does not allow the reviewer|insufficient detail|not sufficiently detailed", vague},
	{"exceed the time|excessive|exceeds", excessive},
}

var (
	block         = reasonClass{name: "block billing", checks: []string{"block-billing", "travel"}}
	vague         = reasonClass{name: "vague", checks: []string{"vague", "no-work", "communication", "hearing-subject", "supervision"}}
	communication = reasonClass{name: "communication", checks: []string{"communication", "office-conference"}}
	hearing       = reasonClass{name: "hearing", checks: []string{"hearing-subject"}}
	experts       = reasonClass{name: "experts", checks: []string{"expert-approval"}}
	travel        = reasonClass{name: "travel", checks: []string{"travel", "block-billing"}}
	office        = reasonClass{name: "office conference", checks: []string{"office-conference"}}
	clerical      = reasonClass{name: "clerical", checks: []string{"clerical", "level", "communication"}}
	level         = reasonClass{name: "paralegal work", checks: []string{"level", "clerical"}}
	supervision   = reasonClass{name: "supervision", checks: []string{"supervision", "vague", "clerical"}}
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
	text := plain(reason)
	for _, r := range reasons {
		if place(text, r.words) >= 0 {
			return r.class
		}
	}
	text = plain(comment)
	best, first := unclassified, len(text)
	for _, s := range sentences {
		if at := place(text, s.words); at >= 0 && at < first {
			best, first = s.class, at
		}
	}
	return best
}

// plain is text in lower case with its words between single spaces, and one at
// both ends: what separates them differs from auditor to auditor.
func plain(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return " " + strings.Join(words, " ") + " "
}

// place is where in plain text the first of words stands; -1: nowhere.
func place(text, words string) int {
	first := -1
	for w := range strings.SplitSeq(words, "|") {
		if at := find(text, w); at >= 0 && (first < 0 || at < first) {
			first = at
		}
	}
	return first
}

// find looks for a phrase whose words may each be in the plural, or end in a
// star for whatever follows.
func find(text, phrase string) int {
	want := strings.Fields(phrase)
	for at := 0; at < len(text); {
		rest, ok := text[at:], true
		for _, w := range want {
			rest = strings.TrimPrefix(rest, " ")
			word, after, _ := strings.Cut(rest, " ")
			if !same(word, w) {
				ok = false
				break
			}
			rest = " " + after
		}
		if ok {
			return at
		}
		next := strings.IndexByte(text[at+1:], ' ')
		if next < 0 {
			break
		}
		at += 1 + next
	}
	return -1
}

func same(word, want string) bool {
	if prefix, ok := strings.CutSuffix(want, "*"); ok {
		return strings.HasPrefix(word, prefix)
	}
	return word == want || word == want+"s" || word == want+"es"
}
