package main

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/desktop"
	"github.com/tenths/tenths/desktop/bridge"
	"github.com/tenths/tenths/desktop/instance"
	"github.com/tenths/tenths/frontend"
	"github.com/tenths/tenths/store"
)

// showWindow shows the window and, behind it, observes and posts until it is
// closed. A second start brings the first one's window to the front.
func showWindow(ctx context.Context, dir string, day billing.Day) (err error) {
	if dir == "" {
		if dir, err = store.DefaultDir(); err != nil {
			return err
		}
	}
	owner, err := instance.Claim(ctx, dir)
	if errors.Is(err, instance.ErrShown) {
		return nil
	}
	if err != nil {
		return err
	}
	defer owner.Close()
	practice, err := open(ctx, dir, time.Now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, practice.Close()) }()
	assets, built := frontend.Page()
	if !built {
		return &billing.Error{Kind: billing.Internal, Msg: "this Tenths was built without its page; build it with make build"}
	}

	ctx, cancel := context.WithCancel(ctx)
	var work sync.WaitGroup
	defer work.Wait()
	defer cancel()
	wake := make(chan struct{}, 1)
	work.Go(func() { observe(ctx, practice) })
	work.Go(func() { post(ctx, practice, wake) })
	page := bridge.New(ctx, practice, func() {
		select {
		case wake <- struct{}{}:
		default:
		}
	})
	page.First = day
	return desktop.Run(ctx, desktop.Options{
		Title: "Tenths", Bind: page, Assets: assets, Subscribe: changes(practice), DataDir: dir, Owner: owner, Log: practice.Log,
	})
}

// changes tells the page what went stale.
func changes(practice *app.Practice) func(func(string)) func() {
	return func(stale func(topic string)) func() {
		var mu sync.Mutex
		open := true
		practice.OnChange(func(topics []string) {
			mu.Lock()
			defer mu.Unlock()
			for _, t := range topics {
				if open {
					stale(t)
				}
			}
		})
		return func() {
			mu.Lock()
			defer mu.Unlock()
			open = false
		}
	}
}

// observe captures until ctx ends. A place that fails for good, and one that is
// added while the window is open, is tried again in a while.
func observe(ctx context.Context, practice *app.Practice) {
	for ctx.Err() == nil {
		if _, err := (app.Sources{Practice: practice}).Capture(ctx, false); err != nil {
			practice.Log.Warn("nothing is observed", "why", billing.KindOf(err))
		}
		pause(ctx, time.Minute)
	}
}

// post empties the outbox until ctx ends, whenever a system is connected.
func post(ctx context.Context, practice *app.Practice, wake chan struct{}) {
	for ctx.Err() == nil {
		err := app.Posting{Practice: practice}.Run(ctx, wake)
		if err != nil && billing.KindOf(err) != billing.Conflict {
			practice.Log.Warn("posting stopped", "why", billing.KindOf(err))
		}
		pause(ctx, time.Minute)
	}
}

func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
	case <-t.C:
	}
}
