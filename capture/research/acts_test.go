package research

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture/research/history"
)

// byItself writes down a visit that the browser made by itself, after the visit
// before it.
func (b *browser) byItself(t *testing.T, at time.Time, address, title, how string) {
	t.Helper()
	b.visit(t, at, address, title, 5*time.Minute)
	if b.schema == history.Firefox {
		kind := map[string]int{"reload": 9, "redirect": 6, "start": 9, "refresh": 1}[how]
		b.exec(t, `UPDATE moz_places SET url = ? WHERE id = (SELECT max(id) FROM moz_places)`, address)
		b.exec(t, `UPDATE moz_historyvisits SET visit_type = ?, from_visit = id - 1 WHERE id = (SELECT max(id) FROM moz_historyvisits)`, kind)
		if how == "refresh" { // the same page, from itself
			b.exec(t, `UPDATE moz_historyvisits SET place_id = (SELECT place_id FROM moz_historyvisits p WHERE p.id = moz_historyvisits.from_visit) WHERE id = (SELECT max(id) FROM moz_historyvisits)`)
		}
		return
	}
	kind := map[string]int64{"reload": 0x30000008, "redirect": 0x60000000, "start": 0x30000006, "refresh": 0x60000000}[how]
	b.exec(t, `UPDATE visits SET transition = ?, from_visit = id - 1 WHERE id = (SELECT max(id) FROM visits)`, kind)
}

// clear forgets all visits.
func (b *browser) clear(t *testing.T) {
	t.Helper()
	if b.schema == history.Firefox {
		b.exec(t, `DELETE FROM moz_historyvisits; DELETE FROM moz_places`)
		return
	}
	b.exec(t, `DELETE FROM visits; DELETE FROM urls`)
}

// Whatever a browser does by itself makes no session and lengthens none: the
// sessions are those of what the person did.
func TestOnlyActsAreResearchLaw(t *testing.T) {
	each(t, func(t *testing.T, schema history.Schema) {
		acts, both := newBrowser(t, schema, t.TempDir()), newBrowser(t, schema, t.TempDir())
		rapid.Check(t, func(rt *rapid.T) {
			acts.clear(t)
			both.clear(t)
			when, any := 0.0, false
			for range rapid.IntRange(1, 12).Draw(rt, "visits") {
				when += 0.5 + float64(rapid.IntRange(0, 60).Draw(rt, "half minutes"))/2
				site := rapid.SampledFrom([]string{"https://www.westlaw.com/", "https://plus.lexis.com/"}).Draw(rt, "site")
				title := fmt.Sprint("Page ", when)
				if rapid.Bool().Draw(rt, "act") {
					any = true
					acts.visit(t, at(when), site, title, time.Minute)
					both.visit(t, at(when), site, title, time.Minute)
					continue
				}
				if !any { // what a redirect would come from
					both.visit(t, at(when-0.5), "https://unlisted.example/", "", 0)
					any = true
				}
				how := rapid.SampledFrom([]string{"reload", "redirect", "start", "refresh"}).Draw(rt, "how")
				both.byItself(t, at(when), site, title, how)
			}
			now := at(when + 30)
			look := func(b *browser) map[string]billing.Observation {
				out := map[string]billing.Observation{}
				for _, o := range once(t, source(t, b.path, now), &kept{}) {
					o.ExternalID, o.Revision = o.ExternalID[len(o.ExternalID)-25:], ""
					out[o.ExternalID] = o
				}
				return out
			}
			if diff := cmp.Diff(look(acts), look(both)); diff != "" {
				rt.Fatalf("what the browser did by itself changed the research (-without +with):\n%s", diff)
			}
		})
	})
}

// A sign-in sends one on, once or several times: where one arrives is what one
// went to.
func TestARedirectBelongsToTheActBefore(t *testing.T) {
	each(t, func(t *testing.T, schema history.Schema) {
		dir := t.TempDir()
		b := newBrowser(t, schema, dir)
		b.visit(t, at(0), "https://signon.example/", "", 0)
		b.byItself(t, at(0.02), "https://signon.example/next", "", "redirect")
		b.byItself(t, at(0.04), "https://www.westlaw.com/home", "Home", "redirect")
		b.visit(t, at(30), "https://signon.example/again", "", 0)
		b.byItself(t, at(31), "https://www.westlaw.com/expired", "Expired", "redirect") // a minute later nobody asked for it
		if got := once(t, source(t, dir, at(60)), &kept{}); len(got) != 1 || !got[0].Span.Start.Equal(at(0.04).Truncate(time.Second)) {
			t.Errorf("%d sessions: %v", len(got), got)
		}
	})
}
