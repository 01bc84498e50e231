//go:build unix

package endtoend

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/app"
	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/internal/peer"
)

// A real office program works in the watched folder, with all that it leaves
// beside a document while it does.
func TestLibreOffice(t *testing.T) {
	peer.Heavy(t)
	writer := peer.StartLibreOffice(t)
	o := newOffice(t)
	o.ok(t, "", "policy", "--alone", "0s") // each piece of work by itself, however small
	o.captureOnce(t)
	live := o.start(t, "", "capture", "--json")
	probe := filepath.Join(o.documents, "Lin", "probe.txt")
	eventually(t, "the folder is watched", func() bool {
		save(t, probe, time.Now().String())
		time.Sleep(time.Second)
		return strings.Contains(listed(o.drafts(t, o.day)), "probe")
	})

	pause := func() { time.Sleep(1500 * time.Millisecond) }
	brief := filepath.Join(o.documents, "Rivera", "Opposition brief v3.docx")
	began := time.Now()
	writer.New(t, brief)
	pause()
	for range 2 {
		writer.Save(t)
		pause()
	}
	saved := time.Since(began)
	writer.ExportPDF(t, strings.TrimSuffix(brief, ".docx")+".pdf")
	pause()
	writer.Close(t)
	pause()
	eventually(t, "the brief is a draft while the office goes on", func() bool {
		return strings.Contains(listed(o.drafts(t, o.day)), "pposition brief")
	})
	reading := filepath.Join(o.documents, "Lin", "inventory of the estate.odt")
	writer.New(t, reading)
	writer.Close(t)
	pause()
	if s := live.stop(t); s.code != 0 || s.err != "" {
		t.Errorf("stopping: exit %d: %s", s.code, s.err)
	}

	drafts := o.drafts(t, o.day)
	sound(t, o.desk, drafts)
	x := find(t, drafts, "opposition brief")
	if x.Matter != "2024-0113" || x.ActivityCode != "A103" || !strings.HasPrefix(x.Narrative, "Draft and revise ") || x.BilledMinutes != 6 {
		t.Errorf("the brief:\n%s", listed([]app.DraftView{x}))
	}
	if x.WorkedSeconds < int64(saved/time.Second)-3 || x.WorkedSeconds > int64(saved/time.Second)+3 {
		t.Errorf("%d s of work on the brief, which took %v", x.WorkedSeconds, saved)
	}
	kept := o.observed(t)
	kinds := map[billing.ObservationKind]int{}
	for _, id := range x.Evidence {
		kinds[kept[id].Kind]++
	}
	if kinds[billing.KindEdit] != 1 || kinds[billing.KindExport] != 1 || len(kinds) != 2 {
		t.Errorf("the brief rests on %v", kinds)
	}
	for _, k := range kept {
		base := filepath.Base(k.Path.Reveal())
		if k.Path != "" && (strings.HasPrefix(base, ".") || strings.HasSuffix(base, ".tmp") || strings.HasPrefix(base, "lu")) {
			t.Errorf("what the program keeps for itself was observed: %s", base)
		}
	}
	if n := o.captureOnce(t); n["folder-1"] != 0 {
		t.Errorf("a look afterwards observed %v", n)
	}
}
