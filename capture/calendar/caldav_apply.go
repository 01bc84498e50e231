package calendar

import (
	"context"
	"maps"
	"math"
	"slices"
	"strings"

	"github.com/tenths/tenths/capture/calendar/internal/zone"
)

// batch is a part of a look: resources that were read, resources that left,
// and the events that both concern.
type batch struct {
	read    []fetched
	left    []member
	has     map[member]bool // what is in read
	touched map[string]bool // UIDs
	// unsure are UIDs of which something may be missing: nothing of them is
	// taken back.
	unsure map[string]bool
}

// apply compares what was read and what left with what was recorded. The
// resources are marked as read only after that, so that whatever stops it
// makes the next look read them again.
func (l *look) apply(ctx context.Context, read []fetched, left []member) error {
	b := &batch{left: left, has: map[member]bool{}, touched: map[string]bool{}, unsure: map[string]bool{}}
	for _, f := range read {
		l.begin(b, f)
	}
	for _, m := range left {
		for _, uid := range m.resource().uids(m.name) {
			if !l.merged[uid] {
				b.touched[uid] = true
			}
		}
	}
	if err := l.companions(ctx, b); err != nil {
		return err
	}
	open, err := l.merge(ctx, b)
	if err != nil {
		return err
	}
	for _, f := range b.read {
		l.finish(f, open)
	}
	for _, m := range left {
		l.hold(m, nil)
		delete(m.in.Members, m.name)
		delete(l.leaving, m)
		l.dirty = true
	}
	return nil
}

func (m member) resource() *resource {
	if r := m.in.Members[m.name]; r != nil {
		return r
	}
	return &resource{UIDs: []string{}}
}

// begin takes f into b. Until f is applied, its resource holds what it held and
// what it holds now.
func (l *look) begin(b *batch, f fetched) {
	l.problems = append(l.problems, f.problems...)
	r := f.in.Members[f.name]
	old := f.resource().uids(f.name)
	switch {
	case f.gone:
		if r != nil {
			l.leaving[f.member] = true
			for _, uid := range old {
				delete(l.merged, uid)
			}
		}
		return
	case f.calendar == nil || !f.calendar.found:
		if r == nil {
			r = &resource{UIDs: []string{}}
			f.in.Members[f.name] = r
		}
		if f.calendar != nil {
			l.leftOut("an event on the server is not a calendar")
		}
		if r.ETag != f.etag || r.Href != f.href {
			r.ETag, r.Href, l.dirty = f.etag, f.href, true // its events stay as they were
		}
		return
	}
	uids := f.calendar.uids()
	for _, uid := range old {
		if !f.calendar.whole {
			b.unsure[uid] = true
		}
		uids[uid] = true
	}
	if r == nil {
		r = &resource{}
		f.in.Members[f.name] = r
		l.dirty = true
	}
	r.Href = f.href
	r.setUIDs(f.name, uids)
	l.hold(f.member, uids)
	maps.Copy(b.touched, uids)
	b.read = append(b.read, f)
	b.has[f.member] = true
}

// uids returns the UIDs of c's events, as they are written.
func (c *Calendar) uids() map[string]bool {
	out := make(map[string]bool, len(c.series))
	for _, e := range c.events {
		if e != nil {
			out[e.uid] = true
		}
	}
	return out
}

// written returns the UID as the events of s have it; s.uid says more where
// two meetings have the same.
func (s *series) written() string {
	if s.master != nil {
		return s.master.uid
	}
	return s.overrides[0].uid
}

// holding returns the resources that hold events of uid and stay.
func (l *look) holding(uid string) []member {
	if l.holders == nil {
		l.holders = map[string][]member{}
		for _, c := range l.cursor.Collections {
			for name, r := range c.Members {
				for _, uid := range r.uids(name) {
					l.holders[uid] = append(l.holders[uid], member{c, name})
				}
			}
		}
	}
	return l.holders[uid]
}

// hold notes what m holds now.
func (l *look) hold(m member, uids map[string]bool) {
	l.holding("")
	for _, uid := range m.resource().uids(m.name) {
		if !uids[uid] {
			l.holders[uid] = slices.DeleteFunc(l.holders[uid], func(n member) bool { return n == m })
		}
	}
	for uid := range uids {
		if !slices.Contains(l.holders[uid], m) {
			l.holders[uid] = append(l.holders[uid], m)
		}
	}
}

// companions reads what else holds events of the batch: an event may be in two
// calendars, and while it is moved it often is.
func (l *look) companions(ctx context.Context, b *batch) error {
	wanted := map[*collection]map[string]bool{}
	for uid := range b.touched {
		for _, m := range l.holding(uid) {
			if b.has[m] || l.leaving[m] {
				continue
			}
			if wanted[m.in] == nil {
				wanted[m.in] = map[string]bool{}
			}
			wanted[m.in][m.name] = true
		}
	}
	for c, names := range wanted {
		var list []change
		for _, name := range slices.Sorted(maps.Keys(names)) {
			list = append(list, change{name: name, href: c.Members[name].Href})
		}
		for part := range slices.Chunk(list, batchResources) {
			got, err := l.fetch(ctx, c, part)
			if err != nil {
				return explained(ctx, err)
			}
			for _, f := range got {
				l.join(b, f)
			}
		}
	}
	return nil
}

// join adds the events of a companion, whose own turn is another.
func (l *look) join(b *batch, f fetched) {
	if f.gone {
		return // its calendar will say so
	}
	if f.calendar == nil || !f.calendar.whole {
		for _, uid := range f.resource().uids(f.name) {
			b.unsure[uid] = true
		}
	}
	if f.calendar != nil {
		f.etag = "" // not applied
		b.read = append(b.read, f)
	}
}

// merge records what changed of the batch's events, and returns which of them
// go on beyond the horizon.
func (l *look) merge(ctx context.Context, b *batch) (open map[string]bool, err error) {
	slices.SortFunc(b.read, func(f, g fetched) int { return f.compare(g.member) })
	all := &Calendar{}
	for _, f := range b.read {
		all.events = append(all.events, f.calendar.events...)
	}
	all.group()
	all.series = slices.DeleteFunc(all.series, func(s *series) bool { return !b.touched[s.written()] })
	end := l.at.Add(Horizon).Unix()
	open = map[string]bool{}
	written := map[string]string{}
	local := zone.In(l.zone)
	for _, s := range all.series {
		written[s.uid] = s.written()
		if s.goesOn(end, local) {
			open[s.written()] = true
		}
	}
	there := map[string]bool{}
	l.problems = append(l.problems, all.eachSeries(ctx, end, l.view(), func(now seriesSeen) {
		there[now.uid] = true
		l.record.merge(now, !b.unsure[written[now.uid]])
	})...)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	for _, uid := range l.recorded(b.touched) {
		if !there[uid] {
			base, _ := l.base(uid, b.touched)
			l.record.merge(seriesSeen{uid: uid, since: math.MinInt64, end: end}, !b.unsure[base])
		}
	}
	for uid := range b.touched {
		l.merged[uid] = true
	}
	return open, l.record.err
}

// recorded returns what was recorded under the UIDs touched, in order.
func (l *look) recorded(touched map[string]bool) []string {
	var out []string
	for _, known := range []map[string]string{l.record.series, l.record.after} {
		for uid, packed := range known {
			if _, ok := l.base(uid, touched); ok && packed != "" {
				out = append(out, uid)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// base returns the UID, of those touched, under which a series was recorded:
// its own, or what is before the start that tells two meetings apart.
func (l *look) base(uid string, touched map[string]bool) (string, bool) {
	if touched[uid] {
		return uid, true
	}
	i := strings.LastIndexByte(uid, '/')
	if i < 0 || !touched[uid[:i]] || len(l.holding(uid)) > 0 {
		return "", false
	}
	return uid[:i], true
}

// finish marks f as read.
func (l *look) finish(f fetched, open map[string]bool) {
	if f.etag == "" {
		return
	}
	r := f.in.Members[f.name]
	uids := f.calendar.uids()
	if !f.calendar.whole { // what it held is still recorded, and is not lost sight of
		for _, uid := range r.uids(f.name) {
			uids[uid] = true
		}
	}
	l.hold(f.member, uids)
	r.setUIDs(f.name, uids)
	goesOn := false
	for uid := range uids {
		goesOn = goesOn || open[uid]
	}
	if r.ETag != f.etag || r.Open != goesOn {
		r.ETag, r.Open, l.dirty = f.etag, goesOn, true
	}
}

// farAhead is how far beyond the horizon it is looked whether an event goes on.
const farAhead = 20 * 366 * 24 * 3600

// goesOn reports whether s has instances beyond the Unix time end.
func (s *series) goesOn(end int64, local *zone.Zone) bool {
	m := s.master
	if m == nil || !m.recurs() {
		return false
	}
	for i := range m.rules {
		if m.rules[i].Count == 0 && !m.rules[i].HasUntil {
			return true
		}
	}
	budget := eventSteps
	x := s.occurrences(window{end: end + farAhead, limit: Limit, local: local, budget: &budget})
	return x.unfinished || slices.ContainsFunc(x.occurrences, func(o occurrence) bool { return o.start >= end })
}
