package cli

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/tenths/tenths/app"
)

func (r *root) timer() *cobra.Command {
	cmd := r.group("timer", "Stopwatches: several, of which one runs",
		r.timerStart(),
		r.timerChange("switch ID", "Have a paused timer run again; the one that runs is paused", false, app.Timers.Switch),
		r.timerChange("stop [ID]", "Stop the timer that runs, or the one named; its time is drafted", true, app.Timers.Stop),
		r.timerList(),
		r.timerChange("keep ID", "Count what a timer left out while the computer slept or was restarted", false, app.Timers.Keep),
		r.timerChange("discard ID", "Throw a timer away with all its time", false, app.Timers.Discard))
	cmd.Long = "A timer's start is stored at once: it survives a crash and a power cut. Time in which the computer\n" +
		"slept is not counted unless you keep it. On Linux every command notices sleep; on macOS and Windows\n" +
		"only the window and tenths capture do, while they run."
	return cmd
}

func (r *root) timerStart() *cobra.Command {
	var matter string
	cmd := &cobra.Command{
		Use: "start [LABEL]", Short: "Start a timer; the one that runs is paused", Args: args(0, -1, "[LABEL] [--matter N]"),
		RunE: r.with(func(ctx context.Context, p *app.Practice, args []string) error {
			v, err := app.Timers{Practice: p}.Start(ctx, strings.Join(args, " "), matter)
			return r.printTimer(v, err)
		}),
	}
	cmd.Flags().StringVar(&matter, "matter", "", "the matter's number")
	return cmd
}

// timerChange returns a command that does one thing to a timer; with optional
// its id may be left out.
func (r *root) timerChange(use, short string, optional bool, do func(app.Timers, context.Context, int64) (app.TimerView, error)) *cobra.Command {
	_, usage, _ := strings.Cut(use, " ")
	least := 1
	if optional {
		least = 0
	}
	return &cobra.Command{
		Use: use, Short: short, Args: args(least, 1, usage),
		RunE: r.with(func(ctx context.Context, p *app.Practice, args []string) error {
			id := int64(0)
			if len(args) > 0 {
				var err error
				if id, err = strconv.ParseInt(args[0], 10, 64); err != nil || id < 1 {
					return misuse{fmt.Errorf("%q is no timer; give its number from tenths timer list", args[0])}
				}
			}
			v, err := do(app.Timers{Practice: p}, ctx, id)
			return r.printTimer(v, err)
		}),
	}
}

func (r *root) timerList() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the timers that run, are paused, or were stopped today", Args: args(0, 0, ""),
		RunE: r.with(func(ctx context.Context, p *app.Practice, _ []string) error {
			list, err := app.Timers{Practice: p}.List(ctx)
			if err != nil {
				return err
			}
			return r.print(list, func(w io.Writer) { printTimers(w, list...) })
		}),
	}
}

func (r *root) printTimer(v app.TimerView, err error) error {
	if err != nil {
		return err
	}
	return r.print(v, func(w io.Writer) { printTimers(w, v) })
}

func printTimers(w io.Writer, list ...app.TimerView) {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, v := range list {
		fmt.Fprintf(tw, "%d\t%s\t%s\t%s\t%s\t%s\n", v.ID, v.State, hms(v.Seconds), ran(v), v.Matter, v.Label)
	}
	_ = tw.Flush()
	for _, v := range list {
		ask := false
		for _, a := range v.Asleep {
			fmt.Fprintf(w, "%d: %s\n", v.ID, a.Says)
			ask = ask || a.CanKeep
		}
		if ask && v.State != "discarded" {
			fmt.Fprintf(w, "   tenths timer keep %d counts it after all\n", v.ID)
		}
	}
}

func hms(seconds int64) string {
	return fmt.Sprintf("%d:%02d:%02d", seconds/3600, seconds/60%60, seconds%60)
}

// ran says when a timer ran: from its start, and to the end of its last segment
// unless that runs still.
func ran(v app.TimerView) string {
	if len(v.Segments) == 0 {
		return ""
	}
	start, err := time.Parse(time.RFC3339, v.Segments[0].Start)
	if err != nil {
		return ""
	}
	text := start.Format("15:04") + "–"
	if end, err := time.Parse(time.RFC3339, v.Segments[len(v.Segments)-1].End); err == nil && v.State != "running" {
		text += end.Format("15:04")
	}
	return text
}
