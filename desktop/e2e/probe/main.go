// Command probe opens the window on a page of a few lines, so that the window
// itself can be tested apart from all that Tenths shows in it.
package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/desktop"
	"github.com/tenths/tenths/desktop/instance"
)

//go:embed page
var files embed.FS

// Bound is what the probe's page calls.
type Bound struct{}

// Today returns a day.
func (*Bound) Today() string { return "2026-11-19" }

// Say repeats words, and refuses silence.
func (*Bound) Say(words string) (string, error) {
	if words == "" {
		return "", fmt.Errorf("say: %w", &billing.Error{Kind: billing.Invalid, Msg: "Say something.", Err: errors.New("the cause")})
	}
	return "you said " + words, nil
}

func main() {
	if err := run(os.Args[1]); err != nil {
		fmt.Println(billing.Message(err))
		os.Exit(1)
	}
	fmt.Println("closed")
}

func run(dir string) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	owner, err := instance.Claim(ctx, dir)
	if err != nil {
		return err
	}
	defer owner.Close()
	page, err := fs.Sub(files, "page")
	if err != nil {
		return err
	}
	return desktop.Run(ctx, desktop.Options{
		Title: "Probe", Bind: &Bound{}, Assets: page, DataDir: dir, Owner: owner, Subscribe: ticking,
	})
}

// ticking reports a change every tenth of a second.
func ticking(stale func(topic string)) (cancel func()) {
	done := make(chan struct{})
	var ended sync.WaitGroup
	ended.Go(func() {
		tick := time.NewTicker(100 * time.Millisecond)
		defer tick.Stop()
		for {
			select {
			case <-done:
				return
			case <-tick.C:
				stale("drafts")
			}
		}
	})
	return func() { close(done); ended.Wait() }
}
