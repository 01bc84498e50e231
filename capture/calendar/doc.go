// Package calendar observes meetings in iCalendar data (RFC 5545): with
// [Source] in a file, a folder of files as vdirsyncer leaves, or at an address
// to fetch it from; with [CalDAV] in the calendars of an account. It expands
// recurring events itself, because servers and libraries differ, and records
// what changed since the cursor.
//
// It must not know the store, the matters or what a meeting will be billed to;
// it keeps no event's notes and changes nothing where it looks.
//
// A calendar shows what was planned. Dates, what was cancelled or declined, and
// time that is shown as free or away are set aside with the reason; what only a
// title says in a person's words is in doubt. Each observation names its event,
// so that the copies of one meeting are known in whatever calendars they are.
//
// Of an event that recurs, the latest [Limit] instances that begin before now
// and [Horizon] are kept. Instances that fall out of that window at its early
// end stay recorded as they were; nothing is taken back because of it.
package calendar

import "time"

const (
	// Horizon is how far ahead instances of recurring events are recorded.
	Horizon = 14 * 24 * time.Hour
	// Limit is how many instances of one event are kept, the latest ones.
	Limit = 2000
	// MaxSize is the largest calendar that is read, in bytes.
	MaxSize = 64 << 20
)
