package sync

import (
	"context"
	"log/slog"
	"slices"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
)

// Config is what a [Worker] is made from. Outbox and Connector are needed; the
// rest has defaults.
type Config struct {
	Outbox    Outbox
	Connector Connector
	Now       func() time.Time // time.Now
	Log       *slog.Logger     // slog.Default(); never sees privileged text
	// Settle is how long after an attempt began the other system's word that
	// the entry is absent is believed; 15 s. Each attempt is given up after
	// four fifths of it.
	Settle time.Duration
	// Patience bounds how long Once waits for unknown attempts to settle; 45 s.
	Patience time.Duration
	// Changed, where set, is called after each posting's state has changed.
	Changed func()
}

// Worker empties an outbox through a connector. There must be one worker per
// outbox at a time; whoever makes it sees to that. Its methods other than Wake
// are not for concurrent use.
type Worker struct {
	Config
	wake chan struct{}

	// The whole connector rests until held, for the reason why: it is offline
	// or asked for a pause, and every posting would meet the same answer.
	held     time.Time
	why      *billing.Error
	failures int // in a row, which lengthen the rest

	behind time.Time // when the last posting that was put off behind its twin is due
}

// Report counts postings by where Once left them. Those that were not due and
// did not become due are not counted.
type Report struct {
	Posted   int // now there, sent or adopted
	Waiting  int // certainly not there; will be tried again later
	Unknown  int // perhaps there; will be looked for again
	NeedsYou int // refused; a person must decide
	Twins    int // of Posted: adopted while several alike were found
}

// How long the worker rests after a failure of the connection, doubling.
const (
	firstRest = 5 * time.Second
	longRest  = 5 * time.Minute
	// lookEvery bounds the sleep of Run: timers stand still while a laptop
	// sleeps, so what fell due meanwhile would otherwise wait too long.
	lookEvery = time.Minute
	// findTime bounds one search, which may read several pages.
	findTime = time.Minute
	// saveTime bounds the recording of an outcome, which happens even when the
	// worker has been told to stop.
	saveTime = 10 * time.Second
)

// NewWorker returns a worker that has not started yet.
func NewWorker(cfg Config) *Worker {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.Default()
	}
	if cfg.Settle <= 0 {
		cfg.Settle = 15 * time.Second
	}
	if cfg.Patience <= 0 {
		cfg.Patience = 45 * time.Second
	}
	return &Worker{Config: cfg, wake: make(chan struct{}, 1)}
}

// Wake tells a running worker that the outbox has something new. It never blocks.
func (w *Worker) Wake() {
	select {
	case w.wake <- struct{}{}:
	default:
	}
}

// Once handles all that can be finished now, waits for unknown attempts to
// settle where that takes no longer than Patience, and says how it left things.
// Its error is about the outbox or ctx; what went wrong with a posting is in
// the outbox.
func (w *Worker) Once(ctx context.Context) (Report, error) {
	left := tally{}
	deadline := w.Now().Add(w.Patience)
	for {
		if err := w.pass(ctx, left); err != nil {
			return left.report(), err
		}
		due, err := w.Outbox.Due(ctx)
		if err != nil {
			return left.report(), err
		}
		next := due.Unknown
		if next.IsZero() && w.behind.After(w.Now()) {
			next = w.behind
		}
		if next.IsZero() || next.After(deadline) || w.Now().After(deadline) {
			return left.report(), nil
		}
		if err := sleep(ctx, next.Sub(w.Now()), nil); err != nil {
			return left.report(), err
		}
	}
}

// Run handles what is due, and goes on whenever something falls due or Wake is
// called, until ctx ends; then it returns nil, having recorded the outcome of
// what was under way. It survives errors of the outbox: it logs them, rests and
// tries again.
func (w *Worker) Run(ctx context.Context) error {
	broken := 0
	for {
		wait := lookEvery
		err := w.pass(ctx, tally{})
		if err == nil {
			broken = 0
			wait, err = w.untilDue(ctx)
		}
		if err != nil && ctx.Err() == nil {
			wait = rest(broken)
			broken++
			w.Log.Error("the outbox cannot be worked", "err", err, "again_in", wait)
		}
		if sleep(ctx, wait, w.wake) != nil {
			return nil
		}
	}
}

// untilDue returns how long Run may sleep.
func (w *Worker) untilDue(ctx context.Context) (time.Duration, error) {
	due, err := w.Outbox.Due(ctx)
	if err != nil || due.Any.IsZero() {
		return lookEvery, err
	}
	// A posting that stays due although it was just handled must not spin.
	return min(max(due.Any.Sub(w.Now()), 100*time.Millisecond), lookEvery), nil
}

// pass handles each posting that is due, until none is.
func (w *Worker) pass(ctx context.Context, left tally) error {
	for {
		if err := ctx.Err(); err != nil {
			return err
		}
		p, attempt, err := w.Outbox.Next(ctx, w.Now())
		if err != nil {
			return err
		}
		if p == nil {
			return nil
		}
		was, err := w.handle(ctx, *p, attempt)
		if err != nil {
			return err
		}
		left[p.Entry] = was
		if w.Changed != nil {
			w.Changed()
		}
	}
}

// handle takes one posting as far as it can go now, and says where it is left.
// Whatever happens to the posting, its outbox row changes, so that the same one
// is not due again at once; an error means that it could not be recorded.
func (w *Worker) handle(ctx context.Context, p billing.Posting, a Attempt) (outcome, error) {
	if w.Now().Before(w.held) {
		if a.State == StateQueued {
			return w.retry(ctx, p, w.held, w.why)
		}
		return w.unknown(ctx, p, later(w.held, w.settled(a)), w.why)
	}
	if a.State != StateQueued {
		return w.resolve(ctx, p, a)
	}
	twin, err := w.unsettledTwin(ctx, p)
	switch {
	case err != nil:
		return "", err
	case twin:
		return w.standBehind(ctx, p)
	}
	return w.send(ctx, p)
}

// unsettledTwin reports whether an entry that the other system could not tell
// from p has an unknown outcome. Were p sent too, a search for either might
// find what belongs to the other while the rest is still on its way, and the
// other would be sent once too often.
func (w *Worker) unsettledTwin(ctx context.Context, p billing.Posting) (bool, error) {
	unsettled, err := w.Outbox.Unsettled(ctx)
	return slices.ContainsFunc(unsettled, func(q billing.Posting) bool {
		return q.Entry != p.Entry && q.MatterRemote == p.MatterRemote && q.WorkDate == p.WorkDate && q.Billed == p.Billed &&
			slices.Equal(strings.Fields(q.Narrative.Reveal()), strings.Fields(p.Narrative.Reveal()))
	}), err
}

// standBehind puts p off until shortly after the next unknown posting is due.
func (w *Worker) standBehind(ctx context.Context, p billing.Posting) (outcome, error) {
	due, err := w.Outbox.Due(ctx)
	if err != nil {
		return "", err
	}
	w.behind = later(due.Unknown, w.Now()).Add(time.Second)
	return w.retry(ctx, p, w.behind, &billing.Error{Kind: billing.Conflict,
		Msg: "Waiting until it is clear whether an entry just like this one has arrived."})
}

// send posts p, which the other system is certain not to have.
func (w *Worker) send(ctx context.Context, p billing.Posting) (outcome, error) {
	if pacer, ok := w.Connector.(Pacer); ok {
		if err := pacer.Pace(ctx); err != nil {
			return w.unsent(ctx, p, err)
		}
	}
	began := w.Now()
	if err := w.Outbox.Sending(ctx, p.Entry, began); err != nil {
		return "", err
	}
	if p.FirstSent.IsZero() {
		p.FirstSent = began
	}
	post, cancel := context.WithTimeout(ctx, w.Settle*4/5)
	receipt, err := w.Connector.Post(post, p)
	cancel()
	if err == nil {
		return w.posted(ctx, p, receipt)
	}
	failed, why := classify(err)
	if failed.Outcome != billing.Unknown {
		return w.unsent(ctx, p, failed)
	}
	w.Log.Warn("a post has no known outcome; looking for it", "entry", p.Entry, "err", why)
	if ctx.Err() != nil {
		return w.unknown(ctx, p, w.Now(), why) // whoever starts next looks at once
	}
	settled := w.Now().Add(w.Settle)
	if found, err := w.find(ctx, p); err == nil && len(found) > 0 {
		return w.adopt(ctx, p, found)
	}
	return w.unknown(ctx, p, settled, why)
}

// resolve finds out what became of an earlier attempt at p, and sends p again
// only when it is certain to be absent.
func (w *Worker) resolve(ctx context.Context, p billing.Posting, a Attempt) (outcome, error) {
	asked := w.Now()
	settled := w.settled(a)
	found, err := w.find(ctx, p)
	switch {
	case err != nil:
		_, why := classify(err)
		w.pause(0, why)
		return w.unknown(ctx, p, later(w.held, settled), why)
	case len(found) > 0:
		return w.adopt(ctx, p, found)
	case asked.Before(settled):
		return w.unknown(ctx, p, settled, &billing.Error{Kind: billing.Unreachable,
			Msg: "The connection broke before an answer came; checking whether the entry arrived."})
	}
	w.Log.Info("an unknown post is absent; sending it again", "entry", p.Entry, "attempts", a.Count)
	return w.send(ctx, p)
}

// settled returns when the other system's word about the attempt a counts.
func (w *Worker) settled(a Attempt) time.Time {
	if now := w.Now(); a.Began.After(now) {
		// The clock was put back since. A row left unknown has been waiting for
		// the settle time already, by a clock that could be trusted meanwhile.
		if a.State == StateUnknown {
			return now
		}
		return now.Add(w.Settle)
	}
	return a.Began.Add(w.Settle)
}

func (w *Worker) find(ctx context.Context, p billing.Posting) ([]billing.Receipt, error) {
	ctx, cancel := context.WithTimeout(ctx, findTime)
	defer cancel()
	return w.Connector.Find(ctx, p)
}

// adopt binds p to the first of found, the oldest.
func (w *Worker) adopt(ctx context.Context, p billing.Posting, found []billing.Receipt) (outcome, error) {
	first := found[0]
	first.Found = true
	was, err := w.posted(ctx, p, first)
	if err == nil && len(found) > 1 {
		w.Log.Warn("several entries alike were found; the oldest was adopted", "entry", p.Entry,
			"remote", first.RemoteID, "alike", len(found))
		was = leftTwin
	}
	return was, err
}

// unsent records a failure after which it is certain that nothing was sent.
func (w *Worker) unsent(ctx context.Context, p billing.Posting, err error) (outcome, error) {
	failed, why := classify(err)
	if failed.Outcome == billing.Permanent {
		save, cancel := saving(ctx)
		defer cancel()
		w.Log.Warn("a post was refused", "entry", p.Entry, "err", why)
		return leftNeedsYou, w.Outbox.NeedsYou(save, p.Entry, why)
	}
	w.pause(failed.After, why)
	return w.retry(ctx, p, w.held, why)
}

func (w *Worker) posted(ctx context.Context, p billing.Posting, r billing.Receipt) (outcome, error) {
	w.held, w.why, w.failures = time.Time{}, nil, 0
	save, cancel := saving(ctx)
	defer cancel()
	return leftPosted, w.Outbox.Posted(save, p.Entry, w.Connector.Name(), r)
}

func (w *Worker) retry(ctx context.Context, p billing.Posting, next time.Time, why *billing.Error) (outcome, error) {
	save, cancel := saving(ctx)
	defer cancel()
	return leftWaiting, w.Outbox.Retry(save, p.Entry, next, why)
}

func (w *Worker) unknown(ctx context.Context, p billing.Posting, next time.Time, why *billing.Error) (outcome, error) {
	save, cancel := saving(ctx)
	defer cancel()
	return leftUnknown, w.Outbox.Unknown(save, p.Entry, next, why)
}

// pause lets the connector rest for the time that the other system asked for,
// or else longer after each failure in a row.
func (w *Worker) pause(asked time.Duration, why *billing.Error) {
	if asked <= 0 {
		asked = rest(w.failures)
		w.failures++
	}
	w.held, w.why = w.Now().Add(asked), why
}
