package cli

import (
	"bytes"
	"context"
	"errors"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/tenths/tenths/app"
)

// A look that is over before anybody wonders says nothing; a longer one says how
// far it has got, and leaves nothing on the screen.
func TestALongLookShowsItsProgress(t *testing.T) {
	for name, c := range map[string]struct {
		lasts  time.Duration
		screen bool
		want   string
	}{
		"quick":       {1900 * time.Millisecond, false, ""},
		"in a file":   {13 * time.Second, false, "still looking after 10s; calendar-1: 41,000 seen\n"},
		"on a screen": {3100 * time.Millisecond, true, "\rstill looking after 2s\rstill looking after 3s\r" + strings.Repeat(" ", 22) + "\r"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var out bytes.Buffer
				p := &progress{to: &out, screen: c.screen}
				failed := errors.New("it failed")
				err := p.during(t.Context(), func(ctx context.Context) error {
					time.Sleep(min(c.lasts, 5*time.Second))
					if c.lasts > 5*time.Second {
						p.note(app.Progress{Source: "calendar-1", Seen: 41000})
						time.Sleep(c.lasts - 5*time.Second)
					}
					return failed
				})
				if !errors.Is(err, failed) || out.String() != c.want {
					t.Errorf("%v, %q, want %q", err, out.String(), c.want)
				}
			})
		})
	}
}
