package cli

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
)

// folded returns the commands for mail that many got, or that a machine sent.
func (r *root) folded() *cobra.Command {
	return r.group("folded", "Mail that many got or a machine sent: no work until you say so", r.foldedList(), r.foldedKeep(), r.foldedFold())
}

func (r *root) foldedList() *cobra.Command {
	var day string
	return dayFlag(&cobra.Command{
		Use: "list", Short: "List what of a day's mail is folded, and why", Args: args(0, 0, "[--day D]"),
		Long: "Courts, colleagues, the organizations of your matters and whoever you write to are never folded by\nthemselves. Any message can be kept, and is drafted then as if it had never been folded.",
		RunE: r.with(func(ctx context.Context, p *app.Practice, _ []string) error {
			d, err := dayOr(ctx, p, day)
			if err != nil {
				return err
			}
			v, err := app.Review{Practice: p}.Day(ctx, d)
			if err != nil {
				return err
			}
			return r.print(v.Folded, func(w io.Writer) { printFolded(w, v) })
		}),
	}, &day)
}

func printFolded(w io.Writer, v app.DayView) {
	if len(v.Folded) == 0 {
		fmt.Fprintln(w, "Nothing is folded.")
		return
	}
	subjects := map[string]string{}
	for _, o := range v.Observed {
		subjects[o.ID] = o.Subject
	}
	for _, f := range v.Folded {
		fmt.Fprintf(w, "%s: %s\n", oneLine(f.Sender), f.Reason)
		for _, id := range f.Observations {
			fmt.Fprintf(w, "  %s  %s\n", ending(id), oneLine(subjects[id]))
		}
	}
}

func (r *root) foldedKeep() *cobra.Command {
	return r.refold("keep", "Say that folded messages are work: they are drafted", app.Review.Unfold, "Kept %s; it is drafted as if it had never been folded.\n", "Kept %s; they are drafted as if they had never been folded.\n")
}

func (r *root) foldedFold() *cobra.Command {
	return r.refold("fold", "Fold messages: they are no work", app.Review.Fold, "Folded %s.\n", "Folded %s.\n")
}

func (r *root) refold(use, short string, do func(app.Review, context.Context, ...billing.ObservationID) error, one, many string) *cobra.Command {
	var day string
	return dayFlag(&cobra.Command{
		Use: use + " ID...", Short: short, Args: args(1, 1000, "ID... [--day D]"),
		RunE: r.with(func(ctx context.Context, p *app.Practice, texts []string) error {
			d, err := dayOr(ctx, p, day)
			if err != nil {
				return err
			}
			review := app.Review{Practice: p}
			ids, err := review.FindMessages(ctx, d, texts...)
			if err != nil {
				return err
			}
			if err := do(review, ctx, ids...); err != nil {
				return err
			}
			return r.print(ids, func(w io.Writer) {
				said := many
				if len(ids) == 1 {
					said = one
				}
				fmt.Fprintf(w, said, count(len(ids), "message", "messages"))
			})
		}),
	}, &day)
}
