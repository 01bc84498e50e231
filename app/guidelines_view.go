package app

import (
	"strings"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/guideline"
)

// GuidelineView is a guideline.
type GuidelineView struct {
	ID       string   `json:"id"`
	Title    string   `json:"title"`
	Source   string   `json:"source"`
	From     string   `json:"from"`  // first work date, "" when always
	Until    string   `json:"until"` // last work date
	Clients  []string `json:"clients"`
	Matters  []string `json:"matters"`
	Include  []string `json:"include"`
	Builtin  bool     `json:"builtin"`
	Optional bool     `json:"optional"` // holds only where another includes it
	Holds    string   `json:"holds"`    // for whom, in words

	Rules   []RuleView      `json:"rules"`
	Off     []ExceptionView `json:"off"`
	Text    string          `json:"text,omitempty"`    // the file, where one was asked for
	Problem string          `json:"problem,omitempty"` // why it cannot be used
	Nobody  string          `json:"nobody,omitempty"`  // in a list: that it is for a client or matter that nobody has
}

// RuleView is a rule.
type RuleView struct {
	ID       string `json:"id"`
	Check    string `json:"check"`
	Severity string `json:"severity"`
	Clause   string `json:"clause"`
	Quote    string `json:"quote,omitempty"`
	Line     int    `json:"line"`
}

// ExceptionView is a rule of another guideline that is switched off.
type ExceptionView struct {
	Rule   string `json:"rule"`
	Reason string `json:"reason"`
}

func guidelineView(g Guideline) GuidelineView {
	v := GuidelineView{
		ID: g.ID, Title: g.Title, Source: g.Source, From: dayOrNone(g.From), Until: dayOrNone(g.Until),
		Clients: some(g.Clients), Matters: some(g.Matters), Include: some(g.Include),
		Builtin: g.Builtin, Optional: g.Optional, Holds: holds(g.Guideline), Problem: g.Problem,
		Rules: []RuleView{}, Off: []ExceptionView{},
	}
	if g.Problem != "" {
		v.Holds = "cannot be used"
	}
	for _, r := range g.Rules {
		v.Rules = append(v.Rules, RuleView{r.ID, r.Check, string(r.Severity), r.Clause, r.Quote, r.Line})
	}
	for _, x := range g.Off {
		v.Off = append(v.Off, ExceptionView{x.Rule, x.Reason})
	}
	return v
}

// some returns list, or an empty one for JSON.
func some(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// holds says for whom a guideline holds.
func holds(g guideline.Guideline) string {
	text := "all work"
	switch {
	case g.Optional:
		return "where another includes it"
	case len(g.Matters) > 0:
		text = "matter " + strings.Join(g.Matters, ", ")
	case len(g.Clients) > 0:
		text = "client " + strings.Join(g.Clients, ", ")
	}
	if !g.From.IsZero() {
		text += " from " + g.From.String()
	}
	if !g.Until.IsZero() {
		text += " until " + g.Until.String()
	}
	return text
}

// FindingView is one thing wrong with an entry.
type FindingView struct {
	Entry     string    `json:"entry"`
	Rule      string    `json:"rule"`
	Guideline string    `json:"guideline"`
	Check     string    `json:"check"`
	Severity  string    `json:"severity"` // error, warning or note
	Span      *TextSpan `json:"span"`     // null when it is not about the text
	Clause    string    `json:"clause"`   // of the guideline's source, with its title
	Also      []string  `json:"also"`     // clauses of other guidelines that the same breaks
	Message   string    `json:"message"`
	Fix       *FixView  `json:"fix"`      // null when there is none
	Question  string    `json:"question"` // what only the person can answer, "" when nothing
	Others    []string  `json:"others"`   // entries that it is wrong together with
}

// TextSpan is a part of a narrative, in bytes of its UTF-8.
type TextSpan struct {
	From int `json:"from"`
	To   int `json:"to"`
}

// FixView is an edit that mends a finding. It never changes how much time there is.
type FixView struct {
	Kind         string        `json:"kind"` // text, split, non-billable or code
	Label        string        `json:"label"`
	Parts        []FixPartView `json:"parts"`
	NonBillable  bool          `json:"non_billable"`
	TaskCode     string        `json:"task_code,omitempty"`
	ActivityCode string        `json:"activity_code,omitempty"`
}

// FixPartView is an entry that a fix leaves.
type FixPartView struct {
	Narrative string `json:"narrative"`
	Minutes   int64  `json:"minutes"`
	Hours     string `json:"hours"`
	Estimated bool   `json:"estimated"` // its share was divided, not known
	// NonBillable says that this part alone is moved to non-billable time.
	NonBillable bool `json:"non_billable,omitempty"`
	// Difference is how the narrative differs from the entry's, by words.
	Difference []PieceView `json:"difference"`
}

// PieceView is a run of words that both narratives have (same), only the entry's
// (gone) or only the mended one (new).
type PieceView struct {
	Kind string `json:"kind"`
	Text string `json:"text"`
}

// CheckedView is what was checked, and what was found.
type CheckedView struct {
	Entries  []CheckedEntry `json:"entries"`
	Findings []FindingView  `json:"findings"` // by entry, then by place in its text
	Problems []string       `json:"problems"` // guidelines that could not be used, and why
	Notes    []string       `json:"notes"`    // of a file: what was assumed, and which lines are no time
	Unmade   []FindingView  `json:"unmade"`   // rules that could not be tested for want of a column
}

// CheckedEntry is an entry that was checked.
type CheckedEntry struct {
	ID        string `json:"id"`
	Day       string `json:"day"`
	Matter    string `json:"matter"`
	Hours     string `json:"hours"`
	Narrative string `json:"narrative"`
}

// findingView shows a finding on an entry whose narrative is text.
func findingView(f guideline.Finding, text string) FindingView {
	v := FindingView{
		Entry: f.Entry, Rule: f.Rule, Guideline: f.Guideline, Check: f.Check, Severity: string(f.Severity), Clause: f.Clause,
		Also: some(f.Also), Message: f.Message, Question: f.Question, Others: some(f.Others),
	}
	if f.To > f.From {
		v.Span = &TextSpan{f.From, f.To}
	}
	if f.Fix != nil {
		v.Fix = &FixView{Kind: string(f.Fix.Kind), Label: f.Fix.Label, Parts: []FixPartView{}, NonBillable: f.Fix.NonBillable,
			TaskCode: f.Fix.TaskCode, ActivityCode: f.Fix.ActivityCode}
		for _, p := range f.Fix.Parts {
			part := FixPartView{Narrative: string(p.Narrative), Minutes: p.Minutes, Hours: billing.FormatTenths(p.Minutes), Estimated: p.Estimated, NonBillable: p.NonBillable, Difference: []PieceView{}}
			for _, d := range guideline.Difference(text, string(p.Narrative)) {
				part.Difference = append(part.Difference, PieceView{string(d.Kind), d.Text})
			}
			v.Fix.Parts = append(v.Fix.Parts, part)
		}
	}
	return v
}

func checkedEntry(e guideline.Entry) CheckedEntry {
	return CheckedEntry{ID: e.ID, Day: dayOrNone(e.Date), Matter: e.Matter, Hours: e.Quantity().String(), Narrative: string(e.Narrative)}
}
