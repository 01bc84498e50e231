package clio

import (
	"context"
	"net/http"
	"strconv"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/tenths/tenths/billing"
)

// limits keeps requests within what Clio allows an access token: so many in any
// 60 seconds, 50 at peak hours (docs.developers.clio.com/api-docs/rate-limits).
// Half of them may go at once, the other half spread over the minute, so that
// any minute holds no more than all.
type limits struct {
	bucket *rate.Limiter

	mu     sync.Mutex
	paused time.Time // Clio allows nothing before
}

func (l *limits) init(perMinute int) { l.bucket = rate.NewLimiter(spread(perMinute)) }

func spread(perMinute int) (rate.Limit, int) {
	atOnce := max(perMinute/2, 1)
	return rate.Limit(max(float64(perMinute-atOnce), 1) / 60), atOnce
}

// learn follows X-RateLimit-Limit, -Remaining and -Reset (seconds since 1970 by
// Clio's clock).
func (l *limits) learn(res *http.Response, now time.Time) {
	if n, err := strconv.Atoi(res.Header.Get("X-RateLimit-Limit")); err == nil && n > 0 {
		perSecond, atOnce := spread(n)
		if l.bucket.Limit() != perSecond || l.bucket.Burst() != atOnce {
			l.bucket.SetLimitAt(now, perSecond)
			l.bucket.SetBurstAt(now, atOnce)
		}
	}
	remaining, err := strconv.Atoi(res.Header.Get("X-RateLimit-Remaining"))
	if (err == nil && remaining <= 0) || res.StatusCode == http.StatusTooManyRequests {
		l.mu.Lock()
		defer l.mu.Unlock()
		l.paused = now.Add(l.resume(res, now))
	}
}

// resume returns how long res asks to wait: Retry-After, in seconds or as a
// date, else until the limit is reset; at most an hour, and 0 when it says
// nothing.
func (l *limits) resume(res *http.Response, now time.Time) time.Duration {
	there, err := http.ParseTime(res.Header.Get("Date"))
	if err != nil {
		there = now
	}
	var wait time.Duration
	after := res.Header.Get("Retry-After")
	if n, err := strconv.Atoi(after); err == nil {
		wait = time.Duration(min(max(n, 0), 3600)) * time.Second
	} else if at, err := http.ParseTime(after); err == nil {
		wait = at.Sub(there)
	} else if at, err := strconv.ParseInt(res.Header.Get("X-RateLimit-Reset"), 10, 64); err == nil {
		wait = time.Unix(min(at, there.Unix()+3600), 0).Sub(there)
	}
	return min(max(wait, 0), time.Hour)
}

// take takes leave for one request now, or says how long there is to wait.
func (l *limits) take(now time.Time) time.Duration {
	if wait := l.pause(now); wait > 0 {
		return wait
	}
	r := l.bucket.ReserveN(now, 1)
	wait := r.DelayFrom(now)
	if wait > 0 {
		r.CancelAt(now)
	}
	return wait
}

// free says how long there is to wait before take would succeed.
func (l *limits) free(now time.Time) time.Duration {
	if wait := l.pause(now); wait > 0 {
		return wait
	}
	lacking := 1 - l.bucket.TokensAt(now)
	if lacking <= 0 {
		return 0
	}
	return time.Duration(lacking/float64(l.bucket.Limit())*float64(time.Second)) + time.Millisecond
}

func (l *limits) pause(now time.Time) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.paused.Sub(now)
}

// wait takes leave for one request, waiting for it.
func (l *limits) wait(ctx context.Context, now func() time.Time) error {
	for {
		d := l.take(now())
		if d <= 0 {
			return nil
		}
		if err := sleep(ctx, d); err != nil {
			return err
		}
	}
}

// sleep waits for d; when ctx would end or ends first, nothing was sent.
func sleep(ctx context.Context, d time.Duration) error {
	busy := func(cause error) error {
		return &billing.OutcomeError{Outcome: billing.Retryable, After: d, Err: &billing.Error{Kind: billing.Unreachable,
			Msg: "Clio takes only so many requests a minute; Tenths goes on by itself.", Err: cause}}
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return busy(ctx.Err())
	case <-timer.C:
		return nil
	}
}
