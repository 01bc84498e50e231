package sample

import (
	"encoding/json"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/internal/peer"
)

// python runs a script with Debian's Python and reads its answer as JSON.
func python(t *testing.T, answer any, script string, args ...string) {
	t.Helper()
	interpreter := peer.Need(t, "/usr/bin/python3", "python3")
	var stderr strings.Builder
	cmd := exec.Command(interpreter, append([]string{"-c", script}, args...)...)
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v: %s", err, stderr.String())
	}
	if err := json.Unmarshal(out, answer); err != nil {
		t.Fatalf("%v: %.300s", err, out)
	}
}

const readMaildir = `
import email, email.policy, email.utils, json, mailbox, sys
out = []
box = mailbox.Maildir(sys.argv[1], factory=None, create=False)
for name, folder in [("inbox", box), ("sent", box.get_folder("Sent"))]:
    for m in folder:
        d = email.message_from_bytes(m.as_bytes(), policy=email.policy.default)
        body = d.get_body(("plain",))
        out.append({
            "folder": name, "flags": m.get_flags(), "new": m.get_subdir() == "new",
            "id": d["Message-ID"], "refs": (d["References"] or "").split(), "reply": d["In-Reply-To"] or "",
            "from": email.utils.parseaddr(d["From"])[1], "subject": d["Subject"],
            "date": d["Date"].datetime.timestamp(), 
            "text": body.get_content(), "html": d.get_body(("html",)) is not None,
            "list": d["List-Id"] or "",
            "parts": [p.get_content_type() for p in d.walk()],
            "files": [a.get_filename() for a in d.iter_attachments() if a.get_filename()],
            "defects": [str(x) for p in d.walk() for x in p.defects] + [str(x) for h in d.values() for x in getattr(h, "defects", [])],
        })
print(json.dumps(out))
`

type readMessage struct {
	Folder, Flags, ID, Reply, From, Subject, Text, List string
	New, HTML                                           bool
	Refs, Parts, Files, Defects                         []string
	Date                                                float64
}

// TestMailWithPython lets Python's mailbox and email modules judge the Maildir.
func TestMailWithPython(t *testing.T) {
	p := written(t, "2026-11-20")
	var all []readMessage
	python(t, &all, readMaildir, p.Mail)
	byID := map[string]readMessage{}
	threads, today, sentToday := 0, 0, 0
	for _, m := range all {
		byID[m.ID] = m
		if len(m.Defects) > 0 {
			t.Errorf("%q: %v", m.Subject, m.Defects)
		}
		if (m.From == nora.address) != (m.Folder == "sent") {
			t.Errorf("%q from %s is in %s", m.Subject, m.From, m.Folder)
		}
		if m.Reply == "" {
			threads++
		}
		if at := time.Unix(int64(m.Date), 0).In(p.Now.Location()); at.YearDay() == p.Now.YearDay() {
			if today++; m.Folder == "sent" {
				sentToday++
			}
		}
	}
	if len(byID) != len(all) {
		t.Error("two messages share a Message-ID")
	}
	for _, m := range all {
		for _, ref := range m.Refs {
			if earlier, ok := byID[ref]; !ok || earlier.Date >= m.Date {
				t.Errorf("%q refers to %s, which is not earlier", m.Subject, ref)
			}
		}
		if n := len(m.Refs); n > 0 && (m.Refs[n-1] != m.Reply || !strings.HasPrefix(m.Subject, "Re: ") || !strings.Contains(m.Text, "\n> ")) {
			t.Errorf("%q is not a proper answer", m.Subject)
		}
	}
	if len(all) < 55 || len(all) > 75 || threads < 18 || today < 12 || today > 21 {
		t.Errorf("%d messages in %d threads, %d on the day", len(all), threads, today)
	}
	if sentToday < 8 {
		t.Errorf("%d sent on the day", sentToday)
	}
	count := func(what string, want int, has func(readMessage) bool) {
		t.Helper()
		n := 0
		for _, m := range all {
			if has(m) {
				n++
			}
		}
		if n < want {
			t.Errorf("%d messages are %s, want %d", n, what, want)
		}
	}
	count("invitations", 1, func(m readMessage) bool { return slices.Contains(m.Parts, "text/calendar") })
	count("from a list", 2, func(m readMessage) bool { return m.List != "" })
	count("HTML too", 3, func(m readMessage) bool { return m.HTML })
	count("with an attachment", 3, func(m readMessage) bool { return len(m.Files) == 1 })
	count("unread", 3, func(m readMessage) bool { return m.New })
	count("answered", 8, func(m readMessage) bool { return strings.Contains(m.Flags, "R") })
	count("flagged", 2, func(m readMessage) bool { return strings.Contains(m.Flags, "F") })
	count("about Montréal", 2, func(m readMessage) bool { return strings.Contains(m.Subject, "Montréal") })
	count("numbered", 4, func(m readMessage) bool { return strings.Contains(m.Subject, "2024-0113") })
}

const readCalendar = `
import json, sys, vobject
from datetime import datetime
cal = vobject.readOne(open(sys.argv[1], encoding="utf-8").read())
out = []
for e in cal.vevent_list:
    r = {"uid": e.uid.value, "title": e.summary.value, "allday": not isinstance(e.dtstart.value, datetime), "times": [],
         "override": hasattr(e, "recurrence_id"), "status": e.status.value}
    if hasattr(e, "rrule") and not r["allday"]:
        for t in e.getrruleset(addRDate=True):
            if t.timestamp() > float(sys.argv[2]): break
            r["times"].append(t.timestamp())
    elif not r["allday"]:
        r["times"].append(e.dtstart.value.timestamp())
    out.append(r)
print(json.dumps(out))
`

// TestCalendarWithVobject lets vobject and dateutil, which read time zones from
// the file itself, expand the calendar: a series keeps its local hour when the
// clocks change.
func TestCalendarWithVobject(t *testing.T) {
	peer.Need(t, "/usr/bin/python3", "python3-vobject")
	if err := exec.Command("/usr/bin/python3", "-c", "import vobject").Run(); err != nil {
		peer.Missing(t, "vobject is not installed: apt-get install python3-vobject")
	}
	for _, d := range []string{"2026-11-20", "2026-03-08", "2026-03-09", "2026-11-02"} {
		p := written(t, d)
		var all []struct {
			UID, Title, Status string
			AllDay, Override   bool
			Times              []float64
		}
		python(t, &all, readCalendar, p.Calendar, strconv.FormatInt(p.Now.AddDate(0, 0, 8).Unix(), 10))
		for _, e := range all {
			series := len(e.Times) > 1
			offsets := map[int]bool{}
			for i, at := range e.Times {
				local := time.Unix(int64(at), 0).In(p.Now.Location())
				_, offset := local.Zone()
				offsets[offset] = true
				if first := time.Unix(int64(e.Times[0]), 0).In(p.Now.Location()); local.Format("15:04") != first.Format("15:04") {
					t.Errorf("%s: instance %d of %q is at %s, the first at %s", d, i, e.Title, local.Format("15:04"), first.Format("15:04"))
				}
			}
			if series && len(offsets) != 2 {
				t.Errorf("%s: %q does not cross a change of the clocks", d, e.Title)
			}
		}
	}
}
