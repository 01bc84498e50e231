package store

import (
	"context"
	"encoding/json"
	"errors"
	"slices"

	"github.com/tenths/tenths/billing"
)

// recordBatch is how many observations Record looks up at once.
const recordBatch = 1000

// insertObservation lists the columns as observationValues does.
const insertObservation = `INSERT INTO observation (id, source, external_id, revision, latest, removed, kind, start_at, end_at,
	zone, estimated, subject, parties, thread, path, words, attachments, saves, all_day, status, free, ignored, private, recorded_at, terms, quoted, quoted_from,
	doubt, same, sequence, stamp, answer, bulk, list)
	VALUES (?,?,?,?,1,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)`

// Record keeps what a source observed and the cursor that follows, and returns
// how many observations changed what counts. A revision that is stored already
// is not stored again; when it was followed by another (A, B, A) it becomes the
// latest again, and is counted. All revisions of one external id share one
// observation id. What was purged is not recorded again.
func (tx *Tx) Record(ctx context.Context, source billing.SourceID, cursor string, observations []billing.Observation) (added int, err error) {
	if err := tx.SetCursor(ctx, source, cursor); err != nil {
		return 0, err
	}
	for len(observations) > 0 {
		batch := observations[:min(recordBatch, len(observations))]
		observations = observations[len(batch):]
		n, err := tx.recordBatch(ctx, source, batch)
		if err != nil {
			return 0, err
		}
		added += n
	}
	if added > 0 {
		tx.stale(TopicObservations)
	}
	return added, nil
}

// history is what is stored of one external id.
type history struct {
	id     billing.ObservationID
	latest string           // revision
	seqs   map[string]int64 // by revision
}

func (tx *Tx) recordBatch(ctx context.Context, source billing.SourceID, batch []billing.Observation) (added int, err error) {
	if batch, err = tx.remembered(ctx, source, batch); err != nil {
		return 0, err
	}
	known, err := tx.histories(ctx, source, batch)
	if err != nil {
		return 0, err
	}
	for i := range batch {
		o := &batch[i]
		if o.ExternalID == "" || o.Span.End.Before(o.Span.Start) {
			return 0, &billing.Error{Kind: billing.Internal, Msg: "the source " + string(source) + " saw something without a name, or that ended before it began"}
		}
		h := known[o.ExternalID]
		if h == nil {
			h = &history{id: billing.ObservationID(tx.store.ids.next(tx.at)), seqs: map[string]int64{}}
			known[o.ExternalID] = h
		}
		changed, err := tx.recordOne(ctx, source, o, h)
		if err != nil {
			return 0, err
		}
		if changed {
			added++
		}
	}
	return added, nil
}

// recordOne makes o the latest revision of h; it reports false when it was.
func (tx *Tx) recordOne(ctx context.Context, source billing.SourceID, o *billing.Observation, h *history) (bool, error) {
	seq, stored := h.seqs[o.Revision]
	if stored && h.latest == o.Revision {
		return false, nil
	}
	if len(h.seqs) > 0 {
		if _, err := tx.exec(ctx, `UPDATE observation SET latest = 0 WHERE seq = ?`, h.seqs[h.latest]); err != nil {
			return false, err
		}
	}
	h.latest = o.Revision
	if stored {
		_, err := tx.exec(ctx, `UPDATE observation SET latest = 1 WHERE seq = ?`, seq)
		return true, err
	}
	values, err := tx.observationValues(source, h.id, o)
	if err != nil {
		return false, err
	}
	stmt, err := tx.prepare(ctx, insertObservation)
	if err != nil {
		return false, explain(err, "the observation cannot be kept")
	}
	res, err := stmt.ExecContext(ctx, values...)
	if err != nil {
		return false, explain(err, "the observation cannot be kept")
	}
	h.seqs[o.Revision], err = res.LastInsertId()
	return true, explain(err, "the observation cannot be kept")
}

// observationValues returns the parameters of insertObservation.
func (tx *Tx) observationValues(source billing.SourceID, id billing.ObservationID, o *billing.Observation) ([]any, error) {
	parties, err1 := asJSON(o.With)
	attachments, err2 := asJSON(o.Attachments)
	quotedFrom, err3 := asJSON(o.QuotedFrom)
	if err := errors.Join(err1, err2, err3); err != nil {
		return nil, explain(err, "the observation cannot be kept")
	}
	// Plain strings spare the driver its reflection.
	return []any{string(id), string(source), o.ExternalID, o.Revision, o.Removed, string(o.Kind),
		unix(o.Span.Start), unix(o.Span.End), o.Zone, o.Estimated, string(o.Subject), parties, o.Thread, string(o.Path),
		o.Words, attachments, o.Saves, o.AllDay, o.Status, o.Free, o.Ignored, o.Private, unix(tx.Now()), packTerms(o.Terms), packTerms(o.Quoted), quotedFrom,
		o.Doubt, o.Same, o.Copy.Sequence, unix(o.Copy.Stamp), o.Copy.Answer, o.Bulk, string(o.List)}, nil
}

// histories returns what is stored of the batch's external ids.
func (tx *Tx) histories(ctx context.Context, source billing.SourceID, batch []billing.Observation) (map[string]*history, error) {
	names := make([]string, len(batch))
	for i := range batch {
		names[i] = batch[i].ExternalID
	}
	list, err := json.Marshal(names)
	if err != nil {
		return nil, explain(err, "the observations cannot be kept")
	}
	out := make(map[string]*history, len(batch))
	_, err = collect(ctx, tx, func(r row) (none struct{}, err error) {
		var name, revision string
		var id billing.ObservationID
		var seq int64
		var latest bool
		if err := r.Scan(&name, &revision, &id, &seq, &latest); err != nil {
			return none, err
		}
		h := out[name]
		if h == nil {
			h = &history{id: id, seqs: map[string]int64{}}
			out[name] = h
		}
		h.seqs[revision] = seq
		if latest {
			h.latest = revision
		}
		return none, nil
	}, `SELECT external_id, revision, id, seq, latest FROM observation
		WHERE source = ? AND external_id IN (SELECT value FROM json_each(?))`, source, string(list))
	return out, err
}

const observationColumns = `id, source, external_id, revision, removed, kind, start_at, end_at, zone, estimated, subject, parties,
	thread, path, words, attachments, saves, all_day, status, free, ignored, private, recorded_at, terms, quoted, quoted_from,
	doubt, same, sequence, stamp, answer, bulk, list`

// ObservationsBetween returns the latest revisions, but for those taken back,
// that share time with the half-open span or are points within it, by start.
func (tx *Tx) ObservationsBetween(ctx context.Context, span billing.Span) ([]billing.Observation, error) {
	start, end := unix(span.Start), unix(span.End)
	return collect(ctx, tx, scanObservation, `
		SELECT `+observationColumns+` FROM observation
		WHERE latest = 1 AND removed = 0 AND lasting = 0 AND start_at >= ?1 - 172800 AND start_at < ?2
			AND (end_at > ?1 OR start_at >= ?1)
		UNION ALL
		SELECT `+observationColumns+` FROM observation
		WHERE latest = 1 AND removed = 0 AND lasting = 1 AND start_at < ?2 AND end_at > ?1
		ORDER BY start_at, end_at, id`, start, end)
}

// Copies returns the latest revisions, tombstones too, of the events that the
// observations are of and that [Tx.ObservationsBetween] does not return for the
// span: the same event in another source that has it at another time, or had it.
func (tx *Tx) Copies(ctx context.Context, span billing.Span, observations []billing.Observation) ([]billing.Observation, error) {
	var names []string
	for i := range observations {
		if o := &observations[i]; o.Same != "" {
			names = append(names, o.Same)
		}
	}
	if len(names) == 0 {
		return nil, nil
	}
	slices.Sort(names)
	list, err := asJSON(slices.Compact(names))
	if err != nil {
		return nil, explain(err, "the observations cannot be read")
	}
	return collect(ctx, tx, scanObservation, `SELECT `+observationColumns+` FROM observation
		WHERE latest = 1 AND same <> '' AND same IN (SELECT value FROM json_each(?3))
			AND (removed = 1 OR NOT (start_at < ?2 AND (end_at > ?1 OR start_at >= ?1)))
		ORDER BY start_at, end_at, id`, unix(span.Start), unix(span.End), list)
}

// Observation returns the latest revisions of the observations with those ids,
// tombstones too, by start. Ids that are not there are left out.
func (tx *Tx) Observation(ctx context.Context, ids ...billing.ObservationID) ([]billing.Observation, error) {
	list, err := asJSON(ids)
	if err != nil {
		return nil, explain(err, "the observations cannot be read")
	}
	return collect(ctx, tx, scanObservation, `SELECT `+observationColumns+` FROM observation
		WHERE latest = 1 AND id IN (SELECT value FROM json_each(?)) ORDER BY start_at, end_at, id`, list)
}

// ObservationNamed returns the id of what a source calls by that name, or a
// NotFound error.
func (tx *Tx) ObservationNamed(ctx context.Context, source billing.SourceID, externalID string) (billing.ObservationID, error) {
	id, ok, err := one(ctx, tx, value[billing.ObservationID],
		`SELECT id FROM observation WHERE source = ? AND external_id = ? AND latest = 1`, source, externalID)
	if err == nil && !ok {
		err = notFound("there is no such observation")
	}
	return id, err
}

func scanObservation(r row) (o billing.Observation, err error) {
	var start, end, recorded, stamp int64
	var parties, attachments, quotedFrom string
	var terms, quoted []byte
	err = r.Scan(&o.ID, &o.Source, &o.ExternalID, &o.Revision, &o.Removed, &o.Kind, &start, &end, &o.Zone, &o.Estimated,
		&o.Subject, &parties, &o.Thread, &o.Path, &o.Words, &attachments, &o.Saves, &o.AllDay, &o.Status, &o.Free,
		&o.Ignored, &o.Private, &recorded, &terms, &quoted, &quotedFrom,
		&o.Doubt, &o.Same, &o.Copy.Sequence, &stamp, &o.Copy.Answer, &o.Bulk, &o.List)
	if err != nil {
		return o, err
	}
	o.Span = billing.Span{Start: instant(start), End: instant(end)}
	o.RecordedAt, o.Copy.Stamp = instant(recorded), instant(stamp)
	o.Terms, o.Quoted = unpackTerms(terms), unpackTerms(quoted)
	return o, errors.Join(fromJSON(parties, &o.With), fromJSON(attachments, &o.Attachments), fromJSON(quotedFrom, &o.QuotedFrom))
}
