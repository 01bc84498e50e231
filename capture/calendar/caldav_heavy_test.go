package calendar_test

import (
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/internal/peer"
)

// What a large calendar costs beside what its server takes for the same
// requests when nothing is done with the answers.
func TestCalDAVLarge(t *testing.T) {
	peer.Heavy(t)
	const events = 5000
	filled := func() *account {
		collection, dir := radicale(t)
		for i := range events {
			at := time.Date(2020, 1, 1, 9, 0, 0, 0, time.UTC).Add(time.Duration(i) * 11 * time.Hour).Format("20060102T150405Z")
			text := calendarOf(fmt.Sprintf("UID:event-%d\nDTSTAMP:20260101T000000Z\nDTSTART:%s\nDURATION:PT1H\nSUMMARY:Call about the lease number %d\nORGANIZER:mailto:b%d@firm.example\nATTENDEE;PARTSTAT=ACCEPTED:mailto:me@firm.example", i, at, i, i%50))
			path := filepath.Join(dir, "collections/collection-root/alice/work", fmt.Sprintf("event-%d.ics", i))
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		return newAccount(t, collection, "alice", "secret")
	}
	timed := func(do func()) time.Duration {
		began := time.Now()
		do()
		return time.Since(began).Round(time.Millisecond)
	}

	bare := filled()
	token := ""
	listing := timed(func() { token = between(bare.report(syncReport("")), "<sync-token>", "<") })
	reading := timed(func() {
		for i := 0; i < events; i += 100 {
			hrefs := ""
			for j := i; j < i+100; j++ {
				hrefs += fmt.Sprintf("<d:href>/alice/work/event-%d.ics</d:href>", j)
			}
			bare.report(`<c:calendar-multiget xmlns:d="DAV:" xmlns:c="urn:ietf:params:xml:ns:caldav"><d:prop><d:getetag/><c:calendar-data/></d:prop>` + hrefs + `</c:calendar-multiget>`)
		}
	})
	best := func(do func()) time.Duration { return min(timed(do), timed(do), timed(do)) }
	nothing := best(func() { bare.report(syncReport(token)) })
	whole := timed(func() { bare.ask(http.MethodGet, bare.where, "", 200) })

	ours := filled()
	first := timed(ours.look)
	if n := strings.Count(ours.current(), ", ") + 1; n != events {
		t.Fatalf("%d meetings, want %d", n, events)
	}
	records := ours.calls
	quiet := best(ours.look)
	if ours.calls != records {
		t.Errorf("nothing changed and %d records", ours.calls-records)
	}
	ours.put(ours.where+"event-7.ics", single("event-7", "20260319T090000Z"))
	change := timed(ours.look)
	t.Logf("%d events: the server alone: cold listing %v, reading %v, nothing new %v, warm GET of all %v", events, listing, reading, nothing, whole)
	t.Logf("first look %v in %d records; nothing new %v; one change %v; cursor %d bytes", first, records, quiet, change, len(ours.at))
	if limit := 2*(listing+reading) + 2*time.Second; first > limit {
		t.Errorf("the first look took %v, more than %v", first, limit)
	}
	if limit := 3*nothing + time.Second; quiet > limit {
		t.Errorf("a look at what did not change took %v, more than %v", quiet, limit)
	}
}

func syncReport(token string) string {
	return `<d:sync-collection xmlns:d="DAV:"><d:sync-token>` + token + `</d:sync-token><d:sync-level>1</d:sync-level><d:prop><d:getetag/></d:prop></d:sync-collection>`
}

func (a *account) report(body string) string {
	a.t.Helper()
	req, err := http.NewRequestWithContext(a.t.Context(), "REPORT", a.where, strings.NewReader(body))
	if err != nil {
		a.t.Fatal(err)
	}
	req.SetBasicAuth(a.user, a.password)
	req.Header.Set("Content-Type", "application/xml")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		a.t.Fatal(err)
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusMultiStatus {
		a.t.Fatalf("status %d, %v", res.StatusCode, err)
	}
	return string(text)
}
