package calendar

import (
	"net/http"
	"time"

	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/capture/calendar/internal/zone"
)

// SetTransport puts rt in place of the network.
func SetTransport(s *Source, rt http.RoundTripper) { s.client.Transport = rt }

// SetAccountTransport puts rt in place of the network, as it stands or around
// it.
func SetAccountTransport(c *CalDAV, wrap func(http.RoundTripper) http.RoundTripper) {
	c.http.Transport = wrap(c.http.Transport)
}

// SetPoll changes how often the account is looked at, and tried
// again.
func SetPoll(c *CalDAV, d time.Duration) { c.poll, c.retry = d, d }

// AccountCursor reads a CalDAV account's cursor and writes it again.
func AccountCursor(at capture.Cursor) capture.Cursor {
	a := readAccount(at)
	return (&look{cursor: a}).encode(a.Series)
}

// Steps returns how many steps the rules of c take up to then, in which zone, and
// how many they may take at most.
func Steps(c *Calendar, end time.Time, in *time.Location) (steps, most int) {
	left := calendarSteps
	for _, s := range c.series {
		given := max(fewSteps, min(eventSteps, left))
		budget := given
		s.occurrences(window{end: end.Unix(), limit: Limit, local: zone.In(in), budget: &budget})
		steps += given - budget
		left -= given - max(budget, 0)
		most += fewSteps
	}
	return steps, most + calendarSteps
}
