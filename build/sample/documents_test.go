package sample

import (
	"archive/zip"
	"encoding/csv"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture/document"
	"github.com/tenths/tenths/internal/peer"
)

func readCSV(t *testing.T, path string) [][]string {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// TestSessionsAsMeant folds the trail as Tenths does and finds every session of
// the table, with its times and saves, and nothing else.
func TestSessionsAsMeant(t *testing.T) {
	for _, d := range days {
		p := written(t, d)
		trail, err := os.Open(p.Trail)
		if err != nil {
			t.Fatal(err)
		}
		defer trail.Close()
		got, err := document.Replay(trail, p.Documents, "documents")
		if err != nil {
			t.Fatal(err)
		}
		w, err := weekOf(p.Day)
		if err != nil {
			t.Fatal(err)
		}
		found := map[string]billing.Observation{}
		key := func(kind billing.ObservationKind, name string, day billing.Day) string {
			return string(kind) + " " + name + " " + day.String()
		}
		for _, o := range got {
			rel, err := filepath.Rel(p.Documents, string(o.Path))
			if err != nil {
				t.Fatal(err)
			}
			k := key(o.Kind, filepath.ToSlash(rel), billing.DayOf(o.Span.Start, w.loc))
			if _, twice := found[k]; twice {
				t.Errorf("%s: %s twice", d, k)
			}
			found[k] = o
		}
		fresh := map[string]bool{}
		for _, s := range sessions {
			kind, saves := billing.KindEdit, int64(s.saves)
			if s.saves == 0 {
				kind = billing.KindReview
			} else if !fresh[s.path] {
				fresh[s.path], saves = true, saves+1
			}
			k := key(kind, s.path, w.date(s.day))
			o, ok := found[k]
			if !ok {
				t.Errorf("%s: missing %s", d, k)
				continue
			}
			delete(found, k)
			if early := o.Span.Start.Sub(w.clock(s.day, s.from)); early < 0 || early > time.Minute {
				t.Errorf("%s: %s starts %v after its scene", d, k, early)
			}
			if late := o.Span.End.Sub(w.clock(s.day, s.to)); late < 0 || late > time.Minute {
				t.Errorf("%s: %s ends %v after its scene", d, k, late)
			}
			if kind == billing.KindEdit && o.Saves != saves {
				t.Errorf("%s: %s has %d saves, want %d", d, k, o.Saves, saves)
			}
			if s.export != "" {
				k := key(billing.KindExport, s.export, w.date(s.day))
				if _, ok := found[k]; !ok {
					t.Errorf("%s: missing %s", d, k)
				}
				delete(found, k)
			}
		}
		for _, a := range arrivals {
			for _, kind := range []billing.ObservationKind{billing.KindEdit, billing.KindExport} {
				k := key(kind, a.path, w.date(a.day))
				if o, ok := found[k]; ok && o.Span.Seconds() == 0 {
					delete(found, k)
				}
			}
		}
		for k := range found {
			t.Errorf("%s: a phantom %s", d, k)
		}
	}
}

// TestSavesAreSpaced: nobody saves every minute, nor once in half an hour.
func TestSavesAreSpaced(t *testing.T) {
	for _, s := range sessions {
		if s.saves == 0 {
			continue
		}
		from, _ := time.Parse("15:04", s.from)
		to, _ := time.Parse("15:04", s.to)
		if gap := to.Sub(from) / time.Duration(s.saves); gap < 6*time.Minute || gap > 14*time.Minute {
			t.Errorf("%s on day %d is saved every %v", s.path, s.day, gap)
		}
	}
}

// TestFilesMatchTheTrail: the last event of each document has its size and time.
func TestFilesMatchTheTrail(t *testing.T) {
	w, _ := weekOf(day(t, "2026-11-20"))
	l := recordLibrary(w)
	last := map[string]fileEvent{}
	for i, e := range l.trail {
		if i > 0 && e.T.Before(l.trail[i-1].T) {
			t.Fatal("the trail runs backwards")
		}
		if e.T.After(w.clock(0, "18:05")) {
			t.Errorf("%s happens after now", e.Name)
		}
		if e.Op != "CHMOD" {
			last[e.Name] = e
		}
	}
	for name, f := range l.files {
		e, ok := last[name]
		if !ok {
			continue // only ever read
		}
		if e.Size != int64(len(f.data)) || !e.T.Equal(f.changed) {
			t.Errorf("%s ends at %d bytes, %v; the trail says %d, %v", name, len(f.data), f.changed, e.Size, e.T)
		}
		delete(last, name)
	}
	for name, e := range last {
		if e.Size >= 0 {
			t.Errorf("the trail leaves %s behind", name)
		}
	}
}

// TestPackages reads every package as XML in a zip.
func TestPackages(t *testing.T) {
	p := written(t, "2026-11-20")
	filepath.WalkDir(p.Documents, func(path string, e fs.DirEntry, err error) error {
		if ext := filepath.Ext(path); ext != ".docx" && ext != ".odt" {
			return err
		}
		z, err := zip.OpenReader(path)
		if err != nil {
			t.Fatalf("%s: %v", e.Name(), err)
		}
		defer z.Close()
		for _, f := range z.File {
			r, err := f.Open()
			if err != nil {
				t.Fatal(err)
			}
			data, err := io.ReadAll(r)
			if err != nil {
				t.Fatalf("%s: %v", e.Name(), err)
			}
			if f.Name == "mimetype" {
				continue
			}
			for dec := xml.NewDecoder(strings.NewReader(string(data))); ; {
				if _, err := dec.Token(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					t.Fatalf("%s, %s: %v", e.Name(), f.Name, err)
				}
			}
		}
		return nil
	})
}

// TestLibreOfficeOpensThem converts one document of each kind to text.
func TestLibreOfficeOpensThem(t *testing.T) {
	peer.Heavy(t)
	soffice := peer.Need(t, "soffice", "libreoffice-writer-nogui")
	p := written(t, "2026-11-20")
	for name, want := range map[string]string{
		motion:     "forty-one shipments",
		replyBrief: "sale of the workshop was prudent",
	} {
		out := t.TempDir()
		cmd := exec.Command(soffice, "-env:UserInstallation=file://"+t.TempDir(), "--headless", "--norestore",
			"--convert-to", "txt:Text (encoded):UTF8", "--outdir", out, filepath.Join(p.Documents, filepath.FromSlash(name)))
		if msg, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("%v: %s", err, msg)
		}
		text, err := os.ReadFile(filepath.Join(out, strings.TrimSuffix(filepath.Base(name), filepath.Ext(name))+".txt"))
		if err != nil || !strings.Contains(string(text), want) {
			t.Errorf("%s opens without %q (%v)", name, want, err)
		}
	}
}

// TestPDFText lets poppler read a PDF.
func TestPDFText(t *testing.T) {
	pdftotext := peer.Need(t, "pdftotext", "poppler-utils")
	p := written(t, "2026-11-20")
	out, err := exec.Command(pdftotext, filepath.Join(p.Documents, filepath.FromSlash(replyPDF)), "-").CombinedOutput()
	if err != nil || !strings.Contains(string(out), "executor’s") && !strings.Contains(string(out), "Executor’s Accounting") {
		t.Errorf("%v: %.300s", err, out)
	}
	if strings.Contains(string(out), "Error") {
		t.Errorf("poppler complains: %.300s", out)
	}
}
