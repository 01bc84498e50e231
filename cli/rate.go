package cli

import (
	"context"
	"fmt"
	"io"
	"slices"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
)

func (r *root) rate() *cobra.Command {
	return r.group("rate", "What an hour costs, and from which day on", r.rateList(), r.rateSet())
}

func (r *root) rateList() *cobra.Command {
	var matter string
	cmd := &cobra.Command{
		Use: "list", Short: "List all rates that ever held", Args: args(0, 0, "[--matter NUMBER]"),
		RunE: r.with(func(ctx context.Context, p *app.Practice, _ []string) error {
			list, err := app.Rates{Practice: p}.List(ctx)
			if err != nil {
				return err
			}
			if matter != "" {
				list = slices.DeleteFunc(list, func(v app.RateView) bool { return v.Matter != matter })
			}
			return r.print(list, func(w io.Writer) { printRates(w, list) })
		}),
	}
	cmd.Flags().StringVar(&matter, "matter", "", "only those of the matter with that number")
	return cmd
}

func printRates(w io.Writer, list []app.RateView) {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, v := range list {
		whose, from, rate, note := v.Matter, v.From, v.Rate, ""
		if whose == "" {
			whose = "yours"
		}
		if from == "" {
			from = "always"
		}
		if rate == "" {
			rate = "none of its own"
		}
		switch {
		case v.Replaced:
			note = "corrected since"
		case v.Until != "":
			note = "until " + v.Until
		}
		fmt.Fprintf(tw, "%s\tfrom %s\t%s\t%s\n", whose, from, rate, note)
	}
	_ = tw.Flush()
}

func (r *root) rateSet() *cobra.Command {
	var matter, from string
	cmd := &cobra.Command{
		Use: "set RATE", Short: "Set your rate, or a matter's, from a day on", Args: args(1, 1, "RATE|none [--matter NUMBER] [--from DATE]"),
		Long: "Work of earlier days keeps the rate of its day, whenever it is approved, and what is approved keeps its rate.\n" +
			"\"none\" ends a matter's own rate: yours holds again. A mistake is corrected by another rate from the same day.",
		RunE: r.with(func(ctx context.Context, p *app.Practice, args []string) error {
			t, err := p.Timekeeper(ctx)
			if err != nil {
				return err
			}
			var price billing.Money
			if args[0] != "none" {
				if price, err = billing.ReadMoney(args[0], t.Home()); err != nil {
					return err
				}
			}
			first, err := parseFrom(from)
			if err != nil {
				return err
			}
			rates := app.Rates{Practice: p}
			if err := rates.Set(ctx, matter, price, first); err != nil {
				return err
			}
			list, err := rates.List(ctx)
			if err != nil {
				return err
			}
			list = slices.DeleteFunc(list, func(v app.RateView) bool { return v.Matter != matter })
			return r.print(list, func(w io.Writer) { printRates(w, list) })
		}),
	}
	cmd.Flags().StringVar(&matter, "matter", "", "the matter with that number; without it, your own rate")
	fromFlag(cmd, &from)
	return cmd
}

// fromFlag adds --from to cmd.
func fromFlag(cmd *cobra.Command, from *string) {
	cmd.Flags().StringVar(from, "from", "", "the first day on which the rate holds, YYYY-MM-DD, or always (default: today)")
}

// parseFrom reads --from: nil where nothing was said, the zero day for always.
func parseFrom(s string) (*billing.Day, error) {
	switch s {
	case "":
		return nil, nil
	case "always":
		return &billing.Day{}, nil
	}
	d, err := billing.ParseDay(s)
	return &d, err
}
