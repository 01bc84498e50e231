package cli

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
)

func (r *root) entryEvidence() *cobra.Command {
	return &cobra.Command{
		Use: "evidence ID", Short: "List what a draft rests on", Args: args(1, 1, "ID"),
		RunE: r.with(func(ctx context.Context, p *app.Practice, args []string) error {
			_, seen, err := evidence(ctx, app.Review{Practice: p}, args[0])
			if err != nil {
				return err
			}
			return r.print(seen, func(w io.Writer) {
				tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
				defer tw.Flush()
				for _, o := range seen {
					fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\n", ending(o.ID), atMinute(o.Start), o.Kind, oneLine(strings.Join(o.With, " ")), oneLine(o.Subject))
				}
			})
		}),
	}
}

func (r *root) entryTake() *cobra.Command {
	var to app.Destination
	cmd := &cobra.Command{
		Use: "take ID EVIDENCE…", Short: "Decide about some of what a draft rests on", Args: args(2, -1, "ID EVIDENCE… --matter N | --aside | --private"),
		Long: "Takes messages out of a row of mail and puts them where they belong, with the time that is theirs;\n" +
			"the rest is drafted anew. tenths entry evidence ID lists them. To decide about all of a draft, use\n" +
			"tenths entry edit ID --matter N or tenths entry discard ID.",
	}
	cmd.Flags().StringVar(&to.Matter, "matter", "", "the number of the matter that they belong to")
	cmd.Flags().BoolVar(&to.Aside, "aside", false, "set them aside: they are no work")
	cmd.Flags().BoolVar(&to.Private, "private", false, "they are your own time")
	cmd.RunE = r.with(func(ctx context.Context, p *app.Practice, args []string) error {
		review := app.Review{Practice: p}
		id, seen, err := evidence(ctx, review, args[0])
		if err != nil {
			return err
		}
		taken := make([]billing.ObservationID, len(args)-1)
		for i, text := range args[1:] {
			if taken[i], err = findEvidence(seen, text); err != nil {
				return err
			}
		}
		if id, err = review.TakeOut(ctx, id, taken, to); err != nil {
			return err
		}
		return r.printEntry(ctx, p, id)
	})
	return cmd
}

// evidence returns the draft that text names, and what it rests on of its day.
func evidence(ctx context.Context, review app.Review, text string) (billing.EntryID, []app.ObservationView, error) {
	id, err := review.Find(ctx, text)
	if err != nil {
		return "", nil, err
	}
	e, err := review.Entry(ctx, id)
	if err != nil {
		return "", nil, err
	}
	day, err := billing.ParseDay(e.Day)
	if err != nil {
		return "", nil, err
	}
	v, err := review.Day(ctx, day)
	seen := slices.DeleteFunc(v.Observed, func(o app.ObservationView) bool { return !slices.Contains(e.Evidence, o.ID) })
	return id, seen, err
}

// findEvidence returns the observation whose id is text or ends with it.
func findEvidence(seen []app.ObservationView, text string) (id billing.ObservationID, err error) {
	for _, o := range seen {
		if !strings.HasSuffix(strings.ToUpper(o.ID), strings.ToUpper(text)) {
			continue
		}
		if id != "" {
			return "", &billing.Error{Kind: billing.Invalid, Msg: "several ids end in " + text + "; give more of it"}
		}
		id = billing.ObservationID(o.ID)
	}
	if id == "" {
		return "", &billing.Error{Kind: billing.NotFound, Msg: "the draft does not rest on " + text + "; tenths entry evidence lists what it rests on"}
	}
	return id, nil
}

// atMinute writes an instant of the day as a clock shows it.
func atMinute(instant string) string {
	t, err := time.Parse(time.RFC3339, instant)
	if err != nil {
		return ""
	}
	return t.Format("15:04")
}
