package sample

import (
	"slices"
	"strings"
	"testing"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/draft"
)

// matterList returns the matters as an import of the list makes them.
func matterList(t *testing.T, p *Practice) []billing.Matter {
	t.Helper()
	var out []billing.Matter
	for _, row := range readCSV(t, p.Matters)[1:] {
		m := billing.Matter{
			ID: billing.MatterID(row[0]), Number: row[0], Client: billing.Privileged(row[1]), Name: billing.Privileged(row[2]),
			Folder: billing.Privileged(row[5]), Internal: row[7] == "yes",
		}
		for part := range strings.SplitSeq(row[3], ";") {
			m.Contacts = append(m.Contacts, billing.ParseContact(part))
		}
		for word := range strings.SplitSeq(row[4], ";") {
			m.Keywords = append(m.Keywords, billing.Privileged(word))
		}
		out = append(out, m)
	}
	return out
}

// propose drafts a day of the sample and adds it up.
func propose(t *testing.T, p *Practice, d billing.Day) ([]billing.Entry, draft.Sum) {
	t.Helper()
	zone := p.Now.Location()
	all := slices.Concat(observedMail(t, p), observedDocuments(t, p), observedCalendar(t, p, d, d.Add(1)))
	proposal := draft.Propose(draft.Input{
		Day: d, Zone: zone, Until: p.Now, Observations: all, Matters: matterList(t, p),
		Timekeeper: p.Timekeeper, Policy: draft.DefaultPolicy,
	})
	owned := []draft.Owned{{Spans: proposal.Private, Class: draft.Private}}
	for _, e := range proposal.Drafts {
		class := draft.Billable
		switch {
		case e.Matter == "":
			class = draft.Unassigned
		case e.NonBillable:
			class = draft.NonBillable
		}
		owned = append(owned, draft.Owned{Spans: e.Spans, Class: class})
	}
	return proposal.Drafts, draft.Reckon(owned, proposal.Seen, draft.DefaultPolicy)
}

// TestDayAddsUp drafts the day to look at and holds it to what the pictures of
// it show: a full day with something of everything.
func TestDayAddsUp(t *testing.T) {
	for _, d := range []string{"2026-11-20", "2026-03-09", "2027-01-01"} {
		p := written(t, d)
		drafts, sum := propose(t, p, p.Day)
		for _, part := range []struct {
			name    string
			seconds int64
			lo, hi  float64 // hours
		}{
			{"observed", sum.Observed, 9, 10},
			{"billable", sum.Billable, 6.4, 7.1},
			{"administrative", sum.NonBillable, 0.6, 1.3},
			{"private", sum.Private, 0.7, 0.8},
			{"unexplained", sum.Unexplained, 0.4, 1.3},
			{"double-booked", sum.DoubleBooked, 0, 0},
		} {
			if h := float64(part.seconds) / 3600; h < part.lo || h > part.hi {
				t.Errorf("%s: %.2f hours are %s, want %.1f to %.1f", d, h, part.name, part.lo, part.hi)
			}
		}
		known := map[billing.MatterID]bool{}
		unknown := 0
		for _, e := range drafts {
			known[e.Matter] = true
			if e.Matter == "" {
				unknown++
			}
			for _, word := range []string{"permission slip", "appointment", "partnership"} {
				if e.Matter != "" && strings.Contains(e.Narrative.Reveal(), word) {
					t.Errorf("%s: a stray %q went to matter %s", d, word, e.Matter)
				}
			}
			if testing.Verbose() {
				t.Logf("%s %-10s %3d min  %s", spanOf(e, p), e.Matter, e.Billed, e.Narrative.Reveal())
			}
		}
		if len(known) < 8 || unknown < 2 || unknown > 5 {
			t.Errorf("%s: %d matters and %d drafts without one", d, len(known), unknown)
		}
	}
}

// TestWeekIsLivedIn: each of the four working days before has work on it.
func TestWeekIsLivedIn(t *testing.T) {
	p := written(t, "2026-11-20")
	w, err := weekOf(p.Day)
	if err != nil {
		t.Fatal(err)
	}
	for n := -4; n < 0; n++ {
		if _, sum := propose(t, p, w.date(n)); float64(sum.Billable)/3600 < 3 {
			t.Errorf("working day %d has %.1f billable hours", n, float64(sum.Billable)/3600)
		}
	}
}

func spanOf(e billing.Entry, p *Practice) string {
	if len(e.Spans) == 0 {
		return "           "
	}
	zone := p.Now.Location()
	return e.Spans[0].Start.In(zone).Format("15:04-") + e.Spans[len(e.Spans)-1].End.In(zone).Format("15:04")
}
