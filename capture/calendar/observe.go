package calendar

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strconv"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture/calendar/internal/zone"
)

// View is for whom and where a calendar is read.
type View struct {
	// Own are the timekeeper's mail addresses, lower-case. Where there are
	// none, the calendar's owner is guessed.
	Own []string
	// Zone is where the timekeeper is: dates and times without a zone are
	// counted there. Nil stands for UTC: never for where the machine is.
	Zone *time.Location
}

const (
	// eventSteps bounds the steps that one event's rules may take, a tenth of a second.
	eventSteps = 1_000_000
	// calendarSteps bounds those of a whole calendar; when they are used up an
	// event still has fewSteps, enough for any that a person makes.
	calendarSteps = 20_000_000
	fewSteps      = 20_000
)

// Instances returns the instances of c's events that overlap [from, to),
// ordered by start. Of one recurring event those are the latest [Limit] that
// begin before to. Source is left empty.
func (c *Calendar) Instances(from, to time.Time, v View) []billing.Observation {
	return c.instances(from, to, v.of(c))
}

// of fills in what v leaves open from c.
func (v View) of(c *Calendar) View {
	if v.Zone == nil {
		v.Zone = time.UTC
	}
	if len(v.Own) == 0 {
		v.Own = c.owner()
	}
	return v
}

// instances is Instances for a view that leaves nothing open.
func (c *Calendar) instances(from, to time.Time, v View) []billing.Observation {
	var out []billing.Observation
	c.eachSeries(context.Background(), to.Unix(), v, func(seen seriesSeen) {
		for _, s := range seen.seen {
			if overlaps(s.observation.Span, from, to) {
				s.observation.Same = seen.naming.same(s.key)
				out = append(out, s.observation)
			}
		}
	})
	sortObservations(out)
	return out
}

// overlaps reports whether span shares time with [from, to). A point counts as
// the moment that it is.
func overlaps(span billing.Span, from, to time.Time) bool {
	return span.Start.Before(to) && (span.End.After(from) || span.Empty() && !span.Start.Before(from))
}

func sortObservations(list []billing.Observation) {
	slices.SortStableFunc(list, func(a, b billing.Observation) int {
		if n := a.Span.Start.Compare(b.Span.Start); n != 0 {
			return n
		}
		return cmp.Compare(a.ExternalID, b.ExternalID)
	})
}

// seen is an instance as observed.
type seen struct {
	key         key
	digest      digest
	observation billing.Observation // without Source, Revision and Same
}

// seriesSeen is all that was observed of one series.
type seriesSeen struct {
	uid        string
	naming     naming // gives the Same of each
	seen       []seen // by key
	since      int64  // earlier instances were let go for their number
	end        int64  // where the window ended: later instances were not looked for
	unfinished bool   // there may be more
}

// digest tells the contents of two observations of an instance apart.
type digest [6]byte

// eachSeries expands every series up to the Unix time end and hands it to do.
// It returns early when ctx ends, and what problems there were.
func (c *Calendar) eachSeries(ctx context.Context, end int64, v View, do func(seriesSeen)) (problems []Problem) {
	local := zone.In(v.Zone)
	left := calendarSteps
	for _, s := range c.series {
		if ctx.Err() != nil {
			return problems
		}
		budget := max(fewSteps, min(eventSteps, left))
		left -= budget
		x := s.occurrences(window{end: end, limit: Limit, local: local, budget: &budget})
		left += max(budget, 0)
		if x.unfinished {
			problems = append(problems, Problem{Event: s.master.number, What: "it recurs too often to follow", of: s.master.subject, on: s.master.start})
		}
		now := s.observe(x, v, local)
		now.end = end
		do(now)
	}
	return problems
}

// observe makes observations of a series' occurrences.
func (s *series) observe(x expansion, v View, local *zone.Zone) seriesSeen {
	out := seriesSeen{uid: s.uid, naming: s.naming(local), since: x.since, unfinished: x.unfinished, seen: make([]seen, 0, len(x.occurrences))}
	faces := map[*event]*face{}
	for i := range x.occurrences {
		o := &x.occurrences[i]
		f := faces[o.event]
		if f == nil || len(o.said) > 0 {
			f = s.face(o, v, local)
			if len(o.said) == 0 {
				faces[o.event] = f
			}
		}
		obs := f.observation
		obs.ExternalID = s.uid
		if k := o.key.String(); k != "" {
			obs.ExternalID += "/" + k
		}
		span := span{o.start, o.end}
		if f.days.are {
			span = f.days.span(span, local)
		}
		obs.Span = span.bounded()
		d := f.digest(obs.Span)
		obs.Revision = hex.EncodeToString(d[:])
		out.seen = append(out.seen, seen{o.key, d, obs})
	}
	slices.SortFunc(out.seen, func(a, b seen) int { return a.key.compare(b.key) })
	return out
}

func (k key) compare(l key) int {
	return cmp.Or(cmp.Compare(k.at, l.at), cmp.Compare(k.form, l.form))
}

// face is what all instances that an event describes have in common.
type face struct {
	observation billing.Observation
	days        days
	sum         [sha256.Size]byte
}

// faceVersion is part of every digest: what was recorded by an earlier version
// is recorded anew, under the same names.
const faceVersion = "2"

func (s *series) face(at *occurrence, v View, local *zone.Zone) *face {
	e, said := at.event, at.said
	if e == s.master {
		said = append(slices.Clip(said), s.said...)
	} else {
		said = append(slices.Clip(said), s.messages()...)
	}
	f := &face{days: e.days(local)}
	f.observation = billing.Observation{
		Kind:    billing.KindMeeting,
		Zone:    e.start.in(local).Name(),
		Subject: e.subject,
		With:    e.with(v.Own),
		AllDay:  f.days.are,
		Free:    e.free(),
		Private: e.private || slices.ContainsFunc(said, func(f *event) bool { return f.private }),
		Copy:    e.copyOf(said, v.Own),
	}
	o := &f.observation
	o.Status = e.status(o.Copy.Answer, said, v.Own)
	switch {
	case f.days.are:
		o.Zone = local.Name()
	case e.start.form == utc:
		o.Zone = "" // Greenwich is where the program counts, not where the meeting is
	}
	if o.Ignored = e.ignored(o); o.Ignored == "" {
		o.Doubt = e.doubt(o)
	}
	f.sum = sum(o)
	return f
}

// ignored returns why the event that o shows is no time, or "".
func (e *event) ignored(o *billing.Observation) string {
	use := e.usedFor()
	switch {
	case o.Status == "cancelled" || o.Status == "declined":
		return o.Status
	case o.AllDay:
		return ignoredAllDay
	case use == useAway && !e.awayWith(o):
		return ignoredAway
	case use == useElsewhere:
		return ignoredElsewhere
	case use == useFree, o.Free:
		return ignoredFree
	}
	return ""
}

// doubt returns what a person has to say before e, which o shows, is time, or "".
func (e *event) doubt(o *billing.Observation) string {
	switch {
	case e.title.doubt != "":
		return e.title.doubt
	case e.awayWith(o):
		return doubtAway
	case e.usedFor() == useFocus:
		return doubtFocus
	}
	return ""
}

// sum tells the contents of two faces apart. When a copy was made is not among
// them: many calendars say the moment at which they were asked for.
func sum(o *billing.Observation) (out [sha256.Size]byte) {
	h := sha256.New()
	put := func(parts ...string) {
		for _, s := range parts {
			h.Write(binary.AppendUvarint(nil, uint64(len(s))))
			h.Write([]byte(s))
		}
	}
	put(faceVersion, o.Zone, string(o.Subject), o.Status, o.Ignored, flags(o.AllDay, o.Free, o.Private),
		o.Doubt, o.Copy.Answer, strconv.FormatInt(o.Copy.Sequence, 10))
	for _, p := range o.With {
		put(string(p.Role), string(p.Address), string(p.Name))
	}
	h.Sum(out[:0])
	return out
}

func (f *face) digest(s billing.Span) (d digest) {
	var b [sha256.Size + 16]byte
	copy(b[:], f.sum[:])
	binary.BigEndian.PutUint64(b[sha256.Size:], uint64(s.Start.Unix()))
	binary.BigEndian.PutUint64(b[sha256.Size+8:], uint64(s.End.Unix()))
	sum := sha256.Sum256(b[:])
	copy(d[:], sum[:])
	return d
}

// status returns how e stands: what cancels it comes before the timekeeper's
// own answer.
func (e *event) status(answer string, said []*event, own []string) string {
	switch {
	case e.cancelled, e.title.status == "cancelled", e.withdraws(e, own), slices.ContainsFunc(said, func(f *event) bool { return f.withdraws(e, own) }):
		return "cancelled"
	case e.title.status == "declined", answer == "declined":
		return "declined"
	case e.tentative || answer == "tentative":
		return "tentative"
	}
	return "confirmed"
}

func flags(list ...bool) string {
	b := make([]byte, len(list))
	for i, set := range list {
		b[i] = '0'
		if set {
			b[i] = '1'
		}
	}
	return string(b)
}
