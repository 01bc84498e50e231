package calendar

import (
	"context"
	"log/slog"
	"math"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
)

// Source observes the calendar of one place. Its setters are for before the
// first use.
type Source struct {
	cfg    capture.Config
	now    func() time.Time
	url    *url.URL // nil for a file or folder
	client *http.Client
	zone   *time.Location

	limited  bool
	from, to time.Time

	mu       sync.Mutex
	problems []Problem
}

// New makes a source of cfg.Where: the path of an .ics file or of a folder of
// them, or the http, https, webcal or webcals address of a calendar. A secret
// part of an address stays out of every message.
func New(cfg capture.Config, now func() time.Time) (*Source, error) {
	s := &Source{cfg: cfg, now: now, zone: time.Local}
	own := make([]string, 0, len(cfg.Own)+1)
	for _, address := range cfg.Own {
		own = append(own, strings.ToLower(strings.TrimSpace(address)))
	}
	if user := mailAddress(string(cfg.User)); user != "" {
		own = append(own, user)
	}
	slices.Sort(own)
	s.cfg.Own = slices.Compact(own)
	where := strings.TrimSpace(string(cfg.Where))
	if where == "" {
		return nil, &billing.Error{Kind: billing.Invalid, Msg: "the calendar has no place; give the path of an .ics file or its https address"}
	}
	if !strings.Contains(where, "://") {
		s.cfg.Where = billing.Privileged(where)
		return s, nil
	}
	u, err := calendarURL(where)
	if err != nil {
		return nil, err
	}
	s.url, s.client = u, newClient()
	return s, nil
}

// Within limits the source to observations that overlap [from, to), for trying
// it out: nothing is compared with a cursor or taken back, and the cursor given
// is passed on as it is.
func (s *Source) Within(from, to time.Time) { s.limited, s.from, s.to = true, from, to }

// In says where the timekeeper is, instead of [time.Local]: dates and times
// without a zone are counted there.
func (s *Source) In(loc *time.Location) { s.zone = loc }

// Problems returns what could not be used at the last look, for the person,
// such as "event 12: DTSTART is missing". It quotes nothing of the calendar.
func (s *Source) Problems() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	out := make([]string, len(s.problems))
	for i, p := range s.problems {
		out[i] = p.String()
	}
	return out
}

// Once implements [capture.Source].
func (s *Source) Once(ctx context.Context, at capture.Cursor, sink capture.Sink) error {
	_, err := s.once(ctx, at, sink)
	return err
}

// once looks once and returns the cursor after what was recorded, which also
// counts where it returns an error.
func (s *Source) once(ctx context.Context, at capture.Cursor, sink capture.Sink) (capture.Cursor, error) {
	old := readCursor(at)
	got, err := s.read(ctx, old)
	if err != nil || got.unchanged {
		return at, err
	}
	defer func() { s.keepProblems(got.problems) }()
	if s.limited {
		return at, s.recordWithin(ctx, got.calendar, at, sink)
	}
	r := recording{source: s, ctx: ctx, sink: sink, at: at, cursor: old, complete: got.complete}
	r.cursor.ETag, r.cursor.Modified, r.cursor.Read = "", "", 0
	view := View{Own: s.cfg.Own, Zone: s.zone}
	end := s.now().Add(Horizon).Unix()
	there := map[string]bool{}
	got.problems = append(got.problems, got.calendar.eachSeries(ctx, end, view, func(now seriesSeen) {
		there[now.uid] = true
		r.merge(now)
	})...)
	if ctx.Err() != nil {
		return r.at, ctx.Err()
	}
	for uid := range old.Series {
		if !there[uid] {
			r.merge(seriesSeen{uid: uid, since: math.MinInt64, end: end})
		}
	}
	r.finish(old, got)
	return r.at, r.err
}

// recordWithin records what overlaps the source's range and leaves the cursor.
func (s *Source) recordWithin(ctx context.Context, c *Calendar, at capture.Cursor, sink capture.Sink) error {
	list := c.Instances(s.from, s.to, View{Own: s.cfg.Own, Zone: s.zone}) //nolint:contextcheck // bounded work in memory
	for i := range list {
		list[i].Source = s.cfg.ID
	}
	for batch := range slices.Chunk(list, batchSize) {
		if err := sink.Record(ctx, batch, at); err != nil {
			return err
		}
	}
	return nil
}

func (s *Source) keepProblems(list []Problem) {
	if len(list) > maxProblems {
		list = list[:maxProblems]
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.problems = list
}

// batchSize is how many observations are recorded at a time, at least: a
// series is not divided, and a long list is recorded in at most twenty parts,
// because every part carries the whole cursor.
const batchSize = 500

// recording takes changes of series to the sink. Every batch carries the
// cursor that is true after it, so that whatever stops the recording, the next
// look goes on from what was kept.
type recording struct {
	source   *Source
	ctx      context.Context //nolint:containedctx // of the one look that the recording lasts
	sink     capture.Sink
	complete bool

	at      capture.Cursor // after the last batch that was kept
	cursor  cursor
	pending []billing.Observation
	after   map[string]string // the pending series' states
	size    int               // of the next batch
	err     error
}

func (r *recording) merge(now seriesSeen) {
	if r.err != nil {
		return
	}
	packed := r.cursor.Series[now.uid]
	old, err := unpack(packed)
	if err != nil {
		old = nil // as if never seen: recording again changes nothing
	}
	record, states := merge(old, now, r.complete)
	if r.after == nil {
		r.after = map[string]string{}
	}
	r.after[now.uid] = pack(states)
	for i := range record {
		record[i].Source = r.source.cfg.ID
	}
	r.pending = append(r.pending, record...)
	if len(r.pending) >= max(batchSize, r.size) {
		r.size += batchSize / 2
		r.flush()
	}
}

// flush records what is pending.
func (r *recording) flush() {
	next := r.cursor
	next.Series = cloneWith(r.cursor.Series, r.after)
	at := next.encode()
	if r.err = r.sink.Record(r.ctx, r.pending, at); r.err != nil {
		return
	}
	r.at, r.cursor, r.pending, r.after = at, next, nil, nil
}

// finish records the last batch, with the answer's validators. It is silent
// where there is nothing new to keep.
func (r *recording) finish(old cursor, got reading) {
	if r.err != nil {
		return
	}
	if got.complete {
		r.cursor.ETag, r.cursor.Modified, r.cursor.Read = got.etag, got.modified, got.read
		if got.etag == old.ETag && got.modified == old.Modified && got.read-old.Read < int64(trustValidators/time.Second/2) {
			r.cursor.Read = old.Read // spares a write for a server that always answers in full
		}
	}
	next := r.cursor
	next.Series = cloneWith(r.cursor.Series, r.after)
	if len(r.pending) == 0 && next.equal(old) {
		return
	}
	r.flush()
}

func cloneWith(base, more map[string]string) map[string]string {
	out := make(map[string]string, len(base)+len(more))
	for uid, packed := range base {
		out[uid] = packed
	}
	for uid, packed := range more {
		if packed == "" {
			delete(out, uid)
			continue
		}
		out[uid] = packed
	}
	return out
}

// logRetry notes that a look went wrong and when the next will be. The error's
// message holds nothing privileged.
func (s *Source) logRetry(ctx context.Context, err error, wait time.Duration) {
	slog.WarnContext(ctx, "calendar: trying again later", "source", s.cfg.ID, "kind", billing.KindOf(err), "wait", wait.Round(time.Second))
}

// jittered returns d changed by up to a tenth, so that many sources do not
// come at the same moment.
func jittered(d time.Duration) time.Duration {
	return d + time.Duration((rand.Float64()-0.5)/5*float64(d))
}
