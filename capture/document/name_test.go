package document

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/tenths/tenths/capture"
)

func TestClassify(t *testing.T) {
	for _, c := range []struct {
		path string
		want class
		of   string
	}{
		{"Brief.docx", document, "Brief.docx"},
		{"Rivera/BRIEF.PDF", document, "Rivera/BRIEF.PDF"},
		{"a/.~lock.Smith v Jones.odt#", lock, "a/Smith v Jones.odt"},
		{"a/~$ief.docx", owner, "a/ief.docx"},
		{".notes.md.swp", lock, "notes.md"},
		{".notes.md.swx", noise, ""},
		{".~lock.setup.exe#", noise, ""},
		{"~WRL0001.tmp", noise, ""},
		{"~WRL0001.docx", noise, ""},
		{"Brief.docx~RF3f2a1b.TMP", noise, ""},
		{"Brief.docx.sb-1a2b3c4d-ab12cd", noise, ""},
		{"(A Document Being Saved By Word)/Brief.docx", noise, ""},
		{"Backup/Brief.docx", document, "Backup/Brief.docx"},
		{"Rivera/Attachments/Brief.docx", document, "Rivera/Attachments/Brief.docx"},
		{"ND Office Echo/VAULT-jdoe/Backup/Brief.docx", noise, ""},
		{"x/nd office echo/EU-jdoe/COMPARISONS/a/Brief.docx", noise, ""},
		{"ND Office Echo/VAULT-jdoe/.~lock.Brief.docx#", lock, "ND Office Echo/VAULT-jdoe/Brief.docx"},
		{"Backups/Brief.docx", document, "Backups/Brief.docx"},
		{".cache/Brief.docx", noise, ""},
		{"node_modules/marked/readme.md", noise, ""},
		{".docx", noise, ""},
		{"photo.jpg", noise, ""},
	} {
		if got, of := classify(c.path); got != c.want || of != c.of {
			t.Errorf("classify(%q) = %v, %q; want %v, %q", c.path, got, of, c.want, c.of)
		}
	}
}

func TestOwnerOf(t *testing.T) {
	for _, c := range []struct {
		rest  string
		names []string
		want  string
	}{
		{"port.docx", []string{"Report.docx", "Other.docx"}, "Report.docx"},
		{"Brief.docx", []string{"Brief.docx", "A Brief.docx"}, "Brief.docx"}, // short names are whole
		{"Damages.xlsx", []string{"Damages.xlsx", "Damages.docx"}, "Damages.xlsx"},
		{"port.docx", []string{"Report.docx", "Deport.docx"}, ""},
		{"omplnt.docx", []string{"Complnt.docx"}, "Complnt.docx"},
		{"ß.docx", []string{"ß.docx"}, "ß.docx"},
	} {
		got, ok := ownerOf(c.rest, c.names)
		if ok != (c.want != "") || ok && got != c.want {
			t.Errorf("ownerOf(%q, %q) = %q, %v", c.rest, c.names, got, ok)
		}
	}
}

func TestLineage(t *testing.T) {
	for _, same := range [][]string{
		{"M/Motion to Compel.docx", "M/Motion to Compel v3.docx", "M/Motion to Compel_rev2.docx", "M/Motion to Compel (2).docx",
			"M/Motion to Compel-final.docx", "M/Motion to Compel FINAL.pdf", "M/Motion to Compel - Copy.docx",
			"M/Motion to Compel - Copy (3).docx", "M/motion to compel.docx.pdf", "M/Motion to Compel v2 JQP.docx",
			"M/Motion to Compel (JR).docx", "M/Motion to Compel_v2_JR_2026-11-03.docx", "M/Motion to Compel 11.03.26.docx",
			"M/Motion to Compel 20261103.docx", "M/Motion to Compel draft 2.docx", "M/Motion to Compel_clean_v1.2.docx",
			"M/Motion to Compel (redline).docx", "M/Motion to Compel-final-final.docx"},
		{"M/v2.docx"},
		{"M/Final.docx"},
		{"M/Acme_NDA.docx"},
		{"M/Acme_SOW.docx"},
		{"M/Quarterfinal.docx"},
		{"M/Exhibit 12.pdf"},
		{"M/Exhibit 13.pdf"},
		{"N/Motion to Compel.docx"},
		{"M/2026-11-03.docx"},
		{"C:/Users/j/AppData/Roaming/iManage/Work/Recent/Motion(ACTIVE.12345.1).docx", "M/Motion to Compel (ACTIVE.12345.2).docx",
			"N/Motion (ACTIVE.12345.3).pdf"},
		{"M/Motion (ACTIVE.12346.1).docx"},
		{"M/Motion (BACKFILE.12345.1).docx"},
		{"M/#1234v1-Lease.docx", "N/#1234v2-Lease final.docx"},
		{"M/#1234v1-Will.docx"},
		{"ND Office Echo/V-j/Lease, 4812-3456-7890, v 1.docx", "ND Office Echo/V-j/Amended Lease, 4812-3456-7890.docx",
			"Desktop/Lease, 4812-3456-7890, v 2.docx", "Desktop/Lease 4812-3456-7890 v.3.docx"},
		{"ND Office Echo/V-j/Lease, 4812-3456-7891, v 1.docx"},
		{"M/Report (v.1.2).docx"},
		{"M/Report (Nov.2026.2).docx"},
		{"N/Report (Nov.2026.2).docx"},
	} {
		first := lineage(same[0])
		for _, p := range same {
			if got := lineage(p); got != first {
				t.Errorf("lineage(%q) = %q, want %q", p, got, first)
			}
			seenElsewhere(t, first, same[0])
		}
	}
}

var lineages = map[string]string{}

func seenElsewhere(t *testing.T, l, of string) {
	t.Helper()
	if other, ok := lineages[l]; ok && other != of {
		t.Errorf("%q and %q share a lineage", other, of)
	}
	lineages[l] = of
}

func FuzzNames(f *testing.F) {
	for _, s := range []string{"a/Brief v2.docx", "~$ief.docx", ".~lock.a.odt#", "İ-final.docx", "/", ".pdf", "a.docx.pdf", "\xa4.00\xa40000", " .doC",
		"Motion(ACTIVE.12345.2).docx", "#1234v2-Motion.docx", "Motion, 4812-3456-7890, v 2.docx", "nd office echo/a/Backup/b.docx"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, p string) {
		kind, of := classify(p)
		if (kind == noise) != (of == "") {
			t.Errorf("classify(%q) = %v, %q", p, kind, of)
		}
		if kind == lock {
			if k, _ := classify(of); k != document {
				t.Errorf("the lock %q is of %q, which is no document", p, of)
			}
		}
		if l := lineage(p); kind == document && l == "" {
			t.Errorf("%q has no lineage", p)
		}
		ownerFits(of, p)
		if s := stem(p); s != "" && title(s, p) == "" {
			t.Errorf("%q has no title", p)
		}
	})
}

func TestMark(t *testing.T) {
	var judged []remembered
	for i := range 3 * maxSeen {
		at := morning.Add(-time.Duration(i) * time.Millisecond)
		judged = append(judged, remembered{fingerprint(fmt.Sprint(i), stamp{at.UnixNano(), 1}), at.UnixNano()})
	}
	m := newMark(morning, 10*time.Minute, slices.Clone(judged))
	back, ok := parseCursor(m.cursor())
	if !ok || !back.until.Equal(m.until) || len(back.seen) != len(m.seen) {
		t.Fatalf("the cursor does not come back: %v", ok)
	}
	if n := len(m.cursor()); n > 60_000 {
		t.Errorf("the cursor has %d bytes", n)
	}
	for i, r := range judged {
		if !back.has(fmt.Sprint(i), stamp{r.modified, 1}) {
			t.Fatalf("document %d was judged and would be reported again", i)
		}
	}
	if back.has("0", stamp{judged[0].modified, 2}) || back.has("0", stamp{morning.Add(time.Second).UnixNano(), 1}) {
		t.Error("a later save would be lost")
	}
}

func FuzzCursor(f *testing.F) {
	f.Add(string(newMark(morning, time.Minute, nil).cursor()))
	f.Add(`{"v":1,"until":5,"seen":"AAAAAAAAAAA"}`)
	f.Add(`{"v":99}`)
	f.Fuzz(func(t *testing.T, c string) {
		if m, ok := parseCursor(capture.Cursor(c)); ok {
			if again, ok := parseCursor(m.cursor()); !ok || len(again.seen) != len(m.seen) {
				t.Errorf("%q does not come back", c)
			}
		}
	})
}
