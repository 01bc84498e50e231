package document

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
)

var morning = time.Date(2026, 11, 3, 9, 0, 0, 0, time.UTC)

// script reads lines "seconds OP path [size [mtime seconds]]", the shape of a
// trail for people. Spaces in paths are written as underscores. Without a size
// the path exists, but after REMOVE and RENAME.
func script(t testing.TB, text string) []Event {
	t.Helper()
	var out []Event
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		var at, mtime float64
		e := Event{Op: Op(fields[1]), Path: strings.ReplaceAll(fields[2], "_", " "), Size: 10}
		if e.Op == Remove || e.Op == Rename {
			e.Size = -1
		}
		fmt.Sscan(fields[0], &at)
		e.Time = morning.Add(seconds(at))
		if len(fields) > 3 {
			fmt.Sscan(fields[3], &e.Size)
		}
		if len(fields) > 4 {
			fmt.Sscan(fields[4], &mtime)
			e.ModTime = morning.Add(seconds(mtime))
		}
		out = append(out, e)
	}
	return out
}

func seconds(s float64) time.Duration { return time.Duration(s * float64(time.Second)) }

// fold returns the last state of each activity, the oldest first, as
// "kind path start-end xSaves" with seconds since morning.
func fold(events []Event) []string {
	var out []string
	for _, a := range foldAll(events) {
		s := fmt.Sprintf("%s %s %g-%g", a.Kind, a.Path, a.Start.Sub(morning).Seconds(), a.End.Sub(morning).Seconds())
		if a.Kind != billing.KindReview {
			s += fmt.Sprintf(" x%d", a.Saves)
		}
		out = append(out, s)
	}
	return out
}

func foldAll(events []Event) []Activity {
	f := NewFold(Rules{})
	for _, e := range events {
		f.Add(e)
	}
	f.Advance(f.now.Add(24 * time.Hour))
	f.Finish()
	return f.Take()
}

// TestApplications folds what each program leaves in a folder.
func TestApplications(t *testing.T) {
	for _, c := range []struct {
		name, events string
		want         []string
	}{
		{"Word", `
			0    CREATE ~$port.docx 162
			0    WRITE  ~$port.docx 162
			600  CREATE ~WRD0001.tmp
			600  WRITE  ~WRD0001.tmp
			600.1 RENAME Report.docx
			600.1 CREATE ~WRL0002.tmp
			600.2 RENAME ~WRD0001.tmp
			600.2 CREATE Report.docx
			600.2 REMOVE ~WRL0002.tmp
			700  REMOVE ~$port.docx`,
			[]string{"edit Report.docx 0-600.2 x1"}},
		{"Word, short and middling names", `
			0    CREATE ~$Brief.docx
			0    CREATE ~$omplnt.docx
			60   CREATE Brief.docx
			61   CREATE Complnt.docx`,
			[]string{"edit Brief.docx 0-60 x1", "edit Complnt.docx 0-61 x1"}},
		{"Word, open only: whose document it was, nobody can tell", `
			0    CREATE ~$port.docx
			90   REMOVE ~$port.docx`, nil},
		{"Excel", `
			0    CREATE ~$Damages.xlsx
			300  CREATE CEDD4100
			300  WRITE  CEDD4100
			300.1 REMOVE Damages.xlsx
			300.1 RENAME CEDD4100
			300.1 CREATE Damages.xlsx
			420  REMOVE ~$Damages.xlsx`,
			[]string{"edit Damages.xlsx 0-300.1 x1"}},
		{"Office on macOS: the new file comes before the old one goes", `
			0 CREATE Brief.docx 20
			0 REMOVE Brief.docx 20`,
			[]string{"edit Brief.docx 0-0 x1"}},
		{"TextEdit", `
			0 CREATE (A_Document_Being_Saved_By_TextEdit)/Notes.rtf
			0 CREATE Notes.rtf
			0 CREATE Notes.rtf.sb-1a2b3c4d-xYz123
			0 RENAME Notes.rtf 20
			0.1 REMOVE Notes.rtf.sb-1a2b3c4d-xYz123
			0.1 REMOVE (A_Document_Being_Saved_By_TextEdit)/Notes.rtf`,
			[]string{"edit Notes.rtf 0-0 x1"}},
		{"vim with a backup", `
			0   CREATE .notes.md.swp
			0   CREATE .notes.md.swx
			0   REMOVE .notes.md.swx
			120 CREATE 4913
			120 REMOVE 4913
			120 RENAME notes.md
			120 CREATE notes.md~
			120 CREATE notes.md
			120 WRITE  notes.md
			120 CHMOD  notes.md
			120 REMOVE notes.md~
			150 REMOVE .notes.md.swp`,
			[]string{"edit notes.md 0-120 x1"}},
		{"vim, looked at only", `
			0  CREATE .notes.md.swp
			30 REMOVE .notes.md.swp`,
			[]string{"review notes.md 0-30"}},
		{"nano, killed", `
			0  CREATE .notes.txt.swp
			40 WRITE  notes.txt
			50 CREATE notes.txt.save
			50 REMOVE .notes.txt.swp`,
			[]string{"edit notes.txt 0-40 x1"}},
		{"LibreOffice: the lock goes during a save and comes back", `
			0   CREATE .~lock.brief.odt#
			60  REMOVE .~lock.brief.odt#
			60  CREATE lu96281dojr.tmp
			60.9 CREATE .~lock.brief.odt#
			61  RENAME lu96281dojr.tmp
			61  CREATE brief.odt
			61  CHMOD  brief.odt
			600 REMOVE .~lock.brief.odt#`,
			[]string{"edit brief.odt 0-61 x1"}},
		{"an export beside the open document", `
			0  CREATE .~lock.brief.odt#
			60 CREATE .~lock.brief.pdf#
			60 CREATE brief.pdf
			60 WRITE  brief.pdf
			60 REMOVE .~lock.brief.pdf#
			90 REMOVE .~lock.brief.odt#`,
			[]string{"review brief.odt 0-90", "export brief.pdf 60-60 x1"}},
		{"an export just after the last save", `
			0  WRITE  brief.docx
			60 CREATE brief.pdf`,
			[]string{"edit brief.docx 0-0 x1", "export brief.pdf 60-60 x1"}},
		{"a PDF alone is a document", `
			60 CREATE scan.pdf`,
			[]string{"edit scan.pdf 60-60 x1"}},
		{"OneDrive", `
			0   CREATE Brief.docx~RF12ab34.TMP
			0   REMOVE Brief.docx~RF12ab34.TMP
			0   CREATE Brief.docx 10 0
			0.3 WRITE  Brief.docx 10 0
			4   WRITE  Brief.docx 10 0
			9   CHMOD  Brief.docx 10 9`,
			[]string{"edit Brief.docx 0-0 x1"}},
		{"hydration of an old file", `
			0 CREATE Brief.docx 10 -86400
			0 WRITE  Brief.docx 10 -86400`, nil},
		{"attributes only", `0 CHMOD Brief.docx 10 0`, nil},
		{"NetDocuments", `
			0 CREATE ND_Office_Echo/VAULT-jdoe/Backup/Motion.docx
			0 CREATE ND_Office_Echo/VAULT-jdoe/Attachments/Motion.docx
			0 CREATE ND_Office_Echo/VAULT-jdoe/Comparisons/Motion.docx
			5 WRITE  ND_Office_Echo/VAULT-jdoe/Motion.docx`,
			[]string{"edit ND Office Echo/VAULT-jdoe/Motion.docx 5-5 x1"}},
		{"a client's own folder of that name", `
			5 WRITE Rivera/Attachments/Exhibit.docx`,
			[]string{"edit Rivera/Attachments/Exhibit.docx 5-5 x1"}},
		{"made and removed at once", `
			0   CREATE export.csv
			0.5 REMOVE export.csv`, nil},
		{"moved, not saved", `
			0   WRITE  brief.docx 10 0
			60  RENAME brief.docx
			60  CREATE old/brief.docx 10 0
			120 CREATE copy/brief.docx 10 0`,
			[]string{"edit brief.docx 0-0 x1"}},
		{"saves join within a quarter of an hour", `
			0    WRITE brief.docx
			899  WRITE brief.docx
			1798 WRITE brief.docx
			2698 WRITE brief.docx`,
			[]string{"edit brief.docx 0-1798 x3", "edit brief.docx 2698-2698 x1"}},
		{"a review between two edits keeps them apart", `
			0   WRITE  brief.odt
			60  CREATE .~lock.brief.odt#
			120 REMOVE .~lock.brief.odt#
			180 WRITE  brief.odt`,
			[]string{"edit brief.odt 0-0 x1", "review brief.odt 60-120", "edit brief.odt 180-180 x1"}},
		{"its folder goes while it is open", `
			0  CREATE a/.~lock.brief.odt#
			60 GONE   a`,
			[]string{"review a/brief.odt 0-60"}},
		{"a lock that was there before says nothing", `
			0   SEEN   .~lock.brief.odt# 60 -7200
			600 REMOVE .~lock.brief.odt#`, nil},
		{"a lock found young counts from its making", `
			10  SEEN   .~lock.brief.odt# 60 2
			600 REMOVE .~lock.brief.odt#`,
			[]string{"review brief.odt 2-600"}},
		{"still open at the end", `
			0  CREATE .~lock.brief.odt#
			60 CREATE other.txt`,
			[]string{"review brief.odt 0-86460", "edit other.txt 60-60 x1"}},
		{"a long write is judged before it is quiet", `
			0 CREATE a.docx
			0.9 WRITE a.docx
			1.8 WRITE a.docx
			2.7 WRITE a.docx
			3.6 WRITE a.docx
			4.5 WRITE a.docx
			5.4 WRITE a.docx`,
			[]string{"edit a.docx 0-5.4 x2"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			events := script(t, c.events)
			for i := range events {
				if events[i].Op == "GONE" {
					events[i].Op, events[i].Size, events[i].Dir = Remove, -1, true
				}
			}
			if got := fold(events); strings.Join(got, "\n") != strings.Join(c.want, "\n") {
				t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(c.want, "\n\t"))
			}
		})
	}
}

// TestFirstSaveAtOnce: the sink must hear of a save within seconds, not at the
// end of the session.
func TestFirstSaveAtOnce(t *testing.T) {
	f := NewFold(Rules{})
	for _, e := range script(t, "0 WRITE a.docx\n0.2 WRITE a.docx") {
		f.Add(e)
	}
	if got := f.Take(); len(got) != 0 {
		t.Fatalf("judged before it was quiet: %v", got)
	}
	for range 2 { // Next may be early, never late
		f.Advance(f.Next())
	}
	if got := f.Take(); len(got) != 1 || got[0].Done || got[0].Saves != 1 || f.now.Sub(morning) > 2*time.Second {
		t.Fatalf("at %v: %v", f.now.Sub(morning), got)
	}
	f.Advance(morning.Add(20 * time.Minute))
	if got := f.Take(); len(got) != 1 || !got[0].Done {
		t.Fatalf("after the gap: %v", got)
	}
}

func TestForgets(t *testing.T) {
	f := NewFold(Rules{})
	for i := range 1000 {
		f.Add(Event{Time: morning.Add(time.Duration(i) * time.Minute), Path: fmt.Sprintf("%d.docx", i), Op: Write,
			Size: 1, ModTime: morning.Add(time.Duration(i) * time.Minute)})
	}
	if len(f.docs) > 40 || len(f.stamps) > 40 || len(f.due) > 100 {
		t.Errorf("keeps %d documents, %d stamps, %d deadlines of the last 16 hours", len(f.docs), len(f.stamps), len(f.due))
	}
}

func TestClockSetBack(t *testing.T) {
	got := fold(script(t, "0 WRITE a.docx\n-3600 WRITE a.docx"))
	if len(got) != 2 {
		t.Errorf("got %v, want both saves", got)
	}
}

func TestIgnoreCase(t *testing.T) {
	f := NewFold(Rules{IgnoreCase: true})
	for _, e := range script(t, "0 CREATE Brief.DOCX\n60 WRITE brief.docx") {
		f.Add(e)
	}
	f.Finish()
	if got := f.Take(); len(got) != 1 || got[0].Path != "Brief.DOCX" || got[0].Saves != 2 {
		t.Errorf("got %v, want one session under the name first seen", got)
	}
}

func BenchmarkFold(b *testing.B) {
	const events = 100_000
	list := make([]Event, 0, events)
	at := morning
	for i := range events / 5 {
		doc := fmt.Sprintf("client %d/matter/brief %d.odt", i%50, i%700)
		for _, e := range script(b, "0 CREATE lu1.tmp\n0 RENAME lu1.tmp\n0 CREATE x\n0 CHMOD x\n0 CREATE .~lock.z.odt#") {
			if e.Path == "x" {
				e.Path = doc
			}
			e.Time = at
			list = append(list, e)
		}
		at = at.Add(300 * time.Millisecond)
	}
	b.ReportAllocs()
	for b.Loop() {
		f := NewFold(Rules{})
		for _, e := range list {
			f.Add(e)
		}
		f.Finish()
		f.Take()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/events, "ns/event")
	b.ReportMetric(events*float64(b.N)/b.Elapsed().Seconds(), "events/s")
}

// TestAlike: two documents of one name, written in the same moment, are both
// work, although a clock that ticks every 4 ms gives them the same time.
func TestAlike(t *testing.T) {
	got := fold(script(t, "0 CREATE a/brief.docx 10 0\n0 CREATE b/brief.docx 10 0"))
	if len(got) != 2 {
		t.Errorf("got %v", got)
	}
}
