// Tenths drafts a lawyer's time entries from what happened on the lawyer's own
// machine, and posts the approved ones exactly once.
//
// This file wires everything by hand: which sources there are, which connector,
// where secrets are kept, and whether a window or a terminal asks.
package main

import (
	"context"
	"log/slog"
	"os"
	"os/signal"
	"runtime/debug"
	"sync"
	"syscall"
	"time"
	_ "time/tzdata" // machines without a zone database know the zones too

	tz "github.com/thlib/go-timezone-local/tzlocal"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/capture/calendar"
	"github.com/tenths/tenths/capture/document"
	"github.com/tenths/tenths/capture/mail"
	"github.com/tenths/tenths/cli"
	"github.com/tenths/tenths/desktop"
	"github.com/tenths/tenths/secret"
	"github.com/tenths/tenths/store"
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
		Sources:   sources(now),
		Connector: openClio,
		Authorize: authorizeClio,
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

// sources are the kinds of place that can be observed.
func sources(now func() time.Time) map[billing.SourceKind]app.NewSource {
	return map[billing.SourceKind]app.NewSource{
		billing.SourceCalendar: func(cfg capture.Config, within billing.Span) (capture.Source, error) {
			s, err := calendar.New(cfg, now)
			if err == nil && within != (billing.Span{}) {
				s.Within(within.Start, within.End)
			}
			return s, err
		},
		billing.SourceIMAP: func(cfg capture.Config, within billing.Span) (capture.Source, error) {
			return mail.NewIMAP(cfg, now, since(within)...)
		},
		billing.SourceMaildir: func(cfg capture.Config, within billing.Span) (capture.Source, error) {
			return mail.NewMaildir(cfg, now, since(within)...)
		},
		billing.SourceMbox: func(cfg capture.Config, within billing.Span) (capture.Source, error) {
			return mail.NewMbox(cfg, now, since(within)...)
		},
		billing.SourceFolder: func(cfg capture.Config, _ billing.Span) (capture.Source, error) {
			return document.New(cfg, now)
		},
	}
}

func since(within billing.Span) []mail.Option {
	if within == (billing.Span{}) {
		return nil
	}
	return []mail.Option{mail.Since(within.Start)}
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
