//go:build unix

package endtoend

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/internal/peer"
)

// Servers go away and come back. Whoever observes says so where it is asked,
// goes on with the rest, and makes up for what was missed.
func TestOutage(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.calendar.Kill()
	var list []app.Captured
	s := o.show(t, &list, "capture", "--once")
	if s.code != 1 || !strings.HasPrefix(s.err, "tenths: calendar-1: ") || strings.Count(s.err, "\n") != 1 {
		t.Errorf("without the calendar: exit %d: %s", s.code, s.err)
	}
	for _, c := range list {
		if (c.Error != "") != (c.Source == "calendar-1") || (c.Added > 0) != (c.Source != "calendar-1") {
			t.Errorf("without the calendar: %+v", c)
		}
	}
	o.states(t, map[string]string{"calendar-1": "failed", "imap-1": "ok", "folder-1": "ok"})
	if msg := o.refused(t, "", "doctor"); !strings.Contains(msg, "calendar-1") {
		t.Errorf("doctor: %s", msg)
	}
	o.calendar.Restart(t)
	if n := o.captureOnce(t); n["calendar-1"] < 7 || n["imap-1"]+n["folder-1"] != 0 {
		t.Errorf("with the calendar again: %v", n)
	}
	o.states(t, map[string]string{"calendar-1": "ok", "imap-1": "ok", "folder-1": "ok"})

	live := o.start(t, "", "capture", "--json")
	o.awaitMail(t, live, "Before the outage")
	o.mail.Kill()
	o.mail.Deliver(t, "INBOX", o.message("outage", 285, "Wei Lin <wei@lin.example>", "jo@hartlaw.example", "During the outage", "Here."))
	o.mail.Restart(t)
	eventually(t, "what came in meanwhile is observed", func() bool {
		return strings.Contains(listed(o.drafts(t, o.day)), "uring the outage") || !live.running()
	})
	o.awaitMail(t, live, "After the outage")
	if s := live.stop(t); s.code != 0 || s.err != "" {
		t.Errorf("stopping: exit %d: %s", s.code, s.err)
	}
	sound(t, o.desk, o.drafts(t, o.day))
}

// Servers that no longer answer, on connections that stand, keep nobody from
// stopping, nor from saying so.
func TestFrozen(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	o.calendar.Freeze()
	p := o.start(t, "", "capture", "--once")
	time.Sleep(time.Second)
	if s := o.promptly(t, p); s.code != 1 || s.err != "tenths: stopped before it was done; what was finished is kept\n" {
		t.Errorf("stopping a look: exit %d: %s", s.code, s.err)
	}
	o.mail.Freeze()
	p = o.start(t, "", "capture")
	time.Sleep(time.Second)
	if s := o.promptly(t, p); s.code != 0 || s.err != "" {
		t.Errorf("stopping: exit %d: %s", s.code, s.err)
	}
	o.calendar.Thaw()
	o.mail.Thaw()
	if n := o.captureOnce(t); n["calendar-1"] < 7 {
		t.Errorf("when they answer again: %v", n)
	}
	o.mail.Freeze()
	defer o.mail.Thaw()
	peer.Heavy(t) // it gives the server time
	began := time.Now()
	if msg := o.refused(t, "", "doctor"); !strings.HasPrefix(msg, "tenths: imap-1: ") || time.Since(began) > 40*time.Second {
		t.Errorf("after %v doctor said %s", time.Since(began), msg)
	}
}

// promptly asks a process to end, which must not take long.
func (o *office) promptly(t *testing.T, p *process) said {
	t.Helper()
	began := time.Now()
	s := p.stop(t)
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("%v took %v to stop", p.cmd.Args[1:], took)
	}
	return s
}

// The practice management system does not answer. That is certain to have
// carried out nothing.
func TestClioAway(t *testing.T) {
	t.Parallel()
	d := approved(t, 2)
	at := fmt.Sprintf("127.0.0.1:%d", peer.Port(t))
	clio := startClio(t, "-addr", at)
	d.connect(t, clio.url)
	clio.kill()
	if msg := d.refused(t, "", "doctor"); !strings.HasPrefix(msg, "tenths: clio: ") {
		t.Errorf("doctor: %s", msg)
	}
	var done app.Posted
	if s := d.show(t, &done, "post", "--once"); s.code != 1 || done != (app.Posted{Waiting: 2}) || strings.Count(s.err, "\n") != 1 {
		t.Errorf("posting: exit %d, %+v: %s", s.code, done, s.err)
	}
	for _, r := range d.outbox(t).Rows {
		if r.State != "waiting" || r.Message == "" || r.NextAt == "" {
			t.Errorf("posting: %+v", r)
		}
	}
	clio = startClio(t, "-addr", at)
	eventually(t, "the entries are posted when it is back", func() bool { return d.run(t, "", "post", "--once").code == 0 })
	exactlyOnce(t, clio, d.drafts(t, workday))
}

// A passphrase that is not the right one opens nothing and breaks nothing.
func TestWrongPassphrase(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	right := o.passphrase
	o.passphrase = "not that one"
	s := o.run(t, "", "capture", "--once")
	if s.code != 1 || strings.Count(s.err, "\n") != 1 || !strings.Contains(strings.ToLower(s.err), "passphrase") {
		t.Errorf("capture: exit %d: %s", s.code, s.err)
	}
	if msg := o.refused(t, "", "doctor"); !strings.Contains(strings.ToLower(msg), "passphrase") {
		t.Errorf("doctor: %s", msg)
	}
	if msg := o.refused(t, "another\n", "source", "add", "imap", "imap://"+o.mail.Addr, "--user", "bob", "--password-stdin"); msg == "" {
		t.Error("a secret was sealed with another passphrase")
	}
	o.states(t, map[string]string{"calendar-1": "failed", "imap-1": "failed", "folder-1": "ok"})
	o.passphrase = right
	live := o.start(t, "", "capture", "--json")
	o.awaitMail(t, live, "With the right one")
	eventually(t, "the calendar is observed", func() bool { return strings.Contains(listed(o.drafts(t, o.day)), "deposition schedule") })
	o.states(t, map[string]string{"calendar-1": "ok", "imap-1": "ok", "folder-1": "ok"}) // while it goes on
	var list []app.Captured
	if s := live.stop(t); s.code != 0 || json.Unmarshal([]byte(s.out), &list) != nil {
		t.Errorf("stopping: exit %d: %s%s", s.code, s.out, s.err)
	}
	if n := added(t, list); n["imap-1"] != 5 || n["calendar-1"] < 7 {
		t.Errorf("with the right one: %v", n)
	}
}

// states checks how the places fared last.
func (d *desk) states(t *testing.T, want map[string]string) {
	t.Helper()
	var list []app.SourceView
	d.show(t, &list, "source", "list")
	for _, s := range list {
		if s.State != want[s.ID] || (s.Error != "") != (s.State == "failed") {
			t.Errorf("%s is %s: %q, want %s", s.ID, s.State, s.Error, want[s.ID])
		}
	}
	if len(list) != len(want) {
		t.Errorf("%d places, want %d", len(list), len(want))
	}
}

// awaitMail delivers a message and waits until it is in a draft.
func (o *office) awaitMail(t *testing.T, live *process, subject string) {
	t.Helper()
	o.mail.Deliver(t, "INBOX", o.message(strings.ReplaceAll(subject, " ", "."), 285, "Wei Lin <wei@lin.example>", "jo@hartlaw.example", subject, "Here."))
	eventually(t, "the message is observed: "+subject, func() bool {
		return strings.Contains(listed(o.drafts(t, o.day)), subject[1:]) || !live.running()
	})
}
