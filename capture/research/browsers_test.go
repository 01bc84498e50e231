package research

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture"
	"github.com/tenths/tenths/internal/peer"
)

// pages are what the browsers are shown.
var pages = map[string]string{
	"www.westlaw.com/start":             "-> /case/1",
	"www.westlaw.com/case/1":            "Rivera v. Acme Holdings, 512 F.3d 99 | Westlaw",
	"www.westlaw.com/case/2":            "Motions to compel § 37(a) - Westlaw Edge",
	"www.courtlistener.com/docket/7":    "Okafor v. Lind – CourtListener.com",
	"scholar.google.com/scholar_case":   "Brown v. Board - Google Scholar",
	"scholar.google.com/citations":      "Cited privately - Google Scholar",
	"www.oncology-clinic.example/diary": "My secret appointment",
	"www.westlaw.com/private":           "Incognito v. Everybody | Westlaw",
	"search.example/q":                  "search for westlaw.com secrets",
}

func TestRealBrowsers(t *testing.T) {
	peer.Heavy(t)
	for name, start := range map[string]func(testing.TB, *peer.Web, string) *peer.Browser{
		"chromium": peer.StartChromium, "firefox": peer.StartFirefox,
	} {
		for _, how := range []string{"running", "closed", "killed"} {
			t.Run(name+" "+how, func(t *testing.T) {
				tmp := t.TempDir()
				t.Setenv("TMPDIR", tmp)
				web := peer.StartWeb(t, pages)
				began := time.Now().UTC().Truncate(time.Second)
				dir := filepath.Join(t.TempDir(), "profile")
				browser := start(t, web, dir)
				for _, address := range []string{
					"www.westlaw.com/start", "www.oncology-clinic.example/diary", "www.westlaw.com/case/2", "www.westlaw.com/case/1",
					"search.example/q?about=www.westlaw.com", "www.courtlistener.com/docket/7", "scholar.google.com/citations?user=1",
					"scholar.google.com/scholar_case?case=483",
				} {
					browser.Visit(t, address)
					time.Sleep(300 * time.Millisecond)
				}
				browser.Visit(t, "search.example/q")
				browser.Private(t)
				browser.Visit(t, "www.westlaw.com/private")
				time.Sleep(14 * time.Second) // both write down what was visited within ten seconds
				switch how {
				case "closed":
					browser.Quit(t)
				case "killed":
					browser.Kill()
				}
				s, err := New(capture.Config{SourceConfig: billing.SourceConfig{ID: "research-1", Where: billing.Privileged(browser.Profile)}}, time.Now, DefaultSites())
				if err != nil {
					t.Fatal(err)
				}
				sink := &kept{}
				if err := s.Once(t.Context(), "", sink); err != nil {
					t.Fatal(err)
				}
				want := map[string]string{
					"Westlaw":        "Rivera v. Acme Holdings, 512 F.3d 99; Motions to compel § 37(a)",
					"CourtListener":  "Okafor v. Lind",
					"Google Scholar": "Brown v. Board",
				}
				for _, o := range sink.observations {
					site := siteIn(o, name)
					if o.Subject.Reveal() != want[site] {
						t.Errorf("the subject on %q is %q, want %q", site, o.Subject.Reveal(), want[site])
					}
					delete(want, site)
					if o.Span.Start.Before(began) || o.Span.End.After(time.Now()) {
						t.Errorf("%s: the time is %v, which is not that of the test", site, o.Span)
					}
					t.Log(o.ExternalID, o.Revision, o.Span.Seconds(), o.Estimated, o.Subject.Reveal())
				}
				if len(want) > 0 {
					t.Errorf("not observed: %v", want)
				}
				sink.holdsNone(t, "oncology", "secret", "Cited", "Incognito", "search.example", "https:", "case/1", browser.Profile)
				if left, _ := os.ReadDir(tmp); anyOurs(left) {
					t.Errorf("a copy of the history was left behind")
				}
			})
		}
	}
}

func anyOurs(entries []os.DirEntry) bool {
	for _, e := range entries {
		if strings.HasPrefix(e.Name(), "tenths-") {
			return true
		}
	}
	return false
}

// siteIn returns the site that an external id names.
func siteIn(o billing.Observation, browser string) string {
	fields := strings.Fields(strings.TrimPrefix(o.ExternalID, "research "+browser+" "))
	if len(fields) < 3 {
		return ""
	}
	return strings.Join(fields[1:len(fields)-1], " ")
}
