package mail

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"net"
	"os"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
)

// batchSize is how many observations are recorded at a time.
const batchSize = 500

// bookmark is a sink that remembers the last cursor it kept.
type bookmark struct {
	capture.Sink
	cursor capture.Cursor
}

// Record implements [capture.Sink].
func (b *bookmark) Record(ctx context.Context, observations []billing.Observation, cursor capture.Cursor) error {
	err := b.Sink.Record(ctx, observations, cursor)
	if err == nil {
		b.cursor = cursor
	}
	return err
}

// backoff is the wait between attempts: it doubles from first to most, and half
// of it is left to chance so that machines do not come back all at once.
type backoff struct {
	first, most time.Duration
	next        time.Duration
}

func (b *backoff) reset() { b.next = 0 }

// wait waits, longer each time, or until ctx ends.
func (b *backoff) wait(ctx context.Context) {
	b.next = min(max(2*b.next, b.first), b.most)
	pause(ctx, b.next/2+rand.N(b.next/2+1))
}

// pause waits for d or until ctx ends.
func pause(ctx context.Context, d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	}
}

// poll calls once at once and then every so often until ctx ends, when it
// returns nil. After an error it waits longer; an error that waiting will not
// mend ends it.
func poll(ctx context.Context, every time.Duration, cursor capture.Cursor, sink capture.Sink,
	once func(context.Context, capture.Cursor, capture.Sink) error) error {
	at := &bookmark{sink, cursor}
	retry := backoff{first: every, most: 5 * time.Minute}
	for {
		err := once(ctx, at.cursor, at)
		switch {
		case ctx.Err() != nil:
			return nil
		case err == nil:
			retry.reset()
			pause(ctx, every)
		case hopeless(err):
			return err
		default:
			slog.WarnContext(ctx, "mail: trying again later", "kind", billing.KindOf(err))
			retry.wait(ctx)
		}
	}
}

// hopeless reports whether waiting will not mend err.
func hopeless(err error) bool {
	e, ok := errors.AsType[*billing.Error](err)
	return ok && (e.Kind == billing.Unauthorized || e.Kind == billing.Invalid)
}

// bare returns err without the paths, hosts and addresses that the standard
// library's errors carry: causes end in the log.
func bare(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return e.Err
	}
	if e, ok := errors.AsType[*os.SyscallError](err); ok {
		return e
	}
	if e, ok := errors.AsType[*net.DNSError](err); ok {
		return errors.New(e.Err)
	}
	if e, ok := errors.AsType[*net.OpError](err); ok {
		return e.Err
	}
	return err
}
