package document

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/internal/peer"
)

// TestLibreOffice watches a real office program at work.
func TestLibreOffice(t *testing.T) {
	peer.Heavy(t)
	office := peer.StartLibreOffice(t)
	root := resolved(t, t.TempDir())
	mkdir(t, root, "Smith v Jones")
	sink := &ledger{}
	stop := running(t, source(t, root, WithRules(Rules{})), sink)
	sink.await(t, "the first look", func([]billing.Observation) bool { sink.mu.Lock(); defer sink.mu.Unlock(); return sink.records > 0 })

	type moments struct{ created, saved, exported, opened, closed time.Time }
	marks := map[string]*moments{}
	for _, ext := range []string{"odt", "docx", "doc"} {
		m := &moments{}
		name := "Smith v Jones brief." + ext
		marks[name] = m
		file := filepath.Join(root, "Smith v Jones", name)
		pause := func() { time.Sleep(1300 * time.Millisecond) }
		m.created = time.Now()
		office.New(t, file)
		pause()
		office.Save(t)
		pause()
		office.Save(t)
		m.saved = time.Now()
		pause()
		m.exported = time.Now()
		office.ExportPDF(t, file+".pdf")
		pause()
		office.Close(t)
		pause()
		m.opened = time.Now()
		office.Open(t, file)
		pause()
		office.Close(t)
		m.closed = time.Now()
		pause()
	}
	sink.await(t, "the reviews", func(l []billing.Observation) bool { return len(l) >= 9 })
	stop()

	near := func(a, b time.Time) bool { return a.Sub(b).Abs() < 2*time.Second }
	got := sink.latest()
	count := map[billing.ObservationKind]int{}
	for _, o := range got {
		count[o.Kind]++
		base := filepath.Base(o.Path.Reveal())
		m := marks[base]
		if o.Kind == billing.KindExport {
			m = marks[base[:len(base)-len(".pdf")]]
		}
		ok := m != nil
		switch o.Kind {
		case billing.KindEdit:
			ok = ok && o.Saves == 3 && near(o.Span.Start, m.created) && near(o.Span.End, m.saved)
		case billing.KindExport:
			ok = ok && o.Saves == 1 && near(o.Span.Start, m.exported) && near(o.Span.End, m.exported)
		case billing.KindReview:
			ok = ok && near(o.Span.Start, m.opened) && near(o.Span.End, m.closed)
		}
		if !ok {
			t.Errorf("wrong: %s", summary([]billing.Observation{o}))
		}
	}
	if len(got) != 9 || count[billing.KindEdit] != 3 || count[billing.KindExport] != 3 || count[billing.KindReview] != 3 {
		t.Errorf("want 3 edits, 3 exports and 3 reviews, got %s", summary(got))
	}
}
