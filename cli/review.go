package cli

import (
	"context"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
)

func (r *root) draft() *cobra.Command {
	var day string
	return dayFlag(&cobra.Command{
		Use: "draft", Short: "Draft a day's time entries from what was observed", Args: args(0, 0, "[--day D]"),
		RunE: r.with(func(ctx context.Context, p *app.Practice, _ []string) error {
			d, err := dayOr(ctx, p, day)
			if err != nil {
				return err
			}
			if r.json {
				drafts, err := app.Review{Practice: p}.Drafts(ctx, d)
				if err != nil {
					return err
				}
				return r.print(drafts, nil)
			}
			view, err := app.Review{Practice: p}.Day(ctx, d)
			if err != nil {
				return err
			}
			printDay(r.Out, view)
			return nil
		}),
	}, &day)
}

// printDay writes the review as text: the sum, what needs a person, the rest by
// matter.
func printDay(w io.Writer, v app.DayView) {
	d, _ := time.Parse(time.DateOnly, v.Day)
	fmt.Fprintf(w, "%s\n%s\n", d.Format("Monday 2 January 2006"), sumLine(v.Summary))
	if len(v.Observed) == 0 && len(v.Done) == 0 && len(v.Needs) == 0 {
		fmt.Fprintln(w, "\nNothing was observed on this day.")
		return
	}
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	if len(v.Needs) > 0 {
		fmt.Fprintf(tw, "\nNeeds you\n")
		for _, x := range v.Needs {
			fmt.Fprintf(tw, "  %s\t%s\t%s\t(%s)\t%s\n", short(x), hours(x), rowOr(x), x.Needs, between(x))
			printReadings(tw, x)
			for _, c := range x.Candidates {
				if x.Matter != "" {
					break
				}
				fmt.Fprintf(tw, "  \t\t  perhaps %s %s: %s\t\t\n", c.Matter, c.Name, strings.Join(c.Reasons, "; "))
			}
		}
	}
	for _, g := range v.Ready {
		fmt.Fprintf(tw, "\n%s · %s · %s\n", g.Matter.Name, g.Matter.Number, toBill(g.Hours, g.Amount))
		for _, x := range g.Drafts {
			fmt.Fprintf(tw, "  %s\t%s\t%s\t%s\t%s\n", short(x), hours(x), oneLine(x.Narrative), codes(x), between(x))
		}
	}
	if len(v.Done) > 0 {
		fmt.Fprintf(tw, "\nDone\n")
		for _, x := range v.Done {
			fmt.Fprintf(tw, "  %s\t%s\t%s\t%s\t%s\n", short(x), hours(x), oneLine(x.Narrative), x.Matter, doneAs(x))
		}
	}
	if n := v.Summary.FoldedCount; n > 0 {
		fmt.Fprintf(tw, "\n%s folded: no work (tenths folded list --day %s)\n", count(n, "message", "messages"), v.Day)
	}
	_ = tw.Flush()
}

// printReadings says what the other reading of a meeting comes to.
func printReadings(w io.Writer, d app.DraftView) {
	if d.Overlap == nil || d.Overlap.Meeting != d.ID {
		return
	}
	then := make([]string, len(d.Overlap.Work))
	for i, x := range d.Overlap.Work {
		left := "nothing"
		if x.AttendedMinutes > 0 {
			left = billing.FormatTenths(x.AttendedMinutes)
		}
		then[i] = fmt.Sprintf("%s: %s instead of %s", oneLine(x.Narrative), left, billing.FormatTenths(x.WorkedMinutes))
	}
	fmt.Fprintf(w, "  \t\t  or all of the meeting, %s; then: %s (tenths entry attend %s; as it stands: accept)\t\t\n",
		billing.FormatTenths(d.Overlap.AttendedMinutes), strings.Join(then, "; "), short(d))
}

func sumLine(s app.SummaryView) string {
	parts := []string{hm(s.BillableMinutes) + " billable"}
	for _, p := range []struct {
		minutes int64
		name    string
	}{{s.NonBillableMinutes, "non-billable"}, {s.PrivateMinutes, "private"}, {s.UnexplainedMinutes, "unexplained"}} {
		if p.minutes > 0 {
			parts = append(parts, hm(p.minutes)+" "+p.name)
		}
	}
	return fmt.Sprintf("%s observed = %s; %s", hm(s.ObservedMinutes), strings.Join(parts, " + "), toBill(s.Hours, s.Amount))
}

func hm(minutes int64) string { return fmt.Sprintf("%dh%02d", minutes/60, minutes%60) }

func toBill(hours, amount string) string {
	if amount == "" {
		return hours + " to bill"
	}
	return hours + " to bill · " + amount
}

// hours shows an entry's hours, with a mark where some of them were estimated.
func hours(d app.DraftView) string {
	if d.Estimated {
		return d.Hours + " ≈"
	}
	return d.Hours
}

// short is the end of an entry's id, enough to tell a day's drafts apart; every
// command that takes an id takes it.
// rowOr returns what a row of mail has in common, as "other mail, 14 messages",
// and of any other draft its narrative.
func rowOr(x app.DraftView) string {
	if x.Row == nil || x.Row.Messages == 1 || x.Row.By == "conversation" {
		return oneLine(x.Narrative)
	}
	return fmt.Sprintf("%s, %d messages", oneLine(x.Row.Title), x.Row.Messages)
}

func short(d app.DraftView) string { return ending(d.ID) }

// ending is what a person types of an id.
func ending(id string) string { return id[max(0, len(id)-6):] }

func between(d app.DraftView) string {
	if d.Start == "" {
		return ""
	}
	start, err1 := time.Parse(time.RFC3339, d.Start)
	end, err2 := time.Parse(time.RFC3339, d.End)
	if err1 != nil || err2 != nil {
		return ""
	}
	return start.Format("15:04") + "–" + end.Format("15:04")
}

func codes(d app.DraftView) string {
	return strings.Trim(d.TaskCode+" "+d.ActivityCode, " ")
}

func doneAs(d app.DraftView) string {
	switch {
	case d.Private:
		return "private"
	case d.RemoteID != "":
		return "posted as " + d.RemoteID
	case d.Posting == "needs_you":
		return "approved; posting needs you: " + d.Message
	}
	return d.State
}

func (r *root) entry() *cobra.Command {
	return r.group("entry", "Change a draft", r.entryEdit(), r.entryAccept(), r.entryDay(), r.entryAttend(), r.entrySplit(), r.entryMerge(), r.entryEvidence(), r.entryTake(), r.entrySafe(), r.entryDiscard(), r.entryUndo())
}

func (r *root) entryEdit() *cobra.Command {
	var matter, narrative, task, activity string
	var minutes int64
	cmd := &cobra.Command{
		Use: "edit ID", Short: "Change a draft's matter, narrative, minutes or codes", Args: args(1, 1, "ID [--matter N] [--narrative T] [--minutes M] [--task C] [--activity C]"),
	}
	cmd.Flags().StringVar(&matter, "matter", "", "the matter's number; empty takes the matter away")
	cmd.Flags().StringVar(&narrative, "narrative", "", "the narrative")
	cmd.Flags().Int64Var(&minutes, "minutes", 0, "the minutes to bill")
	cmd.Flags().StringVar(&task, "task", "", "the UTBMS task code; empty takes it away")
	cmd.Flags().StringVar(&activity, "activity", "", "the UTBMS activity code; empty takes it away")
	cmd.RunE = r.with(func(ctx context.Context, p *app.Practice, args []string) error {
		var change app.Edit
		if cmd.Flags().Changed("matter") {
			change.Matter = &matter
		}
		if cmd.Flags().Changed("narrative") {
			change.Narrative = &narrative
		}
		if cmd.Flags().Changed("minutes") {
			change.Minutes = &minutes
		}
		if cmd.Flags().Changed("task") {
			change.Task = &task
		}
		if cmd.Flags().Changed("activity") {
			change.Activity = &activity
		}
		if change == (app.Edit{}) {
			return misuse{fmt.Errorf("say what to change: --matter N, --narrative T, --minutes M, --task C or --activity C")}
		}
		id, err := app.Review{Practice: p}.Find(ctx, args[0])
		if err != nil {
			return err
		}
		if err := (app.Review{Practice: p}).Edit(ctx, id, change); err != nil {
			return err
		}
		return r.printEntry(ctx, p, id)
	})
	return cmd
}

func (r *root) entryDiscard() *cobra.Command {
	return &cobra.Command{
		Use: "discard ID", Short: "Set a draft aside: it is not billed and does not come back", Args: args(1, 1, "ID"),
		RunE: r.entryDo(app.Review.Discard),
	}
}

func (r *root) entryUndo() *cobra.Command {
	return &cobra.Command{
		Use: "undo", Short: "Take the latest change of a draft back", Args: args(0, 0, ""),
		RunE: r.with(func(ctx context.Context, p *app.Practice, _ []string) error {
			what, err := app.Review{Practice: p}.Undo(ctx)
			if err != nil {
				return err
			}
			return r.print(map[string]string{"undone": what}, func(w io.Writer) { fmt.Fprintf(w, "Took back the %s.\n", what) })
		}),
	}
}

func (r *root) printEntry(ctx context.Context, p *app.Practice, id billing.EntryID) error {
	d, err := app.Review{Practice: p}.Entry(ctx, id)
	if err != nil {
		return err
	}
	return r.print(d, func(w io.Writer) {
		fmt.Fprintf(w, "%s  %s  %s  %s  %s\n", short(d), hours(d), d.Matter, oneLine(d.Narrative), d.State)
	})
}
