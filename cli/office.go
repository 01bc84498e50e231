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

func (r *root) connect() *cobra.Command {
	link := app.Link{System: "clio"}
	var token, secret bool
	clio := &cobra.Command{
		Use: "clio", Short: "Post approved entries to Clio Manage", Args: args(0, 0, "--url URL [--token-stdin]"),
		Long: "The address is a region (us, eu, ca, au) or the URL of one. With --token-stdin an access token is\n" +
			"read from standard input; otherwise the browser opens for you to allow Tenths in, which needs the\n" +
			"client id of the application that your firm registered with Clio, and its secret once, with\n" +
			"--client-secret-stdin.",
		RunE: r.with(func(ctx context.Context, p *app.Practice, _ []string) error {
			if link.URL == "" {
				return misuse{fmt.Errorf("say where Clio is: --url us, eu, ca, au or an address")}
			}
			text := ""
			var err error
			if token {
				text, err = secretLine(r.In, "token")
			} else {
				err = r.authorize(ctx, p, link, secret)
			}
			if err != nil {
				return err
			}
			c, err := app.Posting{Practice: p}.Connect(ctx, link, text)
			if err != nil {
				return err
			}
			return r.print(c, func(w io.Writer) {
				fmt.Fprintf(w, "Connected to %s as %s. %s there: %d known here, %d added. The token is kept in %s.\n",
					c.URL, c.User, count(c.Matters, "open matter", "open matters"), c.Linked, c.Added, c.Secrets)
				if c.Moved > 0 {
					fmt.Fprintf(w, "%s changed with it; tenths matter list shows them.\n", count(c.Moved, "number here", "numbers here"))
				}
			})
		}),
	}
	clio.Flags().StringVar(&link.URL, "url", "", "where Clio is: us, eu, ca, au or an address")
	clio.Flags().BoolVar(&token, "token-stdin", false, "read an access token from standard input")
	clio.Flags().StringVar(&link.ClientID, "client-id", "", "the client id of your firm's application, for the browser")
	clio.Flags().BoolVar(&secret, "client-secret-stdin", false, "read the application's secret from standard input")
	clio.Flags().IntVar(&link.Port, "port", 0, "the port of this machine that Clio answers to (default: as registered in the README)")
	return r.group("connect", "Connect a practice management system", clio)
}

// authorize has the person allow Tenths in with the browser.
func (r *root) authorize(ctx context.Context, p *app.Practice, link app.Link, readSecret bool) error {
	if link.ClientID == "" {
		return misuse{fmt.Errorf("give --token-stdin, or --client-id of your firm's application to use the browser")}
	}
	secret := ""
	if readSecret {
		var err error
		if secret, err = secretLine(r.In, "client secret"); err != nil {
			return err
		}
	}
	return app.Posting{Practice: p}.AllowInBrowser(ctx, link, secret, func(url string) error {
		fmt.Fprintf(r.Err, "Allow Tenths in with your browser:\n  %s\n", url)
		return r.Browse(url)
	})
}

func (r *root) post() *cobra.Command {
	var once bool
	cmd := &cobra.Command{
		Use: "post", Short: "Post approved entries until stopped", Args: args(0, 0, "[--once] | post status"),
		RunE: r.with(func(ctx context.Context, p *app.Practice, _ []string) error {
			posting := app.Posting{Practice: p}
			if !once {
				return posting.Run(ctx, nil)
			}
			report, err := posting.Once(ctx)
			if err != nil {
				return err
			}
			if err := r.print(report, func(w io.Writer) {
				fmt.Fprintf(w, "%d posted, %d waiting, %d unknown, %s you.\n", report.Posted, report.Waiting, report.Unknown, count(report.NeedsYou, "needs", "need"))
			}); err != nil {
				return err
			}
			if report.Waiting+report.Unknown+report.NeedsYou > 0 {
				return &billing.Error{Kind: billing.Unreachable, Msg: "not everything was posted; tenths post status says why"}
			}
			return nil
		}),
	}
	cmd.Flags().BoolVar(&once, "once", false, "stop when everything that can be posted now is")
	cmd.AddCommand(&cobra.Command{
		Use: "status", Short: "Say where each approved entry stands", Args: args(0, 0, ""),
		RunE: r.with(func(ctx context.Context, p *app.Practice, _ []string) error {
			s, err := app.Posting{Practice: p}.Status(ctx)
			if err != nil {
				return err
			}
			return r.print(s, func(w io.Writer) { printPosting(w, s) })
		}),
	})
	return cmd
}

func printPosting(w io.Writer, s app.PostingSummary) {
	if s.Connector == "" {
		fmt.Fprintf(w, "No practice management system is connected. %s kept here.\n", count(s.Waiting, "approved entry is", "approved entries are"))
		return
	}
	fmt.Fprintf(w, "%s: %d posted, %d waiting, %d unknown, %s you\n", s.Connector, s.Posted, s.Waiting, s.Unknown, count(s.NeedsYou, "needs", "need"))
	tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, row := range s.Rows {
		fmt.Fprintf(tw, "  %s\t%s\t%s\t%s\t%s\t%s %s\n", row.Entry, row.Day, row.Matter, row.Hours, strings.ReplaceAll(row.State, "_", " "), row.RemoteID, row.Message)
	}
	_ = tw.Flush()
}

func (r *root) timekeeper() *cobra.Command {
	var name, zone, rate, currency, from string
	var addresses []string
	cmd := &cobra.Command{
		Use: "timekeeper", Short: "Show or change whose time it is",
		Args: args(0, 0, "[--name N] [--address A]… [--zone Z] [--rate R [--from DATE]] [--currency C]"),
	}
	cmd.Flags().StringVar(&name, "name", "", "your name")
	cmd.Flags().StringArrayVar(&addresses, "address", nil, "a mail address of yours; repeat it for each")
	cmd.Flags().StringVar(&zone, "zone", "", "the time zone that decides work dates, such as America/New_York")
	cmd.Flags().StringVar(&currency, "currency", "", "the firm's currency, such as USD or EUR; set once")
	cmd.Flags().StringVar(&rate, "rate", "", "your rate per hour, where a matter has none of its own")
	fromFlag(cmd, &from)
	cmd.RunE = r.with(func(ctx context.Context, p *app.Practice, _ []string) error {
		t, err := p.Timekeeper(ctx)
		if err != nil {
			return err
		}
		flags := cmd.Flags()
		if flags.Changed("name") {
			t.Name = billing.Privileged(name)
		}
		if flags.Changed("zone") {
			t.Zone = zone
		}
		if flags.Changed("address") {
			t.Addresses = nil
			for _, a := range addresses {
				t.Addresses = append(t.Addresses, billing.Privileged(strings.ToLower(strings.TrimSpace(a))))
			}
		}
		if flags.Changed("currency") {
			if t.Currency, err = billing.ParseCurrency(currency); err != nil {
				return err
			}
		}
		home := t.Home()
		t.Rate = billing.Money{} // stays as it is
		if flags.Changed("rate") {
			if t.Rate, err = billing.ReadMoney(rate, home); err != nil {
				return err
			}
		} else if flags.Changed("from") {
			return misuse{fmt.Errorf("--from says from which day a rate holds; give --rate too")}
		}
		if flags.NFlag() > 0 {
			first, err := parseFrom(from)
			if err != nil {
				return err
			}
			if err := p.SetTimekeeperFrom(ctx, t, first); err != nil {
				return err
			}
		}
		if t, err = p.Timekeeper(ctx); err != nil {
			return err
		}
		return r.print(t, func(w io.Writer) {
			own := make([]string, len(t.Addresses))
			for i, a := range t.Addresses {
				own[i] = string(a)
			}
			fmt.Fprintf(w, "name       %s\naddresses  %s\nzone       %s\nrate       %s an hour\n", string(t.Name), strings.Join(own, ", "), t.Zone, t.Rate)
		})
	})
	return cmd
}

func (r *root) doctor() *cobra.Command {
	var egress bool
	cmd := &cobra.Command{
		Use: "doctor", Short: "Say what is configured, reachable and missing", Args: args(0, 0, ""),
		RunE: r.with(func(ctx context.Context, p *app.Practice, _ []string) error {
			if egress {
				return r.egress(ctx, p)
			}
			findings, err := p.Examine(ctx)
			if err != nil {
				return err
			}
			if err := r.print(findings, func(w io.Writer) { printFindings(w, findings) }); err != nil {
				return err
			}
			for _, f := range findings {
				if !f.OK {
					return &billing.Error{Kind: billing.Invalid, Msg: f.What + ": " + f.Says + "; " + f.Remedy}
				}
			}
			return nil
		}),
	}
	cmd.Flags().BoolVar(&egress, "egress", false, "list every host that Tenths may talk to, and why")
	return cmd
}

func printFindings(w io.Writer, findings []app.Finding) {
	for _, f := range findings {
		mark := "ok     "
		if !f.OK {
			mark = "MISSING"
		}
		fmt.Fprintf(w, "%s  %s: %s\n", mark, f.What, f.Says)
		if f.Remedy != "" {
			fmt.Fprintf(w, "         %s\n", f.Remedy)
		}
	}
}
