package app

import (
	"context"
	"errors"
	"math"
	"path/filepath"

	"github.com/gofrs/flock"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/store"
	pms "github.com/tenths/tenths/sync"
)

// Posting sends approved entries to the practice management system, where there
// is one.
type Posting struct{ *Practice }

// Link returns the system the practice posts to; its System is "" when none is
// connected.
func (p Posting) Link(ctx context.Context) (link Link, err error) {
	err = p.store.View(ctx, func(tx *store.Tx) error {
		_, err := tx.Setting(ctx, settingLink, &link)
		return err
	})
	return link, err
}

// Connected is what connecting found.
type Connected struct {
	System  string `json:"system"`
	URL     string `json:"url"`
	User    string `json:"user"`    // the account that entries are posted as
	Matters int    `json:"matters"` // open matters over there
	Linked  int    `json:"linked"`  // of them, those that are known here
	Added   int    `json:"added"`   // of them, those that are new here
	Moved   int    `json:"moved"`   // matters of ours whose number changed with it
	Secrets string `json:"secrets"` // where the token is kept
}

// Connect makes link the system that approved entries are posted to, with the
// token in the vault, and pulls its matters. When anything fails, nothing is
// kept. token is JSON or the bare access token; it is not needed where the vault
// holds one already, as after an authorization in the browser.
func (p Posting) Connect(ctx context.Context, link Link, token string) (c Connected, err error) {
	vault, err := p.vault(ctx)
	if err != nil {
		return c, err
	}
	if token != "" {
		old, _ := vault.Get(ctx, SecretToken)
		if err := vault.Set(ctx, SecretToken, token); err != nil {
			return c, err
		}
		defer func() {
			if err != nil {
				err = errors.Join(err, restoreSecret(ctx, vault, SecretToken, old))
			}
		}()
	}
	remote, err := p.Connector(ctx, link, vault)
	if err != nil {
		return c, err
	}
	defer remote.Close()
	c = Connected{System: link.System, URL: link.URL, Secrets: vault.Where()}
	if c.User, err = remote.User(ctx); err != nil {
		return c, err
	}
	matters, err := remote.Matters(ctx)
	if err != nil {
		return c, err
	}
	c.Matters = len(matters)
	err = p.store.Update(ctx, func(tx *store.Tx) error {
		got, err := pull(ctx, tx, remote.Name(), matters)
		if err != nil {
			return err
		}
		c.Linked, c.Added, c.Moved = got.linked, got.added, got.moved
		return tx.SetSetting(ctx, settingLink, link)
	})
	return c, err
}

// AllowInBrowser has the person allow Tenths into their account in the browser,
// which open shows an address. The tokens go into the vault; [Posting.Connect]
// with an empty token uses them. clientSecret may be "" when the vault has it.
func (p Posting) AllowInBrowser(ctx context.Context, link Link, clientSecret string, open func(url string) error) error {
	vault, err := p.vault(ctx)
	if err != nil {
		return err
	}
	return p.Authorize(ctx, link, clientSecret, vault, open)
}

func restoreSecret(ctx context.Context, vault Vault, name, old string) error {
	if old == "" {
		return vault.Delete(ctx, name)
	}
	return vault.Set(ctx, name, old)
}

// requeue sends on the entries that needed a person and whose matter is known
// over there by now: their matter was missing, or the access was.
func requeue(ctx context.Context, tx *store.Tx, system string) error {
	rows, err := tx.OutboxIn(ctx, math.MaxInt32, store.OutboxNeedsYou)
	if err != nil {
		return err
	}
	for _, row := range rows {
		_, ok, err := tx.Remote(ctx, system, remoteMatter, string(row.Matter))
		if err != nil {
			return err
		}
		if ok {
			if err := tx.Requeue(ctx, row.Entry); err != nil {
				return err
			}
		}
	}
	return nil
}

// Posted is how the outbox stands after a round of posting.
type Posted struct {
	Posted   int `json:"posted"` // in this round
	Waiting  int `json:"waiting"`
	Unknown  int `json:"unknown"`
	NeedsYou int `json:"needs_you"`
}

// Once posts all that can be posted now and returns what is left. Where the
// outcome of an attempt is unknown it waits, within bounds, until it is known.
func (p Posting) Once(ctx context.Context) (done Posted, err error) {
	err = p.withWorker(ctx, func(ctx context.Context, w *pms.Worker) error {
		// A person asks: what rests after an earlier failure is tried now.
		if err := p.store.Update(ctx, func(tx *store.Tx) error { return tx.WakeOutbox(ctx) }); err != nil {
			return err
		}
		report, err := w.Once(ctx)
		done.Posted += report.Posted
		return err
	})
	if err != nil {
		return done, err
	}
	status, err := p.Status(ctx)
	done.Waiting, done.Unknown, done.NeedsYou = status.Waiting, status.Unknown, status.NeedsYou
	return done, err
}

// Run posts until ctx ends. wake is received from when something was approved.
func (p Posting) Run(ctx context.Context, wake <-chan struct{}) error {
	return p.withWorker(ctx, func(ctx context.Context, w *pms.Worker) error {
		done := make(chan struct{})
		waker := make(chan struct{})
		go func() {
			defer close(waker)
			for {
				select {
				case <-wake:
					w.Wake()
				case <-done:
					return
				}
			}
		}()
		defer func() { close(done); <-waker }()
		return w.Run(ctx)
	})
}

// withWorker runs fn with the one posting worker that a data directory may
// have: two could both look for an entry, find none, and both send it. Where the
// practice is connected anew meanwhile, fn runs again with a worker of that.
func (p Posting) withWorker(ctx context.Context, fn func(context.Context, *pms.Worker) error) error {
	link, err := p.Link(ctx)
	if err != nil {
		return err
	}
	if link.System == "" {
		return &billing.Error{Kind: billing.Conflict, Msg: "no practice management system is connected; approved entries stay here until one is (tenths connect clio --url URL)"}
	}
	lock := flock.New(filepath.Join(p.Dir, "post.lock"))
	got, err := lock.TryLock()
	if err != nil {
		return &billing.Error{Kind: billing.Internal, Msg: "the data directory cannot be locked for posting", Err: err}
	}
	if !got {
		return &billing.Error{Kind: billing.Conflict, Msg: "another Tenths is posting from this data directory; wait for it, or close it"}
	}
	defer lock.Unlock() //nolint:errcheck // the lock goes with the process at the latest
	vault, err := p.vault(ctx)
	if err != nil {
		return err
	}
	for {
		again, err := p.asLinked(ctx, vault, fn)
		if !again {
			return err
		}
	}
}

// asLinked runs fn with a worker for the link as it is now. It reports whether
// fn was ended since there is another link.
func (p Posting) asLinked(ctx context.Context, vault Vault, fn func(context.Context, *pms.Worker) error) (again bool, err error) {
	link, err := p.Link(ctx)
	if err != nil {
		return false, err
	}
	remote, err := p.Connector(ctx, link, vault)
	if err != nil {
		return false, err
	}
	defer remote.Close()
	working, end := context.WithCancelCause(ctx)
	defer end(nil)
	err = fn(working, pms.NewWorker(pms.Config{
		Outbox: outbox{p.store, remote.Name()}, Connector: linked{remote, p.store, link, end}, Now: p.Now, Log: p.Log,
	}))
	return ctx.Err() == nil && errors.Is(context.Cause(working), errRelinked), err
}

// TryAgain sends on an entry that needed a person.
func (p Posting) TryAgain(ctx context.Context, id billing.EntryID) error {
	return p.store.Update(ctx, func(tx *store.Tx) error { return tx.Requeue(ctx, id) })
}

// Status returns how the outbox stands.
func (p Posting) Status(ctx context.Context) (summary PostingSummary, err error) {
	err = p.store.View(ctx, func(tx *store.Tx) error {
		t, err := timekeeper(ctx, tx)
		if err != nil {
			return err
		}
		zone, err := p.zone(t)
		if err != nil {
			return err
		}
		known, err := p.register(ctx, tx)
		if err != nil {
			return err
		}
		if summary, err = postingCounts(ctx, tx); err != nil {
			return err
		}
		summary.Rows, err = postingRows(ctx, tx, known.renderer(zone))
		return err
	})
	return summary, err
}
