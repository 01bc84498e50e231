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
	var how app.FileReading
	cmd := &cobra.Command{
		Use: "check [FILE.csv]", Short: "Check entries against the billing guidelines", Args: args(0, 1, "FILE.csv [--guideline ID]… | --day D"),
		Long: "Checks a file of entries or, with --day, a day's drafts, and changes nothing. A line of the file names\n" +
			"its columns: hours and narrative, and id, date, timekeeper, classification, bill, client, matter, task_code,\n" +
			"activity_code, rate, amount and entered where there are any, under these or the names that practice systems\n" +
			"and LEDES 1998B give them. A row that cannot be read is a finding of that row; what needs a column that is\n" +
			"not there is left alone, and that is said. Each finding says what is wrong, where, which clause of which\n" +
			"guideline it breaks and how to mend it. Without --guideline those in force hold, each for the clients and\n" +
			"matters it is for; with it, only those named do, for all entries. Findings do not make the command fail.",
	}
	cmd.Flags().StringVar(&day, "day", "", "check the drafts of this day, YYYY-MM-DD")
	cmd.Flags().StringArrayVar(&ids, "guideline", nil, "check against this guideline alone; repeat it for several")
	cmd.Flags().StringVar(&how.Dates, "dates", "", "how the file writes dates in figures: mdy or dmy (default: as it shows)")
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
		v, err := checks.FileAs(ctx, f, how, ids...)
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

// printChecked prints findings; JSON has them in one list, after them what was
// assumed of a file and what could not be tested, as notes about no entry. What
// keeps a guideline from being used goes to standard error.
func (r *root) printChecked(v app.CheckedView, name func(id string) string, err error) error {
	if err != nil {
		return err
	}
	for _, p := range v.Problems {
		fmt.Fprintf(r.Err, "tenths: not checked against one guideline: %s\n", oneLine(p))
	}
	return r.print(append(v.Findings, v.FileNotes()...), func(w io.Writer) {
		byEntry := map[string][]app.FindingView{}
		for _, f := range v.Findings {
			byEntry[f.Entry] = append(byEntry[f.Entry], f)
		}
		printUnreadRows(w, v, byEntry)
		wrong := 0
		for _, e := range v.Entries {
			if findings := byEntry[e.ID]; len(findings) > 0 {
				wrong++
				printEntryFindings(w, e, findings, name)
				delete(byEntry, e.ID) // an id that stands twice
			}
		}
		fmt.Fprintln(w, findingsTotal(v, wrong))
		printFileNotes(w, v)
	})
}

// printUnreadRows prints what is wrong with rows that are no entries, and takes it
// out of byEntry.
func printUnreadRows(w io.Writer, v app.CheckedView, byEntry map[string][]app.FindingView) {
	entries := map[string]bool{}
	for _, e := range v.Entries {
		entries[e.ID] = true
	}
	printed := false
	for _, f := range v.Findings {
		if !entries[f.Entry] {
			fmt.Fprintf(w, "%s: %s\n", f.Severity, oneLine(f.Message))
			delete(byEntry, f.Entry)
			printed = true
		}
	}
	if printed {
		fmt.Fprintln(w)
	}
}

// printFileNotes says what was assumed of a file, and which rules could not be
// tested, those for want of the same column together.
func printFileNotes(w io.Writer, v app.CheckedView) {
	if len(v.Notes)+len(v.Unmade) > 0 {
		fmt.Fprintln(w)
	}
	for _, n := range v.Notes {
		fmt.Fprintln(w, oneLine(n))
	}
	var order []string
	rules := map[string][]string{}
	for _, u := range v.Unmade {
		if rules[u.Message] == nil {
			order = append(order, u.Message)
		}
		rules[u.Message] = append(rules[u.Message], u.Guideline+"/"+u.Rule)
	}
	for _, msg := range order {
		fmt.Fprintf(w, "%s (%s).\n", strings.TrimSuffix(msg, "."), strings.Join(rules[msg], ", "))
	}
}

func findingsTotal(v app.CheckedView, wrong int) string {
	unread := 0
	for _, f := range v.Findings {
		if f.Check == "row" && f.Rule == "unreadable" {
			unread++
		}
	}
	if unread > 0 {
		return fmt.Sprintf("%s %s could not be read.", entriesTotal(v, wrong), count(unread, "row", "rows"))
	}
	return entriesTotal(v, wrong)
}

func entriesTotal(v app.CheckedView, wrong int) string {
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
		if f.Clause != "" {
			fmt.Fprintf(w, "    clause    %s (%s/%s)\n", f.Clause, f.Guideline, f.Rule)
		}
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
