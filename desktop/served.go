//go:build e2e && !desktop

package desktop

import (
	"context"
	"fmt"
	"os"

	"github.com/tenths/tenths/desktop/loopback"
)

// Available says whether this build can show a window.
const Available = true

// Missing says how to get a build with a window: this is one.
const Missing = ""

// Run serves the page on the loopback interface until ctx ends and prints its
// address, which holds the token that opens it, as one line on standard output.
func Run(ctx context.Context, opts Options) error {
	server, err := loopback.Listen(ctx, loopback.Config{Bind: opts.Bind, Assets: opts.Assets, Subscribe: opts.Subscribe})
	if err != nil {
		return err
	}
	fmt.Fprintln(os.Stdout, server.URL())
	return server.Serve(ctx)
}
