package store

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"time"

	"github.com/tenths/tenths/billing"
)

// forgottenHash is what stays of an observation that was purged: enough to know
// it again, with nothing to read.
func forgottenHash(source billing.SourceID, externalID string) []byte {
	h := sha256.Sum256([]byte(string(source) + "\x00" + externalID))
	return h[:]
}

// remembered returns the observations of the batch that were not purged before.
// What was purged stays away, but for what ends after the purge: an event that
// is held again is new.
func (tx *Tx) remembered(ctx context.Context, source billing.SourceID, batch []billing.Observation) ([]billing.Observation, error) {
	any, _, err := one(ctx, tx, value[bool], `SELECT EXISTS (SELECT 1 FROM forgotten WHERE source = ?)`, source)
	if err != nil || !any {
		return batch, err
	}
	out := make([]billing.Observation, 0, len(batch))
	for _, o := range batch {
		at, gone, err := one(ctx, tx, value[int64], `SELECT at FROM forgotten WHERE source = ? AND hash = ?`, source, forgottenHash(source, o.ExternalID))
		if err != nil {
			return nil, err
		}
		if !gone || unix(o.Span.End) > at {
			out = append(out, o)
		}
	}
	return out, nil
}

// Known returns which of the external ids of a source are stored, with the
// revision that counts and whether it was taken back.
func (tx *Tx) Known(ctx context.Context, source billing.SourceID, externalIDs []string) (map[string]KnownObservation, error) {
	list, err := json.Marshal(externalIDs)
	if err != nil {
		return nil, explain(err, "the observations cannot be read")
	}
	out := map[string]KnownObservation{}
	_, err = collect(ctx, tx, func(r row) (none struct{}, err error) {
		var name, revision string
		var k KnownObservation
		var latest bool
		if err := r.Scan(&name, &k.ID, &revision, &latest); err != nil {
			return none, err
		}
		if old, ok := out[name]; ok {
			k.Revisions = old.Revisions
		}
		k.Revisions = append(k.Revisions, revision)
		out[name] = k
		return none, nil
	}, `SELECT external_id, id, revision, latest FROM observation
		WHERE source = ? AND external_id IN (SELECT value FROM json_each(?)) ORDER BY seq`, source, string(list))
	return out, err
}

// KnownLike returns the external ids of a source that begin with prefix, which
// ends in a space, but for those taken back.
func (tx *Tx) KnownLike(ctx context.Context, source billing.SourceID, prefix string) ([]string, error) {
	return collect(ctx, tx, value[string], `SELECT external_id FROM observation
		WHERE source = ?1 AND external_id >= ?2 AND external_id < ?3 AND latest = 1 AND removed = 0 ORDER BY external_id`,
		source, prefix, prefix[:len(prefix)-1]+"!")
}

// KnownObservation is what is stored of one external id.
type KnownObservation struct {
	ID        billing.ObservationID
	Revisions []string
}

// Revisions returns every revision of the first n observations after the id
// given, by id and in the order in which they were recorded; none at the end.
func (tx *Tx) Revisions(ctx context.Context, after billing.ObservationID, n int) ([]billing.Observation, error) {
	return collect(ctx, tx, scanObservation, `SELECT `+observationColumns+` FROM observation
		WHERE id IN (SELECT DISTINCT id FROM observation WHERE id > ?1 ORDER BY id LIMIT ?2) ORDER BY id, seq`, after, n)
}

// EvidenceApproved tells which of the observations an approved entry rests on.
func (tx *Tx) EvidenceApproved(ctx context.Context, ids []billing.ObservationID) (map[billing.ObservationID]bool, error) {
	list, err := asJSON(ids)
	if err != nil {
		return nil, explain(err, "the entries cannot be read")
	}
	found, err := collect(ctx, tx, value[billing.ObservationID], `SELECT v.observation FROM entry_evidence v JOIN entry e ON e.id = v.entry
		WHERE v.observation IN (SELECT value FROM json_each(?)) AND e.state IN ('approved', 'posted')`, list)
	out := map[billing.ObservationID]bool{}
	for _, id := range found {
		out[id] = true
	}
	return out, err
}

// Purge removes observations with all their revisions and keeps of each no more
// than a hash, so that it is not recorded again. Evidence of a draft or of an
// approved entry is a Conflict, and nothing is removed. After the commit,
// [Store.Scrub] takes the text out of the files too.
func (tx *Tx) Purge(ctx context.Context, ids []billing.ObservationID) (int, error) {
	for _, id := range ids {
		type name struct {
			source   billing.SourceID
			external string
		}
		n, ok, err := one(ctx, tx, func(r row) (n name, err error) { return n, r.Scan(&n.source, &n.external) },
			`SELECT source, external_id FROM observation WHERE id = ? AND latest = 1`, id)
		if err != nil {
			return 0, err
		}
		if !ok {
			return 0, notFound("there is no such observation; it may be purged already")
		}
		if _, err := tx.exec(ctx, `INSERT INTO purge_permit (observation, source, hash, at) VALUES (?, ?, ?, ?)`,
			id, n.source, forgottenHash(n.source, n.external), unix(tx.Now())); err != nil {
			return 0, err
		}
		if _, err := tx.exec(ctx, `DELETE FROM observation WHERE id = ?`, id); err != nil {
			return 0, err
		}
	}
	if len(ids) > 0 {
		tx.stale(TopicObservations)
		return len(ids), tx.markPurged(ctx)
	}
	return 0, nil
}

// Release takes observations out of the evidence of everything that is not
// approved, and forgets what undo kept of it: drafts and discarded entries that
// rest on nothing else are gone, whoever touched them; others rest on what is
// left, and lose the phrases that the observations bore. It returns the work
// dates of the entries.
func (tx *Tx) Release(ctx context.Context, ids []billing.ObservationID) ([]billing.Day, error) {
	list, err := asJSON(ids)
	if err != nil {
		return nil, explain(err, "the entries cannot be changed")
	}
	entries, err := tx.entries(ctx, `SELECT `+entryColumns+` FROM entry WHERE state IN ('drafted', 'discarded') AND id IN (
		SELECT entry FROM entry_evidence WHERE observation IN (SELECT value FROM json_each(?)))`, list)
	if err != nil {
		return nil, err
	}
	gone := map[billing.ObservationID]bool{}
	for _, id := range ids {
		gone[id] = true
	}
	var days []billing.Day
	for i := range entries {
		days = append(days, entries[i].WorkDate)
		if err := tx.release(ctx, &entries[i], gone); err != nil {
			return nil, err
		}
	}
	// Nor is what was made of it to stay: nobody knows which wording rests on it.
	if len(ids) > 0 {
		if _, err := tx.ForgetWordings(ctx, time.Time{}, 0); err != nil {
			return nil, err
		}
	}
	// Undo must not bring back the words.
	if _, err := tx.exec(ctx, `DELETE FROM change WHERE seq IN (SELECT ce.change FROM change_entry ce, json_each(ce.before, '$.Evidence') v
		WHERE ce.before IS NOT NULL AND v.value IN (SELECT value FROM json_each(?)))`, list); err != nil {
		return nil, err
	}
	return days, nil
}

func (tx *Tx) release(ctx context.Context, e *billing.Entry, gone map[billing.ObservationID]bool) error {
	if _, err := tx.exec(ctx, `DELETE FROM change WHERE seq IN (SELECT change FROM change_entry WHERE entry = ?)`, e.ID); err != nil {
		return err
	}
	var left []billing.ObservationID
	for _, id := range e.Evidence {
		if !gone[id] {
			left = append(left, id)
		}
	}
	if len(left) == 0 || !e.Touched && e.State == billing.StateDrafted {
		return tx.remove(ctx, e.ID)
	}
	e.Evidence = left
	var phrases []billing.Phrase
	narrative := ""
	for _, p := range e.Phrases {
		bare := false
		for _, id := range p.Evidence {
			bare = bare || gone[id]
		}
		if !bare {
			phrases = append(phrases, p)
			narrative += string(p.Text)
		}
	}
	if len(e.Phrases) > 0 {
		e.Phrases, e.Narrative = phrases, billing.Privileged(narrative)
	}
	return tx.PutEntry(ctx, e)
}

// ForgetChanges removes what undo kept of changes before the instant given.
func (tx *Tx) ForgetChanges(ctx context.Context, before time.Time) error {
	_, err := tx.exec(ctx, `DELETE FROM change WHERE at < ?`, unix(before))
	return err
}

// Backups returns the paths of the copies that migrations left beside the store.
func (s *Store) Backups() []string {
	found, _ := filepath.Glob(filepath.Join(filepath.Dir(s.path), backupPattern)) // the pattern is sound
	return found
}

// ExpireBackups removes the copies of before the instant given: they hold what
// has expired since.
func (s *Store) ExpireBackups(before time.Time) (n int, err error) {
	for _, path := range s.Backups() {
		info, serr := os.Stat(path)
		if serr != nil || !info.ModTime().Before(before) {
			continue
		}
		if rerr := os.Remove(path); rerr != nil {
			err = errors.Join(err, &billing.Error{Kind: billing.Invalid, Msg: "an old backup could not be removed: " + path, Err: rerr})
			continue
		}
		n++
	}
	return n, err
}
