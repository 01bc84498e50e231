package app

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft"
	"github.com/tenths/tenths/rephrase"
	"github.com/tenths/tenths/store"
)

const (
	// rephraseDays is how many days back drafts are worded.
	rephraseDays = 7
	// rephraseQuiet is how long drafts must have stayed as they are before the
	// model is asked about them, and rephraseTick how often they are looked at
	// although nothing told of a change: another process may have made one.
	rephraseQuiet = time.Second
	rephraseTick  = time.Minute
	// rephraseRest is how long a model is left alone that does not answer;
	// each time twice as long, up to rephraseRestMost.
	rephraseRest     = 15 * time.Second
	rephraseRestMost = 15 * time.Minute
	// mostSlow is how often one narrative may take too long before it is asked
	// about no more.
	mostSlow = 2
)

// Run has the model word the untouched drafts of the last days, one question at
// a time, whenever they changed, until ctx ends. Nothing waits for it: drafts
// stand as the grammar has them until an answer is there. While no model is in
// use it does nothing. It ends within a moment of ctx, whatever the model does.
func (r Rephrasing) Run(ctx context.Context) {
	w := &wording{Rephrasing: r, slow: map[string]int{}, changed: make(chan struct{}, 1)}
	r.OnChange(func(topics []string) {
		if slices.ContainsFunc(topics, func(t string) bool {
			return t == store.TopicDrafts || t == store.TopicObservations || t == store.TopicMatters || t == store.TopicSettings
		}) {
			select {
			case w.changed <- struct{}{}:
			default:
			}
		}
	})
	for ctx.Err() == nil {
		w.round(ctx)
		w.wait(ctx)
	}
}

// start runs it beside other work and returns a function that stops it and waits
// for it.
func (r Rephrasing) start(ctx context.Context) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	done := make(chan struct{})
	go func() {
		defer close(done)
		r.Run(ctx)
	}()
	return func() {
		cancel()
		<-done
	}
}

// wording is a run of [Rephrasing.Run].
type wording struct {
	Rephrasing
	changed chan struct{}
	asked   model          // whose failures these are
	slow    map[string]int // how often a narrative took too long, by key
	rest    time.Duration
	until   time.Time // the model is left alone
}

// wait returns when drafts have changed and then stayed so for a moment, or when
// it is time to look anyway.
func (w *wording) wait(ctx context.Context) {
	tick := time.NewTimer(rephraseTick)
	defer tick.Stop()
	select {
	case <-ctx.Done():
		return
	case <-tick.C:
		return
	case <-w.changed:
	}
	quiet := time.NewTimer(rephraseQuiet)
	defer quiet.Stop()
	for most := 10; most > 0; most-- {
		select {
		case <-ctx.Done():
			return
		case <-quiet.C:
			return
		case <-w.changed:
			quiet.Reset(rephraseQuiet)
		}
	}
}

// round asks about all there is to ask, as far as the model answers, and keeps
// how it fared.
func (w *wording) round(ctx context.Context) {
	var m model
	err := w.store.View(ctx, func(tx *store.Tx) (err error) {
		m, err = chosenModel(ctx, tx)
		return err
	})
	if err != nil || m.Name == "" {
		return
	}
	if m != w.asked {
		w.asked, w.rest, w.until = m, 0, time.Time{}
		clear(w.slow)
	}
	if w.Now().Before(w.until) {
		return
	}
	asked, err := w.ask(ctx, m)
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		w.rest = min(max(2*w.rest, rephraseRest), rephraseRestMost)
		w.until = w.Now().Add(w.rest)
		w.Log.Warn("the language model does not word drafts", "kind", billing.KindOf(err))
	} else {
		w.rest = 0
	}
	if asked || err != nil {
		w.note(ctx, m, err)
	}
}

// note keeps how the model fared, where that differs from what is known.
func (w *wording) note(ctx context.Context, m model, failed error) {
	state := modelState{At: w.Now()}
	if failed != nil {
		state.Error = billing.Message(failed)
	}
	err := w.store.Update(ctx, func(tx *store.Tx) error {
		if still, err := chosenModel(ctx, tx); err != nil || still != m {
			return err
		}
		return tx.SetSetting(ctx, settingModelState, state)
	})
	if err != nil && ctx.Err() == nil {
		w.Log.Warn("how the language model fared was not kept", "kind", billing.KindOf(err))
	}
}

// ask goes through the last days, the latest first.
func (w *wording) ask(ctx context.Context, m model) (asked bool, err error) {
	today, err := w.Today(ctx)
	if err != nil {
		return false, err
	}
	var client *rephrase.Client
	defer func() {
		if client != nil {
			client.Close()
		}
	}()
	for i := range rephraseDays {
		day := today.Add(-i)
		var asks []draft.Wording
		if err := w.store.View(ctx, func(tx *store.Tx) (err error) {
			// No draft is to change its words under the person's eyes.
			if busy, err := tx.InReview(ctx, day); err != nil || busy {
				return err
			}
			asks, err = w.asks(ctx, tx, day, false)
			return err
		}); err != nil {
			return asked, err
		}
		if client == nil && len(asks) > 0 {
			if client, err = w.client(ctx, m); err != nil {
				return asked, err
			}
		}
		n, err := w.askDay(ctx, m, client, day, asks)
		asked = asked || n > 0
		if err != nil {
			return asked, err
		}
	}
	return asked, nil
}

// askDay asks about narratives of one day, and then has its drafts say what was
// kept.
func (w *wording) askDay(ctx context.Context, m model, client *rephrase.Client, day billing.Day, asks []draft.Wording) (asked int, err error) {
	for _, ask := range asks {
		if w.slow[ask.Key] >= mostSlow {
			continue
		}
		answer, aerr := askOnce(ctx, client, ask)
		if ctx.Err() != nil && answer == "" {
			return asked, ctx.Err()
		}
		if aerr != nil && billing.KindOf(aerr) != billing.Invalid {
			if errors.Is(aerr, context.DeadlineExceeded) {
				w.slow[ask.Key]++
			}
			err = aerr
			break
		}
		asked++
		kept := store.Wording{Key: ask.Key}
		if aerr != nil {
			kept.Reason = billing.Message(aerr)
		} else {
			var fault draft.Fault
			kept.Text, fault = ask.Reword(answer)
			kept.Reason = string(fault)
		}
		wanted, kerr := w.keep(context.WithoutCancel(ctx), m, day, kept)
		if kerr != nil || !wanted {
			return asked, kerr
		}
	}
	if asked > 0 && ctx.Err() == nil {
		if rerr := w.refresh(ctx, day); rerr != nil && err == nil {
			err = rerr
		}
	}
	return asked, err
}

// keep stores an answer, and reports false when it is not wanted now: the person
// has begun to review the day, the model was turned off or exchanged, the draft
// has changed, or what it rests on must not be known.
func (w *wording) keep(ctx context.Context, m model, day billing.Day, kept store.Wording) (wanted bool, err error) {
	err = w.store.Update(ctx, func(tx *store.Tx) error {
		if still, err := chosenModel(ctx, tx); err != nil || still != m {
			return err
		}
		if busy, err := tx.InReview(ctx, day); err != nil || busy {
			return err
		}
		asks, err := w.asks(ctx, tx, day, false)
		if err != nil || !slices.ContainsFunc(asks, func(a draft.Wording) bool { return a.Key == kept.Key }) {
			return err
		}
		wanted = true
		return tx.PutWording(ctx, day, kept)
	})
	return wanted, err
}

// modelPeers returns the host that drafts are worded by, none when no model is in
// use.
func (p *Practice) modelPeers(ctx context.Context) ([]Peer, error) {
	v, err := Rephrasing{p}.Status(ctx)
	if err != nil || !v.On {
		return nil, err
	}
	u, err := rephrase.ParseURL(v.URL)
	if err != nil {
		return nil, err
	}
	return peersOf(u, "words drafts from typed facts (language model "+v.Name+")", "model"), nil
}

// examineModel says how the language model fares, where one is in use. It is not
// asked: that may take long.
func (p *Practice) examineModel(ctx context.Context) ([]Finding, error) {
	v, err := Rephrasing{p}.Status(ctx)
	if err != nil || !v.On {
		return nil, err
	}
	f := Finding{What: "language model", OK: v.Error == "", Says: v.Name + " at " + v.Host}
	if v.Error != "" {
		f.Says, f.Remedy = v.Error, "drafts say what Tenths wrote meanwhile; tenths model off if that is to stay so"
	}
	return []Finding{f}, nil
}
