//go:build unix

package endtoend

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/internal/peer"
)

// Whoever observes dies, again and again. Nothing that happened before, between
// or meanwhile is lost, and nothing is there twice.
func TestKilledObserver(t *testing.T) {
	t.Parallel()
	killObserver(t, 40, 3)
}

func TestKilledObserverOften(t *testing.T) {
	peer.Heavy(t)
	t.Parallel()
	killObserver(t, 1500, 15)
}

// killObserver kills so many observers of a mailbox that already holds so many
// messages.
func killObserver(t *testing.T, messages, rounds int) {
	o := newOffice(t)
	for i := range messages {
		o.mail.Deliver(t, "INBOX", o.message(fmt.Sprint("old", i), i%200, "Wei Lin <wei@lin.example>", "jo@hartlaw.example", "The inventory", "Here."))
	}
	sent := messages + 4
	daily := filepath.Join(o.documents, "Rivera", "daily notes.docx")
	paths := []string{daily}
	for round := range rounds {
		p := o.start(t, "", "capture")
		until := time.After(time.Duration(300+rand.N(1500)) * time.Millisecond)
		path := filepath.Join(o.documents, "Rivera", fmt.Sprintf("exhibit %c.docx", 'A'+round))
		paths = append(paths, path)
		for dead := false; !dead; {
			select {
			case <-until:
				p.kill()
				dead = true
			case <-time.After(time.Duration(50+rand.N(200)) * time.Millisecond):
			}
			sent++
			o.mail.Deliver(t, "INBOX", o.message(fmt.Sprint("new", sent), 200, "Wei Lin <wei@lin.example>", "jo@hartlaw.example", "The inventory", "Here."))
			save(t, daily, strings.Repeat("x", sent))
			save(t, path, strings.Repeat("y", sent))
		}
		if s := p.said(); s.out+s.err != "" {
			t.Errorf("before it was killed it said %q", s.out+s.err)
		}
	}
	o.captureOnce(t)
	o.nothingLost(t, paths, sent)
	if n := o.captureOnce(t); n["imap-1"]+n["folder-1"]+n["calendar-1"] != 0 {
		t.Errorf("observed again %v", n)
	}
	drafts := o.drafts(t, o.day)
	sound(t, o.desk, drafts)
	if x := find(t, drafts, "daily notes"); x.WorkedSeconds > int64(time.Since(o.at(360))/time.Second)+60 {
		t.Errorf("more than there was: %s", listed(drafts))
	}
	if s := o.run(t, "", "doctor"); s.code != 0 {
		t.Errorf("doctor: %s%s", s.out, s.err)
	}
}

// nothingLost checks that so many messages, and the latest save of each of the
// documents, were observed, each once.
func (o *office) nothingLost(t *testing.T, documents []string, messages int) {
	t.Helper()
	byName := map[string]int{}
	edits := map[string][]billing.Span{}
	for _, x := range o.observed(t) {
		byName[string(x.Source)+" "+x.ExternalID]++
		if x.Kind == billing.KindEdit {
			edits[x.Path.Reveal()] = append(edits[x.Path.Reveal()], x.Span)
		}
	}
	mail := 0
	for name, n := range byName {
		if n != 1 {
			t.Errorf("%s is there %d times", name, n)
		}
		if strings.HasPrefix(name, "imap-1 ") {
			mail++
		}
	}
	if mail != messages {
		t.Errorf("%d messages were observed of %d", mail, messages)
	}
	for _, path := range documents {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		last, found := info.ModTime(), false
		for _, s := range edits[path] {
			found = found || !last.Before(s.Start.Add(-2*time.Second)) && !last.After(s.End.Add(2*time.Second))
		}
		if !found {
			t.Errorf("the save of %s at %v is in none of %v", filepath.Base(path), last.UTC(), edits[path])
		}
		var whole []billing.Span
		for _, s := range edits[path] {
			if !s.Empty() {
				whole = append(whole, s)
			}
		}
		if got, want := billing.TotalSeconds(billing.Union(whole)), billing.TotalSeconds(whole); got != want {
			t.Errorf("%d s of %s were observed twice: %v", want-got, filepath.Base(path), edits[path])
		}
	}
}

// Whoever approves dies, at any point: the whole day is approved, or none of it.
func TestKilledApproval(t *testing.T) {
	peer.Heavy(t)
	t.Parallel()
	d := drafted(t, 60)
	for round := range 60 { // each a little longer, so that a slow machine gets there too
		p := d.start(t, "", "approve", "--day", workday)
		select {
		case <-p.ended:
		case <-time.After(time.Duration(rand.N(20+10*round)) * time.Millisecond):
		}
		p.kill()
		n := map[string]int{}
		for _, x := range d.drafts(t, workday) {
			n[x.State]++
		}
		sent := len(d.outbox(t).Rows)
		if len(n) != 1 || n["approved"]+n["drafted"] != 60 || sent != n["approved"] {
			t.Fatalf("killed in round %d: %v, %d on their way", round, n, sent)
		}
		d.ok(t, "", "doctor")
		if n["approved"] > 0 {
			t.Logf("approved in round %d", round)
			return
		}
	}
	t.Error("it never came to an approval")
}

// Several commands at once get along, from the first one in a directory that is
// not there yet.
func TestTogether(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	together := func(args ...string) (all []*process) {
		for range 6 {
			all = append(all, d.start(t, "", args...))
		}
		for _, p := range all {
			p.wait(t, patience)
			if s := p.said(); s.code != 0 || s.err != "" {
				t.Errorf("tenths %v: exit %d: %s", args, s.code, s.err)
			}
		}
		return all
	}
	together("timekeeper", "--name", "Jo Hart", "--zone", d.zone, "--rate", "350")
	together("matter", "import", write(t, filepath.Join(d.home, "matters.csv"), matterList))
	if n := strings.Count(d.ok(t, "", "matter", "list"), "\n"); n != 3 {
		t.Errorf("%d matters", n)
	}
	d.observe(t, 20)
	first := d.start(t, "", "draft", "--json", "--day", workday)
	all := append(together("draft", "--json", "--day", workday), first)
	first.wait(t, patience)
	for _, p := range all {
		if p.out.String() != first.out.String() {
			t.Error("the same day was drafted in two ways")
		}
	}
	together("approve", "--day", workday)
	if n := len(d.outbox(t).Rows); n != 20 {
		t.Errorf("%d entries are on their way, want 20", n)
	}
}
