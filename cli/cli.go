// Package cli is Tenths in a terminal: the same services as the window's, each
// command with --json for programs. It must not know the store, a source or a
// connector; main hands it what it needs.
package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
)

// Exit codes.
const (
	exitFailed = 1 // what was asked could not be done
	exitMisuse = 2 // what was asked is no command, or cannot be done by this build
)

// Env is what commands are run with.
type Env struct {
	In       io.Reader
	Out, Err io.Writer
	Version  string

	// Open opens the practice in a data directory; "" is the platform's.
	Open func(ctx context.Context, dir string) (*app.Practice, error)
	// Window shows the window on a day; the zero day is the one to look at
	// first. It returns when the window was closed.
	Window func(ctx context.Context, dir string, day billing.Day) error
	// WindowMissing says how to get the window where this build has none.
	WindowMissing string
	// Sample writes the sample practice.
	Sample func(ctx context.Context, dir string, day billing.Day) (Sample, error)
	// Browse opens an address in the browser.
	Browse func(url string) error
}

// Sample says what "tenths sample" wrote.
type Sample struct {
	Dir  string `json:"dir"`
	Data string `json:"data"`
	Day  string `json:"day"`
}

// misuse is an error in how a command was written.
type misuse struct{ error }

// root is what all commands share: the environment and the global flags.
type root struct {
	Env
	dir  string
	json bool
	// Text goes to Out and Err, which leave out what would command a terminal.
	raw    io.Writer // standard output, for JSON
	rawErr io.Writer // standard error, for a line that replaces itself
}

// Run carries out the command in args and returns the exit code.
func Run(ctx context.Context, args []string, env Env) int {
	out, errs := &filter{w: env.Out, as: dropped}, &filter{w: env.Err, as: dropped}
	defer out.end()
	defer errs.end()
	r := &root{Env: env, raw: env.Out, rawErr: env.Err}
	env.Out, env.Err = out, errs
	r.Out, r.Err = out, errs
	cmd := r.command() //nolint:contextcheck // commands get theirs from ExecuteContext
	cmd.SetArgs(args)
	err := cmd.ExecuteContext(ctx)
	if err == nil {
		return 0
	}
	msg := billing.Message(err)
	if m, ok := errors.AsType[misuse](err); ok {
		fmt.Fprintf(env.Err, "tenths: %s\n", oneLine(m.Error()))
		return exitMisuse
	}
	if ctx.Err() != nil && errors.Is(err, context.Canceled) {
		msg = "stopped before it was done; what was finished is kept"
	}
	fmt.Fprintf(env.Err, "tenths: %s\n", oneLine(msg))
	return exitFailed
}

// oneLine keeps a message on one line.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

func (r *root) command() *cobra.Command {
	day := ""
	cmd := &cobra.Command{
		Use:   "tenths",
		Short: "Time entries for lawyers, drafted from what happened on this machine",
		Long: "Tenths watches your calendar, mail and documents, drafts the day's time entries, lets you\n" +
			"approve them, and posts the approved ones to your practice management system exactly once.\n" +
			"Without a command it opens its window. Nothing leaves this machine until you approve.",
		Version:       r.Version,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 0 {
				return misuse{fmt.Errorf("%q is no command; tenths help lists them", args[0])}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			if r.WindowMissing != "" {
				return misuse{errors.New(r.WindowMissing)}
			}
			d, err := parseDay(day)
			if err != nil {
				return err
			}
			return r.Window(cmd.Context(), r.dir, d)
		},
	}
	cmd.SetIn(r.In)
	cmd.SetOut(r.Out)
	cmd.SetErr(r.Err)
	cmd.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return misuse{err} })
	cmd.Flags().StringVar(&day, "day", "", "the day to open the window on, YYYY-MM-DD")
	cmd.PersistentFlags().StringVar(&r.dir, "data", "", "the data directory (default: the platform's)")
	cmd.PersistentFlags().BoolVar(&r.json, "json", false, "print JSON")
	cmd.AddCommand(r.sample(), r.matter(), r.source(), r.capture(), r.timer(), r.note(), r.draft(), r.folded(), r.entry(), r.approve(),
		r.connect(), r.post(), r.model(), r.timekeeper(), r.policy(), r.learned(), r.stats(), r.doctor(),
		r.guideline(), r.check(), r.pause(), r.resume(), r.blackout(), r.retention())
	return cmd
}

// group returns a command that only holds others.
func (r *root) group(use, short string, subs ...*cobra.Command) *cobra.Command {
	cmd := &cobra.Command{Use: use, Short: short, RunE: func(cmd *cobra.Command, args []string) error {
		if len(args) > 0 {
			return misuse{fmt.Errorf("%q is no command of tenths %s; tenths help %s lists them", args[0], use, use)}
		}
		return misuse{fmt.Errorf("say what to do: %s", strings.Join(names(subs), ", "))}
	}}
	cmd.AddCommand(subs...)
	return cmd
}

func names(cmds []*cobra.Command) []string {
	out := make([]string, len(cmds))
	for i, c := range cmds {
		out[i] = "tenths " + c.Parent().Name() + " " + c.Name()
	}
	return out
}

// args checks the number of a command's arguments; usage says what they are.
func args(least, most int, usage string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, got []string) error {
		if len(got) < least || (most >= 0 && len(got) > most) {
			return misuse{fmt.Errorf("write it as: %s %s", cmd.CommandPath(), usage)}
		}
		return nil
	}
}

// with opens the practice for fn and closes it afterwards.
func (r *root) with(fn func(ctx context.Context, p *app.Practice, args []string) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		p, err := r.Open(cmd.Context(), r.dir)
		if err != nil {
			return err
		}
		return errors.Join(fn(cmd.Context(), p, args), p.Close())
	}
}

// print writes v as JSON where that was asked for, else as text.
func (r *root) print(v any, text func(io.Writer)) error {
	if r.json {
		enc := json.NewEncoder(&filter{w: r.raw, as: escaped})
		enc.SetEscapeHTML(false)
		enc.SetIndent("", "  ")
		return enc.Encode(v)
	}
	text(r.Out)
	return nil
}

func parseDay(s string) (billing.Day, error) {
	if s == "" {
		return billing.Day{}, nil
	}
	return billing.ParseDay(s)
}

// dayFlag adds --day to cmd.
func dayFlag(cmd *cobra.Command, day *string) *cobra.Command {
	cmd.Flags().StringVar(day, "day", "", "the day, YYYY-MM-DD (default: today)")
	return cmd
}

// dayOr returns the day written in s, or today.
func dayOr(ctx context.Context, p *app.Practice, s string) (billing.Day, error) {
	if s == "" {
		return p.Today(ctx)
	}
	return billing.ParseDay(s)
}
