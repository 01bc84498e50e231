package cli

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
)

func (r *root) sample() *cobra.Command {
	var day string
	cmd := &cobra.Command{
		Use: "sample DIR", Short: "Write a sample practice and a data directory that uses it", Args: args(1, 1, "DIR [--day D]"),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := parseDay(day)
			if err != nil {
				return err
			}
			s, err := r.Sample(cmd.Context(), args[0], d)
			if err != nil {
				return err
			}
			return r.print(s, func(w io.Writer) {
				fmt.Fprintf(w, "The sample practice is in %s.\nLook at it with\n  tenths --data %s --day %s\n  tenths draft --data %s --day %s\n%s\n",
					s.Dir, s.Data, s.Day, s.Data, s.Day, s.Day)
			})
		},
	}
	cmd.Flags().StringVar(&day, "day", "", "the day to look at, YYYY-MM-DD (default: the last working day)")
	return cmd
}

func (r *root) matter() *cobra.Command {
	list := &cobra.Command{
		Use: "list", Short: "List the matters", Args: args(0, 0, ""),
		RunE: r.with(func(ctx context.Context, p *app.Practice, _ []string) error {
			matters, err := app.Matters{Practice: p}.List(ctx)
			if err != nil {
				return err
			}
			return r.print(matters, func(w io.Writer) {
				tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
				for _, m := range matters {
					fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\n", m.Number, m.Name, m.Client, count(len(m.Contacts), "contact", "contacts"), m.Folder)
				}
				_ = tw.Flush()
			})
		}),
	}
	imp := &cobra.Command{
		Use: "import FILE.csv", Short: "Add or update matters from a list", Args: args(1, 1, "FILE.csv"),
		Long: "The list's first line names its columns: number,client,name,contacts,keywords,folder, and if\n" +
			"wanted rate, currency, internal and closed. Contacts and keywords are separated by semicolons; a contact\n" +
			"is an address, or Name <address> (role). Lists as spreadsheets and practice systems write them are read:\n" +
			"with semicolons or tabs, in Windows-1252 or UTF-16, with other columns. What was assumed is said, and a\n" +
			"row that cannot be taken, such as one whose number Excel damaged, is named and left out.",
		RunE: r.with(func(ctx context.Context, p *app.Practice, args []string) error {
			f, err := os.Open(args[0])
			if err != nil {
				return &billing.Error{Kind: billing.NotFound, Msg: "the list " + args[0] + " cannot be opened; check its name", Err: err}
			}
			defer f.Close()
			v, err := app.Matters{Practice: p}.Import(ctx, f)
			if err != nil {
				return r.mistakes(err)
			}
			return r.print(v, func(w io.Writer) { printImport(w, v) })
		}),
	}
	return r.group("matter", "The matters that time is billed to", imp, list)
}

func printImport(w io.Writer, v app.ImportView) {
	if len(v.Findings) == 0 {
		fmt.Fprintf(w, "%s imported.\n", count(v.Imported, "matter", "matters"))
	} else {
		fmt.Fprintf(w, "%s imported; %s left out:\n", count(v.Imported, "matter", "matters"), count(len(v.Findings), "row was", "rows were"))
	}
	for _, f := range v.Findings {
		fmt.Fprintf(w, "  line %d: %s\n", f.Line, oneLine(f.Message))
	}
	for _, n := range v.Notes {
		fmt.Fprintf(w, "%s\n", oneLine(n))
	}
}

func (r *root) source() *cobra.Command {
	return r.group("source", "The places that are observed", r.sourceAdd(), r.sourceList(), r.sourceRemove(), r.sourceTry(), r.sourceFind())
}

// account are the flags of a place that asks for a login.
type account struct {
	user  string
	stdin bool
}

func (a *account) flags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&a.user, "user", "", "the account's name")
	cmd.Flags().BoolVar(&a.stdin, "password-stdin", false, "read the password from standard input")
}

func (a *account) password(in io.Reader) (string, error) {
	if !a.stdin {
		return "", nil
	}
	return secretLine(in, "password")
}

// secretLine reads the first line of in, which must not be empty, or all of it
// where that is a JSON object.
func secretLine(in io.Reader, what string) (string, error) {
	text, err := io.ReadAll(io.LimitReader(in, 1<<16))
	line, rest, _ := strings.Cut(string(text), "\n")
	line = strings.TrimRight(line, "\r")
	if strings.HasPrefix(line, "{") && strings.TrimSpace(rest) != "" && json.Valid(text) {
		line = string(text)
	}
	if err != nil || line == "" {
		return "", &billing.Error{Kind: billing.Invalid, Msg: "standard input holds no " + what, Err: err}
	}
	return line, nil
}

func (r *root) sourceAdd() *cobra.Command {
	var a account
	cmd := &cobra.Command{
		Use: "add KIND WHERE", Short: "Observe a place", Args: args(2, 2, "calendar|caldav|imap|maildir|mbox|folder|research WHERE [--user U] [--password-stdin]"),
		Long: "A mail account at imaps+oauth://HOST is signed in to with OAuth. --password-stdin then reads an access\n" +
			"token, or a permission that Tenths renews by itself, as JSON: access_token, refresh_token, token_url,\n" +
			"client_id, client_secret where there is one, and expires (such as 2026-03-02T09:00:00Z).",
		RunE: r.with(func(ctx context.Context, p *app.Practice, args []string) error {
			password, err := a.password(r.In)
			if err != nil {
				return err
			}
			var id billing.SourceID
			err = r.watched(ctx, func(ctx context.Context) (err error) {
				id, err = app.Sources{Practice: p}.Add(ctx, billing.SourceKind(args[0]), args[1], a.user, password)
				return err
			})
			if err != nil {
				return err
			}
			return r.print(map[string]string{"id": string(id)}, func(w io.Writer) { fmt.Fprintf(w, "Added %s.\n", id) })
		}),
	}
	a.flags(cmd)
	return cmd
}

func (r *root) sourceList() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the places that are observed", Args: args(0, 0, ""),
		RunE: r.with(func(ctx context.Context, p *app.Practice, _ []string) error {
			list, err := app.Sources{Practice: p}.List(ctx)
			if err != nil {
				return err
			}
			return r.print(list, func(w io.Writer) {
				tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
				for _, s := range list {
					fmt.Fprintf(tw, "%s\t%s\t%s\t%s\n", s.ID, s.Where, s.User, strings.TrimSuffix(s.State+": "+s.Error, ": "))
				}
				_ = tw.Flush()
			})
		}),
	}
}

func (r *root) sourceRemove() *cobra.Command {
	return &cobra.Command{
		Use: "remove ID", Short: "Stop observing a place; what it observed stays", Args: args(1, 1, "ID"),
		RunE: r.with(func(ctx context.Context, p *app.Practice, args []string) error {
			if err := (app.Sources{Practice: p}).Remove(ctx, billing.SourceID(args[0])); err != nil {
				return err
			}
			return r.print(map[string]string{"removed": args[0]}, func(w io.Writer) { fmt.Fprintf(w, "Removed %s.\n", args[0]) })
		}),
	}
}

func (r *root) sourceFind() *cobra.Command {
	return &cobra.Command{
		Use: "find", Short: "Look for mail and documents that programs on this machine keep", Args: args(0, 0, ""),
		RunE: r.with(func(ctx context.Context, p *app.Practice, _ []string) error {
			found, err := app.Sources{Practice: p}.Find(ctx)
			if err != nil {
				return err
			}
			return r.print(found, func(w io.Writer) { printFound(w, found) })
		}),
	}
}

func printFound(w io.Writer, found []app.FoundView) {
	if len(found) == 0 {
		fmt.Fprintln(w, "No mail or documents were found that a program keeps on this machine.")
	}
	for _, f := range found {
		switch {
		case f.Observed:
			fmt.Fprintf(w, "%s is observed already.\n", f.Name)
		case f.Cached:
			fmt.Fprintf(w, "%s is a copy of what a server has; better observe the account: tenths source add imap SERVER --user %s\n", f.Name, f.User)
		default:
			fmt.Fprintf(w, "%s: tenths source add %s \"%s\"\n", f.Name, f.Kind, f.Where)
		}
	}
}

func (r *root) sourceTry() *cobra.Command {
	var a account
	var from, to string
	cmd := &cobra.Command{
		Use: "try KIND WHERE", Short: "Print what a place shows; store nothing", Args: args(2, 2, "calendar|caldav|imap|maildir|mbox|folder|research WHERE [--from D] [--to D]"),
		RunE: r.with(func(ctx context.Context, p *app.Practice, args []string) error {
			within, err := span(ctx, p, from, to)
			if err != nil {
				return err
			}
			password, err := a.password(r.In)
			if err != nil {
				return err
			}
			var seen app.Tried
			err = r.watched(ctx, func(ctx context.Context) (err error) {
				seen, err = app.Sources{Practice: p}.Try(ctx, billing.SourceKind(args[0]), args[1], a.user, password, within)
				return err
			})
			if err != nil {
				return err
			}
			return r.print(seen, func(w io.Writer) { printShown(w, seen) })
		}),
	}
	a.flags(cmd)
	cmd.Flags().StringVar(&from, "from", "", "the first day, YYYY-MM-DD")
	cmd.Flags().StringVar(&to, "to", "", "the last day, YYYY-MM-DD")
	return cmd
}

// span returns the time from the start of one day to the end of another; a day
// that is not given leaves its side open.
func span(ctx context.Context, p *app.Practice, from, to string) (billing.Span, error) {
	if from == "" && to == "" {
		return billing.Span{}, nil
	}
	within := billing.Span{Start: time.Unix(0, 0), End: time.Unix(1<<33, 0)}
	first, err := parseDay(from)
	if err != nil {
		return within, err
	}
	last, err := parseDay(to)
	if err != nil {
		return within, err
	}
	zone, err := p.Location(ctx)
	if err != nil {
		return within, err
	}
	if from != "" {
		within.Start = first.Span(zone).Start
	}
	if to != "" {
		within.End = last.Span(zone).End
	}
	if within.Empty() {
		return within, misuse{errors.New("--to lies before --from")}
	}
	return within, nil
}

func printShown(w io.Writer, seen app.Tried) {
	printObservations(w, seen.Observations)
	if n := len(seen.Problems); n > 0 {
		fmt.Fprintln(w, "Not all of it could be read as it stands:")
		printUnread(w, seen.Problems)
	}
}

// printUnread says what could not be read, and of that what was left out.
func printUnread(w io.Writer, list []app.UnreadView) {
	for _, v := range list {
		lead := "read as well as could be"
		if v.LeftOut {
			lead = "left out"
		}
		of := strings.Join(strings.Fields(v.Day+" "+v.Of), " ")
		if of != "" {
			of += ": "
		}
		times := ""
		if v.Times > 1 {
			times = fmt.Sprintf(" (%d times)", v.Times)
		}
		fmt.Fprintf(w, "  %s: %s%s%s\n", lead, of, v.What, times)
	}
}

func printObservations(w io.Writer, seen []app.ObservationView) {
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, o := range seen {
		start, _ := time.Parse(time.RFC3339, o.Start)
		end, _ := time.Parse(time.RFC3339, o.End)
		when := start.Format("2006-01-02 15:04")
		if end.After(start) {
			until := "15:04"
			if end.Format(time.DateOnly) != start.Format(time.DateOnly) {
				until = "2006-01-02 15:04"
			}
			when += "–" + end.Format(until)
		}
		fmt.Fprintf(tw, "%s\t%s\t%s\t%s\t%s\n", when, o.Kind, oneLine(o.Subject), strings.Join(o.With, " "), cmp.Or(o.Ignored, o.Bulk))
	}
	_ = tw.Flush()
	fmt.Fprintf(w, "%s; nothing was stored.\n", count(len(seen), "observation", "observations"))
}

func (r *root) capture() *cobra.Command {
	var once bool
	cmd := &cobra.Command{
		Use: "capture", Short: "Observe all places until stopped", Args: args(0, 0, "[--once]"),
		RunE: r.with(func(ctx context.Context, p *app.Practice, _ []string) error {
			var list []app.Captured
			observe := func(ctx context.Context) (err error) {
				list, err = app.Sources{Practice: p}.Capture(ctx, once)
				return err
			}
			if once {
				err := r.watched(ctx, observe)
				if err != nil {
					return err
				}
			} else if err := observe(ctx); err != nil {
				return err
			}
			if err := r.print(list, func(w io.Writer) { printCaptured(w, list) }); err != nil {
				return err
			}
			if once && ctx.Err() != nil {
				return ctx.Err() // not everything was looked at
			}
			for _, c := range list {
				if c.Error != "" {
					return &billing.Error{Kind: billing.Unreachable, Msg: c.Source + ": " + c.Error}
				}
			}
			return nil
		}),
	}
	cmd.Flags().BoolVar(&once, "once", false, "stop when everything there is has been observed")
	return cmd
}

func printCaptured(w io.Writer, list []app.Captured) {
	if len(list) == 0 {
		fmt.Fprintln(w, "Nothing is observed yet; tenths source add starts.")
	}
	for _, c := range list {
		if c.Paused {
			fmt.Fprintf(w, "%s: paused; tenths resume goes on\n", c.Source)
			continue
		}
		fmt.Fprintf(w, "%s: %s\n", c.Source, count(c.Added, "new observation", "new observations"))
		printUnread(w, c.Problems)
	}
}
