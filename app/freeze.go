package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft"
	"github.com/tenths/tenths/store"
)

// frozen is what approving an entry would put on record, and what the audit
// trail then keeps of it. It is made once: the preview shows these records, the
// digest names them, and approval writes them.
type frozen struct {
	Entry         billing.EntryID         `json:"entry"`
	WorkDate      string                  `json:"work_date"`
	Zone          string                  `json:"zone"`
	Matter        string                  `json:"matter"`
	MatterID      billing.MatterID        `json:"matter_id"`
	Internal      bool                    `json:"internal"` // the firm's own time: kept, and posted nowhere
	BlackedOut    bool                    `json:"blacked_out,omitempty"`
	Spans         []billing.Span          `json:"spans"`
	WorkedSeconds int64                   `json:"worked_seconds"`
	BilledMinutes int64                   `json:"billed_minutes"`
	BilledBy      billing.BilledBy        `json:"billed_by,omitempty"`
	Hours         string                  `json:"hours"` // billed
	Rounding      billing.RoundingPolicy  `json:"rounding"`
	Narrative     string                  `json:"narrative"`
	TaskCode      string                  `json:"task_code"`
	ActivityCode  string                  `json:"activity_code"`
	NonBillable   bool                    `json:"non_billable"`
	RateCents     int64                   `json:"rate_cents"`
	Currency      string                  `json:"currency"`
	AmountCents   int64                   `json:"amount_cents"`
	Estimated     bool                    `json:"estimated"`
	Evidence      []billing.ObservationID `json:"evidence"`

	entry billing.Entry // settled
}

// terms are what decides how a practice's drafts are frozen, read in one
// transaction.
type terms struct {
	timekeeper billing.Timekeeper
	matters    map[billing.MatterID]billing.Matter
	blackedOut map[billing.MatterID]time.Time // since when, the latest
	accepted   map[billing.EntryID]time.Time  // when a person agreed; where something is blacked out
}

// termsOf returns the terms for the drafts of d.
func (d *dayRecord) termsOf(ctx context.Context, tx *store.Tx) (terms, error) {
	out := terms{timekeeper: d.timekeeper, matters: map[billing.MatterID]billing.Matter{}, blackedOut: map[billing.MatterID]time.Time{}}
	list, err := tx.Blackouts(ctx)
	if err != nil {
		return out, err
	}
	for _, m := range d.register.matters {
		out.matters[m.ID] = m
		for _, b := range list {
			if blacksOut(b, m) {
				out.blackedOut[m.ID] = later(b.Added, out.blackedOut[m.ID])
			}
		}
	}
	if len(out.blackedOut) > 0 {
		out.accepted, err = tx.LastNamed(ctx, d.day, accepting)
	}
	return out, err
}

// unasked reports whether e is on a matter that is blacked out and no person has
// agreed to it since.
func (t terms) unasked(e billing.Entry) bool {
	since, black := t.blackedOut[e.Matter]
	return black && !(e.Accepted && !t.accepted[e.ID].Before(since))
}

// freeze returns the record of e as it stands.
func (t terms) freeze(e billing.Entry) frozen {
	m := t.matters[e.Matter]
	e = e.Settled(m, t.timekeeper)
	return frozen{
		Entry: e.ID, WorkDate: e.WorkDate.String(), Zone: e.Zone, Matter: m.Number, MatterID: m.ID, Internal: m.Internal,
		BlackedOut: !t.blackedOut[m.ID].IsZero(), Spans: plain(e).Spans, WorkedSeconds: e.Worked, BilledMinutes: e.Billed, BilledBy: e.BilledBy,
		Hours: billing.FormatTenths(e.Billed), Rounding: e.Rounding, Narrative: string(e.Narrative), TaskCode: e.TaskCode,
		ActivityCode: e.ActivityCode, NonBillable: e.NonBillable, RateCents: e.Rate.Cents, Currency: e.Rate.Currency,
		AmountCents: e.Amount().Cents, Estimated: e.Estimated, Evidence: append([]billing.ObservationID{}, e.Evidence...),
		entry: e,
	}
}

// lacks says what keeps e from being approved whatever a person answers, ""
// when nothing does.
func (t terms) lacks(e billing.Entry) string {
	if missing := e.Missing(); missing != "" && missing != e.Open() {
		return missing
	}
	return closed(t.matters[e.Matter])
}

// questions are what a person has to answer about the day's drafts, by accepting
// them, beside what each asks itself: their length, and matters that are blacked
// out, of which nothing is billed unasked.
func (d *dayRecord) questions(t terms) map[billing.EntryID]billing.Ask {
	out := map[billing.EntryID]billing.Ask{}
	for id, text := range draft.Excess(d.entries, d.policy) {
		out[id] = billing.Ask{About: billing.AskTime, Text: text}
	}
	for _, e := range d.entries {
		if e.State == billing.StateDrafted && t.unasked(e) && out[e.ID].Text == "" {
			out[e.ID] = billing.Ask{About: billing.AskWork,
				Text: "matter " + t.matters[e.Matter].Number + " is blacked out: say whether this is to be billed"}
		}
	}
	return out
}

// closed says that a matter takes no more time, "" when it does.
func closed(m billing.Matter) string {
	if !m.Closed {
		return ""
	}
	return "matter " + m.Number + " is closed; reopen it or choose another"
}

// write puts a record on file: the entry is final, the audit trail has the
// record, and what is to be billed is on its way.
func (f frozen) write(ctx context.Context, tx *store.Tx) error {
	e := f.entry
	e.State, e.Touched, e.ApprovedAt = billing.StateApproved, true, tx.Now()
	if err := tx.PutEntry(ctx, &e); err != nil {
		return err
	}
	if err := judge(ctx, tx, e); err != nil {
		return err
	}
	if err := teach(ctx, tx, e); err != nil {
		return err
	}
	if err := tx.Audit(ctx, "approve", e.ID, f); err != nil {
		return err
	}
	if f.Internal {
		return nil // the firm's own time is not billed, so it has nowhere to go
	}
	return tx.PutOutbox(ctx, e.ID)
}

// digestOf names records: it differs as soon as anything in them does.
func digestOf(list []frozen) (string, error) {
	text, err := json.Marshal(list)
	if err != nil {
		return "", &billing.Error{Kind: billing.Internal, Msg: "the list cannot be named", Err: err}
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:])[:16], nil
}
