package document

import (
	"cmp"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
)

var noiseNames = []string{"~WRD0001.tmp", "~WRL0002.tmp", "lu96281dojk.tmp", "CEDD4100", "a.docx~RF12ab34.TMP", ".DS_Store",
	"a.rtf.sb-1a2b3c4d-xYz123", "(A Document Being Saved By Word)/a.docx", "4913", "a.md~", ".a.md.swx", "a.txt.save",
	"ND Office Echo/V-j/Backup/a.docx", "ND Office Echo/V-j/Attachments/b.pdf", "nd office echo/V-j/comparisons/c.docx", ".git/x.md", "node_modules/y/readme.md", "~$zzzz.docx",
	".~lock.#", "._a.docx", "#a.txt#", "program.exe", "noextension"}

var (
	docNames  = []string{"a.docx", "b.odt", "c.pdf", "sub/a.docx", "b.odt.pdf"}
	lockNames = []string{".~lock.a.docx#", ".~lock.b.odt#", ".~lock.c.pdf#", "sub/.~lock.a.docx#", "~$a.docx", ".b.odt.swp"}
	fileOps   = []Op{Create, Write, Remove, Rename, Chmod, Seen}
)

// drawEvents draws events in order of time. Files' own times are drawn too,
// unknown, now, or old.
func drawEvents(t *rapid.T, names []string) []Event {
	at := morning
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Event {
		at = at.Add(rapid.SampledFrom([]time.Duration{0, time.Millisecond, 400 * time.Millisecond, time.Second,
			7 * time.Second, 5 * time.Minute, 15 * time.Minute, time.Hour}).Draw(t, "pause"))
		e := Event{Time: at, Path: rapid.SampledFrom(names).Draw(t, "path"), Op: rapid.SampledFrom(fileOps).Draw(t, "op")}
		e.Size = rapid.Int64Range(-1, 3).Draw(t, "size")
		switch rapid.IntRange(0, 2).Draw(t, "mtime") {
		case 1:
			e.ModTime = at
		case 2:
			e.ModTime = at.Add(-time.Duration(rapid.IntRange(0, 1200).Draw(t, "age")) * time.Second)
		}
		return e
	}), 1, 60).Draw(t, "events")
}

// last returns the last state of each activity taken.
func last(taken []Activity) []Activity {
	byID := map[string]Activity{}
	for _, a := range taken {
		byID[fmt.Sprint(a.Path, a.Start.UnixNano(), a.Kind)] = a
	}
	var out []Activity
	for _, a := range byID {
		out = append(out, a)
	}
	slices.SortFunc(out, func(a, b Activity) int {
		return cmp.Or(a.Start.Compare(b.Start), a.End.Compare(b.End), cmp.Compare(a.Path, b.Path), cmp.Compare(a.Kind, b.Kind))
	})
	return out
}

func TestLawNoPhantoms(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		if got := foldAll(drawEvents(t, noiseNames)); len(got) != 0 {
			t.Fatalf("phantoms: %v", got)
		}
	})
}

func TestLawOnlyDocuments(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, a := range foldAll(drawEvents(t, slices.Concat(noiseNames, lockNames, docNames))) {
			if !slices.Contains(docNames, a.Path) {
				t.Fatalf("a phantom: %v", a)
			}
			if a.Saves == 0 != (a.Kind == billing.KindReview) {
				t.Fatalf("%s with %d saves", a.Kind, a.Saves)
			}
		}
	})
}

// TestLawLocksAloneAreReviews: without a save nothing was edited.
func TestLawLocksAloneAreReviews(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for _, a := range foldAll(drawEvents(t, slices.Concat(noiseNames, lockNames))) {
			if a.Kind != billing.KindReview {
				t.Fatalf("%v without any save", a)
			}
		}
	})
}

func TestLawDisjoint(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		end := map[string]time.Time{}
		for _, a := range last(foldAll(drawEvents(t, slices.Concat(docNames, lockNames)))) {
			if a.End.Before(a.Start) {
				t.Fatalf("ends before it starts: %v", a)
			}
			if a.Start.Before(end[a.Path]) {
				t.Fatalf("%v overlaps what ended at %v", a, end[a.Path])
			}
			end[a.Path] = a.End
		}
	})
}

// TestLawBatches: taking in between, or letting time pass in small steps,
// changes nothing.
func TestLawBatches(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		events := drawEvents(t, slices.Concat(docNames, lockNames, noiseNames))
		cut := rapid.IntRange(0, len(events)).Draw(t, "cut")
		f := NewFold(Rules{})
		var taken []Activity
		for i, e := range events {
			if i == cut {
				taken = append(taken, f.Take()...)
			}
			for next := f.Next(); i > cut && !next.IsZero() && next.Before(e.Time); next = f.Next() {
				f.Advance(next)
				taken = append(taken, f.Take()...)
			}
			f.Add(e)
		}
		f.Advance(f.now.Add(24 * time.Hour))
		f.Finish()
		got, want := last(append(taken, f.Take()...)), last(foldAll(events))
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("in batches %v\nat once    %v", got, want)
		}
	})
}
