package app

import (
	"context"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/store"
)

// Sources are the places that are observed.
type Sources struct{ *Practice }

// tryPatience bounds how long a source may take that is only tried.
const tryPatience = 2 * time.Minute

// List returns the places observed, in the order in which they were added.
func (s Sources) List(ctx context.Context) ([]SourceView, error) {
	views := []SourceView{}
	err := s.store.View(ctx, func(tx *store.Tx) error {
		list, err := tx.Sources(ctx)
		if err != nil {
			return err
		}
		for _, src := range list {
			if src.Kind == billing.SourceNotes {
				continue
			}
			v := SourceView{ID: string(src.ID), Kind: string(src.Kind), Where: string(src.Where), User: string(src.User),
				Added: src.Added.UTC().Format(time.RFC3339), State: "never run"}
			var state sourceState
			if ok, err := tx.Setting(ctx, stateKey(src.ID), &state); err != nil {
				return err
			} else if ok {
				v.State, v.Error = state.State, state.Error
			}
			views = append(views, v)
		}
		return nil
	})
	return views, err
}

// Added is a place that is observed from now on.
type Added struct {
	ID         billing.SourceID `json:"id"`
	Unobserved []string         `json:"unobserved"` // folders of it that are left out, which the person may want
}

// Add starts to observe a place. It is tried first: a place that cannot be
// observed at all is refused, and nothing is kept. password is "" where there
// is none.
func (s Sources) Add(ctx context.Context, kind billing.SourceKind, where, user, password string) (Added, error) {
	added := Added{Unobserved: []string{}}
	src, err := s.config(kind, where, user)
	if err != nil {
		return added, err
	}
	source, err := s.add(ctx, &src, password)
	if err != nil {
		return added, err
	}
	added.ID = src.ID
	if c, ok := source.(capture.Chooser); ok {
		for _, name := range c.Unobserved() {
			added.Unobserved = append(added.Unobserved, name.Reveal())
		}
	}
	return added, nil
}

// add adds src, which gets its id, and returns the source that was tried.
func (s Sources) add(ctx context.Context, src *billing.SourceConfig, password string) (capture.Source, error) {
	grant, renewable, err := permissionOf(*src, password)
	if err != nil {
		return nil, err
	}
	var vault Vault
	given := &trial{secret: password}
	if renewable { // it may be renewed as soon as it is tried
		if vault, err = s.vault(ctx); err != nil {
			return nil, err
		}
		if given, err = tryPermission(ctx, vault, grant); err != nil {
			return nil, err
		}
	}
	_, source, err := s.try(ctx, *src, given, billing.Span{}, 1)
	if err != nil {
		return nil, err
	}
	if password != "" && vault == nil { // opened first: without it nothing may be kept
		if vault, err = s.vault(ctx); err != nil {
			return nil, err
		}
	}
	err = s.store.Update(ctx, func(tx *store.Tx) error {
		if err := tx.AddSource(ctx, src); err != nil || src.Kind != billing.SourceIMAP {
			return err
		}
		address := ""
		if renewable {
			address = grant.TokenURL
		}
		return tx.SetSetting(ctx, renewalKey(src.ID), address)
	})
	if err != nil || vault == nil {
		return source, err
	}
	if err := vault.Set(ctx, secretOf(src.ID), given.secret); err != nil {
		return nil, errors.Join(err, s.store.Update(ctx, func(tx *store.Tx) error { return tx.RemoveSource(ctx, src.ID) }))
	}
	if renewable {
		err = vault.Delete(ctx, secretRenewed)
	}
	return source, err
}

// Remove stops observing a place and forgets its password. What it observed
// stays.
func (s Sources) Remove(ctx context.Context, id billing.SourceID) error {
	var src billing.SourceConfig
	err := s.store.Update(ctx, func(tx *store.Tx) (err error) {
		if src, err = tx.Source(ctx, id); err != nil {
			return err
		}
		return tx.RemoveSource(ctx, id)
	})
	if err != nil || src.Kind != billing.SourceIMAP && src.User == "" {
		return err
	}
	vault, err := s.vault(ctx)
	if err == nil {
		err = vault.Delete(ctx, secretOf(id))
	}
	if billing.KindOf(err) == billing.NotFound {
		return nil
	}
	return err
}

// Try observes a place once and returns what it saw within the span, which may
// be empty for everything. Nothing is stored.
func (s Sources) Try(ctx context.Context, kind billing.SourceKind, where, user, password string, within billing.Span) (Tried, error) {
	src, err := s.config(kind, where, user)
	if err != nil {
		return Tried{}, err
	}
	t, err := s.Timekeeper(ctx)
	if err != nil {
		return Tried{}, err
	}
	zone, err := s.zone(t)
	if err != nil {
		return Tried{}, err
	}
	seen, source, err := s.try(ctx, src, &trial{secret: password}, within, 0)
	if err != nil {
		return Tried{}, err
	}
	slices.SortStableFunc(seen, func(a, b billing.Observation) int { return a.Span.Start.Compare(b.Span.Start) })
	out := renderer{zone: zone}
	views := Tried{Observations: []ObservationView{}, Problems: out.unread(source)}
	for _, o := range seen {
		outside := !within.Contains(o.Span.Start) && o.Span.Intersect(within).Empty()
		if o.Removed || (within != billing.Span{} && outside) {
			continue
		}
		v := out.observation(o)
		if v.ID == "" {
			v.ID = o.ExternalID
		}
		views.Observations = append(views.Observations, v)
	}
	return views, nil
}

// config checks what a person typed of a source.
func (s Sources) config(kind billing.SourceKind, where, user string) (billing.SourceConfig, error) {
	src := billing.SourceConfig{Kind: kind, User: billing.Privileged(strings.TrimSpace(user))}
	if _, ok := s.Practice.Sources[kind]; !ok {
		return src, invalid(string(kind) + " is no kind of source; the kinds are calendar, caldav, imap, maildir, mbox, folder and research")
	}
	where = strings.TrimSpace(where)
	if kind == billing.SourceResearch && (where == "" || where == "all") {
		return src, nil // every browser of this user
	}
	if where == "" {
		return src, invalid("say where the " + string(kind) + " is")
	}
	if u, err := url.Parse(where); err == nil && u.User != nil {
		if _, has := u.User.Password(); has {
			return src, invalid("the address holds a password; leave it out and give it with --password-stdin")
		}
	}
	if kind != billing.SourceIMAP && kind != billing.SourceCalDAV && !strings.Contains(where, "://") {
		path, err := filepath.Abs(where)
		if err != nil {
			return src, invalid("the path cannot be made absolute; write it in full")
		}
		if _, err := os.Stat(path); err != nil {
			return src, &billing.Error{Kind: billing.NotFound, Msg: "there is no " + string(kind) + " at " + path + ", or it cannot be read; check the path", Err: err}
		}
		where = path
	}
	src.Where = billing.Privileged(where)
	return src, nil
}

// errEnough ends an observation that has shown that the place can be observed.
var errEnough = errors.New("enough")

// collector keeps what a source records, up to a number of records when most
// is not 0.
type collector struct {
	source billing.SourceID
	seen   map[string]int
	all    []billing.Observation
	most   int
}

// Record implements [capture.Sink]: as in the store, the latest revision counts.
func (c *collector) Record(ctx context.Context, observations []billing.Observation, _ capture.Cursor) error {
	for _, o := range observations {
		o.Source = c.source
		if i, ok := c.seen[o.ExternalID]; ok {
			c.all[i] = o
			continue
		}
		c.seen[o.ExternalID] = len(c.all)
		c.all = append(c.all, o)
	}
	report(ctx, c.source, len(c.all))
	if c.most > 0 && len(c.all) >= c.most {
		return errEnough
	}
	return nil
}

// try runs a source once into memory, with a secret that may be renewed
// meanwhile, and returns it; most bounds how much is observed, 0 for all.
func (s Sources) try(ctx context.Context, src billing.SourceConfig, given *trial, within billing.Span, most int) ([]billing.Observation, capture.Source, error) {
	ctx, cancel := context.WithTimeoutCause(ctx, tryPatience, &billing.Error{Kind: billing.Unreachable,
		Msg: "the " + string(src.Kind) + " took longer than " + tryPatience.String() + " to answer"})
	defer cancel()
	if src.ID == "" {
		src.ID = billing.SourceID(src.Kind)
	}
	cfg, err := s.captureConfig(ctx, src)
	if err != nil {
		return nil, nil, err
	}
	if given.secret != "" {
		cfg.Password, cfg.Keep = given.read, nil
		if given.keep != nil {
			cfg.Keep = given.replace
		}
	}
	source, err := s.Practice.Sources[src.Kind](cfg, within)
	if err != nil {
		return nil, nil, err
	}
	c := &collector{source: src.ID, seen: map[string]int{}, most: most}
	if err := source.Once(ctx, "", c); err != nil && !errors.Is(err, errEnough) {
		if cause := context.Cause(ctx); cause != nil {
			return nil, nil, cause
		}
		return nil, nil, err
	}
	return c.all, source, nil
}

// captureConfig is what a source is made from: the place, the timekeeper's
// addresses, and where its password is.
func (p *Practice) captureConfig(ctx context.Context, src billing.SourceConfig) (capture.Config, error) {
	t, err := p.Timekeeper(ctx)
	if err != nil {
		return capture.Config{}, err
	}
	cfg := capture.Config{SourceConfig: src}
	if cfg.Zone, err = p.zone(t); err != nil {
		return cfg, err
	}
	if cfg.TermKey, err = p.termKey(ctx); err != nil {
		return cfg, err
	}
	for _, a := range t.Addresses {
		cfg.Own = append(cfg.Own, strings.ToLower(string(a)))
	}
	if user := strings.ToLower(string(src.User)); strings.Contains(user, "@") && !slices.Contains(cfg.Own, user) {
		cfg.Own = append(cfg.Own, user)
	}
	if src.User != "" {
		cfg.Password = func(ctx context.Context) (string, error) {
			vault, err := p.vault(ctx)
			if err != nil {
				return "", err
			}
			return vault.Get(ctx, secretOf(src.ID))
		}
		cfg.Keep = func(ctx context.Context, secret string) error { return p.keepSecret(ctx, src.ID, secret) }
	}
	return cfg, nil
}

// secretOf names a source's password in the vault.
func secretOf(id billing.SourceID) string { return "source." + string(id) }
