package cli

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/tenths/tenths/app"
)

func (r *root) learned() *cobra.Command {
	return r.group("learned", "What Tenths learned about where your work belongs", r.learnedShow(), r.learnedForget())
}

func (r *root) learnedShow() *cobra.Command {
	return &cobra.Command{
		Use: "show", Short: "Say how much was learned, and how sure a matter must be", Args: args(0, 0, ""),
		RunE: r.with(func(ctx context.Context, p *app.Practice, _ []string) error {
			v, err := app.Learning{Practice: p}.Status(ctx)
			if err != nil {
				return err
			}
			return r.print(v, func(w io.Writer) {
				if v.Lessons == 0 {
					fmt.Fprintln(w, "Nothing was learned yet. Each draft that you accept, change or approve teaches.")
					return
				}
				fmt.Fprintf(w, "Learned from %s. A matter is assigned from %.0f %% on; under it you are asked.\n",
					count(v.Lessons, "observation", "observations"), 100*min(v.Threshold, 1))
			})
		}),
	}
}

func (r *root) learnedForget() *cobra.Command {
	var matter string
	var all bool
	cmd := &cobra.Command{
		Use: "forget", Short: "Forget what was learned about a matter, or all of it", Args: args(0, 0, "--matter N | --all"),
		Long: "What you decided about entries stays; only what Tenths concluded from it goes.",
		RunE: r.with(func(ctx context.Context, p *app.Practice, _ []string) error {
			if all == (matter != "") {
				return misuse{fmt.Errorf("say what to forget: --matter N or --all")}
			}
			if err := (app.Learning{Practice: p}).Forget(ctx, matter); err != nil {
				return err
			}
			what := "everything"
			if matter != "" {
				what = "what was learned about " + matter
			}
			return r.print(map[string]string{"forgotten": what}, func(w io.Writer) { fmt.Fprintf(w, "Forgot %s.\n", what) })
		}),
	}
	cmd.Flags().StringVar(&matter, "matter", "", "the matter's number")
	cmd.Flags().BoolVar(&all, "all", false, "everything")
	return cmd
}
