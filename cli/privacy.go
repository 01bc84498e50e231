package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"github.com/tenths/tenths/app"
)

func (r *root) pause() *cobra.Command {
	var length time.Duration
	var until string
	cmd := &cobra.Command{
		Use: "pause", Short: "Observe nothing for a while; it is not recorded later either", Args: args(0, 0, "[--for 2h | --until 18:00]"),
		Long: "While a pause lasts nothing is recorded, and what happened in it is never recorded later. Without\n" +
			"--for or --until it lasts until tenths resume. A pause that lasts already gets the new end; without\n" +
			"one it stays as it is. With --json alone the command only tells how it stands.",
	}
	cmd.Flags().DurationVar(&length, "for", 0, "how long, such as 90m or 2h")
	cmd.Flags().StringVar(&until, "until", "", "the time of day at which observing goes on, such as 18:00")
	cmd.RunE = r.with(func(ctx context.Context, p *app.Practice, _ []string) error {
		d := app.Discretion{Practice: p}
		end := time.Time{}
		var err error
		timed := cmd.Flags().Changed("for") || cmd.Flags().Changed("until")
		switch {
		case cmd.Flags().Changed("for") && cmd.Flags().Changed("until"):
			return misuse{errors.New("give --for or --until, not both")}
		case cmd.Flags().Changed("for") && length < time.Minute:
			return misuse{errors.New("a pause lasts a minute at least; write --for 2h or --for 90m")}
		case cmd.Flags().Changed("for"):
			end = p.Now().Add(length)
		case cmd.Flags().Changed("until"):
			if end, err = d.At(ctx, until); err != nil {
				return err
			}
		}
		view, err := d.Paused(ctx)
		if err != nil {
			return err
		}
		if timed || !view.Paused && !r.json {
			if err := d.Pause(ctx, end); err != nil {
				return err
			}
		}
		return r.printPause(ctx, d)
	})
	return cmd
}

func (r *root) resume() *cobra.Command {
	return &cobra.Command{
		Use: "resume", Short: "Go on observing", Args: args(0, 0, ""),
		RunE: r.with(func(ctx context.Context, p *app.Practice, _ []string) error {
			d := app.Discretion{Practice: p}
			if err := d.Resume(ctx); err != nil {
				return err
			}
			return r.printPause(ctx, d)
		}),
	}
}

func (r *root) printPause(ctx context.Context, d app.Discretion) error {
	view, err := d.Paused(ctx)
	if err != nil {
		return err
	}
	return r.print(view, func(w io.Writer) {
		switch {
		case !view.Paused:
			fmt.Fprintln(w, "Not paused.")
		case view.Until == app.UntilResumed:
			fmt.Fprintln(w, "Paused until you resume: tenths resume. Nothing of this time is recorded, now or later.")
		default:
			fmt.Fprintf(w, "Paused until %s. Nothing of this time is recorded, now or later.\n", minute(view.Until))
		}
	})
}

// minute writes an instant as a time and date.
func minute(instant string) string {
	at, err := time.Parse(time.RFC3339, instant)
	if err != nil {
		return instant
	}
	return at.Format("15:04 on 2 January")
}

func (r *root) blackout() *cobra.Command {
	return r.group("blackout", "Clients, folders, senders, calendars and matters of which nothing is stored",
		r.blackoutAdd(), r.blackoutList(), r.blackoutRemove())
}

func (r *root) blackoutAdd() *cobra.Command {
	var keep bool
	cmd := &cobra.Command{
		Use: "add KIND WHAT", Short: "Store nothing of what matches, and purge what is stored",
		Args: args(2, 2, "client|folder|sender|calendar|matter WHAT [--keep-existing]"),
		Long: "Nothing is stored of what matches, not even that it was:\n" +
			"  client    the name, wherever it is written, and for each of the client's matters what \"matter\" covers\n" +
			"  matter    a matter's number and name, its contacts' names and addresses, and its folder\n" +
			"  folder    documents below it; without a path, below any folder of that name\n" +
			"  sender    mail and events with an address, or with any of a domain\n" +
			"  calendar  a calendar's id, as tenths source list shows it, or words of an event's title\n" +
			"What is stored already goes at once, with the drafts that rest on it, unless an approved entry rests\n" +
			"on it. What you type yourself, notes and timers, is kept.",
		RunE: r.with(func(ctx context.Context, p *app.Practice, args []string) error {
			done, err := app.Discretion{Practice: p}.Blacken(ctx, args[0], args[1], keep)
			if err != nil {
				return err
			}
			return r.print(done, func(w io.Writer) { printBlackened(w, done) })
		}),
	}
	cmd.Flags().BoolVar(&keep, "keep-existing", false, "leave what is stored already")
	return cmd
}

func printBlackened(w io.Writer, done app.Blackened) {
	fmt.Fprintf(w, "Blackout %s stands. %s gone, %s.\n", done.ID,
		count(done.Purged, "observation is", "observations are"), count(done.Kept, "stays", "stay"))
	for _, path := range done.Backups {
		fmt.Fprintf(w, "A copy from before an update may still hold them: %s\n", path)
	}
	if done.Pending != "" {
		fmt.Fprintf(w, "Their bytes are still in the file: %s.\n", done.Pending)
	}
}

func (r *root) blackoutList() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List what is blacked out", Args: args(0, 0, ""),
		RunE: r.with(func(ctx context.Context, p *app.Practice, _ []string) error {
			list, err := app.Discretion{Practice: p}.Blackouts(ctx)
			if err != nil {
				return err
			}
			return r.print(list, func(w io.Writer) {
				tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
				for _, b := range list {
					fmt.Fprintf(tw, "%s\t%s\t%s\n", b.ID, b.Kind, b.What)
				}
				_ = tw.Flush()
			})
		}),
	}
}

func (r *root) blackoutRemove() *cobra.Command {
	return &cobra.Command{
		Use: "remove ID", Short: "Store again what happens from now on", Args: args(1, 1, "ID"),
		RunE: r.with(func(ctx context.Context, p *app.Practice, args []string) error {
			if err := (app.Discretion{Practice: p}).Unblacken(ctx, args[0]); err != nil {
				return err
			}
			return r.print(map[string]string{"removed": args[0]}, func(w io.Writer) { fmt.Fprintf(w, "Removed blackout %s.\n", args[0]) })
		}),
	}
}

func (r *root) retention() *cobra.Command {
	var days int
	var now bool
	cmd := &cobra.Command{
		Use: "retention", Short: "How long observations are kept", Args: args(0, 0, "[--days N] [--now]"),
		Long: "Observations expire so many days after the entries of their day were approved, 90 unless you say\n" +
			"otherwise; 0 keeps them for good. What an approved entry rests on stays with it, and nothing of a day\n" +
			"with undecided drafts expires, but for imported history that nobody wanted: a day that was over for so\n" +
			"many days, 90 at least, before Tenths saw anything of it, expires with its drafts as many days after it\n" +
			"was recorded last, if nobody ever decided anything about it. What has expired is removed once a day,\n" +
			"while Tenths observes.",
	}
	cmd.Flags().IntVar(&days, "days", 0, "keep observations for so many days, 0 for good")
	cmd.Flags().BoolVar(&now, "now", false, "remove what has expired now")
	cmd.RunE = r.with(func(ctx context.Context, p *app.Practice, _ []string) error {
		keep := app.Retention{Practice: p}
		view, err := keep.Days(ctx)
		if err == nil && cmd.Flags().Changed("days") {
			view, err = keep.Keep(ctx, days)
		}
		if err == nil && now {
			view, err = keep.Purge(ctx)
		}
		if err != nil {
			return err
		}
		return r.print(view, func(w io.Writer) { printRetention(w, view, now) })
	})
	return cmd
}

func printRetention(w io.Writer, view app.RetentionView, now bool) {
	if view.Days == 0 {
		fmt.Fprintln(w, "Observations are kept for good.")
	} else {
		fmt.Fprintf(w, "Observations are kept for %s after the approval of their day.\n", count(view.Days, "day", "days"))
	}
	if now {
		fmt.Fprintf(w, "%s and %s removed.\n",
			count(view.Purged, "observation", "observations"), count(view.Backups, "old backup", "old backups"))
		if view.History > 0 {
			fmt.Fprintf(w, "%s of that imported history that nobody decided about; %s went with it.\n",
				count(view.History, "was", "were"), count(view.Drafts, "draft", "drafts"))
		}
	}
	if view.Pending != "" {
		fmt.Fprintf(w, "Their bytes are still in the file: %s.\n", view.Pending)
	}
}

// egress prints every host that Tenths may talk to.
func (r *root) egress(ctx context.Context, p *app.Practice) error {
	peers, err := p.Egress(ctx)
	if err != nil {
		return err
	}
	return r.print(peers, func(w io.Writer) {
		if len(peers) == 0 {
			fmt.Fprintln(w, "Tenths talks to nobody: no source is on a server and no practice management system is connected.")
			return
		}
		tw := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
		for _, peer := range peers {
			why := peer.Why
			if peer.Within != "" {
				why += ", and other hosts of " + peer.Within + " that it leads to, over https"
			}
			fmt.Fprintf(tw, "%s\t%s\t%s\n", net.JoinHostPort(peer.Host, peer.Port), peer.From, why)
		}
		_ = tw.Flush()
		fmt.Fprintln(w, "Names among them are looked up with the system's resolver. Tenths talks to nobody else.")
	})
}
