package calendar_test

import (
	"fmt"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/capture/calendar"
)

// onMachine runs do on a machine that is in loc.
func onMachine(loc *time.Location, do func()) {
	was := time.Local
	time.Local = loc
	defer func() { time.Local = was }()
	do()
}

// once writes all that a source in the timekeeper's zone records of a calendar.
func once(t *rapid.T, path string, zone *time.Location) string {
	s, err := calendar.New(capture.Config{SourceConfig: billing.SourceConfig{ID: "cal", Where: billing.Privileged(path)}, Zone: zone}, func() time.Time { return today })
	if err != nil {
		t.Fatal(err)
	}
	var b book
	if err := s.Once(t.Context(), "", &b); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%+v %s", b.all, b.at)
}

// The machine's zone changes nothing: times without a zone, or with one that
// nobody knows, and dates are the timekeeper's.
func TestMachineZoneLaw(t *testing.T) {
	zones := []*time.Location{time.UTC, location(t, newYork), location(t, berlin), location(t, "Pacific/Kiritimati"), location(t, "Pacific/Honolulu")}
	forms := []string{
		"DTSTART:%sT%s00", "DTSTART;TZID=Mars/Olympus:%sT%s00", "DTSTART;TZID=Customized Time Zone:%sT%s00", "DTSTART:%sT%s00Z",
		"DTSTART;TZID=America/New_York:%sT%s00", "DTSTART;VALUE=DATE:%s\nX-AT:%s", "DTSTART:%sT%s00+99", "DTSTART;VALUE=DATE:%sT%s00",
	}
	path := filepath.Join(t.TempDir(), "my.ics")
	rapid.Check(t, func(rt *rapid.T) {
		var events []string
		for i := range rapid.IntRange(1, 4).Draw(rt, "events") {
			day := fmt.Sprintf("202603%02d", rapid.IntRange(1, 28).Draw(rt, "day"))
			clock := rapid.SampledFrom([]string{"0000", "0230", "0930", "2330"}).Draw(rt, "clock")
			e := fmt.Sprintf("UID:%d\n"+rapid.SampledFrom(forms).Draw(rt, "form"), i, day, clock)
			events = append(events, e+rapid.SampledFrom([]string{"", "\nDURATION:PT1H", "\nDURATION:P1D", "\nRRULE:FREQ=DAILY;COUNT=3"}).Draw(rt, "more"))
		}
		write(t, path, calendarOf(events...))
		keeper, one, other := rapid.SampledFrom(zones).Draw(rt, "timekeeper"), rapid.SampledFrom(zones).Draw(rt, "machine"), rapid.SampledFrom(zones).Draw(rt, "another")
		var a, b string
		onMachine(one, func() { a = once(rt, path, keeper) })
		onMachine(other, func() { b = once(rt, path, keeper) })
		if a != b {
			rt.Fatalf("on a machine in %v\n%s\nin %v\n%s", one, a, other, b)
		}
	})
}

// Both constructors count in the timekeeper's zone, and again when it changed.
func TestTimekeepersZone(t *testing.T) {
	text := calendarOf("UID:u\nDTSTART:20260319T090000\nDURATION:PT1H")
	s := &script{events: map[string]string{"u.ics": text}, ctag: "1"}
	server := httptest.NewServer(s)
	defer server.Close()
	dav := newAccount(t, server.URL+"/c/", "", "")
	path := filepath.Join(t.TempDir(), "my.ics")
	write(t, path, text)
	var file book
	onMachine(location(t, "Asia/Tokyo"), func() {
		for _, c := range []struct{ zone, want string }{{newYork, "u 0319T1300"}, {berlin, "u 0319T0800"}, {newYork, "u 0319T1300"}} {
			dav.zone = location(t, c.zone)
			dav.expect("account in "+c.zone, c.want)
			src, err := calendar.New(capture.Config{SourceConfig: billing.SourceConfig{ID: "cal", Where: billing.Privileged(path)}, Zone: dav.zone}, func() time.Time { return today })
			if err != nil {
				t.Fatal(err)
			}
			if err := src.Once(t.Context(), file.at, &file); err != nil {
				t.Fatal(err)
			}
			if got := file.current(); got != c.want {
				t.Errorf("file in %s: got %q, want %q", c.zone, got, c.want)
			}
		}
		dav.quiet(1)
	})
	if len(dav.all) != 3 || dav.all[0].ExternalID != "u" || dav.all[2].Revision == dav.all[0].Revision {
		t.Errorf("%d recorded: %v", len(dav.all), dav.all)
	}
}

// What was read in another way is read anew, once, under the same names; what
// went meanwhile is taken back.
func TestReadAnew(t *testing.T) {
	s := &script{}
	a := scripted(t, s)
	a.expect("first", three)
	first := len(a.all)
	a.at = capture.Cursor(withoutReading(t, string(a.at)))
	delete(s.events, "b.ics")
	a.expect("anew", "a 0319T0900, c 0321T0900")
	if len(a.all) != first+1 { // b's tombstone; the rest is as it was
		t.Errorf("%d were recorded anew", len(a.all)-first)
	}
	a.quiet(1)
	path := filepath.Join(t.TempDir(), "my.ics")
	write(t, path, calendarOf(single("a", "20260319T090000Z"), single("b", "20260320T090000Z")))
	var b book
	look := func() {
		t.Helper()
		if err := source(t, path, nil).Once(t.Context(), b.at, &b); err != nil {
			t.Fatal(err)
		}
	}
	look()
	b.at = capture.Cursor(withoutReading(t, string(b.at)))
	calls := b.calls
	look()
	look()
	if b.calls != calls+1 || len(b.all) != 2 {
		t.Errorf("%d records of %d observations", b.calls-calls, len(b.all))
	}
}

// withoutReading returns a cursor as it was before cursors said how they were read.
func withoutReading(t *testing.T, at string) string {
	t.Helper()
	before, rest, ok := strings.Cut(at, `"reading":"`)
	_, after, _ := strings.Cut(rest, `",`)
	if !ok {
		t.Fatalf("the cursor does not say how it was read: %s", at)
	}
	return before + after
}
