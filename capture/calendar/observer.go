package calendar

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
)

// observer is what every source of meetings has: for whom and where it looks,
// and what it could not use.
type observer struct {
	cfg  capture.Config
	now  func() time.Time
	zone *time.Location // the timekeeper's, never the machine's

	limited  bool
	from, to time.Time

	mu       sync.Mutex
	problems []Problem
}

// configure takes cfg and puts the timekeeper's own addresses in order; the
// account's name is one of them when it is an address.
func (o *observer) configure(cfg capture.Config, now func() time.Time) {
	o.cfg, o.now, o.zone = cfg, now, cfg.Zone
	if o.zone == nil {
		o.zone = time.UTC
	}
	own := make([]string, 0, len(cfg.Own)+1)
	for _, address := range cfg.Own {
		own = append(own, strings.ToLower(strings.TrimSpace(address)))
	}
	if user := mailAddress(string(cfg.User)); user != "" {
		own = append(own, user)
	}
	slices.Sort(own)
	o.cfg.Own = slices.Compact(own)
}

// Within limits the source to observations that overlap [from, to), for trying
// it out: nothing is compared with a cursor or taken back, and the cursor given
// is passed on as it is.
func (o *observer) Within(from, to time.Time) { o.limited, o.from, o.to = true, from, to }

// reading names what besides a calendar's data its observations depend on: how
// it is read, for whom and where. What was recorded by another reading has to be
// read anew, although the data did not change.
func (o *observer) reading(own []string) string {
	sum := sha256.Sum256([]byte(faceVersion + "\x00" + o.zone.String() + "\x00" + strings.Join(own, "\x00")))
	return base64.RawURLEncoding.EncodeToString(sum[:6])
}

// Problems returns what could not be used at the last look, for the person,
// such as "event 12: DTSTART is missing". It quotes nothing of the calendar.
func (o *observer) Problems() []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	out := make([]string, len(o.problems))
	for i, p := range o.problems {
		out[i] = p.String()
	}
	return out
}

func (o *observer) keepProblems(list []Problem) {
	if len(list) > maxProblems {
		list = list[:maxProblems]
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.problems = list
}

// recordWithin records what overlaps the source's range and leaves the cursor.
func (o *observer) recordWithin(ctx context.Context, c *Calendar, v View, at capture.Cursor, sink capture.Sink) error {
	list := c.instances(o.from, o.to, v) //nolint:contextcheck // bounded work in memory
	for i := range list {
		list[i].Source = o.cfg.ID
	}
	for batch := range slices.Chunk(list, batchSize) {
		if err := sink.Record(ctx, batch, at); err != nil {
			return err
		}
	}
	return nil
}

// logRetry notes that a look went wrong and when the next will be. The error's
// message holds nothing privileged.
func (o *observer) logRetry(ctx context.Context, err error, wait time.Duration) {
	slog.WarnContext(ctx, "calendar: trying again later", "source", o.cfg.ID, "kind", billing.KindOf(err), "wait", wait.Round(time.Second))
}

// jittered returns d changed by up to a tenth, so that many sources do not
// come at the same moment.
func jittered(d time.Duration) time.Duration {
	return d + time.Duration((rand.Float64()-0.5)/5*float64(d))
}
