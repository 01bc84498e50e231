package document

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/internal/peer"
)

// TestRecordedLibreOffice holds the folding to a recorded run of LibreOffice,
// in which each action is marked: three documents, each created, saved twice,
// exported and then opened and closed without an edit.
func TestRecordedLibreOffice(t *testing.T) {
	file := peer.Shared(t, "data", "documents", "libreoffice_linux_fsnotify.jsonl")
	trail, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer trail.Close()
	got, err := Replay(trail, "/matters", "src")
	if err != nil {
		t.Fatal(err)
	}
	truth := actions(t, file)
	byKind := map[billing.ObservationKind]int{}
	for _, o := range got {
		byKind[o.Kind]++
		if o.Subject != "Smith v Jones brief" {
			t.Errorf("a phantom: %q", o.Subject.Reveal())
		}
		ext := strings.TrimPrefix(extension(o.Path.Reveal()), ".")
		var from, to time.Time
		var saves int64
		switch o.Kind {
		case billing.KindEdit:
			from, to, saves = truth["saveas new "+ext], truth["save #2 "+ext], 3
		case billing.KindExport:
			ext = extension(strings.TrimSuffix(o.Path.Reveal(), ".pdf"))
			from, to, saves = truth["export pdf "+ext], truth["export pdf "+ext], 1
		case billing.KindReview:
			from, to = truth["open-readonly-no-edit "+ext], truth["close-without-save "+ext]
		}
		if d := o.Span.Start.Sub(from).Abs(); d > 2*time.Second {
			t.Errorf("%s of .%s starts %v off", o.Kind, ext, d)
		}
		if d := o.Span.End.Sub(to).Abs(); d > 2*time.Second {
			t.Errorf("%s of .%s ends %v off", o.Kind, ext, d)
		}
		if o.Saves != saves {
			t.Errorf("%s of .%s has %d saves, want %d", o.Kind, ext, o.Saves, saves)
		}
	}
	if len(got) != 9 || byKind[billing.KindEdit] != 3 || byKind[billing.KindExport] != 3 || byKind[billing.KindReview] != 3 {
		t.Errorf("got %v, want 3 edits, 3 exports, 3 reviews", byKind)
	}
}

// actions reads the marked actions of a recorded trail.
func actions(t *testing.T, file string) map[string]time.Time {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	out := map[string]time.Time{}
	for s := bufio.NewScanner(f); s.Scan(); {
		var l struct {
			Action string          `json:"action"`
			T      json.RawMessage `json:"t"`
		}
		if json.Unmarshal(s.Bytes(), &l) == nil && l.Action != "" {
			at, err := parseTime(l.T)
			if err != nil {
				t.Fatal(err)
			}
			out[l.Action] = at
		}
	}
	return out
}

func TestReplayFormats(t *testing.T) {
	const trail = `{"t": "2026-11-03T10:00:00-05:00", "op": "CREATE", "name": "Rivera/Motion to Compel.docx", "size": 10}
{"remark": "nothing happens"}

{"t": 1793719800, "op": "WRITE", "name": "Rivera/Motion to Compel.docx"}
`
	got, err := Replay(strings.NewReader(trail), "/home/jo/Matters", "folder-1")
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 {
		t.Fatalf("got %d observations, want 2: the second save comes half an hour later", len(got))
	}
	if o := got[0]; o.ExternalID != "Rivera/Motion to Compel.docx@2026-11-03T15:00:00Z" || o.Source != "folder-1" ||
		o.Kind != billing.KindEdit || !o.Span.Empty() || o.Saves != 1 || o.Revision != "000001" {
		t.Errorf("first: %#v", o)
	}
	for _, bad := range []string{`{"t": 1, "op": "EXPLODE", "name": "a.txt"}`, `{"op": "WRITE", "name": "a.txt"}`,
		`{"t": 1, "op": "WRITE", "name": "../a.txt"}`, `{`, `{"t": 1, "op": "WRITE"}`} {
		if _, err := Replay(strings.NewReader(bad), "/m", "s"); billing.KindOf(err) != billing.Invalid {
			t.Errorf("%s: %v", bad, err)
		}
	}
}

func FuzzReplay(f *testing.F) {
	f.Add(`{"t": 1795288393.146, "op": "CREATE", "name": "brief.odt", "size": 8192}`)
	f.Add("{\"t\": 1, \"op\": \"CREATE\", \"name\": \".~lock.a.odt#\"}\n{\"t\": 9, \"op\": \"REMOVE\", \"name\": \".~lock.a.odt#\"}")
	f.Add("{\"t\": 1, \"op\": \"CREATE\", \"name\": \"~$port.docx\"}\n{\"t\": 9, \"op\": \"RENAME\", \"name\": \"Report.docx\", \"size_now\": 4}")
	f.Fuzz(func(t *testing.T, trail string) {
		got, err := Replay(strings.NewReader(trail), "/m", "s")
		if err != nil {
			return
		}
		for _, o := range got {
			if o.Span.End.Before(o.Span.Start) {
				t.Errorf("ends before it starts: %v", o.Span)
			}
			if c, _ := classify(strings.SplitN(o.ExternalID, "@", 2)[0]); c != document && !strings.Contains(o.ExternalID[:len(o.ExternalID)-21], "@") {
				t.Errorf("a phantom: %s", o.ExternalID)
			}
		}
	})
}
