package document

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
)

// pour returns events of n documents that appear in dir, the given time apart.
func pour(dir string, n int, from, apart time.Duration) []Event {
	var out []Event
	for i := range n {
		at := morning.Add(from + time.Duration(i)*apart)
		name := fmt.Sprintf("%s/%d.docx", dir, i)
		out = append(out, Event{Time: at, Path: name, Op: Create, Size: 0, ModTime: at},
			Event{Time: at, Path: name, Op: Write, Size: int64(i), ModTime: at})
	}
	return out
}

func inOrder(lists ...[]Event) []Event {
	all := slices.Concat(lists...)
	slices.SortStableFunc(all, func(a, b Event) int { return a.Time.Compare(b.Time) })
	return all
}

func TestPouringIn(t *testing.T) {
	for _, c := range []struct {
		name   string
		events []Event
		want   int // activities
	}{
		{"unpacked", pour("zip", 21, 0, time.Millisecond), 0},
		{"a cloud program that catches up", pour("cloud", 60, 0, 400*time.Millisecond), 0},
		{"so many, a person may make", pour("matter", 20, 0, time.Millisecond), 20},
		{"in an hour, too", pour("matter", 60, 0, time.Minute), 60},
		{"another tree", inOrder(pour("a", 15, 0, time.Millisecond), pour("b", 15, 0, time.Millisecond)), 30},
		{"one is worked on elsewhere meanwhile", inOrder(pour("zip", 40, 0, time.Millisecond), script(t, "0.01 CREATE memo.docx")), 1},
		{"one is open", inOrder(pour("zip", 40, 0, time.Millisecond),
			script(t, "-5 CREATE zip/.~lock.brief.odt#\n0.02 CREATE zip/brief.odt")), 1},
		{"one is saved later", inOrder(pour("zip", 40, 0, time.Millisecond), script(t, "60 WRITE zip/7.docx 99 60")), 1},
		{"one is saved again with a lock at once", inOrder(pour("zip", 40, 0, time.Millisecond),
			script(t, "12 CREATE zip/.~lock.7.docx#\n12.5 CREATE zip/7.docx 99 12.5")), 1},
		{"saved, not appeared", func() []Event {
			list := pour("matter", 40, 0, time.Millisecond)
			return slices.DeleteFunc(list, func(e Event) bool { return e.Op == Create })
		}(), 40},
		{"one is large", inOrder(pour("zip", 40, 0, time.Millisecond), func() (list []Event) {
			for i := range 100 {
				at := morning.Add(time.Duration(i+1) * 300 * time.Millisecond)
				list = append(list, Event{Time: at, Path: "zip/7.docx", Op: Write, Size: int64(1000 + i), ModTime: at})
			}
			return list
		}()), 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := fold(c.events); len(got) != c.want {
				t.Errorf("%d activities, want %d:\n\t%s", len(got), c.want, strings.Join(got, "\n\t"))
			}
		})
	}
}

// TestLawPouring: more than pouring documents that appear within the window
// leave nothing, however they are spread in it, and fewer are all work.
func TestLawPouring(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 60).Draw(t, "n")
		var offsets []int
		for range n {
			offsets = append(offsets, rapid.IntRange(0, 900).Draw(t, "ms")) // all before the first is quiet
		}
		slices.Sort(offsets)
		var events []Event
		for i, ms := range offsets {
			at := morning.Add(time.Duration(ms) * time.Millisecond)
			events = append(events, Event{Time: at, Path: fmt.Sprintf("t/%d.docx", i), Op: Create, Size: 1, ModTime: at.Add(time.Duration(i))})
		}
		want := n
		if n > pouring {
			want = 0
		}
		if got := foldAll(events); len(got) != want {
			t.Fatalf("%d appeared and %d count, want %d", n, len(got), want)
		}
	})
}

// TestRunPouring copies a folder of documents into the observed one while a
// Run goes on, and edits one of them afterwards.
func TestRunPouring(t *testing.T) {
	t.Parallel()
	root, from := t.TempDir(), filepath.Join(t.TempDir(), "unpacked")
	mkdir(t, root, "Rivera")
	sink := &ledger{}
	stop := running(t, source(t, root), sink)
	sink.await(t, "the first look", func([]billing.Observation) bool { sink.mu.Lock(); defer sink.mu.Unlock(); return sink.records > 0 })
	for i := range 60 {
		mkdir(t, from, fmt.Sprint(i%3))
		save(t, "x", from, fmt.Sprint(i%3), fmt.Sprintf("Exhibit %d.pdf", i))
	}
	if err := os.CopyFS(filepath.Join(root, "Rivera", "Discovery"), os.DirFS(from)); err != nil {
		t.Fatal(err)
	}
	time.Sleep(time.Second)
	if got := sink.latest(); len(got) != 0 {
		t.Fatalf("copies are work: %s", summary(got))
	}
	stop() // judges what is being waited for
	if got := sink.latest(); len(got) != 0 {
		t.Fatalf("at the end, copies are work: %s", summary(got))
	}
	save(t, "more", root, "Rivera", "letter.docx")
	past := time.Now().Add(-time.Minute)
	if err := os.Chtimes(filepath.Join(root, "Rivera", "letter.docx"), past, past); err != nil {
		t.Fatal(err)
	}
	observe(t, root, sink)
	if got := sink.latest(); len(got) != 1 || got[0].Subject != "letter" {
		t.Errorf("the next look: %s", summary(got))
	}
	fresh := &ledger{}
	observe(t, root, fresh)
	if got := fresh.latest(); len(got) != 1 {
		t.Errorf("a first look: %s", summary(got))
	}
}
