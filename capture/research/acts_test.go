package research

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/tenths/tenths/billing"
	"github.com/tenths/tenths/capture/research/history"
	"github.com/tenths/tenths/internal/peer"
)

func drawAct(t *rapid.T) history.Act {
	return rapid.SampledFrom([]history.Act{history.None, history.Person, history.Person, history.Other}).Draw(t, "act")
}

// What the browser does by itself begins no session, ends none later than a
// page left open would, and leaves its start where the person's acts have it.
func TestActsLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []history.Visit
		when := day
		for range rapid.IntRange(0, 60).Draw(t, "visits") {
			when = when.Add(time.Duration(rapid.IntRange(0, 700).Draw(t, "seconds")) * time.Second)
			all = append(all, history.Visit{Site: rapid.SampledFrom([]string{"Westlaw", "Lexis"}).Draw(t, "site"), At: when,
				For: time.Duration(rapid.IntRange(0, 900).Draw(t, "for")) * time.Second, Act: drawAct(t)})
		}
		acts := slices.DeleteFunc(slices.Clone(all), func(v history.Visit) bool { return v.Act == history.None })
		got, want := fold(all), fold(acts)
		if len(got) != len(want) {
			t.Fatalf("%d sessions, %d of them by acts", len(got), len(want))
		}
		for i := range got {
			with, without := got[i].span(when.Add(time.Hour)), want[i].span(when.Add(time.Hour))
			if !with.Start.Equal(without.Start) || with.End.Before(without.End) || with.End.Sub(got[i].last()) > lastPage {
				t.Fatalf("the session is %v, %v without what the browser did", with, without)
			}
		}
	})
}

// hop is a visit as a browser writes it down: minutes after the start, from the
// visit with the number given, to a page.
type hop struct {
	at   float64
	from int
	how  int64 // Chromium's transition or Firefox's visit type
	page string
	open time.Duration
}

const (
	end    = 0x30000000 // the whole of a chain
	client = 0x60000000
	server = 0xa0000000
)

func TestActs(t *testing.T) {
	const a, b, unlisted = "https://www.law360.com/articles/1", "https://www.law360.com/articles/2", "https://sso.example/"
	reloading := []hop{{0, 0, end | 6, a, 5 * time.Minute}}
	for i := range 160 {
		reloading = append(reloading, hop{float64(5 * (i + 1)), i + 1, client, a, 5 * time.Minute})
	}
	for name, c := range map[string]struct {
		schema history.Schema
		hops   []hop
		want   string // minutes from and to, and "?" where it is in doubt
	}{
		"a tab that reloads itself":     {history.Chromium, reloading, ""},
		"opened by a person first":      {history.Chromium, append([]hop{{0, 0, end | 1, a, 5 * time.Minute}}, reloading[1:]...), "0-5"},
		"its chain's end taken away":    {history.Chromium, []hop{{0, 0, 0x10000001, a, 5 * time.Minute}, {5, 1, client, a, time.Hour}}, "0-5"},
		"tabs restored at the start":    {history.Chromium, []hop{{0, 0, end | 8, a, time.Hour}, {0.1, 0, end | 8, b, time.Hour}}, ""},
		"every minute, after an act":    {history.Chromium, []hop{{0, 0, end, a, time.Minute}, {1, 1, client, a, time.Minute}, {2, 2, end | 8, a, time.Minute}}, "0-3"},
		"opened unasked, then a click":  {history.Chromium, []hop{{0, 0, end | 6, a, 0}, {4, 1, end, b, 0}}, "0-4"},
		"open since long, then a click": {history.Chromium, []hop{{0, 0, end | 6, a, time.Hour}, {50, 1, end, b, 0}}, "50-50"},
		"opened unasked, alone":         {history.Chromium, []hop{{0, 0, end | 6, a, time.Hour}}, ""},
		"a link to itself":              {history.Chromium, []hop{{0, 0, end | 6, a, 0}, {5, 1, end, a, 0}, {10, 2, end, a, 0}}, ""},
		"signed in elsewhere":           {history.Chromium, []hop{{0, 0, 0x10000000, unlisted, 0}, {0.05, 1, client, a, time.Minute}}, "0.05-1.05"},
		"through two redirects":         {history.Chromium, []hop{{0, 0, 0x10000000, unlisted, 0}, {0.05, 1, 0x40000000, unlisted, 0}, {0.1, 2, server, a, 0}}, "0.1-0.1"},
		"a redirect by a redirect":      {history.Chromium, []hop{{0, 0, end | 6, unlisted, 0}, {30, 1, 0x40000000, unlisted, 0}, {30.05, 2, server, a, 0}}, ""},
		"by the server, as negative":    {history.Chromium, []hop{{0, 0, server - 1<<32, a, 0}}, "0-0"},
		"another program":               {history.Chromium, []hop{{0, 0, end | 0x08000000, a, time.Minute}}, "0-1?"},
		"another program, then a click": {history.Chromium, []hop{{0, 0, end | 0x08000000, a, 0}, {4, 1, end, b, 0}}, "0-4"},
		"blocked":                       {history.Chromium, []hop{{0, 0, end | 0x00800000, a, 0}}, ""},
		"one page after another":        {history.Chromium, []hop{{0, 0, end, a, 0}, {8, 1, end, b, 0}, {16, 2, end | 7, a, 0}}, "0-16"},
		"Firefox: reloads":              {history.Firefox, []hop{{0, 0, 9, a, 0}, {5, 1, 9, a, 0}}, ""},
		"Firefox: a page to itself":     {history.Firefox, []hop{{0, 0, 2, a, 0}, {7, 1, 1, a, 0}, {14, 2, 1, a, 0}}, "0-0"},
		"Firefox: redirects all night":  {history.Firefox, []hop{{0, 0, 1, a, 0}, {5, 1, 6, b, 0}, {10, 2, 6, a, 0}}, "0-0"},
		"Firefox: signed in elsewhere":  {history.Firefox, []hop{{0, 0, 3, unlisted, 0}, {0.05, 1, 6, unlisted, 0}, {0.1, 2, 5, a, 0}, {6.1, 3, 1, b, 0}}, "0.1-6.1"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("TMPDIR", t.TempDir())
			dir := t.TempDir()
			br := newBrowser(t, c.schema, dir)
			places := map[string]int{}
			for i, h := range c.hops {
				br.visit(t, at(h.at), h.page, "Rivera v. Acme", h.open)
				if places[h.page] == 0 {
					places[h.page] = i + 1
				}
				if c.schema == history.Firefox {
					br.exec(t, `UPDATE moz_historyvisits SET from_visit = ?, visit_type = ?, place_id = ? WHERE id = ?`, h.from, h.how, places[h.page], i+1)
				} else {
					br.exec(t, `UPDATE visits SET from_visit = ?, transition = ?, url = ? WHERE id = ?`, h.from, h.how, places[h.page], i+1)
				}
			}
			got := ""
			for _, o := range once(t, source(t, dir, at(2000)), &kept{}) {
				got += fmt.Sprintf("%g-%g", o.Span.Start.Sub(day).Minutes(), o.Span.End.Sub(day).Minutes())
				if o.Doubt != "" {
					got += "?"
				}
			}
			if got != c.want {
				t.Errorf("observed %q, want %q", got, c.want)
			}
		})
	}
}

// A browser's history in which nobody did anything holds no research.
func TestFieldReloadingTab(t *testing.T) {
	dir := filepath.Join(filepath.Dir(peer.Root()), "shared", "data", "field", "capture", "17-self-reloading-tab", "chrome", "Default")
	if _, err := os.Stat(dir); err != nil {
		t.Skip("there are no field cases here")
	}
	t.Setenv("TMPDIR", t.TempDir())
	s := source(t, dir, time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC), Since(time.Unix(0, 0)))
	sink := &kept{}
	for _, o := range once(t, s, sink) {
		if o.Kind == billing.KindResearch {
			t.Errorf("research at %v", o.Span)
		}
	}
	if sink.cursor == "" {
		t.Error("nothing was looked at")
	}
}
