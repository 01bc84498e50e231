package app_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
)

// failing is a source that ends at once, and counts the contexts that it was
// given and those that ended.
type failing struct{ given, ended atomic.Int64 }

func (f *failing) Once(context.Context, capture.Cursor, capture.Sink) error { return nil }

func (f *failing) Run(ctx context.Context, _ capture.Cursor, _ capture.Sink) error {
	f.given.Add(1)
	context.AfterFunc(ctx, func() { f.ended.Add(1) })
	return errors.New("out of order")
}

// A place that fails again and again leaves nothing behind each time.
func TestRestartedPlaceLeavesNoContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := &failing{}
		p, err := app.Open(t.Context(), app.Config{Dir: t.TempDir(), Zone: "UTC", Now: time.Now,
			Sources: map[billing.SourceKind]app.NewSource{
				billing.SourceFolder: func(capture.Config, billing.Span) (capture.Source, error) { return f, nil },
			}})
		if err != nil {
			t.Fatal(err)
		}
		defer p.Close()
		if _, err := (app.Sources{Practice: p}).Add(t.Context(), billing.SourceFolder, t.TempDir(), "", ""); err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() {
			_, err := app.Sources{Practice: p}.Capture(ctx, false)
			done <- err
		}()
		time.Sleep(10 * time.Minute)
		synctest.Wait()
		if given, ended := f.given.Load(), f.ended.Load(); given < 5 || ended != given {
			t.Errorf("%d of %d contexts ended", ended, given)
		}
		cancel()
		if err := <-done; err != nil {
			t.Fatal(err)
		}
	})
}
