package calendar

import (
	"cmp"
	"slices"

	"github.com/tenths/tenths/capture/calendar/internal/civil"
	"github.com/tenths/tenths/capture/calendar/internal/recur"
	"github.com/tenths/tenths/capture/calendar/internal/zone"
)

// places returns where the rules and dates of a recurring event put its
// instances, in order, before any override: DTSTART, RRULE and RDATE less
// EXDATE and EXRULE (RFC 5545 section 3.8.5). DTSTART is always among them,
// even where the rule does not give it.
func (e *event) places(w window, out *expansion) []place {
	all := []place{{at: e.start.at, unix: e.start.unix(w.local)}}
	for i := range e.rules {
		all = append(all, e.ruled(&e.rules[i], w, out)...)
	}
	z := e.start.in(w.local)
	for i := range e.rdates {
		d := &e.rdates[i]
		id := e.idOf(d.start, w.local)
		p := place{at: civil.Time(id), unix: id, rdate: d}
		if e.start.form >= floating {
			p.unix = z.Unix(p.at)
		} else {
			p.at = z.Civil(id)
		}
		all = append(all, p)
	}
	byID := func(a, b place) int { return cmp.Compare(e.id(a), e.id(b)) }
	slices.SortStableFunc(all, byID)
	all = slices.CompactFunc(all, func(a, b place) bool { return e.id(a) == e.id(b) })
	excluded := e.exclusions(w, out)
	all = slices.DeleteFunc(all, func(p place) bool { return p.unix >= w.end || excluded(p) })
	if over := len(all) - w.limit; over > 0 {
		all = all[over:]
		out.since = max(out.since, all[0].unix)
	}
	return slices.DeleteFunc(all, func(p place) bool { return p.unix < out.since })
}

// exclusions returns what tells whether EXDATE or EXRULE takes a place out. A
// date excludes all that begins on it, as Exchange means it.
func (e *event) exclusions(w window, out *expansion) func(place) bool {
	ids := make(map[int64]bool, len(e.exdates))
	days := map[int64]bool{}
	for _, s := range e.exdates {
		if s.form == date {
			days[s.at.Days()] = true
		}
		ids[e.idOf(s, w.local)] = true
	}
	for i := range e.exrules {
		for _, p := range e.ruled(&e.exrules[i], w, out) {
			ids[e.id(p)] = true
		}
	}
	return func(p place) bool { return ids[e.id(p)] || len(days) > 0 && days[p.at.Days()] }
}

// ruled returns the latest places that one rule gives before the window ends:
// at least w.limit where there are so many, at most twice that.
func (e *event) ruled(rule *recur.Rule, w window, out *expansion) []place {
	z := e.start.in(w.local)
	x := recur.Expansion{
		Start: e.start.at, Date: e.start.form == date, Seek: e.start.at,
		End: z.Civil(w.end) + 1, Beyond: e.beyond(rule, z, w.local), CountStart: true, Budget: w.budget,
	}
	if e.start.form == zoned || e.start.form == floating {
		x.Exists = func(t civil.Time) bool { return t == e.start.at || z.Exists(t) }
	}
	// An endless rule may have begun a million instances ago: look at the last
	// stretch first, and further back only when it holds too few.
	for stretch := rule.Stretch(w.limit); ; stretch *= 16 {
		if rule.Count == 0 && stretch < int64(x.End-e.start.at) {
			x.Seek = x.End - civil.Time(stretch)
			if rule.HasUntil {
				x.Seek = min(x.Seek, rule.Until.Time-civil.Time(stretch))
			}
			x.Seek = max(x.Seek, e.start.at)
		} else {
			x.Seek = e.start.at
		}
		places, cut := e.latest(rule, x, w.limit)
		if cut || len(places) > w.limit || x.Seek == e.start.at || *w.budget <= 0 {
			if cut {
				out.since = max(out.since, z.Unix(places[0].at))
			}
			out.unfinished = out.unfinished || *w.budget <= 0
			for i := range places {
				places[i].unix = z.Unix(places[i].at)
			}
			return places
		}
	}
}

// latest collects the last places of an expansion, and reports whether earlier
// ones were let go. Their Unix times are not filled in yet.
func (e *event) latest(rule *recur.Rule, x recur.Expansion, limit int) (places []place, cut bool) {
	for t := range rule.Expand(x) {
		if len(places) >= 2*limit+1 {
			n := copy(places, places[limit+1:])
			places, cut = places[:n], true
		}
		places = append(places, place{at: t})
	}
	return places, cut
}

// beyond returns what tells whether a time is past the rule's UNTIL, which is
// in UTC for events with a zone (RFC 5545 section 3.3.10); nil when comparing
// what clocks show will do.
func (e *event) beyond(rule *recur.Rule, z, local *zone.Zone) func(civil.Time) bool {
	if !rule.HasUntil || !rule.Until.UTC || rule.Until.Date {
		return nil
	}
	until := int64(rule.Until.Time)
	if e.start.form == date {
		last := local.Civil(until)
		return func(t civil.Time) bool { return t > last }
	}
	shown := z.Civil(until)
	return func(t civil.Time) bool {
		if t < shown-civil.Day || t > shown+civil.Day {
			return t > shown
		}
		return z.Unix(t) > until
	}
}
