package app

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft"
	"github.com/tenths/tenths/store"
)

const (
	// settingAcquainted is up to which recorded observation it is noted to whom
	// the timekeeper wrote, and acquaintedAtOnce how many are looked at at a time.
	settingAcquainted = "acquainted"
	acquaintedAtOnce  = 5000
	// lately is for how long before a day it counts what a sender sent.
	lately = 180
)

// keyMade returns the key under which senders are hashed, and makes one when
// there is none.
func keyMade(ctx context.Context, tx *store.Tx) (key []byte, err error) {
	if _, err := tx.Setting(ctx, settingTermKey, &key); err != nil || len(key) > 0 {
		return key, err
	}
	key = make([]byte, 32)
	rand.Read(key)
	return key, tx.SetSetting(ctx, settingTermKey, key)
}

// hashed returns what stands for someone in what outlives observations.
func hashed(key []byte, person string) string {
	h := hmac.New(sha256.New, key)
	h.Write([]byte("person\n" + strings.ToLower(person)))
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// hashedSenders returns what stands for those who sent observations, each once.
func hashedSenders(key []byte, list []billing.Observation) []string {
	var out []string
	for i := range list {
		if s := draft.Sender(&list[i]); s != "" {
			out = append(out, hashed(key, s))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// acquaint notes, by hash, to whom the timekeeper wrote in what was recorded
// since it was called last.
func (p *Practice) acquaint(ctx context.Context) error {
	for {
		var upTo, last int64
		err := p.store.View(ctx, func(tx *store.Tx) (err error) {
			if _, err = tx.Setting(ctx, settingAcquainted, &upTo); err == nil {
				_, last, err = tx.WrittenTo(ctx, upTo, acquaintedAtOnce)
			}
			return err
		})
		if err != nil || last == upTo {
			return err
		}
		if err := p.store.Update(ctx, func(tx *store.Tx) error { return acquaintMore(ctx, tx) }); err != nil {
			return err
		}
	}
}

func acquaintMore(ctx context.Context, tx *store.Tx) error {
	var upTo int64
	if _, err := tx.Setting(ctx, settingAcquainted, &upTo); err != nil {
		return err
	}
	people, last, err := tx.WrittenTo(ctx, upTo, acquaintedAtOnce)
	if err != nil {
		return err
	}
	key, err := keyMade(ctx, tx)
	if err != nil {
		return err
	}
	for i, a := range people {
		people[i] = hashed(key, a)
	}
	if err := tx.Acquaint(ctx, people); err != nil {
		return err
	}
	return tx.SetSetting(ctx, settingAcquainted, last)
}

// teachSenders notes what a decision about an entry says of those who sent its
// mail. Of a message of which another entry taught already, as where a draft was
// split, nothing is said a second time.
func teachSenders(ctx context.Context, tx *store.Tx, e billing.Entry, work bool) error {
	ids, err := tx.Untaught(ctx, e.ID, e.Evidence)
	if err != nil {
		return err
	}
	list, err := tx.Observation(ctx, ids...)
	if err != nil {
		return err
	}
	key, err := keyMade(ctx, tx)
	if err != nil {
		return err
	}
	return tx.TeachSenders(ctx, string(e.ID), work, hashedSenders(key, list))
}

// correspondence returns what tells which of a day's messages are folded.
func correspondence(ctx context.Context, tx *store.Tx, day billing.Span, observations []billing.Observation) (c draft.Correspondence, err error) {
	var key []byte
	if _, err := tx.Setting(ctx, settingTermKey, &key); err != nil {
		return c, err
	}
	var senders, addresses []string
	var ids []billing.ObservationID
	var conversations []billing.Observation
	for i := range observations {
		o := &observations[i]
		if o.Kind != billing.KindMailReceived || o.Ignored != "" {
			continue
		}
		ids, conversations = append(ids, o.ID), append(conversations, *o)
		if s := draft.Sender(o); s != "" {
			senders = append(senders, s)
		}
		for _, p := range o.With {
			if p.Role == billing.RoleFrom && p.Address != "" {
				addresses = append(addresses, string(p.Address))
			}
		}
	}
	if len(ids) == 0 {
		return c, nil
	}
	if c.Said, err = tx.Folds(ctx, ids); err != nil {
		return c, err
	}
	answered, err := tx.Answered(ctx, threads(conversations))
	if err != nil {
		return c, err
	}
	c.Answered = map[string]bool{}
	for _, t := range answered {
		c.Answered[t] = true
	}
	if c.Written, c.Writes, err = written(ctx, tx, key, addresses); err != nil {
		return c, err
	}
	c.Senders, err = senderFacts(ctx, tx, key, senders, billing.Span{Start: day.End.AddDate(0, 0, -lately), End: day.End})
	return c, err
}

// written returns to which of the addresses the timekeeper ever wrote.
func written(ctx context.Context, tx *store.Tx, key []byte, addresses []string) (of map[string]bool, writes bool, err error) {
	byHash := make(map[string]string, len(addresses))
	for _, a := range addresses {
		byHash[hashed(key, a)] = strings.ToLower(a)
	}
	known, writes, err := tx.Acquainted(ctx, keysOf(byHash), draft.OneWayFrom)
	of = make(map[string]bool, len(known))
	for _, h := range known {
		of[byHash[h]] = true
	}
	return of, writes, err
}

func senderFacts(ctx context.Context, tx *store.Tx, key []byte, senders []string, within billing.Span) (map[string]draft.SenderFacts, error) {
	byHash := make(map[string]string, len(senders))
	for _, s := range senders {
		byHash[hashed(key, s)] = s
	}
	taught, err := tx.SendersTaught(ctx, keysOf(byHash))
	if err != nil {
		return nil, err
	}
	received, err := tx.ReceivedFrom(ctx, senders, within)
	if err != nil {
		return nil, err
	}
	out := make(map[string]draft.SenderFacts, len(byHash))
	for h, s := range byHash {
		l, n := taught[h], received[s]
		out[s] = draft.SenderFacts{Work: l.Work, SetAside: l.SetAside, Messages: n.Messages, Conversations: n.Conversations, Days: n.Days}
	}
	return out, nil
}

func keysOf(m map[string]string) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}
