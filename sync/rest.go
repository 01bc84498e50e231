package sync

import (
	"context"
	"errors"
	"math/rand/v2"
	"time"

	"github.com/tenths/tenths/billing"
)

// classify returns err as an outcome and what to tell the person. What a
// connector did not classify is unknown.
func classify(err error) (*billing.OutcomeError, *billing.Error) {
	failed, ok := errors.AsType[*billing.OutcomeError](err)
	if !ok {
		failed = &billing.OutcomeError{Outcome: billing.Unknown}
	} else {
		copied := *failed
		failed = &copied
	}
	if failed.Err == nil {
		failed.Err = &billing.Error{Kind: billing.KindOf(err),
			Msg: "The practice management system did not give a clear answer.", Err: err}
	}
	return failed, failed.Err
}

// rest returns how long to wait after n failures in a row before this one, with
// a fifth more or less at random, so that many machines do not come back at
// the same moment.
func rest(n int) time.Duration {
	d := min(firstRest<<min(n, 10), longRest)
	return d*4/5 + rand.N(d*2/5)
}

// saving returns a context in which to record an outcome that is already known,
// even though ctx may have ended.
func saving(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), saveTime)
}

// sleep waits for d, a wake-up, or the end of ctx, which is its only error.
func sleep(ctx context.Context, d time.Duration, wake <-chan struct{}) error {
	timer := time.NewTimer(max(d, 0))
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
	case <-wake:
	}
	return nil
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
