// Package desktop shows the page in a window of its own. It knows Wails, the
// operating system's windows, and that there is a bound value whose methods the
// page calls; it must not know what those methods do, nor the store, nor any
// source or connector. Moving to another toolkit means rewriting this package
// and nothing else.
//
// The build tag desktop brings the window in. Without it the package still
// builds, everywhere and without a C compiler, and [Run] says how to get the
// window. With the tag e2e and without desktop, Run serves the page to a
// browser on the loopback interface instead, for tests; with both tags, the
// window accepts automation on Linux.
package desktop

import (
	"io/fs"
	"log/slog"

	"github.com/tenths/tenths/desktop/instance"
	"github.com/tenths/tenths/desktop/page"
)

// Options is what a window needs.
type Options struct {
	// Title is the text of the title bar.
	Title string
	// Bind is a pointer to the value whose exported methods the page may call.
	// Their arguments and results are strings, booleans, safe integers and
	// structs of these; a method may return an error last.
	Bind any
	// Assets holds the built page: index.html at its root.
	Assets fs.FS
	// Subscribe tells the function it is given whenever something shown has
	// gone stale, by topic, until cancel is called. The page gets the topics as
	// events called "stale" and asks again.
	Subscribe page.Subscribe
	// DataDir is where the window keeps its size and place.
	DataDir string
	// Owner is the claim on DataDir, from [instance.Claim]; a second start
	// brings this window to the front. It may be nil, in tests.
	Owner *instance.Owner
	// Log takes what goes wrong with the window itself. It may be nil.
	Log *slog.Logger
}
