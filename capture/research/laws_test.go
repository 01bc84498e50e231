package research

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture/research/history"
)

// Whenever one looks, the sessions are in the end those that one look finds.
func TestStepsLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var visits []history.Visit
		when := day
		for range rapid.IntRange(1, 40).Draw(t, "visits") {
			when = when.Add(time.Duration(rapid.IntRange(0, 1500).Draw(t, "seconds")) * time.Second)
			visits = append(visits, history.Visit{
				Site: rapid.SampledFrom([]string{"Westlaw", "Lexis", "PACER"}).Draw(t, "site"), At: when,
				Title: billing.Privileged(rapid.SampledFrom([]string{"A v. B", "C v. D", ""}).Draw(t, "title")),
				For:   time.Duration(rapid.IntRange(0, 900).Draw(t, "for")) * time.Second,
				Act:   drawAct(t),
			})
		}
		s, one, now := &Source{id: "research-1"}, profile{browser: "chromium", path: "/x"}, when.Add(time.Hour)
		began := progress{Last: day.Add(-time.Hour).Unix()}
		whole, _ := s.judge(one, began, fold(visits), time.Time{}, now)

		got, p := map[string]billing.Observation{}, began
		for n := 0; n < len(visits); {
			n += rapid.IntRange(1, 10).Draw(t, "step")
			var read []history.Visit // as the query has them
			for _, v := range visits[:min(n, len(visits))] {
				if !v.At.Before(p.since()) {
					read = append(read, v)
				}
			}
			var fresh []billing.Observation
			fresh, p = s.judge(one, p, fold(p.relevant(read)), time.Time{}, now)
			for _, o := range fresh {
				if got[o.ExternalID].Revision >= o.Revision && got[o.ExternalID].Revision != "" && o.Revision[:6] <= got[o.ExternalID].Revision[:6] {
					t.Fatalf("the revision %s came after %s", o.Revision, got[o.ExternalID].Revision)
				}
				got[o.ExternalID] = o
			}
		}
		want := map[string]billing.Observation{}
		for _, o := range whole {
			want[o.ExternalID] = o
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("in one look against steps (-one +steps):\n%s", diff)
		}
		if again, same := s.judge(one, p, fold(p.relevant(visits)), time.Time{}, now); len(again) != 0 || cmp.Diff(p, same) != "" {
			t.Fatalf("%d sessions came again", len(again))
		}
	})
}

// Sessions keep the order of things: each visit is in one, none is longer than
// its visits and the last page, and those of a site do not overlap.
func TestSessionLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var visits []history.Visit
		when := day
		for range rapid.IntRange(0, 60).Draw(t, "visits") {
			when = when.Add(time.Duration(rapid.IntRange(0, 1200).Draw(t, "seconds")) * time.Second)
			visits = append(visits, history.Visit{Site: rapid.SampledFrom([]string{"Westlaw", "Lexis"}).Draw(t, "site"), At: when, Act: history.Person,
				For: time.Duration(rapid.IntRange(0, 90000).Draw(t, "for")) * time.Second})
		}
		end, n := map[string]time.Time{}, 0
		for _, s := range fold(visits) {
			n += len(s.visits)
			span := s.span(when.Add(time.Hour))
			if span.Start.Before(end[s.site]) || span.End.Sub(s.last()) > lastPage || span.End.Before(s.last()) {
				t.Fatalf("a session on %s is %v after %v", s.site, span, end[s.site])
			}
			end[s.site] = span.End
		}
		if n != len(visits) {
			t.Fatalf("%d of %d visits are in sessions", n, len(visits))
		}
	})
}

func TestPlaces(t *testing.T) {
	for name, c := range map[string]struct {
		home home
		want []string
	}{
		"linux": {home{dir: "/home/a", config: "/home/a/.config"}, []string{
			"firefox /home/a/.mozilla/firefox", "chrome /home/a/.config/google-chrome", "edge /home/a/.config/microsoft-edge",
			"brave /home/a/.config/BraveSoftware/Brave-Browser", "firefox /home/a/snap/firefox/common/.mozilla/firefox"}},
		"windows": {home{dir: "/u", config: "/u/Roaming", local: "/u/Local", windows: true}, []string{
			"firefox /u/Roaming/Mozilla/Firefox/Profiles", "chrome /u/Local/Google/Chrome/User Data", "edge /u/Local/Microsoft/Edge/User Data",
			"opera /u/Roaming/Opera Software/Opera Stable"}},
		"macOS": {home{dir: "/u", config: "/u/Library/Application Support", mac: true}, []string{
			"firefox /u/Library/Application Support/Firefox/Profiles", "vivaldi /u/Library/Application Support/Vivaldi",
			"brave /u/Library/Application Support/BraveSoftware/Brave-Browser", "opera /u/Library/Application Support/com.operasoftware.Opera"}},
	} {
		var all []string
		for _, p := range c.home.places() {
			all = append(all, p.browser+" "+filepath.ToSlash(p.dir))
		}
		for _, want := range c.want {
			if !strings.Contains("\n"+strings.Join(all, "\n")+"\n", "\n"+want+"\n") {
				t.Errorf("%s: %q is not among the places", name, want)
			}
		}
	}
}

// Without a place named, all browsers are found, and each profile keeps its own
// progress.
func TestFindsBrowsers(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	dir := t.TempDir()
	h := home{dir: dir, config: filepath.Join(dir, ".config")}
	for path, schema := range map[string]history.Schema{
		".mozilla/firefox/x.default-esr": history.Firefox, ".config/google-chrome/Profile 1": history.Chromium,
		".config/BraveSoftware/Brave-Browser/Default": history.Chromium, ".config/opera": history.Chromium,
		".config/google-chrome/Guest Profile": history.Chromium,
	} {
		b := newBrowser(t, schema, filepath.Join(dir, filepath.FromSlash(path)))
		b.visit(t, at(0), "https://www.westlaw.com/", "Smith v. Jones", 0)
	}
	s := source(t, "", at(1))
	s.home = h
	sink := &kept{}
	var browsers []string
	for _, o := range once(t, s, sink) {
		browsers = append(browsers, strings.Fields(o.ExternalID)[1])
	}
	if diff := cmp.Diff([]string{"firefox", "chrome", "brave", "opera"}, browsers); diff != "" {
		t.Error(diff)
	}
	if got := once(t, s, sink); len(got) != 0 {
		t.Errorf("%d sessions again", len(got))
	}
	s.home = home{dir: t.TempDir()}
	if err := s.Once(t.Context(), "", &kept{}); billing.KindOf(err) != billing.Unreachable {
		t.Errorf("without a browser: %v", err)
	}
	for _, where := range []string{".config/google-chrome", ".config/google-chrome/Profile 1", ".config/google-chrome/Profile 1/History"} {
		if got := h.at(filepath.Join(dir, filepath.FromSlash(where))); len(got) != 1 || got[0].browser != "chrome" {
			t.Errorf("at %s: %v", where, got)
		}
	}
}
