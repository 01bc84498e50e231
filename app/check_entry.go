package app

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft"
	"github.com/tenths/tenths/guideline"
	"github.com/tenths/tenths/store"
)

// mapping turns entries into what the checks see.
type mapping struct {
	timekeeper billing.Timekeeper
	zone       *time.Location
	matters    []billing.Matter
	byID       map[billing.MatterID]billing.Matter
}

func (c Checks) mapping(ctx context.Context, tx *store.Tx) (m mapping, err error) {
	if m.timekeeper, err = timekeeper(ctx, tx); err != nil {
		return m, err
	}
	if m.zone, err = c.zone(m.timekeeper); err != nil {
		return m, err
	}
	if m.matters, err = tx.Matters(ctx); err != nil {
		return m, err
	}
	m.byID = map[billing.MatterID]billing.Matter{}
	for _, x := range m.matters {
		m.byID[x.ID] = x
	}
	return m, nil
}

// entry returns e with what its evidence shows.
func (m mapping) entry(ctx context.Context, tx *store.Tx, e billing.Entry) (guideline.Entry, error) {
	out := m.plain(e)
	evidence, err := tx.Observation(ctx, e.Evidence...)
	if err != nil {
		return out, err
	}
	out.Entered = m.entered(e, evidence)
	shown := draft.Show(e, evidence, m.matters, m.timekeeper)
	out.Facts = guideline.Facts{Known: len(evidence) > 0, With: shown.With, Topics: shown.Topics, Documents: shown.Documents}
	return out, nil
}

// plain returns e as it stands.
func (m mapping) plain(e billing.Entry) guideline.Entry {
	matter := m.byID[e.Matter]
	e = e.Settled(matter, m.timekeeper)
	out := guideline.Entry{
		ID: string(e.ID), Date: e.WorkDate, Timekeeper: m.timekeeper.Name, Client: matter.Client, Matter: matter.Number,
		Minutes: e.Billed, Rate: e.Rate, Narrative: e.Narrative, TaskCode: e.TaskCode, ActivityCode: e.ActivityCode,
		NonBillable: e.NonBillable, Spans: e.Spans,
	}
	return out
}

// entered returns the day on which what the entry rests on was first written
// down: when its evidence was recorded or, without any, when it was approved.
func (m mapping) entered(e billing.Entry, evidence []billing.Observation) billing.Day {
	first := e.ApprovedAt
	for _, o := range evidence {
		if first.IsZero() || !o.RecordedAt.IsZero() && o.RecordedAt.Before(first) {
			first = o.RecordedAt
		}
	}
	if first.IsZero() {
		return billing.Day{}
	}
	return billing.DayOf(first, m.zone)
}

// setting returns what the checks know besides the entries: which names belong
// to which matter.
func (m mapping) setting(now time.Time) guideline.Setting {
	s := guideline.Setting{Today: billing.DayOf(now, m.zone), Parties: map[string][]string{}}
	for _, x := range m.matters {
		if x.Internal {
			continue
		}
		names := append([]string{string(x.Client)}, sidesOf(string(x.Name))...)
		for _, c := range x.Contacts {
			if c.Role == billing.ContactClient || c.Role == billing.ContactWitness {
				names = append(names, string(c.Name))
			}
		}
		slices.Sort(names)
		names = slices.DeleteFunc(slices.Compact(names), func(n string) bool { return len(n) < leastName })
		if len(names) > 0 {
			s.Parties[x.Number] = names
		}
	}
	return s
}

// leastName is the shortest name, in bytes, that tells one party from another.
const leastName = 4

// sidesOf returns the parties that a matter's name holds: "Rivera v. Acme". A
// side that many cases have is nobody's.
func sidesOf(name string) []string {
	for _, versus := range []string{" v. ", " vs. ", " v ", " vs "} {
		if a, b, ok := strings.Cut(name, versus); ok {
			return slices.DeleteFunc([]string{strings.TrimSpace(a), strings.TrimSpace(b)}, func(side string) bool {
				return slices.Contains(anybody, strings.ToLower(side))
			})
		}
	}
	return nil
}

// anybody are sides that do not tell one matter from another.
var anybody = []string{
	"state", "people", "the people", "united states", "united states of america", "commonwealth", "county", "city", "commissioner",
	"doe", "john doe", "jane doe", "does", "roe", "unknown", "department", "board", "government", "crown",
}
