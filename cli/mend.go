package cli

import (
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
)

func (r *root) mend() *cobra.Command {
	return &cobra.Command{
		Use: "fix ID [GUIDELINE/RULE]", Short: "Apply the proposed fix of a finding to a draft", Args: args(1, 2, "ID [GUIDELINE/RULE]"),
		Long: "Applies the first fix that is proposed for the draft, or that for the rule. A fix never changes how much\n" +
			"time there is, and tenths entry undo takes it back.",
		RunE: r.with(func(ctx context.Context, p *app.Practice, args []string) error {
			id, err := app.Review{Practice: p}.Find(ctx, args[0])
			if err != nil {
				return err
			}
			rule := ""
			if len(args) == 2 {
				rule = args[1]
			}
			f, err := proposed(ctx, p, id, rule)
			if err != nil {
				return err
			}
			of := app.FixOf{Guideline: f.Guideline, Rule: f.Rule}
			if f.Span != nil {
				of.From = f.Span.From
			}
			if err := (app.Checks{Practice: p}).Mend(ctx, id, of); err != nil {
				return err
			}
			return r.print(f.Fix, func(w io.Writer) {
				fmt.Fprintf(w, "%s: done.\n", f.Fix.Label)
				for _, part := range f.Fix.Parts {
					fmt.Fprintf(w, "  %s h%s  %s\n", part.Hours, unpaid(part), oneLine(part.Narrative))
				}
			})
		}),
	}
}

// proposed returns the first finding on a draft that has a fix; of rule, where
// that is not empty.
func proposed(ctx context.Context, p *app.Practice, id billing.EntryID, rule string) (app.FindingView, error) {
	draft, err := app.Review{Practice: p}.Entry(ctx, id)
	if err != nil {
		return app.FindingView{}, err
	}
	day, err := billing.ParseDay(draft.Day)
	if err != nil {
		return app.FindingView{}, err
	}
	v, err := app.Checks{Practice: p}.Day(ctx, day)
	if err != nil {
		return app.FindingView{}, err
	}
	for _, f := range v.Findings {
		if f.Entry == string(id) && f.Fix != nil && (rule == "" || rule == f.Guideline+"/"+f.Rule) {
			return f, nil
		}
	}
	return app.FindingView{}, &billing.Error{Kind: billing.NotFound, Msg: "no fix is proposed for this draft; tenths check --day " + draft.Day + " says what is wrong and asks what only you know"}
}
