// Package app is what a person can ask Tenths for: one small service per
// screen, over the store, the sources and the connector. It is plain Go and
// must not know who asks: a window, a terminal or a test.
package app

import (
	"cmp"
	"context"
	"log/slog"
	"net/url"
	"slices"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/store"
	pms "github.com/tenths/tenths/sync"
)

// Config is what main wires a practice from.
type Config struct {
	Dir  string           // data directory; made when it does not exist
	Now  func() time.Time // time.Now
	Zone string           // IANA name of the machine's zone
	Log  *slog.Logger     // never sees privileged text

	Uptime func() Uptime // nil where the system does not tell
	Watch  WatchClocks   // while observing; nil for none

	Sources   map[billing.SourceKind]NewSource
	Find      func() []FoundPlace // looks for places on this machine
	Connector NewConnector
	Authorize Authorize
	Address   func(Link) (*url.URL, error) // where a practice management system is
	Vault     func() (Vault, error)        // opened only when a secret is needed
}

// NewSource makes a source that observes one place. Where within is not empty
// the source may leave out what lies outside it.
type NewSource func(cfg capture.Config, within billing.Span) (capture.Source, error)

// Vault keeps secrets.
type Vault interface {
	Get(ctx context.Context, name string) (string, error)
	Set(ctx context.Context, name, value string) error
	Delete(ctx context.Context, name string) error
	Where() string // for the person
}

// Connector is a practice management system, as app needs it.
type Connector interface {
	pms.Connector
	pms.MatterLister
	// User returns the name of the account that entries are posted as.
	User(ctx context.Context) (string, error)
	Close()
}

// NewConnector opens the practice management system at link. It does not reach
// out yet.
type NewConnector func(ctx context.Context, link Link, vault Vault) (Connector, error)

// Authorize has the person allow access in the browser, and keeps the tokens in
// the vault, under the names that NewConnector looks for.
type Authorize func(ctx context.Context, link Link, clientSecret string, vault Vault, open func(url string) error) error

// Link says which practice management system the practice posts to.
type Link struct {
	System   string `json:"system"` // "clio"
	URL      string `json:"url"`
	ClientID string `json:"client_id,omitempty"` // for authorization in the browser
	Port     int    `json:"port,omitempty"`      // of the loopback redirect
}

// Names of the secrets of a link, in the vault.
const (
	SecretToken        = "clio.token"         // access and refresh token, JSON
	SecretClientSecret = "clio.client_secret" // of the firm's registered application
)

// Practice is one lawyer's practice: a data directory and all that is done with
// it.
type Practice struct {
	Config
	store     *store.Store
	learning  learning
	registers registers
	history   history
}

// Open opens the practice in cfg.Dir.
func Open(ctx context.Context, cfg Config) (*Practice, error) {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	s, err := store.Open(ctx, cfg.Dir, cfg.Now)
	if err != nil {
		return nil, err
	}
	return &Practice{Config: cfg, store: s}, nil
}

// Close waits for running work and closes the store.
func (p *Practice) Close() error { return p.store.Close() }

// OnChange calls fn with the topics that went stale ("drafts", "observations",
// "matters", "outbox", "sources"). fn must be quick.
func (p *Practice) OnChange(fn func(topics []string)) { p.store.OnCommit(fn) }

// settings are kept under these names.
const (
	settingTimekeeper = "timekeeper"
	settingLink       = "link"
)

// Timekeeper returns whose practice it is, at the rate of today.
func (p *Practice) Timekeeper(ctx context.Context) (t billing.Timekeeper, err error) {
	err = p.store.View(ctx, func(tx *store.Tx) error {
		if t, err = timekeeper(ctx, tx); err != nil {
			return err
		}
		zone, err := p.zone(t)
		if err != nil {
			return err
		}
		t.Rate = t.Rates.On("", billing.DayOf(tx.Now(), zone)).Price
		return nil
	})
	return t, err
}

// SetTimekeeper changes whose practice it is; a rate that is given holds from
// today, see [Practice.SetTimekeeperFrom].
func (p *Practice) SetTimekeeper(ctx context.Context, t billing.Timekeeper) error {
	return p.SetTimekeeperFrom(ctx, t, nil)
}

// SetTimekeeperFrom changes whose practice it is. A rate that is given holds
// from a day on, nil being what [Rates.Set] says; without one the rates stay as
// they are. Entries that are approved keep theirs. The firm's currency is set
// once, by name or with the first rate: once something was approved it stays.
func (p *Practice) SetTimekeeperFrom(ctx context.Context, t billing.Timekeeper, from *billing.Day) error {
	zone, err := p.zone(t)
	if err != nil {
		return err
	}
	return p.store.Update(ctx, func(tx *store.Tx) error {
		old, err := timekeeper(ctx, tx)
		if err != nil {
			return err
		}
		if t.Currency, err = homeCurrency(ctx, tx, old, t); err != nil {
			return err
		}
		if !t.Rate.IsZero() {
			book := rateBook{old.Rates, billing.DayOf(tx.Now(), zone)}
			if err := book.setOwn(ctx, tx, t.Rate, from); err != nil {
				return err
			}
		}
		t.Rate = billing.Money{} // it is among the rates
		if t.Name != old.Name || !slices.Equal(t.Addresses, old.Addresses) {
			if err := tx.Relearn(ctx); err != nil {
				return err
			}
		}
		return tx.SetSetting(ctx, settingTimekeeper, t)
	})
}

// homeCurrency returns the firm's currency once old becomes t, "" while nothing
// says it.
func homeCurrency(ctx context.Context, tx *store.Tx, old, t billing.Timekeeper) (string, error) {
	home := cmp.Or(t.Currency, old.Currency, t.Rate.Currency)
	if home == "" {
		return "", nil
	}
	home, err := billing.ParseCurrency(home)
	if err != nil {
		return "", err
	}
	rate := t.Rate
	if own := old.Rates.Of(""); rate.IsZero() && home != old.Home() && len(own) > 0 {
		rate = own[len(own)-1].Price
	}
	if err := inCurrency(rate, home); err != nil {
		return "", err
	}
	if home == old.Home() {
		return home, nil
	}
	approved, err := tx.AnyApproved(ctx)
	if err == nil && approved {
		err = &billing.Error{Kind: billing.Conflict, Msg: "the firm's currency is " + old.Home() + " and entries were approved in it; a matter may have a rate in another"}
	}
	return home, err
}

// timekeeper returns whose practice it is, with all rates. Its Rate is zero:
// which one holds depends on the day.
func timekeeper(ctx context.Context, tx *store.Tx) (billing.Timekeeper, error) {
	t := billing.Timekeeper{}
	if _, err := tx.Setting(ctx, settingTimekeeper, &t); err != nil {
		return t, err
	}
	list, err := tx.Rates(ctx)
	for _, r := range list {
		t.Rates = append(t.Rates, r.Rate)
	}
	return t, err
}

// zone returns the zone that decides the timekeeper's work dates.
func (p *Practice) zone(t billing.Timekeeper) (*time.Location, error) {
	if t.Zone != "" {
		return loadZone(t.Zone)
	}
	return loadZone(p.Zone)
}

func loadZone(name string) (*time.Location, error) {
	loc, err := time.LoadLocation(name)
	if err != nil {
		return nil, &billing.Error{Kind: billing.Invalid, Err: err,
			Msg: "the time zone " + name + " is not known; use a name such as America/New_York"}
	}
	return loc, nil
}

// Location returns the zone that decides the timekeeper's work dates.
func (p *Practice) Location(ctx context.Context) (*time.Location, error) {
	t, err := p.Timekeeper(ctx)
	if err != nil {
		return nil, err
	}
	return p.zone(t)
}

// Today returns the current day in the timekeeper's zone.
func (p *Practice) Today(ctx context.Context) (billing.Day, error) {
	loc, err := p.Location(ctx)
	if err != nil {
		return billing.Day{}, err
	}
	return billing.DayOf(p.Now(), loc), nil
}
