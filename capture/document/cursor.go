package document

import (
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"hash/fnv"
	"maps"
	"slices"
	"time"

	"github.com/tenths/tenths/capture"
)

// mark is how far a folder has been observed: every file modified until then
// has been judged, and of those modified later the ones in seen.
//
// It stays small, whatever the size of the folder: only files of the last few
// minutes need remembering, eight bytes each, and there are at most maxSeen of
// them. It holds no names.
type mark struct {
	until time.Time
	seen  map[uint64]bool
}

const maxSeen = 4096

// fingerprint identifies a document in a certain state.
func fingerprint(key string, s stamp) uint64 {
	h := fnv.New64a()
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], uint64(s.modified))
	binary.BigEndian.PutUint64(b[8:], uint64(s.size))
	h.Write(b[:])
	h.Write([]byte(key))
	return h.Sum64()
}

// has reports whether the document in this state has been judged.
func (m mark) has(key string, s stamp) bool {
	return s.modified <= m.until.UnixNano() || m.seen[fingerprint(key, s)]
}

// remembered is a judged document for a new mark.
type remembered struct {
	print    uint64
	modified int64
}

// newMark returns the mark at now, of which every file modified longer than
// slack ago has been judged and those given have been too. Of too many it
// forgets the oldest, and moves on past them, though never past now.
func newMark(now time.Time, slack time.Duration, judged []remembered) mark {
	until := now.Add(-slack)
	after := until.UnixNano()
	judged = slices.DeleteFunc(judged, func(r remembered) bool { return r.modified <= after })
	if extra := len(judged) - maxSeen; extra > 0 {
		slices.SortFunc(judged, func(a, b remembered) int { return int(min(max(a.modified-b.modified, -1), 1)) })
		until = time.Unix(0, min(judged[extra-1].modified, now.UnixNano()))
		judged = judged[extra:]
	}
	m := mark{until: until, seen: make(map[uint64]bool, len(judged))}
	for _, r := range judged {
		m.seen[r.print] = true
	}
	return m
}

// without returns m as if the documents in these states had not been judged.
func (m mark) without(prints []uint64) mark {
	if len(prints) == 0 {
		return m
	}
	m.seen = maps.Clone(m.seen)
	for _, p := range prints {
		delete(m.seen, p)
	}
	return m
}

type cursorJSON struct {
	Version int    `json:"v"`
	Until   int64  `json:"until"` // Unix nanoseconds
	Seen    string `json:"seen,omitempty"`
}

// cursor returns the mark as it is kept.
func (m mark) cursor() capture.Cursor {
	prints := make([]uint64, 0, len(m.seen))
	for p := range m.seen {
		prints = append(prints, p)
	}
	slices.Sort(prints)
	raw := make([]byte, 0, 8*len(prints))
	for _, p := range prints {
		raw = binary.BigEndian.AppendUint64(raw, p)
	}
	text, _ := json.Marshal(cursorJSON{1, m.until.UnixNano(), base64.RawStdEncoding.EncodeToString(raw)})
	return capture.Cursor(text)
}

// parseCursor reads a mark; false means that c is empty or no cursor of ours,
// and that the folder must be observed from the beginning.
func parseCursor(c capture.Cursor) (mark, bool) {
	var j cursorJSON
	if json.Unmarshal([]byte(c), &j) != nil || j.Version != 1 || j.Until <= 0 {
		return mark{}, false
	}
	raw, err := base64.RawStdEncoding.DecodeString(j.Seen)
	if err != nil || len(raw)%8 != 0 {
		return mark{}, false
	}
	m := mark{until: time.Unix(0, j.Until), seen: make(map[uint64]bool, len(raw)/8)}
	for ; len(raw) > 0; raw = raw[8:] {
		m.seen[binary.BigEndian.Uint64(raw)] = true
	}
	return m, true
}
