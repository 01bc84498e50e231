//go:build unix

package endtoend

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/sync/clio/cliotest"
)

// A whole day: what real peers show becomes drafts, a person decides, and what
// was approved is in the practice management system exactly once.
func TestDay(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	inbox, sent := o.mail.Flags(t, "INBOX"), o.mail.Flags(t, "Sent")
	o.looksOnce(t)
	o.watchesLive(t)
	drafts := o.sharesTheDay(t)
	for folder, before := range map[string]string{"INBOX": inbox, "Sent": sent} {
		if now := o.mail.Flags(t, folder); !strings.HasPrefix(now, before) || strings.Contains(now, "Seen") {
			t.Errorf("messages of %s were marked:\n%s\nbefore:\n%s", folder, now, before)
		}
	}
	o.decides(t, drafts)
	o.approves(t)
	o.keepsSecrets(t)
	t.Run("doctor", o.doctor)
	t.Run("post", o.posts)
}

// looksOnce observes once and checks the drafts of what had happened.
func (o *office) looksOnce(t *testing.T) {
	t.Helper()
	if msg := o.refused(t, "wrong\n", "source", "add", "calendar", o.calendar.URL, "--user", o.calendar.User, "--password-stdin"); !strings.Contains(msg, "password") {
		t.Errorf("a wrong password: %s", msg)
	}
	if n := o.captureOnce(t); n["imap-1"] != 4 || n["folder-1"] != 1 || n["calendar-1"] < 7 {
		t.Errorf("observed %v", n)
	}
	if n := o.captureOnce(t); n["imap-1"]+n["folder-1"]+n["calendar-1"] != 0 {
		t.Errorf("observed again %v", n)
	}
	drafts := o.drafts(t, o.day)
	sound(t, o.desk, drafts)
	if o.drafts(t, o.day)[0].ID != drafts[0].ID {
		t.Error("asking again made other drafts")
	}
	for _, want := range []struct {
		narrative, matter string
		least, most       int64 // seconds
	}{
		{"deposition schedule", "2024-0113", 3000, 3599}, // the reply was written meanwhile
		{"correspondence .*discovery responses", "2024-0113", 120, 600},
		{"correspondence .*inventory", "2025-0042", 60, 60},
		{"correspondence .*terms", "", 60, 60},
		{"boat", "", 3600, 3600},
		{"conference .*status", "2025-0042", 1080, 1080},
	} {
		if x := find(t, drafts, want.narrative); x.Matter != want.matter || x.WorkedSeconds < want.least || x.WorkedSeconds > want.most {
			t.Errorf("%q is %d s of %q, want %d to %d of %q", x.Narrative, x.WorkedSeconds, x.Matter, want.least, want.most, want.matter)
		}
	}
	for _, x := range drafts {
		if strings.Contains(x.Narrative, "hearing") || strings.Contains(x.Narrative, "committee") || strings.Contains(x.Narrative, "due") {
			t.Errorf("that was no work: %q", x.Narrative)
		}
		if (x.Matter == "" || x.BilledMinutes == 0) != (x.Needs != "") {
			t.Errorf("%q of %q needs %q", x.Narrative, x.Matter, x.Needs)
		}
	}
}

// watchesLive has everything observed while a document is saved and a message
// comes in.
func (o *office) watchesLive(t *testing.T) {
	t.Helper()
	live := o.start(t, "", "capture", "--json")
	motion := filepath.Join(o.documents, "Rivera", "motion to compel v2.docx")
	save(t, motion, "Comes now the plaintiff.")
	o.mail.Deliver(t, "INBOX", o.message("5", 280, "Marisol Rivera <marisol@rivera.example>", "jo@hartlaw.example", "Documents for the motion", "Attached."))
	eventually(t, "the save and the message become drafts while they happen", func() bool {
		all := listed(o.drafts(t, o.day)) // small work on a matter shares a draft
		return strings.Contains(all, "otion to compel") && strings.Contains(all, "ocuments for the motion") || !live.running()
	})
	for n := range 3 {
		save(t, motion, strings.Repeat("And further prays. ", n+2))
		time.Sleep(1200 * time.Millisecond) // a person is slower still
	}
	if msg := o.refused(t, "", "capture", "--once"); !strings.Contains(msg, "another Tenths is observing") {
		t.Errorf("a second observer: %s", msg)
	}
	o.keepsSecrets(t) // the database's own files too, which are there now
	began := time.Now()
	s := live.stop(t)
	if took := time.Since(began); s.code != 0 || s.err != "" || took > 5*time.Second {
		t.Errorf("stopping took %v, exit %d: %s", took, s.code, s.err)
	}
	drafts := o.drafts(t, o.day)
	sound(t, o.desk, drafts)
	if x := find(t, drafts, "motion to compel"); x.Matter != "2024-0113" || x.WorkedSeconds < 1 {
		t.Errorf("the motion:\n%s", listed([]app.DraftView{x}))
	}
	if x := find(t, drafts, "documents for the motion"); x.Matter != "2024-0113" || x.WorkedSeconds < 60 {
		t.Errorf("the message:\n%s", listed([]app.DraftView{x}))
	}
}

// sharesTheDay adds a meeting over what is known already, and returns the drafts
// then.
func (o *office) sharesTheDay(t *testing.T) []app.DraftView {
	t.Helper()
	end := time.Now().Truncate(time.Second)
	o.calendar.Put(t, "prep", event("prep", o.at(330), end, "Rivera v. Acme Logistics: deposition prep"))
	o.calendar.Delete(t, "lunch")
	o.calendar.Put(t, "boat", event("boat", o.at(120), o.at(180), "Lunch about the boat"))
	if n := o.captureOnce(t); n["calendar-1"] == 0 || n["imap-1"] != 0 {
		t.Errorf("observed %v", n)
	}
	drafts := o.drafts(t, o.day)
	sound(t, o.desk, drafts)
	prep := find(t, drafts, "^prepare .*deposition")
	whole, owned := int64(end.Sub(o.at(330))/time.Second), ownedWithin(t, drafts, o.at(330), end)
	if prep.Matter != "2024-0113" || prep.WorkedSeconds < 1 || prep.WorkedSeconds >= whole || owned < whole-3 || owned > whole+3 {
		t.Errorf("%d s of a meeting and what was done in it are %d s, want %d", prep.WorkedSeconds, owned, whole)
	}
	if find(t, drafts, "boat").WorkedSeconds != 3600 {
		t.Error("the lunch that was entered anew")
	}
	return drafts
}

// ownedWithin returns how many seconds the drafts own from one instant to another.
func ownedWithin(t *testing.T, drafts []app.DraftView, from, to time.Time) (seconds int64) {
	t.Helper()
	for _, d := range drafts {
		for _, s := range d.Spans {
			start, err1 := time.Parse(time.RFC3339, s.Start)
			end, err2 := time.Parse(time.RFC3339, s.End)
			if err1 != nil || err2 != nil {
				t.Fatalf("a stretch of %q: %+v", d.Narrative, s)
			}
			if start.Before(from) {
				start = from
			}
			if end.After(to) {
				end = to
			}
			seconds += max(0, int64(end.Sub(start)/time.Second))
		}
	}
	return seconds
}

// decides edits, discards and takes back.
func (o *office) decides(t *testing.T, drafts []app.DraftView) {
	t.Helper()
	boat, terms := find(t, drafts, "boat"), find(t, drafts, "terms")
	o.ok(t, "", "entry", "edit", boat.ID, "--matter", "2025-0042", "--narrative", "Conference with co-trustee regarding inventory", "--minutes", "30")
	o.ok(t, "", "entry", "discard", terms.ID)
	o.ok(t, "", "entry", "undo")
	if x := find(t, o.drafts(t, o.day), "terms"); x.State != "drafted" || x.ID != terms.ID {
		t.Errorf("after undo it is %s", x.State)
	}
	o.ok(t, "", "entry", "discard", terms.ID)
	o.captureOnce(t) // changes nothing that a person decided
	after := o.drafts(t, o.day)
	sound(t, o.desk, after)
	if len(after) != len(drafts) {
		t.Errorf("deciding made\n%sof\n%s", listed(after), listed(drafts))
	}
	x := find(t, after, "co-trustee")
	if x.ID != boat.ID || x.Matter != "2025-0042" || x.BilledMinutes != 30 || x.WorkedSeconds != 3600 || !x.Edited {
		t.Errorf("edited: %+v", x)
	}
	if x := find(t, after, "terms"); x.State != "discarded" {
		t.Errorf("discarded: %s", listed([]app.DraftView{x}))
	}
}

// approves freezes the day.
func (o *office) approves(t *testing.T) {
	t.Helper()
	before := o.drafts(t, o.day)
	var view app.ApprovalView
	if s := o.show(t, &view, "approve", "--day", o.day); s.code != 0 {
		t.Fatalf("approve: %s", s.err)
	}
	var want, minutes int64
	after := o.drafts(t, o.day)
	for i, x := range after {
		was := before[i]
		switch {
		case was.State == "drafted" && was.Needs == "":
			want++
			minutes += was.BilledMinutes
			if x.ID != was.ID || x.State != "approved" || x.Narrative != was.Narrative || x.BilledMinutes != was.BilledMinutes || x.Rate != "$350.00" {
				t.Errorf("approved: %+v\nof %+v", x, was)
			}
		case x.State != was.State:
			t.Errorf("%q became %s", x.Narrative, x.State)
		}
	}
	if int64(view.Count) != want || view.BilledMinutes != minutes || want < 6 {
		t.Errorf("approved %d entries of %d minutes, want %d of %d:\n%s", view.Count, view.BilledMinutes, want, minutes, listed(after))
	}
	if msg := o.refused(t, "", "entry", "edit", find(t, after, "co-trustee").ID, "--minutes", "60"); !strings.Contains(msg, "approved") {
		t.Errorf("changing what is approved: %s", msg)
	}
	// Work goes on in the same conversation: it is a draft of its own.
	o.mail.Deliver(t, "Sent", o.message("6", 290, "Jo Hart <jo@hartlaw.example>", "dreed@reedcole.example", "Re: Rivera v. Acme: discovery responses",
		"One more thing.", "References: <1@mail.example> <2@mail.example>", "In-Reply-To: <2@mail.example>"))
	o.captureOnce(t)
	now := o.drafts(t, o.day)
	sound(t, o.desk, now)
	fresh := slices.DeleteFunc(slices.Clone(now), func(x app.DraftView) bool { return x.State != "drafted" })
	if x := find(t, fresh, "discovery responses"); len(now) != len(after)+1 || x.Matter != "2024-0113" || x.WorkedSeconds != 120 {
		t.Errorf("observing more after the approval made\n%sof\n%s", listed(now), listed(after))
	}
}

// posts sends the day to the practice management system, held to its contract.
func (o *office) posts(t *testing.T) {
	clio := startClio(t, "-prefix", "/")
	o.connect(t, checked(t, clio))
	if !t.Run("doctor", o.content) {
		t.Fatal("not everything is well")
	}
	var approved []app.DraftView
	for _, x := range o.drafts(t, o.day) {
		if x.State == "approved" {
			approved = append(approved, x)
		}
	}
	if done := o.post(t); done != (app.Posted{Posted: len(approved)}) {
		t.Errorf("posted %+v, want %d", done, len(approved))
	}
	posted := slices.DeleteFunc(o.drafts(t, o.day), func(x app.DraftView) bool { return x.State != "posted" })
	if len(posted) != len(approved) {
		t.Errorf("posted\n%sof\n%s", listed(posted), listed(approved))
	}
	exactlyOnce(t, clio, posted)
	if done := o.post(t); done != (app.Posted{}) {
		t.Errorf("posting again: %+v", done)
	}
	exactlyOnce(t, clio, posted)
	o.keepsSecrets(t)
}

// content checks that doctor finds nothing wrong.
func (o *office) content(t *testing.T) {
	var findings []app.Finding
	s := o.show(t, &findings, "doctor")
	for _, f := range findings {
		if !f.OK {
			t.Errorf("doctor: %+v", f)
		}
	}
	if s.code != 0 || s.err != "" || len(findings) < 6 {
		t.Errorf("doctor: exit %d: %s: %d findings", s.code, s.err, len(findings))
	}
}

// doctor names the place that is away, and how to mend it.
func (o *office) doctor(t *testing.T) {
	o.content(t)
	o.mail.Kill()
	var findings []app.Finding
	s := o.show(t, &findings, "doctor")
	if s.code != 1 || !strings.HasPrefix(s.err, "tenths: imap-1: ") {
		t.Errorf("doctor without mail: exit %d: %s", s.code, s.err)
	}
	for _, f := range findings {
		if f.OK != (f.What != "imap-1") {
			t.Errorf("doctor without mail: %+v", f)
		}
		if f.What == "imap-1" && !strings.Contains(f.Remedy, "imap-1") {
			t.Errorf("that is no remedy: %q", f.Remedy)
		}
	}
	o.mail.Restart(t)
}

// keepsSecrets checks that nobody else can read the data directory, and that no
// secret is in it in clear.
func (o *office) keepsSecrets(t *testing.T) {
	t.Helper()
	secrets := []string{o.calendar.Password, o.mail.Password, cliotest.Token, o.passphrase}
	files := 0
	err := filepath.WalkDir(o.data, func(path string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := e.Info()
		if err != nil {
			return err
		}
		if info.Mode().Perm()&0o077 != 0 {
			t.Errorf("others can read %s: %v", e.Name(), info.Mode())
		}
		if e.IsDir() {
			return nil
		}
		files++
		text, err := os.ReadFile(path)
		for _, s := range secrets {
			if strings.Contains(string(text), s) {
				t.Errorf("%s holds a secret in clear", e.Name())
			}
		}
		return err
	})
	if err != nil || files < 2 {
		t.Errorf("%d files: %v", files, err)
	}
	if _, err := os.Stat(filepath.Join(o.data, "secrets.age")); err != nil {
		t.Error(fmt.Errorf("the secrets are elsewhere: %w", err))
	}
}
