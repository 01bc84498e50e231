package sync_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/tenths/tenths/billing"
	pms "github.com/tenths/tenths/sync"
)

// The model: an outbox in memory, and a practice management system over a
// network that does its worst. Both count the calls that reach them, and the
// process "dies" (panics) at the calls that a plan names.

// step is what happens to one post.
type step struct {
	Does string        // one of what follows
	Late time.Duration // for those that say so; less than the settle time
}

const (
	does         = ""              // answers
	dropsRequest = "drops request" // unknown; never arrives
	dropsReply   = "drops reply"   // unknown; arrived
	arrivesLate  = "arrives late"  // unknown; arrives Late after the post began
	slow         = "slow"          // arrives Late after the post began; the answer never comes
	refuses      = "refuses"       // certainly not carried out
	asksToWait   = "asks to wait"  // certainly not carried out; for as long as Late
	untyped      = "untyped"       // arrived, but the connector's error has no outcome
	rejects      = "rejects"       // permanently
)

type plan struct {
	Posts []step
	Finds []bool // whether a search fails
	Dies  []int  // at these calls, counted over all
}

type died struct{}

type world struct {
	plan
	calls int
	rows  []*row
	there []remote
}

type row struct {
	p       billing.Posting
	state   string
	next    time.Time
	began   time.Time
	count   int
	receipt string
	why     string
}

type remote struct {
	id      string
	words   billing.Privileged
	arrives time.Time
}

// tick is called before and after each effect, so that death may strike on
// either side of it.
func (w *world) tick() {
	w.calls++
	if len(w.Dies) > 0 && w.Dies[0] <= w.calls {
		w.Dies = w.Dies[1:]
		panic(died{})
	}
}

func (w *world) change(ctx context.Context, id billing.EntryID, f func(r *row)) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	w.tick()
	defer w.tick()
	for _, r := range w.rows {
		if r.p.Entry == id {
			f(r)
			return nil
		}
	}
	return errors.New("no such row")
}

func (w *world) Next(_ context.Context, now time.Time) (*billing.Posting, pms.Attempt, error) {
	var first *row
	for _, r := range w.rows {
		if r.state != "posted" && r.state != "needs you" && !r.next.After(now) && (first == nil || r.next.Before(first.next)) {
			first = r
		}
	}
	if first == nil {
		return nil, pms.Attempt{}, nil
	}
	p := first.p
	for _, r := range w.rows {
		if r.receipt != "" {
			p.Known = append(p.Known, r.receipt)
		}
	}
	return &p, pms.Attempt{State: pms.State(first.state), Began: first.began, Count: first.count}, nil
}

func (w *world) Due(context.Context) (due pms.Due, err error) {
	sooner := func(at *time.Time, t time.Time) {
		if at.IsZero() || t.Before(*at) {
			*at = t
		}
	}
	for _, r := range w.rows {
		switch r.state {
		case "sending", "unknown":
			sooner(&due.Unknown, r.next)
			sooner(&due.Any, r.next)
		case "queued":
			sooner(&due.Any, r.next)
		}
	}
	return due, nil
}

func (w *world) Unsettled(context.Context) (list []billing.Posting, err error) {
	for _, r := range w.rows {
		if r.state == "sending" || r.state == "unknown" {
			list = append(list, r.p)
		}
	}
	return list, nil
}

func (w *world) Sending(ctx context.Context, id billing.EntryID, at time.Time) error {
	return w.change(ctx, id, func(r *row) {
		r.state, r.began, r.count = "sending", at, r.count+1
		if r.p.FirstSent.IsZero() {
			r.p.FirstSent = at
		}
	})
}

func (w *world) Posted(ctx context.Context, id billing.EntryID, _ string, got billing.Receipt) error {
	return w.change(ctx, id, func(r *row) { r.state, r.receipt = "posted", got.RemoteID })
}

func (w *world) Unknown(ctx context.Context, id billing.EntryID, next time.Time, why *billing.Error) error {
	return w.change(ctx, id, func(r *row) { r.state, r.next, r.why = "unknown", next, why.Msg })
}

func (w *world) Retry(ctx context.Context, id billing.EntryID, next time.Time, why *billing.Error) error {
	return w.change(ctx, id, func(r *row) { r.state, r.next, r.why = "queued", next, why.Msg })
}

func (w *world) NeedsYou(ctx context.Context, id billing.EntryID, why *billing.Error) error {
	return w.change(ctx, id, func(r *row) { r.state, r.why = "needs you", why.Msg })
}

func (w *world) Name() string { return "model" }

func (w *world) arrive(words billing.Privileged, at time.Time) string {
	id := fmt.Sprintf("%04d", len(w.there)+1)
	w.there = append(w.there, remote{id, words, at})
	return id
}

func outcome(o billing.Outcome, after time.Duration) error {
	return &billing.OutcomeError{Outcome: o, After: after, Err: &billing.Error{Kind: billing.Unreachable, Msg: string(o)}}
}

func (w *world) Post(ctx context.Context, p billing.Posting) (billing.Receipt, error) {
	w.tick()
	var s step
	if len(w.Posts) > 0 {
		s, w.Posts = w.Posts[0], w.Posts[1:]
	}
	now := time.Now()
	id := ""
	switch s.Does {
	case does, dropsReply, untyped:
		id = w.arrive(p.Narrative, now)
	case arrivesLate, slow:
		w.arrive(p.Narrative, now.Add(s.Late))
	}
	w.tick()
	switch s.Does {
	case does:
		time.Sleep(50 * time.Millisecond)
		return billing.Receipt{RemoteID: id}, nil
	case refuses:
		return billing.Receipt{}, outcome(billing.Retryable, 0)
	case asksToWait:
		return billing.Receipt{}, outcome(billing.Retryable, s.Late)
	case rejects:
		return billing.Receipt{}, outcome(billing.Permanent, 0)
	case untyped:
		return billing.Receipt{}, errors.New("something odd")
	case slow:
		<-ctx.Done()
	}
	return billing.Receipt{}, outcome(billing.Unknown, 0)
}

func (w *world) Find(_ context.Context, p billing.Posting) ([]billing.Receipt, error) {
	w.tick()
	if len(w.Finds) > 0 {
		fails := w.Finds[0]
		w.Finds = w.Finds[1:]
		if fails {
			return nil, outcome(billing.Retryable, 0)
		}
	}
	var found []billing.Receipt
	for _, r := range w.there {
		if r.words == p.Narrative && !r.arrives.After(time.Now()) && r.arrives.After(p.FirstSent.Add(-time.Minute)) && !slices.Contains(p.Known, r.id) {
			found = append(found, billing.Receipt{RemoteID: r.id, Found: true})
		}
	}
	return found, nil
}

// live runs workers, each until it dies, until the outbox is empty or d is over.
func (w *world) live(ctx context.Context, d time.Duration) {
	end := time.Now().Add(d)
	for time.Now().Before(end) {
		alive := func() (alive bool) {
			defer func() {
				if r := recover(); r != nil {
					if _, ok := r.(died); !ok {
						panic(r)
					}
				}
			}()
			ctx, cancel := context.WithDeadline(ctx, end)
			defer cancel()
			pms.NewWorker(pms.Config{Outbox: w, Connector: w, Log: quiet}).Run(ctx)
			return true
		}()
		if alive {
			return
		}
		time.Sleep(time.Duration(w.calls%40) * 500 * time.Millisecond) // until someone starts it again
	}
}

// verdict says what is wrong at the end, or "".
func (w *world) verdict() string {
	want, got := map[billing.Privileged]int{}, map[billing.Privileged]int{}
	bound := map[string]bool{}
	for _, r := range w.rows {
		if r.state == "needs you" {
			if r.receipt != "" {
				return "a refused entry has a receipt"
			}
			continue
		}
		want[r.p.Narrative]++
		if r.state != "posted" {
			return fmt.Sprintf("entry %s is %s at the end: %s", r.p.Entry, r.state, r.why)
		}
		if r.receipt == "" || bound[r.receipt] {
			return fmt.Sprintf("the receipt %q of entry %s is not its own", r.receipt, r.p.Entry)
		}
		bound[r.receipt] = true
	}
	for _, r := range w.there {
		got[r.words]++
	}
	for words, n := range want {
		if got[words] != n {
			return fmt.Sprintf("%d entries reading %q were approved, %d are there", n, words.Reveal(), got[words])
		}
	}
	if len(w.there) != len(bound) {
		return fmt.Sprintf("%d are there, %d have receipts", len(w.there), len(bound))
	}
	return ""
}
