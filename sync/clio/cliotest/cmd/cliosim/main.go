// Command cliosim runs the stand-in for Clio Manage by itself, for trying
// Tenths without an account and for tests in which programs are killed.
//
//	cliosim -addr 127.0.0.1:4020 -matters matters.csv -drop-after 3
//
// It prints "listening on URL" once it is ready, accepts the access token
// cliosim-access-token, and shows what it holds at /_sim/activities.
package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"time"

	"github.com/tenths/tenths/sync/clio/cliotest"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "cliosim:", err)
		os.Exit(1)
	}
}

func run(ctx context.Context, args []string, out io.Writer) error {
	flags := flag.NewFlagSet("cliosim", flag.ContinueOnError)
	addr := flags.String("addr", "127.0.0.1:0", "listen on `HOST:PORT`")
	matters := flags.String("matters", "", "read matters from `FILE.csv` with columns number, name, client, and optionally id and status")
	drop := flags.Int("drop-after", -1, "after `N` posts, keep the next and close the connection without an answer, once")
	hang := flags.Int("hang-after", -1, "after `N` posts, keep the next and never answer it, once")
	delay := flags.Duration("delay", 0, "answer each of the first 10,000 posts this much later")
	perMinute := flags.Int("per-minute", 0, "allow so many requests a minute; 0 for any number")
	prefix := flags.String("prefix", "/api/v4", "`PATH` of the API; / for none")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return nil
		}
		return err
	}
	sim := cliotest.New(cliotest.Options{PerMinute: *perMinute, Prefix: *prefix})
	defer sim.Close()
	if *matters != "" {
		if err := load(sim, *matters); err != nil {
			return err
		}
	}
	sim.Inject(http.MethodPost, faults(*drop, *hang, *delay)...)
	return serve(ctx, sim, *addr, out)
}

// faults returns what happens to each post, in order.
func faults(drop, hang int, delay time.Duration) []cliotest.Fault {
	n := max(drop, hang) + 1
	usual := cliotest.Fault{}
	if delay > 0 {
		n, usual = max(n, 10_000), cliotest.Fault{Kind: cliotest.Delay, After: delay}
	}
	list := make([]cliotest.Fault, n)
	for i := range list {
		list[i] = usual
	}
	if drop >= 0 {
		list[drop] = cliotest.Fault{Kind: cliotest.DropReply}
	}
	if hang >= 0 {
		list[hang] = cliotest.Fault{Kind: cliotest.Hang}
	}
	return list
}

func serve(ctx context.Context, sim *cliotest.Sim, addr string, out io.Writer) error {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.Handle("/", sim)
	mux.HandleFunc("GET /_sim/activities", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		json.NewEncoder(w).Encode(sim.Activities())
	})
	server := &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	defer context.AfterFunc(ctx, func() { server.Close() })()
	fmt.Fprintf(out, "listening on http://%s\n", l.Addr())
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// load reads matters from the CSV file at path, whose first line names the columns.
func load(sim *cliotest.Sim, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	r := csv.NewReader(f)
	r.FieldsPerRecord = -1
	rows, err := r.ReadAll()
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if len(rows) == 0 {
		return fmt.Errorf("%s: no matters", path)
	}
	column := map[string]int{}
	for i, name := range rows[0] {
		column[strings.ToLower(strings.TrimSpace(strings.TrimPrefix(name, "\ufeff")))] = i
	}
	for _, row := range rows[1:] {
		get := func(names ...string) string {
			for _, name := range names {
				if i, ok := column[name]; ok && i < len(row) {
					return strings.TrimSpace(row[i])
				}
			}
			return ""
		}
		m := cliotest.Matter{Number: get("number", "display_number", "matter"), Name: get("name", "description"),
			Client: get("client"), Status: get("status")}
		m.ID, _ = strconv.ParseInt(get("id"), 10, 64) // without one it gets one
		if m.Number != "" {
			sim.AddMatters(m)
		}
	}
	return nil
}
