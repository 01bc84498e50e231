package calendar

import (
	"context"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
)

// batchSize is how many observations are recorded at a time, at least: a
// series is not divided, and a long list is recorded in at most twenty parts,
// because every part carries the whole cursor.
const batchSize = 500

// recording takes changes of series to the sink. Every batch carries the
// cursor that is true after it, so that whatever stops the recording, the next
// look goes on from what was kept.
type recording struct {
	id   billing.SourceID
	ctx  context.Context //nolint:containedctx // of the one look that the recording lasts
	sink capture.Sink
	// encode writes the cursor that goes with series, at the moment of a batch.
	encode func(series map[string]string) capture.Cursor

	at      capture.Cursor    // after the last batch that was kept
	series  map[string]string // what it says of every series
	pending []billing.Observation
	after   map[string]string // the pending series' states
	size    int               // of the next batch
	err     error
}

// merge compares what is there of a series with what was recorded of it. Where
// it is not complete, nothing is taken back.
func (r *recording) merge(now seriesSeen, complete bool) {
	if r.err != nil {
		return
	}
	packed, pending := r.after[now.uid]
	if !pending {
		packed = r.series[now.uid]
	}
	old, err := unpack(packed)
	if err != nil {
		old = nil // as if never seen: recording again changes nothing
	}
	record, states := merge(old, now, complete)
	if r.after == nil {
		r.after = map[string]string{}
	}
	r.after[now.uid] = pack(states)
	for i := range record {
		record[i].Source = r.id
	}
	r.pending = append(r.pending, record...)
	if len(r.pending) >= max(batchSize, r.size) {
		r.size += batchSize / 2
		r.flush()
	}
}

// flush records what is pending.
func (r *recording) flush() {
	next := cloneWith(r.series, r.after)
	at := r.encode(next)
	if r.err = r.sink.Record(r.ctx, r.pending, at); r.err != nil {
		return
	}
	r.at, r.series, r.pending, r.after = at, next, nil, nil
}

func cloneWith(base, more map[string]string) map[string]string {
	out := make(map[string]string, len(base)+len(more))
	for uid, packed := range base {
		out[uid] = packed
	}
	for uid, packed := range more {
		if packed == "" {
			delete(out, uid)
			continue
		}
		out[uid] = packed
	}
	return out
}
