package document

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"path"
	"path/filepath"
	"strconv"
	"time"

	"github.com/tenths/tenths/billing"
)

// line is one raw event of a recorded trail.
type line struct {
	Time    json.RawMessage `json:"t"`    // Unix seconds, or RFC 3339
	Op      string          `json:"op"`   // CREATE, WRITE, REMOVE, RENAME or CHMOD
	Name    string          `json:"name"` // relative to the root, with forward slashes
	Size    *int64          `json:"size"` // bytes after the event, -1 for none
	SizeNow *int64          `json:"size_now"`
}

// Replay folds a recorded trail of raw events under root, JSON lines in order
// of time such as
//
//	{"t": 1795288393.146, "op": "CREATE", "name": "brief.odt", "size": 8192}
//
// and returns what source would have recorded by the end of each session, the
// oldest first. "t" is Unix seconds or RFC 3339; a line without "op" is a
// remark. A line that cannot be understood fails the replay as
// [billing.Invalid], with its number.
func Replay(trail io.Reader, root string, source billing.SourceID) ([]billing.Observation, error) {
	fold := NewFold(Rules{})
	latest := map[string]int{}
	var out []billing.Observation
	take := func() {
		for _, a := range fold.Take() {
			o := a.observation(root, source)
			if i, ok := latest[o.ExternalID]; ok {
				out[i] = o
				continue
			}
			latest[o.ExternalID] = len(out)
			out = append(out, o)
		}
	}
	lines := bufio.NewScanner(trail)
	lines.Buffer(nil, 1<<20)
	for n := 1; lines.Scan(); n++ {
		e, ok, err := parseLine(lines.Bytes())
		if err != nil {
			return nil, &billing.Error{Kind: billing.Invalid, Err: err,
				Msg: fmt.Sprintf("line %d of the recorded file events cannot be understood", n)}
		}
		if ok && !isCopy(path.Join(filepath.ToSlash(root), path.Dir(e.Path))) {
			fold.Add(e)
			take()
		}
	}
	if err := lines.Err(); err != nil {
		return nil, &billing.Error{Kind: billing.Invalid, Msg: "the recorded file events cannot be read", Err: err}
	}
	fold.Finish()
	take()
	sortObservations(out)
	return out, nil
}

// parseLine reads one line of a trail; false means that it holds no event.
func parseLine(raw []byte) (Event, bool, error) {
	if raw = bytes.TrimSpace(raw); len(raw) == 0 {
		return Event{}, false, nil
	}
	var l line
	if err := json.Unmarshal(raw, &l); err != nil {
		return Event{}, false, err
	}
	if l.Op == "" {
		return Event{}, false, nil
	}
	at, err := parseTime(l.Time)
	if err != nil {
		return Event{}, false, err
	}
	e := Event{Time: at, Op: Op(l.Op), Path: path.Clean(filepath.ToSlash(l.Name))}
	switch e.Op {
	case Create, Write, Chmod:
	case Remove, Rename:
		e.Size = -1
	default:
		return Event{}, false, fmt.Errorf("unknown operation %q", l.Op)
	}
	if l.Name == "" || path.IsAbs(e.Path) || e.Path == ".." || len(e.Path) > 2 && e.Path[:3] == "../" {
		return Event{}, false, fmt.Errorf("the name must be a path below the folder")
	}
	for _, size := range []*int64{l.SizeNow, l.Size} {
		if size != nil {
			e.Size = max(*size, -1)
		}
	}
	return e, true, nil
}

// parseTime reads Unix seconds, kept to the millisecond, or RFC 3339.
func parseTime(raw json.RawMessage) (time.Time, error) {
	if len(raw) > 0 && raw[0] == '"' {
		var t time.Time
		err := json.Unmarshal(raw, &t)
		return t.UTC(), err
	}
	seconds, err := strconv.ParseFloat(string(raw), 64)
	if err != nil {
		return time.Time{}, fmt.Errorf("no time: %w", err)
	}
	if math.Abs(seconds) > 1e11 { // beyond year 5000: milliseconds by mistake
		return time.Time{}, fmt.Errorf("the time is not in seconds")
	}
	return time.UnixMilli(int64(math.Round(seconds * 1000))).UTC(), nil
}
