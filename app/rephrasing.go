package app

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft"
	"github.com/tenths/tenths/rephrase"
	"github.com/tenths/tenths/store"
)

// Rephrasing has a language model put narratives in other words, where the person
// wants one. It is off until they do. The model is told typed facts alone, and
// its answer is kept only when [draft.Wording.Reword] finds nothing in it that
// the evidence lacks.
type Rephrasing struct{ *Practice }

const (
	settingModel      = "model"
	settingModelState = "model.state"
	secretModelKey    = "model.key" // bearer token, in the vault
	// modelPatience is how long one answer may take.
	modelPatience = 20 * time.Second
)

// model is the setting; its Name is "" when there is none.
type model struct {
	URL    string `json:"url"`
	Name   string `json:"name"`
	Remote bool   `json:"remote,omitempty"` // the person agreed that facts leave the machine
	Key    bool   `json:"key,omitempty"`    // the vault has one
	Since  int64  `json:"since"`            // Unix seconds: tells one choice from the next
}

// modelState is how the model fared last, without privileged text.
type modelState struct {
	Error string    `json:"error,omitempty"`
	At    time.Time `json:"at"`
}

// ModelView says which language model words narratives, and how it does.
type ModelView struct {
	On      bool     `json:"on"`
	URL     string   `json:"url,omitempty"`
	Name    string   `json:"name,omitempty"`
	Host    string   `json:"host,omitempty"`
	Remote  bool     `json:"remote"`             // it is not on this machine
	Key     bool     `json:"key"`                // a key is in the vault
	Kept    int      `json:"kept"`               // answers that may stand
	Refused []Count  `json:"refused"`            // and those that may not, by reason
	Sends   []string `json:"sends,omitempty"`    // what goes to another machine, in words
	Error   string   `json:"error,omitempty"`    // what was wrong when it was asked last
	AskedAt string   `json:"asked_at,omitempty"` // when that was
	Secrets string   `json:"secrets,omitempty"`  // where the key was put just now
}

// Count is how often something was.
type Count struct {
	What string `json:"what"`
	N    int    `json:"n"`
}

// Status says how it stands.
func (r Rephrasing) Status(ctx context.Context) (v ModelView, err error) {
	v.Refused = []Count{}
	err = r.store.View(ctx, func(tx *store.Tx) error {
		m, err := chosenModel(ctx, tx)
		if err != nil || m.Name == "" {
			return err
		}
		if v, err = m.view(); err != nil {
			return err
		}
		counts, err := tx.WordingCounts(ctx)
		if err != nil {
			return err
		}
		v.Kept = counts.Accepted
		for reason, n := range counts.Rejected {
			v.Refused = append(v.Refused, Count{reason, n})
		}
		slices.SortFunc(v.Refused, func(a, b Count) int { return cmp.Or(cmp.Compare(b.N, a.N), strings.Compare(a.What, b.What)) })
		var state modelState
		if _, err := tx.Setting(ctx, settingModelState, &state); err != nil || state.At.IsZero() {
			return err
		}
		v.Error, v.AskedAt = state.Error, state.At.UTC().Format(time.RFC3339)
		return nil
	})
	return v, err
}

func (m model) view() (ModelView, error) {
	u, err := rephrase.ParseURL(m.URL)
	if err != nil {
		return ModelView{}, err
	}
	v := ModelView{On: true, URL: m.URL, Name: m.Name, Host: u.Host, Remote: !rephrase.Local(u), Key: m.Key, Refused: []Count{}}
	if v.Remote {
		v.Sends = sends(u.Scheme)
	}
	return v, nil
}

// sends says what a model on another machine gets.
func sends(scheme string) []string {
	out := []string{
		"for each draft of the last days that has a matter: what was done, the names and the kinds of the documents, the role or the name of whom it was with, and the subject",
		"never the amount, the time, the matter, an address, the text of a message or a document",
	}
	if scheme == "http" {
		out = append(out, "unencrypted: the address begins with http://")
	}
	return out
}

func chosenModel(ctx context.Context, tx *store.Tx) (m model, err error) {
	_, err = tx.Setting(ctx, settingModel, &m)
	return m, err
}

// Configure has the model name at url, "" for Ollama's address, word narratives
// from now on. key is a bearer token for the vault, "" for none. A model that is
// not on this machine is refused unless remote says that the person knows what
// that sends. What another model said is forgotten. It reaches out to nobody.
func (r Rephrasing) Configure(ctx context.Context, url, name, key string, remote bool) (v ModelView, err error) {
	url = cmp.Or(strings.TrimSpace(url), rephrase.DefaultURL)
	u, err := rephrase.ParseURL(url)
	if err != nil {
		return v, err
	}
	if !rephrase.Local(u) && !remote {
		return v, invalid("nothing was changed: " + u.Host + " is not this machine. It would be sent, before you approve anything, " +
			strings.Join(sends(u.Scheme), "; ") + ". If that is what you want, add --remote")
	}
	m := model{URL: url, Name: strings.TrimSpace(name), Remote: !rephrase.Local(u), Key: key != "", Since: r.Now().Unix()}
	client, err := rephrase.New(m.config(key))
	if err != nil {
		return v, err
	}
	client.Close()
	where, err := r.keepKey(ctx, key)
	if err != nil {
		return v, err
	}
	err = r.store.Update(ctx, func(tx *store.Tx) error {
		if err := forgetModel(ctx, tx); err != nil {
			return err
		}
		return tx.SetSetting(ctx, settingModel, m)
	})
	if err != nil {
		return v, err
	}
	v, err = m.view()
	v.Secrets = where
	return v, err
}

// Off has no model word anything: the grammar's text stands again in all drafts
// that nobody touched. What the model said is removed, and the key.
func (r Rephrasing) Off(ctx context.Context) error {
	if _, err := r.keepKey(ctx, ""); err != nil {
		return err
	}
	err := r.store.Update(ctx, func(tx *store.Tx) error {
		if err := forgetModel(ctx, tx); err != nil {
			return err
		}
		return tx.SetSetting(ctx, settingModel, model{})
	})
	if err == nil {
		if serr := r.store.Scrub(ctx); serr != nil { // it is tried again when observations expire
			r.Log.Warn("removed wordings are still in the file", "kind", billing.KindOf(serr))
		}
	}
	return err
}

func forgetModel(ctx context.Context, tx *store.Tx) error {
	if _, err := tx.ForgetWordings(ctx, time.Time{}, 0); err != nil {
		return err
	}
	return tx.SetSetting(ctx, settingModelState, modelState{})
}

// keepKey puts the key into the vault, or takes the one there out for "". The
// vault is opened only when there is one to keep or to remove.
func (r Rephrasing) keepKey(ctx context.Context, key string) (where string, err error) {
	var old model
	err = r.store.View(ctx, func(tx *store.Tx) (err error) {
		old, err = chosenModel(ctx, tx)
		return err
	})
	if err != nil || key == "" && !old.Key {
		return "", err
	}
	vault, err := r.vault(ctx)
	if err != nil {
		return "", err
	}
	if key == "" {
		return "", vault.Delete(ctx, secretModelKey)
	}
	return vault.Where(), vault.Set(ctx, secretModelKey, key)
}

func (m model) config(key string) rephrase.Config {
	return rephrase.Config{URL: m.URL, Model: m.Name, Key: key, Remote: m.Remote}
}

// client opens the model.
func (r Rephrasing) client(ctx context.Context, m model) (*rephrase.Client, error) {
	key := ""
	if m.Key {
		vault, err := r.vault(ctx)
		if err != nil {
			return nil, err
		}
		if key, err = vault.Get(ctx, secretModelKey); err != nil {
			return nil, err
		}
	}
	return rephrase.New(m.config(key))
}

// TryView is what the model made of one narrative.
type TryView struct {
	Narrative string `json:"narrative"` // the grammar's
	Answer    string `json:"answer"`
	Kept      bool   `json:"kept"`          // it may stand in the narrative's place
	Why       string `json:"why,omitempty"` // not
	Told      string `json:"told"`          // all that the model was told, JSON
}

// Try asks the model about each draft of day that it may word, and stores
// nothing. It waits for each answer as long as the work behind would.
func (r Rephrasing) Try(ctx context.Context, day billing.Day) ([]TryView, error) {
	var m model
	var asks []draft.Wording
	err := r.store.View(ctx, func(tx *store.Tx) (err error) {
		if m, err = chosenModel(ctx, tx); err != nil {
			return err
		}
		if m.Name == "" {
			return &billing.Error{Kind: billing.Conflict, Msg: "no language model is in use; tenths model use --name NAME has one word your drafts"}
		}
		asks, err = r.asks(ctx, tx, day, true)
		return err
	})
	if err != nil {
		return nil, err
	}
	client, err := r.client(ctx, m)
	if err != nil {
		return nil, err
	}
	defer client.Close()
	views := []TryView{}
	for _, ask := range asks {
		v := TryView{Narrative: ask.Text().Reveal(), Told: ask.Told().Reveal()}
		answer, err := askOnce(ctx, client, ask)
		if err != nil && billing.KindOf(err) != billing.Invalid {
			return views, err
		}
		v.Answer = answer.Reveal()
		if err != nil {
			v.Why = billing.Message(err)
		} else {
			_, fault := ask.Reword(answer)
			v.Kept, v.Why = fault == "", string(fault)
		}
		views = append(views, v)
	}
	return views, nil
}

// asks returns the narratives of day's untouched drafts that a model may word:
// all, or those it was not asked about yet. None when there is no model.
func (p *Practice) asks(ctx context.Context, tx *store.Tx, day billing.Day, all bool) ([]draft.Wording, error) {
	known, err := worded(ctx, tx, day)
	if err != nil || known == nil {
		return nil, err
	}
	if all {
		clear(known)
	}
	d, err := p.loadWorded(ctx, tx, day, known, nil)
	if err != nil {
		return nil, err
	}
	return d.proposal.Unworded, nil
}

// worded returns the wordings that are known of day's narratives; nil when no
// model is in use, whatever one said before.
func worded(ctx context.Context, tx *store.Tx, day billing.Day) (map[string]billing.Privileged, error) {
	if m, err := chosenModel(ctx, tx); err != nil || m.Name == "" {
		return nil, err
	}
	return tx.Wordings(ctx, day)
}

func askOnce(ctx context.Context, client *rephrase.Client, ask draft.Wording) (billing.Privileged, error) {
	ctx, cancel := context.WithTimeout(ctx, modelPatience)
	defer cancel()
	return client.Rephrase(ctx, ask.Told())
}
