package bridge

import (
	"unicode/utf16"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
)

func (w *Window) checks() app.Checks { return app.Checks{Practice: w.practice} }

// CheckDay says what the guidelines find wrong with a day's drafts and entries.
func (w *Window) CheckDay(day string) (app.DayFindings, error) {
	var out app.DayFindings
	d, err := billing.ParseDay(day)
	if err != nil {
		return out, err
	}
	checked, err := w.checks().Day(w.ctx, d)
	if err != nil {
		return out, err
	}
	narratives := map[string]string{}
	for _, e := range checked.Entries {
		narratives[e.ID] = e.Narrative
	}
	for _, f := range checked.Findings {
		out.Findings = append(out.Findings, draftFinding(f, narratives[f.Entry]))
	}
	out.Problems = checked.Problems
	out.Guidelines, err = w.inForce()
	return out, err
}

// CheckDraft says what the guidelines find wrong with a draft as it would be
// with another narrative.
func (w *Window) CheckDraft(id, narrative string) ([]app.DraftFinding, error) {
	found, err := w.checks().Narrative(w.ctx, billing.EntryID(id), narrative)
	out := make([]app.DraftFinding, len(found))
	for i, f := range found {
		out[i] = draftFinding(f, narrative)
	}
	return out, err
}

// MendDraft applies the fix of the finding that guideline, rule and place name.
func (w *Window) MendDraft(id, guideline, rule string, place int) error {
	return w.checks().Mend(w.ctx, billing.EntryID(id), app.FixOf{Guideline: guideline, Rule: rule, From: place})
}

// inForce lists the guidelines that hold by themselves.
func (w *Window) inForce() ([]app.GuidelineInView, error) {
	all, err := app.Guidelines{Practice: w.practice}.List(w.ctx)
	var out []app.GuidelineInView
	for _, g := range all {
		if !g.Optional && g.Problem == "" {
			out = append(out, app.GuidelineInView{Title: g.Title, Clients: g.Clients, Matters: g.Matters, From: g.From, Until: g.Until})
		}
	}
	return out, err
}

func draftFinding(f app.FindingView, narrative string) app.DraftFinding {
	out := app.DraftFinding{
		Draft: f.Entry, Guideline: f.Guideline, Rule: f.Rule, Severity: f.Severity,
		Message: f.Message, Clause: f.Clause, Also: f.Also, Question: f.Question,
	}
	if f.Span != nil {
		out.Place, out.From, out.To = f.Span.From, units(narrative, f.Span.From), units(narrative, f.Span.To)
	}
	if f.Fix == nil {
		return out
	}
	out.Fix = &app.DraftFix{Kind: f.Fix.Kind, Label: f.Fix.Label}
	for _, p := range f.Fix.Parts {
		part := app.DraftFixPart{Narrative: p.Narrative, Minutes: p.Minutes, Estimated: p.Estimated, NonBillable: p.NonBillable}
		for _, d := range p.Difference {
			part.Pieces = append(part.Pieces, app.FixPiece(d))
		}
		out.Fix.Parts = append(out.Fix.Parts, part)
	}
	return out
}

// units counts the UTF-16 code units in the first bytes of text.
func units(text string, bytes int) int {
	n := 0
	for _, r := range text[:min(max(bytes, 0), len(text))] {
		n += utf16.RuneLen(r)
	}
	return n
}
