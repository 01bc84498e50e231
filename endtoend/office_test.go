//go:build unix

package endtoend

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/internal/peer"
)

// office is a lawyer's day among real peers.
type office struct {
	*desk
	calendar  *peer.Radicale
	mail      *peer.Dovecot
	documents string
	began     time.Time // the first hour of the day's work, six hours ago
	day       string
}

// newOffice returns an office whose calendar, mail and documents hold the day so
// far, and are observed, but were not looked at yet.
func newOffice(t *testing.T) *office {
	t.Helper()
	o := &office{calendar: peer.StartRadicale(t), mail: peer.StartDovecot(t), desk: newDesk(t)}
	o.began = time.Now().Add(-6 * time.Hour).Truncate(time.Minute)
	o.day = o.today(t)
	o.documents = filepath.Join(o.home, "Documents")
	o.fillCalendar(t)
	o.fillMail(t)
	brief := write(t, filepath.Join(o.documents, "Lin", "inventory.odt"), "A boat.")
	if err := os.Chtimes(brief, o.at(270), o.at(270)); err != nil {
		t.Fatal(err)
	}
	o.ok(t, "", "timekeeper", "--name", "Jo Hart", "--address", "jo@hartlaw.example", "--zone", o.zone, "--rate", "350")
	o.ok(t, "", "matter", "import", write(t, filepath.Join(o.home, "matters.csv"), matterList))
	if got := o.ok(t, o.calendar.Password+"\n", "source", "add", "calendar", o.calendar.URL, "--user", o.calendar.User, "--password-stdin"); got != "Added calendar-1.\n" {
		t.Errorf("adding the calendar said %q", got)
	}
	o.ok(t, o.mail.Password+"\n", "source", "add", "imap", "imap://"+o.mail.Addr, "--user", o.mail.User, "--password-stdin")
	o.ok(t, "", "source", "add", "folder", o.documents)
	return o
}

// at returns the instant so many minutes into the day's work.
func (o *office) at(minutes int) time.Time { return o.began.Add(time.Duration(minutes) * time.Minute) }

func (o *office) fillCalendar(t *testing.T) {
	o.calendar.Put(t, "call", event("call", o.at(0), o.at(60), "Call re deposition schedule",
		"ORGANIZER:mailto:jo@hartlaw.example", "ATTENDEE;CN=Dana Reed:mailto:dreed@reedcole.example"))
	o.calendar.Put(t, "lunch", event("lunch", o.at(120), o.at(180), "Lunch about the boat"))
	o.calendar.Put(t, "gone", event("gone", o.at(180), o.at(200), "2024-0113 hearing", "STATUS:CANCELLED"))
	o.calendar.Put(t, "no", event("no", o.at(200), o.at(220), "2024-0113 committee", "ORGANIZER:mailto:chair@bar.example",
		"ATTENDEE;PARTSTAT=DECLINED:mailto:jo@hartlaw.example"))
	day := o.began.In(o.location(t)).Format("20060102")
	o.calendar.Put(t, "due", calendarOf("BEGIN:VEVENT\r\nUID:due\r\nDTSTAMP:20260101T000000Z\r\nDTSTART;VALUE=DATE:"+day+"\r\nSUMMARY:2024-0113 brief due\r\nEND:VEVENT"))
	// Weekly since three weeks ago, in local time; this week's was moved.
	local := func(at time.Time) string {
		return ";TZID=" + o.zone + ":" + at.In(o.location(t)).Format("20060102T150405")
	}
	usual := o.at(300).In(o.location(t))
	first := usual.AddDate(0, 0, -21)
	o.calendar.Put(t, "weekly", calendarOf("BEGIN:VEVENT\r\nUID:weekly\r\nDTSTAMP:20260101T000000Z\r\nDTSTART"+local(first)+
		"\r\nDTEND"+local(first.Add(30*time.Minute))+"\r\nRRULE:FREQ=WEEKLY;COUNT=6\r\nSUMMARY:Estate of Lin: status call\r\nEND:VEVENT\r\n"+
		"BEGIN:VEVENT\r\nUID:weekly\r\nDTSTAMP:20260101T000000Z\r\nRECURRENCE-ID"+local(usual)+"\r\nDTSTART"+local(o.at(230))+
		"\r\nDTEND"+local(o.at(248))+"\r\nSUMMARY:Estate of Lin: status call\r\nEND:VEVENT"))
}

func (o *office) fillMail(t *testing.T) {
	o.mail.Deliver(t, "INBOX", o.message("1", -60, "Dana Reed <dreed@reedcole.example>", "jo@hartlaw.example", "Rivera v. Acme: discovery responses", "When?"))
	o.mail.Deliver(t, "Sent", o.message("2", 30, "Jo Hart <jo@hartlaw.example>", "dreed@reedcole.example", "Re: Rivera v. Acme: discovery responses",
		strings.Repeat("You will have our responses on Friday, and the rest on a rolling basis. ", 8), "In-Reply-To: <1@mail.example>"))
	o.mail.Deliver(t, "INBOX", o.message("3", 70, "shop@terms.example", "jo@hartlaw.example", "Our new terms", "We changed them."))
	o.mail.Deliver(t, "INBOX", o.message("4", 90, "Wei Lin <wei@lin.example>", "jo@hartlaw.example", "The inventory", "Here it is."))
}

func (o *office) message(id string, minute int, from, to, subject, body string, more ...string) []byte {
	head := append([]string{"From: " + from, "To: " + to, "Subject: " + subject, "Message-ID: <" + id + "@mail.example>",
		"Date: " + o.at(minute).UTC().Format(time.RFC1123Z), "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8"}, more...)
	return []byte(strings.Join(head, "\r\n") + "\r\n\r\n" + body + "\r\n")
}

func event(uid string, from, to time.Time, title string, more ...string) string {
	lines := append([]string{"BEGIN:VEVENT", "UID:" + uid, "DTSTAMP:20260101T000000Z", "DTSTART:" + stamp(from), "DTEND:" + stamp(to),
		"SUMMARY:" + title}, more...)
	return calendarOf(strings.Join(append(lines, "END:VEVENT"), "\r\n"))
}

func calendarOf(events string) string {
	return "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n" + events + "\r\nEND:VCALENDAR\r\n"
}

// captureOnce observes everything once and returns how many observations were
// new, by source.
func (d *desk) captureOnce(t *testing.T) map[string]int {
	t.Helper()
	var list []app.Captured
	if s := d.show(t, &list, "capture", "--once"); s.code != 0 || s.err != "" {
		t.Fatalf("capture: exit %d: %s", s.code, s.err)
	}
	return added(t, list)
}

func added(t *testing.T, list []app.Captured) map[string]int {
	t.Helper()
	n := map[string]int{}
	for _, c := range list {
		if c.Error != "" || len(c.Problems) > 0 {
			t.Errorf("%s: %s %v", c.Source, c.Error, c.Problems)
		}
		n[c.Source] = c.Added
	}
	return n
}
