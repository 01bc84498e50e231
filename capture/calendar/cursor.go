package calendar

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/capture/calendar/internal/civil"
)

// cursor is what was recorded so far: the last answer's validators and, of
// every instance, a digest of its content. It grows by about twelve bytes an
// instance.
type cursor struct {
	Version  int         `json:"v"`
	ETag     string      `json:"etag,omitempty"`
	Modified string      `json:"modified,omitempty"`
	Read     int64       `json:"read,omitempty"`    // Unix time of the last full answer
	Reading  string      `json:"reading,omitempty"` // how it was read, see observer.reading
	Series   seriesState `json:"series,omitempty"`
}

// seriesState is what is known of each series, by its UID.
type seriesState map[string]string

// MarshalJSON implements [json.Marshaler] as for any map, in a fifth of the time:
// the state of a large calendar is written many times while it is read first.
func (s seriesState) MarshalJSON() ([]byte, error) {
	out := make([]byte, 0, 64*len(s)+2)
	out = append(out, '{')
	for _, uid := range slices.Sorted(maps.Keys(s)) {
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = appendJSON(append(appendJSON(out, uid), ':'), s[uid])
	}
	return append(out, '}'), nil
}

// appendJSON appends s as JSON has strings.
func appendJSON(out []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= utf8.RuneSelf || strings.IndexByte(`"\<>&`, c) >= 0 {
			quoted, _ := json.Marshal(s) // a string: cannot fail
			return append(out, quoted...)
		}
	}
	return append(append(append(out, '"'), s...), '"')
}

// cursorVersion is the version written; any other is read as the beginning.
const cursorVersion = 1

func readCursor(s capture.Cursor) cursor {
	c := cursor{}
	if err := json.Unmarshal([]byte(s), &c); err != nil || c.Version != cursorVersion {
		c = cursor{Version: cursorVersion}
	}
	if c.Series == nil {
		c.Series = map[string]string{}
	}
	return c
}

func (c cursor) encode() capture.Cursor {
	b, _ := json.Marshal(c) // strings and numbers alone: cannot fail
	return capture.Cursor(b)
}

func (c cursor) equal(d cursor) bool {
	return c.ETag == d.ETag && c.Modified == d.Modified && c.Read == d.Read && c.Reading == d.Reading && maps.Equal(c.Series, d.Series)
}

// as returns c for another reading, if it is one: what was recorded stays known,
// and the whole calendar is asked for.
func (c cursor) as(reading string) cursor {
	if c.Reading != reading {
		c.Reading, c.ETag, c.Modified, c.Read = reading, "", "", 0
	}
	return c
}

// keepValidators takes the validators of a full answer.
func (c *cursor) keepValidators(old cursor, got reading) {
	c.ETag, c.Modified, c.Read = got.etag, got.modified, got.read
	if got.etag == old.ETag && got.modified == old.Modified && got.read-old.Read < int64(trustValidators/time.Second/2) {
		c.Read = old.Read // spares a write for a server that always answers in full
	}
}

// state is what was last recorded of an instance.
type state struct {
	key        key
	start, end int64 // Unix times
	// changes counts what was recorded after the first time. It goes into the
	// revision, so that a meeting moved there and back has three revisions and
	// the latest one is right.
	changes uint64
	removed bool
	digest  digest
}

func (s state) revision() string {
	out := hex.EncodeToString(s.digest[:])
	if s.removed {
		out = "removed:" + out
	}
	if s.changes > 0 {
		out += "." + strconv.FormatUint(s.changes, 10)
	}
	return out
}

// tombstone returns the observation that takes the instance back.
func (s state) tombstone(uid string) billing.Observation {
	o := billing.Observation{
		ExternalID: uid, Revision: s.revision(), Removed: true, Kind: billing.KindMeeting,
		Span: billing.Span{Start: time.Unix(s.start, 0).UTC(), End: time.Unix(s.end, 0).UTC()},
	}
	if k := s.key.String(); k != "" {
		o.ExternalID += "/" + k
	}
	return o
}

// beyond reports whether the instance comes after a window that ended at the
// Unix time end, or may do so where the key has no zone.
func (k key) beyond(end int64) bool {
	switch k.form {
	case single:
		return false
	case date, floating:
		end -= civil.Day
	}
	return k.at >= end
}

// pack writes states, which are sorted by key, as differences.
func pack(states []state) string {
	var b []byte
	at := int64(0)
	for _, s := range states {
		flag := uint64(s.key.form-single) << 1
		if s.removed {
			flag |= 1
		}
		b = binary.AppendUvarint(b, flag|s.changes<<4)
		b = binary.AppendVarint(b, s.key.at-at)
		b = binary.AppendVarint(b, s.start-s.key.at)
		b = binary.AppendVarint(b, s.end-s.start)
		b = append(b, s.digest[:]...)
		at = s.key.at
	}
	return base64.RawStdEncoding.EncodeToString(b)
}

var errPacked = errors.New("packed states are damaged")

func unpack(s string) (out []state, err error) {
	b, err := base64.RawStdEncoding.DecodeString(s)
	if err != nil {
		return nil, errPacked
	}
	at := int64(0)
	for len(b) > 0 {
		var s state
		flag, n := binary.Uvarint(b)
		if n <= 0 {
			return nil, errPacked
		}
		b = b[n:]
		var d [3]int64
		for i := range d {
			if d[i], n = binary.Varint(b); n <= 0 {
				return nil, errPacked
			}
			b = b[n:]
		}
		if len(b) < len(s.digest) {
			return nil, errPacked
		}
		copy(s.digest[:], b)
		b = b[len(s.digest):]
		at += d[0]
		s.key = key{form(flag>>1&7) + single, at}
		s.removed, s.changes = flag&1 == 1, flag>>4
		s.start = at + d[1]
		s.end = s.start + d[2]
		out = append(out, s)
	}
	return out, nil
}

// merge compares what is there of a series now with what was recorded, and
// returns what to record and the states after it. Where the series may be
// incomplete, nothing is taken back.
func merge(old []state, now seriesSeen, complete bool) (record []billing.Observation, states []state) {
	i := 0
	leave := func(s state) { // s is not there any more
		switch {
		case s.start < now.since: // let go for their number: stays as it is, and is forgotten here
			return
		case s.key.beyond(now.end): // the clock was set back
		case complete && !now.unfinished && !s.removed:
			s.removed = true
			s.changes++
			record = append(record, s.tombstone(now.uid))
		}
		states = append(states, s)
	}
	for _, n := range now.seen {
		for i < len(old) && old[i].key.compare(n.key) < 0 {
			leave(old[i])
			i++
		}
		s := state{key: n.key, start: n.observation.Span.Start.Unix(), end: n.observation.Span.End.Unix(), digest: n.digest}
		known := i < len(old) && old[i].key == n.key
		if known {
			s.changes = old[i].changes
		}
		if !known || old[i].removed || old[i].digest != n.digest {
			if known {
				s.changes++
			}
			n.observation.Revision = s.revision()
			n.observation.Same = now.naming.same(n.key)
			record = append(record, n.observation)
		}
		if known {
			i++
		}
		states = append(states, s)
	}
	for _, s := range old[i:] {
		leave(s)
	}
	slices.SortFunc(states, func(a, b state) int { return a.key.compare(b.key) })
	return record, states
}
