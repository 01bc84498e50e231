package cli

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/tenths/tenths/app"
)

func (r *root) note() *cobra.Command {
	var day string
	var dry, takeDay bool
	cmd := dayFlag(&cobra.Command{
		Use: "note TEXT", Short: "Say what you did; each piece of work becomes a draft", Args: args(1, -1, "TEXT [--day D] [--take-day] [--dry-run]"),
		Long: "Say it as you would to a secretary, with how long it took or when it was:\n" +
			"  tenths note 0.3 call with opposing counsel re discovery\n" +
			"  tenths note half an hour with the client on the lease, then one point two drafting the guaranty\n" +
			"  tenths note for Rivera: 20 min call with expert, 1h30 research on standing\n" +
			"  tenths note 14:00-14:30 call with expert\n" +
			"Durations of today end now, the last part last. For another day without clock times a draft bills what\n" +
			"you said and takes no place in that day. What you did not say is asked for, never made up: a part\n" +
			"without a duration has no minutes. A day that the words name, as yesterday, Monday or 11/17, is asked for:\n" +
			"the draft is of the day noted until tenths entry day moves it; --take-day does that at once. With --dry-run\n" +
			"nothing is kept.",
		RunE: r.with(func(ctx context.Context, p *app.Practice, args []string) error {
			d, err := parseDay(day)
			if err != nil {
				return err
			}
			notes := app.Notes{Practice: p}
			take := notes.Take
			switch {
			case dry:
				take = notes.Read
			case takeDay:
				take = notes.TakeOnNamedDays
			}
			parts, err := take(ctx, strings.Join(args, " "), d)
			if err != nil {
				return err
			}
			return r.print(parts, func(w io.Writer) {
				for _, v := range parts {
					printNote(w, v, dry)
				}
			})
		}),
	}, &day)
	cmd.Flags().BoolVar(&takeDay, "take-day", false, "put the work on the day that the words name")
	cmd.Flags().BoolVar(&dry, "dry-run", false, "show how it is understood and keep nothing")
	return cmd
}

// printNote says how a part was understood, what became of it and what it lacks.
func printNote(w io.Writer, v app.NotePart, dry bool) {
	verb := "Noted"
	if dry {
		verb = "Would note"
	}
	fmt.Fprintf(w, "%s on %s%s: %s\n", verb, v.Day, toldWhen(v), oneLine(v.Narrative))
	switch {
	case dry && v.Matter != "":
		fmt.Fprintf(w, "  on matter %s\n", v.Matter)
	case dry:
	case v.Draft == "":
		fmt.Fprintln(w, "  Other notes or timers hold all of that time, so it is no draft of its own.")
	case v.Needs != "":
		fmt.Fprintf(w, "  The draft %s needs you: %s.\n", short(app.DraftView{ID: v.Draft}), v.Needs)
	default:
		fmt.Fprintf(w, "  The draft %s is on matter %s.\n", short(app.DraftView{ID: v.Draft}), v.Matter)
	}
	for _, question := range v.Asks {
		fmt.Fprintf(w, "  ? %s\n", question)
	}
	if v.NamedDay != "" && v.Draft != "" {
		fmt.Fprintf(w, "  To move it to %s: tenths entry day %s\n", v.NamedDay, short(app.DraftView{ID: v.Draft}))
	}
}

// toldWhen says when a part was and how long it took, as far as that was said.
func toldWhen(v app.NotePart) string {
	text := ""
	if v.Start != nil {
		start, _ := time.Parse(time.RFC3339, *v.Start)
		text = " at " + start.Format("15:04")
		if v.End != nil {
			end, _ := time.Parse(time.RFC3339, *v.End)
			return " from " + start.Format("15:04") + " to " + end.Format("15:04")
		}
	}
	if v.WorkedSeconds != nil {
		about := ""
		if v.Estimated {
			about = "about "
		}
		text += ", " + about + hms(*v.WorkedSeconds)
	}
	return text
}
