package cli

import (
	"context"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
)

func (r *root) guideline() *cobra.Command {
	list := &cobra.Command{
		Use: "list", Short: "List the guidelines that entries are checked against", Args: args(0, 0, ""),
		RunE: r.with(func(ctx context.Context, p *app.Practice, _ []string) error {
			list, err := app.Guidelines{Practice: p}.List(ctx)
			if err != nil {
				return err
			}
			return r.print(list, func(w io.Writer) {
				tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
				for _, g := range list {
					fmt.Fprintf(tw, "%s\t%s\t%s\t%s\n", g.ID, count(len(g.Rules), "rule", "rules"), g.Holds, g.Title)
				}
				_ = tw.Flush()
				for _, g := range list {
					if g.Problem != "" {
						fmt.Fprintf(w, "\n%s cannot be used:\n%s\n", g.ID, g.Problem)
					}
					if g.Nobody != "" {
						fmt.Fprintf(w, "\n%s holds for nobody: %s.\n", g.ID, g.Nobody)
					}
				}
			})
		}),
	}
	remove := &cobra.Command{
		Use: "remove ID", Short: "Take an added guideline out", Args: args(1, 1, "ID"),
		RunE: r.with(func(ctx context.Context, p *app.Practice, args []string) error {
			if err := (app.Guidelines{Practice: p}).Remove(ctx, args[0]); err != nil {
				return err
			}
			return r.print(map[string]string{"removed": args[0]}, func(w io.Writer) { fmt.Fprintf(w, "Removed %s.\n", args[0]) })
		}),
	}
	return r.group("guideline", "Guidelines: what entries are checked against", list, r.guidelineShow(), r.guidelineUse(), r.guidelineAdd(), remove, r.guidelineTry())
}

func (r *root) guidelineShow() *cobra.Command {
	var file bool
	cmd := &cobra.Command{
		Use: "show ID", Short: "Show a guideline's rules, or its file", Args: args(1, 1, "ID [--file]"),
		RunE: r.with(func(ctx context.Context, p *app.Practice, args []string) error {
			g, err := app.Guidelines{Practice: p}.Show(ctx, args[0])
			if err != nil {
				return err
			}
			return r.print(g, func(w io.Writer) {
				if file {
					_, _ = io.WriteString(w, g.Text)
					return
				}
				printGuideline(w, g)
			})
		}),
	}
	cmd.Flags().BoolVar(&file, "file", false, "print the file, as a start for one of your own")
	return cmd
}

func printGuideline(w io.Writer, g app.GuidelineView) {
	if g.Problem != "" {
		fmt.Fprintf(w, "%s cannot be used:\n%s\n", g.ID, g.Problem)
		return
	}
	fmt.Fprintf(w, "%s\nsource   %s\nholds    %s\n", g.Title, g.Source, g.Holds)
	if len(g.Include) > 0 {
		fmt.Fprintf(w, "include  %s\n", strings.Join(g.Include, ", "))
	}
	for _, rule := range g.Rules {
		fmt.Fprintf(w, "\n%s  %s  (check %s)\n  %s\n", rule.ID, rule.Severity, rule.Check, rule.Clause)
		if rule.Quote != "" {
			fmt.Fprintf(w, "  “%s”\n", rule.Quote)
		}
	}
	for _, x := range g.Off {
		fmt.Fprintf(w, "\n%s  off\n  %s\n", x.Rule, x.Reason)
	}
	if g.Optional {
		fmt.Fprintf(w, "\nIt holds nowhere by itself. Put it in force with tenths guideline use %s --client NAME or --matter NUMBER,\n"+
			"or with a file such as\n"+
			"  id = \"my-%s\"\n  title = \"…\"\n  source = \"…\"\n  matters = [\"2024-0113\"]\n  include = [\"%s\"]\nand tenths guideline add FILE.\n", g.ID, g.ID, g.ID)
	}
}

func (r *root) guidelineUse() *cobra.Command {
	var clients, matters []string
	cmd := &cobra.Command{
		Use: "use ID", Short: "Put a shipped guideline in force for a client or matter", Args: args(1, 1, "ID --client NAME | --matter NUMBER"),
		Long: "Adds a guideline of that client or matter which includes the shipped one; tenths guideline remove takes it\n" +
			"out again. A client or matter that nobody has is refused.",
		RunE: r.with(func(ctx context.Context, p *app.Practice, args []string) error {
			g, err := app.Guidelines{Practice: p}.Use(ctx, args[0], clients, matters)
			if err != nil {
				return err
			}
			return r.print(g, func(w io.Writer) { fmt.Fprintf(w, "Added %s: %s holds for %s.\n", g.ID, args[0], g.Holds) })
		}),
	}
	cmd.Flags().StringArrayVar(&clients, "client", nil, "the client it is for, as the matter list writes it; repeat it for several")
	cmd.Flags().StringArrayVar(&matters, "matter", nil, "the number of the matter it is for; repeat it for several")
	return cmd
}

func (r *root) guidelineAdd() *cobra.Command {
	return &cobra.Command{
		Use: "add FILE", Short: "Add a guideline, or put a new one in the place of an added one", Args: args(1, 1, "FILE"),
		Long: "The file is TOML; tenths guideline show general --file prints one, and docs/guidelines.md says what it may\n" +
			"hold. It is checked first: with a mistake nothing is added, and each is named with its line.",
		RunE: r.with(func(ctx context.Context, p *app.Practice, args []string) error {
			data, err := readFile(args[0])
			if err != nil {
				return err
			}
			g, err := app.Guidelines{Practice: p}.Add(ctx, args[0], data)
			if err != nil {
				return r.mistakes(err)
			}
			return r.print(g, func(w io.Writer) {
				fmt.Fprintf(w, "Added %s: %s, for %s.\n", g.ID, count(len(g.Rules), "rule", "rules"), g.Holds)
			})
		}),
	}
}

func (r *root) guidelineTry() *cobra.Command {
	var csv string
	cmd := &cobra.Command{
		Use: "try FILE", Short: "Say what a guideline would find, and keep nothing", Args: args(1, 1, "FILE [--on FILE.csv]"),
		Long: "Checks all drafts and entries that are kept here, for the clients and matters that the guideline names, or\n" +
			"with --on all entries of a file as tenths check reads it, against this guideline alone.",
	}
	cmd.Flags().StringVar(&csv, "on", "", "try it on the entries of this file")
	cmd.RunE = r.with(func(ctx context.Context, p *app.Practice, args []string) error {
		data, err := readFile(args[0])
		if err != nil {
			return err
		}
		var on io.Reader
		name := endOf
		if csv != "" {
			f, err := openFile(csv)
			if err != nil {
				return err
			}
			defer f.Close()
			on, name = f, asWritten
		}
		v, err := app.Guidelines{Practice: p}.Try(ctx, args[0], data, on)
		if err != nil {
			return r.mistakes(err)
		}
		return r.printChecked(v, name, nil)
	})
	return cmd
}

// readFile reads a file that the person named.
func readFile(name string) ([]byte, error) {
	f, err := openFile(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, 2<<20)) // twice what a guideline may be
	if err != nil {
		return nil, &billing.Error{Kind: billing.Invalid, Msg: name + " cannot be read", Err: err}
	}
	return data, nil
}

// mistakes shows all but the last line of an error that has several, one a
// line, so that each mistake of a file can be mended at once.
func (r *root) mistakes(err error) error {
	lines := strings.Split(billing.Message(err), "\n")
	for _, line := range lines[:len(lines)-1] {
		fmt.Fprintf(r.Err, "tenths: %s\n", line)
	}
	if len(lines) == 1 {
		return err
	}
	return &billing.Error{Kind: billing.KindOf(err), Msg: lines[len(lines)-1]}
}
