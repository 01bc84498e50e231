package cli

import (
	"context"
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
)

func (r *root) entrySplit() *cobra.Command {
	var narratives, matters []string
	cmd := &cobra.Command{
		Use: "split ID MINUTES MINUTES…", Short: "Divide a draft into parts whose minutes sum to its own",
		Args: args(3, -1, "ID MINUTES MINUTES… [--narrative T]… [--matter N]…"),
		Long: "Each --narrative and each --matter goes to the next part, the first to the first;\n" +
			"an empty one, or none, keeps what the draft has.",
	}
	cmd.Flags().StringArrayVar(&narratives, "narrative", nil, "the narrative of a part")
	cmd.Flags().StringArrayVar(&matters, "matter", nil, "the number of a part's matter")
	cmd.RunE = r.with(func(ctx context.Context, p *app.Practice, args []string) error {
		parts := make([]app.PartEdit, len(args)-1)
		for i, a := range args[1:] {
			n, err := strconv.ParseInt(a, 10, 64)
			if err != nil || n < 1 {
				return misuse{fmt.Errorf("%q is no number of minutes", a)}
			}
			parts[i].Minutes = n
			if i < len(narratives) {
				parts[i].Narrative = narratives[i]
			}
			if i < len(matters) {
				parts[i].Matter = matters[i]
			}
		}
		if len(narratives) > len(parts) || len(matters) > len(parts) {
			return misuse{fmt.Errorf("there are %d parts, and more narratives or matters than that", len(parts))}
		}
		review := app.Review{Practice: p}
		id, err := review.Find(ctx, args[0])
		if err != nil {
			return err
		}
		made, err := review.Split(ctx, id, parts)
		if err != nil {
			return err
		}
		return r.printEntries(ctx, p, made)
	})
	return cmd
}

func (r *root) entryMerge() *cobra.Command {
	return &cobra.Command{
		Use: "merge ID ID…", Short: "Make one draft of several of one day and matter", Args: args(2, -1, "ID ID…"),
		RunE: r.with(func(ctx context.Context, p *app.Practice, args []string) error {
			review := app.Review{Practice: p}
			ids := make([]billing.EntryID, len(args))
			for i, a := range args {
				var err error
				if ids[i], err = review.Find(ctx, a); err != nil {
					return err
				}
			}
			if err := review.Merge(ctx, ids); err != nil {
				return err
			}
			return r.printEntry(ctx, p, ids[0])
		}),
	}
}

func (r *root) entryAttend() *cobra.Command {
	return &cobra.Command{
		Use: "attend ID", Short: "Say that you were in a meeting all along, whatever else was seen within it", Args: args(1, 1, "ID"),
		Long: "Where other work was seen within a meeting, the work has its time until you say otherwise:\n" +
			"attend gives the meeting all of its time, accept leaves it with the work.",
		RunE: r.entryDo(app.Review.Attend),
	}
}

func (r *root) entryDay() *cobra.Command {
	return &cobra.Command{
		Use: "day ID", Short: "Move a draft to the day that its note names, such as yesterday", Args: args(1, 1, "ID"),
		Long: "A note that says yesterday, Monday or 11/17 asks for that day: day moves its draft there, among what\n" +
			"that day holds already; accept leaves it on the day it was noted. Undo moves it back.",
		RunE: r.with(func(ctx context.Context, p *app.Practice, args []string) error {
			id, err := app.Review{Practice: p}.Find(ctx, args[0])
			if err != nil {
				return err
			}
			moved, err := app.Notes{Practice: p}.TakeDay(ctx, id)
			if err != nil {
				return err
			}
			return r.print(moved, func(w io.Writer) {
				fmt.Fprintf(w, "The draft is %s now, on %s.\n", short(moved), moved.Day)
			})
		}),
	}
}

func (r *root) entryAccept() *cobra.Command {
	return &cobra.Command{
		Use: "accept ID", Short: "Mark a draft as looked at and right", Args: args(1, 1, "ID"),
		RunE: r.entryDo(app.Review.Accept),
	}
}

func (r *root) entrySafe() *cobra.Command {
	return &cobra.Command{
		Use: "safe ID", Short: "Word a draft without names and subjects, for a bill that others may see", Args: args(1, 1, "ID"),
		RunE: r.entryDo(app.Review.Safe),
	}
}

// entryDo returns a command that does one thing to a draft.
func (r *root) entryDo(do func(app.Review, context.Context, billing.EntryID) error) func(*cobra.Command, []string) error {
	return r.with(func(ctx context.Context, p *app.Practice, args []string) error {
		id, err := app.Review{Practice: p}.Find(ctx, args[0])
		if err != nil {
			return err
		}
		if err := do(app.Review{Practice: p}, ctx, id); err != nil {
			return err
		}
		return r.printEntry(ctx, p, id)
	})
}

func (r *root) printEntries(ctx context.Context, p *app.Practice, ids []billing.EntryID) error {
	list := make([]app.DraftView, len(ids))
	for i, id := range ids {
		var err error
		if list[i], err = (app.Review{Practice: p}).Entry(ctx, id); err != nil {
			return err
		}
	}
	return r.print(list, func(w io.Writer) {
		for _, d := range list {
			fmt.Fprintf(w, "%s  %s  %s  %s  %s\n", short(d), hours(d), d.Matter, oneLine(d.Narrative), d.State)
		}
	})
}
