//go:build desktop

package desktop

import (
	"context"
	_ "embed"
	"fmt"
	"log/slog"
	"os"
	"runtime"
	"strings"
	"sync"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
	"github.com/wailsapp/wails/v2/pkg/options/mac"
	"github.com/wailsapp/wails/v2/pkg/options/windows"
	wails2 "github.com/wailsapp/wails/v2/pkg/runtime"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/build/icons"
	"github.com/tenths/tenths/desktop/page"
)

// Available says whether this build can show a window.
const Available = true

// Missing says how to get a build with a window: this is one.
const Missing = ""

//go:embed host.js
var host string

// log is never nil.
func (o Options) log() *slog.Logger {
	if o.Log == nil {
		return slog.New(slog.DiscardHandler)
	}
	return o.Log
}

// shows returns the channel on which a second start asks for the window; it is
// nil, and so never ready, without an owner.
func (o Options) shows() <-chan struct{} {
	if o.Owner == nil {
		return nil
	}
	return o.Owner.Shows()
}

// window is one window from its opening to its closing.
type window struct {
	opts Options

	mu    sync.Mutex
	place place

	stop  context.CancelFunc // ends what goes beside the window
	tasks sync.WaitGroup     // and waits for it
}

// Run shows the window and returns when it has closed, or when ctx ends, which
// closes it. It must be called from the main goroutine: macOS gives windows to
// the first thread alone.
func Run(ctx context.Context, opts Options) (err error) {
	if err := screen(); err != nil {
		return err
	}
	allowAutomation()
	beside, stop := context.WithCancel(ctx)
	w := &window{opts: opts, place: loadPlace(opts.DataDir), stop: stop}
	defer func() {
		stop()
		w.tasks.Wait()
	}()
	// The toolkit panics when the screen it was promised does not answer.
	defer func() {
		if r := recover(); r != nil {
			err = &billing.Error{Kind: billing.Internal, Msg: noScreen, Err: fmt.Errorf("%v", r)}
		}
	}()
	if err := wails.Run(w.options(beside)); err != nil {
		return &billing.Error{Kind: billing.Internal, Msg: "The window cannot be opened. Everything else works from a terminal: see tenths --help.", Err: err}
	}
	return nil
}

const noScreen = "There is no screen to open a window on. Everything else works from here: see tenths --help."

// screen reports a missing display, which the toolkit would answer with a panic.
func screen() error {
	if runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return &billing.Error{Kind: billing.Invalid, Msg: noScreen}
	}
	return nil
}

func (w *window) options(beside context.Context) *options.App {
	paper := paper(w.place.Dark)
	app := &options.App{
		Title: w.opts.Title,
		Width: w.place.Width, Height: w.place.Height,
		MinWidth: leastWidth, MinHeight: leastHeight,
		BackgroundColour: paper,
		AssetServer:      &assetserver.Options{Assets: w.opts.Assets, Middleware: page.Secure},
		Bind:             []any{w.opts.Bind},
		Menu:             appMenu(),
		Logger:           quiet{w.opts.log()},
		OnStartup:        func(ctx context.Context) { w.opened(ctx, beside) },
		OnDomReady:       func(ctx context.Context) { wails2.WindowExecJS(ctx, host) },
		OnBeforeClose:    w.closing,
		OnShutdown:       func(context.Context) { w.stop() },
		ErrorFormatter:   func(err error) any { return billing.Message(err) },
		DragAndDrop:      &options.DragAndDrop{DisableWebViewDrop: true},
		// A screen of text needs no graphics processor, and drivers that do
		// not get on with WebKit leave the window blank.
		Linux: &linux.Options{Icon: icons.PNG, ProgramName: "tenths", WebviewGpuPolicy: linux.WebviewGpuPolicyNever},
		Mac:   &mac.Options{About: &mac.AboutInfo{Title: w.opts.Title, Message: "The day's time, in tenths of an hour.", Icon: icons.PNG}},
		Windows: &windows.Options{
			Theme:                windows.SystemDefault,
			IsZoomControlEnabled: false,
			// The browser engine's own files lie beside the rest of the data.
			WebviewUserDataPath: w.opts.DataDir + string(os.PathSeparator) + "webview",
		},
	}
	if w.place.Maximised {
		app.WindowStartState = options.Maximised
	}
	return app
}

// paper is the page's background in either theme.
func paper(dark bool) *options.RGBA {
	if dark {
		return options.NewRGB(0x17, 0x16, 0x14)
	}
	return options.NewRGB(0xfb, 0xfa, 0xf7)
}

// opened puts the window in its place and starts what goes beside it: ctx is
// the toolkit's, beside ends when the window closes.
func (w *window) opened(ctx, beside context.Context) {
	w.restore(ctx)
	off := wails2.EventsOn(ctx, "window:dark", func(data ...any) {
		if dark, ok := first(data).(bool); ok {
			w.mu.Lock()
			w.place.Dark = dark
			w.mu.Unlock()
			c := paper(dark)
			wails2.WindowSetBackgroundColour(ctx, c.R, c.G, c.B, c.A)
		}
	})
	w.tasks.Go(func() {
		defer off()
		page.Pump(beside, w.opts.Subscribe, func(topic string) { wails2.EventsEmit(ctx, "stale", topic) })
	})
	w.tasks.Go(func() {
		for {
			select {
			case <-beside.Done():
				wails2.Quit(ctx)
				return
			case <-w.opts.shows():
				wails2.WindowUnminimise(ctx)
				wails2.WindowShow(ctx)
			}
		}
	})
}

func first(data []any) any {
	if len(data) == 0 {
		return nil
	}
	return data[0]
}

// restore moves the window to where it was, and makes it no larger than the
// screen it opened on.
func (w *window) restore(ctx context.Context) {
	screens, err := wails2.ScreenGetAll(ctx)
	if err != nil || w.place.Maximised {
		return
	}
	for _, s := range screens {
		if !s.IsCurrent {
			continue
		}
		p := w.place.on(s.Size.Width, s.Size.Height)
		if p.Width != w.place.Width || p.Height != w.place.Height {
			wails2.WindowSetSize(ctx, p.Width, p.Height)
			wails2.WindowCenter(ctx)
		}
		if p.Placed {
			wails2.WindowSetPosition(ctx, p.X, p.Y)
		}
	}
}

// closing keeps the window's place while there still is a window; it never
// prevents the closing.
func (w *window) closing(ctx context.Context) (prevent bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if wails2.WindowIsMinimised(ctx) {
		return false
	}
	p := w.place
	if p.Maximised = wails2.WindowIsMaximised(ctx); !p.Maximised {
		p.Width, p.Height = wails2.WindowGetSize(ctx)
		p.X, p.Y = wails2.WindowGetPosition(ctx)
		p.Placed = true
	}
	if err := p.save(w.opts.DataDir); err != nil {
		w.opts.log().Warn("the window's place was not kept", "cause", err)
	}
	return false
}

// quiet is the toolkit's log. What it writes may quote what the page sent,
// which is privileged, so that only the fact of an error is passed on.
type quiet struct {
	log *slog.Logger
}

func (quiet) Print(string)   {}
func (quiet) Trace(string)   {}
func (quiet) Debug(string)   {}
func (quiet) Info(string)    {}
func (quiet) Warning(string) {}

func (q quiet) Error(message string) {
	before, _, _ := strings.Cut(message, ":")
	q.log.Error("the window's toolkit reports an error", "length", len(message), "about", billing.Privileged(before))
}

func (q quiet) Fatal(message string) { q.Error(message) }
