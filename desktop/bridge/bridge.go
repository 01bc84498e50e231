// Package bridge is what the window's page can ask for: one method for each
// thing, in strings, booleans and safe integers. It knows nothing of the
// window itself, so that a test can serve the same page over loopback.
package bridge

import (
	"context"
	"time"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
)

// Window answers the page. Its methods return errors whose message is meant for
// the person.
type Window struct {
	ctx      context.Context //nolint:containedctx // the window's lifetime: the page's calls carry none
	practice *app.Practice
	wake     func()

	// First is the day that Day("") shows; zero leaves that to the review.
	First billing.Day
}

// New returns the page's counterpart over a practice. ctx ends with the window;
// wake is called when there may be something to post.
func New(ctx context.Context, practice *app.Practice, wake func()) *Window {
	return &Window{ctx: ctx, practice: practice, wake: wake}
}

func (w *Window) review() app.Review { return app.Review{Practice: w.practice} }

// Today returns the current day, YYYY-MM-DD.
func (w *Window) Today() (string, error) {
	day, err := w.practice.Today(w.ctx)
	return day.String(), err
}

// Day returns a day for review; "" is the one to look at first.
func (w *Window) Day(day string) (app.DayView, error) {
	if day == "" {
		return w.review().Day(w.ctx, w.First)
	}
	d, err := billing.ParseDay(day)
	if err != nil {
		return app.DayView{}, err
	}
	return w.review().Day(w.ctx, d)
}

// Accept marks a draft as agreed with.
func (w *Window) Accept(id string) error { return w.review().Accept(w.ctx, billing.EntryID(id)) }

// SetNarrative replaces a draft's narrative.
func (w *Window) SetNarrative(id, narrative string) error {
	return w.review().Edit(w.ctx, billing.EntryID(id), app.Edit{Narrative: &narrative})
}

// SetMatter moves a draft to the matter with that number; "" to none.
func (w *Window) SetMatter(id, number string) error {
	return w.review().Edit(w.ctx, billing.EntryID(id), app.Edit{Matter: &number})
}

// SetMinutes changes a draft's billed minutes.
func (w *Window) SetMinutes(id string, minutes int) error {
	m := int64(minutes)
	return w.review().Edit(w.ctx, billing.EntryID(id), app.Edit{Minutes: &m})
}

// SetPrivate marks a draft as the timekeeper's own time, or takes that back.
func (w *Window) SetPrivate(id string, private bool) error {
	return w.review().Keep(w.ctx, billing.EntryID(id), private)
}

// Discard sets a draft aside.
func (w *Window) Discard(id string) error { return w.review().Discard(w.ctx, billing.EntryID(id)) }

// SafeWording words a draft without names and subjects.
func (w *Window) SafeWording(id string) error { return w.review().Safe(w.ctx, billing.EntryID(id)) }

// Restore makes a discarded entry a draft again.
func (w *Window) Restore(id string) error { return w.review().Restore(w.ctx, billing.EntryID(id)) }

// Undo takes the latest decision back and returns what it was.
func (w *Window) Undo() (string, error) { return w.review().Undo(w.ctx) }

// Explain says what an unexplained stretch was. start and end are RFC 3339;
// matter is a number, or "" to leave that to the drafting.
func (w *Window) Explain(start, end, text, matter string) error {
	from, err := instant(start)
	if err != nil {
		return err
	}
	to, err := instant(end)
	if err != nil {
		return err
	}
	return w.review().Explain(w.ctx, billing.Span{Start: from, End: to}, text, matter)
}

func instant(s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		return t, &billing.Error{Kind: billing.Invalid, Msg: "that is no instant", Err: err}
	}
	return t, nil
}

// TakeOut decides about some of what a draft rests on, as about a few messages of
// a row: they go to the matter with that number, aside, or to the person's own
// time, whichever is given. It returns the id of what they became.
func (w *Window) TakeOut(id string, observations []string, matter string, aside, private bool) (string, error) {
	to := app.Destination{Matter: matter, Aside: aside, Private: private}
	out, err := w.review().TakeOut(w.ctx, billing.EntryID(id), observationIDs(observations), to)
	return string(out), err
}

// Fold sets messages aside with what comes in bulk.
func (w *Window) Fold(observations []string) error {
	return w.review().Fold(w.ctx, observationIDs(observations)...)
}

// Unfold says that folded messages are work: they are drafted.
func (w *Window) Unfold(observations []string) error {
	return w.review().Unfold(w.ctx, observationIDs(observations)...)
}

func observationIDs(texts []string) []billing.ObservationID {
	ids := make([]billing.ObservationID, len(texts))
	for i, t := range texts {
		ids[i] = billing.ObservationID(t)
	}
	return ids
}

// Attend says that the person was in the meeting of that draft all along.
func (w *Window) Attend(id string) error { return w.review().Attend(w.ctx, billing.EntryID(id)) }

// Split divides a draft into parts whose minutes sum to its own, each with its
// narrative and its matter's number; "" keeps the draft's. It returns the ids of
// the parts.
func (w *Window) Split(id string, minutes []int, narratives, matters []string) ([]string, error) {
	if len(narratives) != len(minutes) || len(matters) != len(minutes) {
		return nil, &billing.Error{Kind: billing.Invalid, Msg: "each part has minutes, a narrative and a matter"}
	}
	parts := make([]app.PartEdit, len(minutes))
	for i, m := range minutes {
		parts[i] = app.PartEdit{Minutes: int64(m), Narrative: narratives[i], Matter: matters[i]}
	}
	ids, err := w.review().Split(w.ctx, billing.EntryID(id), parts)
	out := make([]string, len(ids))
	for i, x := range ids {
		out[i] = string(x)
	}
	return out, err
}

// Merge makes one draft of several of one day and matter: the first of them.
func (w *Window) Merge(ids []string) error { return w.review().Merge(w.ctx, entryIDs(ids)) }

// PreviewMerge returns the draft that Merge would make.
func (w *Window) PreviewMerge(ids []string) (app.DraftView, error) {
	return w.review().PreviewMerge(w.ctx, entryIDs(ids))
}

func entryIDs(list []string) []billing.EntryID {
	out := make([]billing.EntryID, len(list))
	for i, x := range list {
		out[i] = billing.EntryID(x)
	}
	return out
}

// PreviewApproval returns exactly what approving a day would freeze.
func (w *Window) PreviewApproval(day string) (app.ApprovalView, error) {
	d, err := billing.ParseDay(day)
	if err != nil {
		return app.ApprovalView{}, err
	}
	return w.review().Preview(w.ctx, d)
}

// Approve freezes the list that digest names, and no list that nobody saw.
func (w *Window) Approve(day, digest string) (app.ApprovalView, error) {
	if digest == "" {
		return app.ApprovalView{}, &billing.Error{Kind: billing.Invalid, Msg: "look at the list before it is approved"}
	}
	d, err := billing.ParseDay(day)
	if err != nil {
		return app.ApprovalView{}, err
	}
	view, err := w.review().Approve(w.ctx, d, nil, digest)
	if err == nil {
		w.wake()
	}
	return view, err
}

// Matters returns all matters.
func (w *Window) Matters() ([]app.MatterView, error) {
	return app.Matters{Practice: w.practice}.List(w.ctx)
}

// Posting returns how the outbox stands.
func (w *Window) Posting() (app.PostingSummary, error) {
	return app.Posting{Practice: w.practice}.Status(w.ctx)
}

// RetryPosting sends on an entry that needed a person.
func (w *Window) RetryPosting(id string) error {
	err := app.Posting{Practice: w.practice}.TryAgain(w.ctx, billing.EntryID(id))
	if err == nil {
		w.wake()
	}
	return err
}

// PostNow asks for what is due to be posted at once.
func (w *Window) PostNow() { w.wake() }

// Sources returns the places observed.
func (w *Window) Sources() ([]app.SourceView, error) {
	return app.Sources{Practice: w.practice}.List(w.ctx)
}

// Pause stops observing for so many minutes, until it is resumed when there are
// none. Nothing of that time is recorded later.
func (w *Window) Pause(minutes int) error {
	until := time.Time{}
	if minutes > 0 {
		until = w.practice.Now().Add(time.Duration(minutes) * time.Minute)
	}
	return app.Discretion{Practice: w.practice}.Pause(w.ctx, until)
}

// Resume goes on observing.
func (w *Window) Resume() error { return app.Discretion{Practice: w.practice}.Resume(w.ctx) }
