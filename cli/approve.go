package cli

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
)

func (r *root) approve() *cobra.Command {
	var day, digest string
	var preview bool
	cmd := dayFlag(&cobra.Command{
		Use: "approve [ID…]", Short: "Approve a day's drafts: they are frozen and on their way", Args: args(0, -1, "--day D [--preview | --digest N] [ID…]"),
		RunE: r.with(func(ctx context.Context, p *app.Practice, args []string) error {
			review := app.Review{Practice: p}
			d, err := dayOr(ctx, p, day)
			if err != nil {
				return err
			}
			ids := make([]billing.EntryID, len(args))
			for i, a := range args {
				if ids[i], err = review.Find(ctx, a); err != nil {
					return err
				}
			}
			if preview {
				view, err := review.Preview(ctx, d, ids...)
				if err != nil {
					return err
				}
				return r.print(view, func(w io.Writer) { printPreview(w, view) })
			}
			view, err := review.Approve(ctx, d, ids, digest)
			if err != nil {
				return err
			}
			return r.print(view, func(w io.Writer) { printApproval(w, view) })
		}),
	}, &day)
	cmd.Flags().BoolVar(&preview, "preview", false, "show exactly what would be frozen, and its name; approve nothing")
	cmd.Flags().StringVar(&digest, "digest", "", "approve only what a preview of that name showed; nothing if anything has changed since")
	cmd.MarkFlagsMutuallyExclusive("preview", "digest")
	return cmd
}

func printPreview(w io.Writer, v app.ApprovalView) {
	if v.Count == 0 {
		printApproval(w, v)
		return
	}
	fmt.Fprintf(w, "%s of %s: %s.\n", count(v.Count, "entry", "entries"), v.Day, toBill(v.Hours, v.Amount))
	for _, g := range v.Groups {
		fmt.Fprintf(w, "  %s  %s\n", g.Matter.Number, g.Matter.Name)
		for _, d := range g.Drafts {
			fmt.Fprintf(w, "    %s  %s  %s  %s\n", short(d), hours(d), price(d), oneLine(d.Narrative))
		}
	}
	printBehind(w, v)
	fmt.Fprintf(w, "Approve just that: tenths approve --day %s --digest %s\n", v.Day, v.Digest)
}

// price says at what rate an entry is billed and what it comes to.
func price(d app.DraftView) string {
	switch {
	case d.NonBillable:
		return "not billed"
	case d.Rate == "":
		return "no rate"
	}
	return d.Rate + " an hour = " + d.Amount
}

func printApproval(w io.Writer, v app.ApprovalView) {
	if v.Count == 0 {
		fmt.Fprintf(w, "Nothing to approve on %s", v.Day)
		if v.Left > 0 {
			fmt.Fprintf(w, "; %s you first (tenths draft --day %s)", count(v.Left, "draft needs", "drafts need"), v.Day)
		}
		fmt.Fprintln(w, ".")
		return
	}
	fmt.Fprintf(w, "Approved %s of %s: %s.\n", count(v.Count, "entry", "entries"), v.Day, toBill(v.Hours, v.Amount))
	for _, g := range v.Groups {
		fmt.Fprintf(w, "  %s  %s  %s\n", g.Hours, g.Matter.Number, g.Matter.Name)
	}
	printBehind(w, v)
}

// printBehind says which drafts stay behind, and why.
func printBehind(w io.Writer, v app.ApprovalView) {
	if v.Left == 0 {
		return
	}
	fmt.Fprintf(w, "%s you.\n", count(v.Left, "draft stays behind; it needs", "drafts stay behind; they need"))
	for _, b := range v.Behind {
		fmt.Fprintf(w, "  %s  %s\n", ending(b.Draft), b.Why)
	}
}
