package cli

import (
	"context"
	"fmt"
	"io"
	"strconv"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
)

// policyFlag is a part of the drafting policy that can be set.
type policyFlag struct {
	name, what string
	get        func(*app.DraftingRules) string
	set        func(*app.DraftingRules, string) error
}

func (r *root) policy() *cobra.Command {
	parts := policyFlags()
	cmd := &cobra.Command{
		Use: "policy", Short: "Show how time is drafted and rounded; with flags, set it", Args: args(0, 0, "[flags]"),
		Long: "Days are drafted by the policy from then on. What you changed or accepted stays as it is, and what is\n" +
			"approved is final. Rounding is applied once, to the seconds worked.",
	}
	for _, f := range parts {
		cmd.Flags().String(f.name, "", f.what)
	}
	cmd.RunE = r.with(func(ctx context.Context, p *app.Practice, _ []string) error {
		now, err := p.DraftingPolicy(ctx)
		if err != nil {
			return err
		}
		if cmd.Flags().NFlag() > 0 {
			if err := setPolicy(cmd.Flags(), parts, &now); err != nil {
				return err
			}
			if err := p.SetDraftingPolicy(ctx, now); err != nil {
				return err
			}
		}
		return r.print(policyJSON(parts, now), func(w io.Writer) {
			tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
			for _, f := range parts {
				fmt.Fprintf(tw, "%s\t%s\t%s\n", f.name, f.get(&now), f.what)
			}
			_ = tw.Flush()
		})
	})
	return cmd
}

func setPolicy(flags *pflag.FlagSet, parts []policyFlag, to *app.DraftingRules) error {
	for _, f := range parts {
		if !flags.Changed(f.name) {
			continue
		}
		value, err := flags.GetString(f.name)
		if err != nil {
			return err
		}
		if err := f.set(to, value); err != nil {
			return misuse{fmt.Errorf("--%s %s: %w", f.name, value, err)}
		}
	}
	return nil
}

func policyJSON(parts []policyFlag, p app.DraftingRules) map[string]string {
	out := map[string]string{}
	for _, f := range parts {
		out[f.name] = f.get(&p)
	}
	return out
}

// policyFlags lists the parts of the policy, in the order in which they are shown.
func policyFlags() []policyFlag {
	return []policyFlag{
		choice("rounding", "up or nearest", func(p *app.DraftingRules) *billing.RoundingMode { return &p.Rounding.Mode }),
		whole("increment", "minutes to which time is rounded: 6 for tenths, 15 for quarters", func(p *app.DraftingRules) *int64 { return &p.Rounding.Increment }),
		choice("scope", "entry or matter-day: over what seconds are added before they are rounded", func(p *app.DraftingRules) *billing.RoundingScope { return &p.Rounding.Scope }),
		whole("minimum", "least minutes for any work at all", func(p *app.DraftingRules) *int64 { return &p.Rounding.Minimum }),
		choice("tie", "up or down: where nearest sends exactly half an increment", func(p *app.DraftingRules) *billing.TieRule { return &p.Rounding.Tie }),
		share("threshold", "confidence from which a matter is assigned, 0.5 to 1", func(p *app.DraftingRules) *float64 { return &p.Threshold }),
		whole("read-words", "words read a minute, for mail", func(p *app.DraftingRules) *int64 { return &p.ReadWords }),
		whole("write-words", "words written a minute, for mail", func(p *app.DraftingRules) *int64 { return &p.WriteWords }),
		length("least-read", "least time to read a message", func(p *app.DraftingRules) *time.Duration { return &p.LeastRead }),
		length("least-write", "least time to write a message", func(p *app.DraftingRules) *time.Duration { return &p.LeastWrite }),
		length("most-mail", "most time that one message is estimated at", func(p *app.DraftingRules) *time.Duration { return &p.MostMail }),
		length("save-reach", "how long before it a save vouches for work", func(p *app.DraftingRules) *time.Duration { return &p.SaveReach }),
		length("most-review", "most that a document counts that was open and never saved", func(p *app.DraftingRules) *time.Duration { return &p.MostReview }),
		length("alone", "from when on a conversation by mail has an entry of its own", func(p *app.DraftingRules) *time.Duration { return &p.Alone }),
		length("inside", "least work within a meeting that is asked about", func(p *app.DraftingRules) *time.Duration { return &p.Inside }),
		clock("day-start", "when a working day begins, by your clocks", func(p *app.DraftingRules) *time.Duration { return &p.DayStart }),
		clock("day-end", "when it ends; a longer calendar entry, or one over several days, is asked about", func(p *app.DraftingRules) *time.Duration { return &p.DayEnd }),
		length("most-draft", "most that one draft comes to without a question", func(p *app.DraftingRules) *time.Duration { return &p.MostDraft }),
		length("most-day", "most that one day comes to without a question", func(p *app.DraftingRules) *time.Duration { return &p.MostDay }),
		length("away", "from when on a stretch without a sign of you is time away", func(p *app.DraftingRules) *time.Duration { return &p.Away }),
	}
}

func choice[T ~string](name, what string, at func(*app.DraftingRules) *T) policyFlag {
	return policyFlag{name, what,
		func(p *app.DraftingRules) string { return string(*at(p)) },
		func(p *app.DraftingRules, v string) error { *at(p) = T(v); return nil }}
}

func whole(name, what string, at func(*app.DraftingRules) *int64) policyFlag {
	return policyFlag{name, what,
		func(p *app.DraftingRules) string { return strconv.FormatInt(*at(p), 10) },
		func(p *app.DraftingRules, v string) (err error) {
			*at(p), err = strconv.ParseInt(v, 10, 64)
			return plainly(err, "a whole number")
		}}
}

func share(name, what string, at func(*app.DraftingRules) *float64) policyFlag {
	return policyFlag{name, what,
		func(p *app.DraftingRules) string { return strconv.FormatFloat(*at(p), 'f', -1, 64) },
		func(p *app.DraftingRules, v string) (err error) {
			*at(p), err = strconv.ParseFloat(v, 64)
			return plainly(err, "a number such as 0.75")
		}}
}

func length(name, what string, at func(*app.DraftingRules) *time.Duration) policyFlag {
	return policyFlag{name, what,
		func(p *app.DraftingRules) string { return at(p).String() },
		func(p *app.DraftingRules, v string) (err error) {
			*at(p), err = time.ParseDuration(v)
			return plainly(err, "a length such as 90s, 6m or 1h30m")
		}}
}

// clock is a time of day, kept as what went by since midnight.
func clock(name, what string, at func(*app.DraftingRules) *time.Duration) policyFlag {
	return policyFlag{name, what,
		func(p *app.DraftingRules) string {
			minutes := int(*at(p) / time.Minute)
			return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60)
		},
		func(p *app.DraftingRules, v string) error {
			var hours, minutes int
			if n, err := fmt.Sscanf(v, "%d:%d", &hours, &minutes); err != nil || n != 2 || hours < 0 || hours > 24 || minutes < 0 || minutes > 59 {
				return fmt.Errorf("give a time of day such as 09:00")
			}
			*at(p) = time.Duration(hours*60+minutes) * time.Minute
			return nil
		}}
}

// plainly says what was wanted where a value cannot be read.
func plainly(err error, want string) error {
	if err != nil {
		return fmt.Errorf("give %s", want)
	}
	return nil
}
