// Tenths drafts a lawyer's time entries from what happened on the lawyer's own
// machine, and posts the approved ones exactly once.
//
// This file wires everything by hand: which sources there are, which connector,
// where secrets are kept, and whether a window or a terminal asks.
package main

import (
	"context"
	"log/slog"
	"net/url"
	"os"
	"os/signal"
	"runtime/debug"
	"sync"
	"syscall"
	"time"
	_ "time/tzdata" // machines without a zone database know the zones too

	tz "github.com/thlib/go-timezone-local/tzlocal"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/capture/wake"
	"github.com/tenths/tenths/cli"
	"github.com/tenths/tenths/desktop"
	"github.com/tenths/tenths/secret"
	"github.com/tenths/tenths/store"
	"github.com/tenths/tenths/sync/clio"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	slog.SetDefault(logger()) // sources log there
	code := cli.Run(ctx, os.Args[1:], environment())
	stop()
	os.Exit(code)
}

// environment is what commands are run with.
func environment() cli.Env {
	return cli.Env{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr,
		Version:       version(),
		Open:          func(ctx context.Context, dir string) (*app.Practice, error) { return open(ctx, dir, time.Now) },
		Window:        showWindow,
		WindowMissing: desktop.Missing,
		Sample:        writeSample,
		Browse:        browse,
	}
}

// open opens the practice in the data directory dir, "" for the platform's.
func open(ctx context.Context, dir string, now func() time.Time) (*app.Practice, error) {
	if dir == "" {
		var err error
		if dir, err = store.DefaultDir(); err != nil {
			return nil, err
		}
	}
	zone, err := tz.RuntimeTZ()
	if err != nil {
		zone = "UTC"
	}
	return app.Open(ctx, app.Config{
		Dir: dir, Now: now, Zone: zone,
		Log:       logger(),
		Uptime:    func() app.Uptime { return app.Uptime(wake.Now()) },
		Watch:     wake.Watch,
		Sources:   sources(dir, now),
		Find:      findPlaces,
		Connector: openClio,
		Authorize: authorizeClio,
		Address:   func(link app.Link) (*url.URL, error) { return clio.ParseURL(link.URL) },
		Vault:     sync.OnceValues(func() (app.Vault, error) { return secret.Open(dir, os.Getenv) }),
	})
}

// logger returns the log: what the person is not told otherwise.
func logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: logLevel()}))
}

// logLevel is what of the log is shown: errors, or what TENTHS_LOG asks for
// (debug, info, warn). It never holds privileged text.
func logLevel() slog.Level {
	level := slog.LevelError
	_ = level.UnmarshalText([]byte(os.Getenv("TENTHS_LOG")))
	return level
}

// version returns the module's version, or the commit it was built from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return "development " + s.Value[:12]
		}
	}
	return "development"
}
