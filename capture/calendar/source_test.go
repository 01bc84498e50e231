package calendar_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/capture/calendar"
)

// book keeps observations as the store does: unique on external id and
// revision, the latest recorded one counts.
type book struct {
	mu       sync.Mutex
	at       capture.Cursor
	all      []billing.Observation
	known    map[string]bool
	calls    int
	offered  int
	failures int // how many of the next calls to refuse
	recorded chan struct{}
}

var errDisk = errors.New("the disk is full")

func (b *book) Record(_ context.Context, list []billing.Observation, at capture.Cursor) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.failures > 0 {
		b.failures--
		return errDisk
	}
	if b.known == nil {
		b.known = map[string]bool{}
	}
	for _, o := range list {
		if id := o.ExternalID + "\x00" + o.Revision; !b.known[id] {
			b.known[id] = true
			b.all = append(b.all, o)
		}
	}
	b.calls++
	b.offered += len(list)
	b.at = at
	if b.recorded != nil {
		select {
		case b.recorded <- struct{}{}:
		default:
		}
	}
	return nil
}

// current writes what counts: "id status start", without what was removed.
func (b *book) current() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	latest := map[string]billing.Observation{}
	for _, o := range b.all {
		latest[o.ExternalID] = o
	}
	var out []string
	for _, id := range slices.Sorted(maps.Keys(latest)) {
		if o := latest[id]; !o.Removed {
			out = append(out, fmt.Sprintf("%s %s", id, o.Span.Start.Format("0102T1504")))
		}
	}
	return strings.Join(out, ", ")
}

// today is the day on which the tests run.
var today = time.Date(2026, 3, 20, 12, 0, 0, 0, time.UTC)

func source(t testing.TB, where string, now func() time.Time) *calendar.Source {
	t.Helper()
	if now == nil {
		now = func() time.Time { return today }
	}
	cfg := capture.Config{SourceConfig: billing.SourceConfig{ID: "cal", Kind: billing.SourceCalendar, Where: billing.Privileged(where)}}
	s, err := calendar.New(cfg, now)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func write(t testing.TB, path, text string) {
	t.Helper()
	temporary := path + ".tmp"
	if err := os.WriteFile(temporary, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(temporary, path); err != nil {
		t.Fatal(err)
	}
}

const daily = "UID:d\nDTSTART:20260318T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=3\n"

func single(uid, at string) string {
	return "UID:" + uid + "\nDTSTART:" + at + "\nDURATION:PT1H\nSUMMARY:x"
}

// A calendar that changes, looked at again and again by a source that only has
// its cursor.
func TestOnceFollowsChanges(t *testing.T) {
	path := filepath.Join(t.TempDir(), "my.ics")
	var b book
	for i, c := range []struct {
		text     string
		recorded int // how many are new
		want     string
	}{
		{calendarOf(daily, single("s", "20260401T090000Z")), 4, "d/20260318T090000Z 0318T0900, d/20260319T090000Z 0319T0900, d/20260320T090000Z 0320T0900, s 0401T0900"},
		{calendarOf(daily, single("s", "20260401T090000Z")), 0, "d/20260318T090000Z 0318T0900, d/20260319T090000Z 0319T0900, d/20260320T090000Z 0320T0900, s 0401T0900"},
		{calendarOf(daily, single("s", "20260402T090000Z")), 1, "d/20260318T090000Z 0318T0900, d/20260319T090000Z 0319T0900, d/20260320T090000Z 0320T0900, s 0402T0900"},
		{calendarOf(daily+"EXDATE:20260319T090000Z", single("s", "20260402T090000Z")), 1, "d/20260318T090000Z 0318T0900, d/20260320T090000Z 0320T0900, s 0402T0900"},
		{calendarOf(daily, single("s", "20260402T090000Z")), 1, "d/20260318T090000Z 0318T0900, d/20260319T090000Z 0319T0900, d/20260320T090000Z 0320T0900, s 0402T0900"}, // it is back
		{calendarOf(daily, single("s", "20260401T090000Z")), 1, "d/20260318T090000Z 0318T0900, d/20260319T090000Z 0319T0900, d/20260320T090000Z 0320T0900, s 0401T0900"}, // and moved back
		{calendarOf(single("s", "20260401T090000Z")), 3, "s 0401T0900"},
		{calendarOf(), 1, ""},
		{calendarOf(), 0, ""},
		{calendarOf(single("s", "20260401T090000Z")), 1, "s 0401T0900"},
	} {
		write(t, path, c.text)
		before, calls := len(b.all), b.calls
		if err := source(t, path, nil).Once(t.Context(), b.at, &b); err != nil {
			t.Fatal(err)
		}
		if got := b.current(); got != c.want || len(b.all)-before != c.recorded {
			t.Errorf("step %d: %d recorded, want %d; now\n%s\nwant\n%s", i, len(b.all)-before, c.recorded, got, c.want)
		}
		if c.recorded == 0 && b.calls != calls {
			t.Errorf("step %d: the sink was called for nothing", i)
		}
	}
	for _, o := range b.all {
		if o.Removed && (!strings.HasPrefix(o.Revision, "removed:") || o.Span.Start.IsZero()) {
			t.Errorf("tombstone %s %v", o.Revision, o.Span)
		}
		if o.Source != "cal" {
			t.Errorf("source %q", o.Source)
		}
	}
}

// A half-written, foreign or missing file deletes nothing.
func TestOnceKeepsWhatItCannotSee(t *testing.T) {
	path := filepath.Join(t.TempDir(), "my.ics")
	whole := calendarOf(single("a", "20260319T090000Z"), single("b", "20260320T090000Z"))
	write(t, path, whole)
	var b book
	if err := source(t, path, nil).Once(t.Context(), "", &b); err != nil {
		t.Fatal(err)
	}
	want := b.current()
	half, _, _ := strings.Cut(whole, "UID:b")
	for text, kind := range map[string]billing.Kind{half: "", "": billing.Invalid, "<html>sign in</html>": billing.Invalid} {
		write(t, path, text)
		err := source(t, path, nil).Once(t.Context(), b.at, &b)
		if kind == "" && err != nil || kind != "" && billing.KindOf(err) != kind {
			t.Errorf("%.20q: %v", text, err)
		}
	}
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	err := source(t, path, nil).Once(t.Context(), b.at, &b)
	if billing.KindOf(err) != billing.NotFound || strings.Contains(err.Error(), path) {
		t.Errorf("missing file: %v", err)
	}
	if got := b.current(); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Only the latest instances of an endless series are kept, up to two weeks
// ahead, and the window moves on without taking anything back.
func TestHorizon(t *testing.T) {
	path := filepath.Join(t.TempDir(), "my.ics")
	write(t, path, calendarOf("UID:e\nDTSTART:20000101T090000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY"))
	now := today
	var b book
	for day := range 3 {
		if err := source(t, path, func() time.Time { return now }).Once(t.Context(), b.at, &b); err != nil {
			t.Fatal(err)
		}
		if len(b.all) != calendar.Limit+day {
			t.Fatalf("%d recorded on day %d", len(b.all), day)
		}
		latest := b.all[len(b.all)-1].Span.Start
		if ahead := latest.Sub(now); ahead >= calendar.Horizon || ahead < calendar.Horizon-24*time.Hour {
			t.Errorf("the latest is %v ahead", ahead)
		}
		now = now.AddDate(0, 0, 1)
	}
	now = now.AddDate(0, 0, -10) // a clock set back
	if err := source(t, path, func() time.Time { return now }).Once(t.Context(), b.at, &b); err != nil {
		t.Fatal(err)
	}
	for _, o := range b.all {
		if o.Removed {
			t.Fatalf("%s was taken back", o.ExternalID)
		}
	}
}

// Whatever stops a long recording, the next look goes on and loses nothing.
func TestResume(t *testing.T) {
	path := filepath.Join(t.TempDir(), "my.ics")
	events := make([]string, 3000)
	for i := range events {
		events[i] = single(fmt.Sprint("u", i), "20260319T090000Z")
	}
	write(t, path, calendarOf(events...))
	var b book
	for stop := 0; ; stop++ {
		ctx, cancel := context.WithCancel(t.Context())
		err := source(t, path, nil).Once(ctx, b.at, stopping{&b, cancel})
		cancel()
		if err == nil {
			break
		}
		if stop > 20 {
			t.Fatal("it never comes to an end")
		}
	}
	if len(b.all) != len(events) || b.offered > len(events) {
		t.Errorf("%d of %d recorded, %d offered", len(b.all), len(events), b.offered)
	}
}

// stopping keeps one batch and then ends the look.
type stopping struct {
	*book
	cancel func()
}

func (s stopping) Record(ctx context.Context, list []billing.Observation, at capture.Cursor) error {
	if ctx.Err() != nil {
		return ctx.Err()
	}
	defer s.cancel()
	return s.book.Record(ctx, list, at)
}

func TestFolder(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "a.ics"), calendarOf(single("a", "20260319T090000Z")))
	write(t, filepath.Join(dir, "b.ics"), calendarOf(single("b", "20260320T090000Z")))
	write(t, filepath.Join(dir, ".hidden.ics"), calendarOf(single("h", "20260320T090000Z")))
	var b book
	look := func(want string) {
		t.Helper()
		if err := source(t, dir, nil).Once(t.Context(), b.at, &b); err != nil {
			t.Fatal(err)
		}
		if got := b.current(); got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
	look("a 0319T0900, b 0320T0900")
	write(t, filepath.Join(dir, "b.ics"), "BEGIN:VCALENDAR") // being written: nothing is taken back
	if err := os.Remove(filepath.Join(dir, "a.ics")); err != nil {
		t.Fatal(err)
	}
	look("a 0319T0900, b 0320T0900")
	write(t, filepath.Join(dir, "b.ics"), calendarOf(single("b", "20260321T090000Z")))
	look("b 0321T0900")
}

func TestWithin(t *testing.T) {
	path := filepath.Join(t.TempDir(), "my.ics")
	write(t, path, calendarOf(daily, single("s", "20260401T090000Z")))
	s := source(t, path, nil)
	s.Within(time.Date(2026, 3, 19, 0, 0, 0, 0, time.UTC), time.Date(2026, 3, 20, 0, 0, 0, 0, time.UTC))
	var b book
	if err := s.Once(t.Context(), "as it was", &b); err != nil {
		t.Fatal(err)
	}
	if got := b.current(); got != "d/20260319T090000Z 0319T0900" || b.at != "as it was" {
		t.Errorf("got %s, cursor %q", got, b.at)
	}
}

// Run hears of a file that is replaced, that appears late, and survives a sink
// that refuses.
func TestRunFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "my.ics")
	b := &book{recorded: make(chan struct{}, 1)}
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- source(t, path, nil).Run(ctx, "", b) }()
	for i, at := range []string{"20260319T090000Z", "20260319T100000Z"} {
		write(t, path, calendarOf(single("a", at)))
		select {
		case <-b.recorded:
		case <-time.After(10 * time.Second):
			t.Fatalf("change %d was not seen", i)
		}
	}
	if got := b.current(); got != "a 0319T1000" {
		t.Errorf("got %s", got)
	}
	cancel()
	select {
	case err := <-done:
		if err != nil {
			t.Error(err)
		}
	case <-time.After(time.Second):
		t.Error("Run did not stop within a second")
	}
}
