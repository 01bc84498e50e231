//go:build unix

package endtoend

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/internal/peer"
)

// workday is the day of the entries whose posting is disturbed.
const workday = "2026-03-10"

// approved returns a desk with n approved entries, of which every third is just
// like the one before it.
func approved(t *testing.T, n int) *desk {
	t.Helper()
	d := drafted(t, n)
	if out := d.ok(t, "", "approve", "--day", workday); !strings.Contains(out, fmt.Sprintf("Approved %d entries", n)) {
		t.Fatalf("approving said %q", out)
	}
	return d
}

// drafted returns a desk with the drafts that [approved] approves.
func drafted(t *testing.T, n int) *desk {
	t.Helper()
	d := newDesk(t)
	d.ok(t, "", "timekeeper", "--name", "Jo Hart", "--zone", d.zone, "--rate", "350")
	d.ok(t, "", "matter", "import", write(t, filepath.Join(d.home, "matters.csv"), matterList))
	d.observe(t, n)
	return d
}

// observe has the desk observe a calendar with n calls on workday.
func (d *desk) observe(t *testing.T, n int) {
	t.Helper()
	var events []string
	at := time.Date(2026, 3, 10, 0, 15, 0, 0, d.location(t))
	for i := range n {
		about := i
		if i%3 == 2 {
			about--
		}
		events = append(events, fmt.Sprintf("BEGIN:VEVENT\r\nUID:%d\r\nDTSTART:%s\r\nDTEND:%s\r\nSUMMARY:2024-0113 call re request %d\r\nEND:VEVENT",
			i, stamp(at), stamp(at.Add(12*time.Minute)), about+1))
		at = at.Add(15 * time.Minute)
	}
	d.ok(t, "", "source", "add", "calendar", write(t, filepath.Join(d.home, "calendar.ics"), calendarOf(strings.Join(events, "\r\n"))))
	d.ok(t, "", "capture", "--once")
}

// stamp writes an instant as calendars do.
func stamp(at time.Time) string { return at.UTC().Format("20060102T150405Z") }

func (d *desk) drafts(t *testing.T, day string) (list []app.DraftView) {
	t.Helper()
	if s := d.show(t, &list, "draft", "--day", day); s.code != 0 {
		t.Fatalf("draft: exit %d: %s", s.code, s.err)
	}
	return list
}

func (d *desk) outbox(t *testing.T) (s app.PostingSummary) {
	t.Helper()
	if s := d.show(t, &s, "post", "status"); s.code != 0 {
		t.Fatalf("post status: exit %d: %s", s.code, s.err)
	}
	return s
}

// states returns how many entries are posted, under way or of unknown outcome,
// waiting, and refused.
func states(s app.PostingSummary) string {
	n := map[string]int{}
	for _, r := range s.Rows {
		n[r.State]++
	}
	return fmt.Sprintf("%d posted, %d on the way, %d waiting, %d need you", s.Posted, n["sending"]+n["unknown"], n["waiting"], s.NeedsYou)
}

func (d *desk) post(t *testing.T) (done app.Posted) {
	t.Helper()
	if s := d.show(t, &done, "post", "--once"); s.code != 0 {
		t.Fatalf("post --once: exit %d: %s\n%+v", s.code, s.err, d.outbox(t))
	}
	return done
}

// The poster dies after its request was carried out and before it heard of it.
func TestKilledBeforeReceipt(t *testing.T) {
	t.Parallel()
	d := approved(t, 4)
	clio := startClio(t, "-hang-after", "1")
	d.connect(t, clio.url)
	p := d.start(t, "", "post", "--once")
	eventually(t, "the second entry is over there, and its poster hangs", func() bool { return len(clio.activities(t)) == 2 })
	if msg := d.refused(t, "", "post", "--once"); !strings.Contains(msg, "another Tenths is posting") {
		t.Errorf("a second poster said %q", msg)
	}
	p.kill()

	if got, want := states(d.outbox(t)), "1 posted, 1 on the way, 2 waiting, 0 need you"; got != want {
		t.Errorf("after the kill: %s, want %s", got, want)
	}
	began := time.Now()
	if done := d.post(t); done != (app.Posted{Posted: 3}) {
		t.Errorf("the next poster: %+v", done)
	}
	if took := time.Since(began); took > 12*time.Second {
		t.Errorf("an entry that is there was adopted only after %v", took)
	}
	exactlyOnce(t, clio, d.drafts(t, workday))
	if done := d.post(t); done != (app.Posted{}) {
		t.Errorf("posting again: %+v", done)
	}
	exactlyOnce(t, clio, d.drafts(t, workday))
}

// The poster dies after it noted that it is about to send, and before anybody
// heard of it.
func TestKilledBeforeRequest(t *testing.T) {
	t.Parallel()
	d := approved(t, 4)
	clio := startClio(t)
	g := newGate(t, clio, 1)
	d.connect(t, g.url)
	p := d.start(t, "", "post", "--once")
	select {
	case <-g.arrived:
	case <-p.ended:
		t.Fatalf("the poster ended: %s%s", &p.out, &p.err)
	case <-time.After(30 * time.Second):
		t.Fatal("no second post came")
	}
	p.kill()
	s := d.outbox(t)
	if got, want := states(s), "1 posted, 1 on the way, 2 waiting, 0 need you"; got != want {
		t.Errorf("after the kill: %s, want %s", got, want)
	}
	if done := d.post(t); done != (app.Posted{Posted: 3}) {
		t.Errorf("the next poster: %+v", done)
	}
	exactlyOnce(t, clio, d.drafts(t, workday))
	for _, was := range s.Rows {
		if was.State != "sending" {
			continue
		}
		for _, is := range d.outbox(t).Rows {
			if is.Entry == was.Entry && is.Attempts != was.Attempts+1 {
				t.Errorf("%s was sent %d times after %d", is.Entry, is.Attempts, was.Attempts)
			}
		}
	}
}

// The poster is asked to end while it waits for an answer.
func TestStoppedBeforeReceipt(t *testing.T) {
	t.Parallel()
	d := approved(t, 3)
	clio := startClio(t, "-hang-after", "0")
	d.connect(t, clio.url)
	p := d.start(t, "", "post")
	eventually(t, "the first entry is over there, and its poster hangs", func() bool { return len(clio.activities(t)) == 1 })
	if s := p.stop(t); s.code != 0 || s.err != "" || s.out != "" {
		t.Errorf("stopping: exit %d, %q", s.code, s.out+s.err)
	}
	if got, want := states(d.outbox(t)), "0 posted, 1 on the way, 2 waiting, 0 need you"; got != want {
		t.Errorf("after the stop: %s, want %s", got, want)
	}
	peer.Heavy(t) // it waits for the outcome to settle
	if done := d.post(t); done != (app.Posted{Posted: 3}) {
		t.Errorf("the next poster: %+v", done)
	}
	exactlyOnce(t, clio, d.drafts(t, workday))
}

// The poster dies again and again, at any point.
func TestKilledAnywhere(t *testing.T) {
	peer.Heavy(t)
	t.Parallel()
	d := approved(t, 60)
	clio := startClio(t, "-delay", "150ms")
	d.connect(t, clio.url)
	d.killPosters(t)
	d.post(t)
	exactlyOnce(t, clio, d.drafts(t, workday))
}

// The poster dies again and again while its requests are under way; they arrive
// after it died, and perhaps after the next one has looked for them.
func TestKilledBeforeLateRequests(t *testing.T) {
	peer.Heavy(t)
	t.Parallel()
	d := approved(t, 24)
	clio := startClio(t)
	d.connect(t, newSlowNetwork(t, clio))
	d.killPosters(t)
	eventually(t, "everything is posted", func() bool { return d.run(t, "", "post", "--once").code == 0 })
	exactlyOnce(t, clio, d.drafts(t, workday))
}

// killPosters kills twenty posters at random moments, and on a slow machine more
// of them, later and later, until one was killed with an entry on its way.
func (d *desk) killPosters(t *testing.T) {
	t.Helper()
	rounds, onTheWay := 0, 0
	for round := 0; round < 20 || onTheWay == 0 && round < 60; round++ {
		p := d.start(t, "", "post", "--once")
		select {
		case <-p.ended:
		case <-time.After(time.Duration(rand.N(900+100*max(0, round-10))) * time.Millisecond):
			rounds++
		}
		p.kill()
		s := d.outbox(t) // can always be asked for
		if !strings.Contains(states(s), " 0 on the way") {
			onTheWay++
		}
	}
	t.Logf("killed %d times, %d of them with an entry on the way; then %s", rounds, onTheWay, states(d.outbox(t)))
	if onTheWay == 0 {
		t.Error("the poster was never killed under way")
	}
}

// Asked to end while it posts once, it says that it did not finish.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	d := approved(t, 2)
	clio := startClio(t, "-hang-after", "0")
	d.connect(t, clio.url)
	p := d.start(t, "", "post", "--once")
	eventually(t, "the first entry is over there, and its poster hangs", func() bool { return len(clio.activities(t)) == 1 })
	if s := p.stop(t); s.code != 1 || s.err != "tenths: stopped before it was done; what was finished is kept\n" {
		t.Errorf("stopping: exit %d: %s", s.code, s.err)
	}
}
