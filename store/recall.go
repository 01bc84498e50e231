package store

import (
	"context"

	"github.com/tenths/tenths/billing"
)

// Recall returns the external id, Same, span and subject of the latest revisions
// that the source recorded under the external ids, tombstones too. Ids that are
// not there are left out.
func (tx *Tx) Recall(ctx context.Context, source billing.SourceID, externalIDs []string) ([]billing.Observation, error) {
	list, err := asJSON(externalIDs)
	if err != nil {
		return nil, explain(err, "the observations cannot be read")
	}
	return collect(ctx, tx, func(r row) (o billing.Observation, err error) {
		var start, end int64
		err = r.Scan(&o.ExternalID, &o.Same, &start, &end, &o.Subject)
		o.Source, o.Span = source, billing.Span{Start: instant(start), End: instant(end)}
		return o, err
	}, `SELECT external_id, same, start_at, end_at, subject FROM observation
		WHERE latest = 1 AND source = ? AND external_id IN (SELECT value FROM json_each(?))`, source, list)
}
