package calendar_test

import (
	"fmt"
	"testing"
	"time"

	"go.uber.org/goleak"

	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/capture/calendar"
	"github.com/tenths/tenths/capture/capturetest"
)

func TestCalDAVConformance(t *testing.T) {
	s, r := radicaleServer(t)
	a := newAccount(t, s.home, s.user, s.password)
	a.put(s.first+"d.ics", daily)
	n := 0
	capturetest.Run(t, capturetest.Subject{
		New: func(t *testing.T) capture.Source {
			source := newAccount(t, s.home, s.user, s.password).source()
			calendar.SetPoll(source, 300*time.Millisecond)
			return source
		},
		Change: func(t *testing.T) {
			n++
			a.put(fmt.Sprintf("%sc%d.ics", s.first, n), fmt.Sprintf("UID:c%d\nDTSTART:20260319T%02d0000Z\nDURATION:PT30M\nSUMMARY:Confer on Acme", n, n%24))
		},
		Ignore:  []goleak.Option{goleak.IgnoreAnyFunction("github.com/tenths/tenths/internal/peer.(*Radicale).Restart.func1")},
		Secrets: []string{"Confer on Acme", s.password, "alice", "/work/"},
		Fingerprint: func(t *testing.T) string {
			return a.ask("PROPFIND", s.first, "", 207)
		},
		Away: func(t *testing.T) func() {
			r.Kill()
			return func() { r.Restart(t) }
		},
	})
}
