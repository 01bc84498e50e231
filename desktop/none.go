//go:build !desktop && !e2e

package desktop

import (
	"context"

	"github.com/tenths/tenths/billing"
)

// Available says whether this build can show a window.
const Available = false

// Run returns an error that says how to get a build with a window.
func Run(context.Context, Options) error {
	return &billing.Error{Kind: billing.Invalid, Msg: Missing}
}
