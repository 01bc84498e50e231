package app

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft"
	"github.com/tenths/tenths/store"
)

// Preview returns exactly what approving day would freeze: every draft that
// lacks nothing.
func (r Review) Preview(ctx context.Context, day billing.Day) (view ApprovalView, err error) {
	if err := r.refresh(ctx, day); err != nil {
		return view, err
	}
	err = r.store.View(ctx, func(tx *store.Tx) error {
		list, left, err := r.approvable(ctx, tx, day, nil)
		if err == nil {
			view, err = r.approval(ctx, tx, day, list, left)
		}
		return err
	})
	return view, err
}

// Approve freezes drafts of day: those with the ids given, or all that lack
// nothing. Their minutes, rate and narrative are final from then on. The audit
// trail and the outbox are written in the same transaction. Where digest is not
// empty it must be that of the [Review.Preview] the person agreed to; if the
// list has changed since, nothing is approved. Approving again what is approved
// changes nothing.
func (r Review) Approve(ctx context.Context, day billing.Day, ids []billing.EntryID, digest string) (view ApprovalView, err error) {
	if err := r.refresh(ctx, day); err != nil {
		return view, err
	}
	err = r.store.Update(ctx, func(tx *store.Tx) error {
		list, left, err := r.approvable(ctx, tx, day, ids)
		if err != nil {
			return err
		}
		if digest != "" && digest != digestOf(list) {
			return &billing.Error{Kind: billing.Conflict, Msg: "the drafts have changed since you looked; look at the list again and approve it then"}
		}
		if view, err = r.approval(ctx, tx, day, list, left); err != nil {
			return err
		}
		for i := range list {
			if err := r.freeze(ctx, tx, &list[i]); err != nil {
				return err
			}
		}
		return nil
	})
	return view, err
}

// freeze approves one entry and sends it on its way.
func (r Review) freeze(ctx context.Context, tx *store.Tx, e *billing.Entry) error {
	m, err := tx.Matter(ctx, e.Matter)
	if err != nil {
		return err
	}
	t, err := timekeeper(ctx, tx)
	if err != nil {
		return err
	}
	e.State, e.Touched, e.ApprovedAt, e.Rate = billing.StateApproved, true, tx.Now(), t.RateFor(m)
	if err := tx.PutEntry(ctx, e); err != nil {
		return err
	}
	if err := judge(ctx, tx, *e); err != nil {
		return err
	}
	if err := teach(ctx, tx, *e); err != nil {
		return err
	}
	if err := tx.Audit(ctx, "approve", e.ID, audited(*e, m)); err != nil {
		return err
	}
	if m.Internal {
		return nil // the firm's own time is not billed, so it has nowhere to go
	}
	return tx.PutOutbox(ctx, e.ID)
}

// frozen is what the audit trail keeps of an approved entry.
type frozen struct {
	WorkDate      string                  `json:"work_date"`
	Zone          string                  `json:"zone"`
	Matter        string                  `json:"matter"`
	WorkedSeconds int64                   `json:"worked_seconds"`
	BilledMinutes int64                   `json:"billed_minutes"`
	Rounding      billing.RoundingPolicy  `json:"rounding"`
	Narrative     string                  `json:"narrative"`
	TaskCode      string                  `json:"task_code"`
	ActivityCode  string                  `json:"activity_code"`
	RateCents     int64                   `json:"rate_cents"`
	Currency      string                  `json:"currency"`
	Estimated     bool                    `json:"estimated"`
	Evidence      []billing.ObservationID `json:"evidence"`
}

func audited(e billing.Entry, m billing.Matter) frozen {
	return frozen{
		WorkDate: e.WorkDate.String(), Zone: e.Zone, Matter: m.Number, WorkedSeconds: e.Worked,
		BilledMinutes: e.Billed, Rounding: e.Rounding, Narrative: string(e.Narrative),
		TaskCode: e.TaskCode, ActivityCode: e.ActivityCode, RateCents: e.Rate.Cents,
		Currency: e.Rate.Currency, Estimated: e.Estimated, Evidence: e.Evidence,
	}
}

// approvable returns the drafts to approve, and how many of the day's stay
// behind: those that lack something, and meetings in doubt, unless asked for. Entries asked for by id must be there and lack nothing; those that
// are approved already are passed over.
func (r Review) approvable(ctx context.Context, tx *store.Tx, day billing.Day, ids []billing.EntryID) (list []billing.Entry, left int, err error) {
	d, err := r.load(ctx, tx, day)
	if err != nil {
		return nil, 0, err
	}
	doubts, excess := d.doubts(), draft.Excess(d.entries, d.policy)
	found := map[billing.EntryID]bool{}
	for _, e := range d.entries {
		_, doubt := doubts[e.ID]
		asked := slices.Contains(ids, e.ID)
		found[e.ID] = true
		switch {
		case e.State == billing.StateDiscarded && asked:
			return nil, 0, &billing.Error{Kind: billing.Conflict, Msg: string(e.ID) + " was discarded; restore it first"}
		case e.State != billing.StateDrafted:
		case len(ids) > 0 && !asked, doubt && !asked:
			left++
		case e.Missing() == "" && excess[e.ID] == "":
			list = append(list, e)
		case asked && e.Missing() == e.Open(): // it lacks nothing but an answer
			return nil, 0, invalid(fmt.Sprintf("%s cannot be approved: %s; accept it first if it is right", e.ID, cmp.Or(e.Open(), excess[e.ID])))
		case asked:
			return nil, 0, invalid(fmt.Sprintf("%s cannot be approved: %s", e.ID, e.Missing()))
		default:
			left++
		}
	}
	for _, id := range ids {
		if !found[id] {
			return nil, 0, &billing.Error{Kind: billing.NotFound, Msg: fmt.Sprintf("%s has no draft %s; tenths draft --day %s lists them", day, id, day)}
		}
	}
	return list, left, nil
}

func (r Review) approval(ctx context.Context, tx *store.Tx, day billing.Day, list []billing.Entry, left int) (ApprovalView, error) {
	t, err := timekeeper(ctx, tx)
	if err != nil {
		return ApprovalView{}, err
	}
	zone, err := r.zone(t)
	if err != nil {
		return ApprovalView{}, err
	}
	matters, err := tx.Matters(ctx)
	if err != nil {
		return ApprovalView{}, err
	}
	view := ApprovalView{Day: day.String(), Digest: digestOf(list), Count: len(list), Left: left,
		Groups: newRenderer(zone, matters).groups(matters, list)}
	var amount billing.Money
	for _, e := range list {
		if !e.NonBillable {
			view.BilledMinutes += e.Billed
			amount = amount.Plus(e.Amount())
		}
	}
	if !amount.IsZero() {
		view.Amount = amount.String()
	}
	return view, nil
}

// digestOf names a list of drafts as they stand: their ids and revisions.
func digestOf(list []billing.Entry) string {
	h := sha256.New()
	for _, e := range list {
		fmt.Fprintf(h, "%s %d\n", e.ID, e.Revision)
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}
