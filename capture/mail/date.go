package mail

import (
	"strings"
	"time"
)

// drift is how far a Date may be from when the message was first seen by a
// server before it is thought to be wrong.
const drift = 48 * time.Hour

// promptly is how soon a message is mostly relayed, within which a delivery
// tells which of several readings of a Date is meant.
const promptly = 30 * time.Minute

// sentAt returns the instant of a message in UTC. seen says that its Date tells
// it without doubt; known, that anything does. zone is the timekeeper's, in
// which a Date is read that names no other.
//
// The Date field says when its author finished it (RFC 5322 section 3.6.1), by
// a clock that may be wrong. The last relay's Received field is right about
// when it came here: a Date more than two days from it is not believed. stored
// is when the mailbox got it; a message cannot be younger than that, but it may
// be far older, for mailboxes are copied and moved.
func (h header) sentAt(stored time.Time, zone *time.Location) (at time.Time, seen, known bool) {
	date, dated := parseDate(h.get("date"), zone)
	received, relayed := h.receivedAt()
	switch {
	case dated && date.sure && date.agrees(received, stored):
		return date.at, true, true
	case dated && !date.sure:
		if at, ok := date.settle(received, stored); ok {
			return at, false, true
		}
	}
	if relayed {
		return received, false, true
	}
	return stored.UTC(), false, !stored.IsZero()
}

// agrees reports whether d can be believed of a message that was relayed and
// stored then; either is zero when it is not known.
func (d moment) agrees(received, stored time.Time) bool {
	if !received.IsZero() {
		return d.at.Sub(received).Abs() <= drift
	}
	return stored.IsZero() || d.at.Sub(stored) <= drift
}

// settle returns which of its readings d means, by when the message was relayed
// or stored; ok is false where nothing tells.
func (d moment) settle(received, stored time.Time) (at time.Time, ok bool) {
	for _, delivered := range []time.Time{received, stored} {
		if delivered.IsZero() {
			continue
		}
		for _, at := range append([]time.Time{d.at}, d.or...) {
			if at.Sub(delivered).Abs() <= promptly {
				return at, true
			}
		}
	}
	if !received.IsZero() || len(d.or) > 0 && !stored.IsZero() {
		return time.Time{}, false
	}
	return d.at, d.agrees(received, stored)
}

// receivedAt returns the instant in the newest Received field that has one.
func (h header) receivedAt() (time.Time, bool) {
	for _, f := range h {
		if f.name != "received" {
			continue
		}
		if i := strings.LastIndexByte(f.value, ';'); i >= 0 {
			if m, ok := parseDate(f.value[i+1:], nil); ok && m.sure {
				return m.at, true
			}
		}
	}
	return time.Time{}, false
}
