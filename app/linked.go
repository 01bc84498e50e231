package app

import (
	"context"
	"errors"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/store"
	pms "github.com/tenths/tenths/sync"
)

// errRelinked ends a worker whose connector is no longer that of the link.
var errRelinked = errors.New("the practice was connected anew")

// linked is the connector of a link for as long as that is the practice's.
// Another process may connect anew while this one posts, to another region or as
// another application; then nothing more is asked or sent the old way.
type linked struct {
	Connector
	store *store.Store
	link  Link
	end   context.CancelCauseFunc // of the worker
}

var _ pms.Pacer = linked{}

// Find implements [pms.Connector].
func (l linked) Find(ctx context.Context, p billing.Posting) ([]billing.Receipt, error) {
	if err := l.check(ctx); err != nil {
		return nil, err
	}
	return l.Connector.Find(ctx, p)
}

// Pace implements [pms.Pacer]. It comes right before each request that posts, so
// that looking at the link here is enough.
func (l linked) Pace(ctx context.Context) error {
	if err := l.check(ctx); err != nil {
		return err
	}
	if pacer, ok := l.Connector.(pms.Pacer); ok {
		return pacer.Pace(ctx)
	}
	return nil
}

// check ends the worker when the link is another one now. No request has left.
func (l linked) check(ctx context.Context) error {
	var link Link
	err := l.store.View(ctx, func(tx *store.Tx) error {
		_, err := tx.Setting(ctx, settingLink, &link)
		return err
	})
	if err == nil && link == l.link {
		return nil
	}
	msg := "the connection cannot be looked up"
	if err == nil {
		l.end(errRelinked)
		msg, err = "the practice is connected anew; it is posted there", errRelinked
	}
	return &billing.OutcomeError{Outcome: billing.Retryable, Err: &billing.Error{Kind: billing.Internal, Msg: msg, Err: err}}
}
