package cli

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
)

func (r *root) stats() *cobra.Command {
	var from, to string
	cmd := &cobra.Command{
		Use: "stats", Short: "Say how good the drafts were: approved untouched, changed, time to review", Args: args(0, 0, "[--from D] [--to D]"),
		Long: "Without --from, of the last 30 days. The figures are for your own eyes: they are counted on this machine\n" +
			"and go nowhere.",
		RunE: r.with(func(ctx context.Context, p *app.Practice, _ []string) error {
			last, err := dayOr(ctx, p, to)
			if err != nil {
				return err
			}
			first := last.Add(-29)
			if from != "" {
				if first, err = billing.ParseDay(from); err != nil {
					return misuse{err}
				}
			}
			view, err := app.Stats{Practice: p}.Between(ctx, first, last)
			if err != nil {
				return err
			}
			return r.print(view, func(w io.Writer) { printStats(w, view) })
		}),
	}
	cmd.Flags().StringVar(&from, "from", "", "first work date, YYYY-MM-DD")
	cmd.Flags().StringVar(&to, "to", "", "last work date, YYYY-MM-DD; today when left out")
	return cmd
}

func printStats(w io.Writer, v app.StatsView) {
	if v.Approved == 0 && v.Discarded == 0 {
		fmt.Fprintf(w, "Nothing was approved from %s to %s.\n", v.From, v.To)
		return
	}
	fmt.Fprintf(w, "From %s to %s you approved %s, %d of them (%.0f %%) exactly as drafted.\n",
		v.From, v.To, count(v.Approved, "entry", "entries"), v.Untouched, 100*v.UntouchedShare)
	fmt.Fprintf(w, "  narrative changed  %d", v.Narratives)
	if v.Narratives > 0 {
		fmt.Fprintf(w, ", half of them by %.0f %% of the letters or less", 100*v.EditShare)
	}
	fmt.Fprintf(w, "\n  matter changed     %d\n  minutes changed    %d\n  drafts discarded   %d\n", v.Matters, v.Minutes, v.Discarded)
	if v.Days > 0 {
		fmt.Fprintf(w, "Deciding took %d min %02d s on the middle one of %s.\n", v.ReviewSeconds/60, v.ReviewSeconds%60, count(v.Days, "day", "days"))
	}
}
