package calendar

import (
	"cmp"
	"math"
	"slices"
	"time"

	"github.com/tenths/tenths/capture/calendar/internal/civil"
	"github.com/tenths/tenths/capture/calendar/internal/zone"
)

// key names an instance within its series: by where the series puts it, which
// stays when the instance is moved. It is a Unix time for events with a zone,
// and what clocks show for floating events and dates.
type key struct {
	form form
	at   int64
}

// single is the form of the key of an event that does not recur.
const single form = -1

// String returns the key as it stands in an external id.
func (k key) String() string {
	at := time.Unix(k.at, 0).UTC()
	switch k.form {
	case single:
		return ""
	case date:
		return at.Format("20060102")
	case floating:
		return at.Format("20060102T150405")
	}
	return at.Format("20060102T150405Z")
}

// occurrence is one instance of a series.
type occurrence struct {
	key        key
	event      *event
	start, end int64 // Unix times
	// said is what else is known of this instance alone: its older copies, and
	// answers to it.
	said []*event
}

// window says which occurrences are wanted.
type window struct {
	end    int64 // Unix time before which a recurring event's instance begins
	limit  int
	local  *zone.Zone
	budget *int // steps that recurrence rules may still take
}

// expansion is what a series comes to in a window.
type expansion struct {
	occurrences []occurrence
	since       int64 // earlier occurrences were left out because of the limit
	unfinished  bool  // the budget ran out: there may be more
}

// place is where a series puts an instance, before any override.
type place struct {
	at    civil.Time
	unix  int64
	rdate *rdate
}

// occurrences expands s.
func (s *series) occurrences(w window) expansion {
	out := expansion{since: math.MinInt64}
	m := s.master
	if m == nil {
		for id, o := range s.exact(s.overrides[0], w.local) {
			out.add(key{keyForm(o.event.recurID.form), id}, o, w)
		}
		return out
	}
	exact := s.exact(m, w.local)
	answers := s.answersTo(m, w.local)
	ranges := s.ranges(m, w.local)
	var places []place
	if m.recurs() {
		places = m.places(w, &out)
	} else {
		places = []place{{at: m.start.at, unix: m.start.unix(w.local)}}
	}
	for _, p := range places {
		id := m.id(p)
		k := key{keyForm(m.start.form), id}
		if !m.recurs() {
			k = key{form: single}
		}
		if o, ok := exact[id]; ok {
			out.add(k, o, w)
			delete(exact, id)
			continue
		}
		o := m.follow(p, k, ranges, w.local)
		o.said = answers[id]
		out.occurrences = append(out.occurrences, o)
	}
	for id, o := range exact {
		unix := id
		if m.start.form >= floating {
			unix = w.local.Unix(civil.Time(id))
		}
		if begins := o.event.start.unix(w.local); begins < w.end || unix < w.end && unix >= out.since {
			out.add(key{keyForm(m.start.form), id}, o, w)
		}
	}
	return out
}

// add appends an override as it stands.
func (x *expansion) add(k key, o override, w window) {
	e := o.event
	start := e.start.unix(w.local)
	x.occurrences = append(x.occurrences, occurrence{k, e, start, e.endOf(e.start.at, start, w.local), o.said})
}

// keyForm joins the forms that are known by an instant.
func keyForm(f form) form {
	if f == utc {
		return zoned
	}
	return f
}

// id returns the identity of a place: civil for floating times and dates,
// which have no instant of their own, else Unix time.
func (e *event) id(p place) int64 {
	if e.start.form >= floating {
		return int64(p.at)
	}
	return p.unix
}

// idOf returns the identity that s, a RECURRENCE-ID or EXDATE, has among the
// instances of e. It may be written in another form than the event's times.
func (e *event) idOf(s stamp, local *zone.Zone) int64 {
	z := e.start.in(local)
	at := s.at // as clocks of the event's zone show it
	switch {
	case s.form == zoned || s.form == utc:
		if e.start.form == zoned || e.start.form == utc {
			return s.unix(local)
		}
		if s.form == utc {
			at = z.Civil(s.unix(local))
		}
	case s.form == date && e.start.form != date:
		at += civil.Time(e.start.at.Clock())
	}
	switch e.start.form {
	case date:
		return at.Days() * civil.Day
	case floating:
		return int64(at)
	}
	return z.Unix(at)
}

// override is what takes the place of an instance, and what else is known of it.
type override struct {
	event *event
	said  []*event
}

// exact returns the overrides of s by the identity of the instance that they
// replace; of several for one instance, the newest.
func (s *series) exact(m *event, local *zone.Zone) map[int64]override {
	out := make(map[int64]override, len(s.overrides))
	for _, e := range s.overrides {
		of := m
		if s.master == nil {
			of = &event{start: e.recurID}
		}
		id := of.idOf(e.recurID, local)
		switch old, ok := out[id]; {
		case !ok:
			out[id] = override{event: e}
		case e.olderThan(old.event) || !old.event.olderThan(e) && old.event.prevailsOver(e):
			out[id] = override{old.event, append(old.said, e)}
		default:
			out[id] = override{e, append(old.said, old.event)}
		}
	}
	for _, e := range s.answers {
		of := m
		if s.master == nil {
			of = &event{start: e.recurID}
		}
		id := of.idOf(e.recurID, local)
		if old, ok := out[id]; ok {
			out[id] = override{old.event, append(old.said, e)}
		}
	}
	return out
}

// answersTo returns the answers to one instance by its identity.
func (s *series) answersTo(m *event, local *zone.Zone) map[int64][]*event {
	if len(s.answers) == 0 {
		return nil
	}
	out := make(map[int64][]*event, len(s.answers))
	for _, e := range s.answers {
		id := m.idOf(e.recurID, local)
		out[id] = append(out[id], e)
	}
	return out
}

// fromHere is an override with RANGE=THISANDFUTURE.
type fromHere struct {
	id    int64
	event *event
	shift civil.Time // from where the series puts an instance to where it goes
}

// ranges returns the overrides that go for later instances too, by time.
func (s *series) ranges(m *event, local *zone.Zone) (out []fromHere) {
	for _, e := range s.overrides {
		if !e.andFuture {
			continue
		}
		r := fromHere{id: m.idOf(e.recurID, local), event: e}
		r.shift = e.start.at - r.was(r.id, m, local)
		out = append(out, r)
	}
	slices.SortStableFunc(out, func(a, b fromHere) int { return cmp.Compare(a.id, b.id) })
	return out
}

// was returns what the clocks of the override's zone show at an instance's
// place in the series.
func (r fromHere) was(id int64, m *event, local *zone.Zone) civil.Time {
	if m.start.form >= floating {
		return civil.Time(id)
	}
	return r.event.start.in(local).Civil(id)
}

// follow returns the instance at p, as the series or the latest override for
// "this and future" instances has it.
func (e *event) follow(p place, k key, ranges []fromHere, local *zone.Zone) occurrence {
	id := e.id(p)
	i, found := slices.BinarySearchFunc(ranges, id, func(r fromHere, id int64) int { return cmp.Compare(r.id, id) })
	if found {
		i++
	}
	if i == 0 {
		o := occurrence{key: k, event: e, start: p.unix, end: e.endOf(p.at, p.unix, local)}
		if p.rdate != nil {
			o.end = p.rdate.endOf(o, local)
		}
		return o
	}
	r := ranges[i-1]
	at := r.was(id, e, local) + r.shift
	start := r.event.start.in(local).Unix(at)
	return occurrence{key: k, event: r.event, start: start, end: r.event.endOf(at, start, local)}
}

// endOf returns the Unix time at which an instance of e ends. DTEND makes all
// instances equally long by the clock of physics, DURATION by that of the wall
// (RFC 5545 sections 3.3.6 and 3.8.5.3). Without either a date lasts its day
// and a time is a point (section 3.6.1).
func (e *event) endOf(at civil.Time, start int64, local *zone.Zone) int64 {
	z := e.start.in(local)
	if e.start.form == date {
		days := int64(1)
		switch {
		case e.hasEnd && e.end.form != date && e.end.unix(local) > e.start.unix(local):
			// Against section 3.8.2.2, but plain: it ends at a time of day.
			return start + e.end.unix(local) - e.start.unix(local)
		case e.hasEnd:
			days = e.end.at.Days() - e.start.at.Days()
		case e.hasLength:
			days = e.length.Days + e.length.Seconds/civil.Day
		}
		return z.Unix(at + civil.Time(max(days, 1)*civil.Day))
	}
	switch {
	case e.hasEnd && e.end.form == date:
		return start + max(0, z.Unix(e.end.at)-e.start.unix(local))
	case e.hasEnd:
		return start + max(0, e.end.unix(local)-e.start.unix(local))
	case e.hasLength && e.length.Days != 0:
		return max(start, z.Unix(at+civil.Time(e.length.Days*civil.Day))+e.length.Seconds)
	case e.hasLength:
		return start + max(0, e.length.Seconds)
	}
	return start
}

// endOf returns the end that an RDATE's own PERIOD gives o, else o's.
func (d *rdate) endOf(o occurrence, local *zone.Zone) int64 {
	switch {
	case d.hasEnd:
		return max(o.start, d.end.unix(local))
	case d.hasLength:
		z := d.start.in(local)
		return max(o.start, z.Unix(d.start.at+civil.Time(d.length.Days*civil.Day))+d.length.Seconds)
	}
	return o.end
}
