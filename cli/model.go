package cli

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/tenths/tenths/app"
)

func (r *root) model() *cobra.Command {
	cmd := &cobra.Command{
		Use: "model", Short: "Have a language model word drafts; alone, say how that stands", Args: args(0, 0, "[use|off|try]"),
		Long: "Off unless you turn it on. The model is told typed facts alone: what was done, on which documents, with\n" +
			"whom and about what. Its sentence is kept only when it says exactly that, and nothing else; otherwise the\n" +
			"narrative stands as Tenths wrote it. Drafts never wait for it. It runs while Tenths observes.",
		RunE: r.with(func(ctx context.Context, p *app.Practice, _ []string) error {
			v, err := app.Rephrasing{Practice: p}.Status(ctx)
			if err != nil {
				return err
			}
			return r.print(v, func(w io.Writer) { printModel(w, v) })
		}),
	}
	cmd.AddCommand(r.modelUse(), r.modelOff(), r.modelTry())
	return cmd
}

func (r *root) modelUse() *cobra.Command {
	var name string
	var key, remote bool
	cmd := &cobra.Command{
		Use: "use [URL]", Short: "Use a model, of Ollama on this machine unless you say where", Args: args(0, 1, "[URL] --name MODEL [--key-stdin] [--remote]"),
		Long: "URL is the address of any OpenAI-compatible interface, such as http://127.0.0.1:11434/v1, which is Ollama's.\n" +
			"One that is not on this machine is refused unless you add --remote; without it the command says what would\n" +
			"be sent there.",
		RunE: r.with(func(ctx context.Context, p *app.Practice, args []string) error {
			if name == "" {
				return misuse{errors.New("say which model: --name llama3.2, or another that you have")}
			}
			secret := ""
			var err error
			if key {
				if secret, err = secretLine(r.In, "key"); err != nil {
					return err
				}
			}
			v, err := app.Rephrasing{Practice: p}.Configure(ctx, arg(args, 0), name, secret, remote)
			if err != nil {
				return err
			}
			return r.print(v, func(w io.Writer) { printModel(w, v) })
		}),
	}
	cmd.Flags().StringVar(&name, "name", "", "the model's name")
	cmd.Flags().BoolVar(&key, "key-stdin", false, "read a key from standard input")
	cmd.Flags().BoolVar(&remote, "remote", false, "the address is not on this machine, and I agree to what is sent there")
	return cmd
}

func arg(args []string, i int) string {
	if i < len(args) {
		return args[i]
	}
	return ""
}

func (r *root) modelOff() *cobra.Command {
	return &cobra.Command{
		Use: "off", Short: "Have drafts say what Tenths wrote again", Args: args(0, 0, ""),
		RunE: r.with(func(ctx context.Context, p *app.Practice, _ []string) error {
			m := app.Rephrasing{Practice: p}
			if err := m.Off(ctx); err != nil {
				return err
			}
			v, err := m.Status(ctx)
			if err != nil {
				return err
			}
			return r.print(v, func(w io.Writer) { printModel(w, v) })
		}),
	}
}

func (r *root) modelTry() *cobra.Command {
	var day string
	return dayFlag(&cobra.Command{
		Use: "try", Short: "Print what the model makes of a day's drafts; store nothing", Args: args(0, 0, "[--day D]"),
		RunE: r.with(func(ctx context.Context, p *app.Practice, _ []string) error {
			d, err := dayOr(ctx, p, day)
			if err != nil {
				return err
			}
			tried, err := app.Rephrasing{Practice: p}.Try(ctx, d)
			if err != nil && len(tried) == 0 {
				return err
			}
			return errors.Join(r.print(tried, func(w io.Writer) { printTried(w, tried) }), err)
		}),
	}, &day)
}

func printModel(w io.Writer, v app.ModelView) {
	if !v.On {
		fmt.Fprintln(w, "No language model is in use; drafts say what Tenths wrote.")
		return
	}
	fmt.Fprintf(w, "Drafts are worded by %s at %s.\n", v.Name, v.URL)
	if v.Remote {
		fmt.Fprintf(w, "%s is not this machine. It is sent, before you approve anything:\n", v.Host)
		for _, s := range v.Sends {
			fmt.Fprintf(w, "  %s\n", s)
		}
	} else {
		fmt.Fprintln(w, "It is on this machine; nothing leaves it.")
	}
	if v.Secrets != "" {
		fmt.Fprintf(w, "The key is kept in %s.\n", v.Secrets)
	}
	if v.Kept > 0 || len(v.Refused) > 0 {
		fmt.Fprintf(w, "%s kept.\n", count(v.Kept, "answer", "answers"))
	}
	for _, c := range v.Refused {
		fmt.Fprintf(w, "%s refused: %s.\n", count(c.N, "answer", "answers"), c.What)
	}
	if v.Error != "" {
		fmt.Fprintf(w, "Asked last on %s: %s.\n", minute(v.AskedAt), v.Error)
	}
}

func printTried(w io.Writer, tried []app.TryView) {
	for _, t := range tried {
		fmt.Fprintf(w, "%s\n  answer: %q\n", t.Narrative, t.Answer)
		if t.Kept {
			fmt.Fprintln(w, "  kept")
		} else {
			fmt.Fprintf(w, "  refused: %s\n", t.Why)
		}
	}
	fmt.Fprintf(w, "%s; nothing was stored.\n", count(len(tried), "draft was asked about", "drafts were asked about"))
}
