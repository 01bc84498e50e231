package research

import (
	"encoding/json"
	"maps"
	"time"

	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/capture/research/history"
)

// firstLook is how far back a first observation goes: Chromium itself forgets
// after 90 days.
const firstLook = 30 * 24 * time.Hour

// mark is how far each profile has been observed, by its id. It holds no title
// and no address.
type mark map[string]progress

// progress is how far a profile has been observed: every visit has been judged
// that was there, up to last. Sessions whose last visit is not long before that
// are open: a visit that comes, or that the browser was slow to write down, may
// yet join them.
type progress struct {
	Last int64  `json:"last"` // Unix seconds of the latest visit to a listed site
	Open []open `json:"open"`
}

// open is an open session as it was recorded.
type open struct {
	Site     string `json:"site"`
	Start    int64  `json:"start"` // Unix seconds
	Revision string `json:"rev"`
}

// slow is how late a browser may write down a visit; Chromium commits every ten
// seconds, and a page counts from when it was asked for.
const slow = 10 * time.Minute

// opened returns since when a session had to have a visit to be open.
func (p progress) opened() time.Time { return time.Unix(p.Last, 0).UTC().Add(-apart - slow) }

// since returns from when on visits must be read to continue p.
func (p progress) since() time.Time {
	t := p.opened()
	for _, o := range p.Open {
		if start := time.Unix(o.Start, 0); start.Before(t) {
			t = start
		}
	}
	return t.UTC()
}

// relevant returns the visits that belong to open sessions or are later than
// closed ones; what [progress.since] has read again for one site's sake may be
// of another's closed session.
func (p progress) relevant(visits []history.Visit) []history.Visit {
	from := map[string]time.Time{}
	for _, o := range p.Open {
		if t, ok := from[o.Site]; !ok || o.Start < t.Unix() {
			from[o.Site] = time.Unix(o.Start, 0)
		}
	}
	var out []history.Visit
	for _, v := range visits {
		start, ok := from[v.Site]
		if !ok {
			start = p.opened()
		}
		if !v.At.Before(start) {
			out = append(out, v)
		}
	}
	return out
}

// revision returns the recorded revision of a session that was open.
func (p progress) revision(s session) string {
	for _, o := range p.Open {
		if o.Site == s.site && o.Start == s.start().Unix() {
			return o.Revision
		}
	}
	return ""
}

type cursorJSON struct {
	Version  int  `json:"v"`
	Profiles mark `json:"profiles"`
}

func (m mark) cursor() capture.Cursor {
	text, _ := json.Marshal(cursorJSON{1, m})
	return capture.Cursor(text)
}

// with returns m with the progress of one profile.
func (m mark) with(id string, p progress) mark {
	m = maps.Clone(m)
	if m == nil {
		m = mark{}
	}
	m[id] = p
	return m
}

// parseCursor reads a mark. A cursor that is none of ours is the beginning.
func parseCursor(c capture.Cursor) mark {
	var j cursorJSON
	if json.Unmarshal([]byte(c), &j) != nil || j.Version != 1 {
		return nil
	}
	return j.Profiles
}
