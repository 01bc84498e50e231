package document

import (
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"
)

var conflictCopies = []string{
	" (Jo Hart's conflicted copy 2026-11-16)", " (Jo Hart's conflicted copy 2026-11-16) (1)", " (conflicted copy 2026-11-16 101500)",
	" (In Konflikt stehende Kopie von Jo Hart 2026-11-16)", " (Copie en conflit de Jo Hart 2026-11-16)", " (Copia en conflicto de Jo 2026-11-16)",
	" (Copia in conflitto di Jo 2026-11-16)", " (Conflicterende kopie van Jo 2026-11-16)", " (Cópia em conflito de Jo 2026-11-16)",
	" (Jo のコピーが競合しています 2026-11-16)", " (Jo 的冲突副本 2026-11-16)", " (Конфликтующая копия с Jo 2026-11-16)",
	".sync-conflict-20261116-101500-ABCDEFG", " (SFConflict jo@x.example 2026-11-16-10-15-00)", "_conflict-20261116-101500",
	"-DESKTOP-AB12", "-LAPTOP-9QRS7T1K", "-HARTLAW-PC", "-DESKTOP-AB12-2", " (conflict 2026-11-16 10-15-00)", " (1)",
}

// A conflict copy is a version of its document, whatever the document is called
// and however often it was in conflict.
func TestConflictLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.SampledFrom([]string{"M/Motion to Compel", "M/Exhibit 12", "Acme_NDA", "M/Brief v2", "M/Motion (ACTIVE.12345.2)",
			"M/Lease, 4812-3456-7890, v 1", "M/Engagement (Conflict Waiver)", "M/2026-11-16"}).Draw(t, "name")
		end := rapid.SampledFrom([]string{".docx", ".pdf", ".odt"}).Draw(t, "extension")
		copied := name
		for range rapid.IntRange(1, 3).Draw(t, "conflicts") {
			copied += rapid.SampledFrom(conflictCopies).Draw(t, "mark")
		}
		if got, want := lineage(copied+end), lineage(name+end); got != want {
			t.Fatalf("lineage(%q) = %q, want %q", copied, got, want)
		}
	})
}

func TestNoConflict(t *testing.T) {
	for _, p := range []string{"M/Engagement (Conflict Waiver).docx", "M/Smith (Case Conflict).docx", "M/Memo conflict check 2026.docx",
		"M/Exhibit 2.pdf", "M/Copy of deed (conflict of laws).docx", "M/Lease-DESKTOP.docx", "M/Agreement-ACME-NDA.docx", "M/Letter-2026-11-16.docx",
		"M/Opinion (conflict).docx", "M/(conflicted copy 2026-11-16 101500).docx"} {
		if isConflict(p) {
			t.Errorf("%q is taken for a conflict copy", p)
		}
	}
}

// What a sync program brings is no edit; what is saved in it later is.
func TestConflictArrives(t *testing.T) {
	p := "M/Brief (Jo Hart's conflicted copy 2026-11-16).docx"
	event := func(minutes int, op Op, size int64) Event {
		at := morning.Add(time.Duration(minutes) * time.Minute)
		return Event{Time: at, Path: p, Op: op, Size: size, ModTime: at}
	}
	if got := foldAll([]Event{event(0, Create, 9)}); len(got) != 0 {
		t.Errorf("its arrival is %v", got)
	}
	got := last(foldAll([]Event{event(0, Create, 9), event(3, Write, 10)}))
	if len(got) != 1 || got[0].Saves != 1 || !got[0].End.Equal(morning.Add(3*time.Minute)) {
		t.Errorf("saved later it is %v", fmt.Sprint(got))
	}
}
