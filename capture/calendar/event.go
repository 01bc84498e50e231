package calendar

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"strconv"
	"strings"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture/calendar/internal/civil"
	"github.com/tenths/tenths/capture/calendar/internal/ical"
	"github.com/tenths/tenths/capture/calendar/internal/recur"
	"github.com/tenths/tenths/capture/calendar/internal/zone"
)

// form says how a time was written (RFC 5545 section 3.3.5).
type form int8

const (
	zoned    form = iota // with a TZID
	utc                  // with a Z
	floating             // with neither: wherever the timekeeper is
	date                 // a date without a time
)

// stamp is a time as written.
type stamp struct {
	at   civil.Time
	form form
	zone *zone.Zone // for zoned alone
}

// in returns the zone whose clocks show s.at.
func (s stamp) in(local *zone.Zone) *zone.Zone {
	switch s.form {
	case zoned:
		return s.zone
	case utc:
		return zone.UTC
	}
	return local
}

// unix returns the Unix time of s; for a date, that of its first moment.
func (s stamp) unix(local *zone.Zone) int64 { return s.in(local).Unix(s.at) }

// event is a VEVENT.
type event struct {
	number   int
	uid      string
	sequence int64
	changed  civil.Time // LAST-MODIFIED, else DTSTAMP

	start     stamp
	end       stamp
	hasEnd    bool
	length    ical.Duration
	hasLength bool

	rules, exrules []recur.Rule
	rdates         []rdate
	exdates        []stamp
	recurID        stamp
	overrides      bool // it has a RECURRENCE-ID
	andFuture      bool // with RANGE=THISANDFUTURE

	subject              billing.Privileged
	title                title
	organizer            *person
	attendees            []person
	cancelled, tentative bool
	transparent, private bool
	use, entry           use  // as it is shown, and as an entry
	shown                bool // somebody says how it is shown
	wholeDay             bool // marked so
	dated                bool // its times are dates with a time of day beside them

	part  part
	named bool // it has a UID of its own
	unset bool // it has no start: a message about a meeting needs none
}

// rdate is one RDATE: a start and, for a PERIOD, an end.
type rdate struct {
	start     stamp
	end       stamp
	hasEnd    bool
	length    ical.Duration
	hasLength bool
}

// olderThan reports whether e was replaced by f, which has the same UID.
func (e *event) olderThan(f *event) bool {
	if e.sequence != f.sequence {
		return e.sequence < f.sequence
	}
	return e.changed < f.changed
}

// recurs reports whether e may have several instances.
func (e *event) recurs() bool { return len(e.rules)+len(e.rdates) > 0 }

// reader reads the properties of one event.
type reader struct {
	*event
	scope
	report func(what string)
	astray bool // it replaces an instance, nobody knows which
}

// maxDates bounds the EXDATEs and RDATEs of one event.
const maxDates = 20_000

// readEvent reads a VEVENT, or reports why it cannot and returns nil.
func readEvent(c *ical.Component, number int, sc scope, report func(string)) *event {
	r := reader{event: &event{number: number, part: sc.kind}, scope: sc, report: report}
	if id := c.Get("TZID"); id != nil { // against RFC 5545, but plain
		r.zone = cmp.Or(r.names.Find(id.Value), r.zone)
	}
	begin := c.Get("DTSTART")
	if begin == nil {
		begin = c.Get("RECURRENCE-ID") // a cancelled instance may say no more
	}
	switch {
	case begin == nil && r.part == meeting:
		report("DTSTART is missing")
		return nil
	case begin == nil:
		r.unset = true
	default:
		var err error
		if r.start, err = r.stamp(begin, begin.Value); err != nil {
			report("DTSTART cannot be read")
			return nil
		}
		r.dated = begin.Name == "DTSTART" && r.start.form != date && isDate(begin) && !callsAllDates(c)
	}
	for i := range c.Properties {
		r.property(&c.Properties[i])
	}
	if r.astray {
		return nil // as an event of its own it would take the place of its series
	}
	if r.hasEnd && r.end.at < r.start.at && r.end.form == r.start.form && r.end.zone == r.start.zone {
		report("it ends before it starts")
	}
	if r.start.form == date {
		r.keepDaily(&r.rules)
		r.keepDaily(&r.exrules)
	}
	if r.named = r.uid != ""; !r.named {
		if r.part == reply || r.unset {
			return nil // about nobody knows what
		}
		sum := sha256.Sum256([]byte(begin.Value + "\x00" + string(r.subject)))
		r.uid = "no-uid-" + hex.EncodeToString(sum[:8])
	}
	return r.event
}

func (r *reader) property(p *ical.Property) {
	var err error
	switch p.Name {
	case "UID":
		r.uid = strings.TrimSpace(ical.Unescape(p.Value))
	case "SEQUENCE":
		r.sequence, _ = strconv.ParseInt(strings.TrimSpace(p.Value), 10, 32)
	case "LAST-MODIFIED", "DTSTAMP":
		if s, err := ical.ParseStamp(p.Value); err == nil && (p.Name == "LAST-MODIFIED" || r.changed == 0) {
			r.changed = s.Time
		}
	case "DTEND":
		if r.end, err = r.stamp(p, p.Value); err != nil {
			r.report("DTEND cannot be read")
		}
		r.hasEnd = err == nil
	case "DURATION":
		if r.length, err = ical.ParseDuration(p.Value); err != nil {
			r.report("DURATION cannot be read")
		}
		r.hasLength = err == nil
	case "RRULE":
		r.rule(&r.rules, p)
	case "EXRULE":
		r.rule(&r.exrules, p)
	case "RDATE", "EXDATE":
		r.dates(p)
	case "RECURRENCE-ID":
		id, err := r.stamp(p, p.Value)
		if err != nil {
			r.report("RECURRENCE-ID cannot be read")
			r.astray = true
			return
		}
		r.recurID, r.overrides = id, true
		r.andFuture = strings.EqualFold(p.Param("RANGE"), "THISANDFUTURE")
	default:
		r.plain(p)
	}
}

// isDate reports whether p says that its values are dates. Where they have a
// time of day all the same, the date is meant.
func isDate(p *ical.Property) bool { return strings.EqualFold(p.Param("VALUE"), "DATE") }

// callsAllDates reports whether a program called even a moment a date: it does so
// with every time, and means none.
func callsAllDates(c *ical.Component) bool {
	p := c.Get("DTSTAMP")
	if p == nil || !isDate(p) {
		return false
	}
	s, err := ical.ParseStamp(p.Value)
	return err == nil && s.Time.Clock() != 0
}

// stamp reads value, a time of property p, in the zone that p names.
func (r *reader) stamp(p *ical.Property, value string) (stamp, error) {
	s, err := ical.ParseStamp(value)
	switch {
	case errors.Is(err, ical.ErrOffset):
		r.report("its offset from UTC cannot be read; local time was taken")
	case err != nil:
		return stamp{}, err
	}
	switch {
	case s.Date:
		return stamp{at: s.Time, form: date}, nil
	case s.UTC:
		return stamp{at: s.Time, form: utc}, nil
	}
	z := r.zone
	if id := p.Param("TZID"); id != "" {
		if z = r.names.Find(id); z == nil {
			r.report("its time zone is unknown; local time was taken")
		}
	}
	if z == nil {
		return stamp{at: s.Time, form: floating}, nil
	}
	return stamp{at: s.Time, form: zoned, zone: z}, nil
}

func (r *reader) rule(to *[]recur.Rule, p *ical.Property) {
	rule, err := recur.Parse(p.Value)
	if err != nil {
		r.report("it recurs by a rule that cannot be read: " + err.Error())
		return
	}
	if len(*to) < 20 {
		*to = append(*to, rule)
	}
}

// keepDaily drops rules of hours and shorter from an event of whole days.
func (r *reader) keepDaily(rules *[]recur.Rule) {
	kept := (*rules)[:0]
	for _, rule := range *rules {
		if rule.Freq < recur.Daily {
			r.report("it recurs by the hour although it has no hours")
			continue
		}
		kept = append(kept, rule)
	}
	*rules = kept
}

// dates reads the list of an EXDATE or RDATE.
func (r *reader) dates(p *ical.Property) {
	for item := range strings.SplitSeq(p.Value, ",") {
		if strings.TrimSpace(item) == "" || len(r.exdates)+len(r.rdates) >= maxDates {
			continue
		}
		first, last, period := strings.Cut(item, "/")
		start, err := r.stamp(p, first)
		if err != nil {
			r.report(p.Name + " cannot be read")
			continue
		}
		if p.Name == "EXDATE" {
			r.exdates = append(r.exdates, start)
			continue
		}
		d := rdate{start: start}
		if period && strings.ContainsAny(last, "Pp") {
			d.length, err = ical.ParseDuration(last)
			d.hasLength = err == nil
		} else if period {
			d.end, err = r.stamp(p, last)
			d.hasEnd = err == nil
		}
		if err != nil {
			r.report("the period of an RDATE cannot be read")
		}
		r.rdates = append(r.rdates, d)
	}
}
