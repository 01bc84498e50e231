package app

import (
	"context"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/store"
)

// How many rows of the outbox are listed: those that need a person or are
// under way, and the latest that were posted.
const (
	shownPending = 500
	shownPosted  = 50
)

// postingCounts reads how the outbox stands, without its rows.
func postingCounts(ctx context.Context, tx *store.Tx) (PostingSummary, error) {
	s := PostingSummary{Rows: []PostingView{}}
	var link Link
	if _, err := tx.Setting(ctx, settingLink, &link); err != nil {
		return s, err
	}
	counts, err := tx.OutboxCounts(ctx)
	s.Connector = link.System
	s.Waiting = counts[store.OutboxWaiting] + counts[store.OutboxSending]
	s.Unknown, s.NeedsYou, s.Posted = counts[store.OutboxUnknown], counts[store.OutboxNeedsYou], counts[store.OutboxPosted]
	return s, err
}

// postingRows lists the outbox: what needs a person first.
func postingRows(ctx context.Context, tx *store.Tx, out renderer) ([]PostingView, error) {
	pending, err := tx.OutboxIn(ctx, shownPending, store.OutboxNeedsYou, store.OutboxUnknown, store.OutboxSending, store.OutboxWaiting)
	if err != nil {
		return nil, err
	}
	posted, err := tx.LatestPosted(ctx, shownPosted)
	views := []PostingView{}
	for _, row := range append(pending, posted...) {
		views = append(views, out.posting(row))
	}
	return views, err
}

func (r renderer) posting(row store.OutboxRow) PostingView {
	v := PostingView{
		Entry: string(row.Entry), Day: row.WorkDate.String(), Matter: r.matters[row.Matter].Number,
		Narrative: string(row.Narrative), Hours: billing.FormatTenths(row.Billed), Estimated: row.Estimated, State: string(row.State),
		Attempts: int64(row.Attempts), RemoteID: row.RemoteID, Message: row.Message, PostedAt: r.instant(row.PostedAt),
	}
	if row.State == store.OutboxWaiting || row.State == store.OutboxUnknown {
		v.NextAt = r.instant(row.Next)
	}
	return v
}
