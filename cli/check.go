package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
)

func (r *root) check() *cobra.Command {
	var day string
	var ids []string
	cmd := &cobra.Command{
		Use: "check [FILE.csv]", Short: "Check entries against the billing guidelines", Args: args(0, 1, "FILE.csv [--guideline ID]… | --day D"),
		Long: "Checks a file of entries or, with --day, a day's drafts, and changes nothing. The file's first line names\n" +
			"its columns: id, date, timekeeper, classification, bill, hours, narrative, and client, matter, task_code,\n" +
			"activity_code and rate where there are any. Each finding says what is wrong, where, which clause of which\n" +
			"guideline it breaks and how to mend it. Without --guideline those in force hold, each for the clients and\n" +
			"matters it is for; with it, only those named do, for all entries. Findings do not make the command fail.",
	}
	cmd.Flags().StringVar(&day, "day", "", "check the drafts of this day, YYYY-MM-DD")
	cmd.Flags().StringArrayVar(&ids, "guideline", nil, "check against this guideline alone; repeat it for several")
	cmd.AddCommand(r.mend())
	cmd.RunE = r.with(func(ctx context.Context, p *app.Practice, args []string) error {
		checks := app.Checks{Practice: p}
		switch {
		case len(args) == 1 && day != "":
			return misuse{errors.New("give a file or --day, not both")}
		case len(args) == 0 && day == "":
			return misuse{errors.New("say what to check: tenths check FILE.csv, or tenths check --day YYYY-MM-DD")}
		case day != "":
			d, err := billing.ParseDay(day)
			if err != nil {
				return err
			}
			v, err := checks.Day(ctx, d, ids...)
			return r.printChecked(v, endOf, err)
		}
		f, err := openFile(args[0])
		if err != nil {
			return err
		}
		defer f.Close()
		v, err := checks.File(ctx, f, ids...)
		return r.printChecked(v, asWritten, err)
	})
	return cmd
}

// openFile opens a file that the person named.
func openFile(name string) (*os.File, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, &billing.Error{Kind: billing.Invalid, Msg: name + " cannot be opened; check its name", Err: err}
	}
	return f, nil
}

// asWritten and endOf are how an entry is called: as its file does, or by the end
// of the id that Tenths gave it.
func asWritten(id string) string { return id }
func endOf(id string) string     { return short(app.DraftView{ID: id}) }

// printChecked prints findings; JSON has them alone, and what keeps a guideline
// from being used goes to standard error.
func (r *root) printChecked(v app.CheckedView, name func(id string) string, err error) error {
	if err != nil {
		return err
	}
	for _, p := range v.Problems {
		fmt.Fprintf(r.Err, "tenths: not checked against one guideline: %s\n", oneLine(p))
	}
	return r.print(v.Findings, func(w io.Writer) {
		byEntry := map[string][]app.FindingView{}
		for _, f := range v.Findings {
			byEntry[f.Entry] = append(byEntry[f.Entry], f)
		}
		wrong := 0
		for _, e := range v.Entries {
			if findings := byEntry[e.ID]; len(findings) > 0 {
				wrong++
				printEntryFindings(w, e, findings, name)
				delete(byEntry, e.ID) // an id that stands twice
			}
		}
		fmt.Fprintln(w, findingsTotal(v, wrong))
	})
}

func findingsTotal(v app.CheckedView, wrong int) string {
	if len(v.Findings) == 0 {
		return fmt.Sprintf("Nothing is wrong with %s.", count(len(v.Entries), "entry", "entries"))
	}
	n := map[string]int{}
	for _, f := range v.Findings {
		n[f.Severity]++
	}
	return fmt.Sprintf("%s of %d: %s, %s, %s.", count(wrong, "entry", "entries"), len(v.Entries),
		count(n["error"], "error", "errors"), count(n["warning"], "warning", "warnings"), count(n["note"], "note", "notes"))
}

func printEntryFindings(w io.Writer, e app.CheckedEntry, findings []app.FindingView, name func(string) string) {
	head := []string{name(e.ID), e.Day, e.Hours + " h", e.Matter}
	fmt.Fprintf(w, "%s\n  %s\n", strings.TrimRight(strings.Join(head, "  "), " "), oneLine(e.Narrative))
	for _, f := range findings {
		fmt.Fprintf(w, "  %s: %s\n", f.Severity, f.Message)
		if at := marked(e.Narrative, f.Span); at != "" {
			fmt.Fprintf(w, "    where     %s\n", at)
		}
		fmt.Fprintf(w, "    clause    %s (%s/%s)\n", f.Clause, f.Guideline, f.Rule)
		for _, also := range f.Also {
			fmt.Fprintf(w, "    also      %s\n", also)
		}
		if len(f.Others) > 0 {
			others := make([]string, len(f.Others))
			for i, id := range f.Others {
				others[i] = name(id)
			}
			fmt.Fprintf(w, "    with      %s\n", strings.Join(others, ", "))
		}
		printFix(w, f.Fix)
		if f.Question != "" {
			fmt.Fprintf(w, "    question  %s\n", f.Question)
		}
	}
	fmt.Fprintln(w)
}

func printFix(w io.Writer, fix *app.FixView) {
	if fix == nil {
		return
	}
	fmt.Fprintf(w, "    proposed  %s\n", fix.Label)
	for _, p := range fix.Parts {
		mark := ""
		if p.Estimated {
			mark = "≈"
		}
		fmt.Fprintf(w, "              %s%s h%s  %s\n", p.Hours, mark, unpaid(p), oneLine(p.Narrative))
	}
}

// unpaid marks a part that alone is moved to non-billable time.
func unpaid(p app.FixPartView) string {
	if p.NonBillable {
		return " non-billable"
	}
	return ""
}

// aroundSpan is how much of a narrative is shown on each side of what a finding
// is about, in bytes.
const aroundSpan = 40

// marked returns the part of text that a finding is about between marks, with
// some words around it; "" where that is all of it or nothing.
func marked(text string, span *app.TextSpan) string {
	if span == nil || span.From < 0 || span.To > len(text) || span.From >= span.To || span.To-span.From >= len(strings.TrimSpace(text)) {
		return ""
	}
	before, after := text[:span.From], text[span.To:]
	if len(before) > aroundSpan {
		cut := before[len(before)-aroundSpan:]
		_, cut, _ = strings.Cut(cut, " ")
		before = "… " + cut
	}
	if len(after) > aroundSpan {
		cut := after[:aroundSpan]
		after = cut[:strings.LastIndex(cut, " ")+1] + "…"
	}
	return oneLine(before + "»" + text[span.From:span.To] + "«" + after)
}
