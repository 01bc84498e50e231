package app

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/store"
)

// Discretion decides what is not recorded: pauses and blackouts.
type Discretion struct{ *Practice }

// UntilResumed stands for the end of a pause that has none.
const UntilResumed = "resumed"

// PauseView says whether observing is paused.
type PauseView struct {
	Paused bool   `json:"paused"`
	Since  string `json:"since,omitempty"`
	Until  string `json:"until,omitempty"` // an instant, or "resumed" when only the person ends it
}

// Paused says whether observing is paused now.
func (d Discretion) Paused(ctx context.Context) (view PauseView, err error) {
	err = d.store.View(ctx, func(tx *store.Tx) error {
		p, lasts, err := pausedNow(ctx, tx)
		if err != nil || !lasts {
			return err
		}
		t, err := timekeeper(ctx, tx)
		if err != nil {
			return err
		}
		zone, err := d.zone(t)
		if err != nil {
			return err
		}
		view = PauseView{Paused: true, Since: p.Start.In(zone).Format(time.RFC3339), Until: untilOf(p, zone)}
		return nil
	})
	return view, err
}

// Pause stops recording until the instant given, or until [Discretion.Resume]
// when it is zero. Nothing of that time is recorded later either. A pause that
// lasts already gets the new end.
func (d Discretion) Pause(ctx context.Context, until time.Time) error {
	if !until.IsZero() && !until.After(d.Now()) {
		return invalid("that has passed already; give a time to come")
	}
	return d.store.Update(ctx, func(tx *store.Tx) error { return tx.SetPause(ctx, until) })
}

// Resume ends the pause, where one lasts. What happened in it stays unrecorded.
func (d Discretion) Resume(ctx context.Context) error {
	return d.store.Update(ctx, func(tx *store.Tx) error { return tx.Resume(ctx) })
}

// At returns the next instant at which a clock in the timekeeper's zone shows
// the time given, such as 18:00.
func (d Discretion) At(ctx context.Context, clock string) (time.Time, error) {
	zone, err := d.Location(ctx)
	if err != nil {
		return time.Time{}, err
	}
	t, err := time.Parse("15:04", strings.TrimSpace(clock))
	if err != nil {
		return t, &billing.Error{Kind: billing.Invalid, Msg: clock + " is no time of day; write it as 18:00", Err: err}
	}
	now := d.Now().In(zone)
	at := time.Date(now.Year(), now.Month(), now.Day(), t.Hour(), t.Minute(), 0, 0, zone)
	if !at.After(now) {
		at = time.Date(now.Year(), now.Month(), now.Day()+1, t.Hour(), t.Minute(), 0, 0, zone)
	}
	return at, nil
}

func pausedNow(ctx context.Context, tx *store.Tx) (store.Pause, bool, error) {
	pauses, err := tx.Pauses(ctx)
	for _, p := range pauses {
		if p.Lasts(tx.Now()) {
			return p, true, err
		}
	}
	return store.Pause{}, false, err
}

func untilOf(p store.Pause, zone *time.Location) string {
	if p.End.IsZero() {
		return UntilResumed
	}
	return p.End.In(zone).Format(time.RFC3339)
}

// errPaused is what a source is told that has something to record in a pause:
// it does not move on, and finds it again afterwards. What lies in the pause is
// left out then.
var errPaused = errors.New("observing is paused")

// admit returns what of a source's observations may be stored: nothing while a
// pause lasts (errPaused), nothing that a blackout covers, and of what
// overlapped a pause the parts outside. Every observation that is to be stored
// passes here, but for what a person typed.
func admit(ctx context.Context, tx *store.Tx, source billing.SourceID, seen []billing.Observation) ([]billing.Observation, error) {
	pauses, err := tx.Pauses(ctx)
	if err != nil {
		return nil, err
	}
	for _, p := range pauses {
		if p.Lasts(tx.Now()) {
			return nil, errPaused
		}
	}
	covers, err := blackouts(ctx, tx)
	if err != nil || len(pauses) == 0 && covers.empty() {
		return seen, err
	}
	g := gate{source: source, covers: covers, pauses: spansOf(pauses), known: map[string]store.KnownObservation{}}
	names := make([]string, len(seen))
	for i, o := range seen {
		names[i] = o.ExternalID
	}
	if g.known, err = tx.Known(ctx, source, names); err != nil {
		return nil, err
	}
	if g.parts, err = tx.KnownLike(ctx, source, partPrefix); err != nil {
		return nil, err
	}
	var ids []billing.ObservationID
	for _, k := range g.known {
		ids = append(ids, k.ID)
	}
	if g.held, err = tx.EvidenceHeld(ctx, ids); err != nil {
		return nil, err
	}
	for _, o := range seen {
		g.pass(o)
	}
	return g.out, nil
}

func spansOf(pauses []store.Pause) []billing.Span {
	spans := make([]billing.Span, len(pauses))
	for i, p := range pauses {
		spans[i] = p.Span
		if p.End.IsZero() {
			spans[i].End = time.Unix(1<<40, 0)
		}
	}
	return billing.Union(spans)
}

// gate is what [admit] knows while it looks at observations one by one.
type gate struct {
	source billing.SourceID
	covers coverage
	pauses []billing.Span // sorted, disjoint
	known  map[string]store.KnownObservation
	parts  []string // names of all parts that are stored
	held   map[billing.ObservationID]billing.EntryID
	out    []billing.Observation
}

func (g *gate) pass(o billing.Observation) {
	k, stored := g.known[o.ExternalID]
	if stored && slices.Contains(k.Revisions, o.Revision) {
		g.keep(o) // says nothing that is not stored
		return
	}
	if o.Removed {
		g.retract(o, nil)
		if stored || slices.ContainsFunc(g.out, func(p billing.Observation) bool { return p.ExternalID == o.ExternalID }) {
			g.keep(o)
		}
		return
	}
	parts := []billing.Observation{o}
	switch {
	case g.covers.match(g.source, o):
		parts = nil
	case g.inPause(o):
		parts = nil
	case !o.Span.Empty() && !o.AllDay && g.overlaps(o.Span):
		if stored && o.Kind != billing.KindMeeting && g.contains(o.Span.End) {
			return // it went on in a pause only: what is stored is all there is to say
		}
		parts = g.clip(o)
	}
	names := map[string]bool{}
	for _, p := range parts {
		names[p.ExternalID] = true
		g.keep(p)
	}
	g.retract(o, names)
	if stored && !names[o.ExternalID] && o.Kind == billing.KindMeeting && g.held[k.ID] == "" {
		// It is not where it was, and where it is now is nobody's business.
		g.keep(billing.Observation{ExternalID: o.ExternalID, Revision: "withheld", Removed: true, Kind: o.Kind})
	}
}

func (g *gate) keep(o billing.Observation) { g.out = append(g.out, o) }

// retract takes back the stored parts of o but for those named.
func (g *gate) retract(o billing.Observation, but map[string]bool) {
	mine := partName(o.ExternalID)
	for _, name := range g.parts {
		if strings.HasPrefix(name, mine) && !but[name] {
			g.keep(billing.Observation{ExternalID: name, Revision: "withheld", Removed: true, Kind: o.Kind})
		}
	}
}

func (g *gate) contains(t time.Time) bool {
	return slices.ContainsFunc(g.pauses, func(p billing.Span) bool { return p.Contains(t) })
}

func (g *gate) overlaps(s billing.Span) bool {
	return slices.ContainsFunc(g.pauses, func(p billing.Span) bool { return !s.Intersect(p).Empty() })
}

// inPause reports whether all of o lies in pauses; a point in time does when it
// is the first second of one, too.
func (g *gate) inPause(o billing.Observation) bool {
	if o.Span.Empty() {
		return g.contains(o.Span.Start)
	}
	return len(billing.Subtract(o.Span, g.pauses)) == 0
}

// partPrefix begins the names of parts of observations that a pause cut: those
// that do not begin where the whole began. The name tells nothing of the whole,
// which may hold a path and a time within the pause.
const partPrefix = "part "

func partName(externalID string) string {
	h := sha256.Sum256([]byte(externalID))
	return partPrefix + hex.EncodeToString(h[:16]) + " "
}

// clip returns the parts of o outside of pauses. What a part says follows from
// the part alone, so that going on within a pause makes no new revision.
func (g *gate) clip(o billing.Observation) []billing.Observation {
	left := billing.Subtract(o.Span, g.pauses)
	var out []billing.Observation
	for _, span := range left {
		p := o
		p.Span = span
		if !span.Start.Equal(o.Span.Start) {
			p.ExternalID = partName(o.ExternalID) + strconv.FormatInt(span.Start.Unix(), 10)
		}
		if o.Saves > 0 { // those outside are not known apart: the part's share
			p.Saves = max(1, o.Saves*span.Seconds()/max(o.Span.Seconds(), 1))
		}
		p.Revision = ""
		text, _ := json.Marshal(p) // of strings, numbers and times alone
		h := sha256.Sum256(text)
		p.Revision = partPrefix + hex.EncodeToString(h[:8])
		out = append(out, p)
	}
	return out
}
